// Record: a recipe of the reader's own. What each hand holds, where it is in each frame, and which clip follows which.

import { button, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { replaced } from "../kit/state.js";
import { FRAMES } from "../mirror/kitchen.js";
import { clipButtons } from "./clip_buttons.js";
import { movable } from "./drag.js";
import { film } from "./film.js";
import { rowsOf, withHandMoved, withHold } from "./own.js";
import { picker } from "./pick.js";
import { boxesOf, frameOf, picture } from "./picture.js";
import { recorderOf } from "./recorder.js";
import { frameText, isTold, pictureText, placeText, readText, shownText, SIDES } from "./words.js";

const YOURS = "Choose what each hand holds, and how. What you change here becomes a recipe of your own.";
const MOVING =
  "Drag a hand: it goes there from this frame on; or record it as it moves. The nets see what it holds in eight other places, and not how it moves.";

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
  const hands = handChooser(pickers.map((one) => one.element));
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
    const move = (down, right, isKey) => {
      player.stop();
      hands.choose(side);
      if (recorder.move(side, down, right, isKey)) return;
      drag ??= { row: rowsOf(kitchen, store.state)[now().clip], down: 0, right: 0 };
      drag.down += down;
      drag.right += right;
      const moved = withHandMoved(drag.row, side, frame(), drag.down, drag.right);
      edit(() => moved, { group: `hand ${side}` });
      const { column, row } = kitchen.clips(now())[now().clip].clip.hands[side];
      const read = readText(store.state.reader, [kitchen.reading(store.state).steps[now().clip]]);
      sayAtRest(`${SIDES[side]}: ${placeText(column[frame()], row[frame()])}. ${read}`);
    };
    const end = () => {
      drag = null;
      recorder.release();
    };
    movable(box, "hand", { move, end, signal });
    box.setAttribute("aria-label", `${SIDES[side]}: arrow keys move it, from this frame on`);
  });
  sets({ own: [view.element, clips.element, ...pickers] });
  const onEscape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && recorder.leave()) event.preventDefault();
  };
  const element = make("div", { class: "cl-watching-watch", onkeydown: onEscape }, [
    make("div", { class: "cl-watching-left" }, [view.element, player.element, recorder.element]),
    make("div", { class: "cl-side cl-grow" }, [
      what,
      hands.element,
      make("div", { class: "cl-watching-picks" }, pickers.map((one) => one.element)),
      clips.element,
    ]),
    make("div", { class: "cl-watching-notes" }, [YOURS, MOVING].map((text) => make("p", { class: "cl-note", text }))),
  ]);
  function show(state) {
    const { clip: place, level } = state;
    const { take } = recorder;
    const { clip, pictures } = take ? kitchen.preview(take.row, level) : kitchen.clips(state)[place];
    const step = kitchen.cook(state)[place];
    const words = pictureText({ place, frame: frame(), level, hidden: [] }, [step.left, step.right], isTold(state));
    view.show(frameOf(pictures, frame()), boxesOf(clip, frame()), [], words); // what is hidden from the nets is shown here
    player.update();
  }
  const update = (state, isShown) => {
    if (!isShown || recorder.isOfOther(state)) recorder.stop();
    if (!isShown) return player.stop();
    const step = kitchen.cook(state)[state.clip];
    show(state);
    write(what, whatText(state));
    pickers[0].show(step.left, isTold(state));
    pickers[1].show(step.right, isTold(state));
    clips.update(state);
  };
  const whatText = (state) => shownText(state.clip, kitchen.cook(state)[state.clip].action, isTold(state));
  const told = (state, before) => {
    if (before.tab !== state.tab || before.clip !== state.clip) return whatText(state);
    return before.frame === state.frame ? null : frameText(state.frame);
  };
  return { element, update, told, isPlaying: player.isPlaying };
}

/** Where there is room for one hand's pictures only: whose they are. @param {HTMLElement[]} pickers */
function handChooser(pickers) {
  const buttons = SIDES.map((text, side) => button(text, () => choose(side)));
  const element = make("div", { class: "cl-buttons cl-watching-which", role: "group", "aria-label": "Whose pictures" }, buttons);
  function choose(/** @type {number} */ chosen) {
    buttons.forEach((one, side) => one.setAttribute("aria-pressed", String(side === chosen)));
    pickers.forEach((one, side) => one.classList.toggle("is-away", side !== chosen));
  }
  choose(0);
  return { element, choose };
}
