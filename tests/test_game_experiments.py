"""The tables of chapter 14's experiments: some of it is run again, all of it is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core.labs.kit.stored import stored
from convnet_core.pixel_games import Breakout, Catch, CatchWithDrift
from tools import game_experiments as tool
from tools.experiments import FILE

EXPERIMENTS = stored("game", FILE)
LEARNED = {
    "catch": (tool.CATCH, tool.CATCH_STOPS),
    "rates": (tool.RATES, tool.CATCH_STOPS),
    "drift": (tool.DRIFT, tool.DRIFT_STOPS),
    "breakout": (tool.BREAKOUT, tool.BREAKOUT_STOPS),
    "breakout without": (tool.BREAKOUT_WITHOUT, tool.BREAKOUT_STOPS),
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
    for table, columns in EXPERIMENTS.items():
        assert {len(runs) for runs in columns.values()} == {len(tool.EXPERIMENTS.seeds_of(table))}, table


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


def test_how_many_games_there_are():
    """So few that a net meets them while it learns: its scores are no proof that it plays others."""
    for kind, count in ((Catch, 10), (CatchWithDrift, 50), (Breakout, 160)):
        game, begun = kind(), set()
        for seed in range(1600):
            game.reset(seed=seed)
            begun.add((game.column, getattr(game, "drift", 0), game.paddle, getattr(game, "right", 0)))
        assert len(begun) == count


# What has to be beaten


def test_chance_and_the_rule():
    for kind in ("Catch", "CatchWithDrift"):
        assert (abs(column("players", f"{kind}: chance, share caught") - 0.3) < 0.06).all()
    assert (column("players", "Catch: rule, share caught") == 1).all()
    assert 0.7 < column("players", "CatchWithDrift: rule, share caught").mean() < 0.85
    assert (column("players", "Breakout: chance") < 0.6).all()
    assert ((column("players", "Breakout: rule") > 33) & (column("players", "Breakout: rule") < 39)).all()


# Catch


def test_catch_is_learned_from_every_seed():
    assert (curve("catch", "as it is")[:, -2:] >= 0.99).all()
    assert (curve("rates", "RMSProp 0.002")[:, -1] >= 0.99).all()


def test_catch_needs_what_lies_back():
    """With the last 32 steps alone it learns later, and not everything; with the last one, nothing."""
    ours, short = after("catch", "as it is", 2000), after("catch", "replay 32", 2000)
    assert (short < ours).all()
    assert short.mean() < ours.mean() - 0.3
    assert after("catch", "replay 32", 5000).mean() < 0.95
    assert (curve("catch", "replay 1") < 0.4).all()


def test_catch_needs_to_look_ahead():
    """Without, only the last moves are learned: what comes at once is nothing, but at the bottom."""
    assert (after("catch", "discount 0", 5000) < 0.7).all()
    ours, half = after("catch", "as it is", 2000), after("catch", "discount 0.5", 2000)
    assert (half <= ours).all()
    assert half.mean() < ours.mean() - 0.2
    assert after("catch", "discount 0.5", 5000).mean() > 0.85  # slower, but it comes


@pytest.mark.parametrize("way", ["two pictures", "plain steps"])
def test_catch_is_learned_as_well_with(way):
    """Nothing is claimed of these: the means lie within the spread all along."""
    ours, theirs = curve("catch", "as it is"), curve("catch", way)
    spread = np.maximum(ours.std(axis=0, ddof=1), theirs.std(axis=0, ddof=1))
    assert theirs[:, -1].mean() > 0.95
    assert (abs(ours.mean(axis=0) - theirs.mean(axis=0)) <= 1.5 * spread).all()


def test_catch_is_learned_without_random_actions_too():
    """First weights and new games are chance enough. From three seeds it misses a column or two to the end, which may
    be chance; and it begins no later."""
    without = curve("catch", "no random actions")
    assert without[:, -1].mean() > 0.9
    assert (without[:, -1] == 1).sum() == 2
    assert without[:, 1].mean() > curve("catch", "as it is")[:, 1].mean()


def test_a_copy_is_slower_and_comes_as_far():
    assert (after("catch", "copy every 500", 2000) <= after("catch", "as it is", 2000)).sum() >= 4
    assert after("catch", "copy every 500", 2000).mean() < after("catch", "as it is", 2000).mean() - 0.1
    assert (after("catch", "copy every 500", 5000) >= 0.95).all()


# Learning rates


def means(prefix):
    return {way: curve("rates", way).mean() for way in tool.RATES if way.startswith(prefix)}


def test_the_rate_of_plain_steps_is_the_best_of_four():
    found = means("SGD")
    assert max(found, key=found.get) == f"SGD {tool.PLAIN_RATE:g}"
    assert tool.PLAIN_RATE not in (0.1, 3)  # there were lower and higher ones


def test_either_has_a_rate_that_is_too_low_and_one_at_which_a_net_dies():
    assert (after("rates", "SGD 0.1", 5000) < 0.7).all()
    assert after("rates", "RMSProp 0.0005", 5000).mean() < 0.7
    assert (after("rates", "SGD 3", 5000) < 0.4).all()
    for way in ("SGD 1", "RMSProp 0.008"):
        assert (after("rates", way, 5000) < 0.4).sum() == 1
        assert (after("rates", way, 5000) == 1).sum() == 4


# A ball that drifts


def test_two_pictures_show_where_a_ball_goes():
    two, one = curve("drift", "two pictures"), curve("drift", "one picture")
    assert (two[:, -1] >= 0.9).all()
    assert (two[:, 1:] > one[:, 1:]).all()
    assert (one[:, -1] < 0.75).all()


def test_one_picture_does_less_than_the_rule_that_knows_no_more_and_two_do_more():
    [rule] = set(EXPERIMENTS["players"]["CatchWithDrift: rule, as nets are asked"])
    assert (after("drift", "one picture", 30_000) < rule).all()
    assert (after("drift", "two pictures", 30_000) > rule + 0.1).all()


def test_drift_needs_what_lies_back_and_half_a_discount_is_slower():
    """In the end, half a discount's mean lies within the spread."""
    ends = [after("drift", way, 30_000) for way in ("two pictures", "discount 0.5")]
    assert abs(ends[0].mean() - ends[1].mean()) < ends[1].std(ddof=1)
    assert (curve("drift", "replay 32")[:, 1:] < curve("drift", "two pictures")[:, 1:] - 0.2).all()
    assert after("drift", "discount 0.5", 15_000).max() < after("drift", "two pictures", 15_000).min()


# Breakout


def test_breakout_is_learned_to_about_what_the_rule_does():
    last = after("breakout", "as it is", 40_000)
    assert (last >= 20).all()
    assert last.mean() > 25
    [rule] = set(EXPERIMENTS["players"]["Breakout: rule, as nets are asked"])
    assert abs(last.mean() - rule) < 1.5 * last.std(ddof=1)  # not told apart
    assert (np.diff(curve("breakout", "as it is").mean(axis=0)) > 0).all()


@pytest.mark.parametrize("way", tool.BREAKOUT_WITHOUT)
def test_breakout_needs_all_three(way):
    assert curve("breakout without", way).max() < 0.4 * after("breakout", "as it is", 40_000).min()
