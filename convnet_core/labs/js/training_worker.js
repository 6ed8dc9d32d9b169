// What trains: arithmetic alone, a step at a time. It runs in a Worker, which gets these functions as text, or,
// where none can be made, in the page. So each function stands by itself: no constants of the module.
// convnet_core.labs.training is the reference; a test trains both side by side.

import { crossEntropy, Network, SGD } from "./network.js";
import { mulberry } from "./random.js";

/**
 * @typedef {{ images: Float64Array, labels: Int32Array }} Samples  pictures of 81 pixels, one after the other
 * @typedef {{ train: Samples, test: Samples }} Data
 * @typedef {object} Task
 * @property {"train" | "seeds" | "race"} job @property {number} id
 * @property {import("./network.js").Plan[]} plans @property {number[]} weights  none: fresh ones
 * @property {number} rate @property {number} momentum @property {number} batch @property {number} pictures
 * @property {number} noise @property {boolean} shifts @property {number} seed
 * @property {number} epoch @property {number} seen  where the training stands
 * @property {number} until  the epoch to stop at @property {"step" | "slow" | "normal" | "fast"} pace
 * @property {boolean} continues  goes on from its own last step, with that one's swing
 */

/** A stream of its own for each purpose: 0 the first weights, 1 the order of an epoch, 2 what is done to a batch. */
export function stream(seed, purpose, count) {
  return mulberry(Math.imul(seed * 3 + purpose + 1, 0x9e3779b1) + count);
}

/** A network that starts from `weights`, or from fresh ones where there are none. */
export function networkOf({ plans, weights, seed, input = { channels: 1, height: 9, width: 9 } }, capacity) {
  const net = new Network(plans, input, capacity);
  const arrays = net.parameters().map(({ value }) => value);
  const random = stream(seed, 0, 0);
  let at = 0;
  arrays.forEach((array, which) => {
    const layer = which - (which % 2); // its weights, then its biases
    const bound = 1 / Math.sqrt(arrays[layer].length / arrays[layer + 1].length);
    for (let k = 0; k < array.length; k++) array[k] = weights.length > 0 ? weights[at++] : (2 * random() - 1) * bound;
  });
  return net;
}

/** [loss, share of right answers] on samples that nothing is learned from. @param {Samples} samples */
export function asked(net, { images, labels }, count) {
  const votes = net.forward(images, count);
  const { answers } = net;
  let right = 0;
  for (let n = 0; n < count; n++) {
    let said = 0;
    for (let k = 1; k < answers; k++) if (votes[n * answers + k] > votes[n * answers + said]) said = k;
    if (said === labels[n]) right += 1;
  }
  return [crossEntropy(votes, labels, count, answers, net.error), right / count];
}

