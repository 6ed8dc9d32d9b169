"""The exercises of chapter 6, stacking."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import conv2d, feature_map
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import FEATURES, O, X
from convnet_core.pooling import max_pool2d
from convnet_core.relu import relu

V = np.array([[[1, 0], [0, 0]], [[0, 0], [0, 0]], [[0, 1], [0, 0]]]) / 2


def pooled_maps(image):
    """The slides' three layers (3, 4, 4)."""
    return max_pool2d(relu(np.stack([feature_map(image, feature) for feature in FEATURES.values()])))


MIXED = np.arange(18).reshape(2, 3, 3) - 8  # kernels without a symmetry
MORE_MAPS = np.array([X[:6, :7], O[:6, :7]])

NO_BIAS = "The bias is missing: add it once, when all products have been added up."
ADD_UP = "Add the maps up: one filter makes one map, however many come in."


def check_conv_over_maps(function) -> None:
    """Checks `function(maps, kernels, bias)` -> the one map of a filter that spans all maps."""
    check(function, CONV_OVER_MAPS)


def one_filter(maps, kernels, bias):
    """The map of a filter: maps and kernels are (C, H, W) and (C, kH, kW)."""
    return conv2d(np.asarray(maps, dtype=float), np.asarray(kernels, dtype=float)[np.newaxis])[0] + bias


def each_alone(maps, kernels):
    """One map for each pair of a map and its kernel."""
    return np.stack([one_filter(maps[k : k + 1], kernels[k : k + 1], 0) for k in range(len(maps))])


CONV_OVER_MAPS = Exercise(
    right=one_filter,
    cases=[
        Case((pooled_maps(X), V, -0.25), "the X's pooled maps, the V, bias -0.25"),
        Case((pooled_maps(O), V, 0.5), "the O's pooled maps, the V, bias 0.5"),
        Case(
            (pooled_maps(X)[:2], MIXED[:, :2, :2], 2.0),
            "two maps, two other kernels, bias 2",
            "Your code works for three maps, not for two: take their number from the array.",
        ),
        Case(
            (MORE_MAPS, MIXED, 1.0),
            "two maps of 6 by 7, kernels of 3 by 3, bias 1",
            "Your code works for kernels of 2 by 2 on square maps, not for kernels of 3 by 3 on maps of 6 by 7: take the sizes from the arrays.",
        ),
    ],
    slips=[
        Slip(lambda m, k, b: one_filter(m, k, 0), NO_BIAS),
        Slip(
            lambda m, k, b: one_filter(m, k, b * len(m)),
            "The bias counts once for each map. It belongs to the filter: add it once.",
        ),
        Slip(lambda m, k, b: each_alone(m, k) + b, f"You return a map for each map that came in. {ADD_UP}"),
        Slip(lambda m, k, b: each_alone(m, k), f"You return a map for each map that came in. {ADD_UP}"),
        Slip(
            lambda m, k, b: each_alone(m, k).mean(axis=0) + b,
            "That is the mean over the maps. Add them up, and divide by nothing.",
        ),
        Slip(lambda m, k, b: each_alone(m, k).max(axis=0) + b, f"You keep the largest over the maps. {ADD_UP}"),
        Slip(
            lambda m, k, b: one_filter(m[:1], k[:1], b),
            "Only the first map counts. Let each map have its own kernel, and add up.",
        ),
        Slip(
            lambda m, k, b: one_filter(m[-1:], k[-1:], b),
            "Only the last map counts. Start from zeros, and add each map's sums to what is there.",
        ),
        Slip(
            lambda m, k, b: one_filter(m, np.stack([k[0]] * len(m)), b),
            "Every map meets the first kernel. Each map has its own: `zip(maps, kernels)` goes through both.",
        ),
        Slip(
            lambda m, k, b: one_filter(m, k[::-1], b),
            "The kernels come in the wrong order: the first one belongs to the first map.",
        ),
        Slip(
            lambda m, k, b: one_filter(m, k[..., ::-1, ::-1], b),
            "Your kernels are turned through half a turn. Networks slide them as they stand.",
        ),
        Slip(
            lambda m, k, b: one_filter(m, k, b)[np.newaxis],
            "The numbers are right. Return the map alone, (rows, columns), not a stack of one map.",
        ),
        Slip(
            lambda m, k, b: relu(one_filter(m, k, b)),
            "There is a ReLU in it. That is the next layer: leave the negative numbers.",
        ),
    ],
    praise="Any number of maps goes in, one map comes out: this is what a convolution layer does from the second level on.",
    tried="stack",
)


def check_parameter_count(function) -> None:
    """Checks `function(maps, filters, size)` -> how many numbers a convolution layer learns."""
    check(function, PARAMETER_COUNT)


