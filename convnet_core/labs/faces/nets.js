// The nets that can look: the two of the book, and the reader's own, lesson by lesson. No DOM.

import { unpackedWeights } from "../mirror/training.js";

/** @typedef {"patches" | "round 3" | "own"} Who */

export class Nets {
  /** What the reader's own net knew after each lesson. @type {ArrayLike<number>[]} */
  lessons = [];
  isOwn = false;
  #isNew = false;

  /** @param {Record<string, string>} packed */
  constructor(packed) {
    /** @type {Record<string, ArrayLike<number>>} */
    this.book = Object.fromEntries(Object.entries(packed).map(([name, text]) => [name, unpackedWeights(text)]));
  }

  get own() {
    return this.lessons.at(-1) ?? null;
  }

  /** The number of the last lesson, if it has not been told of yet; else 0. */
  newLesson() {
    const number = this.#isNew ? this.lessons.length : 0;
    this.#isNew = false;
    return number;
  }

  /** What a lesson starts from. */
  get toTeach() {
    return this.own ?? this.book.patches;
  }

  /** @returns {Who} */
  who({ net }) {
    return this.isOwn && this.own ? "own" : net;
  }

  /** The weights of the one that looks. */
  now(state) {
    const who = this.who(state);
    return who === "own" ? this.own : this.book[who];
  }

  /** @param {ArrayLike<number>} weights */
  learned(weights) {
    this.lessons = [...this.lessons, weights];
    this.isOwn = this.#isNew = true;
  }

  /** The last lesson alone, or all. */
  forget(all = false) {
    this.lessons = all ? [] : this.lessons.slice(0, -1);
    if (!this.own) this.isOwn = false;
  }
}
