// Chapter 4's lab: a window walks over a map and keeps one number at every stop.

import { lab } from "../kit/card.js";
import { fullColourOf, hideFrom } from "../kit/cells.js";
import { captionedGrid, choosing, draggable, presetMenu, valueBox } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { change, filled, isFilled, mapWalk } from "../kit/map_walk.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { cellOfWindow, movableWindow, WINDOW_KEYS } from "../kit/window.js";
import { NO_BREAK } from "../kit/words.js";
import { count } from "../mirror/matrix.js";
import { pool, poolPadding } from "../mirror/pooling.js";
import {
  cameIn,
  changesWithoutATrace,
  current,
  drawnOn,
  EDGES,
  fedBy,
  hardlyMinds,
  leavesNoneOut,
  leftOutSoFar,
  OWN,
  stayedSoFar,
  traceSoFar,
} from "./derived.js";
import {
  besides,
  changedWord,
  EDGE_NAMES,
  edgeText,
  feedsText,
  numpyLine,
  printed,
  shiftName,
  sourceName,
  SOURCES,
  standing,
  stayedFigures,
  summaryOf,
  sumText,
  whatChanged,
  whoDoes,
} from "./words.js";

const POINT_AT_NUMBER = "Point at a number: the pooled cells that it feeds get a dashed frame.";

export default lab({
  task: "Point at a pooled cell to see its window, and which number wins. Drag the window, or move it with the arrow keys. Choose a number of the map and type another one.",
  keys: [WINDOW_KEYS],
  challenges: {
    "without-a-trace": { solved: changesWithoutATrace, progress: traceSoFar },
    "none-left-out": { solved: leavesNoneOut, progress: leftOutSoFar },
    "hardly-minds": { solved: hardlyMinds, progress: stayedSoFar },
  },
  build,
});

function currentOf(store) {
  return current(store.state, store.presets);
}

