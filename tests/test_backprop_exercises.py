"""The exercises of chapter 8: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.exercises.backprop import check_descend, check_slope, check_total_error


def descend(values, gradient, learning_rate, steps):
    for _ in range(steps):
        values = values - learning_rate * gradient(values)
    return values


def in_place(values, gradient, learning_rate, steps):
    for _ in range(steps):
        values -= learning_rate * gradient(values)
    return values


def two_by_hand(values, gradient, learning_rate, steps):
    """Sizes written into the code."""
    first, second = values
    for _ in range(steps):
        slopes = gradient(np.array([first, second]))
        first, second = float(first - learning_rate * slopes[0]), float(second - learning_rate * slopes[1])
    return np.array([first, second])


def until_three(values, gradient, learning_rate, steps):
    """Always at least one step."""
    done = 0
    while True:
        values = values - learning_rate * gradient(values)
        done += 1
        if done >= steps:
            return values


SLIPS = [
    (check_total_error, lambda r, a: np.sum(r - a), "cancel each other"),
    (check_total_error, lambda r, a: abs(np.sum(a - r)), "Drop it before adding up"),
    (check_total_error, lambda r, a: np.abs(a - r).tolist(), "What is missing is the adding up"),
    (check_total_error, lambda r, a: np.mean(np.abs(r - a)), "That is the mean error"),
    (check_total_error, lambda r, a: abs(r - a)[-1], "Only the last vote counts"),
    (check_total_error, lambda r, a: round(sum(abs(r - a)), 2), "you rounded"),
    (check_total_error, lambda r, a: sum(abs(r - a)[1:]), "The first vote is left out"),
    (check_total_error, lambda r, a: max(abs(r - a)), "That is the largest error"),
    (check_total_error, lambda r, a: np.sum(np.square(r - a)), "You squared the errors"),
    (check_total_error, lambda r, a: abs(r[0] - a[0]) + abs(r[1] - a[1]), "not for three"),
    (check_total_error, lambda r, a: 0.57, "for every set of votes"),
    (check_slope, lambda e, v, b: (e(v + b) - e(v)) / b, "Up only. Try"),
    (check_slope, lambda e, v, b: (e(v + b) - e(v)) / b / 2, "Up only, but divided by two bits"),
    (check_slope, lambda e, v, b: (e(v + b) - e(v - b)) / b, "it is two bits"),
    (check_slope, lambda e, v, b: (e(v - b) - e(v + b)) / b / 2, "The sign is the wrong way round"),
    (check_slope, lambda e, v, b: e(v + b) - e(v - b), "That is how much the error changes"),
    (check_slope, lambda e, v, b: (e(v + b) - e(v - b)) / 2 * b, "Brackets"),
    (check_slope, lambda e, v, b: (e(v + 1e-5) - e(v - 1e-5)) / 2e-5, "wanted"),
    (check_descend, lambda v, g, r, n: v - r * g(v), "That is one step"),
    (check_descend, lambda v, g, r, n: v - n * r * g(v), "the slopes change on the way"),
    (check_descend, lambda v, g, r, n: descend(v, g, -r, n), "That goes uphill"),
    (check_descend, lambda v, g, r, n: descend(v, g, 1, n), "The learning rate is missing"),
    (check_descend, lambda v, g, r, n: descend(v, lambda w: np.sign(g(w)), r, n), "the signs of the slopes only"),
    (check_descend, in_place, "changed what it was given"),
    (check_descend, two_by_hand, "not for an array of 2 by 3"),
    (check_descend, until_three, "With no step at all"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_total_error, lambda r, a: sum(abs(x - y) for x, y in zip(r, a, strict=True))),
        (check_slope, lambda e, v, b: e(v + b) / (2 * b) - e(v - b) / (2 * b)),
        (check_descend, descend),
        (check_descend, lambda v, g, r, n: in_place(v.copy(), g, r, n).tolist()),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
