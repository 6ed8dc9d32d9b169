// Long work: arithmetic alone, a step at a time. It runs in a Worker, or, where none can be made, in the page.

import { digitOf, INK, LEARNED, PIXELS, SIDE } from "../mirror/digits.js";
import { climb, INPUT, largest, occlusion, PLANS } from "../mirror/looking.js";
import { fastNetwork } from "../mirror/fast_network.js";
import { crossEntropy } from "../mirror/network.js";
import { BATCHES, ORDER, shuffled, stream } from "../mirror/seeded.js";
import { start } from "../mirror/training.js";
import { Brain, FEATURES, mapOf, middleOf, STAGES } from "./brain.js";

const BATCH = 32;
const FURTHEST = 1; // pixels that a digit is moved by, each way
const OFTEN = 250; // milliseconds between two reports of a training
const DECIMALS = 1e4; // of a weight that is handed over
const MOMENTUM = 0.9;
export const CLIMBS = 100; // steps of a growing picture
const [LENGTH, FAINT, NOISE] = [0.5, 0.2, 3]; // their length, its first ink, its random numbers
const NINE = 9;
const RATES = [0.04, 0.04, 0.04, 0.04, 0.04, 0.04, 0.02, 0.02, 0.01, 0.005]; // of each epoch

export const EPOCHS = RATES.length;

/** @typedef {import("../mirror/digits.js").Digits} Digits */

/** The square walks: a row of falls after the other. */
function* occlude(_, { weights, picture, label, size, stride, grey }) {
  const { net } = new Brain(weights);
  for (const row of occlusion(net, picture, label, { size, stride, grey })) yield { row };
}

/** Digit `which` into the batch, moved by some pixels. @param {Digits} digits */
function put({ levels }, which, to, down, right) {
  const from = which * PIXELS;
  for (let r = 0; r < SIDE; r++)
    for (let c = 0; c < SIDE; c++) {
      const [row, column] = [r - down, c - right];
      const isInside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
      to[r * SIDE + c] = isInside ? levels[from + row * SIDE + column] / INK : 0;
    }
}

/** The votes of the last batch. @param {import("../mirror/training.js").Learner} net */
function votesOf(net) {
  return "votes" in net ? net.votes : net.layers.at(-1).values;
}

/** How many of a batch it gets right. */
function rightOf(votes, labels, count) {
  let right = 0;
  for (let n = 0; n < count; n++) if (largest(votes.subarray(10 * n, 10 * n + 10)) === labels[n]) right += 1;
  return right;
}

/**
 * Learns from the 4,000 digits, and tells now and then what it has learned; at the end of each epoch how well it does.
 * @param {Digits} digits @param {{ seed: number, stopped?: boolean }} task
 */
function* train(digits, task) {
  const net = fastNetwork(PLANS, INPUT, BATCH);
  start(net, [], task.seed);
  const mover = net.mover({ rate: RATES[0], momentum: MOMENTUM });
  const run = { net, mover, digits, task, batch: new Float64Array(BATCH * PIXELS), labels: new Int32Array(BATCH) };
  for (let epoch = 0; epoch < RATES.length; epoch++) {
    mover.rate = RATES[epoch];
    const learned = yield* trainedEpoch(run, epoch);
    if (task.stopped) return;
    const tested = yield* testedOn(run);
    yield { point: [...learned, ...tested], weights: weightsOf(net), share: (epoch + 1) / RATES.length };
  }
}

/** One epoch; loss and share of right answers, as they were when each batch was learned from. */
function* trainedEpoch({ net, mover, digits, task, batch, labels }, epoch) {
  const order = shuffled(LEARNED, stream(task.seed, ORDER, epoch));
  let [loss, right, told] = [0, 0, performance.now()];
  for (let from = 0; from < LEARNED && !task.stopped; from += BATCH) {
    const random = stream(task.seed, BATCHES, epoch * LEARNED + from);
    const by = () => Math.floor(random() * (2 * FURTHEST + 1)) - FURTHEST;
    for (let n = 0; n < BATCH; n++) {
      const which = order[from + n];
      put(digits, which, batch.subarray(n * PIXELS, (n + 1) * PIXELS), by(), by());
      labels[n] = digits.labels[which];
    }
    loss += net.lossAndGradients(batch, labels, BATCH) * BATCH;
    right += rightOf(votesOf(net), labels, BATCH);
    mover.step();
    const isTime = performance.now() - told > OFTEN;
    if (isTime) told = performance.now();
    yield isTime ? { weights: weightsOf(net), share: (epoch + from / LEARNED) / RATES.length } : null;
  }
  return [loss / LEARNED, right / LEARNED];
}

