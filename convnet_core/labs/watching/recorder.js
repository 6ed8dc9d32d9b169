// A recording: eight frames, one after the other, of what the reader's pointer or keys do with a hand.

import { button, make, write } from "../kit/dom.js";
import { replaced, same } from "../kit/state.js";
import { FRAMES } from "../mirror/kitchen.js";
import { rowsOf, Take } from "./own.js";
import { frameText, readText } from "./words.js";

const RECORD = "Record eight frames";
const PAUSE = 350; // milliseconds a frame that is recorded
const BREATH = 700; // milliseconds without a key: then the reader knows that the recording has ended
const HALF = FRAMES / 2;
const ARMED = "Now move a hand: drag it, or use the arrow keys on it. The recording begins with your first move, and takes eight frames.";
const LEFT = "The recording has stopped, and nothing is changed.";

/**
 * The button that records, and what it has taken so far.
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ show: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 */
export function recorderOf(store, kitchen, { show, say, signal }) {
  let [isArmed, timer] = [false, 0];
  /** Behind the last frame, until the drag ends or keys rest: moves are left out. @type {"drag" | "keys" | null} */
  let surplus = null;
  let [movedAt, isByKeys] = [0, false];
  let { clip, own, seed } = store.state;
  const recorder = { element: make("div", { class: "cl-buttons" }), take: /** @type {Take | null} */ (null), move, release, stop, leave, isOfOther };
  const press = button(RECORD, () => (isArmed ? leave() : arm()), { class: "cl-button cl-watching-rec" });
  recorder.element.append(press);
  function arm() {
    [isArmed, surplus] = [true, null];
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
  /** The reader stops it. @returns {boolean} whether there was anything to stop */
  function leave() {
    if (!isArmed) return false;
    stop();
    show();
    say(LEFT);
    return true;
  }
  const tick = () => {
    if (recorder.take.next()) {
      timer = window.setTimeout(tick, PAUSE);
      if (recorder.take.frame === HALF) say(`Recording: ${frameText(HALF)}`);
      return show();
    }
    const rows = rowsOf(kitchen, store.state);
    const { row } = recorder.take;
    stop();
    surplus = isByKeys ? "keys" : "drag";
    store.set({ own: replaced(rows, clip, row), frame: FRAMES - 1 });
    say(`Recorded: eight frames. Play shows them. ${readText(store.state.reader, [kitchen.reading(store.state).steps[clip]])}`);
  };
  /** Whether the move is surplus: it belongs to a recording that has ended. @param {boolean} isKey */
  function isSurplus(isKey) {
    const now = performance.now();
    if (surplus === "drag" ? isKey : !isKey || now - movedAt > BREATH) surplus = null;
    movedAt = now;
    return surplus !== null;
  }
  /** A drag ends. */
  function release() {
    if (surplus === "drag") surplus = null;
  }
  /**
   * Whether the move is the recording's affair.
   * @param {number} side @param {number} down @param {number} right @param {boolean} isKey
   */
  function move(side, down, right, isKey) {
    if (isSurplus(isKey)) return true;
    if (!isArmed) return false;
    isByKeys = isKey;
    if (recorder.take === null) {
      recorder.take = new Take(rowsOf(kitchen, store.state)[clip]);
      timer = window.setTimeout(tick, PAUSE);
      say(`Recording: ${frameText(0)}`);
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
