// Stacks of pictures or maps: their windows side by side, laid over each other again, and their blocks. No DOM.

/**
 * Pictures, or maps, row by row.
 * @typedef {{ count: number, channels: number, height: number, width: number,
 *             values: Float64Array<ArrayBufferLike> }} Stack
 */

/**
 * The sum of products of two rows of numbers, in four sums side by side: a processor need not wait for the last one.
 * @param {Float64Array} one @param {number} from @param {Float64Array} other @param {number} start @param {number} length
 */
export function dot(one, from, other, start, length) {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let k = 0;
  for (; k < length - 3; k += 4) {
    first += one[from + k] * other[start + k];
    second += one[from + k + 1] * other[start + k + 1];
    third += one[from + k + 2] * other[start + k + 2];
    fourth += one[from + k + 3] * other[start + k + 3];
  }
  for (; k < length; k++) first += one[from + k] * other[start + k];
  return first + second + third + fourth;
}

const ABREAST = 4;

/**
 * Every filter times every patch: a map for each picture and filter. Four filters go abreast over a patch, which is read
 * once for them.
 * @param {Float64Array} weight  filter after filter @param {Float64Array} patches
 * @param {{ cells: number, features: number, places: number, count: number }} how  cells: numbers of a patch; places: patches
 *   of a picture
 */
export function productsOf(weight, patches, { cells, features, places, count }) {
  const products = new Float64Array(count * features * places);
  const most = features - (features % ABREAST);
  for (let n = 0; n < count; n++) {
    for (let place = 0; place < places; place++) {
      const [patch, at] = [(n * places + place) * cells, n * features * places + place];
      for (let k = 0; k < most; k += ABREAST)
        putFour(weight, k * cells, patches, patch, cells, products, at + k * places, places);
      for (let k = most; k < features; k++) products[at + k * places] = dot(weight, k * cells, patches, patch, cells);
    }
  }
  return products;
}

function putFour(weight, from, patches, patch, cells, products, at, places) {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0, w = from; i < cells; i++, w++) {
    const value = patches[patch + i];
    first += value * weight[w];
    second += value * weight[w + cells];
    third += value * weight[w + 2 * cells];
    fourth += value * weight[w + 3 * cells];
  }
  products[at] = first;
  products[at + places] = second;
  products[at + 2 * places] = third;
  products[at + 3 * places] = fourth;
}

/**
 * Adds a row of numbers, times a factor, to another.
 * @param {number} factor @param {Float64Array} what @param {Float64Array} to
 */
export function addTimes(factor, what, from, to, start, length) {
  for (let k = 0; k < length; k++) to[start + k] += factor * what[from + k];
}

/**
 * Adds rows of numbers, which lie one after the other, to one row, each times a factor of its own; four go abreast.
 * @param {Float64Array} factors @param {Float64Array} rows @param {number} from @param {Float64Array} to
 */
export function addAll(factors, rows, from, to) {
  const length = to.length;
  let row = 0;
  for (; row <= factors.length - ABREAST; row += ABREAST) {
    const [first, second, third, fourth] = factors.subarray(row, row + ABREAST);
    for (let k = 0, at = from + row * length; k < length; k++, at++)
      to[k] +=
        first * rows[at] + second * rows[at + length] + third * rows[at + 2 * length] + fourth * rows[at + 3 * length];
  }
  for (; row < factors.length; row++) addTimes(factors[row], rows, from + row * length, to, 0, length);
}

/**
 * All windows of pictures, each in one piece: channel by channel and row by row.
 * @param {Stack} pictures @param {number} size  of a window
 */
export function patchesOf(pictures, size) {
  const [rows, columns] = [pictures.height - size + 1, pictures.width - size + 1];
  const values = new Float64Array(pictures.count * rows * columns * pictures.channels * size * size);
  eachRow(pictures, size, (from, to) => {
    for (let k = 0; k < size; k++) values[to + k] = pictures.values[from + k];
  });
  return { rows, columns, values };
}

/**
 * The other way: pictures in which all windows are added up.
 * @param {Float64Array} patches @param {Omit<Stack, "values">} shape  of the pictures @param {number} size
 * @returns {Stack}
 */
export function laidOver(patches, shape, size) {
  const values = new Float64Array(shape.count * shape.channels * shape.height * shape.width);
  eachRow(shape, size, (from, to) => {
    for (let k = 0; k < size; k++) values[from + k] += patches[to + k];
  });
  return { ...shape, values };
}

/**
 * Each row of each window: where it starts in the pictures, and where in the patches.
 * @param {Omit<Stack, "values">} shape @param {number} size @param {(from: number, to: number) => void} tell
 */
function eachRow({ count, channels, height, width }, size, tell) {
  let to = 0;
  for (let n = 0; n < count; n++) {
    for (let r = 0; r <= height - size; r++) {
      for (let c = 0; c <= width - size; c++) {
        for (let channel = 0; channel < channels; channel++) {
          for (let i = 0; i < size; i++, to += size) tell(((n * channels + channel) * height + r + i) * width + c, to);
        }
      }
    }
  }
}

/**
 * Each block of each map: the places of its units, and its own.
 * @param {Omit<Stack, "values">} maps @param {number} block @param {(places: number[], at: number) => void} tell
 */
export function eachPlace({ count, channels, height, width }, block, tell) {
  const inside = Array.from({ length: block * block }, (_, k) => Math.floor(k / block) * width + (k % block));
  let at = 0;
  for (let map = 0; map < count * channels; map++) {
    for (let r = 0; r < height; r += block) {
      for (let c = 0; c < width; c += block, at++) {
        const start = map * height * width + r * width + c;
        tell(
          inside.map((step) => start + step),
          at,
        );
      }
    }
  }
}
