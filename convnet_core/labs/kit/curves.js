// What a training comes to, epoch by epoch: a drawing whose lines grow, and what each of them is.

import { make, shape, write } from "./dom.js";
import { growingLine } from "./growing.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 10, 260, 110];

/** @typedef {"train" | "test" | "last"} Line  each has a look of its own */

/**
 * One drawing. `update` shows the values of each line, of which the first lies at the left edge.
 * @param {object} panel
 * @param {string} panel.name @param {string} panel.floor  what the lower edge, 0, is called
 * @param {number | null} panel.chance  what guessing would reach, of 1; null where there is no such thing
 * @param {number} panel.first  the number of the epoch at the left edge
 * @param {Line[]} panel.lines
 * @param {string} [panel.unit] @param {number} [panel.each]  what is counted, and how many lie between two values
 */
export function curvePanel({ name, floor, chance, first, lines, unit = "epoch", each = 1 }) {
  const outlines = lines.map((line) => shape("polyline", { class: `cl-curve-${line}` }));
  const high = shape("text", { x: LEFT - 5, y: TOP + 9, "text-anchor": "end" });
  const end = shape("text", { x: LEFT + WIDTH, y: TOP + HEIGHT + 15, "text-anchor": "end" });
  const fixed = [...frameOf(floor, `${unit} ${first}`), ...chanceOf(chance)];
  const drawing = shape("svg", { class: "cl-curve", viewBox: "0 0 312 140", role: "img" }, [
    ...fixed,
    high,
    end,
    ...outlines,
  ]);
  const grow = outlines.map((outline) => growingLine(/** @type {SVGPolylineElement} */ (outline)));
  /**
   * @param {number[][]} values  of each line
   * @param {{ top: number, topText: string, epochs: number, words: string }} how  the value at the upper edge, the
   *   number of the epoch at the right one, and what is shown, for who does not see it
   */
  const update = (values, { top, topText, epochs, words }) => {
    grow.forEach((line, which) => line(placesOf(values[which], { top, steps: epochs - first })));
    write(high, topText);
    write(end, `${unit} ${epochs * each}`);
    drawing.setAttribute("aria-label", words);
  };
  return { element: make("div", {}, [make("p", { class: "cl-caption", text: name }), drawing]), update };
}

/** What each line of the drawings is. @param {[line: Line, text: string][]} lines */
export function curveKey(lines) {
  const keys = lines.map(([line, text]) => make("span", { class: `cl-curve-${line}`, text }));
  return make("p", { class: "cl-note cl-curve-key" }, keys);
}

/** @param {string} floor @param {string} start */
function frameOf(floor, start) {
  return [
    shape("rect", { x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("text", { x: LEFT - 5, y: TOP + HEIGHT, "text-anchor": "end" }, [floor]),
    shape("text", { x: LEFT, y: TOP + HEIGHT + 15 }, [start]),
  ];
}

/** @param {number | null} chance */
function chanceOf(chance) {
  if (chance === null) return [];
  const y = TOP + HEIGHT * (1 - chance);
  const text = `pure chance: ${Math.round(100 * chance)}%`;
  return [
    shape("path", { d: `M${LEFT} ${y}h${WIDTH}` }),
    shape("text", { x: LEFT + WIDTH - 4, y: y - 4, "text-anchor": "end" }, [text]),
  ];
}

/** A value alone is a line to itself, whose round ends make a dot. @param {number[]} values @returns {import("./growing.js").Place[]} */
function placesOf(values, { top, steps }) {
  const tenth = (value) => Math.round(10 * value) / 10;
  /** @type {import("./growing.js").Place[]} */
  const places = values.map((value, at) => [
    tenth(LEFT + (WIDTH * at) / steps),
    tenth(TOP + HEIGHT * (1 - value / top)),
  ]);
  return places.length === 1 ? [places[0], places[0]] : places;
}
