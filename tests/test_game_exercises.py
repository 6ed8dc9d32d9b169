"""The exercises of chapter 14: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.exercises.game import check_choice, check_targets, check_worth
from convnet_core.game import targets_of


def worth(points, discount):
    """Each step with all that follows, written out."""
    return [sum(p * discount**later for later, p in enumerate(points[step:])) for step in range(len(points))]


def targets(points, following, is_over, discount):
    return [p + (0 if over else discount * max(row)) for p, row, over in zip(points, following, is_over, strict=True)]


SLIPS = [
    (check_worth, lambda p, d: worth(p, 1), "The discount is missing"),
    (check_worth, lambda p, d: worth(p[::-1], d)[::-1], "You add up what came before"),
    (check_worth, lambda p, d: worth(p, d)[::-1], "in the other order"),
    (check_worth, lambda p, d: sum(worth(p, d)[:1]), "Return it for every step"),
    (check_worth, lambda p, d: p * d ** np.arange(len(p)), "from the start of the game"),
    (check_targets, lambda p, f, o, d: targets(p, f, o * False, d), "nothing comes after"),
    (check_targets, lambda p, f, o, d: targets(p, f, o, 1), "The discount is missing"),
    (check_targets, lambda p, f, o, d: targets(p, f, ~o, d), "The other way round"),
    (check_targets, lambda p, f, o, d: np.array(targets(p, f, o, d)) - p, "The points are missing"),
    (check_targets, lambda p, f, o, d: p + d * ~o * f.argmax(1), "its number"),
    (check_targets, lambda p, f, o, d: p + d * ~o * f.max(), "the largest of each row"),
    (check_choice, lambda w, s, c, o: w.argmax(), "nothing new is ever tried"),
    (check_choice, lambda w, s, c, o: o, "always left to chance"),
    (check_choice, lambda w, s, c, o: o if c > s else w.argmax(), "The other way round"),
    (check_choice, lambda w, s, c, o: o if c < s else w.max(), "Return the action"),
    (check_choice, lambda w, s, c, o: o if c <= s else w.argmax(), "`<`, and not `<=`"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_worth, worth),
        (check_targets, targets),
        (check_targets, targets_of),
        (check_choice, lambda w, s, c, o: int(np.argmax(w)) if c >= s else o),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


def test_a_target_is_the_worth_of_a_game_whose_end_is_known():
    """Where the network is right about the next step, the target is what the whole game will be worth."""
    points, discount = np.array([0.0, 1, 0, 0, -1]), 0.9
    wanted = worth(points, discount)
    following = np.array([[later, later - 1] for later in [*wanted[1:], 7]])
    is_over = np.arange(5) == 4
    assert np.abs(np.array(targets(points, following, is_over, discount)) - wanted).max() < 1e-12
