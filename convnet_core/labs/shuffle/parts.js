// What the shuffle lab shows: the samples before and after the swap, the reader's guess, the table of all runs.

import { captionedGrid, choosing, valueBox } from "../kit/controls.js";
import { button, make } from "../kit/dom.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { NETS } from "./curve.js";
import { cellOf, changesOf, current, followed, resultsOf } from "./derived.js";
import { speaker } from "./sound.js";
import { aboutSwap, pixelText, placeName, points, sampleName, spread } from "./words.js";

const SAMPLES = 6;

/** Six samples to choose from; the chosen one as it is and swapped, with the same pixel marked in both. */
export function samplesView(parent, store, kinds, { say, refuse, signal }) {
  const row = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Samples" });
  const small = Array.from(
    { length: SAMPLES },
    (_, sample) => new Thumbnail(row, () => store.set({ sample }, { undoable: false })),
  );
  const pair = make("div", { class: "cl-columns cl-shuffle-pair" });
  const words = make("p", { class: "cl-note cl-shuffle-words" });
  const place = (isAfter) => (r, c) => {
    const { kind, places } = current(store.state, kinds);
    return placeName(isAfter ? cellOf(places[r * kind.shape[1] + c], kind.shape) : [r, c], kind);
  };
  const [before, after] = ["As it is", "Swapped"].map((label, which) => {
    const side = make("div", { class: "cl-side cl-shuffle-side" });
    pair.append(side);
    const own = (r, c) =>
      store.state.data === "customers" ? place(which === 1)(r, c) : `row ${r + 1}, column ${c + 1}`;
    return captionedGrid(side, label, { place: own, signal });
  });
  const sound = soundButtons(
    () => current(store.state, kinds),
    () => sampleName(store.state, kinds),
    { say, refuse, signal },
  );
  parent.append(row, pair, words, sound.element);

  let pointed = null; // a place before the swap
  const light = () => {
    const { kind, places } = current(store.state, kinds);
    const cells = (all) => all.map((at) => cellOf(at, kind.shape));
    const found = pointed === null ? null : followed(pointed, places, kind.shape);
    before.mark("now", found ? cells([found.place]) : []);
    before.mark("twin", found ? cells(found.around) : []);
    after.mark("now", found ? cells([found.now]) : []);
    after.mark("twin", found ? cells(found.moved) : []);
    const text = found
      ? pixelText(pointed, store.state, kinds)
      : `${aboutSwap(store.state, kinds)} Point at a number: it and its neighbours light up in both.`;
    if (words.textContent !== text) words.textContent = text;
  };
  const point = (grid) => (r, c) => {
    const { kind, places } = current(store.state, kinds);
    const at = r * kind.shape[1] + c;
    pointed = grid === before ? at : places[at];
    light();
    grid.describe(r, c, words.textContent);
  };
  const leave = () => {
    pointed = null;
    light();
  };
  for (const grid of [before, after]) {
    grid.onPoint(point(grid));
    grid.onLeave(leave);
  }
  const update = (state, last) => {
    const now = current(state, kinds);
    const { kind, samples, answers } = now;
    if (last === null || last.data !== state.data) pointed = null;
    parent.classList.toggle("cl-shuffle-flat", kind.shape[0] === 1);
    small.forEach((one, at) => {
      const rows = Array.from({ length: kind.shape[0] }, (_, r) =>
        samples[at].slice(r * kind.shape[1], (r + 1) * kind.shape[1]),
      );
      one.show(rows, {
        caption: captionOf(answers, at),
        summary: `${sampleName({ ...state, sample: at }, kinds)}`,
        full: kind.columns ? 3 : kind.most,
        chosen: at === state.sample,
      });
    });
    const full = kind.columns ? 3 : kind.most;
    before.show(now.before, { full });
    after.show(now.after, { full });
    before.caption.textContent = `As it is: ${answers[state.sample]}`;
    after.caption.textContent = state.swap === "nothing" ? "Swapped: nothing" : `Swapped: ${state.swap}`;
    sound.update(kind);
    light();
  };
  return { update };
}

