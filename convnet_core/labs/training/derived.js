// The training lab's network as its state describes it, and what follows from it. No DOM.

import { encode } from "../kit/link.js";
import { lossAndAccuracy, networkOf } from "../mirror/training.js";
import { windowsAlong } from "../mirror/windows.js";

export const LETTERS = ["X", "O"];
export const RUN = 40; // epochs: what a press of Train is
export const MOST = 80; // what a network gets in all
export const TEST = 100;
const [HALF, PIXELS] = [41, 81]; // a drawing is two whole numbers, of 41 and of 40 pixels
const KNOBS = ["filters", "size", "window", "stride", "neurons"];
/** Settings that a network can't change on its way: whoever turns one starts afresh. */
export const STARTING = [...KNOBS, "pictures", "seed"];
/** Every setting, as it is called. */
export const NAMES = {
  filters: "Features",
  size: "Feature size",
  window: "Pooling window",
  stride: "Pooling stride",
  neurons: "Neurons between",
  rate: "Learning rate",
  momentum: "Momentum",
  batch: "Batch",
  pictures: "Training pictures",
  noise: "Pixels flipped in each",
  shifts: "Shift each by up to a pixel",
  seed: "Seed",
};
export const ROW = 9; // numbers in a row of the table of earlier runs

/** Pictures from their text: 81 bits and the label, in 11 bytes each. */
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const count = bytes.length / 11;
  const images = new Float64Array(count * PIXELS);
  const labels = new Int32Array(count);
  const bit = (n, at) => (bytes[n * 11 + (at >> 3)] >> (7 - (at & 7))) & 1;
  for (let n = 0; n < count; n++) {
    for (let at = 0; at < PIXELS; at++) images[n * PIXELS + at] = bit(n, at) ? 1 : -1;
    labels[n] = bit(n, PIXELS);
  }
  return { images, labels };
}

/** @returns {import("../mirror/network.js").Plan[]} */
export function plansOf({ filters, size, window, stride, neurons }) {
  const hidden = neurons > 0 ? [{ kind: "linear", outputs: neurons }, { kind: "relu" }] : [];
  return [
    { kind: "conv", filters, size },
    { kind: "relu" },
    { kind: "pool", window, stride },
    ...hidden,
    { kind: "linear", outputs: LETTERS.length },
  ];
}

/** How many values are pooled along one side, and how many numbers the network learns. */
export function sizesOf({ filters, size, window, stride, neurons }) {
  const map = 10 - size;
  const side = windowsAlong(map, window, stride);
  const values = filters * side * side;
  const votes = neurons > 0 ? (values + 1) * neurons + (neurons + 1) * 2 : (values + 1) * 2;
  return { map, side, values, parameters: filters * (size * size + 1) + votes };
}

/** The weights as the state has them; none, so fresh ones, where they are not those of such a network. */
export function weightsOf(state) {
  return state.weights.length === sizesOf(state).parameters ? state.weights : [];
}

let last = { key: [] };

/** The whole network with what it says of the test pictures. While nothing of it changes, it is not computed anew. */
export function current(state, data) {
  const key = [state.weights, ...STARTING.map((name) => state[name]), data];
  if (key.some((value, at) => value !== last.key[at])) last = { key, ...computed(state, data) };
  return last;
}

function computed(state, data) {
  const net = networkOf(
    { plans: plansOf(state), weights: weightsOf(state), seed: state.seed },
    data.train.labels.length,
  );
  const [loss, share] = lossAndAccuracy(net, data.train, state.pictures);
  const [testLoss, testShare] = lossAndAccuracy(net, data.test, TEST);
  const isSilent = net.layers[2].values.subarray(0, TEST * sizesOf(state).values).every((value) => value === 0);
  const votes = net.layers.at(-1).values;
  const answers = Array.from(data.test.labels, (label, n) => ({
    n,
    label,
    said: Number(votes[2 * n + 1] > votes[2 * n]),
  }));
  const wrong = answers.filter(({ label, said }) => label !== said);
  const arrays = net.parameters().map(({ value }) => Array.from(value));
  return { net, arrays, point: [loss, testLoss, share, testShare], wrong, isSilent };
}

/** The features, as squares of numbers with their biases, and whose votes can be shown. */
export function featuresOf(state, { arrays }) {
  const { size } = state;
  const features = rowsOf(arrays[0], size * size).map((flat) => rowsOf(flat, size));
  return { features, biases: arrays[1] };
}

