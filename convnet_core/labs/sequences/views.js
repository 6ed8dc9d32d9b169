// Pieces of both halves of the sequences lab: what is read, a grid with names at its sides, the written sum.

import { captionedGrid } from "../kit/controls.js";
import { make } from "../kit/dom.js";

/** A walk's symbols in a row: those that were read, the one just read, those to come. */
export function strip(parent, label) {
  const element = parent.appendChild(make("p", { class: "cl-seq-strip", role: "group", "aria-label": label }));
  const chips = [];
  /** @param {{ text: string, isSpoken?: boolean }[]} symbols @param {number} read */
  const show = (symbols, read) => {
    while (chips.length < symbols.length) {
      const chip = make("span", { class: "cl-seq-chip" });
      chips.push(chip);
      element.append(chip, " ");
    }
    chips.forEach((chip, at) => {
      chip.hidden = at >= symbols.length;
      chip.textContent = symbols[at]?.text ?? "";
      chip.classList.toggle("is-spoken", symbols[at]?.isSpoken ?? false);
      chip.classList.toggle("is-last", at === read - 1);
      chip.classList.toggle("is-ahead", at >= read);
    });
  };
  return { element, show };
}

/**
 * A grid with the names of its columns above it and of its rows beside it: for the eye, as each cell has its name.
 * @param {HTMLElement} parent @param {string} caption
 * @param {{ columns?: string[], rows?: string[], width?: number } & Parameters<typeof captionedGrid>[2]} named
 */
export function namedGrid(parent, caption, { columns = [], rows = [], width, ...options }) {
  const grid = captionedGrid(parent, caption, options);
  const names = (list, side) =>
    make(
      "div",
      { class: `cl-seq-${side}`, "aria-hidden": "true" },
      list.map((text) => make("span", { text })),
    );
  const frame = make("div", { class: "cl-seq-frame" }, [names(rows, "rows"), names(columns, "columns"), grid.holder]);
  frame.style.setProperty("--columns", String(width ?? ""));
  grid.block.append(frame);
  return grid;
}

/** How a number comes about, written out and as a line of numpy. */
export function account(parent) {
  const sentence = make("p", { class: "cl-sum" });
  const code = make("code");
  parent.append(make("div", { class: "cl-work" }, [sentence, make("p", { class: "cl-code" }, [code])]));
  const show = ({ sum, code: line }) => {
    sentence.textContent = sum;
    code.textContent = line;
  };
  return { show };
}
