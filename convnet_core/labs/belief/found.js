// A photograph as the machine gets it, and where the chosen feature is found in it.

import { make } from "../kit/dom.js";
import { inInk } from "../kit/paint.js";
import { LEAST, whitened } from "../mirror/edges.js";
import { ConvRBM } from "../mirror/unsupervised.js";
import { figure, inWhite } from "./figures.js";
import { SIZE } from "./jobs.js";
import { foundText } from "./words.js";

const CELLS = SIZE * SIZE;

/** @type {WeakMap<object, import("../mirror/edges.js").Picture>} */
const known = new WeakMap();

/** A photograph whitened, once for all filters. @param {import("../mirror/edges.js").Picture} photograph */
function whiteOf(photograph) {
  if (!known.has(photograph)) known.set(photograph, whitened(photograph));
  return known.get(photograph);
}

export function foundPanes() {
  const [white, map] = [figure(), figure()];
  const element = make("div", { class: "cl-belief-found" }, [white.element, map.element]);
  let drawn = [];
  /**
   * @param {{ photograph: import("../mirror/edges.js").Picture | null, name: string, at: number,
   *           learned: import("./run.js").Learned, isOn: boolean, sigma: number }} about
   *   at: which filter; isOn: whether it is being learned: then the map follows now and then, since it takes a while
   */
  const update = ({ photograph, name, at, learned, isOn, sigma }) => {
    element.hidden = photograph === null || Math.min(photograph.height, photograph.width) < LEAST + SIZE;
    map.element.hidden = learned.settings === null;
    if (element.hidden) return;
    const now = [photograph, at, isOn ? learned.edges : learned.weights, sigma];
    if (photograph !== drawn[0]) {
      const { pixels, width } = whiteOf(photograph);
      white.draw(
        pixels,
        width,
        inWhite,
        `${name}, whitened`,
        `${name}, whitened: grey where nothing changes, dark and bright along edges.`,
      );
    }
    if (learned.settings !== null && now.some((one, k) => one !== drawn[k])) {
      const found = pooledMap(whiteOf(photograph), at, learned, sigma);
      map.draw(found.pixels, found.width, inInk, `Feature ${at + 1} is on`, foundText(at, found.pixels, name));
    }
    drawn = now;
  };
  return { element, update };
}

/**
 * Where a filter is found: the pooled units.
 * @param {import("../mirror/edges.js").Picture} white @param {number} at @param {import("./run.js").Learned} learned
 */
function pooledMap({ height, width, pixels }, at, { weights, biases }, sigma) {
  const machine = new ConvRBM({ channels: 1, features: 1, size: SIZE, sigma });
  machine.weight.set(weights.subarray(at * CELLS, (at + 1) * CELLS));
  machine.hiddenBias[0] = biases[at];
  const [rows, columns] = [height, width].map((side) => side - ((side - SIZE + 1) % 2)); // in whole blocks
  const values = Float64Array.from(
    { length: rows * columns },
    (_, k) => pixels[Math.floor(k / columns) * width + (k % columns)],
  );
  const { pooled } = machine.hidden({ count: 1, channels: 1, height: rows, width: columns, values });
  return { height: pooled.height, width: pooled.width, pixels: pooled.values };
}
