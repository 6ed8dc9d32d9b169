// What trains: arithmetic alone, a step at a time. It runs in a Worker, or, where none can be made, in the page.
// convnet_core.labs.training is the reference; a test trains both side by side.

import { crossEntropy, SGD } from "../mirror/network.js";
import { BATCHES, ORDER, shuffled, stream } from "../mirror/seeded.js";
import { lossAndAccuracy } from "../mirror/measuring.js";
import { networkOf } from "../mirror/training.js";

const SIZE = 9; // pixels on a side
const PIXELS = SIZE * SIZE;
const PAPER = -1;
const LARGEST = 1000; // of a loss: beyond it, the training has gone wrong
const OFTEN = 100; // milliseconds between two reports of a fast training
const REST = { step: 1, slow: 120, normal: 80, fast: 0 }; // milliseconds after a report: time to look
const WIGGLE = 1e-5;
const ROUNDS = 10; // in which the two of a race take turns

/**
 * @typedef {{ images: Float64Array, labels: Int32Array }} Samples  pictures of 81 pixels, one after the other
 * @typedef {{ train: Samples, test: Samples }} Data
 * @typedef {object} Task
 * @property {"train" | "seeds" | "race"} job @property {number} id
 * @property {import("../mirror/network.js").Plan[]} plans @property {number[]} weights  none: fresh ones
 * @property {number} rate @property {number} momentum @property {number} batch @property {number} pictures
 * @property {number} noise @property {boolean} shifts @property {number} seed
 * @property {number} epoch @property {number} seen  where the training stands
 * @property {number} until  the epoch to stop at @property {"step" | "slow" | "normal" | "fast"} pace
 * @property {boolean} continues  goes on from its own last step, with that one's swing
 * @property {boolean} [stopped]  the reader wants it to end
 */

/** One picture into the batch: as it is, or shifted by a pixel, with some pixels flipped. */
function putVaried(from, to, { shifts, noise }, random) {
  const [down, right] = shifts ? [Math.floor(random() * 3) - 1, Math.floor(random() * 3) - 1] : [0, 0];
  for (let r = 0; r < SIZE; r++) {
    for (let c = 0; c < SIZE; c++) {
      const [row, column] = [r - down, c - right];
      const isInside = row >= 0 && row < SIZE && column >= 0 && column < SIZE;
      to[r * SIZE + c] = isInside ? from[row * SIZE + column] : PAPER;
    }
  }
  if (noise === 0) return;
  const places = shuffled(PIXELS, random);
  for (let k = 0; k < noise; k++) to[places[k]] *= -1;
}

/** Picture `which` of those that lie one after the other. @param {Float64Array} images */
function pictureOf(images, which) {
  return images.subarray(which * PIXELS, (which + 1) * PIXELS);
}

/** Learns from the rest of an epoch; after each batch hands out its loss. `at` tells where it stands. */
function* epochOf(net, mover, { images, labels }, task, at) {
  const order = shuffled(task.pictures, stream(task.seed, ORDER, at.epoch));
  const shown = new Float64Array(task.batch * PIXELS);
  const right = new Int32Array(task.batch);
  while (at.seen < task.pictures) {
    const count = Math.min(task.batch, task.pictures - at.seen);
    const random = stream(task.seed, BATCHES, at.epoch * 1000 + at.seen);
    for (let n = 0; n < count; n++) {
      const sample = order[at.seen + n];
      putVaried(pictureOf(images, sample), pictureOf(shown, n), task, random);
      right[n] = labels[sample];
    }
    const loss = net.lossAndGradients(shown, right, count);
    mover.step();
    at.seen += count;
    at.samples += count;
    yield loss;
  }
  at.epoch += 1;
  at.seen = 0;
}

/** Trains, and reports: weights, where it stands, and a point of the curves for each epoch. @param {Task} task */
function* training(data, task, memory) {
  if (!task.continues || !memory.net) {
    memory.net = networkOf(task, data.train.labels.length);
    memory.mover = new SGD(memory.net.parameters(), task);
  }
  Object.assign(memory.mover, { rate: task.rate, momentum: task.momentum });
  const run = { data, task, ...memory, at: { epoch: task.epoch, seen: task.seen, samples: 0 } };
  Object.assign(run, { points: [], loss: 0, told: performance.now() });
  if (run.at.epoch === 0 && run.at.seen === 0) addPoint(run);
  while (run.at.epoch < task.until) if (yield* trainedEpoch(run)) return;
}

