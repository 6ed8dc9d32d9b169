"""BeliefLab: features that nobody labelled. One block of hidden units, edges out of photographs, halves of digits."""

from __future__ import annotations

from functools import cache
from itertools import islice

import numpy as np

from convnet_core.digits import LEARNED, load_digits
from convnet_core.edges import BORDER, OUTDOORS, whitened
from convnet_core.faces import PHOTOGRAPHS, SIZES, WHITE, load_photographs
from convnet_core.imagining import FILE, MACHINES, load_imagining
from convnet_core.labs.belief.challenges import CHALLENGES
from convnet_core.labs.kit import photograph
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.seeded import Seeded, mulberry32
from convnet_core.labs.kit.tables import folded, number_table, picture
from convnet_core.labs.kit.traits import Choice, Flag, Numbers, Photograph, Whole
from convnet_core.unsupervised import ConvRBM, block_probabilities, fill

TABS = ("block", "edges", "fill")
UNITS = ("upper left", "upper right", "lower left", "lower right", "none")
START = ((2, 0), (-1, 0))
MOST_DRAWS = 10_000
ALL, OWN = "all", "own"
TARGETS, SIGMAS = ("0.003", "0.01", "0.03"), ("0.2", "1")
FILTERS = 16
LEAST = 2 * BORDER + 2  # pixels of the shorter side of a photograph that can be whitened
SIDE, HALF = 28, 14  # pixels of a digit, and of its half
HALVES = ("right", "left", "bottom", "top")
MOST_SWEEPS = 100
SPEEDS = ("slow", "normal", "fast")
NO_PHOTOGRAPH = photograph.address_of(np.full((1, 1), WHITE))


def material() -> list[dict]:
    """What the page must know of the file of photographs: of each its name, its height, and whether it is wanted."""
    return [{"name": name, "height": height, "isWanted": name in OUTDOORS} for name, (height, _) in SIZES.items()]


@cache
def digits() -> list[tuple[int, np.ndarray]]:
    """A dozen held-out digits in black and white, (28, 28), and what they are: the first of each, and two more 4s."""
    images, labels = (part[LEARNED:] for part in load_digits())
    places = [np.flatnonzero(labels == digit)[: 3 if digit == 4 else 1] for digit in range(10)]
    return [(int(labels[place]), (images[place] > 0.5).astype(float)) for place in np.concatenate(places)]


@cache
def imagining_machines() -> dict[str, ConvRBM]:
    """The machines that imagine, in float64, as the page counts."""
    machines = {}
    for name, machine in load_imagining().items():
        twin = ConvRBM(**MACHINES[name], visible="binary", dtype=np.float64, rng=np.random.default_rng(0))
        for part in ("weight", "hidden_bias", "visible_bias"):
            getattr(twin, part)[...] = getattr(machine, part)
        machines[name] = twin
    return machines


def told_digits() -> list[dict]:
    """The same dozen for the page: four pixels a letter."""
    return [{"label": label, "ink": np.packbits(digit.astype(bool)).tobytes().hex()} for label, digit in digits()]


def told_plans() -> dict[str, dict]:
    """How the machines are made, as the page calls it, in the order of their file."""
    return {
        name: {**{part: value for part, value in plan.items() if part != "is_plain"}, "visible": "binary"}
        | {"isPlain": plan.get("is_plain", False)}
        for name, plan in MACHINES.items()
    }


