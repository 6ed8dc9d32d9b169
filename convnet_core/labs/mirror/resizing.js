// Pictures at other sizes, and turned, as convnet_core.resizing has it. No DOM, no imports.

/**
 * Each new pixel is the mean of what it covers.
 * @param {ArrayLike<number>} pixels  row by row @param {number[]} from  height and width @param {number[]} to  wanted
 * @returns {Float64Array}
 */
export function averaged(pixels, [height, width], [rows, columns]) {
  const [down, across] = [shares(height, rows), shares(width, columns)];
  const lines = new Float64Array(height * columns);
  const picture = new Float64Array(rows * columns);
  across.forEach(({ first, parts }, c) => {
    for (let r = 0, to = c; r < height; r++, to += columns)
      for (let k = 0, at = r * width + first; k < parts.length; k++, at++) lines[to] += parts[k] * pixels[at];
  });
  down.forEach(({ first, parts }, r) => {
    for (let k = 0, at = first * columns; k < parts.length; k++)
      for (let c = 0; c < columns; c++, at++) picture[r * columns + c] += parts[k] * lines[at];
  });
  return picture;
}

/**
 * For each of `to` pixels the first of the pixels of `from` that it covers, and the share that each of them has in it.
 * @param {number} from @param {number} to
 */
function shares(from, to) {
  return Array.from({ length: to }, (_, k) => {
    const [start, end] = [(k * from) / to, ((k + 1) * from) / to];
    const first = Math.floor(start);
    const parts = [];
    for (let at = first; at < Math.min(from, Math.ceil(end)); at++)
      parts.push(((Math.min(end, at + 1) - Math.max(start, at)) * to) / from);
    return { first, parts };
  });
}

/**
 * Another picture of the same size, between four pixels of this one each: their mean, the nearer the heavier. Seen from
 * the middle, `matrix` leads each pixel to where it comes from, and `move` then down and to the right; what lies beyond
 * the edge is the edge.
 * @param {{ height: number, width: number, pixels: ArrayLike<number> }} picture
 * @param {[[number, number], [number, number]]} matrix @param {[number, number]} [move]
 */
export function resampled({ height, width, pixels }, [[a, b], [c, d]], [down, right] = [0, 0]) {
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  const out = new Float64Array(height * width);
  for (let k = 0, r = -middle; r <= middle; r++) {
    for (let q = -centre; q <= centre; q++, k++) {
      const row = Math.max(0, Math.min(height - 1, a * r + b * q + middle + down));
      const column = Math.max(0, Math.min(width - 1, c * r + d * q + centre + right));
      out[k] = between(pixels, height, width, row, column);
    }
  }
  return out;
}

/** The pixel at a place between four others: their mean, the nearer the heavier. @param {ArrayLike<number>} pixels */
export function between(pixels, height, width, row, column) {
  const top = Math.min(Math.floor(row), Math.max(0, height - 2));
  const left = Math.min(Math.floor(column), Math.max(0, width - 2));
  const below = row - top, beside = column - left;
  const at = top * width + left, next = width > 1 ? 1 : 0, under = height > 1 ? width : 0;
  const upper = pixels[at] * (1 - beside) + pixels[at + next] * beside;
  return upper * (1 - below) + (pixels[at + under] * (1 - beside) + pixels[at + under + next] * beside) * below;
}
