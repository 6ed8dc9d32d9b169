"""What the shuffle lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "fall",
        "Foresee a fall. Measure data with nothing swapped. Then choose a swap that you have not measured yet, type "
        "your guess for both nets, and train. The ConvNet must lose at least 5 points, and both guesses be right to "
        "within 3.",
        "You knew before you measured who would fall and how far, and who would not. To foresee is the test of an "
        "explanation.",
        (
            "Who looks for patterns among neighbours, and who asks each pixel alone? Which of them does a swap hurt?",
            "To the voting net a swap is nothing: guess what it had before. The ConvNet loses more, the more "
            "neighbours a swap tears apart.",
            "Digits, all pixels: type for the ConvNet some 7 points less than unswapped, and for the voting net the "
            "same as unswapped.",
        ),
    ),
    Challenge(
        "nothing",
        "Find data on which swapping costs nothing: all pixels in three orders, and each time the ConvNet changes by "
        "less than 2 points.",
        "As useful after swapping as before: whatever this ConvNet went by, it was no pattern among neighbours.",
        (
            "In which of the three kinds of data do neighbours mean nothing?",
            "Where columns could stand in any order, as in a table of customers. Measure it with nothing swapped "
            "first.",
            "Customers: nothing swapped, then all pixels, and twice “Swap anew”, each trained to its end.",
        ),
    ),
    Challenge(
        "thumb",
        "A rule of thumb has exceptions. On one kind of data, find a swap that costs the ConvNet less than 1 point, "
        "and one that costs at least 8.",
        "Same data, same net, one swap harmless and one not. A likely reason: a swap hurts if it tears apart what the "
        "answer needs.",
        (
            "Which swap leaves most strokes whole? Which leaves none?",
            "Whole columns or whole rows stay whole. In which kind of data is a row, or a column, almost all that "
            "counts?",
            "Sounds: measure nothing swapped, columns, and all pixels.",
        ),
    ),
)