class BeliefLab(Lab):
    """Chapter 13's lab. With a kernel, every trait can be read and set from Python.

    tab: what the lab shows.

    Of one block: inputs, (2, 2), how strongly each of its units is asked to be on. drawn: how often the block was drawn
    at random. luck: which random numbers.

    Of the learning: source: which photographs features are learned from, "all" ten, one of them by its name, or the
    reader's "own", which is photo, a data address. target: the share of hidden units that shall be on. sigma: the
    deviation of a pixel from what the hidden units make of it, so how exact a drawing has to be. filter: the feature
    that is looked at, from 0. The features themselves are learned in the page, and stay there.

    Of the digits: picture, (28, 28) of 0 (paper) to 1 (ink). half: which one is hidden, "right", "left", "bottom" or
    "top". machine: who imagines it, "persistent", "CD-1" or "convolutional". sweep: after how many sweeps. seed: of all
    that is drawn at random. truth: whether the hidden half is shown. speed: of the sweeps as they play.
    """

    name = "belief"
    title = "Belief lab"
    challenges = CHALLENGES
    on_demand = {"photographs": PHOTOGRAPHS, "imagines": FILE}

    tab = Choice("block", TABS)
    inputs = Numbers(START, shapes=[(2, 2)], low=-5, high=5)
    drawn = Whole(0, low=0, high=MOST_DRAWS)
    luck = Whole(1, low=1, high=9999)
    source = Choice(ALL, (ALL, *OUTDOORS, OWN))
    photo = Photograph(NO_PHOTOGRAPH)
    target = Choice(TARGETS[0], TARGETS)
    sigma = Choice(SIGMAS[0], SIGMAS)
    filter = Whole(0, low=0, high=FILTERS - 1)
    picture = Numbers(dict(digits())[7], shapes=[(SIDE, SIDE)], low=0, high=1)
    half = Choice("right", HALVES)
    machine = Choice("persistent", MACHINES)
    sweep = Whole(0, low=0, high=MOST_SWEEPS)
    seed = Whole(1, low=1, high=9999)
    truth = Flag(False)
    speed = Choice("fast", SPEEDS)

    def _constants(self):
        presets = {"photographs": material(), "digits": told_digits(), "machines": told_plans()}
        return {**super()._constants(), "_presets": presets}

    @property
    def probabilities(self) -> np.ndarray:
        """How probable each unit of the block is, (2, 2): at most one of them is on."""
        return block_probabilities(self.inputs)[0]

    @property
    def pooled(self) -> float:
        """How probable it is that one of the four is on: the pooled unit."""
        return float(block_probabilities(self.inputs)[1].item())

    @property
    def none(self) -> float:
        """How probable it is that none of them is."""
        return 1 - self.pooled

    @property
    def largest(self) -> float:
        """What plain max pooling says: the largest input."""
        return float(self.inputs.max())

    @property
    def separate(self) -> np.ndarray:
        """How probable each unit would be that knows of no other, (2, 2): the sigmoid of its input."""
        return 1 / (1 + np.exp(-self.inputs))

    @property
    def tally(self) -> np.ndarray:
        """How often each unit was on, row by row, and how often none was, (5,)."""
        return np.bincount(self._draws, minlength=len(UNITS))

    @property
    def last(self) -> str | None:
        """What was on when the block was drawn last: "upper left", ..., or "none"; None before the first time."""
        return UNITS[self._draws[-1]] if self.drawn else None

    @property
    def _draws(self) -> np.ndarray:
        random = mulberry32(self.luck)
        chances = [random() for _ in range(self.drawn)]
        return np.searchsorted(np.cumsum(self.probabilities.ravel()), chances, side="right")

    @property
    def is_own(self) -> bool:
        """Whether features are learned from the reader's own photograph, which there is only when they gave one."""
        return self.source == OWN and self.photo != NO_PHOTOGRAPH

    @property
    def photographs(self) -> dict[str, np.ndarray]:
        """What features are learned from: pictures (H, W), from 0 (black) to 1 (white), by name."""
        if self.is_own:
            return {OWN: photograph.image_of(self.photo) / WHITE}
        names = OUTDOORS if self.source in (ALL, OWN) else (self.source,)
        return {name: load_photographs()[name] for name in names}

    @property
    def whitened(self) -> np.ndarray:
        """The photograph that is shown, or the first of all, as a machine gets it (H - 16, W - 16)."""
        first = next(iter(self.photographs.values()))
        return whitened(first) if min(first.shape) >= LEAST else np.zeros((0, 0))

    @property
    def known(self) -> np.ndarray:
        """Which pixels of the picture a machine knows, (28, 28) of True and False."""
        rows, columns = np.indices((SIDE, SIDE))
        half = {"right": columns < HALF, "left": columns >= HALF, "bottom": rows < HALF, "top": rows >= HALF}
        return half[self.half]

    @property
    def imagined(self) -> np.ndarray:
        """The picture after so many sweeps, (28, 28): where it was hidden, how probable ink is; at first 0."""
        if self.sweep == 0:
            return np.where(self.known, self.picture, 0)
        machine = imagining_machines()[self.machine]
        picture, known = (half[np.newaxis, np.newaxis] for half in (self.picture, self.known))
        pictures = fill([machine], picture, known, self.sweep, Seeded(self.seed))
        return next(islice(pictures, self.sweep - 1, None))[0, 0]

    @property
    def error(self) -> float:
        """The mean squared error of the pixels that were hidden."""
        return float(((self.imagined - self.picture) ** 2)[~self.known].mean())

    def tables(self) -> str:
        columns_of = self.inputs, self.probabilities, self.separate
        places = np.column_stack([*(column.ravel() for column in columns_of), self.tally[:4]])
        rows = np.vstack([places, [0, self.none, np.nan, self.tally[4]]])
        names = ", ".join(f"row {number} is {unit}" for number, unit in enumerate(UNITS, start=1))
        columns = ("input", "in the block", "by itself", "drawn")
        caption = f"How probable each state of a block of 2 x 2 is: {names}"
        own = "Your own photograph" if self.photo != NO_PHOTOGRAPH else ""
        ink = number_table("How probable ink is, in percent", 100 * self.imagined, "{:.0f}".format)
        return "\n".join(
            [
                number_table(caption, rows, _three_digits, columns=columns),
                f"<p>One of the four is on with a probability of {self.pooled:.3f}. Plain max pooling says "
                f"{self.largest:g}, the largest input. Four units by themselves add up to "
                f"{self.separate.sum():.3f}.</p>",
                picture("photo", self.photo, own),
                folded(f"A digit whose {self.half} half is hidden, after {self.sweep} sweeps of imagining", ink),
            ]
        )


def _three_digits(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.3g}"
