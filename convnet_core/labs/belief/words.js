// What the belief lab says.

import { capital, NO_BREAK, percent, probability } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { blockOf, drawsOf, NONE } from "./derived.js";
import { errorOf, knownOf, SIDE } from "./imagines.js";
import { FILTERS, STEPS } from "./jobs.js";

/** The views, in their order. */
export const TABS = { block: "One block", edges: "Edges out of photographs", fill: "Fill in" };
export const UNITS = ["upper left", "upper right", "lower left", "lower right", "none of them"];
/** What a menu calls the photographs. */
export const SOURCES = { all: "the book’s ten", own: "your own" };

const counted = (/** @type {number} */ number) => number.toLocaleString("en");
const many = (count, one, more = `${one}s`) => `${counted(count)} ${count === 1 ? one : more}`;
/** With a true minus. @param {number} value */
export const signed = (value) => plain(value).replace("-", "−");

/** The caption of a unit's slider: its name, and behind a colon its input. */
export const inputText = (/** @type {number} */ at, /** @type {number} */ value) => `${capital(UNITS[at])}: ${signed(value)}`;

/** How often one of the five was drawn. */
export function drawnText(count, drawn) {
  return drawn === 0 ? "" : `${counted(count)}${NO_BREAK}(${percent(count / drawn)})`;
}

/** What came last. @param {ReturnType<typeof drawsOf>} draws */
export function lastText({ last }, { drawn }) {
  if (drawn === 0) return "Draw the block: one of the five comes, by its probability.";
  const which = last === NONE ? "none of the four was on" : `${UNITS[last]} was on, and it alone`;
  return `Drawn ${many(drawn, "time")}. The last time, ${which}.`;
}

/** What three ways to pool say of the block. @param {ReturnType<typeof blockOf>} block */
export function pooledText({ pooled, largest, sum }) {
  const more = sum > 1 ? ": more than certain, so several of them would often be on at once" : "";
  return (
    `Probabilistic max pooling: one of the four is on with ${probability(pooled)}. ` +
    `Plain max pooling says ${signed(largest)}, the largest input, and is deaf to the other three. ` +
    `Four sigmoids that know of no other add up to ${probability(sum)}${more}.`
  );
}

/** What has changed in the block. */
export function blockChange(before, state) {
  const moved = UNITS.slice(0, NONE).filter((_, at) => before.inputs.flat()[at] !== state.inputs.flat()[at]);
  if (moved.length > 0) {
    const { probabilities, pooled } = blockOf(state);
    const shares = moved.map((unit) => `${capital(unit)} is on with ${probability(probabilities[UNITS.indexOf(unit)])}`);
    return `${shares.join(", ")}; one of the four with ${probability(pooled)}.`;
  }
  if (before.drawn === state.drawn) return "";
  return state.drawn === 0 ? "The draws are forgotten." : lastText(drawsOf(state), state);
}

/** How far the first challenge is. */
export function sureText(state) {
  const { pooled, largest } = blockOf(state);
  return `${probability(pooled)} sure; the largest input is ${signed(largest)}.`;
}

/** What filters are learned from. @param {string} source */
export function sourceText(source) {
  if (source === "all") return "the ten photographs";
  return source === "own" ? "your own photograph" : `the photograph “${source}” alone`;
}

const settings = ({ source, target, sigma }) =>
  `from ${sourceText(source)}, with a target of ${percent(Number(target))} and a deviation of ${sigma}`;

/** How many filters count as edges. @param {boolean[]} edges */
export const edgeCount = (edges) => edges.filter(Boolean).length;
export const edgesText = (/** @type {boolean[]} */ edges) => `${edgeCount(edges)} of ${FILTERS} count as edges`;

/** How the learning stands. @param {import("./run.js").Run} run */
export function runText({ isOn, now: { settings: how, step, share, edges, seconds } }) {
  if (how === null) return "Nothing is learned yet. Filters start as noise.";
  const found = `${edgesText(edges)}. Of the hidden units, ${percent(share)} are on`;
  if (isOn) return `Step ${counted(step)} of ${counted(STEPS)}, ${settings(how)}: ${found}.`;
  const end = step === STEPS ? `Learned in ${many(Math.max(1, Math.round(seconds)), "second")}` : `Stopped at step ${counted(step)}`;
  return `${end}, ${settings(how)}: ${found}.`;
}

/** How far the second challenge is. @param {import("./run.js").Learned} learned */
export function fadedText({ settings: how, step, edges }) {
  if (how === null) return "nothing is learned yet.";
  return step < STEPS ? `at step ${counted(step)} of ${counted(STEPS)}.` : `the last learning ended with ${many(edgeCount(edges), "edge")}.`;
}

