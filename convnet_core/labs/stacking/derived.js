// What follows from a stack of blocks: the maps after each, what one number sees of the picture, and what a block
// becomes when its knobs are turned. No DOM; lab.py is the reference.

import { between, NEAR } from "../kit/cells.js";
import { remembered, replaced, same } from "../kit/state.js";
import { convolve, outputSize } from "../mirror/convolution.js";
import { patchAt, products } from "../mirror/filtering.js";
import { total } from "../mirror/matrix.js";
import { pool, pooledSize, poolWindow } from "../mirror/pooling.js";
import { plain, truncated } from "../mirror/printing.js";
import { bend } from "../mirror/relu.js";

/**
 * @typedef {{ kind: "conv", weights: number[][][][], bias: number[], stride: number, padding: number }
 *   | { kind: "relu" }
 *   | { kind: "pool", window: number, stride: number, edge: "kept" | "dropped" }} Block
 * @typedef {{ row: number, column: number, height: number, width: number }} Box
 */

export const MOST_FILTERS = 6;
const MOST_SIDE = 13; // of a map that still can be shown with its numbers
const LARGE = 1e4; // from here on numbers are written with an exponent

/** Everything that follows from the state. */
export const current = remembered(({ image, blocks, shown, stage, row, column }) => {
  const stages = [[image]];
  let problem = null;
  for (const [place, block] of blocks.entries()) {
    const reason = misfit(block, stages.at(-1));
    if (reason !== null) {
      problem = { place, reason };
      break;
    }
    stages.push(mapsAfter(block, stages.at(-1)));
  }
  const levels = levelsOf(blocks);
  const at = (which) => (levels[which] ? Math.min(Math.floor(shown[levels[which] - 1]), stages[which].length - 1) : 0);
  const mapAt = stages.map((_, which) => at(which));
  const chosen = chosenCell(stages, { stage, row, column });
  return { blocks, stages, levels, mapAt, problem, chosen, boxes: seenBy(blocks, stages, chosen) };
});

/** How many convolutions there are up to each stage; the picture is stage 0. */
function levelsOf(blocks) {
  const levels = [0];
  for (const { kind } of blocks) levels.push(levels.at(-1) + (kind === "conv" ? 1 : 0));
  return levels;
}

function chosenCell(stages, { stage, row, column }) {
  const which = Math.min(stage, stages.length - 1);
  const last = stages[which][0].length - 1;
  return { stage: which, row: Math.min(row, last), column: Math.min(column, last) };
}

/** Why a block can't work on `maps`; null where it can. lab.py says the same. */
function misfit(block, maps) {
  const side = maps[0].length;
  if (block.kind === "conv") {
    const [wanted, size] = [block.weights[0].length, sizeOf(block)];
    if (wanted !== maps.length) {
      const kernels = wanted === 1 ? "1 kernel" : `${wanted} kernels`;
      const come = maps.length === 1 ? "1 map comes" : `${maps.length} maps come`;
      return `Each of its filters has ${kernels}, one for each map, but ${come} in.`;
    }
    const room = side + 2 * block.padding;
    if (size > room) return `A kernel of ${size} x ${size} does not fit on ${room} x ${room}.`;
    const after = outputSize(side, size, block.stride, block.padding);
    if (after > MOST_SIDE) {
      return `Its maps would be ${after} x ${after}. This lab draws no map larger than ${MOST_SIDE} x ${MOST_SIDE}.`;
    }
  }
  if (block.kind === "pool" && pooledSize(side, block) < 1) {
    return `A window of ${block.window} x ${block.window} finds no place on ${side} x ${side}.`;
  }
  return null;
}

/** @param {Block} block @param {number[][][]} maps @returns {number[][][]} */
function mapsAfter(block, maps) {
  if (block.kind === "relu") return maps.map((map) => map.map((line) => line.map((value) => bend(value))));
  if (block.kind === "pool") return maps.map((map) => pool(map, { ...block, kind: "max" }));
  const { stride, padding } = block;
  return block.weights.map((kernels, filter) => {
    const parts = kernels.map((kernel, k) => convolve(maps[k], kernel, { stride, padding }));
    return parts[0].map((line, r) =>
      line.map((_, c) => parts.reduce((sum, part) => sum + part[r][c], 0) + block.bias[filter]),
    );
  });
}

/**
 * The pieces that one number comes from, stage by stage from the picture up to itself.
 * @param {Block[]} blocks @returns {Box[]}
 */
