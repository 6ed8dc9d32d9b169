// One block of hidden units: at most one of the four is on.

import { draggable } from "../kit/controls.js";
import { button, make, setReady, setVariable, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { tellSlider } from "../kit/tell_slider.js";
import { probability } from "../kit/words.js";
import { blockOf, drawsOf, NONE } from "./derived.js";
import { drawnText, inputText, lastText, pooledText, signed, UNITS } from "./words.js";

const MANY = 100;
const STEP = 0.1;

/** @param {import("../kit/store.js").Store} store */
export function blockTab(store) {
  const units = UNITS.slice(0, NONE).map((_, at) => unitBox(store, at));
  const pooled = make("p", { class: "cl-belief-pooled" });
  const last = make("p", { class: "cl-note" });
  const square = make(
    "div",
    { class: "cl-belief-units" },
    units.map((unit) => unit.element),
  );
  sets({ inputs: square });
  const table = stateTable();
  const words = make("p", { class: "cl-belief-account" });
  const draws = drawButtons(store);
  const side = make("div", { class: "cl-belief-side" }, [
    make("p", { class: "cl-caption", text: "How strongly each of the four is asked to be on" }),
    square,
    pooled,
  ]);
  const element = make("div", {}, [
    make("div", { class: "cl-belief-block" }, [
      side,
      make("div", { class: "cl-belief-side" }, [table.element, draws.element, last]),
    ]),
    words,
  ]);
  const update = (state) => {
    const [block, drawn] = [blockOf(state), drawsOf(state)];
    units.forEach((unit, at) => unit.update(state, block.probabilities[at], drawn.last === at));
    write(pooled, `One of the four is on: ${probability(block.pooled)}`);
    setVariable(pooled, "--share", block.pooled);
    pooled.classList.toggle("is-on", drawn.last >= 0 && drawn.last !== NONE);
    write(last, lastText(drawn, state));
    table.update(block, drawn, state.drawn);
    draws.update(state);
    write(words, pooledText(block));
  };
  return { element, update };
}

/** A unit: its input as a slider, on a ground that is the darker the more probable it is. */
function unitBox(store, at) {
  const [row, column] = [Math.floor(at / 2), at % 2];
  const { min, max } = store.rule("inputs");
  const slider = draggable("", { min, max, step: STEP }, (value, group) => {
    const inputs = store.state.inputs.map((line, r) => line.map((old, c) => (r === row && c === column ? value : old)));
    store.set({ inputs, drawn: 0 }, { group });
  });
  const lamp = make("span", { class: "cl-belief-lamp", "aria-hidden": "true" });
  const element = make("div", { class: "cl-belief-unit" }, [lamp, slider.element]);
  const update = (state, share, isOn) => {
    const value = state.inputs[row][column];
    tellSlider(slider, inputText(at, value), signed(value));
    slider.show(value);
    setVariable(element, "--share", share);
    element.classList.toggle("is-on", isOn);
    write(lamp, isOn ? "on" : "");
  };
  return { element, update };
}

const HEADS = ["", "In the block", "Drawn", "By itself"];

/** The five states of the block in numbers, and what four units that know of no other would say. */
function stateTable() {
  const cell = (tag, text = "", properties = {}) => make(tag, { text, ...properties });
  const rows = UNITS.map((unit) => {
    const cells = [cell("td", "", { class: "cl-belief-bar" }), cell("td"), cell("td")];
    return { cells, element: make("tr", {}, [cell("th", unit, { scope: "row" }), ...cells]) };
  });
  const sums = [cell("td"), cell("td"), cell("td")];
  const head = make(
    "tr",
    {},
    HEADS.map((text) => (text ? cell("th", text, { scope: "col" }) : cell("td"))),
  );
  const foot = make("tr", {}, [cell("th", "together", { scope: "row" }), ...sums]);
  const element = make("table", { class: "cl-belief-table" }, [
    make("caption", { class: "cl-caption", text: "How probable each is: it is one of the five, and no other" }),
    make("thead", {}, [head]),
    make(
      "tbody",
      {},
      rows.map((row) => row.element),
    ),
    make("tfoot", {}, [foot]),
  ]);
  const update = ({ probabilities, alone, sum }, { tally }, drawn) => {
    rows.forEach(({ cells: [share, count, own] }, at) => {
      write(share, probability(probabilities[at]));
      setVariable(share, "--share", probabilities[at]);
      write(count, drawnText(tally[at], drawn));
      write(own, at === NONE ? "" : probability(alone[at]));
    });
    const together = [probability(1), drawn === 0 ? "" : String(drawn), probability(sum)];
    sums.forEach((one, at) => write(one, together[at]));
    sums[2].classList.toggle("is-wrong", sum > 1);
  };
  return { element, update };
}

function drawButtons(store) {
  const { max } = store.rule("drawn");
  const draw = (/** @type {number} */ count) => () => {
    const { drawn } = store.state;
    if (drawn < max) store.set({ drawn: Math.min(max, drawn + count) });
  };
  const one = button("Draw", draw(1), { class: "cl-button cl-primary" });
  const many = button(`Draw ${MANY} times`, draw(MANY));
  const clear = button("Forget the draws", () => {
    const { drawn, luck } = store.state;
    const { max: most } = store.rule("luck");
    if (drawn > 0) store.set({ drawn: 0, luck: (luck % most) + 1 });
  });
  sets({ drawn: [one, many, clear] });
  const update = ({ drawn }) => {
    const full = drawn < max ? null : `It was drawn ${max} times: forget the draws first.`;
    for (const control of [one, many]) setReady(control, full);
    setReady(clear, drawn > 0 ? null : "Nothing is drawn yet.");
  };
  return { element: make("div", { class: "cl-buttons" }, [one, many, clear]), update };
}
