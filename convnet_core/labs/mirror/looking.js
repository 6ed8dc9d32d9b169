// What a net looks at in one picture, and for: asked of the net itself, forward or back.

import { PIXELS, SIDE } from "./digits.js";

/**
 * @typedef {import("./network.js").Network} Network  with room for one picture at least
 * @typedef {import("./network.js").Plan} Plan
 */

/** The net of chapter 11. @type {Plan[]} */
export const PLANS = [
  { kind: "conv", filters: 8, size: 5, padding: 2 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
  { kind: "conv", filters: 16, size: 5, padding: 2 },
  { kind: "relu" },
  { kind: "pool", window: 2 },
  { kind: "linear", outputs: 10 },
];
export const INPUT = { channels: 1, height: SIDE, width: SIDE };

const STEADY = 1e9; // nine decimals, as convnet_core.looking has them

/** The shares that the votes stand for. @param {ArrayLike<number>} votes @returns {number[]} */
export function softmax(votes) {
  const largest = Math.max(...Array.from(votes));
  const powers = Array.from(votes, (vote) => Math.exp(vote - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The place of the largest number, of equal ones the first. @param {ArrayLike<number>} values */
export function largest(values) {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}

/** Where the upper or left edges of a square that walks stand. @param {number} size @param {number} stride */
export function stopsOf(size, stride) {
  return Array.from({ length: Math.floor((SIDE - size) / stride) + 1 }, (_, k) => k * stride);
}

/** The picture with a grey square on it. */
export function covered(picture, { row, column, size, grey }) {
  const other = Float64Array.from(picture);
  for (let r = row; r < Math.min(SIDE, row + size); r++)
    for (let c = column; c < Math.min(SIDE, column + size); c++) other[r * SIDE + c] = grey;
  return other;
}

/**
 * How far the vote for `label` falls with a square on the picture: a row of places after the other.
 * @param {Network} net @param {Float64Array} picture @param {number} label
 * @param {{ size: number, stride: number, grey: number }} square
 */
export function* occlusion(net, picture, label, { size, stride, grey }) {
  const whole = net.forward(picture, 1)[label];
  const stops = stopsOf(size, stride);
  for (const row of stops)
    yield stops.map((column) => whole - net.forward(covered(picture, { row, column, size, grey }), 1)[label]);
}

/**
 * The gradient of one number of a layer at each pixel. Which of two equal numbers wins a pooling hangs on no last bit.
 * @param {Network} net @param {Float64Array} picture
 * @param {number} layer @param {number} at  which number of that layer
 * @returns {Float64Array} (784)
 */
export function slopeOf(net, picture, layer, at) {
  let values = picture;
  for (const one of net.layers.slice(0, layer + 1)) values = steadied(one.forward(values, 1));
  let gradient = new Float64Array(net.layers[layer].values.length);
  gradient[at] = 1;
  for (let k = layer; k >= 0; k--) gradient = net.layers[k].backward(gradient, 1, true);
  return gradient.slice(0, PIXELS);
}

/** In their place, without their last bits. @param {Float64Array} values */
function steadied(values) {
  for (let k = 0; k < values.length; k++) values[k] = Math.round(values[k] * STEADY) / STEADY;
  return values;
}

/** The gradient of the vote for `label` at each pixel. @param {Network} net @param {Float64Array} picture @param {number} label */
export function slope(net, picture, label) {
  return slopeOf(net, picture, PLANS.length - 1, label);
}

/** The picture moved by `step` in a direction; no pixel beyond paper or ink. */
function along(picture, direction, step) {
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  const share = length === 0 ? 0 : step / length;
  return picture.map((value, k) => Math.min(1, Math.max(0, value + share * direction[k])));
}

/** The largest of the votes but that for `label`. */
function rivalOf(votes, label) {
  let best = label === 0 ? 1 : 0;
  for (let k = 0; k < votes.length; k++) if (k !== label && votes[k] > votes[best]) best = k;
  return best;
}

/**
 * The picture, changed step by step until the net takes it for what is wanted; the last one is.
 * @param {Network} net @param {Float64Array} picture @param {number} wanted @param {number} step
 */
export function* fool(net, picture, wanted, step) {
  for (let now = picture; ;) {
    yield now;
    const votes = net.forward(now, 1).slice();
    const rival = rivalOf(votes, wanted);
    if (votes[wanted] > votes[rival]) return;
    const [up, down] = [slope(net, now, wanted), slope(net, now, rival)];
    now = along(
      now,
      up.map((value, k) => value - down[k]),
      step,
    );
  }
}

/**
 * The pixels that one number of a layer sees; beyond the picture's edges lies nothing.
 * @param {number} layer  a place in PLANS @param {number} row @param {number} column
 * @returns {import("./pooling.js").Box}
 */
export function patchOf(layer, row, column) {
  let [top, left, size] = [row, column, 1];
  for (let k = layer; k >= 0; k--) {
    const plan = PLANS[k];
    if (plan.kind === "linear") return { row: 0, column: 0, height: SIDE, width: SIDE };
    if (plan.kind === "conv") [top, left, size] = [top - plan.padding, left - plan.padding, size + plan.size - 1];
    if (plan.kind === "pool") [top, left, size] = [plan.window * top, plan.window * left, plan.window * size];
  }
  return { row: top, column: left, height: size, width: size };
}

/**
 * A picture that one number of a layer answers to, grown by climbing its slope: each step with the number before it.
 * @param {Network} net @param {Float64Array} start @param {number} layer  a place in PLANS; a number behind a ReLU has no
 *   slope where it is 0, so one before it @param {number} at  which number of that layer @param {number} step
 */
export function* climb(net, start, layer, at, step) {
  for (let picture = start; ;) {
    const gradient = slopeOf(net, picture, layer, at);
    yield { picture, number: net.layers[layer].values[at] };
    picture = along(picture, gradient, step);
  }
}
