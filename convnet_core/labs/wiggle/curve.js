// The error over one number: the points that were tried, the slope between them, and the whole curve.

import { setAll, shape } from "../kit/dom.js";
import { tried } from "./derived.js";
import { curveText, written } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [42, 10, 270, 180];
const BOTTOM = TOP + HEIGHT;
const REACH = 0.3; // of the slope's line, to both sides, along the number

/** Draws into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function errorCurve(parent, presets) {
  const across = [0, 1, 2].map(() => shape("text", { class: "cl-wiggle-tick", "text-anchor": "middle" }));
  const up = [0, 1].map(() => shape("text", { class: "cl-wiggle-tick", "text-anchor": "end" }));
  const line = shape("path", { class: "cl-wiggle-line" });
  const slopeLine = shape("path", { class: "cl-wiggle-slope" });
  const dots = shape("path", { class: "cl-wiggle-dots" });
  const ball = shape("circle", { class: "cl-wiggle-ball", r: 7 });
  const frame = shape("rect", { class: "cl-wiggle-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT });
  const inside = shape("svg", {
    x: LEFT,
    y: TOP,
    width: WIDTH,
    height: HEIGHT,
    "aria-hidden": "true", // of the drawing around it, which has a name
    viewBox: `${LEFT} ${TOP} ${WIDTH} ${HEIGHT}`,
  });
  inside.append(line, slopeLine, dots, ball);
  const drawing = shape("svg", { class: "cl-wiggle-curve", viewBox: "0 0 326 228", role: "img" }, [
    frame,
    ...across,
    ...up,
    shape("text", { x: LEFT + WIDTH / 2, y: BOTTOM + 33, "text-anchor": "middle" }, ["the number"]),
    shape("text", { transform: `translate(12 ${TOP + HEIGHT / 2}) rotate(-90)`, "text-anchor": "middle" }, ["error"]),
    inside,
  ]);
  parent.append(drawing);

  const update = (state) => {
    const found = tried(state, presets);
    const { here, points, whole, from, to, slope } = found;
    const top = roundUp(Math.max(...whole.map(({ error }) => error)));
    const x = (value) => LEFT + (WIDTH * (value - from)) / (to - from);
    const y = (error) => BOTTOM - (HEIGHT * error) / top;
    const at = (point) => `${x(point.x).toFixed(1)} ${y(point.error).toFixed(1)}`;
    across.forEach((tick, which) => {
      const value = from + ((to - from) * which) / 2;
      tick.textContent = written(value, 1);
      setAll(tick, { x: x(value), y: BOTTOM + 16 });
    });
    up.forEach((tick, which) => {
      tick.textContent = written(top * which, top < 1 ? 2 : 1);
      setAll(tick, { x: LEFT - 5, y: y(top * which) + 4 });
    });
    setAll(line, { d: state.curve ? `M${whole.map(at).join("L")}` : "" });
    setAll(dots, { d: points.map((point) => `M${at(point)}h0`).join("") });
    setAll(slopeLine, {
      d: slope === null ? "" : `M${at(along(here, slope, -REACH))}L${at(along(here, slope, REACH))}`,
    });
    setAll(ball, { cx: x(here.x), cy: y(here.error) });
    drawing.setAttribute("aria-label", curveText(state, presets));
  };
  return { update };
}

function along({ x, error }, slope, by) {
  return { x: x + by, error: error + slope * by };
}

/** The next round number that the number fits under. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.01)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}
