// A number that is being typed, as its lab hears it: what it says of the change, and when it is one step for Undo.

import { isTextField } from "./dom.js";
import { same } from "./state.js";

/** @typedef {"begins" | "fits" | "ends"} Moment  "fits": what stands there now is the number that the lab has */

/** Tells the lab how the typing goes. @param {Element} element  where it goes on @param {Moment} moment */
export function announceTyping(element, moment) {
  element.dispatchEvent(new CustomEvent("cl-typing", { bubbles: true, detail: moment }));
}

/** Why a typed number was not taken, and what there is in its place. @param {string} reason @param {string} shown */
export function stays(reason, shown) {
  return `${reason.replace(/\.$/, "")}. It stays at ${shown}.`;
}

/**
 * Hears all typing of a lab. Each entry is one step for Undo. A box is heard once, at its end; a cell, of which each
 * digit may be the last one, at once.
 * @param {HTMLElement} root
 * @param {{ store: import("./store.js").Store, status: import("./status.js").Status, signal: AbortSignal }} parts
 */
export function hearTyping(root, { store, status, signal }) {
  /** @type {import("./store.js").State | null} */
  let from = null;
  const onTyping = (/** @type {Event} */ event) => {
    const moment = event instanceof CustomEvent && event.detail;
    if (moment === "fits") return status.forgive();
    from = moment === "begins" ? store.state : null;
    store.endStep();
    if (isTextField(event.target)) status.hush(moment === "begins");
  };
  root.addEventListener("cl-typing", onTyping, { signal });
  return {
    /**
     * What a change is told from: the state before the typing, not half a number.
     * @param {import("./store.js").State} before @param {import("./store.js").State} state @param {boolean} isEdit
     */
    since: (before, state, isEdit) => (isEdit && from !== null && !same(from, state) ? from : before),
  };
}
