// The rule of rows of whole numbers, which no other lab has. rules.py refuses the same values with the same words.

import { addRule } from "../kit/rules.js";

addRule("rows", rowsRefusal);

/** Whether a row more would be welcome. @param {{ most: number }} rule @param {number[][]} rows */
export const hasRoom = ({ most }, rows) => rows.length < most;

/** @param {string} name @param {{ most: number, low: number[], high: number[] }} rule @param {unknown} value */
function rowsRefusal(name, { most, low, high }, value) {
  const wanted = `${name} must be at most ${most} rows of ${low.length} whole numbers each`;
  if (!Array.isArray(value) || value.length > most) return wanted;
  for (const [at, row] of value.entries()) {
    if (!Array.isArray(row) || row.length !== low.length) return wanted;
    const bad = row.findIndex((number, k) => !(Number.isInteger(number) && number >= low[k] && number <= high[k]));
    if (bad >= 0) return `${name}, row ${at + 1}: number ${bad + 1} must be a whole one from ${low[bad]} to ${high[bad]}`;
  }
  return null;
}