/** Whole numbers below `count`, shuffled. */
export function shuffled(count, random) {
  const order = Int32Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** One picture into the batch: as it is, or shifted by a pixel, with some pixels flipped. */
function copied(from, to, { shifts, noise }, random) {
  const [down, right] = shifts ? [Math.floor(random() * 3) - 1, Math.floor(random() * 3) - 1] : [0, 0];
  for (let r = 0; r < 9; r++) {
    for (let c = 0; c < 9; c++) {
      const [row, column] = [r - down, c - right];
      const isInside = row >= 0 && row < 9 && column >= 0 && column < 9;
      to[r * 9 + c] = isInside ? from[row * 9 + column] : -1;
    }
  }
  if (noise === 0) return;
  const places = shuffled(81, random);
  for (let k = 0; k < noise; k++) to[places[k]] *= -1;
}

/** Learns from the rest of an epoch; after each batch hands out its loss. `at` tells where it stands. */
function* epochOf(net, mover, { images, labels }, task, at) {
  const order = shuffled(task.pictures, stream(task.seed, 1, at.epoch));
  const shown = new Float64Array(task.batch * 81);
  const right = new Int32Array(task.batch);
  while (at.seen < task.pictures) {
    const count = Math.min(task.batch, task.pictures - at.seen);
    const random = stream(task.seed, 2, at.epoch * 1000 + at.seen);
    for (let n = 0; n < count; n++) {
      const sample = order[at.seen + n];
      copied(images.subarray(sample * 81, sample * 81 + 81), shown.subarray(n * 81, n * 81 + 81), task, random);
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
  const { net, mover } = memory;
  Object.assign(mover, { rate: task.rate, momentum: task.momentum });
  const at = { epoch: task.epoch, seen: task.seen, samples: 0 };
  const restOf = { step: 1, slow: 120, normal: 80, fast: 0 };
  let points = [];
  let latest = 0;
  let told = performance.now();
  const note = () => {
    const [[loss, share], [testLoss, testShare]] = [
      asked(net, data.train, task.pictures),
      asked(net, data.test, data.test.labels.length),
    ];
    points.push([loss, testLoss, share, testShare]);
    return loss <= 1000 && testLoss <= 1000;
  };
  const report = () => {
    const weights = net
      .parameters()
      .flatMap(({ value }) => Array.from(value, (number) => Math.round(number * 1e4) / 1e4));
    const said = { weights, epoch: at.epoch, seen: at.seen, samples: at.samples, points, loss: latest, rest: restOf[task.pace] };
    points = [];
    told = performance.now();
    return said;
  };
  if (at.epoch === 0 && at.seen === 0) note();
  while (at.epoch < task.until) {
    for (const loss of epochOf(net, mover, data.train, task, at)) {
      if (!(loss <= 1000)) return yield { exploded: loss, epoch: at.epoch };
      latest = loss;
      if (task.pace === "step" && at.seen < task.pictures) return yield report();
      yield task.pace === "slow" && at.seen < task.pictures ? report() : null;
      if (task.stopped && at.seen < task.pictures) return yield report();
    }
    if (!note()) {
      const [loss, testLoss] = points.at(-1);
      return yield { exploded: loss <= 1000 ? testLoss : loss, epoch: at.epoch - 1 };
    }
    if (task.stopped || task.pace === "step") return yield report();
    if (task.pace !== "fast" || performance.now() - told > 100 || at.epoch >= task.until) yield report();
  }
}

/** Several trainings from fresh weights, each with a seed of its own: hands out the test's shares. @param {Task} task */
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
    shares.push(asked(net, data.test, data.test.labels.length)[1]);
    yield { shares: [...shares] };
  }
}

/** One step of gradient descent for each round; `step` hands out now and then while it works on it. */
function* lane(data, task, isWiggling) {
  const net = networkOf(task, data.train.labels.length);
  const mover = new SGD(net.parameters(), task);
  const batch = Math.min(task.batch, task.pictures);
  const { images, labels } = data.train;
  const wiggle = 1e-5;
  const loss = () => crossEntropy(net.forward(images, batch), labels, batch, 2, net.error);
  for (let steps = 0; ; steps++) {
    if (isWiggling) {
      for (const { value, gradient } of net.parameters()) {
        for (let k = 0; k < value.length; k++) {
          const kept = value[k];
          value[k] = kept + wiggle;
          const up = loss();
          value[k] = kept - wiggle;
          gradient[k] = (up - loss()) / (2 * wiggle);
          value[k] = kept;
          yield null;
        }
      }
    } else net.lossAndGradients(images, labels, batch);
    mover.step();
    yield { steps: steps + 1, net };
  }
}

/** Both ways to the gradient, for the same time, on one batch: steps made and loss reached. @param {Task & { time: number }} task */
function* race(data, task) {
  const loss = (net) => {
    const [found] = asked(net, data.train, Math.min(task.batch, task.pictures));
    return found <= 1000 ? found : 1000;
  };
  const start = { steps: 0, net: networkOf(task, data.train.labels.length) };
  const lanes = [true, false].map((isWiggling) => ({ work: lane(data, task, isWiggling), spent: 0, at: start }));
  for (let round = 1; round <= 10; round++) {
    for (const one of lanes) {
      while (one.spent < (round * task.time) / 10) {
        const began = performance.now();
        one.at = one.work.next().value ?? one.at;
        one.spent += performance.now() - began;
        if (task.stopped) return;
        yield null;
      }
    }
    yield { race: lanes.flatMap(({ at }) => [at.steps, loss(at.net)]) };
  }
}

/**
 * Does one job at a time, a slice of at most about `budget` milliseconds after the other, so that it hears "stop".
 * @param {(report: object) => void} post @param {Record<string, GeneratorFunction>} [jobs]  what it can do
 * @returns {(message: object) => void}
 */
export function trainer(post, budget, jobs = { train: training, seeds, race }) {
  const memory = {};
  let data = null;
  let job = null;
  const work = (mine) => {
    if (job !== mine) return;
    const start = performance.now();
    let rest = 0;
    let isDone = false;
    while (!isDone && rest === 0 && performance.now() - start < budget) {
      const { value, done } = mine.steps.next();
      isDone = done;
      if (value) post({ id: mine.task.id, busy: mine.busy + performance.now() - start, ...value });
      rest = (!mine.task.stopped && value?.rest) || 0;
    }
    mine.busy += performance.now() - start;
    if (isDone) post({ id: mine.task.id, done: true });
    else setTimeout(work, rest, mine);
  };
  return (message) => {
    if (message.data) data = message.data;
    else if (message.job === "stop") {
      if (job) job.task.stopped = true;
    } else if (message.job === "pace") {
      if (job && job.task.pace !== "step") job.task.pace = message.pace;
    } else {
      const steps = jobs[message.job](data, message, memory);
      job = { task: message, steps, busy: 0 };
      setTimeout(work, 0, job);
    }
  };
}

const PARTS = [mulberry, stream, networkOf, asked, shuffled, copied, epochOf, training, seeds, lane, race, trainer];

/** All of these as text, for a Worker. */
export const WORK = PARTS.map(String).join("\n");
