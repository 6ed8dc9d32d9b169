"""What the convolution lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "five-by-five",
        "From a picture of 9 by 9 get a map of 5 by 5. It takes both, padding and a stride.",
        "The border of zeros lets the middle of the window reach the edge, and of the 9 places along each side the "
        "stride takes every other one.",
        (
            "Without padding and with stride 1 the map is 7 by 7. Which of the two makes it larger, which smaller?",
            "Along a side the window finds (9 + 2 x padding - 3) / stride + 1 places, without what is left over.",
            "One zero on each side makes it 9 places. Every other one of 9, the first and the last among them, are 5.",
        ),
    ),
    Challenge(
        "copy",
        "With stride 1, draw a feature whose map is the picture itself: each number of the map equals the pixel under "
        "the middle of the window. (Mind the division.)",
        "All weight on the middle pixel: each patch hands on its middle and ignores the rest.",
        (
            "Which one of the nine pixels should a patch hand on?",
            "A 0 in the feature ignores its pixel. Eight of the nine may be ignored.",
            "The sum is divided by 9, unless you untick that. So it takes a 9 in the middle, or a 1 without the "
            "division.",
        ),
    ),
    Challenge(
        "face",
        "Take the face, at stride 1. Draw a feature whose largest value is at the two eyes and the nose, and nowhere "
        "else.",
        "Where your feature scores most there is a pixel alone. The mouth's pixels have neighbours, and these cost "
        "points.",
        (
            "What do the eyes and the nose have in common that no pixel of the mouth has?",
            "They stand alone. A feature can give points for ink in the middle, and take points for ink around it.",
            "Try a 1 in the middle, and -1 on all eight sides.",
        ),
    ),
)
