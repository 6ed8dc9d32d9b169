"""Chapter 14's experiments: how well a net plays after so many frames, and what it can't do without, from five seeds.

    python -m tools.game_experiments               # all tables: about twenty minutes of one core
    python -m tools.game_experiments catch players # some of them

A seed chooses the first weights, the games that are played while it learns, the actions at random and the steps that
are remembered. Whatever is compared starts from the same seeds. After so many frames the net plays without learning and
without a random action, always the same games: 200, or 50 of Breakout. There are but 10 different games of Catch, by
the column in which the ball begins, 50 with drift, and 160 beginnings of Breakout: a net is scored on games that it may
have met while it learned. Chance and a rule play the same ones; how it would do in others, nobody has asked.

The settings were chosen in a trial with other programs, on seeds like these. Of plain steps, SGD's, the learning rate
is the best of four, in the mean over all five numbers of frames, on another five seeds: table "rates". What Breakout
does "without" one thing is from three seeds, for it takes the longest. A test of the book runs some of it again.
"""

from __future__ import annotations

import sys

import numpy as np

from convnet_core.backprop import SGD, RMSProp
from convnet_core.game import ACTIONS, best, game_net, learn_game, play
from convnet_core.pixel_games import BALL_GREY, PADDLE, PADDLE_GREY, STAY, Breakout, Catch, CatchWithDrift
from tools.experiments import Experiments

DECIMALS = 4
EVERY = 250  # frames: where scores are taken, and where a learning rate that falls does so
RATE, DECAY, EPSILON = 0.002, 0.95, 0.001  # of RMSProp, as in `learn_game`
LAST = 0.1  # of the first learning rate, at the end of one that falls
ASKED = 9000  # the seed of the games that scores are taken on
GAMES = {Catch: 200, CatchWithDrift: 200, Breakout: 50}


# Players that learn nothing


def players(seed):
    """By game and player: the mean score of 200 games that the seed chooses; of the first two, the share caught; and
    what the rule does in the games in which nets are asked, which are the same for every seed."""
    table = {}
    for kind, asked in GAMES.items():
        rng = np.random.default_rng(seed)
        for player, choose in (("chance", lambda seen, rng=rng: int(rng.integers(ACTIONS))), ("rule", follow)):
            score = float(play(kind(), choose, 200, seed).mean())
            table[f"{kind.__name__}: {player}"] = round(score, DECIMALS)
            if kind is not Breakout:
                table[f"{kind.__name__}: {player}, share caught"] = round(caught(score), DECIMALS)
        table[f"{kind.__name__}: rule, as nets are asked"] = in_its_unit(kind, play(kind(), follow, asked, ASKED))
    return table


