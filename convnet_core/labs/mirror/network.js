// A network that learns: convnet_core's layers again, forward and backward, with SGD. No DOM, so that a Worker can
// run it. All numbers lie in flat arrays that are made once: training allocates nothing. Python is the reference; a
// test trains both side by side.

import { windowsAlong } from "./windows.js";

/**
 * @typedef {{ channels: number, height: number, width: number }} Shape  of one sample
 * @typedef {{ kind: "conv", filters: number, size: number, stride?: number, padding?: number }
 *         | { kind: "relu" }
 *         | { kind: "pool", window: number, stride?: number }
 *         | { kind: "linear", outputs: number }} Plan
 *   pool keeps partial windows, as the slides do; linear flattens what it gets
 * @typedef {{ value: Float64Array, gradient: Float64Array }} Parameter
 */

/** A whole network for batches of up to `capacity` samples. */
export class Network {
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

  /** @param {Float64Array} images  samples one after the other @returns {Float64Array} the votes, in the same order */
  forward(images, samples) {
    if (samples > this.capacity) throw new RangeError(`${samples} samples, room for ${this.capacity}`);
    let values = images;
    for (const layer of this.layers) values = layer.forward(values, samples);
    return values;
  }

  /** After `forward`: all gradients, from that of the votes, which lies in `error`. */
  backward(samples) {
    let gradient = this.error;
    for (let at = this.layers.length - 1; at >= 0; at--) gradient = this.layers[at].backward(gradient, samples, at > 0);
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
    this.parameters.forEach(({ value, gradient }, which) => {
      const step = this.steps[which];
      for (let k = 0; k < value.length; k++) {
        step[k] = this.momentum * step[k] + gradient[k];
        value[k] -= this.rate * step[k];
      }
    });
  }
}

class Layer {
  constructor(input, shape, capacity) {
    this.input = input;
    this.shape = shape;
    /** @type {Parameter[]} */
    this.parameters = [];
    this.values = new Float64Array(capacity * count(shape));
    this.gradient = new Float64Array(capacity * count(input));
  }

  learns(length) {
    const parameter = { value: new Float64Array(length), gradient: new Float64Array(length) };
    this.parameters.push(parameter);
    return parameter;
  }
}

class Conv extends Layer {
  constructor({ filters, size, stride = 1, padding = 0 }, input, capacity) {
    const places = (length) => Math.floor((length + 2 * padding - size) / stride) + 1;
    super(input, { channels: filters, height: places(input.height), width: places(input.width) }, capacity);
    this.size = size;
    this.stride = stride;
    this.padding = padding;
    this.weight = this.learns(filters * input.channels * size * size);
    this.bias = this.learns(filters);
    // With a border of zeros around every map no kernel sticks out, and no loop need ask whether it does.
    this.bordered = { ...input, height: input.height + 2 * padding, width: input.width + 2 * padding };
    const border = () => new Float64Array(capacity * count(this.bordered));
    this.images = padding ? border() : null;
    this.shares = padding ? border() : this.gradient;
  }

  forward(images, samples) {
    const { values, bias } = this;
    if (this.padding)
      this.#eachLine(samples, (line, from, to) => {
        for (let k = from; k < to; k++) this.images[line + k - from] = images[k];
      });
    else this.images = images;
    this.#eachKernel(samples, (from, to, at, filter, channel, cells) => {
      if (channel === 0) values.fill(bias.value[filter], to, to + cells);
      this.#addMap(from, to, at);
    });
    return values;
  }

  backward(error, samples, goesOn) {
    const { weight, bias, gradient, shares } = this;
    weight.gradient.fill(0);
    bias.gradient.fill(0);
    if (goesOn) shares.fill(0, 0, samples * count(this.bordered));
    this.#eachKernel(samples, (from, to, at, filter, channel, cells) => {
      let sum = 0;
      if (channel === 0) for (let k = to; k < to + cells; k++) sum += error[k];
      bias.gradient[filter] += sum;
      this.#handBack(error, from, to, at, goesOn);
    });
    if (goesOn && this.padding)
      this.#eachLine(samples, (line, from, to) => {
        for (let k = from; k < to; k++) gradient[k] = shares[line + k - from];
      });
    return gradient;
  }

  /** Calls for every line of every map: where it starts inside the border, and from and up to where without one. */
  #eachLine(samples, call) {
    const { input, bordered, padding } = this;
    for (let map = 0; map < samples * input.channels; map++)
      for (let r = 0; r < input.height; r++) {
        const from = (map * input.height + r) * input.width;
        call((map * bordered.height + r + padding) * bordered.width + padding, from, from + input.width);
      }
  }

  /** Calls for every kernel on every sample: where its map, its results and its weights start, and whose it is. */
  #eachKernel(samples, call) {
    const { input, shape, bordered, size } = this;
    const [pixels, cells] = [bordered.height * bordered.width, shape.height * shape.width];
    for (let n = 0; n < samples; n++)
      for (let f = 0; f < shape.channels; f++)
        for (let c = 0; c < input.channels; c++) {
          const at = (f * input.channels + c) * size * size;
          call((n * input.channels + c) * pixels, (n * shape.channels + f) * cells, at, f, c, cells);
        }
  }

  // The loops of the next two take the columns of a kernel by threes: half the time of one column at a time.

  /** Adds one kernel's sums over one map. */
  #addMap(from, to, at) {
    const { size, stride, values, images, shape, bordered } = this;
    const kernel = this.weight.value;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j += 3) {
        const [second, third] = [j + 1 < size ? 1 : 0, j + 2 < size ? 2 : 0]; // 0 where the kernel is not that wide
        const w = at + i * size + j;
        const [a, b, c] = [kernel[w], second && kernel[w + 1], third && kernel[w + 2]];
        for (let r = 0; r < shape.height; r++) {
          const end = to + (r + 1) * shape.width;
          let x = from + (r * stride + i) * bordered.width + j;
          for (let k = end - shape.width; k < end; k++, x += stride)
            values[k] += a * images[x] + b * images[x + second] + c * images[x + third];
        }
      }
    }
  }

  /** Gives each result's share of the error to the kernel's weights and, if it `goesOn`, to the pixels below. */
  #handBack(error, from, to, at, goesOn) {
    const { size, stride, images, shares, shape, bordered } = this;
    const [kernel, gradient] = [this.weight.value, this.weight.gradient];
    for (let r = 0; r < shape.height; r++) {
      for (let c = 0; c < shape.width; c++) {
        const share = error[to + r * shape.width + c];
        if (share === 0) continue; // as most are, behind a ReLU or a pool
        for (let i = 0; i < size; i++) {
          const [w, x] = [at + i * size, from + (r * stride + i) * bordered.width + c * stride];
          gradient[w] += share * images[x];
          if (size > 1) gradient[w + 1] += share * images[x + 1];
          if (size > 2) gradient[w + 2] += share * images[x + 2];
          for (let j = 3; j < size; j++) gradient[w + j] += share * images[x + j];
          if (goesOn) for (let j = 0; j < size; j++) shares[x + j] += share * kernel[w + j];
        }
      }
    }
  }
}

