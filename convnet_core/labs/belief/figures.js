// A picture under its caption, with words for who does not see it.

import { make, write } from "../kit/dom.js";
import { nameIt } from "../kit/named.js";
import { smallMap } from "../kit/small_map.js";

const [MIDDLE, SPREAD] = [0.5, 0.4]; // of the greys: a whitened pixel is 0 on average

/** What is whitened, in greys. @type {import("../kit/paint.js").Painter} */
export function inWhite(values, bytes) {
  for (let k = 0; k < values.length; k++) {
    bytes.fill(255 * (MIDDLE + SPREAD * values[k]), 4 * k, 4 * k + 3);
    bytes[4 * k + 3] = 255;
  }
}

export function figure() {
  const map = smallMap();
  const caption = make("figcaption", { class: "cl-caption" });
  const element = make("figure", { class: "cl-belief-figure" }, [caption, map.element]);
  /**
   * @param {ArrayLike<number>} values  row by row @param {number} width @param {import("../kit/paint.js").Painter} painter
   * @param {string} title  the caption @param {string} words  for ears
   */
  const draw = (values, width, painter, title, words) => {
    map.draw(values, width, painter);
    nameIt(map.element, words);
    write(caption, title);
  };
  return { element, draw };
}
