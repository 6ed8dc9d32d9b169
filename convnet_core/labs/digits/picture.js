// What the net gets, large, with what a tab lays over it: always the same picture in the same place.

import { between } from "../kit/cells.js";
import { make, write } from "../kit/dom.js";
import { Pane } from "../kit/pane.js";
import { steerByKeys } from "../kit/steer.js";
import { SIDE } from "../mirror/digits.js";

const SIZE = { width: SIDE, height: SIDE };

/**
 * @typedef {object} Overlay
 * @property {ArrayLike<number>} values @property {import("../kit/paint.js").Painter} painter
 * @property {import("../kit/cells.js").Box | null} box  what is marked
 * @property {string} label @property {string} words
 */

/** @param {HTMLElement} parent */
export function picture(parent, store, { signal }) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-digits-picture" }));
  const pane = new Pane(side, "What the net gets");
  const words = make("p", { class: "cl-note" });
  side.append(words);
  const moveTo = (row, column) => store.set({ row, column }, { undoable: false });
  const moveBy = (down, right) => {
    const { row, column } = store.state;
    moveTo(between(row + down, { min: 0, max: SIDE - 1 }), between(column + right, { min: 0, max: SIDE - 1 }));
  };
  pane.onPoint(moveTo, signal);
  steerByKeys(pane, "What the net gets. Arrow keys lead to other pixels", moveBy, signal);
  /** @param {Overlay} overlay */
  const update = ({ values, painter, box, label, words: text }) => {
    pane.draw(values, SIZE, painter);
    pane.label = label;
    write(words, text);
    pane.mark.hidden = box === null;
    if (box === null) return;
    const { row, column, height } = box;
    pane.point({ row: row + (height - 1) / 2, column: column + (height - 1) / 2, side: height, ...SIZE });
  };
  return { pane, update };
}
