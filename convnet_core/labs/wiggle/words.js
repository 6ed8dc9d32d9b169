// What the wiggle lab says: the names of its numbers, what a try and a step have brought.

import { capital } from "../kit/words.js";
import { COUNT, current, LETTERS, movedBy, numbersOf, tried } from "./derived.js";

/** @typedef {{ label: string, caption: string, from: number, rows: number, columns: number, place?: (row: number, column: number) => string }} Group */

/** The grids that the 128 numbers stand in, in the network's order. @type {Group[]} */
export const GROUPS = [
  ...[1, 2, 3].map((n) => ({ label: `Feature ${n}`, caption: `Feature ${n}`, from: 9 * (n - 1), rows: 3, columns: 3 })),
  {
    label: "Biases of the features",
    caption: "biases",
    from: 27,
    rows: 3,
    columns: 1,
    place: (row) => `feature ${row + 1}`,
  },
  ...LETTERS.flatMap((letter, l) =>
    [1, 2, 3].map((n) => ({
      label: `Weights for ${letter}, map ${n}`,
      caption: `For ${letter}, map ${n}`,
      from: 30 + 48 * l + 16 * (n - 1),
      rows: 4,
      columns: 4,
    })),
  ),
  {
    label: "Biases of the votes",
    caption: "Biases X and O",
    from: 126,
    rows: 1,
    columns: 2,
    place: (_, column) => LETTERS[column],
  },
];

const EXTENT = { two: "Both numbers", all: `All ${COUNT} numbers` };

/** @returns {Group} the group that one of the 128 numbers stands in */
export function groupOf(index) {
  return GROUPS.filter(({ from }) => from <= index).pop();
}

/** "feature 2, row 1, column 3" */
export function nameOf(index) {
  const { label, from, columns, place = rowAndColumn } = groupOf(index);
  const at = index - from;
  const name = label.replace("Biases", "bias").replace("Weights", "weight").replace("Feature", "feature");
  return `${name}, ${place(Math.floor(at / columns), at % columns)}`;
}

function rowAndColumn(row, column) {
  return `row ${row + 1}, column ${column + 1}`;
}

