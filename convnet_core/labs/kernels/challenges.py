"""What the kernels lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "identity",
        "Give back the photograph exactly as it is.",
        "All weight is on the middle: each pixel is copied, and its neighbours are ignored.",
        (
            "What should each pixel become? Itself, with nothing of its neighbours.",
            "A 0 ignores its pixel. Only one number of the kernel may be another.",
            "A 1 in the middle, 0 everywhere else, and no offset.",
        ),
    ),
    Challenge(
        "shift",
        "Move the whole photograph one pixel to the left.",
        "Each pixel copies its neighbour on the right, so everything moves to the left.",
        (
            "When everything moves to the left, whose grey does a pixel take over?",
            "That of its neighbour on the right. Which number of the kernel stands over that neighbour?",
            "A single 1, right of the middle, 0 everywhere else, and no offset.",
        ),
    ),
    Challenge(
        "upright",
        "Find upright edges, and be blind to level ones: where the picture changes only from top to bottom, every sum "
        "must be 0.",
        "Each row of numbers adds up to 0, so what is alike from left to right cancels out. The first layer of a "
        "network often learns such kernels by itself.",
        (
            "Where the picture changes only from top to bottom, the pixels of one row are alike. What must a row of "
            "the kernel do with pixels that are alike?",
            "Each row of the kernel must add up to 0. Not every column may, or it would see no edge at all.",
            "In every row, type -1, 0, 1.",
        ),
    ),
)
