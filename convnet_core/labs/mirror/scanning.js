// A window slides over a photograph, and a net looks through it, as convnet_core.scanning has it. No DOM. A box is row,
// column and side, in pixels of the photograph.

import { localContrast, SCANNER, shapeOf, SIDE } from "./faces.js";
import { Network } from "./network.js";
import { averaged } from "./resizing.js";
import { start } from "./training.js";

export const STRIDE = 4; // pixels from window to window
export const SHRINK = [1, 1.25, 1.575, 2, 2.5, 3.15]; // how much smaller the photograph gets
const [AGREE, SAME] = [0.5, 0.3];

/**
 * @typedef {import("./faces.js").Picture} Picture
 * @typedef {Picture & { by: number, rows: number, columns: number }} Level  how much smaller, and how many windows
 * @typedef {[row: number, column: number, side: number]} Box
 * @typedef {{ scores: number[], boxes: Box[] }} Found
 */

/** The sizes at which a photograph of so many pixels is looked at. */
export function sizesOf({ height, width }) {
  return SHRINK.map((by) => {
    const [tall, wide] = [height, width].map((side) => Math.max(1, halfToEven(side / by)));
    return { by, height: tall, width: wide, rows: windowsIn(tall), columns: windowsIn(wide) };
  }).filter(({ height: tall, width: wide }) => Math.min(tall, wide) >= SIDE);
}

/** How many windows there are along a side. @param {number} side */
const windowsIn = (side) => Math.floor((side - SIDE) / STRIDE) + 1;