/** A sample's answer, and which of those with this answer it is. */
function captionOf(answers, at) {
  const alike = answers.flatMap((answer, other) => (answer === answers[at] ? [other] : []));
  return alike.length > 1 ? `${answers[at]} ${alike.indexOf(at) + 1}` : answers[at];
}

/** Plays the chosen sound's picture. */
function soundButtons(now, name, { say, refuse, signal }) {
  const machine = speaker(signal);
  const hear = (which, what) => () => {
    const found = now();
    if (machine.play(found[which], found.kind)) say(`You hear ${name()}, ${what}.`);
    else refuse("This browser can play no sound. The pictures say the same.");
  };
  const element = make("div", { class: "cl-controls cl-shuffle-sound" }, [
    button("Hear it as it is", hear("before", "as it is")),
    button("Hear it swapped", hear("after", "as the lab swaps it")),
    make("span", { class: "cl-note", text: "Each row plays as one tone, as loud as its numbers, for half a second." }),
  ]);
  const update = (kind) => {
    const isSound = kind.pitches !== undefined;
    if (!isSound) machine.stop();
    element.hidden = !isSound;
  };
  return { element, update };
}

/** What the reader expects, in percent: a number for each net. @param {HTMLElement} parent */
export function guessView(parent, store, { refuse, signal }) {
  const box = make("div", { class: "cl-controls cl-shuffle-guess" });
  parent.append(box);
  const grid = captionedGrid(box, "Your guess", {
    editable: true,
    range: [0, 100],
    place: (_, column) => NETS[column][1],
    onPress: choosing, // there is nothing to paint
    signal,
  });
  grid.flipped = (value) => value; // nor to flip
  grid.caption.textContent = "Your guess, in percent: ConvNet, voting net";
  const value = valueBox([grid], refuse);
  box.append(value.element);
  grid.onEdit(({ values, group }) => store.set({ guess: values }, { group }));
  grid.onRefuse(refuse);
  const update = (state) => {
    grid.show(state.guess, { full: 100 });
    value.update();
  };
  return { update };
}

const COLUMNS = ["data", "swapped", "order", "ConvNet", "its change", "voting net", "its change"];

/** All runs, a row each, with what the swap changed. */
export function runsTable(parent, store, presets) {
  // The roles stay where a narrow page shows each row as a card.
  const body = make("tbody", { role: "rowgroup" });
  const row = (cells) => make("tr", { role: "row" }, cells);
  const top = make("thead", { role: "rowgroup" }, [
    row(COLUMNS.map((text) => make("th", { scope: "col", role: "columnheader", text }))),
  ]);
  const { seeds } = presets.training;
  const caption = make("caption", { text: `Right in the test: mean of ${seeds} trainings (least to most)` });
  const box = make(
    "div",
    { class: "cl-shuffle-table", tabindex: "0", role: "region", "aria-label": "Table of what you have measured" },
    [make("table", { class: "convnet-numbers", role: "table" }, [caption, top, body])],
  );
  const clear = button("Clear the table", () => store.set({ runs: [], curve: [] }));
  const empty = make("p", { class: "cl-note", text: "Each training that comes to its end gets a row here." });
  parent.append(empty, box, clear);
  let shown = "";
  const update = (state) => {
    const results = resultsOf(state, presets);
    for (const element of [box, clear]) element.hidden = results.length === 0;
    empty.hidden = results.length > 0;
    const lines = results.map((run) => lineOf(run, results, presets.swaps[0]));
    if (shown === (shown = JSON.stringify(lines))) return;
    body.replaceChildren(
      ...lines.map((line) =>
        row(line.map((text, at) => make("td", { role: "cell", "data-label": COLUMNS[at], text }))),
      ),
    );
  };
  return { update };
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
