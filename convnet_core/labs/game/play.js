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
  /** @type {Match | null} */
  let match = null;
  let begun = "";
  const keys = { role: "application", "aria-roledescription": "game", tabindex: 0 };
  const yours = screen("", keys);
  const nets = rival && screen("The net", { role: "img" });
  const onturn = (isOn) => {
    write(how, isOn ? RUNNING : STEPPING);
    hush(isOn);
    if (isOn) yours.holder.focus({ preventScroll: true });
  };
  const ticking = clock(store, { names: ["Start", "Pause"], tick: () => step(moves.take()), onturn, signal });
  const element = make("div", { class: "cl-game-play" });
  const moves = pad(element, { isRunning: ticking.isOn, step: stepByHand, toggle: ticking.toggle, signal });
  const how = make("p", { class: "cl-note", text: STEPPING });
  const [score, beat, rules] = ["cl-game-score", "cl-note", "cl-note"].map((name) => make("p", { class: name }));
  const forget = button("Forget my score", () => {
    store.set({ own: withoutGames(store.state.own, store.state.game) });
    say("Your score is forgotten; Undo brings it back.");
  });
  const side = make("div", { class: "cl-side cl-grow" }, [
    moves.element,
    make("div", { class: "cl-buttons" }, [ticking.press, ticking.speed]),
    score,
    beat,
    rules,
    how,
    make("div", { class: "cl-buttons" }, [forget]),
  ]);
  const screens = make("div", { class: "cl-game-screens" }, [yours.element, ...(nets ? [nets.element] : [])]);
  element.append(screens, side);
  /** What, when it is another, asks for another game. */
  const nameOf = ({ game, seed }) => `${game} ${seed} ${rival?.().seen}`;
  function begin({ game, seed }) {
    match = new Match(game, seed, rival?.() ?? null);
    begun = nameOf({ game, seed });
  }
  function step(action) {
    const game = match.kind;
    const hasEnded = match.step(action);
    if (hasEnded) {
      store.look({ own: withGame(store.state.own, game, match.you.score) });
      say(endText(game, match.you));
    }
    show(store.state);
    return hasEnded;
  }
  function stepByHand(action) {
    if (!step(action)) sayAtRest(`${capital(seenText(match.you.game))}.`);
  }
  function show({ game, own }) {
    yours.show(match.you.situation, `${GAME_NAMES[game]}: ${seenText(match.you.game)}`);
    write(yours.title, rival ? "You" : `${GAME_NAMES[game]}: 10 × 10 pixels`);
    if (match.net) nets.show(match.net.situation, `The net: ${seenText(match.net.game)}`);
    write(score, rival ? raceText(game, match.race) : ownText(own, game));
    forget.hidden = rival !== null || ownOf(own, game).games === 0;
  }
  const update = (state, isShown) => {
    if (!isShown) return ticking.stop();
    if (begun !== nameOf(state)) {
      ticking.stop();
      begin(state);
    }
    if (rival) match.rival = rival();
    ticking.update(state);
    write(rules, rulesText(state.game));
    write(beat, rival ? rivalText() : beatText(store.presets.baselines, state.game));
    show(state);
  };
  const reset = () => {
    ticking.stop();
    const hadMore = match?.hasMoved ?? false;
    begun = "";
    return hadMore;
  };
  return { element, update, reset };
}
