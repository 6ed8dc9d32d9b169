// Teach it: collect what the net takes for faces and is none, and let it learn on, beside the page.

import { button, make, setReady, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { machine } from "./machine.js";
import { boxUnder, patchOf } from "./derived.js";
import { alarmsText, collectedText, markText, worth } from "./words.js";

const LISTED = 8; // boxes with a button
const COLLECT = "Collect false alarms of 12 photographs";
const WHY = "Your own net starts from the net of the patches, and learns from its false alarms.";
const TASK =
  "A box and no face? Press it, here or on the photograph, or collect the false alarms of 12 photographs without faces. " +
  "Then teach: 500 steps of 32 faces and 32 others.";

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("./jobs.js").Material>, nets: import("./nets.js").Nets,
 *           say: (text: string) => void, tell: (text: string) => void, onlearned: () => void, signal: AbortSignal }} parts
 */
export function teachTab(store, { keeper, nets, say, tell, onlearned, signal }) {
  const own = clicked();
  const lesson = lessonOf(store, { keeper, nets, own, say, onlearned, signal });
  /** @type {import("./derived.js").Current | null} */
  let now = null;
  /** @param {number} at  which box @param {string} [where]  it, for who pressed it on the photograph */
  const press = (at, where = "") => {
    const isMarked = own.toggle(now.picture, now.found.boxes[at]);
    store.refresh();
    const what = where && `${where} is ${isMarked ? "marked as no face" : "marked no more"}. `;
    tell(`${what}${collectedText(own.all().length + lesson.alarms.length)}`);
  };
  const rows = Array.from({ length: LISTED }, (_, at) => boxRow(at, press));
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
    if (now === null) return;
    const at = boxUnder(now.found, row, column);
    if (keeper.data === null) tell("Get the patches and photographs first.");
    else if (at < 0) tell("No box is here.");
    else press(at, `Box ${at + 1}, worth ${worth(now.found.scores[at])},`);
  };
  const update = (_, current) => {
    now = current;
    rows.forEach((row, at) => row.update(now, own.has(now.picture, now.found.boxes[at])));
    write(words, lesson.text());
    controls.update(own.all().length + lesson.alarms.length > 0);
  };
  const element = keeper.gate(WHY, behind);
  return { element, update, pressAt, has: own.has, reset: () => lesson.reset(), lesson };
}

function lessonButtons(lesson, nets) {
  const bar = progressBar("How far it is");
  // Each becomes "Stop" while its work goes on: the focus stays where it is.
  const collect = button(COLLECT, () => (lesson.job ? lesson.stop() : lesson.collect()));
  const teach = button("", () => (lesson.job ? lesson.stop() : lesson.teach()), { class: "cl-button cl-primary" });
  const forgetting = (/** @type {boolean} */ all) => () => {
    lesson.forget(all);
    if (nets.own === null) collect.focus(); // what was pressed is gone
  };
  const undo = button("Undo the last lesson", forgetting(false));
  const forget = button("Forget all", forgetting(true));
  const update = (/** @type {boolean} */ hasAlarms) => {
    const { job } = lesson;
    bar.hidden = job === null;
    bar.value = lesson.share;
    collect.hidden = job === "learn";
    teach.hidden = job === "collect";
    write(collect, job ? "Stop" : COLLECT);
    write(teach, job ? "Stop" : "Teach");
    setReady(teach, job || hasAlarms ? null : "Collect some false alarms first.");
    undo.hidden = forget.hidden = job !== null || nets.own === null;
  };
  return { element: make("div", { class: "cl-buttons" }, [collect, teach, bar, undo, forget]), update };
}

/** The boxes that the reader says are none, with the pixels that the net took for a face. */
function clicked() {
  const find = (picture, box) => own.marked.find((one) => one.picture === picture && String(one.box) === String(box));
  /** Whether it is marked now. */
  const toggle = (picture, box) => {
    const old = find(picture, box);
    own.marked = old
      ? own.marked.filter((one) => one !== old)
      : [...own.marked, { picture, box, patch: patchOf(picture, box) }];
    return !old;
  };
  const has = (picture, box) => find(picture, box) !== undefined;
  const own = { marked: [], toggle, has, all: () => own.marked.map(({ patch }) => patch) };
  return own;
}

/** A button for a box: its tick is for the eye, for ears it is pressed. */
function boxRow(at, onpress) {
  const [tick, text] = [make("span", { "aria-hidden": "true", text: "✓ " }), make("span")];
  const control = button("", () => onpress(at));
  control.append(tick, text);
  const element = make("li", {}, [control]);
  const update = ({ found: { scores, boxes }, her }, isMarked) => {
    element.hidden = at >= boxes.length;
    if (at >= boxes.length) return;
    tick.hidden = !isMarked;
    write(text, markText(at, scores[at], boxes[at], her));
    control.setAttribute("aria-pressed", String(isMarked));
  };
  return { element, update };
}

/** Collecting and learning, one after the other. */
function lessonOf(store, { keeper, nets, own, say, onlearned, signal }) {
  const it = { job: null, share: 0, seconds: 0, losses: [], alarms: [], last: 0, collect, teach, stop, forget, reset, text };
  let [worker, began, tasks] = [null, 0, 0];
  const hear = ({ share, alarms, weights, loss: told, done }) => {
    it.share = share ?? it.share;
    if (told !== undefined) it.losses.push(told);
    if (alarms) [it.alarms, it.last] = [[...it.alarms, ...alarms], alarms.length];
    if (weights) {
      nets.learned(weights);
      it.seconds = (performance.now() - began) / 1000;
      onlearned();
    }
    if (done) it.job = null;
    store.refresh();
    if (alarms) say(alarmsText(own.all().length, it.alarms.length, it.last));
  };
  const start = (task) => {
    worker ??= machine(keeper.data, hear, signal);
    tasks += 1;
    began = performance.now();
    Object.assign(it, { job: task.job, share: 0, losses: [] });
    worker.start({ ...task, weights: nets.toTeach, seed: tasks });
    store.refresh();
    say(text());
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
    if (it.losses.length > 0) return worker.stop();
    worker.abandon();
    say(`Stopped. Nothing was ${it.job === "learn" ? "learned" : "collected"}.`);
    it.job = null;
    return store.refresh();
  }
  function forget(all) {
    nets.forget(all);
    say(nets.own ? "The last lesson is forgotten." : "Your net is forgotten.");
    store.refresh();
  }
  function reset() {
    const hadMore = it.job !== null || nets.own !== null || it.alarms.length + own.marked.length > 0;
    return hadMore && swap({ lessons: [], isOwn: false }, { alarms: [], last: 0 }, []);
  }
  /** Other nets, false alarms and marks in place of these. @returns {import("../kit/store.js").Bring}  which undoes that */
  function swap(others, alarms, marked) {
    const { lessons, isOwn } = nets;
    const before = [{ lessons, isOwn }, { alarms: it.alarms, last: it.last }, own.marked];
    worker?.abandon();
    Object.assign(nets, others);
    Object.assign(it, alarms, { job: null });
    own.marked = marked;
    return () => swap(...before);
  }
  function text() {
    if (it.job === null) return alarmsText(own.all().length, it.alarms.length, it.last);
    if (it.job === "collect") return "It looks through the photographs…";
    return it.losses.length === 0 ? "It learns…" : `It learns: loss ${it.losses.at(-1).toFixed(2)}.`;
  }
  return it;
}
