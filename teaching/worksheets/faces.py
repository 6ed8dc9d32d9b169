"""Chapter 12 on paper: how many windows, how much they overlap, and what is found."""

import numpy as np

from convnet_core.convolution import output_size
from convnet_core.plots import draw_grid
from convnet_core.scanning import overlap, precision_recall, suppress
from teaching.worksheets.form import PALE, Slip, Task, number

DOWN, ACROSS = output_size(53, 25, 4), output_size(41, 25, 4)
ONE, OTHER = np.array([1, 1, 4]), np.array([2, 3, 4])
SHARE = overlap(ONE[np.newaxis], OTHER)[0]
BOTH = 3 * 2
BOXES = np.array([[10, 10, 20], [12, 12, 20], [40, 50, 20], [41, 50, 20], [70, 10, 20]])
SCORES = np.array([8.0, 9.0, 5.0, 4.0, 3.0])
NAMES = np.array(list("ABCDE"))
LEFT = NAMES[suppress(SCORES, BOXES)]
FOUND, IS_FACE, FACES = np.array([9.0, 8.0, 6.0, 5.0, 3.0]), np.array([True, True, False, True, False]), 4
THRESHOLDS, PRECISION, RECALL = precision_recall(FOUND, IS_FACE, FACES)
AT_SIX = int(np.flatnonzero(THRESHOLDS == 6)[0])
AT_THREE = int(np.flatnonzero(THRESHOLDS == 3)[0])
WINDOWS, RATE = 8006, 1 / 50


def share(value, of):
    return f"{round(value * of)} of {of}"


TASKS = (
    Task(
        "A window of 25 by 25 pixels moves over a picture of 53 by 41, four pixels at a time. How many places has it along each side, and in all?",
        f"{DOWN} and {ACROSS}, so {DOWN * ACROSS}",
        "(53 - 25) / 4 = 7 steps are 8 places; (41 - 25) / 4 = 4 steps are 5 places.",
        (
            Slip(number((DOWN - 1) * (ACROSS - 1)), "The place where it begins counts, too, along both sides."),
            Slip(number(DOWN + ACROSS), "Each row of places has all the columns: multiply."),
        ),
        lines=2,
    ),
    Task(
        "Two boxes of 4 by 4. Their overlap is what both cover, divided by what either covers. How large is it?",
        f"{BOTH} / {16 + 16 - BOTH}, about {SHARE:.2f}",
        f"Both cover 3 by 2 pixels. Either covers 16 + 16 - {BOTH}: what both cover must not count twice.",
        (
            Slip(f"{BOTH} / 32", "In 16 + 16, what both cover is counted twice."),
            Slip(f"{BOTH} / 16", "Divide by what either of them covers, not by one box."),
        ),
        draw_grid(np.zeros((7, 8)), full=PALE, text=lambda value: " ", highlight=[(1, 1, 4, 4), (2, 3, 4, 4)]),
        None,
    ),
    Task(
        "Five boxes of 20 by 20, each with its upper left corner (row, column) and a score. Keep the best one; cross out those that overlap with it by more than 0.3; go on with the best that is left. Which stay?\n"
        + "\n".join(
            f"{name}: at ({row}, {column}), score {number(score)}"
            for name, (row, column, _), score in zip(NAMES, BOXES, SCORES, strict=True)
        ),
        ", ".join(LEFT),
        "B is the best and takes A with it. C takes D. E stands alone, and stays though it is the weakest.",
        (
            Slip("A, C, E", "Begin with the best, and that is B."),
            Slip("B", "Only boxes that overlap with a better one go. Those elsewhere may be other faces."),
        ),
    ),
    Task(
        f"Photographs show {FACES} faces. A net tells five boxes, with these scores: 9 (a face), 8 (a face), 6 (none), 5 (a face), 3 (none). What are precision and recall if all from 6 on are told? And if all from 3 on are told?",
        f"{share(PRECISION[AT_SIX], 3)} and {share(RECALL[AT_SIX], FACES)}; {share(PRECISION[AT_THREE], 5)} and {share(RECALL[AT_THREE], FACES)}",
        "Precision: of what is told, the share that is right. Recall: of what is there, the share that is found.",
        (
            Slip("both exchanged", "Precision asks of the boxes, recall of the faces."),
            Slip("recall of 3 / 3", "There are four faces, and one of them is never found."),
        ),
        lines=2,
    ),
    Task(
        f"A net is wrong on 1 of 50 windows that show no face. A photograph asks it about {WINDOWS:,}, of which hardly any does. About how many false alarms is that?",
        f"about {WINDOWS * RATE:.0f}",
        "8,006 / 50. A slip that is rare among 50 is not rare among thousands.",
        (Slip("1", "That is for 50 windows. How many times 50 are there?"),),
    ),
)
