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
