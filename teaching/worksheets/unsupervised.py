"""Chapter 13 on paper: one of four or none, and one step without an answer."""

import numpy as np

from convnet_core.convolution import output_size
from convnet_core.plots import draw_grids
from convnet_core.pooling import max_pool2d, pooled_size
from convnet_core.unsupervised import block_probabilities
from teaching.worksheets.form import Slip, Task, empty, number, whole

POWERS = np.array([[3.0, 1.0], [4.0, 1.0]])
UNITS, POOLED = block_probabilities(np.log(POWERS))
QUIET_POWERS = np.array([[0.5, 0.25], [0.0625, 0.1875]])
QUIET = block_probabilities(np.log(QUIET_POWERS))[1][0, 0]
LARGEST = max_pool2d(np.array([[2.0, 0.0], [-1.0, 0.0]]))[0, 0]
SHOWN, DRAWN, RATE, OF = 6, 2, 0.5, 8
STEP = RATE * (SHOWN - DRAWN) / OF
SIDE = output_size(23, 8)
BLOCKS = pooled_size(SIDE) ** 2

TASKS = (
    Task(
        "Four units make a block, and at most one of them is on. The grid has e to the power of each input; “none” has 1. Divide each by the sum of all five. How likely is it that one of the four is on?",
        number(POOLED[0, 0]),
        "3 + 1 + 4 + 1 + 1 = 10. The four units have 9 of that.",
        (
            Slip("1", "None may be on, too. It has its 1 in the sum."),
            Slip("0.44 for the 4", "You divided by 9. “None” is the fifth."),
        ),
        draw_grids([whole(POWERS, "powers"), "→", empty((2, 2), "probability")]),
        draw_grids([whole(POWERS, "powers"), "→", whole(UNITS, "probability")]),
    ),
    Task(
        "The same with 0.5, 0.25, 0.0625 and 0.1875 in the grid. How likely is it now that one is on?",
        number(QUIET),
        "They add up to 1, and “none” has 1 as well: half of the sum.",
        (
            Slip("1", "They add up to 1, but so does “none”: divide by 2."),
            Slip("0.25", "That is the largest of them, divided by 2. Any of the four will do."),
        ),
    ),
    Task(
        "The inputs of a block are 2, 0, -1 and 0. What does max pooling hand on? Why can that be no probability?",
        f"{number(LARGEST)}; it is above 1",
        "It hands on the largest, whatever that is. And it has no way back: from 2 one can't tell what stood beside it.",
        (Slip("0.90", "That is the probability that one is on. Max pooling picks the largest input."),),
        lines=2,
    ),
    Task(
        f"A pixel and a hidden unit are on together in {SHOWN} of {OF} pictures that are shown, and in {DRAWN} of {OF} that the machine draws. The rate is {number(RATE)}. By how much does their weight change? What would have to be so that it does not change at all?",
        f"{number(STEP)}; equally often in both",
        "Rate times the difference of the shares: 0.5 · (6/8 - 2/8). Where it draws what it is shown, there is nothing to learn.",
        (
            Slip(number(-STEP), "What is shown counts for it, and what is drawn against it."),
            Slip(number(RATE * (SHOWN - DRAWN)), "Those are counts. Take shares of the eight pictures."),
            Slip(number((SHOWN - DRAWN) / OF), "That is the difference. The rate halves it."),
        ),
        lines=2,
    ),
    Task(
        "A filter of 8 by 8 looks at a piece of 23 by 23. Its map is pooled in blocks of 2 by 2. How many places has it along a side, and how many blocks are there?",
        f"{SIDE}, and {BLOCKS}",
        "23 - 8 + 1 = 16, and 8 blocks along a side.",
        (
            Slip("15", "The place where it begins counts, too."),
            Slip(number(SIDE * SIDE), "Those are the units. Four of them are a block."),
            Slip("8", "Along one side. A map has two."),
        ),
    ),
)
