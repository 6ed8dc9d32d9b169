// What follows from the ReLU lab's state: the map after the bend, both orders of bend and pooling, and whether a
// challenge is solved.

import { changedCells, NEAR } from "../kit/cells.js";
import { remembered } from "../kit/state.js";
import { patchAt } from "../mirror/filtering.js";
import { pool, poolWindow } from "../mirror/pooling.js";
import { bend } from "../mirror/relu.js";

/** As on the slides. @type {Omit<Parameters<typeof pool>[1], "kind">} */
const POOLING = { window: 2, stride: 2, edge: "kept" };

/** Everything that follows from the state. */
export const current = remembered((state) => {
  const { map } = state;
  const [rows, columns] = [map.length, map[0].length];
  const pooling = { ...POOLING, kind: state.pooling };
  const cell = { row: Math.min(state.row, rows - 1), column: Math.min(state.column, columns - 1) };
  const stop = { row: Math.floor(cell.row / POOLING.stride), column: Math.floor(cell.column / POOLING.stride) };
  const after = bent(map, state);
  const pooled = pool(map, pooling);
  const bentFirst = pool(after, pooling);
  const bentLast = bent(pooled, state);
  const { box } = poolWindow([rows, columns], stop.row, stop.column, pooling);
  const under = (values) => patchAt(values, box.row, box.column, box.height, box.width).flat();
  return {
    rows,
    columns,
    cell,
    stop,
    box,
    after,
    pooled,
    bentFirst,
    bentLast,
    patch: under(map),
    patchAfter: under(after),
    changed: changedCells(map, after, NEAR),
    differ: changedCells(bentFirst, bentLast, NEAR),
    isWhole: map.flat().every(Number.isInteger),
  };
});

function bent(values, { threshold, slope }) {
  return values.map((line) => line.map((value) => bend(value, threshold, slope)));
}

export function isReLU({ threshold, slope }) {
  return threshold === 0 && slope === 0;
}

/** Whether a larger number in never gives a smaller one out. A jump at a threshold below 0 goes down. */
export function neverGoesDown({ threshold, slope }) {
  return slope === 1 || (slope >= 0 && threshold >= 0);
}

/** Averages, with no more than two numbers to tell the orders apart. */
export function twoNumbersDo(state) {
  if (!state.compare || state.pooling !== "average" || !isReLU(state)) return false;
  return notZero(state) <= 2 && current(state).differ.length > 0;
}

export function twoNumbersSoFar(state) {
  const differ = state.compare ? `, ${current(state).differ.length} cells differ` : "";
  return `${notZero(state)} of the map's numbers are not 0${differ}.`;
}

function notZero({ map }) {
  return map.flat().filter((value) => value !== 0).length;
}

/** The largest, and yet the order matters. */
export function evenMaxMinds(state) {
  return state.compare && state.pooling === "max" && current(state).differ.length > 0;
}

/** The mean may be swapped with a straight line only. */
export function meanNeverMinds({ compare, pooling, slope }) {
  return compare && pooling === "average" && slope === 1;
}
