// What the game lab says.

import { percent } from "../kit/words.js";
import { PADDLE } from "../mirror/pixel_games.js";
import { merit, merits, ownOf, TESTS } from "./runs.js";

/**
 * @typedef {import("./runs.js").Kind} Kind
 * @typedef {import("./runs.js").Run} Run
 * @typedef {Record<Kind, [chance: number, rule: number]>} Baselines  points a game
 */

/** The views, in their order. */
export const TABS = { play: "Play", learn: "Learn", watch: "Watch", race: "Race" };
export const GAME_NAMES = { catch: "Catch", drift: "Catch with drift", breakout: "Breakout" };
export const ACTION_NAMES = ["Left", "Stay", "Right"];
export const ARROWS = ["←", "", "→"];
const WHY = {
  catch: "The ball falls straight. Be there.",
  drift: "The ball falls aslant and turns at the walls.",
  breakout: "Don’t lose the ball: each brick that it meets is a point. The paddle’s ends turn it.",
};

/** The rules of a game, in a line. @param {Kind} game */
export const rulesText = (game) => WHY[game];

export const counted = (number) => number.toLocaleString("en");
const many = (count, one, more = `${one}s`) => `${counted(count)} ${count === 1 ? one : more}`;
const minus = (text) => text.replace("-", "−");
/** What an action is worth. @param {number} value */
export const worth = (value) => minus(value.toFixed(2).replace(/^-0\.00$/, "0.00"));

/** A merit: "97%", or "4.3 bricks a game". @param {Kind} game @param {number} value */
function meritText(game, value) {
  return game === "breakout" ? `${value.toFixed(1)} bricks a game` : `${percent(Math.round(100 * value) / 100)} caught`;
}

/** In short, for the drawing and the table. @param {Kind} game @param {number} value */
export const shortMerit = (game, value) => (game === "breakout" ? value.toFixed(1) : `${Math.round(100 * value)}%`);

/** What is to be seen, for ears. @param {import("../mirror/pixel_games.js").Game} game */
export function seenText({ row, column, paddle }) {
  return `the ball in row ${row + 1}, column ${column + 1}, the paddle in columns ${paddle + 1} to ${paddle + PADDLE}`;
}

const DOWNWARD = { [-1]: "up", 1: "down" };

/** Where a ball of Breakout goes. @param {any} game */
function wayText({ down, right }) {
  return `${DOWNWARD[down]} and to the ${right < 0 ? "left" : "right"}`;
}

/** Where the reader's game stands. @param {import("./match.js").Match} match */
export function placeText({ kind, you: { game, score } }) {
  return kind === "breakout" ? `${seenText(game)}, going ${wayText(game)}; ${many(score, "brick")} so far` : seenText(game);
}

/** What comes of the reader's next press, once a game has ended. */
const NEXT = {
  catch: "The next press only brings the next ball.",
  drift: "The next press only brings the next ball.",
  breakout: "The next press only begins another game.",
};

/** How the reader's game has ended, and what it comes to. @param {import("./match.js").Match} match @param {number[]} own */
export function roundText(match, own, { isRunning }) {
  const { kind, you, net, race } = match;
  const end = endText(kind, you);
  if (!match.isOver) return `${end} The net still plays.`;
  const tally = net ? raceText(kind, race) : ownText(own, kind);
  return isRunning ? `${end} ${tally}` : `${end} ${tally} ${NEXT[kind]}`;
}

/** How a game has ended. @param {Kind} game @param {{ score: number }} player */
export function endText(game, { score }) {
  return game === "breakout" ? `Over, after ${many(score, "brick")}.` : score > 0 ? "Caught!" : "Missed.";
}

/** The reader's score so far. @param {number[]} own @param {Kind} game */
export function ownText(own, game) {
  const { games, score } = ownOf(own, game);
  if (score === null) return "You have played no game yet.";
  const value = merit(game, score);
  if (game === "breakout") return `You: ${many(games, "game")}, ${meritText(game, value)}.`;
  return `You: ${many(games, "game")}, ${Math.round(games * value)} caught (${percent(Math.round(100 * value) / 100)}).`;
}

/** @param {Baselines} baselines @param {Kind} game */
export function beatText(baselines, game) {
  const [chance, rule] = baselines[game].map((score) => shortMerit(game, merit(game, score)));
  return `To beat: chance ${chance}, a rule that follows the ball ${rule}${game === "breakout" ? " bricks a game" : ""}.`;
}

/** What each knob offers, and its name. */
export const KNOBS = {
  replay: {
    name: "Replay memory",
    text: (value) => (value === 1 ? "1 step: no memory" : many(value, "step")),
    values: [5000, 32, 1],
  },
  discount: {
    name: "Discount",
    text: (value) => (value === 0 ? "0: only this step’s points" : String(value)),
    values: [0.95, 0.5, 0],
  },
  seen: { name: "Pictures seen", text: (value) => (value === 1 ? "1: the last one" : "2: the last two"), values: [1, 2] },
  exploring: {
    name: "Random actions",
    text: (value) => (value === "none" ? "none" : "falling to 5%"),
    values: ["falling", "none"],
  },
};

/** A setting as it stands. @param {string} name @param {any} value */
function knobText(name, value) {
  if (name === "game") return `Game: ${GAME_NAMES[value]}.`;
  if (name === "speed") return `Speed: ${many(value, "step")} a second.`;
  if (name === "seed") return `Another start: seed ${value}.`;
  return `${KNOBS[name].name}: ${KNOBS[name].text(value)}.`;
}

