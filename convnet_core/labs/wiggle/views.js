// What stands beside the numbers: the curve of one of them, and the gradient of all.

import { captionedGrid } from "../kit/controls.js";
import { button, checkbox, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { errorCurve } from "./curve.js";
import { byBackprop, byWiggling, COUNT, current, rowsOf, tried } from "./derived.js";
import { differenceText, groupOf, nameOf, stepText, triedText, written } from "./words.js";

/** The curve through the points that were tried. */
export function oneNumber(store, refuse) {
  const element = make("div", { class: "cl-wiggle-view" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const curve = errorCurve(element, store.presets);
  const whole = checkbox("Draw the whole curve", (on) => store.set({ curve: on }, { undoable: false }));
  sets({ curve: whole });
  const down = button("Down a bit", () => tryBit(store, refuse, "tried_down", -1));
  const up = button("Up a bit", () => tryBit(store, refuse, "tried_up", 1));
  const buttons = make("div", { class: "cl-buttons" }, [down, up, whole.element]);
  const [points, slope] = [0, 1].map(() => make("p", { class: "cl-note" }));
  const next = make("p", { class: "cl-wiggle-sum" });
  element.append(buttons, points, slope, next);
  const update = (state) => {
    const now = current(state, store.presets);
    const found = tried(state, store.presets);
    const known = found.slope !== null;
    title.textContent = `Error over ${nameOf(state.chosen)}`;
    curve.update(state);
    whole.show(state.curve);
    down.dataset.step = state.tried_down === 0 ? "next" : "";
    up.dataset.step = state.tried_up === 0 ? "next" : "";
    const [first, second = ""] = triedText(state, store.presets);
    points.textContent = first;
    slope.textContent = second;
    next.textContent = known ? `A step: ${stepText(state, found.slope, now.value)}` : "";
  };
  return { element, update };
}

/** One more bit up or down. @param {"tried_up" | "tried_down"} name  what counts them */
function tryBit(store, refuse, name, sign) {
  const { state } = store;
  const { here, from, to } = tried(state, store.presets);
  const count = state[name] + 1;
  const place = here.x + sign * count * state.wiggle;
  const isThere = count === 1 || (place >= from - 1e-9 && place <= to + 1e-9);
  if (count > store.rule(name).max || !isThere) return refuse("That is as far as it goes. Try the other way.");
  store.set({ [name]: count }, { undoable: false });
}

/** Both gradients side by side, and how many passes each has cost. @param {AbortSignal} signal */
export function allNumbers(store, signal) {
  const element = make("div", { class: "cl-wiggle-view" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const row = element.appendChild(make("div", { class: "cl-columns cl-wiggle-both" }));
  const text = make("p", { class: "cl-note" });
  const byHand = `By wiggling: ${COUNT} numbers, each up and down, make ${2 * COUNT} forward passes.`;
  element.append(
    make("p", { class: "cl-note", text: byHand }),
    make("p", { class: "cl-note", text: "By backprop: 1 forward pass and 1 backward pass." }),
    text,
  );
  const grids = ["wiggling", "backprop"].map((way) => gradientGrid(row, way, store, signal));
  const update = (state) => {
    const [wiggled, exact] = [byWiggling(state, store.presets), byBackprop(state, store.presets)];
    const full = Math.max(1e-9, ...exact.map(Math.abs));
    title.textContent = `How the error changes with each number: ${groupOf(state.chosen).label}`;
    grids.forEach((grid, which) => grid.update(state, [wiggled, exact][which], full));
    text.textContent = differenceText(wiggled, exact);
  };
  return { element, update };
}

/** A gradient as far as the picked number's group goes. @param {HTMLElement} parent @param {string} way */
function gradientGrid(parent, way, store, signal) {
  const place = (row, column) => {
    const { from, columns } = groupOf(store.state.chosen);
    return nameOf(from + row * columns + column);
  };
  const grid = captionedGrid(parent, `Gradient by ${way}`, { print: written, place, signal });
  grid.caption.textContent = `By ${way}`;
  const update = ({ chosen }, gradient, full) => {
    const { from, rows, columns } = groupOf(chosen);
    grid.show(rowsOf(gradient.slice(from, from + rows * columns), columns), { full });
    grid.mark("chosen", [[Math.floor((chosen - from) / columns), (chosen - from) % columns]]);
  };
  return { update };
}
