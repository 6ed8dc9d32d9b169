// A window on a grid that the reader moves, by drag or by arrow keys.

import { movableByKeys } from "./arrows.js";
import { between } from "./cells.js";

const BY_KEYS = "window by keys";

/**
 * A window on a grid that the reader moves: a press inside it drags it, arrow keys on its frame move it.
 * @param {() => import("./cells.js").Box} box  where it is
 * @param {(row: number, column: number, group: string) => void} moveTo  may ask for a place outside: keep it in
 * @returns {{ onPress(row: number, column: number): import("./grid.js").Drag | null,
 *             attach(grid: import("./grid.js").Grid, signal: AbortSignal): void }}
 */
export function movableWindow(box, moveTo) {
  let drags = 0;
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
  const attach = (grid, signal) => {
    frame = grid.frame(null);
    const name = () => {
      const { row, column, height, width } = box();
      const place = `rows ${row + 1} to ${row + height}, columns ${column + 1} to ${column + width}`;
      frame.setAttribute("aria-label", `Window, ${place}. Arrow keys move it.`);
    };
    name();
    frame.addEventListener("focus", name, { signal });
    const onKey = (down, right) => {
      const { row, column } = box();
      moveTo(row + down, column + right, BY_KEYS);
      frame.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    movableByKeys(frame, "movable window", onKey, signal);
  };
  return { onPress, attach };
}

/**
 * Which cell of a map a moved window chooses, along one side: by keys the next one, whatever the stride, else
 * the one whose place is nearest.
 * @param {number} start  where the window was moved to
 * @param {{ from: number, cell: number, cells: number, stride: number, padding?: number }} side
 *   where it stood before, the cell chosen then, and how many there are
 * @param {string} group  as `movableWindow` hands it on
 */
export function cellOfWindow(start, { from, cell, cells, stride, padding = 0 }, group) {
  const wanted = group === BY_KEYS ? cell + Math.sign(start - from) : Math.round((start + padding) / stride);
  return between(wanted, { min: 0, max: cells - 1 });
}
