// The fastest network that there is where this runs: in WebAssembly, eight samples at a time in 32-bit floats, or, where
// a browser or a page has none, the one of network.js. For training: what its layers hold, only network.js shows.

import { shapeAfter, sizesLearned } from "./layers.js";
import { crossEntropy, Network } from "./network.js";
import { compiled } from "./network_wasm.js";

/**
 * @typedef {import("./network.js").Plan} Plan
 * @typedef {import("./network.js").Shape} Shape
 */

const LANES = 8;
const PAGE = 65536; // bytes: memory comes in such
const KINDS = { conv: 0, relu: 1, pool: 2, linear: 3 };

/** @type {WebAssembly.Module | null} */
let code = null;

/**
 * A network that learns as fast as it can here. For a few samples at a time, that is the one of network.js.
 * @param {Plan[]} plans @param {Shape} input @param {number} capacity @returns {Network | SimdNetwork}
 */
export function fastNetwork(plans, input, capacity) {
  const isFit = capacity >= LANES / 2 && plans.every((plan) => plan.kind !== "conv" || (plan.padding ?? 0) < plan.size);
  try {
    if (isFit) return new SimdNetwork(plans, input, capacity);
  } catch {
    // A page's Content-Security-Policy forbids WebAssembly, or the browser has none with SIMD, or no memory for it.
  }
  return new Network(plans, input, capacity);
}

/** Does what a Network does, by its names, but that its parameters are 32-bit floats. */
class SimdNetwork {
  runsIn = "WebAssembly";

  /** @param {Plan[]} plans @param {Shape} input @param {number} capacity */
  constructor(plans, input, capacity) {
    code ??= new WebAssembly.Module(Uint8Array.from(compiled().match(/../g), (digits) => Number.parseInt(digits, 16)));
    this.exports = /** @type {any} */ (new WebAssembly.Instance(code).exports);
    this.input = input;
    this.capacity = capacity;
    const shapes = plans.reduce((known, plan) => [...known, shapeAfter(plan, known.at(-1))], [input]);
    this.answers = shapes.at(-1).channels * shapes.at(-1).height * shapes.at(-1).width;
    this.votes = new Float64Array(capacity * this.answers);
    this.error = new Float64Array(capacity * this.answers);
    this.labels = new Int32Array(LANES);
    this.#layOut(plans, shapes);
    const starts = Array.from({ length: Math.ceil(capacity / LANES) }, (_, block) => block * LANES * this.answers);
    this.blocks = starts.map((at) => ({ votes: this.votes.subarray(at), error: this.error.subarray(at) }));
  }

  /** Every array that is learned, with its gradient, from the picture up. */
  parameters() {
    return this.learned;
  }

  /** What moves it. @param {{ rate: number, momentum?: number }} settings */
  mover(settings) {
    return new SimdMover(this, settings);
  }

  /** @param {ArrayLike<number>} images  samples one after the other @returns {Float64Array} the votes, in the same order */
  forward(images, samples) {
    if (samples > this.capacity) throw new RangeError(`${samples} samples, room for ${this.capacity}`);
    this.exports.begin(this.table, this.depth);
    for (let start = 0; start < samples; start += LANES) this.#pass(images, start, Math.min(LANES, samples - start));
    return this.votes;
  }

  /**
   * One step of learning, without the move: the loss of a batch, and all gradients.
   * @param {ArrayLike<number>} images @param {ArrayLike<number>} labels @returns {number} mean cross-entropy
   */
  lossAndGradients(images, labels, samples) {
    if (samples > this.capacity) throw new RangeError(`${samples} samples, room for ${this.capacity}`);
    const { exports, table, depth } = this;
    let sum = 0;
    exports.begin(table, depth);
    for (let start = 0; start < samples; start += LANES) {
      const count = Math.min(LANES, samples - start);
      this.#pass(images, start, count);
      sum += count * this.#blame(labels, start, count, samples);
      exports.backward(table, depth);
    }
    exports.end(table, depth);
    return sum / samples;
  }

  /**
   * All gradients of a batch, by an error of the caller's own: `blame` writes that of some votes, sample by sample.
   * @param {ArrayLike<number>} images
   * @param {(votes: Float64Array, error: Float64Array, from: number, to: number) => void} blame
   */
  gradientsBy(images, samples, blame) {
    const { exports, table, depth, votes, error, blamed, answers } = this;
    exports.begin(table, depth);
    for (let start = 0; start < samples; start += LANES) {
      const count = Math.min(LANES, samples - start);
      this.#pass(images, start, count);
      blame(votes, error, start, start + count);
      for (let n = 0; n < LANES; n++)
        for (let k = 0; k < answers; k++) blamed[k * LANES + n] = n < count ? error[(start + n) * answers + k] : 0;
      exports.backward(table, depth);
    }
    exports.end(table, depth);
  }

