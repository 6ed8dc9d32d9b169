// Mouse, finger and pen on a grid: they point at cells, flip them, paint them, or drag what the lab says.

import { cellsBetween } from "./cells.js";
import { cellUnder, endingWith } from "./dom.js";
import { fingerDraws } from "./finger.js";
import { nextStroke } from "./strokes.js";

/**
 * @typedef {import("./grid.js").Grid} Grid
 * @typedef {import("./grid.js").Drag} Drag
 * @typedef {import("./cells.js").Place} Place
 */

/** @param {Grid} grid */
export function listenToPointer(grid) {
  const { element, options } = grid;
  const on = (type, handler) => element.addEventListener(type, handler, { signal: options.signal });
  const withCell = ({ target }, action) => {
    const cell = target.closest?.("[role=gridcell]");
    if (cell && element.contains(cell)) action(Number(cell.dataset.row), Number(cell.dataset.column));
  };
  on("pointerover", (event) => withCell(event, (row, column) => grid.tell("point", row, column)));
  on("pointerleave", () => {
    if (!element.contains(document.activeElement)) grid.tell("leave");
  });
  on("focusin", (event) =>
    withCell(event, (row, column) => {
      grid.focus(row, column, { moveFocus: false });
      grid.tell("select", row, column);
      grid.tell("point", row, column);
    }),
  );
  on("focusout", ({ relatedTarget }) => {
    if (!element.contains(relatedTarget)) grid.tell("leave");
  });
  on("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) withCell(event, (row, column) => press(grid, event, { row, column }));
  });
}

/** @param {Grid} grid @param {PointerEvent} event @param {Place} place */
function press(grid, event, place) {
  const { row, column } = place;
  const mayScroll = event.pointerType === "touch" && !fingerDraws();
  event.preventDefault();
  grid.typing.settle();
  grid.focus(row, column);
  grid.tell("point", row, column);
  const drag = grid.options.onPress?.(row, column) ?? (grid.options.editable ? brush(grid, place, mayScroll) : null);
  if (drag) follow(grid, event, drag, { start: place, mayScroll });
}

/**
 * Paints every pixel on the way with what the first one became. A finger that may scroll paints once it moves on, and
 * flips one pixel if it lifts where it came down.
 * @param {Grid} grid @param {Place} place @param {boolean} mayScroll @returns {Drag}
 */
function brush(grid, { row, column }, mayScroll) {
  const group = nextStroke();
  const colour = grid.flipped(grid.values[row][column]);
  const before = grid.values;
  const start = () => grid.edit(row, column, colour, group);
  if (!mayScroll) start();
  const move = (r, c) => {
    start();
    grid.edit(r, c, colour, group);
  };
  const cancel = () => {
    if (grid.values !== before) grid.tell("edit", { row, column, values: before, group });
  };
  return { move, cancel, end: (moved) => moved || !mayScroll };
}

/**
 * Hands a captured pointer's way over the cells to `drag`. A finger that may scroll and leaves its first cell up or
 * down scrolls the page: then nothing is drawn and nothing dragged.
 * @param {Grid} grid @param {PointerEvent} event @param {Drag} drag @param {{ start: Place, mayScroll: boolean }} how
 */
function follow(grid, event, drag, { start, mayScroll }) {
  const { element, options } = grid;
  const ended = endingWith(options.signal);
  const on = (type, handler) => element.addEventListener(type, handler, { signal: ended.signal });
  let last = start;
  let moved = false;
  const stop = () => {
    ended.abort();
    drag.cancel?.();
  };
  element.setPointerCapture(event.pointerId);
  on("pointermove", (move) => {
    for (const cell of cellsBetween(last, cellUnder(move, element, grid.cells.length, grid.cells[0].length))) {
      if (mayScroll && !moved && cell.row !== start.row) return stop();
      drag.move(cell.row, cell.column);
      moved = true;
      last = cell;
    }
  });
  on("pointercancel", stop);
  on("pointerup", () => {
    ended.abort();
    const wasTap = drag.end && !drag.end(moved) && options.editable;
    if (wasTap) grid.edit(start.row, start.column, grid.flipped(grid.values[start.row][start.column]));
  });
}
