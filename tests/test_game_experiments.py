"""The tables of chapter 14's experiments: some of it is run again, all of it is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core.labs.kit.stored import stored
from convnet_core.pixel_games import Catch, CatchWithDrift
from tools import game_experiments as tool

EXPERIMENTS = stored("game", tool.FILE)
LEARNED = {
    "catch": (tool.CATCH, tool.CATCH_STOPS),
    "rates": (tool.RATES, tool.CATCH_STOPS),
    "drift": (tool.DRIFT, tool.DRIFT_STOPS),
    "breakout": (tool.BREAKOUT, tool.BREAKOUT_STOPS),
}


def column(table, name):
    return np.array(EXPERIMENTS[table][name])


def after(table, way, frames):
    return column(table, f"{way}: {frames}")


def curve(table, way):
    """By seed and frames."""
    return np.transpose([after(table, way, frames) for frames in LEARNED[table][1]])


def test_every_seed_is_in_every_table():
    assert list(EXPERIMENTS) == list(tool.TABLES)
    assert {len(runs) for table in EXPERIMENTS.values() for runs in table.values()} == {tool.SEEDS}


@pytest.mark.parametrize("table", LEARNED)
def test_every_way_is_there_after_each_number_of_frames(table):
    ways, stops = LEARNED[table]
    assert list(EXPERIMENTS[table]) == [f"{way}: {frames}" for way in ways for frames in stops]


# Run again


def test_chance_and_the_rule_score_what_the_tool_finds():
    for name, value in tool.players(2).items():
        assert EXPERIMENTS["players"][name][2] == pytest.approx(value, abs=1e-9), name


def test_a_net_learns_catch_as_the_tool_found_it():
    """A last bit of another machine's products leads to another net after some thousand steps, but to no other end."""
    first, *_, last = tool.CATCH_STOPS
    found = tool.learned(Catch, 1, tool.CATCH_STOPS)
    assert found[first] == pytest.approx(after("catch", "as it is", first)[1], abs=0.15)
    assert found[last] == pytest.approx(after("catch", "as it is", last)[1], abs=0.05)


@pytest.mark.sweep
def test_a_net_learns_balls_that_drift_as_the_tool_found_it():
    last = tool.DRIFT_STOPS[-1]
    found = tool.learned(CatchWithDrift, 0, tool.DRIFT_STOPS, **tool.DRIFT["two pictures"])
    assert found[last] == pytest.approx(after("drift", "two pictures", last)[0], abs=0.1)
