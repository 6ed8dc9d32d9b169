// Chapter 8's first lab: every number of the network, a bit up and a bit down, and a step downhill.

import { lab } from "../kit/card.js";
import { captionedGrid } from "../kit/controls.js";
import { button, choice, make, setReady } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { replaced } from "../kit/state.js";
import { plain } from "../mirror/printing.js";
import { change } from "./change.js";
import { current, deepSoFar, doesNotMatter, isDeep, LETTERS, nextNumbers, partsOf, rowsOf } from "./derived.js";
import { twoNumbers } from "./landscape.js";
import { allNumbers, oneNumber } from "./views.js";
import { errorText, GROUPS, nameOf, otherText, stepLabel, whatChanged, written } from "./words.js";

/** @type {[value: string, label: string][]} */
const ERROR_KINDS = [
  ["squared", "squared"],
  ["absolute", "the slides': how far off"],
  ["cross-entropy", "cross-entropy"],
];
/** @type {["one" | "two" | "all", string][]} */
const VIEWS = [
  ["one", "One number"],
  ["two", "Two numbers"],
  ["all", "All 128"],
];
const NEEDS_BOTH = "First adjust it a bit up and a bit down: the slope needs both.";
const TOO_FAR = 2; // times the error before the step
const LEAST_FULL = 0.3; // a number as large as this has the full colour, unless its grid has larger ones

export default lab({
  task: "Press any of the 128 numbers. Adjust it up and down a bit, see how the error changes, and take the step.",
  keys: ["In this lab, Space and Enter pick a number; they flip nothing."],
  challenges: {
    deep: { solved: isDeep, progress: deepSoFar },
    flat: { solved: doesNotMatter },
    "too-far": {},
  },
  build,
});

/** How the lab calls what its state calls otherwise. */
const NAMES = {
  wiggle: "A bit",
  learning_rate: "The learning rate",
  features: "A feature's pixel",
  feature_bias: "A feature's bias",
  weights: "A voting weight",
  bias: "A bias",
};

