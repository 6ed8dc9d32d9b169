// What the pooling lab says: names, a window in words, who does what at the edge, and what an edit changed.

import { changedCells, NEAR } from "../kit/cells.js";
import { filled, isFilled, NOTHING_FILLED } from "../kit/map_walk.js";
import { presetOf, same } from "../kit/state.js";
import { boxName, changeText } from "../kit/words.js";
import { count } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, OWN, paddingUnder } from "./derived.js";

/** @type {[source: string, label: string][]} */
export const SOURCES = [
  ["backslash", "the map of \\ (backslash)"],
  ["cross", "the map of x (cross)"],
  ["slash", "the map of / (slash)"],
  ["printed", "the lecture's, as printed"],
  ["mended", "the lecture's, mended"],
  ["own", "your own numbers"],
];

export const EDGE_NAMES = {
  kept: "Kept",
  dropped: "Dropped",
  padded: "Padded",
};

/** What the menu of maps shows. */
export function sourceName({ source, numbers }, presets) {
  return source === OWN ? (presetOf(presets.numbers, numbers) ?? "own") : source;
}

/** Whole numbers as short as they go, the slides' maps with two decimals. */
export function printed({ isWhole }, value) {
  return isWhole ? plain(value) : truncated(value);
}

export function whoDoes({ edge, window }) {
  const half = Math.floor(window / 2);
  return {
    kept: "the slides",
    dropped: "the libraries' default",
    padded: `padding=${half} in a library`,
  }[edge];
}

export function edgeText(state, { map, unread }) {
  const { edge, kind } = state;
  const texts = {
    kept: "A window that hangs over the edge takes what is there (PyTorch, a library: ceil_mode=True).",
    dropped: "A window that would hang over the edge is left out.",
    padded: `Padding goes around the map first, half a window wide; ${kind === "max" ? "it never wins" : "it counts as zeros"}. Then a window that would hang over is left out.`,
  };
  const left = unread.length
    ? `${unread.length} of ${count(map)} numbers are under no window: they are struck through.`
    : `Each of the ${count(map)} numbers is under a window.`;
  return `${texts[edge]} ${left}`;
}

/** The chosen cell's arithmetic up to its result. */
export function sumText(state, now) {
  const { box, patch } = now;
  const padding = paddingUnder(state, now);
  const numbers = patch.map((value) => printed(now, value)).join(", ");
  const zeros =
    padding && state.kind === "average" ? ` and ${padding} ${padding === 1 ? "zero" : "zeros"} of padding` : "";
  const word = state.kind === "max" ? "largest" : "mean";
  return `Window at ${boxName(box)}: the ${word} of ${numbers}${zeros} is`;
}

/** What is behind the result: a tie, a partial window, padding. */
export function besides(state, now) {
  const { box, winners } = now;
  const [held, all] = [box.height * box.width, state.window * state.window];
  const padding = paddingUnder(state, now);
  const tie =
    winners.length > 1
      ? `It stands there ${winners.length === 2 ? "twice; both are" : `${winners.length} times; all are`} marked.`
      : "";
  const partial =
    !padding && held < all ? `A partial window: ${held} ${held === 1 ? "number" : "numbers"} in place of ${all}.` : "";
  const padded = padding ? `${padding} of the window's ${all} cells ${padding === 1 ? "is" : "are"} padding.` : "";
  return [tie, partial, padded].filter(Boolean).join(" ");
}

export function numpyLine(state, now) {
  const { row, column, height, width } = now.box;
  const cut = `matches[${row}:${row + height}, ${column}:${column + width}]`;
  if (state.kind === "max") return `${cut}.max()`;
  return paddingUnder(state, now) ? `${cut}.sum() / ${state.window ** 2}` : `${cut}.mean()`;
}

export function feedsText(cells, all) {
  if (cells.length === 0) return "No window reaches this number: it is lost.";
  const [first, last] = [cells[0], cells.at(-1)];
  const block = { row: first[0], column: first[1], height: last[0] - first[0] + 1, width: last[1] - first[1] + 1 };
  return `This number is under ${cells.length} of ${all} windows. Pooled cells: ${boxName(block)}.`;
}

/** What a screen reader hears behind a pooled cell's number. */
export function changedWord({ moved }, row, column) {
  return moved.pooled.some(([r, c]) => r === row && c === column) ? ", changed by the shift" : "";
}

/** Behind a number of the map: whether it wins, or is under no window, or the shift changed it. */
export function standing(state, now, row, column) {
  const is = (cells) => cells.some(([r, c]) => r === row && c === column);
  const wins = isFilled(state, now) && is(now.winners) ? ", wins" : "";
  const unread = filled(state, now) > 0 && is(now.unread) ? ", under no window" : "";
  return `${wins}${unread}${is(now.moved.map) ? ", changed by the shift" : ""}`;
}

