// What the voting lab shows: the boxes and grids of the weights, the list, the votes with their lines, the biases.

import { captionedGrid, choosing, valueBox } from "../kit/controls.js";
import { make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { replaced } from "../kit/state.js";
import { truncated } from "../mirror/printing.js";
import { FEATURES, LETTERS, placeOf, shownWeights, SIDE, UNITS, valueAt } from "./derived.js";
import { fan, heightOf } from "./fan.js";
import { printed, valueName } from "./words.js";

export const LEGEND =
  "Thick: a large weight. Faint: a small value. Solid: for, dashed: against. Blue lines help X, orange lines help O, grey lines lead to hidden units.";
const LEAST_FULL = 0.4; // a weight as large as this has the full colour, unless there are larger ones

/** The weights of the chosen value, a box for each that it votes for. They follow the pointer, which follows the state. */
export function weightBoxes(parent, store, pointer, refuse) {
  const name = make("span", { class: "cl-voting-chosen" });
  const boxes = [
    ...LETTERS.map((letter, which) => weightBox("weights", which, `Weight for ${letter}`)),
    ...Array.from({ length: UNITS }, (_, which) => weightBox("hidden_weights", which, `Weight for unit ${which + 1}`)),
  ];
  function weightBox(trait, which, text) {
    const put = (value) => {
      const values = withWeight(store.state[trait], which, pointer.chosen, value);
      return store.set({ [trait]: values }, { group: `${trait} ${which} ${pointer.chosen}` });
    };
    return { trait, which, ...numberBox(text, put, refuse) };
  }
  for (const box of boxes) sets({ [box.trait]: box });
  const fields = boxes.map(({ element }) => element);
  parent.append(
    make("div", { class: "cl-voting-boxes", role: "group", "aria-label": "Weights of the chosen value" }, [
      name,
      ...fields,
    ]),
  );
  const show = () => {
    const { state } = store;
    write(name, `Chosen: ${valueName(pointer.chosen)}`);
    for (const box of boxes) {
      box.element.hidden = (box.trait === "hidden_weights") !== state.hidden;
      box.show(state[box.trait][box.which][pointer.chosen]);
    }
  };
  pointer.shows(show);
}

function withWeight(weights, which, k, value) {
  return replaced(weights, which, replaced(weights[which], k, value));
}

/** A feature's pooled map, and the weights of its 16 values for whom the grids show. */
export function mapAndWeights(parent, feature, store, pointer, { refuse, signal }) {
  const { glyph, name } = FEATURES[feature];
  const block = make("div", { class: `cl-voting-feature cl-voting-${name}` });
  parent.append(block);
  const title = name[0].toUpperCase() + name.slice(1);
  const map = captionedGrid(block, `${title} pooled`, { print: printed, signal });
  map.caption.prepend(make("span", { class: "cl-voting-glyph", "aria-hidden": "true", text: `${glyph} ` }));
  const weights = captionedGrid(block, `${title} weights`, { editable: true, onPress: choosing, signal });
  const valueOf = (row, column) => valueAt(feature, row, column);
  const cellOf = (k) => {
    if (k === undefined || placeOf(k).feature !== feature) return null;
    return [placeOf(k).row, placeOf(k).column];
  };
  for (const grid of [map, weights]) pointer.attach(grid, valueOf, cellOf);
  sets({ "weights hidden_weights": weights });
  weights.onEdit(({ row, column, to, group }) => {
    const { name: trait, which } = shownWeights(store.state);
    store.set({ [trait]: withWeight(store.state[trait], which, valueOf(row, column), to) }, { group });
  });
  weights.onRefuse(refuse);
  const update = (state, now) => {
    map.show(now.maps[feature]);
    const { weights: all } = shownWeights(state);
    const rows = Array.from({ length: SIDE }, (_, row) => all.slice(valueOf(row, 0), valueOf(row, SIDE)));
    weights.show(rows, { full: Math.max(LEAST_FULL, ...all.map(Math.abs)) });
    write(weights.caption, `Weights for ${state.hidden ? `unit ${state.unit}` : state.shown}`);
  };
  return { update };
}

/** All values one under the other. */
export function valueList(parent, pointer, signal) {
  const options = { print: printed, place: (k) => valueName(k), signal };
  const grid = captionedGrid(parent, "The list", options);
  grid.block.classList.add("cl-voting-list");
  pointer.attach(
    grid,
    (k) => k,
    (k) => (k === undefined ? null : [k, 0]),
  );
  return { update: (_, now) => grid.show(now.values.map((value) => [value])) };
}

/** The lines, and the nodes that they lead to: a press on a node puts its weights into the grids. */
export function votes(parent, store, pointer, signal) {
  const lines = fan();
  const place = make("div", { class: "cl-voting-fan" }, [lines.element]);
  const choose = (changes) => store.set(changes, { undoable: false });
  const chooseLetter = (shown) => (store.state.hidden ? null : choose({ shown }));
  const letters = LETTERS.map((letter, which) =>
    node(place, `Vote for ${letter}`, { letter: which }, () => chooseLetter(letter), pointer, signal),
  );
  const units = Array.from({ length: UNITS }, (_, unit) =>
    node(place, `Unit ${unit + 1}`, { unit }, () => choose({ unit: unit + 1 }), pointer, signal),
  );
  for (const nodes of [letters, units])
    nodes.forEach(({ element }, which) => {
      element.classList.toggle("is-last", nodes === letters);
      element.style.setProperty("--height", String(heightOf(which, nodes.length)));
    });
  parent.append(make("div", { class: "cl-voting-votes" }, [make("p", { class: "cl-caption", text: "Votes" }), place]));
  pointer.shows(lines.point);
  const update = (state, now) => {
    lines.update(state, now);
    letters.forEach((one, which) => {
      one.show(now.votes[which], state.hidden ? null : state.shown === LETTERS[which]);
      one.element.classList.toggle("is-ahead", LETTERS[which] === now.answer);
    });
    units.forEach((one, unit) => {
      one.element.hidden = !state.hidden;
      if (state.hidden) one.show(now.units[unit], state.unit === unit + 1);
    });
  };
  return { update };
}

/** What lines lead to: a button with a name and a number. Pointed at, it lights up its lines, as `point` says. */
function node(parent, words, point, onclick, pointer, signal) {
  const number = make("span", { class: "cl-voting-number" });
  const element = make("button", { type: "button", class: "cl-voting-node", onclick, "aria-label": words });
  element.append(make("strong", { text: words.split(" ").at(-1) }), number);
  parent.append(element);
  const light = () => {
    pointer.at(point);
    element.setAttribute("aria-description", pointer.text);
  };
  for (const type of ["pointerenter", "focus"]) element.addEventListener(type, light, { signal });
  element.addEventListener("blur", pointer.leave, { signal });
  element.addEventListener("pointerleave", () => document.activeElement !== element && pointer.leave(), { signal });
  /** @param {number} value @param {boolean | null} isPressed  null where there is nothing to choose */
  const show = (value, isPressed) => {
    write(number, truncated(value));
    element.setAttribute("aria-label", `${words}: ${truncated(value)}`);
    if (isPressed === null) element.removeAttribute("aria-pressed");
    else element.setAttribute("aria-pressed", String(isPressed));
  };
  return { element, show };
}

/** What the votes begin with, and the weights behind the hidden units. */
export function smallGrids(parent, store, { refuse, signal }) {
  const block = make("div", { class: "cl-columns cl-voting-small" });
  parent.append(block);
  const unit = (at) => `unit ${at + 1}`;
  const grid = (label, place, traitOf) => {
    const made = captionedGrid(block, label, { editable: true, onPress: choosing, place, signal });
    made.onRefuse(refuse);
    made.onEdit(({ values, group }) => {
      const trait = traitOf(store.state);
      store.set({ [trait]: trait === "out_weights" ? values : values[0] }, { group });
    });
    return made;
  };
  const biasOf = ({ hidden }) => (hidden ? "out_bias" : "bias");
  const bias = grid("Biases of X and O", (_, at) => `bias of ${LETTERS[at]}`, biasOf);
  const inner = grid(
    "Biases of the units",
    (_, at) => `bias of ${unit(at)}`,
    () => "hidden_bias",
  );
  const outer = grid(
    "Weights of the units, for X above, for O below",
    (row, at) => `weight of ${unit(at)} for ${LETTERS[row]}`,
    () => "out_weights",
  );
  sets({ "bias out_bias": bias, hidden_bias: inner, out_weights: outer });
  const boxes = [valueBox([bias], refuse), valueBox([inner], refuse), valueBox([outer], refuse)];
  [bias, inner, outer].forEach(({ block: column }, at) => column.append(boxes[at].element));
  const update = (state) => {
    bias.show([state[biasOf(state)]]);
    inner.show([state.hidden_bias]);
    outer.show(state.out_weights, { full: 2 });
    for (const { block: column } of [inner, outer]) column.hidden = !state.hidden;
    for (const box of boxes) box.update();
  };
  return { update };
}
