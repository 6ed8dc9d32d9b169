"""The exercises of chapter 13: features that nobody labelled."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# One block


def check_block(function) -> None:
    """Checks `function(inputs)` -> the probability of each unit of a block, and behind them, that one of them is on."""
    check(function, BLOCK)


def _with(each, pooled):
    return np.array([*each, pooled])


def _block(inputs):
    powers = np.exp(inputs)
    total = 1 + powers.sum()
    return _with(powers / total, powers.sum() / total)


def _no_none(inputs):
    powers = np.exp(inputs)
    return _with(powers / powers.sum(), 1.0)


def _pooled_by_max(inputs):
    each = _block(inputs)[:-1]
    return _with(each, each.max())


def _each_for_itself(inputs):
    each = 1 / (1 + np.exp(-inputs))
    return _with(each, each.sum())


def _one_or_more(inputs):
    each = 1 / (1 + np.exp(-inputs))
    none = 1.0
    for probability in each:
        none = none * (1 - probability)
    return _with(each, 1 - none)


def _none_in_place_of_pooled(inputs):
    found = _block(inputs)
    return _with(found[:-1], 1 - found[-1])


def _none_for_each(inputs):
    powers = np.exp(inputs)
    total = len(inputs) + powers.sum()
    return _with(powers / total, powers.sum() / total)


def _without_powers(inputs):
    total = 1 + inputs.sum()
    return _with(inputs / total, inputs.sum() / total)


def _power_of_largest(inputs):
    return _with(_block(inputs)[:-1], 1 / (1 + np.exp(-inputs.max())))


def _pooled_first(inputs):
    found = _block(inputs)
    return np.array([found[-1], *found[:-1]])


BLOCK = Exercise(
    right=_block,
    cases=[
        Case((np.array([2.0, 0.0, -1.0, 0.0]),), "the block 2, 0, -1, 0"),
        Case((np.array([0.0, 0.0, 0.0, 0.0]),), "a block of zeros"),
        Case((np.array([-3.0, 1.5, 0.5, -2.0]),), "the block -3, 1.5, 0.5, -2"),
        Case((np.array([1.0, 2.0, -4.0, 0.5, 3.0, -1.0, 0.0, -2.0, 1.0]),), "a block of nine", trap="A block may have other sides. Sum over all of it, however many there are."),
    ],
    slips=[
        Slip(_no_none, "In your block one unit is always on. None may be, too: its power is `exp(0)`, which is 1, and belongs in the sum."),
        Slip(_pooled_by_max, "The units are right. One of them is on as often as all of them together: add up, do not take the largest."),
        Slip(_each_for_itself, "Those are units that know nothing of each other; together they may come to more than 1. Here at most one is on: divide by one sum, over all of the block and none."),
        Slip(_one_or_more, "Those are units that know nothing of each other. Here at most one is on: divide by one sum, over all of the block and none."),
        Slip(_none_in_place_of_pooled, "The units are right. The last number is how probable it is that none is on: wanted is that one is."),
        Slip(_none_for_each, "\"None is on\" is a single state of the block: one 1 in the sum, and not one for each unit."),
        Slip(_without_powers, "You divided the inputs themselves. A probability is never below 0: take `np.exp` of them first, as softmax does."),
        Slip(_power_of_largest, "The units are right. That one of them is on hangs on all inputs, and not on the largest alone."),
        Slip(lambda inputs: _block(inputs)[:-1], "Those are the units. Put the probability that one of them is on behind them."),
        Slip(lambda inputs: _block(inputs)[-1], "That is the probability that one is on. The units come before it, one number each."),
        Slip(_pooled_first, "All are right, in another order: the units first."),
    ],
    praise="The field calls it probabilistic max pooling: softmax, with a 0 for \"none\".",
    tried="block",
)

# What is on stamps its feature


def check_down(function) -> None:
    """Checks `function(feature, hidden)` -> the picture that hidden units make: each stamps the feature where it is on."""
    check(function, DOWN)


def _picture_for(feature, hidden):
    return np.zeros((hidden.shape[0] + feature.shape[0] - 1, hidden.shape[1] + feature.shape[1] - 1))


def _stamped(feature, hidden, picture):
    for row in range(hidden.shape[0]):
        for column in range(hidden.shape[1]):
            height, width = feature.shape
            picture[row : row + height, column : column + width] += hidden[row, column] * feature
    return picture


def _down(feature, hidden):
    return _stamped(feature, hidden, _picture_for(feature, hidden))


def _laid_over(feature, hidden):
    picture, (height, width) = _picture_for(feature, hidden), feature.shape
    for row in range(hidden.shape[0]):
        for column in range(hidden.shape[1]):
            if hidden[row, column]:
                picture[row : row + height, column : column + width] = hidden[row, column] * feature
    return picture


def _laid_over_by_zeros_too(feature, hidden):
    picture, (height, width) = _picture_for(feature, hidden), feature.shape
    for row in range(hidden.shape[0]):
        for column in range(hidden.shape[1]):
            picture[row : row + height, column : column + width] = hidden[row, column] * feature
    return picture


def _without_strength(feature, hidden):
    return _down(feature, (hidden > 0) * 1.0)


def _as_large_as_hidden(feature, hidden):
    return _down(feature, hidden)[: hidden.shape[0], : hidden.shape[1]]


def _half_turn(feature, hidden):
    height, width = feature.shape
    turned = np.array([[feature[height - 1 - row, width - 1 - column] for column in range(width)] for row in range(height)])
    return _down(turned, hidden)


def _side_by_side(feature, hidden):
    height, width = feature.shape
    picture = np.zeros((hidden.shape[0] * height, hidden.shape[1] * width))
    for row in range(hidden.shape[0]):
        for column in range(hidden.shape[1]):
            top, left = row * height, column * width
            picture[top : top + height, left : left + width] = hidden[row, column] * feature
    return picture


def _one_row_more(feature, hidden):
    height, width = feature.shape
    picture = np.zeros((hidden.shape[0] + height, hidden.shape[1] + width))
    return _stamped(feature, hidden, picture)


CORNER = np.array([[1.0, 2.0], [3.0, 4.0]])
BAR = np.array([[1.0, -1.0, 0.5], [2.0, 0.0, -2.0]])


def _on(height, width, *places):
    hidden = np.zeros((height, width))
    for row, column, strength in places:
        hidden[row, column] = strength
    return hidden


DOWN = Exercise(
    right=_down,
    cases=[
        Case((CORNER, _on(3, 3, (1, 1, 1.0))), "one unit on, in the middle"),
        Case((CORNER, _on(3, 4, (0, 0, 1.0), (2, 3, 1.0))), "two units on, far apart"),
        Case((CORNER, _on(3, 3, (0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0))), "three units on, side by side"),
        Case((BAR, _on(4, 3, (0, 2, 0.5), (1, 1, 1.0), (3, 0, 0.25))), "a feature of 2 x 3, units on by halves"),
    ],
    slips=[
        Slip(_laid_over, "Where stamps overlap, the later one covers the earlier. They add up: `+=`."),
        Slip(_laid_over_by_zeros_too, "Each place writes over what was there, with zeros too. Stamps add up: `+=`."),
        Slip(_without_strength, "A unit may be on by a half. Stamp the feature times the unit: `hidden[row, column] * feature`."),
        Slip(_as_large_as_hidden, "A stamp reaches beyond its unit's place. The picture is larger than the map, by a side of the feature less one, each way."),
        Slip(_one_row_more, "One row and one column too many: a feature of 2 x 2 that starts in the last of 3 places ends in row 4."),
        Slip(_half_turn, "You stamp the feature after half a turn. Going up it lay as it is, and so it does going down."),
        Slip(_side_by_side, "Your stamps lie side by side. Units are one pixel apart, and so are the stamps' corners: they overlap."),
        Slip(lambda feature, hidden: _down(feature.T, hidden.T), "Rows and columns have changed places."),
    ],
    praise="The same weights as going up, used the other way round. In chapter 8 errors went back down the very same way.",
    tried="map",
)

# One step of learning


def check_step(function) -> None:
    """Checks `function(shown, found, made_up, found_again, rate)` -> how the weights of a plain machine change."""
    check(function, STEP)


def _together(pixels, units):
    return np.array([[pixel * unit for unit in units] for pixel in pixels])


def _step(shown, found, made_up, found_again, rate):
    return rate * (_together(shown, found) - _together(made_up, found_again))


def _differences(shown, found, made_up, found_again, rate):
    return rate * _together(shown - made_up, found - found_again)


def _pixels_alone(shown, found, made_up, found_again, rate):
    return rate * _together(shown - made_up, found)


def _shown_alone(shown, found, made_up, found_again, rate):
    return rate * _together(shown, found)


def _summed(shown, found, made_up, found_again, rate):
    return rate * (_together(shown, found) + _together(made_up, found_again))


A_PICTURE, A_DRAWING = np.array([1.0, 0.0, 1.0]), np.array([1.0, 1.0, 0.0])

STEP = Exercise(
    right=_step,
    cases=[
        Case((A_PICTURE, np.array([1.0, 0.0]), A_DRAWING, np.array([1.0, 1.0]), 0.5)),
        Case((A_PICTURE, np.array([0.75, 0.25]), np.array([0.5, 0.25, 1.0]), np.array([0.5, 0.75]), 0.1)),
        Case((np.array([0.0, 1.0]), np.array([1.0, 0.5, 0.0, 0.25]), np.array([1.0, 1.0]), np.array([0.0, 1.0, 0.5, 0.5]), 1.0)),
        Case((A_PICTURE, np.array([0.5, 1.0]), A_PICTURE, np.array([0.5, 1.0]), 0.5), "a drawing that is the picture", trap="Where the drawing is the picture, nothing has to change: all zeros, for each pixel with each unit."),
    ],
    slips=[
        Slip(lambda s, f, m, a, r: -_step(s, f, m, a, r), "The other way round. What is on together in the picture that is shown becomes more likely, so that is added."),
        Slip(lambda s, f, m, a, r: _step(s, f, m, a, r).T, "Rows and columns have changed places: a row for each pixel, a column for each unit."),
        Slip(lambda s, f, m, a, r: _step(s, f, m, a, 1), "The rate is missing: it says how far a step goes."),
        Slip(_differences, "You multiplied the differences. Multiply first, each pixel with each unit, for both pictures, and take the difference of that."),
        Slip(_pixels_alone, "For the drawing you used what was found in the picture. Take `found_again`, what is found in the drawing."),
        Slip(_shown_alone, "That learns from the picture alone, and would grow for ever. Take away what is on together in the drawing."),
        Slip(_summed, "What is on together in the drawing is taken away, not added."),
        Slip(lambda s, f, m, a, r: r * (s.sum() * f.sum() - m.sum() * a.sum()), "That is one number for all. Each pixel has a weight to each unit: a table."),
    ],
    praise="Contrastive divergence, one step of it. It needs no label: the machine's own drawing takes the place of the answer.",
    tried="pair of pictures",
)
