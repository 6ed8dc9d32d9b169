// Chapter 2's lab: one feature on one patch, multiplied pixel by pixel, added up, divided.

import { checkbox, make } from "./dom.js";
import { judge, readGuess } from "./guess.js";
import { lab } from "./lab.js";
import { count, featureMap, match, patchAt, plain, products, total, truncated } from "./ops.js";
import { captionedGrid, changeText, presetMenu, sign, valueBox, writtenSum } from "./parts.js";
import { player } from "./player.js";
import { same } from "./store.js";

const STREAK = 3;
const LAST_STEP = 11; // nine products, the sum, the division
const CENTRE = [3, 3];
const FEATURE_NAMES = { backslash: "\\ backslash", cross: "x cross", slash: "/ slash" };

export default lab({
  name: "filtering",
  title: "Filtering lab",
  task: "Drag the window over the picture. Click a pixel of the picture or of the feature to flip it, or type a number.",
  challenges: [
    {
      id: "opposite",
      text: "Make a patch that scores -1.00.",
      praise: "Every pixel of the patch is now the opposite of the feature's, so each product is -1.",
      solved: (state) => close(current(state).result, -1),
    },
    {
      id: "crossing",
      text: "Find a feature that scores 1.00 at the crossing of the X, in the middle of the picture, and nowhere else.",
      praise: "The feature is a copy of the crossing, and the X has only one.",
      solved: onlyAtCrossing,
    },
    {
      id: "streak",
      text: `Tick “Guess first” and get ${STREAK} different results right in a row.`,
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

function onlyAtCrossing({ image, feature }, presets) {
  if (!same(image, presets.image.X)) return false;
  const ones = featureMap(image, feature).flatMap((line, r) => line.flatMap((value, c) => (close(value, 1) ? [[r, c]] : [])));
  return same(ones, [CENTRE]);
}

function close(value, wanted) {
  return Math.abs(value - wanted) < 1e-9;
}

function build({ stage, store, say, refuse, solve, signal }) {
  const window = windowDrag(store);
  const view = layout(stage, store, { onPress: window.press, signal });
  const guessing = guessPanel(store, { say, solve });
  view.guessPlace.append(guessing.element);
  window.byKey(view.image, signal);

  for (const [name, grid] of [["image", view.image], ["feature", view.feature]]) {
    grid.onEdit((edit) => store.set({ [name]: edit.values }, { group: edit.group }));
    grid.onRefuse(refuse);
  }
  const update = (state, before) => {
    const now = current(state);
    const hidden = guessing.update(state);
    view.update(state, now, hidden);
    if (before) say(whatChanged(before, state, now, hidden));
  };
  return { update };
}

/** Moving the window: a press inside it drags, arrow keys on its frame move it a pixel. */
function windowDrag(store) {
  const moveTo = (row, column, group) => {
    const inside = (name, value) => Math.max(store.rule(name).min, Math.min(store.rule(name).max, value));
    store.set({ row: inside("row", row), column: inside("column", column) }, { group });
  };
  let drags = 0;
  const press = (row, column) => {
    const { row: top, column: left, feature } = store.state;
    const [down, right] = [row - top, column - left];
    if (down < 0 || right < 0 || down >= feature.length || right >= feature[0].length) return null;
    const group = `window ${(drags += 1)}`;
    return { move: (r, c) => moveTo(r - down, c - right, group), end: (moved) => moved };
  };
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const byKey = (grid, signal) => {
    const frame = grid.frame(null);
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-roledescription", "movable window");
    frame.addEventListener("keydown", (event) => {
      if (!Object.hasOwn(steps, event.key)) return;
      event.preventDefault();
      const [down, right] = steps[event.key];
      moveTo(store.state.row + down, store.state.column + right, "window by keys");
    }, { signal });
  };
  return { press, byKey };
}

function layout(stage, store, { onPress, signal }) {
  const { image: pictures, feature: features } = store.presets;
  const pictureMenu = presetMenu("Picture", pictures, (image) => store.set({ image }));
  const featureMenu = presetMenu("Feature", features, (feature) => store.set({ feature }), FEATURE_NAMES);
  const guessFirst = checkbox("Guess first", (guess_first) => store.set({ guess_first }));
  stage.append(make("div", { class: "cl-controls" }, [pictureMenu.element, featureMenu.element, guessFirst.element]));

  const left = make("div", { class: "cl-side" });
  const right = make("div", { class: "cl-side cl-grow" });
  stage.append(make("div", { class: "cl-columns" }, [left, right]));

  const image = captionedGrid(left, "Image", { kind: "ink", editable: true, onPress, signal });
  const equation = make("div", { class: "cl-equation" });
  right.append(equation);
  const patch = captionedGrid(equation, "Patch", { kind: "ink", signal });
  equation.append(sign("×"));
  const feature = captionedGrid(equation, "Feature", { kind: "ink", editable: true, signal });
  equation.append(sign("="));
  const parts = captionedGrid(equation, "Products", { signal });
  const box = valueBox([image, feature]);
  left.append(box.element);

  const sum = make("p", { class: "cl-sum" });
  const result = make("p", { class: "cl-result" });
  const code = make("code", {});
  const guessPlace = make("div");
  const work = make("div", { class: "cl-work" });
  right.append(guessPlace, work);
  work.append(sum, result);
  const walk = player(work, {
    label: "Steps of the match",
    last: () => LAST_STEP,
    at: () => store.state.step,
    go: (step) => store.set({ step }, { group: "steps" }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }),
    signal,
  });
  right.append(make("p", { class: "cl-code" }, ["In numpy: ", code]));
  twins({ image, small: [patch, feature, parts] }, store);

  const update = (state, now, hidden) => {
    const pixels = count(state.feature);
    const shown = hidden ? 0 : Math.min(state.step, pixels);
    const { row, column } = state;
    image.show(state.image);
    feature.show(state.feature);
    patch.show(now.patch);
    parts.show(now.parts.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null))));
    const frame = image.frame({ row, column, height: state.feature.length, width: state.feature[0].length });
    frame.setAttribute("aria-label", `Window at row ${row + 1}, column ${column + 1}. Arrow keys move it.`);
    markStep({ image, patch, feature, parts }, state, hidden);
    work.hidden = hidden;
    sum.textContent = sumText(state, now, shown);
    result.replaceChildren(...(hidden ? [] : resultParts(state, now, pixels)));
    code.textContent = `np.sum(image[${row}:${row + 3}, ${column}:${column + 3}] * feature) / feature.size`;
    pictureMenu.show(state.image);
    featureMenu.show(state.feature);
    guessFirst.show(state.guess_first);
    box.update();
    walk.update();
  };
  return { image, feature, guessPlace, update };
}

