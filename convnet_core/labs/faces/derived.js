// What follows from the lab's state and from what the net has found: boxes above the threshold, the window that is pointed
// at, and whether a challenge is solved. No DOM.

import { between } from "../kit/cells.js";
import { localContrast, PATCH_NET, SEEN, SIDE, shapeOf } from "../mirror/faces.js";
import { averaged } from "../mirror/resizing.js";
import { boxAt, overlap, sizesOf, STRIDE, windowAt } from "../mirror/scanning.js";
import { networkOf } from "../mirror/training.js";
import { changed, movedBox } from "./changed.js";

const [FEW_DEGREES, FAIR, FEW_BOXES, ON_IT] = [10, 40, 30, 0.4]; // fair: the largest threshold

/**
 * @typedef {import("../kit/store.js").State} State
 * @typedef {import("./looker.js").Looked} Looked
 * @typedef {import("../mirror/faces.js").Picture} Picture
 * @typedef {import("../mirror/scanning.js").Found} Found
 * @typedef {import("../mirror/scanning.js").Box} Box
 * @typedef {ReturnType<typeof pointedAt>} Pointed
 */

/** Whether two lists hold the very same things. @param {unknown[]} one @param {unknown[]} other */
export function alike(one, other) {
  return one.every((value, at) => value === other[at]);
}

/** The photograph as the net sees it; asked again about the same, it is the same object. */
export function shownPicture() {
  let [last, picture] = [[], null];
  return (/** @type {State} */ { turn, mirrored, inverted, dark }, photograph) => {
    const now = [photograph, turn, mirrored, inverted, dark];
    if (!alike(now, last)) picture = changed(photograph, { turn, mirrored, inverted, dark });
    last = now;
    return /** @type {Picture} */ (picture);
  };
}

/**
 * Whether what the net has found is about what is shown.
 * @param {{ looked: Looked | null, picture: Picture, weights: ArrayLike<number> }} now
 */
export function isFresh({ looked, picture, weights }) {
  return looked?.picture === picture && looked.weights === weights;
}

/**
 * What each net has found in photographs as they were, the last one of each.
 * @type {WeakMap<object, Looked & { photo: string }>}
 */
const plainLooks = new WeakMap();

/**
 * All that is shown: what the net found last, until there is something newer.
 * @param {State} state
 * @param {{ picture: Picture, looked: Looked | null, nets: import("./nets.js").Nets, face: Box | null }} about
 *   face: where the astronaut's is on her photograph, before it is turned; null on another
 * @typedef {ReturnType<typeof current>} Current
 */
export function current(state, { picture, looked: last, nets, face }) {
  const weights = nets.now(state);
  const at = pointedAt(state, picture);
  const isSameSize = last?.picture.height === picture.height && last.picture.width === picture.width;
  const looked = isSameSize ? last : null;
  const isPlain = isUnchanged(state) && isFresh({ looked, picture, weights });
  if (isPlain) plainLooks.set(weights, { ...looked, photo: state.photo });
  const plain = plainLooks.get(weights);
  const best = (/** @type {Looked | undefined} */ one) => one?.told[howOf(state)].scores[0] ?? null;
  const seen = at && state.tab === "window" ? windowOf(picture, at, weights) : null;
  return {
    picture,
    weights,
    who: nets.who(state),
    at,
    looked,
    found: tellable(state, looked),
    best: best(looked),
    plain: plain?.photo === state.photo ? best(plain) : undefined,
    seen,
    her: face && movedBox(face, picture, state),
  };
}

/** @param {State} state @returns {"together" | "alone"} */
const howOf = ({ together }) => (together ? "together" : "alone");

/** The boxes above the threshold. @param {State} state @param {Looked | null} looked @returns {Found} */
function tellable(state, looked) {
  if (looked === null) return { scores: [], boxes: [] };
  const { scores, boxes } = looked.told[howOf(state)];
  const count = scores.findIndex((score) => score <= state.threshold);
  return count < 0 ? { scores, boxes } : { scores: scores.slice(0, count), boxes: boxes.slice(0, count) };
}

/**
 * The chosen size, or the largest that there is, and the window of it around the pixel.
 * @param {State} state @param {Picture} picture
 */
export function pointedAt({ size: wanted, row, column }, picture) {
  const sizes = sizesOf(picture);
  const which = Math.min(wanted, sizes.length - 1);
  if (which < 0) return null;
  const size = sizes[which];
  const place = (/** @type {number} */ at, /** @type {number} */ count) =>
    between(Math.floor((at / size.by - SIDE / 2) / STRIDE + 0.5), { min: 0, max: count - 1 });
  return { sizes, which, size, row: place(row, size.rows), column: place(column, size.columns) };
}

/** The box of a window. @param {Pick<Pointed, "size" | "row" | "column">} at */
export function boxOf({ size, row, column }) {
  return boxAt(size, row * size.columns + column);
}

