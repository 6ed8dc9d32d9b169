// Sums over matrices, written as lists of rows.

/** @typedef {number[][]} Matrix  rows of equal length */

/** All numbers of a matrix, added row by row. @param {Matrix} values */
export function total(values) {
  let sum = 0;
  for (const row of values) for (const value of row) sum += value;
  return sum;
}

/** @param {Matrix} values */
export function count(values) {
  return values.length * values[0].length;
}
