// Own problems for the chapters that follow the slides, 0 to 9. story.py makes the same from the same numbers.

import { featureMap, flip, outputSize } from "../mirror/convolution.js";
import { match, patchAt, products } from "../mirror/filtering.js";
import { total } from "../mirror/matrix.js";
import { shift } from "../mirror/pictures.js";
import { pool, pooledSize } from "../mirror/pooling.js";
import { relu } from "../mirror/relu.js";
import { fraction, ninths, written } from "./draw.js";

/**
 * @typedef {import("./draw.js").Draw} Draw @typedef {import("./draw.js").Matrix} Matrix
 * @typedef {{ name: string, values: Matrix, kind: "ink" | "numbers" }} Picture
 *
 * @typedef {object} Made
 * @property {Picture[]} pictures
 * @property {Record<string, any>} facts  what the words of the problem need
 * @property {string} right
 * @property {[id: string, answer: string][]} slips  what comes out where one goes wrong
 */

/** @type {{ kind: "max", window: number, stride: number, edge: "kept" }} */
const POOLING = { kind: "max", window: 2, stride: 2, edge: "kept" };

const ink = (name, values) => ({ name, values, kind: /** @type {const} */ ("ink") });
const numbers = (name, values) => ({ name, values, kind: /** @type {const} */ ("numbers") });
const sum = (/** @type {Matrix} */ values) => total(values);
const times = (/** @type {Matrix} */ one, /** @type {Matrix} */ other) => total(products(one, other));

