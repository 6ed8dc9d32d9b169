// What the training lab shows of its network, and the experiments below it.

import { captionedGrid } from "../kit/controls.js";
import { button, choice, make, shape } from "../kit/dom.js";
import { truncated } from "../mirror/printing.js";
import { answerTo, asDrawn, drawings, featuresOf, LETTERS, runs, sizesOf, TEST, votesOf } from "./derived.js";
import { percent, raceText, rightOf, sharesText } from "./words.js";

const MOST_FEATURES = 6;
const SHOWN_WRONG = 12;
export const MOST_DRAWN = 12;
export const SEEDS = 5;

/** The features and the weights of the votes, as they are learned. */
export function learned(parent, below, store, signal) {
  const options = { print: truncated, signal };
  const row = () => make("div", { class: "cl-columns cl-training-grids" });
  const [features, votes] = [row(), row()];
  const shown = choice("Show the votes for", [], (value) => store.set({ shown: Number(value) }, { undoable: false }));
  parent.append(heading("Features"), features);
  below.append(heading("Voting weights"), shown.element, votes);
  const pairs = Array.from({ length: MOST_FEATURES }, (_, k) => [
    captionedGrid(features, `Feature ${k + 1}`, options),
    captionedGrid(votes, `Feature ${k + 1} votes`, options),
  ]);
  const select = shown.element.querySelector("select");
  const update = (state, now) => {
    const found = featuresOf(state, now);
    const { whose, shown: which, squares } = votesOf(state, now);
    if (select.options.length !== whose.length || select.options[0].textContent !== whose[0])
      select.replaceChildren(...whose.map((text, value) => make("option", { value, text })));
    shown.show(String(which));
    const full = Math.max(0.01, ...squares.flat(2).map(Math.abs));
    const strongest = Math.max(0.01, ...found.features.flat(2).map(Math.abs));
    pairs.forEach(([feature, vote], k) => {
      for (const { block } of [feature, vote]) block.hidden = k >= state.filters;
      if (k >= state.filters) return;
      feature.show(found.features[k], { full: strongest });
      feature.caption.textContent = `Feature ${k + 1}, bias ${truncated(found.biases[k])}`;
      vote.show(squares[k], { full });
    });
  };
  return { update };
}

export function heading(text) {
  return make("p", { class: "cl-training-heading", text });
}

/** A small picture in ink, with its words. @param {ArrayLike<number>} pixels  81 of them */
function thumbnail() {
  const path = shape("path");
  const drawing = shape("svg", { class: "cl-training-drawing", viewBox: "0 0 9 9", "aria-hidden": "true" }, [path]);
  const text = make("span");
  const element = make("li", { class: "cl-training-picture" }, [drawing, text]);
  const show = (pixels, words) => {
    path.setAttribute(
      "d",
      Array.from(pixels, (value, at) => (value > 0 ? `M${at % 9} ${Math.floor(at / 9)}h1v1h-1z` : "")).join(""),
    );
    text.textContent = words;
  };
  return { element, show };
}

/** A row of as many small pictures as there are. @param {number} most */
function thumbnails(label, most) {
  const all = Array.from({ length: most }, thumbnail);
  const element = make(
    "ul",
    { class: "cl-training-pictures", "aria-label": label },
    all.map((one) => one.element),
  );
  const show = (pictures) => {
    element.hidden = pictures.length === 0;
    all.forEach((one, k) => {
      one.element.hidden = k >= pictures.length;
      if (k < pictures.length) one.show(pictures[k].pixels, pictures[k].words);
    });
  };
  return { element, show };
}

/** The test pictures that it gets wrong. */
export function mistakes(parent, { test }) {
  const words = make("p", { class: "cl-note" });
  const row = thumbnails("Test pictures it gets wrong", SHOWN_WRONG);
  parent.append(heading("What it gets wrong"), words, row.element);
  const update = (state, { wrong }) => {
    const more = wrong.length > SHOWN_WRONG ? ` The first ${SHOWN_WRONG} of them:` : "";
    words.textContent =
      wrong.length === 0
        ? `None of the ${TEST} test pictures.`
        : `${wrong.length} of the ${TEST} test pictures.${more}`;
    row.show(
      wrong.slice(0, SHOWN_WRONG).map(({ n, label, said }) => ({
        pixels: test.images.subarray(n * 81, n * 81 + 81),
        words: `${LETTERS[label]}, it says ${LETTERS[said]}`,
      })),
    );
  };
  return { update };
}

