"""The exercises of chapter 7, voting."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.voting import softmax


def flat(stack):
    """A stack of maps (C, H, W) as one list, map by map, row by row."""
    return np.ravel(stack)


def place(k, rows, columns):
    """Where value `k` of the list comes from: map, row and column, all from 0."""
    return [k // (rows * columns), k // columns % rows, k % columns]


def check_flatten(function) -> None:
    """Checks `function(stack)` -> the values (C * H * W,), map by map, row by row."""
    check(function, FLATTEN)


NUMBERED = np.arange(1.0, 13).reshape(2, 2, 3)
ONE_MAP = np.array([[[1.0, 1, 0], [4, 2, 1], [0, 2, 1]]])
POOLED = np.arange(48.0).reshape(3, 4, 4) / 4

FLATTEN = Exercise(
    right=flat,
    cases=[
        Case((NUMBERED,), "two maps of 2 by 3"),
        Case((ONE_MAP,), "the lecture's map, alone in its stack"),
        Case((POOLED,), "three maps of 4 by 4"),
        Case((np.arange(6.0).reshape(1, 3, 2),), "one map of 3 by 2"),
    ],
    slips=[
        Slip(
            lambda s: s.reshape(len(s), -1),
            "Each map has become a list of its own. Put the lists one after the other, into one.",
        ),
        Slip(lambda s: s[0].ravel(), "Only the first map is in your list. Put the others behind it."),
        Slip(
            lambda s: s[-1].ravel(),
            "Only the last map is in your list. If there is a loop, add to the list, and begin it before the loop.",
        ),
        Slip(
            lambda s: np.swapaxes(s, 1, 2).ravel(), "You went column by column. Read row by row, as one reads a page."
        ),
        Slip(
            lambda s: np.ravel(s, order="F"),
            "The maps got mixed: you took the first number of every map, then the next. Finish one map before the next one.",
        ),
        Slip(
            lambda s: s.transpose(1, 2, 0).ravel(),
            "The maps got mixed: at every place you went through all maps. Finish one map before the next one.",
        ),
        Slip(lambda s: np.ravel(s)[np.newaxis], "Your list is a row of a matrix. Return an array of one axis."),
        Slip(lambda s: np.ravel(s)[:, np.newaxis], "Your list is a column of a matrix. Return an array of one axis."),
        Slip(
            lambda s: s.sum(axis=0).ravel(),
            "You added the maps to each other. Every value keeps its own place in the list.",
        ),
        Slip(
            lambda s: s.sum(axis=(1, 2)),
            "That is one number for each map. Flattening adds nothing up: all values stay.",
        ),
    ],
    praise="Nothing is lost and nothing is added: it is the same numbers in one long row.",
    tried="stack",
)


def check_place(function) -> None:
    """Checks `function(k, rows, columns)` -> (map, row, column), all from 0."""
    check(function, PLACE)


PLACE = Exercise(
    right=place,
    cases=[
        *(Case((k, 4, 4)) for k in (0, 6, 22, 29, 47)),
        Case((17, 2, 3), trap="Your code works for maps of 4 by 4. Use `rows` and `columns`."),
        Case((11, 3, 2), trap="Your code works for maps of 4 by 4. Use `rows` and `columns`."),
    ],
    slips=[
        Slip(
            lambda k, r, c: [k // 16, k // 4 % 4, k % 4],
            "Your code works for maps of 4 by 4. Use `rows` and `columns`.",
        ),
        Slip(lambda k, r, c: [k // (r * c), k % c, k // c % r], "Row and column are swapped."),
        Slip(
            lambda k, r, c: [k // (r * c), k // c, k % c],
            "The row counts on through all maps. It begins at 0 again in each map: take the remainder by `rows`.",
        ),
        Slip(
            lambda k, r, c: [k // (r * c), k // r % r, k % c],
            "A row is full after `columns` values, not after `rows` of them.",
        ),
        Slip(
            lambda k, r, c: [k // (r * c), k // r % c, k % r],
            "`rows` and `columns` have changed places: a row is full after `columns` values, and a map has `rows` of them.",
        ),
        Slip(
            lambda k, r, c: [k // (r * c), k % r, k // r % c],
            "You went down the columns: a row is full after `columns` values, and then the next row begins.",
        ),
        Slip(
            lambda k, r, c: [k // (r * c) + 1, k // c % r + 1, k % c + 1],
            "You count from 1. Here map, row and column count from 0, as Python does.",
        ),
        Slip(
            lambda k, r, c: place(k - 1, r, c) if k else place(0, r, c),
            "You took `k` to count from 1. It counts from 0.",
        ),
        Slip(
            lambda k, r, c: [k // (r * c), k % (r * c), 0],
            "That is the place within the map, counted through. Split it into row and column.",
        ),
        Slip(
            lambda k, r, c: [k / (r * c), k / c % r, k % c],
            "There is no half a map: divide with `//`, which leaves out the rest.",
        ),
    ],
    praise="So any weight of a dense layer can be traced back to a place in a map.",
    tried="value",
)


def check_softmax(function) -> None:
    """Checks `function(votes)` -> the probabilities (C,)."""
    check(function, SOFTMAX)


HUGE = "Right for small votes, not for huge ones: the power of 1000 is too large for a number. Take the largest vote from all of them first; the result stays the same."
FAR_BELOW = "Right for small votes, not where all are far below zero: every power becomes 0, and 0 / 0 is no number. Take the largest vote from all of them first, even if it is below zero; the result stays the same."

SOFTMAX = Exercise(
    right=softmax,
    cases=[
        *(Case((np.array(votes),)) for votes in ([1.05, -0.05], [0.0, 2.0], [0.92, 0.51], [-3.0, -1.0])),
        Case(
            (np.array([1.0, 2.0, 3.0]),),
            "three votes",
            "Your code works for two votes, not for three: divide by the sum of all powers.",
        ),
        Case((np.array([1000.0, 999.0]),), "votes of 1000 and 999", HUGE),
        Case((np.array([2000.0, 0.0]),), "votes of 2000 and 0", HUGE),
        Case((np.array([0.0, 2000.0]),), "votes of 0 and 2000", HUGE),
        Case((np.array([-1000.0, -999.0]),), "votes of -1000 and -999", FAR_BELOW),
    ],
    slips=[
        Slip(
            lambda v: v / v.sum(),
            "You divided the votes themselves by their sum. A vote below zero would get a probability below zero: take `np.exp` first.",
        ),
        Slip(
            lambda v: np.abs(v) / np.abs(v).sum(),
            "Without their signs, a strong no looks like a strong yes. Take `np.exp`, which makes every vote positive and keeps their order.",
        ),
        Slip(
            lambda v: (v - v.min()) / (v - v.min()).sum(),
            "You moved the votes so that the smallest is 0, and shared that out. The smallest vote then gets nothing at all. Take `np.exp` first.",
        ),
        Slip(
            lambda v: v.clip(min=0) / max(v.clip(min=0).sum(), 1e-12),
            "A vote below zero gets a probability too, a small one. Take `np.exp` of each vote.",
        ),
        Slip(lambda v: np.exp(v - v.max()), "The powers do not add up to 1 yet: divide each by the sum of all."),
        Slip(lambda v: np.exp(np.minimum(v, 700)), "The powers do not add up to 1 yet: divide each by the sum of all."),
        Slip(
            lambda v: 1 / (1 + np.exp(-v.clip(min=-700))),
            "Each vote got a probability by itself. They must know of each other: divide each power by the sum of all.",
        ),
        Slip(lambda v: softmax(-v), "The smaller vote got the larger probability: a minus too many in the power."),
        Slip(
            lambda v: 2.0 ** (v - v.max()) / (2.0 ** (v - v.max())).sum(),
            "Powers of 2 would do, too, but the usual softmax takes powers of e: `np.exp`.",
        ),
        Slip(
            lambda v: float(softmax(v).max()),
            "That is the winner's probability alone. Return all of them, as an array.",
        ),
        Slip(lambda v: 100 * softmax(v), "That is in percent. Return shares that add up to 1."),
        Slip(
            lambda v: np.eye(len(v))[int(np.argmax(v))],
            "The winner takes it all: that is the verdict. Return how the probability is shared.",
        ),
    ],
    praise="All above 0, all together 1, and the order of the votes is kept.",
    tried="set of votes",
)