/** Its score, where it is known. @param {Pick<Current, "at" | "looked">} now */
export function scoreOf({ at, looked }) {
  return looked?.maps[at?.which]?.[at.row * at.size.columns + at.column] ?? null;
}

/** The window of one size that looks most like a face. @param {{ columns: number }} size @param {Float64Array} map */
export function bestOf({ columns }, map) {
  const score = map.reduce((most, one) => Math.max(most, one), -Infinity);
  const at = map.indexOf(score);
  return { row: Math.floor(at / columns), column: at % columns, score };
}

/** The pixel in the middle of a window: who points at it points at the window. */
export function middleOf({ by }, row, column) {
  const [down, right] = [row, column].map((at) => Math.floor((STRIDE * at + SIDE / 2) * by));
  return { row: down, column: right };
}

const isIn = (/** @type {number} */ at, /** @type {number} */ side) => at >= 0 && at < side;

/** Which is the smallest box around a pixel; -1 where there is none. @param {Found} found */
export function boxUnder({ boxes }, row, column) {
  let least = -1;
  boxes.forEach(([top, left, side], at) => {
    const isAround = isIn(row - top, side) && isIn(column - left, side);
    if (isAround && (least < 0 || side < boxes[least][2])) least = at;
  });
  return least;
}

/** Pictures at the sizes that have been asked for. @type {WeakMap<Picture, Record<number, Picture>>} */
const known = new WeakMap();

/** The picture at the chosen size. @param {Picture} picture @param {Pick<Pointed, "size">} at @returns {Picture} */
export function smallPicture(picture, { size: { by, height, width } }) {
  if (!known.has(picture)) known.set(picture, {});
  const pixels = () => averaged(picture.pixels, [picture.height, picture.width], [height, width]);
  return (known.get(picture)[by] ??= { height, width, pixels: pixels() });
}

/** The window that is pointed at, and what the net makes of it. @param {Picture} picture @param {Pointed} at */
export function windowOf(picture, at, weights) {
  const pixels = windowAt(smallPicture(picture, at), STRIDE * at.row, STRIDE * at.column);
  const contrast = localContrast({ height: SIDE, width: SIDE, pixels }).pixels;
  const net = networkOf({ plans: PATCH_NET, weights, seed: 0, input: shapeOf({ height: SEEN, width: SEEN }) }, 1);
  const votes = net.forward(contrast, 1).slice();
  const [conv1, conv2] = [1, 4].map((layer) => net.layers[layer].values);
  return { pixels, contrast, conv1, conv2, votes, score: votes[1] - votes[0] };
}

/** The patch of a box, as the net saw it. @param {Picture} picture @param {import("../mirror/scanning.js").Box} box */
export function patchOf(picture, [row, column, side]) {
  const sizes = sizesOf(picture);
  const size = sizes.find(({ by }) => Math.abs(by * SIDE - side) < 1e-6);
  const [top, left] = [row, column].map((at) => Math.round(at / size.by));
  return windowAt(smallPicture(picture, { size }), top, left);
}

export const isUnchanged = ({ turn, mirrored, inverted, dark }) => turn === 0 && !mirrored && !inverted && dark === 0;

// The challenges, about the astronaut, whose face is where it is.

/** Whether a box lies on her face. @param {Box} box @param {Box} her */
export const isOn = (box, her) => overlap(box, her) >= ON_IT;

/** Which of the boxes lies on her face; -1 where none does. @param {Found} found @param {Box} her */
export function herPlace({ boxes }, her) {
  return boxes.findIndex((box) => isOn(box, her));
}

/** What has still to be set before the net can be broken; null where nothing has. @param {State} state */
function missingToBreak(state, who) {
  if (who !== "round 3") return "the book’s net does not look";
  if (!state.together) return "windows do not vote together";
  if (state.threshold > FAIR) return `the threshold is above ${FAIR}`;
  if (!isUnchanged({ ...state, turn: 0 })) return "something else than the turn is changed";
  if (state.turn === 0) return "she is not turned";
  return Math.abs(state.turn) > FEW_DEGREES ? `she is turned by more than ${FEW_DEGREES} degrees` : null;
}

/**
 * Which challenges are solved, and how far the others are.
 * @param {State} state @param {Current} now
 */
export function solvedBy(state, { looked, found, who, her: face }) {
  const all = tellable({ ...state, threshold: 0, together: true }, looked);
  const [her, herOfAll] = [found, all].map((some) => herPlace(some, face));
  const isPlain = isUnchanged(state);
  const missing = missingToBreak(state, who);
  return {
    alone: isPlain && found.boxes.length === 1 && her === 0,
    break: missing === null && her < 0,
    missing,
    taught: isPlain && who === "own" && all.boxes.length <= FEW_BOXES && herOfAll === 0,
    her,
    all: all.boxes.length,
    herOfAll,
  };
}
