// The votes as lines: from every value of the list to what it votes for. For the eye alone: the grids and the
// sentences say all of it, too.

import { shape } from "../kit/dom.js";
import { LETTERS, UNITS, VALUES } from "./derived.js";

const WIDTH = 100; // the drawing is stretched over its place; its height counts values
const THINNEST = 0.4; // thickness in pixels
const LEAST_FULL = 0.7; // a weight as large as this is as thick as can be, unless there are larger ones
const [FAINT, FULL] = [0.12, 0.95]; // how much of a line is seen whose value is 0, and 1

/** How high a node stands among `count` of them, as a share of the drawing. */
export function heightOf(which, count) {
  return (which + 0.5) / count;
}

/** @returns {{ element: SVGElement, update: Function, point: (at: object | null) => void }} */
export function fan() {
  const stretched = { viewBox: `0 0 ${WIDTH} ${VALUES}`, preserveAspectRatio: "none" };
  const element = shape("svg", { class: "cl-voting-lines", "aria-hidden": "true", ...stretched });
  const rows = Array.from({ length: VALUES }, (_, k) => k + 0.5);
  const nodes = (count) => Array.from({ length: count }, (_, which) => heightOf(which, count) * VALUES);
  const plain = bundle(rows, 0, nodes(LETTERS.length), WIDTH, 9);
  const inner = bundle(rows, 0, nodes(UNITS), WIDTH / 2, 4);
  const outer = bundle(nodes(UNITS), WIDTH / 2, nodes(LETTERS.length), WIDTH, 7);
  element.append(plain.element, inner.element, outer.element);

  const update = (state, { values, units }) => {
    plain.element.toggleAttribute("hidden", state.hidden);
    for (const { element: group } of [inner, outer]) group.toggleAttribute("hidden", !state.hidden);
    if (!state.hidden) return plain.update(state.weights, values, true);
    inner.update(state.hidden_weights, values, false, state.unit - 1);
    outer.update(state.out_weights, units, true);
  };
  const point = (at) => {
    const isOfLines = at !== null && ["value", "unit", "letter"].some((kind) => kind in at);
    element.classList.toggle("has-point", isOfLines);
    plain.point((from, to) => at?.value === from || at?.letter === to);
    inner.point((from, to) => at?.value === from || at?.unit === to);
    outer.point((from, to) => at?.unit === from || at?.letter === to);
  };
  return { element, update, point };
}

/** A line from each start to each end, the strongest `thickest` pixels thick. */
function bundle(starts, left, ends, right, thickest) {
  const element = shape("g");
  const lines = ends.map((y2) => starts.map((y1) => element.appendChild(line(left, y1, right, y2))));
  const looks = ends.map(() => starts.map(() => ""));
  /** `isVote`: the ends are letters, so a line has a side; else only a sign. `chosen` is an end that stands out. */
  const update = (weights, values, isVote, chosen = null) => {
    const full = Math.max(LEAST_FULL, ...weights.flat().map(Math.abs));
    lines.forEach((those, to) =>
      those.forEach((one, from) => {
        const weight = weights[to][from];
        const side = isVote ? sideOf(weight, to) : "unit";
        const seen = chosen === null ? 1 : chosen === to ? 0.75 : 0.15;
        const opacity = (seen * (FAINT + (FULL - FAINT) * Math.min(1, Math.abs(values[from])))).toFixed(3);
        const look = `${side} ${weight} ${opacity} ${full}`;
        if (looks[to][from] === look) return;
        looks[to][from] = look;
        one.dataset.side = side;
        one.dataset.sign = Math.sign(weight);
        one.style.setProperty("--thickness", `${thickness(weight / full, thickest)}px`);
        one.style.setProperty("--seen", opacity);
      }),
    );
  };
  const point = (isPointed) =>
    lines.forEach((those, to) => those.forEach((one, from) => one.classList.toggle("is-pointed", isPointed(from, to))));
  return { element, update, point };
}

/** Whom a weight helps: a vote against X is one for O. */
function sideOf(weight, letter) {
  return LETTERS[weight >= 0 ? letter : 1 - letter];
}

function thickness(share, thickest) {
  return share === 0 ? 0 : Math.max(THINNEST, Math.abs(share) * thickest).toFixed(2);
}

function line(x1, y1, x2, y2) {
  return shape("line", { x1, y1, x2, y2 });
}
