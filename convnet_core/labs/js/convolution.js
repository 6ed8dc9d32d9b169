// Chapter 3's lab: every possible match of every feature, and where each number comes from.

import { button, checkbox, choice, make, numberBox } from "./dom.js";
import { lab } from "./lab.js";
import { convolve, count, flip, outputSize, pad, patchAt, plain, products, total, truncated } from "./ops.js";
import { captionedGrid, cellsOf, changedCells, changeText, presetMenu, presetOf, valueBox, writtenSum } from "./parts.js";
import { player } from "./player.js";
import { same } from "./store.js";
import { Thumbnail } from "./thumbnail.js";

const FEATURE_NAMES = {
  backslash: "\\ backslash",
  cross: "x cross",
  slash: "/ slash",
  detector1: "lecture's detector 1",
  detector2: "lecture's detector 2",
  ones: "all ones",
  plus: "plus sign",
  zeros: "all zeros",
};
const PICTURE_NAMES = { face: "face (lecture, 7x7)", binary: "0s and 1s (lecture, 7x7)" };
const POINT_AT_PIXEL = "Point at a pixel: the map cells that it feeds get a frame.";
const EYES_AND_NOSE = [[0, 0], [0, 4], [2, 2]];

export default lab({
  name: "convolution",
  title: "Convolution lab",
  task: "Point at a cell of the map to see which patch it comes from. Point at a pixel to see which cells it feeds. Click pixels and features to change them.",
  challenges: [
    {
      id: "same-size",
      text: "Get a map as large as the picture.",
      praise: "A border of zeros, one pixel wide, makes up for what a 3x3 feature loses at the edge.",
      solved: (state) => state.stride === 1 && same(mapShape(state), [state.image.length, state.image[0].length]),
    },
    {
      id: "copy",
      text: "Draw a feature whose map is the picture itself: every number of the map equals the pixel under the middle of the window.",
      praise: "All weight on the middle pixel: each patch hands on its middle and ignores the rest.",
      solved: isCopy,
    },
    {
      id: "face",
      text: "Take the face. Draw a feature whose largest value is at the two eyes and the nose, and nowhere else.",
      praise: "The feature asks for a pixel with nothing around it. The mouth has neighbours, and they cost it points.",
      solved: (state, presets) => same(state.image, presets.image.face) && findsEyesAndNose(state),
    },
  ],
  build,
});

/** Everything that follows from the state; computed once for each change. */
function current(state) {
  const index = chosenIndex(state);
  const maps = state.features.map((_, which) => mapOf(state, which));
  const [rows, columns] = [maps[0].length, maps[0][0].length];
  const cell = { row: Math.min(state.row, rows - 1), column: Math.min(state.column, columns - 1) };
  const kernel = kernelOf(state, index);
  const box = { row: cell.row * state.stride, column: cell.column * state.stride, height: kernel.length, width: kernel[0].length };
  const padded = pad(state.image, state.padding);
  const patch = patchAt(padded, box.row, box.column, box.height, box.width);
  return { index, maps, map: maps[index], rows, columns, cell, kernel, box, padded, patch };
}

function chosenIndex({ chosen, features }) {
  return Math.min(chosen, features.length - 1);
}

function kernelOf({ features, flip_features }, index) {
  return flip_features ? flip(features[index]) : features[index];
}

function mapOf(state, index) {
  const kernel = kernelOf(state, index);
  const divisor = state.divide ? count(kernel) : 1;
  const bias = state.add_bias ? state.bias[index] : 0;
  return convolve(state.image, kernel, { stride: state.stride, padding: state.padding, divisor, bias });
}

function mapShape({ image, features, stride, padding }) {
  const [height, width] = [features[0].length, features[0][0].length];
  return [outputSize(image.length, height, stride, padding), outputSize(image[0].length, width, stride, padding)];
}

/** On the slides' pictures only: a blank one would be copied by any feature whose numbers add up to one. */
function isCopy(state, presets) {
  const known = presetOf(presets.image, state.image);
  if (known === null || known === "blank" || state.stride !== 1) return false;
  const edge = 1 - state.padding;
  const inner = edge === 1 ? patchAt(state.image, 1, 1, state.image.length - 2, state.image[0].length - 2) : pad(state.image, -edge);
  return same(mapOf(state, chosenIndex(state)), inner);
}

function findsEyesAndNose(state) {
  if (state.stride !== 1 || state.padding !== 0) return false;
  const map = mapOf(state, chosenIndex(state));
  const largest = Math.max(...map.flat());
  const where = map.flatMap((line, r) => line.flatMap((value, c) => (value === largest ? [[r, c]] : [])));
  return same(where, EYES_AND_NOSE);
}

/** The step at which every map is full, however large. */
function everyCell(store) {
  return store.rule("step").max;
}

