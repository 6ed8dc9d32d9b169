// Chapter 2's lab: one feature on one patch, multiplied pixel by pixel, added up, divided.

import { lab } from "../kit/card.js";
import { between } from "../kit/cells.js";
import { captionedGrid, presetMenu, sign, valueBox } from "../kit/controls.js";
import { button, checkbox, make } from "../kit/dom.js";
import { player } from "../kit/player.js";
import { same } from "../kit/state.js";
import { movableWindow, WINDOW_KEYS } from "../kit/window.js";
import { changeText, writtenSum } from "../kit/words.js";
import { featureMap } from "../mirror/convolution.js";
import { match, patchAt, products } from "../mirror/filtering.js";
import { count, total } from "../mirror/matrix.js";
import { plain, readNumber, truncated } from "../mirror/printing.js";
import { judge } from "./guess.js";

const STREAK = 3;
const LAST_STEP = 11; // nine products, the sum, the division
const TIP = [0, 0];
const FEATURE_NAMES = { backslash: "\\ backslash", cross: "x cross", slash: "/ slash" };

export default lab({
  task: "Drag the window, or move it with the arrow keys. Click a pixel of the picture or of the feature to flip it; drag over pixels to paint; or type numbers.",
  keys: [WINDOW_KEYS],
  challenges: [
    {
      id: "opposite",
      text: "Make a patch that is the exact opposite of the feature: it scores -1.00.",
      praise: "Every pixel of the patch is now the opposite of the feature's, so each product is -1.",
      solved: (state) =>
        current(state)
          .parts.flat()
          .every((value) => value === -1),
    },
    {
      id: "tip",
      text: "Draw a feature of 1s and -1s that scores 1.00 at the upper left tip of the X, with the window in row 1, column 1, and nowhere else.",
      praise: "Your feature is a copy of that patch, and no other patch of the X is the same.",
      solved: onlyAtTheTip,
    },
    {
      id: "streak",
      text: `Tick “Guess first” and be right ${STREAK} times in a row, with ${STREAK} different results.`,
      praise: "You can filter in your head. That is all the arithmetic there is in this chapter.",
    },
  ],
  build,
});

/** What the state stands for: the patch under the window, its products and their match. */
function current({ image, feature, row, column }) {
  const patch = patchAt(image, row, column, feature.length, feature[0].length);
  const parts = products(patch, feature);
  return { patch, parts, sum: total(parts), result: match(patch, feature) };
}

function onlyAtTheTip({ image, feature }, presets) {
  if (!same(image, presets.image.X) || !feature.flat().every((value) => Math.abs(value) === 1)) return false;
  const ones = featureMap(image, feature).flatMap((line, r) =>
    line.flatMap((value, c) => (value === 1 ? [[r, c]] : [])),
  );
  return same(ones, [TIP]);
}

function build({ stage, store, say, refuse, hush, solve, signal }) {
  const window = movableWindow(
    () => windowOf(store.state),
    (row, column, group) => {
      store.set({ row: between(row, store.rule("row")), column: between(column, store.rule("column")) }, { group });
    },
  );
  const view = layout(stage, store, { window, refuse, hush, signal });
  const guessing = guessPanel(store, { say, refuse, solve });
  view.guessPlace.append(guessing.element);

  for (const [name, grid] of Object.entries({ image: view.image, feature: view.feature })) {
    grid.onEdit((edit) => store.set({ [name]: edit.values }, { group: edit.group }));
    grid.onRefuse(refuse);
  }
  const update = (state, before) => {
    const now = current(state);
    const hidden = guessing.update(state);
    view.update(state, now, hidden);
    const text = before ? whatChanged(before, state, now, hidden) : "";
    if (text) say(text);
  };
  return { update, reset: guessing.reset };
}

function windowOf({ row, column, feature }) {
  return { row, column, height: feature.length, width: feature[0].length };
}

function layout(stage, store, { window, refuse, hush, signal }) {
  const menus = settings(stage, store);
  const [left, right] = ["cl-side", "cl-side cl-grow"].map((name) => make("div", { class: name }));
  stage.append(make("div", { class: "cl-columns" }, [left, right]));

  const image = captionedGrid(left, "Image", { kind: "ink", editable: true, onPress: window.onPress, signal });
  window.attach(image, signal);
  const { patch, feature, parts } = equation(right, signal);
  const box = valueBox([image, feature], refuse);
  left.append(box.element);
  const guessPlace = right.appendChild(make("div"));
  const work = steps(right, store, { hush, signal });
  const code = make("code", {});
  right.append(make("p", { class: "cl-code" }, ["In numpy, which counts from 0: ", code]));
  twins({ image, small: [patch, feature, parts] }, store);

  const update = (state, now, hidden) => {
    const shown = hidden ? 0 : Math.min(state.step, count(state.feature));
    image.show(state.image);
    feature.show(state.feature);
    patch.show(now.patch);
    parts.show(now.parts.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null))));
    window.update();
    markStep({ image, patch, feature, parts }, state, hidden);
    work.update(state, now, hidden);
    code.textContent = numpyLine(windowOf(state));
    menus.update(state);
    box.update();
  };
  return { image, feature, guessPlace, update };
}

