// The shuffle lab's job in its Worker: arithmetic alone, as in training_worker.js, whose functions it may use.
// convnet_core.labs.shuffle is the reference; a test trains both side by side.

import { SGD } from "./network.js";
import { asked, networkOf, shuffled, stream } from "./training_worker.js";

/**
 * @typedef {{ images: Float64Array, labels: Int32Array, train: number }} Samples  those to learn from come first
 * @typedef {object} Task
 * @property {string} kind  which data @property {ArrayLike<number>} places  for each pixel, where it was before the swap
 * @property {import("./network.js").Shape} input @property {import("./network.js").Plan[][]} plans  of each net
 * @property {number} seeds @property {number} epochs @property {number} batch
 * @property {number} rate @property {number} momentum
 */

/**
 * Trains each net from several seeds, all of them side by side, an epoch after the other.
 * @param {Record<string, Samples>} data @param {Task} task
 * @yields {{ epoch: number, right: number[] } | null}  how many test samples each net has right
 */
export function* shuffle(data, task) {
  const { images, labels, train } = data[task.kind];
  const { places, batch } = task;
  const pixels = places.length;
  const swapped = images.map((_, at) => images[at - (at % pixels) + places[at % pixels]]);
  const test = { images: swapped.subarray(train * pixels), labels: labels.subarray(train) };
  const count = test.labels.length;
  const nets = task.plans.flatMap((plans) =>
    Array.from({ length: task.seeds }, (_, seed) => {
      const net = networkOf({ plans, weights: [], seed, input: task.input }, Math.max(batch, count));
      return { net, seed, mover: new SGD(net.parameters(), task) };
    }),
  );
  const shown = new Float64Array(batch * pixels);
  const wanted = new Int32Array(batch);
  const report = (epoch) => ({ epoch, right: nets.map(({ net }) => Math.round(asked(net, test, count)[1] * count)) });
  yield report(0);
  for (let epoch = 0; epoch < task.epochs; epoch++) {
    for (const { net, seed, mover } of nets) {
      const order = shuffled(train, stream(seed, 1, epoch));
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
    yield report(epoch + 1);
  }
}
