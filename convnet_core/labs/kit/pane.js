// A picture on a canvas, with a mark on one pixel or more. What the mark is for is the lab's affair.

import { cellUnder, make, setVariable } from "./dom.js";

export class Pane {
  /** @type {ImageData | null} */
  #image = null;

  /** @param {HTMLElement} parent @param {string} caption */
  constructor(parent, caption) {
    this.caption = make("p", { class: "cl-caption", text: caption });
    this.canvas = make("canvas", { class: "cl-pane-canvas", role: "img", "aria-label": caption });
    this.mark = make("div", { class: "cl-pane-mark", hidden: true });
    /** Holds canvas and mark alone, so that the mark can be laid on by arithmetic. */
    this.frame = make("div", { class: "cl-pane-frame" }, [this.canvas, this.mark]);
    this.element = make("div", { class: "cl-pane" }, [this.caption, this.frame]);
    parent.append(this.element);
  }

  set label(text) {
    this.canvas.setAttribute("aria-label", text);
  }

  /**
   * Shows `values`, row by row, as `painted(values, bytes)` has it.
   * @param {ArrayLike<number>} values @param {{ width: number, height: number }} size
   * @param {(values: ArrayLike<number>, bytes: Uint8ClampedArray) => { below: number, above: number } | void} painted
   * @returns {{ below: number, above: number }} how many values are too dark or too bright to be shown
   */
  draw(values, { width, height }, painted) {
    if (this.#image?.width !== width || this.#image.height !== height) {
      Object.assign(this.canvas, { width, height });
      setVariable(this.frame, "--aspect", width / height);
      this.#image = new ImageData(width, height);
      this.#image.data.fill(255);
    }
    const beyond = painted(values, this.#image.data);
    this.canvas.getContext("2d").putImageData(this.#image, 0, 0);
    return /** @type {{ below: number, above: number }} */ (beyond);
  }

  /** Marks the square of `side` pixels around one. */
  point({ row, column, side, width, height }) {
    this.mark.hidden = false;
    setVariable(this.mark, "--x", (column + 0.5) / width);
    setVariable(this.mark, "--y", (row + 0.5) / height);
    setVariable(this.mark, "--side", side / width);
  }

  /** `listener(row, column)` where the pointer is, by mouse or finger. */
  onPoint(listener, signal) {
    const heard = (event) => {
      const { row, column } = cellUnder(event, this.canvas, this.canvas.height, this.canvas.width);
      listener(row, column);
    };
    for (const type of ["pointerdown", "pointermove"]) this.frame.addEventListener(type, heard, { signal });
  }
}
