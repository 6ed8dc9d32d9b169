// The shuffle lab's data, swaps, nets and results, as its state describes them. No DOM.

import { remembered, replaced } from "../kit/state.js";
import { FIRST_WEIGHTS, shuffled, stream } from "../mirror/seeded.js";
import { windowsAlong } from "../mirror/windows.js";

const FULL_OF_COLUMNS = 3; // columns are told as so far above or below the usual
const OWN = 1000; // the orders have random numbers of their own: the nets' seeds are far below
const POINT = 6; // numbers for an epoch of the curve

/**
 * @typedef {object} Kind  one kind of data
 * @property {[number, number]} shape @property {string[]} answers @property {number} train @property {number} test
 * @property {number[]} shown  the samples that can be looked at @property {number} most  the largest level
 * @property {number[]} [pitches] @property {number} [decibels] @property {string[]} [columns]
 * @property {Float64Array} levels  of all samples, as they are shown @property {Int32Array} labels
 */

/** The presets with all samples unpacked. @returns {Record<string, Kind>} */
export function kindsOf({ kinds, code }) {
  const entries = Object.entries(kinds).map(([name, { samples, labels, ...kind }]) => {
    const levels = Float64Array.from(samples, (letter) => (code.indexOf(letter) - kind.zero) / kind.unit);
    return [name, { ...kind, levels, labels: Int32Array.from(labels, Number) }];
  });
  return Object.fromEntries(entries);
}

/**
 * For each place of a swapped sample the place that its pixel had before, row by row.
 * @param {{ swap: string, order: number }} state @param {[number, number]} shape @returns {number[]}
 */
export function placesOf({ swap, order }, [height, width]) {
  const random = stream(OWN + order, FIRST_WEIGHTS, 0);
  const places = Array.from({ length: height * width }, (_, at) => at);
  if (swap === "rows") {
    const rows = shuffled(height, random);
    return places.map((at) => rows[Math.floor(at / width)] * width + (at % width));
  }
  if (swap === "columns") {
    const columns = shuffled(width, random);
    return places.map((at) => at - (at % width) + columns[at % width]);
  }
  return swap === "all pixels" ? Array.from(shuffled(height * width, random)) : places;
}

/**
 * What follows from the state: all that can be shown as it is, the chosen one before and after, and where each pixel
 * went.
 */
export const current = remembered((state, kinds) => {
  const kind = kinds[state.data];
  const places = placesOf(state, kind.shape);
  const pixels = places.length;
  const flat = kind.shown.map((at) => Array.from(kind.levels.subarray(at * pixels, (at + 1) * pixels)));
  const answers = kind.shown.map((at) => kind.answers[kind.labels[at]]);
  const samples = flat.map((levels) => asRows(levels, kind.shape));
  const swapped = places.map((at) => flat[state.sample][at]);
  return { kind, places, samples, answers, before: samples[state.sample], after: asRows(swapped, kind.shape) };
});

/** The number that gets the full colour. @param {Kind} kind */
export function fullOf({ columns, most }) {
  return columns ? FULL_OF_COLUMNS : most;
}

