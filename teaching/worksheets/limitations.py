"""Chapter 9 on paper: columns that change places, and what a result is worth."""

import numpy as np

from convnet_core.convolution import output_size
from convnet_core.limitations import one_hot, swap_columns
from convnet_core.pictures import from_text
from convnet_core.plots import draw_grids
from teaching.worksheets.form import Slip, Task, empty, number, picture

PICTURE = from_text("#..#\n#..#\n####\n...#")
ORDER = np.array([2, 0, 3, 1])
SWAPPED = swap_columns(PICTURE, ORDER)
BACK = np.argsort(ORDER)
PLACES = output_size(7, 3) ** 2
WORD, LETTERS = "abca", "abc"
CODED = one_hot([WORD], LETTERS, 5)[0]
ASKED, CONV, PLAIN, NEAREST = 200, 186, 183, 188

TASKS = (
    Task(
        f"Put the columns into the order {', '.join(str(one + 1) for one in ORDER)}: first column {ORDER[0] + 1}, then column {ORDER[1] + 1}, and so on. Which digit was it? Can you still see it?",
        "a 4; hardly",
        "No number is lost. But strokes that ran side by side are torn apart.",
        (
            Slip(
                "the columns the other way round",
                f"The first place of the new picture takes column {ORDER[0] + 1} of the old one.",
            ),
            Slip("it can't be put right again", "It can: all of it is still there. See the next task."),
        ),
        draw_grids([picture(PICTURE, "picture"), "→", empty(PICTURE.shape, "swapped")]),
        draw_grids([picture(PICTURE, "picture"), "→", picture(SWAPPED, "swapped")]),
    ),
    Task(
        "Somebody gives you the swapped picture. Which order of its columns brings the old one back?",
        ", ".join(str(one + 1) for one in BACK),
        f"Column 1 of the old picture now stands at place {BACK[0] + 1}, so take that first.",
        (
            Slip(
                ", ".join(str(one + 1) for one in ORDER),
                "That swaps once more. Ask of each old column where it stands now.",
            ),
        ),
    ),
    Task(
        "A window of 3 by 3 moves over a picture of 7 by 7. How many places has it? If all pixels are swapped at random, how many of the nine under it were neighbours before?",
        f"{number(PLACES)}; hardly any",
        "5 along a side. A window looks at what stands side by side, and after a swap that is chance.",
        (
            Slip("16", "7 - 3 = 4 are the steps. The place where it begins counts, too."),
            Slip("49", "At the edge the window would hang over."),
        ),
    ),
    Task(
        f"Write the word “{WORD}” as a picture: a row for each letter, a column for each place, a 1 where the letter stands. The last column stays 0. How many 1s are there?",
        number(CODED.sum()),
        "One for each letter of the word. To a window, letters that follow each other are neighbours; that a stands above b means nothing.",
        (Slip("a 1 in each cell", "Each column says which letter stands there, and it is one only."),),
        empty(CODED.shape, headings=(list(LETTERS), ["1", "2", "3", "4", "5"])),
        draw_grids([picture(np.where(CODED > 0, 1.0, -1.0), "rows a, b, c")]),
    ),
    Task(
        f"Of {ASKED} samples of two kinds, equally many of each, a ConvNet has {CONV} right, a plain net {PLAIN}, and looking for the most similar known sample {NEAREST}. How many points of percent is the ConvNet ahead of guessing, and of the best of the others? What would you write about it?",
        f"{(CONV - ASKED / 2) / ASKED * 100:.0f}, and {(CONV - NEAREST) / ASKED * 100:.0f}",
        "93% sounds good beside guessing. Beside the simplest thing that one can do, it is one point behind.",
        (
            Slip(f"{CONV - NEAREST}", "Those are samples. In percent of 200 it is the half of that."),
            Slip("compared with the plain net only", "Compare with the best of what is simpler."),
        ),
        lines=3,
    ),
)
