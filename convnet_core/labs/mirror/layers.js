// The layers of a network that learns, forward and backward, as convnet_core has them: loops over flat arrays that are
// made once.

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

/** The shape that a layer makes of one. @param {Plan} plan @param {Shape} input @returns {Shape} */
export function shapeAfter(plan, input) {
  const { channels, height, width } = input;
  if (plan.kind === "relu") return input;
  if (plan.kind === "linear") return { channels: plan.outputs, height: 1, width: 1 };
  if (plan.kind === "pool") {
    const stops = (length) => windowsAlong(length, plan.window, plan.stride ?? plan.window);
    return { channels, height: stops(height), width: stops(width) };
  }
  const { filters, size, stride = 1, padding = 0 } = plan;
  const places = (length) => Math.floor((length + 2 * padding - size) / stride) + 1;
  return { channels: filters, height: places(height), width: places(width) };
}

/** How many weights and how many biases it learns; none, if it learns nothing. @returns {number[]} */
export function sizesLearned(plan, input) {
  if (plan.kind === "conv") return [plan.filters * input.channels * plan.size * plan.size, plan.filters];
  return plan.kind === "linear" ? [plan.outputs * count(input), plan.outputs] : [];
}

class Layer {
  /** @param {Plan} plan @param {Shape} input */
  constructor(plan, input, capacity) {
    this.input = input;
    this.shape = shapeAfter(plan, input);
    const learned = () => sizesLearned(plan, input).map((length) => new Float64Array(length));
    const [values, gradients] = [learned(), learned()];
    /** @type {Parameter[]}  its weights, and its biases */
    this.parameters = values.map((value, at) => ({ value, gradient: gradients[at] }));
    this.values = new Float64Array(capacity * count(this.shape));
    this.gradient = new Float64Array(capacity * count(input));
  }
}

/**
 * Its pictures lie as [row][column][channel], with a border of zeros around each: so no kernel sticks out, and a row of
 * one is a run of numbers that lie side by side, in the picture and in the weights.
 */
class Conv extends Layer {
  constructor(plan, input, capacity) {
    super(plan, input, capacity);
    const { size, stride = 1, padding = 0 } = plan;
    this.size = size;
    this.stride = stride;
    this.padding = padding;
    const [weight, bias] = this.parameters;
    this.weight = weight;
    this.bias = bias;
    this.line = (input.width + 2 * padding) * input.channels;
    this.bordered = (input.height + 2 * padding) * this.line;
    /** Pictures of one channel without a border lie so already. */
    this.isPlain = padding === 0 && input.channels === 1;
    this.images = this.isPlain ? null : new Float64Array(capacity * this.bordered);
    this.shares = new Float64Array(this.bordered); // of one sample
    this.kernels = new Float64Array(this.weight.value.length);
    this.changes = new Float64Array(this.weight.value.length);
    this.blames = new Float64Array(this.shape.height * this.shape.width);
    this.places = new Int32Array(this.blames.length);
  }

  forward(images, samples) {
    this.#turn(this.weight.value, this.kernels, true);
    if (this.isPlain) this.images = images;
    for (let n = 0; n < samples; n++) {
      if (!this.isPlain) this.#spread(images, n * count(this.input), this.images, n * this.bordered);
      for (let f = 0; f < this.shape.channels; f += 4) this.#addUp(n, f);
    }
    return this.values;
  }

  backward(error, samples, goesOn) {
    this.changes.fill(0);
    this.bias.gradient.fill(0);
    const { channels, height, width } = this.shape;
    for (let n = 0; n < samples; n++) {
      if (goesOn) this.shares.fill(0);
      for (let f = 0; f < channels; f++) {
        const blamed = this.#listed(error, (n * channels + f) * height * width, f);
        this.#changeWeights(blamed, n * this.bordered, f);
        if (goesOn) this.#handBack(blamed, f);
      }
      if (goesOn) this.#gather(this.shares, this.gradient, n * count(this.input));
    }
    this.#turn(this.changes, this.weight.gradient, false);
    return this.gradient;
  }

