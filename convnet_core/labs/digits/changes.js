// What a change has changed, in a sentence or two: for who does not see it, and for who takes it back.

import { same } from "../kit/state.js";
import { changeText } from "../kit/words.js";
import { changedCells } from "../kit/cells.js";
import { SETTINGS, TABS } from "./words.js";

const POINTS = ["row", "column", "layer", "feature", "about", "square", "grey", "wanted", "amount"];

/**
 * @typedef {import("../kit/store.js").State} State
 *
 * @param {State} before @param {State} state
 * @param {string} says  what the net says now @param {string} seen  what the open view shows
 */
export function changeWords(before, state, says, seen) {
  const isOther = (name) => before[name] !== state[name];
  const isDrawn = isOther("drawing") && !same(before.drawing, state.drawing);
  const settings = Object.keys(SETTINGS)
    .filter(isOther)
    .map((name) => `${SETTINGS[name](state)}.`);
  const edits = isDrawn ? [...settings, ...drawnWords(before, state), says] : settings;
  // Undo leads to the view where the change was made.
  const place = edits.length > 0 && isOther("tab") ? [`${TABS[state.tab]}.`] : [];
  const point = !isDrawn && POINTS.some(isOther) ? [seen] : [];
  return [...place, ...edits, ...point].join(" ");
}

/** One pixel is named; of a stroke, what the net says is enough. */
function drawnWords({ drawing: before }, { drawing }) {
  return changedCells(before, drawing).length === 1 ? [changeText("Your digit", before, drawing)] : [];
}
