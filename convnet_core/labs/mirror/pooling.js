// The largest number of each window, or the mean, as convnet_core.pooling computes it.

import { outputSize } from "./convolution.js";
import { patchAt } from "./filtering.js";
import { total } from "./matrix.js";
import { windowsAlong } from "./windows.js";

/**
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {{ row: number, column: number, height: number, width: number }} Box
 */

/**
 * How many windows pooling has along a side. `edge` says what becomes of a partial window at the end.
 * @param {number} size @param {{ window: number, stride: number, edge: Edge }} pooling
 * @typedef {"kept" | "dropped" | "padded"} Edge
 *   kept: partial windows count, as on the slides; dropped: they don't; padded: with half a window on
 *   every side, then dropped
 */
export function pooledSize(size, { window, stride, edge }) {
  if (edge !== "kept") return outputSize(size, window, stride, poolPadding({ window, edge }));
  return windowsAlong(size, window, stride);
}

/** @param {{ window: number, edge: Edge }} pooling */
export function poolPadding({ window, edge }) {
  return edge === "padded" ? Math.floor(window / 2) : 0;
}

/**
 * The cells of the map under the window that a pooled cell comes from, and the window with what it has
 * beyond the map.
 * @param {number[]} size  the map's height and width
 * @param {{ window: number, stride: number, edge: Edge }} pooling
 * @returns {{ box: Box, window: Box }}
 */
export function poolWindow([height, width], row, column, pooling) {
  const before = poolPadding(pooling);
  const side = (at, size) => {
    const start = at * pooling.stride - before;
    const [from, to] = [Math.max(0, start), Math.min(size, start + pooling.window)];
    return { start, from, length: to - from };
  };
  const [down, across] = [side(row, height), side(column, width)];
  return {
    box: { row: down.from, column: across.from, height: down.length, width: across.length },
    window: { row: down.start, column: across.start, height: pooling.window, width: pooling.window },
  };
}

/**
 * One number for each window: the largest, or the mean. In a mean, padding counts as zeros.
 * @param {Matrix} map @param {{ kind: "max" | "average", window: number, stride: number, edge: Edge }} pooling
 * @returns {Matrix}
 */
export function pool(map, pooling) {
  const size = [map.length, map[0].length];
  const before = poolPadding(pooling);
  const held = (start, length) => Math.min(start + pooling.window, length + before) - start;
  return Array.from({ length: pooledSize(size[0], pooling) }, (_, r) =>
    Array.from({ length: pooledSize(size[1], pooling) }, (_, c) => {
      const { box, window } = poolWindow(size, r, c, pooling);
      const patch = patchAt(map, box.row, box.column, box.height, box.width);
      if (pooling.kind === "max") return Math.max(...patch.flat());
      return total(patch) / (held(window.row, size[0]) * held(window.column, size[1]));
    }),
  );
}
