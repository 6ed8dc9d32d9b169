"""Trains networks of chapters 0 and 8 from many starts, and writes how well each did: too slow for the chapters.

    python -m tools.starts

One training from one start may be luck. So where a sentence of the book rests on such a number, these tables have it
for many starts, and the chapters read them. (Chapter 8's tables of knobs are `tools/backprop_sweep.py`'s.) A test
trains some of it again.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np

from convnet_core.backprop import SGD, accuracy, train
from convnet_core.convolution import Conv2d, conv2d
from convnet_core.pictures import FEATURES, LETTERS, X, flip_pixels, make_dataset
from convnet_core.pooling import MaxPool2d, max_pool2d
from convnet_core.relu import ReLU, relu
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tools import playground_weights
from tools.playground_weights import SLIDES, learned
from tools.stored import store

letters = cache(playground_weights.letters)

TOY_STARTS, TOY_MORE = 16, 4000
FEW_STARTS, FEW_COUNTS, FEW_PICTURES = 10, (4, 10, 100, 1500), 6000

# The X with any two of its pixels flipped.
PAIRS = np.stack([flip_pixels(X, pair) for pair in combinations(range(X.size), 2)])[:, np.newaxis]


def toy(images, labels, more, seed, features):
    """Chapter 0's toy from one start: its share of `more`, likeness to the slides' cross, pairs that fool it."""
    net = learned(images, labels, seed, features)
    kernels = net["features"].reshape(len(net["features"]), -1)
    cosines = kernels @ FEATURES["cross"].ravel() / np.linalg.norm(kernels, axis=1) / 3
    fooled = votes_of(net, PAIRS).argmax(axis=1) != LETTERS.index("X")
    return accuracy(votes_of(net, more[0]), more[1]), round(cosines.max(), 2), int(fooled.sum())


def votes_of(net, images):
    """The votes of a toy, (N, 2)."""
    maps = conv2d(images, net["features"][:, np.newaxis] / 9, net["feature_bias"])
    return max_pool2d(relu(maps)).reshape(len(images), -1) @ net["weights"].T + net["bias"]


def toys():
    """From random features and from the slides' three, the same seeds: what `toy` tells of each."""
    _, (images, labels) = letters()
    more = make_dataset(TOY_MORE, np.random.default_rng(1), apart_from=images)
    made = {"letters": TOY_MORE}
    for name, features in (("random", None), ("slides", SLIDES)):
        runs = [toy(images, labels, more, seed, features) for seed in range(TOY_STARTS)]
        made[name] = dict(zip(("right", "cross", "pairs"), map(list, zip(*runs, strict=True)), strict=True))
    return made


def chapter_8s_net(seed):
    """The network of chapter 8."""
    rng = np.random.default_rng(seed)
    return Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, rng=rng)])


def few(count, seed):
    """Learn from `count` pictures, of each seed others: shares of these and of the test."""
    (test_images, test_labels), (images, labels) = letters()
    some = np.random.default_rng(seed).permutation(len(images))[:count]
    network = chapter_8s_net(seed)
    optimizer = SGD(network.parameters(), 0.01, momentum=0.9)
    rng = np.random.default_rng(seed)
    epochs = FEW_PICTURES // count
    train(
        network, images[some], labels[some], rng=rng, epochs=epochs, batch_size=4, optimizer=optimizer, progress=False
    )
    own, test = (images[some], labels[some]), (test_images, test_labels)
    return [accuracy(network.forward(pictures), right) for pictures, right in (own, test)]


def main() -> None:
    store("playground", toys(), "starts.json")
    runs = {str(count): [few(count, seed) for seed in range(FEW_STARTS)] for count in FEW_COUNTS}
    store("training", {"few": runs}, "starts.json")


if __name__ == "__main__":
    main()
