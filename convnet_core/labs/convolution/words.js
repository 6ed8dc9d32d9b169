// What the convolution lab says: names of cells, sums in words, and what an edit changed.

import { changedCells } from "../kit/cells.js";
import { filled, isFilled, NOTHING_FILLED } from "../kit/map_walk.js";
import { presetOf } from "../kit/state.js";
import { boxName, changeText } from "../kit/words.js";
import { count } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";
import { changedByFlip, current, isPadding } from "./derived.js";

export const FEATURE_NAMES = {
  backslash: "\\ backslash",
  cross: "x cross",
  slash: "/ slash",
  detector1: "lecture's detector 1",
  detector2: "lecture's detector 2",
  ones: "all ones",
  plus: "plus sign",
  zeros: "all zeros",
};

export function habitOf({ divide, add_bias }) {
  if (divide && add_bias)
    return "Divided by 9, plus a bias: the same as a layer today whose weights are a ninth as large.";
  if (divide) return "The sum is divided by the 9 pixels, as on the slides, and there is no bias.";
  if (add_bias) return "The plain sum, plus a bias: so count many layers today. The bias is learned.";
  return "The plain sum, as in the lecture.";
}

export function flipText(state, now) {
  if (!state.flip_features || filled(state, now) === 0) return "";
  const cells = changedByFlip(state).length;
  if (cells === 0) return "Flipped, and no cell of this map changes.";
  return `Flipped: ${cells} of ${count(now.map)} cells differ from the map without the flip. They have a dot.`;
}

/** The cells that a pixel feeds are a block of the map. */
export function feedsText(cells, all) {
  if (cells.length === 0) return "This pixel is in no patch: the window never reaches it.";
  const [first, last] = [cells[0], cells.at(-1)];
  const block = { row: first[0], column: first[1], height: last[0] - first[0] + 1, width: last[1] - first[1] + 1 };
  return `This pixel feeds ${cells.length} of ${all} map cells: ${boxName(block)}.`;
}

export function placeName(state, row, column) {
  const place = `row ${row - state.padding + 1}, column ${column - state.padding + 1}`;
  return isPadding(state, row, column) ? `padding, ${place}` : place;
}

/** What a screen reader hears behind a map cell's number: its patch, and whether the flip changed it. */
export function origin(state, row, column) {
  const { height, width } = current(state).box;
  const box = { row: row * state.stride, column: column * state.stride, height, width };
  const isChanged = changedByFlip(state).some(([r, c]) => r === row && c === column);
  const flipped = isChanged ? ", changed by the flip" : "";
  return `, from ${boxName(box, state.padding)}${flipped}`;
}

/** Divided maps print as on the slides, sums as short as they go. */
export function printed({ divide }, value) {
  return divide ? truncated(value) : plain(value);
}

export function numpyLine(state, { box, index }) {
  const rows = `${box.row}:${box.row + box.height}`;
  const columns = `${box.column}:${box.column + box.width}`;
  const picture = state.padding ? "padded" : "image";
  const feature = state.flip_features ? "feature[::-1, ::-1]" : "feature";
  const divided = state.divide ? " / feature.size" : "";
  const bias = state.add_bias ? ` + ${plain(state.bias[index])}` : "";
  return `np.sum(${picture}[${rows}, ${columns}] * ${feature})${divided}${bias}`;
}

/** A map in words: its largest number, and in how many cells it stands. */
export function summaryOf(state, map) {
  const values = map.flat().filter((value) => value !== null);
  if (values.length === 0) return "not filled in yet";
  const largest = Math.max(...values);
  const times = values.filter((value) => value === largest).length;
  return `largest ${printed(state, largest)}, in ${times} ${times === 1 ? "cell" : "cells"}`;
}

export function whatChanged(before, state, now, presets) {
  if (before.speed !== state.speed) return "";
  const old = current(before);
  if (before.features.length > state.features.length) {
    return `Removed feature ${old.index + 1}, ${nameOf(presets, before.features[old.index])}. ${state.features.length} left.`;
  }
  if (before.features.length < state.features.length) {
    const name = nameOf(presets, state.features[now.index]);
    return `${state.features.length} features in the stack now. Number ${now.index + 1} is chosen: ${name}.`;
  }
  const edit = before.image.length === state.image.length ? changeText("Image", before.image, state.image) : "";
  const featureEdit = changeText("Feature", before.features[now.index], state.features[now.index]);
  if (edit || featureEdit) return `${edit || featureEdit} ${mapChange(state, old, now)}`.trim();
  if (old.rows !== now.rows || old.columns !== now.columns) return mapChange(state, old, now);
  if (before.chosen !== state.chosen) return `Feature ${now.index + 1} of ${state.features.length}.`;
  const isWhole = filled(state, now) === count(now.map);
  if (before.step !== state.step && isWhole) return `The map is full: ${summaryOf(state, now.map)}.`;
  if (before.step !== state.step) return filled(state, now) === 0 ? NOTHING_FILLED : cellText(state, now);
  if (before.row !== state.row || before.column !== state.column)
    return `Window at ${boxName(now.box, state.padding)}. ${cellText(state, now)}`;
  return mapChange(state, old, now);
}

export function nameOf(presets, feature) {
  return FEATURE_NAMES[presetOf(presets.feature, feature)] ?? "your own";
}

function cellText(state, now) {
  const { cell, map } = now;
  if (filled(state, now) === 0) return `Under it: ${printed(state, chosenValue(now))}.`;
  if (!isFilled(state, now)) return "Its cell of the map is not filled in yet.";
  return `Map row ${cell.row + 1}, column ${cell.column + 1}: ${printed(state, map[cell.row][cell.column])}.`;
}

/** How the map moved, and old value to new where one cell tells the story. */
function mapChange(state, old, now) {
  if (filled(state, now) === 0) return windowChange(state, old, now); // the map's size may be what the reader is to guess
  const summary = `Now ${summaryOf(state, now.map)}.`;
  if (old.rows !== now.rows || old.columns !== now.columns)
    return `The map is now ${now.rows} x ${now.columns}. ${summary}`;
  const cells = changedCells(old.map, now.map);
  if (cells.length === 0) return "No cell of this map changes.";
  const { row, column } = now.cell;
  const own = cells.some(([r, c]) => r === row && c === column)
    ? ` The chosen one: ${printed(state, old.map[row][column])} → ${printed(state, now.map[row][column])}.`
    : "";
  return `${cells.length} of ${count(now.map)} map cells change.${own} ${summary}`;
}

/** What is known before the first step: the match under the window. */
function windowChange(state, old, now) {
  const [was, is] = [old, now].map((at) => printed(state, chosenValue(at)));
  return was === is ? `Under the window: still ${is}.` : `Under the window: ${was} → ${is}.`;
}

function chosenValue({ map, cell }) {
  return map[cell.row][cell.column];
}