  /** Some samples through all layers. */
  #pass(images, start, count) {
    const { seen, said, votes, answers } = this;
    const pixels = seen.length / LANES;
    for (let n = 0; n < LANES; n++) {
      const from = (start + n) * pixels;
      for (let k = 0; k < pixels; k++) seen[k * LANES + n] = n < count ? images[from + k] : 0;
    }
    this.exports.forward(this.table, this.depth);
    for (let n = 0; n < count; n++)
      for (let k = 0; k < answers; k++) votes[(start + n) * answers + k] = said[k * LANES + n];
  }

  /** Their loss; its gradient goes to where the layers look for it. */
  #blame(labels, start, count, samples) {
    const { blamed, answers } = this;
    const { votes, error } = this.blocks[start / LANES];
    for (let n = 0; n < count; n++) this.labels[n] = labels[start + n];
    const loss = crossEntropy(votes, this.labels, count, answers, error);
    for (let n = 0; n < LANES; n++)
      for (let k = 0; k < answers; k++)
        blamed[k * LANES + n] = n < count ? (error[n * answers + k] * count) / samples : 0;
    return loss;
  }

  /** Gives everything its place in the memory of network.c, and tells it of the layers. */
  #layOut(plans, shapes) {
    const { exports } = this;
    let top = exports.base();
    const take = (numbers) => {
      const at = (top + 15) & -16;
      top = at + 4 * numbers;
      return at;
    };
    const maps = ({ channels, height, width }) => take(LANES * inFours(channels) * height * width);
    const sizes = plans.map((plan, at) => sizesLearned(plan, shapes[at]));
    this.count = sizes.flat().reduce((sum, size) => sum + size, 0);
    this.values = take(this.count + 4);
    this.gradients = take(this.count + 4);
    this.steps = take(this.count + 4);
    const values = shapes.map(maps);
    const errors = shapes.map((shape, at) => (at === 0 ? 0 : maps(shape)));
    let learned = 0;
    const layers = plans.flatMap((plan, at) => {
      const [weights = 0, biases = 0] = sizes[at];
      const places = [this.values, this.gradients].flatMap((from) => [from + 4 * learned, from + 4 * (learned + weights)]);
      learned += weights + biases;
      const around = { from: values[at], out: values[at + 1], error: errors[at + 1], blame: errors[at] };
      return fieldsOf(plan, shapes[at], shapes[at + 1], around, biases > 0 ? places : [0, 0, 0, 0], { take, maps });
    });
    this.table = take(layers.length);
    this.depth = plans.length;
    exports.memory.grow(Math.max(0, Math.ceil((top - exports.memory.buffer.byteLength) / PAGE)));
    const floats = (at, length) => new Float32Array(exports.memory.buffer, at, length);
    new Int32Array(exports.memory.buffer, this.table, layers.length).set(layers);
    let from = 0;
    this.learned = sizes.flat().map((length) => {
      const at = 4 * from;
      from += length;
      return { value: floats(this.values + at, length), gradient: floats(this.gradients + at, length) };
    });
    const { channels, height, width } = this.input;
    this.seen = floats(values[0], LANES * channels * height * width);
    this.said = floats(values.at(-1), LANES * this.answers);
    this.blamed = floats(errors.at(-1), LANES * this.answers);
  }
}

/** What network.c knows of a layer, in its order; `take` and `maps` find room for what it needs beside what is around it. */
function fieldsOf(plan, before, after, { from, out, error, blame }, places, { take, maps }) {
  const [room, inside] = [inFours(after.channels), inFours(before.channels)];
  const { size = 0, window = size, stride = plan.kind === "pool" ? window : 1, padding = 0 } = /** @type {any} */ (plan);
  const shapes = [before.channels, before.height, before.width, after.channels, after.height, after.width];
  const head = [KINDS[plan.kind], ...shapes, room, inside, window, stride, padding];
  const wider = (shape, by) => ({ ...shape, height: shape.height + by, width: shape.width + by });
  const kernels = (outer, inner) => take(size * size * outer * inner);
  const isConv = plan.kind === "conv";
  const bordered = isConv && padding > 0 ? maps(wider(before, 2 * padding)) : from;
  const spread = isConv ? maps({ ...wider(before, size - 1), channels: after.channels }) : 0;
  const own = isConv
    ? [kernels(before.channels, room), kernels(after.channels, inside), kernels(before.channels, room), take(inside)]
    : [0, 0, 0, 0];
  const winners = plan.kind === "pool" ? maps(after) : 0;
  return [...head, from, bordered, out, error, blame, spread, ...places, ...own, winners];
}

/** Gradient descent with some of the last step's swing, where the numbers lie. */
class SimdMover {
  /** @param {SimdNetwork} net */
  constructor(net, { rate, momentum = 0 }) {
    this.net = net;
    this.rate = rate;
    this.momentum = momentum;
    new Float32Array(net.exports.memory.buffer, net.steps, net.count).fill(0);
  }

  step() {
    const { exports, values, gradients, steps, count } = this.net;
    exports.move(values, gradients, steps, count, this.rate, this.momentum);
  }
}

function inFours(count) {
  return (count + 3) & -4;
}
