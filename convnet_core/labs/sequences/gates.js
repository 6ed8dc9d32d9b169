// The net with gates: a bracket to keep in mind, dials to hold, and what both nets say of it.

import { draggable } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { player } from "../kit/player.js";
import { probability } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import { shareChart } from "./curve.js";
import { accuracy, CLOSING, FARTHEST, heldCount, remembering, SYMBOLS, TESTS } from "./derived.js";
import { dials } from "./dials.js";
import { pointing } from "./pointing.js";
import { account, namedGrid, strip } from "./views.js";
import { gateSum, NAMES, verdictText } from "./words.js";

/** @param {HTMLElement} parent */
export function gatesHalf(parent, store, { hush, signal }) {
  const pointer = pointing({ kind: "forget", at: 0 });
  const task = taskOf(parent, store);
  const symbols = strip(parent, "The symbols");
  const walk = walkOf(parent, store, { hush, signal });
  const columns = parent.appendChild(make("div", { class: "cl-columns" }));
  const parts = [dials(columns, store, pointer, signal)];
  const side = columns.appendChild(make("div", { class: "cl-side cl-seq-work" }));
  parts.push(cellGrids(side, store, pointer, signal));
  const sum = account(side);
  pointer.shows((point) => sum.show(gateSum(store.state, store.presets, point)));
  const lower = parent.appendChild(make("div", { class: "cl-columns cl-seq-lower" }));
  parts.push(verdict(lower), distances(lower, store));
  const update = (state) => {
    const now = remembering(state, store.presets);
    task.update(state);
    symbols.show(
      now.sequence.map((symbol) => ({ text: SYMBOLS[symbol] })),
      now.read,
    );
    walk.update();
    for (const part of parts) part.update(state, now);
    pointer.update();
  };
  return { update, stop: walk.stop, reset: pointer.reset };
}

function taskOf(parent, store) {
  const opening = choice(
    "Opens with",
    CLOSING.map((_, at) => [SYMBOLS[at], SYMBOLS[at]]),
    (value) => store.set({ opening: value }),
  );
  const distance = draggable("", { min: 1, max: FARTHEST }, (value, group) => {
    const isAtEnd = store.state.read >= store.state.distance + 2;
    store.set({ distance: value, ...(isAtEnd ? { read: value + 2 } : {}) }, { group });
  });
  const others = button("Other letters", () => store.set({ letters: (store.state.letters + 1) % 10_000 }));
  sets({ opening, distance, letters: others });
  parent.append(make("div", { class: "cl-controls" }, [opening.element, distance.element, others]));
  const update = (state) => {
    opening.show(state.opening);
    distance.show(state.distance);
    distance.caption.textContent = `Letters between: ${state.distance}`;
  };
  return { update };
}

