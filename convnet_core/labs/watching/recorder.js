// A recording: eight frames, one after the other, of what the reader's pointer or keys do with a hand.

import { button, make, write } from "../kit/dom.js";
import { replaced, same } from "../kit/state.js";
import { FRAMES } from "../mirror/kitchen.js";
import { rowsOf, Take } from "./own.js";

const RECORD = "Record eight frames";
const PAUSE = 350; // milliseconds a frame that is recorded
const ARMED = "Now move a hand: drag it, or use the arrow keys on it. The recording begins with your first move, and takes eight frames.";

/**
 * The button that records, and what it has taken so far.
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ show: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 */
export function recorderOf(store, kitchen, { show, say, signal }) {
  let [isArmed, timer] = [false, 0];
  let { clip, own, seed } = store.state;
  const recorder = { element: make("div", { class: "cl-buttons" }), take: /** @type {Take | null} */ (null), move, stop, isOfOther };
  const press = button(RECORD, () => (isArmed ? stop() : arm()), { class: "cl-button cl-watching-rec" });
  recorder.element.append(press);
  function arm() {
    isArmed = true;
    ({ clip, own, seed } = kitchen.inReach(store.state));
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
    store.set({ own: replaced(rows, clip, row), frame: FRAMES - 1 });
    say("Recorded: eight frames. Play shows them.");
  };
  /** Whether the move is recorded. @param {number} side @param {number} down @param {number} right */
  function move(side, down, right) {
    if (!isArmed) return false;
    if (recorder.take === null) {
      recorder.take = new Take(rowsOf(kitchen, store.state)[clip]);
      timer = window.setTimeout(tick, PAUSE);
    }
    recorder.take.move(side, down, right);
    show();
    return true;
  }
  /** Whether another clip is at hand than the one that was to be recorded, or the recipe is another one. */
  function isOfOther(state) {
    return isArmed && (state.clip !== clip || state.seed !== seed || !same(state.own, own));
  }
  signal.addEventListener("abort", stop);
  return recorder;
}
