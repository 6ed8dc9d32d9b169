// A picture at another size, as convnet_core.pictures.averaged makes it. No DOM, no imports.

/**
 * Each new pixel is the mean of what it covers.
 * @param {ArrayLike<number>} pixels  row by row @param {number[]} from  height and width @param {number[]} to  wanted
 * @returns {Float64Array}
 */
export function averaged(pixels, [height, width], [rows, columns]) {
  const [down, across] = [shares(height, rows), shares(width, columns)];
  const lines = new Float64Array(height * columns);
  const picture = new Float64Array(rows * columns);
  for (let r = 0; r < height; r++)
    across.forEach((parts, c) => {
      for (const [at, part] of parts) lines[r * columns + c] += part * pixels[r * width + at];
    });
  down.forEach((parts, r) => {
    for (const [at, part] of parts)
      for (let c = 0; c < columns; c++) picture[r * columns + c] += part * lines[at * columns + c];
  });
  return picture;
}

/**
 * For each of `to` pixels the pixels of `from` that it covers, each with its share of it.
 * @param {number} from @param {number} to @returns {[at: number, share: number][][]}
 */
function shares(from, to) {
  return Array.from({ length: to }, (_, k) => {
    const [start, end] = [(k * from) / to, ((k + 1) * from) / to];
    /** @type {[number, number][]} */
    const covered = [];
    for (let at = Math.floor(start); at < Math.min(from, Math.ceil(end)); at++) {
      const part = Math.min(end, at + 1) - Math.max(start, at);
      if (part > 0) covered.push([at, (part * to) / from]);
    }
    return covered;
  });
}
