// What holds for learning in this lab: how long, how often it is tested, and what its settings are. No DOM.

/** @typedef {"catch" | "drift" | "breakout"} Kind */
/**
 * @typedef {{ game: Kind, replay: number, discount: number, seen: number, exploring: "falling" | "none", seed: number }} Settings
 */
export const SETTINGS = ["game", "replay", "discount", "seen", "exploring", "seed"];

/** Frames of a run. @type {Record<Kind, number>} */
export const RUN = { catch: 5000, drift: 15_000, breakout: 15_000 };
/** Games of a test. @type {Record<Kind, number>} */
export const TESTS = { catch: 100, drift: 100, breakout: 20 };
export const TEST_SEED = 1000; // of a test's first game: the same games each time
export const MOST = 4; // runs in a row

/** Frames between two tests. @param {Kind} game */
export function every(game) {
  return RUN[game] / 20;
}

/** @param {import("../kit/store.js").State} state @returns {Settings} */
export function settingsOf(state) {
  return /** @type {Settings} */ (Object.fromEntries(SETTINGS.map((name) => [name, state[name]])));
}