/** A flat list as a matrix. @param {any[]} flat @param {number[]} shape */
function asRows(flat, [height, width]) {
  return Array.from({ length: height }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

/** Whether a sample is one row, so that its columns are all its pixels. @param {{ shape: [number, number] }} kind */
export function isSingleRow({ shape }) {
  return shape[0] === 1;
}

/** Row and column of a place. @param {number} place @param {number[]} shape @returns {[number, number]} */
export function cellOf(place, [, width]) {
  return [Math.floor(place / width), place % width];
}

/** The places around one: up to 8. */
function neighbours(place, shape) {
  const [height, width] = shape;
  const [row, column] = cellOf(place, shape);
  const found = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
    for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++)
      if (r !== row || c !== column) found.push(r * width + c);
  return found;
}

/**
 * A pixel and its neighbours, before the swap and after it.
 * @param {number} place  before the swap
 */
export function followed(place, places, shape) {
  const to = (at) => places.indexOf(at);
  const around = neighbours(place, shape);
  const now = to(place);
  const moved = around.map(to);
  const near = neighbours(now, shape);
  return { place, around, now, moved, kept: moved.filter((at) => near.includes(at)).length };
}

/**
 * The layers of the ConvNet and of the voting net.
 * @param {Kind} kind @param {{ filters: number, window: number, padding: number }} net
 * @returns {import("../mirror/network.js").Plan[][]}
 */
export function plansOf({ answers }, { filters, window, padding }) {
  /** @type {import("../mirror/network.js").Plan} */
  const vote = { kind: "linear", outputs: answers.length };
  /** @type {import("../mirror/network.js").Plan[]} */
  const pool = window > 0 ? [{ kind: "pool", window }] : [];
  return [[{ kind: "conv", filters, size: 3, padding }, { kind: "relu" }, ...pool, vote], [vote]];
}

/** How many numbers each of both learns, and how many values vote. */
export function sizesOf({ shape, answers }, { filters, window, padding }) {
  const side = (length) => {
    const map = length + 2 * padding - 2;
    return window > 0 ? windowsAlong(map, window, window) : map;
  };
  const values = filters * side(shape[0]) * side(shape[1]);
  const pixels = shape[0] * shape[1];
  const votes = (inputs) => (inputs + 1) * answers.length;
  return { values, pixels, convnet: filters * 10 + votes(values), voting: votes(pixels) };
}

/** Where a state's data, swap and order stand in a list of numbers; swapping nothing knows no order. */
export function keyOf({ data, swap, order }, { kinds, swaps }) {
  return [Object.keys(kinds).indexOf(data), swaps.indexOf(swap), swap === swaps[0] ? 0 : order];
}

/** What was measured: shares of right answers, seed by seed, in the order of the measuring. */
export const resultsOf = remembered(({ runs }, { kinds, swaps, training }) => {
  const { seeds } = training;
  const row = 3 + 2 * seeds;
  const names = Object.keys(kinds);
  return Array.from({ length: Math.floor(runs.length / row) }, (_, at) => {
    const [data, swap, order, ...right] = runs.slice(at * row, (at + 1) * row);
    const name = names[Math.min(data, names.length - 1)] ?? names[0];
    const shares = right.map((count) => Math.min(1, count / kinds[name].test));
    const key = [data, swap, order].join();
    return {
      key,
      data: name,
      swap: swaps[Math.min(swap, swaps.length - 1)] ?? swaps[0],
      order,
      convnet: shares.slice(0, seeds),
      voting: shares.slice(seeds),
    };
  });
});

export function mean(shares) {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** What the same data gave with nothing swapped, if that is measured. */
export function unswappedRun(name, results, unswapped) {
  return results.find(({ data, swap }) => data === name && swap === unswapped) ?? null;
}

/** By how much a run is above the one on the same data with nothing swapped; null where that is not measured. */
export function changesOf(run, results, unswapped) {
  const base = unswappedRun(run.data, results, unswapped);
  if (base === null || base === run) return null;
  return { convnet: stated(run.convnet) - stated(base.convnet), voting: stated(run.voting) - stated(base.voting) };
}

/** The mean as the table has it, to a tenth of a percent: what one subtracts there is what the lab says. */
function stated(shares) {
  return Number((100 * mean(shares)).toFixed(1)) / 100;
}

/** Every run on swapped data with its changes, where they can be told. */
export function compared(state, presets) {
  const results = resultsOf(state, presets);
  return results.flatMap((run) => {
    const changes = changesOf(run, results, presets.swaps[0]);
    return changes === null || run.swap === presets.swaps[0] ? [] : [{ ...run, changes }];
  });
}

/** The state's lists with a finished run in them; an earlier one of the same takes no second row. */
export function withRun(state, presets, points) {
  const key = keyOf(state, presets);
  const row = 3 + 2 * presets.training.seeds;
  const whole = state.runs.slice(0, state.runs.length - (state.runs.length % row));
  const rows = asRows(whole, [whole.length / row, row]).filter((line) => line.slice(0, 3).join() !== key.join());
  const runs = [...rows, [...key, ...points.at(-1)]].slice(-presets.training.runs).flat();
  return { runs, curve: [...key, ...points.flatMap((right) => pointOf(right, presets.training.seeds))] };
}

/** Of each net the sum, the least and the most. */
export function pointOf(right, seeds) {
  return [right.slice(0, seeds), right.slice(seeds)].flatMap((counts) => [
    counts.reduce((sum, count) => sum + count, 0),
    Math.min(...counts),
    Math.max(...counts),
  ]);
}

/** The place of the state's data in their list: the reader has a guess for each. */
function rowOf({ data }, { kinds }) {
  return Object.keys(kinds).indexOf(data);
}

/** What the reader expects of the state's data, in percent: [the ConvNet, the voting net]. @returns {[number, number]} */
export function guessOf(state, presets) {
  return state.guess[rowOf(state, presets)];
}

/** All guesses, with another one for the state's data. @param {number[]} percents */
export function withGuess(state, presets, percents) {
  return replaced(state.guess, rowOf(state, presets), percents);
}

/** The points of the kept curve, if it is that of the state's data, swap and order. */
export function pointsOf(state, presets) {
  if (state.curve.slice(0, 3).join() !== keyOf(state, presets).join()) return [];
  const points = state.curve.slice(3);
  return asRows(points, [Math.floor(points.length / POINT), POINT]);
}

// What the challenges ask for.

const MUCH = 0.05; // of a change in the share of right answers
const MORE = 0.08;
const LITTLE = 0.02;
const NOTHING = 0.01;
const CLOSE = 3 + 1e-9; // points between a guess and what came of it
const ORDERS = 3;

/** The run that has just ended cost the ConvNet much, and the reader's guess for both nets was close. */
export function isForeseen(state, presets) {
  const run = compared(state, presets).at(-1);
  if (run === undefined || run.key !== keyOf(state, presets).join() || run.changes.convnet > -MUCH) return false;
  const guesses = guessOf(state, presets);
  return [run.convnet, run.voting].every((shares, net) => Math.abs(100 * mean(shares) - guesses[net]) <= CLOSE);
}

/** Of each kind of data, in how many orders of all its pixels the ConvNet lost next to nothing. */
function sparedOrders(state, presets) {
  const spared = compared(state, presets).filter(({ changes }) => Math.abs(changes.convnet) < LITTLE);
  return Object.entries(presets.kinds).map(([name, kind]) => {
    const swaps = isSingleRow(kind) ? ["columns", "all pixels"] : ["all pixels"]; // in a single row they are the same
    const orders = spared.filter((run) => run.data === name && swaps.includes(run.swap)).map(({ order }) => order);
    return new Set(orders).size;
  });
}

export function isSpared(state, presets) {
  return Math.max(...sparedOrders(state, presets)) >= ORDERS;
}

export function sparedSoFar(state, presets) {
  return `${Math.max(...sparedOrders(state, presets))} of ${ORDERS} orders.`;
}

/** One swap costs nothing, and another one of the same data much. */
export function hasException(state, presets) {
  const runs = compared(state, presets);
  const isHarmless = (run) => Math.abs(run.changes.convnet) < NOTHING;
  return runs.some((one) => isHarmless(one) && runs.some((other) => other.data === one.data && other.changes.convnet <= -MORE));
}
