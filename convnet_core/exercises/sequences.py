"""The exercises of chapter 10, sequences."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# A plain recurrent layer


def check_states(function) -> None:
    """Checks `function(inputs, weight_ih, weight_hh, bias)` -> the state after each step, (T, hidden)."""
    check(function, STATES)


def _states(inputs, weight_ih, weight_hh, bias, *, squeeze=np.tanh, forget=False):
    state, states = np.zeros(len(bias)), []
    for x in inputs:
        before = np.zeros(len(bias)) if forget else state
        state = squeeze(weight_ih @ x + weight_hh @ before + bias)
        states.append(state)
    return np.array(states)


def _without_input(inputs, weight_ih, weight_hh, bias):
    return _states(0 * inputs, weight_ih, weight_hh, bias)


def _squeezed_in_parts(inputs, weight_ih, weight_hh, bias):
    state, states = np.zeros(len(bias)), []
    for x in inputs:
        state = np.tanh(weight_ih @ x) + np.tanh(weight_hh @ state) + bias
        states.append(state)
    return np.array(states)


def _place_by_place(inputs, weight_ih, weight_hh, bias):
    state, states = np.zeros(len(bias)), []
    for x in inputs:
        state = np.tanh(weight_ih @ x + weight_hh * state + bias)
        states.append(state)
    return np.array(states)


def _from_the_end(inputs, weight_ih, weight_hh, bias):
    return _states(inputs[::-1], weight_ih, weight_hh, bias)


def weights(inputs, hidden, seed):
    """Some numbers for a recurrent layer: weight_ih, weight_hh, bias."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(hidden, inputs)), rng.normal(size=(hidden, hidden)), rng.normal(size=hidden)


THREE_WORDS = np.eye(3)[[0, 2, 1]]
FIVE_STEPS = np.random.default_rng(0).normal(size=(5, 2))

STATES = Exercise(
    right=_states,
    cases=[
        Case((THREE_WORDS, *weights(3, 3, 1)), "three steps of three numbers, a state of three"),
        Case((FIVE_STEPS, *weights(2, 2, 2)), "five steps of two numbers, a state of two"),
        Case((THREE_WORDS[:1], *weights(3, 3, 3)), "a single step"),
        Case(
            (FIVE_STEPS, *weights(2, 4, 4)),
            "a state of four numbers",
            "Your code works where a step has as many numbers as the state. The state is as long as `bias`.",
        ),
    ],
    slips=[
        Slip(
            lambda x, i, h, b: _states(x, i, h, b, forget=True),
            "Your net forgets: at each step the state from before goes in again, through `weight_hh`.",
        ),
        Slip(
            lambda x, i, h, b: _states(x, i, h, b, squeeze=lambda sums: sums),
            "The sums are right. Squeeze each of them with `np.tanh` before the next step.",
        ),
        Slip(
            lambda x, i, h, b: _states(x, i, h, b)[-1],
            "That is the last state. Return the states after all steps, a row for each.",
        ),
        Slip(
            lambda x, i, h, b: np.repeat(_states(x, i, h, b)[-1:], len(x), axis=0),
            "All rows are the last state: each row is one and the same array. Make a new `state` at each step.",
        ),
        Slip(
            lambda x, i, h, b: np.vstack([np.zeros(len(b)), _states(x, i, h, b)]),
            "One row too many: the zeros before the first step are no answer to any input.",
        ),
        Slip(
            lambda x, i, h, b: np.vstack([np.zeros(len(b)), _states(x, i, h, b)])[:-1],
            "Those are the states before each step. Work out the new state first, then note it.",
        ),
        Slip(lambda x, i, h, b: _states(x, i, h, 0 * b), "The bias is missing: it is added at every step."),
        Slip(_without_input, "Your net does not listen: at each step the input goes in, through `weight_ih`."),
        Slip(
            lambda x, i, h, b: _states(x, i, h.T, b),
            "`weight_hh` has a row for each number of the new state: `weight_hh @ state`, in this order.",
        ),
        Slip(_place_by_place, "`*` multiplies place by place. A row times a state is `@`."),
        Slip(_squeezed_in_parts, "Add up everything first, then squeeze once: tanh goes around the whole sum."),
        Slip(
            lambda x, i, h, b: _states(x, i, h, b, squeeze=lambda sums: 1 / (1 + np.exp(-sums))),
            "That is the squeezing of a gate, to between 0 and 1. Here it is `np.tanh`, to between -1 and 1.",
        ),
        Slip(_from_the_end, "The first input comes first: go through the inputs from the start."),
        Slip(lambda x, i, h, b: _states(x, i, h, b).T, "Rows and columns are swapped: a row for each step."),
    ],
    praise="A loop, and a state that goes round in it: that is a recurrent net.",
    tried="sequence",
)

# The cell of an LSTM


def check_cell(function) -> None:
    """Checks `function(cell, candidate, input_gate, forget_gate, output_gate)` -> what is shown after the step."""
    check(function, CELL)


def _shown(cell, candidate, input_gate, forget_gate, output_gate):
    return output_gate * np.tanh(forget_gate * cell + input_gate * candidate)


