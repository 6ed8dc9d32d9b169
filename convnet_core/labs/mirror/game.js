// A network learns a game from its pixels and its points, as in convnet_core.game: what an action was worth are its points,
// and the best that the network sees after it. A test learns side by side with Python.

import { CELLS, SIDE } from "./pixel_games.js";
import { RMSProp } from "./rmsprop.js";
import { start } from "./training.js";

export const ACTIONS = 3;
export const BATCH = 32; // situations that each step learns from
const START = 200; // frames before the first of them
const CALM = 0.1; // the first weights of the last layer, as a share of what they would be
const [RATE, DECAY, EPSILON] = [0.002, 0.95, 0.001];

/**
 * @typedef {import("./pixel_games.js").Game} Game
 * @typedef {import("./training.js").Learner} Learner
 */

/** What an action is worth. @type {import("./layers.js").Plan[]} */
export const GAME_NET = [
  { kind: "conv", filters: 8, size: 3 },
  { kind: "relu" },
  { kind: "linear", outputs: 32 },
  { kind: "relu" },
  { kind: "linear", outputs: ACTIONS },
];

/** What it looks at: the last pictures. @param {number} seen  how many */
export function situationShape(seen) {
  return { channels: seen, height: SIDE, width: SIDE };
}

/** Gives a net of that plan its first weights. @param {Learner} net @param {number} seed */
export function startGameNet(net, seed) {
  start(net, [], seed);
  for (const { value } of net.parameters().slice(-2)) for (let k = 0; k < value.length; k++) value[k] *= CALM;
}

/** Which of the actions is worth most, of those from `at` on; of equals, the first. @param {ArrayLike<number>} worths */
export function bestAction(worths, at = 0) {
  let best = 0;
  for (let action = 1; action < ACTIONS; action++) if (worths[at + action] > worths[at + best]) best = action;
  return best;
}

/**
 * How far the worth of the actions that were taken lies from what it should have been; its gradient goes into `error`.
 * @param {ArrayLike<number>} worths  ACTIONS of each situation
 * @param {{ actions: ArrayLike<number>, targets: ArrayLike<number> }} wanted  of all `samples`
 * @param {Float64Array} error @param {number} samples @param {number} [from]  the part of the situations @param {number} [to]
 * @returns {number} the mean of (worth - target) squared over 2: the part's share of it
 */
export function worthError(worths, { actions, targets }, error, samples, from = 0, to = samples) {
  let sum = 0;
  error.fill(0, from * ACTIONS, to * ACTIONS);
  for (let n = from; n < to; n++) {
    const at = n * ACTIONS + actions[n];
    const off = worths[at] - targets[n];
    error[at] = off / samples;
    sum += off * off;
  }
  return sum / samples / 2;
}

/**
 * What an action should have been worth: its points, and, discounted, the best that can be done from where it led.
 * @param {{ points: ArrayLike<number>, isOver: ArrayLike<number> }} steps
 * @param {ArrayLike<number>} following  what the network says of the situation after it @param {number} discount
 * @param {Float64Array} targets  where they go
 */
export function targetsOf({ points, isOver }, following, discount, targets) {
  for (let n = 0; n < targets.length; n++) {
    const at = n * ACTIONS;
    targets[n] = points[n] + discount * (isOver[n] ? 0 : following[at + bestAction(following, at)]);
  }
  return targets;
}

/** The last steps, to learn from in any order; the oldest goes first. */
export class Replay {
  /** @param {number} capacity @param {number} size  of a situation */
  constructor(capacity, size) {
    this.capacity = capacity;
    this.size = size;
    this.count = 0;
    this.before = new Float32Array(capacity * size);
    this.after = new Float32Array(capacity * size);
    this.actions = new Uint8Array(capacity);
    this.points = new Float64Array(capacity);
    this.isOver = new Uint8Array(capacity);
  }

  /** Where the next step goes. */
  get place() {
    return this.count % this.capacity;
  }

  /** Remembers a situation, and then what came of it. @param {Float32Array} situation */
  begin(situation) {
    this.before.set(situation, this.place * this.size);
  }

  /** @param {number} action @param {import("./pixel_games.js").Outcome} outcome @param {Float32Array} situation */
  end(action, { points, isOver }, situation) {
    const { place } = this;
    this.after.set(situation, place * this.size);
    this.actions[place] = action;
    this.points[place] = points;
    this.isOver[place] = isOver ? 1 : 0;
    this.count += 1;
  }

