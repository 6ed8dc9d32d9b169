// Arrow keys for a pane: a keyboard leads to every pixel, too.

export const STRIDE_WITH_SHIFT = 10; // pixels that an arrow key moves
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Arrow keys on a pane's frame, with Shift by ten pixels.
 * @param {Pane} pane @param {string} label  what a screen reader calls it, and where arrow keys lead
 * @param {(down: number, right: number) => void} moveBy @param {AbortSignal} signal
 */
export function steerByKeys(pane, label, moveBy, signal) {
  const { frame } = pane;
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-roledescription", "picture to explore");
  frame.setAttribute("aria-label", `${label}, with Shift by ${STRIDE_WITH_SHIFT}.`);
  frame.addEventListener("pointerup", () => frame.focus({ preventScroll: true }), { signal });
  frame.addEventListener(
    "keydown",
    (event) => {
      if (!Object.hasOwn(ARROWS, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const [down, right] = ARROWS[event.key].map((step) => step * (event.shiftKey ? STRIDE_WITH_SHIFT : 1));
      moveBy(down, right);
    },
    { signal },
  );
}