function seenBy(blocks, stages, { stage, row, column }) {
  const boxes = [{ row, column, height: 1, width: 1 }];
  for (let which = stage - 1; which >= 0; which--) {
    const side = stages[which][0].length;
    const [down, across] = [
      ["row", "height"],
      ["column", "width"],
    ].map(([at, length]) => walkedBack(blocks[which], side, boxes[0][at], boxes[0][length]));
    boxes.unshift({ row: down.from, column: across.from, height: down.length, width: across.length });
  }
  return boxes;
}

/** Along one side: which numbers before a block the `length` numbers behind it, from `at` on, come from. */
function walkedBack(block, side, at, length) {
  if (block.kind === "relu") return { from: at, length };
  const [window, padding] = block.kind === "conv" ? [sizeOf(block), block.padding] : [block.window, 0];
  const start = at * block.stride - padding;
  const end = start + (length - 1) * block.stride + window;
  const from = between(start, { min: 0, max: side });
  return { from, length: between(end, { min: 0, max: side }) - from };
}

/** What each map that comes in gives to the chosen number of a convolution. @returns {number[]} */
export function partialSums(now, place) {
  const block = now.blocks[place];
  const { row, column } = now.chosen;
  const top = row * block.stride - block.padding;
  const left = column * block.stride - block.padding;
  return block.weights[now.mapAt[place + 1]].map((kernel, k) => {
    const map = now.stages[place][k];
    const patch = kernel.map((line, r) => line.map((_, c) => map[top + r]?.[left + c] ?? 0));
    return total(products(patch, kernel));
  });
}

/** The numbers under the window of the chosen number of a pooling block. */
export function underWindow(now, place) {
  const map = now.stages[place][now.mapAt[place + 1]];
  const { row, column } = now.chosen;
  const { box } = poolWindow([map.length, map[0].length], row, column, now.blocks[place]);
  return patchAt(map, box.row, box.column, box.height, box.width).flat();
}

export function sizeOf({ weights }) {
  return weights[0][0].length;
}

export function shapeOf(maps) {
  return `${maps.length} x ${maps[0].length} x ${maps[0][0].length}`;
}

/** The number that gets the full colour in several maps or kernels. @param {number[][][]} maps */
export function largestOf(maps) {
  return Math.max(1e-9, ...maps.flat(2).map(Math.abs));
}

/** How many numbers a block learns. */
export function parametersOf(block) {
  return block.kind === "conv" ? block.weights.flat(3).length + block.bias.length : 0;
}

/** The number that the reader looks at. */
export function chosenValue({ stages, mapAt, chosen }) {
  return stages[chosen.stage][mapAt[chosen.stage]][chosen.row][chosen.column];
}

/** Whole numbers as short as they go where all of a stack are whole, else two decimals; very large ones as 1.2e6. */
export function printed(maps, value) {
  if (Math.abs(value) >= LARGE) return value.toExponential(1).replace("+", "");
  return isWhole(maps) ? plain(value) : truncated(value);
}

const isWhole = remembered((maps) => maps.flat(2).every(Number.isInteger));

// Building blocks. `filters` are the lab's presets: weights with a meaning, by what they find.

/** @returns {Block} */
export function newBlock(kind, maps, filters) {
  if (kind === "relu") return { kind };
  if (kind === "pool") return { kind, window: 2, stride: 2, edge: "kept" };
  const size = Math.min(maps.length === 1 ? 3 : 2, maps[0].length);
  const known = fitting(filters, maps.length, size).slice(0, 3);
  const weights = known.length ? known : [meanFilter(maps.length, size), meanFilter(maps.length, size)];
  return { kind, weights, bias: weights.map(() => 0), stride: 1, padding: 0 };
}

/** More or fewer filters; a new one is the next with a meaning, or else takes the mean. */
export function withFilters(block, count, filters) {
  const [maps, size] = [block.weights[0].length, sizeOf(block)];
  const has = (weights) => block.weights.some((filter) => JSON.stringify(filter) === JSON.stringify(weights));
  const fresh = fitting(filters, maps, size).filter((weights) => !has(weights));
  const fill = (list, next) => Array.from({ length: count }, (_, k) => list[k] ?? next(k - list.length));
  return {
    ...block,
    weights: fill(block.weights, (k) => fresh[k] ?? meanFilter(maps, size)),
    bias: fill(block.bias, () => 0),
  };
}

/** Larger kernels get a border of zeros, smaller ones lose theirs. */
export function withSize(block, size) {
  const shift = Math.floor((size - sizeOf(block)) / 2);
  const resized = (kernel) => square(size, (r, c) => kernel[r - shift]?.[c - shift] ?? 0);
  return { ...block, weights: block.weights.map((kernels) => kernels.map(resized)) };
}

