"""DigitsLab: draw a digit, and see what each layer of a net makes of it."""

from __future__ import annotations

import base64
from functools import cache

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.digits import FILE, LEARNED, SIDE, load_digits
from convnet_core.labs.digits.challenges import CHALLENGES
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.stored import stored
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, Number, Numbers, Whole
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear, softmax

STAGES = {"conv1": 1, "pool1": 2, "conv2": 4, "pool2": 5, "votes": 7}  # the place of each among the layers
TABS = ("net", "occlusion", "slope", "fool", "looks", "mistakes", "train")
DIGITS = tuple("0123456789")
DECIMALS = 4  # of a pixel in the sheet
MOST_STEPS = 100  # of changes that fool the net
STEPS = 1000  # a stored weight is a whole number of thousandths
FIRST = "7"


def pictures() -> dict[str, np.ndarray]:
    """A held-out digit of each kind, (28, 28), to start from: the first that there is."""
    images, labels = load_digits()
    places = {digit: LEARNED + int(np.argmax(labels[LEARNED:] == int(digit))) for digit in DIGITS}
    return {digit: images[place].round(DECIMALS) for digit, place in places.items()}


@cache
def book_weights() -> dict[str, np.ndarray]:
    """The weights that the book's net has learned, by name."""
    return {name: np.array(values) for name, values in stored("digits").items()}


def packed(weights) -> str:
    """Weights in thousandths, each in two bytes, first all the lower ones, then all the higher ones, as base64."""
    steps = np.concatenate([np.rint(values.ravel() * STEPS) for values in weights.values()]).astype("<i2")
    return base64.b64encode(steps.view(np.uint8).reshape(-1, 2).T.tobytes()).decode()


class DigitsLab(Lab):
    """Chapter 11's lab. With a kernel, every trait can be read and set from Python.

    drawing: (28, 28), from 0 (paper) to 1 (ink). tab: what the lab shows of it. layer, feature: the map that is taken
    apart ("conv1", "pool1", "conv2", "pool2" or "votes", and which of its maps or votes, from 0). row, column: the
    place on the picture that is pointed at. source: which map below is shown in numbers. about: whose vote occlusion
    and slope are about, "answer" or a digit. square, grey: the side of the square that covers the picture, and its
    ink. wanted, amount: what the picture is to be taken for, and how far it is changed. seed: of the noise that a
    picture is grown from.
    """

    name = "digits"
    title = "Digits lab"
    challenges = CHALLENGES
    presets = {"drawing": pictures()}
    on_demand = {"digits": FILE}

    drawing = Numbers(pictures()[FIRST], shapes=[(SIDE, SIDE)], low=0, high=1)
    tab = Choice("net", TABS)
    layer = Choice("conv2", STAGES)
    feature = Whole(0, low=0, high=15)
    row = Whole(14, low=0, high=SIDE - 1)
    column = Whole(14, low=0, high=SIDE - 1)
    source = Whole(0, low=0, high=15)
    about = Choice("answer", ("answer", *DIGITS))
    square = Whole(6, low=2, high=12)
    grey = Number(0.5, low=0, high=1)
    wanted = Whole(8, low=0, high=9)
    amount = Whole(0, low=0, high=MOST_STEPS)
    seed = Whole(1, low=0, high=9999)

    def _constants(self):
        constants = super()._constants()
        return {**constants, "_presets": {**constants["_presets"], "weights": packed(book_weights())}}

    @property
    def centred(self) -> np.ndarray:
        """The drawing as MNIST's digits were centred, (28, 28): what the net gets."""
        return self.drawing  # until convnet_core has it

    @property
    def network(self) -> Network:
        """The book's net. It is made anew each time: what you do to it, the lab does not see."""
        rng = np.random.default_rng(0)  # these weights are replaced below
        pool = {"kernel_size": 2}
        layers = [Conv2d(1, 8, 5, padding=2, rng=rng), ReLU(), MaxPool2d(**pool), Conv2d(8, 16, 5, padding=2, rng=rng)]
        network = Network([*layers, ReLU(), MaxPool2d(**pool), Flatten(), Linear(784, 10, rng=rng)])
        for parameter, values in zip(network.parameters().values(), book_weights().values(), strict=True):
            parameter.value[...] = values
        return network

    @property
    def maps(self) -> dict[str, np.ndarray]:
        """What each layer makes of the digit, after its ReLU: (C, H, W) by the layer's name, and the votes, (10,)."""
        values, found = self.centred[np.newaxis, np.newaxis], {}
        for place, layer in enumerate(self.network.layers):
            values = layer.forward(values)
            found |= {name: values[0] for name, at in STAGES.items() if at == place}
        return found

    @property
    def votes(self) -> np.ndarray:
        """The ten votes, (10,)."""
        return self.maps["votes"]

    @property
    def shares(self) -> np.ndarray:
        """How sure the net is of each digit, (10,), from 0 to 1."""
        return softmax(self.votes)

    @property
    def answer(self) -> int:
        """The digit that it says."""
        return int(np.argmax(self.votes))

    def tables(self) -> str:
        sides = {name: " x ".join(map(str, values.shape)) for name, values in self.maps.items()}
        layers = ", ".join(f"{name} {shape}" for name, shape in sides.items())
        percents = [f"{share:.1%}" for share in self.shares]
        return "\n".join(
            [
                f"<p>The net says {self.answer}. Its layers: {layers} numbers.</p>",
                number_table("How sure it is of each digit, in percent", 100 * self.shares[np.newaxis], lambda v: f"{v:.1f}"),
                number_table("What the net gets, in fifteenths of ink", np.rint(15 * self.centred), lambda v: f"{v:.0f}"),
            ]
        )
