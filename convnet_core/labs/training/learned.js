// What a network has learned: its features, and the weights of its votes.

import { captionedGrid } from "../kit/controls.js";
import { choice, make, write } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { truncated } from "../mirror/printing.js";
import { featuresOf, MOST_FEATURES, votesOf } from "./derived.js";
import { heading } from "./heading.js";

const LEAST_FULL = 0.01; // a number as large as this has the full colour, where none is larger

/** The features as they are learned. @param {HTMLElement} parent @param {AbortSignal} signal */
export function features(parent, signal) {
  const row = gridRow();
  parent.append(heading("Features"), row);
  const grids = gridsIn(row, (number) => `Feature ${number}`, signal);
  const draw = (state, now) => {
    const found = featuresOf(state, now);
    grids.show(found.features);
    found.biases.forEach((bias, k) => write(grids.all[k].caption, `Feature ${k + 1}, bias ${truncated(bias)}`));
  };
  return { update: ifChanged((_, now) => [now], draw) };
}

/** The weights with which pooled numbers vote, for X, for O or for a neuron. @param {HTMLElement} parent */
export function votes(parent, store, signal) {
  const row = gridRow();
  const choose = (value) => store.set({ shown: Number(value) }, { undoable: false });
  const shown = choice("Show the votes for", [], choose);
  parent.append(heading("Voting weights"), shown.element, row);
  const grids = gridsIn(row, (number) => `Feature ${number} votes`, signal);
  sets({ shown });
  const select = shown.element.querySelector("select");
  const draw = (state, now) => {
    const { whose, shown: which, squares } = votesOf(state, now);
    if (select.options.length !== whose.length || select.options[0].textContent !== whose[0])
      select.replaceChildren(...whose.map((text, value) => make("option", { value, text })));
    shown.show(String(which));
    grids.show(squares);
  };
  return { update: ifChanged((state, now) => [now, state.shown], draw) };
}

function gridRow() {
  return make("div", { class: "cl-columns cl-training-grids" });
}

/** As many grids as a network may have features, of which as many are shown as it has. */
function gridsIn(row, labelOf, signal) {
  const all = Array.from({ length: MOST_FEATURES }, (_, k) =>
    captionedGrid(row, labelOf(k + 1), { print: truncated, signal }),
  );
  /** @param {number[][][]} squares */
  const show = (squares) => {
    const full = Math.max(LEAST_FULL, ...squares.flat(2).map(Math.abs));
    all.forEach((grid, k) => {
      if (grid.block.hidden !== k >= squares.length) grid.block.hidden = k >= squares.length;
      if (k < squares.length) grid.show(squares[k], { full });
    });
  };
  return { all, show };
}