/** A filter, for who does not see it. */
export function filterText(at, isEdge) {
  return `Filter ${at + 1}${isEdge ? ": an edge" : ""}`;
}

/** What a filter finds in a photograph. @param {ArrayLike<number>} found  the pooled units */
export function foundText(at, found, name) {
  const on = Array.from(found).filter((one) => one > 0.5).length;
  return `Filter ${at + 1} in ${name}: of ${counted(found.length)} pooled units, ${counted(on)} are more likely on than off.`;
}

/** What has changed in the settings of the learning. */
export function learnChange(before, state, source) {
  const parts = [];
  if (before.source !== state.source || before.photo !== state.photo) parts.push(`Photographs: ${sourceText(source)}.`);
  if (before.target !== state.target) parts.push(`Target: ${percent(Number(state.target))} of the hidden units are on.`);
  if (before.sigma !== state.sigma) parts.push(`Deviation of a pixel: ${state.sigma}.`);
  if (before.filter !== state.filter) parts.push(`Filter ${state.filter + 1} is looked at.`);
  return parts.join(" ");
}

/** Who imagines, in the menu. */
export const MACHINES = { persistent: "plain, persistent CD", "CD-1": "plain, CD-1", convolutional: "convolutional, CD-1" };
/** What each of them is. */
export const ABOUT = {
  persistent:
    "100 filters, each as large as the picture. Taught by persistent contrastive divergence: what it made up in one step went on in the next.",
  "CD-1":
    "The same 100 large filters, taught by contrastive divergence of one step: it never dreamt further than that from a real digit.",
  convolutional: "32 filters of 9 × 9 pixels that slide over the picture: each knows strokes, and none knows the whole.",
};
export const HALVES = { right: "the right half", left: "the left half", top: "the upper half", bottom: "the lower half" };

/** Where a picture has ink, for who does not see it. @param {ArrayLike<number>} values */
export function inkWords(values) {
  const ink = Array.from(values, (value, k) => ({ value, row: Math.floor(k / SIDE), column: k % SIDE })).filter(({ value }) => value > 0.5);
  if (ink.length === 0) return "All paper.";
  const [rows, columns] = ["row", "column"].map((name) => ink.map((one) => one[name]));
  const span = (all) => `${Math.min(...all) + 1} to ${Math.max(...all) + 1}`;
  return `${many(ink.length, "pixel")} of ink, rows ${span(rows)}, columns ${span(columns)}.`;
}

/** What is imagined, for who does not see it. @param {ArrayLike<number> | null} found */
export function imaginedWords(found, { half }) {
  if (found === null) return `${capital(HALVES[half])} is hidden.`;
  const known = knownOf(half);
  return `In ${HALVES[half]}: ${inkWords(Array.from(found, (value, k) => (known[k] ? 0 : value))).toLowerCase()}`;
}

/** How far off it is. @param {ArrayLike<number> | null} found */
export function fillText(found, { picture, half, sweep }) {
  if (found === null) return `${capital(HALVES[half])} is hidden, and holds noise. “Step” is one sweep: up to the hidden units, and down again.`;
  const [off, paper] = [found, new Float64Array(SIDE * SIDE)].map((one) => errorOf(one, picture, half).toFixed(3));
  return `After ${many(sweep, "sweep")}, the hidden pixels are off by ${off} (mean squared error). Plain paper would be off by ${paper}.`;
}

/** What has changed in the question, or in what is imagined. */
export function fillChange(before, state, found) {
  const parts = [];
  if (before.machine !== state.machine) parts.push(`Who imagines: ${MACHINES[state.machine]}.`);
  if (before.half !== state.half) parts.push(`Hidden: ${HALVES[state.half]}.`);
  if (before.picture !== state.picture && String(before.picture) !== String(state.picture)) parts.push("The picture is another one.");
  if (before.truth !== state.truth) parts.push(state.truth ? `What was there: ${inkWords(state.picture.flat())}` : "What was there is hidden.");
  if (before.sweep !== state.sweep || before.seed !== state.seed || before.machine !== state.machine) parts.push(fillText(found, state));
  return parts.join(" ");
}

/** How far the third challenge is. @param {ReturnType<import("./derived.js").fourOf>} four */
export function fourText({ isAsked, share }) {
  return isAsked ? `off by ${percent(share)} of what paper is.` : "no right half of a 4 is imagined.";
}
