"""What the pooling lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "without-a-trace",
        "Change at least 8 numbers of a given map, and leave its pooled map as it was.",
        "Two different maps, one pooled map: where the largest counts, the others leave no trace.",
        (
            "Of the numbers under a window, which does the pooled map tell you, and which not?",
            "Where the largest is kept, all others may be smaller. They may not become larger than it.",
            "Point at the pooled cells to see which number wins. Take eight that win nowhere, and press “1 less” on "
            "each.",
        ),
    ),
    Challenge(
        "none-left-out",
        "Drop the partial windows. Make a map of 7 by 7 into 3 by 3, with each of the 49 numbers under a window.",
        "Windows of 3 that move by 2 fit exactly, and overlap: nothing hangs over the edge, so nothing is dropped.",
        (
            "“Dropped” is one of the three ways with the edge; they stand below the pooled map once there is one. "
            "With it, windows of 2 leave the last row and column out. Which windows would not?",
            "The third window must end exactly at the seventh number: two steps, and the window's own size, make 7.",
            "2 + 2 + 3 = 7.",
        ),
    ),
    Challenge(
        "hardly-minds",
        "Shift the X by one pixel. Find a window, a stride of 2 or more, and a way with the edge, so that at least "
        "four fifths of the pooled cells stay as they were. (Twelve cells or more; keep the largest.)",
        "Overlapping windows that are larger than their step often keep their winner through a small move. And they "
        "know less about where it was.",
        (
            "Count what stays, below the picture. Does a larger window help, or a smaller one? And a larger stride?",
            "Large windows with a small stride. To have twelve cells and more with a stride of 2, the window must go "
            "over the edge.",
            "Window 4, stride 2, padded.",
        ),
    ),
)