export function shiftName(text, by) {
  return `${text}: ${by}`;
}

/** How far the pooled map, and the map, stay the same under the shift, in figures: they stand beside the sliders. */
export function stayedFigures(state, now) {
  if (!isShifted(state)) return "No shift yet. Move the picture by a pixel, and count what stays.";
  if (filled(state, now) === 0) return "What stays is counted when the pooled map is there.";
  return `Stay: ${stayed(now.pooled, now.moved.pooled)} pooled, ${stayed(now.map, now.moved.map)} of the map. A dot marks what changed.`;
}

/** The same as a sentence, behind a move of the picture. */
function stayedText(state, now) {
  if (!isShifted(state)) return "The picture is back in its place.";
  if (filled(state, now) === 0) return "The map has moved. Press Step or Play: what stays is counted when the pooled map is there.";
  return `After the shift, ${stayed(now.pooled, now.moved.pooled, " pooled cells are as before")}. Of the map itself: ${stayed(now.map, now.moved.map)}.`;
}

function isShifted(state) {
  return state.shift_down !== 0 || state.shift_right !== 0;
}

/** "7 of 16 (44%)". */
function stayed(cells, moved, what = "") {
  const [all, part] = [count(cells), count(cells) - moved.length];
  return `${part} of ${all}${what} (${share(part, all)})`;
}

function share(part, all) {
  return `${Math.round((part / all) * 100)}%`;
}

/** A pooled map in words: its largest number. */
export function summaryOf(pooled, now) {
  return `largest ${printed(now, Math.max(...pooled.flat()))}`;
}

export function whatChanged(before, state, presets) {
  const [old, now] = [current(before, presets), current(state, presets)];
  const edit = mapEdit(before, state, old, now, presets) || changeText("Picture", before.image, state.image);
  if (edit) return `${edit} ${pooledChange(state, old, now)}`.trim();
  if (before.shift_down !== state.shift_down || before.shift_right !== state.shift_right) return stayedText(state, now);
  if (before.edge !== state.edge)
    return `${EDGE_NAMES[state.edge]}: ${whoDoes(state)}. ${pooledChange(state, old, now)}`.trim();
  if (before.kind !== state.kind || !same([old.rows, old.columns], [now.rows, now.columns])) {
    return `${pooledChange(state, old, now)} ${isShifted(state) ? stayedText(state, now) : ""}`.trim();
  }
  if (before.speed !== state.speed) return "";
  const all = count(now.pooled);
  if (before.step !== state.step && filled(state, now) === all) return `The pooled map is full: ${all} numbers.`;
  if (before.step !== state.step) return filled(state, now) === 0 ? NOTHING_FILLED : cellText(state, now);
  if (before.row !== state.row || before.column !== state.column)
    return `Window at ${boxName(now.box)}. ${cellText(state, now)}`;
  return pooledChange(state, old, now);
}

/** What became of the map itself: a number typed, or another map chosen. */
function mapEdit(before, state, old, now, presets) {
  if (before.source === state.source && same(before.numbers, state.numbers)) return "";
  const name = sourceName(state, presets);
  const label = SOURCES.find(([value]) => value === name)[1];
  if (name !== "own" || old.map.length !== now.map.length) return `Now ${label}.`;
  const own = before.source === OWN ? "" : " The map is your own now; Undo brings the picture's back.";
  return `${changeText("Map", old.map, now.map).replace("pixels", "numbers")}${own}`;
}

function cellText(state, now) {
  if (!isFilled(state, now)) return "Its pooled cell is not filled in yet.";
  const { row, column } = now.cell;
  return `Pooled row ${row + 1}, column ${column + 1}: ${printed(now, now.pooled[row][column])}.`;
}

/** How the pooled map moved, and old value to new where one cell tells the story. */
function pooledChange(state, old, now) {
  if (filled(state, now) === 0) return ""; // its size and values may be what the reader is to guess
  if (old.rows !== now.rows || old.columns !== now.columns)
    return `The pooled map is now ${now.rows} x ${now.columns}: ${count(now.map)} numbers become ${count(now.pooled)}.`;
  const cells = changedCells(old.pooled, now.pooled, NEAR);
  if (cells.length === 0) return "No pooled cell changes.";
  if (cells.length > 1) return `${cells.length} of ${count(now.pooled)} pooled cells change.`;
  const [[row, column]] = cells;
  const values = [old, now].map(({ pooled }) => printed(now, pooled[row][column]));
  return `Pooled row ${row + 1}, column ${column + 1}: ${values.join(" → ")}.`;
}
