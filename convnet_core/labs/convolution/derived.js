// What follows from the convolution lab's state: maps, patches, and whether a challenge is solved.

import { cellsOf, changedCells } from "../kit/cells.js";
import { remembered, same } from "../kit/state.js";
import { convolve, flip, outputSize, pad } from "../mirror/convolution.js";
import { patchAt } from "../mirror/filtering.js";
import { count } from "../mirror/matrix.js";

const EYES_AND_NOSE = [
  [1, 1],
  [1, 5],
  [3, 3],
]; // pixels of the face

/** Everything that follows from the state. */
export const current = remembered((state) => {
  const index = chosenIndex(state);
  const maps = state.features.map((_, which) => mapOf(state, which));
  const [rows, columns] = [maps[0].length, maps[0][0].length];
  const cell = { row: Math.min(state.row, rows - 1), column: Math.min(state.column, columns - 1) };
  const kernel = kernelOf(state, index);
  const box = {
    row: cell.row * state.stride,
    column: cell.column * state.stride,
    height: kernel.length,
    width: kernel[0].length,
  };
  const padded = pad(state.image, state.padding);
  const patch = patchAt(padded, box.row, box.column, box.height, box.width);
  return { index, maps, map: maps[index], rows, columns, cell, kernel, box, padded, patch };
});

export function chosenIndex({ chosen, features }) {
  return Math.min(chosen, features.length - 1);
}

function kernelOf({ features, flip_features }, index) {
  return flip_features ? flip(features[index]) : features[index];
}

function mapOf(state, index) {
  const kernel = kernelOf(state, index);
  const divisor = state.divide ? count(kernel) : 1;
  const bias = state.add_bias ? state.bias[index] : 0;
  return convolve(state.image, kernel, { stride: state.stride, padding: state.padding, divisor, bias });
}

export function mapShape({ image, features, stride, padding }) {
  const [height, width] = [features[0].length, features[0][0].length];
  return [outputSize(image.length, height, stride, padding), outputSize(image[0].length, width, stride, padding)];
}

/** From nine by nine, with both a border and a stride. */
export function isFiveByFive(state) {
  return state.image.length === 9 && state.padding > 0 && state.stride > 1 && same(mapShape(state), [5, 5]);
}

/** Not before a cell is there: how many there will be may be what the reader is to guess. */
export function sizeSoFar(state) {
  return state.step === 0 ? "" : `the map has ${mapShape(state).join(" x ")} numbers.`;
}

/** Not for a picture of one colour: any feature whose numbers add up to one would copy that. */
export function isCopy(state) {
  if (state.stride !== 1 || new Set(state.image.flat()).size === 1) return false;
  return same(current(state).map, middles(state));
}

export function copiedSoFar(state) {
  if (state.step === 0) return "";
  if (state.stride !== 1) return "the stride is not 1.";
  const { map } = current(state);
  const all = count(map);
  return `${all - changedCells(middles(state), map).length} of ${all} numbers equal their pixel.`;
}

/** The pixels under the middles of the windows, at stride 1. */
function middles({ image, padding }) {
  const edge = 1 - padding;
  return edge === 1 ? patchAt(image, 1, 1, image.length - 2, image[0].length - 2) : pad(image, -edge);
}

export function findsEyesAndNose(state) {
  if (state.stride !== 1) return false;
  const { map } = current(state);
  const largest = Math.max(...map.flat());
  const where = map.flatMap((line, r) => line.flatMap((value, c) => (value === largest ? [[r, c]] : [])));
  return same(
    where,
    EYES_AND_NOSE.map((pixel) => pixel.map((at) => at - 1 + state.padding)),
  );
}

/** The cells of the map that would be others without the flip. */
export function changedByFlip(state) {
  const { index, map } = current(state);
  return state.flip_features ? changedCells(mapOf({ ...state, flip_features: false }, index), map) : [];
}

/** The map cells whose patch holds the (padded) pixel at (row, column). */
export function fedBy(state, row, column) {
  const now = current(state);
  const { height, width } = now.box;
  const cells = [];
  for (let r = 0; r < now.rows; r++) {
    for (let c = 0; c < now.columns; c++) {
      const [down, right] = [row - r * state.stride, column - c * state.stride];
      if (down >= 0 && down < height && right >= 0 && right < width) cells.push([r, c]);
    }
  }
  return cells;
}

export function isPadding({ image, padding }, row, column) {
  const inside = (at, size) => at >= padding && at < padding + size;
  return !inside(row, image.length) || !inside(column, image[0].length);
}

export function paddingCells(state, padded) {
  const all = cellsOf({ row: 0, column: 0, height: padded.length, width: padded[0].length });
  return state.padding === 0 ? [] : all.filter(([row, column]) => isPadding(state, row, column));
}

export function fullColour({ divide }, { maps }) {
  return divide ? 1 : Math.max(1, ...maps.flat(2).map(Math.abs));
}
