"""FilteringLab: one feature at one place of one picture, multiplied, added up and divided."""

from __future__ import annotations

import numpy as np

from convnet_core import convolution, filtering
from convnet_core.labs.filtering.challenges import CHALLENGES
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.toy import NETWORKS
from convnet_core.labs.kit.traits import Choice, Flag, Numbers, Whole
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X
from convnet_core.printing import plain, truncated

LAST_STEP = 11  # nine products, the sum, the division


class FilteringLab(Lab):
    """Chapter 2's lab. With a kernel, every trait can be read and set from Python.

    image (9, 9) and feature (3, 3): numbers from -9 to 9. row, column: the window's upper left
    pixel, 0 to 6. step: how much of the match is shown, 0 (nothing) to 11 (all). guess_first hides
    the result until the reader has guessed it.
    """

    name = "filtering"
    title = "Filtering lab"
    challenges = CHALLENGES
    presets = {
        "image": {"X": X, "trickier X": TRICKIER_X, "O": O, "blank": BLANK},
        "feature": FEATURES,
        "toy": dict(zip(FEATURES, np.array(NETWORKS["trained"]["features"]), strict=True)),
    }

    image = Numbers(X, shapes=[(9, 9)], low=-9, high=9)
    feature = Numbers(FEATURES["backslash"], shapes=[(3, 3)], low=-9, high=9)
    row = Whole(1, low=0, high=6)
    column = Whole(1, low=0, high=6)
    step = Whole(LAST_STEP, low=0, high=LAST_STEP)
    guess_first = Flag(False)
    speed = Choice("normal", ["slow", "normal", "fast"])

    @property
    def patch(self) -> np.ndarray:
        """The (3, 3) pixels under the window."""
        return filtering.patch_at(self.image, self.feature.shape, self.row, self.column)

    @property
    def products(self) -> np.ndarray:
        """Patch times feature, pixel by pixel (3, 3)."""
        return filtering.products(self.patch, self.feature)

    @property
    def result(self) -> float:
        """The match at the window: the products added up and divided by nine."""
        return filtering.match(self.patch, self.feature)

    @property
    def feature_map(self) -> np.ndarray:
        """The match at every place of the picture (7, 7)."""
        return convolution.feature_map(self.image, self.feature)

    def tables(self) -> str:
        place = f"row {self.row + 1}, column {self.column + 1}"
        tables = [
            number_table("Image", self.image),
            number_table("Feature", self.feature),
            number_table(f"Patch at {place}", self.patch),
        ]
        total = f"<p>Added up: {plain(self.products.sum())}. Divided by 9: {truncated(self.result)}.</p>"
        result = f"{number_table('Products of patch and feature', self.products)}\n{total}"
        tables.append(folded("Show the result", result) if self.guess_first else result)
        return "\n".join(tables)
