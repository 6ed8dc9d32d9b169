"""The exercises of chapter 5, ReLU."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import convolve_loops, feature_map
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.relu import leaky_relu, relu

MAPS = np.stack([feature_map(X, feature) for feature in FEATURES.values()])
WIDE = np.array([[2.5, -0.5, 0, -3], [0.25, 1, -1, 4]])
LINE = np.array([-2, -0.5, 0, 0.5, 3])
ANY_SHAPE = "Your code works for a single map, not for a stack of shape (3, 7, 7). Let numpy work on the whole array at once."
ONE_LINE = "Your code works for a map with rows and columns, not for five numbers in a line. Let numpy work on the whole array at once."


def check_relu(function) -> None:
    """Checks `function(values)` -> an array of the same shape, no number below zero."""
    check(function, RELU)


RELU = Exercise(
    right=relu,
    cases=[
        *(Case((feature_map(X, feature),), f"the map of the X with the feature {name}") for name, feature in FEATURES.items()),
        Case((WIDE,), "an array of 2 by 4 with numbers such as 2.5 and -3"),
        Case((MAPS,), "the stack of three maps", ANY_SHAPE),
        Case((LINE,), "the five numbers -2, -0.5, 0, 0.5, 3", ONE_LINE),
    ],
    slips=[
        Slip(lambda v: v, "Nothing has changed: the negative numbers are still there."),
        Slip(np.abs, "You dropped the minus signs. A negative number becomes 0, however large it is."),
        Slip(lambda v: np.minimum(v, 0), "The other way round: the negative numbers were kept, and the positive ones became 0."),
        Slip(lambda v: -np.minimum(v, 0), "The other way round: the negative numbers were kept, and the positive ones became 0."),
        Slip(lambda v: np.clip(v, 0, 1), "Numbers above 1 were cut to 1. ReLU has no upper limit: positive numbers stay as they are."),
        *(Slip(marks, "You marked the positive numbers with True or 1. Return the numbers themselves, with 0 in place of the negative ones.") for marks in (lambda v: v > 0, lambda v: v >= 0)),
        Slip(lambda v: v[v > 0], "You left the negative numbers out, so the shape is lost. Put a 0 in the place of each."),
        Slip(lambda v: v[v >= 0], "You left the negative numbers out, so the shape is lost. Put a 0 in the place of each."),
        Slip(lambda v: v - v.min(), "You shifted all numbers until none was negative. Only the negative ones are to change, each to 0."),
        Slip(lambda v: (v - v.min()) / (v.max() - v.min()), "You rescaled all numbers to 0..1. Only the negative ones are to change, each to 0."),
        Slip(lambda v: np.max(v, 0), "`np.max(values, 0)` finds the largest number of each column. `np.maximum(values, 0)` compares number by number."),
        Slip(lambda v: np.max(v), "That is the largest number of all. `np.maximum(a, b)` compares number by number; `np.max` finds one winner."),
        Slip(lambda v: np.trunc(np.maximum(v, 0) * 100) / 100, "You cut off decimals. Only the slides' print does that; the numbers keep all theirs."),
        Slip(lambda v: np.maximum(v, 0).round(2), "You rounded. The positive numbers are to stay as they are."),
        Slip(lambda v: leaky_relu(v, 0.01), "A little of the negative numbers leaks through: that is a leaky ReLU. Here they become 0."),
    ],
    praise="No number below zero is left, and your input is as it was.",
    tried="array",
)


def check_leaky_relu(function) -> None:
    """Checks `function(values, slope)` -> an array of the same shape."""
    check(function, LEAKY_RELU)


LEAKY_RELU = Exercise(
    right=leaky_relu,
    cases=[
        *(Case((MAPS[0], slope), f"the backslash's map of the X with slope {slope}") for slope in (0.1, 0.01, 0.5)),
        Case((WIDE, 0.25), "an array of 2 by 4 with slope 0.25"),
        Case((WIDE, 0.0), "an array of 2 by 4 with slope 0"),
        Case((MAPS, 0.1), "the stack of three maps with slope 0.1", ANY_SHAPE),
        Case((WIDE, 2.0), "a slope of 2", "The larger of `x` and `slope * x` is a leaky ReLU only for slopes up to 1. Ask whether the number is negative, as `np.where(values > 0, ..., ...)` does."),
    ],
    slips=[
        Slip(lambda v, s: relu(v), "That is the plain ReLU. A leaky one multiplies the negative numbers by `slope`."),
        Slip(lambda v, s: v * s, "You multiplied all numbers. The positive ones are to stay as they are."),
        Slip(lambda v, s: np.where(v > 0, v * s, v), "The other way round: the positive numbers stay, the negative ones are multiplied."),
        Slip(lambda v, s: np.where(v > 0, v * s, 0), "The other way round: the positive numbers stay, the negative ones are multiplied."),
        Slip(lambda v, s: np.where(v > 0, v, s), "The negative numbers all became `slope`. Each is to be multiplied by it."),
        Slip(lambda v, s: np.where(v > 0, v, -s), "The negative numbers all became the same. Each is to be multiplied by `slope`."),
        Slip(lambda v, s: np.where(v > 0, v, v + s), "You added the slope. Multiply each negative number by it."),
        Slip(lambda v, s: np.where(v > 0, v, -s * v), "The leak has lost its sign: a negative number stays negative, only smaller."),
        *(Slip(lambda v, s, fixed=fixed: leaky_relu(v, fixed), f"You always multiply by {fixed}. Take the `slope` that you are given.") for fixed in (0.1, 0.01)),
    ],
    praise="With a slope of 0 it is the plain ReLU, with 1 it does nothing.",
    tried="array",
)


def check_layers(function) -> None:
    """Checks `function(image, features)` -> the pooled maps (F, H', W')."""
    check(function, LAYERS)


def three_layers(image, features, convolve=feature_map, bend=relu, pool=max_pool2d):
    """Convolution, ReLU and pooling, (F, H', W'). What is given takes the place of one of them."""
    return np.stack([pool(bend(convolve(image, feature))) for feature in features])


def unchanged(values):
    return values


def without_partial(values):
    return max_pool2d(values, ceil_mode=False)


ALL = list(FEATURES.values())
KEEP_PARTIAL = "The slides keep the partial windows at the edge: a map of 7 by 7 is pooled to 4 by 4."

LAYERS = Exercise(
    right=three_layers,
    cases=[
        *(Case((image, ALL), f"{name} with the three features") for name, image in (("the X", X), ("the trickier X", TRICKIER_X), ("the O", O), ("blank paper", BLANK))),
        Case((X, ALL[:2]), "the X with two features", "Your code works for three features, not for two: go through `features`, however many there are."),
        Case((X[1:8, 1:7], ALL), "a picture of 7 by 6 with the three features", "Your code works for 9 by 9 pictures, not for one of 7 by 6: take the sizes from the arrays."),
    ],
    slips=[
        Slip(lambda i, fs: three_layers(i, fs, bend=unchanged), "The ReLU is missing. On the X nobody can tell, but on blank paper every match of the cross is -0.11, and should become 0."),
        Slip(lambda i, fs: three_layers(i, fs, pool=unchanged), "The maps are not pooled yet: each of 7 by 7 becomes 4 by 4."),
        Slip(lambda i, fs: three_layers(i, fs, bend=unchanged, pool=unchanged), "That is the convolution. ReLU and pooling are to follow."),
        Slip(lambda i, fs: three_layers(i, fs, pool=without_partial), KEEP_PARTIAL),
        Slip(lambda i, fs: three_layers(i, fs, bend=unchanged, pool=without_partial), f"The ReLU is missing. And: {KEEP_PARTIAL}"),
        Slip(lambda i, fs: three_layers(i, fs, pool=avg_pool2d), "You kept the mean of each window. Keep the largest: `max_pool2d`."),
        Slip(lambda i, fs: relu(three_layers(i, fs, bend=unchanged, pool=avg_pool2d)), "You kept the mean of each window. Keep the largest: `max_pool2d`."),
        Slip(lambda i, fs: three_layers(relu(i), fs), "ReLU belongs behind the convolution. You changed the picture before it was matched."),
        Slip(lambda i, fs: three_layers(relu(i), fs, bend=unchanged), "ReLU belongs behind the convolution. You changed the picture before it was matched."),
        Slip(lambda i, fs: three_layers(i, fs, convolve=convolve_loops), "Your numbers are 9 times too large: `feature_map` divides by the number of pixels."),
        Slip(lambda i, fs: three_layers(i, fs)[0], "Only the first feature's map comes out. Make one for each feature."),
        Slip(lambda i, fs: three_layers(i, fs)[-1], "Only the last feature's map comes out. Make one for each feature, and return them all."),
        Slip(lambda i, fs: three_layers(i, fs).sum(axis=0), "You added the maps up. Keep them apart, in a stack."),
        Slip(lambda i, fs: three_layers(i, fs).max(axis=0), "You took the largest over all features. Keep the maps apart, in a stack."),
        Slip(lambda i, fs: np.moveaxis(three_layers(i, fs), 0, -1), "The features come last in your stack. They come first: (F, 4, 4)."),
        Slip(lambda i, fs: three_layers(i, fs).ravel(), "You laid all numbers in a line. Keep the stack's shape, (F, 4, 4)."),
        Slip(lambda i, fs: np.vstack(list(three_layers(i, fs))), "Your maps stand on top of each other in one array. `np.stack` gives them an axis of their own."),
    ],
    praise="Three layers of a convolutional network, in one function.",
    tried="picture",
)