/** What each pooled number counts for X or O, or for a neuron: a square for each feature. */
export function votesOf(state, { arrays }) {
  const { side, values } = sizesOf(state);
  const whose = state.neurons > 0 ? arrays[3].map((_, k) => `neuron ${k + 1}`) : LETTERS;
  const shown = Math.min(state.shown, whose.length - 1);
  const weights = arrays[2].slice(shown * values, (shown + 1) * values);
  return { whose, shown, squares: rowsOf(weights, side * side).map((flat) => rowsOf(flat, side)) };
}

function rowsOf(flat, length) {
  return Array.from({ length: flat.length / length }, (_, row) => flat.slice(row * length, (row + 1) * length));
}

/** [vote for X, vote for O] and the letter. @param {number[]} pixels */
export function answerTo({ net }, pixels) {
  const [x, o] = net.forward(Float64Array.from(pixels), 1);
  return { said: Number(o > x), share: 1 / (1 + Math.exp(-Math.abs(x - o))) };
}

/** The reader's own pictures. @returns {{ label: number, pixels: number[] }[]} */
export function drawings({ drawn }) {
  return rowsOf(drawn.slice(0, drawn.length - (drawn.length % 3)), 3).map(([label, first, second]) => {
    const bits = first.toString(2).padStart(HALF, "0") + second.toString(2).padStart(PIXELS - HALF, "0");
    return { label: Math.min(1, label), pixels: Array.from(bits.slice(-PIXELS), (bit) => (bit === "1" ? 1 : -1)) };
  });
}

/** Whether a trained network knows all of the reader's own pictures, with the O's among them that fooled chapter 7's. */
export function isRepaired(state, { fooled }) {
  if (state.epoch === 0 || !fooled.every((value) => state.drawn.includes(value))) return false;
  const net = networkOf({ plans: plansOf(state), weights: weightsOf(state), seed: state.seed }, 1);
  return drawings(state).every(({ label, pixels }) => answerTo({ net }, pixels).said === label);
}

/** A drawing as the numbers that stand for it. @param {number[][]} image */
export function asDrawn(image, label) {
  const bits = image
    .flat()
    .map((value) => Number(value > 0))
    .join("");
  return [label, Number.parseInt(bits.slice(0, HALF), 2), Number.parseInt(bits.slice(HALF), 2)];
}

/** What starts afresh: the run so far goes to the table, and its curves stay to be compared. */
export function afresh(state) {
  const clean = { weights: [], epoch: 0, seen: 0, history: [], shares: [], race: [] };
  if (state.history.length <= 4) return clean;
  const { filters, size, window, stride, neurons, rate, pictures, epoch } = state;
  const row = [filters, size, window, stride, neurons, rate, pictures, epoch, state.history.at(-1)];
  return { ...clean, last: state.history, tried: [...state.tried, ...row].slice(-8 * ROW) };
}

/** The rows of the table: earlier runs, and this one where it has begun. */
export function runs(state) {
  const names = [...KNOBS, "rate", "pictures", "epoch", "share"];
  const rows = rowsOf(state.tried.slice(0, state.tried.length - (state.tried.length % ROW)), ROW).map((row) =>
    Object.fromEntries(row.map((value, k) => [names[k], value])),
  );
  if (state.history.length > 4) rows.push({ ...state, share: state.history.at(-1), isNow: true });
  return rows;
}

/** Whether the playground of chapter 0 can hold such a network. */
export function fitsPlayground({ filters, size, window, stride, neurons }) {
  return filters === 3 && size === 3 && window === 2 && stride === 2 && neurons === 0;
}

/**
 * The address at which chapter 0's playground has these weights. It divides a match by 9, so a feature is 9 times
 * as large there; what would be beyond 9 is scaled down and its votes up, which ReLU and pooling pass on.
 */
export function playgroundLink({ arrays: [kernels, featureBias, votes, bias] }) {
  const round = (value) => Math.round(value * 1e4) / 1e4;
  const over = featureBias.map((value, k) =>
    Math.max(1, Math.abs(value) / 9, ...kernels.slice(9 * k, 9 * k + 9).map(Math.abs)),
  );
  const features = over.map((by, k) =>
    rowsOf(
      kernels.slice(9 * k, 9 * k + 9).map((value) => round((9 * value) / by)),
      3,
    ),
  );
  const weights = rowsOf(votes, 48).map((row) => row.map((value, k) => round(value * over[Math.floor(k / 16)])));
  const state = {
    features,
    feature_bias: featureBias.map((value, k) => round(value / over[k])),
    weights,
    bias: bias.map(round),
  };
  return `00_intro.html#lab-playground=${encode(state)}`;
}
