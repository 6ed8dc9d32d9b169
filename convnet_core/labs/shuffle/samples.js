// The samples: six to choose from, and the chosen one as it is and swapped.

import { captionedGrid } from "../kit/controls.js";
import { button, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { cellOf, current, followed, fullOf, isSingleRow } from "./derived.js";
import { speaker } from "./sound.js";
import { aboutSwap, pixelText, placeName, sampleName } from "./words.js";

const SAMPLES = 6;

/** Six samples to choose from; the chosen one as it is and swapped, with the same pixel marked in both. */
export function samplesView(parent, store, kinds, { say, refuse, signal }) {
  const row = sampleRow(store, kinds);
  const pair = samplePair(store, kinds, signal);
  const sound = soundButtons(store, kinds, { say, refuse, signal });
  parent.append(row.element, pair.element, pair.words, sound.element);
  const update = (state, before) => {
    parent.classList.toggle("cl-shuffle-flat", isSingleRow(kinds[state.data]));
    row.update(state);
    pair.update(state, before);
    sound.update(kinds[state.data]);
  };
  return { update };
}

/** Small pictures of all six. */
function sampleRow(store, kinds) {
  const element = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Samples" });
  sets({ sample: element });
  const small = Array.from(
    { length: SAMPLES },
    (_, sample) => new Thumbnail(element, () => store.set({ sample }, { undoable: false })),
  );
  const update = (state) => {
    const { kind, samples, answers } = current(state, kinds);
    small.forEach((one, at) =>
      one.show(samples[at], {
        caption: captionOf(answers, at),
        summary: sampleName({ ...state, sample: at }, kinds),
        full: fullOf(kind),
        chosen: at === state.sample,
      }),
    );
  };
  return { element, update };
}

/** A sample's answer, and which of those with this answer it is. */
function captionOf(answers, at) {
  const alike = answers.flatMap((answer, other) => (answer === answers[at] ? [other] : []));
  return alike.length > 1 ? `${answers[at]} ${alike.indexOf(at) + 1}` : answers[at];
}

/** The chosen sample before and after the swap. A pixel that is pointed at lights up in both, with its neighbours. */
function samplePair(store, kinds, signal) {
  const element = make("div", { class: "cl-columns cl-shuffle-pair" });
  const words = make("p", { class: "cl-note cl-shuffle-words" });
  const [asItIs, swapped] = [false, true].map((isSwapped) => sampleGrid(element, store, kinds, isSwapped, signal));
  let pointed = null; // a place before the swap
  const light = () => {
    const text = lightUp(asItIs, swapped, pointed, current(store.state, kinds))
      ? pixelText(pointed, store.state, kinds)
      : `${aboutSwap(store.state, kinds)} Point at a number: it and its neighbours light up in both.`;
    write(words, text);
  };
  const point = (grid) => (row, column) => {
    const { kind, places } = current(store.state, kinds);
    const at = row * kind.shape[1] + column;
    pointed = grid === asItIs ? at : places[at];
    light();
    grid.describe(row, column, words.textContent);
  };
  const leave = () => {
    pointed = null;
    light();
  };
  for (const grid of [asItIs, swapped]) {
    grid.onPoint(point(grid));
    grid.onLeave(leave);
  }
  const update = (state, last) => {
    const { kind, answers, before, after } = current(state, kinds);
    if (last === null || last.data !== state.data) pointed = null;
    asItIs.show(before, { full: fullOf(kind) });
    swapped.show(after, { full: fullOf(kind) });
    write(asItIs.caption, `As it is: ${answers[state.sample]}`);
    write(swapped.caption, `Swapped: ${state.swap}`);
    light();
  };
  return { element, words, update };
}

/** A grid for one of the two, whose cells are called by what stands in them. */
function sampleGrid(parent, store, kinds, isSwapped, signal) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-shuffle-side" }));
  const place = (row, column) => {
    const { kind, places } = current(store.state, kinds);
    const at = isSwapped && kind.columns ? cellOf(places[row * kind.shape[1] + column], kind.shape) : [row, column];
    return placeName(at, kind);
  };
  return captionedGrid(side, isSwapped ? "Swapped" : "As it is", { place, signal });
}

/** Marks a pixel and its neighbours in both grids, or nothing. @param {number | null} pointed @returns {boolean} */
function lightUp(asItIs, swapped, pointed, { kind, places }) {
  const found = pointed === null ? null : followed(pointed, places, kind.shape);
  const cells = (all) => all.map((at) => cellOf(at, kind.shape));
  asItIs.mark("now", found ? cells([found.place]) : []);
  asItIs.mark("twin", found ? cells(found.around) : []);
  swapped.mark("now", found ? cells([found.now]) : []);
  swapped.mark("twin", found ? cells(found.moved) : []);
  return found !== null;
}

/** Plays the chosen sound's picture. */
function soundButtons(store, kinds, { say, refuse, signal }) {
  const machine = speaker(signal);
  const hear = (which, what) => () => {
    const found = current(store.state, kinds);
    if (machine.play(found[which], found.kind)) say(`You hear ${sampleName(store.state, kinds)}, ${what}.`);
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
