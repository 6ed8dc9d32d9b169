// What follows from the digits lab's state: what the net gets, what its layers make of it, and the number that is taken apart.

import { between } from "../kit/cells.js";
import { remembered, same } from "../kit/state.js";
import { centred, SIDE } from "../mirror/digits.js";
import { covered, fool, patchOf, slope } from "../mirror/looking.js";
import { unpackedWeights } from "../mirror/training.js";
import { Brain, mapOf, STAGES } from "./brain.js";

export const FEW = 20; // pixels, in a challenge
const [SMALL, PALE] = [4, 0.5]; // pixels, the side of a square in another, and its most ink
export const SURE = 0.99;
export const STEP = 0.1; // of a change: the root of the sum of all pixels' changes, squared
const [FIRST, WEAK] = ["7", "4"];

/**
 * @typedef {import("../kit/store.js").State} State
 * @typedef {import("./brain.js").Stage} Stage
 * @typedef {import("./brain.js").Answer} Answer
 *
 * @typedef {object} Source  a map below, and its part in the number that is taken apart
 * @property {ArrayLike<number>} map @property {number} side
 * @property {number[][]} patch @property {number[][] | null} weights  none in a pooling @property {number} part
 *
 * @typedef {object} Taken  a number of a layer, taken apart
 * @property {Stage} stage @property {number} feature @property {number} row @property {number} column
 * @property {number} value @property {number | null} bias @property {Source[]} sources
 * @property {import("../kit/cells.js").Box} box  the pixels that it sees
 * @property {import("../kit/cells.js").Box} patch  where it lies on the maps below
 */

/** The sheet as MNIST's digits were centred. */
const centredDrawing = remembered((drawing) => centred(drawing.flat()));

/** @param {State} state */
export function centredOf({ drawing }) {
  return centredDrawing(drawing);
}

/** What the net is shown: the digit, under the square or changed where the tab does that. */
export function current(state, brain) {
  const plain = plainAnswer(state, brain);
  const picture = shownPicture(state, brain, plain);
  return { ...plain, plain, now: picture === plain.picture ? plain : brain.answer(picture) };
}

/** The net's answer to the digit itself; for one drawing it is asked once. */
function plainAnswer(state, brain) {
  const known = plainAnswers.get(brain);
  if (known?.drawing === state.drawing) return known.answer;
  const answer = brain.answer(centredOf(state).picture);
  plainAnswers.set(brain, { drawing: state.drawing, answer });
  return answer;
}
/** @type {WeakMap<Brain, { drawing: number[][], answer: Answer }>} */
const plainAnswers = new WeakMap();

function shownPicture(state, brain, { picture }) {
  if (state.tab === "occlusion") return covered(picture, { ...squareOf(state), grey: state.grey });
  if (state.tab === "fool" && state.amount > 0) return pathOf(state, brain).after(state.amount);
  return picture;
}

/** Where the grey square lies: its middle is the place that is pointed at, as far as it stays on the picture. */
export function squareOf({ row, column, square: size }) {
  const from = (at) => between(at - Math.floor(size / 2), { min: 0, max: SIDE - size });
  return { row: from(row), column: from(column), size };
}

/** The pictures on the way from the digit to the one that is wanted, as far as they have been asked for. */
class Path {
  /** @type {Float64Array[]} */
  pictures = [];
  #steps;

  constructor(brain, picture, wanted) {
    this.#steps = fool(brain.net, picture, wanted, STEP);
  }

  /** The picture after `count` steps; the last one where the net is fooled earlier. @param {number} count */
  after(count) {
    while (this.pictures.length <= count) {
      const { value, done } = this.#steps.next();
      if (done) return this.pictures.at(-1);
      this.pictures.push(/** @type {Float64Array} */ (value));
    }
    return this.pictures[count];
  }
}

/** The way to the digit that is wanted; for one drawing it is gone once. @returns {Path} */
export function pathOf(state, brain) {
  const known = paths.get(brain);
  if (known?.drawing === state.drawing && known.wanted === state.wanted) return known.path;
  const path = new Path(brain, centredOf(state).picture, state.wanted);
  paths.set(brain, { drawing: state.drawing, wanted: state.wanted, path });
  return path;
}
/** @type {WeakMap<Brain, { drawing: number[][], wanted: number, path: Path }>} */
const paths = new WeakMap();

/** Whose vote the tabs are about. @param {State} state @param {Answer} plain */
export function askedOf({ about }, { said }) {
  return about === "answer" ? said : Number(about);
}