/** Rounded as Python rounds. @param {number} value */
function halfToEven(value) {
  const whole = Math.round(value);
  return whole - value === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

/** The photograph at several sizes. @param {Picture} photograph @returns {Level[]} */
export function pyramid({ height, width, pixels }) {
  return sizesOf({ height, width }).map((size) => ({
    ...size,
    pixels: averaged(pixels, [height, width], [size.height, size.width]),
  }));
}

/**
 * What the net says of each window of a picture, row by row: above 0 where it says "a face". It hands out null behind
 * each layer, for who must not wait long.
 * @param {ArrayLike<number>} weights @param {Picture & { rows: number, columns: number }} picture
 * @returns {Generator<null, Float64Array>}
 */
export function* scoreMap(weights, picture) {
  const contrast = localContrast(picture);
  const net = new Network(SCANNER, shapeOf(contrast), 1);
  start(net, weights, 0);
  let values = contrast.pixels;
  for (const layer of net.layers) {
    values = layer.forward(values, 1);
    yield null;
  }
  // The poolings keep partial windows: at an edge these would be windows that stick out.
  const { rows, columns } = picture;
  const { height, width } = net.layers.at(-1).shape;
  return Float64Array.from({ length: rows * columns }, (_, k) => {
    const at = Math.floor(k / columns) * width + (k % columns);
    return values[height * width + at] - values[at];
  });
}

/**
 * The windows of all sizes that say "a face".
 * @param {Float64Array[]} maps @param {{ by: number, columns: number }[]} levels @returns {Found}
 */
export function facesOf(maps, levels) {
  /** @type {Found} */
  const found = { scores: [], boxes: [] };
  maps.forEach((map, level) =>
    map.forEach((score, at) => {
      if (score <= 0) return;
      found.scores.push(score);
      found.boxes.push(boxAt(levels[level], at));
    }),
  );
  return found;
}

/** The box of a window. @returns {Box} */
export function boxAt({ by, columns }, at) {
  return [Math.floor(at / columns) * STRIDE * by, (at % columns) * STRIDE * by, SIDE * by];
}

/** What two boxes share, of what either covers. @param {Box} one @param {Box} other */
export function overlap(one, other) {
  const tall = Math.min(one[0] + one[2], other[0] + other[2]) - Math.max(one[0], other[0]);
  const wide = Math.min(one[1] + one[2], other[1] + other[2]) - Math.max(one[1], other[1]);
  if (tall <= 0 || wide <= 0) return 0;
  const shared = tall * wide;
  return shared / (one[2] * one[2] + other[2] * other[2] - shared);
}

/**
 * Of boxes that overlap by more than `most`, the best one only: their places, the best first.
 * @param {Found} found
 */
export function suppress({ scores, boxes }, most = SAME, count = Infinity) {
  let left = scores.map((_, at) => at).sort((a, b) => scores[b] - scores[a]);
  const kept = [];
  while (left.length > 0 && kept.length < count) {
    const [best, ...others] = left;
    kept.push(best);
    left = others.filter((at) => overlap(boxes[at], boxes[best]) <= most);
  }
  return kept;
}

/** How much all windows around each box say together: the scores of those that overlap, summed up. @param {Found} found */
export function totals({ scores, boxes }, agree = AGREE) {
  return boxes.map((box) => {
    let sum = 0;
    for (let k = 0; k < boxes.length; k++) if (overlap(boxes[k], box) >= agree) sum += scores[k];
    return sum;
  });
}

/** Those of overlapping boxes that are told, the best first. @param {Found} found @returns {Found} */
export function told(found) {
  const kept = suppress(found);
  return { scores: kept.map((at) => found.scores[at]), boxes: kept.map((at) => found.boxes[at]) };
}

/** A window's pixels. @param {Picture} picture @param {number} row @param {number} column  of its upper left one */
export function windowAt(picture, row, column) {
  return cut(picture, row, column, SIDE, SIDE);
}

/** A piece of a picture. @param {Picture} picture @returns {Float64Array} */
function cut({ width, pixels }, row, column, tall, wide) {
  const piece = new Float64Array(tall * wide);
  for (let k = 0; k < piece.length; k++)
    piece[k] = pixels[(row + Math.floor(k / wide)) * width + column + (k % wide)];
  return piece;
}

/**
 * Windows of a photograph without faces that the net takes for faces, the worst first.
 * @param {ArrayLike<number>} weights @param {Picture} photograph
 * @param {(most: number) => number} shift  how far from the corner the windows start, in pixels: 0 to `most`
 * @returns {Generator<null, Float64Array[]>}
 */
export function* falseAlarms(weights, photograph, shift, count = 60, most = 0.6) {
  const levels = pyramid(photograph).map((level) => shifted(level, shift));
  const maps = [];
  for (const level of levels) maps.push(yield* scoreMap(weights, level));
  const places = maps.flatMap((map, level) => Array.from(map, (score, at) => ({ score, level, at })));
  const alarms = places.filter(({ score }) => score > 0);
  const kept = suppress(facesOf(maps, levels), most, count);
  return kept.map((which) => {
    const { level, at } = alarms[which];
    const { columns } = levels[level];
    return windowAt(levels[level], STRIDE * Math.floor(at / columns), STRIDE * (at % columns));
  });
}

/** A level without its first rows and columns. @param {Level} level @returns {Level} */
function shifted(level, shift) {
  const { by, height, width } = level;
  const [down, right] = [height, width].map((side) => shift(Math.min(STRIDE - 1, side - SIDE)));
  const [tall, wide] = [height - down, width - right];
  const pixels = cut(level, down, right, tall, wide);
  return { by, height: tall, width: wide, rows: windowsIn(tall), columns: windowsIn(wide), pixels };
}

/**
 * Of what is found above each threshold: how much is right, and how much of what there is, is found.
 * @param {number[]} found  the totals @param {boolean[]} isRight @param {number} faces
 * @returns {{ threshold: number, precision: number, recall: number }[]}  from the largest total down, each once
 */
export function precisionRecall(found, isRight, faces) {
  const order = found.map((_, at) => at).sort((a, b) => found[b] - found[a]);
  let right = 0;
  const points = order.map((at, k) => {
    right += Number(isRight[at]);
    return { threshold: found[at], precision: right / (k + 1), recall: right / faces };
  });
  return points.filter(({ threshold }, k) => points[k + 1]?.threshold !== threshold);
}
