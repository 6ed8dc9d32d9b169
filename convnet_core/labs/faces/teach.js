// Teach it: collect what the net takes for faces and is none, and let it learn on, beside the page.

import { button, make, setReady, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { machine } from "./machine.js";
import { patchOf } from "./derived.js";
import { alarmsText, boxText, worth } from "./words.js";

const LISTED = 8; // boxes with a button
const WHY = "Your own net starts from the net of the patches, and learns from its false alarms.";
const TASK =
  "A box and no face? Press it, here or on the photograph, or collect the false alarms of 12 photographs without faces. " +
  "Then teach: 500 steps of 32 faces and 32 others.";

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("./jobs.js").Material>, nets: import("./nets.js").Nets,
 *           say: (text: string) => void, onlearned: () => void, signal: AbortSignal }} parts
 */
export function teachTab(store, { keeper, nets, say, onlearned, signal }) {
  const own = clicked(() => store.refresh());
  const lesson = lessonOf(store, { keeper, nets, own, say, onlearned, signal });
  /** @type {import("./derived.js").Current | null} */
  let now = null;
  const press = (box) => own.toggle(now.picture, box);
  const rows = Array.from({ length: LISTED }, () => boxRow(press));
  const words = make("p", { class: "cl-faces-account" });
  const controls = lessonButtons(lesson, nets);
  const list = make(
    "ul",
    { class: "cl-faces-list" },
    rows.map((row) => row.element),
  );
  const behind = make("div", {}, [make("p", { class: "cl-note", text: TASK }), list, words, controls.element]);
  /** By a press on the photograph: the smallest box there. */
  const pressAt = (row, column) => {
    if (keeper.data === null || now === null) return;
    const under = now.found.boxes.filter(([top, left, side]) => isIn(row - top, side) && isIn(column - left, side));
    if (under.length > 0) press(under.reduce((least, box) => (box[2] < least[2] ? box : least)));
  };
  const update = (_, current) => {
    now = current;
    rows.forEach((row, at) => row.update(now.found, at, own.has(now.picture, now.found.boxes[at])));
    write(words, lesson.text());
    controls.update(own.all().length + lesson.alarms.length > 0);
  };
  const element = keeper.gate(WHY, behind);
  return { element, update, pressAt, reset: () => lesson.reset(), seconds: () => lesson.seconds };
}

function lessonButtons(lesson, nets) {
  const bar = progressBar("How far it is");
  const collect = button("Collect those of 12 photographs", () => lesson.collect());
  const teach = button("Teach", () => lesson.teach(), { class: "cl-button cl-primary" });
  const stop = button("Stop", () => lesson.stop());
  const undo = button("Undo the last lesson", () => lesson.forget(false));
  const forget = button("Forget all", () => lesson.forget(true));
  const update = (/** @type {boolean} */ hasAlarms) => {
    bar.hidden = stop.hidden = !lesson.isOn;
    bar.value = lesson.share;
    collect.hidden = teach.hidden = lesson.isOn;
    setReady(teach, hasAlarms ? null : "Collect some false alarms first.");
    undo.hidden = forget.hidden = lesson.isOn || nets.own === null;
  };
  return { element: make("div", { class: "cl-buttons" }, [collect, teach, stop, bar, undo, forget]), update };
}

const isIn = (at, side) => at >= 0 && at < side;

/** The boxes that the reader says are none, with the pixels that the net took for a face. */
function clicked(onchange) {
  let marked = [];
  const find = (picture, box) => marked.findIndex((one) => one.picture === picture && String(one.box) === String(box));
  const toggle = (picture, box) => {
    const at = find(picture, box);
    if (at >= 0) marked.splice(at, 1);
    else marked.push({ picture, box, patch: patchOf(picture, box) });
    onchange();
  };
  const has = (picture, box) => find(picture, box) >= 0;
  return { toggle, has, all: () => marked.map(({ patch }) => patch), clear: () => (marked = []) };
}

/** A button for a box. */
function boxRow(onpress) {
  let box = null;
  const control = button("", () => onpress(box));
  const element = make("li", {}, [control]);
  const update = ({ scores, boxes }, at, isMarked) => {
    element.hidden = at >= boxes.length;
    if (at >= boxes.length) return;
    box = boxes[at];
    write(control, `${isMarked ? "✓" : ""}${at + 1} is no face: ${worth(scores[at])}, ${boxText(box)}`);
    control.setAttribute("aria-pressed", String(isMarked));
  };
  return { element, update };
}

/** Collecting and learning, one after the other. */
function lessonOf(store, { keeper, nets, own, say, onlearned, signal }) {
  const it = { isOn: false, share: 0, seconds: 0, isLearning: false, alarms: [], last: 0, collect, teach, stop, forget, reset, text };
  let [worker, began, tasks, loss] = [null, 0, 0, null];
  const hear = ({ share, alarms, weights, loss: told, done }) => {
    it.share = share ?? it.share;
    loss = told ?? loss;
    if (alarms) [it.alarms, it.last] = [[...it.alarms, ...alarms], alarms.length];
    if (weights) {
      nets.learned(weights);
      it.seconds = (performance.now() - began) / 1000;
      onlearned();
    }
    if (done) it.isOn = false;
    store.refresh();
    if (alarms) say(alarmsText(own.all().length, it.alarms.length, it.last));
  };
  const start = (task) => {
    worker ??= machine(keeper.data, hear, signal);
    tasks += 1;
    [began, loss] = [performance.now(), null];
    Object.assign(it, { isOn: true, share: 0, isLearning: task.job === "learn" });
    worker.start({ ...task, weights: nets.toTeach, seed: tasks });
    store.refresh();
  };
  function collect() {
    start({ job: "collect" });
  }
  function teach() {
    const alarms = [...own.all(), ...it.alarms];
    if (alarms.length > 0) start({ job: "learn", alarms });
    else say("There is nothing to teach yet: collect some false alarms first.");
  }
  /** A lesson hands over what it has learned so far. */
  function stop() {
    if (loss !== null) return worker.stop();
    worker.abandon();
    it.isOn = false;
    return store.refresh();
  }
  function forget(all) {
    nets.forget(all);
    say(nets.own ? "The last lesson is forgotten." : "Your net is forgotten.");
    store.refresh();
  }
  function reset() {
    const hadMore = it.isOn || nets.own !== null || it.alarms.length + own.all().length > 0;
    worker?.abandon();
    Object.assign(it, { isOn: false, alarms: [] });
    own.clear();
    nets.forget(true);
    return hadMore;
  }
  function text() {
    if (!it.isOn) return alarmsText(own.all().length, it.alarms.length, it.last);
    if (!it.isLearning) return "It looks through the photographs…";
    return loss === null ? "It learns…" : `It learns: loss ${loss.toFixed(2)}.`;
  }
  return it;
}
