"""Chapter 10 on paper: what follows what, a state, a gate."""

import numpy as np

from convnet_core.plots import draw_grid
from convnet_core.sequences import LSTM, RNN, tokens
from teaching.worksheets.form import PALE, Slip, Task, empty, listed, number

TEXT = tokens("Ann saw Tom. Tom saw Ann. Ann saw Ann.")
WORDS = ("Ann", "Tom", "saw", ".")
COUNTS = np.zeros((4, 4))
for word, following in zip(TEXT, TEXT[1:], strict=False):
    COUNTS[WORDS.index(word), WORDS.index(following)] += 1
AFTER_SAW = COUNTS[WORDS.index("saw")]
LIKELY = AFTER_SAW[0] / AFTER_SAW.sum()


def states(inputs, keep=0.5):
    """A state that keeps its half and adds what comes in: after each step."""
    state, seen = 0.0, []
    for one in inputs:
        state = keep * state + one
        seen.append(state)
    return seen


SEEN = states([2, 0, 0, 1])
CELL, FORGET, LET_IN, NEW = 4.0, 0.25, 0.5, -2.0
NEXT = FORGET * CELL + LET_IN * NEW
HALVINGS = next(count for count in range(1, 99) if 0.5**count < 0.001)
RNG = np.random.default_rng(0)
PLAIN, GATED = (
    sum(one.value.size for one in layer.parameters().values()) for layer in (RNN(3, 2, rng=RNG), LSTM(3, 2, rng=RNG))
)

TASKS = (
    Task(
        "“Ann saw Tom. Tom saw Ann. Ann saw Ann.” Count which word follows which: the row is the word, the column what comes next. (The full stop is a word, too.) How likely is Ann after “saw”?",
        f"{int(AFTER_SAW[0])} of {int(AFTER_SAW.sum())}",
        f"“saw” stands there {int(AFTER_SAW.sum())} times. Each row adds up to how often its word has a next one.",
        (
            Slip("1 of 2", "Count each time that it stands there, not each word once."),
            Slip("columns and rows exchanged", "The row is what was read, the column what comes next."),
        ),
        empty((4, 4), headings=(WORDS, WORDS)),
        draw_grid(COUNTS, full=PALE, headings=(WORDS, WORDS)),
    ),
    Task(
        "A state begins at 0. At each step it keeps half of itself and adds what comes in. In come 2, 0, 0 and 1. What is it after each step?",
        listed(SEEN, lambda value: f"{value:g}"),
        "Half of the old one, plus what comes in. It still knows of the 2 after four steps, but only an eighth of it.",
        (
            Slip("2, 2, 2, 3", "Half of the state is kept, not all of it."),
            Slip("2, 0, 0, 1", "That is what came in. The state remembers."),
        ),
        lines=2,
    ),
    Task(
        f"A cell of an LSTM holds {number(CELL)}. The forget gate is {number(FORGET)}, the input gate {number(LET_IN)}, and what is new is {number(NEW)}. What does it hold next? And what with the forget gate at 1 and the input gate at 0?",
        f"{number(NEXT)}, and {number(CELL)}",
        "0.25 · 4 + 0.5 · (-2) = 1 - 1. With the gates at 1 and 0 it keeps all, and lets nothing in.",
        (
            Slip(number(FORGET * CELL + LET_IN * -NEW), "A minus got lost: what is new is below zero."),
            Slip("0 the second time", "The forget gate has its name the wrong way round: at 1 it keeps everything."),
        ),
        lines=2,
    ),
    Task(
        "On its way back, blame is halved at each step. After how many steps is less than a thousandth left?",
        number(HALVINGS),
        "Ten halvings are 1/1024. So it is hard to learn from what lies ten words back.",
        (
            Slip("500", "It is halved, and halved again: multiplied each time, not taken away."),
            Slip("9", "Nine halvings are 1/512."),
        ),
        lines=2,
    ),
    Task(
        "A plain recurrent layer takes 3 numbers in and keeps a state of 2. Each number of the new state has a weight for each number that comes in and each of the old state, and a bias. How many numbers does it learn? And an LSTM, which works out four things in place of one?",
        f"{number(PLAIN)}, and {number(GATED)}",
        "2 · (3 + 2 + 1), and four times that.",
        (
            Slip(number(PLAIN - 4), "The weights from the old state are missing."),
            Slip(number(PLAIN - 2), "The biases are missing."),
        ),
        lines=2,
    ),
)
