"""WiggleLab: every number of a small network, adjusted up and down a bit to see how the error changes."""

from __future__ import annotations

import numpy as np

from convnet_core.backprop import absolute_error, cross_entropy, mean_squared_error, numerical_gradient
from convnet_core.convolution import Conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, Flag, Number, Numbers, Whole
from convnet_core.labs.wiggle.challenges import CHALLENGES
from convnet_core.pictures import LETTERS, O, X, flip_pixels, rotate, scale, shift
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

PICTURES = {
    "X": X,
    "small X": scale(X, 0.75),
    "turned X": rotate(X, 20),
    "noisy X": flip_pixels(X, [48, 57, 75]),
    "O": O,
    "small O": scale(O, 0.75),
    "moved O": shift(O, -1, 1),
    "noisy O": flip_pixels(O, [48, 57, 75]),
}
LABELS = np.array([LETTERS.index(name[-1]) for name in PICTURES])
PARTS = {"features": (3, 3, 3), "feature_bias": (3,), "weights": (2, 48), "bias": (2,)}
SIZES = [int(np.prod(shape)) for shape in PARTS.values()]
COUNT = sum(SIZES)  # 128 numbers to learn
LIMIT = 9
SIDE = 11  # the landscape's cells along a side
MOST_TRIES = 10  # in each direction
SEED = 16


def book_net(rng):
    """The book's network with random numbers: three features, ReLU, pooling, two votes."""
    return Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, rng=rng)])


def parts_of(numbers):
    """All numbers of the network (128,) as the lab's traits hold them: {name: array}."""
    pieces = np.split(np.asarray(numbers), np.cumsum(SIZES)[:-1])
    return {name: piece.reshape(shape) for (name, shape), piece in zip(PARTS.items(), pieces, strict=True)}


def _all_numbers(network, what="value"):
    return np.concatenate([getattr(parameter, what).ravel() for parameter in network.parameters().values()])


START = parts_of(np.round(_all_numbers(book_net(np.random.default_rng(SEED))), 3))


