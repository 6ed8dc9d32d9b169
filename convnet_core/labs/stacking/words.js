// What the stacking lab says: a number's arithmetic, what it sees of the picture, and what an edit changed.

import { presetOf, same } from "../kit/state.js";
import { boxName, changeText } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { chosenValue, current, parametersOf, partialSums, printed, shapeOf, sizeOf, underWindow } from "./derived.js";

export const NAMES = { conv: "Convolution", relu: "ReLU", pool: "Pooling" };

export const STACKS = {
  slides: "the slides' three layers",
  two: "two levels",
  three: "three levels",
  none: "no blocks",
};

function several(count, one) {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

/** "3 x 7 x 7 → 3 x 4 x 4", and what is learned in the block. */
export function sizeText(now, place) {
  const block = now.blocks[place];
  const [before, after] = [now.stages[place], now.stages[place + 1]].map((maps) => (maps ? shapeOf(maps) : "?"));
  return `${before} → ${after}. ${parameterText(block)}`;
}

function parameterText(block) {
  if (block.kind !== "conv") return "No parameters.";
  const [filters, maps, size] = [block.weights.length, block.weights[0].length, sizeOf(block)];
  return `Parameters: ${filters} x (${maps} x ${size} x ${size} + 1) = ${parametersOf(block)}.`;
}

/** Which filter is shown. @param {number} filter  from 0 @param {number[][][][]} weights */
export function filterText(filter, weights) {
  const what = weights[0].length === 1 ? "its kernel" : "a kernel for each map";
  return `Filter ${filter + 1} of ${weights.length}: ${what}`;
}

/** What a filter looks for, where that is known. */
export function meaningText(weights, filters) {
  const name = presetOf(filters, weights);
  return name === null ? "" : `It looks for ${name}.`;
}

/** The chosen number of a block, as arithmetic. */
export function sumText(now, place) {
  const value = printed(now.stages[place + 1], chosenValue(now));
  const block = now.blocks[place];
  const before = now.stages[place];
  if (block.kind === "relu") {
    const { row, column } = now.chosen;
    const was = before[now.mapAt[place + 1]][row][column];
    if (was > 0) return `${printed(before, was)} is above 0: it stays ${value}.`;
    return was < 0 ? `${printed(before, was)} is negative: it becomes 0.` : "0 stays 0.";
  }
  if (block.kind === "pool") {
    const numbers = underWindow(now, place).map((number) => printed(before, number));
    return `The largest of ${numbers.join(", ")} is ${value}.`;
  }
  const sums = partialSums(now, place).map((sum, k) => `${partText(now, place, sum)} (map ${k + 1})`);
  return `${sums.join(" + ")} + ${plain(block.bias[now.mapAt[place + 1]])} (bias) = ${value}.`;
}

/** A partial sum, with the decimals that the sum of them all has. */
export function partText(now, place, sum) {
  return printed(now.stages[place + 1], sum);
}

/** How much of the picture the chosen number comes from. */
export function seesText({ boxes, stages }) {
  const [box] = boxes;
  const { height, width } = box;
  const side = stages[0][0].length;
  const share = height * width === side * side ? "the whole picture" : `${height * width} of the ${side * side} pixels`;
  return `It sees ${height} x ${width}, ${share}: ${boxName(box)}.`;
}

/** The whole stack in a line. */
export function stackText(now) {
  const { blocks, stages, problem } = now;
  if (problem !== null) return `Block ${problem.place + 1} can't work: ${problem.reason}`;
  const parameters = blocks.reduce((sum, block) => sum + parametersOf(block), 0);
  return `${several(blocks.length, "block")}, ${shapeOf(stages[0])} → ${shapeOf(stages.at(-1))}, ${several(parameters, "parameter")}.`;
}

/** One sentence about an edit, and what became of the stack or of the chosen number. */
export function whatChanged(before, state, presets) {
  const [old, now] = [before, state].map(current);
  const edit = blocksEdit(old, now, presets) || changeText("Picture", before.image, state.image);
  if (edit) return `${edit} ${effect(old, now)}`.trim();
  if (!same(old.chosen, now.chosen) || !same(old.mapAt, now.mapAt)) return cellText(now);
  return "";
}

function cellText(now) {
  const { stage, row, column } = now.chosen;
  if (stage === 0) return "";
  const value = printed(now.stages[stage], chosenValue(now));
  return `Block ${stage}, map ${now.mapAt[stage] + 1}, row ${row + 1}, column ${column + 1}: ${value}. ${seesText(now)}`;
}

function blocksEdit(old, now, { blocks: stacks }) {
  if (same(old.blocks, now.blocks)) return "";
  const [name, place] = [presetOf(stacks, now.blocks), firstUnlike(old.blocks, now.blocks)];
  const more = now.blocks.length - old.blocks.length;
  if (more === 1 && place === old.blocks.length) return `Block ${place + 1}, ${kindOf(now.blocks[place])}, is new.`;
  if (more === -1) return `Block ${place + 1}, ${kindOf(old.blocks[place])}, is gone.`;
  if (name !== null) return `Now ${STACKS[name]}.`;
  const isOne =
    more === 0 && old.blocks[place].kind === now.blocks[place].kind && onlyAt(place, old.blocks, now.blocks);
  if (isOne) return `Block ${place + 1}, ${partEdit(old.blocks[place], now.blocks[place])}`;
  return `The blocks are now: ${now.blocks.map(kindOf).join(", ")}.`;
}

function firstUnlike(old, blocks) {
  const longer = old.length > blocks.length ? old : blocks;
  return longer.findIndex((_, at) => !same(old[at] ?? null, blocks[at] ?? null));
}

function onlyAt(place, old, blocks) {
  const [others, now] = [old, blocks].map((all) => all.filter((_, at) => at !== place));
  return same(others, now);
}

function kindOf({ kind }) {
  return kind === "relu" ? "ReLU" : NAMES[kind].toLowerCase();
}

/** What changed within a block, old value to new. */
function partEdit(old, block) {
  for (const part of ["stride", "padding", "window", "edge"])
    if (old[part] !== block[part]) return `${part}: ${old[part]} → ${block[part]}.`;
  const sizes = [old, block].map(({ weights }) => [weights.length, weights[0].length, weights[0][0].length]);
  const names = ["filters", "kernels in each filter", "kernel size"];
  const at = sizes[0].findIndex((size, which) => size !== sizes[1][which]);
  if (at >= 0) return `${names[at]}: ${sizes[0][at]} → ${sizes[1][at]}.`;
  const filter = block.bias.findIndex((bias, which) => bias !== old.bias[which]);
  if (filter >= 0) return `filter ${filter + 1}, bias: ${plain(old.bias[filter])} → ${plain(block.bias[filter])}.`;
  return weightEdit(old.weights, block.weights);
}

function weightEdit(old, weights) {
  for (const [filter, kernels] of weights.entries())
    for (const [map, kernel] of kernels.entries()) {
      const text = changeText(`filter ${filter + 1}, kernel on map ${map + 1}`, old[filter][map], kernel);
      if (text) return text.replace("pixels", "weights");
    }
  return "";
}

/** What an edit did: to the shapes, or else to the chosen number. */
function effect(old, now) {
  const sizes = ({ stages, problem }) => [stages.map(shapeOf), problem];
  if (!same(sizes(old), sizes(now))) return stackText(now);
  if (!same(old.chosen, now.chosen) || !same(old.mapAt, now.mapAt)) return cellText(now);
  const { stage, row, column } = now.chosen;
  const values = [old, now].map((one) => printed(now.stages[stage], chosenValue(one)));
  if (stage === 0 || values[0] === values[1]) return "";
  return `Block ${stage}, map ${now.mapAt[stage] + 1}, row ${row + 1}, column ${column + 1}: ${values.join(" → ")}.`;
}
