// What follows from the lab's state: the block's probabilities and what was drawn from them, and which photographs filters
// are learned from. No DOM.

import { remembered, same } from "../kit/state.js";
import { mulberry } from "../mirror/seeded.js";
import { blockProbabilities, drawnOf, sigmoid } from "../mirror/unsupervised.js";

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
