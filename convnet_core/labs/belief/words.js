// What the belief lab says.

import { capital, NO_BREAK, percent, probability } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { blockOf, drawsOf, NONE } from "./derived.js";
import { BETWEEN, fadedOf, FILTERS, PIECE, STEPS } from "./jobs.js";

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

/** "3 in 1,000 (0.3%)". @param {string} target */
export function targetText(target) {
  const share = Number(target);
  const all = share < 0.01 ? 1000 : 100;
  return `${Math.round(share * all)} in ${counted(all)} (${percent(share)})`;
}

const settings = ({ source, target, sigma }) =>
  `from ${sourceText(source)}, ${targetText(target)} of the units shall be on, sigma ${sigma}`;

/** How many filters count as edges. @param {boolean[]} edges */
export const edgeCount = (edges) => edges.filter(Boolean).length;
export const edgesText = (/** @type {boolean[]} */ edges) => `${edgeCount(edges)} of ${FILTERS} count as edges`;

/** How the learning stands. @param {import("./run.js").Run} run */
export function runText({ isOn, now: { settings: how, step, share, edges, seconds } }) {
  if (how === null) return "Nothing is learned yet. Features start as this noise.";
  const found = `${edgesText(edges)}. In the last ${BETWEEN} steps, ${percent(share)} of the hidden units were on`;
  if (isOn) return `Step ${counted(step)} of ${counted(STEPS)}, ${settings(how)}: ${found}.`;
  const end =
    step === STEPS
      ? `Learned in ${many(Math.max(1, Math.round(seconds)), "second")}`
      : `Stopped at step ${counted(step)}`;
  return `${end}, ${settings(how)}: ${found}.`;
}

/** That it has begun, or goes on. @param {import("./run.js").Learned} learned */
export function beginText({ settings: how, step }) {
  return step === 0 ? `It learns ${settings(how)}.` : `It goes on at step ${counted(step)} as it began: ${settings(how)}.`;
}

/** What “Learn anew” would take otherwise. @param {import("./run.js").Run} run */
export function keptText({ isOn, canGoOn }) {
  if (isOn) return "This learning keeps to what it began with. What you have changed counts for the next one.";
  const others = "“Learn anew” takes what you have changed.";
  return canGoOn
    ? `“Go on” keeps to what the learning began with; ${others}`
    : `The features are those of the last learning. ${others}`;
}

/** How far the second challenge is. @param {import("./run.js").Learned} learned */
export function fadedText({ settings: how, step, weights }) {
  if (how === null) return "nothing is learned yet.";
  if (how.source !== "all") return `the last learning is ${from(how)}.`;
  const faded = `${fadedOf(weights).filter(Boolean).length} of ${FILTERS} have faded`;
  return step < STEPS ? `at step ${counted(step)} of ${counted(STEPS)}, ${faded}.` : `at its end, ${faded}.`;
}

const from = ({ source }) => `from ${sourceText(source)}`;

/** A feature, for who does not see it. @param {"edge" | "faded" | ""} mark */
export function filterText(at, mark) {
  return `Feature ${at + 1}${mark === "edge" ? ": an edge" : mark && `: ${mark}`}`;
}

/** Why a photograph teaches nothing. */
export const smallText = ({ width, height }, least) =>
  `This photograph is too small to learn from: here it is ${width} x ${height} pixels, and it takes ${least} a side.`;

/** A piece, what the machine makes of it, and by how many units. @param {import("./jobs.js").Redrawn} redrawn */
export function redrawnTexts({ shown, drawing, count }) {
  const alike = correlation(shown, drawing);
  const how = alike === null ? "" : ` Its correlation with the piece is ${signed(Number(alike.toFixed(2)))}.`;
  return {
    shown: `Shown: a piece of ${PIECE} by ${PIECE} pixels, whitened.`,
    drawing: `Its drawing: the machine's own, by ${many(count, "unit")}.${how}`,
    units: `Units that are on: ${counted(count)}.`,
  };
}

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other @returns {number | null} where one of them is flat */
function correlation(one, other) {
  const [a, b] = [one, other].map((values) => {
    const all = Array.from(values);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    return all.map((value) => value - mean);
  });
  const [ab, aa, bb] = [[a, b], [a, a], [b, b]].map(([x, y]) => x.reduce((sum, value, k) => sum + value * y[k], 0));
  return aa * bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

/** What a feature finds in a photograph. @param {ArrayLike<number>} found  the pooled units */
export function foundText(at, found, name) {
  const on = Array.from(found).filter((one) => one > 0.5).length;
  return `Feature ${at + 1} in ${name}: of ${counted(found.length)} pooled units, ${counted(on)} are more likely on than off.`;
}

/** What has changed in the settings of the learning. @param {string} kept  what to know while another one stands there */
export function learnChange(before, state, source, kept) {
  const parts = [];
  if (before.source !== state.source || before.photo !== state.photo) parts.push(`Photographs: ${sourceText(source)}.`);
  if (before.target !== state.target)
    parts.push(`Units that shall be on: ${targetText(state.target)}.`);
  if (before.sigma !== state.sigma) parts.push(`Sigma: ${state.sigma}.`);
  if (parts.length > 0 && kept) parts.push(kept);
  if (before.filter !== state.filter) parts.push(`Feature ${state.filter + 1} is looked at.`);
  return parts.join(" ");
}