/** The slope of the vote that is asked for, at each pixel. */
export function slopeAt(state, brain, plain) {
  return slope(brain.net, plain.picture, askedOf(state, plain));
}

/** The stage, map and cell that the state names, as far as there are so many. @param {State} state */
export function chosenOf({ layer, feature, row, column }) {
  const stage = STAGES.find(({ key }) => key === layer);
  const cell = (at) => Math.floor((at * stage.side) / SIDE);
  return { stage, feature: Math.min(feature, stage.maps - 1), row: cell(row), column: cell(column) };
}

/** The maps below a stage: the picture below the first. @param {Answer} answer @param {Stage} stage */
function mapsBelow(answer, stage) {
  const below = STAGES[STAGES.indexOf(stage) - 1];
  if (!below) return { side: SIDE, maps: [answer.picture] };
  return { side: below.side, maps: Array.from({ length: below.maps }, (_, k) => mapOf(answer, below, k)) };
}

/** A square of a map; beyond its edges lie zeros. @returns {number[][]} */
export function patchAt(map, side, { row, column, height, width }) {
  const inside = (at) => at >= 0 && at < side;
  return Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (__, j) =>
      inside(row + i) && inside(column + j) ? map[(row + i) * side + column + j] : 0,
    ),
  );
}

/** The number that the state names, taken apart. @returns {Taken} */
export function taken(state, answer, brain) {
  const chosen = chosenOf(state);
  const { stage, feature, row, column } = chosen;
  const { side, maps } = mapsBelow(answer, stage);
  const isPool = stage.key.startsWith("pool");
  const size = isPool ? 2 : stage.key === "votes" ? side : 5;
  const patch = isPool
    ? { row: 2 * row, column: 2 * column, height: 2, width: 2 }
    : {
        row: stage.key === "votes" ? 0 : row - 2,
        column: stage.key === "votes" ? 0 : column - 2,
        height: size,
        width: size,
      };
  const learned = brain.learned[stage.key] ?? null;
  const used = isPool ? [maps[feature]] : maps;
  const sources = used.map((map, at) =>
    sourceOf(map, side, patch, learned && { ...learned, at, feature, count: maps.length }),
  );
  const value = mapOf(answer, stage, feature)[row * stage.side + column];
  const box = patchOf(stage.layer, row, column);
  return { ...chosen, value, bias: learned ? learned.bias[feature] : null, sources, box, patch };
}

/** @returns {Source} */
function sourceOf(map, side, box, learned) {
  const patch = patchAt(map, side, box);
  if (learned === null) return { map, side, patch, weights: null, part: Math.max(...patch.flat()) };
  const { weights: all, at, feature, count } = learned;
  const { height, width } = box;
  const from = (feature * count + at) * height * width;
  const weights = patch.map((line, i) => line.map((_, j) => all[from + i * width + j]));
  const part = patch.reduce((sum, line, i) => sum + line.reduce((inner, x, j) => inner + x * weights[i][j], 0), 0);
  return { map, side, patch, weights, part };
}

/** How many pixels of the sheet differ from the digit at the start. */
export function changedPixels({ drawing }, presets) {
  const first = presets.drawing[FIRST];
  return drawing.reduce((sum, line, r) => sum + line.filter((value, c) => value !== first[r][c]).length, 0);
}

/** The book's net, whatever the reader has trained: challenges are about it. */
const bookBrain = remembered((presets) => new Brain(unpackedWeights(presets.weights)));

/** What the book's net says of the sheet. */
export function bookSays(state, presets) {
  return plainAnswer(state, bookBrain(presets));
}

export function isOtherByFew(state, presets) {
  const changed = changedPixels(state, presets);
  return changed > 0 && changed <= FEW && bookSays(state, presets).said !== Number(FIRST);
}

/** Whether a small square that is not too dark makes another digit of the 4. */
export function isHidden(state, presets) {
  if (state.tab !== "occlusion" || state.square > SMALL || state.grey > PALE) return false;
  if (startOf(state, presets) !== WEAK) return false;
  const { plain, now } = current(state, bookBrain(presets));
  return plain.said !== now.said;
}

export function isBlank(drawing) {
  return drawing.every((line) => line.every((value) => value === 0));
}

/** The name of the picture among those to start from; null where it is none. */
export function startOf({ drawing }, presets) {
  return Object.keys(presets.drawing).find((name) => same(presets.drawing[name], drawing)) ?? null;
}
