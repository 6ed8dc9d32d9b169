// Small pictures with what the network says of each: those of the test that it gets wrong, and the reader's own.

import { captionedGrid } from "../kit/controls.js";
import { button, make, shape, write } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { answersTo, answerTo, asDrawn, MOST_DRAWN } from "./derived.js";
import { heading } from "./heading.js";
import { answerText, ownScoreText, saysText, wrongText } from "./words.js";

const SHOWN_WRONG = 12;

/** A small picture in ink, with its words. */
function thumbnail() {
  const path = shape("path");
  const drawing = shape("svg", { class: "cl-training-drawing", viewBox: "0 0 9 9", "aria-hidden": "true" }, [path]);
  const text = make("span");
  const element = make("li", { class: "cl-training-picture" }, [drawing, text]);
  /** @param {ArrayLike<number>} pixels  81 of them @param {string} words */
  const show = (pixels, words) => {
    const squares = Array.from(pixels, (value, at) => (value > 0 ? `M${at % 9} ${Math.floor(at / 9)}h1v1h-1z` : ""));
    if (path.getAttribute("d") !== squares.join("")) path.setAttribute("d", squares.join(""));
    write(text, words);
  };
  return { element, show };
}

/** A row of as many small pictures as there are. @param {string} label @param {number} most */
function thumbnails(label, most) {
  const all = Array.from({ length: most }, thumbnail);
  const items = all.map(({ element }) => element);
  const element = make("ul", { class: "cl-training-pictures", "aria-label": label }, items);
  const hide = (what, isHidden) => what.hidden !== isHidden && (what.hidden = isHidden);
  /** @param {{ pixels: ArrayLike<number>, words: string }[]} pictures */
  const show = (pictures) => {
    hide(element, pictures.length === 0);
    all.forEach((one, k) => {
      hide(one.element, k >= pictures.length);
      if (k < pictures.length) one.show(pictures[k].pixels, pictures[k].words);
    });
  };
  return { element, show };
}

/** The test pictures that it gets wrong. @param {HTMLElement} parent @param {{ test: import("./jobs.js").Samples }} data */
export function mistakes(parent, { test }) {
  const words = make("p", { class: "cl-note" });
  const row = thumbnails("Test pictures it gets wrong", SHOWN_WRONG);
  parent.append(heading("What it gets wrong"), words, row.element);
  const draw = (_, { wrong }) => {
    write(words, wrongText(wrong.length, SHOWN_WRONG));
    const shown = wrong.slice(0, SHOWN_WRONG);
    row.show(shown.map((one) => ({ pixels: test.images.subarray(one.n * 81, one.n * 81 + 81), words: answerText(one) })));
  };
  return { update: ifChanged((_, now) => [now], draw) };
}

/** A grid to draw on, and the test that the reader makes with it. */
export function ownTest(parent, store, refuse, signal) {
  parent.append(heading("Your own test"));
  const grid = captionedGrid(parent, "Your drawing", { kind: "ink", editable: true, range: [-1, 1], signal });
  const says = make("p", { class: "cl-note" });
  const score = make("p", { class: "cl-note" });
  const row = thumbnails("Your own test pictures", MOST_DRAWN);
  parent.append(says, make("div", { class: "cl-buttons" }, ownButtons(store, refuse)), score, row.element);
  sets({ drawing: grid });
  grid.onEdit(({ values, group }) => store.set({ drawing: values }, { group }));
  grid.onRefuse(refuse);
  const showDrawing = ifChanged(
    ({ drawing }) => [drawing],
    ({ drawing }) => grid.show(drawing),
  );
  const showAnswers = (state, now) => {
    write(says, isBlank(state.drawing) ? "Draw an X or an O." : saysText(answerTo(now, state.drawing.flat())));
    const pictures = answersTo(state, now);
    write(score, ownScoreText(pictures));
    row.show(pictures.map((one) => ({ pixels: one.pixels, words: answerText(one) })));
  };
  const answer = ifChanged(({ drawing, drawn }, now) => [drawing, drawn, now], showAnswers);
  const update = (state, now) => {
    showDrawing(state);
    answer(state, now);
  };
  return { update };
}

function ownButtons(store, refuse) {
  const blank = () => Array.from({ length: 9 }, () => Array(9).fill(-1));
  const put = (more, changes = {}) => {
    const drawn = [...store.state.drawn, ...more];
    if (drawn.length > 3 * MOST_DRAWN)
      return refuse(`Your own test holds ${MOST_DRAWN} pictures. Clear it to draw others.`);
    store.set({ drawn, ...changes });
  };
  const add = (label) => {
    const { drawing } = store.state;
    if (isBlank(drawing)) return refuse("Draw a letter first.");
    put(asDrawn(drawing, label), { drawing: blank() });
  };
  return [
    button("Add as X", () => add(0)),
    button("Add as O", () => add(1)),
    button("Add the O's that fooled chapter 7", () => put(store.presets.fooled)),
    button("Wipe", () => store.set({ drawing: blank() })),
    button("Clear my test", () => store.set({ drawn: [] })),
  ];
}

function isBlank(drawing) {
  return drawing.flat().every((value) => value <= 0);
}
