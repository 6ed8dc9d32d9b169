// The toy network: what follows from the lab's state, what each number comes from, and which challenges are solved.

import { changedCells } from "../kit/cells.js";
import { presetOf, remembered, same } from "../kit/state.js";
import { convolve } from "../mirror/convolution.js";
import { count, total } from "../mirror/matrix.js";
import { shift } from "../mirror/pictures.js";
import { pool } from "../mirror/pooling.js";
import { truncated } from "../mirror/printing.js";
import { relu } from "../mirror/relu.js";

/** @typedef {{ row: number, column: number, height: number, width: number }} Box */
/** @typedef {{ stage: string, feature?: number, row: number, column: number }} Point  one number of the network */

export const LETTERS = ["X", "O"];
/** What becomes of the picture, in this order; each stage has a matrix for each feature. */
export const STAGES = ["map", "relu", "pooled", "votes"];

/** @type {Parameters<typeof pool>[1]} */
const POOLING = { kind: "max", window: 2, stride: 2, edge: "kept" };
const ORDER = ["image", ...STAGES];
const REACH = 2; // how far a feature of 3 by 3 reaches beyond its first pixel
const MAP_SIZE = 7;
const SIZES = { feature: REACH + 1, map: MAP_SIZE, relu: MAP_SIZE, pooled: 4, votes: 4 };
const SURE = 9.5; // which no two flips reach
const MOST_FLIPS = 3; // to reach it
const FEWEST = 2; // flips that fool the trained network
const MANY = 12; // flips: what is further from the X is no try to change it

/** What makes one network and not another: parts of the state. */
export const PARTS = ["features", "feature_bias", "weights", "bias"];
/** The slides' features by where they have ink (+) and paper (-). */
const SHAPES = {
  "+---+---+": { glyph: "\\", name: "backslash" },
  "+-+-+-+-+": { glyph: "x", name: "cross" },
  "--+-+-+--": { glyph: "/", name: "slash" },
};

/** What each feature is called: by its shape if it is one of the slides', else, and if it comes again, by its number. */
export const labelsOf = remembered(({ features }) => {
  const shapes = features.map((feature) => SHAPES[feature.flat().map(signOf).join("")]);
  return shapes.map((shape, at) =>
    shape && shapes.indexOf(shape) === at ? shape : { glyph: "", name: `feature ${at + 1}` },
  );
});

function signOf(value) {
  return value > 0 ? "+" : value < 0 ? "-" : "0";
}

/** Every number of the network. `votes` are the parts of the vote that is shown; `sums` those of both, by feature. */
export const current = remembered((state) => {
  const map = state.features.map((feature, which) =>
    convolve(state.image, feature, { divisor: count(feature), bias: state.feature_bias[which] }),
  );
  const rectified = map.map(relu);
  const pooled = rectified.map((values) => pool(values, POOLING));
  const parts = LETTERS.map((_, letter) =>
    pooled.map((values, which) => weighed(values, state.weights[letter], which)),
  );
  const sums = parts.map((maps) => maps.map(total));
  const totals = sums.map((three, letter) => three.reduce((sum, part) => sum + part, state.bias[letter]));
  const answer = LETTERS[totals[1] > totals[0] ? 1 : 0];
  const shown = LETTERS.indexOf(state.shown);
  return { map, relu: rectified, pooled, votes: parts[shown], sums, totals, answer, shown };
});

/** Pooled numbers, each times its weight: those of feature `which` stand together, row by row. */
function weighed(pooled, weights, which) {
  return pooled.map((line, r) => line.map((value, c) => value * weightAt(weights, pooled, which, r, c)));
}

function weightAt(weights, { length }, which, row, column) {
  return weights[(which * length + row) * length + column];
}

/** The weight of a pooled number in the vote that is shown. */
export function weightOf(state, { feature, row, column }) {
  const { shown, pooled } = current(state);
  return weightAt(state.weights[shown], pooled[feature], feature, row, column);
}

/** How a box of one stage goes into the next, and what it comes from in the one before. */
const FORWARD = {
  image: bySide((from, size) => reaching(Math.max(0, from - REACH), Math.min(MAP_SIZE, from + size))),
  map: (box) => box,
  relu: bySide((from, size) => reaching(Math.floor(from / 2), Math.ceil((from + size) / 2))),
  pooled: (box) => box,
};
const BACKWARD = {
  map: bySide((from, size) => reaching(from, from + size + REACH)),
  relu: (box) => box,
  pooled: bySide((from, size) => reaching(2 * from, Math.min(MAP_SIZE, 2 * (from + size)))),
  votes: (box) => box,
};

/** A change of a box that is the same down and across. */
function bySide(change) {
  return ({ row, column, height, width }) => {
    const [down, across] = [change(row, height), change(column, width)];
    return { row: down.from, column: across.from, height: down.size, width: across.size };
  };
}

function reaching(from, end) {
  return { from, size: end - from };
}

/**
 * All that a number comes from: a box in each earlier stage. It is a rectangle in every one of them.
 * @param {Point} point
 * @returns {Record<string, Box>}  the boxes by stage, "image" too; all others belong to the point's feature
 */
