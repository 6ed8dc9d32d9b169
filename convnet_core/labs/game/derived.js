// What follows from a net and from what it sees: what each action is worth, and which pixels make it so. No DOM.

import { bestAction, GAME_NET, situationShape, startGameNet } from "../mirror/game.js";
import { Network } from "../mirror/network.js";
import { CELLS, SIDE } from "../mirror/pixel_games.js";
import { start } from "../mirror/training.js";

/** A net that plays, and tells what it thinks. */
export class Judge {
  /** @param {{ seen: number, seed: number }} settings @param {ArrayLike<number> | null} weights  null: fresh ones */
  constructor({ seen, seed }, weights) {
    this.seen = seen;
    this.seed = seed;
    this.weights = weights;
    this.net = new Network(GAME_NET, situationShape(seen), CELLS);
    if (weights === null) startGameNet(this.net, seed);
    else start(this.net, weights, seed);
  }

  /** What each action is worth. @param {Float32Array} situation @returns {number[]} */
  worths(situation) {
    return Array.from(this.net.forward(Float64Array.from(situation), 1).subarray(0, 3));
  }

  /** @param {Float32Array} situation */
  best(situation) {
    return bestAction(this.worths(situation));
  }

  /**
   * How far the worth of its best action falls for each pixel that is put to black, in all pictures that it sees.
   * @param {Float32Array} situation
   */
  falls(situation) {
    const worths = this.worths(situation);
    const best = bestAction(worths);
    const falls = new Float64Array(CELLS);
    const size = situation.length;
    const isLit = (/** @type {number} */ cell) => {
      for (let k = cell; k < size; k += CELLS) if (situation[k] > 0) return true;
      return false;
    };
    const lit = Array.from(falls.keys()).filter(isLit);
    const darker = new Float64Array(lit.length * size);
    lit.forEach((cell, n) => {
      darker.set(situation, n * size);
      for (let k = cell; k < size; k += CELLS) darker[n * size + k] = 0;
    });
    const then = this.net.forward(darker, lit.length);
    lit.forEach((cell, n) => (falls[cell] = worths[best] - then[n * worths.length + best]));
    return falls;
  }
}

/** The pixel that matters most. @param {Float64Array} falls */
export function mostOf(falls) {
  let most = 0;
  for (let k = 1; k < CELLS; k++) if (Math.abs(falls[k]) > Math.abs(falls[most])) most = k;
  return { row: Math.floor(most / SIDE), column: most % SIDE, fall: falls[most] };
}
