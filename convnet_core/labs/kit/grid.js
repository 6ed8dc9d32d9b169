// The one grid of every lab: a picture, a feature or a map, to look at and to edit by mouse, touch
// and keyboard. It knows no convolution and no lab; what a cell is called and how it is printed
// comes from the caller.

import { plain } from "../mirror/printing.js";

/**
 * @typedef {object} GridOptions
 * @property {string} label              what the grid is, for everyone
 * @property {"ink" | "value"} [kind]    ink: pixels as ink and paper; value: blue and orange
 * @property {boolean} [editable]
 * @property {[number, number]} [range]  smallest and largest number that a cell takes
 * @property {(value: number) => string} [print]
 * @property {(row: number, column: number) => string} [place]  a cell's name for a screen reader
 * @property {(row: number, column: number) => string} [more]   what a screen reader hears behind the number
 * @property {(row: number, column: number) => string | null} [locked]  why a cell can't be edited
 * @property {(row: number, column: number) => Drag | null} [onPress]  takes a press over from painting
 * @property {AbortSignal} signal
 *
 * @typedef {{ move(row: number, column: number, isFirst: boolean): void, end?(moved: boolean): boolean,
 *             cancel?(): void }} Drag
 *   `end` answers true where the press was a drag; a press that was not flips the pixel.
 * @typedef {{ row: number, column: number, from: number, to: number, values: number[][], group: string }} Edit
 */

let strokes = 0;

export class Grid {
  /** @param {HTMLElement} parent @param {GridOptions} options */
  constructor(parent, options) {
    this.options = { kind: "value", editable: false, range: [-9, 9], print: plain, place: defaultPlace, ...options };
    this.values = [];
    this.cells = [];
    this.marks = new Map();
    this.cursor = { row: 0, column: 0 };
    this.typed = null;
    this.listeners = { edit: [], point: [], leave: [], refuse: [], select: [] };
    this.element = document.createElement("div");
    this.element.className = `cl-grid cl-${this.options.kind}${this.options.editable ? " cl-editable" : ""}`;
    this.element.setAttribute("role", "grid");
    if (!this.options.editable) this.element.setAttribute("aria-readonly", "true");
    this.label = this.options.label;
    // The frame may not be a child of the grid: a grid holds rows and nothing else.
    this.holder = document.createElement("div");
    this.holder.className = "cl-grid-holder";
    this.holder.append(this.element);
    parent.append(this.holder);
    this.#listenAll();
  }

  get label() {
    return this.element.getAttribute("aria-label");
  }

  set label(text) {
    this.element.setAttribute("aria-label", text);
  }

  /** `listener(edit)` for every number the reader changes. */
  onEdit(listener) {
    this.listeners.edit.push(listener);
  }

  /** `listener(row, column)` when a cell is hovered, focused or tapped. */
  onPoint(listener) {
    this.listeners.point.push(listener);
  }

  /** When neither pointer nor focus is on the grid any more. */
  onLeave(listener) {
    this.listeners.leave.push(listener);
  }

  /** `listener(reason)` when a typed value can't be taken. */
  onRefuse(listener) {
    this.listeners.refuse.push(listener);
  }

  /** `listener(row, column)` when a cell becomes the one that keys and the value box edit. */
  onSelect(listener) {
    this.listeners.select.push(listener);
  }

