// A slider along the gradient: how little must change until the net says another digit.

import { draggable } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { PIXELS, SIDE } from "../mirror/digits.js";
import { pathOf } from "./derived.js";
import { inColours, inInk } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { changeSize, leastText, SETTINGS, sure } from "./words.js";

const SHOWN = 0.5; // a pixel changed by half of full ink has the full colour

export function foolTab(store, brainOf, { say }) {
  const digits = Array.from({ length: 10 }, (_, digit) => [String(digit), String(digit)]);
  const wanted = choice("Make it say", digits, (value) => store.set({ wanted: Number(value), amount: 0 }));
  const { min, max } = store.rule("amount");
  const slider = draggable("", { min, max }, (amount, group) => store.set({ amount }, { group }));
  const findLeast = () => {
    const { state } = store;
    const path = pathOf(state, brainOf());
    const { said } = brainOf().answer(path.after(max));
    const steps = path.pictures.length - 1;
    if (said === state.wanted) store.set({ amount: steps });
    say(leastText(said === state.wanted ? steps : null, state.wanted));
  };
  const least = button("Go until it is fooled", findLeast, { class: "cl-button cl-primary" });
  const back = button("No change", () => store.set({ amount: 0 }));
  sets({ "wanted amount": [wanted, least], amount: [slider, back] });
  const pictures = ["The digit", "The change", "Both"].map(captioned);
  const size = make("p", { class: "cl-note" });
  const element = make("div", {}, [
    make("div", { class: "cl-controls" }, [wanted.element, slider.element, least, back]),
    make(
      "div",
      { class: "cl-digits-trio" },
      pictures.map((one) => one.element),
    ),
    size,
  ]);
  const update = (state, answers) => {
    wanted.show(String(state.wanted));
    slider.caption.textContent = SETTINGS.amount(state);
    slider.input.setAttribute("aria-label", "Steps along the slope");
    slider.show(state.amount);
    const change = changeOf(answers);
    pictures[0].draw(answers.plain.picture, SIDE, inInk);
    pictures[1].draw(change, SIDE, inColours(SHOWN));
    pictures[2].draw(answers.now.picture, SIDE, inInk);
    size.textContent = changeSize(change);
  };
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, { plain, now }) => {
    const words = `Without the change it says ${plain.said}, with it ${now.said}, ${sure(now.shares[now.said])} sure.`;
    const label = `What the net gets, changed a little. ${words}`;
    return { values: now.picture, painter: inInk, box: null, label, words };
  };
  return { element, update, overlay };
}

/** By how much each pixel has changed. */
function changeOf({ plain, now }) {
  const change = new Float64Array(PIXELS);
  for (let k = 0; k < PIXELS; k++) change[k] = now.picture[k] - plain.picture[k];
  return change;
}

/** @param {string} caption */
function captioned(caption) {
  const { element: canvas, draw } = smallMap();
  const element = make("figure", { class: "cl-digits-figure" }, [canvas, make("figcaption", { text: caption })]);
  return { element, draw };
}
