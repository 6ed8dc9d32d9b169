"""Chapter 14's games: a ball, a paddle and 10 x 10 pixels. A player sees the picture and gets points, and no more.

They answer as the games of gymnasium do: `reset` and `step`, spaces of what may be seen and done. All chance comes from
the seed that `reset` is given.
"""

from dataclasses import dataclass

import numpy as np

from convnet_core.checks import as_whole

SIDE, PADDLE = 10, 3  # pixels
LEFT, STAY, RIGHT = range(3)
BALL_GREY, BRICK_GREY, PADDLE_GREY = 0.7, 0.3, 1.0
LONGEST = 500  # steps, after which a game of Breakout is broken off: two that never miss would play for ever
WALL = slice(1, 4)  # rows of bricks


@dataclass(frozen=True)
class Discrete:
    """The actions 0 to n - 1."""

    n: int


@dataclass(frozen=True)
class Box:
    """Pictures of a shape, numbers from low to high."""

    low: float
    high: float
    shape: tuple


class PixelGame:
    """What all three games share: the paddle at the bottom, three actions, a picture of what is where.

    observation_space  pictures (1, 10, 10), from 0 to 1, float32
    action_space       0 left, 1 stay, 2 right
    """

    observation_space = Box(0.0, 1.0, (1, SIDE, SIDE))
    action_space = Discrete(3)

    def __init__(self):
        self._rng = np.random.default_rng()
        self._is_over = True

    def reset(self, *, seed=None, options=None):
        """Begin a new game.

        seed    a whole number: chance begins anew from it; None goes on with the chance there was
        return  the first picture (1, 10, 10), and a dict that holds nothing
        """
        if seed is not None:
            self._rng = np.random.default_rng(as_whole("seed", seed, minimum=0))
        self.paddle, self._is_over = (SIDE - PADDLE) // 2, False
        self._begin()
        return self.picture(), {}

    def step(self, action):
        """Move the paddle, then the ball.

        action  0 left, 1 stay, 2 right
        return  the picture; the points of this step; whether the game is over; whether it was broken off; an empty dict

        Raises ValueError on another action, and RuntimeError where the game is over: `reset` begins a new one.
        """
        action = as_whole("action", action, minimum=0, maximum=2)
        if self._is_over:
            raise RuntimeError("step: the game is over, begin a new one: reset()")
        self.paddle = min(max(self.paddle + action - 1, 0), SIDE - PADDLE)
        points, is_lost, is_broken_off = self._move()
        self._is_over = is_lost or is_broken_off
        return self.picture(), points, is_lost, is_broken_off, {}

    def picture(self):
        """What is to be seen, (1, 10, 10): the paddle white, the ball light grey, bricks dark grey."""
        picture = np.zeros((1, SIDE, SIDE), np.float32)
        self._draw(picture[0])
        picture[0, -1, self.paddle : self.paddle + PADDLE] = PADDLE_GREY
        picture[0, self.row, self.column] = BALL_GREY
        return picture

    def _draw(self, picture):
        """What else there is."""

    def _is_caught(self):
        return self.paddle <= self.column < self.paddle + PADDLE


class Catch(PixelGame):
    """The ball falls straight down, a row a step. Caught at the bottom it is worth one point, missed minus one."""

    def _begin(self):
        self.row, self.column, self.drift = 0, int(self._rng.integers(SIDE)), self._first_drift()

    def _first_drift(self):
        return 0

    def _move(self):
        column = self.column + self.drift
        if not 0 <= column < SIDE:
            self.drift = -self.drift
            column = self.column + self.drift
        self.row, self.column = self.row + 1, column
        is_down = self.row == SIDE - 1
        return (1.0 if self._is_caught() else -1.0) if is_down else 0.0, is_down, False


class CatchWithDrift(Catch):
    """The ball falls aslant, by -2 to 2 columns a step, and turns at the walls: one picture can't show where to."""

    def _first_drift(self):
        return int(self._rng.integers(-2, 3))


class Breakout(PixelGame):
    """The ball bounces, and each brick that it meets is gone: one point. Who misses the ball has lost."""

    def _begin(self):
        self.bricks = np.zeros((SIDE, SIDE), bool)
        self.bricks[WALL] = True
        self.row, self.column = WALL.stop, int(self._rng.integers(SIDE))
        self.down, self.right = 1, int(self._rng.choice((-1, 1)))
        self.paddle = int(self._rng.integers(SIDE - PADDLE + 1))
        self.steps = 0

    def _draw(self, picture):
        picture[self.bricks] = BRICK_GREY

    def _move(self):
        self.steps += 1
        row, column = self._next_place()
        points, is_lost = 0.0, False
        if self.bricks[row, column]:
            self.bricks[row, column] = False
            self.down, row, points = -self.down, self.row, 1.0
            if not self.bricks.any():
                self.bricks[WALL] = True
                self.down, row = 1, WALL.stop
        elif row == SIDE - 1:
            is_lost = not self.paddle <= column < self.paddle + PADDLE
            if not is_lost:
                self.down, row = -1, self.row
                if column != self.paddle + 1:  # an end of the paddle sends it to that side
                    self.right = column - self.paddle - 1
        self.row, self.column = row, column
        return points, is_lost, not is_lost and self.steps >= LONGEST

    def _next_place(self):
        row, column = self.row + self.down, self.column + self.right
        if not 0 <= column < SIDE:
            self.right = -self.right
            column = self.column + self.right
        if row < 0:
            self.down, row = 1, self.row + 1
        return row, column
