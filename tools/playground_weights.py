"""Trains chapter 0's toy ConvNet, and writes what it learned into the labs' kit.

    python -m tools.playground_weights

Three networks of one kind come out. "trained": features and votes learned together, the features beginning as the
slides' three, the votes at random. "random": the same, but the features begin at random too. "fitted": the slides'
features as they are, and votes fitted to them by least squares. The first and the second are trained in chapter 0 in
cells of its own, the third is fitted in chapter 7, and tests do all of it again.

The seeds are chosen for what there is to see: a trained net that two pixels can fool, and random features one of
which becomes nearly a cross. Other seeds do as well in the test, and find other features.
"""

from __future__ import annotations

import numpy as np

from convnet_core.backprop import SGD, train
from convnet_core.convolution import Conv2d, conv2d
from convnet_core.pictures import FEATURES, LETTERS, make_dataset
from convnet_core.pooling import MaxPool2d, max_pool2d
from convnet_core.relu import ReLU, relu
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tools.stored import rounded, store

SEED, FOR_TEST, FOR_TRAINING = 0, 500, 1500
TRAINED_SEED, RANDOM_SEED = 2, 4
EPOCHS, RATE, MOMENTUM = 20, 0.003, 0.9
DECIMALS = 2  # as many as the lab prints
PIXELS = 9  # of a feature
SLIDES = np.stack(list(FEATURES.values()))


def letters():
    """The test set, and a training set that keeps apart from it: (images, labels) each."""
    rng = np.random.default_rng(SEED)
    test = make_dataset(FOR_TEST, rng)
    return test, make_dataset(FOR_TRAINING, rng, apart_from=test[0])


def learned(images, labels, seed, features=None):
    """What training makes of a network, by the names of the lab's traits; of random features where none are given.

    The lab divides a match by the 9 pixels of a feature, and a convolution layer does not. So its maps, and the
    bias on them, are 9 times as large, and the weights of the votes 9 times as small.
    """
    rng = np.random.default_rng(seed)
    layers = [Conv2d(1, len(FEATURES), 3, rng=rng), ReLU(), MaxPool2d(2), Flatten()]
    network = Network([*layers, Linear(48, len(LETTERS), rng=rng)])
    parameters = network.parameters()
    if features is not None:
        parameters["0.weight"].value[:, 0] = features
        parameters["0.bias"].value[:] = 0
    optimizer = SGD(parameters, learning_rate=RATE, momentum=MOMENTUM)
    train(network, images, labels, rng=rng, epochs=EPOCHS, optimizer=optimizer, progress=False)
    kernels, feature_bias, weights, bias = (parameter.value for parameter in parameters.values())
    return {
        "features": kernels[:, 0],
        "feature_bias": feature_bias / PIXELS,
        "weights": PIXELS * weights,
        "bias": bias,
    }


def values_of(images):
    """The pooled numbers of each picture by the slides' features: (N, 1, 9, 9) becomes (N, 48)."""
    maps = conv2d(images, SLIDES[:, np.newaxis] / PIXELS)
    return max_pool2d(relu(maps)).reshape(len(images), -1)


def fitted(images, labels):
    """The slides' features, and votes that come nearest to 1 for the right letter and to 0 for the other one."""
    known = np.column_stack([values_of(images), np.ones(len(images))])
    wanted = (labels[:, np.newaxis] == np.arange(len(LETTERS))).astype(float)
    found = np.linalg.lstsq(known, wanted)[0].T
    return {"features": SLIDES, "feature_bias": np.zeros(3), "weights": found[:, :-1], "bias": found[:, -1]}


def networks(images, labels):
    """Every network of the lab, by its name."""
    return {
        "trained": learned(images, labels, TRAINED_SEED, SLIDES),
        "random": learned(images, labels, RANDOM_SEED),
        "fitted": fitted(images, labels),
    }


def main() -> None:
    _, (images, labels) = letters()
    made = {name: rounded(network, DECIMALS) for name, network in networks(images, labels).items()}
    store("kit", made, "toy.json")


if __name__ == "__main__":
    main()
