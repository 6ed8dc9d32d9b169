// What follows from the lab's state: the block's probabilities and what was drawn from them, which photographs filters are
// learned from, and whether a half is well imagined. No DOM.

import { remembered, same } from "../kit/state.js";
import { mulberry } from "../mirror/seeded.js";
import { blockProbabilities, drawnOf, sigmoid } from "../mirror/unsupervised.js";
import { errorOf, SIDE } from "./imagines.js";

export const NONE = 4; // behind the four units
const [SURE, QUIET] = [0.9, 1]; // of the challenge

/** @typedef {import("../kit/store.js").State} State */

/** The block: how probable each unit is, and what others would say of it. @param {State} state */
export const blockOf = remembered(({ inputs }) => {
  const values = Float64Array.from(inputs.flat());
  const { each, pooled } = blockProbabilities({ count: 1, channels: 1, height: 2, width: 2, values }, 2);
  const alone = Array.from(values, sigmoid);
  return {
    probabilities: [...each.values, 1 - pooled.values[0]],
    pooled: pooled.values[0],
    alone,
    sum: alone.reduce((sum, one) => sum + one, 0),
    largest: Math.max(...values),
  };
});

/** How often each of the five was drawn, and which came last; -1 before the first time. @param {State} state */
export const drawsOf = remembered((state) => {
  const { probabilities } = blockOf(state);
  const random = mulberry(state.luck);
  const tally = [0, 0, 0, 0, 0];
  let last = -1;
  for (let draw = 0; draw < state.drawn; draw++) {
    last = drawnOf(probabilities.slice(0, NONE), random());
    tally[last] += 1;
  }
  return { tally, last };
});

/** Whether the pooled unit is sure, though no input is large. @param {State} state */
export function isSure(state) {
  const { pooled, largest } = blockOf(state);
  return pooled >= SURE && largest <= QUIET;
}

/** Whether the reader has given a photograph. @param {State} state @param {State} initial */
export const hasOwn = (state, initial) => !same(state.photo, initial.photo);

/** Which photographs filters are learned from. @param {State} state @param {State} initial */
export function sourceOf(state, initial) {
  return state.source === "own" && !hasOwn(state, initial) ? "all" : state.source;
}

const NIBBLE = 4; // pixels of a letter

/** The digits to choose from: what each is, and its pixels. @param {{ label: number, ink: string }[]} packed */
export const digitsOf = remembered((packed) =>
  packed.map(({ label, ink }) => {
    const bits = Array.from(ink, (letter) => Number.parseInt(letter, 16).toString(2).padStart(NIBBLE, "0")).join("");
    const picture = Array.from({ length: SIDE }, (_, r) => Array.from(bits.slice(r * SIDE, (r + 1) * SIDE), Number));
    return { label, picture };
  }),
);

/**
 * Which of those digits the picture is, from 0; -1: a drawing of the reader's own, whose other half nobody knows.
 * @param {number[][]} picture @param {{ label: number, ink: string }[]} packed
 */
export const digitAt = (picture, packed) => digitsOf(packed).findIndex((digit) => same(digit.picture, picture));

const [WANTED, FAIR, SWEEPS] = [4, 0.6, 10]; // the challenge: its digit, the share of paper's error, and from which sweep on

/**
 * Whether the right half of a 4 is imagined well, and how far it is.
 * @param {ArrayLike<number> | null} found  what is imagined @param {State} state
 * @param {{ label: number, ink: string }[]} packed
 */
export function fourOf(found, state, packed) {
  const isFour = packed[digitAt(state.picture, packed)]?.label === WANTED;
  const share =
    found &&
    errorOf(found, state.picture, state.half) / errorOf(new Float64Array(SIDE * SIDE), state.picture, state.half);
  const isAsked = isFour && state.half === "right" && share !== null;
  return { isAsked, share, isDone: isAsked && share < FAIR && state.sweep >= SWEEPS };
}
