// The curves of a training: loss and right answers, epoch by epoch, and the run before, dotted.

import { make, shape } from "../kit/dom.js";
import { RUN } from "./derived.js";
import { curveText, lossText, percent } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 10, 260, 110];
const LINES = ["last", "train", "test"];

/** Two drawings into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function curves(parent) {
  const loss = panel("Loss", lossText, (points) => Math.min(1000, Math.max(0.8, ...points.flat())), null);
  const right = panel("Right answers", percent, () => 1, 0.5);
  const keys = [
    ["train", "training pictures"],
    ["test", "test pictures"],
    ["last", "test, the run before"],
  ].map(([line, text]) => make("span", { class: `cl-training-key cl-training-${line}`, text }));
  const legend = make("p", { class: "cl-note cl-training-legend" }, keys);
  parent.append(loss.element, right.element, legend);
  const update = ({ history, last }) => {
    loss.update(pairs(history, 0), pairs(last, 0));
    right.update(pairs(history, 2), pairs(last, 2));
  };
  return { update };
}

/** [of training, of test] for each epoch. */
function pairs(history, from) {
  return Array.from({ length: Math.floor(history.length / 4) }, (_, epoch) =>
    history.slice(4 * epoch + from, 4 * epoch + from + 2),
  );
}

function panel(name, text, topOf, chance) {
  const lines = Object.fromEntries(LINES.map((line) => [line, shape("polyline", { class: `cl-training-${line}` })]));
  const high = shape("text", { x: LEFT - 5, y: TOP + 9, "text-anchor": "end" });
  const end = shape("text", { x: LEFT + WIDTH, y: TOP + HEIGHT + 15, "text-anchor": "end" });
  const fixed = [
    shape("rect", { class: "cl-training-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("text", { x: LEFT - 5, y: TOP + HEIGHT, "text-anchor": "end" }, [text(0) === "0.000" ? "0" : text(0)]),
    shape("text", { x: LEFT, y: TOP + HEIGHT + 15 }, ["epoch 0"]),
  ];
  if (chance !== null) {
    const y = TOP + HEIGHT * (1 - chance);
    fixed.push(shape("path", { class: "cl-training-chance", d: `M${LEFT} ${y}h${WIDTH}` }));
    fixed.push(shape("text", { x: LEFT + WIDTH - 4, y: y - 4, "text-anchor": "end" }, ["pure chance: 50%"]));
  }
  const drawing = shape("svg", { class: "cl-training-curve", viewBox: "0 0 312 140", role: "img" }, [
    ...fixed,
    high,
    end,
    ...Object.values(lines),
  ]);
  const element = make("div", {}, [make("p", { class: "cl-caption", text: name }), drawing]);
  const update = (points, earlier) => {
    const top = topOf([...points, ...earlier.map((both) => both.slice(1))]);
    const epochs = Math.max(RUN, points.length - 1, earlier.length - 1);
    const places = (values) =>
      values
        .map(
          (value, k) => `${(LEFT + (WIDTH * k) / epochs).toFixed(1)},${(TOP + HEIGHT * (1 - value / top)).toFixed(1)}`,
        )
        .join(" ");
    const shown = {
      last: earlier.map(([, test]) => test),
      train: points.map(([train]) => train),
      test: points.map(([, test]) => test),
    };
    for (const line of LINES) lines[line].setAttribute("points", places(shown[line]));
    high.textContent = chance === null && top < 100 ? top.toFixed(1) : text(top);
    end.textContent = `epoch ${epochs}`;
    drawing.setAttribute("aria-label", curveText(name, points, earlier, text));
  };
  return { element, update };
}
