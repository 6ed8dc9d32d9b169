// Chapter 3's lab: every possible match of every feature, and where each number comes from.

import { lab } from "../kit/card.js";
import { hideFrom } from "../kit/cells.js";
import { captionedGrid, presetMenu, valueBox } from "../kit/controls.js";
import { button, checkbox, choice, make, setReady } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { change, filled, isFilled, mapWalk } from "../kit/map_walk.js";
import { numberBox } from "../kit/number_box.js";
import { replaced, same } from "../kit/state.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { cellOfWindow, movableWindow, WINDOW_KEYS } from "../kit/window.js";
import { writtenSum } from "../kit/words.js";
import { patchAt, products } from "../mirror/filtering.js";
import { count, total } from "../mirror/matrix.js";
import { plain } from "../mirror/printing.js";
import {
  changedByFlip,
  chosenIndex,
  copiedSoFar,
  current,
  fedBy,
  findsEyesAndNose,
  fullColour,
  isCopy,
  isFiveByFive,
  isPadding,
  sizeSoFar,
  paddingCells,
} from "./derived.js";
import {
  FEATURE_NAMES,
  feedsText,
  flipText,
  habitOf,
  nameOf,
  numpyLine,
  origin,
  placeName,
  printed,
  summaryOf,
  whatChanged,
} from "./words.js";

const PICTURE_NAMES = { face: "face (lecture, 7x7)", binary: "0s and 1s (lecture, 7x7)" };
const ONE_STAYS = "One feature has to stay.";
const POINT_AT_PIXEL = "Point at a pixel: the map cells that it feeds get a dashed frame.";

export default lab({
  task: "Point at a cell of the map to see the patch that it comes from. Drag the window, or move it with the arrow keys. Click pixels of the picture and of the feature to change them.",
  keys: [WINDOW_KEYS],
  challenges: {
    "five-by-five": { solved: isFiveByFive, progress: sizeSoFar },
    copy: { solved: isCopy, progress: copiedSoFar },
    face: { solved: (state, presets) => same(state.image, presets.image.face) && findsEyesAndNose(state) },
  },
  build,
});

