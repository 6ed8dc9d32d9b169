"""What the filtering lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "opposite",
        "Make a patch that is the exact opposite of the feature: it scores -1.00.",
        "Every pixel of the patch is now the opposite of the feature's, so each product is -1.",
        (
            "Which two pixels give a product of -1?",
            "Under each 1 of the feature there must be a -1, and under each -1 a 1.",
            "Look at the products. Wherever one is not -1, flip the pixel there, of the patch or of the feature.",
        ),
    ),
    Challenge(
        "tip",
        "Draw a feature of 1s and -1s that scores 1.00 at the upper left tip of the X, with the window in row 1, "
        "column 1, and nowhere else.",
        "Your feature is a copy of that patch, and no other patch of the X is the same.",
        (
            "When does a feature score 1.00? When it is a copy of what lies under it.",
            "Move the window to row 1, column 1, and read the patch. There is little ink in it.",
            "The patch has two pixels of ink, in its middle and at its lower right. All else is paper. Draw the "
            "feature so.",
        ),
    ),
    Challenge(
        "streak",
        "Tick “Guess first” and be right 3 times in a row, with 3 different results.",
        "You can filter in your head. That is all the arithmetic there is in this chapter.",
        (
            "Where the feature has only 1s and -1s, count pixels: how many agree, how many do not?",
            "Take those that do not agree from those that do, and divide by 9.",
            "Eight agree and one does not: 8 - 1 = 7, so 7/9. Six agree: 6 - 3 = 3, so 3/9. Type the fraction.",
        ),
    ),
)
