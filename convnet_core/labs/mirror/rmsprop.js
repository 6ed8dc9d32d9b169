// RMSProp, as convnet_core.backprop has it: steps that suit each number.

export class RMSProp {
  /**
   * @param {{ value: ArrayLike<number>, gradient: ArrayLike<number> }[]} parameters
   * @param {number} rate  about how long a step is @param {number} decay  what is kept of the mean square of earlier gradients
   * @param {number} epsilon  keeps a step short where gradients are tiny
   */
  constructor(parameters, rate, decay, epsilon) {
    this.parameters = parameters;
    this.rate = rate;
    this.decay = decay;
    this.epsilon = epsilon;
    this.squares = parameters.map(({ value }) => new Float64Array(value.length));
  }

  step() {
    const { parameters, squares, rate, epsilon } = this;
    const change = 1 - this.decay;
    for (let which = 0; which < squares.length; which++) {
      const { value, gradient } = /** @type {{ value: Float64Array, gradient: Float64Array }} */ (parameters[which]);
      const square = squares[which];
      for (let k = 0; k < square.length; k++) {
        const slope = gradient[k];
        square[k] += change * (slope * slope - square[k]);
        value[k] -= (rate * slope) / (Math.sqrt(square[k]) + epsilon);
      }
    }
  }
}
