// What the voting lab says: how a vote comes about, and what an edit changed.

import { presetOf } from "../kit/state.js";
import { capital, changeText } from "../kit/words.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, FEATURES, leadAfter, LETTERS, placeOf } from "./derived.js";

const POINT = "Point at a value, a weight, a pixel, or at X and O: here stands what it does.";

/** A value of the list; what is nothing at all is a plain 0. */
export function printed(value) {
  return value === 0 ? "0" : truncated(value);
}

/** "value 23, cross row 2, column 3" */
export function valueName(k) {
  const { feature, row, column } = placeOf(k);
  return `value ${k + 1}, ${FEATURES[feature].name} row ${row + 1}, column ${column + 1}`;
}

/** The sentence that explains what is pointed at. */
export function explained(state, presets, point) {
  if (point === null) return POINT;
  const now = current(state, presets);
  if ("pixel" in point) return pixelText(state, presets, now, point.pixel);
  if ("value" in point) return valueText(state, now, point.value);
  if ("unit" in point) return unitText(state, now, point.unit);
  return letterText(state, now, point.letter);
}

function pixelText(state, presets, now, [row, column]) {
  const after = leadAfter(state, presets, [[row, column]]);
  return (
    `Pixel row ${row + 1}, column ${column + 1}: ${plain(state.image[row][column])}. ` +
    `Flip it, and the lead of X goes ${truncated(now.lead)} → ${truncated(after)}.`
  );
}

function valueText(state, now, k) {
  const value = now.values[k];
  const vote = (weights) => `${printed(value)} × ${plain(weights[k])} = ${printed(value * weights[k])}`;
  const votes = state.hidden
    ? state.hidden_weights.map((weights, unit) => `${vote(weights)} for unit ${unit + 1}`)
    : state.weights.map((weights, letter) => `${vote(weights)} for ${LETTERS[letter]}`);
  const silent = value === 0 ? " A 0 has nothing to say, whatever its weight." : "";
  return `${capital(valueName(k))}: ${votes.join(", ")}.${silent}`;
}

function unitText(state, now, unit) {
  const before = state.hidden_weights[unit].reduce((sum, weight, k) => sum + weight * now.values[k], 0);
  const bias = state.hidden_bias[unit];
  const rest = before + bias < 0 ? " Below zero: ReLU makes it 0." : "";
  return (
    `Hidden unit ${unit + 1}: the 48 values, each times its weight, add up to ${truncated(before)}. ` +
    `With its bias ${plain(bias)}: ${truncated(before + bias)}.${rest}`
  );
}

function letterText(state, now, letter) {
  const bias = (state.hidden ? state.out_bias : state.bias)[letter];
  const start = `The vote for ${LETTERS[letter]} begins with ${plain(bias)}, its bias.`;
  if (state.hidden) {
    const parts = state.out_weights[letter].map(
      (weight, unit) => `${printed(now.units[unit])} × ${plain(weight)} = ${printed(now.units[unit] * weight)}`,
    );
    return `${start} The units add ${parts.join(", ")}. That makes ${truncated(now.votes[letter])}.`;
  }
  const weighed = state.weights[letter].map((weight, k) => weight * now.values[k]);
  const sums = FEATURES.map(({ name }, feature) => {
    const part = weighed.filter((_, k) => placeOf(k).feature === feature);
    return `${name} ${truncated(part.reduce((sum, vote) => sum + vote))}`;
  });
  return `${start} The 48 votes add ${sums.join(", ")}. That makes ${truncated(now.votes[letter])}.`;
}

/** "X is ahead by 1.11." */
export function leadText({ lead, answer }) {
  return lead === 0 ? "Both are equal." : `${answer} is ahead by ${truncated(Math.abs(lead))}.`;
}

const OWNERS = {
  weights: (which) => ` for ${LETTERS[which]}`,
  hidden_weights: (which) => ` for unit ${which + 1}`,
  out_weights: (which) => ` for ${LETTERS[which]}`,
};
const TARGETS = { out_weights: (k) => `unit ${k + 1}` };
const BIASES = ["bias", "hidden_bias", "out_bias"];

export function whatChanged(before, state, presets) {
  const [old, now] = [before, state].map((one) => current(one, presets));
  const edits = [imageChange(before, state, presets), layerChange(before, state), ...weightChanges(before, state)];
  const said = edits.filter(Boolean).join(" ");
  if (said) return `${said} ${voteChange(old, now)}`;
  if (before.shown !== state.shown) return `The grids now hold the weights for ${state.shown}.`;
  if (before.unit !== state.unit) return `The grids now hold the weights for unit ${state.unit}.`;
  return "";
}

function imageChange(before, state, presets) {
  const change = changeText("Image", before.image, state.image);
  const sample = presetOf(presets.image, state.image);
  return change && sample ? `The picture is now: ${sample}.` : change;
}

function layerChange(before, { hidden }) {
  if (before.hidden === hidden) return "";
  return hidden ? "Three hidden units now come in between." : "The values vote by themselves again.";
}

function weightChanges(before, state) {
  const weights = Object.keys(OWNERS).map((name) => {
    const edits = state[name].flatMap((line, which) =>
      line.flatMap((weight, k) => (weight === before[name][which][k] ? [] : [{ which, k, weight }])),
    );
    if (edits.length !== 1) return edits.length === 0 ? "" : `${edits.length} weights changed.`;
    const [{ which, k, weight }] = edits;
    const of = (TARGETS[name] ?? valueName)(k);
    return `Weight of ${of}${OWNERS[name](which)}: ${plain(before[name][which][k])} → ${plain(weight)}.`;
  });
  const biases = BIASES.map((name) => {
    const which = state[name].findIndex((bias, at) => bias !== before[name][at]);
    if (which < 0) return "";
    const whose = name === "hidden_bias" ? `unit ${which + 1}` : LETTERS[which];
    return `Bias of ${whose}: ${plain(before[name][which])} → ${plain(state[name][which])}.`;
  });
  return [...weights, ...biases];
}

function voteChange(old, now) {
  const moved = LETTERS.map((letter, which) => {
    const [from, to] = [old, now].map(({ votes }) => truncated(votes[which]));
    return from === to ? `${letter} stays ${to}` : `${letter} ${from} → ${to}`;
  });
  return `${moved.join(", ")}. ${old.answer === now.answer ? "Still" : "Now it says"} ${now.answer}.`;
}
