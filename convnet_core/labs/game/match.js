// A game that the reader plays, and beside it, in a race, the same one for a net: the same balls fall for both. No DOM.

import { Player } from "../mirror/game.js";
import { GAMES } from "../mirror/pixel_games.js";
import { merit } from "./runs.js";

/** @typedef {import("./derived.js").Judge} Judge */

export class Match {
  /** @param {import("./runs.js").Kind} kind @param {number} seed @param {Judge | null} rival */
  constructor(kind, seed, rival) {
    this.kind = kind;
    this.rival = rival;
    this.you = new Player(new GAMES[kind](), 1, seed);
    this.net = rival && new Player(new GAMES[kind](), rival.seen, seed);
    this.hasMoved = false;
    this.race = { rounds: 0, you: 0, net: 0 };
  }

  /** Another net is another race. @param {Judge} rival */
  meet(rival) {
    if (rival.weights !== this.rival.weights) this.race = { rounds: 0, you: 0, net: 0 };
    this.rival = rival;
  }

  get isOver() {
    return this.you.game.hasEnded && (this.net?.game.hasEnded ?? true);
  }

  /**
   * A step of both; after the end of a round, the next one begins instead.
   * @param {number} action  the reader's @returns {{ hasEnded: boolean, isRoundOver: boolean }} the reader's game, or both
   */
  step(action) {
    this.hasMoved = true;
    if (this.isOver) {
      this.you.begin();
      this.net?.begin();
      return { hasEnded: false, isRoundOver: false };
    }
    const wasPlaying = !this.you.game.hasEnded;
    if (wasPlaying) this.you.step(action);
    if (this.net && !this.net.game.hasEnded) this.net.step(this.rival.best(this.net.situation));
    if (this.isOver) this.#count();
    return { hasEnded: wasPlaying && this.you.game.hasEnded, isRoundOver: this.isOver };
  }

  /** Balls caught, or bricks. */
  #count() {
    const { race, kind } = this;
    race.rounds += 1;
    race.you += merit(kind, this.you.score);
    if (this.net) race.net += merit(kind, this.net.score);
  }
}
