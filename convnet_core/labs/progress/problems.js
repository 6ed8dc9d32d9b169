// Own problems: from a class word and a student number each reader gets pictures and numbers of their own, the right
// answer, and the wrong ones that are expected. convnet_core.labs.progress.problems makes the same.

import { readNumber } from "../mirror/printing.js";
import { accepts } from "../quiz/derived.js";
import { cell, contrast, frames, learned, overlap, target } from "./beyond.js";
import { hash } from "./codes.js";
import { Draw } from "./draw.js";
import { bent, chain, downhill, mapNumber, moved, oneMatch, pooled, stacked, swapped, vote } from "./story.js";

const FEWEST_SLIPS = 2; // wrong answers that are no right one, nor each other
const ATTEMPTS = 200;

/** @typedef {import("./story.js").Made} Made */

/**
 * Who makes the problem of each chapter, and every slip that it may meet, in the order in which codes tell them: what
 * stands here stays as it is, and more comes behind it.
 * @type {Record<string, { make: (draw: Draw) => Made, slips: string[] }>}
 */
export const PROBLEMS = {
  intro: { make: chain, slips: ["no-relu", "no-weights", "minus-lost", "relu-late"] },
  pictures: { make: moved, slips: ["alike", "ink-only", "all-ink"] },
  filtering: { make: oneMatch, slips: ["not-divided", "share", "alike", "minus-lost"] },
  convolution: { make: mapNumber, slips: ["not-divided", "from-one", "row-for-column", "turned"] },
  pooling: { make: pooled, slips: ["mean", "stride-one", "from-one", "sign-lost", "smallest"] },
  relu: { make: bent, slips: ["no-relu", "sign-lost", "other-half", "counted"] },
  stacking: { make: stacked, slips: ["padded", "dropped", "half-way", "not-pooled"] },
  voting: { make: vote, slips: ["no-bias", "no-weights", "minus-lost", "values-lost"] },
  backprop: { make: downhill, slips: ["uphill", "no-rate", "not-divided", "half-wiggle", "slope-only"] },
  limitations: { make: swapped, slips: ["not-swapped", "swapped-back", "not-divided"] },
  sequences: { make: cell, slips: ["all-kept", "all-written", "gates-swapped", "old-lost"] },
  deep: { make: learned, slips: ["no-bias", "one-map", "bias-each", "second-only"] },
  faces: { make: overlap, slips: ["of-one", "counted-twice", "of-picture", "only-counted"] },
  unsupervised: { make: contrast, slips: ["turned", "shown-only", "not-divided", "change-only"] },
  game: { make: target, slips: ["no-discount", "points-only", "all-added", "points-too", "worst"] },
  watching: { make: frames, slips: ["added", "turned", "spoon-only", "first-only", "last-only"] },
};

/**
 * The problem of a chapter for one student of a class.
 * @param {string} chapter @param {string} word @param {string} number @returns {Made}
 */
export function problemFor(chapter, word, number) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const made = PROBLEMS[chapter].make(new Draw(hash(`${word} ${number} ${chapter} ${attempt}`)));
    const slips = apart(made.right, made.slips);
    if (slips.length >= FEWEST_SLIPS) return { ...made, slips };
  }
  throw new Error(`no problem for ${chapter}`);
}

/** The slips whose answers are neither right nor an earlier slip's. @param {string} right @param {Made["slips"]} slips */
function apart(right, slips) {
  /** @type {Made["slips"]} */
  const kept = [];
  for (const [id, answer] of slips) {
    const taken = [right, ...kept.map(([, other]) => other)];
    if (!taken.some((other) => accepts(other, readNumber(answer)) || accepts(answer, readNumber(other)))) kept.push([id, answer]);
  }
  return kept;
}
