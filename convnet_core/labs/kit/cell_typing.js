// A number that is typed into a grid's cell: read as the box beside the grid reads it.

import { beginsNumber, numberProblem, plain, readNumber, startsNumber } from "../mirror/printing.js";
import { nextStroke } from "./strokes.js";
import { announceTyping, stays } from "./typing.js";

/** @typedef {{ text: string, row: number, column: number, before: number, group: string }} Entry */

/**
 * What is typed takes effect as soon as it is a number, and is one step for Undo; a "-" alone is none yet. What is
 * none when the reader goes on gives way to the number from before.
 */
export class CellTyping {
  #grid;
  /** @type {Entry | null} */
  #entry = null;

  /** @param {import("./grid.js").Grid} grid */
  constructor(grid) {
    this.#grid = grid;
  }

  /** Takes a key of the cell with the focus. @param {string} key @returns {boolean} whether it belongs to a number */
  take(key) {
    const { row, column } = this.#grid.cursor;
    if (this.#entry && (this.#entry.row !== row || this.#entry.column !== column)) this.settle();
    if (this.#entry === null) {
      if (!startsNumber(key)) return false;
      this.#entry = { text: "", row, column, before: this.#grid.values[row][column], group: nextStroke() };
      announceTyping(this.#grid.element, "begins");
    }
    if (key === "Escape") return this.#takeBack();
    if (key === "Enter") return this.settle();
    if (key === "Backspace") return this.#read(this.#entry.text.slice(0, -1));
    return key.length === 1 && key !== " " && this.#read(this.#entry.text + key);
  }

  /** The reader is done. @returns {boolean} whether anything was being typed */
  settle() {
    if (this.#entry === null) return false;
    const entry = this.#entry;
    this.#entry = null;
    if (readNumber(entry.text) === null) this.#refuse(entry);
    announceTyping(this.#grid.element, "ends");
    return true;
  }

  #takeBack() {
    this.#restore(this.#entry);
    this.#entry = null;
    for (const moment of /** @type {const} */ (["fits", "ends"])) announceTyping(this.#grid.element, moment);
    return true;
  }

  /** @param {string} text */
  #read(text) {
    if (text === "") return this.#takeBack();
    const entry = this.#entry;
    const value = readNumber(text);
    const isWelcome = value === null || this.#grid.edit(entry.row, entry.column, value, entry.group) === null;
    if (isWelcome) entry.text = text;
    if (value === this.#grid.values[entry.row][entry.column]) announceTyping(this.#grid.element, "fits");
    if (value === null && !beginsNumber(text)) this.#refuse(entry);
    return true;
  }

  /** @param {Entry} entry */
  #refuse(entry) {
    this.#restore(entry);
    this.#grid.tell("refuse", stays(numberProblem(entry.text), plain(entry.before)));
  }

  /** @param {Entry} entry */
  #restore({ row, column, before, group }) {
    const now = this.#grid.values[row]?.[column];
    if (now !== undefined && now !== before) this.#grid.edit(row, column, before, group);
  }
}
