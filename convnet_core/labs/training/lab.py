"""TrainingLab: a ConvNet learns while you watch, with every knob in reach."""

from __future__ import annotations

import base64
from functools import cache

import numpy as np

from convnet_core.backprop import SGD, accuracy, cross_entropy, learn
from convnet_core.checks import as_whole
from convnet_core.convolution import Conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.seeded import BATCHES, ORDER, put, put_fresh, shuffled, size_of, stream
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Flag, Number, NumberList, Numbers, Whole
from convnet_core.labs.training.challenges import CHALLENGES
from convnet_core.pictures import BLANK, LETTERS, O, X, flip_pixels, make_dataset, shift
from convnet_core.pooling import MaxPool2d
from convnet_core.printing import truncated
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

SEED, FOR_TEST, FOR_TRAINING = 8, 100, 300
PIXELS = X.size
MOST_EPOCHS = 80
LARGEST = 1000  # of a loss and of a weight: beyond it, the training has gone wrong
MOST_NUMBERS = 1300  # the largest network of these knobs has 1,157
CURVES = ("training loss", "test loss", "training pictures right", "test pictures right")
FOOLING = ((32, 50), (50, 60), (50, 67))  # pixels of the O, row by row: with either pair, chapter 7's net says X
HALF = 41  # a drawing travels as two whole numbers, of 41 and of 40 pixels: any larger ones would not be exact


