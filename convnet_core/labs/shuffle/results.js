// What the reader expects, and what was measured: a guess for each kind of data, and the table of all runs.

import { captionedGrid, choosing, valueBox } from "../kit/controls.js";
import { button, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { changesOf, guessOf, resultsOf, withGuess } from "./derived.js";
import { guessCaption, NETS, points, spread } from "./words.js";

/** What the reader expects of the data that are chosen, in percent: a number for each net. @param {HTMLElement} parent */
export function guessView(parent, store, { refuse, signal }) {
  const box = make("div", { class: "cl-controls cl-shuffle-guess" });
  parent.append(box);
  const grid = captionedGrid(box, "Your guess", {
    editable: true,
    range: /** @type {[number, number]} */ ([0, 100]),
    place: (_, column) => NETS[column][1],
    onPress: choosing, // there is nothing to paint
    signal,
  });
  grid.flipped = (value) => value; // nor to flip
  sets({ guess: grid });
  const value = valueBox([grid], refuse);
  box.append(value.element);
  grid.onEdit(({ values, group }) =>
    store.set({ guess: withGuess(store.state, store.presets, values[0]) }, { group: `${group} ${store.state.data}` }),
  );
  grid.onRefuse(refuse);
  const update = (state) => {
    write(grid.caption, guessCaption(state));
    grid.show([guessOf(state, store.presets)], { full: 100 });
    value.update();
  };
  return { update };
}

const COLUMNS = ["data", "swapped", "order", "ConvNet", "its change", "voting net", "its change"];

/** All runs, a row each, with what the swap changed. */
export function runsTable(parent, store) {
  const { seeds } = store.presets.training;
  const [table, body] = emptyTable(`Right in the test: mean of ${seeds} trainings (least to most)`);
  const about = { tabindex: "0", role: "region", "aria-label": "Table of what you have measured" };
  const box = make("div", { class: "cl-shuffle-table", ...about }, [table]);
  const clear = button("Clear the table", () => store.set({ runs: [], curve: [] }));
  sets({ runs: clear });
  const empty = make("p", { class: "cl-note", text: "Each training that comes to its end gets a row here." });
  parent.append(empty, box, clear);
  let shown = "";
  const update = (state) => {
    const results = resultsOf(state, store.presets);
    for (const element of [box, clear]) element.hidden = results.length === 0;
    empty.hidden = results.length > 0;
    const lines = results.map((run) => lineOf(run, results, store.presets.swaps[0]));
    if (shown === (shown = JSON.stringify(lines))) return;
    body.replaceChildren(...lines.map((line) => row(line.map(cell))));
  };
  return { update };
}

/** Its roles stay where a narrow page shows each row as a card. */
function emptyTable(title) {
  const body = make("tbody", { role: "rowgroup" });
  const titles = COLUMNS.map((text) => make("th", { scope: "col", role: "columnheader", text }));
  const head = make("thead", { role: "rowgroup" }, [row(titles)]);
  const caption = make("caption", { text: title });
  return [make("table", { class: "convnet-numbers", role: "table" }, [caption, head, body]), body];
}

function row(cells) {
  return make("tr", { role: "row" }, cells);
}

/** @param {string | string[]} parts  each part stays on one line @param {number} column */
function cell(parts, column) {
  const [first, ...more] = [parts].flat();
  const children = [first, ...more.flatMap((text) => [" ", make("span", { class: "cl-shuffle-part", text })])];
  return make("td", { role: "cell", "data-label": COLUMNS[column] }, children);
}

function lineOf(run, results, unswapped) {
  const isSwapped = run.swap !== unswapped;
  const changes = changesOf(run, results, unswapped);
  const change = (net) => (isSwapped ? (changes === null ? "?" : points(changes[net])) : "–");
  return [
    run.data,
    run.swap,
    isSwapped ? String(run.order) : "–",
    spread(run.convnet),
    change("convnet"),
    spread(run.voting),
    change("voting"),
  ];
}
