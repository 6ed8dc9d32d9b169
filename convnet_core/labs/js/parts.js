// Pieces that several labs are made of: captioned grids, a menu of presets, the box that edits the
// selected cell, and the sentences that explain one match.

import { choice, make, numberBox, slider } from "./dom.js";
import { Grid } from "./grid.js";
import { plain } from "./ops.js";
import { same } from "./store.js";

const NARROW = "\u00a0"; // keeps a product on one line

/** A grid under its caption, in a column of its own. @returns {Grid & { caption: HTMLElement, block: HTMLElement }} */
export function captionedGrid(parent, caption, options) {
  const title = make("p", { class: "cl-caption", text: caption });
  const block = make("div", { class: "cl-block" }, [title]);
  parent.append(block);
  const grid = new Grid(block, { label: caption, ...options });
  return Object.assign(grid, { caption: title, block });
}

/** Small signs between grids: times, equals. For the eye only: each grid has its name. */
export function sign(text) {
  return make("span", { class: "cl-sign", "aria-hidden": "true", text });
}

/**
 * A menu that puts a preset into the state, and says "your own" where the state is none of them.
 * @param {Record<string, number[][]>} presets @param {Record<string, string>} [names]  what the menu calls them
 */
export function presetMenu(text, presets, onchoose, names = {}) {
  const options = Object.keys(presets).map((name) => [name, names[name] ?? name]);
  const menu = choice(text, [...options, ["own", "your own"]], (name) => onchoose(presets[name]));
  menu.element.querySelector("option[value=own]").disabled = true; // it tells, and can't be chosen
  const show = (values) => menu.show(presetOf(presets, values) ?? "own");
  return { element: menu.element, show };
}

/** The name under which `values` stands among the presets; null where it does not. */
export function presetOf(presets, values) {
  return Object.keys(presets).find((name) => same(presets[name], values)) ?? null;
}

/** A number box for the selected cell of several grids: how a finger types a value. */
export function valueBox(grids, refuse) {
  let chosen = { grid: grids[0], row: 0, column: 0 };
  const put = ({ grid, row, column }, value) =>
    grid.edit(row, column, value, `value box ${grid.label} ${row} ${column}`);
  const box = numberBox("", (value) => put(chosen, value), refuse);
  const update = () => {
    const { row, column } = chosen;
    const grid = chosen.grid.block?.hidden ? grids[0] : chosen.grid;
    if (grid !== chosen.grid || row >= grid.values.length || column >= grid.values[0].length)
      chosen = { grid, row: 0, column: 0 };
    box.caption.textContent = `${grid.label}, ${grid.options.place(chosen.row, chosen.column)}`;
    box.show(grid.values[chosen.row][chosen.column]);
  };
  for (const grid of grids) {
    grid.onSelect((row, column) => {
      chosen = { grid, row, column };
      update();
    });
  }
  return { element: box.element, update };
}

let drags = 0;

/**
 * A slider of which each drag is one step for Undo.
 * @param {string} text @param {{ min: number, max: number, step?: number }} range
 * @param {(value: number, group: string) => void} oninput
 */
export function draggable(text, range, oninput) {
  const element = slider(text, range, (value) => oninput(value, `drag ${drags}`));
  drags += 1;
  element.input.addEventListener("change", () => {
    drags += 1;
  });
  return element;
}

/** "(1 × 1) + (-1 × -1) + ...", row by row, the first `shown` of them. */
export function writtenSum(patch, feature, shown = Infinity) {
  const terms = patch.flatMap((row, r) =>
    row.map((value, c) => `(${plain(value)}${NARROW}×${NARROW}${plain(feature[r][c])})`),
  );
  return terms.slice(0, shown).join(" + ") + (shown < terms.length && shown > 0 ? " + …" : "");
}

/** All [row, column] pairs of a box. */
export function cellsOf({ row, column, height, width }) {
  const cells = [];
  for (let r = row; r < row + height; r++) for (let c = column; c < column + width; c++) cells.push([r, c]);
  return cells;
}

