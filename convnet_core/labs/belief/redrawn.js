// A piece that the machine is shown, its own drawing of it, and the units that draw: what it learns by.

import { make } from "../kit/dom.js";
import { inInk } from "../kit/paint.js";
import { figure, inWhite } from "./figures.js";
import { PIECE, SIZE } from "./jobs.js";
import { redrawnTexts } from "./words.js";

const UNITS = PIECE - SIZE + 1; // of a hidden map's side
const inkWhereAny = (values, bytes) => inInk(Array.from(values, (value) => Math.min(1, value)), bytes);

export function redrawnPanes() {
  const [shown, drawing, units] = [figure(), figure(), figure()];
  const figures = [shown, drawing, units].map(({ element }) => element);
  const element = make("div", { class: "cl-belief-redrawn", hidden: true }, figures);
  let drawn = null;
  /** @param {import("./run.js").Learned} learned */
  const update = ({ redrawn }) => {
    element.hidden = redrawn === null;
    if (redrawn === null || redrawn === drawn) return;
    const words = redrawnTexts(redrawn);
    shown.draw(redrawn.shown, PIECE, inWhite, "Shown", words.shown);
    drawing.draw(redrawn.drawing, PIECE, inWhite, "Its drawing", words.drawing);
    units.draw(redrawn.units, UNITS, inkWhereAny, "Units that are on", words.units);
    drawn = redrawn;
  };
  return { element, update };
}