function build({ stage, store, say, refuse, hush, signal }) {
  const controls = settings(stage, store, refuse);
  const view = layout(stage, store, { refuse, hush, signal });
  const update = (state, before) => {
    const now = current(state);
    controls.update(state, now);
    view.update(state, now);
    const text = before ? whatChanged(before, state, now, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function settings(stage, store, refuse) {
  const sizes = (numbers) => numbers.map((number) => [String(number), String(number)]);
  const picture = presetMenu(
    "Choose a picture",
    store.presets.image,
    (image) => change(store, { image }),
    PICTURE_NAMES,
  );
  const stride = choice("Stride", sizes([1, 2, 3]), (value) => change(store, { stride: Number(value) }));
  const padding = choice("Padding with zeros", sizes([0, 1, 2]), (value) => change(store, { padding: Number(value) }));
  const divide = checkbox("Divide by 9", (on) => change(store, { divide: on }));
  const addBias = checkbox("Add a bias", (on) => change(store, { add_bias: on }));
  const bias = numberBox(
    "Bias of this feature",
    (value) => {
      const chosen = chosenIndex(store.state);
      return change(store, { bias: replaced(store.state.bias, chosen, value) }, `bias ${chosen}`);
    },
    refuse,
  );
  const flipped = checkbox("Flip the features", (on) => change(store, { flip_features: on }));
  sets({ image: picture, stride, padding, divide, add_bias: addBias, bias, flip_features: flipped });
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

function layout(stage, store, { refuse, hush, signal }) {
  const columns = make("div", { class: "cl-columns cl-main cl-convolution" });
  stage.classList.add("cl-flow");
  stage.append(columns);
  const [left, middle, right] = [0, 1, 2].map(() => columns.appendChild(make("div", { class: "cl-side" })));
  const picture = pictureWithWindow(left, store, signal);
  const feature = captionedGrid(middle, "Feature", { kind: "ink", editable: true, signal });
  const stack = featureStack(middle, store, refuse);
  const map = chosenMap(right, store, signal);
  const feeds = make("p", { class: "cl-note", text: POINT_AT_PIXEL });
  sets({ image: picture.grid, features: feature });
  const box = valueBox([picture.grid, feature], refuse);
  left.append(feeds, box.element);
  const parts = [
    picture,
    stack,
    map,
    mapWalk(stage, store, { label: "Cells filled in", now: () => current(store.state), hush, signal }),
    accountOf(stage),
    mapStack(stage, store),
    box,
  ];
  listen({ image: picture.grid, feature, map: map.grid, feeds }, store, refuse);

  const update = (state, now) => {
    feature.show(state.features[now.index]);
    for (const part of parts) part.update(state, now);
  };
  return { update };
}

/** The picture in its border of padding, and the window on it. */
function pictureWithWindow(parent, store, signal) {
  const window = movableWindow(
    () => current(store.state).box,
    (row, column, group) => moveWindow(store, row, column, group),
    { border: () => store.state.padding },
  );
  const grid = captionedGrid(parent, "Image", {
    kind: "ink",
    editable: true,
    onPress: window.onPress,
    place: (row, column) => placeName(store.state, row, column),
    locked: (row, column) =>
      isPadding(store.state, row, column) ? "Padding is always 0: edit the picture inside it." : null,
    signal,
  });
  window.attach(grid, signal);
  const update = (state, now) => {
    const { image, padding } = state;
    const border = padding ? ` with a border of ${padding}` : "";
    grid.caption.textContent = `Image, ${image.length} x ${image[0].length}${border}`;
    grid.show(now.padded);
    window.update();
    grid.mark("padding", paddingCells(state, now.padded));
  };
  return { grid, update };
}

/** The map of the chosen feature, as far as it is filled in. */
function chosenMap(parent, store, signal) {
  const grid = captionedGrid(parent, "Feature map", {
    print: (value) => printed(store.state, value),
    more: (row, column) => origin(store.state, row, column),
    signal,
  });
  const unfilled = grid.block.appendChild(make("p", { class: "cl-note", text: "Press Play or Step: it grows here." }));
  const update = (state, now) => {
    const all = filled(state, now);
    grid.caption.textContent = all === 0 ? "Feature map" : `Feature map, ${now.rows} x ${now.columns}`;
    grid.holder.hidden = all === 0; // its size may be what the reader is to guess
    unfilled.hidden = all > 0;
    grid.show(hideFrom(now.map, all), { full: fullColour(state, now) });
    grid.mark("chosen", [[now.cell.row, now.cell.column]]);
    grid.mark("changed", changedByFlip(state));
  };
  return { grid, update };
}

function listen({ image, feature, map, feeds }, store, refuse) {
  for (const grid of [image, feature]) grid.onRefuse(refuse);
  image.onEdit(({ values, group }) => {
    const border = store.state.padding;
    const size = store.state.image;
    change(store, { image: patchAt(values, border, border, size.length, size[0].length) }, group);
  });
  feature.onEdit(({ values, group }) => {
    change(store, { features: replaced(store.state.features, chosenIndex(store.state), values) }, group);
  });
  map.onPoint((row, column) => store.set({ row, column }, { undoable: false }));
  image.onPoint((row, column) => {
    const now = current(store.state);
    if (filled(store.state, now) === 0) return; // the map's size may be what the reader is to guess
    const cells = fedBy(store.state, row, column);
    map.mark("fed", cells);
    feeds.textContent = feedsText(cells, count(now.map));
  });
  image.onLeave(() => {
    map.mark("fed", []);
    feeds.textContent = POINT_AT_PIXEL;
  });
}

/** Where the window goes, the map cell under it is chosen. */
function moveWindow(store, row, column, group) {
  const { rows, columns, cell, box } = current(store.state);
  const { stride } = store.state;
  const place = {
    row: cellOfWindow(row, { from: box.row, cell: cell.row, cells: rows, stride }, group),
    column: cellOfWindow(column, { from: box.column, cell: cell.column, cells: columns, stride }, group),
  };
  store.set(place, { undoable: false });
}

/** The menu, Add and Remove for the features of the stack. */
function featureStack(parent, store, refuse) {
  const { max: last } = store.rule("chosen");
  const full = `The stack is full: ${last + 1} features at most.`;
  const replace = (values) => {
    change(store, { features: replaced(store.state.features, chosenIndex(store.state), values) });
  };
  const add = () => {
    const { features } = store.state;
    if (features.length > last) return refuse(full);
    change(store, { features: [...features, store.presets.feature.zeros], chosen: features.length });
  };
  const remove = () => {
    const { features } = store.state;
    if (features.length === 1) return refuse(ONE_STAYS);
    const index = chosenIndex(store.state);
    const bias = [...store.state.bias.filter((_, which) => which !== index), 0];
    change(store, { features: features.filter((_, which) => which !== index), bias, chosen: Math.max(0, index - 1) });
  };
  const menu = presetMenu("Choose a feature", store.presets.feature, replace, FEATURE_NAMES);
  const addButton = button("Add a feature", add);
  const removeButton = button("Remove", remove);
  sets({ features: [menu, addButton, removeButton] });
  const flippedNote = make("p", { class: "cl-note" });
  parent.prepend(menu.element);
  parent.append(flippedNote, make("div", { class: "cl-buttons" }, [addButton, removeButton]));

  const update = (state, now) => {
    menu.show(state.features[now.index]);
    flippedNote.textContent = state.flip_features ? "Laid on after half a turn." : "";
    setReady(addButton, state.features.length > last ? full : null);
    setReady(removeButton, state.features.length === 1 ? ONE_STAYS : null);
  };
  return { update };
}

/** The chosen cell's arithmetic: written out, and as a line of numpy. */
function accountOf(parent) {
  const sentence = make("p", { class: "cl-sum" });
  const result = make("p", { class: "cl-result" });
  const code = make("code");
  parent.append(
    make("div", { class: "cl-account" }, [
      sentence,
      result,
      make("p", { class: "cl-code" }, ["In numpy, which counts from 0: ", code]),
    ]),
  );
  const update = (state, now) => {
    const { cell, patch, kernel } = now;
    // Before the first step, an edit is answered by the sum alone: the map's size stays to be guessed.
    const isAhead = filled(state, now) === 0;
    const isShown = isAhead || isFilled(state, now);
    const value = now.map[cell.row][cell.column];
    const sum = plain(total(products(patch, kernel)));
    const place = isAhead ? "Under the window" : `Map row ${cell.row + 1}, column ${cell.column + 1}`;
    sentence.textContent = isShown
      ? `${place}: ${writtenSum(patch, kernel)} = ${sum}`
      : "This cell of the map is not filled in yet: press Step.";
    const steps = [
      sum,
      state.divide ? `/ ${count(kernel)}` : "",
      state.add_bias ? `+ ${plain(state.bias[now.index])}` : "",
    ];
    const written = steps.filter(Boolean);
    const start = written.length === 1 ? "Sum: " : `${written.join(" ")} = `;
    const ahead = isAhead ? [". Step by step, such numbers fill the map."] : [];
    result.replaceChildren(start, make("strong", { text: printed(state, value) }), ...ahead);
    result.hidden = !isShown;
    code.textContent = numpyLine(state, now);
  };
  return { update };
}

/** One small map for each feature: the stack that the layer puts out. Choosing one shows it large. */
function mapStack(parent, store) {
  const title = make("p", { class: "cl-caption" });
  const row = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Maps of the stack" });
  sets({ chosen: row });
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
      const caption = nameOf(store.presets, features[index]);
      const map = hideFrom(now.maps[index], filled(state, now));
      const options = {
        caption: `${index + 1}: ${caption}`,
        summary: summaryOf(state, map),
        full: fullColour(state, now),
      };
      thumbnail.show(map, { ...options, chosen: index === now.index });
    });
  };
  return { update };
}