  /** One sample of [channel][row][column] into the inside of a bordered one. */
  #spread(images, from, to, at) {
    const { input, padding, line } = this;
    const { channels, height, width } = input;
    for (let c = 0; c < channels; c++) {
      for (let r = 0; r < height; r++) {
        let place = at + (r + padding) * line + padding * channels + c;
        for (const end = from + width; from < end; from++, place += channels) to[place] = images[from];
      }
    }
  }

  /** The other way. */
  #gather(from, to, at) {
    const { input, padding, line } = this;
    const { channels, height, width } = input;
    for (let c = 0; c < channels; c++) {
      for (let r = 0; r < height; r++) {
        let place = (r + padding) * line + padding * channels + c;
        for (const end = at + width; at < end; at++, place += channels) to[at] = from[place];
      }
    }
  }

  /** Weights of [channel][row][column] as [row][column][channel], or back. */
  #turn(from, to, isThere) {
    const { size, input, shape } = this;
    const [channels, cells] = [input.channels, size * size];
    let flat = 0;
    for (let f = 0; f < shape.channels; f++) {
      for (let c = 0; c < channels; c++) {
        let place = f * channels * cells + c;
        for (let k = 0; k < cells; k++, flat++, place += channels) {
          if (isThere) to[place] = from[flat];
          else to[flat] = from[place];
        }
      }
    }
  }

  // The loops of the next three stand in registers alone: so their numbers have a name each, and none comes out of a list.

  /**
   * The sums of four filters over one sample, two columns at a time: each number that is read is used twice or four
   * times. Where there are fewer, the last filter or column is done again.
   */
  #addUp(n, f) {
    const { shape, size, stride, line, images, kernels, values } = this;
    const { channels: filters, height, width } = shape;
    const bias = this.bias.value;
    const run = size * this.input.channels, whole = size * run, step = stride * this.input.channels, cells = height * width;
    const f1 = Math.min(f + 1, filters - 1), f2 = Math.min(f + 2, filters - 1), f3 = Math.min(f + 3, filters - 1);
    const b0 = bias[f], b1 = bias[f1], b2 = bias[f2], b3 = bias[f3];
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < width; c += 2) {
        const further = c + 1 < width ? 1 : 0, second = further * step;
        let a0 = b0, a1 = b1, a2 = b2, a3 = b3, d0 = b0, d1 = b1, d2 = b2, d3 = b3;
        let w0 = f * whole, w1 = f1 * whole, w2 = f2 * whole, w3 = f3 * whole;
        let from = n * this.bordered + r * stride * line + c * step;
        for (let i = 0; i < size; i++, from += line) {
          for (let k = from; k < from + run; k++) {
            const x = images[k], y = images[k + second];
            const p = kernels[w0++], q = kernels[w1++], s = kernels[w2++], t = kernels[w3++];
            a0 += x * p;
            a1 += x * q;
            a2 += x * s;
            a3 += x * t;
            d0 += y * p;
            d1 += y * q;
            d2 += y * s;
            d3 += y * t;
          }
        }
        const at = n * filters * cells + r * width + c, next = at + further;
        values[f * cells + next] = d0;
        values[f1 * cells + next] = d1;
        values[f2 * cells + next] = d2;
        values[f3 * cells + next] = d3;
        values[f * cells + at] = a0;
        values[f1 * cells + at] = a1;
        values[f2 * cells + at] = a2;
        values[f3 * cells + at] = a3;
      }
    }
  }

  /** Notes the shares of one map that are not 0, as most are behind a ReLU or a pool. @returns {number} how many */
  #listed(error, at, filter) {
    const { shape, stride, line, blames, places } = this;
    const step = stride * this.input.channels;
    let blamed = 0, sum = 0;
    for (let r = 0; r < shape.height; r++) {
      for (let c = 0; c < shape.width; c++, at++) {
        const share = error[at];
        if (share === 0) continue;
        sum += share;
        blames[blamed] = share;
        places[blamed] = r * stride * line + c * step;
        blamed += 1;
      }
    }
    this.bias.gradient[filter] += sum;
    return blamed;
  }

  /** What the listed shares change of one filter's weights, four of them at a time. */
  #changeWeights(blamed, first, f) {
    const { size, line, images, changes, blames, places } = this;
    const run = size * this.input.channels;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < run; j += 4) {
        const left = run - 1 - j, j1 = Math.min(1, left), j2 = Math.min(2, left), j3 = Math.min(3, left);
        const from = first + i * line + j;
        let a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        for (let k = 0; k < blamed; k++) {
          const share = blames[k], at = from + places[k];
          a0 += share * images[at];
          a1 += share * images[at + j1];
          a2 += share * images[at + j2];
          a3 += share * images[at + j3];
        }
        const w = (f * size + i) * run + j;
        changes[w] += a0;
        if (j1 === 1) changes[w + 1] += a1;
        if (j2 === 2) changes[w + 2] += a2;
        if (j3 === 3) changes[w + 3] += a3;
      }
    }
  }

  /** Hands the listed shares back to the pixels below. */
  #handBack(blamed, f) {
    const { size, line, kernels, shares, blames, places } = this;
    const run = size * this.input.channels;
    for (let k = 0; k < blamed; k++) {
      const share = blames[k];
      let w = f * size * run, from = places[k];
      for (let i = 0; i < size; i++, from += line) {
        for (let to = from; to < from + run; to++, w++) shares[to] += share * kernels[w];
      }
    }
  }
}

class Relu extends Layer {
  forward(images, samples) {
    const { values } = this;
    const length = samples * count(this.shape);
    for (let k = 0; k < length; k++) values[k] = Math.max(images[k], 0);
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
  constructor(plan, input, capacity) {
    super(plan, input, capacity);
    const { window, stride = window } = plan;
    this.window = window;
    this.stride = stride;
    this.winners = new Int32Array(this.values.length);
  }

  forward(images, samples) {
    const { shape, window, stride, values, winners } = this;
    const { height, width } = this.input;
    let to = 0;
    for (let map = 0; map < samples * shape.channels; map++) {
      const from = map * height * width;
      for (let r = 0; r < shape.height; r++) {
        const bottom = Math.min(height, r * stride + window);
        for (let c = 0; c < shape.width; c++) {
          const right = Math.min(width, c * stride + window);
          let winner = from + r * stride * width + c * stride;
          let most = images[winner];
          for (let i = r * stride; i < bottom; i++) {
            for (let at = from + i * width + c * stride, end = from + i * width + right; at < end; at++) {
              const value = images[at];
              if (value > most) {
                most = value;
                winner = at;
              }
            }
          }
          winners[to] = winner;
          values[to] = most;
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
  constructor(plan, input, capacity) {
    super(plan, input, capacity);
    const [weight, bias] = this.parameters;
    this.weight = weight;
    this.bias = bias;
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

/** By the kinds of their plans. */
export const LAYERS = { conv: Conv, relu: Relu, pool: Pool, linear: Linear };

/** How many numbers a sample of that shape has. @param {Shape} shape */
export function count({ channels, height, width }) {
  return channels * height * width;
}
