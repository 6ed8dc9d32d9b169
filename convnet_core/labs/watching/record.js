// Record: a recipe of the reader's own. What each hand holds, where it is in each frame, and which clip follows which.

import { button, make, setReady, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { replaced } from "../kit/state.js";
import { FRAMES } from "../mirror/kitchen.js";
import { hiddenIn } from "./derived.js";
import { movable } from "./drag.js";
import { film } from "./film.js";
import { rearranged, rowsOf, Take, withCopy, withHandMoved, withHold } from "./own.js";
import { picker } from "./pick.js";
import { boxesOf, frameOf, picture } from "./picture.js";
import { hasRoom } from "./rules.js";
import { pictureText, placeText, shownText, SIDES } from "./words.js";

const RECORD = "Record eight frames";
const PAUSE = 350; // milliseconds a frame that is recorded
const YOURS = "Choose what each hand holds, and how. What you change here becomes a recipe of your own.";
const MOVING = "Drag a hand: it goes there from this frame on. The nets look at what a hand holds, and how; not at how it moves.";
const ARMED = "Now move a hand: drag it, or use the arrow keys on it. The recording begins with your first move, and takes eight frames.";

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ say: (text: string) => void, sayAtRest: (text: string) => void, hush: (isPlaying: boolean) => void,
 *           signal: AbortSignal }} parts
 */
export function recordTab(store, kitchen, { say, sayAtRest, hush, signal }) {
  const view = picture("cl-watching-draggable");
  const frame = () => recorder.take?.frame ?? store.state.frame;
  const player = film({ at: frame, count: () => FRAMES, go: (at) => store.look({ frame: at }), onplay: hush, signal });
  const recorder = recorderOf(store, kitchen, { show: () => show(store.state), say, signal });
  const pickers = [0, 1].map((side) =>
    picker(kitchen, side, { choose: (hold) => edit((row) => withHold(row, side, hold)), signal }),
  );
  const clips = clipButtons(store, kitchen);
  const what = make("p", { class: "cl-watching-shows" });
  /** @param {(row: number[]) => number[]} change  of the clip at hand */
  function edit(change, options = {}) {
    const rows = rowsOf(kitchen, store.state);
    const { clip } = store.state;
    store.set({ own: replaced(rows, clip, change(rows[clip])) }, options);
  }
  view.boxes.forEach((box, side) => {
    const move = (down, right) => {
      player.stop();
      if (recorder.move(side, down, right)) return;
      edit((row) => withHandMoved(row, side, frame(), down, right), { group: `hand ${side}` });
      const { column, row } = kitchen.clips(store.state)[store.state.clip].clip.hands[side];
      sayAtRest(`${SIDES[side]}: ${placeText(column[frame()], row[frame()])}.`);
    };
    movable(box, "hand", { move, end: () => store.endStep(), signal });
    box.setAttribute("aria-label", `${SIDES[side]}: arrow keys move it, from this frame on`);
  });
  sets({ own: [view.element, clips.element, ...pickers] });
  const element = make("div", { class: "cl-watching-watch" }, [
    make("div", { class: "cl-watching-left" }, [
      view.element,
      player.element,
      recorder.element,
      make("p", { class: "cl-note", text: MOVING }),
    ]),
    make("div", { class: "cl-side cl-grow" }, [what, make("p", { class: "cl-note", text: YOURS }), clips.element, make("div", { class: "cl-watching-picks" }, pickers.map((one) => one.element))]),
  ]);
  function show(state) {
    const { clip: place, level } = state;
    const { take } = recorder;
    const { clip, pictures } = take ? kitchen.preview(take.row, level) : kitchen.clips(state)[place];
    const step = kitchen.cook(state)[place];
    const words = pictureText({ place, frame: frame(), level, hidden: [] }, [step.left, step.right], true);
    view.show(frameOf(pictures, frame()), boxesOf(clip, frame()), take ? [] : hiddenIn(state, place), words);
    player.update();
  }
  const update = (state, isShown) => {
    if (!isShown || recorder.isOfOther(state)) recorder.stop();
    if (!isShown) return player.stop();
    const step = kitchen.cook(state)[state.clip];
    show(state);
    write(what, shownText(state.clip, step.action));
    pickers[0].show(step.left);
    pickers[1].show(step.right);
    clips.update(state);
  };
  return { element, update };
}

