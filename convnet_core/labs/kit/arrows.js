// Keys that move things: from cell to cell in grids, windows and pictures.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const ENDS = { Home: -Infinity, End: Infinity };

/**
 * How far down and to the right a key leads: an arrow by one; Home and End to the ends of the row (so by Infinity),
 * with Ctrl to the corners. Null for other keys.
 * @param {{ key: string, ctrlKey: boolean }} event
 * @returns {number[] | null}
 */
export function keyStep({ key, ctrlKey }) {
  if (Object.hasOwn(STEPS, key)) return STEPS[key];
  return Object.hasOwn(ENDS, key) ? [ctrlKey ? ENDS[key] : 0, ENDS[key]] : null;
}

/**
 * Has such keys on a thing move it, or what it shows.
 * @param {HTMLElement} element @param {string} role  what a screen reader calls such a thing
 * @param {(down: number, right: number, event: KeyboardEvent) => void} moveBy @param {AbortSignal} signal
 */
export function movableByKeys(element, role, moveBy, signal) {
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-roledescription", role);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const step = keyStep(event);
    if (step === null || event.altKey || event.metaKey) return;
    event.preventDefault();
    moveBy(step[0], step[1], event);
  };
  element.addEventListener("keydown", onKey, { signal });
}
