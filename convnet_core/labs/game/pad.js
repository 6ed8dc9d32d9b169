// How the reader plays: three large buttons, or arrow keys on the picture. While the game is paused, a press is a step; while
// it runs, what is held counts at each step, and a short press once.

import { make, write } from "../kit/dom.js";
import { LEFT, RIGHT, STAY } from "../mirror/pixel_games.js";
import { ACTION_NAMES, ARROWS } from "./words.js";

const KEYS = { ArrowLeft: LEFT, ArrowRight: RIGHT, ArrowDown: STAY, ArrowUp: STAY };

/**
 * @param {HTMLElement} screen  has the keys
 * @param {{ isRunning: () => boolean, step: (action: number) => void, toggle: () => void, signal: AbortSignal }} game
 */
export function pad(screen, { isRunning, step, toggle, signal }) {
  /** @type {number | null} */
  let held = null;
  /** @type {number | null} */
  let tapped = null;
  const press = (/** @type {number} */ action) => {
    if (!isRunning()) return step(action);
    [held, tapped] = [action, action];
  };
  const release = () => (held = null);
  const buttons = ACTION_NAMES.map((_, action) => actionButton(action, press, release));
  const element = make("div", { class: "cl-game-pad", role: "group", "aria-label": "Your moves" }, buttons);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { key, repeat, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (key === " ") {
      event.preventDefault();
      if (!repeat) toggle();
    }
    if (!Object.hasOwn(KEYS, key)) return;
    event.preventDefault();
    if (!(repeat && isRunning())) press(KEYS[key]);
  };
  screen.addEventListener("keydown", onKey, { signal });
  for (const end of ["keyup", "blur"]) screen.addEventListener(end, release, { signal });
  /** What the reader wants now. */
  const take = () => {
    const action = tapped ?? held ?? STAY;
    tapped = null;
    return action;
  };
  return { element, take };
}

/** A pointer presses as long as it is down; a key, or what stands for one, once. */
function actionButton(action, press, release) {
  const control = make("button", { type: "button", class: "cl-button cl-game-key" });
  const arrow = make("span", { "aria-hidden": "true" });
  write(arrow, ARROWS[action]);
  const name = make("span", { text: ACTION_NAMES[action] });
  control.append(...(action === RIGHT ? [name, arrow] : [arrow, name]));
  control.addEventListener("pointerdown", ({ button }) => button === 0 && press(action));
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) control.addEventListener(end, release);
  control.addEventListener("click", ({ detail }) => detail === 0 && (press(action), release()));
  control.addEventListener("contextmenu", (event) => event.preventDefault());
  return control;
}
