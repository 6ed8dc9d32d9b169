// One match of a feature with a patch, as convnet_core.filtering computes it.

import { count, total } from "./matrix.js";

/** @typedef {import("./matrix.js").Matrix} Matrix */

/** @param {Matrix} image @param {number} row @param {number} column @param {number} height @param {number} width */
export function patchAt(image, row, column, height, width) {
  return image.slice(row, row + height).map((line) => line.slice(column, column + width));
}

/** Pixel by pixel. @param {Matrix} patch @param {Matrix} feature @returns {Matrix} */
export function products(patch, feature) {
  return patch.map((row, r) => row.map((value, c) => value * feature[r][c]));
}

/**
 * The slides' match: multiply, add up, divide by the number of pixels.
 * @param {Matrix} patch @param {Matrix} feature
 */
export function match(patch, feature) {
  return total(products(patch, feature)) / count(feature);
}
