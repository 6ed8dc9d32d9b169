// Sentences that several labs say.

import { plain } from "../mirror/printing.js";
import { changedCells } from "./cells.js";

export const NO_BREAK = "\u00a0"; // keeps a product or a size on one line

/** "Pooling" of "pooling". */
export function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** A share that was counted: "97%", "98.7%". @param {number} share  from 0 to 1 */
export function percent(share) {
  return `${plain(Math.round(share * 1000) / 10)}%`;
}

/** A probability, all of them with one decimal: "100.0%", "98.7%". @param {number} share  from 0 to 1 */
export function probability(share) {
  return `${(100 * share).toFixed(1)}%`;
}

/** "(1 × 1) + (-1 × -1) + ...", row by row, the first `shown` of them. */
export function writtenSum(patch, feature, shown = Infinity) {
  const terms = patch.flatMap((row, r) =>
    row.map((value, c) => `(${plain(value)}${NO_BREAK}×${NO_BREAK}${plain(feature[r][c])})`),
  );
  return terms.slice(0, shown).join(" + ") + (shown < terms.length && shown > 0 ? " + …" : "");
}

/**
 * "rows 1 to 2, columns 1 to 2", and "row 7" where it is one alone.
 * @param {import("./cells.js").Box} box @param {number} [border]  the rows and columns around the picture, not counted
 */
export function boxName({ row, column, height, width }, border = 0) {
  return `${span("row", row - border, height)}, ${span("column", column - border, width)}`;
}

function span(word, from, length) {
  return length === 1 ? `${word} ${from + 1}` : `${word}s ${from + 1} to ${from + length}`;
}

/** "Image, row 3, column 5: -1 → 1." for one changed cell, a count for more, "" for none. */
export function changeText(name, before, after) {
  const cells = changedCells(before, after);
  if (cells.length === 0) return "";
  if (cells.length > 1) return `${name}: ${cells.length} pixels changed.`;
  const [[row, column]] = cells;
  return `${name}, row ${row + 1}, column ${column + 1}: ${plain(before[row][column])} → ${plain(after[row][column])}.`;
}
