"""Chapter 3 on paper: a whole feature map, and how large maps are."""

import numpy as np

from convnet_core.convolution import Conv2d, conv2d, feature_map, output_size
from convnet_core.pictures import FEATURES, from_text
from convnet_core.plots import draw_grids
from teaching.worksheets.form import Slip, Task, coded, cut, empty, number, picture

PICTURE = from_text("#...#\n.#.#.\n..#..\n.#.#.\n#...#")
FEATURE = FEATURES["slash"]
MAP = feature_map(PICTURE, FEATURE)
CASES = ((12, 3, 1, 0), (12, 5, 1, 0), (12, 3, 1, 1), (12, 4, 2, 0), (13, 3, 2, 0))
SIZES = [output_size(*case) for case in CASES]
LINES = [f"picture {side}, window {window}, stride {stride}, padding {ring}" for side, window, stride, ring in CASES]
FILTERS = Conv2d(3, 4, 3, rng=np.random.default_rng(0))
LEARNED = sum(one.value.size for one in FILTERS.parameters().values())
AT_THE_SIDE = conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 3, 3)) / 9, padding=1)[0, 0, 1]

TASKS = (
    Task(
        "Slide the feature over the picture and write down the match at each of the nine places. (Count: how many of nine agree, how many differ? Cut after two decimals.) Where is the 1.00?",
        "; ".join(", ".join(cut(value) for value in row) for row in MAP),
        "Row by row. The two 1.00s lie on the stroke that leans like the feature; between them, at the crossing, it is 0.55.",
        (
            Slip("a map of 5 by 5", "The window must not hang over the edge. Along a side of 5 it has 3 places."),
            Slip(cut(7 / 9) + " in the middle", "Seven agree and two differ: 7 - 2 = 5, and 5/9."),
        ),
        draw_grids([picture(PICTURE, "picture"), "*", picture(FEATURE, "feature"), "=", empty((3, 3), "map")]),
        draw_grids([picture(PICTURE, "picture"), "*", picture(FEATURE, "feature"), "=", coded(MAP, "map")]),
    ),
    Task(
        "How large is the map along a side? (The last one: draw the places if you are not sure.)\n"
        + "\n".join(f"{line}: ______" for line in LINES),
        ", ".join(map(str, SIZES)),
        "(side + 2 · padding - window) / stride, cut off, + 1.",
        (
            Slip("9, 7, 11, 4, 5", "The place where the window begins counts, too: one more each time."),
            Slip(
                "13 for padding 1", "There is a ring on both ends, and the window still takes 2 away: 12 + 2 - 3 + 1."
            ),
        ),
        lines=0,
    ),
    Task(
        "A picture of ink everywhere, and a feature of nine 1s. Around the picture lies one ring of zeros. What is the match where the window hangs over one side, and not over a corner?",
        cut(AT_THE_SIDE),
        "Three of the nine pixels are zeros and add nothing. Six products are left: 6/9.",
        (
            Slip("1.00", "A zero agrees with nothing. Its product is 0 and not 1."),
            Slip(cut(4 / 9), "That is the corner, where five pixels are zeros."),
            Slip(cut(3 / 9), "A zero adds nothing, and takes nothing away: it is not a pixel that differs."),
        ),
    ),
    Task(
        "A layer for colour photographs has 4 filters of 3 by 3, each with a bias. How many numbers does it learn? Does that change if the photographs become twice as large?",
        f"{number(LEARNED)}; no",
        "A filter has 3 · 9 = 27 numbers for the three channels, and one bias: 28. The picture's size plays no part: the same numbers are used at every place.",
        (
            Slip(number(4 * 10), "That is for one channel. A colour photograph has three."),
            Slip(number(4 * 27), "These are the weights. Each filter has a bias, too."),
            Slip(number(4 * 30), "One bias for a filter, not one for each channel."),
        ),
        lines=2,
    ),
)
