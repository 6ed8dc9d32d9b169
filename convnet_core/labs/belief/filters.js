// The filters, as they are learned; one of them is chosen to be looked at.

import { make, write } from "../kit/dom.js";
import { inColours, reachOf } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { FILTERS, SIZE } from "./jobs.js";
import { filterText } from "./words.js";

const [CELLS, LEAST] = [SIZE * SIZE, 0.06]; // what has the full colour, at least: a filter that has faded is pale

/** @param {import("../kit/store.js").Store} store */
export function filterSheet(store) {
  const all = Array.from({ length: FILTERS }, (_, at) =>
    oneFilter(() => store.set({ filter: at }, { undoable: false })),
  );
  const about = { class: "cl-belief-filters", role: "group", "aria-label": "Filters, to be looked at one by one" };
  const element = make(
    "div",
    about,
    all.map((one) => one.element),
  );
  let drawn = null;
  /** @param {import("../kit/store.js").State} state @param {import("./run.js").Learned} learned */
  const update = ({ filter }, { weights, edges }) => {
    const painter = inColours(Math.max(LEAST, reachOf(weights)));
    all.forEach((one, at) => {
      if (drawn !== weights) one.map.draw(weights.subarray(at * CELLS, (at + 1) * CELLS), SIZE, painter);
      one.tell(filterText(at, edges[at]), edges[at], at === filter);
    });
    drawn = weights;
  };
  return { element, update };
}

/** A button with a filter on it; what counts as an edge has a mark. @param {() => void} onclick */
function oneFilter(onclick) {
  const map = smallMap();
  const mark = make("span", { class: "cl-belief-mark", "aria-hidden": "true" });
  const element = make("button", { type: "button", class: "cl-belief-filter", onclick }, [map.element, mark]);
  const tell = (/** @type {string} */ text, /** @type {boolean} */ isEdge, /** @type {boolean} */ isChosen) => {
    element.setAttribute("aria-label", text);
    element.setAttribute("aria-pressed", String(isChosen));
    element.classList.toggle("is-edge", isEdge);
    write(mark, isEdge ? "edge" : "");
  };
  return { element, map, tell };
}
