"""What the watching lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "mend",
        "Show the truth, and let the counts read. Find a recipe and a noise at which the nets alone misread at least "
        "two clips, and the counts none.",
        "Where pictures leave it open, what people usually do tips the scale.",
        (
            "With “Show the truth” a line stands here that counts the clips which are misread.",
            "Open “Read”, and choose “Counts”. More noise makes the nets err; with too much of it, the counts err too.",
            "Noise 1 of 5 will do for the first recipe. With others, try 3 and 4, and “Another recipe”.",
        ),
    ),
    Challenge(
        "beyond",
        "Record a recipe that is in no book: the nets alone read all of it right, and the grammar that knows only its "
        "book does not. Show the truth to see it.",
        "It heard a recipe that it knows, though the nets had seen yours rightly. A grammar that may leave its book is "
        "better off here.",
        (
            "Whatever you change under “Record” makes the recipe yours. In the book, bread that is cut is buttered "
            "next, and a lemon that is cut is squeezed.",
            "Take clips away, or put them in another order: two are enough, such as stirring first and pouring then. "
            "With little noise the nets read them right.",
            "Then, under “Read”, choose “Grammar”, take the tick from “It may leave its book”, and show the truth.",
        ),
    ),
    Challenge(
        "done",
        "Done though not understood: let the robot end with the cook’s kitchen, though a word was misread.",
        "What it misread made no difference to this kitchen.",
        (
            "A kitchen shows what was done, not how. Which wrong words would it not show?",
            "Where the grammar must guess, it guesses what is usual; and what is usual works. Let it read at much "
            "noise.",
            "Under “Read” choose “Grammar”, set the noise to 4, and press “Another recipe”. Then open “Robot”, and "
            "step to the end; if it fails, take the next recipe.",
        ),
    ),
)
