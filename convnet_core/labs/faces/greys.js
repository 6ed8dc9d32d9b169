// Light as the pixels of a canvas. No DOM.

/** From 0 (black) to 1 (white). @type {import("../kit/paint.js").Painter} */
export function inGreys(values, bytes) {
  for (let k = 0; k < values.length; k++) {
    bytes[4 * k] = bytes[4 * k + 1] = bytes[4 * k + 2] = 255 * values[k];
    bytes[4 * k + 3] = 255;
  }
}
