// Chapter 13's machine, as convnet_core.unsupervised has it: blocks of hidden units, up, down, what it imagines. No DOM.

import { addTimes, eachPlace, laidOver, patchesOf, productsOf } from "./patches.js";

/**
 * @typedef {import("./patches.js").Stack} Stack  pictures, or maps
 * @typedef {{ uniform: () => number, normal: () => number }} Chance  random numbers: from 0 to 1, and around 0
 *
 * @typedef {object} Plan
 * @property {number} channels  of a picture @property {number} features  filters, and so hidden maps
 * @property {number} size  pixels along a filter's side
 * @property {number} [block]  units along the side of a block of which at most one is on
 * @property {"binary" | "real"} [visible] @property {number} [sigma]  the deviation of a real pixel
 * @property {boolean} [isPlain]  whether pictures are just as large as the filters, and each pixel has its own bias
 */

const FURTHEST = 80; // beyond it a sigmoid is 0 or 1

export const sigmoid = (/** @type {number} */ input) =>
  1 / (1 + Math.exp(-Math.min(FURTHEST, Math.max(-FURTHEST, input))));

/** Both kinds of random numbers out of one, by Box and Muller. @param {() => number} uniform @returns {Chance} */
export function chanceOf(uniform) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/**
 * Probabilistic max pooling: how probable each unit of a block is, and that one of the block is on.
 * @param {Stack} inputs @param {number} block @returns {{ each: Stack, pooled: Stack }}
 */
export function blockProbabilities(inputs, block) {
  const each = { ...inputs, values: new Float64Array(inputs.values.length) };
  const pooled = pooledOf(inputs, block);
  eachPlace(inputs, block, (places, at) => {
    const highest = places.reduce((most, place) => Math.max(most, inputs.values[place]), 0);
    let sum = Math.exp(-highest); // of none
    for (const place of places) sum += each.values[place] = Math.exp(inputs.values[place] - highest);
    for (const place of places) pooled.values[at] += each.values[place] /= sum;
  });
  return { each, pooled };
}

/**
 * Units that are on (1) or off (0): one in each block, or none.
 * @param {Stack} each @param {number} block @param {Chance} chance
 */
export function sampleBlocks(each, block, { uniform }) {
  const drawn = { ...each, values: new Float64Array(each.values.length) };
  eachPlace(each, block, (places) => {
    const on = drawnOf(
      places.map((place) => each.values[place]),
      uniform(),
    );
    if (on < places.length) drawn.values[places[on]] = 1;
  });
  return drawn;
}

/** Which of some is drawn by a number from 0 to 1; as many as there are: none of them. @param {number[]} probabilities */
export function drawnOf(probabilities, number) {
  let end = 0;
  const which = probabilities.findIndex((probability) => number < (end += probability));
  return which < 0 ? probabilities.length : which;
}

/** Where one unit of a block is on. @param {Stack} hidden @param {number} block */
function isOneOn(hidden, block) {
  const pooled = pooledOf(hidden, block);
  eachPlace(hidden, block, (places, at) => {
    for (const place of places) pooled.values[at] = Math.max(pooled.values[at], hidden.values[place]);
  });
  return pooled;
}

/** Zeros, one for each block. @param {Stack} maps @returns {Stack} */
function pooledOf({ count, channels, height, width }, block) {
  const [rows, columns] = [height / block, width / block];
  return { count, channels, height: rows, width: columns, values: new Float64Array(count * channels * rows * columns) };
}

/** A convolutional restricted Boltzmann machine. Weights and biases are 0 until somebody fills them in. */
export class ConvRBM {
  /** @param {Plan} plan */
  constructor({ channels, features, size, block = 2, visible = "real", sigma = 0.2, isPlain = false }) {
    this.channels = channels;
    this.features = features;
    this.size = size;
    this.block = block;
    this.visible = visible;
    this.isPlain = isPlain;
    this.sigma = visible === "binary" ? 1 : sigma;
    this.cells = channels * size * size; // weights of a filter
    this.weight = new Float64Array(features * this.cells);
    this.hiddenBias = new Float64Array(features);
    this.visibleBias = new Float64Array(isPlain ? this.cells : channels);
  }

