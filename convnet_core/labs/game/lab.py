"""GameLab: play three games of 10 x 10 pixels, and let a net learn them from their pixels and points alone."""

from __future__ import annotations

from functools import cache

import numpy as np

from convnet_core.game import ACTIONS, CALM, game_net, play
from convnet_core.labs.game.challenges import CHALLENGES
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.seeded import Seeded, put_fresh
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.traits import Choice, Number, NumberList, Whole
from convnet_core.pixel_games import BALL_GREY, PADDLE, PADDLE_GREY, STAY, Breakout, Catch, CatchWithDrift, PixelGame
from convnet_core.stacking import Network

KINDS = {"catch": Catch, "drift": CatchWithDrift, "breakout": Breakout}
NAMES = {"catch": "Catch", "drift": "Catch with drift", "breakout": "Breakout"}
TABS = ("play", "learn", "watch", "race")
GAMES = {"catch": 1000, "drift": 1000, "breakout": 100}  # of which a baseline is the mean
# What has to be beaten, by (chance, rule): points a game. The properties count them anew; a test compares.
BASELINES = {"catch": (-0.418, 1.0), "drift": (-0.406, 0.502), "breakout": (0.52, 36.27)}
MOST_SCORED = 1_000_000


def after_the_ball(situation) -> int:
    """The rule: the paddle's middle goes to the ball's column. situation: (seen, 10, 10). return: an action"""
    picture = situation[-1]
    column = int(np.argmax((picture == np.float32(BALL_GREY)).any(axis=0)))
    left = int(np.argmax(picture[-1] == PADDLE_GREY))
    return STAY + int(np.sign(column - left - PADDLE // 2))


@cache
def _scores(kind: str, by: str) -> np.ndarray:
    chance = np.random.default_rng(0)
    choose = after_the_ball if by == "rule" else lambda _: int(chance.integers(ACTIONS))
    scores = play(KINDS[kind](), choose, GAMES[kind], 0)
    scores.flags.writeable = False
    return scores


class GameLab(Lab):
    """Chapter 14's lab. With a kernel, every trait can be read and set from Python.

    game: "catch", "drift" (Catch with drift) or "breakout". tab: what the lab shows: "play", "learn", "watch" or
    "race". speed: steps a second of a game that runs. replay: how many steps the net remembers to learn from; with 1
    it has no memory. discount: what a point of the next step is worth now. seen: how many pictures the net looks at.
    exploring: whether the share of actions taken at random is "falling" from 1 to 0.05 in 4,000 steps, or there are
    "none". seed: of the first weights, and of all chance while it learns. own: the reader's games and points, of
    each game in turn.

    The properties tell what is known before anything is learned. The net that learns in the page stays there;
    `convnet_core.game.learn_game` is the same in Python.
    """

    name = "game"
    title = "Game lab"
    challenges = CHALLENGES

    game = Choice("catch", KINDS)
    tab = Choice("play", TABS)
    speed = Whole(3, low=1, high=12)
    replay = Whole(5000, low=1, high=5000)
    discount = Number(0.95, low=0, high=0.99)
    seen = Whole(1, low=1, high=2)
    exploring = Choice("falling", ("falling", "none"))
    seed = Whole(0, low=0, high=999)
    own = NumberList([0] * 6, longest=6, low=-MOST_SCORED, high=MOST_SCORED, personal=True)

    def _constants(self):
        return {**super()._constants(), "_presets": {"baselines": BASELINES}}

    @property
    def pixel_game(self) -> PixelGame:
        """The chosen game, begun: the first one of this seed, as in the page."""
        game = KINDS[self.game]()
        game.reset()
        game._rng = Seeded(self.seed)  # the page's chance, which no seed of numpy's gives
        game.reset()
        return game

    @property
    def picture(self) -> np.ndarray:
        """Its first picture (10, 10): the paddle 1, the ball 0.7, bricks 0.3."""
        return self.pixel_game.picture()[0]

    @property
    def network(self) -> Network:
        """The net before it has learned: 8 filters of 3 x 3, 32 units, and what each of three actions is worth."""
        network = game_net(np.random.default_rng(0), self.seen, np.float64)
        put_fresh(network, self.seed)
        for parameter in network.layers[-1].parameters().values():
            parameter.value *= CALM
        return network

    @property
    def worths(self) -> np.ndarray:
        """What that net says of the first picture: what going left, staying and going right are worth (3,)."""
        situation = np.repeat(self.picture[np.newaxis], self.seen, axis=0)
        return self.network.forward(situation[np.newaxis].astype(np.float64))[0]

    @property
    def chance_scores(self) -> np.ndarray:
        """The points of each of many games that chance plays: 1,000, or 100 of Breakout."""
        return _scores(self.game, "chance")

    @property
    def rule_scores(self) -> np.ndarray:
        """The same where the paddle follows the ball's column."""
        return _scores(self.game, "rule")

    @property
    def own_score(self) -> float | None:
        """What the reader has scored so far in a game, on average; None before the first one."""
        at = 2 * list(KINDS).index(self.game)
        games, points = [*self.own, *[0] * 6][at : at + 2]
        return float(points / games) if games > 0 else None

    def tables(self) -> str:
        rows = [[told(kind, score) for score in BASELINES[kind]] for kind in KINDS]
        heads = ("chance", "a rule that follows the ball")
        caption = "; ".join(f"{row}: {UNITS[kind].format(name)}" for row, (kind, name) in enumerate(NAMES.items(), 1))
        first = f"{NAMES[self.game]}, its first picture: the ball is 0.7"
        return "\n".join(
            [
                number_table(f"What a player has to beat. {caption}", rows, str, columns=heads),
                folded("The first picture in numbers", number_table(first, self.picture, "{:.1g}".format)),
            ]
        )


UNITS = {"catch": "{}, balls caught", "drift": "{}, balls caught", "breakout": "{}, bricks a game"}


def told(kind: str, score: float) -> str:
    """Points a game in the reader's words: a share caught, or bricks."""
    return f"{score:.1f}" if kind == "breakout" else f"{100 * (score + 1) / 2:.0f}%"
