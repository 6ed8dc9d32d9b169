// What a lab's stage is made of: grids under captions, menus of presets, sliders, the box that edits the selected cell.

import { choice, make, slider, write } from "./dom.js";
import { Grid } from "./grid.js";
import { setsLike } from "./locks.js";
import { numberBox } from "./number_box.js";
import { presetOf } from "./state.js";

/**
 * A grid under its caption, in a column of its own.
 * @typedef {Grid & { caption: HTMLElement, block: HTMLElement }} CaptionedGrid
 * @param {HTMLElement} parent @param {string} caption
 * @param {Omit<import("./grid.js").GridOptions, "label"> & { label?: string }} options
 * @returns {CaptionedGrid}
 */
export function captionedGrid(parent, caption, options) {
  const title = make("p", { class: "cl-caption", text: caption });
  const block = make("div", { class: "cl-block" }, [title]);
  parent.append(block);
  const grid = new Grid(block, { label: caption, ...options });
  return Object.assign(grid, { caption: title, block });
}

/** Small signs between grids: times, equals. For the eye only: each grid has its name. @param {string} text */
export function sign(text) {
  return make("span", { class: "cl-sign", "aria-hidden": "true", text });
}

/**
 * A menu that puts a preset into the state, and says "your own" where the state is none of them.
 * @template Values
 * @param {string} text @param {Record<string, Values>} presets @param {(values: Values) => void} onchoose
 * @param {Record<string, string>} [names]  what the menu calls them
 */
export function presetMenu(text, presets, onchoose, names = {}) {
  const options = Object.keys(presets).map((name) => [name, names[name] ?? name]);
  const menu = choice(text, [...options, ["own", "your own"]], (name) => onchoose(presets[name]));
  menu.disable("own");
  const show = (/** @type {Values} */ values) => menu.show(presetOf(presets, values) ?? "own");
  return { element: menu.element, show };
}

/**
 * A number box for the selected cell of several grids: how a finger types a value.
 * @param {CaptionedGrid[]} grids @param {(reason: string) => void} refuse
 */
export function valueBox(grids, refuse) {
  let chosen = { grid: grids[0], row: 0, column: 0 };
  const put = (/** @type {typeof chosen} */ { grid, row, column }, /** @type {number} */ value) =>
    grid.edit(row, column, value, `value box ${grid.label} ${row} ${column}`);
  const box = numberBox("", (value) => put(chosen, value), refuse);
  /** @param {...unknown} _states */
  const update = (..._states) => {
    const { row, column } = chosen;
    const grid = chosen.grid.block?.hidden ? grids[0] : chosen.grid;
    setsLike(box, grid);
    if (grid !== chosen.grid || row >= grid.values.length || column >= grid.values[0].length)
      chosen = { grid, row: 0, column: 0 };
    write(box.caption, `${grid.label}, ${grid.options.place(chosen.row, chosen.column)}`);
    box.show(grid.values[chosen.row][chosen.column]);
  };
  for (const grid of grids) {
    grid.onSelect((row, column) => {
      chosen = { grid, row, column };
      update();
    });
  }
  return { element: box.element, update };
}

let sliders = 0;

/**
 * A slider of which each drag is one step for Undo.
 * @param {string} text @param {{ min: number, max: number, step?: number }} range
 * @param {(value: number, group: string) => void} oninput
 */
export function draggable(text, range, oninput) {
  sliders += 1;
  const group = `slider ${sliders}`;
  return slider(text, range, (value) => oninput(value, group));
}

/** For a grid of weights: a press chooses a cell, and flips nothing. */
export const choosing = () => ({ move: () => {}, end: () => true });
