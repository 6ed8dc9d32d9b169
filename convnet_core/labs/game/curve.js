// The score over the frames played, with what has to be beaten: chance, a rule, the reader.

import { curveKey } from "../kit/curves.js";
import { make, shape, write } from "../kit/dom.js";
import { growingLine } from "../kit/growing.js";
import { merit, merits, ownOf, RUN } from "./runs.js";
import { counted, curveText, shortMerit } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 12, 192, 120];
const BESIDE = 5; // a line's text lies beside the drawing, where no curve crosses it
const HALF = 3.5; // of a text's height
const LINE = 12; // what a text needs
const SPARE = 1.2; // above the highest number of bricks

export function curve() {
  const outlines = ["last", "train"].map((line) => shape("polyline", { class: `cl-curve-${line}` }));
  const grow = outlines.map((line) => growingLine(/** @type {SVGPolylineElement} */ (line)));
  const [high, end, low] = [
    shape("text", { x: LEFT - 5, y: TOP + 9, "text-anchor": "end" }),
    shape("text", { x: LEFT + WIDTH, y: TOP + HEIGHT + 15, "text-anchor": "end" }),
    shape("text", { x: LEFT - 5, y: TOP + HEIGHT, "text-anchor": "end" }),
  ];
  const marks = ["chance", "rule", "you"].map(markLine);
  const drawing = shape("svg", { class: "cl-curve", viewBox: "0 0 312 152", role: "img" }, [
    shape("rect", { x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("text", { x: LEFT, y: TOP + HEIGHT + 15 }, ["0"]),
    high,
    end,
    low,
    ...marks.flatMap((mark) => mark.parts),
    ...outlines,
  ]);
  const caption = make("p", { class: "cl-caption" });
  const key = curveKey([
    ["train", "this run"],
    ["last", "the run before"],
  ]);
  const element = make("div", { class: "cl-game-curve" }, [caption, drawing, key]);
  const update = ({ game, own }, baselines, run, earlier) => {
    const [chance, rule] = baselines[game].map((score) => merit(game, score));
    const { score } = ownOf(own, game);
    const beaten = [chance, rule, score === null ? null : merit(game, score)];
    const lines = [earlier, run].map((one) => (one ? merits(one) : []));
    const top = game === "breakout" ? SPARE * Math.max(...beaten, ...lines.flat()) : 1;
    const frames = Math.max(RUN[game], run?.frame ?? 0, earlier?.frame ?? 0);
    const y = (value) => Math.round(10 * (TOP + HEIGHT * (1 - Math.max(0, value) / top))) / 10;
    const x = (frame) => Math.round(10 * (LEFT + (WIDTH * frame) / frames)) / 10;
    [earlier, run].forEach((one, at) => grow[at](placesOf(one?.snapshots ?? [], lines[at], x, y)));
    showMarks(marks, beaten, y, (value) => shortMerit(game, value));
    write(high, shortMerit(game, top));
    write(low, shortMerit(game, 0));
    write(end, `${counted(frames)} steps`);
    write(caption, game === "breakout" ? "Bricks a game, tested without random actions" : "Balls caught, tested without random actions");
    key.lastElementChild.toggleAttribute("hidden", earlier === null);
    drawing.setAttribute("aria-label", curveText(run, earlier));
  };
  return { element, update };
}

/** A test alone is a line to itself, whose round ends make a dot. @returns {import("../kit/growing.js").Place[]} */
function placesOf(snapshots, values, x, y) {
  /** @type {import("../kit/growing.js").Place[]} */
  const places = snapshots.map(({ frame }, at) => [x(frame), y(values[at])]);
  return places.length === 1 ? [places[0], places[0]] : places;
}

/** @param {string} name */
function markLine(name) {
  const line = shape("path", { class: `cl-game-mark cl-game-${name}` });
  const text = shape("text", { class: `cl-game-${name}` });
  return { name, line, text, parts: [line, text] };
}

/** Their texts stand to the right, under each other where lines are close. */
function showMarks(marks, values, y, told) {
  const taken = [];
  const order = [...marks.keys()].filter((at) => values[at] !== null).sort((one, other) => values[other] - values[one]);
  marks.forEach(({ parts }, at) => parts.forEach((part) => part.toggleAttribute("hidden", values[at] === null)));
  for (const at of order) {
    const { name, line, text } = marks[at];
    const place = y(values[at]);
    const last = taken.at(-1) ?? -Infinity;
    const row = Math.max(place + HALF, last + LINE);
    taken.push(row);
    line.setAttribute("d", `M${LEFT} ${place}h${WIDTH}`);
    text.setAttribute("x", String(LEFT + WIDTH + BESIDE));
    text.setAttribute("y", String(row));
    write(text, `${name} ${told(values[at])}`);
  }
}
