"""PoolingLab: a window walks over a map and keeps one number at every stop."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import DETECTORS, convolve_loops, feature_map
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.traits import Choice, Numbers, Whole
from convnet_core.labs.pooling.challenges import CHALLENGES
from convnet_core.pictures import BLANK, FACE, FEATURES, TRICKIER_X, O, X, shift
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.printing import plain, truncated

OWN = "numbers"  # the source of a map that comes from no picture
MOST_CELLS = 8 * 8  # of a pooled map: a padded window of 2 that moves by 1
NEAR = 1e-9  # sums in another order differ by less

MENDED = convolve_loops(FACE, DETECTORS["detector1"])
PRINTED = MENDED.copy()
PRINTED[2, 2] = 1  # as the lecture has it


class PoolingLab(Lab):
    """Chapter 4's lab. With a kernel, every trait can be read and set from Python.

    source: the map to pool, a feature's name for its map of `image`, or "numbers" for `numbers`.
    image: (9, 9). shift_down, shift_right: -2 to 2, by how many pixels it is moved first.
    numbers: (7, 7) or (5, 5). Both hold numbers from -9 to 9. kind: "max" or "average".
    window: 2 to 4. stride: 1 to 4. edge: what becomes of windows that hang over the edge, "kept",
    "dropped", or "padded" (with half a window on every side, then dropped). row, column: the pooled
    cell that is explained. step: how many pooled cells are filled in.
    """

    name = "pooling"
    title = "Pooling lab"
    challenges = CHALLENGES
    presets = {
        "image": {"X": X, "trickier X": TRICKIER_X, "O": O, "blank": BLANK},
        "feature": FEATURES,
        "numbers": {"printed": PRINTED, "mended": MENDED},
    }

    source = Choice("backslash", [*FEATURES, OWN])
    image = Numbers(X, shapes=[(9, 9)], low=-9, high=9)
    shift_down = Whole(0, low=-2, high=2)
    shift_right = Whole(0, low=-2, high=2)
    numbers = Numbers(PRINTED, shapes=[(7, 7), (5, 5)], low=-9, high=9)
    kind = Choice("max", ["max", "average"])
    window = Whole(2, low=2, high=4)
    stride = Whole(2, low=1, high=4)
    edge = Choice("kept", ["kept", "dropped", "padded"])
    row = Whole(0, low=0, high=7)
    column = Whole(0, low=0, high=7)
    step = Whole(MOST_CELLS, low=0, high=MOST_CELLS)
    speed = Choice("normal", ["slow", "normal", "fast"])

    @property
    def map(self) -> np.ndarray:
        """The map that is pooled: (7, 7), or (5, 5) of `numbers`."""
        if self.source == OWN:
            return self.numbers
        return feature_map(shift(self.image, self.shift_down, self.shift_right), FEATURES[self.source])

    @property
    def pooled_map(self) -> np.ndarray:
        """One number for each stop of the window (H', W')."""
        return self._pooled(self.map)

    @property
    def unshifted_pooled_map(self) -> np.ndarray:
        """The pooled map as it is without the shift (H', W')."""
        return self._pooled(self.numbers if self.source == OWN else feature_map(self.image, FEATURES[self.source]))

    @property
    def unchanged(self) -> int:
        """How many cells of the pooled map are the same with and without the shift."""
        return int((np.abs(self.pooled_map - self.unshifted_pooled_map) <= NEAR).sum())

    @property
    def padding(self) -> int:
        """How many rows and columns of padding there are on every side."""
        return self.window // 2 if self.edge == "padded" else 0

    def _pooled(self, values) -> np.ndarray:
        pool = max_pool2d if self.kind == "max" else avg_pool2d
        return pool(values, self.window, self.stride, self.padding, ceil_mode=self.edge == "kept")

    def tables(self) -> str:
        print_value = plain if np.array_equal(self.map, np.rint(self.map)) else truncated
        pooled = number_table("Pooled map", self.pooled_map, print_value)
        tables = [
            number_table("Map", self.map, print_value),
            folded("Show the pooled map", pooled) if self.step == 0 else pooled,
        ]
        if self.source != OWN:
            tables.insert(0, number_table("Picture", shift(self.image, self.shift_down, self.shift_right)))
        return "\n".join(tables)
