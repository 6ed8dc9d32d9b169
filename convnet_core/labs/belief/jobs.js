// Long work: filters are learned from photographs, a step at a time. It runs in a Worker, or, where none can be made, in the
// page.

import { learnStep, noSlopes } from "../mirror/contrast.js";
import { crops, EDGE, edgeShares, whitened } from "../mirror/edges.js";
import { mulberry } from "../mirror/seeded.js";
import { chanceOf, ConvRBM, sampleBlocks } from "../mirror/unsupervised.js";

export const FILTERS = 16;
export const SIZE = 8; // pixels of a filter's side
const CELLS = SIZE * SIZE;
export const STEPS = 1500; // of a learning
export const BETWEEN = 100; // steps between two counts of edges
export const PIECE = 19; // pixels of a piece's side
const PIECES = 2; // in a step
const [FIRST, LAST] = [0.08, 0.008]; // how far a step goes
const [PULL, DECAY, SPREAD, BIAS] = [5, 0.01, 0.01, -0.1];
const SEEN = 0.1; // the length of a filter that has grown: at the start, by chance alone, it is about 0.08
const FADED = 0.04; // less than half of that: it has faded
const OFTEN = 80; // milliseconds between two reports

/**
 * @typedef {import("../mirror/edges.js").Picture} Picture
 * @typedef {object} Report  how far it is
 * @property {number} step @property {number} share  of the hidden units that were on, on average over the last steps
 * @property {Float64Array} weights  filter after filter @property {Float64Array} biases  of the hidden units
 * @property {boolean[]} [edges]  which filters count as edges, told now and then
 * @property {Redrawn} [redrawn]  none before the first step
 *
 * @typedef {object} Redrawn  a piece that was shown, row by row, and what the machine makes of it
 * @property {Float64Array} shown @property {Float64Array} drawing
 * @property {Float64Array} units  how many are on at each place of the hidden maps
 * @property {number} count  how many are on in all
 */

/**
 * @param {unknown} _ @param {any} memory
 * @param {{ photographs?: Picture[], target: number, sigma: number, seed: number, stopped?: boolean }} task
 *   photographs: greys from 0 to 255; without any, it goes on where it was stopped
 */
function* learn(_, task, memory) {
  if (task.photographs) memory.at = begun(task);
  const { at } = memory;
  yield reportOf(at, true);
  let told = performance.now();
  while (at.step < STEPS && !task.stopped) {
    const how = {
      changes: at.changes,
      step: at.step,
      rate: rateAt(at.step),
      pull: PULL,
      decay: DECAY,
      target: at.target,
    };
    const batch = crops(at.pictures, PIECE, PIECES, at.chance.uniform);
    if (at.step % BETWEEN === 0) at.piece = strongest(batch);
    at.shares[at.step % BETWEEN] = learnStep(at.machine, batch, how, at.chance);
    at.step += 1;
    const isCount = at.step % BETWEEN === 0;
    const isTime = isCount || performance.now() - told > OFTEN;
    if (isTime) told = performance.now();
    yield isTime ? reportOf(at, isCount) : null;
  }
  yield reportOf(at, at.step === STEPS);
}

/** It falls by the same share in each step. @param {number} step */
export function rateAt(step) {
  return FIRST * (LAST / FIRST) ** (step / STEPS);
}

/** @param {{ photographs?: Picture[], target: number, sigma: number, seed: number }} task */
function begun({ photographs, target, sigma, seed }) {
  const chance = chanceOf(mulberry(seed));
  const machine = new ConvRBM({ channels: 1, features: FILTERS, size: SIZE, sigma });
  machine.weight.set(noiseOf(chance));
  machine.hiddenBias.fill(BIAS);
  const pictures = photographs.map(whitened); // as bright as it may be: whitening makes them alike
  const look = chanceOf(mulberry(seed)); // of its own: who looks on changes nothing
  return { machine, changes: noSlopes(machine), pictures, chance, look, target, step: 0, shares: [], piece: null };
}

/** What filters start as. @param {import("../mirror/unsupervised.js").Chance} chance */
const noiseOf = (chance) => Float64Array.from({ length: FILTERS * CELLS }, () => SPREAD * chance.normal());
/** The same for who has begun nothing yet. @param {number} seed */
export const startOf = (seed) => noiseOf(chanceOf(mulberry(seed)));

/** @returns {Report} */
function reportOf(at, isCount) {
  const { machine, step, shares } = at;
  const weights = machine.weight.slice();
  return {
    step,
    share: shares.length === 0 ? 0 : shares.reduce((sum, one) => sum + one, 0) / shares.length,
    weights,
    biases: machine.hiddenBias.slice(),
    ...(isCount ? { edges: edgesOf(weights) } : {}),
    ...(at.piece ? { redrawn: redrawn(at) } : {}),
  };
}

/** Of pieces, the one in which there is most to see. @param {import("../mirror/patches.js").Stack} batch */
function strongest({ count, values, ...rest }) {
  const cells = values.length / count;
  const pieces = Array.from({ length: count }, (_, n) => Float64Array.from(values.slice(n * cells, (n + 1) * cells)));
  const strengths = pieces.map((piece) => Math.hypot(...piece));
  return { ...rest, count: 1, values: pieces[strengths.indexOf(Math.max(...strengths))] };
}

/** @returns {Redrawn} */
function redrawn({ machine, piece, look }) {
  const hidden = sampleBlocks(machine.hidden(piece).each, machine.block, look);
  const units = new Float64Array(hidden.height * hidden.width);
  hidden.values.forEach((value, k) => (units[k % units.length] += value));
  const count = units.reduce((sum, one) => sum + one, 0);
  return { shown: piece.values, drawing: machine.visibleOf(hidden).values, units, count };
}

/** How strong a filter is. @param {Float64Array} weights @param {number} at */
const lengthOf = (weights, at) => Math.hypot(...weights.subarray(at * CELLS, (at + 1) * CELLS));

/** Which filters count as edges: a Gabor function explains them, and they have grown. @param {Float64Array} weights */
export function edgesOf(weights) {
  return edgeShares(weights, SIZE).map((share, k) => share > EDGE && lengthOf(weights, k) > SEEN);
}

/** Which filters have faded: they are less than half of the noise that they began as. @param {Float64Array} weights */
export function fadedOf(weights) {
  return Array.from({ length: FILTERS }, (_, k) => lengthOf(weights, k) < FADED);
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { learn };
