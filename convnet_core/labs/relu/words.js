// What the ReLU lab says: the bend in words, one number's way through it, both orders, and what an edit changed.

import { changedCells, NEAR } from "../kit/cells.js";
import { filled, isFilled, NOTHING_FILLED } from "../kit/map_walk.js";
import { presetOf, same } from "../kit/state.js";
import { capital } from "../kit/words.js";
import { count } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, isReLU, neverGoesDown } from "./derived.js";

export const MAP_NAMES = {
  backslash: "X with \\ backslash",
  cross: "X with x cross",
  slash: "X with / slash",
  lecture: "lecture's Feature Map 1",
  zeros: "zeros, 4 x 4",
};

/** As on the slides: two decimals, cut off, and a cleared cell is a bare 0. */
export function printed({ isWhole }, value) {
  return isWhole || Math.abs(value) <= NEAR ? plain(value) : truncated(value);
}

export function bendName(state) {
  return isReLU(state) ? "ReLU" : "the bend";
}

/** A setting that may have more than two decimals: they are told, and not cut off as a map's are. */
function told(value) {
  return String(Number(value.toPrecision(4)));
}

/** What this bend does, and what the field calls it. */
export function bendText({ threshold, slope }) {
  const [edge, factor] = [told(threshold), told(slope)];
  if (slope === 1) return "A straight line: every number comes out as it went in. This is no bend at all.";
  if (threshold === 0) {
    if (slope === 0) return "This is ReLU: negative numbers become 0, the others stay.";
    if (slope === -1) return "This is the absolute value: a minus sign is dropped.";
    if (slope > 0)
      return `This is a leaky ReLU: a negative number is multiplied by ${factor}, so a part of it leaks through.`;
    return `Negative numbers are multiplied by ${factor}, which makes them positive.`;
  }
  const jump = `At ${edge} there is a jump.`;
  if (slope !== 0) return `Numbers above ${edge} stay, the others are multiplied by ${factor}. ${jump}`;
  const name = threshold > 0 ? ": a thresholded ReLU" : "";
  return `Numbers above ${edge} stay, the others become 0${name}. ${jump}`;
}

/** One number's way through the bend, up to what comes out. */
export function numberText(state, now) {
  const { row, column } = now.cell;
  const value = state.map[row][column];
  const number = printed(now, value);
  return `Row ${row + 1}, column ${column + 1}: ${number} ${reason(state, value)}`;
}

function reason(state, value) {
  const edge = told(state.threshold);
  if (value > state.threshold) return edge === "0" ? "is positive and stays" : `is above ${edge} and stays`;
  if (value === 0) return "stays";
  if (isReLU(state)) return "is negative and becomes";
  return `${edge === "0" ? "is negative" : `is not above ${edge}`}. Times ${told(state.slope)}, that makes`;
}

export function numpyLine(state, { cell }) {
  const number = `feature_map[${cell.row}, ${cell.column}]`;
  if (isReLU(state)) return `np.maximum(${number}, 0)`;
  return `x = ${number}; np.where(x > ${state.threshold}, x, ${state.slope} * x)`;
}

/** What a screen reader hears behind a number of the map after. */
export function wasText(state, now, row, column) {
  if (row * now.columns + column >= filled(state, now)) return "";
  const value = state.map[row][column];
  return value === now.after[row][column] ? "" : `, was ${spoken(printed(now, value))}`;
}

/** The curve, for those who hear it. */
export function curveText(state, now) {
  const { row, column } = now.cell;
  const [from, to] = [state.map, now.after].map((values) => spoken(printed(now, values[row][column])));
  const point = isFilled(state, now) ? ` The point on it: ${from} goes in, ${to} comes out.` : "";
  return `The bend as a curve, number in from left to right, number out upwards. ${bendText(state)}${point}`;
}

function spoken(text) {
  return text.replace("-", "minus ");
}

/** How many numbers the bend has changed. */
export function countText(state, now) {
  const all = count(state.map);
  const changed = now.changed.length;
  if (filled(state, now) < all) return "";
  if (changed === 0) return isReLU(state) ? `None of the ${all} numbers was negative.` : `All ${all} numbers stay.`;
  if (!isReLU(state)) return `The bend changed ${changed} of ${all} numbers. A dot marks what is new.`;
  return `${changed} of ${all} numbers ${changed === 1 ? "was negative and is" : "were negative and are"} 0 now. A dot marks what is new.`;
}

