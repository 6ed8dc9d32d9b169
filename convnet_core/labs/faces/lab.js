// Chapter 12's lab: a net looks for faces in a photograph, one's own too, and learns from what it takes for faces.

import { cameraTaker } from "../kit/camera.js";
import { lab } from "../kit/card.js";
import { between } from "../kit/cells.js";
import { make, write } from "../kit/dom.js";
import { photographKeeper, photographTaker } from "../kit/ownphoto.js";
import { tabBar } from "../kit/tabs.js";
import { boxAt } from "../mirror/scanning.js";
import { changeTab } from "./change.js";
import { materialKeeper } from "./data.js";
import { isUnchanged, middleOf, pointedAt, shownPicture, solvedBy, tellable, windowOf } from "./derived.js";
import { goodTab } from "./good.js";
import { layersTab } from "./layers.js";
import { looker } from "./looker.js";
import { Nets } from "./nets.js";
import { heatPane, photographPane } from "./picture.js";
import { settings } from "./settings.js";
import { teachTab } from "./teach.js";
import { whereTab } from "./where.js";
import { windowTab } from "./window.js";
import { boxText, changesText, countText, foundText, herText, lessonText, scoreText, sizeText, TABS, windowText, worth } from "./words.js";

const LISTED = 5; // boxes in words
const LOOKS = ["tab", "size", "row", "column"]; // what a reader only looks at
const NONE = { scores: [], boxes: [] };

export default lab({
  task: "A net looks for faces, window by window. Move the threshold, choose who looks, take a photograph of your own, and teach the net what is no face.",
  keys: ["With the photograph in focus, arrow keys lead to other windows."],
  grids: false,
  challenges: { alone: {}, break: {}, taught: {} },
  build,
});

function build({ stage, store, model, hasKernel, say, sayAtRest, refuse, solve, count, signal }) {
  stage.classList.add("cl-faces");
  const hand = handOf(store);
  const { edit } = hand;
  const nets = new Nets(store.presets.weights);
  const shown = shownPicture();
  const looked = looker(() => arrived(), signal);
  const material = materialKeeper(model, store.presets.material, { onready: () => store.refresh(), say, signal });
  const room = stage.closest(".cl-lab");
  const taker = photographTaker(stage, { room, store, hasKernel, say, refuse, signal });
  const camera = cameraTaker({ take: taker.take, reject: taker.reject, say, signal });
  if (camera) taker.add(camera);

  const top = stage.appendChild(make("div", { class: "cl-faces-top" }));
  const steering = steeringOf(store, { edit, now: () => latest, press: (row, column) => views.teach.pressAt(row, column) });
  const photo = photographPane(top, { ...steering, signal });
  const heat = heatPane(top, { choose: steering.choose, signal });
  const onwho = () => {
    hand.isLast = true;
    store.refresh();
    if (!looked.isBusy) arrived();
  };
  const controls = settings(top, store, { edit, nets, onwho });
  const list = foundList(stage);
  let lesson = 0; // that has just been learned
  const onlearned = () => {
    lesson = nets.lessons.length;
    hand.isLast = true;
  };
  const views = {
    where: whereTab({ edit }),
    window: windowTab(),
    layers: layersTab(),
    change: changeTab(store, { edit }),
    good: goodTab(store, { keeper: material, nets, say, signal }),
    teach: teachTab(store, { keeper: material, nets, say, onlearned, signal }),
  };
  const tabs = tabBar(stage, store, views, TABS);
  let latest = null;
  const bests = new WeakMap(); // of photographs as they were, by the net's weights
  const show = (state) => {
    controls.update(state, latest?.at ?? null);
    taker.update(state);
    tabs.update(state);
    if (keeper.photograph === null) return;
    latest = currentOf(state, { picture: shown(state, keeper.photograph), looked, nets, bests });
    looked.look(latest.picture, latest.weights);
    top.classList.toggle("is-busy", looked.isBusy);
    const isPointing = state.tab === "window" || state.tab === "where";
    controls.update(state, latest.at);
    const boxes = state.tab === "window" ? NONE : latest.found; // there, they would hide the window
    const isFirst = state.photo === store.initial.photo;
    photo.update(latest.picture, keeper.photograph, isFirst, isPointing ? latest.at : null, boxes);
    heat.update(latest.looked, latest.at, sizeText(latest.at).replace("Size", "Heat map"));
    list.update(latest, state, nets.who(state), looked.isBusy);
    views[state.tab].update(state, latest);
    tellHer(state);
  };
  /** The net has looked: what it found is told where it comes of something that the reader did. */
  const arrived = () => {
    store.refresh();
    if (!latest || !isFresh(latest)) return;
    if (lesson > 0) say(lessonText(lesson, views.teach.seconds(), latest.looked.told.together.boxes.length));
    else if (isTouched) sayAtRest(foundText(latest.found, store.state, nets.who(store.state)));
    lesson = 0;
    judgeChallenges(store.state);
  };
  const aboutHer = (state) => solvedBy(state, latest.looked, nets.who(state), store.presets.her);
  const judgeChallenges = (state) => {
    if (!hand.isLast || state.photo !== store.initial.photo || !latest || !isFresh(latest)) return;
    const done = aboutHer(state);
    for (const id of ["alone", "break", "taught"]) if (done[id]) solve(id);
  };
  const tellHer = (state) => {
    const isHers = state.photo === store.initial.photo && latest.looked && isFresh(latest);
    const texts = isHers ? herText(aboutHer(state), latest.found, nets.own !== null) : {};
    for (const id of ["alone", "break", "taught"]) count(id, texts[id] ?? "");
  };
  const keeper = photographKeeper(store, { refuse, shown: () => show(store.state), signal });
  let isTouched = false;
  const update = (state, before) => {
    keeper.update(state);
    if (before) isTouched = true;
    if (before && store.names.some((name) => !LOOKS.includes(name) && before[name] !== state[name]))
      hand.isLast = hand.isNow;
    show(state);
    if (!before || !latest) return;
    const found = isFresh(latest) ? foundText(latest.found, state, nets.who(state)) : "";
    const words = changesText(before, state, latest.at, found, pointedText(latest));
    if (words) sayAtRest(words);
    else if (before.tab !== state.tab) say("");
    judgeChallenges(state);
  };
  const reset = () => {
    views.good.reset();
    return views.teach.reset();
  };
  return { update, reset };
}

