// A kernel at every place of a picture, as convnet_core.convolution computes it.

import { count } from "./matrix.js";

/** @typedef {import("./matrix.js").Matrix} Matrix */

/** @param {Matrix} image @param {number} border zeros on every side @returns {Matrix} */
export function pad(image, border) {
  if (border === 0) return image;
  const zeros = (length) => Array.from({ length }, () => 0);
  const sides = zeros(border);
  const empty = sides.map(() => zeros(image[0].length + 2 * border));
  return [...empty, ...image.map((row) => [...sides, ...row, ...sides]), ...empty.map((row) => [...row])];
}

/** Turned through half a turn: what a true convolution does to its kernel. @param {Matrix} kernel */
export function flip(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}

/**
 * How many places a window has along a side.
 * @param {number} size @param {number} window @param {number} stride @param {number} padding
 */
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
