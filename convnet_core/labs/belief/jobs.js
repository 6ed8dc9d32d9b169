// Long work: filters are learned from photographs, a step at a time. It runs in a Worker, or, where none can be made, in the
// page.

import { learnStep, noSlopes } from "../mirror/contrast.js";
import { crops, EDGE, edgeShares, whitened } from "../mirror/edges.js";
import { mulberry } from "../mirror/seeded.js";
import { chanceOf, ConvRBM } from "../mirror/unsupervised.js";

export const FILTERS = 16;
export const SIZE = 8; // pixels of a filter's side
export const STEPS = 1500; // of a learning
export const BETWEEN = 100; // steps between two counts of edges
export const PIECE = 19; // pixels of a piece's side
const PIECES = 2; // in a step
const [FIRST, LAST] = [0.08, 0.008]; // how far a step goes
const [PULL, DECAY, SPREAD, BIAS] = [5, 0.01, 0.01, -0.1];
const SEEN = 0.1; // the length of a filter that has not faded: at the start, by chance alone, it is about 0.08
const OFTEN = 80; // milliseconds between two reports

/**
 * @typedef {import("../mirror/edges.js").Picture} Picture
 * @typedef {object} Report  how far it is
 * @property {number} step @property {number} share  of the hidden units that were on
 * @property {Float64Array} weights  filter after filter @property {Float64Array} biases  of the hidden units
 * @property {boolean[]} [edges]  which filters count as edges, told now and then
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
    at.share = learnStep(at.machine, crops(at.pictures, PIECE, PIECES, at.chance.uniform), how, at.chance);
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
  machine.weight.forEach((__, k) => (machine.weight[k] = SPREAD * chance.normal()));
  machine.hiddenBias.fill(BIAS);
  const pictures = photographs.map(whitened); // as bright as it may be: whitening makes them alike
  return { machine, changes: noSlopes(machine), pictures, chance, target, step: 0, share: 0 };
}

/** @returns {Report} */
function reportOf({ machine, step, share }, isCount) {
  const weights = machine.weight.slice();
  return { step, share, weights, biases: machine.hiddenBias.slice(), ...(isCount ? { edges: edgesOf(weights) } : {}) };
}

/** Which filters count as edges: a Gabor function explains them, and they have not faded. @param {Float64Array} weights */
export function edgesOf(weights) {
  const cells = SIZE * SIZE;
  return edgeShares(weights, SIZE).map((share, k) => {
    const length = Math.hypot(...weights.subarray(k * cells, (k + 1) * cells));
    return share > EDGE && length > SEEN;
  });
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { learn };