function walkOf(parent, store, { hush, signal }) {
  return player(parent, {
    label: "Symbols read",
    last: () => store.state.distance + 2,
    at: () => remembering(store.state, store.presets).read,
    go: (read) => store.set({ read }, { group: "symbols read" }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay: hush,
    signal,
  });
}

/** What the cells hold and show. */
function cellGrids(parent, store, pointer, signal) {
  const side = parent.appendChild(make("div", { class: "cl-seq-cells" }));
  const cells = store.state.held[0].length;
  const columns = Array.from({ length: cells }, (_, at) => `cell ${at + 1}`);
  const options = { columns, width: cells, print: truncated, place: (_, at) => `cell ${at + 1}`, signal };
  const grids = { old: "Cells before", candidate: "Candidates", cell: "Cells now", shown: "Shown" };
  const made = Object.fromEntries(
    Object.entries(grids).map(([kind, label]) => [kind, namedGrid(side, label, options)]),
  );
  for (const kind of ["candidate", "cell", "shown"]) pointer.attach(made[kind], kind);
  const update = (_, { steps, read }) => {
    const [old, now] = [steps[Math.max(0, read - 1)], steps[read]];
    const full = Math.max(1, ...old.cells.map(Math.abs), ...now.cells.map(Math.abs));
    made.old.show([old.cells], { full });
    made.candidate.show([now.candidates ?? old.cells.map(() => null)]);
    made.cell.show([now.cells], { full });
    made.shown.show([now.shown]);
  };
  return { update };
}

/** Which bracket closes? Both nets, now and as they would have said before. @param {HTMLElement} parent */
function verdict(parent) {
  const side = parent.appendChild(make("div", { class: "cl-side" }));
  const table = verdictTable();
  const said = make("p", { class: "cl-note" });
  side.append(table.element, said);
  const chart = shareChart(side, {
    title: "The right bracket, asked after each symbol",
    across: "symbols read",
    lines: [
      ["rnn", "plain RNN"],
      ["own", "LSTM"],
    ],
  });
  const update = (_, now) => {
    table.update(now);
    said.textContent = now.read === 0 ? "No bracket was read yet." : verdictText(now);
    const course = (kind) => now.verdicts.slice(1, now.read + 1).map((shares) => shares[kind][now.right]);
    const [own, rnn] = ["lstm", "rnn"].map(course);
    const words = now.read > 0 ? `Now: LSTM ${probability(own.at(-1))}, plain RNN ${probability(rnn.at(-1))}.` : "";
    chart.update({ own, rnn }, { at: now.read || null, last: now.sequence.length, words });
  };
  return { update };
}

/** A row for each net, with the share of each bracket as a number and as a bar. */
function verdictTable() {
  const heads = ["asked now", ...CLOSING].map((text) => make("th", { scope: "col", text }));
  const rows = Object.entries(NAMES).map(([kind, name]) => {
    const cells = CLOSING.map(() => shareCell());
    const title = make("th", { scope: "row", text: name });
    return { kind, cells, element: make("tr", {}, [title, ...cells.map((cell) => cell.element)]) };
  });
  const lines = rows.map((row) => row.element);
  const element = make("table", { class: "cl-seq-verdict" }, [
    make("caption", { text: "Which bracket closes?" }),
    make("thead", {}, [make("tr", {}, heads)]),
    make("tbody", {}, lines),
  ]);
  const update = ({ verdicts, read, right }) => {
    for (const row of rows) {
      const shares = verdicts[read][row.kind];
      row.cells.forEach((cell, at) => cell.show(shares[at]));
      row.element.classList.toggle("is-right", read > 0 && shares[right] > 0.5);
      row.element.classList.toggle("is-wrong", read > 0 && shares[right] < 0.5);
    }
  };
  return { element, update };
}

function shareCell() {
  const number = make("span");
  const fill = make("span", { class: "cl-seq-fill" });
  const show = (share) => {
    number.textContent = probability(share);
    fill.style.setProperty("--share", share.toFixed(4));
  };
  return { element: make("td", {}, [number, make("span", { class: "cl-seq-bar" }, [fill])]), show };
}

/** How many brackets are closed rightly, over the letters between: as measured when they were trained, and now. */
function distances(parent, store) {
  const side = parent.appendChild(make("div", { class: "cl-side" }));
  const { accuracy: measured } = store.presets.brackets;
  const chart = shareChart(side, {
    title: "Brackets closed rightly",
    across: "letters between",
    lines: [
      ["mean", `plain RNN, mean of ${measured.starts} trainings`],
      ["rnn", "this plain RNN"],
      ["lstm", "this LSTM, free"],
      ["own", "this LSTM, as you hold it"],
    ],
  });
  const said = make("p", { class: "cl-note" });
  side.append(said);
  const shown = (line) => line.slice(0, FARTHEST); // they were measured farther than the lab goes
  const update = (state) => {
    const { distance } = state;
    const own = heldCount(state) > 0 ? accuracy(state, store.presets) : null;
    const at = (line) => probability(line[distance - 1]);
    const yours = own ? `; as you hold it, ${at(own)} of ${TESTS} sequences` : "";
    const words = `With ${distance} between: LSTM ${at(measured.lstm)}, this plain RNN ${at(measured.rnn)}, plain RNNs on average ${at(measured.rnn_mean)}${yours}.`;
    said.textContent = `${words} Trained with 1 to ${measured.trained_up_to} letters. The line across: chance.`;
    chart.update(
      { mean: shown(measured.rnn_mean), rnn: shown(measured.rnn), lstm: shown(measured.lstm), own },
      { at: distance, last: FARTHEST, words },
    );
  };
  return { update };
}
