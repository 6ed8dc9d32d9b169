// What the toy network's lab says: where a number comes from, and what an edit changed.

import { presetOf, same } from "../kit/state.js";
import { boxName, changeText } from "../kit/words.js";
import { patchAt, products } from "../mirror/filtering.js";
import { count, total } from "../mirror/matrix.js";
import { shift } from "../mirror/pictures.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, inverted, isOnShelf, labelsOf, LETTERS, mirrored, networkName, networkOf, shelfOf, sourcesOf, targetsOf, weightOf } from "./derived.js";

/**
 * Where an arrow moves the picture: its sign, its name, and how far down and to the right.
 * @type {[sign: string, name: string, down: number, right: number][]}
 */
export const MOVES = [
  ["←", "Move left", 0, -1],
  ["↑", "Move up", -1, 0],
  ["↓", "Move down", 1, 0],
  ["→", "Move right", 0, 1],
];

const POINT = "Point at any number: frames show all that it comes from, dashed frames all that it goes into.";

/** A number of the network, cut after two decimals; what is nothing at all is a plain 0. */
export function printed(value) {
  return value === 0 ? "0" : truncated(value);
}

function place(row, column) {
  return `row ${row + 1}, column ${column + 1}`;
}

/** What a screen reader hears behind a number: the pixels that it comes from. */
export function origin(stage, row, column) {
  return `, from ${boxName(sourcesOf({ stage, row, column }).image)} of the picture`;
}

/** The sentence that explains the number pointed at. */
export function explained(state, point) {
  return point === null ? POINT : EXPLAINED[point.stage](state, point);
}

const EXPLAINED = {
  image(state, point) {
    const { row, column } = point;
    const { map, pooled } = targetsOf(point);
    const [cells, groups] = [map, pooled].map((box) => box.height * box.width);
    const many = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
    return (
      `Pixel ${place(row, column)}: ${plain(state.image[row][column])}. ` +
      `It goes into ${many(cells, "number")} of each feature map, and so into ${many(groups, "pooled number")} of each.`
    );
  },
  feature(state, { feature, row, column }) {
    const value = state.features[feature][row][column];
    const wish = value === 0 ? "It says nothing" : `It asks for ${value > 0 ? "ink" : "paper"}`;
    return `${title(state, feature)} itself, ${place(row, column)}: ${plain(value)}. ${wish}, at each of the 49 places.`;
  },
  map(state, point) {
    const { feature, row, column } = point;
    const { image: box } = sourcesOf(point);
    const values = state.features[feature];
    const bias = state.feature_bias[feature];
    const sum = total(products(patchAt(state.image, row, column, box.height, box.width), values));
    return (
      `${title(state, feature)} at ${boxName(box)}: pixels times feature, added up, make ${plain(sum)}. ` +
      `${plain(sum)} / ${count(values)}${bias ? ` + bias ${plain(bias)}` : ""} = ${truncated(sum / count(values) + bias)}.`
    );
  },
  relu(state, { feature, row, column }) {
    const value = current(state).map[feature][row][column];
    const rule = value < 0 ? "is below zero and becomes 0" : "is not below zero and stays";
    return `${title(state, feature)} after ReLU, ${place(row, column)}: ${truncated(value)} ${rule}.`;
  },
  pooled(state, point) {
    const { feature, row, column } = point;
    const { relu: window, image: box } = sourcesOf(point);
    const values = patchAt(current(state).relu[feature], window.row, window.column, window.height, window.width).flat();
    const best = printed(current(state).pooled[feature][row][column]);
    const said =
      values.length === 1
        ? `${best}, alone in its window`
        : `the largest of ${values.map(printed).join(", ")} is ${best}`;
    return `${title(state, feature)} pooled, ${place(row, column)}: ${said}. It has seen ${boxName(box)} of the picture.`;
  },
  votes(state, point) {
    const { feature, row, column } = point;
    const value = current(state).pooled[feature][row][column];
    const weight = weightOf(state, point);
    return (
      `${title(state, feature)}, ${place(row, column)}, in the vote for ${state.shown}: pooled ${printed(value)} × weight ` +
      `${plain(weight)} = ${printed(value * weight)}. ${leaning(value * weight, state.shown)}`
    );
  },
  total(state, { letter }) {
    const { totals, sums } = current(state);
    const [letterName, bias] = [LETTERS[letter], plain(state.bias[letter])];
    const weighed = truncated(sums[letter].reduce((one, other) => one + other));
    return (
      `The vote for ${letterName} begins with ${bias}, its bias. The 48 pooled numbers, each times its weight, add ` +
      `${weighed}. That makes ${truncated(totals[letter])}.`
    );
  },
};