/** Where one pixel is pointed at, its partners in the other grids light up. */
function twins({ image, small }, store) {
  const light = (row, column) => {
    const inside = row >= 0 && column >= 0 && row < 3 && column < 3;
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
  if (step < LAST_STEP) return [step === LAST_STEP - 1 ? `The sum is ${plain(sum)}. Next: divide by the ${pixels} pixels.` : "…"];
  return [`${plain(sum)} / ${pixels} = `, make("strong", { text: truncated(result) })];
}

function whatChanged(before, state, now, hidden) {
  const score = hidden ? "" : ` Result ${truncated(now.result)}.`;
  const old = truncated(current(before).result);
  const from = hidden ? "" : ` Result ${old} → ${truncated(now.result)}.`;
  const edited = changeText("Image", before.image, state.image) || changeText("Feature", before.feature, state.feature);
  if (edited) return edited + from;
  if (before.row !== state.row || before.column !== state.column) {
    return `Window at row ${state.row + 1}, column ${state.column + 1}.${score}`;
  }
  if (before.step !== state.step) return hidden ? "" : stepText(state, now);
  if (before.guess_first !== state.guess_first) return state.guess_first ? "Now guess: the result stays hidden until you do." : "";
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
function guessPanel(store, { say, solve }) {
  const input = make("input", { type: "text", class: "cl-number", inputmode: "text", autocomplete: "off" });
  const form = make("form", { class: "cl-guess-form" }, [
    make("label", { class: "cl-field" }, [make("span", { text: "Your guess, such as 5/9 or 0.55" }), input]),
    make("button", { type: "submit", class: "cl-button cl-primary", text: "Check" }),
  ]);
  const verdict = make("p", { class: "cl-verdict" });
  const element = make("div", { class: "cl-guess" }, [form, verdict]);
  const right = new Set();
  let answered = null;
  const question = ({ image, feature, row, column }) => JSON.stringify([patchAt(image, row, column, 3, 3), feature]);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = readGuess(input.value);
    if (guess === null) return say("Type a number or a fraction: 1, -0.11 or 5/9.");
    const { patch, result } = current(store.state);
    const judged = judge(guess, patch, store.state.feature);
    answered = { question: question(store.state), judged };
    if (!judged.right) right.clear();
    else right.add(truncated(result));
    const streak = judged.right && right.size > 1 ? ` ${right.size} in a row.` : "";
    store.refresh();
    say(judged.text + streak);
    if (right.size >= STREAK) solve("streak");
  });

  /** Draws the panel; true while the result must stay hidden. */
  const update = (state) => {
    const open = answered?.question === question(state);
    element.hidden = !state.guess_first;
    form.hidden = open;
    verdict.textContent = open ? `${answered.judged.text} Move the window for the next one.` : "What will this match give?";
    verdict.classList.toggle("is-right", open && answered.judged.right);
    verdict.classList.toggle("is-wrong", open && !answered.judged.right);
    if (!open && answered !== null) input.value = "";
    return state.guess_first && !open;
  };
  return { element, update };
}
