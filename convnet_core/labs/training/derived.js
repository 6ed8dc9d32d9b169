// The training lab's network as its state describes it, and what follows from it. No DOM.

import { encode } from "../kit/link.js";
import { lossAndAccuracy } from "../mirror/measuring.js";
import { networkOf } from "../mirror/training.js";
import { windowsAlong } from "../mirror/windows.js";

export const LETTERS = ["X", "O"];
export const RUN = 40; // epochs: what a press of Train is
export const MOST = 80; // what a network gets in all
export const TEST = 100;
export const SEEDS = 5; // trainings of one network, to see how much is luck
export const MOST_FEATURES = 6;
export const MOST_DRAWN = 12; // pictures in the reader's own test
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
/** What the table of earlier runs keeps of each. */
const ROW_NAMES = [...KNOBS, "rate", "pictures", "epoch", "share"];
const MOST_ROWS = 8;

/**
 * @typedef {{ filters: number, size: number, window: number, stride: number, neurons: number }} Knobs  of a network
 * @typedef {{ net: import("../mirror/network.js").Network }} Trained  what can be asked about a picture
 */

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

/** @param {Knobs} knobs @returns {import("../mirror/network.js").Plan[]} */
export function plansOf({ filters, size, window, stride, neurons }) {
  /** @type {import("../mirror/network.js").Plan[]} */
  const hidden = neurons > 0 ? [{ kind: "linear", outputs: neurons }, { kind: "relu" }] : [];
  return [
    { kind: "conv", filters, size },
    { kind: "relu" },
    { kind: "pool", window, stride },
    ...hidden,
    { kind: "linear", outputs: LETTERS.length },
  ];
}

/** How many values are pooled along one side, and how many numbers the network learns. @param {Knobs} knobs */
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

let known = { key: [], found: null };

/** The whole network with what it says of the test pictures. While nothing of it changes, it is not computed anew. */
export function current(state, data) {
  const key = [state.weights, ...STARTING.map((name) => state[name]), data];
  if (key.some((value, at) => value !== known.key[at])) known = { key, found: computed(state, data) };
  return known.found;
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

/** The same of a list whose end may be no whole row. */
function wholeRowsOf(flat, length) {
  return rowsOf(flat.slice(0, flat.length - (flat.length % length)), length);
}

function rowsOf(flat, length) {
  return Array.from({ length: flat.length / length }, (_, row) => flat.slice(row * length, (row + 1) * length));
}

/** Which letter the network sees, and how sure it is. @param {Trained} trained @param {number[]} pixels */
export function answerTo({ net }, pixels) {
  const [x, o] = net.forward(Float64Array.from(pixels), 1);
  return { said: Number(o > x), share: 1 / (1 + Math.exp(-Math.abs(x - o))) };
}

/** The reader's own pictures. @returns {{ label: number, pixels: number[] }[]} */
export function drawings({ drawn }) {
  const whole = drawn.map(Math.floor); // a list of any numbers may come in a link
  return wholeRowsOf(whole, 3).map(([label, first, second]) => {
    const bits = first.toString(2).padStart(HALF, "0") + second.toString(2).padStart(PIXELS - HALF, "0");
    return { label: Math.min(1, label), pixels: Array.from(bits.slice(-PIXELS), (bit) => (bit === "1" ? 1 : -1)) };
  });
}

/** The same, each with what the network says of it. @param {Trained} trained */
export function answersTo(state, trained) {
  return drawings(state).map(({ label, pixels }) => ({ label, pixels, said: answerTo(trained, pixels).said }));
}

const LEAST_DRAWN = 3;
const GOOD = 0.9; // of the test pictures right
const AS_GOOD = 0.95;
const SMALL = { numbers: 60, share: 0.98 - 1e-9 };

/** Whether a few numbers are enough, whatever the seed. */
export function isSmallEnough(state) {
  const { shares } = state;
  const mean = shares.reduce((sum, share) => sum + share, 0) / SEEDS;
  return sizesOf(state).parameters <= SMALL.numbers && shares.length === SEEDS && mean >= SMALL.share;
}

/** Whether a network that was trained well gets one of the reader's own pictures wrong. */
export function hasWeakSpot(state) {
  const isTested = state.drawn.length >= 3 * LEAST_DRAWN && state.epoch > 0 && state.history.at(-1) >= GOOD;
  return isTested && !knowsAll(state);
}

/** Whether it knows all of the reader's own pictures now, those among them that one before it had failed. */
export function isRepaired(state, failed) {
  const isSameTest = failed.every((value, at) => state.drawn[at] === value);
  return isSameTest && state.history.at(-1) >= AS_GOOD && knowsAll(state);
}

function knowsAll(state) {
  const net = networkOf({ plans: plansOf(state), weights: weightsOf(state), seed: state.seed }, 1);
  return answersTo(state, { net }).every(({ label, said }) => said === label);
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
  const now = { ...state, share: state.history.at(-1) };
  const row = ROW_NAMES.map((name) => now[name]);
  return { ...clean, last: state.history, tried: [...state.tried, ...row].slice(-MOST_ROWS * ROW_NAMES.length) };
}

/**
 * The rows of the table: earlier runs, and this one where it has begun. What can be no run is left out: a list of any
 * numbers may come in a link.
 * @param {(name: string, value: number) => boolean} isAllowed  by the rule of a setting
 */
export function runs(state, isAllowed) {
  const rows = wholeRowsOf(state.tried, ROW_NAMES.length)
    .map((row) => Object.fromEntries(row.map((value, k) => [ROW_NAMES[k], value])))
    .filter(({ share, ...settings }) => share <= 1 && Object.keys(settings).every((name) => isAllowed(name, settings[name])));
  const isBegun = state.history.length > 4;
  return isBegun ? [...rows, { ...state, share: Math.min(1, state.history.at(-1)), isNow: true }] : rows;
}

/** The steps of both in a race, as shares of those of the faster one; null before a race. @param {number[]} race */
export function laneShares(race) {
  if (race.length < 4) return null;
  const [slow, , quick] = race;
  const most = Math.max(1, slow, quick);
  return [slow / most, quick / most];
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
  const features = rowsOf(kernels, 9);
  const scales = featureBias.map((value, k) => Math.max(1, Math.abs(value) / 9, ...features[k].map(Math.abs)));
  const inPlayground = (feature, k) => feature.map((value) => round((9 * value) / scales[k]));
  const scaledUp = (row) => row.map((value, k) => round(value * scales[Math.floor(k / 16)]));
  const state = {
    features: features.map((feature, k) => rowsOf(inPlayground(feature, k), 3)),
    feature_bias: featureBias.map((value, k) => round(value / scales[k])),
    weights: rowsOf(votes, 48).map(scaledUp),
    bias: bias.map(round),
  };
  return `00_intro.html#lab-playground=${encode(state)}`;
}
