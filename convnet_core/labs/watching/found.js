// Which challenges are solved, and how far the reader is. No DOM.

import { same } from "../kit/state.js";

/** @param {import("./derived.js").Kitchen} kitchen */
export function challengesOf(kitchen) {
  /** How many clips a reader misreads. */
  const misread = (state, /** @type {import("./derived.js").ReaderName} */ reader, free = state.free) => {
    const { steps } = kitchen.reading(state, reader, free);
    return kitchen.cook(state).filter((step, place) => !same(step, steps[place])).length;
  };
  const mend = (state) => ({ wrong: misread(state, "nets"), left: misread(state, "counts"), isShown: state.truth && state.reader === "counts" });
  const beyond = (state) => ({
    isOwn: state.own.length > 0,
    isKnown: kitchen.cook(state).every(({ action }) => action !== null),
    isInBook: kitchen.isInBook(state),
    areNetsRight: misread(state, "nets") === 0,
  });
  return {
    mend,
    beyond,
    isMended: (state) => {
      const { wrong, left, isShown } = mend(state);
      return isShown && wrong >= 2 && left === 0;
    },
    isBeyond: (state) => {
      const { isOwn, isKnown, isInBook, areNetsRight } = beyond(state);
      const isMisread = state.reader === "grammar" && !state.free && misread(state, "grammar", false) > 0;
      return isOwn && isKnown && !isInBook && areNetsRight && isMisread && state.truth;
    },
    isDone: (state) => {
      const isAtEnd = state.tab === "robot" && state.step >= kitchen.cook(state).length;
      const { isDone, isUnderstood } = kitchen.verdict(state);
      return isAtEnd && isDone && !isUnderstood;
    },
  };
}
