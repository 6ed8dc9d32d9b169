// A network that learns: convnet_core's layers again, forward and backward, with SGD. No DOM, no
// imports, so that a Worker can run it. All numbers lie in flat arrays that are made once: training allocates
// nothing. Python is the reference; a test trains both side by side.

/**
 * @typedef {{ channels: number, height: number, width: number }} Shape  of one sample
 * @typedef {{ kind: "conv", filters: number, size: number, stride?: number, padding?: number }
 *         | { kind: "relu" }
 *         | { kind: "pool", window: number, stride?: number }
 *         | { kind: "linear", outputs: number }} Plan
 *   pool keeps partial windows, as the slides do; linear flattens what it gets
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
  blame(images, labels, samples) {
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
  constructor(parameters, { rate, momentum = 0 }) {
    Object.assign(this, { parameters, rate, momentum });
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
    Object.assign(this, { size, stride, padding });
    this.weight = this.learns(filters * input.channels * size * size);
    this.bias = this.learns(filters);
    // For each cell of the kernel, along a side: the first and the last place at which it lies on the picture.
    this.rows = reaches(this.shape.height, input.height, this);
    this.columns = reaches(this.shape.width, input.width, this);
  }

  forward(images, samples) {
    const { input, shape, values, bias } = this;
    const [pixels, cells] = [input.height * input.width, shape.height * shape.width];
    this.images = images;
    for (let n = 0; n < samples; n++) {
      for (let f = 0; f < shape.channels; f++) {
        const to = (n * shape.channels + f) * cells;
        values.fill(bias.value[f], to, to + cells);
        for (let c = 0; c < input.channels; c++) {
          this.#addMap(images, (n * input.channels + c) * pixels, to, (f * input.channels + c) * this.size ** 2);
        }
      }
    }
    return values;
  }

  /** Adds one kernel's sums over one map. */
  #addMap(images, from, to, at) {
    const { size, stride, padding, values, input, shape, rows, columns } = this;
    const kernel = this.weight.value;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const weight = kernel[at + i * size + j];
        for (let r = rows[2 * i]; r <= rows[2 * i + 1]; r++) {
          const line = from + (r * stride + i - padding) * input.width + j - padding;
          const out = to + r * shape.width;
          for (let c = columns[2 * j]; c <= columns[2 * j + 1]; c++)
            values[out + c] += weight * images[line + c * stride];
        }
      }
    }
  }

  backward(error, samples, goesOn) {
    const { input, shape, weight, bias, gradient, size } = this;
    const [pixels, cells] = [input.height * input.width, shape.height * shape.width];
    weight.gradient.fill(0);
    bias.gradient.fill(0);
    if (goesOn) gradient.fill(0, 0, samples * input.channels * pixels);
    for (let n = 0; n < samples; n++) {
      for (let f = 0; f < shape.channels; f++) {
        const to = (n * shape.channels + f) * cells;
        for (let k = to; k < to + cells; k++) bias.gradient[f] += error[k];
        for (let c = 0; c < input.channels; c++) {
          const from = (n * input.channels + c) * pixels;
          const at = (f * input.channels + c) * size * size;
          this.#blameKernel(error, from, to, at);
          if (goesOn) this.#handBack(error, from, to, at);
        }
      }
    }
    return gradient;
  }

  #blameKernel(error, from, to, at) {
    const { size, stride, padding, images, input, shape, rows, columns } = this;
    const blame = this.weight.gradient;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let r = rows[2 * i]; r <= rows[2 * i + 1]; r++) {
          const line = from + (r * stride + i - padding) * input.width + j - padding;
          const out = to + r * shape.width;
          for (let c = columns[2 * j]; c <= columns[2 * j + 1]; c++) sum += error[out + c] * images[line + c * stride];
        }
        blame[at + i * size + j] += sum;
      }
    }
  }

  #handBack(error, from, to, at) {
    const { size, stride, padding, gradient, input, shape, rows, columns } = this;
    const kernel = this.weight.value;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const weight = kernel[at + i * size + j];
        for (let r = rows[2 * i]; r <= rows[2 * i + 1]; r++) {
          const line = from + (r * stride + i - padding) * input.width + j - padding;
          const out = to + r * shape.width;
          for (let c = columns[2 * j]; c <= columns[2 * j + 1]; c++)
            gradient[line + c * stride] += weight * error[out + c];
        }
      }
    }
  }
}

/** [first, last, first, last, ...] for each cell of a kernel along one side. */
function reaches(places, pixels, { size, stride, padding }) {
  const found = new Int32Array(2 * size);
  for (let cell = 0; cell < size; cell++) {
    found[2 * cell] = Math.max(0, Math.ceil((padding - cell) / stride));
    found[2 * cell + 1] = Math.min(places - 1, Math.floor((pixels - 1 + padding - cell) / stride));
  }
  return found;
}

class Relu extends Layer {
  constructor(plan, input, capacity) {
    super(input, input, capacity);
  }

  forward(images, samples) {
    const { values } = this;
    const length = samples * count(this.shape);
    for (let k = 0; k < length; k++) values[k] = images[k] > 0 ? images[k] : 0;
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
    const stops = (length) => {
      const all = Math.ceil((length - window) / stride) + 1;
      return (all - 1) * stride >= length ? all - 1 : all; // a window that starts beyond the map is none
    };
    super(input, { channels: input.channels, height: stops(input.height), width: stops(input.width) }, capacity);
    Object.assign(this, { window, stride });
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

const PARTS = [Layer, Conv, reaches, Relu, Pool, Linear, count, Network, crossEntropy, SGD];

/** All of this as text, for a Worker: one that is opened from disk can't load a module. */
export const SOURCE = `${PARTS.map(String).join("\n")}
const LAYERS = { conv: Conv, relu: Relu, pool: Pool, linear: Linear };`;
