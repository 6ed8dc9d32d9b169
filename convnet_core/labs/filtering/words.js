// What the filtering lab says: the sum in words, a step of it, and what an edit changed.

import { same } from "../kit/state.js";
import { changeText, writtenSum } from "../kit/words.js";
import { count } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, LAST_STEP } from "./derived.js";

export const FEATURE_NAMES = { backslash: "\\ backslash", cross: "x cross", slash: "/ slash" };

export function numpyLine({ row, column, height, width }) {
  return `np.sum(image[${row}:${row + height}, ${column}:${column + width}] * feature) / feature.size`;
}

/** The sum as far as the walk has come. */
export function sumText(state, { patch, sum }, shown) {
  if (shown === 0) return "Press Step: the first pixel of the patch is multiplied by the first pixel of the feature.";
  const all = state.step >= LAST_STEP - 1;
  return writtenSum(patch, state.feature, shown) + (all ? ` = ${plain(sum)}` : "");
}

export function whatChanged(before, state, now, hidden) {
  const [old, result] = [truncated(current(before).result), truncated(now.result)];
  const edited = changeText("Image", before.image, state.image) || changeText("Feature", before.feature, state.feature);
  if (edited && hidden) return edited;
  const isOutside = same(before.feature, state.feature) && same(current(before).patch, now.patch);
  if (edited && isOutside) return `${edited} That is outside the window: the result stays ${result}.`;
  if (edited && same(current(before).parts, now.parts)) {
    return `${edited} Its partner is 0, so the product stays 0: the result stays ${result}.`;
  }
  if (edited) return `${edited} Result ${old} → ${result}.`;
  if (before.row !== state.row || before.column !== state.column) {
    return `Window at row ${state.row + 1}, column ${state.column + 1}.${hidden ? "" : ` Result ${result}.`}`;
  }
  if (before.step !== state.step) return hidden ? "" : stepText(state, now);
  if (before.guess_first !== state.guess_first && state.guess_first)
    return "Now guess: the result stays hidden until you do.";
  return "";
}

function stepText({ step, feature }, { patch, parts, sum, result }) {
  const pixels = count(feature);
  if (step === 0) return "Nothing multiplied yet.";
  if (step > pixels + 1) return `Divide: ${plain(sum)} / ${pixels} = ${truncated(result)}.`;
  if (step > pixels) return `Add up: ${plain(sum)}.`;
  const [r, c] = [Math.floor((step - 1) / feature.length), (step - 1) % feature.length];
  return `Pixel ${step} of ${pixels}: ${plain(patch[r][c])} × ${plain(feature[r][c])} = ${plain(parts[r][c])}.`;
}

/** "3 / 9 = 0.33" */
export function resultText(state) {
  const { sum, result } = current(state);
  return `${plain(sum)} / ${count(state.feature)} = ${truncated(result)}`;
}
