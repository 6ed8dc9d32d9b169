"""The exercises of chapter 13: typical slips get the hint that mends them, right answers of any make pass."""

import math

import numpy as np
import pytest

from convnet_core.convolution import conv2d, flip, zero_pad
from convnet_core.exercises.unsupervised import check_block, check_down, check_step
from convnet_core.unsupervised import ConvRBM, block_probabilities
from convnet_core.voting import softmax


def block(inputs):
    shares = softmax(np.append(inputs, 0))
    return [*shares[:-1], 1 - shares[-1]]


def by_the_core(inputs):
    side = math.isqrt(len(inputs))
    each, pooled = block_probabilities(inputs.reshape(side, side), side)
    return np.append(each, pooled)


def by_convolution(feature, hidden):
    """Every pixel asks which units stamp it: the map in a border of zeros, under the feature after half a turn."""
    bordered = zero_pad(hidden, [side - 1 for side in feature.shape])
    return conv2d(bordered[np.newaxis], flip(feature)[np.newaxis, np.newaxis])[0]


def by_the_machine(feature, hidden):
    if len(set(feature.shape)) > 1:
        return by_convolution(feature, hidden)
    machine = ConvRBM(1, 1, len(feature), dtype=np.float64, rng=np.random.default_rng(0))
    machine.weight[...] = feature
    return machine.down(hidden[np.newaxis, np.newaxis])[0, 0]


def step(shown, found, made_up, found_again, rate):
    return rate * (np.outer(shown, found) - np.outer(made_up, found_again))


def sigmoids(inputs):
    each = 1 / (1 + np.exp(-inputs))
    return np.append(each, each.sum())


def of_four(inputs):
    return block(inputs[:4]) if len(inputs) == 4 else np.zeros(len(inputs) + 1)


SLIPS = [
    (check_block, lambda i: np.append(softmax(i), 1), "None may be, too"),
    (check_block, lambda i: [*block(i)[:-1], max(block(i)[:-1])], "add up, do not take the largest"),
    (check_block, sigmoids, "know nothing of each other"),
    (check_block, lambda i: softmax(np.append(i, 0)), "how probable it is that none is on"),
    (check_block, lambda i: block(i)[:-1], "Put the probability"),
    (check_block, lambda i: [block(i)[-1], *block(i)[:-1]], "the units first"),
    (check_block, of_four, "A block may have other sides"),
    (check_down, lambda f, h: by_convolution(flip(f), h), "half a turn"),
    (check_down, lambda f, h: by_convolution(f, (h > 0) * 1.0), "on by a half"),
    (check_down, lambda f, h: by_convolution(f, h)[: len(h), : h.shape[1]], "reaches beyond"),
    (check_down, lambda f, h: np.kron(h, f), "lie side by side"),
    (check_step, lambda *a: -step(*a), "The other way round"),
    (check_step, lambda *a: step(*a).T, "changed places"),
    (check_step, lambda s, f, m, a, r: step(s, f, m, a, 1), "The rate is missing"),
    (check_step, lambda s, f, m, a, r: r * np.outer(s, f), "would grow for ever"),
    (check_step, lambda s, f, m, a, r: r * np.outer(s - m, f - a), "You multiplied the differences"),
    (check_step, lambda s, f, m, a, r: step(s, f, m, f, r), "found_again"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_block, block),
        (check_block, by_the_core),
        (check_down, by_convolution),
        (check_down, by_the_machine),
        (check_step, step),
        (check_step, lambda s, f, m, a, r: np.einsum("p,u->pu", s, f) * r - np.einsum("p,u->pu", m, a) * r),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


def test_the_step_is_the_machine_s():
    """What `together` counts, of a picture and of a drawing, is what the exercise asks for."""
    rng = np.random.default_rng(1)
    machine = ConvRBM(1, 3, 2, block=1, visible="binary", is_plain=True, dtype=np.float64, rng=rng)
    pictures, hidden = rng.random((2, 1, 2, 2)), rng.random((2, 3, 1, 1))
    averages = [machine.together(pictures[[at]], hidden[[at]]) for at in (0, 1)]
    wanted = (averages[0] - averages[1]).weight.reshape(3, 4).T
    found = step(pictures[0].ravel(), hidden[0].ravel(), pictures[1].ravel(), hidden[1].ravel(), 1)
    assert np.abs(found - wanted).max() < 1e-12
