// Chapter 2's lab: one feature on one patch, multiplied pixel by pixel, added up, divided.

import { chapterAddress } from "../kit/address.js";
import { lab } from "../kit/card.js";
import { between } from "../kit/cells.js";
import { captionedGrid, presetMenu, sign, valueBox } from "../kit/controls.js";
import { checkbox, make } from "../kit/dom.js";
import { encode } from "../kit/link.js";
import { sets } from "../kit/locks.js";
import { player } from "../kit/player.js";
import { movableWindow, WINDOW_KEYS } from "../kit/window.js";
import { count } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";
import { current, inToy, isOpposite, LAST_STEP, onlyAtTheTip, oppositeSoFar, windowOf } from "./derived.js";
import { guessPanel } from "./guess_panel.js";
import { FEATURE_NAMES, numpyLine, sumText, whatChanged } from "./words.js";

export default lab({
  task: "Drag the window, or move it with the arrow keys. Click a pixel of the picture or of the feature to flip it; drag over pixels to paint; or type numbers.",
  keys: [WINDOW_KEYS],
  challenges: {
    opposite: { solved: isOpposite, progress: oppositeSoFar },
    tip: { solved: onlyAtTheTip },
    streak: {},
  },
  build,
});

function build({ stage, store, hasKernel, say, refuse, hush, solve, signal }) {
  const window = movableWindow(
    () => windowOf(store.state),
    (row, column, group) => {
      store.set({ row: between(row, store.rule("row")), column: between(column, store.rule("column")) }, { group });
    },
  );
  const view = layout(stage, store, { window, refuse, hush, signal });
  const door = toyDoor(view.side, store, hasKernel);
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
    door.update(state);
    const text = before ? whatChanged(before, state, now, hidden) : "";
    if (text) say(text);
  };
  return { update, reset: guessing.reset };
}

function layout(stage, store, { window, refuse, hush, signal }) {
  const menus = settings(stage, store);
  const [left, right] = ["cl-side", "cl-side cl-grow"].map((name) => make("div", { class: name }));
  stage.append(make("div", { class: "cl-columns" }, [left, right]));

  const image = captionedGrid(left, "Image", { kind: "ink", editable: true, onPress: window.onPress, signal });
  window.attach(image, signal);
  const { patch, feature, parts } = equation(right, signal);
  sets({ image, feature });
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
  return { image, feature, guessPlace, side: right, update };
}

/** The way into chapter 0's lab, with the reader's feature; beside a kernel there are no pages to lead to. */
function toyDoor(parent, store, hasKernel) {
  const link = make("a", { href: "#" });
  parent.append(make("p", { class: "cl-note cl-door", hidden: hasKernel }, [link]));
  const update = (state) => {
    const { place, features } = inToy(state, store.presets);
    link.textContent = `Send this feature to the toy network of chapter 0, in place of its ${place}`;
    link.setAttribute("href", chapterAddress(`00_intro.html#lab-playground=${encode({ features })}`));
  };
  return { update };
}

function settings(parent, store) {
  const { image: pictures, feature: features } = store.presets;
  const picture = presetMenu("Choose a picture", pictures, (image) => store.set({ image }));
  const feature = presetMenu("Choose a feature", features, (values) => store.set({ feature: values }), FEATURE_NAMES);
  const guessFirst = checkbox("Guess first", (guess_first) => store.set({ guess_first }));
  sets({ image: picture, feature, guess_first: guessFirst });
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

function resultParts({ step }, { sum, result }, pixels) {
  if (step < LAST_STEP)
    return [step === LAST_STEP - 1 ? `The sum is ${plain(sum)}. Next: divide by the ${pixels} pixels.` : "…"];
  return [`${plain(sum)} / ${pixels} = `, make("strong", { text: truncated(result) })];
}
