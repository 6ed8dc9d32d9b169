// What stands beside the numbers: the curve of one of them, the landscape of two, the gradient of all.

import { captionedGrid } from "../kit/controls.js";
import { button, checkbox, make, setAll, shape } from "../kit/dom.js";
import { errorCurve } from "./curve.js";
import {
  byBackprop,
  byWiggling,
  COUNT,
  current,
  landscape,
  nextNumbers,
  partsOf,
  rowsOf,
  SIDE,
  ticks,
  tried,
} from "./derived.js";
import { brief, groupOf, nameOf, stepText, triedText, written } from "./words.js";

const MIDDLE = (SIDE - 1) / 2;
const UNTRIED = { tried_up: 0, tried_down: 0 };

/** A change by the reader's hand: what was tried before no longer holds. */
export function change(store, changes, group = null) {
  return store.set({ ...changes, ...UNTRIED }, { group });
}

/** The curve through the points that were tried. */
export function oneNumber(store, refuse) {
  const element = make("div", { class: "cl-wiggle-view" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const curve = errorCurve(element, store.presets);
  const bit = (name, sign) => () => {
    const { state } = store;
    const { here, from, to } = tried(state, store.presets);
    const count = state[name] + 1;
    const place = here.x + sign * count * state.wiggle;
    const isThere = count === 1 || (place >= from - 1e-9 && place <= to + 1e-9);
    if (count > store.rule(name).max || !isThere) return refuse("That is as far as it goes. Try the other way.");
    store.set({ [name]: count }, { undoable: false });
  };
  const whole = checkbox("Draw the whole curve", (on) => store.set({ curve: on }, { undoable: false }));
  const buttons = make("div", { class: "cl-buttons" }, [
    button("Down a bit", bit("tried_down", -1)),
    button("Up a bit", bit("tried_up", 1)),
    whole.element,
  ]);
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
    const [first, second = ""] = triedText(state, store.presets);
    points.textContent = first;
    slope.textContent = second;
    next.textContent = known ? `A step: ${stepText(state, found.slope, now.value)}` : "";
  };
  return { element, update };
}

/** The error over two numbers, with a ball where they are. */
export function twoNumbers(store, signal) {
  const element = make("div", { class: "cl-wiggle-view cl-wiggle-two" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const frame = element.appendChild(make("div", { class: "cl-wiggle-land" }));
  const up = frame.appendChild(make("div", { class: "cl-wiggle-up", "aria-hidden": "true" }));
  const place = (row, column) => {
    const { across, up: upwards } = landscape(store.state, store.presets);
    return `across ${brief(across[column])}, up ${brief(upwards[row])}`;
  };
  const roll = (row, column) => {
    const { across, up: upwards } = landscape(store.state, store.presets);
    const numbers = [...current(store.state, store.presets).numbers];
    numbers[store.state.chosen] = across[column];
    numbers[store.state.other] = upwards[row];
    change(store, { ...partsOf(numbers), edited: true });
  };
  const onPress = (row, column) => ({ move: () => {}, end: (moved) => moved || (roll(row, column), true) });
  const grid = captionedGrid(frame, "Landscape", { print: brief, place, onPress, signal });
  grid.caption.remove();
  const enter = (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    roll(grid.cursor.row, grid.cursor.column);
    grid.focus(MIDDLE, MIDDLE); // the landscape is drawn anew around the ball
  };
  grid.element.addEventListener("keydown", enter, { signal });
  const sideways = frame.appendChild(make("div", { class: "cl-wiggle-across", "aria-hidden": "true" }));
  const way = shape("path", { class: "cl-wiggle-way" });
  const ball = shape("circle", { class: "cl-wiggle-ball", r: 0.36 });
  const overlay = shape("svg", { class: "cl-wiggle-over", viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, [
    ball,
    way,
  ]);
  grid.holder.append(overlay);
  const text = make("p", { class: "cl-note" });
  const swap = () => {
    const { chosen, other } = store.state;
    change(store, { chosen: other, other: chosen });
  };
  element.append(
    text,
    make("div", { class: "cl-buttons" }, [button("Swap the axes", swap)]),
    make("p", {
      class: "cl-note",
      text: "The number that you pick goes across: swap the axes to pick the other. Press a cell to put the ball there.",
    }),
  );

  const update = (state) => {
    const { numbers, error } = current(state, store.presets);
    const { across, up: upwards, errors } = landscape(state, store.presets);
    const pair = [state.chosen, state.other];
    title.textContent = `Error over ${nameOf(state.chosen)} (across) and ${nameOf(state.other)} (up)`;
    grid.show(errors, { full: Math.max(...errors.flat()) });
    up.replaceChildren(...ends(upwards).map((value) => make("span", { text: String(value) })));
    sideways.replaceChildren(...ends(across).map((value) => make("span", { text: String(value) })));
    const spot = ([x, y]) => [at(x, numbers[state.chosen]), SIDE - at(y, numbers[state.other])];
    const [x, y] = spot(pair.map((index) => numbers[index]));
    const next = nextNumbers(state, store.presets);
    const [toX, toY] = spot(pair.map((index) => next[index]));
    setAll(ball, { cx: x.toFixed(3), cy: y.toFixed(3) });
    setAll(way, { d: `M${x.toFixed(3)} ${y.toFixed(3)}L${toX.toFixed(3)} ${toY.toFixed(3)}` });
    const gradient = byBackprop(state, store.presets);
    const [a, b] = pair.map((index) => written(gradient[index]));
    text.textContent =
      state.chosen === state.other
        ? "Both axes are the same number: pick another one."
        : `The ball is at ${pair.map((index) => written(numbers[index])).join(" across, ")} up; the error there is ${written(error)}. Slopes: ${a} across, ${b} up. The line shows the next step.`;
  };
  return { element, update };
}

/** Where a value lies along an axis whose ticks are laid out around `near`, in cells from its start. */
function at(value, near) {
  const [from, next] = ticks(near);
  return (value - from) / (next - from) + 0.5;
}

function ends(values) {
  return [values[0], values[(values.length - 1) / 2], values.at(-1)];
}

/** Both gradients side by side, and how many passes each has cost. */
export function allNumbers(store, signal) {
  const element = make("div", { class: "cl-wiggle-view" });
  const title = element.appendChild(make("p", { class: "cl-caption" }));
  const row = element.appendChild(make("div", { class: "cl-columns cl-wiggle-both" }));
  const ways = [
    ["Gradient by wiggling", byWiggling],
    ["Gradient by backprop", byBackprop],
  ];
  const grids = ways.map(([label, find]) => {
    const place = (r, c) => nameOf(groupOf(store.state.chosen).from + r * groupOf(store.state.chosen).columns + c);
    const grid = captionedGrid(row, label, { print: written, place, signal });
    grid.caption.textContent = label.replace("Gradient by", "By");
    return { grid, find };
  });
  const text = make("p", { class: "cl-note" });
  element.append(
    make("p", {
      class: "cl-note",
      text: `By wiggling: ${COUNT} numbers, each up and down, make ${2 * COUNT} forward passes.`,
    }),
    make("p", { class: "cl-note", text: "By backprop: 1 forward pass and 1 backward pass." }),
    text,
  );

  const update = (state) => {
    const group = groupOf(state.chosen);
    const gradients = grids.map(({ find }) => find(state, store.presets));
    const full = Math.max(1e-9, ...gradients[1].map(Math.abs));
    title.textContent = `How the error changes with each number: ${group.label}`;
    grids.forEach(({ grid }, which) => {
      const values = gradients[which].slice(group.from, group.from + group.rows * group.columns);
      grid.show(rowsOf(values, group.columns), { full });
      const index = state.chosen - group.from;
      grid.mark("chosen", [[Math.floor(index / group.columns), index % group.columns]]);
    });
    const apart = gradients[0].map((value, index) => Math.abs(value - gradients[1][index]));
    const worst = apart.indexOf(Math.max(...apart));
    text.textContent = `Largest difference among all ${COUNT}: ${written(apart[worst], 6)}, at ${nameOf(worst)}. ${apart[worst] > 0.001 ? "A smaller bit brings them closer, but for kinks." : "They agree."}`;
  };
  return { element, update };
}
