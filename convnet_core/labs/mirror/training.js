// A network that starts from fresh or from given weights.

import { Network } from "./network.js";
import { FIRST_WEIGHTS, stream } from "./seeded.js";

const THOUSANDTHS = 1000;

/**
 * @typedef {Network | ReturnType<typeof import("./fast_network.js").fastNetwork>} Learner
 */

/**
 * A network that starts from `weights`, or from fresh ones where there are none.
 * @param {{ plans: import("./network.js").Plan[], weights: ArrayLike<number>, seed: number,
 *           input?: import("./network.js").Shape }} start
 * @param {number} capacity
 */
export function networkOf({ plans, weights, seed, input = { channels: 1, height: 9, width: 9 } }, capacity) {
  const net = new Network(plans, input, capacity);
  start(net, weights, seed);
  return net;
}

/**
 * Gives a network of any kind `weights`, or fresh ones where there are none.
 * @param {Pick<Learner, "parameters">} net @param {ArrayLike<number>} weights @param {number} seed
 */
export function start(net, weights, seed) {
  const arrays = net.parameters().map(({ value }) => value);
  const random = stream(seed, FIRST_WEIGHTS, 0);
  let at = 0;
  arrays.forEach((array, which) => {
    const layer = which - (which % 2); // its weights, then its biases
    const bound = 1 / Math.sqrt(arrays[layer].length / arrays[layer + 1].length);
    for (let k = 0; k < array.length; k++) array[k] = weights.length > 0 ? weights[at++] : (2 * random() - 1) * bound;
  });
}

/** Weights as kit/stored.py packs them: thousandths, all the lower bytes, then all the higher ones. @param {string} text */
export function unpackedWeights(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const count = bytes.length / 2;
  return Array.from({ length: count }, (_, k) => (((bytes[count + k] << 24) >> 16) | bytes[k]) / THOUSANDTHS);
}
