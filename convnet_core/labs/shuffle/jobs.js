// The shuffle lab's job in its Worker: arithmetic alone. convnet_core.labs.shuffle is the reference; a test trains both
// side by side.

import { SGD } from "../mirror/network.js";
import { ORDER, shuffled, stream } from "../mirror/seeded.js";
import { lossAndAccuracy } from "../mirror/measuring.js";
import { networkOf } from "../mirror/training.js";

/**
 * @typedef {{ images: Float64Array, labels: Int32Array, train: number }} Samples  those to learn from come first
 * @typedef {object} Task
 * @property {string} kind  which data @property {ArrayLike<number>} places  for each pixel, where it was before the swap
 * @property {import("../mirror/network.js").Shape} input @property {import("../mirror/network.js").Plan[][]} plans  of each net
 * @property {number} seeds @property {number} epochs @property {number} batch
 * @property {number} rate @property {number} momentum
 */

/**
 * Trains each net from several seeds, all of them side by side, an epoch after the other.
 * @param {Record<string, Samples>} data @param {Task} task
 * @yields {{ epoch: number, right: number[] } | null}  how many test samples each net has right
 */
function* shuffle(data, task) {
  const { images, labels, train } = data[task.kind];
  const { places } = task;
  const pixels = places.length;
  const swapped = images.map((_, at) => images[at - (at % pixels) + places[at % pixels]]);
  const test = { images: swapped.subarray(train * pixels), labels: labels.subarray(train) };
  const runs = startsOf(task, Math.max(task.batch, test.labels.length));
  yield { epoch: 0, right: runs.map(({ net }) => rightOf(net, test)) };
  for (let epoch = 0; epoch < task.epochs; epoch++) {
    for (const run of runs) yield* learnedEpoch(run, { swapped, labels, train, pixels }, task.batch, epoch);
    yield { epoch: epoch + 1, right: runs.map(({ net }) => rightOf(net, test)) };
  }
}

/** Every net from every seed, before its first step. */
function startsOf(task, capacity) {
  return task.plans.flatMap((plans) =>
    Array.from({ length: task.seeds }, (_, seed) => {
      const net = networkOf({ plans, weights: [], seed, input: task.input }, capacity);
      return { net, seed, mover: new SGD(net.parameters(), task) };
    }),
  );
}

/** One epoch of one net; hands out null after each batch. */
function* learnedEpoch({ net, seed, mover }, { swapped, labels, train, pixels }, batch, epoch) {
  const shown = new Float64Array(batch * pixels);
  const wanted = new Int32Array(batch);
  const order = shuffled(train, stream(seed, ORDER, epoch));
  for (let start = 0; start < train; start += batch) {
    const samples = Math.min(batch, train - start);
    for (let n = 0; n < samples; n++) {
      const from = order[start + n] * pixels;
      for (let k = 0; k < pixels; k++) shown[n * pixels + k] = swapped[from + k];
      wanted[n] = labels[order[start + n]];
    }
    net.lossAndGradients(shown, wanted, samples);
    mover.step();
    yield null;
  }
}

function rightOf(net, test) {
  const count = test.labels.length;
  return Math.round(lossAndAccuracy(net, test, count)[1] * count);
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { shuffle };
