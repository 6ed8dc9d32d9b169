"""The exercises of chapter 4: typical slips get the hint that mends them, right answers of any make pass."""

import math

import numpy as np
import pytest

from convnet_core.exercises.pooling import check_max_pool, check_pool_stack, check_pooled_size
from convnet_core.pooling import max_pool2d, pooled_size


def by_hand(*, keep=np.max, partial=True, first=None):
    """A student's pooling in loops: `first` is what the running best starts from, if there is one."""

    def pool(matches, window, stride):
        rows, columns = (range(0, size - window + (stride if partial else 1), stride) for size in matches.shape)
        result = np.zeros((len(rows), len(columns)))
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                patch = matches[row : row + window, column : column + window]
                result[i, j] = keep(patch) if first is None else max(first, keep(patch))
        return result

    return pool


def filled_with_zeros(matches, window, stride):
    """Adds rows and columns of zeros until every window is whole."""
    missing = [(0, (pooled_size(size, window, stride) - 1) * stride + window - size) for size in matches.shape]
    return by_hand()(np.pad(matches, missing), window, stride)


def sevens_only(matches, window, stride):
    """Sizes written into the code."""
    result = np.zeros((4, 4))
    for row in range(4):
        for column in range(4):
            result[row, column] = matches[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].max()
    return result


def each(pool):
    return lambda stack: np.stack([pool(matches) for matches in stack])


SLIPS = [
    (check_max_pool, by_hand(partial=False), "partial windows at the right and lower edge are missing"),
    (check_max_pool, by_hand(keep=np.mean), "That is the mean of each window"),
    (check_max_pool, by_hand(keep=np.min), "the smallest number of each window"),
    (check_max_pool, by_hand(keep=lambda patch: np.abs(patch).max()), "Signs count here"),
    (check_max_pool, by_hand(first=0), "A zero wins where it should not"),
    (check_max_pool, filled_with_zeros, "A zero wins where it should not"),
    (check_max_pool, sevens_only, "works for 7 by 7 maps, not for one of 7 by 5"),
    (check_max_pool, lambda m, w, s: by_hand()(m, 2, 2), "Window and stride are 2 whatever is asked for"),
    (check_max_pool, lambda m, w, s: by_hand()(m, w, w), "The window moves by its own size"),
    (check_max_pool, lambda m, w, s: by_hand()(m, w, 1), "one number at a time"),
    (check_max_pool, lambda m, w, s: m[::s, ::s], "one number out of each window, the first"),
    (check_max_pool, lambda m, w, s: m.max(), "the largest number of the whole map"),
    (check_max_pool, lambda m, w, s: by_hand()(m.T, w, s), "Rows and columns are swapped"),
    (check_max_pool, lambda m, w, s: m, "wanted an array of shape (4, 4), yours is an array of shape (7, 7)"),
    (check_pooled_size, lambda s, w, t: (s - w) // t + 1, "You rounded down"),
    (check_pooled_size, lambda s, w, t: s // t, "You rounded down"),
    (check_pooled_size, lambda s, w, t: math.ceil(s / t), "right where window and stride are alike"),
    (check_pooled_size, lambda s, w, t: math.ceil(s / w), "You divided by the window"),
    (check_pooled_size, lambda s, w, t: math.ceil((s - w) / t), "One too few"),
    (check_pooled_size, lambda s, w, t: (s - w) / t + 1, "no half a window"),
    (check_pooled_size, lambda s, w, t: round((s - w) / t) + 1, "rounded to the nearest"),
    (check_pooled_size, lambda s, w, t: pooled_size(s, w, t) ** 2, "along one side"),
    (check_pool_stack, lambda s: by_hand()(s.max(axis=0), 2, 2), "Your maps got mixed"),
    (check_pool_stack, lambda s: by_hand()(s.sum(axis=0), 2, 2), "Your maps got mixed"),
    (check_pool_stack, lambda s: s.max(axis=0), "the largest of the maps at each place"),
    (check_pool_stack, lambda s: s.max(axis=(1, 2)), "One number for each map"),
    (check_pool_stack, lambda s: by_hand()(s[0], 2, 2), "Only the first map"),
    (check_pool_stack, lambda s: by_hand()(s[-1], 2, 2), "Only the last map"),
    (check_pool_stack, each(lambda m: by_hand(partial=False)(m, 2, 2)), "partial windows"),
    (check_pool_stack, each(lambda m: by_hand(keep=np.mean)(m, 2, 2)), "average pooling"),
    (check_pool_stack, each(lambda m: sevens_only(m, 2, 2)), "not for two of 5 by 5"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_max_pool, by_hand()),
        (check_max_pool, by_hand(first=-np.inf)),
        (check_max_pool, lambda m, w, s: max_pool2d(m, w, s).tolist()),
        (check_pooled_size, lambda s, w, t: len(range(0, s - w + t, t))),
        (check_pooled_size, lambda s, w, t: -(-(s - w) // t) + 1.0),
        (check_pool_stack, each(lambda m: by_hand()(m, 2, 2))),
        (check_pool_stack, lambda s: [max_pool2d(m).tolist() for m in s]),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
