// Which challenges are solved, and how far the reader is. No DOM.

import { same } from "../kit/state.js";
import { HEIGHT, WIDTH } from "../mirror/kitchen.js";
import { hiddenIn, OWN } from "./derived.js";

const EDGE = 4; // pixels from the middle of a hand to the picture's edge: nearer, half of it may be out of the picture
const APART = 8; // pixels between two hands: nearer, one is before the other

/** @param {import("./derived.js").Kitchen} kitchen */
export function challengesOf(kitchen) {
  /** How many clips a reader misreads. */
  const misread = (state, /** @type {import("./derived.js").ReaderName} */ reader, free = state.free) => {
    const { steps } = kitchen.reading(state, reader, free);
    return kitchen.cook(state).filter((step, place) => !same(step, steps[place])).length;
  };
  const mend = (state) => ({ wrong: misread(state, "nets"), left: misread(state, "counts"), isShown: state.truth && state.reader === "counts" });
  /** The first clip that the nets misread, and what may be the reason; null if there is none. */
  const firstMisread = (state) => {
    const { steps } = kitchen.reading(state, "nets");
    const place = kitchen.cook(state).findIndex((step, k) => !same(step, steps[k]));
    return place < 0 ? null : { place, why: reasonOf(state, place) };
  };
  const beyond = (state) => ({
    isOwn: state.own.length > 0,
    isKnown: kitchen.cook(state).every(({ action }) => action !== null),
    isInBook: kitchen.isInBook(state),
    misread: firstMisread(state),
    isMisheard: misread(state, "grammar", false) > 0,
    todo: todoIn(state),
  });
  return {
    mend,
    beyond,
    isMended: (state) => {
      const { wrong, left, isShown } = mend(state);
      return isShown && wrong >= 2 && left === 0;
    },
    isBeyond: (state) => {
      if (todoIn(state).length > 0) return false;
      const { isOwn, isKnown, isInBook, misread: seen, isMisheard } = beyond(state);
      return isOwn && isKnown && !isInBook && seen === null && isMisheard;
    },
    isDone: (state) => {
      const isAtEnd = state.tab === "robot" && state.step >= kitchen.cook(state).length;
      const { isDone, isUnderstood } = kitchen.verdict(state);
      return isAtEnd && isDone && !isUnderstood;
    },
  };
}

/** Why the nets may have misread a clip. @param {any} state @param {number} place @returns {"hidden" | "away" | "noisy" | "unlucky"} */
function reasonOf(state, place) {
  if (hiddenIn(state, place).length > 0) return "hidden";
  if (state.own.length > 0 && isAway(OWN.places(state.own[place]))) return "away";
  return state.level > 0 ? "noisy" : "unlucky";
}

/** Whether in any frame a hand is half out of the picture, or before the other one. @param {ReturnType<typeof OWN.places>} places */
function isAway({ columns, rows }) {
  const isOut = (/** @type {number[]} */ path, /** @type {number} */ size) => path.some((at) => at < EDGE || at > size - 1 - EDGE);
  const areNear = columns[0].some((at, k) => Math.abs(at - columns[1][k]) < APART && Math.abs(rows[0][k] - rows[1][k]) < APART);
  return areNear || columns.some((path) => isOut(path, WIDTH)) || rows.some((path) => isOut(path, HEIGHT));
}

/** What is still to be set, so that one sees the grammar fail. @returns {string[]} */
function todoIn({ reader, free, truth }) {
  const wanted = /** @type {[boolean, string][]} */ ([
    [reader !== "grammar", "let the grammar read"],
    [free, "take its tick from “It may leave its book”"],
    [!truth, "show the truth"],
  ]);
  return wanted.filter(([isTodo]) => isTodo).map(([, text]) => text);
}
