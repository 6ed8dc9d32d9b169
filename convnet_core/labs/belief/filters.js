// The features, as they are learned; one of them is chosen to be looked at.

import { make, write } from "../kit/dom.js";
import { inColours, reachOf } from "../kit/paint.js";
import { roving } from "../kit/roving.js";
import { smallMap } from "../kit/small_map.js";
import { fadedOf, FILTERS, SIZE } from "./jobs.js";
import { filterText } from "./words.js";

const COLUMNS = 4;
const [CELLS, LEAST] = [SIZE * SIZE, 0.06]; // what has the full colour, at least: a filter that has faded is pale

/** @param {import("../kit/store.js").Store} store @param {AbortSignal} signal */
export function filterSheet(store, signal) {
  const all = Array.from({ length: FILTERS }, (_, at) =>
    oneFilter(() => store.set({ filter: at }, { undoable: false })),
  );
  const about = { class: "cl-belief-filters", role: "toolbar", "aria-label": "Features, to be looked at one by one" };
  const element = make(
    "div",
    about,
    all.map((one) => one.element),
  );
  roving(
    element,
    all.map((one) => one.element),
    { columns: COLUMNS, signal },
  );
  let drawn = null;
  /** @param {import("../kit/store.js").State} state @param {import("./run.js").Learned} learned */
  const update = ({ filter }, { weights, edges }) => {
    const painter = inColours(Math.max(LEAST, reachOf(weights)));
    const faded = fadedOf(weights);
    all.forEach((one, at) => {
      if (drawn !== weights) one.map.draw(weights.subarray(at * CELLS, (at + 1) * CELLS), SIZE, painter);
      one.tell(at, edges[at] ? "edge" : faded[at] ? "faded" : "", at === filter);
    });
    drawn = weights;
  };
  return { element, update };
}

/** A button with a feature on it; what counts as an edge, or has faded, has a mark. @param {() => void} onclick */
function oneFilter(onclick) {
  const map = smallMap();
  const mark = make("span", { class: "cl-belief-mark", "aria-hidden": "true" });
  const element = make("button", { type: "button", class: "cl-belief-filter", onclick }, [map.element, mark]);
  const tell = (/** @type {number} */ at, /** @type {"edge" | "faded" | ""} */ word, /** @type {boolean} */ isChosen) => {
    element.setAttribute("aria-label", filterText(at, word));
    element.setAttribute("aria-pressed", String(isChosen));
    element.classList.toggle("is-edge", word === "edge");
    write(mark, word);
  };
  return { element, map, tell };
}