  /**
   * How strongly each hidden unit is asked to be on.
   * @param {Stack} pictures @param {Stack | null} [above] @returns {Stack}
   */
  inputs(pictures, above = null) {
    const { cells, features, weight, hiddenBias } = this;
    const { rows, columns, values: patches } = patchesOf(pictures, this.size);
    const places = rows * columns;
    const values = productsOf(weight, patches, { cells, features, places, count: pictures.count });
    for (let k = 0; k < values.length; k++)
      values[k] = (values[k] + hiddenBias[Math.floor(k / places) % features]) / this.sigma ** 2;
    const found = { count: pictures.count, channels: features, height: rows, width: columns, values };
    if (above) eachPlace(found, this.block, (units, at) => units.forEach((unit) => (values[unit] += above.values[at])));
    return found;
  }

  /** P(hidden | picture). @param {Stack} pictures @param {Stack | null} [above] */
  hidden(pictures, above = null) {
    return blockProbabilities(this.inputs(pictures, above), this.block);
  }

  /** What hidden units ask of each pixel: all filters stamped, and the bias. @param {Stack} hidden @returns {Stack} */
  down({ count, height, width, values }) {
    const { cells, channels, features, size, weight, visibleBias } = this;
    const places = height * width;
    const patches = new Float64Array(count * places * cells);
    for (let n = 0, at = 0; n < count; n++) {
      for (let k = 0; k < features; k++) {
        for (let place = 0; place < places; place++, at++) {
          if (values[at] === 0) continue; // of samples, most are
          addTimes(values[at], weight, k * cells, patches, (n * places + place) * cells, cells);
        }
      }
    }
    const pictures = laidOver(patches, { count, channels, height: height + size - 1, width: width + size - 1 }, size);
    const own = this.isPlain ? 1 : pictures.height * pictures.width; // pixels that share a bias
    for (let k = 0; k < pictures.values.length; k++)
      pictures.values[k] += visibleBias[Math.floor(k / own) % visibleBias.length];
    return pictures;
  }

  /** The mean of each pixel, by what is asked of it. @param {Stack} inputs @returns {Stack} */
  meansOf(inputs) {
    return this.visible === "binary" ? { ...inputs, values: inputs.values.map(sigmoid) } : inputs;
  }

  /** The picture that hidden units make. @param {Stack} hidden */
  visibleOf(hidden) {
    return this.meansOf(this.down(hidden));
  }

  /** A picture at random, by the mean of each pixel. @param {Stack} means @param {Chance} chance @returns {Stack} */
  sampled(means, { uniform, normal }) {
    const draw =
      this.visible === "binary" ? (mean) => Number(uniform() < mean) : (mean) => mean + this.sigma * normal();
    return { ...means, values: means.values.map(draw) };
  }
}

/**
 * Machines imagine what is hidden, sweep by sweep; what is known stays. Each machine stands on the pooled units of the one
 * before.
 * @param {ConvRBM[]} machines @param {Stack} pictures @param {ArrayLike<number>} known  1 where a pixel is known
 * @param {Chance} chance
 * @returns {Generator<Stack, never>}  where a pixel was hidden, what the hidden units make of it on average
 */
export function* fill(machines, pictures, known, chance) {
  const [lowest] = machines;
  const laid = (/** @type {Stack} */ over) => ({
    ...over,
    values: over.values.map((value, k) => (known[k] ? pictures.values[k] : value)),
  });
  const bias = lowest.visibleBias;
  const own = pictures.values.length / pictures.count / bias.length;
  const start = { ...pictures, values: pictures.values.map((_, k) => bias[Math.floor(k / own) % bias.length]) };
  let now = laid(lowest.sampled(lowest.meansOf(start), chance));
  /** @type {Stack[]} */
  const states = [];
  for (;;) {
    /** @type {Stack} */
    let below = now;
    machines.forEach((machine, level) => {
      const above = states[level + 1] ? machines[level + 1].down(states[level + 1]) : null;
      states[level] = sampleBlocks(machine.hidden(below, above).each, machine.block, chance);
      below = isOneOn(states[level], machine.block);
    });
    const means = lowest.visibleOf(states[0]);
    now = laid(lowest.sampled(means, chance));
    yield laid(means);
  }
}
