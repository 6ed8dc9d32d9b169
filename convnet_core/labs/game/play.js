// Play: the reader at the paddle, alone or in a race against the net.

import { button, make, write } from "../kit/dom.js";
import { capital } from "../kit/words.js";
import { clock } from "./clock.js";
import { Match } from "./match.js";
import { pad } from "./pad.js";
import { ownOf, withGame, withoutGames } from "./runs.js";
import { screen } from "./screen.js";
import { beatText, endText, GAME_NAMES, ownText, raceText, rulesText, seenText } from "./words.js";

const STEPPING = "Paused, each press of a button, or of an arrow key on the picture, is a step.";
const RUNNING = "It runs: hold a button, or an arrow key on the picture.";

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ rival: (() => import("./derived.js").Judge) | null, rivalText?: () => string,
 *           say: (text: string) => void, sayAtRest: (text: string) => void, hush: (isPlaying: boolean) => void,
 *           signal: AbortSignal }} parts  rival: the net, in a race
 */
export function playTab(store, { rival, rivalText, say, sayAtRest, hush, signal }) {
  const table = tableOf(store, { rival, say });
  const element = make("div", { class: "cl-game-play" });
  const screens = screensOf(rival !== null);
  const words = wordsOf(store, { rivalText, say });
  const step = () => {
    table.step(moves.take());
    show(store.state);
  };
  const stepByHand = (/** @type {number} */ action) => {
    const hasEnded = table.step(action);
    show(store.state);
    if (!hasEnded) sayAtRest(`${capital(seenText(table.match.you.game))}.`);
  };
  const onturn = (/** @type {boolean} */ isOn) => {
    words.tellTurn(isOn);
    hush(isOn);
    if (isOn) screens.focus();
  };
  const ticking = clock(store, { names: ["Start", "Pause"], tick: step, onturn, signal });
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
function tableOf(store, { rival, say }) {
  let begun = "";
  const nameOf = ({ game, seed }) => `${game} ${seed} ${rival?.().seen}`;
  const table = { /** @type {Match | null} */ match: null, isOther, begin, renewRival, step, clear };
  function isOther(state) {
    return begun !== nameOf(state);
  }
  function begin(state) {
    table.match = new Match(state.game, state.seed, rival?.() ?? null);
    begun = nameOf(state);
  }
  /** It may have learned more. */
  function renewRival() {
    if (rival) table.match.rival = rival();
  }
  /** @param {number} action @returns {boolean} whether the reader's game has ended with it */
  function step(action) {
    const { match } = table;
    const hasEnded = match.step(action);
    if (!hasEnded) return false;
    store.look({ own: withGame(store.state.own, match.kind, match.you.score) });
    say(endText(match.kind, match.you));
    return true;
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
  const element = make("div", { class: "cl-game-screens" }, [yours.element, ...(nets ? [nets.element] : [])]);
  const show = (/** @type {Match} */ { kind, you, net }) => {
    yours.show(you.situation, `${GAME_NAMES[kind]}: ${seenText(you.game)}`);
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
