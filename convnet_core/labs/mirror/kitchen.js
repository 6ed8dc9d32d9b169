// Chapter 15's clips, as convnet_core.kitchen draws them: two hands before a wall, given the same chance the same pixels.
// Pictures lie one after the other in flat arrays, row by row; a way to hold is a pair of words, [grasp, thing].

export const HEIGHT = 24;
export const WIDTH = 32;
export const FRAMES = 8;
export const PIXELS = HEIGHT * WIDTH;
export const CROP = 12; // pixels: the side of the square around a hand that a network looks at
export const IN_A_CROP = CROP * CROP;
export const HANDS = 2; // the left one first
const MIDDLES = [8, 23.5]; // the column around which each hand moves
const MIDDLE_ROW = 12;
const VARIETY = 0.7; // how far apart two knives, or two fists, are
const JITTER = 0.7; // pixels: how far off the middle of the hand a crop is

/**
 * @typedef {() => number} Chance  numbers from 0 to below 1
 * @typedef {readonly [grasp: string, thing: string]} Hold
 *
 * @typedef {object} Hand  how a hand and its thing look, and where they are in each frame; lengths in pixels
 * @property {string} grasp @property {string} thing
 * @property {number[]} column @property {number[]} row  the middle of the hand
 * @property {number[]} tilt  radians
 * @property {number} size @property {number} thickness @property {number[]} offset  of the thing in the hand
 * @property {number[]} greys  of the thing, of the hand, and of what covers them
 * @property {number} coverAngle @property {number[]} coverPlace  of a bar that drifts across
 * @property {number[]} cropRow @property {number[]} cropColumn  where the crop around the hand begins
 *
 * @typedef {{ hands: Hand[], wall: number[] }} Clip
 */

const between = (/** @type {Chance} */ random, low, high) => low + (high - low) * random();
const clipped = (value, low, high) => Math.min(high, Math.max(low, value));

/** How a clip looks in which two hands hold what they are told to. @param {Hold[]} holds @param {Chance} random @returns {Clip} */
export function randomClip(holds, random, { frames = FRAMES, variety = VARIETY, jitter = JITTER } = {}) {
  const wall = [between(random, 0.1, 0.3), between(random, -0.1, 0.1), between(random, -0.07, 0.07)];
  const hands = holds.map((hold, side) => randomHand(hold, MIDDLES[side], random, { frames, variety, jitter }));
  return { hands, wall };
}

/** @param {Hold} hold @param {number} middle @param {Chance} random @returns {Hand} */
function randomHand([grasp, thing], middle, random, { frames, variety, jitter }) {
  const time = Array.from({ length: frames }, (_, k) => (frames > 1 ? k / (frames - 1) : 0));
  const about = (start, reach) => {
    const sway = swaying(random);
    return time.map((at) => start + reach * sway(at));
  };
  const column = about(middle + between(random, -1, 1), between(random, -1.7, 1.7));
  const row = about(MIDDLE_ROW + between(random, -1.4, 1.4), 1);
  const tilt = about(variety * between(random, -0.4, 0.4), 0.1);
  const size = 1 + variety * between(random, -0.2, 0.15);
  const thickness = 1 + variety * between(random, -0.25, 0.25);
  const offset = [0, 1].map(() => variety * between(random, -0.85, 0.85));
  const greys = [between(random, 0.65, 1), between(random, 0.4, 0.6), between(random, 0.2, 0.8)];
  const coverAngle = between(random, 0, Math.PI);
  const [place, drift] = [between(random, -4, 4), between(random, -3, 3)];
  const coverPlace = time.map((at) => place + drift * (at - 0.5));
  const cropRow = row.map((at) => cropStart(at + jitter * between(random, -1.7, 1.7), HEIGHT));
  const cropColumn = column.map((at) => cropStart(at + jitter * between(random, -1.7, 1.7), WIDTH));
  return { grasp, thing, column, row, tilt, size, thickness, offset, greys, coverAngle, coverPlace, cropRow, cropColumn };
}

/** To and fro between -1 and 1, in half a wave to one and a half. @param {Chance} random */
function swaying(random) {
  const [waves, start] = [between(random, 0.5, 1.5), random()];
  return (time) => Math.sin(2 * Math.PI * (time * waves + start));
}

function cropStart(middle, room) {
  return clipped(Math.floor(middle - CROP / 2 + 1), 0, room - CROP);
}