/** A number with as many decimals as it needs to be seen, and fewer where it is large. Rounded. */
export function written(value, decimals = 3) {
  const size = Math.abs(value);
  const text = value.toFixed(size >= 100 ? 0 : size >= 10 ? Math.min(1, decimals) : decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * One of the 128 numbers: three decimals, cut. Its cell and its box have two of them, cut as everywhere in the book,
 * so that all three say the same.
 * @param {number} value
 */
function numberText(value) {
  const scaled = Math.abs(value) * 1000;
  const nearest = Math.round(scaled);
  const thousandths = Math.abs(scaled - nearest) <= 1e-9 * Math.max(1, scaled) ? nearest : Math.floor(scaled);
  return `${value < 0 && thousandths > 0 ? "-" : ""}${(thousandths / 1000).toFixed(3)}`;
}

/** A setting: no more decimals than it has, up to three. */
function setting(value) {
  return String(Number(value.toFixed(3)));
}

/** For cells, which are small. */
export function brief(value) {
  return written(value, 2);
}

/** What was tried up to now, in sentences: what is still missing, or the slope. */
export function triedText(state, presets) {
  const { above, below, slope } = tried(state, presets);
  if (above.length === 0 && below.length === 0) return ["Adjust it up and down a bit, and see how the error changes."];
  const said = [above, below].map(([point], which) =>
    point ? `A bit ${which ? "down" : "up"}, at ${numberText(point.x)}, the error is ${written(point.error)}.` : "",
  );
  if (slope === null) return [said.join(""), `Now try a bit ${above.length ? "down" : "up"} as well.`];
  const [up, down] = [above[0].error, below[0].error].map((error) => written(error, 4));
  const sum = `Slope: (${up} - ${down}) / (2 × ${setting(state.wiggle)}) = ${written(slope)}.`;
  return [said.join(" "), `${sum} ${downhill(slope)}`];
}

function downhill(slope) {
  if (slope === 0) return "Level: neither way is downhill.";
  return slope > 0 ? "More of it makes it worse: downhill is down." : "More of it makes it better: downhill is up.";
}

/** "0.08 - 0.05 × 0.311 = 0.064" */
export function stepText(state, slope, value) {
  const { learning_rate: rate } = state;
  const product = `${setting(rate)} × ${slope < 0 ? `(${written(slope)})` : written(slope)}`;
  return `${numberText(value)} - ${product} = ${numberText(value - rate * slope)}`;
}

/** A small error with one more decimal: whether it is below 0.010 must be seen. */
export function errorText(error) {
  return written(error, error < 0.1 ? 4 : 3);
}

/** What an edit, a try or a step has changed: old value → new value. "" where there is nothing to say. */
export function whatChanged(before, state, presets) {
  const [old, now] = [numbersOf(before), numbersOf(state)];
  const places = now.map((_, place) => place).filter((place) => old[place] !== now[place]);
  if (places.length > 0) return moveText({ before, state, presets }, { places, old, now });
  if (before.error_kind !== state.error_kind)
    return `The error is measured anew: ${written(current(state, presets).error)}.`;
  if (before.learning_rate !== state.learning_rate)
    return `Learning rate: ${setting(before.learning_rate)} → ${setting(state.learning_rate)}.`;
  if (before.wiggle !== state.wiggle) return `A bit: ${setting(before.wiggle)} → ${setting(state.wiggle)}.`;
  if (before.view !== state.view || before.curve !== state.curve) return viewText(state, presets);
  if (before.chosen === state.other && before.other === state.chosen) return `${landscapeTitle(state)}.`;
  if (before.chosen !== state.chosen && before.other === state.other)
    return `Chosen: ${nameOf(state.chosen)}, ${numberText(now[state.chosen])}.`;
  return tryText(before, state, presets);
}

/** What stands beside the numbers now. */
function viewText(state, presets) {
  if (state.view === "two") return `${EXTENT.two}. ${landscapeTitle(state)}.`;
  if (state.view === "all") return `${EXTENT.all}. How the error changes with each, by wiggling and by backprop.`;
  const { lowest } = tried(state, presets);
  const drawn = state.curve ? `The whole curve is lowest at ${written(lowest.x, 2)}, with ${written(lowest.error)}.` : "";
  return `One number. Error over ${nameOf(state.chosen)}. ${drawn}`.trim();
}

function moveText({ before, state, presets }, { places, old, now }) {
  const errors = [before, state].map((one) => errorText(current(one, presets).error));
  const change = `Error ${errors.join(" → ")}.`;
  const names = places.length <= 2 ? places : [];
  const moves = names.map((place) => `${nameOf(place)}: ${numberText(old[place])} → ${numberText(now[place])}.`);
  if (moves.length > 0) return `${moves.map(capital).join(" ")} ${change}`;
  const extent = state.steps > before.steps ? EXTENT[state.view] : undefined; // a step by one number moves no more
  return `${extent ?? `${places.length} numbers`} moved. ${change}`;
}

function tryText(before, state, presets) {
  const { here, above, below } = tried(state, presets);
  const point =
    state.tried_up > before.tried_up ? above.at(-1) : state.tried_down > before.tried_down ? below.at(-1) : null;
  if (point === null) return "";
  const change = point.error - here.error;
  const verdict =
    change === 0 ? "the same as here" : `${written(Math.abs(change), 4)} ${change > 0 ? "more" : "less"} than here`;
  const isBoth = state.tried_up > 0 && state.tried_down > 0;
  return `At ${numberText(point.x)} the error is ${written(point.error)}: ${verdict}.${isBoth ? ` ${triedText(state, presets)[1]}` : ""}`;
}

/** What the landscape is over. */
export function landscapeTitle({ chosen, other }) {
  return `Error over ${nameOf(chosen)} (across) and ${nameOf(other)} (up)`;
}

/** Where the ball lies. @param {number[]} gradient */
export function landscapeText(state, presets, gradient) {
  if (state.chosen === state.other) return "Both axes are the same number: pick another one.";
  const { numbers, error } = current(state, presets);
  const pair = [state.chosen, state.other];
  const [across, up] = pair.map((index) => numberText(numbers[index]));
  const slopes = pair.map((index) => written(gradient[index]));
  return (
    `The ball is at ${across} across, ${up} up; the error there is ${written(error)}. ` +
    `Slopes: ${slopes[0]} across, ${slopes[1]} up. The line shows the next step.`
  );
}

/** Where two gradients differ most. @param {number[]} byWiggling @param {number[]} byBackprop */
export function differenceText(byWiggling, byBackprop) {
  const apart = byWiggling.map((value, index) => Math.abs(value - byBackprop[index]));
  const worst = apart.indexOf(Math.max(...apart));
  const verdict = apart[worst] > 0.001 ? "A smaller bit brings them closer, but for kinks." : "They agree.";
  return `Largest difference among all ${COUNT}: ${written(apart[worst], 6)}, at ${nameOf(worst)}. ${verdict}`;
}

/** The second number's, where a step moves two. */
export function otherText({ other }, numbers) {
  return `Dashed: ${nameOf(other)}, ${numberText(numbers[other])}.`;
}

/** What the step button will move. */
export function stepLabel(state) {
  const count = movedBy(state).length;
  return count === 1 ? "Step downhill" : `Step downhill with ${count === 2 ? "both" : `all ${count}`}`;
}

/** The curve in words. */
export function curveText(state, presets) {
  const { here, points, from, to, lowest } = tried(state, presets);
  const list = points.map(({ x, error }) => `${numberText(x)}: ${written(error)}`).join(", ");
  const shape = state.curve ? ` The curve is lowest at ${written(lowest.x, 2)}, with ${written(lowest.error)}.` : "";
  return `Error over ${nameOf(state.chosen)}, from ${written(from, 1)} to ${written(to, 1)}. Here, at ${numberText(here.x)}: ${written(here.error)}. ${list ? `Tried: ${list}.` : "Nothing tried yet."}${shape}`;
}
