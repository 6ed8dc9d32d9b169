"""The exercises of chapter 8, backprop."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# The error


def check_total_error(function) -> None:
    """Checks `function(right, actual)` -> the sum of |right - actual|."""
    check(function, TOTAL_ERROR)


SLIDES = (np.array([1.0, 0.0]), np.array([0.92, 0.51]))

TOTAL_ERROR = Exercise(
    right=lambda right, actual: np.abs(right - actual).sum(),
    cases=[
        Case(SLIDES, "the slides' votes, .92 and .51"),
        Case((np.array([0.0, 1.0]), np.array([0.5, 1.25])), "the votes 0.5 and 1.25, where 0 and 1 are right"),
        Case((np.array([0.0, 1.0, 0.0]), np.array([-0.5, 0.25, 0.125])), "three votes", "Your code works for two votes, not for three: take the length from the arrays."),
    ],
    slips=[
        Slip(lambda r, a: (r - a).sum(), "Too much and too little cancel each other: the slides add up how far off each vote is, whatever the sign."),
        Slip(lambda r, a: (a - r).sum(), "Too much and too little cancel each other: the slides add up how far off each vote is, whatever the sign. (And the error is right - actual.)"),
        Slip(lambda r, a: abs((r - a).sum()), "You dropped the sign of the sum. Drop it before adding up, or too much and too little cancel each other."),
        Slip(lambda r, a: np.abs(r - a), "Those are the errors one by one. What is missing is the adding up."),
        Slip(lambda r, a: r - a, "Those are the errors one by one. Drop their signs, and add them up."),
        Slip(lambda r, a: np.abs(r - a).mean(), "That is the mean error. The table has the total: add up."),
        Slip(lambda r, a: ((r - a) ** 2).sum(), "You squared the errors. That is another way to drop the sign, and a good one, but the table adds up the errors themselves."),
        Slip(lambda r, a: ((r - a) ** 2).mean(), "That is the mean squared error. The table adds up the errors themselves, without signs."),
        Slip(lambda r, a: round(np.abs(r - a).sum(), 2), "Very close: you rounded. Leave that to the printing, and return the exact number."),
        Slip(lambda r, a: np.abs(r - a)[1:].sum(), "The first vote is left out. Places count from 0: `range(len(right))`."),
        Slip(lambda r, a: abs(r[-1] - a[-1]), "Only the last vote counts. Begin with 0 before the loop, and add each error to what is there."),
        Slip(lambda r, a: np.abs(r - a).max(), "That is the largest error. The table adds up all of them."),
        Slip(lambda r, a: abs(r[0] - a[0]) + 1 - a[1], "0.57 for the slides' votes is their own slip: it takes 1 - 0.51 for O, but 0 is the right answer for O."),
    ],
    praise="0.59 for the slides' table: the slip is put right.",
    tried="set of votes",
)

# The slope


def check_slope(function) -> None:
    """Checks `function(error, value, bit)` -> the slope of `error` at `value`."""
    check(function, SLOPE)


def valley(value):
    """Lowest at 2, where it is 0."""
    return (value - 2) ** 2


def twisted(value):
    """Steeper on one side than on the other."""
    return value**3 - value


def _slope(error, value, bit):
    return (error(value + bit) - error(value - bit)) / (2 * bit)


TWICE = "From `value - bit` to `value + bit` it is two bits: divide by `2 * bit`."

SLOPE = Exercise(
    right=_slope,
    cases=[
        Case((valley, 3.0, 0.5), "an error of (value - 2)², at 3, with a bit of 0.5"),
        Case((valley, 0.5, 0.25), "an error of (value - 2)², at 0.5, with a bit of 0.25"),
        Case((twisted, 1.0, 0.5), "an error of value³ - value, at 1, with a bit of 0.5"),
        Case((twisted, -0.5, 0.125), "an error of value³ - value, at -0.5, with a bit of 0.125"),
    ],
    slips=[
        Slip(lambda e, v, b: e(v + b) - e(v), "That is how much the error changes for a bit up. Try a bit down as well, and divide by how far apart the two are."),
        Slip(lambda e, v, b: e(v + b) - e(v - b), "That is how much the error changes. A slope is for a change of 1: divide by how far apart the two tries are."),
        Slip(lambda e, v, b: (e(v + b) - e(v - b)) / b, TWICE),
        Slip(lambda e, v, b: (e(v + b) - e(v)) / (2 * b), "Up only, but divided by two bits. Try a bit down as well."),
        Slip(lambda e, v, b: (e(v + b) - e(v)) / b, "Up only. Try a bit down as well: the two together say more about the place in the middle."),
        Slip(lambda e, v, b: (e(v) - e(v - b)) / b, "Down only. Try a bit up as well: the two together say more about the place in the middle."),
        Slip(lambda e, v, b: (e(v - b) - e(v + b)) / (2 * b), "The sign is the wrong way round: the slope is positive where the error grows with the value. Up minus down."),
        Slip(lambda e, v, b: e(v + b) - e(v - b) / (2 * b), "Brackets: without them only the second error is divided."),
        Slip(lambda e, v, b: (e(v + b) - e(v - b)) / 2 * b, "Brackets: `/ 2 * b` divides by 2 and then multiplies by the bit. Write `/ (2 * bit)`."),
        Slip(lambda e, v, b: (e(v + b) + e(v - b)) / 2, "That is the mean of both errors. The slope is their difference, divided by how far apart they are."),
    ],
    praise="That is all that a wiggle can tell.",
    tried="curve",
)

# Gradient descent


def check_descend(function) -> None:
    """Checks `function(values, gradient, learning_rate, steps)` -> the values after that many steps."""
    check(function, DESCEND)


def bowl(values):
    """The gradient of an error that is lowest where all values are 1."""
    return 2 * (values - 1)


def bent(values):
    """The gradient of a sum of cubes: no step is like the one before."""
    return 3 * values**2


def _descend(values, gradient, learning_rate, steps):
    for _ in range(steps):
        values = values - learning_rate * gradient(values)
    return values


def _first_gradient_only(values, gradient, learning_rate, steps):
    slopes = gradient(values)
    for _ in range(steps):
        values = values - learning_rate * slopes
    return values


def _uphill(values, gradient, learning_rate, steps):
    return _descend(values, gradient, -learning_rate, steps)


def _whole_gradient(values, gradient, learning_rate, steps):
    return _descend(values, gradient, 1, steps)


def _signs_only(values, gradient, learning_rate, steps):
    for _ in range(steps):
        values = values - learning_rate * np.sign(gradient(values))
    return values


PAIR = np.array([3.0, -2.0])
TABLE = np.array([[0.5, -1.0, 2.0], [0.25, 1.5, -0.5]])

DESCEND = Exercise(
    right=_descend,
    cases=[
        Case((PAIR, bowl, 0.1, 3), "two values, three steps, a learning rate of 0.1"),
        Case((PAIR, bent, 0.05, 2), "two values, two steps, a learning rate of 0.05"),
        Case((PAIR, bowl, 0.25, 1), "two values, one step, a learning rate of 0.25"),
        Case((TABLE, bowl, 0.2, 4), "values of shape (2, 3), four steps", "Your code works for two values in a row, not for an array of 2 by 3: let numpy take all of them at once."),
        Case((PAIR, bowl, 0.1, 0), "no step at all", "With no step at all the values stay as they are: count the steps in a loop, `for step in range(steps):`."),
    ],
    slips=[
        Slip(lambda v, g, r, n: v - r * g(v), "That is one step. Take `steps` of them, each from where the one before has led."),
        Slip(_first_gradient_only, "One long step is not the same as many short ones: the slopes change on the way. Call `gradient` anew in each step."),
        Slip(_uphill, "That goes uphill. Downhill is against the slope: minus."),
        Slip(_whole_gradient, "The learning rate is missing: multiply the slopes with it."),
        Slip(_signs_only, "You used the signs of the slopes only. A step is as long as the slope is steep, times the learning rate."),
        Slip(lambda v, g, r, n: _descend(v, g, r, n + 1), "One step too many."),
        Slip(lambda v, g, r, n: _descend(v, g, r, max(n - 1, 0)), "One step too few: `range(steps)` counts them."),
        Slip(lambda v, g, r, n: g(v), "Those are the slopes. The values themselves take a step against them."),
    ],
    praise="With these three lines, and backprop for the slopes, networks are trained.",
    tried="start",
)