/**
 * The clip with its hands where they are told to be; crops follow them and never err.
 * @param {Clip} clip @param {number[][]} columns  of each hand, in each frame @param {number[][]} rows @returns {Clip}
 */
export function moved({ hands, wall }, columns, rows) {
  const moveHand = (/** @type {Hand} */ hand, side) => ({
    ...hand,
    column: columns[side],
    row: rows[side],
    cropRow: rows[side].map((at) => cropStart(at, HEIGHT)),
    cropColumn: columns[side].map((at) => cropStart(at, WIDTH)),
  });
  return { hands: hands.map(moveHand), wall };
}

/** Noise of deviation 1 for a clip, by the way of Box and Muller. @param {Chance} random */
export function noiseOf(random, frames = FRAMES) {
  const [first, second] = [0, 1].map(() => Float64Array.from({ length: frames * PIXELS }, random));
  return first.map((one, k) => Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * second[k]));
}

/**
 * A clip's pictures: the wall, in front of it each thing, over it the hand, and before all what covers it.
 * @param {Clip} clip @param {{ cover: number, deviation: number }} level @param {ArrayLike<number>} noise
 */
export function drawn({ hands, wall: [grey, down, across] }, { cover, deviation }, noise) {
  const frames = hands[0].row.length;
  const pictures = new Float64Array(frames * PIXELS);
  for (let frame = 0; frame < frames; frame++) {
    const picture = pictures.subarray(frame * PIXELS, (frame + 1) * PIXELS);
    for (let k = 0; k < PIXELS; k++)
      picture[k] = grey + (down * (rowOf(k) - HEIGHT / 2)) / HEIGHT + (across * (columnOf(k) - WIDTH / 2)) / WIDTH;
    hands.forEach((hand, side) => paintHand(picture, hand, frame, side));
    if (cover > 0) hands.forEach((hand, side) => paintCover(picture, hand, frame, side, cover * CROP));
  }
  for (let k = 0; k < pictures.length; k++) pictures[k] += deviation * noise[k];
  return pictures;
}

const rowOf = (k) => Math.floor(k / WIDTH);
const columnOf = (k) => k % WIDTH;

/** The left hand is the mirror of the right. @param {Float64Array} picture @param {Hand} hand */
function paintHand(picture, hand, frame, side) {
  const [cosine, sine] = [Math.cos(hand.tilt[frame]), Math.sin(hand.tilt[frame])];
  const [thingGrey, handGrey] = hand.greys;
  for (let k = 0; k < PIXELS; k++) {
    const right = (columnOf(k) - hand.column[frame]) * (side === 0 ? -1 : 1);
    const down = rowOf(k) - hand.row[frame];
    const u = (cosine * right + sine * down) / hand.size;
    const v = (cosine * down - sine * right) / hand.size;
    if (hand.thing !== "nothing") {
      const away = SHAPES[hand.thing](u - hand.offset[0], v - hand.offset[1], hand.thickness);
      paint(picture, k, away * hand.size, thingGrey);
    }
    paint(picture, k, SHAPES[hand.grasp](u, v, 1) * hand.size, knuckles(hand.grasp, v) * handGrey);
  }
}

/** @param {Float64Array} picture @param {Hand} hand */
function paintCover(picture, { coverAngle, coverPlace, greys }, frame, side, width) {
  const [cosine, sine] = [Math.cos(coverAngle), Math.sin(coverAngle)];
  for (let k = 0; k < PIXELS; k++) {
    if (columnOf(k) < WIDTH / 2 !== (side === 0)) continue;
    const along = (columnOf(k) - MIDDLES[side]) * cosine + (rowOf(k) - MIDDLE_ROW) * sine;
    paint(picture, k, Math.abs(along - coverPlace[frame]) - width / 2, greys[2]);
  }
}

/** Grey where a shape is: `away` is how far the pixel is outside it, and half a pixel to each side is its edge. */
function paint(picture, k, away, grey) {
  const ink = clipped(0.5 - away, 0, 1);
  picture[k] = picture[k] * (1 - ink) + ink * grey;
}

/**
 * The squares around both hands, of each frame the left hand first, which is turned into a right one by a mirror.
 * @param {Float64Array} pictures @param {Clip} clip
 */