def parameters(maps, filters, size):
    """Weights and biases of a layer with square kernels."""
    return filters * (maps * size * size + 1)


PARAMETER_COUNT = Exercise(
    right=parameters,
    cases=[Case(arguments) for arguments in [(1, 3, 3), (3, 2, 2), (3, 6, 5), (64, 128, 3), (6, 1, 1)]],
    slips=[
        Slip(lambda m, f, s: f * m * s * s, "The biases are missing: one for each filter."),
        Slip(lambda m, f, s: f * m * s * s + 1, "You count one bias for all. Each filter has one of its own."),
        Slip(
            lambda m, f, s: f * (s * s + 1), "A filter has a kernel for each map that comes in: `maps` must count."
        ),
        Slip(lambda m, f, s: f * s * s, "A filter has a kernel for each map that comes in, and a bias."),
        Slip(
            lambda m, f, s: f * m * (s * s + 1),
            "You count a bias for each kernel. There is one for each filter, however many maps come in.",
        ),
        Slip(lambda m, f, s: f * (m * s + 1), "A kernel has `size` rows and `size` columns."),
        Slip(lambda m, f, s: m * (f * s * s + 1), "There is one bias for each filter, not for each map that comes in."),
        Slip(lambda m, f, s: m * s * s + 1, "That is one filter. There are `filters` of them."),
    ],
    praise="And the size of the picture plays no part in it.",
    tried="layer",
)


def check_receptive_field(function) -> None:
    """Checks `function(layers)` -> the side of the piece of the picture that a number comes from."""
    check(function, RECEPTIVE_FIELD)


def seen(layers):
    """Back from the last layer to the picture: how many numbers along a side one number comes from."""
    return seen_from(1, layers, lambda size, window, stride: (size - 1) * stride + window)


def seen_from(size, layers, widen):
    """Back from the last layer to the picture, `size` widened at each."""
    for window, stride in reversed(layers):
        size = widen(size, window, stride)
    return size


def seen_from_the_wrong_end(layers):
    return seen(layers[::-1])


def without_strides(layers):
    return seen([(window, 1) for window, _ in layers])


def steps_of_the_last_stride(layers):
    """The layer's own stride counts for its own window already."""
    size, step = 1, 1
    for window, stride in layers:
        step *= stride
        size += (window - 1) * step
    return size


WRONG_END = (
    "You begin at the picture, but work with the rule for going back. Begin at the last layer: `reversed(layers)`."
)

RECEPTIVE_FIELD = Exercise(
    right=seen,
    cases=[
        Case(([(3, 1)],), "one convolution of 3"),
        Case(([(3, 1), (2, 2)],), "convolution of 3, pooling of 2 by steps of 2"),
        Case(([(3, 1), (2, 2), (2, 1)],), "two levels"),
        Case(([(3, 1), (3, 1), (3, 1)],), "three convolutions of 3"),
        Case(([(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)],), "three levels with pooling of 2"),
        Case(([(5, 2), (3, 2), (3, 1)],), "larger windows and steps"),
    ],
    slips=[
        Slip(seen_from_the_wrong_end, WRONG_END),
        Slip(
            without_strides,
            "The strides do not count with you. Behind a stride of 2, neighbours stand two numbers apart.",
        ),
        Slip(
            steps_of_the_last_stride, "A layer's stride widens what the layers behind it see, not its own window."
        ),
        Slip(
            lambda layers: seen_from(0, layers, lambda size, window, stride: (size - 1) * stride + window),
            "You begin with a size of 0. Begin with `size = 1`: one number.",
        ),
        Slip(
            lambda layers: seen_from(1, layers, lambda size, window, stride: size * stride + window),
            "Between `size` neighbours there are `size - 1` steps, not `size`.",
        ),
        Slip(
            lambda layers: seen_from(1, layers, lambda size, window, stride: (size - 1) * window + stride),
            "Window and stride have changed places: the steps go by the stride, and the window is added once.",
        ),
        Slip(
            lambda layers: sum(window for window, _ in layers),
            "You add the windows up. Neighbouring windows overlap: a second window of 3 on a first one adds 2, not 3.",
        ),
        Slip(
            lambda layers: int(np.prod([window for window, _ in layers])),
            "You multiply the windows. They overlap, so that is too many.",
        ),
        Slip(
            lambda layers: layers[-1][0],
            "That is the last layer's window, in numbers of the map before it. Go on back to the picture.",
        ),
        Slip(lambda layers: layers[0][0], "That is what a number of the first map sees. Go on to the last."),
        Slip(
            lambda layers: seen(layers) ** 2,
            "That is the number of pixels. Wanted is how many there are along one side.",
        ),
    ],
    praise="From the last number back to the picture: each layer asks how many numbers before it are meant.",
    tried="stack",
)
