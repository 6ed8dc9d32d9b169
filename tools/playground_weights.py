"""Fits the votes of chapter 0's toy ConvNet and writes them beside its lab.

    python -m tools.playground_weights

The features are those of the slides. Only the votes are fitted: by least squares, on letters that make_dataset
draws. The chapter does the same in cells of its own, and a test does it again.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from convnet_core.convolution import conv2d
from convnet_core.pictures import FEATURES, LETTERS, make_dataset
from convnet_core.pooling import max_pool2d
from convnet_core.relu import relu

WEIGHTS = Path(__file__).resolve().parent.parent / "convnet_core" / "labs" / "weights" / "playground.json"
SEED, FOR_TEST, FOR_TRAINING = 0, 500, 1500
DECIMALS = 2  # as many as the lab prints


def letters():
    """The test set, and a training set that keeps apart from it: (images, labels) each."""
    rng = np.random.default_rng(SEED)
    test = make_dataset(FOR_TEST, rng)
    return test, make_dataset(FOR_TRAINING, rng, apart_from=test[0])


def values_of(images):
    """The pooled numbers of each picture: (N, 1, 9, 9) becomes (N, 48)."""
    features = np.stack(list(FEATURES.values()))[:, np.newaxis]
    maps = conv2d(images, features / features[0].size)
    return max_pool2d(relu(maps)).reshape(len(images), -1)


def fit(images, labels):
    """Weights (2, 48) and bias (2,) that vote nearest to 1 for the right letter and 0 for the other one."""
    known = np.column_stack([values_of(images), np.ones(len(images))])
    wanted = (labels[:, np.newaxis] == np.arange(len(LETTERS))).astype(float)
    found = np.linalg.lstsq(known, wanted)[0].T
    return found[:, :-1], found[:, -1]


def main() -> None:
    _, (images, labels) = letters()
    weights, bias = (array.round(DECIMALS) + 0.0 for array in fit(images, labels))
    rows = ",\n  ".join(json.dumps(row) for row in weights.tolist())
    WEIGHTS.write_text(f'{{"weights": [\n  {rows}\n],\n"bias": {json.dumps(bias.tolist())}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