CELL = Exercise(
    right=_shown,
    cases=[
        Case((1.5, -0.5, 0.25, 0.75, 0.5), "a cell of 1.5, gates of 0.25, 0.75 and 0.5"),
        Case((-2.0, 0.8, 0.9, 0.6, 0.7), "a cell of -2, gates of 0.9, 0.6 and 0.7"),
        Case((0.4, 0.6, 0.1, 0.95, 0.3), "an input gate that is nearly shut"),
        Case((3.0, -0.9, 0.8, 0.2, 0.9), "a forget gate that is nearly shut"),
        Case(
            (
                np.array([1.0, -1.0]),
                np.array([0.5, 0.2]),
                np.array([0.3, 0.9]),
                np.array([0.8, 0.1]),
                np.array([0.4, 0.6]),
            ),
            "two cells at once",
            "Your code works for one cell, not for an array of cells: use `np.tanh`, which takes both.",
        ),
    ],
    slips=[
        Slip(
            lambda c, n, i, f, o: f * c + i * n,
            "That is the new cell. What it shows is squeezed with tanh, and passes the output gate.",
        ),
        Slip(lambda c, n, i, f, o: o * np.tanh(c), "That shows the old cell. Work out the new one first."),
        Slip(
            lambda c, n, i, f, o: np.tanh(f * c + i * n),
            "The output gate is missing: it says how much of the cell is shown.",
        ),
        Slip(
            lambda c, n, i, f, o: o * (f * c + i * n),
            "The squeezing is missing: the cell can grow beyond 1, what it shows can't. Use `np.tanh`.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(i * c + f * n),
            "The gates are swapped: the forget gate is for the old cell, the input gate for what is new.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh((1 - f) * c + i * n),
            "A forget gate at 1 keeps all, at 0 nothing: multiply the old cell with it as it is.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(c + i * n),
            "The forget gate is missing: it says how much of the old cell is kept.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(f * c + n),
            "The input gate is missing: it says how much of the new is let in.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(f * (c + i * n)),
            "What is new passes the input gate alone; the forget gate is for the old cell.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(f * c + (1 - f) * n),
            "This cell has an input gate of its own; what is let in need not be what was forgotten.",
        ),
        Slip(
            lambda c, n, i, f, o: o * np.tanh(f * c), "Nothing new is let in: add the candidate, times the input gate."
        ),
        Slip(
            lambda c, n, i, f, o: np.tanh(o * (f * c + i * n)),
            "Squeeze first, then the gate: output_gate * tanh(cell).",
        ),
        Slip(lambda c, n, i, f, o: o + np.tanh(f * c + i * n), "A gate multiplies: at 0 nothing is shown."),
    ],
    praise="Keep, add, show: three gates, and a memory that can last.",
    tried="cell",
)

# Clipping


def check_clip(function) -> None:
    """Checks `function(gradient, limit)` -> the gradient, scaled down to a length of `limit` where it is longer."""
    check(function, CLIP)


def _clip(gradient, limit):
    length = np.sqrt((gradient**2).sum())
    return gradient * min(1, limit / length) if length else gradient


CLIP = Exercise(
    right=_clip,
    cases=[
        Case((np.array([3.0, -4.0]), 1.0), "the gradient 3, -4 and a limit of 1"),
        Case((np.array([6.0, 2.0, -3.0]), 3.5), "the gradient 6, 2, -3 and a limit of 3.5"),
        Case((np.array([0.3, 0.4]), 1.0), "a gradient that is short enough"),
        Case((np.array([-0.5, 4.0]), 2.0), "the gradient -0.5, 4 and a limit of 2"),
        Case(
            (np.array([[2.0, -1.0], [4.0, 2.0]]), 2.5),
            "a gradient of 2 by 2",
            "Your code works for a list of numbers, not for an array of 2 by 2: its length, too, is the root of the sum of all squares.",
        ),
        Case(
            (np.zeros(2), 1.0),
            "a gradient of zeros",
            "A gradient of zeros has length 0: mind the division, and return it as it is.",
        ),
    ],
    slips=[
        Slip(
            lambda g, m: np.clip(g, -m, m),
            "You cut each number by itself, which turns the step elsewhere. Scale all of them by one factor: limit / length.",
        ),
        Slip(
            lambda g, m: g.clip(max=m),
            "You cut each number by itself, and only from above. Scale all of them by one factor: limit / length.",
        ),
        Slip(
            lambda g, m: g * (m / np.sqrt((g**2).sum())) if g.any() else g,
            "Short gradients are stretched as well. Leave what is not longer than the limit as it is.",
        ),
        Slip(
            lambda g, m: g * min(1, 1 / np.sqrt((g**2).sum())) if g.any() else g,
            "Your gradients end up at a length of 1. Multiply with the limit as well.",
        ),
        Slip(
            lambda g, m: g * min(1, m / (g**2).sum()) if g.any() else g,
            "The root is missing: the length is the root of the sum of squares.",
        ),
        Slip(
            lambda g, m: g * min(1, m / np.abs(g).sum()) if g.any() else g,
            "You took the sum of the magnitudes for the length. It is the root of the sum of squares.",
        ),
        Slip(
            lambda g, m: g * min(1, m / np.abs(g).max()) if g.any() else g,
            "You took the largest number for the length. It is the root of the sum of all squares.",
        ),
        Slip(
            lambda g, m: g if np.sqrt((g**2).sum()) <= m else 0 * g,
            "A long gradient still says where downhill is. Don't drop it: scale it down.",
        ),
        Slip(
            lambda g, m: min(m, np.sqrt((g**2).sum())),
            "That is how long the gradient may be. Return the gradient itself, scaled to that length.",
        ),
        Slip(lambda g, m: g, "Nothing is clipped yet: where the gradient is longer than `limit`, scale it down."),
    ],
    praise="The direction stays, and no step is too long.",
    tried="gradient",
)
