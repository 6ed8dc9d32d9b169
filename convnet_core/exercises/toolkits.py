"""The exercises of the appendix on toolkits."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check


def from_keras(kernel):
    """Kernels (kH, kW, C, F), as Keras keeps them, as (F, C, kH, kW)."""
    return kernel.transpose(3, 2, 0, 1)


def place_in_keras(k, maps, rows, columns):
    """Where Keras's list has the value that stands at place `k` of ours, counted from 0."""
    which_map, within = divmod(k, rows * columns)
    return within * maps + which_map


def check_from_keras(function) -> None:
    """Checks `function(kernel)`, (kH, kW, C, F) -> (F, C, kH, kW)."""
    check(function, FROM_KERAS)


FROM_KERAS = Exercise(
    right=from_keras,
    cases=[
        Case((np.arange(120.0).reshape(2, 3, 4, 5),), "5 filters of 2 by 3 for 4 maps"),
        Case((np.arange(27.0).reshape(3, 3, 1, 3),), "the toy's 3 filters of 3 by 3 for 1 map"),
        Case((np.arange(24.0).reshape(2, 2, 3, 2),), "2 filters of 2 by 2 for 3 maps"),
    ],
    slips=[
        Slip(
            lambda k: k.reshape(k.shape[3], k.shape[2], *k.shape[:2]),
            "The shape is right and the numbers are not: `reshape` reads them in the old order and only cuts the row anew. To exchange axes, take `transpose`.",
        ),
        Slip(
            lambda k: k.T, "That reverses all four axes: every kernel now lies on its side. Rows stay before columns."
        ),
        Slip(
            lambda k: k.transpose(2, 3, 0, 1),
            "Filters and maps are exchanged: the filters come first here, then the maps that come in.",
        ),
        Slip(
            lambda k: k.transpose(2, 3, 1, 0),
            "That is the way from us to Keras. The axes here go the other way: which of Keras's axes should come first?",
        ),
        Slip(
            lambda k: k.transpose(3, 2, 0, 1)[..., ::-1, ::-1],
            "The axes are right, but each kernel is turned through half a turn. None of these toolkits flips a kernel.",
        ),
    ],
    praise="All the same numbers, and the axes as this book and PyTorch have them.",
    tried="kernel",
)


def check_place_in_keras(function) -> None:
    """Checks `function(k, maps, rows, columns)` -> the place in Keras's list, from 0."""
    check(function, PLACE_IN_KERAS)


PLACE_IN_KERAS = Exercise(
    right=place_in_keras,
    cases=[
        *(Case((k, 3, 4, 4)) for k in (0, 1, 6, 22, 40, 47)),
        Case((7, 2, 2, 3), trap="Your code works for three maps of 4 by 4. Use `maps`, `rows` and `columns`."),
        Case((11, 2, 3, 2), trap="Your code works for three maps of 4 by 4. Use `maps`, `rows` and `columns`."),
    ],
    slips=[
        Slip(
            lambda k, m, r, c: k % 16 * 3 + k // 16,
            "Your code works for three maps of 4 by 4. Use `maps`, `rows` and `columns`.",
        ),
        Slip(lambda k, m, r, c: k, "That is its place in our list: first one map, whole, then the next one."),
        Slip(
            lambda k, m, r, c: k % m * (r * c) + k // m,
            "That is the way from Keras's list to ours. Here `k` is a place in our list.",
        ),
        Slip(
            lambda k, m, r, c: k % (r * c) * m,
            "Right for the first map. The other maps' values stand behind it at each place: add which map it is.",
        ),
        Slip(
            lambda k, m, r, c: place_in_keras(k, m, r, c) + 1,
            "You count from 1. Here places count from 0, as Python does.",
        ),
        Slip(
            lambda k, m, r, c: k % c * (r * m) + k // c % r * m + k // (r * c),
            "You went down the columns. Within a map, both lists go row by row.",
        ),
    ],
    praise="Where a value moves to, its weight has to move too. That is all that the export does.",
    tried="value",
)
