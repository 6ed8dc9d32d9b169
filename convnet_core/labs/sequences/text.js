// The net that reads: a word in, a new state, and how probable each word is as the next one.

import { choosing, presetMenu, valueBox } from "../kit/controls.js";
import { button, checkbox, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { player } from "../kit/player.js";
import { probability } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import { isSpoken, LONGEST, PARTS, reading, readWords, spoken, withWord, wordOf, WORDS } from "./derived.js";
import { pointable, pointing } from "./pointing.js";
import { account, namedGrid, strip } from "./views.js";
import { GRIDS, textSum, unitName } from "./words.js";

const SPEECH = 12; // words, where no full stop ends it
const READ = "words read"; // a walk by hand is undone together
const LEAST_FULL = 2; // a weight as large as this has the full colour, unless its grid has larger ones
const WEIGHTS = { trained: "trained on the text", "no memory": "made by hand, without memory" };
const FULL = `A text ends after ${LONGEST} words. Step back, or take the lecture's text.`;

/** @param {HTMLElement} parent */
export function textHalf(parent, store, { refuse, hush, signal }) {
  const pointer = pointing({ kind: "unit", at: 0 });
  const words = strip(parent, "The words");
  const legend = "Framed: just read. Pale: still to come. Underlined: said by the net itself.";
  parent.append(make("p", { class: "cl-note", text: legend }));
  const walk = walkOf(parent, store, { hush, signal });
  const columns = parent.appendChild(make("div", { class: "cl-columns" }));
  const parts = [
    stateGrids(columns, store, pointer, { refuse, signal }),
    predictions(columns, store, pointer, { walk, refuse, signal }),
  ];
  const sum = account(parent);
  pointer.shows((point) => sum.show(textSum(store.state, point)));
  parts.push(weightGrids(parent, store, pointer, { refuse, signal }));
  const update = (state) => {
    const symbols = state.words.map((code) => ({ text: WORDS[wordOf(code)], isSpoken: isSpoken(code) }));
    words.show(symbols, readWords(state).length);
    walk.update();
    for (const part of parts) part.update(state);
    pointer.update();
  };
  return { update, stop: walk.stop, reset: pointer.reset };
}

/** Reads on by hand, by itself, or what the net says. */
function walkOf(parent, store, { hush, signal }) {
  let group = READ;
  let speeches = 0;
  const onplay = (isPlaying) => {
    if (!isPlaying) group = READ;
    hush(isPlaying);
  };
  const walk = player(parent, {
    label: "Words read",
    last: () => store.state.words.length,
    at: () => readWords(store.state).length,
    go: (step) => store.set({ step }, { group }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay,
    signal,
  });
  /** The first word at once, the others at the walk's speed. A speech is undone together. */
  const say = (changes) => {
    speeches += 1;
    const speech = `speech ${speeches}`;
    const step = readWords(store.state).length + 1;
    store.set({ ...changes, step }, { group: speech });
    if (step === changes.words.length) return;
    group = speech;
    walk.play();
  };
  return { ...walk, say };
}

/** The word as it comes in, the old state and the new one. */
function stateGrids(parent, store, pointer, { refuse, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-seq-states" }));
  const hidden = store.state.bias.length;
  const numbers = Array.from({ length: hidden }, (_, at) => String(at + 1));
  const place = (_, at) => unitName(at);
  const word = namedGrid(side, "Word in", { columns: WORDS, width: 5, place: (_, at) => WORDS[at], signal });
  const state = { columns: numbers, width: hidden, print: truncated, place, signal };
  const before = namedGrid(side, "State before", state);
  const press = (_, at) => ({ move: () => {}, end: () => (pointer.at({ kind: "unit", at }), true) });
  const now = namedGrid(side, "State now", { ...state, editable: true, range: [-1, 1], onPress: press });
  now.onEdit(({ values, group }) =>
    store.set({ own_state: values[0], edited_at: reading(store.state).count }, { group }),
  );
  now.onRefuse(refuse);
  now.flipped = (value) => -value;
  pointer.attach(now, "unit");
  sets({ "own_state edited_at": now });
  const box = valueBox([now], refuse);
  const undo = button("Let it have its own state", () => store.set({ edited_at: -1 }));
  now.block.append(make("div", { class: "cl-controls cl-seq-own" }, [box.element, undo]));
  const memory = checkbox("Forget after each word", (on) => store.set({ memory: !on }));
  sets({ memory, edited_at: undo });
  before.block.append(memory.element);
  const update = (shown) => {
    const found = reading(shown);
    word.show([WORDS.map((_, at) => (at === found.word ? 1 : 0))]);
    before.show([found.before]);
    now.show([found.after]);
    now.caption.textContent = shown.edited_at === found.count ? "State now (set by you)" : "State now";
    undo.setAttribute("aria-disabled", String(shown.edited_at < 0)); // it stays: nothing else is to move
    memory.show(!shown.memory);
    box.update();
  };
  return { update };
}

/** How probable each word is as the next one, and what makes the net read or say one. */
function predictions(parent, store, pointer, { walk, refuse, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-grow cl-seq-next" }));
  side.append(make("p", { class: "cl-caption", text: "The next word: how probable? Press one to read it next." }));
  const ifRoom = (move) => {
    walk.stop();
    if (readWords(store.state).length >= LONGEST) refuse(FULL);
    else move(store.state);
  };
  const put = (changes) => ifRoom((state) => store.set(changes(state)));
  const bars = wordBars(side, (at) => put((state) => withWord(state, at)), pointer, signal);
  const word = button("Let it say a word", () => put((state) => spoken(state, 1)));
  const speech = button("Let it speak", () => ifRoom((state) => walk.say(spoken(state, SPEECH, true))));
  const lecture = button("The lecture's text", () =>
    store.set({ words: store.presets.text.lecture, step: 0, edited_at: -1 }),
  );
  side.append(make("div", { class: "cl-buttons" }, [word, speech, lecture]));
  const drawing = drawingControls(side, store, refuse);
  const update = (state) => {
    bars.update(reading(state).shares);
    drawing.update(state);
  };
  return { update };
}

/** A bar for each word. @param {(at: number) => void} readNext  what a press on one does */
function wordBars(parent, readNext, pointer, signal) {
  const bars = WORDS.map((word, at) => {
    const number = make("span", { class: "cl-seq-number" });
    const fill = make("span", { class: "cl-seq-fill" });
    const bar = make("span", { class: "cl-seq-bar" }, [fill]);
    const element = button("", () => readNext(at), { class: "cl-button cl-seq-word" });
    element.append(make("strong", { text: word }), bar, number);
    pointable(element, pointer, { kind: "word", at }, signal);
    parent.append(element);
    return { element, fill, number };
  });
  pointer.shows(({ kind, at }) =>
    bars.forEach(({ element }, k) => element.classList.toggle("is-chosen", kind === "word" && at === k)),
  );
  const update = (shares) =>
    bars.forEach(({ element, fill, number }, at) => {
      fill.style.setProperty("--share", shares[at].toFixed(4));
      number.textContent = probability(shares[at]);
      element.setAttribute("aria-label", `${WORDS[at]}, ${probability(shares[at])}: read it next`);
    });
  return { update };
}

/** Whether it draws what it says, and from which seed. */
function drawingControls(parent, store, refuse) {
  const draws = checkbox("Draw by the probabilities", (sampled) => store.set({ sampled }));
  const seed = numberBox("Seed", (value) => store.set({ seed: value }, { group: "seed" }), refuse);
  sets({ sampled: draws, seed });
  const note = make("p", { class: "cl-note", text: "Each word that it draws moves the seed on by one." });
  parent.append(make("div", { class: "cl-controls cl-seq-draw" }, [draws.element, seed.element]), note);
  const update = (state) => {
    draws.show(state.sampled);
    seed.show(state.seed);
    for (const element of [seed.element, note]) element.hidden = !state.sampled;
  };
  return { update };
}

/** Everything that the net has learned. */
function weightGrids(parent, store, pointer, { refuse, signal }) {
  const hidden = store.state.bias.length;
  const numbers = Array.from({ length: hidden }, (_, at) => String(at + 1));
  const sides = {
    weight_ih: { columns: WORDS, rows: numbers, width: 5 },
    weight_hh: { columns: numbers, rows: numbers, width: hidden },
    bias: { columns: ["bias"], rows: numbers, width: 1 },
    out_weight: { columns: numbers, rows: WORDS, width: hidden },
    out_bias: { columns: ["bias"], rows: WORDS, width: 1 },
  };
  const menu = presetMenu("Weights", store.presets.weights, (values) => store.set(weightsOf(values)), WEIGHTS);
  const row = (text) => {
    const element = make("div", { class: "cl-columns cl-seq-weights" });
    parent.append(make("p", { class: "cl-seq-heading", text }), element);
    return element;
  };
  const controls = parent.appendChild(make("div", { class: "cl-controls" }, [menu.element]));
  const toState = row("Weights of the new state: tanh of all that a row adds up");
  const toWords = row("Weights of the next word: softmax of all that a row adds up");
  const grids = PARTS.map((part) =>
    weightGrid(isToWord(part) ? toWords : toState, part, sides[part], store, pointer, { refuse, signal }),
  );
  sets({ [PARTS.join(" ")]: menu });
  const box = valueBox(grids, refuse);
  controls.append(box.element);
  const update = (state) => {
    PARTS.forEach((part, which) => {
      const values = isColumn(state[part]) ? state[part].map((value) => [value]) : state[part];
      grids[which].show(values, { full: Math.max(LEAST_FULL, ...values.flat().map(Math.abs)) });
    });
    menu.show(PARTS.map((part) => state[part]));
    box.update();
  };
  return { update };
}

/** One of the arrays of weights; a list stands as a column. */
function weightGrid(parent, part, sides, store, pointer, { refuse, signal }) {
  const { label, place } = GRIDS[part];
  const options = { ...sides, editable: true, onPress: choosing, print: truncated, place, signal };
  const grid = namedGrid(parent, label, options);
  sets({ [part]: grid });
  grid.flipped = (value) => -value;
  grid.onEdit(({ values, group }) =>
    store.set({ [part]: isColumn(store.state[part]) ? values.flat() : values }, { group }),
  );
  grid.onRefuse(refuse);
  const kind = isToWord(part) ? "word" : "unit";
  grid.onPoint((row) => pointer.at({ kind, at: row }));
  pointer.shows((point) => grid.mark("twin", point.kind === kind ? rowOf(grid, point.at) : []));
  return grid;
}

function isToWord(part) {
  return part === "out_weight" || part === "out_bias";
}

function rowOf(grid, row) {
  return grid.values.length > 0 ? grid.values[row].map((_, column) => [row, column]) : [];
}

function isColumn(values) {
  return !Array.isArray(values[0]);
}

function weightsOf(values) {
  return Object.fromEntries(PARTS.map((part, which) => [part, values[which]]));
}
