"""The exercises of chapter 11, deeper nets."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# Hide a piece, and ask again


def check_occlusion(function) -> None:
    """Checks `function(vote, picture, size)` -> how far the vote falls, for each place of the square."""
    check(function, OCCLUSION)


def corner(picture):
    """Counts ink, most of all that at the upper left."""
    return picture.sum() + 3 * picture[0, 0] + picture[0, 1]


def both_ends(picture):
    """Asks for ink in the first row and in the last one: a product, so no sum of weights."""
    return picture[0].sum() * picture[-1].sum()


def right_edge(picture):
    """Counts ink at the right, and against ink at the lower left."""
    return 2 * picture[:, -1].sum() - picture[-1, 0]


def _falls(vote, picture, size, hidden=0, start=None):
    height, width = picture.shape
    falls = np.zeros((height - size + 1, width - size + 1))
    for row in range(height - size + 1):
        for column in range(width - size + 1):
            changed = picture.copy()
            changed[row : row + size, column : column + size] = hidden
            falls[row, column] = (vote(picture) if start is None else start) - vote(changed)
    return falls


def _squares_stay(vote, picture, size):
    height, width = picture.shape
    changed, falls = picture.copy(), np.zeros((height - size + 1, width - size + 1))
    for row in range(height - size + 1):
        for column in range(width - size + 1):
            changed[row : row + size, column : column + size] = 0
            falls[row, column] = vote(picture) - vote(changed)
    return falls


def _one_place_too_few(vote, picture, size):
    return _falls(vote, picture, size)[:-1, :-1]


def _over_the_edge(vote, picture, size):
    height, width = picture.shape
    falls = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            changed = picture.copy()
            changed[row : row + size, column : column + size] = 0
            falls[row, column] = vote(picture) - vote(changed)
    return falls


def _rows_alone(vote, picture, size):
    height, width = picture.shape
    falls = np.zeros((height - size + 1, width - size + 1))
    for row in range(height - size + 1):
        for column in range(width - size + 1):
            changed = picture.copy()
            changed[row : row + size] = 0
            falls[row, column] = vote(picture) - vote(changed)
    return falls


SMALL = np.array([[1.0, 0.5, 0.0], [0.25, 1.0, 0.5], [0.0, 0.75, 1.0]])
WIDE = np.array([[0.5, 0.25, 1.0, 0.0], [1.0, 0.0, 0.5, 0.75], [0.25, 1.0, 0.0, 0.5]])

OCCLUSION = Exercise(
    right=_falls,
    cases=[
        Case((corner, SMALL, 2), "a vote that counts ink, 3 by 3 pixels, a square of 2"),
        Case((both_ends, SMALL, 1), "a vote that asks for ink above and below, 3 by 3 pixels, a square of 1"),
        Case((both_ends, SMALL, 2), "a vote that asks for ink above and below, 3 by 3 pixels, a square of 2"),
        Case((right_edge, WIDE, 2), "a picture of 3 by 4 pixels, a square of 2", "Your code works for pictures as wide as they are tall, and not for one of 3 by 4: take height and width from `picture.shape`."),
        Case((right_edge, WIDE, 3), "a picture of 3 by 4 pixels, a square of 3", "A square of 3 on 3 by 4 pixels has one place downwards and two across."),
    ],
    slips=[
        Slip(lambda v, p, s: -_falls(v, p, s), "The sign is the wrong way round: a fall is the vote of the whole picture minus the vote with the square."),
        Slip(lambda v, p, s: _falls(v, p, s, start=0) * -1, "Those are the votes with the square in the picture. How far did each of them fall?"),
        Slip(_squares_stay, "All the squares stay where they were: in each step, begin with a fresh `picture.copy()`."),
        Slip(lambda v, p, s: _falls(v, p, s, hidden=1), "Your square is of ink. Hide the pixels with 0, paper."),
        Slip(_one_place_too_few, "The last row and the last column of places are missing: along a side of n there are n - size + 1."),
        Slip(_over_the_edge, "Your square hangs over the edge at the last places: along a side of n there are n - size + 1."),
        Slip(_rows_alone, "You hide whole rows. A square has columns as well: `changed[row : row + size, column : column + size]`."),
        Slip(lambda v, p, s: np.ascontiguousarray(_falls(v, p, s).T), "Rows and columns have changed places."),
        Slip(lambda v, p, s: np.abs(_falls(v, p, s)), "Keep the sign: where the vote rises, the piece spoke against it."),
    ],
    praise="That is all there is to an occlusion map: hide, ask, subtract.",
    tried="picture",
)

# Which rows a number sees


def check_patch(function) -> None:
    """Checks `function(layers, at)` -> (first, last): the rows of pixels that the number in row `at` sees."""
    check(function, PATCH)


def _patch(layers, at):
    first, last = at, at
    for window, stride, padding in reversed(layers):
        first = first * stride - padding
        last = last * stride - padding + window - 1
    return first, last


def _without_padding(layers, at):
    return _patch([(window, stride, 0) for window, stride, _ in layers], at)


def _padding_added(layers, at):
    return _patch([(window, stride, -padding) for window, stride, padding in layers], at)


def _without_strides(layers, at):
    return _patch([(window, 1, padding) for window, _, padding in layers], at)


def _from_the_wrong_end(layers, at):
    return _patch(layers[::-1], at)


def _first_and_size(layers, at):
    first, last = _patch(layers, at)
    return first, last - first + 1


def _one_past(layers, at):
    first, last = at, at
    for window, stride, padding in reversed(layers):
        first = first * stride - padding
        last = last * stride - padding + window
    return first, last


def _after_the_last(layers, at):
    first, last = _patch(layers, at)
    return first, last + 1


PATCH = Exercise(
    right=_patch,
    cases=[
        Case(([(3, 1, 0)], 4)),
        Case(([(5, 1, 2)], 4)),
        Case(([(5, 1, 2), (2, 2, 0)], 3)),
        Case(([(5, 1, 2), (2, 2, 0), (5, 1, 2)], 7)),
        Case(([(3, 2, 1), (2, 2, 0), (3, 1, 0)], 2)),
    ],
    slips=[
        Slip(_without_padding, "The padding does not count with you. A border of `padding` numbers moves the first window up by as much: minus `padding`."),
        Slip(_padding_added, "The border lies before row 0, so a window begins `padding` rows further up: minus, not plus."),
        Slip(_without_strides, "The strides do not count with you: the window of the number in row `at` begins at row at * stride."),
        Slip(_from_the_wrong_end, "Begin at the last layer, where the number stands, and go back to the picture: `reversed(layers)`."),
        Slip(_first_and_size, "The second number is how many rows it sees. Wanted is the last of them."),
        Slip(_one_past, "A window of 3 that begins at row 4 ends at row 6, not 7: plus window - 1, at each layer."),
        Slip(_after_the_last, "That is the row after the last one, as in a slice. Wanted is the last one itself."),
        Slip(lambda layers, at: _patch(layers, at)[0], "That is the first row. Return both: `return first, last`."),
        Slip(lambda layers, at: _patch(layers[-1:], at), "Those are rows of the map before the last layer. Go on, layer by layer, to the picture."),
    ],
    praise="From (5, 1, 2), (2, 2, 0), (5, 1, 2), the number in row 7 sees rows 8 to 21: the 14 by 14 of the chapter.",
    tried="stack of layers",
)

# The slope at each pixel


def check_saliency(function) -> None:
    """Checks `function(weights, votes, pixels, label)` -> how a vote changes with each pixel."""
    check(function, SALIENCY)


def _saliency(weights, votes, pixels, label):
    return (votes[label] * (weights @ pixels > 0)) @ weights


HIDDEN = np.array([[1.0, -1.0, 0.5], [-2.0, 1.0, 0.0]])
TWO_VOTES = np.array([[2.0, 1.0], [-1.0, 3.0]])
MORE_HIDDEN = np.array([[0.5, 1.0, -1.0, 2.0], [1.0, -0.5, 0.25, -1.0], [-1.0, 0.5, 2.0, 0.5]])
THREE_VOTES = np.array([[1.0, -2.0, 0.5], [0.25, 1.0, -1.0], [3.0, 0.5, 1.5]])

SALIENCY = Exercise(
    right=_saliency,
    cases=[
        Case((HIDDEN, TWO_VOTES, np.array([1.0, 0.25, 0.5]), 0), "three pixels, where the second ReLU is shut"),
        Case((HIDDEN, TWO_VOTES, np.array([0.25, 1.0, 0.5]), 1), "three pixels, where the first ReLU is shut"),
        Case((HIDDEN, TWO_VOTES, np.array([1.0, 4.0, 8.0]), 1), "three pixels, where both are open"),
        Case((MORE_HIDDEN, THREE_VOTES, np.array([0.5, 1.0, 0.25, 0.75]), 2), "four pixels, three hidden units, three votes", "Your code works for three pixels, two hidden units and two votes, and not for other sizes: let the products do the counting."),
    ],
    slips=[
        Slip(lambda w, v, p, k: v[k] @ w, "A ReLU that is shut lets no blame pass. Multiply by 1 where `weights @ pixels > 0`, and by 0 elsewhere."),
        Slip(lambda w, v, p, k: (v[k] * np.maximum(w @ p, 0)) @ w, "On the way back, an open ReLU passes the blame as it is: multiply by 1 where it is open, not by what came through."),
        Slip(lambda w, v, p, k: (v[k] * (w @ p)) @ w, "On the way back, an open ReLU passes the blame as it is, and a shut one none: multiply by `weights @ pixels > 0`."),
        Slip(lambda w, v, p, k: np.abs(_saliency(w, v, p, k)), "Keep the sign: it says whether more ink there helps the vote or harms it."),
        Slip(lambda w, v, p, k: p * _saliency(w, v, p, k), "That is the slope times the pixel: what it gives now. Wanted is the slope alone."),
        Slip(lambda w, v, p, k: (v * (w @ p > 0)) @ w, "Those are the slopes of all votes. Take the row of one of them: `votes[label]`."),
        Slip(lambda w, v, p, k: ((v * (w @ p > 0)) @ w).sum(axis=0), "You added up all votes. Take the row of one of them: `votes[label]`."),
        Slip(lambda w, v, p, k: (w @ p > 0) @ w, "The voting weights are missing: the vote's blame reaches each hidden unit times its weight, `votes[label]`."),
        Slip(lambda w, v, p, k: v[k] * (w @ p > 0), "That is the blame of the hidden units. One more step back: each unit hands it to the pixels times its weights, `... @ weights`."),
        Slip(lambda w, v, p, k: (v[k] * (w @ p < 0)) @ w, "The other way round: blame passes where the ReLU is open, `> 0`."),
        Slip(lambda w, v, p, k: v @ np.maximum(w @ p, 0), "Those are the votes themselves, the way forward. Now go back: from the vote, through the ReLU, to the pixels."),
    ],
    praise="One line: that is backprop down to the picture, and the map is called saliency.",
    tried="net",
)
