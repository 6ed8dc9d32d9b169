"""DigitsLab: draw a digit, and see what each layer of a net makes of it."""

from __future__ import annotations

from functools import cache

import numpy as np

from convnet_core.digits import FILE, INK, LEARNED, SIDE, STORED_AS, centred, digit_net_from, load_digits
from convnet_core.labs.digits.challenges import CHALLENGES
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.stored import packed, stored
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, Number, Numbers, Whole
from convnet_core.looking import fool, occlusion, patch_of, slope
from convnet_core.stacking import Network
from convnet_core.voting import softmax

DEPTHS = {"conv1": 2, "pool1": 3, "conv2": 5, "pool2": 6, "votes": 8}  # after how many layers each stands
TABS = ("net", "occlusion", "slope", "fool", "looks", "mistakes", "train")
ANSWERS = tuple("0123456789")
FIRST = "7"
DECIMALS = 4  # of a pixel of the sheet
STRIDE, STEP, MOST_STEPS = 2, 0.1, 100  # of the square that hides, and of the change that fools


@cache
def starts() -> dict[str, np.ndarray]:
    """A held-out digit of each kind to start from, (28, 28): the first that there is."""
    images, labels = load_digits()
    places = {digit: LEARNED + int(np.argmax(labels[LEARNED:] == int(digit))) for digit in ANSWERS}
    return {digit: images[place].round(DECIMALS) for digit, place in places.items()}


@cache
def book_weights() -> dict[str, np.ndarray]:
    """What the book's net has learned, by the names of its file (tools/digits_weights.py)."""
    return {name: np.array(values) for name, values in stored("digits").items()}


def _percents(share: float) -> str:
    """With one decimal. What is not sure is not said to be: 99.96 is more than 99.9, and not 100.0."""
    return "over 99.9" if 99.95 <= share < 100 else f"{share:.1f}"


class DigitsLab(Lab):
    """Chapter 11's lab. With a kernel, every trait can be read and set from Python.

    drawing: (28, 28), from 0 (paper) to 1 (ink). tab: what the lab shows of it. layer, feature: the map that is taken
    apart ("conv1", "pool1", "conv2", "pool2" or "votes", and which of its maps or votes, from 0). row, column: the
    pixel that is pointed at. source: which of the maps below is shown in numbers. about: whose vote occlusion and slope
    are about, "answer" or a digit. square, grey: the side of the square that hides pixels, and its ink. wanted, amount:
    what the picture is to be taken for, and how many steps it is changed. seed: of the noise that a picture is grown
    from.

    The properties are those of the book's net; one that the reader trains in the page stays there.
    """

    name = "digits"
    title = "Digits lab"
    challenges = CHALLENGES
    presets = {"drawing": starts()}
    on_demand = {"digits": FILE}

    drawing = Numbers(starts()[FIRST], shapes=[(SIDE, SIDE)], low=0, high=1)
    tab = Choice("net", TABS)
    layer = Choice("conv2", DEPTHS)
    feature = Whole(9, low=0, high=15)
    row = Whole(18, low=0, high=SIDE - 1)
    column = Whole(20, low=0, high=SIDE - 1)
    source = Whole(0, low=0, high=15)
    about = Choice("answer", ("answer", *ANSWERS))
    square = Whole(6, low=2, high=12)
    grey = Number(0.5, low=0, high=1)
    wanted = Whole(8, low=0, high=9)
    amount = Whole(0, low=0, high=MOST_STEPS)
    seed = Whole(1, low=0, high=9999)

    def _constants(self):
        constants = super()._constants()
        weights = packed(book_weights()[name] for name in STORED_AS.values())
        return {**constants, "_presets": {**constants["_presets"], "weights": weights}}

    @property
    def network(self) -> Network:
        """The book's net. It is made anew each time: what you do to it, the lab does not see."""
        return digit_net_from(book_weights())

    @property
    def centred(self) -> np.ndarray:
        """The drawing as MNIST's digits were centred, (28, 28): what the net gets."""
        return centred(self.drawing)

    @property
    def maps(self) -> dict[str, np.ndarray]:
        """What each layer makes of the digit, after its ReLU: (C, H, W) by the layer's name, and the votes, (10,)."""
        values, found = self.centred[np.newaxis, np.newaxis], []
        for layer in self.network.layers:
            values = layer.forward(values)
            found.append(values[0])
        return {name: found[depth - 1] for name, depth in DEPTHS.items()}

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

    @property
    def asked(self) -> int:
        """The digit whose vote occlusion and slope are about."""
        return self.answer if self.about == "answer" else int(self.about)

    @property
    def patch(self) -> np.ndarray:
        """The pixels that the chosen number sees, (h, w), of a vote all; beyond the picture's edge 0."""
        if self.layer == "votes":
            return self.centred
        side = self.maps[self.layer].shape[-1]
        row, column = (at * side // SIDE for at in (self.row, self.column))
        return patch_of(self.network, self.centred[np.newaxis], DEPTHS[self.layer], row, column)[0]

    @property
    def occlusion(self) -> np.ndarray:
        """How far the vote falls where the square hides a piece, (rows, columns): a number for each of its places."""
        return occlusion(self.network, self.centred[np.newaxis], self.asked, self.square, STRIDE, self.grey)

    @property
    def slope(self) -> np.ndarray:
        """How much the vote would grow for each 1 that a pixel grows, (28, 28)."""
        return slope(self.network, self.centred[np.newaxis], self.asked)[0]

    @property
    def fooled(self) -> np.ndarray:
        """The picture after `amount` steps towards the digit that is wanted, or as soon as it is taken for it."""
        return fool(self.network, self.centred[np.newaxis], self.wanted, STEP, self.amount)[-1, 0]

    def tables(self) -> str:
        shapes = ", ".join(f"{name} {' x '.join(map(str, values.shape))}" for name, values in self.maps.items())
        sure, gets = 100 * self.shares[np.newaxis], np.rint(INK * self.centred)
        how_sure = "How sure it is of each digit from 0 to 9, in percent"
        return "\n".join(
            [
                f"<p>The net says {self.answer}. What its layers make of the picture: {shapes} numbers.</p>",
                number_table(how_sure, sure, _percents, columns=ANSWERS),
                number_table("What the net gets, in fifteenths of ink", gets, lambda level: f"{level:.0f}"),
            ]
        )
