// One map, large, with the maps that it was made from and its weights over them; and one of its numbers, sum and all.

import { between } from "../kit/cells.js";
import { captionedGrid, sign } from "../kit/controls.js";
import { make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { Pane } from "../kit/pane.js";
import { steerByKeys } from "../kit/steer.js";
import { truncated } from "../mirror/printing.js";
import { SIDE } from "../mirror/digits.js";
import { mapOf } from "./brain.js";
import { chosenOf } from "./derived.js";
import { fullOf, inColours, inInk, reachOf } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { mapName, partText, sourceName, sumText, zoomTitle } from "./words.js";

const MOST_SOURCES = 16;
let groups = 0;

/** @param {HTMLElement} parent */
export function zoom(parent, store, { heading: named, signal }) {
  const heading = named("cl-digits-heading");
  const about = make("p", { class: "cl-note" });
  const large = largeMap(store, signal);
  const sources = sourceTiles(store);
  const box = make("div", { class: "cl-digits-zoom" }, [large.element, sources.element]);
  parent.append(heading, about, box);
  const number = oneNumber(parent, named, signal);
  /** @param {import("./derived.js").Taken} it */
  const update = (state, now, it) => {
    const [title, words] = zoomTitle(it);
    write(heading, title);
    write(about, words);
    large.update(state, now, it);
    sources.update(state, it);
    number.update(state, it);
  };
  return { update };
}

/** The chosen map; a press on it chooses the number that is taken apart. */
function largeMap(store, signal) {
  const element = make("div", { class: "cl-digits-large" });
  const pane = new Pane(element, "Map");
  const scale = () => SIDE / chosenOf(store.state).stage.side;
  const goTo = (row, column) => {
    const at = (cell) => between(cell * scale(), { min: 0, max: SIDE - 1 });
    store.set({ row: at(row), column: at(column) }, { undoable: false });
  };
  pane.onPoint(goTo, signal);
  const moveBy = (down, right) => {
    const { row, column } = chosenOf(store.state);
    goTo(row + down, column + right);
  };
  steerByKeys(pane, "Map. Arrow keys lead to other numbers", moveBy, signal);
  const update = (_, now, { stage, feature, row, column }) => {
    element.hidden = stage.key === "votes";
    if (element.hidden) return;
    const { side } = stage;
    const size = { width: side, height: side };
    pane.draw(mapOf(now, stage, feature), size, inColours(fullOf(now.layers[stage.key])));
    pane.point({ row, column, side: 1, ...size });
    pane.caption.textContent = pane.label = mapName(stage, feature);
  };
  return { element, update };
}

/** The maps below, each with the weights over it and its part in the number. */
function sourceTiles(store) {
  groups += 1;
  const name = `digits-source-${groups}`;
  const tiles = Array.from({ length: MOST_SOURCES }, (_, at) =>
    sourceTile(at, name, (source) => store.set({ source }, { undoable: false })),
  );
  const element = make(
    "div",
    { class: "cl-digits-sources", role: "radiogroup", "aria-label": "Made from" },
    tiles.map((tile) => tile.element),
  );
  sets({ source: element });
  const update = (state, it) => {
    const { sources } = it;
    const chosen = sourceAt(state, it);
    const scales = {
      map: fullOf(sources.map(({ map }) => reachOf(map))),
      weight: reachOf(sources.flatMap(({ weights }) => weights?.flat() ?? [])),
    };
    tiles.forEach((tile, at) => {
      tile.element.hidden = at >= sources.length;
      if (at < sources.length) tile.update(it, at, scales, at === chosen);
    });
  };
  return { element, update };
}

/** Which map below is shown in numbers, as far as there are so many. */
function sourceAt({ source }, { sources }) {
  return Math.min(source, sources.length - 1);
}

function sourceTile(at, name, choose) {
  const input = make("input", { type: "radio", name });
  input.addEventListener("change", () => choose(at));
  const [map, kernel] = [smallMap(), smallMap()];
  const mark = make("span", { class: "cl-digits-mark" });
  const framed = make("span", { class: "cl-digits-framed" }, [map.element, mark]);
  const times = make("span", { class: "cl-digits-times", "aria-hidden": "true", text: "×" });
  const part = make("span", { class: "cl-digits-part" });
  const element = make("label", { class: "cl-digits-source" }, [input, framed, times, kernel.element, part]);
  const update = (it, which, scales, isChosen) => {
    const { map: values, side, weights, part: amount } = it.sources[which];
    map.draw(values, side, it.stage.key === "conv1" ? inInk : inColours(scales.map));
    times.hidden = kernel.element.hidden = weights === null;
    if (weights) kernel.draw(weights.flat(), weights.length, inColours(scales.weight));
    for (const edge of ["row", "column", "height"]) mark.style.setProperty(`--${edge}`, String(it.patch[edge] / side));
    write(part, partText(it, amount));
    const label = sourceName(it, which);
    if (input.getAttribute("aria-label") !== label) input.setAttribute("aria-label", label);
    if (input.checked !== isChosen) input.checked = isChosen;
  };
  return { element, update };
}

/** The number itself: one patch times its weights, and the sum over all patches. */
function oneNumber(parent, named, signal) {
  const heading = named("cl-digits-heading", "One number");
  const row = make("div", { class: "cl-digits-sum" });
  const grid = (label) => captionedGrid(row, label, { print: truncated, signal });
  const patch = grid("Patch");
  const times = row.appendChild(sign("×"));
  const weights = grid("Weights");
  const equals = row.appendChild(sign("="));
  const products = grid("Products");
  const sum = make("p", { class: "cl-sum" });
  parent.append(heading, row, sum);
  const update = (state, it) => {
    const { patch: values, weights: kernel } = it.sources[sourceAt(state, it)];
    patch.show(values, { full: Math.max(0.01, reachOf(values.flat())) });
    for (const part of [times, equals, weights.block, products.block]) part.hidden = kernel === null;
    if (kernel) {
      weights.show(kernel, { full: Math.max(0.01, reachOf(kernel.flat())) });
      const made = values.map((line, r) => line.map((value, c) => value * kernel[r][c]));
      products.show(made, { full: Math.max(0.01, reachOf(made.flat())) });
    }
    write(sum, sumText(it));
  };
  return { update };
}
