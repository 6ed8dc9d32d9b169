// How well a network does.

import { crossEntropy } from "./network.js";

/**
 * @typedef {import("./training.js").Learner} Learner
 * @typedef {{ images: Float64Array, labels: ArrayLike<number> }} Samples  pictures one after the other
 */

/**
 * [loss, share of right answers] on samples that nothing is learned from, as many at a time as the network has room for.
 * @param {Learner} net @param {Samples} samples @param {number} count @returns {[number, number]}
 */
export function lossAndAccuracy(net, { images, labels }, count) {
  const { answers, capacity, input, error } = net;
  const pixels = input.channels * input.height * input.width;
  let [loss, right] = [0, 0];
  for (let from = 0; from < count; from += capacity) {
    const some = Math.min(capacity, count - from);
    const votes = net.forward(images.subarray(from * pixels), some);
    const wanted = Array.from({ length: some }, (_, n) => labels[from + n]);
    wanted.forEach((label, n) => {
      let said = 0;
      for (let k = 1; k < answers; k++) if (votes[n * answers + k] > votes[n * answers + said]) said = k;
      if (said === label) right += 1;
    });
    loss += (some / count) * crossEntropy(votes, wanted, some, answers, error);
  }
  return [loss, right / count];
}
