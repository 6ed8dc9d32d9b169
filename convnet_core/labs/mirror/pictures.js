// The trickier cases: a letter shifted, turned, scaled, thicker, thinner, noisy. Pictures of 1 and -1.
// No DOM, no imports; convnet_core.pictures is the reference.

/** @typedef {number[][]} Matrix */

const PAPER = -1;
const INK_SHARE = 0.37; // a resampled pixel is ink from here on: with a half, slanted strokes would fall apart

/** Moved by whole pixels; what leaves the picture is lost. @param {Matrix} image */
export function shift(image, down, right) {
  return image.map((line, r) => line.map((_, c) => image[r - down]?.[c - right] ?? PAPER));
}

/** Turned around the middle, clockwise. @param {Matrix} image */
export function rotate(image, degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return resampled(image, [
    [cosine, -sine],
    [sine, cosine],
  ]);
}

/** Enlarged or shrunk around the middle. @param {Matrix} image @param {number} factor  2 is twice as large */
export function scale(image, factor) {
  return resampled(image, [
    [1 / factor, 0],
    [0, 1 / factor],
  ]);
}

/** A bolder pen: each pixel of ink becomes a square of 2 by 2, to its right and below. @param {Matrix} image */
export function thicken(image) {
  return asPixels(stamped(inkOf(image)));
}

/** A finer pen: what `thicken` added goes; strokes of one pixel stay. @param {Matrix} image */
export function thin(image) {
  const ink = inkOf(image);
  const squares = ink.map((line, r) =>
    line.map((isInk, c) => Boolean(isInk && ink[r + 1]?.[c] && ink[r][c + 1] && ink[r + 1][c + 1])),
  );
  const covered = stamped(squares);
  return asPixels(ink.map((line, r) => line.map((isInk, c) => squares[r][c] || (isInk && !covered[r][c]))));
}

/** Ink and paper exchanged at `places`, counted row by row. @param {Matrix} image @param {number[]} places */
export function flipPixels(image, places) {
  const width = image[0].length;
  const flipped = image.map((line) => [...line]);
  for (const place of new Set(places)) flipped[Math.floor(place / width)][place % width] *= -1;
  return flipped;
}

/**
 * For each pixel, the picture at the place that `matrix` (2 by 2) leads to, seen from the middle. Between
 * four pixels it is their mean, the nearer the heavier (bilinear).
 */
function resampled(image, [[a, b], [c, d]]) {
  const middle = [(image.length - 1) / 2, (image[0].length - 1) / 2];
  return image.map((line, r) =>
    line.map((_, column) => {
      const [down, across] = [r - middle[0], column - middle[1]];
      const share = inkAt(image, a * down + b * across + middle[0], c * down + d * across + middle[1]);
      return share >= INK_SHARE ? 1 : PAPER;
    }),
  );
}

function inkAt(image, row, column) {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  let share = 0;
  for (const [r, down] of [
    [top, 1 - (row - top)],
    [top + 1, row - top],
  ])
    for (const [c, across] of [
      [left, 1 - (column - left)],
      [left + 1, column - left],
    ])
      if (image[r]?.[c] > 0) share += down * across;
  return share;
}

function stamped(ink) {
  return ink.map((line, r) =>
    line.map((isInk, c) => Boolean(isInk || ink[r - 1]?.[c] || line[c - 1] || ink[r - 1]?.[c - 1])),
  );
}

function inkOf(image) {
  return image.map((line) => line.map((value) => value > 0));
}

function asPixels(ink) {
  return ink.map((line) => line.map((isInk) => (isInk ? 1 : PAPER)));
}