/** How many map cells are filled in: all of them, unless the reader walks. */
function filled({ step }, { rows, columns }) {
  return Math.min(step, rows * columns);
}

function build({ stage, store, say, refuse, signal }) {
  const controls = settings(stage, store);
  const view = layout(stage, store, { refuse, signal });
  const update = (state, before) => {
    const now = current(state);
    controls.update(state, now);
    view.update(state, now);
    const text = before ? whatChanged(before, state, now) : "";
    if (text) say(text);
  };
  return { update };
}

function settings(stage, store) {
  const sizes = (numbers) => numbers.map((number) => [String(number), String(number)]);
  const picture = presetMenu("Picture", store.presets.image, (image) => store.set({ image, step: everyCell(store) }), PICTURE_NAMES);
  const stride = choice("Stride", sizes([1, 2, 3]), (value) => store.set({ stride: Number(value), step: everyCell(store) }));
  const padding = choice("Padding with zeros", sizes([0, 1, 2]), (value) => store.set({ padding: Number(value), step: everyCell(store) }));
  const divide = checkbox("Divide by 9", (on) => store.set({ divide: on }));
  const addBias = checkbox("Add a bias", (on) => store.set({ add_bias: on }));
  const range = store.rule("bias");
  const bias = numberBox("Bias of this feature", { min: range.min, max: range.max, step: 0.5 }, (value) => {
    store.set({ bias: store.state.bias.map((old, index) => (index === chosenIndex(store.state) ? value : old)) }, { group: "bias" });
  });
  const flipped = checkbox("Flip the features", (on) => store.set({ flip_features: on }));
  const habit = make("p", { class: "cl-note" });
  const lines = [
    [picture.element, stride.element, padding.element],
    [divide.element, addBias.element, bias.element, flipped.element],
  ];
  for (const line of lines) stage.append(make("div", { class: "cl-controls" }, line));
  stage.append(habit);

  const update = (state, now) => {
    picture.show(state.image);
    stride.show(String(state.stride));
    padding.show(String(state.padding));
    divide.show(state.divide);
    addBias.show(state.add_bias);
    bias.element.hidden = !state.add_bias;
    bias.show(state.bias[now.index]);
    flipped.show(state.flip_features);
    habit.textContent = `${habitOf(state)} ${flipText(state, now)}`;
  };
  return { update };
}

function habitOf({ divide, add_bias }) {
  if (divide && add_bias) return "Dividing and adding a bias: nobody does both, but nothing forbids it.";
  if (divide) return "This is how the slides count: the sum is divided by the 9 pixels, and there is no bias.";
  if (add_bias) return "This is how a layer counts today: the plain sum, plus a bias that is learned.";
  return "This is how the lecture counts: the plain sum.";
}

function flipText(state, { index, map }) {
  if (!state.flip_features) return "";
  const cells = changedCells(mapOf({ ...state, flip_features: false }, index), map).length;
  if (cells === 0) return "Flipped, and no cell changes: half a turn leaves this feature as it is.";
  return `Flipped: ${cells} of ${count(map)} cells differ from the map without the flip. They have a dot.`;
}

function layout(stage, store, { refuse, signal }) {
  const columns = make("div", { class: "cl-columns cl-convolution" });
  stage.append(columns);
  const [left, middle, right] = [0, 1, 2].map(() => columns.appendChild(make("div", { class: "cl-side" })));

  const image = captionedGrid(left, "Image", {
    kind: "ink",
    editable: true,
    place: (row, column) => placeName(store.state, row, column),
    locked: (row, column) => (isPadding(store.state, row, column) ? "Padding is always 0: edit the picture inside it." : null),
    signal,
  });
  const feature = captionedGrid(middle, "Feature", { kind: "ink", editable: true, signal });
  const stack = featureStack(middle, store);
  const map = captionedGrid(right, "Feature map", { print: (value) => printed(store.state, value), signal });
  const feeds = make("p", { class: "cl-note", "aria-live": "polite", text: POINT_AT_PIXEL });
  const box = valueBox([image, feature]);
  left.append(feeds, box.element);
  const walk = scanner(stage, store, signal);
  const account = accountOf(stage);
  const thumbnails = mapStack(stage, store);
  listen({ image, feature, map, feeds }, store, refuse);

  const update = (state, now) => {
    const { height, width } = now.box;
    const all = filled(state, now);
    image.caption.textContent = `Image, ${state.image.length} x ${state.image[0].length}${state.padding ? ` with a border of ${state.padding}` : ""}`;
    image.show(now.padded);
    image.frame({ ...now.box, height, width });
    image.mark("padding", paddingCells(state, now.padded));
    feature.show(state.features[now.index]);
    stack.update(state, now);
    map.caption.textContent = `Feature map, ${now.rows} x ${now.columns}`;
    map.show(hideFrom(now.map, all), { full: fullColour(state, now) });
    map.mark("chosen", [[now.cell.row, now.cell.column]]);
    map.mark("changed", state.flip_features ? changedCells(mapOf({ ...state, flip_features: false }, now.index), now.map) : []);
    account.update(state, now, now.cell.row * now.columns + now.cell.column < all);
    thumbnails.update(state, now);
    walk.update();
    box.update();
  };
  return { update };
}

