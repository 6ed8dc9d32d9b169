"""Chapter 4 on paper: the largest of each window, and what becomes of the edge."""

import numpy as np

from convnet_core.plots import draw_grids
from convnet_core.pooling import avg_pool2d, max_pool2d, pooled_size
from teaching.worksheets.form import Slip, Task, coded, cut, empty, number, whole

MAP = np.array(
    [[1, -1, 3, 5, -3, 1], [-3, 7, -1, 3, 1, -1], [5, 1, 9, -1, 3, -5], [-1, 3, 1, -3, -1, -7], [3, -1, 7, 1, -3, -9], [1, 5, -1, 3, -7, -5]]
) / 9  # fmt: skip
POOLED = max_pool2d(MAP)
FIRST = MAP[:2, :2]
ODD = np.array([[2, 0, 1, 3, 5], [4, 1, 0, 2, 8], [0, 6, 3, 1, 2], [1, 2, 7, 0, 4], [9, 3, 1, 5, 6]], dtype=float)
KEPT, DROPPED = max_pool2d(ODD), max_pool2d(ODD, ceil_mode=False)


def after(times, side, keeps):
    """The side of a map that is pooled so often, windows of 2 that move by 2."""
    sides = []
    for _ in range(times):
        side = pooled_size(side, ceil_mode=keeps)
        sides.append(side)
    return sides


SIDES, FEWER = after(3, 30, True), after(3, 30, False)

TASKS = (
    Task(
        "Pool the map: windows of 2 by 2 that move by 2, and from each the largest number.",
        "; ".join(", ".join(cut(value) for value in row) for row in POOLED),
        "The last window of the last row holds four numbers below zero. The largest of them is the one nearest to zero.",
        (
            Slip("0 in the corner", "Pooling picks one of the four that are there. There is no 0 among them."),
            Slip(
                cut(MAP[4:, 4:].min()) + " in the corner",
                "The largest, not the one furthest from zero: on the number line, the one furthest to the right.",
            ),
        ),
        draw_grids([coded(MAP, "map"), "→", empty(POOLED.shape, "pooled")]),
        draw_grids([coded(MAP, "map"), "→", coded(POOLED, "pooled")]),
    ),
    Task(
        "The same window once more, at the upper left of the map above. What does average pooling make of it?",
        cut(avg_pool2d(FIRST)[0, 0]),
        f"The sum is {cut(FIRST.sum())}, divided by four.",
        (
            Slip(cut(FIRST.max()), "That is the largest. Here the mean is wanted."),
            Slip(cut(FIRST.sum()), "That is the sum. Divide it by four."),
        ),
    ),
    Task(
        "A map with an odd side. Pool it twice: once keep the windows that hang over the edge, once leave them out. Which numbers of the map are never looked at the second time?",
        f"{KEPT.shape[0]} by {KEPT.shape[1]} and {DROPPED.shape[0]} by {DROPPED.shape[1]}; the last row and the last column",
        f"The largest number of the map, {number(ODD.max())}, is among those that are left out.",
        (
            Slip("2 by 2 both times", "What is left over makes a window as well, with fewer numbers in it."),
            Slip("half a window", "There are no half windows: it counts whole, or not at all."),
        ),
        draw_grids([whole(ODD, "map"), "→", empty(KEPT.shape, "kept"), " ", empty(DROPPED.shape, "left out")]),
        draw_grids([whole(ODD, "map"), "→", whole(KEPT, "kept"), " ", whole(DROPPED, "left out")]),
    ),
    Task(
        "A map of 30 by 30 is pooled three times, windows of 2 that move by 2. Write down its side after each time, if partial windows are kept, and if they are left out.",
        f"kept {', '.join(map(str, SIDES))}; left out {', '.join(map(str, FEWER))}",
        "30 is even: 15. From there on something is left over each time it is odd.",
        (
            Slip("15, 7.5, 3.75", "There are no half windows."),
            Slip(number(30 / 6), "Pooled three times is not a sixth. Each time it halves, so it is an eighth, about."),
        ),
        lines=2,
    ),
    Task(
        "How many numbers does a max pooling layer learn for ten maps?",
        "none",
        "The largest is the largest. There is nothing to multiply with. Window and stride are chosen by whoever builds the net.",
        (Slip("40", "The window of 2 by 2 is no feature. It only says where to look."),),
    ),
)
