"""Trainings for the tests of sweeps, which other processes import: chapter 8's net, on few letters, for six steps."""

import os
import signal
from functools import cache
from pathlib import Path

import numpy as np

from convnet_core.backprop import SGD, train
from convnet_core.convolution import Conv2d
from convnet_core.pictures import make_dataset
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

letters = cache(lambda: make_dataset(60, np.random.default_rng(0)))


def train_one(rng, features=3, rate=0.05):
    """Six steps; loss, and share of right answers, as they were met."""
    images, labels = letters()
    layers = [Conv2d(1, features, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(16 * features, 2, rng=rng)]
    network = Network(layers)
    optimizer = SGD(network.parameters(), rate, momentum=0.9)
    history = train(network, images, labels, rng=rng, epochs=2, batch_size=20, optimizer=optimizer, progress=False)
    return {"loss": history.loss[-1], "right": history.accuracy[-1]}


def fails_once(rng, *, folder, features):
    """Each setting fails the first time."""
    if is_first(Path(folder), features):
        raise ArithmeticError("not at first")
    return train_one(rng, features)


def dies_once(rng, *, folder, features):
    """The process that trains two features is killed, the first time."""
    if features == 2 and is_first(Path(folder), features):
        die()
    return train_one(rng, features)


def two_features_die(rng, features):
    if features == 2:
        die()
    return train_one(rng, features)


def two_features_fail(rng, features):
    if features == 2:
        raise FloatingPointError("the loss is nan")
    return train_one(rng, features)


def counted(rng, *, folder, features):
    """As `train_one`; leaves a file a run."""
    (Path(folder) / f"{features} {rng.integers(1 << 60)}").touch()
    return float(features)


def is_first(folder, features):
    mark = folder / f"tried {features}"
    if mark.exists():
        return False
    mark.touch()
    return True


def die():
    os.kill(os.getpid(), signal.SIGKILL)
