// Play: the reader at the paddle, alone or in a race against the net.

import { button, make, write } from "../kit/dom.js";
import { capital } from "../kit/words.js";
import { clock } from "./clock.js";
import { Match } from "./match.js";
import { pad } from "./pad.js";
import { ownOf, withGame, withoutGames } from "./runs.js";
import { screen } from "./screen.js";
import { beatText, GAME_NAMES, ownText, placeText, raceText, roundText, rulesText, seenText } from "./words.js";

const STEPPING =
  "Paused, each press of a button, or of an arrow key on the picture, is a step, and is told: this is the way to play by ear.";
const RUNNING = "It runs: hold a button, or an arrow key on the picture. Of its steps nothing is told; a pause tells where it stands.";

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ rival: (() => import("./derived.js").Judge) | null, rivalText?: () => string,
 *           say: (text: string) => void, sayAtRest: (text: string) => void, signal: AbortSignal }} parts  rival: the net, in a race
 */
export function playTab(store, { rival, rivalText, say, sayAtRest, signal }) {
  const table = tableOf(store, { rival });
  const element = make("div", { class: "cl-game-play" });
  const screens = screensOf(rival !== null);
  const words = wordsOf(store, { rivalText, say });
  /** While it runs, only ends are told. */
  const step = () => {
    const hasEnded = table.step(moves.take());
    show(store.state);
    if (hasEnded) say(table.told({ isRunning: true }));
  };
  const stepByHand = (/** @type {number} */ action) => {
    const hasEnded = table.step(action);
    show(store.state);
    if (hasEnded) say(table.told());
    else sayAtRest(table.told());
  };
  const onturn = (/** @type {boolean} */ isOn) => {
    words.tellTurn(isOn);
    if (!isOn) return;
    say("");
    screens.focus();
  };
  const onpause = () => say(`Paused. ${table.told()}`);
  const ticking = clock(store, { names: ["Start", "Pause"], tick: step, onturn, onpause, signal });
  const moves = pad(element, { isRunning: ticking.isOn, step: stepByHand, toggle: ticking.toggle, signal });
  const run = make("div", { class: "cl-buttons" }, [ticking.press, ticking.speed]);
  element.append(screens.element, make("div", { class: "cl-side cl-grow" }, [moves.element, run, ...words.elements]));
  function show(state) {
    screens.show(table.match);
    words.update(state, table.match);
  }
  const update = (state, isShown) => {
    if (!isShown) return ticking.stop();
    if (table.isOther(state)) {
      ticking.stop();
      table.begin(state);
    }
    table.renewRival();
    ticking.update(state);
    show(state);
  };
  const reset = () => {
    ticking.stop();
    return table.clear();
  };
  return { element, update, reset };
}

/** The match of now. A game that ends counts for the reader, and is no step of Undo. */
function tableOf(store, { rival }) {
  let begun = "";
  const nameOf = ({ game, seed }) => `${game} ${seed} ${rival?.().seen}`;
  const table = { /** @type {Match | null} */ match: null, isOther, begin, renewRival, step, told, clear };
  function isOther(state) {
    return begun !== nameOf(state);
  }
  function begin(state) {
    table.match = new Match(state.game, state.seed, rival?.() ?? null);
    begun = nameOf(state);
  }
  /** It may have learned more. */
  function renewRival() {
    if (rival) table.match.meet(rival());
  }
  /** @param {number} action @returns {boolean} whether a game has ended with it, the reader's or, later, a race's */
  function step(action) {
    const { match } = table;
    const { hasEnded, isRoundOver } = match.step(action);
    if (hasEnded) store.look({ own: withGame(store.state.own, match.kind, match.you.score) });
    return hasEnded || isRoundOver;
  }
  /** Where it stands, or how it has ended. */
  function told({ isRunning = false } = {}) {
    const { match } = table;
    return match.you.game.hasEnded ? roundText(match, store.state.own, { isRunning }) : `${capital(placeText(match))}.`;
  }
  function clear() {
    begun = "";
    return table.match?.hasMoved ?? false;
  }
  return table;
}

/** The reader's picture, which takes keys, and in a race the net's. @param {boolean} isRace */
function screensOf(isRace) {
  const yours = screen("You", { role: "application", "aria-roledescription": "game", tabindex: 0 });
  const nets = isRace ? screen("The net") : null;
  const element = make("div", { class: `cl-game-screens ${isRace ? "cl-game-race" : ""}` }, [yours.element, ...(nets ? [nets.element] : [])]);
  const show = (/** @type {Match} */ match) => {
    const { kind, you, net } = match;
    yours.show(you.situation, `${GAME_NAMES[kind]}: ${placeText(match)}`);
    if (nets) nets.show(net.situation, `The net: ${seenText(net.game)}`);
    else write(yours.title, `${GAME_NAMES[kind]}: 10 × 10 pixels`);
  };
  return { element, show, focus: () => yours.holder.focus({ preventScroll: true }) };
}

/** The score, what has to be beaten, the rules, and how one plays. */
function wordsOf(store, { rivalText, say }) {
  const [score, beat, rules, how] = ["cl-game-score", "cl-note", "cl-note", "cl-note"].map((name) => make("p", { class: name }));
  const forget = button("Forget my score", () => {
    store.set({ own: withoutGames(store.state.own, store.state.game) });
    say("Your score is forgotten; Undo brings it back.");
  });
  const tellTurn = (/** @type {boolean} */ isOn) => write(how, isOn ? RUNNING : STEPPING);
  tellTurn(false);
  const update = ({ game, own }, /** @type {Match} */ match) => {
    write(score, rivalText ? raceText(game, match.race) : ownText(own, game));
    write(beat, rivalText ? rivalText() : beatText(store.presets.baselines, game));
    write(rules, rulesText(game));
    forget.hidden = Boolean(rivalText) || ownOf(own, game).games === 0;
  };
  return { elements: [score, beat, rules, how, make("div", { class: "cl-buttons" }, [forget])], update, tellTurn };
}