/** What a change has changed. */
export function changesText(before, state) {
  const names = ["game", "speed", ...Object.keys(KNOBS), "seed"];
  return names
    .filter((name) => before[name] !== state[name])
    .map((name) => knobText(name, state[name]))
    .join(" ");
}

/** A run's settings, in short. @param {import("./runs.js").Settings} settings */
export function settingsText({ replay, discount, seen, exploring, seed }) {
  const pictures = seen === 1 ? "one picture" : "two pictures";
  const memory = replay === 1 ? "no memory" : `memory ${counted(replay)}`;
  return `${memory}, discount ${discount}, ${pictures}${exploring === "none" ? ", no random actions" : ""}, seed ${seed}`;
}

/** Where a run stands. @param {Run | null} run @param {boolean} isOn @param {boolean} isSame  of the settings that stand here */
export function runText(run, isOn, isSame) {
  if (run === null) return "It has learned nothing yet: it plays by its first, random weights.";
  const { game } = run.settings;
  const last = run.snapshots.at(-1);
  const tested = last ? ` In the last test: ${testText(game, last.score)}.` : "";
  const other = isSame || isOn ? "" : " The settings are others now: “Let it learn” begins anew with them.";
  return `${isOn ? "It learns: " : ""}${many(run.frame, "step")} played.${tested}${other}`;
}

/** @param {Kind} game @param {number} score */
function testText(game, score) {
  const value = merit(game, score);
  const count = TESTS[game];
  return game === "breakout" ? `${meritText(game, value)}, in ${count} games` : `${Math.round(value * count)} of ${count} balls caught`;
}

/** At its start. @param {import("./runs.js").Settings} settings @param {number} until */
export const startText = ({ game }, until) => `It learns ${GAME_NAMES[game]}, up to step ${counted(until)}.`;

/** On its way. @param {Run} run @param {number} until */
export function wayOfRun({ settings: { game }, frame, snapshots }, until) {
  const last = snapshots.at(-1);
  return `${counted(frame)} of ${many(until, "step")} played; ${meritText(game, merit(game, last.score))} in the last test.`;
}

/** At its end. @param {Run} run @param {Baselines} baselines */
export function endOfRun(run, baselines) {
  const { game } = run.settings;
  const all = merits(run);
  const [last, best] = [all.at(-1), Math.max(...all)];
  const chance = shortMerit(game, merit(game, baselines[game][0]));
  const isMore = shortMerit(game, best) !== shortMerit(game, last);
  const more = isMore ? `; its best test: ${shortMerit(game, best)}` : "";
  return `After ${many(run.frame, "step")}: ${meritText(game, last)} (chance: ${chance})${more}.`;
}

/** The curve, for who does not see it. @param {Run | null} run @param {Run | null} earlier */
export function curveText(run, earlier) {
  if (run === null || run.snapshots.length === 0) return "Score over steps: nothing yet.";
  const { game } = run.settings;
  const told = run.snapshots
    .filter((_, at) => at % 4 === 0 || at === run.snapshots.length - 1)
    .map(({ frame, score }) => `${counted(frame)}: ${shortMerit(game, merit(game, score))}`);
  const before = earlier ? ` The run before ended with ${shortMerit(game, merits(earlier).at(-1))}.` : "";
  return `Score over steps. ${told.join("; ")}.${before}`;
}

/** Which moment is watched. @param {Kind} game @param {{ frame: number, score: number } | null} snapshot */
export function momentText(game, snapshot) {
  if (snapshot === null) return "nothing learned yet";
  return `after ${many(snapshot.frame, "step")}, ${meritText(game, merit(game, snapshot.score))}`;
}

/** What the net would do. @param {number[]} worths @param {number} best */
export function choiceText(worths, best) {
  const all = worths.map((value, action) => `${ACTION_NAMES[action].toLowerCase()} ${worth(value)}`).join(", ");
  return `${ACTION_NAMES[best]} is worth most: ${all}.`;
}

/** Of the moment after the last step. */
export const NOTHING_COMES = "The game is over: nothing comes after it, so no move is worth anything. The next step begins another.";

/** Of worths above what can be won. */
export const TOO_HIGH =
  "No ball is worth more than 1 point: a net’s worths are guesses, and often too high, for the largest of several guesses is mostly one that is too high.";

/** Where other settings stand under "Learn" than the net has. @param {import("./runs.js").Settings} settings */
export const learnedWithText = (settings) => `It was learned with other settings than those under “Learn” now: ${settingsText(settings)}.`;

/** What it looks at. @param {{ row: number, column: number, fall: number }} most */
export function lookText({ row, column, fall }) {
  if (Math.abs(fall) < 0.005) return "No pixel alone matters here.";
  const what = fall > 0 ? `worth ${worth(fall)} less` : `worth ${worth(-fall)} more`;
  return `Without the pixel in row ${row + 1}, column ${column + 1}, its choice would be ${what}.`;
}

/** How far the longest challenge is. */
export const driftText = (isHalfDone) => (isHalfDone ? "one picture is done; now two, before you leave this page: it forgets the first half." : "one picture is to come.");

/** A race so far. @param {Kind} game @param {{ rounds: number, you: number, net: number }} race */
export function raceText(game, { rounds, you, net }) {
  if (rounds === 0) return "The same balls fall for both of you.";
  const unit = game === "breakout" ? "bricks" : "caught";
  return `After ${many(rounds, "round")}: you ${you}, the net ${net} ${unit}.`;
}
