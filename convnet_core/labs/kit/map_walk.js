// What the labs of convolution, pooling and ReLU share: a map that a walk fills in, cell by cell, row by row.

import { player } from "./player.js";

/** What a lab says where the walk is at its start again. */
export const NOTHING_FILLED = "Nothing is filled in yet.";

/**
 * A change of the reader's: the map is shown whole again, so that its effect can be seen. Before the first step it stays
 * hidden: there the reader guesses what will be in it.
 */
export function change(store, changes, group = null) {
  return store.state.step === 0 ? store.set(changes, { group }) : changeAndFill(store, changes, group);
}

/** A change whose point is the whole map. */
export function changeAndFill(store, changes, group = null) {
  return store.set({ ...changes, step: everyCell(store) }, { group });
}

/** The step at which every map is full, however large. */
function everyCell(store) {
  return store.rule("step").max;
}

/**
 * How many cells of the map are filled in: all of them, unless the reader walks.
 * @param {import("./store.js").State} state
 */
export function filled({ step }, { rows, columns }) {
  return Math.min(step, rows * columns);
}

/** Whether the chosen cell is among them. */
export function isFilled(state, now) {
  return now.cell.row * now.columns + now.cell.column < filled(state, now);
}

/**
 * The walk of the slides: each step fills in one more cell, and chooses it.
 * @param {HTMLElement} parent @param {import("./store.js").Store} store
 * @param {{ label: string, now: () => { rows: number, columns: number },
 *           hush: (isPlaying: boolean) => void, signal: AbortSignal }} options
 */
export function mapWalk(parent, store, { label, now, hush, signal }) {
  const last = () => now().rows * now().columns;
  const go = (step) => {
    const at = Math.max(0, step - 1);
    const whole = step >= last() ? everyCell(store) : step;
    const place = { row: Math.floor(at / now().columns), column: at % now().columns };
    store.set({ step: whole, ...place }, { undoable: false });
  };
  return player(parent, {
    label,
    last,
    at: () => filled(store.state, now()),
    go,
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay: hush,
    signal,
  });
}
