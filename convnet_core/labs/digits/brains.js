// The book's net, the reader's own, and which of the two answers.

/** @typedef {import("./brain.js").Brain} Brain */

export class Brains {
  /** @type {Brain | null} */
  own = null;
  /** @type {"book" | "own"} */
  who = "book";
  #onchange;

  /** @param {Brain} book @param {() => void} onchange */
  constructor(book, onchange) {
    this.book = book;
    this.#onchange = onchange;
  }

  get now() {
    return this.who === "own" && this.own ? this.own : this.book;
  }

  /** @param {Brain} brain */
  setOwn(brain) {
    this.own = brain;
  }

  /** @param {"book" | "own"} who */
  use(who) {
    this.who = who;
    this.#onchange();
  }

  forget() {
    [this.own, this.who] = [null, "book"];
  }
}
