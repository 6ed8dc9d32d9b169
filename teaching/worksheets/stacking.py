"""Chapter 6 on paper: what goes through a stack of layers, and how far a number sees."""

import numpy as np

from convnet_core.convolution import Conv2d, conv2d
from convnet_core.plots import draw_grids
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from teaching.worksheets.form import Slip, Task, number, size, whole

RNG = np.random.default_rng(0)
NET = Network([Conv2d(1, 4, 3, rng=RNG), ReLU(), MaxPool2d(2), Conv2d(4, 2, 2, rng=RNG)])
SHAPES = NET.shapes((1, 12, 12))
LEARNED = [sum(one.value.size for one in layer.parameters().values()) for layer in NET.layers]
SEES = NET.receptive_field((1, 12, 12), 4, 1, 1)[2:]
PLAIN = Network(
    [Conv2d(1, 1, 3, rng=RNG), Conv2d(1, 1, 3, rng=RNG), Conv2d(1, 1, 3, rng=RNG), Conv2d(1, 1, 3, rng=RNG)]
)
FOUR = PLAIN.receptive_field((1, 20, 20), 4, 5, 5)[2]
MAPS = np.array([[[1, 0], [2, 1]], [[0, 3], [1, 0]]], dtype=float)
KERNELS = np.array([[[1, -1], [0, 2]], [[0, 1], [-1, 1]]], dtype=float)
BIAS = 0.5
ONE = conv2d(MAPS, KERNELS[np.newaxis], np.array([BIAS]))[0, 0, 0]
PARTS = [conv2d(MAPS[i : i + 1], KERNELS[np.newaxis, i : i + 1])[0, 0, 0] for i in range(2)]

TASKS = (
    Task(
        "A grey picture of 12 by 12 goes through four layers. Write down what comes out of each, as maps x rows x columns, and how many numbers the layer learns.\n"
        "convolution, 4 filters of 3 by 3: ____________   ReLU: ____________\n"
        "max pooling, windows of 2: ____________   convolution, 2 filters of 2 by 2: ____________",
        "; ".join(f"{size(shape)} ({count})" for shape, count in zip(SHAPES[1:], LEARNED, strict=True)),
        "4 · (9 + 1) = 40. ReLU and pooling learn nothing. 2 · (4 · 4 + 1) = 34: each filter has a kernel for each of the four maps.",
        (
            Slip(
                "8 x 4 x 4 in the end", "Each filter looks at all four maps and makes one map: two filters, two maps."
            ),
            Slip(f"{2 * 5} in the last layer", "A filter has a kernel of 4 numbers for each of the four maps."),
        ),
        lines=0,
    ),
    Task(
        "Of the last layer above: how many pixels of the picture does one of its numbers depend on, along a side? Go backwards, layer by layer.",
        number(SEES[0]),
        "1 number needs 2 pooled ones, these come from 4 of the map, and 4 neighbours see 4 - 1 + 3 pixels.",
        (
            Slip("7", "You added the windows, 3 + 2 + 2. Behind the pooling, neighbours stand two apart."),
            Slip("12", "You multiplied the windows. Neighbours overlap."),
            Slip("4", "That is how far it sees in the first map. Each number of that has seen 3 pixels."),
        ),
        lines=2,
    ),
    Task(
        "Four convolutions of 3 by 3 lie on each other, with nothing between. How many pixels along a side does the last number see? How many weights have they together, with one map everywhere and no biases, and how many would one window that sees as far have?",
        f"{FOUR}; {4 * 9}; {FOUR * FOUR}",
        "1, 3, 5, 7, 9: each adds one pixel at both ends.",
        (
            Slip("12", "3 + 3 + 3 + 3 counts the overlaps twice. Each after the first adds two."),
            Slip("81 weights", "That is 3 · 3 · 3 · 3. Each window has 9 weights, and there are four: add."),
        ),
        lines=2,
    ),
    Task(
        "Two maps go into one filter, which has a kernel for each of them and a bias of 0.5. Multiply, and add up all of it. What comes out?",
        number(ONE),
        f"The first map gives {number(PARTS[0])}, the second {number(PARTS[1])}, and the bias comes on top. It is one number, for both maps together.",
        (
            Slip(f"{number(PARTS[0])} and {number(PARTS[1])}", "One filter makes one number. Add both, and the bias."),
            Slip(number(sum(PARTS)), "The bias is missing."),
            Slip(number(ONE + BIAS), "There is one bias for the filter, not one for each map."),
        ),
        draw_grids(
            [
                whole(MAPS[0], "map 1"),
                "*",
                whole(KERNELS[0], "kernel"),
                " ",
                whole(MAPS[1], "map 2"),
                "*",
                whole(KERNELS[1], "kernel"),
            ]
        ),
        lines=2,
    ),
)
