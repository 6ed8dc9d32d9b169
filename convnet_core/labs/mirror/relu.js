// What is below zero becomes zero, as in convnet_core.relu.

/** @typedef {import("./matrix.js").Matrix} Matrix */

/**
 * Numbers above the threshold stay, the others are multiplied by the slope: 0 and 0 make a ReLU.
 * @param {number} value
 */
export function bend(value, threshold = 0, slope = 0) {
  return (value > threshold ? value : value * slope) + 0; // which makes a -0 a plain 0
}

/** @param {Matrix} values @returns {Matrix} */
export function relu(values) {
  return values.map((row) => row.map((value) => bend(value)));
}
