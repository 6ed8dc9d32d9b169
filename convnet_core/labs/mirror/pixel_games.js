// Chapter 14's games of 10 x 10 pixels, as convnet_core.pixel_games has them. All chance comes from the seed that `reset` is
// given; a test plays them side by side with Python's.

import { mulberry } from "./seeded.js";

export const SIDE = 10;
export const CELLS = SIDE * SIDE;
export const PADDLE = 3; // pixels
export const LEFT = 0;
export const STAY = 1;
export const RIGHT = 2;
const [BALL_GREY, BRICK_GREY, PADDLE_GREY] = [0.7, 0.3, 1].map(Math.fround); // Python's pictures have 32 bits
const LONGEST = 500; // steps, after which a game of Breakout is broken off
const [WALL_TOP, WALL_END] = [1, 4]; // rows of bricks

/**
 * @typedef {{ points: number, isOver: boolean, hasEnded: boolean }} Outcome  of a step; ended: lost, or broken off
 */

/** What all three games share: the paddle at the bottom, three actions, a picture of what is where. */
class PixelGame {
  random = mulberry(0);
  hasEnded = true;
  paddle = 0;
  row = 0;
  column = 0;

  /** A new game. @param {number} [seed]  chance begins anew from it; without, it goes on */
  reset(seed) {
    if (seed !== undefined) this.random = mulberry(seed);
    this.paddle = (SIDE - PADDLE) >> 1;
    this.hasEnded = false;
    this.begin();
  }

  /** The paddle moves, then the ball. @param {number} action  0 left, 1 stay, 2 right @returns {Outcome} */
  step(action) {
    if (this.hasEnded) throw new Error("the game is over");
    this.paddle = Math.min(Math.max(this.paddle + action - 1, 0), SIDE - PADDLE);
    const outcome = this.move();
    this.hasEnded = outcome.hasEnded;
    return outcome;
  }

  /** What is to be seen, into `to` from `at` on. @param {Float32Array | Float64Array} to */
  picture(to, at = 0) {
    to.fill(0, at, at + CELLS);
    this.draw(to, at);
    to.fill(PADDLE_GREY, at + CELLS - SIDE + this.paddle, at + CELLS - SIDE + this.paddle + PADDLE);
    to[at + this.row * SIDE + this.column] = BALL_GREY;
  }

  /** A whole number from 0 to below `count`. @param {number} count */
  below(count) {
    return Math.floor(this.random() * count);
  }

  get isCaught() {
    return this.paddle <= this.column && this.column < this.paddle + PADDLE;
  }

  begin() {}

  /** @returns {Outcome} */
  move() {
    throw new Error("each game moves in its own way");
  }

  /** What else there is. @param {Float32Array | Float64Array} _to @param {number} _at */
  draw(_to, _at) {}
}

const isInside = (/** @type {number} */ column) => column >= 0 && column < SIDE;

/** The ball falls straight down, a row a step. Caught at the bottom it is worth one point, missed minus one. */
class Catch extends PixelGame {
  begin() {
    this.row = 0;
    this.column = this.below(SIDE);
    this.drift = this.firstDrift();
  }

  firstDrift() {
    return 0;
  }

  move() {
    if (!isInside(this.column + this.drift)) this.drift = -this.drift;
    this.column += this.drift;
    this.row += 1;
    const isDown = this.row === SIDE - 1;
    return { points: isDown ? (this.isCaught ? 1 : -1) : 0, isOver: isDown, hasEnded: isDown };
  }
}

/** The ball falls aslant, by -2 to 2 columns a step, and turns at the walls: one picture can't show where to. */
class CatchWithDrift extends Catch {
  firstDrift() {
    return this.below(5) - 2;
  }
}

/** The ball bounces, and each brick that it meets is gone: one point. Who misses the ball has lost. */
class Breakout extends PixelGame {
  bricks = new Uint8Array(CELLS);

  begin() {
    this.raiseWall();
    this.row = WALL_END;
    this.column = this.below(SIDE);
    this.down = 1;
    this.right = this.below(2) === 0 ? -1 : 1;
    this.paddle = this.below(SIDE - PADDLE + 1);
    this.steps = 0;
  }

  raiseWall() {
    this.bricks.fill(1, WALL_TOP * SIDE, WALL_END * SIDE);
  }

  draw(to, at) {
    for (let k = 0; k < CELLS; k++) if (this.bricks[k] === 1) to[at + k] = BRICK_GREY;
  }

  move() {
    this.steps += 1;
    let row = this.turnedAtWalls();
    const column = this.column + this.right;
    let [points, isLost] = [0, false];
    if (this.bricks[row * SIDE + column] === 1) {
      this.bricks[row * SIDE + column] = 0;
      [this.down, row, points] = [-this.down, this.row, 1];
      if (!this.bricks.includes(1)) {
        this.raiseWall();
        [this.down, row] = [1, WALL_END];
      }
    } else if (row === SIDE - 1) {
      const off = column - this.paddle - 1; // from the paddle's middle
      isLost = Math.abs(off) > 1;
      if (!isLost) {
        [this.down, row] = [-1, this.row];
        if (off !== 0) this.right = off; // an end of the paddle sends it to that side
      }
    }
    [this.row, this.column] = [row, column];
    return { points, isOver: isLost, hasEnded: isLost || this.steps >= LONGEST };
  }

  /** Turns it where a wall is in its way. @returns {number} the row that it comes to */
  turnedAtWalls() {
    if (!isInside(this.column + this.right)) this.right = -this.right;
    if (this.row + this.down >= 0) return this.row + this.down;
    this.down = 1;
    return this.row + 1;
  }
}

export const GAMES = { catch: Catch, drift: CatchWithDrift, breakout: Breakout };

/** @typedef {Catch | CatchWithDrift | Breakout} Game */