function listen({ image, feature, map, feeds }, store, refuse) {
  for (const grid of [image, feature]) grid.onRefuse(refuse);
  image.onEdit(({ values, group }) => {
    const border = store.state.padding;
    const size = store.state.image;
    store.set({ image: patchAt(values, border, border, size.length, size[0].length) }, { group });
  });
  feature.onEdit(({ values, group }) => {
    const { features } = store.state;
    const index = chosenIndex(store.state);
    store.set({ features: features.map((old, which) => (which === index ? values : old)) }, { group });
  });
  map.onPoint((row, column) => store.set({ row, column }, { undoable: false }));
  image.onPoint((row, column) => {
    const cells = fedBy(store.state, row, column);
    map.mark("fed", cells);
    feeds.textContent = `This pixel is part of ${cells.length} ${cells.length === 1 ? "patch" : "patches"}, so it feeds ${cells.length} of ${count(current(store.state).map)} map cells.`;
  });
  image.onLeave(() => {
    map.mark("fed", []);
    feeds.textContent = POINT_AT_PIXEL;
  });
}

/** The map cells whose patch holds the (padded) pixel at (row, column). */
function fedBy(state, row, column) {
  const now = current(state);
  const { height, width } = now.box;
  const cells = [];
  for (let r = 0; r < now.rows; r++) {
    for (let c = 0; c < now.columns; c++) {
      const [down, right] = [row - r * state.stride, column - c * state.stride];
      if (down >= 0 && down < height && right >= 0 && right < width) cells.push([r, c]);
    }
  }
  return cells;
}

function isPadding({ image, padding }, row, column) {
  const inside = (at, size) => at >= padding && at < padding + size;
  return !inside(row, image.length) || !inside(column, image[0].length);
}

function paddingCells(state, padded) {
  const all = cellsOf({ row: 0, column: 0, height: padded.length, width: padded[0].length });
  return state.padding === 0 ? [] : all.filter(([row, column]) => isPadding(state, row, column));
}

function placeName(state, row, column) {
  if (isPadding(state, row, column)) return "padding";
  return `row ${row - state.padding + 1}, column ${column - state.padding + 1}`;
}

/** Divided maps print as on the slides, sums as short as they go. */
function printed({ divide }, value) {
  return divide ? truncated(value) : plain(value);
}

function fullColour({ divide }, { maps }) {
  return divide ? 1 : Math.max(1, ...maps.flat(2).map(Math.abs));
}

function hideFrom(map, shown) {
  return map.map((line, r) => line.map((value, c) => (r * line.length + c < shown ? value : null)));
}

/** The menu, Add and Remove for the features of the stack. */
function featureStack(parent, store) {
  const { max: last } = store.rule("chosen");
  const replace = (values) => {
    const index = chosenIndex(store.state);
    store.set({ features: store.state.features.map((old, which) => (which === index ? values : old)) });
  };
  const add = () => {
    const { features } = store.state;
    if (features.length > last) return;
    store.set({ features: [...features, store.presets.feature.zeros], chosen: features.length });
  };
  const remove = () => {
    const { features } = store.state;
    if (features.length === 1) return;
    const index = chosenIndex(store.state);
    const bias = [...store.state.bias.filter((_, which) => which !== index), 0];
    store.set({ features: features.filter((_, which) => which !== index), bias, chosen: Math.max(0, index - 1) });
  };
  const menu = presetMenu("Feature", store.presets.feature, replace, FEATURE_NAMES);
  const addButton = button("Add a feature", add);
  const removeButton = button("Remove", remove);
  const flippedNote = make("p", { class: "cl-note" });
  parent.prepend(menu.element);
  parent.append(flippedNote, make("div", { class: "cl-buttons" }, [addButton, removeButton]));

  const update = (state, now) => {
    menu.show(state.features[now.index]);
    flippedNote.textContent = state.flip_features ? "Laid on after half a turn." : "";
    addButton.setAttribute("aria-disabled", String(state.features.length > last));
    removeButton.setAttribute("aria-disabled", String(state.features.length === 1));
  };
  return { update };
}

/** The walk over the map: each step fills in one more cell and explains it. */
function scanner(parent, store, signal) {
  const cells = () => count(current(store.state).map);
  const go = (step) => {
    const { columns } = current(store.state);
    const at = Math.max(0, step - 1);
    store.set({ step: step >= cells() ? everyCell(store) : step, row: Math.floor(at / columns), column: at % columns }, { group: "walk" });
  };
  return player(parent, {
    label: "Cells filled in",
    last: cells,
    at: () => filled(store.state, current(store.state)),
    go,
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }),
    signal,
  });
}

