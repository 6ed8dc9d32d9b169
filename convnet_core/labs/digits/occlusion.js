// A grey square walks over the digit: where it lies, the vote falls.

import { draggable } from "../kit/controls.js";
import { button, make } from "../kit/dom.js";
import { oncePerFrame } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { PIXELS, SIDE } from "../mirror/digits.js";
import { covered, largest, stopsOf } from "../mirror/looking.js";
import { aboutMenu } from "./about.js";
import { askedOf, squareOf } from "./derived.js";
import { machine } from "./machine.js";
import { overInk, reachOf } from "../kit/paint.js";
import { mostText, occlusionText, SETTINGS } from "./words.js";

const STRIDE = 2;

export function occlusionTab(store, brainOf, { add, signal }) {
  const about = aboutMenu(store);
  const { min, max } = store.rule("square");
  const size = draggable("", { min, max }, (square, group) => store.set({ square }, { group }));
  const grey = draggable("", { min: 0, max: 1, step: 0.1 }, (value, group) =>
    store.set({ grey: Math.round(value * 10) / 10 }, { group }),
  );
  sets({ square: size, grey });
  const go = button("Go to the largest fall", () => store.set(walk.most().middle, { undoable: false }));
  const note = make("p", { class: "cl-note" });
  const element = make("div", {}, [
    make("div", { class: "cl-controls" }, [about.element, size.element, grey.element, go]),
    note,
  ]);
  const walk = walker(store, () => store.state.tab === "occlusion" && add(walk.text()), signal);
  const update = (state, now) => {
    about.show(state.about);
    size.caption.textContent = SETTINGS.square(state);
    size.show(state.square);
    grey.caption.textContent = SETTINGS.grey(state);
    grey.show(state.grey);
    walk.follow(state, now.plain, brainOf());
    go.hidden = walk.most() === null;
    note.textContent = `Orange: the vote falls under the square; blue: it rises. A pixel has the mean of all squares over it. On paper the square is ink that is added. ${walk.text()} Point at a pixel of the picture, or walk there by arrow keys: the square comes along.`;
  };
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, { plain, now }) => {
    const asked = askedOf(state, plain);
    const square = squareOf(state);
    const box = boxOf(square);
    const [before, after] = [plain.votes[asked], now.votes[asked]];
    const words = occlusionText({ asked, before, after, said: plain.said, saidNow: now.said, box });
    const under = covered(plain.picture, { ...square, grey: state.grey });
    const label = `What the net gets, and over it where the vote for ${asked} falls. ${words}`;
    const values = walk.changes(square);
    return { values, painter: overInk(under, reachOf(values)), box, label, words };
  };
  return { element, update, overlay };
}

const boxOf = ({ row, column, size }) => ({ row, column, height: size, width: size });

/** Has the square walk anew when what it walks on has changed, and keeps what it has found so far. */
function walker(store, ondone, signal) {
  let asked = null;
  /** @type {number[][]} */
  let rows = [];
  const redraw = oncePerFrame(() => store.refresh(), signal);
  const hear = ({ row }) => {
    if (row) rows.push(row);
    if (rows.length === stopsOf(asked[3], STRIDE).length && row) ondone();
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
    if (rows.length < all) return `It walks: row ${rows.length} of ${all}.`;
    return `It has stood at ${all * all} places. ${mostText(asked[2], most())}`;
  };
  /** Where the vote falls most, once the square has stood everywhere. */
  const most = () => {
    const size = asked?.[3];
    if (!asked || rows.length < stopsOf(size, STRIDE).length) return null;
    const falls = rows.flat();
    const at = largest(falls);
    const [row, column] = [Math.floor(at / rows.length), at % rows.length].map((place) => STRIDE * place);
    const half = Math.floor(size / 2);
    return { fall: falls[at], box: boxOf({ row, column, size }), middle: { row: row + half, column: column + half } };
  };
  return { follow, changes, text, most };
}
