// The net of chapter 11 and its digits: pictures of 28 x 28 pixels, row by row, from 0 (paper) to 1 (ink).

import { averaged } from "./resizing.js";

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const LEARNED = 4000; // of the 5,000; the others are held out
export const INK = 15; // the level of a pixel that is all ink
const [COUNT, ZEROS] = [5000, 0x80];

/** @typedef {{ levels: Uint8Array, labels: Uint8Array }} Digits  levels of ink from 0 to 15, picture after picture */

/**
 * The digits of a file: their labels, then runs of pixels alike. Throws an Error where it is not whole.
 * @param {Uint8Array} bytes @returns {Digits}
 */
export function unpackedDigits(bytes) {
  const levels = new Uint8Array(COUNT * PIXELS);
  let to = 0;
  for (let at = COUNT; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte >= ZEROS) to += byte & ~ZEROS;
    else for (let run = byte >> 4; run > 0; run--) levels[to++] = byte & INK;
  }
  if (to !== levels.length) throw new Error(`the digits hold ${to} pixels, wanted ${levels.length}`);
  return { levels, labels: bytes.slice(0, COUNT) };
}

/** Picture `which` of the digits, as the net takes it. @param {Digits} digits @param {number} which */
export function digitOf({ levels }, which) {
  return Float64Array.from(levels.subarray(which * PIXELS, (which + 1) * PIXELS), (level) => level / INK);
}

const MIDDLE = SIDE / 2; // the pixel where MNIST's digits have their centre of mass
const NEAR = 1e-9; // of a pixel: a centre between two of them hangs on no last bit of a sum
const DRAWN = 20; // pixels of the longer side of a digit, as MNIST's have it

/**
 * A drawing as MNIST's digits were brought into their pictures: its ink scaled into 20 x 20 with its proportions kept,
 * its centre of mass in the middle, by whole pixels, or as near as it fits. Also by how much it was scaled and moved.
 * @param {ArrayLike<number>} drawing  of 28 x 28 pixels
 * @returns {{ picture: Float64Array, factor: number, down: number, right: number }}
 */
export function centred(drawing) {
  const picture = new Float64Array(PIXELS);
  const box = boxOf(drawing);
  if (box === null) return { picture, factor: 1, down: 0, right: 0 };
  const longest = Math.max(box.height, box.width);
  const [height, width] = [box.height, box.width].map((side) =>
    Math.max(1, Math.floor((DRAWN * side) / longest + 0.5)),
  );
  const small = averaged(cut(drawing, box), [box.height, box.width], [height, width]);
  const [row, column] = massOf(small, width);
  const [top, left] = [startOf(row, height), startOf(column, width)];
  small.forEach((ink, k) => (picture[(top + Math.floor(k / width)) * SIDE + left + (k % width)] = ink));
  const moved = (
    /** @type {number} */ start,
    /** @type {number} */ after,
    /** @type {number} */ from,
    /** @type {number} */ before,
  ) => start + after / 2 - from - before / 2;
  const [down, right] = [moved(top, height, box.row, box.height), moved(left, width, box.column, box.width)];
  return { picture, factor: DRAWN / longest, down, right };
}

/** What lies in a box. */
function cut(drawing, { row, column, height, width }) {
  return Float64Array.from(
    { length: height * width },
    (_, k) => drawing[(row + Math.floor(k / width)) * SIDE + column + (k % width)],
  );
}

/** Where a row of pixels starts, so that its centre of mass lies in the middle pixel, or as near as it fits. */
function startOf(middle, length) {
  return Math.max(0, Math.min(SIDE - length, Math.floor(MIDDLE - middle + 0.5 + NEAR)));
}

/** The smallest box with all ink in it; null on a blank sheet. @param {ArrayLike<number>} drawing */
function boxOf(drawing) {
  let [top, left, bottom, right] = [SIDE, SIDE, -1, -1];
  for (let k = 0; k < PIXELS; k++) {
    if (drawing[k] <= 0) continue;
    const [row, column] = [Math.floor(k / SIDE), k % SIDE];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  }
  return bottom < 0 ? null : { row: top, column: left, height: bottom - top + 1, width: right - left + 1 };
}

/** Row and column of the centre of mass, counted from 0. @param {Float64Array} values @param {number} width */
function massOf(values, width) {
  let [mass, down, right] = [0, 0, 0];
  values.forEach((value, k) => {
    mass += value;
    down += value * Math.floor(k / width);
    right += value * (k % width);
  });
  return [down / mass, right / mass];
}
