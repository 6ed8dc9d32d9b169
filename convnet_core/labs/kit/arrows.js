// Arrow keys, in grids, windows and panes.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * How far down and to the right an arrow key leads; null for other keys.
 * @param {string} key
 * @returns {number[] | null}
 */
export function arrowStep(key) {
  return Object.hasOwn(STEPS, key) ? STEPS[key] : null;
}

/**
 * Has arrow keys on a thing move it, or what it shows.
 * @param {HTMLElement} element @param {string} role  what a screen reader calls such a thing
 * @param {(down: number, right: number, event: KeyboardEvent) => void} moveBy @param {AbortSignal} signal
 */
export function movableByKeys(element, role, moveBy, signal) {
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-roledescription", role);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const step = arrowStep(event.key);
    if (step === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    moveBy(step[0], step[1], event);
  };
  element.addEventListener("keydown", onKey, { signal });
}
