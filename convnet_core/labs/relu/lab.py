"""ReLULab: a map before and after the bend, the bend as a curve, and what becomes of it all under pooling."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import DETECTORS, convolve_loops, feature_map
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.traits import Choice, Flag, Number, Numbers, Whole
from convnet_core.labs.relu.challenges import CHALLENGES
from convnet_core.pictures import FACE, FEATURES, X
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.printing import plain, truncated
from convnet_core.relu import bend

MOST_CELLS = 7 * 7
NEAR = 1e-9  # sums in another order differ by less


class ReLULab(Lab):
    """Chapter 5's lab. With a kernel, every trait can be read and set from Python.

    map: (7, 7), (5, 5) or (4, 4), numbers from -9 to 9. threshold, slope: -1 to 1; numbers above the threshold
    stay, the others are multiplied by the slope, so 0 and 0 make a ReLU. row, column: the cell that is
    explained, and the window that it lies in. step: how many cells of the map after are filled in. compare:
    shows the bend before and after pooling, side by side. pooling: "max" or "average", with windows of 2 that
    move by 2, partial windows kept.
    """

    name = "relu"
    title = "ReLU lab"
    challenges = CHALLENGES
    presets = {
        "map": {
            **{name: feature_map(X, feature) for name, feature in FEATURES.items()},
            "lecture": convolve_loops(FACE, DETECTORS["detector1"]),
            "zeros": np.zeros((4, 4)),
        },
    }

    map = Numbers(presets["map"]["backslash"], shapes=[(7, 7), (5, 5), (4, 4)], low=-9, high=9)
    threshold = Number(0, low=-1, high=1)
    slope = Number(0, low=-1, high=1)
    row = Whole(0, low=0, high=6)
    column = Whole(0, low=0, high=6)
    step = Whole(MOST_CELLS, low=0, high=MOST_CELLS)
    compare = Flag(False)
    pooling = Choice("max", ["max", "average"])
    speed = Choice("fast", ["slow", "normal", "fast"])

    @property
    def map_after(self) -> np.ndarray:
        """The map with each number bent: of the map's shape."""
        return self._bent(self.map)

    @property
    def pooled_map(self) -> np.ndarray:
        """The map pooled, and not bent (H', W')."""
        return self._pooled(self.map)

    @property
    def bent_then_pooled(self) -> np.ndarray:
        """The order of the slides (H', W')."""
        return self._pooled(self.map_after)

    @property
    def pooled_then_bent(self) -> np.ndarray:
        """The other order (H', W')."""
        return self._bent(self.pooled_map)

    def _bent(self, values) -> np.ndarray:
        return bend(values, self.threshold, self.slope)

    def _pooled(self, values) -> np.ndarray:
        return max_pool2d(values) if self.pooling == "max" else avg_pool2d(values)

    def tables(self) -> str:
        is_whole = np.array_equal(self.map, np.rint(self.map))

        def print_value(value) -> str:
            """On the slides, a cleared cell is a bare 0."""
            return plain(value) if is_whole or abs(value) <= NEAR else truncated(value)

        after = number_table("Map after", self.map_after, print_value)
        tables = [
            number_table("Map", self.map, print_value),
            folded("Show the map after", after) if self.step == 0 else after,
        ]
        if self.compare:
            tables.append(number_table("Bend first, then pool", self.bent_then_pooled, print_value))
            tables.append(number_table("Pool first, then bend", self.pooled_then_bent, print_value))
        return "\n".join(tables)
