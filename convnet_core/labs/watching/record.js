// Record: a recipe of the reader's own. What each hand holds, where it is in each frame, and which clip follows which.

import { make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { replaced } from "../kit/state.js";
import { FRAMES } from "../mirror/kitchen.js";
import { clipButtons } from "./clip_buttons.js";
import { hiddenIn } from "./derived.js";
import { movable } from "./drag.js";
import { film } from "./film.js";
import { rowsOf, withHandMoved, withHold } from "./own.js";
import { picker } from "./pick.js";
import { boxesOf, frameOf, picture } from "./picture.js";
import { recorderOf } from "./recorder.js";
import { pictureText, placeText, shownText, SIDES } from "./words.js";

const YOURS = "Choose what each hand holds, and how. What you change here becomes a recipe of your own.";
const MOVING = "Drag a hand: it goes there from this frame on. The nets look at what a hand holds, and how; not at how it moves.";

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ say: (text: string) => void, sayAtRest: (text: string) => void, hush: (isPlaying: boolean) => void,
 *           signal: AbortSignal }} parts
 */
export function recordTab(store, kitchen, { say, sayAtRest, hush, signal }) {
  const now = () => kitchen.inReach(store.state);
  const view = picture("cl-watching-draggable");
  const frame = () => recorder.take?.frame ?? store.state.frame;
  const player = film({ at: frame, count: () => FRAMES, go: (at) => store.look({ frame: at }), onplay: hush, signal });
  const recorder = recorderOf(store, kitchen, { show: () => show(now()), say, signal });
  const pickers = [0, 1].map((side) =>
    picker(kitchen, side, { choose: (hold) => edit((row) => withHold(row, side, hold)), signal }),
  );
  const clips = clipButtons(store, kitchen);
  const what = make("p", { class: "cl-watching-shows" });
  /** A drag on its way: the clip as it was, and how far the hand has come. @type {{ row: number[], down: number, right: number } | null} */
  let drag = null;
  /** @param {(row: number[]) => number[]} change  of the clip at hand */
  function edit(change, options = {}) {
    const rows = rowsOf(kitchen, store.state);
    const { clip } = now();
    store.set({ own: replaced(rows, clip, change(rows[clip])) }, options);
  }
  view.boxes.forEach((box, side) => {
    const move = (down, right) => {
      player.stop();
      if (recorder.move(side, down, right)) return;
      drag ??= { row: rowsOf(kitchen, store.state)[now().clip], down: 0, right: 0 };
      drag.down += down;
      drag.right += right;
      const moved = withHandMoved(drag.row, side, frame(), drag.down, drag.right);
      edit(() => moved, { group: `hand ${side}` });
      const { column, row } = kitchen.clips(now())[now().clip].clip.hands[side];
      sayAtRest(`${SIDES[side]}: ${placeText(column[frame()], row[frame()])}.`);
    };
    movable(box, "hand", { move, end: () => (drag = null), signal });
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
    make("div", { class: "cl-side cl-grow" }, [
      what,
      make("p", { class: "cl-note", text: YOURS }),
      clips.element,
      make("div", { class: "cl-watching-picks" }, pickers.map((one) => one.element)),
    ]),
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
