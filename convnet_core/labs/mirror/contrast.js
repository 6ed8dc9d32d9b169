// How chapter 13's machine learns: contrastive divergence, as convnet_core.unsupervised has it. No DOM.

import { addAll, patchesOf } from "./patches.js";
import { sampleBlocks } from "./unsupervised.js";

/**
 * @typedef {import("./unsupervised.js").ConvRBM} ConvRBM
 * @typedef {import("./patches.js").Stack} Stack
 * @typedef {{ weight: Float64Array, hiddenBias: Float64Array, visibleBias: Float64Array }} Slopes  by its parameters
 */

const [HASTE, SLOW_STEPS] = [[0.5, 0.9], 100]; // the momentum of the first steps, so many of them, and of all that follow
const PARTS = /** @type {const} */ (["weight", "hiddenBias", "visibleBias"]);

/** @param {ConvRBM} machine @returns {Slopes} */
export const noSlopes = (machine) => ({
  weight: new Float64Array(machine.weight.length),
  hiddenBias: new Float64Array(machine.hiddenBias.length),
  visibleBias: new Float64Array(machine.visibleBias.length),
});

/**
 * How much each pixel under a filter is on together with its hidden unit, on average over samples and places.
 * @param {ConvRBM} machine @param {Stack} pictures @param {Stack} hidden @returns {Slopes}
 */
export function together(machine, pictures, { values, height, width }) {
  const { cells, features, size } = machine;
  const slopes = noSlopes(machine);
  const { values: patches } = patchesOf(pictures, size);
  const places = height * width;
  const all = pictures.count * places;
  for (let n = 0, at = 0; n < pictures.count; n++) {
    for (let k = 0; k < features; k++, at += places) {
      for (let place = 0; place < places; place++) slopes.hiddenBias[k] += values[at + place] / all;
      addAll(
        values.subarray(at, at + places),
        patches,
        n * places * cells,
        slopes.weight.subarray(k * cells, (k + 1) * cells),
      );
    }
  }
  for (let i = 0; i < slopes.weight.length; i++) slopes.weight[i] /= all;
  const biases = slopes.visibleBias.length;
  const own = pictures.values.length / pictures.count / biases; // pixels that share a bias
  pictures.values.forEach(
    (value, k) => (slopes.visibleBias[Math.floor(k / own) % biases] += value / own / pictures.count),
  );
  return slopes;
}

/**
 * A step towards what the machine finds in the pictures, and away from what it finds in those that it makes up of that.
 * @param {ConvRBM} machine  it is changed @param {Stack} batch
 * @param {{ changes: Slopes, step: number, rate: number, target: number, pull: number, decay: number }} how
 *   changes: of the last step; they are changed, too. step: how many came before
 * @param {import("./unsupervised.js").Chance} chance
 * @returns {number}  the share of hidden units that were on
 */
export function learnStep(machine, batch, { changes, step, rate, target, pull, decay }, chance) {
  const { each } = machine.hidden(batch);
  const shown = together(machine, batch, each);
  const means = machine.visibleOf(sampleBlocks(each, machine.block, chance));
  const madeUp = machine.visible === "real" ? means : machine.sampled(means, chance);
  const imagined = together(machine, madeUp, machine.hidden(madeUp).each);
  const share = shown.hiddenBias.reduce((sum, one) => sum + one, 0) / machine.features;
  const haste = HASTE[Number(step >= SLOW_STEPS)];
  for (const part of PARTS) {
    for (let k = 0; k < machine[part].length; k++) {
      let towards = shown[part][k] - imagined[part][k];
      if (part === "weight") towards -= decay * machine.weight[k];
      if (part === "hiddenBias") towards += pull * (target - shown.hiddenBias[k]);
      changes[part][k] = haste * changes[part][k] + rate * towards;
      machine[part][k] += changes[part][k];
    }
  }
  return share;
}
