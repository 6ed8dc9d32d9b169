"""Chapter 2 on paper: a match, in four steps."""

import numpy as np

from convnet_core.filtering import match, patch_at, products
from convnet_core.pictures import FEATURES, TRICKIER_X
from convnet_core.plots import draw_grids
from teaching.worksheets.form import Slip, Task, coded, cut, empty, number

PATCH, FEATURE = patch_at(TRICKIER_X, (3, 3), 2, 2), FEATURES["backslash"]
SUM = products(PATCH, FEATURE).sum()
AGREE = int((PATCH == FEATURE).sum())


def match_of(agreeing, pixels=9):
    """The match of a patch of which so many pixels agree with a feature of 1s."""
    side = int(pixels**0.5)
    patch = np.where(np.arange(pixels) < agreeing, 1.0, -1.0).reshape(side, side)
    return match(patch, np.ones((side, side)))


COUNTS = (9, 8, 7, 6, 5, 4)
ROW = np.array([[match_of(count) for count in COUNTS]])
HEADS = (["→"], [str(count) for count in COUNTS])
LARGE = match_of(13, 16)

TASKS = (
    Task(
        "Lay the feature on the patch. Multiply each pair of numbers and fill in the products. Add them up, divide by 9, and cut after two decimals.",
        cut(SUM / 9),
        f"{AGREE} agree and {9 - AGREE} differ: {AGREE} - {9 - AGREE} = {number(SUM)}, and {number(SUM)} / 9 is {cut(SUM / 9)}.",
        (
            Slip(cut(AGREE / 9), f"That is {AGREE}/9, the share that agrees. Each that differs takes 1 away."),
            Slip(number(SUM), "The fourth step is missing: divide by the nine pixels."),
            Slip("1.00", "Minus times plus is minus. A pixel that differs gives -1."),
        ),
        draw_grids([coded(PATCH, "patch"), "*", coded(FEATURE, "feature"), "=", empty((3, 3), "products")]),
        draw_grids(
            [coded(PATCH, "patch"), "*", coded(FEATURE, "feature"), "=", coded(products(PATCH, FEATURE), "products")]
        ),
    ),
    Task(
        "A patch and a feature have nine pixels each, all 1 or -1. The upper line says in how many they agree. Write the match below, cut after two decimals. By how much does it fall with each further pixel that differs?",
        "; ".join(f"{count}: {cut(value)}" for count, value in zip(COUNTS, ROW[0], strict=True)),
        "With each further pixel the sum falls by 2, and the match by 2/9: a pixel no longer adds 1, and it takes 1 away.",
        (
            Slip(cut(8 / 9), "8/9 is the share that agrees. One differs, and 8 - 1 = 7."),
            Slip(
                "it falls by 1/9", "The pixel that agreed is gone, and the one that differs takes 1 away: two ninths."
            ),
        ),
        empty((1, 6), "how many agree", headings=HEADS),
        coded(ROW, "9, 8, 7, 6, 5, 4 agree"),
    ),
    Task(
        "Draw a patch that scores exactly 0.11 with the cross: colour in the pixels of ink. Is there only one?",
        "five pixels agree, four differ",
        "5 - 4 = 1, and 1/9 is 0.11. There are 126 of them: the four that differ may be any four of nine.",
        (
            Slip("one pixel agrees", "1/9 is what is left after taking away those that differ: 5 - 4 = 1."),
            Slip("the cross with one pixel changed", f"That is 8 - 1 = 7, so {cut(match_of(8))}."),
        ),
        draw_grids([coded(FEATURES["cross"], "cross"), " ", empty((3, 3), "your patch")]),
    ),
    Task(
        "A feature of 4 by 4 agrees with its patch in 13 of 16 pixels. What is the match? And what, if every pixel of the patch is turned into its opposite?",
        f"{cut(LARGE)}, and {cut(-LARGE)}",
        "13 - 3 = 10, and 10/16. Turned into its opposite, each product changes its sign, so the match does.",
        (
            Slip(cut(13 / 16), "13/16 is the share that agrees. Take away the three that differ."),
            Slip(cut(10 / 9), "This feature has 16 pixels. Divide by those."),
            Slip(
                cut(1 - LARGE),
                "The scale runs from -1 to 1, and its middle is 0: the opposite of a number is that number with a minus.",
            ),
        ),
        lines=2,
    ),
)
