// What the shuffle lab shows of a training: both nets, and their curves.

import { make, setAll, shape } from "../kit/dom.js";
import { aboutNets, capital, curveText, percent } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 12, 280, 150];
const BOTTOM = TOP + HEIGHT;
/** [class of its line, name, where its numbers begin in a point of the curve] of each net. */
export const NETS = [
  ["convnet", "ConvNet", 0],
  ["voting", "voting net", 3],
];

/** What both nets are, each with the line that it has in the curve. */
export function netsView(parent) {
  const texts = NETS.map(([net, name]) => {
    const text = make("p", { class: "cl-note" });
    const key = make("p", { class: `cl-shuffle-key cl-shuffle-${net}`, text: capital(name) });
    parent.append(make("div", {}, [key, text]));
    return text;
  });
  /** @param {object} kind @param {object} net */
  return (kind, net) => aboutNets(kind, net).forEach((words, which) => (texts[which].textContent = words));
}

/** Right answers in the test, epoch by epoch: a line for the mean of each net, a band from the least to the most. */
export function curveView(parent, { seeds, epochs }) {
  const lines = NETS.map(([net]) => shape("polyline", { class: `cl-shuffle-line cl-shuffle-${net}` }));
  const bands = NETS.map(([net]) => shape("polygon", { class: `cl-shuffle-band cl-shuffle-${net}` }));
  const base = shape("path", { class: "cl-shuffle-base" });
  const baseText = shape("text", { x: LEFT + WIDTH - 4, y: BOTTOM - 22, "text-anchor": "end" });
  const low = shape("text", { x: LEFT + WIDTH - 4, y: BOTTOM - 5, "text-anchor": "end" });
  const floor = shape("text", { x: LEFT - 5, y: BOTTOM, "text-anchor": "end" });
  const drawing = shape(
    "svg",
    { class: "cl-shuffle-curve", viewBox: `0 0 ${LEFT + WIDTH + 10} ${BOTTOM + 22}`, role: "img" },
    [
      shape("rect", { class: "cl-shuffle-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
      shape("path", { class: "cl-shuffle-chance", d: `M${LEFT} ${BOTTOM}h${WIDTH}` }),
      shape("text", { x: LEFT - 5, y: TOP + 8, "text-anchor": "end" }, ["100%"]),
      floor,
      low,
      shape("text", { x: LEFT, y: BOTTOM + 16 }, ["epoch 0"]),
      shape("text", { x: LEFT + WIDTH, y: BOTTOM + 16, "text-anchor": "end" }, [`epoch ${epochs}`]),
      ...bands,
      base,
      baseText,
      ...lines,
    ],
  );
  parent.append(
    make("p", {
      class: "cl-caption",
      text: `Right in the test: mean of ${seeds} trainings, and from the least to the most`,
    }),
    drawing,
  );
  /**
   * @param {number[][]} all  the points so far @param {object} kind
   * @param {number | null} unswapped  the share that the ConvNet reached with nothing swapped, to compare with
   */
  return (all, { test, answers }, unswapped) => {
    const chance = 1 / answers.length;
    const x = (epoch) => (LEFT + (WIDTH * epoch) / epochs).toFixed(1);
    const y = (share) => (BOTTOM - (HEIGHT * Math.max(0, share - chance)) / (1 - chance)).toFixed(1);
    const at = (from, whole) => (point, epoch) => `${x(epoch)},${y(point[from] / whole)}`;
    NETS.forEach(([, , from], which) => {
      setAll(lines[which], { points: all.map(at(from, seeds * test)).join(" ") });
      const upper = all.map(at(from + 2, test)).reverse();
      setAll(bands[which], { points: [...all.map(at(from + 1, test)), ...upper].join(" ") });
    });
    setAll(base, { d: unswapped === null ? "" : `M${LEFT} ${y(unswapped)}h${WIDTH}` });
    baseText.textContent = unswapped === null ? "" : "dotted: ConvNet, unswapped";
    floor.textContent = percent(chance);
    low.textContent = `pure chance: ${percent(chance)}`;
    drawing.setAttribute("aria-label", curveText(all, seeds * test, chance, unswapped));
  };
}
