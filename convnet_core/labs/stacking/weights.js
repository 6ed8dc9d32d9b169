// The shown filter of a convolution: a kernel for each map that comes in, with what it gives to the chosen number.

import { captionedGrid, choosing, valueBox } from "../kit/controls.js";
import { make } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { largestOf, MOST_FILTERS, partialSums, withBias, withKernel } from "./derived.js";
import { filterText, meaningText, partText } from "./words.js";

/** @param {HTMLElement} parent @param {number} place @param {import("./block.js").Desk} desk */
export function weightsView(parent, place, desk) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-stacking-weights" }));
  const title = make("p", { class: "cl-caption" });
  const row = make("div", { class: "cl-stacking-kernels" });
  const meaning = make("p", { class: "cl-note" });
  side.append(title, row, meaning);
  let filter = 0;
  const kernels = kernelGrids(row, place, desk, () => filter);
  sets({ blocks: kernels.grids });
  const box = valueBox(kernels.grids, desk.refuse);
  const bias = biasBox(place, desk, () => filter);
  side.append(make("div", { class: "cl-controls" }, [box.element, bias.element]));

  const update = (now, block, works) => {
    side.hidden = block.kind !== "conv";
    if (side.hidden) return;
    const { weights } = block;
    filter = Math.min(works ? now.mapAt[place + 1] : 0, weights.length - 1);
    title.textContent = filterText(filter, weights);
    meaning.textContent = meaningText(weights[filter], desk.store.presets.filter);
    const sums = works && now.chosen.stage === place + 1 ? partialSums(now, place) : null;
    const parts = sums?.map((sum) => `gives ${partText(now, place, sum)}`);
    kernels.show(weights[filter], parts ?? []);
    box.update();
    bias.show(block.bias[filter]);
  };
  return { update };
}

/** A grid for each map that may come in. @param {() => number} filterNow  which filter is shown */
function kernelGrids(parent, place, { store, edit, refuse, signal }, filterNow) {
  const { min, max } = store.rule("blocks").parts.conv.weights;
  const options = { editable: true, range: [min, max], onPress: choosing, signal };
  const made = Array.from({ length: MOST_FILTERS }, (_, map) => {
    const grid = captionedGrid(parent, "", { label: `Block ${place + 1}, kernel ${map + 1}`, ...options });
    grid.flipped = (value) => (value === 0 ? 1 : -value);
    grid.onRefuse(refuse);
    grid.onEdit(({ values, group }) =>
      edit(place, "conv", (block) => withKernel(block, filterNow(), map, values), group),
    );
    grid.caption.textContent = `on map ${map + 1}`;
    const showKernel = (/** @type {number[][]} */ kernel, /** @type {number} */ full) => grid.show(kernel, { full });
    const draw = ifChanged((kernel, full) => [kernel, full], showKernel);
    return { grid, draw, part: grid.block.appendChild(make("p", { class: "cl-note cl-stacking-part" })) };
  });
  const show = (kernels, parts) => {
    const full = largestOf(kernels);
    made.forEach(({ grid, draw, part }, map) => {
      grid.block.hidden = map >= kernels.length;
      if (grid.block.hidden) return;
      draw(kernels[map], full);
      part.textContent = parts[map] ?? "\u00a0";
    });
  };
  return { grids: made.map(({ grid }) => grid), show };
}

function biasBox(place, { edit, refuse }, filterNow) {
  const put = (value) => edit(place, "conv", (block) => withBias(block, filterNow(), value), `bias ${place + 1}`);
  const box = numberBox("Bias", put, refuse);
  sets({ blocks: box });
  box.input.setAttribute("aria-label", `Bias of block ${place + 1}`);
  return box;
}
