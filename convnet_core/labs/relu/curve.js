// The bend drawn as a curve: number in from left to right, number out upwards, and the chosen number as a point on it.

import { between } from "../kit/cells.js";
import { setAll, shape } from "../kit/dom.js";
import { isFilled } from "../kit/map_walk.js";
import { plain } from "../mirror/printing.js";
import { bend } from "../mirror/relu.js";
import { curveText, printed } from "./words.js";

const [LEFT, TOP, SIDE] = [44, 8, 200]; // of the square that the curve is drawn in
const [RIGHT, BOTTOM] = [LEFT + SIDE, TOP + SIDE];
const MARGIN = 1.12; // the square reaches a little beyond the largest number

/** Draws the curve into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function bendCurve(parent) {
  const axes = axesOf();
  const line = shape("path", { class: "cl-curve-line" });
  const dots = shape("path", { class: "cl-curve-dots" });
  const [open, end] = ["cl-curve-open", "cl-curve-end"].map((name) => shape("circle", { class: name, r: 4 }));
  const point = pointer();
  const view = { class: "cl-curve", viewBox: "0 0 250 250", role: "img" };
  const svg = shape("svg", view, [...axes.elements, line, dots, open, end, point.element]);
  parent.append(svg);

  const update = (state, now) => {
    const { threshold, slope } = state;
    const reach = Math.max(1, Math.ceil(Math.max(...state.map.flat().map(Math.abs))));
    const x = (value) => LEFT + (SIDE / 2) * (1 + value / (reach * MARGIN));
    const y = (value) => BOTTOM - (SIDE / 2) * (1 + value / (reach * MARGIN));
    const at = (value, out) => `${x(value).toFixed(1)} ${y(out).toFixed(1)}`;
    const bendAt = (value) => at(value, bend(value, threshold, slope));
    axes.update(reach, { x, y });
    setAll(line, {
      d: `M${at(-reach, -reach * slope)}L${bendAt(threshold)}M${at(threshold, threshold)}L${at(reach, reach)}`,
    });
    setAll(dots, { d: [...new Set(state.map.flat())].map((value) => `M${bendAt(value)}h0`).join("") });
    setAll(open, { cx: x(threshold), cy: y(threshold) });
    setAll(end, { cx: x(threshold), cy: y(threshold * slope) });
    const jumps = threshold !== 0 && slope !== 1;
    for (const circle of [open, end]) circle.toggleAttribute("hidden", !jumps);
    point.update(state, now, { x, y });
    svg.setAttribute("aria-label", curveText(state, now));
  };
  return { element: svg, update };
}

/** The square, the lines at 0, and the numbers at both sides: as far as the largest one of the map reaches. */
function axesOf() {
  const zero = shape("path", { class: "cl-curve-zero" });
  const ticks = [-1, 0, 1].map((place) => ({ place, across: tick(), up: tick("end") }));
  const upright = `translate(15 ${TOP + SIDE / 2}) rotate(-90)`;
  const elements = [
    shape("rect", { class: "cl-curve-frame", x: LEFT, y: TOP, width: SIDE, height: SIDE }),
    zero,
    ...ticks.flatMap(({ across, up }) => [across, up]),
    shape("text", { x: LEFT + SIDE / 2, y: BOTTOM + 36, "text-anchor": "middle" }, ["number in"]),
    shape("text", { transform: upright, "text-anchor": "middle" }, ["number out"]),
  ];
  const update = (reach, { x, y }) => {
    for (const { place, across, up } of ticks) {
      across.textContent = up.textContent = plain(place * reach);
      setAll(across, { x: x(place * reach), y: BOTTOM + 17 });
      setAll(up, { x: LEFT - 5, y: y(place * reach) + 5 });
    }
    setAll(zero, { d: `M${LEFT} ${y(0)}H${RIGHT}M${x(0)} ${TOP}V${BOTTOM}` });
  };
  return { elements, update };
}

function tick(anchor = "middle") {
  return shape("text", { class: "cl-curve-tick", "text-anchor": anchor });
}

/** The chosen number: a point, dotted lines to both axes, and the numbers where they end. */
function pointer() {
  const guides = shape("path", { class: "cl-curve-guides" });
  const dot = shape("circle", { class: "cl-curve-point", r: 6 });
  const [textIn, textOut] = [0, 1].map(() => shape("text", { class: "cl-curve-number" }));
  const element = shape("g", {}, [guides, dot, textIn, textOut]);
  const update = (state, now, { x, y }) => {
    element.toggleAttribute("hidden", !isFilled(state, now));
    const { row, column } = now.cell;
    const [from, to] = [state.map[row][column], now.after[row][column]];
    const [cx, cy] = [x(from), y(to)];
    const isRight = from > 0;
    setAll(guides, { d: `M${cx} ${BOTTOM}V${cy}H${LEFT}` });
    setAll(dot, { cx, cy });
    textIn.textContent = printed(now, from);
    textOut.textContent = printed(now, to);
    setAll(textIn, { x: cx + (isRight ? -5 : 5), y: BOTTOM - 5, "text-anchor": isRight ? "end" : "start" });
    setAll(textOut, { x: LEFT + 5, y: between(cy - 5, { min: TOP + 14, max: BOTTOM - 20 }) });
  };
  return { element, update };
}
