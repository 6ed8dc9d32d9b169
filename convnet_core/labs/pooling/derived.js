// What follows from the pooling lab's state: the map, the pooled map, who wins, who feeds whom, and what a shift
// changes.

import { cellsOf, changedCells, NEAR } from "../kit/cells.js";
import { remembered, same } from "../kit/state.js";
import { featureMap } from "../mirror/convolution.js";
import { patchAt } from "../mirror/filtering.js";
import { count } from "../mirror/matrix.js";
import { shift } from "../mirror/pictures.js";
import { pool, poolWindow } from "../mirror/pooling.js";

export const OWN = "numbers"; // the source of a map that comes from no picture
export const EDGES = ["kept", "dropped", "padded"];

const MANY = 8; // numbers to change without a trace
const ENOUGH = 4 / 5; // of the pooled cells are to stay
const LEAST_CELLS = 12; // that a pooled map must have for that to count

/** Everything that follows from the state. */
export const current = remembered((state, presets) => {
  const picture = shift(state.image, state.shift_down, state.shift_right);
  const [map, still] = [picture, state.image].map((image) => mapOf(state, presets, image));
  const [pooled, stillPooled] = [map, still].map((values) => pool(values, state));
  const [rows, columns] = [pooled.length, pooled[0].length];
  const cell = { row: Math.min(state.row, rows - 1), column: Math.min(state.column, columns - 1) };
  const { box } = windowAt(state, map, cell.row, cell.column);
  const patch = patchAt(map, box.row, box.column, box.height, box.width).flat();
  return {
    picture,
    map,
    pooled,
    rows,
    columns,
    cell,
    box,
    patch,
    winners: winnersIn(state, map, box, Math.max(...patch)),
    isWhole: map.flat().every(Number.isInteger),
    unread: unreadCells(state, map, rows, columns),
    moved: { map: changedCells(still, map, NEAR), pooled: changedCells(stillPooled, pooled, NEAR) },
  };
});

function mapOf({ source, numbers }, presets, image) {
  return source === OWN ? numbers : featureMap(image, presets.feature[source]);
}

function windowAt(state, map, row, column) {
  return poolWindow([map.length, map[0].length], row, column, state);
}

/** The cells under the window that hold the largest number, all of them where several do; none for a mean. */
function winnersIn({ kind }, map, box, largest) {
  return kind === "max" ? cellsOf(box).filter(([r, c]) => near(map[r][c], largest)) : [];
}

/** The cells of the map that no window reaches. */
function unreadCells(state, map, rows, columns) {
  const windows = placesOf(rows, columns).map(([r, c]) => windowAt(state, map, r, c).box);
  /** @param {number[]} place */
  const isRead = ([r, c]) => windows.some((box) => holds(box, r, c));
  return placesOf(map.length, map[0].length).filter((place) => !isRead(place));
}

function placesOf(height, width) {
  return cellsOf({ row: 0, column: 0, height, width });
}

function holds({ row, column, height, width }, r, c) {
  return r >= row && c >= column && r < row + height && c < column + width;
}

function near(a, b) {
  return Math.abs(a - b) <= NEAR;
}

/** The pooled cells whose window holds the map's cell at (row, column). */
export function fedBy(state, { map, rows, columns }, row, column) {
  return placesOf(rows, columns).filter(([r, c]) => holds(windowAt(state, map, r, c).box, row, column));
}

/** How many cells of the chosen window lie on padding. */
export function paddingUnder({ edge, window }, { box }) {
  return edge === "padded" ? window * window - box.height * box.width : 0;
}

/** The picture before the shift, once `values`, the shifted one, has been drawn on. What was shifted out stays. */
export function drawnOn({ image, shift_down: down, shift_right: right }, values) {
  return image.map((line, r) => line.map((value, c) => values[r + down]?.[c + right] ?? value));
}

/** Whether a pixel of the shifted picture came in from beyond the edge. */
export function cameIn({ image, shift_down: down, shift_right: right }, row, column) {
  return image[row - down]?.[column - right] === undefined;
}

/** Many numbers of a given map are others, and no number of its pooled map is. */
export function changesWithoutATrace(state, presets) {
  return state.source === OWN && traces(state, presets).some(({ map, pooled }) => map >= MANY && pooled === 0);
}

/** Against the given map that is the nearest. */
export function traceSoFar(state, presets) {
  const [nearest] = state.source === OWN ? traces(state, presets).sort((one, other) => one.map - other.map) : [];
  return nearest ? `${nearest.map} of ${MANY} numbers changed, and ${nearest.pooled} of the pooled map.` : "";
}

/** In how many numbers the reader's own map and its pooled map differ from those of each given one. */
function traces(state, presets) {
  const { picture, map, pooled } = current(state, presets);
  const given = [
    ...Object.values(presets.feature).map((feature) => featureMap(picture, feature)),
    ...Object.values(presets.numbers),
  ];
  return given
    .filter((other) => other.length === map.length)
    .map((other) => ({ map: changedCells(other, map, NEAR).length, pooled: changedCells(pool(other, state), pooled, NEAR).length }));
}

/** Seven by seven numbers become three by three without a partial window, and each of them is under a window. */
export function leavesNoneOut(state, presets) {
  const { map, rows, columns, unread } = current(state, presets);
  return state.edge === "dropped" && map.length === 7 && rows === 3 && columns === 3 && unread.length === 0;
}

/** Not before the reader has seen a pooled map: its size may be what they are to guess. */
export function leftOutSoFar(state, presets) {
  const { map, rows, columns, unread } = current(state, presets);
  if (state.step === 0) return "";
  const size = `${map.length} by ${map[0].length} into ${rows} by ${columns}`;
  return `${size}, partial windows ${state.edge}, ${unread.length} numbers under no window.`;
}

/** The X, one pixel off, and most of its pooled map is as it was. */
export function hardlyMinds(state, presets) {
  const stay = stayOf(state, presets);
  return stay !== null && state.stride > 1 && stay.all >= LEAST_CELLS && stay.stayed >= ENOUGH * stay.all;
}

/** Not before the reader has seen a pooled map: it may be what they are to guess. */
export function stayedSoFar(state, presets) {
  const stay = stayOf(state, presets);
  return stay && state.step > 0 ? `${stay.stayed} of ${stay.all} cells stay.` : "";
}

/** How many of the pooled cells stay where the X is shifted by one pixel; null where it is not. */
function stayOf(state, presets) {
  const { source, kind, image, shift_down: down, shift_right: right } = state;
  if (source === OWN || kind !== "max" || !same(image, presets.image.X)) return null;
  if (Math.abs(down) + Math.abs(right) !== 1) return null;
  const { pooled, moved } = current(state, presets);
  const all = count(pooled);
  return { all, stayed: all - moved.pooled.length };
}
