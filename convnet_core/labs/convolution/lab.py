"""ConvolutionLab: a stack of features tried at every place of a picture, one map for each."""

from __future__ import annotations

import numpy as np
import traitlets

from convnet_core.convolution import DETECTORS, conv2d, flip
from convnet_core.filtering import KERNELS
from convnet_core.labs.convolution.challenges import CHALLENGES
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.traits import Choice, Flag, Numbers, Whole
from convnet_core.pictures import BINARY, BLANK, FACE, FEATURES, TRICKIER_X, O, X
from convnet_core.printing import plain, truncated

MOST_FEATURES = 6
MOST_CELLS = 11 * 11  # the map of a 9x9 picture with a padding of 2


class ConvolutionLab(Lab):
    """Chapter 3's lab. With a kernel, every trait can be read and set from Python.

    image: (9, 9) or (7, 7). features: (F, 3, 3), one to six of them; `feature` is the chosen one.
    All numbers from -9 to 9. stride: 1 to 3. padding: 0 to 2 zeros on each side. divide: by the
    feature's nine pixels, as on the slides. add_bias: adds `bias`, one number for each feature.
    flip_features: turns each feature through half a turn first, a convolution in the mathematical sense.
    row, column: the map cell that is explained. step: how many map cells are filled in.
    """

    name = "convolution"
    title = "Convolution lab"
    challenges = CHALLENGES
    presets = {
        "image": {"X": X, "trickier X": TRICKIER_X, "O": O, "face": FACE, "binary": BINARY, "blank": BLANK},
        "feature": {
            **FEATURES,
            **DETECTORS,
            "ones": KERNELS["smoothing"],
            "plus": np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]]),
            "zeros": np.zeros((3, 3)),
        },
    }

    image = Numbers(X, shapes=[(9, 9), (7, 7)], low=-9, high=9)
    features = Numbers(
        list(FEATURES.values()), shapes=[(count, 3, 3) for count in range(1, MOST_FEATURES + 1)], low=-9, high=9
    )
    chosen = Whole(0, low=0, high=MOST_FEATURES - 1)
    stride = Whole(1, low=1, high=3)
    padding = Whole(0, low=0, high=2)
    divide = Flag(True)
    add_bias = Flag(False)
    bias = Numbers(np.zeros(MOST_FEATURES), shapes=[(MOST_FEATURES,)], low=-9, high=9)
    flip_features = Flag(False)
    row = Whole(1, low=0, high=10)
    column = Whole(1, low=0, high=10)
    step = Whole(MOST_CELLS, low=0, high=MOST_CELLS)
    speed = Choice("fast", ["slow", "normal", "fast"])

    def __init__(self, **state):
        feature = state.pop("feature", None)
        super().__init__(**state)
        if feature is not None:
            self.feature = feature

    @property
    def feature(self) -> np.ndarray:
        """The chosen feature (3, 3); assigning one puts it in the chosen one's place."""
        return self.features[self._chosen_index]

    @feature.setter
    def feature(self, values) -> None:
        if np.shape(values) != (3, 3):
            raise traitlets.TraitError("ConvolutionLab.feature has the wrong shape: wanted 3 x 3 numbers")
        features = np.array(self.features)
        features[self._chosen_index] = values
        self.features = features

    @property
    def feature_maps(self) -> np.ndarray:
        """One map for each feature (F, H', W')."""
        features = flip(self.features) if self.flip_features else self.features
        sums = conv2d(self.image[np.newaxis], features[:, np.newaxis], stride=self.stride, padding=self.padding)
        bias = self.bias[: len(features), np.newaxis, np.newaxis] if self.add_bias else 0.0
        return sums / (self.feature.size if self.divide else 1) + bias

    @property
    def feature_map(self) -> np.ndarray:
        """The chosen feature's map (H', W')."""
        return self.feature_maps[self._chosen_index]

    @property
    def _chosen_index(self) -> int:
        """`chosen`, or the last feature where there are not that many."""
        return min(self.chosen, len(self.features) - 1)

    def tables(self) -> str:
        print_value = truncated if self.divide else plain
        features = [number_table(f"Feature {number}", feature) for number, feature in enumerate(self.features, start=1)]
        maps = "\n".join(
            number_table(f"Map of feature {number}", feature_map, print_value)
            for number, feature_map in enumerate(self.feature_maps, start=1)
        )
        shown_maps = folded("Show the maps", maps) if self.step == 0 else maps
        return "\n".join([number_table("Image", self.image), *features, shown_maps])
