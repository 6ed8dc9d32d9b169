"""Own problems for the chapters 0 to 9, by the book's own functions. story.js makes the same."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import feature_map, flip, output_size
from convnet_core.filtering import match, patch_at, products
from convnet_core.labs.progress.draw import Draw, Made, fraction, ninths, written
from convnet_core.limitations import swap_columns
from convnet_core.pictures import mismatches, shift
from convnet_core.pooling import max_pool2d, pooled_size
from convnet_core.relu import relu
from convnet_core.voting import linear


def chain(draw: Draw) -> Made:
    """ReLU, pooling and a vote."""
    scores, weights = draw.matrix(4, 4, -9, 9), draw.matrix(2, 2, -2, 3)
    pooled, unbent = _pool(relu(scores)), _pool(scores)
    slips = {
        "no-relu": written((unbent * weights).sum()),
        "no-weights": written(pooled.sum()),
        "minus-lost": written((pooled * abs(weights)).sum()),
        "relu-late": written(max(0, (unbent * weights).sum())),
    }
    return Made({"matches": scores, "weights": weights}, written((pooled * weights).sum()), slips)


def moved(draw: Draw) -> Made:
    """Pixels in which a picture differs from itself, moved."""
    picture = draw.pixels(5, 5)
    down = draw.whole(0, 1)
    other = shift(picture, down, 1 - down)
    differ = mismatches(picture, other)
    slips = {
        "alike": written((~differ).sum()),
        "ink-only": written((differ & (picture > 0)).sum()),
        "all-ink": written((picture > 0).sum()),
    }
    return Made({"picture": picture, "moved": other}, written(differ.sum()), slips)


def one_match(draw: Draw) -> Made:
    """One match."""
    patch, feature = draw.pixels(3, 3), draw.pixels(3, 3)
    alike = (patch == feature).sum()
    slips = {
        "not-divided": written(products(patch, feature).sum()),
        "share": fraction(alike, 9),
        "alike": written(alike),
        "minus-lost": written(match(abs(patch), abs(feature))),
    }
    return Made({"patch": patch, "feature": feature}, ninths(match(patch, feature)), slips)


def map_number(draw: Draw) -> Made:
    """A number of a feature map."""
    image, feature = draw.pixels(6, 6), draw.pixels(3, 3)
    row, column = draw.pick([(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)])
    scores = feature_map(image, feature)
    slips = {
        "not-divided": written(products(patch_at(image, (3, 3), row, column), feature).sum()),
        "from-one": ninths(scores[row - 1, column - 1]),
        "row-for-column": ninths(scores[column, row]),
        "turned": ninths(feature_map(image, flip(feature))[row, column]),
    }
    return Made({"picture": image, "feature": feature}, ninths(scores[row, column]), slips)


def pooled(draw: Draw) -> Made:
    """A number of a pooled map."""
    scores = draw.matrix(5, 5, -9, 9)
    row, column = draw.pick([(1, 1), (1, 2), (2, 1)])
    result = _pool(scores)
    window = scores[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]  # at the edge it holds less
    slips = {
        "mean": fraction(window.sum(), window.size),
        "stride-one": written(_pool(scores, stride=1)[row, column]),
        "from-one": written(result[row - 1, column - 1]),
        "sign-lost": written(abs(window).max()),
        "smallest": written(window.min()),
    }
    return Made({"map": scores}, written(result[row, column]), slips)


def bent(draw: Draw) -> Made:
    """The sum behind a ReLU."""
    scores = draw.matrix(3, 4, -9, 9)
    slips = {
        "no-relu": written(scores.sum()),
        "sign-lost": written(abs(scores).sum()),
        "other-half": written(-relu(-scores).sum()),
        "counted": written((scores > 0).sum()),
    }
    return Made({"map": scores}, written(relu(scores).sum()), slips)


def stacked(draw: Draw) -> Made:
    """The side of what two convolutions and two poolings leave."""
    side, first, second = draw.whole(30, 99), draw.pick([3, 5, 7]), draw.pick([3, 5, 7])

    def through(convolved, halved=pooled_size):
        return halved(convolved(halved(convolved(side, first)), second))

    slips = {
        "padded": written(through(lambda size, kernel: output_size(size, kernel, padding=kernel // 2))),
        "dropped": written(through(output_size, lambda size: pooled_size(size, ceil_mode=False))),
        "half-way": written(pooled_size(output_size(side, first))),
        "not-pooled": written(output_size(output_size(side, first), second)),
    }
    return Made({}, written(through(output_size)), slips)


def vote(draw: Draw) -> Made:
    """What five values vote."""
    values = np.array([draw.whole(0, 4) / 2 for _ in range(5)])
    weights = np.array([draw.whole(-2, 3) for _ in range(5)], dtype=float)
    bias = draw.pick([-2, -1, 1, 2])
    slips = {
        "no-bias": written(linear(values, weights[np.newaxis])[0]),
        "no-weights": written(values.sum() + bias),
        "minus-lost": written(linear(values, abs(weights)[np.newaxis], [bias])[0]),
        "values-lost": written(weights.sum() + bias),
    }
    pictures = {"values": values[np.newaxis], "weights": weights[np.newaxis]}
    return Made(pictures, written(linear(values, weights[np.newaxis], [bias])[0]), slips)


def downhill(draw: Draw) -> Made:
    """One step against a slope that wiggling by 0.1 tells."""
    slope, weight = draw.pick([-4, -3, -2, 2, 3, 4]), draw.whole(-4, 4) / 2
    rate, middle = draw.pick([0.1, 0.2, 0.5]), draw.whole(20, 40) / 10
    up, down = middle + 0.1 * slope, middle - 0.1 * slope
    slips = {
        "uphill": written(weight + rate * slope),
        "no-rate": written(weight - slope),
        "not-divided": written(weight - rate * (up - down)),
        "half-wiggle": written(weight - 2 * rate * slope),
        "slope-only": written(slope),
    }
    return Made({}, written(weight - rate * (up - down) / 0.2), slips)


def swapped(draw: Draw) -> Made:
    """A match on a picture whose columns have changed places."""
    picture, feature, order = draw.pixels(3, 5), draw.pixels(3, 3), draw.order(5)
    column = draw.whole(0, 2)

    def at(image):
        return feature_map(image, feature)[0, column]

    slips = {
        "not-swapped": ninths(at(picture)),
        "swapped-back": ninths(at(swap_columns(picture, np.argsort(order)))),
        "not-divided": written(round(at(swap_columns(picture, order)) * 9)),
    }
    return Made({"picture": picture, "feature": feature}, ninths(at(swap_columns(picture, order))), slips)


def _pool(scores, stride=None):
    return max_pool2d(scores, stride=stride)
