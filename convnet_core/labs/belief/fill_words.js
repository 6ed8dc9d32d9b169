// What the belief lab says of halves that are imagined.

import { capital, percent } from "../kit/words.js";
import { errorOf, knownOf, SIDE } from "./imagines.js";
import { many } from "./words.js";

/** Who imagines, in the menu. */
export const MACHINES = {
  persistent: "plain, persistent CD",
  "CD-1": "plain, CD-1",
  convolutional: "convolutional, CD-1",
};
/** What each of them is. */
export const ABOUT = {
  persistent:
    "100 filters, each as large as the picture. Taught by persistent contrastive divergence: what it made up in one step " +
    "went on in the next.",
  "CD-1":
    "The same 100 large filters, taught by contrastive divergence of one step: it never dreamt further than that from a " +
    "real digit.",
  convolutional:
    "32 filters of 9 × 9 pixels that slide over the picture: each knows strokes, and none knows the whole.",
};
export const HALVES = {
  right: "the right half",
  left: "the left half",
  top: "the upper half",
  bottom: "the lower half",
};

/** Where a picture has ink, for who does not see it. @param {ArrayLike<number>} values */
export function inkWords(values) {
  const ink = Array.from(values, (value, k) => ({ value, row: Math.floor(k / SIDE), column: k % SIDE })).filter(
    ({ value }) => value > 0.5,
  );
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
  if (found === null)
    return `${capital(HALVES[half])} is hidden, and holds noise. “Step” is one sweep: up to the hidden units, and down again.`;
  const [off, paper] = [found, new Float64Array(SIDE * SIDE)].map((one) => errorOf(one, picture, half).toFixed(3));
  return `After ${many(sweep, "sweep")}, the hidden pixels are off by ${off} (mean squared error). Plain paper would be off by ${paper}.`;
}

/** What has changed in the question, or in what is imagined. */
export function fillChange(before, state, found) {
  const parts = [];
  if (before.machine !== state.machine) parts.push(`Who imagines: ${MACHINES[state.machine]}.`);
  if (before.half !== state.half) parts.push(`Hidden: ${HALVES[state.half]}.`);
  if (before.picture !== state.picture && String(before.picture) !== String(state.picture))
    parts.push("The picture is another one.");
  if (before.truth !== state.truth)
    parts.push(state.truth ? `What was there: ${inkWords(state.picture.flat())}` : "What was there is hidden.");
  if (before.sweep !== state.sweep || before.seed !== state.seed || before.machine !== state.machine)
    parts.push(fillText(found, state));
  return parts.join(" ");
}

/** How far the third challenge is. @param {ReturnType<import("./derived.js").fourOf>} four */
export function fourText({ isAsked, share }) {
  return isAsked ? `off by ${percent(share)} of what paper is.` : "no right half of a 4 is imagined.";
}
