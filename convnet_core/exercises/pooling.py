"""The exercises of chapter 4, pooling."""

from __future__ import annotations

from math import ceil

import numpy as np

from convnet_core.convolution import DETECTORS, convolve_loops, feature_map
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import FACE, FEATURES, X
from convnet_core.pooling import avg_pool2d, max_pool2d, pooled_size

MAPS = {name: feature_map(X, feature) for name, feature in FEATURES.items()}
FACE_MAPS = [convolve_loops(FACE, detector) for detector in DETECTORS.values()]
ALL_NEGATIVE = np.arange(-25, 0).reshape(5, 5)  # any zero that sneaks in would win

DROPPED = "The partial windows at the right and lower edge are missing. The slides keep them: a slice that reaches over the edge just holds fewer numbers."
ZERO_WINS = "A zero wins where it should not: in a window of negative numbers alone, the largest is negative too. Start from the first number of the window, and fill nothing up with zeros."
SMALLEST = "That keeps the smallest number of each window. Keep the largest."
MEAN = "That is the mean of each window: average pooling. Keep the largest number."
SIZE_FREE = "The largest by size, whatever its sign? Signs count here: -0.33 is less than 0.11."


def check_max_pool(function) -> None:
    """Checks `function(matches, window, stride)` -> the pooled map, partial windows kept."""
    check(function, MAX_POOL)


def largest_by_size(matches, window, stride):
    """The largest absolute value of each window."""
    return max_pool2d(np.abs(matches), window, stride)


def every_start(matches, window, stride):
    """A window at every multiple of the stride, even where the one before has reached the edge."""
    height, width = matches.shape
    return np.array([[matches[r : r + window, c : c + window].max() for c in range(0, width, stride)] for r in range(0, height, stride)])


MAX_POOL = Exercise(
    right=max_pool2d,
    cases=[
        *(Case((matches, 2, 2), f"the map of the {name}, window 2, stride 2") for name, matches in MAPS.items()),
        Case((MAPS["backslash"][:, :5], 2, 2), "a map of 7 by 5, window 2, stride 2", "Your code works for 7 by 7 maps, not for one of 7 by 5: take height and width from `matches.shape`: rows first, then columns."),
        Case((MAPS["backslash"], 3, 2), "the map of the backslash, window 3, stride 2", "Your code works for windows of 2 that move by 2, not for windows of 3 that move by 2: use `window` and `stride`."),
        Case((MAPS["cross"], 3, 1), "the map of the cross, window 3, stride 1", "Your code works where stride and window are alike, not for windows of 3 that move by 1: use `stride` for the steps."),
        Case((ALL_NEGATIVE, 2, 2), "a map of negative numbers alone, window 2, stride 2", ZERO_WINS),
    ],
    slips=[
        Slip(lambda m, w, s: max_pool2d(m, w, s, ceil_mode=False), DROPPED),
        Slip(lambda m, w, s: np.maximum(max_pool2d(m, w, s), 0), ZERO_WINS),
        Slip(avg_pool2d, MEAN),
        Slip(lambda m, w, s: avg_pool2d(m, w, s, ceil_mode=False), "That is the mean, and the partial windows are missing. Keep the largest number, at the edge too."),
        Slip(lambda m, w, s: -max_pool2d(-m, w, s), SMALLEST),
        Slip(largest_by_size, SIZE_FREE),
        Slip(lambda m, w, s: max_pool2d(m, w, w), "The window moves by its own size, whatever the stride. Use `stride` for the steps."),
        Slip(lambda m, w, s: max_pool2d(m, 2, 2), "Window and stride are 2 whatever is asked for: use `window` and `stride`."),
        Slip(lambda m, w, s: max_pool2d(m, w, 1), "Your window moves one number at a time. Use `stride` for the steps."),
        Slip(every_start, "One window too many: where windows overlap, the last one must not start after another has reached the edge. The starts are `range(0, height - window + stride, stride)`."),
        Slip(lambda m, w, s: max_pool2d(m, w, s).T, "Rows and columns are swapped: the first index of an array is the row."),
        Slip(lambda m, w, s: m[::s, ::s], "That takes one number out of each window, the first. Keep the largest."),
        Slip(lambda m, w, s: m.max(), "That is the largest number of the whole map. Wanted is the largest of each window."),
    ],
    praise="The slides' pooling, for any window and stride.",
    tried="map",
)


