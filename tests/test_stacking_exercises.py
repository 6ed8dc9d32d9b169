"""The exercises of chapter 6: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.convolution import convolve_loops
from convnet_core.exercises.stacking import check_conv_over_maps, check_parameter_count, check_receptive_field


def sums(maps, kernels):
    """What each map gives with its kernel."""
    return [convolve_loops(one, kernel) for one, kernel in zip(maps, kernels, strict=True)]


def three_maps_only(maps, kernels, bias):
    return sum(convolve_loops(maps[k], kernels[k]) for k in range(3)) + bias


def two_by_two_only(maps, kernels, bias):
    size = len(maps[0]) - 1
    result = np.full((size, size), float(bias))
    for one, kernel in zip(maps, kernels, strict=True):
        for row in range(size):
            for column in range(size):
                result[row, column] += (one[row : row + 2, column : column + 2] * kernel[:2, :2]).sum()
    return result


def forward_rule(layers):
    """Right, from the picture up: the step between neighbours grows with each stride."""
    size, step = 1, 1
    for window, stride in layers:
        size += (window - 1) * step
        step *= stride
    return size


def backwards(layers, widen, size=1):
    for window, stride in reversed(layers):
        size = widen(size, window, stride)
    return size


def from_the_picture(layers):
    size = 1
    for window, stride in layers:
        size = (size - 1) * stride + window
    return size


SLIPS = [
    (check_conv_over_maps, lambda m, k, b: sum(sums(m, k)), "The bias is missing"),
    (check_conv_over_maps, lambda m, k, b: sum(one + b for one in sums(m, k)), "counts once for each map"),
    (check_conv_over_maps, lambda m, k, b: np.stack(sums(m, k)) + b, "one filter makes one map"),
    (check_conv_over_maps, lambda m, k, b: np.stack(sums(m, k)), "one filter makes one map"),
    (check_conv_over_maps, lambda m, k, b: np.mean(sums(m, k), axis=0) + b, "the mean over the maps"),
    (check_conv_over_maps, lambda m, k, b: np.max(sums(m, k), axis=0) + b, "the largest over the maps"),
    (check_conv_over_maps, lambda m, k, b: sums(m, k)[0] + b, "Only the first map"),
    (check_conv_over_maps, lambda m, k, b: sums(m, k)[-1] + b, "Only the last map"),
    (check_conv_over_maps, lambda m, k, b: sum(convolve_loops(one, k[0]) for one in m) + b, "the first kernel"),
    (check_conv_over_maps, lambda m, k, b: sum(sums(m, k[::-1])) + b, "in the wrong order"),
    (check_conv_over_maps, lambda m, k, b: sum(sums(m, k[:, ::-1, ::-1])) + b, "half a turn"),
    (check_conv_over_maps, lambda m, k, b: np.array([sum(sums(m, k)) + b]), "not a stack of one map"),
    (check_conv_over_maps, lambda m, k, b: np.maximum(sum(sums(m, k)) + b, 0), "There is a ReLU in it"),
    (check_conv_over_maps, three_maps_only, "works for three maps, not for two"),
    (check_conv_over_maps, two_by_two_only, "not for kernels of 3 by 3"),
    (check_parameter_count, lambda m, f, s: f * m * s**2, "The biases are missing"),
    (check_parameter_count, lambda m, f, s: f * m * s**2 + 1, "one bias for all"),
    (check_parameter_count, lambda m, f, s: f * (s**2 + 1), "for each map that comes in: `maps` must count"),
    (check_parameter_count, lambda m, f, s: f * s**2, "for each map that comes in, and a bias"),
    (check_parameter_count, lambda m, f, s: m * f * (s**2 + 1), "a bias for each kernel"),
    (check_parameter_count, lambda m, f, s: f * (m * s + 1), "`size` columns"),
    (check_parameter_count, lambda m, f, s: f * m * s**2 + m, "not for each map"),
    (check_parameter_count, lambda m, f, s: m * s**2 + 1, "That is one filter"),
    (check_receptive_field, lambda layers: backwards(layers, lambda s, w, t: (s - 1) * t + w, size=0), "a size of 0"),
    (check_receptive_field, lambda layers: backwards(layers, lambda size, w, t: size * t + w), "`size - 1` steps"),
    (check_receptive_field, lambda layers: backwards(layers, lambda size, w, t: (size - 1) * w + t), "changed places"),
    (check_receptive_field, from_the_picture, "Begin at the last layer"),
    (check_receptive_field, lambda layers: 1 + sum(w - 1 for w, _ in layers), "The strides do not count"),
    (check_receptive_field, lambda layers: sum(w for w, _ in layers), "You add the windows up"),
    (check_receptive_field, lambda layers: np.prod([w for w, _ in layers]), "You multiply the windows"),
    (check_receptive_field, lambda layers: layers[-1][0], "the last layer's window"),
    (check_receptive_field, lambda layers: layers[0][0], "the first map"),
    (check_receptive_field, lambda layers: forward_rule(layers) ** 2, "along one side"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


def own_stride_too(layers):
    size, step = 1, 1
    for window, stride in layers:
        step *= stride
        size += (window - 1) * step
    return size


def test_a_stride_that_counts_too_early(capsys):
    check_receptive_field(own_stride_too)
    assert "the layers behind it see" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_conv_over_maps, lambda m, k, b: sum(sums(m, k)) + b),
        (check_conv_over_maps, lambda m, k, b: (np.sum(sums(m, k), axis=0) + b).tolist()),
        (check_parameter_count, lambda m, f, s: m * f * s * s + f),
        (check_parameter_count, lambda m, f, s: float(np.ones((f, m, s, s)).size + f)),
        (check_receptive_field, forward_rule),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
