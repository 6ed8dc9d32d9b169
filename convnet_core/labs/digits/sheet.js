// The sheet that one draws on, its pens, and digits to start from.

import { keyStep } from "../kit/arrows.js";
import { captionedGrid } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { nextStroke } from "../kit/strokes.js";
import { SIDE } from "../mirror/digits.js";
import { dabbed, NAMES } from "../kit/brush.js";
import { startOf } from "./derived.js";
import { inInk } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";

export const SHEET_KEYS = [
  "On the sheet, Space puts the pen down; Shift with an arrow key draws on from there.",
  "Keys that type a number set one pixel: 1 is ink, 0 is paper, 0.5 is grey.",
];

/** @typedef {import("../kit/brush.js").Pen} Pen */

const blank = () => Array.from({ length: SIDE }, () => Array(SIDE).fill(0));

/**
 * @typedef {object} Parts
 * @property {(reason: string) => void} refuse
 * @property {() => void} ondraw  a stroke is drawn
 * @property {(isBlank: boolean) => void} onload  another picture lies there, or an empty sheet
 * @property {AbortSignal} signal
 *
 * @param {HTMLElement} parent @param {import("../kit/store.js").Store} store @param {Parts} parts
 */
export function sheet(parent, store, { refuse, ondraw, onload, signal }) {
  /** @type {Pen} */
  let pen = "thick";
  const dab = (row, column, group) => {
    store.set({ drawing: dabbed(store.state.drawing, pen, { row, column }) }, { group });
  };
  const side = parent.appendChild(make("div", { class: "cl-side cl-digits-sheet" }));
  const onPress = (row, column) => strokeFrom(store, dab, { refuse, ondraw }, { row, column });
  const options = { editable: true, range: [0, 1], paper: 0, print: () => "", onPress, signal };
  const grid = captionedGrid(side, "Your digit", { kind: "ink", ...options });
  grid.onEdit(({ values, group }) => {
    store.set({ drawing: values }, { group });
    ondraw();
  });
  grid.onRefuse(refuse);
  drawByKeys(grid, dab, ondraw, signal);
  const pens = choice("Pen", NAMES, (value) => (pen = /** @type {Pen} */ (value)));
  const put = (drawing, isBlank) => {
    store.set({ drawing, about: "answer" });
    onload(isBlank);
  };
  const clear = button("Clear", () => put(blank(), true));
  const starts = startButtons(store, (drawing) => put(drawing, false));
  sets({ drawing: [grid, clear, starts] });
  side.append(make("div", { class: "cl-controls" }, [pens.element, clear]), starts.element);
  const draw = ({ drawing }) => grid.show(drawing);
  const show = ifChanged(({ drawing }) => [drawing], draw);
  const update = (state) => {
    show(state);
    starts.update(state);
  };
  return { grid, update };
}

/** A stroke of a pointer: the pen goes down at each pixel on its way. @returns {import("../kit/grid.js").Drag} */
function strokeFrom(store, dab, { refuse, ondraw }, { row, column }) {
  const group = nextStroke();
  const before = store.state.drawing;
  dab(row, column, group);
  return {
    move: (r, c) => dab(r, c, group),
    end: () => {
      ondraw();
      return true;
    },
    cancel: () => {
      store.set({ drawing: before }, { group });
      refuse("The page was scrolled. To draw with a finger, press “Draw by finger” above.");
    },
  };
}

/** @param {import("../kit/grid.js").Grid} grid */
function drawByKeys(grid, dab, ondraw, signal) {
  let stroke = nextStroke();
  const down = (group) => {
    dab(grid.cursor.row, grid.cursor.column, group);
    ondraw();
  };
  const onSpace = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // the grid would flip one pixel
    grid.typing.settle();
    stroke = nextStroke();
    down(stroke);
  };
  // Behind the grid's own listener, which has moved to where the arrow leads.
  const onArrow = (/** @type {KeyboardEvent} */ event) => {
    if (event.shiftKey && keyStep(event) && !event.ctrlKey) down(stroke);
  };
  grid.holder.addEventListener("keydown", onSpace, { capture: true, signal });
  grid.holder.addEventListener("keydown", onArrow, { signal });
}

/** Held-out digits of MNIST. @param {(drawing: number[][]) => void} onchoose */
function startButtons(store, onchoose) {
  const { drawing: presets } = store.presets;
  const buttons = Object.entries(presets).map(([name, drawing]) => {
    const picture = smallMap();
    picture.draw(drawing.flat(), SIDE, inInk);
    const title = `Start from ${name === "8" ? "an" : "a"} ${name}`;
    const about = { type: "button", class: "cl-digits-start", onclick: () => onchoose(drawing) };
    const element = make("button", { ...about, "aria-label": title, title }, [picture.element]);
    return { name, element };
  });
  const about = { class: "cl-digits-starts", "data-step": "choice", role: "group", "aria-label": "Digits of MNIST to start from" };
  const element = make(
    "div",
    about,
    buttons.map((one) => one.element),
  );
  const update = ifChanged(
    ({ drawing }) => [drawing],
    (state) => {
      const shown = startOf(state, store.presets);
      for (const one of buttons) one.element.setAttribute("aria-pressed", String(one.name === shown));
    },
  );
  return { element, update };
}
