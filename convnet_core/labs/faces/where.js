// Heat maps of all sizes, side by side. Who chooses one sees it large.

import { make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { inColours } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { SHRINK } from "../mirror/scanning.js";
import { mapText, windowsText } from "./words.js";

let groups = 0;

export function whereTab({ edit }) {
  groups += 1;
  const words = make("p", { class: "cl-note" });
  const choices = SHRINK.map((_, size) => mapChoice(`faces-size-${groups}`, () => edit({ size }, { undoable: false })));
  const list = make(
    "div",
    { class: "cl-faces-sizes", role: "radiogroup", "aria-label": "Heat maps of all sizes" },
    choices.map(({ element }) => element),
  );
  sets({ size: list });
  const update = (_, { looked, at }) => {
    if (looked === null) return;
    write(words, windowsText(looked.maps));
    const painter = inColours(looked.full);
    choices.forEach((one, which) => one.update(looked, at, which, painter));
  };
  return { element: make("div", {}, [words, list]), update };
}

function mapChoice(name, choose) {
  const input = make("input", { type: "radio", name, onchange: choose });
  const map = smallMap();
  const text = make("span");
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
