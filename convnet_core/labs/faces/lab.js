// Chapter 12's lab: a net looks for faces in a photograph, one's own too, and learns from what it takes for faces.

import { cameraTaker } from "../kit/camera.js";
import { lab } from "../kit/card.js";
import { make, write } from "../kit/dom.js";
import { photographKeeper, photographTaker } from "../kit/ownphoto.js";
import { REST } from "../kit/status.js";
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
import { aboutBox, changesText, countText, foundText, herText, lessonText, TABS, worth } from "./words.js";

const LISTED = 5; // boxes in words
const LOOKS = ["tab", "size", "row", "column"]; // what a reader only looks at
const CHALLENGES = { alone: {}, break: {}, taught: {} };

export default lab({
  task: "A net looks for faces, window by window. Move the threshold, choose who looks, take a photograph of your own, and teach the net what is no face.",
  keys: ["With the photograph in focus, arrow keys lead to other windows; in “Teach it”, Enter marks the box there."],
  grids: false,
  challenges: CHALLENGES,
  build,
});

function build(context) {
  const { stage, store, say, join, sayAtRest, isNew, signal } = context;
  stage.classList.add("cl-faces");
  const hand = handOf(store);
  const nets = new Nets(store.presets.weights);
  const looked = looker(arrived, signal);
  const merits = challenges(context, { hand, nets });
  const parts = partsOf(context, { hand, nets, onwho });
  const keeper = photographKeeper(store, { ...context, shown: () => show(store.state) });
  const shown = shownPicture();
  /** @type {import("./derived.js").Current | null} */
  let now = null;
  let isTouched = false;
  /** The state from which changes are told that may not have been spoken yet, and when the last of them was told. */
  let [since, toldAt] = [null, -Infinity];
  function show(state) {
    if (keeper.photograph) {
      const picture = shown(state, keeper.photograph);
      const face = state.photo === store.initial.photo ? store.presets.her : null;
      now = current(state, { picture, looked: looked.result, nets, face });
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
    if (lesson > 0) join(lessonText(lesson, parts.views.teach.lesson, now.looked.told.together.boxes.length));
    else if (isTouched) {
      join(foundText(store.state, now));
      toldAt = performance.now();
    }
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
    tell(before, state);
    merits.check(state, now);
  };
  /** What follows another change before that is spoken, is told together with it. */
  function tell(before, state) {
    const isWaiting = performance.now() - toldAt < REST;
    if (since === null || !isWaiting) since = before;
    const isOther = before.photo !== state.photo; // which comes in a moment
    const found = isFresh(now) && !isOther ? `${foundText(state, now)} ${parts.more(state)}`.trim() : "";
    const words = changesText(since, state, now, found) || changesText(before, state, now, found);
    if (words) toldAt = performance.now();
    if (words && isWaiting) sayAtRest(words);
    else if (words) join(words);
    else if (before.tab !== state.tab && !isNew()) say("");
  }
  const reset = () => {
    hand.isLast = false;
    return parts.reset();
  };
  return { update, reset };
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
    state.photo === store.initial.photo && isFresh(now) && now.her ? solvedBy(state, now) : null;
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
function partsOf(context, { hand, nets, onwho }) {
  const { stage, store, model, join: say, signal } = context;
  const { edit } = hand;
  const onready = () => store.refresh();
  const keeper = materialKeeper(model, store.presets.material, { onready, say, signal });
  const taker = photographTaker(stage, { ...context, room: stage.closest(".cl-lab") });
  const camera = cameraTaker({ ...taker, say, signal });
  if (camera) taker.add(camera);
  const top = stage.appendChild(make("div", { class: "cl-faces-top" }));
  const press = (row, column) => views.teach.pressAt(row, column);
  const isNone = (picture, box) => views.teach.has(picture, box);
  const seen = pictures(top, store, { press, isNone, say: context.sayAtRest, signal });
  const controls = settings(top, store, { edit, nets, onwho });
  const list = foundList(stage);
  const views = {
    where: whereTab(store, { edit }),
    window: windowTab(),
    layers: layersTab(),
    change: changeTab(store, { edit }),
    good: goodTab(store, { keeper, nets, say, signal }),
    teach: teachTab(store, { keeper, nets, say, tell: context.sayAtRest, onlearned: () => (hand.isLast = true), signal }),
  };
  const tabs = tabBar(stage, store, views, TABS, (changes) => store.look(changes));
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
  /** What a view has to add where a setting is another one. */
  const more = (state) => (state.tab === "good" ? views.good.text() : "");
  return { views, update, reset, more };
}

/** What is told, in words. @param {HTMLElement} parent */
function foundList(parent) {
  const words = make("p", { class: "cl-faces-found" });
  const rows = Array.from({ length: LISTED }, () => make("li"));
  const list = make("ol", { class: "cl-faces-list" }, rows);
  const element = parent.appendChild(make("div", { class: "cl-faces-told", "aria-busy": "true" }, [words, list]));
  const update = (state, { looked, found, who, her }, isBusy) => {
    const anew = looked ? `${countText(found, state, who)} It looks anew…` : "The net looks at the photograph…";
    element.setAttribute("aria-busy", String(isBusy));
    write(words, isBusy ? anew : countText(found, state, who));
    rows.forEach((row, at) => {
      row.hidden = at >= found.boxes.length;
      if (!row.hidden) write(row, `${worth(found.scores[at])}: ${aboutBox(found.boxes[at], her)}`);
    });
  };
  return { update };
}
