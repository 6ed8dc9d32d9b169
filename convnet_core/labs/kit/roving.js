// Many buttons as one stop of Tab: arrow keys, Home and End move inside.

import { keyStep } from "./arrows.js";

/**
 * @param {HTMLElement} element  holds them @param {HTMLElement[]} buttons  hidden ones are passed over
 * @param {{ columns?: number, signal: AbortSignal }} options  columns: none where they stand in one row, however it wraps
 */
export function roving(element, buttons, { columns = 1, signal }) {
  const stopAt = (/** @type {number} */ at) => buttons.forEach((one, k) => (one.tabIndex = k === at ? 0 : -1));
  stopAt(0);
  const onFocus = (/** @type {FocusEvent} */ { target }) => {
    const at = buttons.findIndex((one) => one === target);
    if (at >= 0) stopAt(at);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const step = keyStep(event);
    const shown = buttons.filter((one) => !one.hidden);
    const at = shown.findIndex((one) => one === document.activeElement);
    const last = shown.length - 1;
    if (step === null || at < 0 || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [down, right] = step;
    const to = Number.isFinite(right) ? at + columns * down + right : right;
    if (Number.isFinite(right) && (to < 0 || to > last)) return;
    shown[Math.max(0, Math.min(last, to))].focus();
  };
  element.addEventListener("focusin", onFocus, { signal });
  element.addEventListener("keydown", onKey, { signal });
  return { stopAt };
}