/** A grid to draw on, and the test that the reader makes with it. */
export function ownTest(parent, store, refuse, signal) {
  parent.append(heading("Your own test"));
  const grid = captionedGrid(parent, "Your drawing", { kind: "ink", editable: true, range: [-1, 1], signal });
  const says = make("p", { class: "cl-note" });
  const score = make("p", { class: "cl-note" });
  const row = thumbnails("Your own test pictures", MOST_DRAWN);
  const blank = () => Array.from({ length: 9 }, () => Array(9).fill(-1));
  const { fooled } = store.presets;
  const put = (more, changes = {}) => {
    const drawn = [...store.state.drawn, ...more];
    if (drawn.length > 3 * MOST_DRAWN)
      return refuse(`Your own test holds ${MOST_DRAWN} pictures. Clear it to draw others.`);
    store.set({ drawn, ...changes });
  };
  const add = (label) => {
    const { drawing } = store.state;
    if (drawing.flat().every((value) => value <= 0)) return refuse("Draw a letter first.");
    put(asDrawn(drawing, label), { drawing: blank() });
  };
  const buttons = [
    button("Add as X", () => add(0)),
    button("Add as O", () => add(1)),
    button("Add the O's that fooled chapter 7", () => put(fooled)),
    button("Wipe", () => store.set({ drawing: blank() })),
    button("Clear my test", () => store.set({ drawn: [] })),
  ];
  parent.append(says, make("div", { class: "cl-buttons" }, buttons), score, row.element);
  grid.onEdit(({ values, group }) => store.set({ drawing: values }, { group }));
  grid.onRefuse(refuse);
  const update = (state, now) => {
    grid.show(state.drawing);
    const isBlank = state.drawing.flat().every((value) => value <= 0);
    const { said, share } = answerTo(now, state.drawing.flat());
    says.textContent = isBlank ? "Draw an X or an O." : `It says ${LETTERS[said]} (${percent(share)} sure).`;
    const pictures = drawings(state).map(({ label, pixels }) => ({ label, pixels, said: answerTo(now, pixels).said }));
    const right = pictures.filter(({ label, said: answer }) => label === answer).length;
    score.textContent =
      pictures.length === 0
        ? ""
        : `Right on your own pictures: ${rightOf(right / pictures.length, pictures.length)} (pure chance: half).`;
    row.show(
      pictures.map(({ label, pixels, said: answer }) => ({
        pixels,
        words: `${LETTERS[label]}, it says ${LETTERS[answer]}`,
      })),
    );
  };
  return { update };
}

function raceOf(state) {
  return raceText(state.race, sizesOf(state).parameters, Math.min(state.batch, state.pictures));
}

/** Several seeds, and wiggling against backprop. @param {(job: string) => void} start */
export function experiments(parent, start) {
  const [shares, race] = [0, 1].map(() => make("p", { class: "cl-note" }));
  const bars = make("div", { class: "cl-training-race", "aria-hidden": "true" });
  const lanes = ["wiggling", "backprop"].map((text) => {
    const fill = make("span", { class: "cl-training-fill" });
    bars.append(make("span", { text }), fill);
    return fill;
  });
  parent.append(
    heading("Is it luck? Several seeds"),
    button(`Train ${SEEDS} seeds`, () => start("seeds")),
    shares,
    heading("Wiggling against backprop"),
    button("Start the race", () => start("race")),
    race,
    bars,
  );
  const update = (state) => {
    shares.textContent =
      sharesText(state.shares) || `Trains ${SEEDS} networks from fresh weights of their own, 40 epochs each.`;
    race.textContent = raceOf(state) || "Same fresh weights, one batch again and again, a second for each.";
    bars.hidden = state.race.length < 4;
    lanes.forEach((fill, k) =>
      fill.style.setProperty("--share", (state.race[2 * k] || 0) / Math.max(1, state.race[0], state.race[2])),
    );
  };
  return { update };
}

const COLUMNS = ["features", "size", "window", "stride", "neurons", "numbers", "pictures", "rate", "epochs", "test"];

/** The table of all that was tried. */
export function triedTable(parent) {
  const body = make("tbody");
  const head = make(
    "tr",
    {},
    COLUMNS.map((text) => make("th", { scope: "col", text })),
  );
  const caption = make("caption", { text: "What you have tried" });
  const table = make("table", { class: "convnet-numbers" }, [caption, make("thead", {}, [head]), body]);
  const empty = make("p", {
    class: "cl-note",
    text: "Each network that you train gets a row here. Pure chance would be 50%.",
  });
  const box = make(
    "div",
    { class: "cl-training-table", tabindex: "0", role: "region", "aria-label": "Table of what you have tried" },
    [table],
  );
  parent.append(heading("How many of each?"), empty, box);
  let shown = "";
  const update = (state) => {
    const rows = runs(state);
    box.hidden = rows.length === 0;
    const lines = rows.map((run) => [
      run.filters,
      `${run.size}×${run.size}`,
      run.window,
      run.stride,
      run.neurons,
      sizesOf(run).parameters,
      run.pictures,
      run.rate,
      run.epoch,
      `${percent(run.share)}${run.isNow ? " (now)" : ""}`,
    ]);
    if (shown === (shown = JSON.stringify(lines))) return;
    body.replaceChildren(
      ...lines.map((line) =>
        make(
          "tr",
          {},
          line.map((text) => make("td", { text: String(text) })),
        ),
      ),
    );
  };
  return { update };
}
