"""The exercises of chapter 10: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.exercises.sequences import check_cell, check_clip, check_states


def states(inputs, weight_ih, weight_hh, bias):
    state, rows = np.zeros(len(bias)), []
    for x in inputs:
        state = np.tanh(weight_ih @ x + weight_hh @ state + bias)
        rows.append(state)
    return np.array(rows)


def no_loop(inputs, weight_ih, weight_hh, bias):
    return np.tanh(inputs @ weight_ih.T + bias)


def no_squeezing(inputs, weight_ih, weight_hh, bias):
    state, rows = np.zeros(len(bias)), []
    for x in inputs:
        state = weight_ih @ x + weight_hh @ state + bias
        rows.append(state)
    return np.array(rows)


def noted_too_early(inputs, weight_ih, weight_hh, bias):
    state, rows = np.zeros(len(bias)), []
    for x in inputs:
        rows.append(state)
        state = np.tanh(weight_ih @ x + weight_hh @ state + bias)
    return np.array(rows)


def one_array_for_all(inputs, weight_ih, weight_hh, bias):
    """Each row is the same array, written into again and again."""
    state, rows = np.zeros(len(bias)), []
    for x in inputs:
        state[...] = np.tanh(weight_ih @ x + weight_hh @ state + bias)
        rows.append(state)
    return np.array(rows)


def as_wide_as_the_input(inputs, weight_ih, weight_hh, bias):
    state, rows = np.zeros(inputs.shape[1]), []
    for x in inputs:
        state = np.tanh(weight_ih @ x + weight_hh @ state + bias)
        rows.append(state)
    return np.array(rows)


def place_by_place(inputs, weight_ih, weight_hh, bias):
    state, rows = np.zeros(len(bias)), []
    for x in inputs:
        state = np.tanh(weight_ih @ x + state * weight_hh + bias)
        rows.append(state)
    return np.array(rows)


def with_a_table(inputs, weight_ih, weight_hh, bias):
    table = np.zeros((len(inputs) + 1, len(bias)))
    for t, x in enumerate(inputs):
        table[t + 1] = np.tanh(table[t] @ weight_hh.T + x @ weight_ih.T + bias)
    return table[1:]


def in_place(gradient, limit):
    length = np.linalg.norm(gradient)
    if length > limit:
        gradient *= limit / length
    return gradient


def always_scaled(gradient, limit):
    length = np.linalg.norm(gradient)
    return gradient * limit / length if length else gradient


def of_rows(gradient, limit):
    """A length for each row of an array."""
    length = np.atleast_1d(np.sqrt((gradient**2).sum(axis=-1)))
    scale = np.minimum(1, limit / np.maximum(length, 1e-12))
    return gradient * (scale[:, np.newaxis] if gradient.ndim == 2 else scale)


SLIPS = [
    (check_states, no_loop, "Your net forgets"),
    (check_states, no_squeezing, "np.tanh"),
    (check_states, noted_too_early, "the states before each step"),
    (check_states, lambda x, i, h, b: states(x, i, h, b)[-1], "the last state"),
    (check_states, lambda x, i, h, b: states(x, i, h.T, b), "`weight_hh @ state`, in this order"),
    (check_states, lambda x, i, h, b: states(x, i, h, np.zeros_like(b)), "The bias is missing"),
    (check_states, as_wide_as_the_input, "The state is as long as `bias`"),
    (check_states, place_by_place, "`*` multiplies place by place"),
    (check_states, one_array_for_all, "each row is one and the same array"),
    (check_cell, lambda c, n, i, f, o: f * c + i * n, "That is the new cell"),
    (check_cell, lambda c, n, i, f, o: o * np.tanh(c), "That shows the old cell"),
    (check_cell, lambda c, n, i, f, o: o * (i * n + f * c), "The squeezing is missing"),
    (check_cell, lambda c, n, i, f, o: np.tanh(o) * np.tanh(f * c + i * n), "wanted"),
    (check_cell, lambda c, n, i, f, o: o * np.tanh(c * i + n * f), "The gates are swapped"),
    (check_cell, lambda c, n, i, f, o: o * np.tanh(c - f * c + i * n), "A forget gate at 1 keeps all"),
    (check_cell, lambda c, n, i, f, o: o * np.tanh(np.float64(f * c + i * n).item()), "not for an array of cells"),
    (check_clip, lambda g, m: np.maximum(np.minimum(g, m), -m), "You cut each number by itself"),
    (check_clip, always_scaled, "Short gradients are stretched"),
    (check_clip, in_place, "changed what it was given"),
    (check_clip, lambda g, m: g / max(1, (g**2).sum() / m), "The root is missing"),
    (check_clip, of_rows, "an array of 2 by 2"),
    (check_clip, lambda g, m: g / np.linalg.norm(g) * min(m, np.linalg.norm(g)), "A gradient of zeros has length 0"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a slip may divide by zero
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_states, states),
        (check_states, with_a_table),
        (check_cell, lambda c, n, i, f, o: np.tanh(i * n + c * f) * o),
        (check_clip, lambda g, m: in_place(g.copy(), m)),
        (check_clip, lambda g, m: g / max(1, np.linalg.norm(g) / m)),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