class Relu extends Layer {
  constructor(plan, input, capacity) {
    super(input, input, capacity);
  }

  forward(images, samples) {
    const { values } = this;
    const length = samples * count(this.shape);
    for (let k = 0; k < length; k++) values[k] = images[k] <= 0 ? 0 : images[k];
    return values;
  }

  backward(error, samples) {
    const { values, gradient } = this;
    const length = samples * count(this.shape);
    for (let k = 0; k < length; k++) gradient[k] = values[k] > 0 ? error[k] : 0;
    return gradient;
  }
}

class Pool extends Layer {
  constructor({ window, stride = window }, input, capacity) {
    const stops = (length) => windowsAlong(length, window, stride);
    super(input, { channels: input.channels, height: stops(input.height), width: stops(input.width) }, capacity);
    this.window = window;
    this.stride = stride;
    this.winners = new Int32Array(this.values.length);
  }

  forward(images, samples) {
    const { input, shape, window, stride, values, winners } = this;
    let to = 0;
    for (let map = 0; map < samples * shape.channels; map++) {
      const from = map * input.height * input.width;
      for (let r = 0; r < shape.height; r++) {
        const bottom = Math.min(input.height, r * stride + window);
        for (let c = 0; c < shape.width; c++) {
          const right = Math.min(input.width, c * stride + window);
          let winner = from + r * stride * input.width + c * stride;
          for (let i = r * stride; i < bottom; i++) {
            const line = from + i * input.width;
            for (let j = c * stride; j < right; j++) if (images[line + j] > images[winner]) winner = line + j;
          }
          winners[to] = winner;
          values[to] = images[winner];
          to += 1;
        }
      }
    }
    return values;
  }

  /** Of an error, only the winner of a window gets its share; of several, the first in reading order. */
  backward(error, samples) {
    const { gradient, winners, input } = this;
    gradient.fill(0, 0, samples * count(input));
    const length = samples * count(this.shape);
    for (let k = 0; k < length; k++) gradient[winners[k]] += error[k];
    return gradient;
  }
}

class Linear extends Layer {
  constructor({ outputs }, input, capacity) {
    super(input, { channels: outputs, height: 1, width: 1 }, capacity);
    this.weight = this.learns(outputs * count(input));
    this.bias = this.learns(outputs);
  }

  forward(images, samples) {
    const { values, weight, bias } = this;
    const [inputs, outputs] = [count(this.input), this.shape.channels];
    this.images = images;
    for (let n = 0; n < samples; n++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias.value[o];
        for (let k = 0; k < inputs; k++) sum += weight.value[o * inputs + k] * images[n * inputs + k];
        values[n * outputs + o] = sum;
      }
    }
    return values;
  }

  backward(error, samples, goesOn) {
    const { gradient, weight, bias, images } = this;
    const [inputs, outputs] = [count(this.input), this.shape.channels];
    weight.gradient.fill(0);
    bias.gradient.fill(0);
    if (goesOn) gradient.fill(0, 0, samples * inputs);
    for (let n = 0; n < samples; n++) {
      for (let o = 0; o < outputs; o++) {
        const share = error[n * outputs + o];
        bias.gradient[o] += share;
        for (let k = 0; k < inputs; k++) weight.gradient[o * inputs + k] += share * images[n * inputs + k];
        if (goesOn) for (let k = 0; k < inputs; k++) gradient[n * inputs + k] += share * weight.value[o * inputs + k];
      }
    }
    return gradient;
  }
}

const LAYERS = { conv: Conv, relu: Relu, pool: Pool, linear: Linear };

function count({ channels, height, width }) {
  return channels * height * width;
}