function build({ stage, store, say, refuse: refuseAs, solve, signal }) {
  const refuse = (reason) =>
    refuseAs(
      reason.replace(
        /^(This step is too long: )?(\w+) must/,
        (_, start = "", name) => `${start}${NAMES[name] ?? name} must`,
      ),
    );
  const controls = settings(stage, store, refuse);
  const columns = make("div", { class: "cl-columns cl-wiggle" });
  stage.append(columns);
  const parts = [
    controls,
    allGrids(columns, store, { refuse, signal }),
    views(columns, store, { refuse, solve, signal }),
    pictureTable(stage, store),
  ];
  const update = (state, before) => {
    for (const part of parts) part.update(state);
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function settings(parent, store, refuse) {
  const kind = choice("Error", ERROR_KINDS, (value) => change(store, { error_kind: value }));
  const wiggle = numberBox("A bit is", (value) => change(store, { wiggle: value }, "wiggle"), refuse);
  const rate = numberBox("Learning rate", (value) => store.set({ learning_rate: value }, { group: "rate" }), refuse);
  sets({ error_kind: kind, wiggle, learning_rate: rate });
  parent.append(make("div", { class: "cl-controls cl-wiggle-settings" }, [kind.element, wiggle.element, rate.element]));
  const update = (state) => {
    kind.show(state.error_kind);
    wiggle.show(state.wiggle);
    rate.show(state.learning_rate);
  };
  return { update };
}

/** All 128 numbers, in the grids of their parts of the network, and a box for the one that is picked. */
function allGrids(parent, store, { refuse, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-wiggle-numbers" }));
  const grids = GROUPS.map((group) => numberGrid(side, store, group, { refuse, signal }));
  const put = (value) => putByHand(store, store.state.chosen, value, `number box ${store.state.chosen}`);
  const box = numberBox("", put, refuse);
  sets({ "features feature_bias weights bias": box });
  const note = make("p", { class: "cl-note" });
  side.append(make("div", { class: "cl-wiggle-picked" }, [box.element, note]));

  const update = (state) => {
    const { numbers, value } = current(state, store.presets);
    GROUPS.forEach((group, which) => {
      const grid = grids[which];
      const own = numbers.slice(group.from, group.from + group.rows * group.columns);
      grid.show(rowsOf(own, group.columns), { full: Math.max(LEAST_FULL, ...own.map(Math.abs)) });
      grid.mark("now", cellIn(group, state.chosen));
      grid.mark("fed", state.view === "two" ? cellIn(group, state.other) : []);
    });
    box.caption.textContent = `Picked: ${nameOf(state.chosen)}`;
    box.show(value);
    note.hidden = state.view !== "two";
    note.textContent = otherText(state, numbers);
  };
  return { update };
}

/** One part of the network. A press, Space or Enter picks a number; the Tab key only passes by. */
function numberGrid(parent, store, group, { refuse, signal }) {
  const indexAt = (row, column) => group.from + row * group.columns + column;
  const pick = (row, column) => picking(store, indexAt(row, column));
  const grid = captionedGrid(parent, group.label, {
    editable: true,
    print: plain,
    onPress: (row, column) => ({ move: () => {}, end: (moved) => moved || (pick(row, column), true) }),
    ...(group.place ? { place: group.place } : {}),
    signal,
  });
  grid.caption.textContent = group.caption;
  grid.onRefuse(refuse);
  sets({ "features feature_bias weights bias": grid });
  grid.onEdit(({ row, column, to, group: stroke }) => putByHand(store, indexAt(row, column), to, stroke));
  const byKey = (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // the grid would flip a pixel
    pick(grid.cursor.row, grid.cursor.column);
  };
  grid.holder.addEventListener("keydown", byKey, { signal, capture: true });
  return grid;
}

function picking(store, index) {
  if (index === store.state.chosen) return;
  store.set({ chosen: index, tried_up: 0, tried_down: 0 }, { undoable: false });
}

function putByHand(store, index, value, group) {
  const numbers = replaced(current(store.state, store.presets).numbers, index, value);
  return change(store, { ...partsOf(numbers), chosen: index, edited: true }, group);
}

/** The cell in which one of the 128 numbers stands, in a list; none if it is in another group. */
function cellIn({ from, rows, columns }, index) {
  const at = index - from;
  return at < 0 || at >= rows * columns ? [] : [[Math.floor(at / columns), at % columns]];
}

/** The error, what stands below it, and the step. */
function views(parent, store, { refuse, solve, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-wiggle-side" }));
  const error = make("strong");
  const count = make("span", { class: "cl-note" });
  const panels = { one: oneNumber(store, refuse), two: twoNumbers(store, signal), all: allNumbers(store, signal) };
  const tabs = VIEWS.map(([view, text]) => ({
    view,
    tab: button(text, () => store.set({ view }, { undoable: false })),
  }));
  const step = button("", () => stepDownhill(store, refuse, solve), { class: "cl-button cl-primary", "data-step": "next" });
  for (const { tab } of tabs) sets({ view: tab });
  side.append(
    make("p", { class: "cl-result" }, ["Error ", error]),
    make(
      "div",
      { class: "cl-buttons cl-wiggle-tabs", role: "group", "aria-label": "How many numbers" },
      tabs.map(({ tab }) => tab),
    ),
    ...Object.values(panels).map(({ element }) => element),
    make("div", { class: "cl-buttons cl-wiggle-step" }, [step, count]),
  );
  const update = (state) => {
    error.textContent = errorText(current(state, store.presets).error);
    for (const { view, tab } of tabs) {
      tab.setAttribute("aria-pressed", String(view === state.view));
      panels[view].element.hidden = view !== state.view;
    }
    panels[state.view].update(state);
    step.textContent = stepLabel(state);
    setReady(step, knowsSlope(state) ? null : NEEDS_BOTH);
    count.textContent = `Steps so far: ${state.steps}${state.edited ? ", numbers changed by hand" : ""}`;
  };
  return { update };
}

function knowsSlope({ view, tried_up, tried_down }) {
  return view !== "one" || (tried_up > 0 && tried_down > 0);
}

function stepDownhill(store, refuse, solve) {
  const { state, presets } = store;
  if (!knowsSlope(state)) return refuse(NEEDS_BOTH);
  const before = current(state, presets).error;
  const steps = Math.min(store.rule("steps").max, state.steps + 1);
  const reason = change(store, { ...partsOf(nextNumbers(state, presets)), steps });
  if (reason) return refuse(`This step is too long: ${reason}.`);
  const isFirst = steps === 1 && !state.edited;
  if (isFirst && current(store.state, presets).error >= TOO_FAR * before) solve("too-far");
}

/** The eight pictures with their votes: the slides' error table, for the network as it is. */
function pictureTable(parent, store) {
  const { names, labels } = current(store.state, store.presets);
  const heads = ["picture", ...LETTERS, "right", "error"];
  const rows = names.map((name, n) => {
    const right = labels[n] === 0 ? "1, 0" : "0, 1";
    const cells = [0, 1, 2].map(() => make("td"));
    const [x, o, error] = cells;
    const row = make("tr", {}, [make("th", { scope: "row", text: name }), x, o, make("td", { text: right }), error]);
    return { row, cells };
  });
  const caption = make("caption", { text: "The eight pictures, and their votes for X and for O" });
  const head = make(
    "tr",
    {},
    heads.map((text) => make("th", { scope: "col", text })),
  );
  const table = make("table", { class: "cl-wiggle-pictures" }, [
    caption,
    make("thead", {}, [head]),
    make(
      "tbody",
      {},
      rows.map(({ row }) => row),
    ),
  ]);
  parent.append(table);
  const update = (state) => {
    const { votes, own, labels: right } = current(state, store.presets);
    rows.forEach(({ row, cells }, n) => {
      [...votes[n], own[n]].forEach((value, which) => (cells[which].textContent = written(value, 2)));
      row.classList.toggle("is-wrong", votes[n][1] > votes[n][0] !== (right[n] === 1));
    });
  };
  return { update };
}
