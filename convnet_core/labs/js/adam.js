// The optimizer Adam, beside network.js and in its way: flat arrays, made once.

/** Gradient descent with steps that suit each number (Kingma and Ba, 2014). */
export class Adam {
  constructor(parameters, { rate, decay = [0.9, 0.999], epsilon = 1e-8 }) {
    Object.assign(this, { parameters, rate, decay, epsilon, count: 0 });
    this.means = parameters.map(({ value }) => new Float64Array(value.length));
    this.squares = parameters.map(({ value }) => new Float64Array(value.length));
  }

  step() {
    this.count += 1;
    const [keep, keepSquare] = this.decay;
    // The first means lean toward the zeros that they start from: this evens it out.
    const [whole, wholeSquare] = [1 - keep ** this.count, 1 - keepSquare ** this.count];
    this.parameters.forEach(({ value, gradient }, which) => {
      const [mean, square] = [this.means[which], this.squares[which]];
      for (let k = 0; k < value.length; k++) {
        const slope = gradient[k];
        mean[k] += (1 - keep) * (slope - mean[k]);
        square[k] += (1 - keepSquare) * (slope * slope - square[k]);
        value[k] -= (this.rate * (mean[k] / whole)) / (Math.sqrt(square[k] / wholeSquare) + this.epsilon);
      }
    });
  }
}