/** The button that records, and what it has taken so far. */
function recorderOf(store, kitchen, { show, say, signal }) {
  let [isArmed, timer, clip] = [false, 0, 0];
  const recorder = { element: make("div", { class: "cl-buttons" }), take: /** @type {Take | null} */ (null), move, stop, isOfOther };
  const press = button(RECORD, () => (isArmed ? stop() : arm()), { class: "cl-button cl-watching-rec" });
  recorder.element.append(press);
  function arm() {
    isArmed = true;
    ({ clip } = store.state);
    write(press, "Stop");
    press.classList.add("is-on");
    store.look({ frame: 0 });
    say(ARMED);
  }
  function stop() {
    if (!isArmed) return;
    clearTimeout(timer);
    isArmed = false;
    recorder.take = null;
    write(press, RECORD);
    press.classList.remove("is-on");
  }
  const tick = () => {
    if (recorder.take.next()) {
      timer = window.setTimeout(tick, PAUSE);
      return show();
    }
    const rows = rowsOf(kitchen, store.state);
    const { row } = recorder.take;
    stop();
    store.set({ own: replaced(rows, store.state.clip, row), frame: FRAMES - 1 });
    say("Recorded: eight frames. Play shows them.");
  };
  /** Whether the move is recorded. @param {number} side @param {number} down @param {number} right */
  function move(side, down, right) {
    if (!isArmed) return false;
    if (recorder.take === null) {
      recorder.take = new Take(rowsOf(kitchen, store.state)[store.state.clip]);
      timer = window.setTimeout(tick, PAUSE);
    }
    recorder.take.move(side, down, right);
    show();
    return true;
  }
  /** Whether another clip is at hand than the one that was to be recorded. */
  function isOfOther(state) {
    return isArmed && state.clip !== clip;
  }
  signal.addEventListener("abort", stop);
  return recorder;
}

/** Buttons that add clips, take them away, and put them in another order. */
function clipButtons(store, kitchen) {
  const rule = store.rule("own");
  const rows = () => rowsOf(kitchen, store.state);
  const arrange = (/** @type {number[][]} */ own, /** @type {(number | null)[]} */ order, /** @type {number} */ clip) =>
    store.set({ ...rearranged(store.state, own, order), clip, step: 0 });
  const add = button("Add a clip", () => {
    const [all, { clip }] = [rows(), store.state];
    if (!hasRoom(rule, all)) return;
    const order = [...all.keys()];
    arrange(withCopy(all, clip), [...order.slice(0, clip + 1), null, ...order.slice(clip + 1)], clip + 1);
  });
  const remove = button("Remove it", () => {
    const [all, { clip }] = [rows(), store.state];
    if (all.length === 1) return;
    const order = [...all.keys()].filter((place) => place !== clip);
    arrange(order.map((place) => all[place]), order, Math.min(clip, order.length - 1));
  });
  const shift = (/** @type {number} */ by) => () => {
    const [all, { clip }] = [rows(), store.state];
    const to = clip + by;
    if (to < 0 || to >= all.length) return;
    const order = [...all.keys()];
    [order[clip], order[to]] = [order[to], order[clip]];
    arrange(order.map((place) => all[place]), order, to);
  };
  const [earlier, later] = [button("Earlier", shift(-1)), button("Later", shift(1))];
  const back = button("The cook’s recipe again", () => store.set({ own: [], corrections: [], hidden: [], clip: 0, step: 0 }));
  const element = make("div", { class: "cl-buttons", role: "group", "aria-label": "The clips of your recipe" }, [add, remove, earlier, later, back]);
  const update = (state) => {
    const count = kitchen.cook(state).length;
    setReady(add, hasRoom(rule, rows()) ? null : `A recipe has ${rule.most} clips at most.`);
    setReady(remove, count > 1 ? null : "It is the only one.");
    setReady(earlier, state.clip > 0 ? null : "It is the first one.");
    setReady(later, state.clip < count - 1 ? null : "It is the last one.");
    back.hidden = state.own.length === 0;
  };
  return { element, update };
}
