// Heat maps of all sizes, side by side. Who chooses one sees it large.

import { button, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { inColours } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { SIDE } from "../mirror/faces.js";
import { SHRINK } from "../mirror/scanning.js";
import { bestOf, middleOf } from "./derived.js";
import { mapText, windowsText } from "./words.js";

let groups = 0;

/** @param {import("../kit/store.js").Store} store @param {{ edit: import("./lab.js").Edit }} parts */
export function whereTab(store, { edit }) {
  let best = null;
  const go = button("Go to the best window of this size", () => store.set(best, { undoable: false }));
  groups += 1;
  const words = make("p", { class: "cl-note" });
  const choices = SHRINK.map((by, size) => mapChoice(`faces-size-${groups}`, by, () => edit({ size }, { undoable: false })));
  const list = make(
    "div",
    { class: "cl-faces-sizes", role: "radiogroup", "aria-label": "Heat maps of all sizes" },
    choices.map(({ element }) => element),
  );
  sets({ size: list });
  const update = (_, { looked, at }) => {
    const map = looked?.maps[at?.which];
    go.hidden = !map;
    if (map) {
      const { row, column } = bestOf(at.size, map);
      best = middleOf(at.size, row, column);
    }
    if (looked === null) return;
    write(words, windowsText(looked.maps));
    const painter = inColours(looked.full);
    choices.forEach((one, which) => one.update(looked, at, which, painter));
  };
  return { element: make("div", {}, [words, list, make("div", { class: "cl-buttons" }, [go])]), update };
}

function mapChoice(name, by, choose) {
  const input = make("input", { type: "radio", name, onchange: choose });
  const map = smallMap();
  const text = make("span", { text: `${Math.round(SIDE * by)} pixels` });
  const element = make("label", { class: "cl-faces-size" }, [input, map.element, text]);
  let drawn = [];
  const update = (looked, at, which, painter) => {
    const values = looked.maps[which];
    element.hidden = !values;
    if (!values) return;
    if (drawn !== values) map.draw(values, at.sizes[which].columns, painter);
    drawn = values;
    write(text, mapText(at.sizes[which], values));
    if (input.checked !== (which === at.which)) input.checked = which === at.which;
  };
  return { element, update };
}
