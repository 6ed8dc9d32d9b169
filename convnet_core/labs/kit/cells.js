// Places in a matrix: which cells a box covers, which have changed, which are not filled yet.

/**
 * @typedef {{ row: number, column: number }} Place
 * @typedef {import("../mirror/pooling.js").Box} Box
 */

/** Row and column of all cells of a box. @param {Box} box */
export function cellsOf({ row, column, height, width }) {
  /** @type {[row: number, column: number][]} */
  const cells = [];
  for (let r = row; r < row + height; r++) for (let c = column; c < column + width; c++) cells.push([r, c]);
  return cells;
}

export const NEAR = 1e-9; // sums in another order differ by less

/**
 * Row and column of every cell in which two matrices of one shape differ, by more than the leeway.
 * @param {number[][]} before @param {number[][]} after
 */
export function changedCells(before, after, leeway = 0) {
  /** @type {[row: number, column: number][]} */
  const cells = [];
  const isSame = (one, other) => Math.abs(one - other) <= leeway; // and nothing is the same as no number
  after.forEach((line, r) => line.forEach((value, c) => isSame(value, before[r]?.[c]) || cells.push([r, c])));
  return cells;
}

/** The magnitude with the full colour: the slides' maps have no number beyond 1. @param {number[][]} map */
export function fullColourOf(map) {
  return Math.max(1, ...map.flat().map(Math.abs));
}

/** A map as far as a walk has filled it: behind the first `shown` cells, row by row, stands null. */
export function hideFrom(map, shown) {
  return map.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null)));
}

/**
 * The cells on the straight way from one to another, without the first: a quick pointer skips some.
 * @param {Place} from @param {Place} to @returns {Place[]}
 */
export function cellsBetween(from, to) {
  const steps = Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column));
  const at = (start, end, step) => Math.round(start + ((end - start) * step) / steps);
  return Array.from({ length: steps }, (_, step) => ({
    row: at(from.row, to.row, step + 1),
    column: at(from.column, to.column, step + 1),
  }));
}

/** `value`, or the nearest number from `min` to `max`. */
export function between(value, { min, max }) {
  return Math.max(min, Math.min(max, value));
}
