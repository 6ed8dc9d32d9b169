// A small picture of a map, in colours only: a button that shows the map large.

import { make, setVariable, write } from "./dom.js";

export class Thumbnail {
  /** @param {HTMLElement} parent @param {() => void} onchoose */
  constructor(parent, onchoose) {
    this.picture = make("span", { class: "cl-thumbnail-picture", "aria-hidden": "true" });
    this.caption = make("span");
    this.element = make("button", { type: "button", class: "cl-thumbnail", onclick: onchoose }, [
      this.picture,
      this.caption,
    ]);
    /** @type {HTMLElement[]} */
    this.dots = [];
    this.shown = [];
    parent.append(this.element);
  }

  /**
   * @param {(number | null)[][]} values  a null is drawn empty
   * @param {{ caption: string, summary: string, full: number, chosen: boolean }} options
   */
  show(values, { caption, summary, full, chosen }) {
    const columns = values[0].length;
    write(this.caption, caption);
    this.element.setAttribute("aria-description", summary);
    this.element.title = summary;
    this.element.setAttribute("aria-pressed", String(chosen));
    setVariable(this.picture, "--columns", columns);
    const cells = values.flat();
    while (this.dots.length > cells.length) this.dots.pop().remove();
    while (this.dots.length < cells.length) this.dots.push(this.picture.appendChild(make("span", { class: "cl-dot" })));
    cells.forEach((value, index) => {
      if (value === this.shown[index] && full === this.full) return;
      const dot = this.dots[index];
      dot.classList.toggle("cl-minus", value < 0);
      dot.style.setProperty("--strength", Math.min(1, Math.abs(value) / full).toFixed(3));
    });
    this.shown = cells;
    this.full = full;
  }
}
