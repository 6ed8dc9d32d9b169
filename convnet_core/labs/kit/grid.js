// The one grid of every lab: a picture, a feature or a map, to look at and to edit by mouse, touch
// and keyboard. It knows no convolution and no lab; what a cell is called and how it is printed
// comes from the caller.

import { plain } from "../mirror/printing.js";
import { CellTyping } from "./cell_typing.js";
import { make, setVariable, write } from "./dom.js";
import { listenToKeys } from "./grid_keys.js";
import { listenToPointer } from "./grid_pointer.js";
import { nextStroke } from "./strokes.js";

/**
 * @typedef {object} GridOptions
 * @property {string} label              what the grid is, for everyone
 * @property {"ink" | "value" | "photo"} [kind]  ink: pixels as ink and paper; value: blue and orange; photo: greys
 * @property {boolean} [editable]
 * @property {number[]} [range]  smallest and largest number that a cell takes
 * @property {number} [paper]  the number that is paper, where the picture itself does not tell
 * @property {(value: number) => string} [print]
 * @property {(row: number, column: number) => string} [place]  a cell's name for a screen reader
 * @property {(row: number, column: number) => string} [more]   what a screen reader hears behind the number
 * @property {(row: number, column: number) => string | null} [locked]  why a cell can't be edited
 * @property {(row: number, column: number) => Drag | null} [onPress]  takes a press over from painting
 * @property {AbortSignal} signal
 *
 * @typedef {{ move(row: number, column: number): void, end?(moved: boolean): boolean,
 *             cancel?(): void }} Drag
 *   `end` answers true where the press was a drag; a press that was not flips the pixel.
 * @typedef {{ row: number, column: number, from: number, to: number, values: number[][], group: string }} Edit
 */

export class Grid {
  /** @param {HTMLElement} parent @param {GridOptions} options */
  constructor(parent, options) {
    this.options = { kind: "value", editable: false, range: [-9, 9], print: plain, place: defaultPlace, ...options };
    /** @type {(number | null)[][]} */
    this.values = [];
    /** @type {HTMLElement[][]} */
    this.cells = [];
    /** What each cell's colours were made of. @type {string[][]} */
    this.looks = [];
    /** @type {Map<string, Set<HTMLElement>>} */
    this.marks = new Map();
    this.cursor = { row: 0, column: 0 };
    this.listeners = { edit: [], point: [], leave: [], refuse: [], select: [] };
    this.element = make("div", {
      class: `cl-grid cl-${this.options.kind}${this.options.editable ? " cl-editable" : ""}`,
      role: "grid",
      "aria-label": this.options.label,
      "aria-readonly": this.options.editable ? null : "true",
    });
    // The frame may not be a child of the grid: a grid holds rows and nothing else.
    this.holder = make("div", { class: "cl-grid-holder" }, [this.element]);
    /** @type {HTMLElement | null} */
    this.window = null;
    parent.append(this.holder);
    this.typing = new CellTyping(this);
    listenToKeys(this);
    listenToPointer(this);
  }

  get label() {
    return this.element.getAttribute("aria-label");
  }

  set label(text) {
    this.element.setAttribute("aria-label", text);
  }

  /** `listener(edit)` for every number the reader changes. @param {(edit: Edit) => void} listener */
  onEdit(listener) {
    this.listeners.edit.push(listener);
  }

  /** When a cell is hovered, focused or tapped. @param {(row: number, column: number) => void} listener */
  onPoint(listener) {
    this.listeners.point.push(listener);
  }

  /** When neither pointer nor focus is on the grid any more. @param {() => void} listener */
  onLeave(listener) {
    this.listeners.leave.push(listener);
  }

  /** When a typed value can't be taken. @param {(reason: string) => void} listener */
  onRefuse(listener) {
    this.listeners.refuse.push(listener);
  }

  /**
   * When a cell becomes the one that keys and the value box edit.
   * @param {(row: number, column: number) => void} listener
   */
  onSelect(listener) {
    this.listeners.select.push(listener);
  }

