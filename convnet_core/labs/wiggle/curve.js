// The error over one number: the points that were tried, the slope between them, and the whole curve.

import { setAll, shape } from "../kit/dom.js";
import { tried } from "./derived.js";
import { curveText, written } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [42, 10, 270, 180];
const BOTTOM = TOP + HEIGHT;
const REACH = 0.3; // of the slope's line, to both sides, along the number

/** Draws into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function errorCurve(parent, presets) {
  const axes = axesOf();
  const inner = insideOf();
  const drawing = shape("svg", { class: "cl-wiggle-curve", viewBox: "0 0 326 228", role: "img" }, [
    shape("rect", { class: "cl-wiggle-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    ...axes.elements,
    inner.element,
  ]);
  parent.append(drawing);
  const update = (state) => {
    const found = tried(state, presets);
    const { whole, from, to } = found;
    const top = roundUp(Math.max(...whole.map(({ error }) => error)));
    const scale = {
      x: (value) => LEFT + (WIDTH * (value - from)) / (to - from),
      y: (error) => BOTTOM - (HEIGHT * error) / top,
    };
    axes.update(found, top, scale);
    inner.update(found, state.curve, scale);
    drawing.setAttribute("aria-label", curveText(state, presets));
  };
  return { update };
}

/** The numbers along both sides, and what they are. */
function axesOf() {
  const across = [0, 1, 2].map(() => shape("text", { class: "cl-wiggle-tick", "text-anchor": "middle" }));
  const up = [0, 1].map(() => shape("text", { class: "cl-wiggle-tick", "text-anchor": "end" }));
  const elements = [
    ...across,
    ...up,
    shape("text", { x: LEFT + WIDTH / 2, y: BOTTOM + 33, "text-anchor": "middle" }, ["the number"]),
    shape("text", { transform: `translate(12 ${TOP + HEIGHT / 2}) rotate(-90)`, "text-anchor": "middle" }, ["error"]),
  ];
  const update = ({ from, to }, top, { x, y }) => {
    across.forEach((tick, which) => {
      const value = from + ((to - from) * which) / 2;
      tick.textContent = written(value, 1);
      setAll(tick, { x: x(value), y: BOTTOM + 16 });
    });
    up.forEach((tick, which) => {
      tick.textContent = written(top * which, top < 1 ? 2 : 1);
      setAll(tick, { x: LEFT - 5, y: y(top * which) + 4 });
    });
  };
  return { elements, update };
}

/** The curve, the slope, the points that were tried, and the ball where the number is. */
function insideOf() {
  const line = shape("path", { class: "cl-wiggle-line" });
  const slopeLine = shape("path", { class: "cl-wiggle-slope" });
  const dots = shape("path", { class: "cl-wiggle-dots" });
  const ball = shape("circle", { class: "cl-wiggle-ball", r: 7 });
  const box = { x: LEFT, y: TOP, width: WIDTH, height: HEIGHT, viewBox: `${LEFT} ${TOP} ${WIDTH} ${HEIGHT}` };
  // hidden: of the drawing around it, which has a name
  const element = shape("svg", { ...box, "aria-hidden": "true" }, [line, slopeLine, dots, ball]);
  const update = ({ here, points, whole, slope }, isWhole, { x, y }) => {
    const at = (point) => `${x(point.x).toFixed(1)} ${y(point.error).toFixed(1)}`;
    const ends = slope === null ? [] : [-REACH, REACH].map((by) => at(along(here, slope, by)));
    setAll(line, { d: isWhole ? `M${whole.map(at).join("L")}` : "" });
    setAll(dots, { d: points.map((point) => `M${at(point)}h0`).join("") });
    setAll(slopeLine, { d: slope === null ? "" : `M${ends.join("L")}` });
    setAll(ball, { cx: x(here.x), cy: y(here.error) });
  };
  return { element, update };
}

function along({ x, error }, slope, by) {
  return { x: x + by, error: error + slope * by };
}

/** The next round number that the number fits under. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.01)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}
