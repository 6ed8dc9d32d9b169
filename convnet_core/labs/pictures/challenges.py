"""What the pictures lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "litter",
        "Make more pixels differ from the standard X than those of the O do, and yet let each of the three pieces fit "
        "at the very places where it fits in the standard X, and nowhere else.",
        "Pixel by pixel, your picture is less like an X than the O is. The pieces do not mind: each asks for its own "
        "nine pixels, and for no others.",
        (
            "A piece looks at 3 by 3 pixels. Which pixels lie under none of the pieces, where they fit?",
            "Frame the pieces, one after the other. What lies outside of all the frames may be ink or paper: no piece "
            "asks for it.",
            "Draw ink on the outermost pixels, all the way round the picture.",
        ),
    ),
    Challenge(
        "no-x",
        "Paint something that is no X, with at least 3 pixels of ink: not one of the three pieces fits anywhere, and "
        "yet fewer than 16 pixels differ from the standard X, as they do in the slides' trickier X.",
        "A literal comparison likes your picture better than a real X. Much paper in common is enough for it.",
        (
            "In how many pixels does blank paper differ from the X? Try it.",
            "In 13, the ink of the X. More ink makes it better where the X has ink too, and worse elsewhere.",
            "Take the blank picture, and paint three pixels on the arms of the X, far from each other.",
        ),
    ),
    Challenge(
        "four-flips",
        "Take the standard X, without any tricks. Flip at most 4 of its pixels, so that not one of the three pieces "
        "fits anywhere.",
        "Four specks of dirt are enough, though a person still reads an X. To ask for all nine pixels is to ask too "
        "much: the next chapter lets a piece fit more or less.",
        (
            "In the X, pieces fit at nine places in all. One flipped pixel spoils every place that it lies in.",
            "Frame the pieces, and look for pixels that lie in several frames at once. On each half of each arm, one "
            "pixel will do.",
            "Two on one arm, row 3, column 3 and row 6, column 6, and two on the other, row 3, column 7 and row 6, "
            "column 4.",
        ),
    ),
)
