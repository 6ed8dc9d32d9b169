// What is done to a photograph before the net sees it, as changes.py does it: it is turned, mirrored, inverted, darkened.
// No DOM.

import { resampled } from "../mirror/resizing.js";

const WHITE = 255;

/** @typedef {{ turn: number, mirrored: boolean, inverted: boolean, dark: number }} How */

/**
 * @param {{ height: number, width: number, pixels: ArrayLike<number> }} photograph  greys from 0 to 255
 * @param {How} how
 * @returns {import("../mirror/faces.js").Picture}
 */
export function changed({ height, width, pixels }, { turn, mirrored, inverted, dark }) {
  const plain = new Float64Array(pixels.length);
  for (let k = 0; k < plain.length; k++) plain[k] = pixels[k] / WHITE; // many times faster than Float64Array.from
  const turned = turn === 0 ? plain : resampled({ height, width, pixels: plain }, matrixOf(turn));
  const out = new Float64Array(pixels.length);
  for (let k = 0; k < out.length; k++) {
    const value = turned[mirrored ? k - 2 * (k % width) + width - 1 : k];
    out[k] = (inverted ? 1 - value : value) * (1 - dark);
  }
  return { height, width, pixels: out };
}

/** Leads each pixel to where it comes from; clockwise. @returns {[[number, number], [number, number]]} */
function matrixOf(degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [
    [cosine, -sine],
    [sine, cosine],
  ];
}

/**
 * Where a box has gone, whose photograph was turned and mirrored. @param {[number, number, number]} box
 * @param {{ height: number, width: number }} size @param {Pick<How, "turn" | "mirrored">} how
 */
export function movedBox([row, column, side], { height, width }, { turn, mirrored }) {
  const [[cosine, minus]] = matrixOf(turn);
  const [down, right] = [row + (side - height) / 2, column + (side - width) / 2];
  const [newDown, newRight] = [cosine * down - minus * right, cosine * right + minus * down];
  /** @type {[number, number, number]} */
  const box = [newDown + (height - side) / 2, (mirrored ? -newRight : newRight) + (width - side) / 2, side];
  return box;
}