def ticks(value):
    """The landscape's places along an axis (11,): 0.2 apart, around the whole number nearest to `value`."""
    middle = np.clip(np.floor(value + 0.5), 1 - LIMIT, LIMIT - 1)
    return middle + np.arange(-(SIDE // 2), SIDE // 2 + 1) / (SIDE // 2)


class WiggleLab(Lab):
    """Chapter 8's first lab. With a kernel, every trait can be read and set from Python.

    features: (3, 3, 3), feature_bias: (3,), weights: (2, 48), bias: (2,): the 128 numbers of the book's network, from
    -9 to 9. They start at random. chosen, other: places among the 128, counted in this order; the landscape is over
    both. error_kind: "squared", "absolute" (the slides') or "cross-entropy". wiggle: how far a bit is.
    learning_rate: how long a step is for a slope of 1. view: what a step moves, "one" number, "two" or "all".
    tried_up, tried_down: how many bits were tried each way. curve: draws the error's whole curve. steps: how
    many downhill were taken. edited: whether a number was changed by hand since the start.
    """

    name = "wiggle"
    title = "Wiggle lab"
    challenges = CHALLENGES
    presets = {"picture": PICTURES}

    features = Numbers(START["features"], shapes=[PARTS["features"]], low=-LIMIT, high=LIMIT)
    feature_bias = Numbers(START["feature_bias"], shapes=[PARTS["feature_bias"]], low=-LIMIT, high=LIMIT)
    weights = Numbers(START["weights"], shapes=[PARTS["weights"]], low=-LIMIT, high=LIMIT)
    bias = Numbers(START["bias"], shapes=[PARTS["bias"]], low=-LIMIT, high=LIMIT)
    chosen = Whole(18, low=0, high=COUNT - 1)
    other = Whole(66, low=0, high=COUNT - 1)
    error_kind = Choice("squared", ["squared", "absolute", "cross-entropy"])
    wiggle = Number(0.1, low=0.001, high=0.5)
    learning_rate = Number(0.1, low=0.001, high=10)
    view = Choice("one", ["one", "two", "all"])
    tried_up = Whole(0, low=0, high=MOST_TRIES)
    tried_down = Whole(0, low=0, high=MOST_TRIES)
    curve = Flag(False)
    steps = Whole(0, low=0, high=9999)
    edited = Flag(False)

    @property
    def numbers(self) -> np.ndarray:
        """Every number of the network in one row (128,)."""
        return np.concatenate([getattr(self, name).ravel() for name in PARTS])

    @property
    def votes(self) -> np.ndarray:
        """What the network says of the eight pictures (8, 2): votes for X and for O."""
        return self._network.forward(images())

    @property
    def error(self) -> float:
        """The error on the eight pictures."""
        return self._error_and_blame(self.votes)[0]

    def error_at(self, changes) -> float:
        """The error if some numbers were others: {place among the 128: value}."""
        numbers = self.numbers
        numbers[list(changes)] = list(changes.values())
        return self._error_and_blame(_network_of(numbers).forward(images()))[0]

    @property
    def slope(self) -> float:
        """How the error changes with the chosen number, by one wiggle up and one down."""
        value = self.numbers[self.chosen]
        up, down = (self.error_at({self.chosen: value + by}) for by in (self.wiggle, -self.wiggle))
        return (up - down) / (2 * self.wiggle)

    @property
    def landscape(self) -> np.ndarray:
        """The error over two numbers (11, 11): the chosen one grows to the right, the other one upwards."""
        across, up = (ticks(self.numbers[place]) for place in (self.chosen, self.other))
        return np.array([[self.error_at({self.chosen: x, self.other: y}) for x in across] for y in up[::-1]])

    @property
    def gradient_by_wiggling(self) -> np.ndarray:
        """How the error changes with each number (128,), by adjusting each up and down: 256 forward passes."""
        numbers = self.numbers

        def error():
            return self._error_and_blame(_network_of(numbers).forward(images()))[0]

        return numerical_gradient(error, numbers, self.wiggle)

    @property
    def gradient(self) -> np.ndarray:
        """The same by backprop (128,): one forward pass and one backward pass."""
        network = self._network
        network.backward(self._error_and_blame(network.forward(images()))[1])
        return _all_numbers(network, "gradient")

    @property
    def next_numbers(self) -> np.ndarray:
        """The network's numbers after a step downhill (128,), by what the view moves."""
        numbers = self.numbers
        if self.view == "one":
            numbers[self.chosen] -= self.learning_rate * self.slope
            return numbers
        moved = [self.chosen, self.other] if self.view == "two" else slice(None)
        numbers[moved] -= self.learning_rate * self.gradient[moved]
        return numbers

    @property
    def _network(self):
        return _network_of(self.numbers)

    def _error_and_blame(self, votes):
        """The error and how it changes with each vote."""
        if self.error_kind == "cross-entropy":
            return cross_entropy(votes, LABELS)
        right = np.eye(len(LETTERS))[LABELS]
        return absolute_error(votes, right) if self.error_kind == "absolute" else mean_squared_error(votes, right)

    def tables(self) -> str:
        votes = number_table("Votes for X and for O of: " + ", ".join(PICTURES), self.votes, rounded)
        features = [number_table(f"Feature {number}", values) for number, values in enumerate(self.features, start=1)]
        weights = [
            number_table(f"Weights for {letter}, map {number}", values)
            for letter, maps in zip(LETTERS, self.weights.reshape(2, 3, 4, 4), strict=True)
            for number, values in enumerate(maps, start=1)
        ]
        biases = [
            number_table("Biases of the features", [self.feature_bias]),
            number_table("Biases of the votes", [self.bias]),
        ]
        error = f"<p>Error on the eight pictures ({self.error_kind}): {self.error:.3f}</p>"
        return "\n".join([*features, *weights, *biases, votes, error])


def rounded(vote: float) -> str:
    """A vote as the page writes it: two decimals, and no minus before a zero."""
    text = f"{vote:.2f}"
    return text.lstrip("-") if float(text) == 0 else text


def images():
    """The eight pictures as a batch (8, 1, 9, 9)."""
    return np.stack(list(PICTURES.values()))[:, np.newaxis]


def _network_of(numbers):
    """The book's network with given numbers (128,)."""
    network = book_net(np.random.default_rng(0))  # the numbers that it draws are replaced
    for parameter, values in zip(network.parameters().values(), parts_of(numbers).values(), strict=True):
        parameter.value[...] = values.reshape(parameter.value.shape)
    return network
