// The net of the voting lab: from a picture to its list of values, from the list to the votes, and what a reader
// can solve with it.

import { changedCells } from "../kit/cells.js";
import { remembered, same } from "../kit/state.js";
import { featureMap } from "../mirror/convolution.js";
import { pool } from "../mirror/pooling.js";
import { truncated } from "../mirror/printing.js";
import { bend, relu } from "../mirror/relu.js";

export const LETTERS = ["X", "O"];
export const FEATURES = [
  { glyph: "\\", name: "backslash" },
  { glyph: "x", name: "cross" },
  { glyph: "/", name: "slash" },
];
export const SIDE = 4; // of a pooled map
const OF_A_MAP = SIDE * SIDE;
export const VALUES = FEATURES.length * OF_A_MAP;
export const UNITS = 3;

/** @type {Parameters<typeof pool>[1]} */
const POOLING = { kind: "max", window: 2, stride: 2, edge: "kept" };
const FEW = 2; // pixels, or weights, that a challenge allows to change

/** The pooled map of each feature. @param {number[][]} image @returns {number[][][]} */
function pooledMaps(image, presets) {
  return FEATURES.map(({ name }) => pool(relu(featureMap(image, presets.feature[name])), POOLING));
}

/** Weighs a list for each output, adds up, and adds the bias. */
function linear(values, weights, bias) {
  return weights.map((line, which) => line.reduce((sum, weight, k) => sum + weight * values[k], 0) + bias[which]);
}

/** Votes as shares of 1. The largest power is 1, so none overflows. */
function softmax(votes) {
  const largest = Math.max(...votes);
  const powers = votes.map((vote) => Math.exp(vote - largest));
  const sum = powers.reduce((one, other) => one + other);
  return powers.map((power) => power / sum);
}

/** The votes for a list of values, with the state's weights; `units` is empty where nothing hidden comes between. */
function votesFrom(values, state) {
  if (!state.hidden) return { units: [], votes: linear(values, state.weights, state.bias) };
  const units = linear(values, state.hidden_weights, state.hidden_bias).map((value) => bend(value));
  return { units, votes: linear(units, state.out_weights, state.out_bias) };
}

function answerOf([forX, forO]) {
  return LETTERS[forO > forX ? 1 : 0];
}

/** Everything that follows from the state. */
export const current = remembered((state, presets) => {
  const maps = pooledMaps(state.image, presets);
  const values = maps.flat(2);
  const { units, votes } = votesFrom(values, state);
  return { maps, values, units, votes, shares: softmax(votes), answer: answerOf(votes), lead: votes[0] - votes[1] };
});

/** By how much X would be ahead with other pixels, the weights being those of the state. @param {[number, number][]} places */
export function leadAfter(state, presets, places) {
  const image = [...state.image];
  for (const [row, column] of places) {
    image[row] = [...image[row]];
    image[row][column] = image[row][column] > 0 ? -1 : 1;
  }
  const { votes } = votesFrom(pooledMaps(image, presets).flat(2), state);
  return votes[0] - votes[1];
}

/** Where value `k` of the list comes from: its feature, and its row and column in that feature's map. */
export function placeOf(k) {
  const at = k % OF_A_MAP;
  return { feature: Math.floor(k / OF_A_MAP), row: Math.floor(at / SIDE), column: at % SIDE };
}

/** The other way. */
export function valueAt(feature, row, column) {
  return feature * OF_A_MAP + row * SIDE + column;
}

/** The weights that the grids show: those of a unit or of a letter, 48 of them, by the name of their trait. */
export function shownWeights({ hidden, unit, shown, hidden_weights: inner, weights }) {
  const which = hidden ? unit - 1 : LETTERS.indexOf(shown);
  const name = hidden ? "hidden_weights" : "weights";
  return { name, which, weights: (hidden ? inner : weights)[which] };
}

/** The O with at most two pixels of another colour, all else as it was fitted, and it says X. */
export function isFooled(state, presets) {
  const isDrawn = state.image.flat().every((pixel) => pixel === 1 || pixel === -1);
  const isFair = isDrawn && flipsOf(state, presets) <= FEW && editedWeights(state, presets) === 0;
  return isFair && current(state, presets).answer === "X";
}

export function fooledSoFar(state, presets) {
  if (editedWeights(state, presets) > 0) return "this is not the fitted net.";
  const { lead } = current(state, presets);
  return `${flipsOf(state, presets)} pixels unlike the O, ${lead > 0 ? "X" : "O"} leads by ${truncated(Math.abs(lead))}.`;
}

function flipsOf({ image }, presets) {
  return changedCells(image, presets.image.O).length;
}

/** The X is called O and the O is called X, by at most two weights that are not those that were fitted. */
export function isSwapped(state, presets) {
  return editedWeights(state, presets) <= FEW && namesOf(["X", "O"], state, presets).join("") === "OX";
}

export function swappedSoFar(state, presets) {
  const edited = editedWeights(state, presets);
  if (edited === Infinity) return "hidden units, or other biases.";
  const [x, o] = namesOf(["X", "O"], state, presets);
  return `${edited} weights changed; the X is called ${x}, the O ${o}.`;
}

/** How many weights are not those that were fitted; endless with other biases, or with hidden units. */
function editedWeights({ hidden, weights, bias }, presets) {
  if (hidden || !same(bias, presets.bias.fitted)) return Infinity;
  const fitted = presets.weights.fitted.flat();
  return weights.flat().filter((weight, at) => weight !== fitted[at]).length;
}

/** Two of the three hidden units have no say, and every sample letter is still called by its name. */
export function isOneEnough(state, presets) {
  return state.hidden && speakers(state).length === 1 && miscalled(state, presets).length === 0;
}

/** With the letters that are still wrong. */
export function oneSoFar(state, presets) {
  if (!state.hidden) return "";
  const [all, wrong] = [lettersIn(presets).length, miscalled(state, presets)];
  const names = wrong.length > 0 ? ` (wrong: ${wrong.join(", ")})` : "";
  return `${speakers(state).length} of ${UNITS} units have a say, ${all - wrong.length} of ${all} letters are right${names}.`;
}

function speakers({ out_weights: [forX, forO] }) {
  return forX.filter((weight, unit) => weight !== 0 || forO[unit] !== 0);
}

function lettersIn({ image }) {
  return Object.keys(image).filter((name) => name !== "blank");
}

function miscalled(state, presets) {
  const letters = lettersIn(presets);
  const answers = namesOf(letters, state, presets);
  return letters.filter((name, at) => !name.endsWith(answers[at]));
}

/** What the net says of each sample, by the state's weights. */
function namesOf(samples, state, presets) {
  const known = samplesOf(presets);
  return samples.map((name) => answerOf(votesFrom(known[name], state).votes));
}

/** The list of values of each sample. */
const samplesOf = remembered((presets) =>
  Object.fromEntries(Object.entries(presets.image).map(([name, image]) => [name, pooledMaps(image, presets).flat(2)])),
);
