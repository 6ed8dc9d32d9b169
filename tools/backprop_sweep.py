"""Trains chapter 8's tables of knobs: each setting from many starts, on all cores, and writes how well each did.

    python -m tools.backprop_sweep          # five minutes on one core
    python -m tools.backprop_sweep FILE     # keeps each run in FILE as it ends, and goes on from there

"knobs" learns from 1,500 letters, where nearly every net does well but for its learning rate. "architectures" learns
from 50 of them, others for each start, so that nets have room to differ; beside it stands what the nearest of the same
50 gets. The chapter prints both, and a test trains some of it again.
"""

from __future__ import annotations

import sys

import numpy as np

from convnet_core.backprop import SGD, accuracy, train
from convnet_core.convolution import Conv2d
from convnet_core.pictures import nearest
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.sweep import Table, rng_for, sweep
from convnet_core.voting import Flatten, Linear
from tools import starts
from tools.stored import store

FILE = "sweeps.json"
KNOBS = [{"features": features, "rate": rate} for features, rate in ((3, 0.1), (3, 0.0001), (3, 1), (1, 0.1), (8, 0.1))]
KNOB_SEEDS, KNOB_EPOCHS = 5, 10
ARCHITECTURES = {"features": [1, 3, 8], "size": [3, 5], "neurons": [0, 16]}
FEW, FEW_SEEDS, FEW_EPOCHS, FEW_RATE = 50, 20, 60, 0.02


def net(rng, features=3, size=3, neurons=0):
    """Features, ReLU, pooling and votes, with a layer of so many units between them where there are any."""
    side = (9 - size + 1 + 1) // 2  # of a pooled map; where a window sticks out, it counts
    inputs = features * side * side
    between = [Linear(inputs, neurons, rng=rng), ReLU()] if neurons else []
    layers = [Conv2d(1, features, size, rng=rng), ReLU(), MaxPool2d(2), Flatten(), *between]
    return Network([*layers, Linear(neurons or inputs, 2, rng=rng)])


def knob(rng, features, rate):
    """Chapter 8's training on 1,500 letters, for ten epochs: the share of the test."""
    test, (images, labels) = starts.letters()
    return learned(net(rng, features), images, labels, rng, rate, KNOB_EPOCHS, test)


def architecture(rng, features, size, neurons):
    """Learn from 50 letters: the share of the test."""
    test, _ = starts.letters()
    images, labels = some(rng)
    return learned(net(rng, features, size, neurons), images, labels, rng, FEW_RATE, FEW_EPOCHS, test)


def some(rng):
    """50 of the letters: the first that a run draws, so that each setting learns from the same."""
    _, (images, labels) = starts.letters()
    chosen = rng.permutation(len(images))[:FEW]
    return images[chosen], labels[chosen]


def learned(network, images, labels, rng, rate, epochs, test):
    optimizer = SGD(network.parameters(), rate, momentum=0.9)
    how = {"epochs": epochs, "batch_size": min(32, len(images) // 5), "progress": False}
    train(network, images, labels, rng=rng, optimizer=optimizer, **how)
    return accuracy(network.forward(test[0]), test[1])


def by_nearest(seed):
    """What the nearest of a seed's 50 letters gets right of the test."""
    (images, labels), (known, named) = starts.letters()[0], some(rng_for(seed))
    return float((named[nearest(images, known)] == labels).mean())


def shares(table: Table) -> dict[str, list[float]]:
    """By the values of a setting, as in "3 0.1": the share that each seed came to."""
    names = (" ".join(map(str, setting.values())) for setting in table.settings)
    return dict(zip(names, table.numbers().tolist(), strict=True))


def main(file=None) -> None:
    found = {}
    sweeps = {"knobs": (knob, KNOBS, KNOB_SEEDS), "architectures": (architecture, ARCHITECTURES, FEW_SEEDS)}
    for name, what in sweeps.items():
        table = sweep(*what, file=None if file is None else f"{file}.{name}")
        print(table)
        found[name] = shares(table)  # refuses one that was stopped: Ctrl-C ends all of it
    found["nearest"] = [by_nearest(seed) for seed in range(FEW_SEEDS)]
    print("nearest", np.mean(found["nearest"]), np.std(found["nearest"]))
    store("training", found, FILE)


if __name__ == "__main__":
    main(*sys.argv[1:])
