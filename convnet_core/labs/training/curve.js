// The curves of a training: loss and right answers, epoch by epoch, and the run before, dotted.

import { curveKey, curvePanel } from "../kit/curves.js";
import { ifChanged } from "../kit/frames.js";
import { percent } from "../kit/words.js";
import { RUN } from "./derived.js";
import { curveText, lossText } from "./words.js";

/**
 * @typedef {object} Panel  one of the two drawings
 * @property {string} name @property {(value: number) => string} text  a value in words
 * @property {string} floor
 * @property {number} from  where its two values begin among the four of an epoch
 * @property {(points: number[][]) => number} topOf  the value at the upper edge
 * @property {number | null} chance  what guessing would reach
 */

/** @type {Panel[]} */
const PANELS = [
  {
    name: "Loss",
    text: lossText,
    floor: "0",
    from: 0,
    topOf: (points) => Math.min(1000, Math.max(0.8, ...points.flat())),
    chance: null,
  },
  { name: "Right answers", text: percent, floor: percent(0), from: 2, topOf: () => 1, chance: 0.5 },
];

/** Two drawings into `parent`; `update` shows any state. @param {HTMLElement} parent */
export function curves(parent) {
  const panels = PANELS.map(panelOf);
  const key = curveKey([
    ["train", "training pictures"],
    ["test", "test pictures"],
    ["last", "test, the run before"],
  ]);
  parent.append(...panels.map(({ element }) => element), key);
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
function panelOf({ name, text, floor, from, topOf, chance }) {
  const panel = curvePanel({ name, floor, chance, first: 0, lines: ["last", "train", "test"] });
  const update = (history, last) => {
    const [points, earlier] = [pairs(history, from), pairs(last, from)];
    const top = topOf([...points, ...earlier.map((both) => both.slice(1))]);
    const values = [earlier.map(([, test]) => test), points.map(([train]) => train), points.map(([, test]) => test)];
    panel.update(values, {
      top,
      topText: chance === null && top < 100 ? top.toFixed(1) : text(top),
      epochs: Math.max(RUN, points.length - 1, earlier.length - 1),
      words: curveText(name, points, earlier, text),
    });
  };
  return { element: panel.element, update };
}
