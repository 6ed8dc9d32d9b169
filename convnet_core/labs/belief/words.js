// What the belief lab says.

import { capital, NO_BREAK, percent, probability } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { blockOf, drawsOf, NONE } from "./derived.js";
import { FILTERS, STEPS } from "./jobs.js";

/** The views, in their order. */
export const TABS = { block: "One block", edges: "Edges out of photographs", fill: "Fill in" };
export const UNITS = ["upper left", "upper right", "lower left", "lower right", "none of them"];
/** What a menu calls the photographs. */
export const SOURCES = { all: "the book’s ten", own: "your own" };

const counted = (/** @type {number} */ number) => number.toLocaleString("en");
/** "1 time", "2 times". */
export const many = (count, one, more = `${one}s`) => `${counted(count)} ${count === 1 ? one : more}`;
/** With a true minus. @param {number} value */
export const signed = (value) => plain(value).replace("-", "−");

/** The caption of a unit's slider: its name, and behind a colon its input. */
export const inputText = (/** @type {number} */ at, /** @type {number} */ value) =>
  `${capital(UNITS[at])}: ${signed(value)}`;

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
    const shares = moved.map(
      (unit) => `${capital(unit)} is on with ${probability(probabilities[UNITS.indexOf(unit)])}`,
    );
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
  const end =
    step === STEPS
      ? `Learned in ${many(Math.max(1, Math.round(seconds)), "second")}`
      : `Stopped at step ${counted(step)}`;
  return `${end}, ${settings(how)}: ${found}.`;
}

/** How far the second challenge is. @param {import("./run.js").Learned} learned */
export function fadedText({ settings: how, step, edges }) {
  if (how === null) return "nothing is learned yet.";
  return step < STEPS
    ? `at step ${counted(step)} of ${counted(STEPS)}.`
    : `the last learning ended with ${many(edgeCount(edges), "edge")}.`;
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
  if (before.target !== state.target)
    parts.push(`Target: ${percent(Number(state.target))} of the hidden units are on.`);
  if (before.sigma !== state.sigma) parts.push(`Deviation of a pixel: ${state.sigma}.`);
  if (before.filter !== state.filter) parts.push(`Filter ${state.filter + 1} is looked at.`);
  return parts.join(" ");
}
