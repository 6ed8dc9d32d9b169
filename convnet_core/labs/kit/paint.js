// Numbers as the pixels of a canvas: ink on paper, light, and blue for plus, orange for minus. No DOM.

const PAPER = [246, 243, 236];
const INK = [34, 38, 46];
const PLUS = [58, 133, 214];
const MINUS = [224, 122, 38];
const OVER_PLUS = [20, 110, 220];
const OVER_MINUS = [235, 105, 10];

/** @typedef {(values: ArrayLike<number>, bytes: Uint8ClampedArray) => void} Painter */

const mix = (from, to, share) => from + (to - from) * share;

/** From 0 (paper) to 1 (ink). @type {Painter} */
export function inInk(values, bytes) {
  for (let k = 0; k < values.length; k++) {
    for (let c = 0; c < 3; c++) bytes[4 * k + c] = mix(PAPER[c], INK[c], values[k]);
    bytes[4 * k + 3] = 255;
  }
}

/** From 0 (black) to 1 (white). @type {Painter} */
export function inGreys(values, bytes) {
  for (let k = 0; k < values.length; k++) {
    bytes.fill(255 * values[k], 4 * k, 4 * k + 3);
    bytes[4 * k + 3] = 255;
  }
}

/** The larger a number, the less of the card shows through; `full` hides it. @param {number} full @returns {Painter} */
export function inColours(full) {
  return (values, bytes) => {
    for (let k = 0; k < values.length; k++) {
      const colour = values[k] < 0 ? MINUS : PLUS;
      for (let c = 0; c < 3; c++) bytes[4 * k + c] = colour[c];
      bytes[4 * k + 3] = full > 0 ? 255 * Math.min(1, Math.abs(values[k]) / full) : 0;
    }
  };
}

/** Colours over a picture in pale ink. @param {ArrayLike<number>} ink @param {number} full @returns {Painter} */
export function overInk(ink, full) {
  return (values, bytes) => {
    for (let k = 0; k < values.length; k++) {
      const colour = values[k] < 0 ? OVER_MINUS : OVER_PLUS;
      const share = full > 0 ? 0.85 * Math.min(1, Math.abs(values[k]) / full) : 0;
      for (let c = 0; c < 3; c++) bytes[4 * k + c] = mix(mix(PAPER[c], INK[c], 0.55 * ink[k]), colour[c], share);
      bytes[4 * k + 3] = 255;
    }
  };
}

/** What has the full colour in a layer: its largest number, but no trifle, as of biases alone. @param {ArrayLike<number>} values */
export function fullOf(values) {
  return Math.max(1, reachOf(values));
}

/** The largest magnitude. @param {ArrayLike<number>} values */
export function reachOf(values) {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k]));
  return most;
}