  /**
   * Draws `values`; a null is a cell that has no number yet. Only what changed is touched.
   * `full` is the number that gets the full colour.
   * @param {(number | null)[][]} values
   */
  show(values, { full = 1 } = {}) {
    this.full = full;
    this.paper = this.options.paper ?? paperOf(values);
    if (values.length !== this.values.length || values[0].length !== this.values[0]?.length) this.#build(values);
    values.forEach((line, row) => line.forEach((value, column) => this.#paint(row, column, value)));
    this.values = values;
    const longest = Math.max(...this.cells.flat().map((cell) => cell.textContent.length));
    setVariable(this.holder, "--characters", Math.max(2, longest));
  }

  /**
   * Gives `cells` (row and column of each) the class `is-name`, and takes it from all others.
   * @param {string} name @param {number[][]} cells
   */
  mark(name, cells) {
    const before = this.marks.get(name) ?? new Set();
    const now = new Set(cells.map(([row, column]) => this.cells[row]?.[column]).filter(Boolean));
    for (const cell of before) if (!now.has(cell)) cell.classList.remove(`is-${name}`);
    for (const cell of now) cell.classList.add(`is-${name}`);
    this.marks.set(name, now);
  }

  /** What a screen reader hears of one cell behind its name; nothing of any other. */
  describe(row, column, text) {
    this.described?.removeAttribute("aria-description");
    this.described = this.cells[row]?.[column];
    this.described?.setAttribute("aria-description", text);
  }

  /**
   * A frame around the patch at (row, column), or none. Returns its element.
   * @param {import("./cells.js").Box | null} box
   */
  frame(box) {
    this.window ??= this.holder.appendChild(make("div", { class: "cl-frame" }));
    this.window.hidden = box === null;
    if (box === null) return this.window;
    for (const side of /** @type {const} */ (["row", "column", "height", "width"]))
      setVariable(this.window, `--${side}`, box[side]);
    return this.window;
  }

  /**
   * Puts `value` into a cell as if the reader had typed it there.
   * @param {number} row @param {number} column @param {number} value @param {string} [group]
   * @returns {string | null} why it can't be put there
   */
  edit(row, column, value, group = nextStroke()) {
    const reason = this.#refusal(row, column, value);
    if (reason !== null) {
      this.tell("refuse", reason);
      return reason;
    }
    const from = this.values[row][column];
    if (from === value) return null;
    const values = this.values.map((line) => [...line]);
    values[row][column] = value;
    this.tell("edit", { row, column, from, to: value, values, group });
    return null;
  }

  #refusal(row, column, value) {
    const [least, most] = this.options.range;
    const lock = this.options.locked?.(row, column) ?? null;
    if (lock !== null) return lock;
    if (Number.isFinite(value) && value >= least && value <= most) return null;
    return `${this.label}: a cell takes numbers from ${least} to ${most}`;
  }

  /** What Space and a click turn a pixel into: ink to paper, paper to ink. */
  flipped(value) {
    return value > 0 ? this.paper : 1;
  }

  focus(row, column, { moveFocus = true } = {}) {
    const last = this.cells[this.cursor.row]?.[this.cursor.column];
    if (last) last.tabIndex = -1;
    this.cursor = { row, column };
    const cell = this.cells[row][column];
    cell.tabIndex = 0;
    if (moveFocus) cell.focus({ preventScroll: true });
  }

  /** @param {"edit" | "point" | "leave" | "refuse" | "select"} kind */
  tell(kind, ...details) {
    for (const listener of this.listeners[kind]) listener(...details);
  }

  #build(values) {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren();
    this.marks.clear();
    setVariable(this.holder, "--columns", values[0].length);
    setVariable(this.holder, "--rows", values.length);
    this.cells = values.map((line, row) => {
      const rowElement = this.element.appendChild(make("div", { class: "cl-row", role: "row" }));
      return line.map((_, column) => rowElement.appendChild(makeCell(row, column)));
    });
    this.values = values.map((line) => line.map(() => undefined));
    this.looks = values.map((line) => line.map(() => ""));
    const row = Math.min(this.cursor.row, values.length - 1);
    const column = Math.min(this.cursor.column, values[0].length - 1);
    this.focus(row, column, { moveFocus: false });
    // In the next frame: a focus tells listeners, and they would interrupt the update that is going on.
    if (hadFocus) requestAnimationFrame(() => this.focus(this.cursor.row, this.cursor.column));
  }

  #paint(row, column, value) {
    const cell = this.cells[row][column];
    const text = value === null ? "" : this.options.print(value);
    const number = this.options.kind === "photo" ? text : spoken(value, text || undefined); // heard, even if not written
    const name = `${this.options.place(row, column)}, ${number}${this.options.more?.(row, column) ?? ""}`;
    this.#shade(row, column, value ?? 0);
    if (this.values[row][column] === value && cell.getAttribute("aria-label") === name) return;
    write(cell, text);
    cell.setAttribute("aria-label", name);
    cell.classList.toggle("cl-minus", value < 0);
    cell.classList.toggle("cl-blank", value === null);
  }

  /** How much ink, and how strong a colour: these depend on the whole matrix, not on the cell alone. */
  #shade(row, column, value) {
    const ink = Math.max(0, Math.min(1, (value - this.paper) / (1 - this.paper))).toFixed(3);
    const strength = Math.min(1, Math.abs(value) / this.full).toFixed(3);
    const look = `${ink} ${strength}`;
    if (this.looks[row][column] === look) return;
    this.looks[row][column] = look;
    const cell = this.cells[row][column];
    cell.style.setProperty("--ink-share", ink);
    cell.style.setProperty("--strength", strength);
    cell.classList.toggle("cl-dark", Number(ink) > 0.55);
  }
}

function makeCell(row, column) {
  const place = { "data-row": row, "data-column": column };
  return make("div", { class: "cl-cell", role: "gridcell", tabindex: -1, ...place });
}

/** The number that stands for paper: 0 in the lecture's pictures of 0 and 1, else -1 as on the slides. */
function paperOf(values) {
  return values.every((line) => line.every((value) => value === 0 || value === 1)) ? 0 : -1;
}

function defaultPlace(row, column) {
  return `row ${row + 1}, column ${column + 1}`;
}

/** "minus 0.77": a screen reader may swallow a bare hyphen. @param {number | null} value @param {string} text */
function spoken(value, text = plain(value)) {
  if (value === null) return "not shown yet";
  if (value > 0) return `plus ${text}`;
  return text.replace("-", "minus ");
}
