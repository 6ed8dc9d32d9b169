// Adam, as convnet_core.backprop has it: each number's step is as long as its gradients have been alike lately.

const [RECENT, RECENT_SQUARES, TINY] = [0.9, 0.999, 1e-8];

export class Adam {
  #count = 0;

  /** @param {{ value: ArrayLike<number>, gradient: ArrayLike<number> }[]} parameters @param {number} rate */
  constructor(parameters, rate) {
    this.parameters = parameters;
    this.rate = rate;
    const zeros = () => parameters.map(({ value }) => new Float64Array(value.length));
    this.means = zeros();
    this.squares = zeros();
  }

  step() {
    this.#count += 1;
    const [first, second] = [1 - RECENT ** this.#count, 1 - RECENT_SQUARES ** this.#count];
    this.parameters.forEach(({ value, gradient }, which) => {
      const [mean, square] = [this.means[which], this.squares[which]];
      for (let k = 0; k < mean.length; k++) {
        mean[k] += (1 - RECENT) * (gradient[k] - mean[k]);
        square[k] += (1 - RECENT_SQUARES) * (gradient[k] ** 2 - square[k]);
        /** @type {any} */ (value)[k] -= (this.rate * (mean[k] / first)) / (Math.sqrt(square[k] / second) + TINY);
      }
    });
  }
}
