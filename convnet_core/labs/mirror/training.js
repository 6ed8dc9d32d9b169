// A network that starts from fresh or from given weights, and how well it does.

import { crossEntropy, Network } from "./network.js";
import { FIRST_WEIGHTS, stream } from "./seeded.js";

/**
 * @typedef {{ images: Float64Array, labels: ArrayLike<number> }} Samples  pictures one after the other
 */

/**
 * A network that starts from `weights`, or from fresh ones where there are none.
 * @param {{ plans: import("./network.js").Plan[], weights: ArrayLike<number>, seed: number,
 *           input?: import("./network.js").Shape }} start
 * @param {number} capacity
 */
export function networkOf({ plans, weights, seed, input = { channels: 1, height: 9, width: 9 } }, capacity) {
  const net = new Network(plans, input, capacity);
  const arrays = net.parameters().map(({ value }) => value);
  const random = stream(seed, FIRST_WEIGHTS, 0);
  let at = 0;
  arrays.forEach((array, which) => {
    const layer = which - (which % 2); // its weights, then its biases
    const bound = 1 / Math.sqrt(arrays[layer].length / arrays[layer + 1].length);
    for (let k = 0; k < array.length; k++) array[k] = weights.length > 0 ? weights[at++] : (2 * random() - 1) * bound;
  });
  return net;
}

/**
 * [loss, share of right answers] on samples that nothing is learned from.
 * @param {Network} net @param {Samples} samples @param {number} count @returns {[number, number]}
 */
export function lossAndAccuracy(net, samples, count) {
  const { images, labels } = samples;
  const votes = net.forward(images, count);
  const { answers } = net;
  let right = 0;
  for (let n = 0; n < count; n++) {
    let said = 0;
    for (let k = 1; k < answers; k++) if (votes[n * answers + k] > votes[n * answers + said]) said = k;
    if (said === labels[n]) right += 1;
  }
  return [crossEntropy(votes, labels, count, answers, net.error), right / count];
}