export function sourcesOf({ stage, row, column }) {
  /** @type {Record<string, Box>} */
  const sources = {};
  if (stage === "feature") return sources;
  if (stage !== "image") sources.feature = wholeOf("feature");
  let box = { row, column, height: 1, width: 1 };
  for (let at = ORDER.indexOf(stage); at > 0; at--) sources[ORDER[at - 1]] = box = BACKWARD[ORDER[at]](box);
  return sources;
}

/**
 * All that a number goes into, the other way.
 * @param {Point} point
 * @returns {Record<string, Box>}  a pixel's boxes belong to every feature
 */
export function targetsOf({ stage, row, column }) {
  if (stage === "feature") return Object.fromEntries(STAGES.map((name) => [name, wholeOf(name)]));
  /** @type {Record<string, Box>} */
  const targets = {};
  let box = { row, column, height: 1, width: 1 };
  for (let at = ORDER.indexOf(stage); at < ORDER.length - 1; at++)
    targets[ORDER[at + 1]] = box = FORWARD[ORDER[at]](box);
  return targets;
}

function wholeOf(stage) {
  return { row: 0, column: 0, height: SIZES[stage], width: SIZES[stage] };
}

/** The largest vote, for or against, that the network gives to any of the sample pictures: how long a bar may be. */
export function largestVote(state, { image }) {
  const totals = Object.values(image).flatMap((sample) => current({ ...state, image: sample }).totals);
  return Math.max(...totals.map(Math.abs), 0.01);
}

export const ROOM = 6; // drawings on the reader's shelf
const SIDE = 9;

/** The drawings on the reader's shelf. A damaged list may end in a part of one. @returns {number[][][]} */
export const shelfOf = remembered(({ shelf }) => {
  const rows = (/** @type {number} */ from) =>
    Array.from({ length: SIDE }, (_, row) => shelf.slice(from + row * SIDE, from + (row + 1) * SIDE));
  const drawings = Math.floor(shelf.length / (SIDE * SIDE));
  return Array.from({ length: drawings }, (_, at) => rows(at * SIDE * SIDE));
});

export function isOnShelf(state) {
  return shelfOf(state).some((drawing) => same(drawing, state.image));
}

/** The shelf with the picture on it, or without it where it is there. @returns {number[]} */
export function shelfWith(state) {
  const others = shelfOf(state).filter((drawing) => !same(drawing, state.image));
  return [...others, ...(isOnShelf(state) ? [] : [state.image])].flat(2);
}

/** Ink becomes paper, and paper ink. */
export function inverted(image) {
  return image.map((line) => line.map((value) => 0 - value));
}

/** Left becomes right. */
export function mirrored(image) {
  return image.map((line) => [...line].reverse());
}

/** The parts of the state that are the network. */
export function networkOf(state) {
  return Object.fromEntries(PARTS.map((part) => [part, state[part]]));
}

/** The networks that the lab knows, by name. */
export const networks = remembered((presets) =>
  Object.fromEntries(
    Object.keys(presets.features).map((name) => [
      name,
      Object.fromEntries(PARTS.map((part) => [part, presets[part][name]])),
    ]),
  ),
);

/** The name of the state's network; null where it is another one. */
export function networkName(state, presets) {
  return presetOf(networks(presets), networkOf(state));
}

function isTrained(state, presets) {
  return networkName(state, presets) === "trained";
}

/** The X with two pixels of another colour, and it says O: fewer are not enough. */
export function isFooled(state, presets) {
  const isOther = changedPixels(state.image, presets.image.X) <= FEWEST && current(state).answer === "O";
  return isOther && isTrained(state, presets);
}

/** A near try is answered: how many flips, and how sure it still is, or how many flips fewer would do. */
export function fooledSoFar(state, presets) {
  const flips = changedPixels(state.image, presets.image.X);
  if (!isTrained(state, presets)) return "another network.";
  if (flips > MANY) return "";
  const { answer, totals } = current(state);
  const flipped = `${flips === 1 ? "1 pixel" : `${flips} pixels`} flipped`;
  const fewer = flips > FEWEST ? ` That can be done with ${flips - FEWEST} fewer.` : "";
  if (answer === "O") return `${flipped}, and it says O.${fewer}`;
  return `${flipped}, and X still leads by ${truncated(totals[0] - totals[1])}.`;
}

export function surerSoFar(state, presets) {
  const flips = changedPixels(state.image, presets.image.X);
  return isTrained(state, presets) && flips <= MANY
    ? `${flips} of at most ${MOST_FLIPS} flipped, and the vote for X is ${truncated(current(state).totals[0])}.`
    : "";
}

/** The X with up to three pixels of another colour, and far surer than before. */
export function isSurer(state, presets) {
  const isSure = changedPixels(state.image, presets.image.X) <= MOST_FLIPS && current(state).totals[0] >= SURE;
  return isSure && isTrained(state, presets);
}

/** The small X, whole, at another place, and it says O. */
export function isMisplaced(state, presets) {
  const small = presets.image["small X"];
  const steps = [-2, -1, 0, 1, 2];
  const isThere = steps.some((down) => steps.some((right) => same(shift(small, down, right), state.image)));
  return isThere && current(state).answer === "O" && isTrained(state, presets);
}

/** How many pixels were flipped; endless where one is neither ink nor paper. */
function changedPixels(image, letter) {
  const isDrawn = image.flat().every((value) => value === 1 || value === -1);
  return isDrawn ? changedCells(image, letter).length : Infinity;
}
