"""Chapter 15 on paper: uncertain words, a whole recipe, and what a grammar makes of both."""

import numpy as np

from convnet_core.grammar import Parser, Rule
from convnet_core.plots import draw_grid
from teaching.worksheets.form import PALE, Slip, Task, listed, number

THINGS = ("knife", "spoon", "jug")
SEEN = np.array([[0.5, 0.4, 0.1], [0.25, 0.5, 0.25]])
TOGETHER = SEEN.prod(axis=0)
WORD, WORDS, CLIPS = 0.9, 4, 3
CLIP = WORD**WORDS
RECIPE = CLIP**CLIPS

RULES = (
    Rule("recipe", ("cut", "rest"), 0.75),
    Rule("recipe", ("pour", "rest"), 0.25),
    Rule("rest", ("stir",), 0.5),
    Rule("rest", ("pour", "rest"), 0.5),
)
PARSER = Parser(RULES)


def likely(*actions):
    """How likely the grammar holds a recipe of these actions."""
    return float(np.exp(PARSER.parse([{action: 0.0} for action in actions], "recipe")[0]))


THREE = likely("cut", "pour", "stir")
TWO = likely("cut", "stir")
UNSURE = {"cut": np.log(0.4), "pour": np.log(0.6)}
READINGS = {first: np.exp(UNSURE[first]) * likely(first, "stir") for first in UNSURE}
BEST = max(READINGS, key=READINGS.get)

TASKS = (
    Task(
        "Two frames of a clip, and how likely a knife (k), a spoon (s) and a jug (j) are in each. If the frames err apart, one multiplies. Do so for each thing. Which thing is it, and how many times as likely as the knife?",
        f"{listed(TOGETHER, lambda value: f'{value:g}')}: the {THINGS[TOGETHER.argmax()]}, {TOGETHER.max() / TOGETHER[0]:g} times",
        "The first frame leans to the knife, but the second is surer of the spoon.",
        (
            Slip("the knife, one frame each", "Counting votes forgets how sure each of them was."),
            Slip("the spoon, 1.2 times", "You added. Frames that err apart are multiplied."),
        ),
        draw_grid(
            SEEN, full=PALE, text=lambda value: f"{value:g}", headings=(["1", "2"], [thing[0] for thing in THINGS])
        ),
    ),
    Task(
        f"A word is right in {WORD:.0%} of cases. A clip has four words, a recipe three clips, and they err apart. How likely is a clip with all four right, and a whole recipe?",
        f"{CLIP:.0%}, and {RECIPE:.0%}",
        "0.9 multiplied by itself four times, and twelve times.",
        (
            Slip("90%, and 90%", "All of them must be right at once, so multiply."),
            Slip("60%, and nothing", "0.1 is not taken away each time. It is multiplied by 0.9."),
        ),
        lines=2,
    ),
    Task(
        "A grammar: a recipe is “cut” and a rest (0.75), or “pour” and a rest (0.25). A rest is “stir” (0.5), or “pour” and a rest (0.5). Draw the tree of “cut, pour, stir”. How likely is this recipe? And “cut, stir”?",
        f"{number(THREE, lambda value: f'{value:g}')}, and {number(TWO, lambda value: f'{value:g}')}",
        "recipe: cut + rest; rest: pour + rest; rest: stir. 0.75 · 0.5 · 0.5. Each rule that is used is multiplied.",
        (
            Slip("1.75", "Probabilities of what must all come true are multiplied."),
            Slip("the same for both", "The longer one uses a rule more."),
        ),
        lines=4,
    ),
    Task(
        "The nets saw two clips. The second is “stir”, for certain. The first is “cut” with 0.4 and “pour” with 0.6. Multiply what was seen with what the grammar above holds likely. Which recipe does it read?",
        f"{BEST}, stir: {READINGS['cut']:g} against {READINGS['pour']:g}",
        "0.4 · 0.75 · 0.5 against 0.6 · 0.25 · 0.5. What usually comes first overrules what was seen a little better.",
        (Slip("pour, stir", "That is what the nets alone would say. Multiply by the rules as well."),),
        lines=3,
    ),
    Task(
        "In the task above the cook did pour first, for once. What did the grammar do, and how sure would the nets have to be of “pour” so that it believes them?",
        f"it overruled them wrongly; more than {0.75:.0%}",
        "With p for pour, p · 0.25 must be above (1 - p) · 0.75. At p = 0.75 both are equal.",
        (
            Slip(
                "more than 50%",
                "That would do without a grammar. With this one, “cut” has three times the weight at the start.",
            ),
        ),
        lines=2,
    ),
)
