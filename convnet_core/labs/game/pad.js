// How the reader plays: three large buttons, or arrow keys on the picture. While the game is paused, a press is a step; while
// it runs, what is held counts at each step, and a short press once.

import { make, write } from "../kit/dom.js";
import { LEFT, RIGHT, STAY } from "../mirror/pixel_games.js";
import { ACTION_NAMES, ARROWS } from "./words.js";

const KEYS = { ArrowLeft: LEFT, ArrowRight: RIGHT, ArrowDown: STAY, ArrowUp: STAY };

/**
 * @param {HTMLElement} room  where keys are heard, whatever in it has the focus
 * @param {{ isRunning: () => boolean, step: (action: number) => void, toggle: () => void, signal: AbortSignal }} game
 */
export function pad(room, { isRunning, step, toggle, signal }) {
  /** By a pointer on a button, and by a key. @type {Record<"pointer" | "key", number | null>} */
  const held = { pointer: null, key: null };
  /** @type {number | null} */
  let tapped = null;
  const press = (/** @type {"pointer" | "key"} */ by, /** @type {number} */ action) => {
    if (!isRunning()) return step(action);
    held[by] = tapped = action;
  };
  const releasing = (/** @type {"pointer" | "key"} */ by) => () => (held[by] = null);
  const buttons = ACTION_NAMES.map((_, action) => {
    const tap = () => {
      press("pointer", action);
      releasing("pointer")();
    };
    return actionButton(action, { press: () => press("pointer", action), release: releasing("pointer"), tap });
  });
  const element = make("div", { class: "cl-game-pad", role: "group", "aria-label": "Your moves" }, buttons);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { key, repeat, altKey, ctrlKey, metaKey } = event;
    const isOn = (/** @type {string} */ those) => /** @type {Element} */ (event.target).matches(those);
    if (altKey || ctrlKey || metaKey || isOn("input, select")) return;
    if (key === " " && !isOn("button")) {
      event.preventDefault();
      if (!repeat) toggle();
    }
    if (!Object.hasOwn(KEYS, key)) return;
    event.preventDefault();
    if (!(repeat && isRunning())) press("key", KEYS[key]);
  };
  room.addEventListener("keydown", onKey, { signal });
  for (const end of ["keyup", "focusout"]) room.addEventListener(end, releasing("key"), { signal });
  /** What the reader wants now. */
  const take = () => {
    const action = tapped ?? held.pointer ?? held.key ?? STAY;
    tapped = null;
    return action;
  };
  return { element, take };
}

/** A pointer presses as long as it is down; a key, or what stands for one, once. */
function actionButton(action, { press, release, tap }) {
  const control = make("button", { type: "button", class: "cl-button cl-game-key" });
  const arrow = make("span", { "aria-hidden": "true" });
  write(arrow, ARROWS[action]);
  const name = make("span", { text: ACTION_NAMES[action] });
  control.append(...(action === RIGHT ? [name, arrow] : [arrow, name]));
  control.addEventListener("pointerdown", ({ button }) => button === 0 && press());
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) control.addEventListener(end, release);
  control.addEventListener("click", ({ detail }) => detail === 0 && tap());
  control.addEventListener("contextmenu", (event) => event.preventDefault());
  return control;
}
