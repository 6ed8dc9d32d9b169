// Loss and right answers of a training, epoch by epoch.

import { make, shape, write } from "../kit/dom.js";
import { percent } from "../kit/words.js";
import { EPOCHS } from "./jobs.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [40, 10, 230, 100];
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
  const keys = ["train", "test"].map((line) =>
    make("span", {
      class: `cl-digits-key cl-digits-${line}`,
      text: line === "train" ? "digits to learn from, as it met them" : "held-out digits",
    }),
  );
  const row = make(
    "div",
    { class: "cl-digits-curves" },
    panels.map((panel) => panel.element),
  );
  const element = make("div", {}, [row, make("p", { class: "cl-note" }, keys)]);
  /** @param {number[][]} points  of each epoch: loss and share right in training, then in the test */
  const update = (points) => {
    for (const panel of panels) panel.update(points);
  };
  return { element, update };
}

function panelOf({ name, at, text, top, chance }) {
  const lines = ["train", "test"].map((line) => shape("polyline", { class: `cl-digits-${line}` }));
  const high = shape("text", { x: LEFT - 4, y: TOP + 9, "text-anchor": "end" });
  const end = shape("text", { x: LEFT + WIDTH, y: TOP + HEIGHT + 14, "text-anchor": "end" });
  const fixed = [
    shape("rect", { class: "cl-digits-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("text", { x: LEFT - 4, y: TOP + HEIGHT, "text-anchor": "end" }, [text(0)]),
    shape("text", { x: LEFT, y: TOP + HEIGHT + 14 }, ["epoch 1"]),
    ...(chance === null
      ? []
      : [
          shape("path", { class: "cl-digits-frame", d: `M${LEFT} ${TOP + HEIGHT * (1 - chance)}h${WIDTH}` }),
          shape("text", { x: LEFT + WIDTH - 4, y: TOP + HEIGHT * (1 - chance) - 4, "text-anchor": "end" }, [
            "pure chance: 10%",
          ]),
        ]),
  ];
  const drawing = shape("svg", { class: "cl-digits-curve", viewBox: "0 0 282 130", role: "img" }, [
    ...fixed,
    high,
    end,
    ...lines,
  ]);
  const update = (points) => {
    const [most, epochs] = [top(points), Math.max(EPOCHS, points.length)];
    const place = (value, epoch) =>
      `${(LEFT + (WIDTH * epoch) / (epochs - 1)).toFixed(1)},${(TOP + HEIGHT * (1 - value / most)).toFixed(1)}`;
    // One point alone is drawn as a line to itself, whose round ends make a dot.
    const drawn = points.length === 1 ? [points[0], points[0]] : points;
    lines.forEach((line, which) =>
      line.setAttribute("points", drawn.map((point) => place(point[at[which]], points.indexOf(point))).join(" ")),
    );
    write(high, text(most));
    write(end, `epoch ${epochs}`);
    const last = points.at(-1);
    drawing.setAttribute(
      "aria-label",
      last
        ? `${name} after ${points.length} epochs: ${text(last[at[0]])} in training, ${text(last[at[1]])} in the test.`
        : `${name}: no curve yet.`,
    );
  };
  return { element: make("div", {}, [make("p", { class: "cl-caption", text: name }), drawing]), update };
}