/** The chosen cell's arithmetic: written out, and as a line of numpy. */
function accountOf(parent) {
  const sentence = make("p", { class: "cl-sum" });
  const result = make("p", { class: "cl-result" });
  const code = make("code");
  parent.append(make("div", { class: "cl-account" }, [sentence, result, make("p", { class: "cl-code" }, ["In numpy: ", code])]));
  const update = (state, now, isFilled) => {
    const { cell, patch, kernel } = now;
    const value = now.map[cell.row][cell.column];
    const sum = plain(total(products(patch, kernel)));
    const place = `Map row ${cell.row + 1}, column ${cell.column + 1}`;
    sentence.textContent = isFilled ? `${place}: ${writtenSum(patch, kernel)} = ${sum}` : `${place} is not filled in yet: press Step.`;
    const steps = [sum, state.divide ? `/ ${count(kernel)}` : "", state.add_bias ? `+ ${plain(state.bias[now.index])}` : ""];
    const written = steps.filter(Boolean).join(" ");
    result.replaceChildren(`${written} = `, make("strong", { text: printed(state, value) }));
    result.hidden = !isFilled;
    code.textContent = numpyLine(state, now);
  };
  return { update };
}

function numpyLine(state, { box, index }) {
  const rows = `${box.row}:${box.row + box.height}`;
  const columns = `${box.column}:${box.column + box.width}`;
  const picture = state.padding ? "padded" : "image";
  const feature = state.flip_features ? "feature[::-1, ::-1]" : "feature";
  const divided = state.divide ? " / feature.size" : "";
  const bias = state.add_bias ? ` + ${plain(state.bias[index])}` : "";
  return `np.sum(${picture}[${rows}, ${columns}] * ${feature})${divided}${bias}`;
}

/** One small map for each feature: the stack that the layer puts out. Choosing one shows it large. */
function mapStack(parent, store) {
  const title = make("p", { class: "cl-caption" });
  const row = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Maps of the stack" });
  parent.append(make("div", { class: "cl-stack" }, [title, row]));
  const shown = [];
  const update = (state, now) => {
    const { features } = state;
    title.textContent = `The stack: ${features.length} ${features.length === 1 ? "feature, one map" : "features, a map for each"}. Choose one to see it large.`;
    while (shown.length > features.length) shown.pop().element.remove();
    while (shown.length < features.length) {
      const index = shown.length;
      shown.push(new Thumbnail(row, () => store.set({ chosen: index }, { undoable: false })));
    }
    shown.forEach((thumbnail, index) => {
      const name = presetOf(store.presets.feature, features[index]);
      const caption = name === null ? "your own" : FEATURE_NAMES[name];
      thumbnail.show(hideFrom(now.maps[index], filled(state, now)), { caption: `${index + 1}: ${caption}`, full: fullColour(state, now), chosen: index === now.index });
    });
  };
  return { update };
}

function whatChanged(before, state, now) {
  const old = current(before);
  if (before.image.length !== state.image.length) return mapSizeText(now);
  const edit = changeText("Image", before.image, state.image);
  if (edit) return `${edit} ${mapChange(old, now)}`;
  if (before.features.length === state.features.length) {
    const index = now.index;
    const featureEdit = changeText("Feature", before.features[index], state.features[index]);
    if (featureEdit) return `${featureEdit} ${mapChange(old, now)}`;
  }
  if (old.rows !== now.rows || old.columns !== now.columns) return mapSizeText(now);
  if (before.step !== state.step) return cellText(state, now);
  if (before.row !== state.row || before.column !== state.column) return ""; // the account beside it says it all
  if (before.chosen !== state.chosen) return `Feature ${now.index + 1} of ${state.features.length}.`;
  return mapChange(old, now);
}

function cellText(state, { cell, map }) {
  return `Map row ${cell.row + 1}, column ${cell.column + 1}: ${printed(state, map[cell.row][cell.column])}.`;
}

function mapSizeText({ rows, columns }) {
  return `The map is now ${rows} x ${columns}.`;
}

/** How the map moved, and old value to new where one cell tells the story. */
function mapChange(old, now) {
  if (old.rows !== now.rows || old.columns !== now.columns) return mapSizeText(now);
  const cells = changedCells(old.map, now.map);
  if (cells.length === 0) return "No cell of this map changes.";
  const { row, column } = now.cell;
  const own = cells.some(([r, c]) => r === row && c === column)
    ? ` The chosen one: ${truncated(old.map[row][column])} → ${truncated(now.map[row][column])}.`
    : "";
  return `${cells.length} of ${count(now.map)} map cells change.${own}`;
}
