// Chapter 12's lab: a net looks for faces in a photograph, one's own too, and learns from what it takes for faces.

import { cameraTaker } from "../kit/camera.js";
import { lab } from "../kit/card.js";
import { make, write } from "../kit/dom.js";
import { photographKeeper, photographTaker } from "../kit/ownphoto.js";
import { tabBar } from "../kit/tabs.js";
import { changeTab } from "./change.js";
import { materialKeeper } from "./data.js";
import { current, isFresh, shownPicture, solvedBy } from "./derived.js";
import { goodTab } from "./good.js";
import { layersTab } from "./layers.js";
import { looker } from "./looker.js";
import { Nets } from "./nets.js";
import { pictures } from "./picture.js";
import { settings } from "./settings.js";
import { teachTab } from "./teach.js";
import { whereTab } from "./where.js";
import { windowTab } from "./window.js";
import { boxText, changesText, countText, foundText, herText, lessonText, TABS, worth } from "./words.js";

const LISTED = 5; // boxes in words
const LOOKS = ["tab", "size", "row", "column"]; // what a reader only looks at
const CHALLENGES = { alone: {}, break: {}, taught: {} };

export default lab({
  task: "A net looks for faces, window by window. Move the threshold, choose who looks, take a photograph of your own, and teach the net what is no face.",
  keys: ["With the photograph in focus, arrow keys lead to other windows."],
  grids: false,
  challenges: CHALLENGES,
  build,
});

function build(context) {
  const { stage, store, say, sayAtRest, signal } = context;
  stage.classList.add("cl-faces");
  const hand = handOf(store);
  const nets = new Nets(store.presets.weights);
  const looked = looker(arrived, signal);
  const merits = challenges(context, { hand, nets });
  const parts = partsOf(context, { hand, nets, onwho, press: (row, column) => parts.views.teach.pressAt(row, column) });
  const keeper = photographKeeper(store, { ...context, shown: () => show(store.state) });
  const shown = shownPicture();
  /** @type {import("./derived.js").Current | null} */
  let now = null;
  let isTouched = false;
  function show(state) {
    if (keeper.photograph) {
      now = current(state, { picture: shown(state, keeper.photograph), looked: looked.result, nets });
      looked.look(now.picture, now.weights);
      merits.tell(state, now);
    }
    parts.update(state, now, keeper.photograph, looked.isBusy);
  }
  /** The net has looked: what it found is told where it comes of something that the reader did. */
  function arrived() {
    store.refresh();
    if (!now || !isFresh(now)) return;
    const lesson = nets.newLesson();
    if (lesson > 0) say(lessonText(lesson, parts.views.teach.seconds(), now.looked.told.together.boxes.length));
    else if (isTouched) sayAtRest(foundText(now.found, store.state, now.who));
    merits.check(store.state, now);
  }
  /** Another net looks. */
  function onwho() {
    hand.isLast = true;
    store.refresh();
    if (!looked.isBusy) arrived();
  }
  const update = (state, before) => {
    keeper.update(state);
    if (before) isTouched = true;
    if (before && store.names.some((name) => !LOOKS.includes(name) && before[name] !== state[name]))
      hand.isLast = hand.isNow;
    show(state);
    if (!before || !now) return;
    const words = changesText(before, state, now, isFresh(now) ? foundText(now.found, state, now.who) : "");
    if (words) sayAtRest(words);
    else if (before.tab !== state.tab) say("");
    merits.check(state, now);
  };
  return { update, reset: parts.reset };
}

/**
 * Edits of the reader's own hand: what a link or Undo brings is no merit of theirs.
 * @typedef {(changes: object, options: { group?: string, undoable?: boolean }) => string | null} Edit
 */
function handOf(store) {
  const hand = { isNow: false, isLast: false, edit };
  /** @type {Edit} */
  function edit(changes, options) {
    hand.isNow = true;
    const reason = store.set(changes, options);
    hand.isNow = false;
    return reason;
  }
  return hand;
}

/** The challenges are about the astronaut, and wait for what the net finds. */
function challenges({ store, solve, count }, { hand, nets }) {
  const about = (state, now) =>
    state.photo === store.initial.photo && isFresh(now) ? solvedBy(state, now, store.presets.her) : null;
  const check = (state, now) => {
    const done = hand.isLast && about(state, now);
    for (const id in CHALLENGES) if (done?.[id]) solve(id);
  };
  const tell = (state, now) => {
    const done = about(state, now);
    const texts = done ? herText(done, now.found, nets.own !== null) : {};
    for (const id in CHALLENGES) count(id, texts[id] ?? "");
  };
  return { check, tell };
}

/** All that is seen: ways in for a photograph, the pictures, the settings, what is told, and the views. */
function partsOf(context, { hand, nets, onwho, press }) {
  const { stage, store, model, say, signal } = context;
  const { edit } = hand;
  const onready = () => store.refresh();
  const keeper = materialKeeper(model, store.presets.material, { onready, say, signal });
  const taker = photographTaker(stage, { ...context, room: stage.closest(".cl-lab") });
  const camera = cameraTaker({ ...taker, say, signal });
  if (camera) taker.add(camera);
  const top = stage.appendChild(make("div", { class: "cl-faces-top" }));
  const seen = pictures(top, store, { press, signal });
  const controls = settings(top, store, { edit, nets, onwho });
  const list = foundList(stage);
  const views = {
    where: whereTab({ edit }),
    window: windowTab(),
    layers: layersTab(),
    change: changeTab(store, { edit }),
    good: goodTab(store, { keeper, nets, say, signal }),
    teach: teachTab(store, { keeper, nets, say, onlearned: () => (hand.isLast = true), signal }),
  };
  const tabs = tabBar(stage, store, views, TABS);
  const update = (state, now, photograph, isBusy) => {
    taker.update(state);
    tabs.update(state);
    stage.dataset.tab = state.tab;
    controls.update(state, now?.at ?? null);
    if (!now) return;
    top.classList.toggle("is-busy", isBusy);
    seen.update(state, now, photograph);
    list.update(state, now, isBusy);
    views[state.tab].update(state, now);
  };
  const reset = () => {
    views.good.reset();
    return views.teach.reset();
  };
  return { views, update, reset };
}

/** What is told, in words. @param {HTMLElement} parent */
function foundList(parent) {
  const words = make("p", { class: "cl-faces-found" });
  const rows = Array.from({ length: LISTED }, () => make("li"));
  const list = make("ol", { class: "cl-faces-list" }, rows);
  const element = parent.appendChild(make("div", { class: "cl-faces-told", "aria-busy": "true" }, [words, list]));
  const update = (state, { looked, found, who }, isBusy) => {
    const anew = looked ? `${countText(found, state, who)} It looks anew…` : "The net looks at the photograph…";
    element.setAttribute("aria-busy", String(isBusy));
    write(words, isBusy ? anew : countText(found, state, who));
    rows.forEach((row, at) => {
      row.hidden = at >= found.boxes.length;
      if (!row.hidden) write(row, `${worth(found.scores[at])}: ${boxText(found.boxes[at])}`);
    });
  };
  return { update };
}