  /**
   * Draws `values`; a null is a cell that has no number yet. Only what changed is touched.
   * `full` is the number that gets the full colour.
   */
  show(values, { full = 1 } = {}) {
    this.full = full;
    this.paper = paperOf(values);
    if (values.length !== this.values.length || values[0].length !== this.values[0]?.length) this.#build(values);
    values.forEach((line, row) => line.forEach((value, column) => this.#paint(row, column, value)));
    this.values = values;
    const longest = Math.max(...this.cells.flat().map((cell) => cell.textContent.length));
    this.holder.style.setProperty("--characters", Math.max(2, longest));
  }

  /** Gives `cells` ([row, column] pairs) the class `is-name`, and takes it from all others. */
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

  /** A frame around the patch at (row, column), or none. Returns its element. */
  frame(box) {
    this.window ??= this.holder.appendChild(Object.assign(document.createElement("div"), { className: "cl-frame" }));
    this.window.hidden = box === null;
    if (box === null) return this.window;
    const style = this.window.style;
    style.setProperty("--row", box.row);
    style.setProperty("--column", box.column);
    style.setProperty("--height", box.height);
    style.setProperty("--width", box.width);
    return this.window;
  }

  /**
   * Puts `value` into a cell as if the reader had typed it there.
   * @returns {string | null} why it can't be put there
   */
  edit(row, column, value, group = nextStroke()) {
    const reason = this.#refusal(row, column, value);
    if (reason !== null) {
      this.#tell("refuse", reason);
      return reason;
    }
    const from = this.values[row][column];
    if (from === value) return null;
    const values = this.values.map((line) => [...line]);
    values[row][column] = value;
    this.#tell("edit", { row, column, from, to: value, values, group });
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

  #tell(kind, ...details) {
    for (const listener of this.listeners[kind]) listener(...details);
  }

  #build(values) {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren();
    this.marks.clear();
    this.holder.style.setProperty("--columns", values[0].length);
    this.holder.style.setProperty("--rows", values.length);
    this.cells = values.map((line, row) => {
      const rowElement = this.element.appendChild(document.createElement("div"));
      rowElement.className = "cl-row";
      rowElement.setAttribute("role", "row");
      return line.map((_, column) => rowElement.appendChild(makeCell(row, column)));
    });
    this.values = values.map((line) => line.map(() => undefined));
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
    this.#shade(cell, value ?? 0);
    if (this.values[row][column] === value && cell.getAttribute("aria-label") === name) return;
    cell.textContent = text;
    cell.setAttribute("aria-label", name);
    cell.classList.toggle("cl-minus", value < 0);
    cell.classList.toggle("cl-blank", value === null);
  }

  /** How much ink, and how strong a colour: these depend on the whole matrix, not on the cell alone. */
  #shade(cell, value) {
    const ink = Math.max(0, Math.min(1, (value - this.paper) / (1 - this.paper)));
    cell.style.setProperty("--ink-share", ink.toFixed(3));
    cell.style.setProperty("--strength", Math.min(1, Math.abs(value) / this.full).toFixed(3));
    cell.classList.toggle("cl-dark", ink > 0.55);
  }

