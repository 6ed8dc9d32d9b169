// What follows from the pictures lab's state: the picture after all tricks, and two ways to compare it.

import { changedCells } from "../kit/cells.js";
import { remembered, same } from "../kit/state.js";
import { flipPixels, rotate, scale, shift, thicken, thin } from "../mirror/pictures.js";

/** The tricks when they are off. */
export const NO_TRICKS = { turn: 0, size: 100, pen: 0, shift_down: 0, shift_right: 0, noise: 0 };

/** Everything that follows from the state. */
export const current = remembered((state) => {
  const picture = pictureOf(state);
  return { picture, hasTricks: Object.keys(NO_TRICKS).some((name) => state[name] !== NO_TRICKS[name]) };
});

/** The image with all tricks played on it. A trick that is off leaves every pixel as it is. */
function pictureOf({ image, turn, size, pen, shift_down: down, shift_right: right, noise, noise_order: order }) {
  let picture = image;
  if (turn !== 0) picture = rotate(picture, turn);
  if (size !== 100) picture = scale(picture, size / 100);
  for (let strokes = 0; strokes < Math.abs(pen); strokes++) picture = pen > 0 ? thicken(picture) : thin(picture);
  return flipPixels(shift(picture, down, right), firstPlaces(order, noise));
}

/** The places with the smallest numbers, of equal ones the first in reading order. */
function firstPlaces(order, count) {
  const numbers = order.flat();
  return [...numbers.keys()].sort((a, b) => numbers[a] - numbers[b]).slice(0, count);
}

/**
 * Pixel by pixel, as a computer compares.
 * @returns {{ cells: number[][], differ: number, agree: number, all: number }}
 */
export function comparison(picture, standard) {
  const cells = changedCells(picture, standard);
  const all = picture.length * picture[0].length;
  return { cells, differ: cells.length, agree: all - cells.length, all };
}

/**
 * Where a piece agrees with the picture in the most pixels.
 * @returns {{ agreeing: number, places: [number, number][] }}
 */
export function bestFit(picture, piece) {
  let fit = { agreeing: -1, places: [] };
  for (let row = 0; row <= picture.length - piece.length; row++)
    for (let column = 0; column <= picture[0].length - piece[0].length; column++) {
      const agreeing = agreement(picture, piece, row, column);
      if (agreeing > fit.agreeing) fit = { agreeing, places: [] };
      if (agreeing === fit.agreeing) fit.places.push([row, column]);
    }
  return fit;
}

function agreement(picture, piece, row, column) {
  let agreeing = 0;
  piece.forEach((line, r) => line.forEach((pixel, c) => (agreeing += Number(picture[row + r][column + c] === pixel))));
  return agreeing;
}

/** In how many places each piece fits perfectly. @returns {number[]} */
export function perfectFits(picture, pieces) {
  return Object.values(pieces).map((piece) => {
    const { agreeing, places } = bestFit(picture, piece);
    return agreeing === piece.flat().length ? places.length : 0;
  });
}

const TRICKIER = 16; // pixels in which the slides' trickier X differs from X
const LEAST_INK = 3;
const FEW = 4; // flips, which are as few as can be
const WHOLE = 9; // pixels of a piece

/** Nearer to the X than the trickier X, pixel by pixel, and yet no X: not one piece of it is there. */
export function isNearAndNoX(state, presets) {
  const { ink, differ, gone } = against(state, presets);
  return ink >= LEAST_INK && differ < TRICKIER && gone === piecesIn(presets);
}

export function nearSoFar(state, presets) {
  const { ink, differ, gone } = against(state, presets);
  return `${pixels(ink)} of ink, ${differ} differ, ${gone} of ${piecesIn(presets)} pieces fit nowhere.`;
}

/** Further from the X than the O is, pixel by pixel, and yet all pieces of an X are where they were. */
export function isFarAndStillX(state, presets) {
  const { differ, kept } = against(state, presets);
  return kept === piecesIn(presets) && differ > furthest(presets);
}

export function farSoFar(state, presets) {
  const { differ, kept } = against(state, presets);
  return `${differ} differ, the O has ${furthest(presets)}; ${kept} of ${piecesIn(presets)} pieces fit where they did.`;
}

/** The X with a few pixels of the other colour, and no piece fits any more. */
export function isBrokenByFew(state, presets) {
  const { isPlain, differ, gone } = against(state, presets);
  return isPlain && differ <= FEW && gone === piecesIn(presets);
}

export function brokenSoFar(state, presets) {
  const { isPlain, differ, gone } = against(state, presets);
  return isPlain ? `${pixels(differ)} flipped, ${gone} of ${piecesIn(presets)} pieces fit nowhere.` : "there are tricks.";
}

/** The picture beside the standard X: its ink, the pixels that differ, and the pieces that fit nowhere, or where they did. */
const against = remembered((state, { image: { X }, piece }) => {
  const { picture, hasTricks } = current(state);
  const fits = (image) => Object.values(piece).map((one) => bestFit(image, one));
  const [now, then] = [fits(picture), fits(X)];
  return {
    isPlain: !hasTricks && picture.flat().every((pixel) => Math.abs(pixel) === 1),
    ink: picture.flat().filter((pixel) => pixel > 0).length,
    differ: comparison(picture, X).differ,
    gone: now.filter(({ agreeing }) => agreeing < WHOLE).length,
    kept: now.filter((fit, at) => same(fit, then[at])).length,
  };
});

function furthest({ image: { X, O } }) {
  return comparison(O, X).differ;
}

function piecesIn({ piece }) {
  return Object.keys(piece).length;
}

function pixels(count) {
  return count === 1 ? "1 pixel" : `${count} pixels`;
}
