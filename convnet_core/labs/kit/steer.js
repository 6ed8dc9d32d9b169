// Arrow keys for a pane: a keyboard leads to every pixel, too.

import { movableByKeys } from "./arrows.js";

export const STRIDE_WITH_SHIFT = 10; // pixels that an arrow key moves

/**
 * Arrow keys on a pane's frame, with Shift by ten pixels.
 * @param {import("./pane.js").Pane} pane
 * @param {string} label  what a screen reader calls it, and where arrow keys lead
 * @param {(down: number, right: number) => void} moveBy @param {AbortSignal} signal
 */
export function steerByKeys(pane, label, moveBy, signal) {
  const { frame } = pane;
  frame.setAttribute("aria-label", `${label}, with Shift by ${STRIDE_WITH_SHIFT}.`);
  frame.addEventListener("pointerup", () => frame.focus({ preventScroll: true }), { signal });
  const onKey = (down, right, { shiftKey }) => {
    const stride = shiftKey ? STRIDE_WITH_SHIFT : 1;
    moveBy(down * stride, right * stride);
  };
  movableByKeys(frame, "picture to explore", onKey, signal);
}
