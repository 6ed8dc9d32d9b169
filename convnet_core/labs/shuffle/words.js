// What the shuffle lab says: what changed, where a pixel went, what was measured.

import { same } from "../kit/state.js";
import { capital, percent } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import {
  cellOf,
  changesOf,
  compared,
  current,
  followed,
  guessOf,
  isSingleRow,
  mean,
  resultsOf,
  sizesOf,
} from "./derived.js";

/** [class of its line, name, where its numbers begin in a point of the curve] of each net. @type {[string, string, number][]} */
export const NETS = [
  ["convnet", "ConvNet", 0],
  ["voting", "voting net", 3],
];
const NOUNS = { digits: "digit", sounds: "sound", customers: "customer" };

const UNASKED = 50; // percent, before the reader has guessed
/** Said where rows are to be swapped in what has only one. */
export const NO_ROWS = "A customer is a single row: there are no rows to swap. Swap columns.";

/** The mean, "93.5%", and from the least to the most, "(91.7 to 95.7)". @param {number[]} shares */
export function spread(shares) {
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => percent(share).slice(0, -1));
  return [percent(mean(shares)), `(${least} to ${most})`];
}

/** "+0.1", "-6.6", "0": points of a hundred. @param {number} change */
export function points(change) {
  const rounded = Math.round(change * 1000) / 10;
  return rounded > 0 ? `+${plain(rounded)}` : plain(rounded);
}

/** What the data are, and how a picture of them is read. */
export function aboutData({ data }, { shape, answers, train, test }) {
  const what = {
    digits: `Handwritten digits, ${shape.join("×")} pixels; a number says how much ink there is.`,
    sounds:
      "Sounds of half a second as pictures: time goes to the right, pitch upward, and a number says how loud. " +
      "A note keeps its pitch, a chirp changes it, and a tap is all pitches for a moment.",
    customers:
      "Customers, each a row of 12 numbers, from age to reviews written: how far above or below the usual. The question is whether somebody buys again.",
  }[data];
  return `${what} ${train} to learn from, ${test} others for the test. Pure chance: ${percent(1 / answers.length)}.`;
}

/** [the ConvNet, the voting net], and how many numbers each learns. */
export function aboutNets(kind, net) {
  const { values, pixels, convnet, voting } = sizesOf(kind, net);
  const pooling = net.window > 0 ? `, pooling ${net.window}×${net.window}` : "";
  const border = net.padding > 0 ? " over a border of zeros" : "";
  return [
    `${net.filters} features of 3×3${border}, ReLU${pooling}, and ${values} values vote: ${convnet} numbers to learn.`,
    `The ${pixels} ${kind.columns ? "numbers" : "pixels"} vote directly: ${voting} numbers to learn.`,
  ];
}

/** What an edit or Undo changed; "" for what is told elsewhere. */
export function whatChanged(before, state, kinds, presets) {
  const parts = [];
  if (before.data !== state.data) parts.push(`Data: ${before.data} → ${state.data}.`);
  if (before.swap !== state.swap) parts.push(`Swapped: ${before.swap} → ${state.swap}.`);
  if (before.order !== state.order) parts.push(`Order ${before.order} → ${state.order}.`);
  if (parts.length > 0 && emptySwap(state, kinds)) parts.push(NO_ROWS);
  if (before.sample !== state.sample) parts.push(`Shown: ${sampleName(before, kinds)} → ${sampleName(state, kinds)}.`);
  if (before.data === state.data) parts.push(...guessChanges(before, state, presets));
  if (!same(before.runs, state.runs)) parts.push(measuredText(before, state, presets));
  return parts.join(" ");
}

/** Whose guess it is: each kind of data has its own. */
export function guessCaption({ data }) {
  return `Your guess for the ${data}, in percent: ConvNet, voting net`;
}

function guessChanges(before, state, presets) {
  const [old, now] = [before, state].map((one) => guessOf(one, presets).map(plain));
  return NETS.flatMap(([, name], at) =>
    old[at] === now[at] ? [] : [`Your guess for the ${name}: ${old[at]}% → ${now[at]}%.`],
  );
}

export function sampleName(state, kinds) {
  const { answers } = current(state, kinds);
  return `${NOUNS[state.data]} ${state.sample + 1} (${answers[state.sample]})`;
}

/** Whether the swap can change nothing: the rows of what has one row. */
export function emptySwap({ data, swap }, kinds) {
  return swap === "rows" && isSingleRow(kinds[data]);
}

/** What is swapped, in words. */
export function aboutSwap(state, kinds) {
  const noun = `every ${NOUNS[state.data]}`;
  if (state.swap === "nothing") return "Nothing is swapped: both pictures are the same.";
  if (emptySwap(state, kinds)) return NO_ROWS;
  const what = { rows: "Whole rows", columns: "Whole columns", "all pixels": "All pixels" }[state.swap];
  const isSame = state.swap === "all pixels" && isSingleRow(kinds[state.data]);
  const note = isSame ? " A single row: this is the same as swapping columns." : "";
  return `${what} change places, in ${noun} alike (order ${state.order}). No number is lost.${note}`;
}

