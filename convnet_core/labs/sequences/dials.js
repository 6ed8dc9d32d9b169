// The gates of the LSTM as dials, which the reader may hold open or shut.

import { button, choice, make, setAll, shape } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { capital } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import { GATES, heldCount } from "./derived.js";
import { pointable } from "./pointing.js";
import { gateName, holdText } from "./words.js";

const FREE = -1;
const NEXT = new Map([
  [FREE, 1],
  [1, 0],
]); // a press on a dial: free, open, shut, free
/** @type {[value: string, label: string][]} */
const HOLDS = [
  ["-1", "free"],
  ["1", "held open"],
  ["0", "held shut"],
  ["mixed", "each its own"],
];

/** A dial for each gate of each cell. */
export function dials(parent, store, pointer, signal) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-seq-dials" }));
  side.append(make("p", { class: "cl-caption", text: "The gates. Press a dial: held open, held shut, free again." }));
  const holdAll = (row, value) =>
    store.set({ held: store.state.held.map((line, at) => (at === row ? line.map(() => value) : line)) });
  const rows = GATES.map((gate, row) => {
    const menu = choice(`All ${gate} gates`, HOLDS, (value) => value !== "mixed" && holdAll(row, Number(value)));
    menu.disable("mixed");
    const all = store.state.held[row].map((_, cell) => dial(store, pointer, { gate, row, cell }, signal));
    const name = make("p", { class: "cl-seq-gate" }, [
      make("strong", { text: capital(gate) }),
      ` ${{ input: "lets in", forget: "keeps", output: "shows" }[gate]}`,
    ]);
    const head = make("div", {}, [name, menu.element]);
    side.append(make("div", { class: "cl-seq-row" }, [head, ...all.map(({ element }) => element)]));
    return { menu, all };
  });
  const free = button("Free all gates", () =>
    store.set({ held: store.state.held.map((line) => line.map(() => FREE)) }),
  );
  sets({ held: [free, ...rows.flatMap(({ menu, all }) => [menu, ...all])] });
  side.append(free);
  const update = (state, now) => {
    const step = now.read > 0 ? now.steps[now.read] : null;
    rows.forEach(({ menu, all }, row) => {
      const held = state.held[row];
      const isOne = held.every((value) => value === held[0]) && HOLDS.some(([value]) => Number(value) === held[0]);
      menu.show(isOne ? String(held[0]) : "mixed");
      all.forEach((one, cell) => one.update(held[cell], step ? step.gates[GATES[row]][cell] : null));
    });
    free.setAttribute("aria-disabled", String(heldCount(state) === 0));
  };
  return { update };
}

/** A dial: how far a gate is open, and whether the reader holds it. A gate that has read nothing has no value. */
function dial(store, pointer, { gate, row, cell }, signal) {
  const arc = { cx: 22, cy: 22, r: 17, pathLength: 100, transform: "rotate(135 22 22)" };
  const value = shape("circle", { ...arc, class: "cl-seq-arc" });
  const number = shape("text", { x: 22, y: 26, "text-anchor": "middle" });
  const drawing = shape("svg", { viewBox: "0 0 44 44", "aria-hidden": "true" }, [
    shape("circle", { ...arc, class: "cl-seq-track", "stroke-dasharray": "75 100" }),
    value,
    number,
  ]);
  const hold = make("span", { class: "cl-seq-hold" });
  const press = () => {
    const held = store.state.held.map((line) => [...line]);
    held[row][cell] = NEXT.get(held[row][cell]) ?? FREE;
    store.set({ held });
  };
  const element = button("", press, { class: "cl-button cl-seq-dial" });
  element.append(make("span", { class: "cl-seq-cell", text: `cell ${cell + 1}` }), drawing, hold);
  pointable(element, pointer, { kind: gate, at: cell }, signal);
  pointer.shows(({ kind, at }) => element.classList.toggle("is-chosen", kind === gate && at === cell));
  const update = (held, open) => {
    const shown = open ?? (held < 0 ? null : held);
    setAll(value, { "stroke-dasharray": `${(75 * (shown ?? 0)).toFixed(2)} 100` });
    value.classList.toggle("is-none", !shown);
    number.textContent = shown === null ? "–" : truncated(shown);
    hold.textContent = holdText(held);
    element.classList.toggle("is-held", held >= 0);
    const place = shown === null ? "nothing read" : truncated(shown);
    element.setAttribute("aria-label", `${gateName(gate, cell)}: ${place}, ${holdText(held)}`);
  };
  return { element, update };
}
