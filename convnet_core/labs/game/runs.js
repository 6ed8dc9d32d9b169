// What holds for learning in this lab: how long, how often it is tested, what its settings are, and what a score says. No DOM.

/**
 * @typedef {"catch" | "drift" | "breakout"} Kind
 * @typedef {{ game: Kind, replay: number, discount: number, seen: number, exploring: "falling" | "none", seed: number }} Settings
 * @typedef {{ frame: number, weights: Float32Array, score: number }} Snapshot  a net on its way, and its mean score then
 *
 * @typedef {object} Run
 * @property {Settings} settings
 * @property {number} frame  how many it has played
 * @property {Snapshot[]} snapshots  from its first weights on
 */

const SETTINGS = ["game", "replay", "discount", "seen", "exploring", "seed"];
/** Frames of a run. @type {Record<Kind, number>} */
export const RUN = { catch: 5000, drift: 15_000, breakout: 15_000 };
/** Games of a test. @type {Record<Kind, number>} */
export const TESTS = { catch: 100, drift: 100, breakout: 20 };
export const TEST_SEED = 1000; // of a test's first game: the same games each time
const MOST = 4; // runs in a row
const MOST_BRICKS = 500; // in a game of as many steps
const PARTS = 20; // of a run, with a test after each
const KINDS = ["catch", "drift", "breakout"];

/** Frames between two tests. @param {Kind} game */
export function every(game) {
  return RUN[game] / PARTS;
}

/** How far the next press leads: to the end of a run that has begun. @param {Kind} game @param {number} frame */
export function goal(game, frame) {
  return Math.min(MOST, Math.floor(frame / RUN[game]) + 1) * RUN[game];
}

/** @param {Run} run */
export function isAtEnd({ settings: { game }, frame }) {
  return frame >= MOST * RUN[game];
}

/** @param {import("../kit/store.js").State} state @returns {Settings} */
export function settingsOf(state) {
  return /** @type {Settings} */ (Object.fromEntries(SETTINGS.map((name) => [name, state[name]])));
}

/** Whether a run is one of these settings. @param {Run | null} run @param {import("../kit/store.js").State} state */
export function fits(run, state) {
  return run !== null && SETTINGS.every((name) => run.settings[name] === state[name]);
}

/** A score as readers count it: the share that is caught, or bricks a game. @param {Kind} game @param {number} score */
export function merit(game, score) {
  return game === "breakout" ? score : (score + 1) / 2;
}

/** The merit of each test. @param {Run} run */
export function merits({ settings: { game }, snapshots }) {
  return snapshots.map(({ score }) => merit(game, score));
}

/** The reader's games and points. @param {number[]} own  of all games, as they stand in KINDS @param {Kind} game */
export function ownOf(own, game) {
  const at = 2 * KINDS.indexOf(game);
  const [games = 0, points = 0] = own.slice(at, at + 2);
  const [least, most] = game === "breakout" ? [0, MOST_BRICKS] : [-1, 1];
  return { games, points, score: games > 0 ? Math.min(most, Math.max(least, points / games)) : null };
}

/** The same after one more. @param {number[]} own @param {Kind} game @param {number} points @returns {number[]} */
export function withGame(own, game, points) {
  return KINDS.flatMap((kind) => {
    const known = ownOf(own, /** @type {Kind} */ (kind));
    return kind === game ? [known.games + 1, known.points + points] : [known.games, known.points];
  });
}

/** The same without those of one game. @param {number[]} own @param {Kind} game @returns {number[]} */
export function withoutGames(own, game) {
  return own.map((value, at) => (Math.floor(at / 2) === KINDS.indexOf(game) ? 0 : value));
}

// The challenges. A share is of the 100 balls of a test.

const [GOOD, NEVER, BLIND, LUCKY, SEES] = [0.95, 0.7, 0.8, 0.4, 0.9];

/** @param {Run} run */
export function hasLearnedCatch(run) {
  return run.settings.game === "catch" && merits(run).some((share) => share >= GOOD);
}

/** @param {Run} run */
export function neverLearnsCatch(run) {
  const { game } = run.settings;
  return game === "catch" && run.frame >= RUN[game] && merits(run).every((share) => share < NEVER);
}

/** With one picture: better than chance, and never good. @param {Run} run */
export function isHalfBlind(run) {
  const { game, seen } = run.settings;
  const shares = merits(run);
  const isSo = shares.at(-1) > LUCKY && shares.every((share) => share < BLIND);
  return game === "drift" && seen === 1 && run.frame >= RUN[game] && isSo;
}

/** @param {Run} run */
export function seesDrift(run) {
  return run.settings.game === "drift" && run.settings.seen === 2 && merits(run).some((share) => share >= SEES);
}
