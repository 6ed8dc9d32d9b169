"""Chapter 11 on paper: what a number sees, what an answer hangs on, which mistakes a net makes."""

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.deep import Residual
from convnet_core.plots import draw_grid, draw_grids
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from teaching.worksheets.form import PALE, Slip, Task, empty, listed, number, place, whole

RNG = np.random.default_rng(0)
NET = Network([Conv2d(1, 2, 3, rng=RNG), ReLU(), MaxPool2d(2), Conv2d(2, 3, 3, rng=RNG)])
SEES = NET.receptive_field((1, 28, 28), 4, 4, 4)[2]
LEARNED = sum(one.value.size for one in NET.layers[3].parameters().values())
WHOLE = 9.0
COVERED = np.array([[9, 8, 9], [7, 2.5, 8], [9, 10, 9.5]])
FALL = WHOLE - COVERED
WORST, HELPED = np.unravel_index(FALL.argmax(), FALL.shape), np.unravel_index(FALL.argmin(), FALL.shape)
TABLE = np.array([[46, 1, 3], [0, 50, 0], [7, 2, 41]])
DIGITS = ("4", "1", "9")
RIGHT, ASKED = int(np.trace(TABLE)), int(TABLE.sum())
INPUT = np.array([[2.0, -3.0, 0.5]])
OUT = Residual([ReLU()]).forward(INPUT)[0]

TASKS = (
    Task(
        "A convolution of 3 by 3, a pooling with windows of 2 that move by 2, another convolution of 3 by 3. How many pixels along a side does a number of the last map see? Go backwards.",
        number(SEES),
        "1 needs 3, these come from 6, and 6 neighbours see 6 - 1 + 3.",
        (
            Slip("5", "You left the pooling out: behind it, neighbours stand two apart."),
            Slip("18", "You multiplied. Neighbours overlap."),
            Slip("6", "That is how many of the first map. Each has seen 3 pixels."),
        ),
        lines=2,
    ),
    Task(
        "The second of these convolutions has 3 filters, and 2 maps go in. How many numbers does it learn, biases included?",
        number(LEARNED),
        "3 · (2 · 9 + 1).",
        (
            Slip(number(3 * 10), "Each filter has a kernel for each of the two maps."),
            Slip(number(LEARNED - 3), "The biases are missing."),
        ),
    ),
    Task(
        f"The vote for a 4 is {number(WHOLE)}. A square hides a piece of the picture, at nine places one after another; the first grid has the vote with the square there. Fill in how far it has fallen. Where does the answer hang on most, and where did hiding help?",
        f"{place(*WORST)}: {number(FALL.max())}; {place(*HELPED)}: {number(FALL.min())}",
        "The whole picture's vote minus that with the square. Below zero means that hiding the piece helped.",
        (
            Slip("the place with the largest vote", "There the answer does not mind. Look for the largest fall."),
            Slip(number(COVERED.min()), "That is the vote that is left. How far has it fallen?"),
        ),
        draw_grids([whole(COVERED, "vote"), "→", empty(FALL.shape, "fall")]),
        draw_grids([whole(COVERED, "vote"), "→", whole(FALL, "fall")]),
    ),
    Task(
        "The row is the digit that was written, the column what a net called it. Of how many digits is it right? Which mistake does it make most often?",
        f"{RIGHT} of {ASKED}; a 9 called a 4",
        "The diagonal is right, all else is wrong. Row 9, column 4 has the largest number beside it.",
        (
            Slip("a 4 called a 9", "The row is what was written, the column what it said."),
            Slip(f"{RIGHT} of 100", f"Add up the whole table: {ASKED} were asked."),
        ),
        draw_grid(TABLE, full=PALE, headings=(DIGITS, DIGITS)),
        None,
    ),
    Task(
        "A residual block adds what came in to what its layers make of it. Its only layer is a ReLU, and in come 2, -3 and 0.5. What comes out?",
        listed(OUT),
        "2 + 2, -3 + 0, 0.5 + 0.5. What the layer blocks has a way around it.",
        (
            Slip("2, 0, 0.5", "That is the ReLU alone. Add what came in."),
            Slip("4, 0, 1", "The -3 goes around the layer, and is added to 0."),
        ),
    ),
)
