// What follows from the filtering lab's state: the patch under the window, its match, and whether a challenge is solved.

import { remembered, same } from "../kit/state.js";
import { featureMap } from "../mirror/convolution.js";
import { match, patchAt, products } from "../mirror/filtering.js";
import { count, total } from "../mirror/matrix.js";

export const LAST_STEP = 11; // nine products, the sum, the division
const TIP = [0, 0];

/** What the state stands for: the patch under the window, its products and their match. */
export const current = remembered(({ image, feature, row, column }) => {
  const patch = patchAt(image, row, column, feature.length, feature[0].length);
  const parts = products(patch, feature);
  return { patch, parts, sum: total(parts), result: match(patch, feature) };
});

/** Each pixel of the patch is the opposite of the feature's. */
export function isOpposite(state) {
  return opposites(state) === count(state.feature);
}

/** Not while the result is to be guessed. */
export function oppositeSoFar(state) {
  return state.guess_first ? "" : `${opposites(state)} of ${count(state.feature)} products are -1.`;
}

function opposites(state) {
  return current(state)
    .parts.flat()
    .filter((value) => value === -1).length;
}

/** The window is at the tip of the X, and the feature is a copy of the patch there, and of no other. */
export function onlyAtTheTip({ image, feature, row, column }, presets) {
  if (!same(image, presets.image.X) || !same([row, column], TIP) || !feature.flat().every((value) => Math.abs(value) === 1)) return false;
  const ones = featureMap(image, feature).flatMap((line, r) =>
    line.flatMap((value, c) => (value === 1 ? [[r, c]] : [])),
  );
  return same(ones, [TIP]);
}

/** Which of the toy's features the reader's is most like: its name, and all of them with the reader's in its place. */
export function inToy({ feature }, { toy }) {
  const likeness = (other) => match(other, feature) / Math.hypot(...other.flat());
  const names = Object.keys(toy);
  const place = names.reduce((best, name) => (likeness(toy[name]) > likeness(toy[best]) ? name : best));
  return { place, features: names.map((name) => (name === place ? feature : toy[name])) };
}

/** Where the window is. */
export function windowOf({ row, column, feature }) {
  return { row, column, height: feature.length, width: feature[0].length };
}