  #listenAll() {
    const on = (type, handler) => this.element.addEventListener(type, handler, { signal: this.options.signal });
    on("keydown", (event) => this.#onKey(event));
    on("focusin", (event) => this.#onFocus(event));
    on("focusout", (event) => {
      this.typed = null;
      if (!this.element.contains(event.relatedTarget)) this.#tell("leave");
    });
    on("pointerover", (event) => this.#withCell(event, (row, column) => this.#tell("point", row, column)));
    on("pointerleave", () => {
      if (!this.element.contains(document.activeElement)) this.#tell("leave");
    });
    on("pointerdown", (event) => this.#onPress(event));
  }

  #withCell(event, action) {
    const cell = event.target.closest?.("[role=gridcell]");
    if (cell && this.element.contains(cell)) action(Number(cell.dataset.row), Number(cell.dataset.column));
  }

  #onFocus(event) {
    this.#withCell(event, (row, column) => {
      this.focus(row, column, { moveFocus: false });
      this.#tell("select", row, column);
      this.#tell("point", row, column);
    });
  }

  #onKey(event) {
    if (event.altKey || event.metaKey || !event.target.matches("[role=gridcell]")) return;
    const target = this.#moved(event);
    if (target) {
      event.preventDefault();
      this.typed = null;
      this.focus(target.row, target.column);
      this.cells[target.row][target.column].scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (this.options.editable && !event.ctrlKey && this.#editByKey(event.key)) {
      event.preventDefault();
    }
  }

  /** Where a key leads: arrows one cell on, Home/End along the row, with Ctrl to the corners. */
  #moved({ key, ctrlKey }) {
    const { row, column } = this.cursor;
    const [bottom, right] = [this.cells.length - 1, this.cells[0].length - 1];
    switch (key) {
      case "ArrowUp":
        return { row: Math.max(0, row - 1), column };
      case "ArrowDown":
        return { row: Math.min(bottom, row + 1), column };
      case "ArrowLeft":
        return { row, column: Math.max(0, column - 1) };
      case "ArrowRight":
        return { row, column: Math.min(right, column + 1) };
      case "Home":
        return { row: ctrlKey ? 0 : row, column: 0 };
      case "End":
        return { row: ctrlKey ? bottom : row, column: right };
      default:
        return null;
    }
  }

  #editByKey(key) {
    const { row, column } = this.cursor;
    const value = this.values[row][column];
    if (/^[0-9.]$/.test(key)) return this.#type(key);
    if (key === "Escape" && this.typed) {
      this.edit(row, column, this.typed.before, this.typed.group);
      this.typed = null;
      return true;
    }
    if (key === "Enter" && this.typed) {
      this.typed = null;
      return true;
    }
    // A minus steps down, and a digit right after it makes the number negative: "-5" works too.
    const group = nextStroke();
    this.typed = key === "-" ? { text: "-", before: value, group } : null;
    const next = {
      " ": this.flipped(value),
      Enter: this.flipped(value),
      "+": value + 1,
      "=": value + 1,
      "-": value - 1,
    };
    if (!Object.hasOwn(next, key)) return false;
    this.edit(row, column, next[key], group);
    return true;
  }

  /** Digits build a number; each stage of it that is one takes effect at once, and is one undo. */
  #type(key) {
    const { row, column } = this.cursor;
    this.typed ??= { text: "", before: this.values[row][column], group: nextStroke() };
    const typed = this.typed;
    const text = typed.text + key;
    if (!/^-?\d{0,3}(\.\d{0,2})?$/.test(text)) return true;
    if (text === "." || text === "-.") {
      typed.text = text;
      return true;
    }
    if (this.edit(row, column, Number(text), typed.group) === null) typed.text = text;
    return true;
  }

  #onPress(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#withCell(event, (row, column) => {
      event.preventDefault();
      this.focus(row, column);
      this.#tell("point", row, column);
      const taken = this.options.onPress?.(row, column) ?? null;
      if (taken) this.#follow(event, taken, { row, column });
      else if (this.options.editable)
        this.#follow(event, this.#brush(row, column, event.pointerType === "touch"), { row, column });
    });
  }

  /**
   * Paints every pixel on the way with what the first one became. A finger that moves up or down scrolls the
   * page: it paints only if it leaves its first pixel sideways, and flips one pixel if it lifts where it came down.
   */
  #brush(row, column, isTouch) {
    const group = nextStroke();
    const colour = this.flipped(this.values[row][column]);
    const before = this.values;
    const start = () => this.edit(row, column, colour, group);
    let isPainting = !isTouch;
    if (isPainting) start();
    const move = (r, c, isFirst) => {
      if (isTouch && isFirst) isPainting = r === row;
      if (!isPainting) return;
      start();
      this.edit(r, c, colour, group);
    };
    const cancel = () => {
      if (this.values !== before) this.#tell("edit", { row, column, values: before, group });
    };
    return { move, cancel, end: (moved) => moved || !isTouch };
  }

  /** Hands a captured pointer's way over the cells to `drag`. */
  #follow(event, drag, start) {
    const ended = new AbortController();
    const { signal } = ended;
    this.options.signal.addEventListener("abort", () => ended.abort(), { signal });
    const on = (type, handler) => this.element.addEventListener(type, handler, { signal });
    let last = start;
    let moved = false;
    this.element.setPointerCapture(event.pointerId);
    on("pointermove", (move) => {
      for (const cell of cellsBetween(last, this.#cellAt(move))) {
        drag.move(cell.row, cell.column, !moved);
        moved = true;
        last = cell;
      }
    });
    on("pointercancel", () => {
      ended.abort();
      drag.cancel?.();
    });
    on("pointerup", () => {
      ended.abort();
      const wasTap = drag.end && !drag.end(moved) && this.options.editable;
      if (wasTap) this.edit(start.row, start.column, this.flipped(this.values[start.row][start.column]));
    });
  }

  #cellAt({ clientX, clientY }) {
    const box = this.element.getBoundingClientRect();
    const at = (position, from, size, cells) =>
      Math.max(0, Math.min(cells - 1, Math.floor(((position - from) / size) * cells)));
    return {
      row: at(clientY, box.top, box.height, this.cells.length),
      column: at(clientX, box.left, box.width, this.cells[0].length),
    };
  }
}

function makeCell(row, column) {
  const cell = document.createElement("div");
  cell.className = "cl-cell";
  cell.setAttribute("role", "gridcell");
  cell.dataset.row = row;
  cell.dataset.column = column;
  cell.tabIndex = -1;
  return cell;
}

/** The cells on the straight way from one to another, without the first: a quick pointer skips some. */
function cellsBetween(from, to) {
  const steps = Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column));
  const at = (start, end, step) => Math.round(start + ((end - start) * step) / steps);
  return Array.from({ length: steps }, (_, step) => ({
    row: at(from.row, to.row, step + 1),
    column: at(from.column, to.column, step + 1),
  }));
}

function nextStroke() {
  strokes += 1;
  return `stroke-${strokes}`;
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