/** @param {Draw} draw @returns {Made} */
export function chain(draw) {
  const map = draw.matrix(4, 4, -9, 9);
  const weights = draw.matrix(2, 2, -2, 3);
  const pooled = pool(relu(map), POOLING);
  return {
    pictures: [numbers("matches", map), numbers("weights", weights)],
    facts: { pooled },
    right: written(times(pooled, weights)),
    slips: [
      ["no-relu", written(times(pool(map, POOLING), weights))],
      ["no-weights", written(sum(pooled))],
      ["minus-lost", written(times(pooled, weights.map((row) => row.map(Math.abs))))],
      ["relu-late", written(Math.max(0, times(pool(map, POOLING), weights)))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function moved(draw) {
  const picture = draw.pixels(5, 5);
  const down = draw.whole(0, 1);
  const other = shift(picture, down, 1 - down);
  const pairs = picture.flatMap((row, r) => row.map((value, c) => [value, other[r][c]]));
  const count = (is) => pairs.filter(is).length;
  return {
    pictures: [ink("picture", picture), ink("moved", other)],
    facts: { down },
    right: written(count(([one, two]) => one !== two)),
    slips: [
      ["alike", written(count(([one, two]) => one === two))],
      ["ink-only", written(count(([one, two]) => one > two))],
      ["all-ink", written(count(([one]) => one > 0))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function oneMatch(draw) {
  const [patch, feature] = [draw.pixels(3, 3), draw.pixels(3, 3)];
  const added = times(patch, feature);
  const alike = (9 + added) / 2;
  return {
    pictures: [ink("patch", patch), ink("feature", feature)],
    facts: { added, alike },
    right: ninths(match(patch, feature)),
    slips: [
      ["not-divided", written(added)],
      ["share", fraction(alike, 9)],
      ["alike", written(alike)],
      ["minus-lost", "1"],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function mapNumber(draw) {
  const [image, feature] = [draw.pixels(6, 6), draw.pixels(3, 3)];
  const [row, column] = draw.pick([[1, 2], [2, 1], [1, 3], [3, 1], [2, 3], [3, 2]]);
  const map = featureMap(image, feature);
  return {
    pictures: [ink("picture", image), ink("feature", feature)],
    facts: { row, column, added: Math.round(map[row][column] * 9) },
    right: ninths(map[row][column]),
    slips: [
      ["not-divided", written(Math.round(map[row][column] * 9))],
      ["from-one", ninths(map[row - 1][column - 1])],
      ["row-for-column", ninths(map[column][row])],
      ["turned", ninths(featureMap(image, flip(feature))[row][column])],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function pooled(draw) {
  const map = draw.matrix(5, 5, -9, 9);
  const [row, column] = draw.pick([[1, 1], [1, 2], [2, 1]]);
  const result = pool(map, POOLING);
  const window = patchAt(map, 2 * row, 2 * column, 2, 2).flat(); // at the edge it holds less
  return {
    pictures: [numbers("map", map)],
    facts: { row, column, window },
    right: written(result[row][column]),
    slips: [
      ["mean", fraction(window.reduce((all, value) => all + value, 0), window.length)],
      ["stride-one", written(Math.max(...patchAt(map, row, column, 2, 2).flat()))],
      ["from-one", written(result[row - 1][column - 1])],
      ["sign-lost", written(Math.max(...window.map(Math.abs)))],
      ["smallest", written(Math.min(...window))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function bent(draw) {
  const map = draw.matrix(3, 4, -9, 9);
  const flat = map.flat();
  return {
    pictures: [numbers("map", map)],
    facts: {},
    right: written(sum(relu(map))),
    slips: [
      ["no-relu", written(sum(map))],
      ["sign-lost", written(flat.reduce((all, value) => all + Math.abs(value), 0))],
      ["other-half", written(flat.reduce((all, value) => all + Math.min(0, value), 0))],
      ["counted", written(flat.filter((value) => value > 0).length)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function stacked(draw) {
  const side = draw.whole(30, 99);
  const [first, second] = [draw.pick([3, 5, 7]), draw.pick([3, 5, 7])];
  const through = (convolved, shrunk) => shrunk(convolved(shrunk(convolved(side, first)), second));
  const convolved = (size, kernel) => outputSize(size, kernel, 1, 0);
  const halved = (size) => pooledSize(size, POOLING);
  return {
    pictures: [],
    facts: { side, first, second },
    right: written(through(convolved, halved)),
    slips: [
      ["padded", written(through((size) => size, halved))],
      ["dropped", written(through(convolved, (size) => Math.floor(size / 2)))],
      ["half-way", written(halved(convolved(side, first)))],
      ["not-pooled", written(convolved(convolved(side, first), second))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function vote(draw) {
  const values = [draw.list(5, () => draw.whole(0, 4) / 2)];
  const weights = [draw.list(5, () => draw.whole(-2, 3))];
  const bias = draw.pick([-2, -1, 1, 2]);
  return {
    pictures: [numbers("values", values), numbers("weights", weights)],
    facts: { bias },
    right: written(times(values, weights) + bias),
    slips: [
      ["no-bias", written(times(values, weights))],
      ["no-weights", written(sum(values) + bias)],
      ["minus-lost", written(times(values, [weights[0].map(Math.abs)]) + bias)],
      ["values-lost", written(sum(weights) + bias)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function downhill(draw) {
  const slope = draw.pick([-4, -3, -2, 2, 3, 4]);
  const weight = draw.whole(-4, 4) / 2;
  const rate = draw.pick([0.1, 0.2, 0.5]);
  const middle = draw.whole(20, 40) / 10; // the error where the weight is now
  const [up, down] = [middle + 0.1 * slope, middle - 0.1 * slope];
  return {
    pictures: [],
    facts: { weight: written(weight), up: written(up), down: written(down), rate: written(rate), slope: written(slope) },
    right: written(weight - rate * slope),
    slips: [
      ["uphill", written(weight + rate * slope)],
      ["no-rate", written(weight - slope)],
      ["not-divided", written(weight - rate * (up - down))],
      ["half-wiggle", written(weight - 2 * rate * slope)],
      ["slope-only", written(slope)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function swapped(draw) {
  const [picture, feature, order] = [draw.pixels(3, 5), draw.pixels(3, 3), draw.order(5)];
  const column = draw.whole(0, 2);
  const inOrder = (columns) => picture.map((row) => columns.map((from) => row[from]));
  const at = (image) => match(patchAt(image, 0, column, 3, 3), feature);
  const back = order.map((_, place) => order.indexOf(place));
  return {
    pictures: [ink("picture", picture), ink("feature", feature)],
    facts: { order, column },
    right: ninths(at(inOrder(order))),
    slips: [
      ["not-swapped", ninths(at(picture))],
      ["swapped-back", ninths(at(inOrder(back)))],
      ["not-divided", written(Math.round(at(inOrder(order)) * 9))],
    ],
  };
}
