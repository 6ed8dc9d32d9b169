// A network that learns: convnet_core's layers again, forward and backward, with SGD. No DOM, so that a Worker can
// run it. All numbers lie in flat arrays of one kind that are made once: training allocates nothing, and no loop meets
// two kinds. Python is the reference; a test trains both side by side. fast_network.js does the same in WebAssembly.

import { count, LAYERS } from "./layers.js";

/**
 * @typedef {import("./layers.js").Shape} Shape
 * @typedef {import("./layers.js").Plan} Plan
 * @typedef {import("./layers.js").Parameter} Parameter
 */

/** A whole network for batches of up to `capacity` samples. */
export class Network {
  runsIn = "JavaScript";

  /** @param {Plan[]} plans @param {Shape} input @param {number} capacity */
  constructor(plans, input, capacity) {
    this.input = input;
    this.capacity = capacity;
    this.layers = [];
    let shape = input;
    for (const plan of plans) {
      const layer = new LAYERS[plan.kind](plan, shape, capacity);
      this.layers.push(layer);
      shape = layer.shape;
    }
    this.answers = count(shape);
    this.error = new Float64Array(capacity * this.answers);
  }

  /** Every array that is learned, with its gradient, from the picture up. */
  parameters() {
    return this.layers.flatMap((layer) => layer.parameters);
  }

  /** What moves it. @param {{ rate: number, momentum?: number }} settings */
  mover(settings) {
    return new SGD(this.parameters(), settings);
  }

  /** @param {Float64Array} images  samples one after the other @returns {Float64Array} the votes, in the same order */
  forward(images, samples) {
    if (samples > this.capacity) throw new RangeError(`${samples} samples, room for ${this.capacity}`);
    let values = images;
    for (const layer of this.layers) values = layer.forward(values, samples);
    return values;
  }

  /**
   * After `forward`: all gradients, from that of the votes, which lies in `error`.
   * @param {boolean} [toImages]  whether that of the pictures is asked for, too; else it is not computed
   * @returns {Float64Array} the gradient of the pictures, where it is asked for
   */
  backward(samples, toImages = false) {
    let gradient = this.error;
    for (let at = this.layers.length - 1; at >= 0; at--)
      gradient = this.layers[at].backward(gradient, samples, toImages || at > 0);
    return gradient;
  }

  /**
   * All gradients of a batch, by an error of the caller's own: `blame` writes that of some votes, sample by sample.
   * @param {Float64Array} images
   * @param {(votes: Float64Array, error: Float64Array, from: number, to: number) => void} blame
   */
  gradientsBy(images, samples, blame) {
    blame(this.forward(images, samples), this.error, 0, samples);
    this.backward(samples);
  }

  /**
   * One step of learning, without the move: the loss of a batch, and all gradients.
   * @param {Float64Array} images @param {Int32Array} labels @returns {number} mean cross-entropy
   */
  lossAndGradients(images, labels, samples) {
    const votes = this.forward(images, samples);
    const loss = crossEntropy(votes, labels, samples, this.answers, this.error);
    this.backward(samples);
    return loss;
  }
}

/** The mean surprise at the right labels; its gradient goes into `error`. */
export function crossEntropy(votes, labels, samples, answers, error) {
  let loss = 0;
  for (let n = 0; n < samples; n++) {
    const from = n * answers;
    let largest = -Infinity;
    for (let k = from; k < from + answers; k++) if (votes[k] > largest) largest = votes[k];
    let sum = 0;
    for (let k = from; k < from + answers; k++) sum += error[k] = Math.exp(votes[k] - largest);
    const right = from + labels[n];
    loss += Math.log(sum) - (votes[right] - largest);
    for (let k = from; k < from + answers; k++) error[k] /= sum * samples;
    error[right] -= 1 / samples;
  }
  return loss / samples;
}

/** Gradient descent with some of the last step's swing. */
export class SGD {
  /** @param {Parameter[]} parameters @param {{ rate: number, momentum?: number }} settings */
  constructor(parameters, { rate, momentum = 0 }) {
    this.parameters = parameters;
    this.rate = rate;
    this.momentum = momentum;
    this.steps = parameters.map(({ value }) => new Float64Array(value.length));
  }

  step() {
    const { parameters, steps, rate, momentum } = this;
    for (let which = 0; which < steps.length; which++) {
      const { value, gradient } = parameters[which];
      const step = steps[which];
      for (let k = 0; k < step.length; k++) {
        step[k] = momentum * step[k] + gradient[k];
        value[k] -= rate * step[k];
      }
    }
  }
}
