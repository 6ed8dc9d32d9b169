"""The exercises of chapter 5: typical slips get the hint that mends them, and other right ways are right."""

import numpy as np
import pytest

from convnet_core.convolution import feature_map
from convnet_core.exercises.relu import check_layers, check_leaky_relu, check_relu
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.relu import relu


def two_loops(values):
    result = np.zeros(values.shape)
    rows, columns = values.shape
    for row in range(rows):
        for column in range(columns):
            result[row, column] = max(values[row, column], 0)
    return result


def in_place(values):
    values[values < 0] = 0
    return values


def mean_first(image, features):
    return relu(avg_pool2d(np.stack([feature_map(image, feature) for feature in features])))


def fixed_size(image, features):
    result = np.zeros((3, 4, 4))
    for index, feature in enumerate(features):
        result[index] = max_pool2d(relu(feature_map(image, feature)))
    return result


def on_top_of_each_other(image, features):
    return np.concatenate([max_pool2d(relu(feature_map(image, feature))) for feature in features])


WRONG = [
    (check_relu, abs, "You dropped the minus signs"),
    (check_relu, in_place, "changed what it was given"),
    (check_relu, two_loops, "works for a single map, not for a stack"),
    (check_relu, lambda v: np.clip(v, 0, 1), "no upper limit"),
    (check_relu, lambda v: v[v > 0], "so the shape is lost"),
    (check_relu, lambda v: v > 0, "You marked the positive numbers"),
    (check_relu, lambda v: np.max(v, 0), "the largest number of each column"),
    (check_relu, lambda v: max(v, 0), "`np.where` and `np.maximum` ask each number"),
    (check_relu, lambda v: np.zeros(*v.shape), "A shape has brackets of its own"),
    (check_relu, lambda v: np.where(v < 0, 0, walues), "Is `walues` spelled as where it was made?"),  # noqa: F821
    (check_relu, lambda v: np.zeros((7, 7)), "all its numbers are 0"),
    (check_leaky_relu, lambda v, s: np.maximum(v, 0), "That is the plain ReLU"),
    (check_leaky_relu, lambda v, s: np.maximum(v, v * s), "only for slopes up to 1"),
    (check_leaky_relu, lambda v, s: np.where(v > 0, v, 0.01 * v), "You always multiply by 0.01"),
    (check_leaky_relu, lambda v, s: np.where(v < 0, v, v * s), "The other way round"),
    (check_leaky_relu, lambda v, s: np.where(v > 0, v, s * abs(v)), "lost its sign"),
    (check_layers, mean_first, "Keep the largest"),
    (check_layers, fixed_size, "works for three features, not for two"),
    (check_layers, on_top_of_each_other, "an axis of their own"),
    (check_layers, lambda i, fs: max_pool2d(np.stack([feature_map(i, f) for f in fs])), "The ReLU is missing"),
    (check_layers, lambda i, fs: [max_pool2d(relu(feature_map(relu(i), f))) for f in fs], "behind the convolution"),
]


@pytest.mark.parametrize(("check", "function", "hint"), WRONG)
def test_a_typical_slip_gets_its_hint(check, function, hint, hint_for):
    assert hint in hint_for(check, function)


RIGHT = [
    (check_relu, lambda v: (v + abs(v)) / 2),
    (check_relu, lambda v: v * (v > 0)),
    (check_relu, lambda v: np.clip(v, 0, None)),
    (check_leaky_relu, lambda v, s: np.maximum(v, 0) + s * np.minimum(v, 0)),
    (check_layers, lambda i, fs: [relu(max_pool2d(feature_map(i, f))) for f in fs]),
]


@pytest.mark.parametrize(("check", "function"), RIGHT)
def test_another_right_way_is_right(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