function build({ stage, store, say, refuse, hush, signal }) {
  /** @type {{ update: (state: object, now: object) => void }[]} */
  const parts = [settings(stage, store)];
  const columns = make("div", { class: "cl-columns cl-main cl-pooling" });
  stage.classList.add("cl-flow");
  stage.append(columns);
  const [left, right] = [0, 1].map(() => columns.appendChild(make("div", { class: "cl-side" })));
  const pooled = pooledSide(right, store, signal);
  parts.push(mapSide(left, pooled.grid, store, { refuse, signal }), pooled, edges(right, store));
  parts.push(
    accountOf(stage),
    mapWalk(stage, store, { label: "Pooled cells filled in", now: () => currentOf(store), hush, signal }),
    shifting(stage, store, { refuse, signal }),
  );

  const update = (state, before) => {
    const now = currentOf(store);
    for (const part of parts) part.update(state, now);
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function settings(parent, store) {
  const sizes = (numbers) => numbers.map((number) => [String(number), String(number)]);
  const choose = (name) => {
    const { numbers } = store.presets;
    change(store, name in numbers ? { source: OWN, numbers: numbers[name] } : { source: name });
  };
  const source = choice("Choose a map", SOURCES, choose);
  source.disable("own");
  /** @type {[string, string][]} */
  const kinds = [
    ["max", "the largest"],
    ["average", "the mean"],
  ];
  const kind = choice("Keep", kinds, (value) => change(store, { kind: value }));
  const window = choice("Window", sizes([2, 3, 4]), (value) => change(store, { window: Number(value) }));
  const stride = choice("Stride", sizes([1, 2, 3, 4]), (value) => change(store, { stride: Number(value) }));
  sets({ source, kind, window, stride });
  const controls = [source, kind, window, stride].map(({ element }) => element);
  parent.append(make("div", { class: "cl-controls" }, controls));

  const update = (state) => {
    source.show(sourceName(state, store.presets));
    kind.show(state.kind);
    window.show(String(state.window));
    stride.show(String(state.stride));
  };
  return { update };
}

/** The map, the window on it, and how its numbers are changed. A click only points: a look must spoil nothing. */
function mapSide(parent, pooled, store, { refuse, signal }) {
  const window = movableWindow(
    () => currentOf(store).box,
    (row, column, group) => moveWindow(store, row, column, group),
  );
  const onPress = (row, column) => {
    const drag = window.onPress(row, column);
    return drag ? { ...drag, end: (moved) => drag.end(moved) || true } : choosing();
  };
  const map = captionedGrid(parent, "Map", {
    editable: true,
    onPress,
    print: (value) => printed(currentOf(store), value),
    more: (row, column) => standing(store.state, currentOf(store), row, column),
    signal,
  });
  window.attach(map, signal);
  showFedCells(parent, map, pooled, store);
  sets({ "source numbers": map });
  const box = valueBox([map], refuse);
  const stepper = (text, by) =>
    button(text, () => {
      const { row, column } = map.cursor;
      map.edit(row, column, map.values[row][column] + by);
    });
  const steppers = [stepper("1 less", -1), stepper("1 more", 1)];
  sets({ "source numbers": steppers });
  const tools = [box.element, ...steppers];
  parent.append(make("div", { class: "cl-pooling-edit" }, tools));
  map.onRefuse(refuse);
  map.onEdit(({ values, group }) => change(store, { source: OWN, numbers: values }, group));

  const update = (state, now) => {
    map.caption.textContent = `Map, ${now.map.length} x ${now.map[0].length}`;
    map.show(now.map, { full: fullColourOf(now.map) });
    window.update();
    map.mark("wins", isFilled(state, now) ? now.winners : []);
    map.mark("unread", filled(state, now) === 0 ? [] : now.unread);
    map.mark("changed", now.moved.map);
    box.update();
  };
  return { update };
}

/** Where a number of the map is pointed at, the pooled cells that it feeds get a mark, and a sentence counts them. */
function showFedCells(parent, map, pooled, store) {
  const feeds = parent.appendChild(make("p", { class: "cl-note cl-pooling-feeds", text: POINT_AT_NUMBER }));
  map.onPoint((row, column) => {
    const now = currentOf(store);
    if (filled(store.state, now) === 0) return; // the size may be what the reader is to guess
    const cells = fedBy(store.state, now, row, column);
    pooled.mark("fed", cells);
    feeds.textContent = feedsText(cells, count(now.pooled));
  });
  map.onLeave(() => {
    pooled.mark("fed", []);
    feeds.textContent = POINT_AT_NUMBER;
  });
}

/** Where the window goes, the pooled cell under it is chosen. */
function moveWindow(store, row, column, group) {
  const { rows, columns, cell, box } = currentOf(store);
  const { stride } = store.state;
  const padding = poolPadding(store.state);
  const place = {
    row: cellOfWindow(row, { from: box.row, cell: cell.row, cells: rows, stride, padding }, group),
    column: cellOfWindow(column, { from: box.column, cell: cell.column, cells: columns, stride, padding }, group),
  };
  store.set(place, { undoable: false });
}

function pooledSide(parent, store, signal) {
  const grid = captionedGrid(parent, "Pooled map", {
    print: (value) => printed(currentOf(store), value),
    more: (row, column) => changedWord(currentOf(store), row, column),
    signal,
  });
  const unfilled = grid.block.appendChild(make("p", { class: "cl-note", text: "Press Play or Step: it grows here." }));
  grid.onPoint((row, column) => store.set({ row, column }, { undoable: false }));
  const update = (state, now) => {
    const all = filled(state, now);
    grid.caption.textContent = all === 0 ? "Pooled map" : `Pooled map, ${now.rows} x ${now.columns}`;
    grid.holder.hidden = all === 0; // its size may be what the reader is to guess
    unfilled.hidden = all > 0;
    grid.show(hideFrom(now.pooled, all), { full: fullColourOf(now.map) });
    grid.mark("chosen", [[now.cell.row, now.cell.column]]);
    grid.mark("changed", all === 0 ? [] : now.moved.pooled);
  };
  return { grid, update };
}

/** The three ways with the edge, side by side: a small pooled map for each. Choosing one shows it large. */
function edges(parent, store) {
  const title = make("p", { class: "cl-caption", text: "At the edge, three ways. Choose one to see it large." });
  const row = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Ways with the edge" });
  const note = make("p", { class: "cl-note" });
  const block = parent.appendChild(make("div", { class: "cl-pooling-edges" }, [title, row, note]));
  sets({ edge: row });
  const shown = EDGES.map((edge) => new Thumbnail(row, () => change(store, { edge })));
  const update = (state, now) => {
    block.hidden = filled(state, now) === 0;
    EDGES.forEach((edge, index) => {
      const other = { ...state, edge };
      const pooled = pool(now.map, other);
      const size = `${pooled.length}${NO_BREAK}x${NO_BREAK}${pooled[0].length}`;
      const options = { summary: summaryOf(pooled, now), full: fullColourOf(now.map), chosen: edge === state.edge };
      shown[index].show(pooled, { caption: `${EDGE_NAMES[edge]}, ${size}: ${whoDoes(other)}`, ...options });
    });
    note.textContent = edgeText(state, now);
  };
  return { update };
}

/** The chosen cell: written out, and as a line of numpy. */
function accountOf(parent) {
  const sentence = make("p", { class: "cl-sum" });
  const code = make("code");
  const line = make("p", { class: "cl-code" }, ["In numpy, which counts from 0: ", code]);
  parent.append(make("div", { class: "cl-account" }, [sentence, line]));
  const update = (state, now) => {
    const { row, column } = now.cell;
    const isShown = isFilled(state, now);
    const result = make("strong", { text: printed(now, now.pooled[row][column]) });
    const account = [`${sumText(state, now)} `, result, `. ${besides(state, now)}`];
    sentence.replaceChildren(...(isShown ? account : ["This pooled cell is not filled in yet: press Step."]));
    code.textContent = numpyLine(state, now);
  };
  return { update };
}

/** The picture behind the map: shift it, draw on it, and count what stays. */
function shifting(parent, store, { refuse, signal }) {
  const menu = presetMenu("Choose a picture", store.presets.image, (image) => change(store, { image }));
  const sliders = [
    ["Shift down", "shift_down"],
    ["Shift right", "shift_right"],
  ].map(([text, name]) => {
    const { min, max } = store.rule(name);
    return { text, name, ...draggable(text, { min, max }, (by, group) => change(store, { [name]: by }, group)) };
  });
  const stayed = make("p", { class: "cl-pooling-stayed" });
  const columns = make("div", { class: "cl-columns cl-pooling-shift" });
  const [left, right] = [0, 1].map(() => columns.appendChild(make("div", { class: "cl-side" })));
  const picture = captionedGrid(left, "Picture", {
    kind: "ink",
    editable: true,
    locked: (row, column) =>
      cameIn(store.state, row, column) ? "This pixel came in with the shift: it is paper." : null,
    signal,
  });
  sets({ image: [menu, picture], ...Object.fromEntries(sliders.map((slider) => [slider.name, slider])) });
  const controls = [menu, ...sliders].map(({ element }) => element);
  right.append(make("div", { class: "cl-controls" }, controls), stayed);
  parent.append(columns);

  picture.onRefuse(refuse);
  picture.onEdit(({ values, group }) => change(store, { image: drawnOn(store.state, values) }, group));

  const update = (state, now) => {
    columns.hidden = state.source === OWN;
    menu.show(state.image);
    picture.show(now.picture);
    for (const { text, name, caption, show } of sliders) {
      caption.textContent = shiftName(text, state[name]);
      show(state[name]);
    }
    stayed.textContent = stayedFigures(state, now);
  };
  return { update };
}
