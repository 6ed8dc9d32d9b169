// Pictures with words: who does not see a map hears where it is largest, and how much of it is above 0.

import { setAll } from "./dom.js";
import { smallMap } from "./small_map.js";

/** What a picture says of itself: from then on it is no longer for the eye alone. @param {Element} element @param {string} text */
export function nameIt(element, text) {
  element.removeAttribute("aria-hidden");
  setAll(element, { role: "img", "aria-label": text });
}

/** A small map of which `draw` is told the words, too. @param {import("./dom.js").Properties} [properties] */
export function namedMap(properties = {}) {
  const map = smallMap(properties);
  /**
   * @param {ArrayLike<number>} values @param {number} width @param {import("./paint.js").Painter} painter
   * @param {string} text
   */
  const draw = (values, width, painter, text) => {
    map.draw(values, width, painter);
    nameIt(map.element, text);
  };
  return { element: map.element, draw };
}