/** Loss and share of right answers on the digits that were held out. */
function* testedOn({ net, digits, batch, labels }) {
  const all = digits.labels.length;
  let [loss, right] = [0, 0];
  for (let from = LEARNED; from < all; from += BATCH) {
    const count = Math.min(BATCH, all - from);
    for (let n = 0; n < count; n++) {
      put(digits, from + n, batch.subarray(n * PIXELS, (n + 1) * PIXELS), 0, 0);
      labels[n] = digits.labels[from + n];
    }
    const votes = net.forward(batch, count);
    loss += crossEntropy(votes, labels, count, 10, net.error) * count;
    right += rightOf(votes, labels, count);
    yield null;
  }
  return [loss / (all - LEARNED), right / (all - LEARNED)];
}

/** @param {import("../mirror/training.js").Learner} net */
function weightsOf(net) {
  const all = net.parameters().flatMap(({ value }) => Array.from(value));
  return Float64Array.from(all, (number) => Math.round(number * DECIMALS) / DECIMALS);
}

/**
 * The share of held-out digits whose nearest one of the 4,000, pixel by pixel, is the same digit.
 * @param {Digits} digits
 */
function* nearest({ levels, labels }) {
  let right = 0;
  for (let which = LEARNED; which < labels.length; which++) {
    let [least, found] = [Infinity, 0];
    for (let other = 0; other < LEARNED; other++) {
      const distance = distanceOf(levels, which * PIXELS, other * PIXELS, least);
      if (distance < least) [least, found] = [distance, other];
    }
    if (labels[found] === labels[which]) right += 1;
    yield null;
  }
  yield { nearest: right / (labels.length - LEARNED) };
}

/** The squared differences of two pictures, summed up; no further than to `enough`. @param {Uint8Array} levels */
function distanceOf(levels, one, other, enough) {
  let sum = 0;
  for (let row = 0; row < PIXELS && sum < enough; row += SIDE)
    for (let k = row; k < row + SIDE; k++) sum += (levels[one + k] - levels[other + k]) ** 2;
  return sum;
}

/** The held-out digits that a net gets wrong, as it finds them: which, what it says, and how sure it is. */
function* judge(digits, { weights }) {
  const brain = new Brain(weights);
  const all = digits.labels.length;
  const [wrong, right] = [[], Array(10).fill(0)];
  for (let which = LEARNED; which < all; which++) {
    const { said, shares } = brain.answer(digitOf(digits, which));
    const label = digits.labels[which];
    if (said === label) right[label] += 1;
    else wrong.push({ which, label, said, share: shares[said] });
    const isTime = (which - LEARNED) % 50 === 49 || which === all - 1;
    yield isTime ? { wrong: [...wrong], asked: which + 1 - LEARNED, all: all - LEARNED } : null;
  }
}

/** The nine of the 4,000 digits that excite each feature most, at most one place in each, as they are found. */
function* excite(digits, { weights, first = LEARNED }) {
  const brain = new Brain(weights);
  /** @type {Record<string, Best[][]>} */
  const best = Object.fromEntries(FEATURES.map(({ key, maps }) => [key, Array.from({ length: maps }, () => [])]));
  for (let which = 0; which < first; which++) {
    const answer = brain.answer(digitOf(digits, which));
    for (const stage of FEATURES)
      best[stage.key].forEach((list, feature) => enter(list, mapOf(answer, stage, feature), which));
    yield which % 100 === 99 ? { best, asked: which + 1, all: first } : null;
  }
}

/** @typedef {{ number: number, which: number, at: number }} Best  the largest number of a map, and where it stands */

/** Puts the largest number of a map where it belongs among the nine largest; of equal ones the first stays before. */
function enter(/** @type {Best[]} */ list, map, which) {
  const at = largest(map);
  const number = map[at];
  const place = list.findIndex((other) => number > other.number);
  if (place < 0 && list.length >= NINE) return;
  list.splice(place < 0 ? list.length : place, 0, { number, which, at });
  if (list.length > NINE) list.pop();
}

/** A picture grows from noise that one number answers to, the middle one of its map before the ReLU. */
function* grow(_, { weights, stage: key, feature, seed }) {
  const { net } = new Brain(weights);
  const stage = STAGES.find((one) => one.key === key);
  const { layer, at } = middleOf(stage, feature);
  const random = stream(seed, NOISE, 0);
  const start = Float64Array.from({ length: PIXELS }, () => FAINT * random());
  let steps = 0;
  for (const { picture, number } of climb(net, start, layer, at, LENGTH)) {
    yield { picture, number, steps };
    if (steps++ === CLIMBS) return;
  }
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { occlude, train, nearest, judge, excite, grow };
