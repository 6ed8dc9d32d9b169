"""ShuffleLab: swap rows, columns or pixels of every sample alike, train anew, and see what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from convnet_core.backprop import SGD, accuracy, learn
from convnet_core.convolution import Conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.levels import CODE
from convnet_core.labs.kit.seeded import ORDER, put_fresh, shuffled, size_of, stream
from convnet_core.labs.kit.stored import stored
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, NumberList, Numbers, Whole
from convnet_core.labs.shuffle.challenges import CHALLENGES
from convnet_core.limitations import swap_columns, swap_pixels, swap_rows
from convnet_core.pooling import MaxPool2d
from convnet_core.printing import plain
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

PACKED = stored("shuffle", "samples.json")  # tools/shuffle_data.py
KINDS = tuple(PACKED)
TEST = PACKED["digits"]["test"]  # samples, for each kind of data
SWAPS = ("nothing", "rows", "columns", "all pixels")
# The ConvNet for each kind of data: features of 3x3, ReLU, pooling (0: none), and votes. Small enough to learn in a
# page, and with about as many numbers as the plain net where that is to be had. The rate is that of both nets.
NETS = {
    "digits": {"filters": 12, "window": 3, "padding": 0, "rate": 0.1},
    "sounds": {"filters": 8, "window": 4, "padding": 0, "rate": 0.1},
    "customers": {"filters": 4, "window": 0, "padding": 1, "rate": 0.02},
}
TRAINING = {"seeds": 5, "epochs": 20, "batch": 32, "momentum": 0.9, "runs": 24}
SEEDS, EPOCHS = TRAINING["seeds"], TRAINING["epochs"]
ROW = 3 + 2 * SEEDS  # numbers in a row of `runs`
POINT = 6  # numbers for an epoch of `curve`
MOST_RUNS, MOST_ORDERS = TRAINING["runs"], 999
OWN = 1000  # the orders have random numbers of their own: the nets' seeds are far below


@dataclass(frozen=True)
class Run:
    """What was measured once: the shares of test samples that were right, (SEEDS,) for each net."""

    data: str
    swap: str
    order: int
    convnet: np.ndarray
    voting: np.ndarray


class ShuffleLab(Lab):
    """Chapter 9's lab. With a kernel, every trait can be read and set from Python.

    data: "digits", "sounds" or "customers". swap: what changes places in every sample, "nothing", "rows", "columns" or
    "all pixels". order: which random order. sample: which of the six samples is shown, from 0.
    guess: (3, 2), for each kind of data how many percent the reader thinks that the ConvNet and the voting net will
    have right.
    runs: what was measured, 13 numbers for each time: the places of data and swap in their lists, the order,
    and how many of the 300 test samples each of five ConvNets and five voting nets had right; `results` has them as
    shares. curve: the last run, epoch by epoch; first its data, swap and order, then for each epoch
    how many were right: sum, least and most of the ConvNets, and of the voting nets.
    """

    name = "shuffle"
    title = "Shuffle lab"
    challenges = CHALLENGES
    version = 2  # a guess for each kind of data; it was one for all

    data = Choice("digits", KINDS)
    swap = Choice("nothing", SWAPS)
    order = Whole(1, low=1, high=MOST_ORDERS)
    sample = Whole(0, low=0, high=5)
    guess = Numbers([[50, 50]] * len(KINDS), shapes=[(len(KINDS), 2)], low=0, high=100)
    runs = NumberList([], longest=MOST_RUNS * ROW, low=0, high=MOST_ORDERS)
    curve = NumberList([], longest=3 + POINT * (EPOCHS + 1), low=0, high=TEST * SEEDS)

    def _constants(self):
        shuffle = {"kinds": PACKED, "code": CODE, "nets": NETS, "training": TRAINING, "swaps": list(SWAPS)}
        return {**super()._constants(), "_presets": shuffle}

    @property
    def samples(self) -> np.ndarray:
        """The six samples that can be shown, as they are: (6, H, W)."""
        return levels(self.data)[PACKED[self.data]["shown"]]

    @property
    def swapped(self) -> np.ndarray:
        """The same six, swapped."""
        return self.swapping(self.samples)

    @property
    def places(self) -> np.ndarray:
        """(H, W): for each place of a swapped sample the place that its pixel had before, counted row by row from 0."""
        height, width = PACKED[self.data]["shape"]
        return self.swapping(np.arange(height * width).reshape(height, width)).astype(int)

    @property
    def networks(self) -> tuple[Network, Network]:
        """The ConvNet and the voting net, before the first step of the first training."""
        return fresh(self.data, 0)

    @property
    def results(self) -> list[Run]:
        """What was measured, in the order in which it was."""
        whole = self.runs[: len(self.runs) // ROW * ROW].reshape(-1, ROW)
        return [
            Run(
                KINDS[min(int(data), len(KINDS) - 1)],
                SWAPS[min(int(swap), len(SWAPS) - 1)],
                int(order),
                *np.minimum(1, np.reshape(right, (2, SEEDS)) / TEST),
            )
            for data, swap, order, *right in whole
        ]

    def swapping(self, pictures) -> np.ndarray:
        """`pictures` (..., H, W) with what the lab swaps in its order."""
        height, width = np.shape(pictures)[-2:]
        random = stream(OWN + self.order, 0, 0)
        if self.swap == "rows":
            return swap_rows(pictures, shuffled(height, random))
        if self.swap == "columns":
            return swap_columns(pictures, shuffled(width, random))
        if self.swap == "all pixels":
            return swap_pixels(pictures, shuffled(height * width, random))
        return np.asarray(pictures, dtype=np.float64)

    def train(self) -> np.ndarray:
        """Train as the page does, to the same numbers, and note the result in `runs`.

        return  (epochs + 1, 2, 5): how many of the 300 test samples are right, for five ConvNets and five voting nets
        """
        kind = PACKED[self.data]
        images, labels = self.swapping(levels(self.data))[:, np.newaxis] / kind["most"], labels_of(self.data)
        first, test = slice(kind["train"]), slice(kind["train"], None)
        right = np.zeros((EPOCHS + 1, 2, SEEDS), dtype=int)
        for seed in range(SEEDS):
            for which, network in enumerate(fresh(self.data, seed)):
                mover = SGD(network.parameters(), NETS[self.data]["rate"], TRAINING["momentum"])
                right[0, which, seed] = right_of(network, images[test], labels[test])
                for epoch in range(EPOCHS):
                    order = shuffled(kind["train"], stream(seed, ORDER, epoch))
                    for start in range(0, kind["train"], TRAINING["batch"]):
                        places = order[start : start + TRAINING["batch"]]
                        learn(network, images[first][places], labels[first][places], mover)
                    right[epoch + 1, which, seed] = right_of(network, images[test], labels[test])
        self._note_run(right)
        return right

    def _note_run(self, right):
        """The run into `runs`, unless the same stands there, and its curve."""
        what = [KINDS.index(self.data), SWAPS.index(self.swap), self.order if self.swap != "nothing" else 0]
        rows = self.runs[: len(self.runs) // ROW * ROW].reshape(-1, ROW).tolist()
        rows = [row for row in rows if row[:3] != what]
        points = np.stack([right.sum(axis=2), right.min(axis=2), right.max(axis=2)], axis=2)  # (epochs + 1, 2, 3)
        with self.hold_trait_notifications():
            self.runs = np.ravel([*rows, [*what, *right[-1].ravel()]][-MOST_RUNS:])
            self.curve = np.concatenate([what, points.ravel()])

    def tables(self) -> str:
        kind = PACKED[self.data]
        answer = kind["answers"][labels_of(self.data)[kind["shown"][self.sample]]]
        convnet, voting = (size_of(network) for network in self.networks)
        swap = f"after swapping {self.swap}" if self.swap != "nothing" else "with nothing swapped"
        parts = [
            number_table(f"{self.data.capitalize()}: {answer}, as it is", self.samples[self.sample]),
            number_table(f"The same, {swap}", self.swapped[self.sample]),
            f"<p>{kind['train']} samples to learn from, {kind['test']} for the test, {len(kind['answers'])} answers. "
            f"Numbers to learn: {convnet} in the ConvNet, {voting} in the voting net.</p>",
        ]
        if self.results:
            parts.append(results_table(self.results))
        return "\n".join(parts)


@cache
def levels(data: str) -> np.ndarray:
    """All samples of one kind of data (N, H, W), as they are shown; those to learn from come first."""
    kind = PACKED[data]
    places = np.array([CODE.index(letter) for letter in kind["samples"]])
    values = (places.reshape(-1, *kind["shape"]) - kind["zero"]) / kind["unit"]
    values.flags.writeable = False
    return values


@cache
def labels_of(data: str) -> np.ndarray:
    """The right answers (N,), each the place in PACKED[data]["answers"]."""
    return np.array([int(label) for label in PACKED[data]["labels"]])


def fresh(data: str, seed: int) -> tuple[Network, Network]:
    """A ConvNet and a voting net for one kind of data, with the fresh weights of a seed."""
    kind, plan, rng = PACKED[data], NETS[data], np.random.default_rng(0)  # these weights are replaced below
    shape, answers = (1, *kind["shape"]), len(kind["answers"])
    finding = [Conv2d(1, plan["filters"], 3, padding=plan["padding"], rng=rng), ReLU()]
    finding += [MaxPool2d(plan["window"])] if plan["window"] else []
    networks = []
    for before in (finding, []):
        layers = [*before, Flatten()]
        (values,) = Network(layers).shapes(shape)[-1]
        networks.append(Network([*layers, Linear(values, answers, rng=rng)]))
        put_fresh(networks[-1], seed)
    return tuple(networks)


def right_of(network, images, labels) -> int:
    """How many samples a network has right."""
    return round(accuracy(network.forward(images), labels) * len(labels))


def results_table(results) -> str:
    """What was measured, as an HTML table: in percent, the mean over the seeds, and from the least to the most."""
    head = "".join(f'<th scope="col">{text}</th>' for text in ("data", "swapped", "ConvNet", "voting net"))
    rows = "\n".join(
        f"<tr><td>{run.data}</td><td>{run.swap}</td><td>{spread(run.convnet)}</td><td>{spread(run.voting)}</td></tr>"
        for run in results
    )
    caption = f"<caption>Right in the test, mean of {SEEDS} trainings (least to most)</caption>"
    return f'<table class="convnet-numbers">\n{caption}\n<tr>{head}</tr>\n{rows}\n</table>'


def spread(shares) -> str:
    """ "92.3% (91 to 94)" """
    return f"{percent(shares.mean())}% ({percent(shares.min())} to {percent(shares.max())})"


def percent(share) -> str:
    return plain(round(1000 * share) / 10)
