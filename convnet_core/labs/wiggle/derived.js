// The wiggle lab's network: its error on the eight pictures, and how that changes with each of its 128 numbers. No DOM.

import { between } from "../kit/cells.js";
import { remembered } from "../kit/state.js";
import { crossEntropy, Network } from "../mirror/network.js";

export const LETTERS = ["X", "O"];
export const SIDE = 11; // the landscape's cells along a side
const HALF = (SIDE - 1) / 2;
const LIMIT = 9;
const CURVE_POINTS = 40; // and one more, at the end
const GOAL = { error: 0.01, steps: 9 };

/** @type {import("../mirror/network.js").Plan[]} */
const PLANS = [
  { kind: "conv", filters: 3, size: 3 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
  { kind: "linear", outputs: LETTERS.length },
];
const SIZES = { features: 27, feature_bias: 3, weights: 96, bias: 2 };
export const COUNT = 128;
const VOTING = 30; // of the 128, the first one behind the pooling

const network = new Network(PLANS, { channels: 1, height: 9, width: 9 }, 8);
/** For each of the 128 places: the array that it lies in, its gradient's, and where there. */
const SLOTS = network
  .parameters()
  .flatMap(({ value, gradient }) => Array.from(value, (_, at) => ({ value, gradient, at })));

let shown = null; // the pictures that went through the layers before the vote, with the numbers that are loaded

/** The 128 numbers in one row, in the network's order. */
export function numbersOf({ features, feature_bias: featureBias, weights, bias }) {
  return [...features.flat(2), ...featureBias, ...weights.flat(), ...bias];
}

/** The other way: the numbers as the state holds them. @param {number[]} numbers */
export function partsOf(numbers) {
  let from = 0;
  const flat = Object.fromEntries(
    Object.entries(SIZES).map(([name, size]) => [name, numbers.slice(from, (from += size))]),
  );
  const features = rowsOf(rowsOf(flat.features, 3), 3);
  return { ...flat, features, weights: rowsOf(flat.weights, 48) };
}

/** A row of things, cut into rows of `length`. */
export function rowsOf(values, length) {
  return Array.from({ length: values.length / length }, (_, row) => values.slice(row * length, (row + 1) * length));
}

/** The pictures in one array, their labels and their names. */
const samples = remembered((pictures) => {
  const names = Object.keys(pictures);
  const labels = Int32Array.from(names, (name) => LETTERS.indexOf(name.at(-1)));
  return { names, labels, images: Float64Array.from(Object.values(pictures).flat(2)) };
});

/** Each error gives itself, and puts how it changes with each vote into `blame`. */
const ERRORS = {
  squared: (votes, labels, blame) => {
    let sum = 0;
    eachMiss(votes, labels, (off, at) => {
      sum += off * off;
      blame[at] = (2 * off) / votes.length;
    });
    return sum / votes.length;
  },
  absolute: (votes, labels, blame) => {
    let sum = 0;
    eachMiss(votes, labels, (off, at) => {
      sum += Math.abs(off);
      blame[at] = Math.sign(off) / labels.length;
    });
    return sum / labels.length;
  },
  "cross-entropy": (votes, labels, blame) => crossEntropy(votes, labels, labels.length, LETTERS.length, blame),
};

/** How far each vote is above what it should be: 1 for the right letter, 0 for the other. */
function eachMiss(votes, labels, use) {
  for (let at = 0; at < votes.length; at++) use(votes[at] - (labels[at >> 1] === at % 2 ? 1 : 0), at);
}

function load(numbers) {
  numbers.forEach((number, place) => put(place, number));
}

function put(place, number) {
  const { value, at } = SLOTS[place];
  if (value[at] === number) return;
  value[at] = number;
  if (place < VOTING) shown = null;
}

/** One forward pass of all pictures with what is loaded. Where only the votes are weighed anew, it starts there. */
function pass({ error_kind: kind }, { images, labels }) {
  const [pooling, voting] = network.layers.slice(-2);
  const votes =
    shown === images ? voting.forward(pooling.values, labels.length) : network.forward(images, labels.length);
  shown = images;
  return { votes, error: ERRORS[kind](votes, labels, network.error) };
}

/** The network's answers and its error; `own` has the error on each picture alone. */
export const current = remembered((state, { picture }) => {
  const { names, labels, images } = samples(picture);
  const numbers = numbersOf(state);
  load(numbers);
  const { votes, error } = pass(state, { labels, images });
  const pairs = rowsOf([...votes], LETTERS.length);
  const own = pairs.map((pair, n) => ERRORS[state.error_kind](pair, labels.subarray(n, n + 1), []));
  return { numbers, names, labels, votes: pairs, own, error, value: numbers[state.chosen] };
});

/** A function that answers with the error if some numbers were others: `at([[place, number], ...])`. */
function asker(state, presets) {
  const { numbers } = current(state, presets);
  const given = samples(presets.picture);
  load(numbers);
  return (changes) => {
    for (const [place, number] of changes) put(place, number);
    const { error } = pass(state, given);
    for (const [place] of changes) put(place, numbers[place]);
    return error;
  };
}

/** The landscape's places along an axis: 0.2 apart, around the whole number nearest to `value`. */
export function ticks(value) {
  const middle = between(Math.floor(value + 0.5), { min: 1 - LIMIT, max: LIMIT - 1 });
  return Array.from({ length: SIDE }, (_, at) => middle + (at - HALF) / HALF);
}

/** What is known of the error over the chosen number: the tried points, from the lowest, and the whole curve. */
export const tried = remembered((state, presets) => {
  const { value, error } = current(state, presets);
  const { chosen, wiggle, tried_up: up, tried_down: down } = state;
  const at = asker(state, presets);
  const pointAt = (x) => ({ x, error: at([[chosen, x]]) });
  const bits = (count, sign) => Array.from({ length: count }, (_, k) => pointAt(value + sign * (k + 1) * wiggle));
  const [above, below] = [bits(up, 1), bits(down, -1)];
  const places = ticks(value);
  const [from, to] = [places[0], places.at(-1)];
  const whole = Array.from({ length: CURVE_POINTS + 1 }, (_, k) => pointAt(from + ((to - from) * k) / CURVE_POINTS));
  const lowest = whole.reduce((best, point) => (point.error < best.error ? point : best));
  const slope = up > 0 && down > 0 ? (above[0].error - below[0].error) / (2 * wiggle) : null;
  const points = [...[...below].reverse(), ...above];
  return { here: { x: value, error }, above, below, points, whole, lowest, from, to, slope };
});

/** The error over two numbers: the chosen one grows to the right, the other one upwards. */
export const landscape = remembered((state, presets) => {
  const { numbers } = current(state, presets);
  const given = samples(presets.picture);
  const across = ticks(numbers[state.chosen]);
  const up = ticks(numbers[state.other]).reverse();
  const errors = up.map(() => []);
  load(numbers);
  for (const x of across) {
    up.forEach((y, row) => {
      put(state.chosen, x);
      put(state.other, y);
      errors[row].push(pass(state, given).error);
    });
  }
  return { across, up, errors };
});

/** How the error changes with each of the 128 numbers, by backprop: one pass forward, one back. */
export const byBackprop = remembered((state, presets) => {
  const given = samples(presets.picture);
  load(current(state, presets).numbers);
  pass(state, given);
  network.backward(given.labels.length);
  return SLOTS.map(({ gradient, at }) => gradient[at]);
});

/** The same by wiggling: each number up and down a bit, 256 passes forward. */
export const byWiggling = remembered((state, presets) => {
  const { numbers } = current(state, presets);
  const at = asker(state, presets);
  const { wiggle } = state;
  return numbers.map(
    (number, place) => (at([[place, number + wiggle]]) - at([[place, number - wiggle]])) / (2 * wiggle),
  );
});

/** The numbers that a step downhill moves: the view says which. */
export function movedBy({ view, chosen, other }) {
  if (view === "one") return [chosen];
  return view === "two" ? [...new Set([chosen, other])] : Array.from({ length: COUNT }, (_, place) => place);
}

/** How the error changes with each number, as far as the view has found out. */
function slopes(state, presets) {
  if (state.view !== "one") return byBackprop(state, presets);
  return numbersOf(state).map((_, place) => (place === state.chosen ? tried(state, presets).slope : 0));
}

/** All numbers after a step downhill. */
export function nextNumbers(state, presets) {
  const next = [...current(state, presets).numbers];
  const found = slopes(state, presets);
  for (const place of movedBy(state)) next[place] -= state.learning_rate * found[place];
  return next;
}

/** Challenge: tried up and down, and the error is the same everywhere. */
export function doesNotMatter(state, presets) {
  if (state.tried_up === 0 || state.tried_down === 0) return false;
  const { here, points } = tried(state, presets);
  return points.every(({ error }) => error === here.error);
}

/** Challenge: a small error in few steps, and nothing by hand. */
export function isDeep(state, presets) {
  const { steps, edited, error_kind: kind } = state;
  const inTime = !edited && steps > 0 && steps <= GOAL.steps;
  return inTime && kind === "squared" && current(state, presets).error < GOAL.error;
}

export function deepSoFar(state, presets) {
  const { steps, edited } = state;
  if (edited) return "a number was changed by hand.";
  return `error ${current(state, presets).error.toFixed(4)} after ${steps} ${steps === 1 ? "step" : "steps"}.`;
}
