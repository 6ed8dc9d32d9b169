"""The exercises of chapter 7: typical slips get the hint that mends them, right answers of any make pass."""

import math

import numpy as np
import pytest

from convnet_core.exercises.voting import check_flatten, check_place, check_softmax


def softmax_by_hand(votes):
    powers = [math.exp(vote - max(votes)) for vote in votes]
    return [power / sum(powers) for power in powers]


def powers_only(votes):
    return np.exp(votes - votes.max())


SLIPS = [
    (check_flatten, lambda stack: stack.reshape(len(stack), -1), "Each map has become a list of its own"),
    (check_flatten, lambda stack: stack[0].ravel(), "Only the first map"),
    (check_flatten, lambda stack: [v for row in stack[-1] for v in row], "Only the last map"),
    (check_flatten, lambda stack: [v for one in stack for v in one.T.ravel()], "row by row"),
    (check_flatten, lambda stack: np.stack(stack, axis=-1).ravel(), "Finish one map before the next one"),
    (check_flatten, lambda stack: stack.flatten(order="F"), "Finish one map before the next one"),
    (check_flatten, lambda stack: stack.reshape(1, -1), "Return an array of one axis"),
    (check_flatten, lambda stack: stack.sum(axis=0).ravel(), "added the maps to each other"),
    (check_flatten, lambda stack: stack, "wanted an array of shape (12,), yours is an array of shape (2, 2, 3)"),
    (check_flatten, lambda stack: stack[0], "wanted an array of shape (12,), yours is an array of shape (2, 3)"),
    (check_place, lambda k, rows, columns: (k // 16, k % 16 // 4, k % 4), "Use `rows` and `columns`"),
    (check_place, lambda k, rows, columns: (k // 16, k % 4, k % 16 // 4), "Row and column are swapped"),
    (check_place, lambda k, rows, columns: (k // (rows * columns), k // columns, k % columns), "begins at 0 again"),
    (check_place, lambda k, r, c: (k // (r * c) + 1, k % (r * c) // c + 1, k % c + 1), "You count from 1"),
    (check_place, lambda k, r, c: (k / (r * c), k / c % r, k % c), "There is no half a map"),
    (check_place, lambda k, r, c: (0, 0, k), "wanted 1, yours is 0"),
    (check_softmax, lambda votes: votes / sum(votes), "take `np.exp` first"),
    (check_softmax, powers_only, "divide each by the sum of all"),
    (check_softmax, lambda votes: 1 / (1 + np.exp(-votes)), "Each vote got a probability by itself"),
    (check_softmax, lambda votes: np.exp(votes) / np.exp(votes).sum(), "not for huge ones"),
    (check_softmax, lambda votes: softmax_by_hand(-votes), "a minus too many"),
    (check_softmax, lambda votes: max(softmax_by_hand(votes)), "the winner's probability alone"),
    (check_softmax, lambda votes: [100 * p for p in softmax_by_hand(votes)], "in percent"),
    (check_softmax, lambda votes: (votes == votes.max()) * 1.0, "The winner takes it all"),
    (check_softmax, lambda votes: (votes - min(votes)) / sum(votes - min(votes)), "so that the smallest is 0"),
    (check_softmax, lambda votes: softmax_by_hand(votes[:2]), "works for two votes, not for three"),
    (check_softmax, lambda votes: votes, "at [0] wanted 0.7503, yours is 1.05"),
]


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_flatten, lambda stack: stack.reshape(-1)),
        (check_flatten, lambda stack: [v for one in stack for row in one for v in row]),
        (check_place, lambda k, rows, columns: np.unravel_index(k, (10, rows, columns))),
        (
            check_place,
            lambda k, rows, columns: [*divmod(k, rows * columns)][:1] + [*divmod(k % (rows * columns), columns)],
        ),
        (check_softmax, softmax_by_hand),
        (check_softmax, lambda votes: powers_only(votes) / powers_only(votes).sum()),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
