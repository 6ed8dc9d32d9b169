"""PlaygroundLab: a whole toy ConvNet that says whether a picture is of an X or an O."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.toy import NETWORKS, PARTS, PICTURES, VALUES
from convnet_core.labs.kit.traits import Choice, NumberList, Numbers
from convnet_core.labs.playground.challenges import CHALLENGES
from convnet_core.pictures import FEATURES, LETTERS, X
from convnet_core.pooling import max_pool2d
from convnet_core.printing import truncated
from convnet_core.relu import relu

TRAINED = NETWORKS["trained"]
MOST_DRAWINGS = 6
NAMES = {"trained": "trained", "random": "trained, from random features", "fitted": "the slides' features"}


class PlaygroundLab(Lab):
    """Chapter 0's lab. With a kernel, every trait can be read and set from Python.

    image: (9, 9). features: (3, 3, 3); feature_bias: (3,), added to each map. weights: (2, 48), what each pooled
    number counts for X and for O; bias: (2,), what each vote begins with. All numbers from -9 to 9. shown: whose
    vote the lab takes apart, "X" or "O". shelf: drawings that the reader keeps, 81 numbers each; `drawings` has them as
    pictures.

    Features and votes were trained together; the features began as the slides' three. `presets` has another network
    that began with random features, and one with the slides' features as they are and votes fitted to them.
    """

    name = "playground"
    title = "Toy ConvNet"
    challenges = CHALLENGES
    presets = {
        "image": PICTURES,
        **{part: {NAMES[name]: network[part] for name, network in NETWORKS.items()} for part in PARTS},
    }

    image = Numbers(X, shapes=[(9, 9)], low=-9, high=9)
    features = Numbers(TRAINED["features"], shapes=[(3, 3, 3)], low=-9, high=9)
    feature_bias = Numbers(TRAINED["feature_bias"], shapes=[(len(FEATURES),)], low=-9, high=9)
    weights = Numbers(TRAINED["weights"], shapes=[(len(LETTERS), VALUES)], low=-9, high=9)
    bias = Numbers(TRAINED["bias"], shapes=[(len(LETTERS),)], low=-9, high=9)
    shown = Choice("X", LETTERS)
    shelf = NumberList([], longest=MOST_DRAWINGS * X.size, low=-9, high=9, personal=True)

    @property
    def drawings(self) -> np.ndarray:
        """What the reader has put on the shelf (N, 9, 9)."""
        return self.shelf[: len(self.shelf) // X.size * X.size].reshape(-1, *X.shape)

    @property
    def feature_names(self) -> list[str]:
        """ "backslash", "cross" or "slash" where a feature has that shape, ink and paper; else its number."""
        shapes = {values.tobytes(): name for name, values in FEATURES.items()}
        names = [shapes.get(np.sign(feature).tobytes()) for feature in self.features]
        return [
            name if name and names.index(name) == place else f"feature {place + 1}" for place, name in enumerate(names)
        ]

    @property
    def feature_maps(self) -> np.ndarray:
        """The match of each feature at each place, plus its bias (3, 7, 7)."""
        # Divided at the end: sums of whole numbers are exact, so a perfect match is exactly 1.
        matches = conv2d(self.image[np.newaxis], self.features[:, np.newaxis]) / self.features[0].size
        return matches + self.feature_bias[:, np.newaxis, np.newaxis]

    @property
    def rectified(self) -> np.ndarray:
        """The maps after ReLU (3, 7, 7)."""
        return relu(self.feature_maps)

    @property
    def pooled(self) -> np.ndarray:
        """The maps after pooling (3, 4, 4)."""
        return max_pool2d(self.rectified)

    @property
    def contributions(self) -> np.ndarray:
        """Each pooled number times its weight, for X and for O (2, 3, 4, 4)."""
        return self.pooled * self.weights.reshape(len(LETTERS), *self.pooled.shape)

    @property
    def votes(self) -> np.ndarray:
        """The vote for X and the vote for O (2,): all contributions and the bias, added up."""
        return self.weights @ self.pooled.reshape(VALUES) + self.bias

    @property
    def answer(self) -> str:
        """The letter with the higher vote; "X" where both are equal."""
        return LETTERS[np.argmax(self.votes)]

    def tables(self) -> str:
        which = LETTERS.index(self.shown)
        grids = [number_table("Image", self.image)]
        for number, name in enumerate(self.feature_names):
            grids += [
                number_table(f"Pixels of {name}", self.features[number]),
                number_table(f"Map of {name}", self.feature_maps[number], truncated),
                number_table(f"Map of {name} after ReLU", self.rectified[number], truncated),
                number_table(f"Map of {name}, pooled", self.pooled[number], truncated),
                number_table(f"Votes of {name} for {self.shown}", self.contributions[which, number], truncated),
            ]
        votes = ", ".join(f"{letter} {truncated(vote)}" for letter, vote in zip(LETTERS, self.votes, strict=True))
        grids.append(f"<p>Votes: {votes}. It says {self.answer}.</p>")
        return "\n".join(grids)
