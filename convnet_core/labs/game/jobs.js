// Long work: a net learns a game, frame by frame, and is tested on the way. It runs in a Worker, or, where none can be made,
// in the page.

import { fastNetwork } from "../mirror/fast_network.js";
import { BATCH, GAME_NET, learnGame, playTogether, situationShape, startGameNet } from "../mirror/game.js";
import { GAMES } from "../mirror/pixel_games.js";
import { BATCHES, stream } from "../mirror/seeded.js";
import { every, TESTS, TEST_SEED } from "./runs.js";

const OFTEN = 100; // milliseconds between two reports
const NO_CHANCE = { exploring: 1, least: 0 }; // only the first action is taken at random
const FALLING = { exploring: 4000, least: 0.05 };

/**
 * @typedef {object} Task
 * @property {import("./runs.js").Settings} settings @property {number} until  frames to play
 * @property {boolean} continues  goes on from its own last frame @property {boolean} [stopped]
 */

/** A net at its start, and the walk that lets it learn. @param {import("./runs.js").Settings} settings */
function begun({ game, seen, replay, discount, exploring, seed }) {
  const net = fastNetwork(GAME_NET, situationShape(seen), BATCH);
  startGameNet(net, seed);
  const how = { seen, replay, discount, ...(exploring === "none" ? NO_CHANCE : FALLING) };
  const walk = learnGame(new GAMES[game](), net, stream(seed, BATCHES, 0), how);
  return { net, walk, frame: 0 };
}

/**
 * Learns until so many frames, and reports: after each some of them the net, and what it scores in games of its own.
 * @param {unknown} _ @param {Task} task @param {any} memory
 */
function* learn(_, task, memory) {
  const { settings, until } = task;
  const name = JSON.stringify(settings);
  if (!task.continues || memory.name !== name) {
    [memory.run, memory.name] = [begun(settings), name];
    yield* tested(memory.run, settings);
  }
  const { run } = memory;
  let told = performance.now();
  while (run.frame < until && !task.stopped) {
    run.frame = run.walk.next().value;
    if (run.frame % every(settings.game) === 0) yield* tested(run, settings);
    else if (performance.now() - told > OFTEN) {
      told = performance.now();
      yield { frame: run.frame };
    } else yield null;
  }
  yield { frame: run.frame };
}

/** What the net is now, and its mean score without chance. */
function* tested({ net, frame }, { game, seen }) {
  const scores = yield* playTogether(() => new GAMES[game](), net, { games: TESTS[game], seed: TEST_SEED, seen });
  const weights = Float32Array.from(net.parameters().flatMap(({ value }) => Array.from(value)));
  yield { frame, snapshot: { frame, weights, score: scores.reduce((sum, score) => sum + score, 0) / scores.length } };
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { learn };
