// A kernel over a whole photograph, in flat arrays and without making any: fast enough for every frame.

/** @typedef {import("./matrix.js").Matrix} Matrix */

/**
 * One kernel over a grey photograph, in flat arrays and without making any: fast enough for every
 * frame. The border is filled with the nearest pixel, so the picture keeps its size.
 * @param {ArrayLike<number>} pixels  height * width grey values, row by row
 * @param {number} height @param {number} width
 * @param {Matrix} kernel  square, of odd size
 * @param {number} divisor @param {number} offset  added at the end
 * @param {Float64Array} out  height * width results, neither rounded nor clipped
 */
export function filterPhotograph(pixels, height, width, kernel, divisor, offset, out) {
  const reach = (kernel.length - 1) / 2;
  out.fill(0);
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      const weight = kernel[i + reach][j + reach];
      if (weight !== 0) addShifted(pixels, height, width, i, j, weight, out);
    }
  }
  for (let k = 0; k < out.length; k++) out[k] = out[k] / divisor + offset;
}

/** Adds `weight` times the picture, moved by (i, j), its edge pixels repeated beyond the edge. */
function addShifted(pixels, height, width, i, j, weight, out) {
  // A picture may be narrower than the kernel's reach: then there is nothing but repeated edges.
  const first = Math.min(width, Math.max(0, -j));
  const last = Math.max(0, Math.min(width, width - j));
  for (let r = 0; r < height; r++) {
    const from = Math.min(height - 1, Math.max(0, r + i)) * width;
    const to = r * width;
    for (let c = 0; c < first; c++) out[to + c] += weight * pixels[from];
    for (let c = first; c < last; c++) out[to + c] += weight * pixels[from + c + j];
    for (let c = last; c < width; c++) out[to + c] += weight * pixels[from + width - 1];
  }
}

/**
 * The square of pixels around one, beyond the edge the nearest pixel repeated.
 * @param {ArrayLike<number>} pixels  height * width grey values, row by row
 * @param {number} reach  how far the square goes to each side
 * @returns {Matrix}
 */
export function patchAround(pixels, height, width, row, column, reach) {
  const inside = (at, size) => Math.min(size - 1, Math.max(0, at));
  const steps = Array.from({ length: 2 * reach + 1 }, (_, step) => step - reach);
  return steps.map((down) =>
    steps.map((right) => pixels[inside(row + down, height) * width + inside(column + right, width)]),
  );
}

/**
 * Numbers as the pixels of a screen: rounded (a half goes up), and cut to 0 (black) and 255 (white).
 * @param {ArrayLike<number>} values
 * @param {Uint8ClampedArray} bytes  four for each value: red, green, blue, and opacity, which is left alone
 * @returns {{ below: number, above: number }} how many values were below 0, and above 255
 */
export function paint(values, bytes) {
  let [below, above] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value < 0) below += 1;
    if (value > 255) above += 1;
    bytes[4 * k] = bytes[4 * k + 1] = bytes[4 * k + 2] = Math.floor(value + 0.5);
  }
  return { below, above };
}
