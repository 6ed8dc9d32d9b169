// Loss and right answers of a training, epoch by epoch.

import { curveKey, curvePanel } from "../kit/curves.js";
import { make } from "../kit/dom.js";
import { percent } from "../kit/words.js";
import { EPOCHS } from "./jobs.js";
import { curveText } from "./words.js";

const PANELS = [
  {
    name: "Loss",
    at: [0, 2],
    text: (value) => value.toFixed(2),
    top: (points) => Math.max(0.5, ...points.flatMap((p) => [p[0], p[2]])),
    chance: null,
  },
  { name: "Right answers", at: [1, 3], text: percent, top: () => 1, chance: 0.1 },
];

export function curves() {
  const panels = PANELS.map(panelOf);
  const row = make(
    "div",
    { class: "cl-digits-curves" },
    panels.map((panel) => panel.element),
  );
  const key = curveKey([
    ["train", "digits to learn from, as it met them"],
    ["test", "held-out digits"],
  ]);
  /** @param {number[][]} points  of each epoch: loss and share right in training, then in the test */
  const update = (points) => {
    for (const panel of panels) panel.update(points);
  };
  return { element: make("div", {}, [row, key]), update };
}

function panelOf({ name, at, text, top, chance }) {
  const panel = curvePanel({ name, floor: text(0), chance, first: 1, lines: ["train", "test"] });
  const update = (points) => {
    const most = top(points);
    panel.update(
      at.map((place) => points.map((point) => point[place])),
      {
        top: most,
        topText: text(most),
        epochs: Math.max(EPOCHS, points.length),
        words: curveText(name, points.length, points.length ? at.map((place) => text(points.at(-1)[place])) : []),
      },
    );
  };
  return { element: panel.element, update };
}