const isFresh = ({ looked, picture, weights }) => looked?.picture === picture && looked.weights === weights;
const boxOf = ({ size, row, column }) => boxAt(size, row * size.columns + column);

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

/** The window that is pointed at. */
function pointedText({ at, looked, seen }) {
  if (seen) return windowText(boxOf(at), seen);
  const map = looked?.maps[at?.which];
  return map ? scoreText(boxOf(at), map[at.row * at.size.columns + at.column]) : "";
}

/** All that is shown: what the net found last, until there is something newer. */
function currentOf(state, { picture, looked: { result }, nets, bests }) {
  const weights = nets.now(state);
  const at = pointedAt(state, picture);
  const looked = result && sameSize(result.picture, picture) ? result : null;
  const found = tellable(state, looked);
  const best = looked?.told[state.together ? "together" : "alone"].scores[0] ?? null;
  if (isUnchanged(state) && isFresh({ looked, picture, weights })) bests.set(weights, { photo: state.photo, told: looked.told });
  const kept = bests.get(weights);
  const plain = kept?.photo === state.photo ? (kept.told[state.together ? "together" : "alone"].scores[0] ?? null) : undefined;
  const seen = at && state.tab === "window" ? windowOf(picture, at, weights) : null;
  return { picture, weights, at, looked, found, best, plain, seen };
}

const sameSize = (one, other) => one.height === other.height && one.width === other.width;

/** Pointer and keys on the pictures. */
function steeringOf(store, { edit, now, press }) {
  const go = (place) => edit(place, { undoable: false });
  const isPointing = () => ["where", "window"].includes(store.state.tab);
  const point = (row, column) => isPointing() && go({ row, column });
  const choose = (row, column) => now()?.at && go(middleOf(now().at.size, row, column));
  const step = (down, right) => {
    const at = now()?.at;
    if (!at) return;
    const inside = (place, count) => between(place, { min: 0, max: count - 1 });
    choose(inside(at.row + down, at.size.rows), inside(at.column + right, at.size.columns));
  };
  return { point, choose, step, press: (row, column) => store.state.tab === "teach" && press(row, column) };
}

/** What is told, in words. @param {HTMLElement} parent */
function foundList(parent) {
  const words = make("p", { class: "cl-faces-found" });
  const rows = Array.from({ length: LISTED }, () => make("li"));
  const list = make("ol", { class: "cl-faces-list" }, rows);
  const element = parent.appendChild(make("div", { class: "cl-faces-told", "aria-busy": "true" }, [words, list]));
  const update = ({ looked, found }, state, who, isBusy) => {
    const text = looked === null ? "The net looks at the photograph…" : countText(found, state, who);
    element.setAttribute("aria-busy", String(isBusy));
    write(words, isBusy && looked !== null ? `${text} It looks anew…` : text);
    rows.forEach((row, at) => {
      row.hidden = at >= found.boxes.length;
      if (at < found.boxes.length) write(row, `${worth(found.scores[at])}: ${boxText(found.boxes[at])}`);
    });
  };
  return { update };
}
