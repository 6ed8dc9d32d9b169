"""The exercises of chapter 2, filtering."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np

from convnet_core import filtering, printing
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import FEATURES, X

PATCHES = {
    "the upper left arm of the X": X[1:4, 1:4],
    "the crossing of the X": X[3:6, 3:6],
    "the corner X[0:3, 5:8]": X[0:3, 5:8],
}
# It looks different after every turn and in every mirror, which the slides' features do not.
LOPSIDED = np.array([[1, 1, -1], [-1, 1, -1], [-1, -1, -1]])

NOT_DIVIDED = (
    "Your result is as many times too large as the feature has pixels (9 times for 3 by 3): "
    "did you divide by the number of pixels?"
)
INK_ONLY = "You divided by the number of ink pixels. Paper counts as well: divide by all of them, `feature.size`."
TURNED = "The feature is turned through half a turn. Lay it on as it is."
CUT = "Very close: you cut off the decimals. Leave that to the printing, and return the exact number."
ROUNDED = "Very close: you rounded. Leave that to the printing, and return the exact number."
ONE_AND_MINUS_ONE = "Your code is right where all pixels are 1 or -1, and wrong for other numbers: multiply pixel by pixel, add up, divide by the number of pixels."


def check_match(function) -> None:
    """Checks `function(patch, feature)` -> the match, a float."""
    check(function, MATCH)


MATCH = Exercise(
    right=filtering.match,
    cases=[
        *(Case((patch, feature), f"{place} with the feature {name}") for place, patch in PATCHES.items() for name, feature in FEATURES.items()),
        Case((PATCHES["the corner X[0:3, 5:8]"], LOPSIDED), "the corner X[0:3, 5:8] with a lopsided feature"),
        Case((X[2:7, 2:7], np.eye(5) * 2 - 1), "a patch and a feature of 5 by 5", "Your code is right for features of 3 by 3, not for one of 5 by 5: take the sizes from the arrays."),
        Case((X[3:5, 3:6], FEATURES["cross"][:2]), "a patch and a feature of 2 by 3", "Your code is right for square features, not for one of 2 by 3: divide by `feature.size`."),
        Case((np.array([[2, -1, 0.5], [-3, 1, 4]]), np.array([[1, 0.5, -2], [2, -1, 1]])), "pixels such as 0.5 and -3", ONE_AND_MINUS_ONE),
    ],
    slips=[
        Slip(lambda p, f: (p * f).sum() / 9, "A feature of 5 by 5 has 25 pixels. Divide by `feature.size`, whatever it is."),
        Slip(lambda p, f: (p * f).sum(), NOT_DIVIDED),
        Slip(lambda p, f: np.abs(p * f).sum() / f.size, "The minus signs got lost. 1 times -1 is -1, and it counts against the match."),
        Slip(lambda p, f: (p == f).sum() / f.size, "That is the share of pixels that agree. Multiply the pixels instead: one that differs takes 1 away."),
        Slip(lambda p, f: 2 * (p == f).mean() - 1, "You counted the pixels that agree: the same only if all pixels are 1 or -1. Multiply them, and it works for any numbers."),
        Slip(lambda p, f: (p * f).sum() / np.sqrt((p**2).sum() * (f**2).sum()), "That is the cosine of the angle between the two: the same only if all pixels are 1 or -1. The slides divide by the number of pixels."),
        Slip(lambda p, f: (p * f).sum() / f.shape[0], "You divided by the number of rows. The slides divide by the number of pixels: `feature.size`."),
        Slip(lambda p, f: (p * f).sum() / f.shape[1], "You divided by the number of columns. The slides divide by the number of pixels: `feature.size`."),
        Slip(lambda p, f: (p * f).sum() / (f > 0).sum(), INK_ONLY),
        Slip(lambda p, f: (p * f).sum() / (f == 1).sum(), INK_ONLY),
        Slip(lambda p, f: p * f / f.size, "You multiplied and divided. What is missing is the adding up: `.sum()`."),
        Slip(lambda p, f: p * f, "You multiplied. What is missing is the adding up, `.sum()`, and then the division."),
        Slip(lambda p, f: p[0, 0] * f[0, 0] / f.size, "Only the first pixel counts. `return` ends the loop as well: put it behind the loop, as far left as `for`."),
        Slip(lambda p, f: p[0, 0] * f[0, 0], "Only the first pixel counts. `return` ends the loop as well: put it behind the loop, as far left as `for`."),
        Slip(lambda p, f: (p * f[::-1, ::-1]).sum() / f.size, TURNED),
        Slip(lambda p, f: (p @ f).sum() / f.size, "`@` is a matrix product: it mixes rows with columns. `*` multiplies pixel by pixel."),
        Slip(lambda p, f: float(printing.truncated(filtering.match(p, f))), CUT),
        *(Slip(lambda p, f, digits=digits: round(filtering.match(p, f), digits), ROUNDED) for digits in range(5)),
    ],
    praise="Multiply, add up, divide: that is filtering.",
    tried="patch",
)


def check_best_feature(function) -> None:
    """Checks `function(patch, features)` -> the name of the feature that matches best."""
    check(function, BEST_FEATURE)


def best(patch, features, score=lambda match: match):
    """The name of the feature whose match has the highest score."""
    return max(features, key=lambda name: score(filtering.match(patch, features[name])))


def best_above_zero(name_before):
    """The search that takes 0 for the best match so far, and so starts with a name that may stay."""

    def search(patch, features):
        name = best(patch, features)
        return name if filtering.match(patch, features[name]) > 0 else name_before

    return search


# Unlike all three features: its matches are -7/9, -7/9 and, with the slash, -3/9.
UNLIKE_ALL = -np.array(FEATURES["cross"])
UNLIKE_ALL[0, 2] = 1

# Its matches are -3/9, -3/9 and, with the slash, 1/9.
A_LITTLE_ALIKE = np.array([[-1, 1, 1], [1, -1, -1], [-1, -1, -1]])

BEST_FEATURE = Exercise(
    right=best,
    cases=[
        Case((X[1:4, 1:4], FEATURES), "the upper left arm of the X"),
        Case((X[3:6, 3:6], FEATURES), "the crossing of the X"),
        Case((X[1:4, 5:8], FEATURES), "the upper right arm of the X"),
        Case((UNLIKE_ALL, FEATURES), "a patch that is unlike all features"),
        Case((A_LITTLE_ALIKE, FEATURES), "a patch that is a little like the slash"),
        Case((np.array([[1, -1], [1, -1]]), {"bar": np.array([[-1, -1], [1, 1]]), "post": np.array([[1, -1], [1, -1]])}), "two features with other names", "Your code is right for the three features of the slides, not for others: go through what it is handed, `features.items()`."),
    ],
    slips=[
        Slip(lambda p, fs: best(p, fs, abs), "-0.77 is far from a match: it is nearly the opposite. Compare the numbers with their signs."),
        Slip(lambda p, fs: best(p, fs, lambda match: -match), "Your function picks the worst match. The largest number wins."),
        Slip(lambda p, fs: (best(p, fs), 1.0), "That is more than the name, a pair perhaps. Return the name alone."),
        Slip(lambda p, fs: filtering.match(p, fs[best(p, fs)]), "That is the best match itself. Wanted is the name of its feature."),
        Slip(lambda p, fs: fs[best(p, fs)], "That is the feature itself. Wanted is its name, such as 'slash'."),
        Slip(lambda p, fs: list(fs).index(best(p, fs)), "That is the place of the feature in the dictionary. Wanted is its name, such as 'slash'."),
        *(Slip(best_above_zero(name), "The best match can lie below zero. Start from the first feature, or from `-np.inf`, not from 0.") for name in (None, "", "backslash")),
    ],
    praise="A ConvNet does not even choose: it keeps the matches of all its features, and later layers weigh them.",
    tried="patch",
)


def check_as_printed(function) -> None:
    """Checks `function(value)` -> the text that the slides print."""
    check(function, AS_PRINTED)


def decimal(rounding):
    """Two decimals, exactly as the rounding rule says."""
    return lambda value: str(Decimal(repr(value)).quantize(Decimal("0.01"), rounding))


YOU_ROUNDED = "You rounded. The slides cut: 7/9 is 0.777..., printed 0.77."

AS_PRINTED = Exercise(
    right=printing.truncated,
    cases=[
        *(Case((over_nine / 9,), f"{over_nine}/9") for over_nine in (7, 5, -5, -1, 3)),
        Case((1.0,)),
        Case((-0.001,), trap="-0.001 is printed '0.00': zero has no sign."),
        Case((0.9999,), trap="0.9999 is printed '0.99': on the way to two decimals, your code rounds."),
    ],
    slips=[
        Slip(decimal(ROUND_HALF_UP), YOU_ROUNDED),
        Slip(lambda value: str(round(value, 2)), YOU_ROUNDED),
        Slip(lambda value: round(value, 2), "You rounded, and returned a number. The slides cut (7/9 is printed 0.77), and text is wanted."),
        Slip(decimal(ROUND_FLOOR), "Below zero, you cut away from zero: -5/9 is printed -0.55, not -0.56."),
        Slip(lambda value: str(value)[:4], "You cut the text after 4 characters. The minus sign takes one of them, and '1.0' has only 3."),
        Slip(lambda value: float(printing.truncated(value)), "The number is right. Wanted is its text, with two decimals: '1.00'."),
        Slip(lambda value: str(float(printing.truncated(value))), "Two decimals always: 1 is printed '1.00'."),
    ],
    praise="Now you can compare your numbers with the slides.",
    tried="number",
)
