// Which moment of its learning is watched, which net that was, and where its game stands. No DOM.

import { capital } from "../kit/words.js";
import { bestAction, Player } from "../mirror/game.js";
import { GAMES } from "../mirror/pixel_games.js";
import { choiceText, endText, NOTHING_COMES, seenText } from "./words.js";

/** @typedef {import("../kit/store.js").State} State */

export class Watching {
  /** The test that was chosen; null: the last one, also when there are more. @type {number | null} */
  #chosen = null;
  #hasMoved = false;
  #begun = "";
  /** @type {Player | null} */
  #player = null;
  #session;

  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {State} state */
  last(state) {
    return (this.#session.of(state)?.snapshots.length || 1) - 1;
  }

  /** @param {State} state */
  at(state) {
    return Math.min(this.#chosen ?? Infinity, this.last(state));
  }

  /** Null where nothing is learned. @param {State} state */
  snapshot(state) {
    return this.#session.of(state)?.snapshots[this.at(state)] ?? null;
  }

  /** @param {number} at */
  go(at) {
    this.#chosen = at;
  }

  /** The game, what each action is worth, and how far that falls without each pixel. @param {State} state */
  now(state) {
    const judge = this.#session.judgeAt(state, this.at(state));
    const begun = `${state.game} ${judge.seen} ${judge.seed}`;
    if (this.#begun !== begun) {
      this.#begun = begun;
      this.#player = new Player(new GAMES[state.game](), judge.seen, judge.seed);
    }
    const { situation, game } = this.#player;
    const [worths, falls] = [judge.worths(situation), judge.falls(situation)];
    return { player: this.#player, judge, seen: judge.seen, isOver: game.hasEnded, worths, falls };
  }

  /** What the net thinks. @param {State} state */
  text(state) {
    const { worths, isOver } = this.now(state);
    return isOver ? NOTHING_COMES : choiceText(worths, bestAction(worths));
  }

  /** Where its game stands, and what it thinks. @param {State} state */
  place(state) {
    const { player } = this.now(state);
    const { game } = player;
    return `${game.hasEnded ? endText(state.game, player) : `${capital(seenText(game))}.`} ${this.text(state)}`;
  }

  /**
   * It does what it holds for the best; after the end of a game, another begins.
   * @param {State} state @returns {string} how a game has ended with it, if one has
   */
  step(state) {
    const { player, worths } = this.now(state);
    this.#hasMoved = true;
    if (player.game.hasEnded) player.begin();
    else player.step(bestAction(worths));
    return player.game.hasEnded ? endText(state.game, player) : "";
  }

  /** @returns {boolean} whether there was anything to forget */
  reset() {
    const hadMore = this.#hasMoved || this.#chosen !== null;
    this.#chosen = this.#player = null;
    this.#begun = "";
    this.#hasMoved = false;
    return hadMore;
  }
}
