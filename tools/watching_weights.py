"""Trains both networks of chapter 15 and of its lab, and writes their weights down.

    python -m tools.watching_weights    # about a minute on one core

Both learn from the same 60,000 crops, drawn at all six levels of noise. The numbers of epochs and the learning rates
were chosen on crops of other seeds.
"""

from __future__ import annotations

import numpy as np

from convnet_core.backprop import Adam, train
from convnet_core.labs.kit.seeded import size_of
from convnet_core.stacking import Network
from convnet_core.watching import KINDS, random_crops, watching_net
from tools.stored import rounded, store

SEED = 0
CROPS = 60_000
DECIMALS = 3
EPOCHS = ((0.003, 10), (0.001, 6), (0.0002, 3))  # learning rates, and epochs with each


def trained(seed: int, count: int = CROPS) -> dict[str, Network]:
    """Both networks, as this seed makes them; of 32 bits."""
    crops, *answers = random_crops(count, np.random.default_rng([seed, 0]))
    return {
        kind: learned(kind, crops, labels, np.random.default_rng([seed, 1, place]))
        for place, (kind, labels) in enumerate(zip(KINDS, answers, strict=True))
    }


def learned(kind: str, crops: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> Network:
    network = watching_net(kind, rng)
    for rate, epochs in EPOCHS:
        optimizer = Adam(network.parameters(), rate)
        train(network, crops, labels, optimizer=optimizer, epochs=epochs, batch_size=64, rng=rng, progress=False)
    return network


def as_stored(network: Network) -> dict[str, list]:
    """Its weights by their names, rounded."""
    return rounded({name: each.value.astype(float) for name, each in network.parameters().items()}, DECIMALS)


def main() -> None:
    networks = trained(SEED)
    store("watching", {kind: as_stored(network) for kind, network in networks.items()})
    print("numbers:", *(f"{kind} {size_of(network):,}" for kind, network in networks.items()))


if __name__ == "__main__":
    main()
