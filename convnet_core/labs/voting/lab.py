"""VotingLab: the pooled numbers as one list, and the vote of each for X and for O."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.stored import stored
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.toy import NETWORKS, PICTURES, VALUES
from convnet_core.labs.kit.traits import Choice, Flag, Numbers, Whole
from convnet_core.labs.voting.challenges import CHALLENGES
from convnet_core.pictures import FEATURES, LETTERS, X
from convnet_core.pooling import max_pool2d
from convnet_core.printing import plain, truncated
from convnet_core.relu import relu
from convnet_core.voting import linear, softmax

HIDDEN = stored("voting")  # tools/voting_weights.py
FITTED = NETWORKS["fitted"]  # least squares, on the slides' features: tools/playground_weights.py
UNITS = 3


class VotingLab(Lab):
    """Chapter 7's lab. With a kernel, every trait can be read and set from Python.

    image: (9, 9). weights: (2, 48), what each value of the list counts for X and for O; bias: (2,), what each vote
    begins with. hidden: whether three hidden units come in between, with hidden_weights (3, 48) and
    hidden_bias (3,); then out_weights (2, 3) and out_bias (2,) make the votes. All numbers from -9 to 9.
    shown and unit: whose weights are in the grids, without and with hidden units; units count from 1.
    """

    name = "voting"
    title = "Voting lab"
    challenges = CHALLENGES
    presets = {
        "image": PICTURES,
        "feature": FEATURES,
        "weights": {"fitted": FITTED["weights"], "all 0": np.zeros((len(LETTERS), VALUES))},
        "bias": {"fitted": FITTED["bias"]},
    }

    image = Numbers(X, shapes=[(9, 9)], low=-9, high=9)
    weights = Numbers(FITTED["weights"], shapes=[(len(LETTERS), VALUES)], low=-9, high=9)
    bias = Numbers(FITTED["bias"], shapes=[(len(LETTERS),)], low=-9, high=9)
    shown = Choice("X", LETTERS)
    hidden = Flag(False)
    hidden_weights = Numbers(HIDDEN["hidden_weights"], shapes=[(UNITS, VALUES)], low=-9, high=9)
    hidden_bias = Numbers(HIDDEN["hidden_bias"], shapes=[(UNITS,)], low=-9, high=9)
    out_weights = Numbers(HIDDEN["out_weights"], shapes=[(len(LETTERS), UNITS)], low=-9, high=9)
    out_bias = Numbers(HIDDEN["out_bias"], shapes=[(len(LETTERS),)], low=-9, high=9)
    unit = Whole(1, low=1, high=UNITS)

    @property
    def pooled(self) -> np.ndarray:
        """The three small maps (3, 4, 4): convolution, ReLU, pooling."""
        features = np.stack(list(FEATURES.values()))
        # Divided at the end: sums of whole numbers are exact, so a perfect match is exactly 1.
        maps = conv2d(self.image[np.newaxis], features[:, np.newaxis]) / features[0].size
        return max_pool2d(relu(maps))

    @property
    def values(self) -> np.ndarray:
        """The small maps as one list (48,): map by map, row by row."""
        return self.pooled.reshape(VALUES)

    @property
    def hidden_values(self) -> np.ndarray:
        """The intermediate votes after ReLU (3,), whether they are in use or not."""
        return relu(linear(self.values, self.hidden_weights, self.hidden_bias))

    @property
    def votes(self) -> np.ndarray:
        """The vote for X and the vote for O (2,)."""
        if self.hidden:
            return linear(self.hidden_values, self.out_weights, self.out_bias)
        return linear(self.values, self.weights, self.bias)

    @property
    def probabilities(self) -> np.ndarray:
        """The votes as probabilities (2,), by softmax."""
        return softmax(self.votes)

    @property
    def answer(self) -> str:
        """The letter with the higher vote; "X" where both are equal."""
        return LETTERS[np.argmax(self.votes)]

    def tables(self) -> str:
        weights, whose = self._weights_shown()
        grids = [number_table("Image", self.image)]
        for number, name in enumerate(FEATURES):
            grids += [
                number_table(f"Map of {name}, pooled", self.pooled[number], truncated),
                number_table(f"Weights of {name} {whose}", weights.reshape(self.pooled.shape)[number]),
            ]
        if self.hidden:
            grids += [
                number_table("Hidden units", self.hidden_values[np.newaxis], truncated),
                number_table("Weights of the units, for X and for O", self.out_weights),
            ]
        biases = ", ".join(map(plain, self.out_bias if self.hidden else self.bias))
        said = [
            f"{letter} {truncated(vote)} ({share:.1%})"
            for letter, vote, share in zip(LETTERS, self.votes, self.probabilities, strict=True)
        ]
        grids.append(f"<p>Biases of the votes: {biases}. Votes: {', '.join(said)}. It says {self.answer}.</p>")
        return "\n".join(grids)

    def _weights_shown(self):
        if self.hidden:
            return self.hidden_weights[self.unit - 1], f"for unit {self.unit}"
        return self.weights[LETTERS.index(self.shown)], f"for {self.shown}"
