"""Trains the hidden layer of the voting lab and writes its weights beside the lab.

    python -m tools.voting_weights

The features and the letters are those of playground_weights.py. Three hidden units and the two votes behind them
learn by Adam from the pooled numbers; chapter 8 says how.
"""

from __future__ import annotations

import numpy as np

from convnet_core.backprop import Adam, train
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Linear
from tools.playground_weights import DECIMALS, letters, values_of
from tools.stored import rounded, store

UNITS, EPOCHS, RATE = 3, 30, 0.01
SEED = 1  # from other starts some units never wake: they are 0 for every letter, so nothing moves them
NAMES = {"0.weight": "hidden_weights", "0.bias": "hidden_bias", "2.weight": "out_weights", "2.bias": "out_bias"}


def learned(images, labels):
    """The weights and biases of the hidden layer and of the votes behind it, by the names of the lab's traits."""
    values, rng = values_of(images), np.random.default_rng(SEED)
    network = Network([Linear(values.shape[1], UNITS, rng=rng), ReLU(), Linear(UNITS, 2, rng=rng)])
    optimizer = Adam(network.parameters(), learning_rate=RATE)
    train(network, values, labels, rng=rng, epochs=EPOCHS, optimizer=optimizer, progress=False)
    return {NAMES[name]: parameter.value for name, parameter in network.parameters().items()}


def main() -> None:
    _, (images, labels) = letters()
    store("voting", rounded(learned(images, labels), DECIMALS))


if __name__ == "__main__":
    main()
