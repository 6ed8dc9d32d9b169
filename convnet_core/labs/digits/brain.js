// The net with one set of weights, asked about one picture after the other. No DOM.

import { largest, softmax, INPUT, PLANS } from "../mirror/looking.js";
import { networkOf } from "../mirror/training.js";

/**
 * @typedef {object} Stage  a layer as the lab shows it
 * @property {string} key @property {number} layer  its place in the net @property {number} maps @property {number} side
 *
 * @typedef {object} Answer  what the net makes of a picture
 * @property {Float64Array} picture @property {Record<string, Float64Array>} layers  by the stages' keys
 * @property {Float64Array} votes @property {number[]} shares @property {number} said
 */

/** @type {Stage[]} */
export const STAGES = [
  { key: "conv1", layer: 1, maps: 8, side: 28 },
  { key: "pool1", layer: 2, maps: 8, side: 14 },
  { key: "conv2", layer: 4, maps: 16, side: 14 },
  { key: "pool2", layer: 5, maps: 16, side: 7 },
  { key: "votes", layer: 6, maps: 10, side: 1 },
];

/** Those with features of their own. */
export const FEATURES = STAGES.filter(({ key }) => !key.startsWith("pool"));

/** Map `which` of a stage. @param {Answer} answer @param {Stage} stage */
export function mapOf({ layers }, { key, side }, which) {
  return layers[key].subarray(which * side * side, (which + 1) * side * side);
}

/** The number in the middle of a feature's map, before its ReLU: the layer, and where it stands there. @param {Stage} stage */
export function middleOf({ key, layer, side }, feature) {
  const middle = Math.floor(side / 2);
  return { layer: key === "votes" ? layer : layer - 1, at: (feature * side + middle) * side + middle };
}

export class Brain {
  /** @param {ArrayLike<number>} weights  of all layers, one after the other @param {boolean} isOwn  trained by the reader */
  constructor(weights, isOwn = false) {
    this.weights = weights;
    this.isOwn = isOwn;
    this.net = networkOf({ plans: PLANS, weights, seed: 0, input: INPUT }, 1);
    const [first, firstBias, second, secondBias, votes, votesBias] = this.net.parameters().map(({ value }) => value);
    /** What a stage learned, by its key; a pooling learns nothing. */
    this.learned = {
      conv1: { weights: first, bias: firstBias },
      conv2: { weights: second, bias: secondBias },
      votes: { weights: votes, bias: votesBias },
    };
  }

  /** @param {Float64Array} picture @returns {Answer} */
  answer(picture) {
    const votes = this.net.forward(picture, 1).slice();
    const layers = STAGES.map(({ key, layer }) => [key, this.net.layers[layer].values.slice()]);
    return { picture, layers: Object.fromEntries(layers), votes, shares: softmax(votes), said: largest(votes) };
  }
}
