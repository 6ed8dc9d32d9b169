// Many buttons as one stop of Tab: arrow keys, Home and End move inside.

import { keyStep } from "./arrows.js";

/**
 * @param {HTMLElement} element  holds them @param {HTMLElement[]} buttons
 * @param {{ columns?: number, signal: AbortSignal }} options  columns: none where they stand in one row, however it wraps
 */
export function roving(element, buttons, { columns = 1, signal }) {
  const last = buttons.length - 1;
  const stopAt = (/** @type {number} */ at) => buttons.forEach((one, k) => (one.tabIndex = k === at ? 0 : -1));
  stopAt(0);
  const onFocus = (/** @type {FocusEvent} */ { target }) => {
    const at = buttons.findIndex((one) => one === target);
    if (at >= 0) stopAt(at);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const step = keyStep(event);
    const at = buttons.findIndex((one) => one === document.activeElement);
    if (step === null || at < 0 || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [down, right] = step;
    const to = Number.isFinite(right) ? at + columns * down + right : right;
    if (Number.isFinite(right) && (to < 0 || to > last)) return;
    buttons[Math.max(0, Math.min(last, to))].focus();
  };
  element.addEventListener("focusin", onFocus, { signal });
  element.addEventListener("keydown", onKey, { signal });
}
