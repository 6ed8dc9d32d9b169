// The curves of a training: loss and right answers, epoch by epoch, and the run before, dotted.

import { make, shape, write } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { growingLine } from "../kit/growing.js";
import { percent } from "../kit/words.js";
import { RUN } from "./derived.js";
import { curveText, lossText } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 10, 260, 110];
const LINES = ["last", "train", "test"];

/**
 * @typedef {object} Panel  one of the two drawings
 * @property {string} name @property {(value: number) => string} text  a value in words
 * @property {number} from  where its two values begin among the four of an epoch
 * @property {(points: number[][]) => number} topOf  the value at the upper edge
 * @property {number | null} chance  what guessing would reach
 */

/** @type {Panel[]} */
const PANELS = [
  {
    name: "Loss",
    text: lossText,
    from: 0,
    topOf: (points) => Math.min(1000, Math.max(0.8, ...points.flat())),
    chance: null,
  },
  { name: "Right answers", text: percent, from: 2, topOf: () => 1, chance: 0.5 },
];

/** Two drawings into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function curves(parent) {
  const panels = PANELS.map(panelOf);
  const keys = [
    ["train", "training pictures"],
    ["test", "test pictures"],
    ["last", "test, the run before"],
  ].map(([line, text]) => make("span", { class: `cl-training-key cl-training-${line}`, text }));
  parent.append(
    ...panels.map(({ element }) => element),
    make("p", { class: "cl-note cl-training-legend" }, keys),
  );
  const draw = ({ history, last }) => {
    for (const panel of panels) panel.update(history, last);
  };
  return { update: ifChanged(({ history, last }) => [history, last], draw) };
}

/** [of training, of test] for each epoch. @param {number[]} history @param {number} from */
function pairs(history, from) {
  return Array.from({ length: Math.floor(history.length / 4) }, (_, epoch) =>
    history.slice(4 * epoch + from, 4 * epoch + from + 2),
  );
}

/** @param {Panel} panel */
function panelOf({ name, text, from, topOf, chance }) {
  const outlines = LINES.map((line) => shape("polyline", { class: `cl-training-${line}` }));
  const high = shape("text", { x: LEFT - 5, y: TOP + 9, "text-anchor": "end" });
  const end = shape("text", { x: LEFT + WIDTH, y: TOP + HEIGHT + 15, "text-anchor": "end" });
  const fixed = [...frameOf(text(0) === "0.000" ? "0" : text(0)), ...chanceOf(chance)];
  const drawing = shape("svg", { class: "cl-training-curve", viewBox: "0 0 312 140", role: "img" }, [
    ...fixed,
    high,
    end,
    ...outlines,
  ]);
  const lines = outlines.map((outline) => growingLine(/** @type {SVGPolylineElement} */ (outline)));
  const update = (history, last) => {
    const [points, earlier] = [pairs(history, from), pairs(last, from)];
    const top = topOf([...points, ...earlier.map((both) => both.slice(1))]);
    const epochs = Math.max(RUN, points.length - 1, earlier.length - 1);
    const shown = [earlier.map(([, test]) => test), points.map(([train]) => train), points.map(([, test]) => test)];
    lines.forEach((line, which) => line(placesOf(shown[which], { top, epochs })));
    write(high, chance === null && top < 100 ? top.toFixed(1) : text(top));
    write(end, `epoch ${epochs}`);
    drawing.setAttribute("aria-label", curveText(name, points, earlier, text));
  };
  return { element: make("div", {}, [make("p", { class: "cl-caption", text: name }), drawing]), update };
}

/** @param {string} floor  what the lower edge is called */
function frameOf(floor) {
  return [
    shape("rect", { class: "cl-training-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("text", { x: LEFT - 5, y: TOP + HEIGHT, "text-anchor": "end" }, [floor]),
    shape("text", { x: LEFT, y: TOP + HEIGHT + 15 }, ["epoch 0"]),
  ];
}

/** @param {number | null} chance */
function chanceOf(chance) {
  if (chance === null) return [];
  const y = TOP + HEIGHT * (1 - chance);
  return [
    shape("path", { class: "cl-training-chance", d: `M${LEFT} ${y}h${WIDTH}` }),
    shape("text", { x: LEFT + WIDTH - 4, y: y - 4, "text-anchor": "end" }, ["pure chance: 50%"]),
  ];
}

/** @param {number[]} values @returns {import("../kit/growing.js").Place[]} */
function placesOf(values, { top, epochs }) {
  const tenth = (value) => Math.round(10 * value) / 10;
  return values.map((value, epoch) => [
    tenth(LEFT + (WIDTH * epoch) / epochs),
    tenth(TOP + HEIGHT * (1 - value / top)),
  ]);
}
