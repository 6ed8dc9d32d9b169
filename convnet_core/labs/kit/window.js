// A window on a grid that the reader moves, by drag or by keys.

import { movableByKeys } from "./arrows.js";
import { between, cellsOf } from "./cells.js";
import { boxName } from "./words.js";

/** For a lab's list of keys. */
export const WINDOW_KEYS =
  "With the window in focus, arrow keys move it; Home and End lead to the ends of its row, with Ctrl to its corners.";

const BY_KEYS = "window by keys";

/**
 * A window on a grid that the reader moves: a press inside it drags it, keys on its frame move it.
 * @param {() => import("./cells.js").Box} box  where it is
 * @param {(row: number, column: number, group: string) => void} moveTo  may ask for a place outside: keep it in
 * @param {{ border?: () => number }} [options]  how wide the grid's border is, whose rows are not counted
 * @returns {{ onPress(row: number, column: number): import("./grid.js").Drag | null,
 *             attach(grid: import("./grid.js").Grid, signal: AbortSignal): void, update(...states: unknown[]): void }}
 *   `update` shows it where it is
 */
export function movableWindow(box, moveTo, { border = () => 0 } = {}) {
  let drags = 0;
  /** @type {import("./grid.js").Grid} */
  let grid = null;
  let frame = null;
  const onPress = (row, column) => {
    const { row: top, column: left, height, width } = box();
    const [down, right] = [row - top, column - left];
    if (down < 0 || right < 0 || down >= height || right >= width) return null;
    drags += 1;
    const group = `window ${drags}`;
    const end = (moved) => {
      if (moved) frame.focus({ preventScroll: true }); // arrow keys go on with what the pointer began
      return moved;
    };
    return { move: (r, c) => moveTo(r - down, c - right, group), end };
  };
  const attach = (on, signal) => {
    grid = on;
    frame = grid.frame(null);
    const onKey = (down, right) => {
      const { row, column } = box();
      moveTo(row + down, column + right, BY_KEYS);
      frame.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    movableByKeys(frame, "movable window", onKey, signal);
  };
  const update = () => {
    grid.frame(box());
    grid.mark("framed", cellsOf(box()));
    frame.setAttribute("aria-label", `Window, ${boxName(box(), border())}. Arrow keys move it.`);
  };
  return { onPress, attach, update };
}

/**
 * Which cell of a map a moved window chooses, along one side: by arrow keys the next one, whatever the stride, else
 * the one whose place is nearest.
 * @param {number} start  where the window was moved to
 * @param {{ from: number, cell: number, cells: number, stride: number, padding?: number }} side
 *   where it stood before, the cell chosen then, and how many there are
 * @param {string} group  as `movableWindow` hands it on
 */
export function cellOfWindow(start, { from, cell, cells, stride, padding = 0 }, group) {
  const isNext = group === BY_KEYS && Number.isFinite(start);
  const wanted = isNext ? cell + Math.sign(start - from) : Math.round((start + padding) / stride);
  return between(wanted, { min: 0, max: cells - 1 });
}
