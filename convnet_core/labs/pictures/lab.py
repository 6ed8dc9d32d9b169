"""PicturesLab: a letter, its numbers, the tricks played on it, and what a literal comparison makes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, Numbers, Whole
from convnet_core.labs.pictures.challenges import CHALLENGES
from convnet_core.pictures import (
    BLANK,
    FEATURES,
    TRICKIER_X,
    O,
    X,
    flip_pixels,
    mismatches,
    rotate,
    scale,
    shift,
    thicken,
    thin,
)

FURTHEST = 4  # pixels that a shift may go: half the picture


class Fit(NamedTuple):
    """Where a piece fits a picture best.

    agreeing  how many of the piece's pixels agree there
    places    (row, column) of the upper left pixel of each such place, from 0
    """

    agreeing: int
    places: list


def best_fit(image, piece) -> Fit:
    """Where the piece agrees with the picture in the most pixels.

    image  (H, W)
    piece  (kH, kW), no larger than the picture
    """
    agreeing = (sliding_window_view(image, piece.shape) == piece).sum(axis=(2, 3))
    most = agreeing.max()
    return Fit(int(most), [tuple(place) for place in np.argwhere(agreeing == most).tolist()])


class PicturesLab(Lab):
    """Chapter 1's lab. With a kernel, every trait can be read and set from Python.

    image: (9, 9), numbers from -1 (paper) to 1 (ink). The tricks are played on it in this order: turn (degrees,
    clockwise), size (percent), pen (-1 thinner, 1 or 2 times thicker), shift_down and shift_right (pixels), noise
    (how many pixels are flipped; noise_order, (9, 9): those with the smallest numbers come first, of equal ones
    the first in reading order). `picture` is what comes out. standard: the letter that it is compared with.
    piece: the one whose places are framed.
    """

    name = "pictures"
    title = "Pictures lab"
    challenges = CHALLENGES
    presets = {"image": {"X": X, "trickier X": TRICKIER_X, "O": O, "blank": BLANK}, "piece": FEATURES}

    image = Numbers(X, shapes=[X.shape], low=-1, high=1)
    turn = Whole(0, low=-90, high=90)
    size = Whole(100, low=50, high=150)
    pen = Whole(0, low=-1, high=2)
    shift_down = Whole(0, low=-FURTHEST, high=FURTHEST)
    shift_right = Whole(0, low=-FURTHEST, high=FURTHEST)
    noise = Whole(0, low=0, high=20)
    noise_order = Numbers(
        np.random.default_rng(1).permutation(X.size).reshape(X.shape), shapes=[X.shape], low=0, high=X.size - 1
    )
    standard = Choice("X", ["X", "O"])
    piece = Choice("none", ["none", *FEATURES])

    @property
    def picture(self) -> np.ndarray:
        """The image with all tricks played on it (9, 9). A trick that is off leaves every pixel as it is."""
        image = self.image
        if self.turn != 0:
            image = rotate(image, self.turn)
        if self.size != 100:
            image = scale(image, self.size / 100)
        for _ in range(abs(self.pen)):
            image = thicken(image) if self.pen > 0 else thin(image)
        image = shift(image, self.shift_down, self.shift_right)
        return flip_pixels(image, np.argsort(self.noise_order, axis=None, kind="stable")[: self.noise])

    @property
    def mismatches(self) -> np.ndarray:
        """True where the picture differs from the standard letter (9, 9)."""
        return mismatches(self.picture, self.presets["image"][self.standard])

    @property
    def fits(self) -> dict[str, Fit]:
        """Where each piece fits the picture best, by name."""
        return {name: best_fit(self.picture, piece) for name, piece in FEATURES.items()}

    def tables(self) -> str:
        differ = int(self.mismatches.sum())
        standard = self.presets["image"][self.standard]
        same = "yes" if differ == 0 else "no"
        places = "; ".join(
            f"{name}: {fit.agreeing} of 9 pixels agree, in {_times_in_words(len(fit.places))}"
            for name, fit in self.fits.items()
        )
        return "\n".join(
            [
                number_table("Picture", self.picture),
                number_table(f"The standard {self.standard}", standard),
                f"<p>{differ} of {X.size} pixels differ, {X.size - differ} are the same. The same picture? {same}.</p>",
                f"<p>Where each piece fits the picture best: {places}.</p>",
            ]
        )


def _times_in_words(count: int) -> str:
    return f"{count} {'place' if count == 1 else 'places'}"