export function cropsOf(pictures, { hands }) {
  const frames = pictures.length / PIXELS;
  const cut = new Float64Array(frames * HANDS * IN_A_CROP);
  let at = 0;
  for (let frame = 0; frame < frames; frame++)
    hands.forEach(({ cropRow, cropColumn }, side) => {
      for (let k = 0; k < IN_A_CROP; k++) {
        const column = side === 0 ? CROP - 1 - (k % CROP) : k % CROP;
        const row = cropRow[frame] + Math.floor(k / CROP);
        cut[at++] = pictures[frame * PIXELS + row * WIDTH + cropColumn[frame] + column];
      }
    });
  return cut;
}

// Shapes. Each says how far a place (u to the right, v down, from the middle of the hand) is outside it, in pixels, and
// below 0 inside; k is how thick it is.

const box = (u, v, middle, down, halfWidth, halfHeight) =>
  Math.max(Math.abs(u - middle) - halfWidth, Math.abs(v - down) - halfHeight);

const length = (across, along) => Math.sqrt(across * across + along * along);

const ellipse = (u, v, middle, down, halfWidth, halfHeight) =>
  (length((u - middle) / halfWidth, (v - down) / halfHeight) - 1) * Math.min(halfWidth, halfHeight);

/** A thick line with round ends. */
function line(u, v, [fromU, fromV], [toU, toV], radius) {
  const [across, along] = [toU - fromU, toV - fromV];
  const at = clipped(((u - fromU) * across + (v - fromV) * along) / (across ** 2 + along ** 2), 0, 1);
  return length(u - fromU - at * across, v - fromV - at * along) - radius;
}

const ring = (u, v, middle, down, radius, halfWidth) => Math.abs(length(u - middle, v - down) - radius) - halfWidth;

/** @type {Record<string, (u: number, v: number, k: number) => number>} */
const SHAPES = {
  knife: (u, v, k) => Math.min(line(u, v, [0.4, -5.2], [0.2, -1], 0.55 * k + 0.25), box(u, v, 0, 1.5, 0.8 * k, 2.5)),
  spoon: (u, v, k) => Math.min(ellipse(u, v, 0, -3.4, 1.5 * k, 1.9 * k), box(u, v, 0, 1, 0.5 * k, 3.2)),
  jug: (u, v, k) =>
    Math.min(
      box(u, v, -0.4, -0.4, 1.9 * k, 3.9),
      line(u, v, [-2, -3.9], [-3.6, -4.6], 0.5),
      ring(u, v, 2.2, -0.6, 1.7, 0.45 * k),
    ),
  cup: (u, v, k) => Math.min(box(u, v, -0.3, -0.2, 2 * k, 2.2), ring(u, v, 2.1, -0.4, 1.3, 0.45 * k)),
  bowl: (u, v, k) => Math.max(ellipse(u, v, 0, -1.2, 4.4, 3.9 * k), -(v + 1.2)),
  bread: (u, v, k) => Math.min(box(u, v, 0, 0.3, 3.1, 1.9 * k), ellipse(u, v, 0, -1.3, 3.4, 1.7 * k)),
  lemon: (u, v, k) => Math.min(ellipse(u, v, 0, -0.2, 3.2 * k, 2.3 * k), line(u, v, [-3.9, -0.2], [3.9, -0.2], 0.45)),
  power: (u, v) => Math.min(box(u, v, 0, 1.6, 2.8, 1.5), box(u, v, 0.5, 5, 1.4, 2.2)),
  precision: (u, v) => Math.min(line(u, v, [-2.6, 6], [-0.8, 1.2], 0.55), line(u, v, [2.4, 6], [0.8, 1.2], 0.55)),
  flat: (u, v) => Math.min(line(u, v, [-4.6, 3.7], [4.6, 3.7], 0.7), line(u, v, [0, 4], [0.6, 7], 1.3)),
  rest: (u, v) =>
    Math.min(
      box(u, v, 0, 4.2, 1.7, 1.6),
      line(u, v, [-1.3, 4], [-1.6, 1], 0.4),
      line(u, v, [0, 4], [0, 0.4], 0.4),
      line(u, v, [1.3, 4], [1.7, 1.2], 0.4),
    ),
};

/** A fist is darker between its fingers. */
function knuckles(grasp, v) {
  if (grasp !== "power") return 1;
  const at = (v + 0.9) % 1.7;
  return Math.abs((at < 0 ? at + 1.7 : at) - 0.85) < 0.25 ? 0.75 : 1;
}
