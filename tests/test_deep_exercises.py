"""The exercises of chapter 11: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.backprop import numerical_gradient
from convnet_core.exercises.deep import check_occlusion, check_patch, check_saliency
from convnet_core.looking import occlusion, slope
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear


def falls(vote, picture, size):
    whole, (height, width) = vote(picture), picture.shape
    found = []
    for row in range(height - size + 1):
        line = []
        for column in range(width - size + 1):
            changed = np.array(picture)
            changed[row : row + size, column : column + size] = 0
            line.append(whole - vote(changed))
        found.append(line)
    return np.array(found)


def spoils(vote, picture, size):
    whole, found = vote(picture), np.zeros([length - size + 1 for length in picture.shape])
    for row, column in np.ndindex(found.shape):
        picture[row : row + size, column : column + size] = 0
        found[row, column] = whole - vote(picture)
    return found


def only_squares(vote, picture, size):
    return falls(vote, picture, size)[:, : len(picture) - size + 1]


def patch(layers, at):
    first = last = at
    for window, stride, padding in layers[::-1]:
        first, last = first * stride - padding, last * stride - padding + window - 1
    return first, last


def by_wiggling(weights, votes, pixels, label):
    moved = pixels.copy()
    return numerical_gradient(lambda: (votes @ np.maximum(weights @ moved, 0))[label], moved, 1e-6)


def by_layers(weights, votes, pixels, label):
    rng = np.random.default_rng(0)
    network = Network([Linear(*weights.shape[::-1], rng=rng), ReLU(), Linear(*votes.shape[::-1], rng=rng)])
    for layer, values in ((0, weights), (2, votes)):
        network.layers[layer].weight.value[...] = values
        network.layers[layer].bias.value[...] = 0
    return slope(network, pixels, label)


SLIPS = [
    (check_occlusion, lambda v, p, s: -falls(v, p, s), "The sign is the wrong way round"),
    (check_occlusion, lambda v, p, s: v(p) - falls(v, p, s), "How far did each of them fall?"),
    (check_occlusion, spoils, "changed what it was given"),
    (check_occlusion, lambda v, p, s: spoils(v, p.copy(), s), "All the squares stay where they were"),
    (check_occlusion, lambda v, p, s: falls(v, p, 1), "wanted"),
    (check_occlusion, lambda v, p, s: falls(v, p, s).T, "Rows and columns have changed places"),
    (check_occlusion, only_squares, "not for one of 3 by 4"),
    (check_patch, lambda layers, at: patch([(w, s, 0) for w, s, _ in layers], at), "The padding does not count"),
    (check_patch, lambda layers, at: patch([(w, 1, p) for w, _, p in layers], at), "The strides do not count"),
    (check_patch, lambda layers, at: patch(layers[::-1], at), "Begin at the last layer"),
    (
        check_patch,
        lambda layers, at: (patch(layers, at)[0], patch(layers, at)[1] + 1),
        "That is the row after the last",
    ),
    (check_patch, lambda layers, at: patch(layers, at)[1], "wanted"),
    (check_saliency, lambda w, v, p, k: w.T @ v[k], "A ReLU that is shut lets no blame pass"),
    (check_saliency, lambda w, v, p, k: (w * (p > 0)).T @ v[k], "A ReLU that is shut lets no blame pass"),
    (check_saliency, lambda w, v, p, k: abs(by_layers(w, v, p, k)), "Keep the sign"),
    (check_saliency, lambda w, v, p, k: p * by_layers(w, v, p, k), "the slope times the pixel"),
    (check_saliency, lambda w, v, p, k: np.stack([by_layers(w, v, p, n) for n in range(len(v))]), "of all votes"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_occlusion, falls),
        (check_patch, patch),
        (check_patch, lambda layers, at: list(patch(layers, at))),
        (check_saliency, by_wiggling),
        (check_saliency, by_layers),
        (check_saliency, lambda w, v, p, k: w.T @ np.where(w @ p > 0, v[k], 0)),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


def test_the_exercise_asks_for_what_the_core_does():
    rng = np.random.default_rng(1)
    picture, weights = rng.random((5, 4)), rng.random((1, 20))
    network = Network([Flatten(), Linear(20, 1, rng=rng)])
    network.layers[1].weight.value[...] = weights
    network.layers[1].bias.value[...] = 0
    wanted = occlusion(network, picture[np.newaxis], 0, size=2, stride=1, grey=0)
    assert np.allclose(falls(lambda one: (weights @ one.ravel()).item(), picture, 2), wanted)
