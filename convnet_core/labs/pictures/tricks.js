// The pictures lab's tricks: a slider for each, and buttons for all of them.

import { draggable } from "../kit/controls.js";
import { button, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { current, NO_TRICKS } from "./derived.js";
import { TRICKS } from "./words.js";

/** @param {HTMLElement} parent @param {import("../kit/store.js").Store} store */
export function trickPanel(parent, store) {
  const sliders = Object.entries(TRICKS).map(([trick, { name, step, amount }]) => {
    const { min, max } = store.rule(trick);
    const slider = draggable("", { min, max, step }, (value, group) => store.set({ [trick]: value }, { group }));
    sets({ [trick]: slider });
    slider.input.setAttribute("aria-label", name);
    const update = (state) => {
      slider.caption.textContent = `${name}: ${amount(state[trick])}`;
      slider.input.setAttribute("aria-valuetext", amount(state[trick]));
      slider.show(state[trick]);
    };
    return { element: slider.element, update };
  });
  const deal = () => store.set({ noise_order: shuffled(store.state.noise_order) });
  const otherNoise = button("Other noise", deal);
  const none = button("No tricks", () => store.set(NO_TRICKS));
  const surpriseMe = button("Surprise me", () => store.set(surprise(store)));
  sets({ noise_order: otherNoise, [Object.keys(TRICKS).join(" ")]: [surpriseMe, none] });
  parent.append(
    make("div", { class: "cl-pictures-tricks", role: "group", "aria-label": "Tricks" }, [
      make("p", { class: "cl-caption", text: "Tricks" }),
      ...sliders.map(({ element }) => element),
      make("div", { class: "cl-buttons" }, [surpriseMe, otherNoise, none]),
    ]),
  );
  const update = (state) => {
    for (const slider of sliders) slider.update(state);
    none.setAttribute("aria-disabled", String(!current(state).hasTricks));
    otherNoise.setAttribute("aria-disabled", String(state.noise === 0));
  };
  return { update };
}

/** Some amount of each trick, small enough for a person to read the letter most of the time. */
function surprise(store) {
  const whole = (low, high) => low + Math.floor(Math.random() * (high - low + 1));
  return {
    turn: 5 * whole(-5, 5),
    size: 5 * whole(14, 24),
    pen: whole(0, 1),
    shift_down: whole(-2, 2),
    shift_right: whole(-2, 2),
    noise: whole(0, 5),
    noise_order: shuffled(store.state.noise_order),
  };
}

/** The same numbers in another order, each as likely as any. */
function shuffled(matrix) {
  const numbers = matrix.flat();
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other], numbers[last]];
  }
  return matrix.map((line, row) => line.map((_, column) => numbers[row * line.length + column]));
}