/** The rest of an epoch; hands out reports, and null between them. @returns whether the training ends with it */
function* trainedEpoch(run) {
  const { net, mover, data, task, at } = run;
  for (const loss of epochOf(net, mover, data.train, task, at)) {
    if (!isSound(loss)) {
      yield { exploded: loss, epoch: at.epoch };
      return true;
    }
    run.loss = loss;
    const isWithin = at.seen < task.pictures;
    const isStep = isWithin && task.pace === "step";
    yield isStep || (isWithin && task.pace === "slow") ? reportOf(run) : null;
    if (isStep) return true;
    if (isWithin && task.stopped) {
      yield reportOf(run);
      return true;
    }
  }
  const [loss, testLoss] = addPoint(run);
  if (!isSound(loss) || !isSound(testLoss)) {
    yield { exploded: isSound(loss) ? testLoss : loss, epoch: at.epoch - 1 };
    return true;
  }
  const isEnd = task.stopped || task.pace === "step";
  if (isEnd || task.pace !== "fast" || performance.now() - run.told > OFTEN || at.epoch >= task.until) {
    yield reportOf(run);
  }
  return isEnd;
}

/** Notes loss and accuracy on training and test pictures, and hands them out. */
function addPoint({ net, data, task, points }) {
  const [loss, share] = lossAndAccuracy(net, data.train, task.pictures);
  const [testLoss, testShare] = lossAndAccuracy(net, data.test, data.test.labels.length);
  points.push([loss, testLoss, share, testShare]);
  return [loss, testLoss];
}

/** Where a run stands. The points that it has noted are told once. */
function reportOf(run) {
  const { net, at, points, loss, task } = run;
  const weights = net.parameters().flatMap(({ value }) => Array.from(value, (number) => Math.round(number * 1e4) / 1e4));
  Object.assign(run, { points: [], told: performance.now() });
  return { weights, epoch: at.epoch, seen: at.seen, samples: at.samples, points, loss, rest: REST[task.pace] };
}

/** @param {number} loss  NaN is none */
function isSound(loss) {
  return loss <= LARGEST;
}

/**
 * Several trainings from fresh weights, each with a seed of its own: hands out the test's shares.
 * @param {Data} data @param {Task & { runs: number }} task
 */
function* seeds(data, task) {
  const shares = [];
  for (let seed = task.seed; seed < task.seed + task.runs; seed++) {
    const own = { ...task, seed, weights: [] };
    const net = networkOf(own, data.train.labels.length);
    const mover = new SGD(net.parameters(), task);
    const at = { epoch: 0, seen: 0, samples: 0 };
    while (at.epoch < task.until) {
      for (const _ of epochOf(net, mover, data.train, own, at)) {
        yield null;
        if (task.stopped) return;
      }
    }
    shares.push(lossAndAccuracy(net, data.test, data.test.labels.length)[1]);
    yield { shares: [...shares] };
  }
}

/** One step of gradient descent for each round; hands out null now and then while it works on one. */
function* steps(data, task, isWiggling) {
  const net = networkOf(task, data.train.labels.length);
  const mover = new SGD(net.parameters(), task);
  const batch = Math.min(task.batch, task.pictures);
  const { images, labels } = data.train;
  for (let done = 1; ; done++) {
    if (isWiggling) yield* wiggled(net, images, labels, batch);
    else net.lossAndGradients(images, labels, batch);
    mover.step();
    yield { steps: done, net };
  }
}

/** The gradient by the wiggle: each weight up and down, and the loss asked twice. */
function* wiggled(net, images, labels, batch) {
  const loss = () => crossEntropy(net.forward(images, batch), labels, batch, net.answers, net.error);
  for (const { value, gradient } of net.parameters()) {
    for (let k = 0; k < value.length; k++) {
      const kept = value[k];
      value[k] = kept + WIGGLE;
      const up = loss();
      value[k] = kept - WIGGLE;
      gradient[k] = (up - loss()) / (2 * WIGGLE);
      value[k] = kept;
      yield null;
    }
  }
}

/**
 * Both ways to the gradient, for the same time, on one batch: steps made and loss reached.
 * @param {Data} data @param {Task & { time: number }} task
 */
function* race(data, task) {
  const loss = (net) => {
    const [found] = lossAndAccuracy(net, data.train, Math.min(task.batch, task.pictures));
    return isSound(found) ? found : LARGEST;
  };
  const start = { steps: 0, net: networkOf(task, data.train.labels.length) };
  const lanes = [true, false].map((isWiggling) => ({ work: steps(data, task, isWiggling), spent: 0, at: start }));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const lane of lanes) {
      while (lane.spent < (round * task.time) / ROUNDS) {
        const began = performance.now();
        lane.at = lane.work.next().value ?? lane.at;
        lane.spent += performance.now() - began;
        if (task.stopped) return;
        yield null;
      }
    }
    yield { race: lanes.flatMap(({ at }) => [at.steps, loss(at.net)]) };
  }
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { train: training, seeds, race };
