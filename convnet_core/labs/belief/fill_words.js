// What the belief lab says of halves that are imagined.

import { capital, percent } from "../kit/words.js";
import { digitAt } from "./derived.js";
import { errorOf, knownOf, SIDE } from "./imagines.js";
import { many } from "./words.js";

/** Who imagines, in the menu. */
export const MACHINES = {
  persistent: "persistent (drawings go on)",
  "CD-1": "CD-1 (one step from a digit)",
  convolutional: "convolutional (small features)",
};
/** What each of them is. */
export const ABOUT = {
  persistent:
    "100 features, each as large as the picture. Taught by persistent contrastive divergence: what it made up in one step " +
    "went on in the next.",
  "CD-1":
    "100 features just as large, taught by contrastive divergence of one step: it never dreamt further than that from a " +
    "real digit.",
  convolutional:
    "32 features of 9 × 9 pixels that slide over the picture: each knows strokes, and none knows the whole.",
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

const OWN = "On a sheet of your own, nobody knows what the other half should be.";

/**
 * How far off it is, where that is known.
 * @param {ArrayLike<number> | null} found @param {import("../kit/store.js").State} state
 * @param {boolean} isOwn  a sheet of the reader's own
 */
export function fillText(found, { picture, half, sweep }, isOwn) {
  if (found === null)
    return `${capital(HALVES[half])} is hidden. “Step” is one sweep: up to the hidden units, and down again. The first begins with noise.${isOwn ? ` ${OWN}` : ""}`;
  if (isOwn) return `After ${many(sweep, "sweep")}. ${OWN}`;
  const [off, paper] = [found, new Float64Array(SIDE * SIDE)].map((one) => errorOf(one, picture, half).toFixed(3));
  return `After ${many(sweep, "sweep")}, the hidden pixels are off by ${off} (mean squared error). Plain paper would be off by ${paper}.`;
}

/** "Digit 7: a 4". @param {number} at @param {{ label: number }[]} packed */
export const digitText = (at, packed) => `Digit ${at + 1}: a ${packed[at].label}`;

/** What became of the picture. */
function pictureChange(before, { picture, half }, packed) {
  const at = digitAt(picture, packed);
  if (at >= 0) return `${digitText(at, packed)}, ${HALVES[half]} hidden.`;
  if (!picture.flat().some(Boolean)) return "The sheet is empty.";
  const [old, now] = [before.picture.flat(), picture.flat()];
  const changed = now.flatMap((value, k) => (value === old[k] ? [] : [k]));
  const [first] = changed;
  const kind = now[first] > 0.5 ? "ink" : "paper";
  return changed.length === 1
    ? `Row ${Math.floor(first / SIDE) + 1}, column ${(first % SIDE) + 1}: ${kind}.`
    : `${many(changed.length, "pixel")} drawn: ${kind}.`;
}

/** What has changed in the question, or in what is imagined. @param {{ label: number, ink: string }[]} packed */
export function fillChange(before, state, found, packed) {
  const parts = [];
  const isOwn = digitAt(state.picture, packed) < 0;
  if (before.machine !== state.machine) parts.push(`Who imagines: ${state.machine}.`);
  if (before.half !== state.half) parts.push(`Hidden: ${HALVES[state.half]}.`);
  if (before.picture !== state.picture && String(before.picture) !== String(state.picture))
    parts.push(pictureChange(before, state, packed));
  if (before.truth !== state.truth && !isOwn)
    parts.push(state.truth ? `What was there: ${inkWords(state.picture.flat())}` : "What was there is hidden.");
  if (before.sweep !== state.sweep || before.seed !== state.seed || before.machine !== state.machine)
    parts.push(fillText(found, state, isOwn));
  return parts.join(" ");
}

/** How far the third challenge is. @param {ReturnType<import("./derived.js").fourOf>} four */
export function fourText({ isAsked, share }) {
  return isAsked ? `off by ${percent(share)} of what paper is.` : "no right half of a 4 is imagined.";
}