def check_pooled_size(function) -> None:
    """Checks `function(size, window, stride)` -> the number of windows along a side, partial ones kept."""
    check(function, POOLED_SIZE)


ROUND_UP = "You rounded down, so the partial window at the end is dropped. The slides keep it: round up, `math.ceil`."

POOLED_SIZE = Exercise(
    right=pooled_size,
    cases=[Case(sizes) for sizes in ((7, 2, 2), (5, 2, 2), (8, 2, 2), (7, 3, 2), (8, 3, 2), (7, 3, 3), (10, 4, 3), (28, 2, 2), (9, 3, 1))],
    slips=[
        Slip(lambda s, w, t: (s - w) // t + 1, ROUND_UP),
        Slip(lambda s, w, t: s // t, f"{ROUND_UP} And with overlapping windows, what counts is the room behind the first window: `size - window`."),
        Slip(lambda s, w, t: s // w, "You divided by the window. It is the stride that says how far the window moves."),
        Slip(lambda s, w, t: ceil(s / t), "That is right where window and stride are alike. Windows that overlap reach the edge sooner: divide `size - window`, the room behind the first one."),
        Slip(lambda s, w, t: ceil(s / w), "You divided by the window. It is the stride that says how far the window moves."),
        Slip(lambda s, w, t: ceil((s - w) / t), "One too few: the first window counts as well."),
        Slip(lambda s, w, t: (s - w) / t + 1, "There is no half a window: round up, `math.ceil`. The slides keep the partial window whole."),
        Slip(lambda s, w, t: s / t, "There is no half a window: round up, `math.ceil`. And divide `size - window`, the room behind the first one; then add the first."),
        Slip(lambda s, w, t: round((s - w) / t) + 1, "You rounded to the nearest. The slides keep every partial window: round up, `math.ceil`."),
        Slip(lambda s, w, t: pooled_size(s, w, t) ** 2, "That is the number of cells of the whole pooled map. Wanted is the number along one side."),
    ],
    praise="7 becomes 4, as on the slides.",
    tried="side",
)


def check_pool_stack(function) -> None:
    """Checks `function(stack)` -> the stack of pooled maps (C, H', W'), window 2, stride 2."""
    check(function, POOL_STACK)


MIXED = "Your maps got mixed. Pooling works on each map alone: three maps in, three maps out."

POOL_STACK = Exercise(
    right=max_pool2d,
    cases=[
        Case((np.stack(list(MAPS.values())),), "the three maps of the slides"),
        Case((np.stack(FACE_MAPS),), "the lecture's two maps", "Your code works for three maps of 7 by 7, not for two of 5 by 5: take the sizes from `stack.shape`."),
        Case((MAPS["slash"][np.newaxis, :, :5],), "a stack of a single map, 7 by 5", "Your code does not work for a stack of one map, 7 by 5: the answer has shape (1, 4, 3)."),
    ],
    slips=[
        Slip(lambda s: max_pool2d(s.max(axis=0)), MIXED),
        Slip(lambda s: max_pool2d(s.max(axis=0))[np.newaxis], MIXED),
        Slip(lambda s: max_pool2d(s.sum(axis=0)), MIXED),
        Slip(lambda s: max_pool2d(s.mean(axis=0)), MIXED),
        Slip(lambda s: s.max(axis=0), f"That keeps the largest of the maps at each place. {MIXED}"),
        Slip(lambda s: s.max(axis=(1, 2)), "One number for each map: you took the largest of the whole map. Take the largest of each window."),
        Slip(lambda s: max_pool2d(s[0]), "Only the first map came back. Pool each of them."),
        Slip(lambda s: max_pool2d(s[-1]), "Only the last map came back: collect all of them, then `np.stack`."),
        Slip(lambda s: max_pool2d(s, ceil_mode=False), DROPPED),
        Slip(avg_pool2d, MEAN),
        Slip(lambda s: max_pool2d(s).transpose(1, 2, 0), "The maps come first in a stack: (maps, rows, columns). Yours come last."),
    ],
    praise="A stack of maps becomes a stack of smaller maps: a pooling layer.",
    tried="stack",
)