  /** As many as `batch` has room for, at random, into it. @param {Batch} batch @param {() => number} random */
  sample(batch, random) {
    const { size } = this;
    const known = Math.min(this.count, this.capacity);
    for (let n = 0; n < batch.samples; n++) {
      const chosen = Math.floor(random() * known);
      const [from, to] = [chosen * size, n * size];
      for (let k = 0; k < size; k++) {
        batch.before[to + k] = this.before[from + k];
        batch.after[to + k] = this.after[from + k];
      }
      batch.actions[n] = this.actions[chosen];
      batch.points[n] = this.points[chosen];
      batch.isOver[n] = this.isOver[chosen];
    }
  }
}

/** Room for steps to learn from. @typedef {ReturnType<typeof batchOf>} Batch @param {number} size  of a situation */
export function batchOf(samples, size) {
  const numbers = (length) => new Float64Array(length);
  const situations = { before: numbers(samples * size), after: numbers(samples * size) };
  const of = { actions: new Uint8Array(samples), points: numbers(samples), isOver: new Uint8Array(samples) };
  return { samples, ...situations, ...of, targets: numbers(samples) };
}

/** Plays a game and keeps the last pictures: what a network that looks at several of them sees. */
export class Player {
  /** @param {Game} game @param {number} seen @param {number} [seed]  of the first game; the others go on with its chance */
  constructor(game, seen, seed) {
    this.game = game;
    this.seen = seen;
    this.score = 0;
    this.situation = new Float32Array(seen * CELLS);
    this.begin(seed);
  }

  /** A new game: its situation is the first picture as often as pictures are seen. @param {number} [seed] */
  begin(seed) {
    this.game.reset(seed);
    this.score = 0;
    for (let k = 0; k < this.seen; k++) this.game.picture(this.situation, k * CELLS);
  }

  /** @param {number} action */
  step(action) {
    const outcome = this.game.step(action);
    this.situation.copyWithin(0, CELLS);
    this.game.picture(this.situation, (this.seen - 1) * CELLS);
    this.score += outcome.points;
    return outcome;
  }
}

/**
 * One step of learning. @param {Learner} net @param {Batch} batch @param {{ step: () => void }} mover @param {number} discount
 * @returns {number} the error before it
 */
export function learnFrom(net, batch, mover, discount) {
  const { samples } = batch;
  targetsOf(batch, net.forward(batch.after, samples), discount, batch.targets);
  let error = 0;
  net.gradientsBy(batch.before, samples, (worths, gradient, from, to) => {
    error += worthError(worths, batch, gradient, samples, from, to);
  });
  mover.step();
  return error;
}

/**
 * Lets a network learn a game by playing it, without end: hands out the frames played, after each.
 * @param {Game} game @param {Learner} net  with room for BATCH situations @param {() => number} random
 * @param {{ seen: number, replay: number, discount: number, exploring: number, least: number }} how
 *   exploring: frames in which the share of actions taken at random falls from 1 to `least`
 */
export function* learnGame(game, net, random, { seen, replay, discount, exploring, least }) {
  const player = new Player(game, seen, Math.floor(random() * 2 ** 31));
  const size = seen * CELLS;
  const [memory, batch, now] = [new Replay(replay, size), batchOf(BATCH, size), new Float64Array(size)];
  const mover = new RMSProp(net.parameters(), RATE, DECAY, EPSILON);
  for (let frame = 1; ; frame++) {
    const shareAtRandom = Math.max(least, 1 - ((1 - least) * (frame - 1)) / exploring);
    const isAtRandom = random() < shareAtRandom;
    now.set(player.situation);
    const action = isAtRandom ? Math.floor(random() * ACTIONS) : bestAction(net.forward(now, 1));
    memory.begin(player.situation);
    const outcome = player.step(action);
    memory.end(action, outcome, player.situation);
    if (outcome.hasEnded) player.begin();
    if (frame > START) {
      memory.sample(batch, random);
      learnFrom(net, batch, mover, discount);
    }
    yield frame;
  }
}

/**
 * Lets a network play so many games side by side, without chance of its own: a step of all of them at a time, between which
 * it hands out null.
 * @param {() => Game} makeGame @param {Learner} net
 * @param {{ games: number, seed: number, seen: number }} how  seed: of the first; the next one has the next
 * @returns {Generator<null, number[]>} the scores
 */
export function* playTogether(makeGame, net, { games, seed, seen }) {
  const players = Array.from({ length: games }, (_, k) => new Player(makeGame(), seen, seed + k));
  const size = seen * CELLS;
  const situations = new Float64Array(net.capacity * size);
  for (let first = 0; first < games; first += net.capacity) {
    let playing = players.slice(first, first + net.capacity);
    while (playing.length > 0) {
      playing.forEach(({ situation }, n) => situations.set(situation, n * size));
      const worths = net.forward(situations, playing.length);
      playing.forEach((player, n) => player.step(bestAction(worths, n * ACTIONS)));
      playing = playing.filter(({ game }) => !game.hasEnded);
      yield null;
    }
  }
  return players.map(({ score }) => score);
}