class TrainingLab(Lab):
    """Chapter 8's lab of training. With a kernel, every trait can be read and set from Python.

    The knobs of the network: filters (how many features), size (of a feature), window and stride (of the pooling),
    neurons (in a hidden layer before the vote; 0: no such layer). Those of the training: rate (how long a step is),
    momentum, batch, pictures (how many of the 300 to learn from), noise (pixels flipped in each picture that
    is shown), shifts (whether each is moved by up to a pixel), seed.

    weights: what was learned, as one list, rounded to 4 decimals; empty before the first step: fresh weights, which
    follow from the seed. epoch, seen: where the training stands, in epochs and in pictures of this one.
    history: for each epoch training loss, test loss, and the shares of training and test pictures that are
    right; `curves` has it as an array. last: the same of the run before. tried: 9 numbers for each earlier run.
    shares: what the training with several seeds reached. race: steps and loss of wiggling, then of backprop.
    drawing: (9, 9). drawn: the reader's own test set; `drawings` has it as pictures. shown: whose weights the
    lab shows, that of X (0) or O (1), or of a neuron.
    """

    name = "training"
    title = "Training lab"
    challenges = CHALLENGES

    filters = Whole(3, low=1, high=6)
    size = Whole(3, low=3, high=5)
    window = Whole(2, low=2, high=4)
    stride = Whole(2, low=1, high=4)
    neurons = Whole(0, low=0, high=5)
    rate = Number(0.1, low=0.0001, high=1000)
    momentum = Number(0.9, low=0, high=0.99)
    batch = Whole(32, low=1, high=64)
    pictures = Whole(FOR_TRAINING, low=10, high=FOR_TRAINING)
    noise = Whole(0, low=0, high=20)
    shifts = Flag(False)
    seed = Whole(4, low=0, high=9999)
    weights = NumberList([], longest=MOST_NUMBERS, low=-1000, high=1000)
    epoch = Whole(0, low=0, high=MOST_EPOCHS)
    seen = Whole(0, low=0, high=FOR_TRAINING)
    history = NumberList([], longest=len(CURVES) * (MOST_EPOCHS + 1), low=0, high=1000)
    last = NumberList([], longest=len(CURVES) * (MOST_EPOCHS + 1), low=0, high=1000)
    tried = NumberList([], longest=8 * 9, low=0, high=1000)
    shares = NumberList([], longest=5, low=0, high=1)
    race = NumberList([], longest=4, low=0, high=10**9)
    drawing = Numbers(BLANK, shapes=[(9, 9)], low=-1, high=1)
    drawn = NumberList([], longest=12 * 3, low=0, high=2**HALF)
    shown = Whole(0, low=0, high=4)

    def _constants(self):
        pictures = {name: packed(*dataset()[name]) for name in dataset()}
        fooled = [as_drawn(flip_pixels(O, pair), LETTERS.index("O")) for pair in FOOLING]
        return {**super()._constants(), "_presets": {"pictures": pictures, "fooled": sum(fooled, [])}}

    @property
    def network(self) -> Network:
        """The network as it stands. It is made anew each time: what you do to it, the lab does not see."""
        rng = np.random.default_rng(0)  # these weights are replaced below
        layers = [Conv2d(1, self.filters, self.size, rng=rng), ReLU(), MaxPool2d(self.window, self.stride), Flatten()]
        (values,) = Network(layers).shapes((1, *X.shape))[-1]
        if self.neurons > 0:
            layers += [Linear(values, self.neurons, rng=rng), ReLU()]
        network = Network([*layers, Linear(self.neurons or values, len(LETTERS), rng=rng)])
        put(network, self.weights) if len(self.weights) == size_of(network) else put_fresh(network, self.seed)
        return network

    @property
    def curves(self) -> np.ndarray:
        """(epochs, 4): training loss, test loss, and the shares of training and test pictures that are right.

        As on the page, an epoch that is not all there, as a link's may be, counts for none.
        """
        whole = len(self.history) // len(CURVES) * len(CURVES)
        return self.history[:whole].reshape(-1, len(CURVES))

    @property
    def drawings(self) -> tuple[np.ndarray, np.ndarray]:
        """The reader's own test set: images (N, 1, 9, 9), labels (N,)."""
        rows = self.drawn[: len(self.drawn) // 3 * 3].reshape(-1, 3).astype(np.int64)
        bits = [f"{int(first):0{HALF}b}{int(second):0{PIXELS - HALF}b}"[-PIXELS:] for _, first, second in rows]
        ink = np.array([[mark == "1" for mark in text] for text in bits], dtype=bool).reshape(-1, 1, *X.shape)
        return np.where(ink, 1.0, -1.0), np.minimum(rows[:, 0], 1)

    @property
    def playground(self) -> dict:
        """What makes chapter 0's lab of this network: `PlaygroundLab(**lab.playground)`.

        There a match is divided by 9, so a feature is 9 times as large. What would be beyond 9 is scaled down, and
        its votes up by as much: ReLU and pooling pass that on, so every vote stays what it is.

        Raises ValueError where the network is not of the playground's kind.
        """
        knobs = (self.filters, self.size, self.window, self.stride, self.neurons)
        if knobs != (3, 3, 2, 2, 0):
            raise ValueError(f"playground: the knobs are {knobs}, wanted (3, 3, 2, 2, 0)")
        features, feature_bias, weights, bias = (p.value for p in self.network.parameters().values())
        features = 9 * features[:, 0]
        over = np.maximum(1, np.maximum(np.abs(features).max(axis=(1, 2)), np.abs(feature_bias)) / 9)
        return {
            "features": features / over[:, np.newaxis, np.newaxis],
            "feature_bias": feature_bias / over,
            "weights": weights * np.repeat(over, weights.shape[1] // len(over)),
            "bias": bias,
        }

    def train(self, epochs: int = 40) -> np.ndarray:
        """Train as the page does, to the same numbers: what `curves` is then, before it is rounded.

        The swing of an earlier training is forgotten. Weights of another network count as fresh ones. Raises
        FloatingPointError where the steps are too long; the lab then stays as it was.
        """
        network, train, test = self.network, dataset()["train"], dataset()["test"]
        train = tuple(part[: self.pictures] for part in train)
        mover = SGD(network.parameters(), self.rate, self.momentum)
        is_fresh = len(self.weights) != size_of(network)
        begun, seen, history = (0, 0, []) if is_fresh else (self.epoch, self.seen, self.curves.ravel())
        points = [] if begun or seen else [point(network, train, test)]
        stop = min(MOST_EPOCHS, begun + as_whole("epochs", epochs, minimum=0))
        for epoch in range(begun, stop):
            order = shuffled(self.pictures, stream(self.seed, ORDER, epoch))
            while seen < self.pictures:
                random = stream(self.seed, BATCHES, epoch * 1000 + seen)
                places = order[seen : seen + self.batch]
                images = np.array([varied(train[0][place, 0], self.shifts, self.noise, random) for place in places])
                loss, _ = learn(network, images[:, np.newaxis], train[1][places], mover)
                check_small(loss, epoch)
                seen += len(places)
            seen = 0
            points.append(point(network, train, test))
            weights = np.concatenate([p.value.ravel() for p in network.parameters().values()])
            check_small(max(*points[-1], abs(weights).max()), epoch)
        if stop > begun:
            with self.hold_trait_notifications():
                self.weights, self.epoch, self.seen = weights.round(4), stop, 0
                self.history = np.concatenate([history, np.round(points, 3).ravel()])
        return np.array(points)

    def tables(self) -> str:
        network = self.network
        features = network.layers[0].weight.value
        grids = [number_table(f"Feature {k + 1}", f[0], truncated) for k, f in enumerate(features)]
        maps = network.shapes((1, *X.shape))[3]
        votes = network.layers[4].weight.value
        whose = list(LETTERS) if self.neurons == 0 else [f"neuron {k + 1}" for k in range(self.neurons)]
        shown = min(self.shown, len(whose) - 1)
        grids += [
            number_table(f"Feature {k + 1} votes for {whose[shown]}", matrix, truncated)
            for k, matrix in enumerate(votes[shown].reshape(maps))
        ]
        train, test = dataset()["train"], dataset()["test"]
        loss, test_loss, share, test_share = point(network, tuple(part[: self.pictures] for part in train), test)
        grids.append(
            f"<p>Epoch {self.epoch}: loss {loss:.3f} on the {self.pictures} training pictures, {test_loss:.3f} on the "
            f"{FOR_TEST} test pictures; right {share:.1%} and {test_share:.0%}. Pure chance: 50%.</p>"
        )
        return "\n".join(grids)


@cache
def dataset():
    """{"train": (images, labels), "test": (images, labels)}, fixed, apart from each other."""
    rng = np.random.default_rng(SEED)
    test = make_dataset(FOR_TEST, rng)
    return {"train": make_dataset(FOR_TRAINING, rng, apart_from=test[0]), "test": test}


def as_drawn(image, label) -> list[int]:
    """A picture as the numbers that stand for it among the reader's own: its label, 41 of its pixels and 40."""
    bits = "".join("1" if value > 0 else "0" for value in image.flat)
    return [label, int(bits[:HALF], 2), int(bits[HALF:], 2)]


def packed(images, labels) -> str:
    """Pictures of 81 bits, ink or paper, with the label as the 82nd, in 11 bytes each, as base64."""
    bits = np.column_stack([images.reshape(len(images), -1) > 0, labels])
    return base64.b64encode(np.packbits(bits.astype(bool), axis=1).tobytes()).decode()


def varied(image, shifts: bool, noise: int, random) -> np.ndarray:
    """The picture moved by up to a pixel each way, if `shifts`, and with `noise` pixels flipped."""
    down, right = (int(random() * 3) - 1 for _ in range(2)) if shifts else (0, 0)
    image = shift(image, down, right)
    if noise:
        image.ravel()[shuffled(PIXELS, random)[:noise]] *= -1
    return image


def check_small(number, epoch) -> None:
    """Refuse a loss or a weight beyond what the lab holds."""
    if not number <= LARGEST:
        raise FloatingPointError(f"the loss or a weight is {number:g} in epoch {epoch + 1}: the steps are too long")


def point(network, train, test) -> list[float]:
    """Training loss, test loss, and the shares of training and test pictures that are right."""
    votes = [(network.forward(images), labels) for images, labels in (train, test)]
    return [cross_entropy(*both)[0] for both in votes] + [accuracy(*both) for both in votes]
