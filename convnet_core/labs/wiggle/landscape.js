// The error over two numbers, with a ball where they are, and the way of the next step.

import { captionedGrid } from "../kit/controls.js";
import { button, make, setAll, shape } from "../kit/dom.js";
import { change } from "./change.js";
import { byBackprop, current, landscape, nextNumbers, partsOf, SIDE, ticks } from "./derived.js";
import { brief, landscapeText, landscapeTitle } from "./words.js";

const MIDDLE = (SIDE - 1) / 2;
const LEAST_FULL = 1e-9;
const HINT =
  "The number that you pick goes across: swap the axes to pick the other. Press a cell to put the ball there.";

/** @param {AbortSignal} signal */
export function twoNumbers(store, signal) {
  const element = make("div", { class: "cl-wiggle-view cl-wiggle-two" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const land = landOf(element, store, signal);
  const text = make("p", { class: "cl-note" });
  const swap = () => {
    const { chosen, other } = store.state;
    change(store, { chosen: other, other: chosen });
  };
  const buttons = make("div", { class: "cl-buttons" }, [button("Swap the axes", swap)]);
  element.append(text, buttons, make("p", { class: "cl-note", text: HINT }));
  const update = (state) => {
    title.textContent = landscapeTitle(state);
    land.update(state);
    text.textContent = landscapeText(state, store.presets, byBackprop(state, store.presets));
  };
  return { element, update };
}

/** The landscape as a grid between its two axes, and what lies on it. */
function landOf(parent, store, signal) {
  const frame = parent.appendChild(make("div", { class: "cl-wiggle-land" }));
  const upwards = frame.appendChild(make("div", { class: "cl-wiggle-up", "aria-hidden": "true" }));
  const grid = landGrid(frame, store, signal);
  const sideways = frame.appendChild(make("div", { class: "cl-wiggle-across", "aria-hidden": "true" }));
  const ball = ballOn(grid.holder);
  const update = (state) => {
    const { across, up, errors } = landscape(state, store.presets);
    grid.show(errors, { full: Math.max(LEAST_FULL, ...errors.flat()) });
    upwards.replaceChildren(...endsOf(up));
    sideways.replaceChildren(...endsOf(across));
    ball.update(state, current(state, store.presets).numbers, nextNumbers(state, store.presets));
  };
  return { update };
}

/** A press on a cell, or Space or Enter there, puts both numbers to what the cell stands for. */
function landGrid(parent, store, signal) {
  const place = (row, column) => {
    const { across, up } = landscape(store.state, store.presets);
    return `across ${brief(across[column])}, up ${brief(up[row])}`;
  };
  const roll = (row, column) => {
    const { state, presets } = store;
    const { across, up } = landscape(state, presets);
    const numbers = [...current(state, presets).numbers];
    numbers[state.chosen] = across[column];
    numbers[state.other] = up[row];
    change(store, { ...partsOf(numbers), edited: true });
  };
  const onPress = (row, column) => ({ move: () => {}, end: (moved) => moved || (roll(row, column), true) });
  const grid = captionedGrid(parent, "Landscape", { print: brief, place, onPress, signal });
  grid.caption.remove();
  const enter = (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    roll(grid.cursor.row, grid.cursor.column);
    grid.focus(MIDDLE, MIDDLE); // the landscape is drawn anew around the ball
  };
  grid.element.addEventListener("keydown", enter, { signal });
  return grid;
}

/** The ball, and a line to where the next step leads. @param {HTMLElement} holder */
function ballOn(holder) {
  const way = shape("path", { class: "cl-wiggle-way" });
  const ball = shape("circle", { class: "cl-wiggle-ball", r: 0.36 });
  const about = { class: "cl-wiggle-over", viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" };
  holder.append(shape("svg", about, [ball, way]));
  const update = ({ chosen, other }, numbers, next) => {
    const spotOf = (all) => [
      along(all[chosen], numbers[chosen]).toFixed(3),
      (SIDE - along(all[other], numbers[other])).toFixed(3),
    ];
    const [cx, cy] = spotOf(numbers);
    setAll(ball, { cx, cy });
    setAll(way, { d: `M${cx} ${cy}L${spotOf(next).join(" ")}` });
  };
  return { update };
}

/** Where a value lies along an axis whose ticks are laid out around `near`, in cells from its start. */
function along(value, near) {
  const [from, next] = ticks(near);
  return (value - from) / (next - from) + 0.5;
}

/** The first, the middle and the last value of an axis. */
function endsOf(values) {
  return [values[0], values[MIDDLE], values.at(-1)].map((value) => make("span", { text: String(value) }));
}
