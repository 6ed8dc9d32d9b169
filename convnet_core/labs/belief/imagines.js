// The machines that imagine: how their numbers lie in a file, and what they make of a picture, sweep by sweep. No DOM.

import { mulberry } from "../mirror/seeded.js";
import { chanceOf, ConvRBM, fill } from "../mirror/unsupervised.js";

export const SIDE = 28; // pixels of a digit

/** @typedef {Record<string, ConvRBM>} Machines  by name */

/**
 * As convnet_core.imagining has it: of each part of a machine an exponent, then a signed byte for each number. Throws an
 * Error where the file is not whole.
 * @param {Uint8Array} bytes @param {Record<string, import("../mirror/unsupervised.js").Plan>} plans
 * @returns {Machines}
 */
export function unpackedMachines(bytes, plans) {
  const numbers = Int8Array.from(bytes);
  const machines = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, new ConvRBM(plan)]));
  const parts = Object.values(machines).flatMap(({ weight, hiddenBias, visibleBias }) => [
    weight,
    hiddenBias,
    visibleBias,
  ]);
  const wanted = parts.reduce((sum, part) => sum + 1 + part.length, 0);
  if (numbers.length !== wanted) throw new Error(`they hold ${numbers.length} bytes, wanted ${wanted}`);
  let at = 0;
  for (const part of parts) {
    const step = 2 ** numbers[at];
    for (let k = 0; k < part.length; k++) part[k] = step * numbers[at + 1 + k];
    at += 1 + part.length;
  }
  return machines;
}

/** Whether a pixel is known whose other half is hidden. @type {Record<string, (row: number, column: number) => boolean>} */
const KNOWN = {
  right: (_, column) => column < SIDE / 2,
  left: (_, column) => column >= SIDE / 2,
  bottom: (row) => row < SIDE / 2,
  top: (row) => row >= SIDE / 2,
};
/** @param {string} half  that is hidden */
export const isKnown = (half, row, column) => KNOWN[half](row, column);

/** Of each pixel, row by row, whether it is known. @param {string} half  that is hidden */
export function knownOf(half) {
  return Array.from({ length: SIDE * SIDE }, (_, k) => isKnown(half, Math.floor(k / SIDE), k % SIDE));
}

/**
 * What a machine imagines after so many sweeps; asked for one more, it goes on. Before the first sweep, null.
 * @returns {(machines: Machines, state: import("../kit/store.js").State) => Float64Array<ArrayBufferLike> | null}
 */
export function imaginer() {
  let [asked, sweeps, done] = ["", null, []];
  return (machines, { picture, half, machine, seed, sweep }) => {
    const now = JSON.stringify([picture, half, machine, seed]);
    if (now !== asked) {
      const values = Float64Array.from(picture.flat());
      const shown = { count: 1, channels: 1, height: SIDE, width: SIDE, values };
      [asked, done] = [now, []];
      sweeps = fill([machines[machine]], shown, knownOf(half).map(Number), chanceOf(mulberry(seed)));
    }
    while (done.length < sweep) done.push(sweeps.next().value.values);
    return done[sweep - 1] ?? null;
  };
}

/** The mean squared error of the hidden pixels. @param {ArrayLike<number>} imagined @param {number[][]} picture */
export function errorOf(imagined, picture, half) {
  const hidden = knownOf(half).flatMap((isSeen, k) => (isSeen ? [] : [k]));
  const whole = picture.flat();
  return hidden.reduce((sum, k) => sum + (imagined[k] - whole[k]) ** 2, 0) / hidden.length;
}
