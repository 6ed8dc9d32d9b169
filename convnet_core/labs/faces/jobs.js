// Long work: arithmetic alone, a step at a time. It runs in a Worker, or, where none can be made, in the page.

import { Adam } from "../mirror/adam.js";
import { BATCH, LABELS, PATCH_NET, pasted, putFaceBatch, SEEN, SIDE, shapeOf } from "../mirror/faces.js";
import { fastNetwork } from "../mirror/fast_network.js";
import { boxAt, facesOf, falseAlarms, overlap, pyramid, scoreMap, told, totals } from "../mirror/scanning.js";
import { mulberry } from "../mirror/seeded.js";
import { start } from "../mirror/training.js";

export const STEPS = 500; // of a lesson
const RATE = 0.002; // of the first one; it falls to 0
const OFTEN = 200; // milliseconds between two reports
const [LARGEST, TRIES] = [64, 50]; // pixels of a pasted face, and places that are tried for it
export const HIT = 0.5; // a box is on a face that it overlaps with by so much
const SEED = 12;

/**
 * @typedef {import("../mirror/faces.js").Picture} Picture
 * @typedef {import("../mirror/scanning.js").Box} Box
 * @typedef {import("../mirror/scanning.js").Found} Found
 *
 * @typedef {object} Material  greys from 0 to 255
 * @property {Uint8Array[]} faces  those to learn from
 * @property {Uint8Array[]} others  likewise
 * @property {Uint8Array[]} heldOut  faces
 * @property {(Picture & { isApart: boolean })[]} photographs  without faces; apart: nothing was learned from it
 */

/** What is told of a picture, with windows that speak together and with each for itself. @param {Found} found */
function bothOf(found) {
  return { together: told({ ...found, scores: totals(found) }), alone: told(found) };
}

/** All windows of a picture. */
function* lookedThrough(weights, picture) {
  const levels = pyramid(picture);
  const maps = [];
  for (const level of levels) maps.push(yield* scoreMap(weights, level));
  return { levels, maps };
}

/** @param {unknown} _ @param {{ weights: ArrayLike<number>, picture: Picture }} task */
function* scan(_, { weights, picture }) {
  const { levels, maps } = yield* lookedThrough(weights, picture);
  yield { maps, told: bothOf(facesOf(maps, levels)) };
}

/** @param {ArrayLike<number>} greys */
const light = (greys) => Float64Array.from(greys, (grey) => grey / 255);
/** @param {Picture} photograph @returns {Picture} */
const lightOf = ({ height, width, pixels }) => ({ height, width, pixels: light(pixels) });

/**
 * The false alarms of all photographs that the net may learn from.
 * @param {Material} data @param {{ weights: ArrayLike<number>, seed: number, stopped?: boolean }} task
 */
function* collect({ photographs }, task) {
  const random = mulberry(task.seed);
  const some = photographs.filter(({ isApart }) => !isApart);
  const alarms = [];
  for (const [at, photograph] of some.entries()) {
    const shift = (/** @type {number} */ most) => Math.floor(random() * (most + 1));
    alarms.push(...(yield* falseAlarms(task.weights, lightOf(photograph), shift)));
    yield { share: (at + 1) / some.length };
    if (task.stopped) return;
  }
  yield { alarms };
}

/**
 * A lesson: faces, other patches, and alarms, which are at least half of what is no face.
 * @param {Material} data
 * @param {{ weights: ArrayLike<number>, alarms: Float64Array[], seed: number, stopped?: boolean }} task
 */
function* learn({ faces, others }, task) {
  const net = fastNetwork(PATCH_NET, shapeOf({ height: SEEN, width: SEEN }), BATCH);
  start(net, task.weights, 0);
  const mover = new Adam(net.parameters(), RATE);
  const random = mulberry(task.seed);
  const batch = new Float64Array(BATCH * SEEN * SEEN);
  const known = faces.map(light);
  const copies = task.alarms.length > 0 ? Math.ceil(others.length / task.alarms.length) : 0;
  const no = [...others.map(light), ...Array.from({ length: copies }, () => task.alarms).flat()];
  let [told, last] = [-Infinity, 0]; // the first loss is told at once
  for (let step = 0; step < STEPS && !task.stopped; step++) {
    putFaceBatch(known, no, random, batch);
    const loss = net.lossAndGradients(batch, LABELS, BATCH);
    last = loss;
    mover.rate = RATE * (1 - step / STEPS);
    mover.step();
    const isTime = performance.now() - told > OFTEN;
    if (isTime) told = performance.now();
    yield isTime ? { share: (step + 1) / STEPS, loss } : null;
  }
  yield { weights: net.parameters().flatMap(({ value }) => Array.from(value)), loss: last };
}

/**
 * How good a net is: it looks for held-out faces, which are pasted into photographs without faces.
 * @param {Material} data @param {{ weights: ArrayLike<number>, stopped?: boolean }} task
 */
function* judge({ heldOut, photographs }, task) {
  const random = mulberry(SEED);
  const found = { together: [], alone: [] };
  let [windows, onFace] = [0, 0];
  for (const [at, photograph] of photographs.entries()) {
    const some = heldOut.filter((_, which) => which % photographs.length === at);
    const { picture, places } = withFaces(lightOf(photograph), some.map(light), random);
    const { levels, maps } = yield* lookedThrough(task.weights, picture);
    const both = bothOf(facesOf(maps, levels));
    for (const how of ["together", "alone"]) found[how].push(...judged(both[how], places));
    const boxes = levels.flatMap((level, which) => Array.from(maps[which], (__, k) => boxAt(level, k)));
    windows += boxes.length;
    onFace += boxes.filter((box) => places.some((place) => overlap(box, place) >= HIT)).length;
    yield { share: (at + 1) / photographs.length };
    if (task.stopped) return;
  }
  yield { ...found, faces: heldOut.length, chance: onFace / windows };
}

/** Faces over a photograph, apart from each other. @param {Picture} photograph @param {ArrayLike<number>[]} faces */
function withFaces(photograph, faces, random) {
  /** @type {Box[]} */
  const places = [];
  const { height, width } = photograph;
  let picture = photograph;
  for (const face of faces) {
    const most = Math.min(LARGEST, height, width);
    for (let tries = 0; tries < TRIES; tries++) {
      const side = SIDE + Math.floor(random() * (most - SIDE + 1));
      const [row, column] = [height, width].map((room) => Math.floor(random() * (room - side + 1)));
      if (places.some((place) => overlap(place, [row, column, side]) > 0)) continue;
      picture = pasted(picture, face, row, column, side);
      places.push([row, column, side]);
      break;
    }
  }
  return { picture, places };
}

/** Each box that is told, and whether it is right: of two on a face, the better one. @param {Found} found @param {Box[]} places */
function judged({ scores, boxes }, places) {
  const left = [...places];
  return boxes.map((box, at) => {
    const which = left.findIndex((place) => overlap(box, place) >= HIT);
    if (which >= 0) left.splice(which, 1);
    return { total: scores[at], isRight: which >= 0 };
  });
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { scan, collect, learn, judge };
