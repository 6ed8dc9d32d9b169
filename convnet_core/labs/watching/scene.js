// A kitchen as a drawing: lemon, bread, cup, bowl and jug on a table, and on the floor what broke.

import { make, shape, write } from "../kit/dom.js";
import { sceneRows, sceneText } from "./words.js";

const PLACES = { lemon: 20, bread: 60, cup: 102, bowl: 140, jug: 180 };
const [TABLE, FLOOR] = [70, 96];
const COLOURS = { juice: "#f2c230", water: "#6aa9e0", both: "#a9c76a" };
const OUTLINE = { fill: "none", stroke: "#22262e", "stroke-width": 2, "stroke-linejoin": "round", "stroke-linecap": "round" };

/** @param {string} whose */
export function sceneView(whose) {
  const drawing = shape("svg", { viewBox: "0 26 200 78", role: "img", class: "cl-watching-scene" });
  const title = make("p", { class: "cl-caption", text: whose });
  const list = make("ul", { class: "cl-watching-states" });
  const rows = Object.keys(PLACES).map(() => list.appendChild(make("li")));
  const element = make("div", { class: "cl-watching-kitchen" }, [title, drawing, list]);
  /** @param {import("../mirror/robot.js").Scene} scene @param {import("../mirror/robot.js").Scene | null} other  to compare with */
  const show = (scene, other) => {
    drawing.setAttribute("aria-label", sceneText(whose, scene));
    drawing.replaceChildren(line(`M0 ${TABLE}H200`), line(`M0 ${FLOOR}H200`, { "stroke-dasharray": "3 4" }), ...Object.keys(PLACES).map((thing) => drawn(thing, scene)));
    const others = other && sceneRows(other);
    sceneRows(scene).forEach(([thing, state], k) => {
      const isOther = others !== null && others[k][1] !== state;
      rows[k].classList.toggle("is-wrong", isOther);
      write(rows[k], `${thing}: ${state}${isOther ? " ≠" : ""}`);
    });
  };
  return { element, title, show };
}

const line = (d, more = {}) => shape("path", { d, ...OUTLINE, ...more });
const filled = (d, fill) => line(d, { fill });

/** One thing, on the table or in pieces on the floor. @param {string} thing @param {import("../mirror/robot.js").Scene} scene */
function drawn(thing, scene) {
  const isBroken = scene.broken.includes(thing);
  const parts = isBroken ? [line("M-14 0l6 -9l5 9z M-1 0l4 -6l5 6z M10 0l3 -8l4 8z")] : PARTS[thing](scene);
  return shape("g", { transform: `translate(${PLACES[thing]} ${isBroken ? FLOOR : TABLE})` }, parts);
}

/** What is in a vessel, as a colour. @param {string[]} inside */
function colourOf(inside) {
  const [hasJuice, hasWater] = [inside.includes("juice"), inside.includes("water")];
  if (hasJuice && hasWater) return COLOURS.both;
  return hasJuice ? COLOURS.juice : hasWater ? COLOURS.water : "none";
}

const stirred = (inside, d) => (inside.includes("mixed") ? [line(d, { "stroke-width": 1.5 })] : []);

/** @type {Record<string, (scene: import("../mirror/robot.js").Scene) => SVGElement[]>} */
const PARTS = {
  lemon({ lemon }) {
    if (lemon === "whole") return [filled("M-15 -10l4 -2c4 -9 18 -9 22 0l4 2l-4 2c-4 9 -18 9 -22 0z", COLOURS.juice)];
    const half = lemon === "halved" ? "c0 -16 15 -16 15 0z" : "c0 -6 15 -6 15 0z";
    return ["M-16 -1", "M1 -1"].map((start) => filled(start + half, lemon === "halved" ? COLOURS.juice : "#d9cf9a"));
  },
  bread({ bread }) {
    if (bread === "loaf") return [filled("M-16 -1v-13c-6 -12 38 -12 32 0v13z", "#c98f4e")];
    if (bread === "spoilt") return [filled("M-16 -1l3 -12l5 6l4 -9l3 15z M2 -1l5 -8l3 4l4 -7l2 11z", "#8a7a66")];
    const slices = ["M-17 -1", "M-5 -1", "M7 -1"].map((start) => filled(`${start}v-12c-2 -8 12 -8 10 0v12z`, "#e2b87c"));
    const butter = ["M-15 -9", "M-3 -9", "M9 -9"].map((start) => filled(`${start}h6v5h-6z`, "#ffe680"));
    return bread === "buttered" ? [...slices, ...butter] : slices;
  },
  cup: ({ cup }) => [
    filled("M-10 -14l2 13h14l2 -13z", colourOf(cup)),
    line("M-11 -22l3 21h14l3 -21z M9 -18c9 -2 9 12 -1 11"),
    ...stirred(cup, "M-6 -8c3 -4 5 4 10 0"),
  ],
  bowl: ({ bowl }) => [
    filled("M-15 -11c2 14 28 14 30 0z", colourOf(bowl)),
    line("M-17 -17c1 22 33 22 34 0z"),
    ...stirred(bowl, "M-9 -7c4 -5 8 5 16 0"),
  ],
  jug: ({ jug }) => [
    filled("M-9 -26l-1 25h19l-1 -25z", jug === "full" ? COLOURS.water : "none"),
    line("M-10 -36l-6 -4M-10 -36l0 35h19l-1 -35z M8 -30c12 -2 12 20 1 18"),
  ],
};