/** Whether both orders agree, on this map and on any other. */
export function verdict(state, { differ, bentFirst }) {
  const all = count(bentFirst);
  if (differ.length === 1) return `1 of ${all} cells differs. A dot marks it.`;
  if (differ.length > 1) return `${differ.length} of ${all} cells differ. A dot marks them.`;
  const agree = `All ${all} cells agree`;
  if (state.slope === 1) return `${agree}, whatever the map: this bend changes nothing.`;
  if (state.pooling === "average") return `${agree}, on this map.`;
  if (neverGoesDown(state))
    return `${agree}, whatever the map: the curve never goes down, so the largest stays the largest.`;
  return `${agree}, on this map. But the curve goes down somewhere.`;
}

/** The chosen window, in both orders. @returns {[poolFirst: string, bendFirst: string]} */
export function ordersText(state, now) {
  const { row, column } = now.stop;
  const list = (numbers) => numbers.map((value) => printed(now, value)).join(", ");
  const [name, what] = [bendName(state), state.pooling === "max" ? "largest" : "mean"];
  const at = (values) => printed(now, values[row][column]);
  return [
    `Pool first: the ${what} of ${list(now.patch)} is ${at(now.pooled)}; ${name} makes it ${at(now.bentLast)}.`,
    `${capital(name)} first: ${list(now.patch)} ${now.patch.length === 1 ? "becomes" : "become"} ${list(now.patchAfter)}; the ${what} is ${at(now.bentFirst)}.`,
  ];
}

export function differsText({ differ }, row, column) {
  return differ.some(([r, c]) => r === row && c === column) ? ", differs from the other order" : "";
}

export function whatChanged(before, state, presets) {
  const [old, now] = [before, state].map((each) => current(each));
  const orders = state.compare ? ` ${verdict(state, now)}` : "";
  if (!same(before.map, state.map)) return `${mapChange(before, state, presets)}${orders}`;
  const moves = [
    ["Threshold", "threshold"],
    ["Slope", "slope"],
  ].filter(([, name]) => before[name] !== state[name]);
  if (moves.length > 0) {
    const values = moves.map(([text, name]) => `${text}: ${plain(before[name])} → ${plain(state[name])}.`).join(" ");
    if (filled(state, now) === 0) return values;
    const cells = changedCells(old.after, now.after).length;
    return `${values} ${cells} of ${count(now.after)} numbers come out different now.${orders}`;
  }
  if (before.compare !== state.compare || before.pooling !== state.pooling) return orders.trim();
  const isWhole = filled(state, now) === count(state.map);
  if (before.step !== state.step && isWhole) return `The map is full. ${countText(state, now)}`;
  // A cell that is only pointed at has a name of its own, and the sentence below the maps.
  if (before.step === state.step) return "";
  return filled(state, now) === 0 ? NOTHING_FILLED : cellChange(state, now);
}

function cellChange(state, now) {
  const { row, column } = now.cell;
  const [from, to] = [state.map, now.after].map((values) => printed(now, values[row][column]));
  return `Row ${row + 1}, column ${column + 1}: ${from} → ${to}.`;
}

function mapChange(before, state, presets) {
  const [old, now] = [before, state].map((each) => current(each));
  const cells = old.rows === now.rows ? changedCells(before.map, state.map) : [];
  if (cells.length !== 1) {
    const name = MAP_NAMES[presetOf(presets.map, state.map)] ?? "your own";
    return `The map is now ${name}, ${now.rows} x ${now.columns}. ${countText(state, now)}`.trim();
  }
  const [[row, column]] = cells;
  const move = (a, b) => `${printed(old, a[row][column])} → ${printed(now, b[row][column])}`;
  const place = `Map, row ${row + 1}, column ${column + 1}`;
  const after = filled(state, now) === 0 ? "" : ` After ${bendName(state)}: ${move(old.after, now.after)}.`;
  return `${place}: ${move(before.map, state.map)}.${after}`;
}
