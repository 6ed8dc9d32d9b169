"""The exercises of chapter 2, filtering."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np

from convnet_core import filtering, printing
from convnet_core.exercises.checker import Slip, check
from convnet_core.pictures import FEATURES, X

ARM, CROSSING, CORNER = X[1:4, 1:4], X[3:6, 3:6], X[0:3, 5:8]
PATCHES = [(patch, feature) for patch in (ARM, CROSSING, CORNER) for feature in FEATURES.values()]


def check_match(function) -> None:
    """Checks `function(patch, feature)` -> the match, a float."""
    slips = [
        Slip(lambda p, f: (p * f).sum(), "Your result is 9 times too large: did you divide by the number of pixels?"),
        Slip(lambda p, f: np.abs(p * f).sum() / f.size, "The minus signs got lost. 1 times -1 is -1, and it counts against the match."),
        Slip(lambda p, f: (p == f).sum() / f.size, "That is the share of pixels that agree. Multiply the pixels instead: one that differs takes 1 away."),
        Slip(lambda p, f: (p * f).sum() / len(f), "You divided by the number of rows. The slides divide by the number of pixels: `feature.size`."),
        Slip(lambda p, f: p * f / f.size, "You multiplied and divided. What is missing is the adding up: `.sum()`."),
        Slip(lambda p, f: (p * f[::-1, ::-1]).sum() / f.size, "The feature is turned by half a turn. Lay it on as it is."),
        Slip(lambda p, f: (p @ f).sum() / f.size, "`@` is a matrix product: it mixes rows with columns. `*` multiplies pixel by pixel."),
        Slip(lambda p, f: float(printing.truncated(filtering.match(p, f))), "Very close: you cut off the decimals. Leave that to the printing, and return the exact number."),
    ]
    # One feature of another size, so that a 9 written into the code shows.
    cases = [*PATCHES, (X[2:7, 2:7], np.eye(5) * 2 - 1)]
    fixed = Slip(lambda p, f: (p * f).sum() / 9, "A feature of 5 by 5 has 25 pixels. Divide by `feature.size`, whatever it is.")
    check(function, filtering.match, cases, [fixed, *slips], "Multiply, add up, divide: that is filtering.")


def check_best_feature(function) -> None:
    """Checks `function(patch, features)` -> the name of the feature that matches best."""

    def best(patch, features, sign=1):
        return max(features, key=lambda name: sign * filtering.match(patch, features[name]))

    def loudest(patch, features):
        return max(features, key=lambda name: abs(filtering.match(patch, features[name])))

    slips = [
        Slip(loudest, "-0.77 is far from a match: it is nearly the opposite. Compare the numbers with their signs."),
        Slip(lambda p, fs: best(p, fs, -1), "Your function picks the worst match. The largest number wins."),
        Slip(lambda p, fs: max(filtering.match(p, f) for f in fs.values()), "That is the best match itself. Wanted is the name of its feature."),
        Slip(lambda p, fs: fs[best(p, fs)], "That is the feature itself. Wanted is its name, such as 'slash'."),
    ]
    negative = -np.array(FEATURES["cross"])
    negative[0, 0] = 1
    cases = [(patch, FEATURES) for patch in (ARM, CROSSING, X[1:4, 5:8], negative)]
    check(function, best, cases, slips, "A ConvNet does this with many features at once.")


def check_as_printed(function) -> None:
    """Checks `function(value)` -> the text that the slides print."""

    def decimal(rounding):
        return lambda value: str(Decimal(repr(value)).quantize(Decimal("0.01"), rounding))

    slips = [
        Slip(decimal(ROUND_HALF_UP), "You rounded. The slides cut: 7/9 is 0.777..., printed 0.77."),
        Slip(lambda value: f"{value:.2f}", "You rounded. The slides cut: 7/9 is 0.777..., printed 0.77."),
        Slip(lambda value: round(value, 2), "You rounded, and returned a number. The slides cut (7/9 is printed 0.77), and text is wanted."),
        Slip(decimal(ROUND_FLOOR), "Below zero, you cut away from zero: -5/9 is printed -0.55, not -0.56."),
        Slip(lambda value: float(printing.truncated(value)), "The number is right. Wanted is its text, with two decimals: '1.00'."),
        Slip(lambda value: str(float(printing.truncated(value))), "Two decimals always: 1 is printed '1.00'."),
    ]
    cases = [(value,) for value in (7 / 9, 5 / 9, -5 / 9, -1 / 9, 1.0, 1 / 3)]
    check(function, printing.truncated, cases, slips, "Now you can compare your numbers with the slides, digit by digit.")
