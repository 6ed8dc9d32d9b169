"""Chapter 1 on paper: numbers into a picture, and two ways to compare."""

import numpy as np

from convnet_core.filtering import match, patch_at
from convnet_core.pictures import FEATURES, from_text, mismatches, shift
from convnet_core.plots import draw_grids
from teaching.worksheets.form import Slip, Task, coded, empty, number, picture, place

CODED = from_text("#####\n#....\n####.\n....#\n####.")
ONE, OTHER = from_text("#####\n..#..\n..#..\n..#..\n..#.."), from_text(".####\n...#.\n..#..\n..#..\n.#...")
DIFFERENT = mismatches(ONE, OTHER)
STROKE = from_text("......\n.#....\n.#....\n.#....\n.#....\n......")
ASIDE, DOWN = mismatches(STROKE, shift(STROKE, 0, 1)).sum(), mismatches(STROKE, shift(STROKE, 1, 0)).sum()
SHEET = from_text("#...#.\n.#.#..\n..#...\n.#.#..\n#...#.\n.....#")
PIECE = FEATURES["backslash"]
FITS = [at for at in np.ndindex(4, 4) if match(patch_at(SHEET, (3, 3), *at), PIECE) == 1]
ROWS, COLUMNS = 30, 40

TASKS = (
    Task(
        "1 is ink and -1 is paper. Colour in the picture. Which digit is it?",
        "5",
        "Every 1 is a square of ink.",
        (
            Slip(
                "a light digit on dark ground",
                "You coloured the -1. It is a number as good as the 1, and it means paper.",
            ),
        ),
        draw_grids([coded(CODED, "what the computer gets"), "→", empty(CODED.shape, "what you see")]),
        draw_grids([coded(CODED, "what the computer gets"), "→", picture(CODED, "what you see")]),
    ),
    Task(
        "A T, and a T by a hasty hand. Mark in the empty grid where they differ. How many of the 25 pixels are that?",
        number(DIFFERENT.sum()),
        "Go square by square. Ink that has gone counts, and so does ink that has come.",
        (
            Slip(number((DIFFERENT & (ONE == 1)).sum()), "You counted where ink has gone. It has come somewhere, too."),
            Slip(number((ONE == OTHER).sum()), "That is how many agree."),
        ),
        draw_grids([picture(ONE), " ", picture(OTHER), " ", empty(ONE.shape, "differ")]),
        draw_grids([picture(ONE), " ", picture(OTHER), " ", picture(np.where(DIFFERENT, 1.0, -1.0), "differ")]),
    ),
    Task(
        "A stroke of four pixels. It moves one pixel to the right: how many of the 36 pixels differ from before? And if it moves one down instead?",
        f"{number(ASIDE)}, and {number(DOWN)}",
        "To the right, all four places are new and all four old ones are left. Down, it slides along itself: one end comes, one goes.",
        (
            Slip("4", "That is where ink has come. As many places have lost it."),
            Slip("the same both times", "Draw it. Down, three of the four pixels fall on pixels of the old stroke."),
        ),
        draw_grids(
            [picture(STROKE, "before"), " ", empty(STROKE.shape, "to the right"), " ", empty(STROKE.shape, "down")]
        ),
    ),
    Task(
        "Where does the small piece fit, in all of its nine pixels? Frame each place, and write down the row and column of its upper left pixel, counted from 1.",
        "; ".join(place(*at) for at in FITS),
        f"It fits at {len(FITS)} of 16 places. Paper must be where the piece has paper, too.",
        (
            Slip(
                place(1, 1),
                "At the crossing three pixels of ink agree, but two more are ink where the piece wants paper.",
            ),
            Slip("everywhere along the stroke", "Look at all nine pixels and not only at the ink."),
        ),
        draw_grids([picture(SHEET, "picture"), " ", picture(PIECE, "piece")]),
    ),
    Task(
        f"A photograph has {ROWS} rows and {COLUMNS} columns. How many numbers does a computer get, in grey and in colour?",
        f"{number(ROWS * COLUMNS)} and {number(3 * ROWS * COLUMNS)}",
        "One number a pixel in grey; red, green and blue for each pixel in colour.",
        (Slip(number(ROWS + COLUMNS), "Those are two sides. The pixels fill the whole picture: multiply."),),
    ),
)
