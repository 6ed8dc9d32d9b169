// Boxes with their captions, and sentences that are spoken.

import { make } from "../kit/dom.js";

export const field = (/** @type {string} */ text, /** @type {HTMLElement} */ box, more = "") =>
  make("label", { class: `cl-field ${more}` }, [make("span", { text }), box]);

const PAUSE = 100; // milliseconds: a text that goes and comes back at once has not changed for who listens
/** @type {WeakMap<HTMLElement, number>} */
const coming = new WeakMap();

/** Says it in a live region, and once more where it stands there already. @param {HTMLElement} region @param {string} text */
export function say(region, text) {
  clearTimeout(coming.get(region));
  const isSame = text !== "" && region.textContent === text;
  region.textContent = isSame ? "" : text;
  if (isSame) coming.set(region, window.setTimeout(() => (region.textContent = text), PAUSE));
}
