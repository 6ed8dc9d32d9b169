// Keys in a grid: they lead from cell to cell, and edit the one they have led to.

import { keyStep } from "./arrows.js";
import { between } from "./cells.js";

/** @typedef {import("./grid.js").Grid} Grid */

/** @param {Grid} grid */
export function listenToKeys(grid) {
  const { element, options, typing } = grid;
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.target instanceof Element && event.target.matches("[role=gridcell]"))) return;
    if (event.ctrlKey || event.metaKey) typing.settle(); // before it is undone or copied
    if (event.altKey || event.metaKey) return;
    const target = destination(grid, event);
    if (target) {
      event.preventDefault();
      typing.settle();
      grid.focus(target.row, target.column);
      grid.cells[target.row][target.column].scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (options.editable && !event.ctrlKey && editByKey(grid, event.key)) {
      event.preventDefault();
    }
  };
  element.addEventListener("keydown", onKey, { signal: options.signal });
  element.addEventListener("focusout", () => typing.settle(), { signal: options.signal });
}

/** Where a key leads; null for keys that lead nowhere. @param {Grid} grid @param {KeyboardEvent} event */
function destination({ cursor, cells }, event) {
  const step = keyStep(event);
  return (
    step && {
      row: between(cursor.row + step[0], { min: 0, max: cells.length - 1 }),
      column: between(cursor.column + step[1], { min: 0, max: cells[0].length - 1 }),
    }
  );
}

/** @param {Grid} grid @param {string} key @returns {boolean} whether the key was one for the cell */
function editByKey(grid, key) {
  if (grid.typing.take(key)) return true;
  const { row, column } = grid.cursor;
  const next = {
    " ": (value) => grid.flipped(value),
    Enter: (value) => grid.flipped(value),
    PageUp: (value) => value + 1,
    PageDown: (value) => value - 1,
  };
  if (!Object.hasOwn(next, key)) return false;
  grid.typing.settle();
  grid.edit(row, column, next[key](grid.values[row][column]));
  return true;
}
