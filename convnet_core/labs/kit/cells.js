// Places in a matrix: which cells a box covers, which have changed, which are not filled yet.

/** All [row, column] pairs of a box. */
export function cellsOf({ row, column, height, width }) {
  const cells = [];
  for (let r = row; r < row + height; r++) for (let c = column; c < column + width; c++) cells.push([r, c]);
  return cells;
}

/** [row, column] of every cell in which two matrices of one shape differ. */
export function changedCells(before, after) {
  return after.flatMap((line, r) => line.flatMap((value, c) => (value === before[r]?.[c] ? [] : [[r, c]])));
}

/** A map as far as a walk has filled it: behind the first `shown` cells, row by row, stands null. */
export function hideFrom(map, shown) {
  return map.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null)));
}

/** `value`, or the nearest number from `min` to `max`. */
export function between(value, { min, max }) {
  return Math.max(min, Math.min(max, value));
}