/** Another kernel; the block as it is where it has no such kernel any more. */
export function withKernel(block, filter, map, kernel) {
  const kernels = block.weights[filter];
  if (kernels?.[map] === undefined) return block;
  return { ...block, weights: replaced(block.weights, filter, replaced(kernels, map, kernel)) };
}

/** Another bias; the block as it is where it has no such filter any more. */
export function withBias(block, filter, bias) {
  return filter < block.bias.length ? { ...block, bias: replaced(block.bias, filter, bias) } : block;
}

/** As many kernels in each filter as maps come in: new ones of zeros, so that a new map does not count yet. */
export function withMaps(block, count) {
  const zeros = square(sizeOf(block), () => 0);
  const resized = (kernels) => Array.from({ length: count }, (_, k) => kernels[k] ?? zeros);
  return { ...block, weights: block.weights.map(resized) };
}

function fitting(filters, maps, size) {
  return Object.values(filters).filter((kernels) => kernels.length === maps && kernels[0].length === size);
}

function meanFilter(maps, size) {
  return Array.from({ length: maps }, () => square(size, () => 1 / (maps * size * size)));
}

function square(size, value) {
  return Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => value(r, c)));
}

/** A list with one of its items at another place. */
export function moved(list, from, to) {
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

// What the challenges ask for.

const HIT = 1; // what a filter must find on the X, and
const MISS = 0; // the most that it may find on the O

/** A number of the last map comes from all of the picture, by at most five blocks, one of them pooling. */
export function seesAll(state) {
  const { blocks } = state;
  const side = state.image.length;
  return poolings(blocks) === 1 && blocks.length <= 5 && same(mostSeen(state), [side, side]);
}

export function seenSoFar(state) {
  const { problem } = current(state);
  if (problem !== null) return "the stack does not work.";
  return `${blocksText(state.blocks)}, ${poolings(state.blocks)} of them pooling, and a number of the last map sees up to ${mostSeen(state).join(" x ")}.`;
}

/** How much of the picture the number of the last map that sees most comes from: [height, width]. */
function mostSeen(state) {
  const { blocks, stages, problem } = current(state);
  if (problem !== null) return [0, 0];
  const side = stages.at(-1)[0].length;
  const cells = Array.from({ length: side * side }, (_, at) => [Math.floor(at / side), at % side]);
  const seen = cells.map(([row, column]) => seenBy(blocks, stages, { stage: blocks.length, row, column })[0]);
  const { height, width } = seen.reduce((most, box) => (box.height * box.width > most.height * most.width ? box : most));
  return [height, width];
}

/** Down to a single number for each map, by a few convolutions without pooling. */
export function endsInOne(state) {
  const { blocks, stages, problem } = current(state);
  const isFair = problem === null && blocks.length > 0 && blocks.length <= 4 && poolings(blocks) === 0;
  return isFair && stages.at(-1)[0].length === 1;
}

export function sizeSoFar(state) {
  const { blocks, stages } = current(state);
  const side = stages.at(-1)[0].length;
  return `${blocksText(blocks)}, ${poolings(blocks)} of them pooling, maps of ${side} x ${side}.`;
}

function poolings(blocks) {
  return blocks.filter(({ kind }) => kind === "pool").length;
}

function blocksText({ length }) {
  return length === 1 ? "1 block" : `${length} blocks`;
}

/** A filter of the second level that tells an X from an O. */
export function tellsApart(state, presets) {
  return found(state, presets).some(([onX, onO]) => onX > HIT - NEAR && onO < MISS + NEAR);
}

export function toldSoFar(state, presets) {
  const filters = found(state, presets);
  if (filters.length === 0) return "there is no second level.";
  const [onX, onO] = filters.reduce((best, one) => (one[0] - one[1] > best[0] - best[1] ? one : best));
  return `the filter that tells them apart best reaches ${truncated(onX)} on the X and ${truncated(onO)} on the O.`;
}

/** What each filter of the second level reaches on the X, and on the O. */
const found = remembered((state, { image }) => {
  const now = current(state);
  const stage = now.levels.indexOf(2);
  if (stage < 0 || stage >= now.stages.length) return [];
  const [onX, onO] = [image.X, image.O].map((picture) => {
    const maps = current({ ...state, image: picture }).stages[stage];
    return maps.map((map) => Math.max(...map.flat()));
  });
  return onX.map((largest, filter) => [largest, onO[filter]]);
});