/** [row, column] of every cell in which two matrices of one shape differ. */
export function changedCells(before, after) {
  return after.flatMap((line, r) => line.flatMap((value, c) => (value === before[r]?.[c] ? [] : [[r, c]])));
}

/** A map as far as a walk has filled it: behind the first `shown` cells, row by row, stands null. */
export function hideFrom(map, shown) {
  return map.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null)));
}

/** "Image, row 3, column 5: -1 → 1." for one changed cell, a count for more, "" for none. */
export function changeText(name, before, after) {
  const cells = changedCells(before, after);
  if (cells.length === 0) return "";
  if (cells.length > 1) return `${name}: ${cells.length} pixels changed.`;
  const [[row, column]] = cells;
  return `${name}, row ${row + 1}, column ${column + 1}: ${plain(before[row][column])} → ${plain(after[row][column])}.`;
}

const BY_KEYS = "window by keys";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * A window on a grid that the reader moves: a press inside it drags it, arrow keys on its frame move it.
 * @param {() => { row: number, column: number, height: number, width: number }} box  where it is
 * @param {(row: number, column: number, group: string) => void} moveTo  may ask for a place outside: keep it in
 * @returns {{ onPress: Function, attach(grid: Grid, signal: AbortSignal): void }}
 */
export function movableWindow(box, moveTo) {
  let drags = 0;
  const onPress = (row, column) => {
    const { row: top, column: left, height, width } = box();
    const [down, right] = [row - top, column - left];
    if (down < 0 || right < 0 || down >= height || right >= width) return null;
    drags += 1;
    const group = `window ${drags}`;
    return { move: (r, c) => moveTo(r - down, c - right, group), end: (moved) => moved };
  };
  const attach = (grid, signal) => {
    const frame = grid.frame(null);
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-roledescription", "movable window");
    const name = () => {
      const { row, column, height, width } = box();
      const place = `rows ${row + 1} to ${row + height}, columns ${column + 1} to ${column + width}`;
      frame.setAttribute("aria-label", `Window, ${place}. Arrow keys move it.`);
    };
    name();
    frame.addEventListener("focus", name, { signal });
    frame.addEventListener(
      "keydown",
      (event) => {
        if (!Object.hasOwn(STEPS, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        const { row, column } = box();
        const [down, right] = STEPS[event.key];
        moveTo(row + down, column + right, BY_KEYS);
        frame.scrollIntoView({ block: "nearest", inline: "nearest" });
      },
      { signal },
    );
  };
  return { onPress, attach };
}

/**
 * Which cell of a map a moved window chooses, along one side: by keys the next one, whatever the stride, else
 * the one whose place is nearest.
 * @param {number} start  where the window was moved to
 * @param {{ from: number, cell: number, cells: number, stride: number, padding?: number }} side
 *   where it stood before, the cell chosen then, and how many there are
 * @param {string} group  as `movableWindow` hands it on
 */
export function cellOfWindow(start, { from, cell, cells, stride, padding = 0 }, group) {
  const wanted = group === BY_KEYS ? cell + Math.sign(start - from) : Math.round((start + padding) / stride);
  return between(wanted, { min: 0, max: cells - 1 });
}

/** `value`, or the nearest number from `min` to `max`. */
export function between(value, { min, max }) {
  return Math.max(min, Math.min(max, value));
}

/**
 * `compute`, which remembers its last answers: asked about one state again, it does not compute again.
 * What it is given beside the state never changes, such as a lab's presets.
 */
export function remembered(compute) {
  const answers = new WeakMap();
  return (state, ...fixed) => {
    if (!answers.has(state)) answers.set(state, compute(state, ...fixed));
    return answers.get(state);
  };
}

/** For a grid of weights: a press chooses a cell, and flips nothing. */
export const choosing = () => ({ move: () => {}, end: () => true });
