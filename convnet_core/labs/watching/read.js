// Read: who reads, what is understood of each clip, what that changes against the nets alone, and the grammar's tree.

import { button, checkbox, choice, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { treeView } from "./tree.js";
import { actionText, bookText, holdText, howText, noteKind, noteText, readText, READERS, tallyText, UNUSUAL } from "./words.js";

const COLUMNS = ["Clip", "Action", "Left hand", "Right hand"];

/** @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen */
export function readTab(store, kitchen) {
  const readers = readerBar(store);
  const corpus = choice("It has counted in", [["300", "300 recipes"], ["20", "20 recipes"]], (value) => store.set({ corpus: value }));
  const free = checkbox("It may leave its book (without the tick it knows only its book)", (value) => store.set({ free: value }));
  sets({ corpus, free });
  const [how, tally, book] = [make("p", { class: "cl-note" }), make("p", { class: "cl-watching-tally" }), make("p", { class: "cl-note" })];
  const sentence = sentenceTable(store, kitchen);
  const tree = treeView(kitchen);
  const element = make("div", { class: "cl-watching-read" }, [
    readers.element,
    how,
    make("div", { class: "cl-controls" }, [corpus.element, free.element]),
    sentence.element,
    tally,
    book,
    tree.element,
  ]);
  const update = (state, isShown) => {
    if (!isShown) return;
    const { reader, truth } = state;
    const reading = kitchen.reading(state);
    readers.update(state);
    write(how, howText(reader));
    corpus.element.hidden = reader === "nets";
    free.element.hidden = reader !== "grammar";
    corpus.show(state.corpus);
    free.show(state.free);
    const kinds = sentence.show(reading.steps, kitchen.reading(state, "nets").steps, truth ? kitchen.cook(state) : null);
    write(tally, tallyText(kinds, { reader, hasTruth: truth }));
    write(book, truth ? bookText(kitchen.isInBook(state)) : "");
    tree.show(reading.tree);
  };
  const told = (state, before) => (before.tab === state.tab ? null : readText(state.reader, kitchen.reading(state).steps));
  return { element, update, told, isPlaying: () => false };
}

/** @param {import("../kit/store.js").Store} store */
function readerBar(store) {
  const buttons = Object.entries(READERS).map(([name, text]) => ({ name, element: button(text, () => store.set({ reader: name })) }));
  const element = make("div", { class: "cl-buttons", role: "group", "aria-label": "Who reads" }, buttons.map((one) => one.element));
  sets({ reader: element });
  const update = ({ reader }) => {
    for (const { name, element: one } of buttons) one.setAttribute("aria-pressed", String(name === reader));
  };
  return { element, update };
}

/**
 * A row for each clip; cells change in place.
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 */
function sentenceTable(store, kitchen) {
  const rows = Array.from({ length: store.rule("clip").max + 1 }, (_, place) => {
    const cells = [0, 1, 2].map(() => ({ word: make("span"), note: make("small"), element: make("td") }));
    for (const { element, word, note } of cells) element.append(word, note);
    return { element: make("tr", {}, [make("th", { scope: "row", text: String(place + 1) }), ...cells.map((cell) => cell.element)]), cells };
  });
  const head = make("tr", {}, COLUMNS.map((text) => make("th", { scope: "col", text })));
  const caption = make("caption", { text: "The sentence" });
  const element = make("table", { class: "cl-watching-sentence" }, [caption, make("thead", {}, [head]), make("tbody", {}, rows.map((row) => row.element))]);
  /** @returns {string[]} the mark of each cell */
  const show = (steps, nets, truth) =>
    rows.flatMap(({ element: row, cells }, place) => {
      row.hidden = place >= steps.length;
      if (row.hidden) return [];
      const [said, alone, right] = [steps[place], nets[place], truth && truth[place]].map((step) => step && wordsIn(step));
      const more = kitchen.isUsual(steps[place]) ? "" : UNUSUAL;
      return cells.map((cell, k) => showCell(cell, { said: said[k], nets: alone[k], truth: right && right[k] }, k === 0 ? more : ""));
    });
  return { element, show };
}

/** @param {import("./words.js").Step} step */
const wordsIn = ({ action, left, right }) => [actionText(action), holdText(left), holdText(right)];

/** @param {any} cell @param {any} found @param {string} more  behind its note */
function showCell({ element, word, note }, found, more) {
  const kind = noteKind(found);
  write(word, found.said);
  write(note, [noteText(found), more].filter((text) => text !== "").join("; "));
  element.className = kind && `is-${kind}`;
  return kind;
}