function settings(parent, store) {
  const { image: pictures, feature: features } = store.presets;
  const picture = presetMenu("Choose a picture", pictures, (image) => store.set({ image }));
  const feature = presetMenu("Choose a feature", features, (values) => store.set({ feature: values }), FEATURE_NAMES);
  const guessFirst = checkbox("Guess first", (guess_first) => store.set({ guess_first }));
  parent.append(make("div", { class: "cl-controls" }, [picture.element, feature.element, guessFirst.element]));
  const update = (state) => {
    picture.show(state.image);
    feature.show(state.feature);
    guessFirst.show(state.guess_first);
  };
  return { update };
}

/** Patch times feature gives the products: three small grids. */
function equation(parent, signal) {
  const row = parent.appendChild(make("div", { class: "cl-equation" }));
  const patch = captionedGrid(row, "Patch", { kind: "ink", signal });
  row.append(sign("×"));
  const feature = captionedGrid(row, "Feature", { kind: "ink", editable: true, signal });
  row.append(sign("="));
  const parts = captionedGrid(row, "Products", { signal });
  return { patch, feature, parts };
}

/** The sum and the result, as far as the walk has come; out of sight while they are to be guessed. */
function steps(parent, store, { hush, signal }) {
  const sum = make("p", { class: "cl-sum" });
  const result = make("p", { class: "cl-result" });
  const work = parent.appendChild(make("div", { class: "cl-work" }, [sum, result]));
  const walk = player(work, {
    label: "Steps of the match",
    last: () => LAST_STEP,
    at: () => store.state.step,
    go: (step) => store.set({ step }, { undoable: false }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay: hush,
    signal,
  });
  const update = (state, now, hidden) => {
    const pixels = count(state.feature);
    work.hidden = hidden;
    sum.textContent = sumText(state, now, hidden ? 0 : Math.min(state.step, pixels));
    result.replaceChildren(...(hidden ? [] : resultParts(state, now, pixels)));
    walk.update();
  };
  return { update };
}

function numpyLine({ row, column, height, width }) {
  return `np.sum(image[${row}:${row + height}, ${column}:${column + width}] * feature) / feature.size`;
}

/** Where one pixel is pointed at, its partners in the other grids light up. */
function twins({ image, small }, store) {
  const light = (row, column) => {
    const { height, width } = windowOf(store.state);
    const inside = row >= 0 && column >= 0 && row < height && column < width;
    for (const grid of small) grid.mark("twin", inside ? [[row, column]] : []);
    image.mark("twin", inside ? [[store.state.row + row, store.state.column + column]] : []);
  };
  for (const grid of small) grid.onPoint(light);
  image.onPoint((row, column) => light(row - store.state.row, column - store.state.column));
  for (const grid of [image, ...small]) grid.onLeave(() => light(-1, -1));
}

/** The pixel that the last step multiplied. */
function markStep({ image, patch, feature, parts }, { step, row, column, feature: { length } }, hidden) {
  const walking = !hidden && step >= 1 && step <= length * length;
  const at = [Math.floor((step - 1) / length), (step - 1) % length];
  for (const grid of [patch, feature, parts]) grid.mark("now", walking ? [at] : []);
  image.mark("now", walking ? [[at[0] + row, at[1] + column]] : []);
}

function sumText(state, { patch, sum }, shown) {
  if (shown === 0) return "Press Step: the first pixel of the patch is multiplied by the first pixel of the feature.";
  const all = state.step >= LAST_STEP - 1;
  return writtenSum(patch, state.feature, shown) + (all ? ` = ${plain(sum)}` : "");
}

function resultParts({ step }, { sum, result }, pixels) {
  if (step < LAST_STEP)
    return [step === LAST_STEP - 1 ? `The sum is ${plain(sum)}. Next: divide by the ${pixels} pixels.` : "…"];
  return [`${plain(sum)} / ${pixels} = `, make("strong", { text: truncated(result) })];
}

function whatChanged(before, state, now, hidden) {
  const [old, result] = [truncated(current(before).result), truncated(now.result)];
  const edited = changeText("Image", before.image, state.image) || changeText("Feature", before.feature, state.feature);
  if (edited && hidden) return edited;
  const isOutside = same(before.feature, state.feature) && same(current(before).patch, now.patch);
  if (edited && isOutside) return `${edited} That is outside the window: the result stays ${result}.`;
  if (edited && same(current(before).parts, now.parts)) {
    return `${edited} Its partner is 0, so the product stays 0: the result stays ${result}.`;
  }
  if (edited) return `${edited} Result ${old} → ${result}.`;
  if (before.row !== state.row || before.column !== state.column) {
    return `Window at row ${state.row + 1}, column ${state.column + 1}.${hidden ? "" : ` Result ${result}.`}`;
  }
  if (before.step !== state.step) return hidden ? "" : stepText(state, now);
  if (before.guess_first !== state.guess_first && state.guess_first)
    return "Now guess: the result stays hidden until you do.";
  return "";
}

function stepText({ step, feature }, { patch, parts, sum, result }) {
  const pixels = count(feature);
  if (step === 0) return "Nothing multiplied yet.";
  if (step > pixels + 1) return `Divide: ${plain(sum)} / ${pixels} = ${truncated(result)}.`;
  if (step > pixels) return `Add up: ${plain(sum)}.`;
  const [r, c] = [Math.floor((step - 1) / feature.length), (step - 1) % feature.length];
  return `Pixel ${step} of ${pixels}: ${plain(patch[r][c])} × ${plain(feature[r][c])} = ${plain(parts[r][c])}.`;
}

/** The guess: hides the result of every new patch until the reader has said what it will be. */
function guessPanel(store, { say, refuse, solve }) {
  const streak = new Set(); // the results guessed right in a row
  let tried = null; // the last guess, wrong or right, and the question it was for
  const questionOf = (state) => JSON.stringify([current(state).patch, state.feature]);

  const answer = (judged, done = true) => {
    tried = { question: questionOf(store.state), judged, done };
    store.refresh();
    const next = done ? " Move the window for the next one." : " Try again, or have it shown.";
    say(judged.text + (judged.right && streak.size > 1 ? ` ${streak.size} different ones in a row.` : "") + next);
    form.focus(done);
  };
  const onGuess = (text) => {
    const guess = readNumber(text);
    if (guess === null) {
      reset();
      store.refresh();
      return refuse("Type a number or a fraction: 0.4, -1 or 2/7.");
    }
    const judged = judge(guess, current(store.state).patch, store.state.feature);
    if (judged.right) streak.add(truncated(current(store.state).result));
    else streak.clear();
    answer(judged, judged.right);
    if (streak.size >= STREAK) solve("streak");
  };
  const form = guessForm(onGuess, () => answer({ right: false, text: `It is ${resultText(store.state)}.` }));

  /** Draws the panel; true while the result must stay hidden. */
  const update = (state) => {
    const last = tried?.question === questionOf(state) ? tried : null;
    form.element.hidden = !state.guess_first;
    form.show(last?.judged ?? null, last?.done ?? false);
    return state.guess_first && !last?.done;
  };
  /** Forgets the guess; true if there was one. */
  const reset = () => {
    const had = tried !== null;
    tried = null;
    return had;
  };
  return { element: form.element, update, reset };
}

/** The question, the box for a guess, and what became of it. @param {(text: string) => void} onGuess @param {() => void} onGiveUp */
function guessForm(onGuess, onGiveUp) {
  const question = make("p", { text: "What will this match give?" });
  const input = make("input", { type: "text", class: "cl-number", inputmode: "text", autocomplete: "off" });
  const form = make("form", { class: "cl-guess-form" }, [
    make("label", { class: "cl-field" }, [
      make("span", { text: "Your guess: a fraction such as 2/7, or a decimal such as 0.4" }),
      input,
    ]),
    make("button", { type: "submit", class: "cl-button cl-primary", text: "Check" }),
    button("Show me", onGiveUp),
  ]);
  const verdict = make("p", { class: "cl-verdict", tabindex: "-1" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onGuess(input.value);
  });
  /** @param {{ right: boolean, text: string } | null} judged  null where nothing was tried @param {boolean} done */
  const show = (judged, done) => {
    question.hidden = form.hidden = done;
    verdict.textContent = judged?.text ?? "";
    verdict.classList.toggle("is-right", judged?.right === true);
    verdict.classList.toggle("is-wrong", judged?.right === false);
    if (judged === null) input.value = "";
  };
  const focus = (done) => (done ? verdict.focus() : input.select());
  return { element: make("div", { class: "cl-guess" }, [question, form, verdict]), show, focus };
}

function resultText(state) {
  const { sum, result } = current(state);
  return `${plain(sum)} / ${count(state.feature)} = ${truncated(result)}`;
}
