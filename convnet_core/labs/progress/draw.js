// What own problems are made with: numbers drawn from a seed, and numbers as short texts. draw.py does the same.

import { mulberry } from "../mirror/seeded.js";

/** @typedef {number[][]} Matrix */

/** Numbers of a seed's own, one after another. */
export class Draw {
  #random;

  /** @param {number} seed */
  constructor(seed) {
    this.#random = mulberry(seed);
  }

  /** A whole number from `low` to `high`, both among them. @param {number} low @param {number} high */
  whole(low, high) {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  /** One of them. @template T @param {T[]} options @returns {T} */
  pick(options) {
    return options[this.whole(0, options.length - 1)];
  }

  /** @param {number} count @param {() => number} one */
  list(count, one) {
    return Array.from({ length: count }, one);
  }

  /** Whole numbers. @param {number} rows @param {number} columns @param {number} low @param {number} high @returns {Matrix} */
  matrix(rows, columns, low, high) {
    return this.list(rows, () => 0).map(() => this.list(columns, () => this.whole(low, high)));
  }

  /** Ink, 1, and paper, -1. @param {number} rows @param {number} columns @returns {Matrix} */
  pixels(rows, columns) {
    return this.matrix(rows, columns, 0, 1).map((row) => row.map((value) => 2 * value - 1));
  }

  /** The whole numbers below `count` in an order of their own. @param {number} count */
  order(count) {
    const left = Array.from({ length: count }, (_, at) => at);
    return this.list(count, () => 0).map(() => left.splice(this.whole(0, left.length - 1), 1)[0]);
  }
}

/** A number of at most six decimals, without zeros behind. @param {number} value */
export function written(value) {
  const rounded = Math.floor(value * 1e6 + 0.5) / 1e6 + 0;
  return rounded.toFixed(6).replace(/\.?0+$/, "");
}

/** "5/9", and "2" where it is whole. @param {number} number @param {number} divisor  whole ones */
export function fraction(number, divisor) {
  return number % divisor === 0 ? String(number / divisor + 0) : `${number}/${divisor}`;
}

/** A match as ninths. @param {number} match */
export function ninths(match) {
  return fraction(Math.round(match * 9) + 0, 9);
}
