"""What the voting lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "fooled",
        "Fool it. Take the O, without hidden units. Flip at most two pixels, and it says X. The lab helps: Which "
        "pixels matter?",
        "Of 81 single flips none does it, and of 3240 pairs only three. All three share a pixel, and alone it is the "
        "strongest one.",
        (
            "Flip one pixel, read how far X is behind, and flip it back. Or let “Which pixels matter?” do that for all"
            " 81.",
            "Take the strongest single pixel first. Then try all pixels again beside it.",
            "Row 6, column 6 is the strongest. With it, “Try every two pixels” shows who its partners are.",
        ),
    ),
    Challenge(
        "swapped",
        "Start from the fitted weights, without hidden units. Change at most two of the 96 weights, and it calls the X"
        " an O and the O an X.",
        "A weight counts only as much as its value. A value that is high for one letter and low for the other can turn"
        " both.",
        (
            "A weight is multiplied by its value. Where a value is 0 for both letters, no weight matters.",
            "Change the picture back and forth between X and O, and look for a value that is high for one and low for "
            "the other.",
            "Values 41 and 43 are of that kind. Which letter should each of them vote for now, and how strongly?",
        ),
    ),
    Challenge(
        "one",
        "Add the hidden units. Leave only one of them a say: all weights behind the other two become 0. All eleven "
        "letters of the menu must still be called by their names.",
        "One intermediate vote was enough: large for one letter, small for the other. All it needs is a mark between "
        "the two, and the biases set that.",
        (
            "Which of the three units differs most between the X's and the O's? Look at its value for several letters.",
            "Once the other two are silent, one letter may win always. A bias of X or O shifts where the mark between "
            "them lies.",
            "Leave unit 2 its say, and give O a bias of about 3.",
        ),
    ),
)