/** "Backslash" or "Feature 1", at the start of a sentence or a caption. */
export function title(state, feature) {
  const { name } = labelsOf(state)[feature];
  return name[0].toUpperCase() + name.slice(1);
}

function leaning(part, letter) {
  if (part === 0) return `It says nothing about ${letter}.`;
  return part > 0 ? `It speaks for ${letter}.` : `It speaks against ${letter}.`;
}

/** The vote that is shown, from its parts: "Vote for X: bias -0.06 + backslash -4.13 + ... = 6.88". */
export function summed(state, { sums, totals, shown }) {
  const parts = labelsOf(state).map(({ name }, which) => `${name} ${truncated(sums[shown][which])}`);
  return `Vote for ${state.shown}: bias ${plain(state.bias[shown])} + ${parts.join(" + ")} = ${truncated(totals[shown])}`;
}

/** "X is ahead by 1.11." */
export function lead({ totals, answer }) {
  const margin = Math.abs(totals[0] - totals[1]);
  if (margin === 0) return "Both are equal.";
  return `${answer} is ahead by ${margin < 0.01 ? "less than 0.01" : truncated(margin)}.`;
}

export function whatChanged(before, state, presets) {
  const [old, now] = [current(before), current(state)];
  const edit = imageChange(before, state, presets);
  if (edit) return `${edit} ${voteChange(old, now)}`;
  if (!same(networkOf(before), networkOf(state)))
    return `The network is now: ${networkName(state, presets) ?? "your own"}. ${voteChange(old, now)}`;
  if (!same(before.shelf, state.shelf)) return shelfChange(state);
  if (before.shown !== state.shown) return `Now shown: what the vote for ${state.shown} is made of.`;
  return "";
}

function shelfChange(state) {
  const { length } = shelfOf(state);
  return `${isOnShelf(state) ? "Kept" : "Taken off"}. On your shelf: ${length === 1 ? "1 drawing" : `${length} drawings`}.`;
}

function imageChange(before, state, presets) {
  const change = changeText("Image", before.image, state.image);
  const sample = presetOf(presets.image, state.image);
  if (change && sample) return `The picture is now: ${sample}.`;
  if (change && isOnShelf(state)) return "The picture is now one from your shelf.";
  if (change && same(inverted(before.image), state.image)) return "Ink is paper now, and paper ink.";
  if (change && same(mirrored(before.image), state.image)) return "Left is right now.";
  const gone = inkOf(before.image) - inkOf(state.image);
  const wasMoved = MOVES.some(([, , down, right]) => same(shift(before.image, down, right), state.image));
  return wasMoved && gone > 0 ? `${change} Not all of it is left: ${gone} ink pixels have gone over the edge.` : change;
}

function inkOf(image) {
  return image.flat().filter((value) => value > 0).length;
}

function voteChange(old, now) {
  const moved = LETTERS.map((letter, which) => {
    const [from, to] = [old, now].map(({ totals }) => truncated(totals[which]));
    return from === to ? `${letter} stays ${to}` : `${letter} ${from} → ${to}`;
  });
  return `${moved.join(", ")}. ${old.answer === now.answer ? "Still" : "Now it says"} ${now.answer}.`;
}
