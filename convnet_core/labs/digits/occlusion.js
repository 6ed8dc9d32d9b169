// A grey square walks over the digit: where it lies, the vote falls.

import { draggable } from "../kit/controls.js";
import { make } from "../kit/dom.js";
import { oncePerFrame } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { percent } from "../kit/words.js";
import { PIXELS, SIDE } from "../mirror/digits.js";
import { covered, stopsOf } from "../mirror/looking.js";
import { aboutMenu } from "./about.js";
import { askedOf, squareOf } from "./derived.js";
import { machine } from "./machine.js";
import { overInk, reachOf } from "./paint.js";
import { occlusionText } from "./words.js";

const STRIDE = 2;

export function occlusionTab(store, brainOf, { signal }) {
  const about = aboutMenu(store);
  const { min, max } = store.rule("square");
  const size = draggable("", { min, max }, (square, group) => store.set({ square }, { group }));
  const grey = draggable("", { min: 0, max: 1, step: 0.1 }, (value, group) =>
    store.set({ grey: Math.round(value * 10) / 10 }, { group }),
  );
  sets({ square: size, grey });
  const note = make("p", { class: "cl-note" });
  const element = make("div", {}, [
    make("div", { class: "cl-controls" }, [about.element, size.element, grey.element]),
    note,
  ]);
  const walk = walker(store, signal);
  const update = (state, now) => {
    about.show(state.about);
    size.caption.textContent = `Square: ${state.square} × ${state.square} pixels`;
    size.show(state.square);
    grey.caption.textContent = `Its ink: ${percent(state.grey)}`;
    grey.show(state.grey);
    walk.follow(state, now.plain, brainOf());
    note.textContent = `The map: orange where the vote falls most under the square, blue where it rises. ${walk.text()} Point at the picture to put the square there.`;
  };
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, { plain, now }) => {
    const asked = askedOf(state, plain);
    const square = squareOf(state);
    const [before, after] = [plain.votes[asked], now.votes[asked]];
    const words = occlusionText({ asked, before, after, said: plain.said, saidNow: now.said });
    const under = covered(plain.picture, { ...square, grey: state.grey });
    const box = { row: square.row, column: square.column, height: square.size, width: square.size };
    const label = `What the net gets, and over it where the vote for ${asked} falls. ${words}`;
    const values = walk.changes(square);
    return { values, painter: overInk(under, reachOf(values)), box, label, words };
  };
  return { element, update, overlay };
}

/** Has the square walk anew when what it walks on has changed, and keeps what it has found so far. */
function walker(store, signal) {
  let asked = null;
  /** @type {number[][]} */
  let rows = [];
  const redraw = oncePerFrame(() => store.refresh(), signal);
  const hear = ({ row }) => {
    if (row) rows.push(row);
    redraw();
  };
  const walking = machine({}, hear, signal);
  const follow = (state, plain, brain) => {
    const label = askedOf(state, plain);
    const next = [plain.picture, brain, label, state.square, state.grey];
    if (asked?.every((value, at) => value === next[at])) return;
    asked = next;
    rows = [];
    const { weights } = brain;
    walking.start({
      job: "occlude",
      weights,
      picture: plain.picture,
      label,
      size: state.square,
      stride: STRIDE,
      grey: state.grey,
    });
  };
  /** By how much the vote changes, for each pixel: the mean of all squares that cover it. */
  const changes = ({ size }) => {
    const [sums, counts] = [new Float64Array(PIXELS), new Float64Array(PIXELS)];
    const stops = stopsOf(size, STRIDE);
    rows.forEach((row, r) =>
      row.forEach((fall, c) => {
        for (let i = stops[r]; i < stops[r] + size; i++)
          for (let j = stops[c]; j < stops[c] + size; j++) {
            sums[i * SIDE + j] -= fall;
            counts[i * SIDE + j] += 1;
          }
      }),
    );
    return sums.map((sum, k) => (counts[k] > 0 ? sum / counts[k] : 0));
  };
  const text = () => {
    const all = asked ? stopsOf(asked[3], STRIDE).length : 0;
    return rows.length < all ? `It walks: row ${rows.length} of ${all}.` : `It has stood at ${all * all} places.`;
  };
  return { follow, changes, text };
}
