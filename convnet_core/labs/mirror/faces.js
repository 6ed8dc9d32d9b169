// Chapter 12's net, what it gets and what it learns from, as convnet_core.faces has it. A picture lies row by row in an
// array, from 0 (black) to 1 (white). No DOM.

import { between, resampled } from "./resizing.js";

export const SIDE = 25; // pixels of a patch
const [AROUND, FLAT] = [5, 0.05]; // the neighbourhood that a pixel is compared with, and its least deviation
export const SEEN = SIDE - AROUND + 1; // pixels of contrast in a patch
export const PIXELS = SIDE * SIDE;
const [MIDDLE, END] = [(SIDE - 1) / 2, SIDE - 1];

/** @typedef {{ height: number, width: number, pixels: ArrayLike<number> }} Picture */

/** @type {import("./layers.js").Plan[]} */
const LOWER = [
  { kind: "conv", filters: 8, size: 4 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
  { kind: "conv", filters: 12, size: 4 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
];
/** The net for one patch. @type {import("./layers.js").Plan[]} */
export const PATCH_NET = [...LOWER, { kind: "linear", outputs: 16 }, { kind: "relu" }, { kind: "linear", outputs: 2 }];
/** The same weights for a picture of any size. @type {import("./layers.js").Plan[]} */
export const SCANNER = [
  ...LOWER,
  { kind: "conv", filters: 16, size: 3 },
  { kind: "relu" },
  { kind: "conv", filters: 2, size: 1 },
];

/** One channel of so many pixels. @returns {import("./layers.js").Shape} */
export function shapeOf({ height, width }) {
  return { channels: 1, height, width };
}

/**
 * Each pixel by how much it stands out: minus the mean of the 5 x 5 around it, in their deviations. Four rows and
 * columns fewer than the picture.
 * @param {Picture} picture @returns {{ height: number, width: number, pixels: Float64Array }}
 */
export function localContrast({ height, width, pixels }) {
  const [rows, columns, edge] = [height - AROUND + 1, width - AROUND + 1, (AROUND - 1) / 2];
  const out = new Float64Array(rows * columns);
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)]; // of five pixels one below the other
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c++) {
      let [sum, square] = [0, 0];
      for (let at = r * width + c, end = at + AROUND * width; at < end; at += width) {
        sum += pixels[at];
        square += pixels[at] ** 2;
      }
      sums[c] = sum;
      squares[c] = square;
    }
    for (let c = 0; c < columns; c++) {
      let [sum, square] = [0, 0];
      for (let k = c; k < c + AROUND; k++) {
        sum += sums[k];
        square += squares[k];
      }
      const mean = sum / AROUND ** 2;
      const deviation = Math.sqrt(Math.max(square / AROUND ** 2 - mean ** 2, 0) + FLAT ** 2);
      out[r * columns + c] = (pixels[(r + edge) * width + c + edge] - mean) / deviation;
    }
  }
  return { height: rows, width: columns, pixels: out };
}

/**
 * A patch seen a little otherwise.
 * @param {ArrayLike<number>} patch
 * @param {{ share: number, angle: number, down: number, right: number, mirror: number }} how  the share of it that is
 *   seen, the turn, the move, and -1 where it is mirrored
 */
export function closeUp(patch, { share, angle, down, right, mirror }) {
  const [cosine, sine] = [share * Math.cos(angle), share * Math.sin(angle)];
  const matrix = /** @type {[[number, number], [number, number]]} */ ([
    [cosine, sine],
    [-mirror * sine, mirror * cosine],
  ]);
  return resampled({ height: SIDE, width: SIDE, pixels: patch }, matrix, [down, right]);
}

/** At random, as `close_ups` draws. @param {ArrayLike<number>} patch @param {() => number} random */
function anyCloseUp(patch, random, { zoom: [least, most], degrees = 0, furthest = -1 }) {
  const either = () => 2 * random() - 1;
  const share = least + (most - least) * random();
  const room = furthest < 0 ? (1 - share) * MIDDLE : furthest;
  const angle = (either() * degrees * Math.PI) / 180;
  const [down, right] = [either() * room, either() * room];
  return closeUp(patch, { share, angle, down, right, mirror: random() < 0.5 ? 1 : -1 });
}

const [HALF, PIECES] = [32, 12];
export const BATCH = 2 * HALF;

/**
 * One batch to learn from, as the net takes it: 32 faces, 12 pieces of faces, 20 others.
 * @param {ArrayLike<number>[]} faces @param {ArrayLike<number>[]} others @param {() => number} random
 * @param {Float64Array} batch  64 patches of contrast, one after the other
 */
export function putFaceBatch(faces, others, random, batch) {
  const any = (/** @type {ArrayLike<number>[]} */ list) => list[Math.floor(random() * list.length)];
  for (let n = 0; n < BATCH; n++) {
    const patch =
      n < HALF
        ? anyCloseUp(any(faces), random, { zoom: [0.89, 1.12], degrees: 10, furthest: 2 })
        : n < HALF + PIECES
          ? anyCloseUp(any(faces), random, { zoom: [0.45, 0.7] })
          : mirroredOrNot(any(others), n % 2 === 0);
    const { pixels } = localContrast({ height: SIDE, width: SIDE, pixels: patch });
    batch.set(pixels, n * pixels.length);
  }
}

/** @param {ArrayLike<number>} patch */
function mirroredOrNot(patch, isMirrored) {
  return isMirrored ? Float64Array.from(patch, (_, k) => patch[k - (k % SIDE) + END - (k % SIDE)]) : patch;
}

/** What each of a batch is: 1 for a face. */
export const LABELS = Int32Array.from({ length: BATCH }, (_, n) => (n < HALF ? 1 : 0));

/** A picture with a face laid over it, `side` pixels large. @param {Picture} picture @param {ArrayLike<number>} face */
export function pasted({ height, width, pixels }, face, row, column, side) {
  const out = Float64Array.from(pixels);
  const place = (/** @type {number} */ at) => (at * END) / (side - 1);
  for (let r = 0; r < side; r++)
    for (let c = 0; c < side; c++) out[(row + r) * width + column + c] = between(face, SIDE, SIDE, place(r), place(c));
  return { height, width, pixels: out };
}