/**
 * What a place of a picture is called.
 * @param {number[]} cell  row and column @param {{ columns?: string[] }} kind
 */
export function placeName([row, column], { columns }) {
  return columns ? columns[column] : `row ${row + 1}, column ${column + 1}`;
}

/** Where the pixel at `place` went, and who is still beside it. */
export function pixelText(place, state, kinds) {
  const { kind, places, before } = current(state, kinds);
  const { around, now, kept } = followed(place, places, kind.shape);
  const [from, to] = [cellOf(place, kind.shape), cellOf(now, kind.shape)];
  const value = plain(before[from[0]][from[1]]);
  const stands = kind.columns
    ? `${placeName(from, kind)} (${value}), number ${from[1] + 1} of the row, is now number ${to[1] + 1}.`
    : `The pixel of ${placeName(from, kind)} (${value}) is now in ${placeName(to, kind)}.`;
  const text = stands[0].toUpperCase() + stands.slice(1);
  return `${text} Of its ${around.length} neighbours ${["none is", "1 is"][kept] ?? `${kept} are`} still beside it.`;
}

/** What a new row of the table says, or how many rows there are. */
function measuredText(before, state, presets) {
  const [earlier, results] = [before, state].map((one) => resultsOf(one, presets));
  const isNew = results.length > 0 && results.length >= earlier.length && !same(earlier.at(-1), results.at(-1));
  if (!isNew) return `Measured: ${earlier.length} → ${results.length}.`;
  const percents = guessOf(state, presets);
  const isGuessed = percents.some((number) => number !== UNASKED);
  const guess = isGuessed ? ` Your guess: ${percents.map(plain).join("% and ")}%.` : "";
  return runText(results.at(-1), results, presets.swaps[0]) + guess;
}

/** What a finished run showed, against the one with nothing swapped. */
export function runText(run, results, unswapped) {
  const what = run.swap === unswapped ? "nothing swapped" : `${run.swap} swapped, order ${run.order}`;
  const start = `${capital(run.data)}, ${what}: ConvNet ${percent(mean(run.convnet))}, voting net ${percent(mean(run.voting))}.`;
  if (run.swap === unswapped) return start;
  const changes = changesOf(run, results, unswapped);
  if (changes === null) return `${start} Train with nothing swapped, too: then there is something to compare it with.`;
  return `${start} By the swap: ConvNet ${points(changes.convnet)} points, voting net ${points(changes.voting)}.`;
}

/** What all that was measured says so far, kind by kind. */
export function summary(state, presets) {
  const swapped = compared(state, presets);
  const results = resultsOf(state, presets);
  if (results.length === 0) return "";
  if (swapped.length === 0) {
    const isStraight = results.at(-1).swap === presets.swaps[0];
    return isStraight ? "Next: the same data, swapped." : "Next: the same data with nothing swapped, to compare.";
  }
  return Object.keys(presets.kinds)
    .map((name) => swapped.filter(({ data }) => data === name))
    .filter((runs) => runs.length > 0)
    .map((runs) => {
      const of = (net) => range(runs.map(({ changes }) => changes[net]));
      return `${capital(runs[0].data)}: a swap changed the ConvNet by ${of("convnet")} points, the voting net by ${of("voting")}.`;
    })
    .join(" ");
}

/** How far a training is. @param {number[]} point @param {number} whole  the right answers that there could be */
export function progressText(epoch, epochs, point, whole) {
  const [convnet, voting] = NETS.map(([, , from]) => percent(point[from] / whole));
  return `Epoch ${epoch} of ${epochs}: ConvNet ${convnet}, voting net ${voting}.`;
}

function range(changes) {
  const [least, most] = [points(Math.min(...changes)), points(Math.max(...changes))];
  return least === most ? least : `${least} to ${most}`;
}

/** The curve in words. @param {number[][]} all  points of it: right answers of the ConvNets, then of the voting nets */
export function curveText(all, whole, chance, unswapped) {
  const base = unswapped === null ? "" : ` With nothing swapped the ConvNet reached ${percent(unswapped)}.`;
  if (all.length === 0) return `Right in the test: no curve yet.${base}`;
  const [first, last] = [all[0], all.at(-1)];
  const way = (at) => `${percent(first[at] / whole)} to ${percent(last[at] / whole)}`;
  return (
    `Right in the test over ${all.length - 1} epochs. ConvNet: ${way(0)}. Voting net: ${way(3)}. ` +
    `Pure chance: ${percent(chance)}.${base}`
  );
}
