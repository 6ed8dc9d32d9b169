// The arithmetic of the labs, in plain numbers. No DOM, no imports: Python's convnet_core is the
// reference, and a test holds the two together to 1e-12.

/** @typedef {number[][]} Matrix  rows of equal length */

/**
 * A number as the slides print it: cut after two decimals, never rounded (7/9 is "0.77").
 * A value within a billionth of a hundredth counts as that hundredth, so 0.29 stays "0.29".
 * @param {number} value
 */
export function truncated(value) {
  const scaled = Math.abs(value) * 100;
  const nearest = Math.floor(scaled + 0.5);
  const near = Math.abs(scaled - nearest) <= 1e-9 * Math.max(1, scaled);
  const hundredths = near ? nearest : Math.floor(scaled);
  const sign = value < 0 && hundredths > 0 ? "-" : "";
  const cents = String(hundredths % 100).padStart(2, "0");
  return `${sign}${Math.floor(hundredths / 100)}.${cents}`;
}

/**
 * A number with no more digits than it needs: "4", "-1", "0.5", "0.33".
 * @param {number} value
 */
export function plain(value) {
  return truncated(value).replace(/\.?0+$/, "");
}

/**
 * A typed number: "5", "-0.5", ".5", "0,5" or "5/9"; null where it is none.
 * @param {string} text
 */
export function readNumber(text) {
  const number = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
  const form = new RegExp(`^\\s*(${number})\\s*(?:/\\s*(${number}))?\\s*$`);
  const found = form.exec(text.replaceAll("−", "-").replaceAll(",", "."));
  if (!found) return null;
  const value = Number(found[1]) / (found[2] === undefined ? 1 : Number(found[2]));
  return Number.isFinite(value) ? value : null;
}

/** @param {Matrix} image @param {number} border zeros on every side @returns {Matrix} */
export function pad(image, border) {
  if (border === 0) return image;
  const zeros = (length) => Array.from({ length }, () => 0);
  const sides = zeros(border);
  const empty = sides.map(() => zeros(image[0].length + 2 * border));
  return [...empty, ...image.map((row) => [...sides, ...row, ...sides]), ...empty.map((row) => [...row])];
}

/** Turned by half a turn: what a true convolution does to its kernel. @param {Matrix} kernel */
export function flip(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}

/** @param {Matrix} image @param {number} row @param {number} column @param {number} height @param {number} width */
export function patchAt(image, row, column, height, width) {
  return image.slice(row, row + height).map((line) => line.slice(column, column + width));
}

/** Pixel by pixel. @param {Matrix} patch @param {Matrix} feature @returns {Matrix} */
export function products(patch, feature) {
  return patch.map((row, r) => row.map((value, c) => value * feature[r][c]));
}

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

/** The slides' match: multiply, add up, divide by the number of pixels. @param {Matrix} patch @param {Matrix} feature */
export function match(patch, feature) {
  return total(products(patch, feature)) / count(feature);
}

/** How many places a window has along a side. @param {number} size @param {number} window @param {number} stride @param {number} padding */
export function outputSize(size, window, stride, padding) {
  return Math.floor((size + 2 * padding - window) / stride) + 1;
}

/**
 * One kernel over one picture: at every place the sum of products, over `divisor`, plus `bias`.
 * @param {Matrix} image @param {Matrix} kernel
 * @param {{ stride?: number, padding?: number, divisor?: number, bias?: number }} [options]
 * @returns {Matrix}
 */
export function convolve(image, kernel, { stride = 1, padding = 0, divisor = 1, bias = 0 } = {}) {
  const padded = pad(image, padding);
  const [height, width] = [kernel.length, kernel[0].length];
  const rows = outputSize(image.length, height, stride, padding);
  const columns = outputSize(image[0].length, width, stride, padding);
  const map = [];
  for (let r = 0; r < rows; r++) {
    const line = [];
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0; i < height; i++) {
        const pixels = padded[r * stride + i];
        for (let j = 0; j < width; j++) sum += pixels[c * stride + j] * kernel[i][j];
      }
      line.push(sum / divisor + bias);
    }
    map.push(line);
  }
  return map;
}

/** The slides' feature map: every match there is. @param {Matrix} image @param {Matrix} feature */
export function featureMap(image, feature) {
  return convolve(image, feature, { divisor: count(feature) });
}

/**
 * How many windows pooling has along a side. `edge` says what becomes of a partial window at the end.
 * @param {number} size @param {{ window: number, stride: number, edge: Edge }} pooling
 * @typedef {"kept" | "dropped" | "padded"} Edge
 *   kept: partial windows count, as on the slides; dropped: they don't; padded: with half a window on
 *   every side, then dropped
 */
export function pooledSize(size, { window, stride, edge }) {
  if (edge !== "kept") return outputSize(size, window, stride, poolPadding({ window, edge }));
  const stops = Math.ceil((size - window) / stride) + 1;
  return (stops - 1) * stride >= size ? stops - 1 : stops; // a window that starts beyond the map is none
}

/** @param {{ window: number, edge: Edge }} pooling */
export function poolPadding({ window, edge }) {
  return edge === "padded" ? Math.floor(window / 2) : 0;
}

/**
 * The cells of the map under the window that a pooled cell comes from, and the window with what it has
 * beyond the map.
 * @param {number[]} size  the map's height and width
 * @returns {{ box: { row: number, column: number, height: number, width: number }, window: typeof box }}
 */
export function poolWindow([height, width], row, column, pooling) {
  const before = poolPadding(pooling);
  const side = (at, size) => {
    const start = at * pooling.stride - before;
    const [from, to] = [Math.max(0, start), Math.min(size, start + pooling.window)];
    return { start, from, length: to - from };
  };
  const [down, across] = [side(row, height), side(column, width)];
  return {
    box: { row: down.from, column: across.from, height: down.length, width: across.length },
    window: { row: down.start, column: across.start, height: pooling.window, width: pooling.window },
  };
}

/**
 * One number for each window: the largest, or the mean. In a mean, padding counts as zeros.
 * @param {Matrix} map @param {{ kind: "max" | "average", window: number, stride: number, edge: Edge }} pooling
 * @returns {Matrix}
 */
export function pool(map, pooling) {
  const size = [map.length, map[0].length];
  const before = poolPadding(pooling);
  const held = (start, length) => Math.min(start + pooling.window, length + before) - start;
  return Array.from({ length: pooledSize(size[0], pooling) }, (_, r) =>
    Array.from({ length: pooledSize(size[1], pooling) }, (_, c) => {
      const { box, window } = poolWindow(size, r, c, pooling);
      const patch = patchAt(map, box.row, box.column, box.height, box.width);
      if (pooling.kind === "max") return Math.max(...patch.flat());
      return total(patch) / (held(window.row, size[0]) * held(window.column, size[1]));
    }),
  );
}

/** Numbers above the threshold stay, the others are multiplied by the slope: 0 and 0 make a ReLU. @param {number} value */
export function bend(value, threshold = 0, slope = 0) {
  return value > threshold ? value : value * slope + 0; // which makes a -0 a plain 0
}

/** @param {Matrix} values @returns {Matrix} */
export function relu(values) {
  return values.map((row) => row.map((value) => bend(value)));
}

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