def follow(situation):
    """The rule: the middle of the paddle goes to the column where the ball is now."""
    picture = situation[-1]
    column = int(np.argmax((picture == np.float32(BALL_GREY)).any(axis=0)))
    left = int(np.argmax(picture[-1] == PADDLE_GREY))
    return STAY + int(np.sign(column - left - PADDLE // 2))


def caught(score):
    """The share caught, where a ball is worth 1 if it is and -1 if it is not."""
    return (score + 1) / 2


def in_its_unit(kind, scores):
    """Bricks a game of Breakout, else the share caught."""
    score = float(scores.mean())
    return round(score if kind is Breakout else caught(score), DECIMALS)


# Nets that learn


def learned(kind, seed, stops, *, rate=RATE, rate_falls=False, plain=None, seen=1, **how):
    """How well one net plays a game after so many frames each.

    kind        of game
    stops       the frames
    rate        the learning rate of RMSProp
    rate_falls  whether it falls, evenly, to a tenth
    plain       the learning rate of SGD, where that takes the steps instead
    how         as for `learn_game`
    return      by frames: bricks a game of Breakout, else the share caught
    """
    rng = np.random.default_rng(seed)
    network = game_net(rng, seen)
    optimizer = SGD(network.parameters(), plain) if plain else RMSProp(network.parameters(), rate, DECAY, EPSILON)
    found = {}
    for frame in learn_game(kind(), network, rng, stops[-1], every=EVERY, seen=seen, optimizer=optimizer, **how):
        if rate_falls:
            optimizer.learning_rate = rate * (1 - (1 - LAST) * frame / stops[-1])
        if frame in stops:
            scores = play(kind(), lambda situation: best(network, situation), GAMES[kind], ASKED, seen)
            found[frame] = in_its_unit(kind, scores)
    return found


def compared(kind, seed, stops, ways):
    """What `learned` finds for each of several ways, by "way: frames"."""
    return {
        f"{way}: {frames}": value
        for way, how in ways.items()
        for frames, value in learned(kind, seed, stops, **how).items()
    }


PLAIN_RATE = 1
CATCH_STOPS = 500, 1000, 2000, 3000, 5000
CATCH = {
    "as it is": {},
    "replay 32": {"replay": 32},
    "replay 1": {"replay": 1},  # each step is learned from at once, 32 times in one batch, and forgotten
    "discount 0": {"discount": 0},
    "discount 0.5": {"discount": 0.5},
    "plain steps": {"plain": PLAIN_RATE},
    "two pictures": {"seen": 2},
    "no random actions": {"exploring": 1, "least": 0},  # but the very first
    "copy every 500": {"target_every": 500},
}


def catch(seed):
    """By way and frames: the share caught."""
    return compared(Catch, seed, CATCH_STOPS, CATCH)


OTHER_SEEDS = 5  # and the four after it
RATES = {
    **{f"SGD {rate:g}": {"plain": rate} for rate in (0.1, 0.3, 1, 3)},
    **{f"RMSProp {rate:g}": {"rate": rate} for rate in (0.0005, 0.002, 0.008)},
}


def rates(seed):
    """By optimizer, learning rate and frames: the share caught, on seeds that no other table has."""
    return compared(Catch, OTHER_SEEDS + seed, CATCH_STOPS, RATES)


DRIFT_STOPS = 5000, 10_000, 15_000, 30_000
DRIFT_BASE = {"seen": 2, "replay": 10_000, "exploring": 5000, "rate_falls": True}
DRIFT = {
    "two pictures": DRIFT_BASE,
    "one picture": DRIFT_BASE | {"seen": 1},
    "replay 32": DRIFT_BASE | {"replay": 32},
    "discount 0.5": DRIFT_BASE | {"discount": 0.5},
}


def drift(seed):
    """By way and frames: the share caught of balls that drift."""
    return compared(CatchWithDrift, seed, DRIFT_STOPS, DRIFT)


BREAKOUT_STOPS = 5000, 10_000, 20_000, 40_000
BREAKOUT_BASE = {"seen": 2, "replay": 20_000, "exploring": 10_000, "rate_falls": True}
BREAKOUT = {"as it is": BREAKOUT_BASE}
BREAKOUT_WITHOUT = {
    "one picture": BREAKOUT_BASE | {"seen": 1},
    "replay 32": BREAKOUT_BASE | {"replay": 32},
    "discount 0.5": BREAKOUT_BASE | {"discount": 0.5},
}


def breakout(seed):
    """By way and frames: bricks a game."""
    return compared(Breakout, seed, BREAKOUT_STOPS, BREAKOUT)


def breakout_without(seed):
    """The same, where one thing is missing."""
    return compared(Breakout, seed, BREAKOUT_STOPS, BREAKOUT_WITHOUT)


TABLES = {
    "players": players,
    "catch": catch,
    "rates": rates,
    "drift": drift,
    "breakout": breakout,
    "breakout without": breakout_without,
}
EXPERIMENTS = Experiments("game", TABLES, fewer={"breakout without": 3})

if __name__ == "__main__":
    EXPERIMENTS.make(*sys.argv[1:])
