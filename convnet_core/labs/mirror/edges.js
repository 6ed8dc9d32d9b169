// What chapter 13 learns from, and how it counts, as convnet_core.edges has it: whitened photographs, pieces of them, and a
// rule for edges. No DOM.

import { dot } from "./patches.js";

const [CONTRAST, HIGHEST, BORDER, GRID, FLAT] = [Math.sqrt(0.1), 0.4, 8, 64, 1e-9];
const WIDE = 2 * BORDER + 1; // pixels of the kernel's side
export const LEAST = WIDE + 1; // pixels of the shorter side of a photograph that can be whitened

/** @typedef {{ height: number, width: number, pixels: ArrayLike<number> }} Picture */

/** @type {Float64Array | null} */
let kernel = null;

/** The kernel that whitens a photograph, 17 x 17. */
export function whiteningKernel() {
  kernel ??= makeKernel();
  return kernel;
}

/** Each wave weighs its frequency, and the finest fade. All waves are even: of a turn in the plane, the cosine stays. */
function makeKernel() {
  const frequencies = Array.from({ length: GRID }, (_, k) => (k < GRID / 2 ? k : k - GRID) / GRID);
  const wave = (at, frequency) => Math.cos(2 * Math.PI * at * frequency);
  const weight = (u, v) => Math.hypot(u, v) * Math.exp(-((Math.hypot(u, v) / HIGHEST) ** 4));
  const along = (/** @type {(frequency: number) => number} */ tell) =>
    frequencies.reduce((sum, one) => sum + tell(one), 0);
  const rows = frequencies.map((u) =>
    Array.from({ length: BORDER + 1 }, (_, c) => along((v) => weight(u, v) * wave(c, v))),
  );
  const quarter = Array.from({ length: BORDER + 1 }, (_, r) =>
    Array.from(
      { length: BORDER + 1 },
      (__, c) => frequencies.reduce((sum, u, k) => sum + rows[k][c] * wave(r, u), 0) / GRID ** 2,
    ),
  );
  const whole = Float64Array.from(
    { length: WIDE * WIDE },
    (_, k) => quarter[Math.abs(Math.floor(k / WIDE) - BORDER)][Math.abs((k % WIDE) - BORDER)],
  );
  const mean = whole.reduce((sum, one) => sum + one, 0) / whole.length;
  return whole.map((one) => one - mean);
}

/** A photograph in which coarse and fine are about equally strong. @param {Picture} photograph  at least 18 x 18 */
export function whitened({ height, width, pixels }) {
  const weights = whiteningKernel();
  const [rows, columns] = [height - WIDE + 1, width - WIDE + 1];
  const white = new Float64Array(rows * columns);
  for (let i = 0; i < WIDE; i++) {
    for (let j = 0; j < WIDE; j++) {
      const weight = weights[i * WIDE + j];
      for (let r = 0, at = 0; r < rows; r++) {
        for (let c = 0, from = (r + i) * width + j; c < columns; c++, at++, from++) white[at] += weight * pixels[from];
      }
    }
  }
  const deviation = Math.sqrt(white.reduce((sum, value) => sum + value ** 2, 0) / white.length);
  const by = deviation < FLAT ? 0 : CONTRAST / deviation;
  return { height: rows, width: columns, pixels: white.map((value) => value * by) };
}

/**
 * Pieces of pictures, cut out at random.
 * @param {Picture[]} pictures @param {number} side @param {number} count @param {() => number} random
 * @returns {import("./patches.js").Stack}
 */
export function crops(pictures, side, count, random) {
  const values = new Float64Array(count * side * side);
  const any = (/** @type {number} */ below) => Math.floor(random() * below);
  for (let n = 0, at = 0; n < count; n++) {
    const { height, width, pixels } = pictures[any(pictures.length)];
    const [row, column] = [any(height - side + 1), any(width - side + 1)];
    for (let r = row; r < row + side; r++) {
      for (let c = column; c < column + side; c++, at++) values[at] = pixels[r * width + c];
    }
  }
  return { count, channels: 1, height: side, width: side, values };
}

export const EDGE = 0.7; // of a filter, explained by a Gabor function: then it counts as an edge
const [TURNS, CENTRES] = [16, 5];
const WAVES = [0.35, 0.6, 0.9, 1.3, 1.8, 2.4]; // over the side of a filter
const WIDTHS = [0.12, 0.18, 0.26]; // of the bell across the wave
const LONGER = [1, 1.8]; // how much longer the bell is along the wave's crests

/** How much of each filter the best Gabor function explains. @param {ArrayLike<number>} filters @param {number} side */
export function edgeShares(filters, side) {
  const cells = side * side;
  const functions = gabors(side);
  return Array.from({ length: filters.length / cells }, (_, which) => {
    const filter = Float64Array.from({ length: cells }, (__, k) => filters[which * cells + k]);
    const size = filter.reduce((sum, one) => sum + one ** 2, 0);
    let most = 0;
    for (let at = 0; at < functions.length; at += 2 * cells) {
      const [even, odd] = [at, at + cells].map((start) => dot(functions, start, filter, 0, cells));
      most = Math.max(most, even ** 2 + odd ** 2);
    }
    return size > 0 ? most / size : 0;
  });
}

/** @type {Map<number, Float64Array>} */
const known = new Map();

/** Gabor functions for filters of a side: two of each, a quarter of a wave apart, orthogonal and of length 1. */
function gabors(side) {
  if (!known.has(side)) known.set(side, makeGabors(side));
  return known.get(side);
}

function makeGabors(side) {
  const cells = side * side;
  const count = TURNS * CENTRES * CENTRES * WAVES.length * WIDTHS.length * LONGER.length;
  const all = new Float64Array(2 * count * cells);
  const places = Array.from({ length: CENTRES }, (_, k) => -0.3 + (0.6 * k) / (CENTRES - 1));
  let at = 0;
  for (let turn = 0; turn < TURNS; turn++)
    for (const row of places)
      for (const column of places)
        for (const waves of WAVES)
          for (const width of WIDTHS)
            for (const longer of LONGER) {
              const [even, odd] = [0, 1].map((which) => all.subarray(at + which * cells, at + (which + 1) * cells));
              putGabor(even, odd, side, { angle: (turn * Math.PI) / TURNS, row, column, waves, width, longer });
              at += 2 * cells;
            }
  return all;
}

/** @param {Float64Array} even @param {Float64Array} odd @param {number} side */
function putGabor(even, odd, side, { angle, row, column, waves, width, longer }) {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  for (let k = 0; k < even.length; k++) {
    const [down, right] = [
      (Math.floor(k / side) - (side - 1) / 2) / side - row,
      ((k % side) - (side - 1) / 2) / side - column,
    ];
    const [across, along] = [cosine * right + sine * down, cosine * down - sine * right];
    const bell = Math.exp(-((across / width) ** 2 + (along / (width * longer)) ** 2) / 2);
    even[k] = bell * Math.cos(2 * Math.PI * waves * across);
    odd[k] = bell * Math.sin(2 * Math.PI * waves * across);
  }
  toLengthOne(even);
  let both = 0;
  for (let k = 0; k < even.length; k++) both += even[k] * odd[k];
  for (let k = 0; k < even.length; k++) odd[k] -= both * even[k];
  toLengthOne(odd);
}

/** @param {Float64Array} values */
function toLengthOne(values) {
  const length = Math.sqrt(values.reduce((sum, one) => sum + one ** 2, 0));
  for (let k = 0; k < values.length; k++) values[k] /= length;
}
