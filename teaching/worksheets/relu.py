"""Chapter 5 on paper: nothing below zero, and why a bend is needed."""

import numpy as np

from convnet_core.plots import draw_grids
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.relu import leaky_relu, relu
from teaching.worksheets.form import Slip, Task, coded, empty, listed, number

MAP = np.array([[7, -1, 3, -5], [-3, 9, -7, 1], [5, -1, 3, -1], [-9, 1, -3, 5]]) / 9
AFTER = relu(MAP)
WINDOW = np.array([[0.5, -0.5], [-1.5, 1.5]])
MEANS = avg_pool2d(relu(WINDOW))[0, 0], relu(avg_pool2d(WINDOW))[0, 0]
LARGEST = max_pool2d(relu(WINDOW))[0, 0], relu(max_pool2d(WINDOW))[0, 0]
INPUTS = np.array([0.0, 1.0, 2.0])


def twice(x):
    return 3 * (2 * x - 1) + 2


def bent(x):
    return 3 * relu(2 * x - 1) + 2


LEAKY = leaky_relu(np.array([4.0, -3.0, 0.0]), 0.1)

TASKS = (
    Task(
        "Send the map through ReLU. How many of the 16 numbers become 0?",
        f"{number((MAP < 0).sum())}",
        "All that stand below zero, and no other. The rest stays exactly as it is.",
        (
            Slip("0.55 for -0.55", "ReLU does not take the minus away. It says of all that is below zero: nothing."),
            Slip("1.00 for 0.77", "What is above zero stays as it is. Nothing is rounded up."),
        ),
        draw_grids([coded(MAP, "map"), "→", empty(MAP.shape, "after ReLU")]),
        draw_grids([coded(MAP, "map"), "→", coded(AFTER, "after ReLU")]),
    ),
    Task(
        "A window holds 0.5, -0.5, -1.5 and 1.5. Work out the mean of the window in both orders: first ReLU and then the mean, and first the mean and then ReLU. Do the same with the largest number. When does the order matter?",
        f"mean: {number(MEANS[0])} and {number(MEANS[1])}; largest: {number(LARGEST[0])} and {number(LARGEST[1])}",
        "In a mean, what is below zero cancels what is above, unless ReLU has cleared it first. The largest stays the largest.",
        (
            Slip(number(1.0), "Divide by four: the places that ReLU set to 0 are still there."),
            Slip("it never matters", "It doesn't with the largest number. Work out the mean both ways."),
        ),
        lines=3,
    ),
    Task(
        "Layer 1 makes 2x - 1 out of x. Layer 2 makes 3y + 2 out of y. Which single layer does the work of both? Try it with x = 0, 1 and 2.",
        f"6x - 1: {listed(twice(INPUTS))}",
        "3 · (2x - 1) + 2 = 6x - 3 + 2. However many such layers there are, one does the same.",
        (
            Slip(
                "5x + 1",
                "The second layer multiplies what came out of the first, so 3 times all of it: 3 · 2x and 3 · (-1).",
            ),
        ),
        lines=2,
    ),
    Task(
        "Now a ReLU stands between these two layers. What comes out for x = 0, 1 and 2? Is there still a single layer, a times x plus b, that does the same?",
        f"{listed(bent(INPUTS))}; no",
        "For x = 0, ReLU makes 0 of -1. From 0 to 1 it rises by 3, from 1 to 2 by 6: no straight line does that.",
        (
            Slip(listed(twice(INPUTS)), "That is without the ReLU. What comes out of the first layer for x = 0?"),
            Slip(f"{number(3)} for x = 0", "ReLU is on -1, and makes it 0. Then 3 · 0 + 2."),
        ),
        lines=2,
    ),
    Task(
        "A leaky ReLU multiplies what is below zero by 0.1 and leaves the rest. What does it make of 4, -3 and 0?",
        listed(LEAKY),
        "Only -3 is below zero: 0.1 · (-3).",
        (
            Slip("4, 0, 0", "That is the plain one. This one lets a tenth through."),
            Slip("4, 0.3, 0", "It keeps its minus."),
        ),
    ),
)
