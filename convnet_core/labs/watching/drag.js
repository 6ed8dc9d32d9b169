// A hand is moved: by mouse or finger on its box, or by arrow keys.

import { movableByKeys } from "../kit/arrows.js";
import { WIDTH } from "../mirror/kitchen.js";

/**
 * @param {HTMLElement} box @param {string} role  what a screen reader calls it
 * @param {{ move: (down: number, right: number, isKey: boolean) => void, end: () => void, signal: AbortSignal }} parts
 *   move: by so many pixels of a clip; end: of a drag, or of a key's press, and before a drag
 */
export function movable(box, role, { move, end, signal }) {
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  const on = (type, handler) => box.addEventListener(type, handler, { signal });
  on("pointerdown", (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    box.focus({ preventScroll: true });
    box.setPointerCapture(event.pointerId);
    end();
    from = { x: event.clientX, y: event.clientY };
  });
  on("pointermove", (/** @type {PointerEvent} */ { clientX: x, clientY: y }) => {
    if (from === null) return;
    const scale = WIDTH / box.parentElement.clientWidth;
    const [down, right] = [(y - from.y) * scale, (x - from.x) * scale];
    from = { x, y };
    move(down, right, false);
  });
  for (const type of ["pointerup", "pointercancel"])
    on(type, () => {
      if (from === null) return;
      from = null;
      end();
    });
  const byKey = (/** @type {number} */ down, /** @type {number} */ right) => {
    if (!Number.isFinite(right)) return;
    move(down, right, true);
    end();
  };
  movableByKeys(box, role, byKey, signal);
}
