// Chapter 5's lab: a map before and after the bend, the bend as a curve, and both orders of bend and pooling.

import { lab } from "../kit/card.js";
import { fullColourOf, hideFrom } from "../kit/cells.js";
import { captionedGrid, choosing, draggable, presetMenu, sign, valueBox } from "../kit/controls.js";
import { button, checkbox, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { change, changeAndFill, filled, isFilled, mapWalk } from "../kit/map_walk.js";
import { numberBox } from "../kit/number_box.js";
import { capital } from "../kit/words.js";
import { plain } from "../mirror/printing.js";
import { bendCurve } from "./curve.js";
import { current, evenMaxMinds, isReLU, meanNeverMinds, twoNumbersDo, twoNumbersSoFar } from "./derived.js";
import {
  bendName,
  bendText,
  countText,
  differsText,
  MAP_NAMES,
  numberText,
  numpyLine,
  ordersText,
  printed,
  verdict,
  wasText,
  whatChanged,
} from "./words.js";

export default lab({
  task: "Point at a number of either map to see its way through the bend. Choose a number of the first map and type another one. Bend the curve itself with the two sliders.",
  challenges: {
    "two-numbers": { solved: twoNumbersDo, progress: twoNumbersSoFar },
    "max-minds": { solved: evenMaxMinds },
    "mean-never-minds": { solved: meanNeverMinds },
  },
  build,
});

/** A look at a cell, and no change. */
function point(store, row, column) {
  store.set({ row, column }, { undoable: false });
}

function build({ stage, store, say, refuse, hush, signal }) {
  stage.classList.add("cl-flow");
  const columns = make("div", { class: "cl-columns cl-main cl-relu" });
  const [left, middle, right] = [0, 1, 2].map(() => columns.appendChild(make("div", { class: "cl-side" })));
  const menu = presetMenu("Choose a map", store.presets.map, (map) => change(store, { map }), MAP_NAMES);
  sets({ map: menu });
  stage.append(make("div", { class: "cl-controls" }, [menu.element]), columns);
  const parts = [
    mapBefore(left, store, { refuse, signal }),
    bendCurve(middle),
    bendSettings(stage, store, refuse),
    mapAfter(right, store, signal),
    accountOf(stage),
    mapWalk(stage, store, { label: "Cells filled in", now: () => current(store.state), hush, signal }),
    bothOrders(stage, store, signal),
  ];
  const update = (state, before) => {
    const now = current(state);
    menu.show(state.map);
    for (const part of parts) part.update(state, now);
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

/** The map, and how its numbers are changed. A click only points: a look must spoil nothing. */
function mapBefore(parent, store, { refuse, signal }) {
  const grid = captionedGrid(parent, "Map", {
    editable: true,
    onPress: choosing,
    print: (value) => printed(current(store.state), value),
    signal,
  });
  sets({ map: grid });
  const box = valueBox([grid], refuse);
  parent.append(box.element);
  grid.onRefuse(refuse);
  grid.onEdit(({ values, group }) => change(store, { map: values }, group));
  grid.onPoint((row, column) => point(store, row, column));

  const update = (state, now) => {
    grid.caption.textContent = `Map, ${now.rows} x ${now.columns}`;
    grid.show(state.map, { full: fullColourOf(state.map) });
    grid.mark("chosen", [[now.cell.row, now.cell.column]]);
    grid.frame(state.compare ? now.box : null);
    box.update();
  };
  return { update };
}

/** Threshold and slope, each by a slider and as a number, and what the field calls such a bend. */
function bendSettings(parent, store, refuse) {
  const settings = [
    ["Threshold", "threshold"],
    ["Slope up to it", "slope"],
  ].map(([text, name]) => {
    const { min, max } = store.rule(name);
    const handle = draggable(text, { min, max, step: 0.05 }, (value, group) => change(store, { [name]: value }, group));
    const box = numberBox(`${text}, as a number`, (value) => change(store, { [name]: value }, name), refuse);
    return { text, name, handle, box };
  });
  const back = button("Back to ReLU", () => change(store, { threshold: 0, slope: 0 }));
  for (const { name, handle, box } of settings) sets({ [name]: [handle, box] });
  sets({ "threshold slope": back });
  const note = make("p", { class: "cl-note" });
  const fields = settings.flatMap(({ handle, box }) => [handle.element, box.element]);
  parent.append(
    make("div", { class: "cl-controls cl-relu-settings" }, fields),
    make("div", { class: "cl-relu-name" }, [note, back]),
  );

  const update = (state) => {
    for (const { text, name, handle, box } of settings) {
      handle.caption.textContent = `${text}: ${plain(state[name])}`;
      handle.show(state[name]);
      box.show(state[name]);
    }
    note.textContent = bendText(state);
    back.setAttribute("aria-disabled", String(isReLU(state)));
  };
  return { update };
}

function mapAfter(parent, store, signal) {
  const grid = captionedGrid(parent, "Map after", {
    print: (value) => printed(current(store.state), value),
    more: (row, column) => wasText(store.state, current(store.state), row, column),
    signal,
  });
  const note = make("p", { class: "cl-note" });
  parent.append(note);
  grid.onPoint((row, column) => point(store, row, column));
  const update = (state, now) => {
    const all = filled(state, now);
    grid.caption.textContent = `Map after ${bendName(state)}`;
    grid.show(hideFrom(now.after, all), { full: fullColourOf(state.map) });
    const isShown = ([row, column]) => row * now.columns + column < all;
    grid.mark("changed", now.changed.filter(isShown));
    grid.mark("chosen", [[now.cell.row, now.cell.column]]);
    grid.frame(state.compare ? now.box : null);
    note.textContent = all === 0 ? "Press Play or Step: it fills up here." : countText(state, now);
  };
  return { update };
}

/** The chosen number: its way through the bend in words, and as a line of numpy. */
function accountOf(parent) {
  const sentence = make("p", { class: "cl-result" });
  const code = make("code");
  const line = make("p", { class: "cl-code" }, ["In numpy, which counts from 0: ", code]);
  parent.append(make("div", { class: "cl-account" }, [sentence, line]));
  const update = (state, now) => {
    const { row, column } = now.cell;
    const result = make("strong", { text: printed(now, now.after[row][column]) });
    const isShown = isFilled(state, now);
    sentence.replaceChildren(
      ...(isShown ? [`${numberText(state, now)} `, result] : ["This cell is not filled in yet: press Step."]),
    );
    code.textContent = numpyLine(state, now);
  };
  return { update };
}

/** Bend first or pool first: both ways side by side, the cells that differ, and one window in words. */
function bothOrders(parent, store, signal) {
  const compare = checkbox("Compare: bend first, or pool first?", (on) => changeAndFill(store, { compare: on }));
  /** @type {[string, string][]} */
  const kinds = [
    ["max", "the largest"],
    ["average", "the mean"],
  ];
  const kind = choice("Pooling keeps", kinds, (pooling) => change(store, { pooling }));
  const row = make("div", { class: "cl-columns cl-relu-orders" });
  const equals = sign("=");
  const grids = ["Pooled alone", "Pool first, then bend", "Bend first, then pool"].map((label) => {
    const side = row.appendChild(make("div", { class: "cl-side" }));
    const more = (r, c) => (label === "Pooled alone" ? "" : differsText(current(store.state), r, c));
    const grid = captionedGrid(side, label, { print: (value) => printed(current(store.state), value), more, signal });
    grid.onPoint((r, c) => point(store, 2 * r, 2 * c));
    return grid;
  });
  const [first, second] = row.children;
  first.after(sign("→"));
  second.after(equals);
  const judged = make("p", { class: "cl-relu-verdict" });
  const accounts = [0, 1].map(() => make("p", { class: "cl-note" }));
  const shown = make("div", {}, [row, judged, ...accounts]);
  sets({ compare, pooling: kind });
  const controls = make("div", { class: "cl-controls" }, [compare.element, kind.element]);
  parent.append(make("div", { class: "cl-relu-swap" }, [controls, shown]));

  const update = (state, now) => {
    compare.show(state.compare);
    kind.element.hidden = shown.hidden = !state.compare;
    kind.show(state.pooling);
    const name = bendName(state);
    const captions = ["Pool first …", `… then ${name}`, `${capital(name)} first, then pool`];
    equals.textContent = now.differ.length === 0 ? "=" : "≠";
    [now.pooled, now.bentLast, now.bentFirst].forEach((values, index) => {
      grids[index].caption.textContent = captions[index];
      grids[index].show(values, { full: fullColourOf(state.map) });
      grids[index].mark("chosen", [[now.stop.row, now.stop.column]]);
    });
    for (const grid of grids.slice(1)) grid.mark("changed", now.differ);
    judged.textContent = verdict(state, now);
    ordersText(state, now).forEach((text, index) => (accounts[index].textContent = text));
  };
  return { update };
}
