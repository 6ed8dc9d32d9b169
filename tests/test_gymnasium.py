"""Chapter 14's games are games as gymnasium knows them: its own check says so, with its warnings as errors."""

import warnings

import numpy as np
import pytest

from convnet_core.pixel_games import Breakout, Catch, CatchWithDrift

WANTED = "gymnasium is not installed: it is part of the test extra, `make test` or pip install gymnasium brings it"
gymnasium = pytest.importorskip("gymnasium", reason=WANTED)
env_checker = pytest.importorskip("gymnasium.utils.env_checker", reason=WANTED)


class Wrapped(gymnasium.Env):
    """One of our games as gymnasium's own class: what a reader needs who takes it to another library."""

    metadata = {"render_modes": []}

    def __init__(self, game):
        self.game = game
        seen = game.observation_space
        self.observation_space = gymnasium.spaces.Box(seen.low, seen.high, seen.shape, np.float32)
        self.action_space = gymnasium.spaces.Discrete(game.action_space.n)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return self.game.reset(seed=seed)

    def step(self, action):
        return self.game.step(action)


def check(game):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env_checker.check_env(Wrapped(game), skip_render_check=True)


@pytest.mark.parametrize("kind", [Catch, CatchWithDrift, Breakout])
def test_a_game_passes_gymnasium_s_own_check(kind):
    check(kind())


class TooBright(Catch):
    def picture(self):
        return super().picture() * 2


def test_the_check_sees_pixels_that_are_none_of_the_game_s():
    with pytest.raises((AssertionError, UserWarning), match="obs"):
        check(TooBright())


def test_gymnasium_s_own_wrappers_play_it():
    """The last two pictures in one, as `Player` keeps them, and a count of what a game came to."""
    game = gymnasium.wrappers.RecordEpisodeStatistics(
        gymnasium.wrappers.FrameStackObservation(Wrapped(Catch()), 2, padding_type="reset")
    )
    pictures, _ = game.reset(seed=3)
    assert pictures.shape == (2, 1, 10, 10)
    assert np.array_equal(pictures[0], pictures[1])
    has_ended = False
    while not has_ended:
        _, points, has_ended, _, more = game.step(1)
    assert (more["episode"]["l"], more["episode"]["r"]) == (9, points)
