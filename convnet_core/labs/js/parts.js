// Pieces that several labs are made of: captioned grids, a menu of presets, the box that edits the
// selected cell, and the sentences that explain one match.

import { choice, make, numberBox } from "./dom.js";
import { Grid } from "./grid.js";
import { plain } from "./ops.js";
import { same } from "./store.js";

/** A grid under its caption, in a column of its own. @returns {Grid & { caption: HTMLElement, block: HTMLElement }} */
export function captionedGrid(parent, caption, options) {
  const title = make("p", { class: "cl-caption", text: caption });
  const block = make("div", { class: "cl-block" }, [title]);
  parent.append(block);
  const grid = new Grid(block, { label: caption, ...options });
  return Object.assign(grid, { caption: title, block });
}

/** Small signs between grids: times, equals. For the eye only: each grid has its name. */
export function sign(text) {
  return make("span", { class: "cl-sign", "aria-hidden": "true", text });
}

/**
 * A menu that puts a preset into the state, and says "your own" where the state is none of them.
 * @param {Record<string, number[][]>} presets @param {Record<string, string>} [names]  what the menu calls them
 */
export function presetMenu(text, presets, onchoose, names = {}) {
  const options = Object.keys(presets).map((name) => [name, names[name] ?? name]);
  const menu = choice(text, [...options, ["own", "your own"]], (name) => presets[name] && onchoose(presets[name]));
  const show = (values) => menu.show(presetOf(presets, values) ?? "own");
  return { element: menu.element, show };
}

/** The name under which `values` stands among the presets; null where it does not. */
export function presetOf(presets, values) {
  return Object.keys(presets).find((name) => same(presets[name], values)) ?? null;
}

/** A number box for the selected cell of several grids: how a finger types a value. */
export function valueBox(grids) {
  const [least, most] = grids[0].options.range;
  let chosen = { grid: grids[0], row: 0, column: 0 };
  const box = numberBox("", { min: least, max: most, step: 1 }, (value) => {
    chosen.grid.edit(chosen.row, chosen.column, value, "value box");
  });
  const update = () => {
    const { grid, row, column } = chosen;
    if (row >= grid.values.length || column >= grid.values[0].length) chosen = { grid, row: 0, column: 0 };
    box.caption.textContent = `${grid.options.label}, ${grid.options.place(chosen.row, chosen.column)}`;
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

/** "(1 × 1) + (-1 × -1) + ...", row by row, the first `shown` of them. */
export function writtenSum(patch, feature, shown = Infinity) {
  const terms = patch.flatMap((row, r) => row.map((value, c) => `(${plain(value)} × ${plain(feature[r][c])})`));
  return terms.slice(0, shown).join(" + ") + (shown < terms.length && shown > 0 ? " + …" : "");
}

/** All [row, column] pairs of a box. */
export function cellsOf({ row, column, height, width }) {
  const cells = [];
  for (let r = row; r < row + height; r++) for (let c = column; c < column + width; c++) cells.push([r, c]);
  return cells;
}

/** [row, column] of every cell in which two matrices of one shape differ. */
export function changedCells(before, after) {
  return after.flatMap((line, r) => line.flatMap((value, c) => (value === before[r]?.[c] ? [] : [[r, c]])));
}

/** "Image, row 3, column 5: -1 → 1." for one changed cell, a count for more, "" for none. */
export function changeText(name, before, after) {
  const cells = changedCells(before, after);
  if (cells.length === 0) return "";
  if (cells.length > 1) return `${name}: ${cells.length} pixels changed.`;
  const [[row, column]] = cells;
  return `${name}, row ${row + 1}, column ${column + 1}: ${plain(before[row][column])} → ${plain(after[row][column])}.`;
}
