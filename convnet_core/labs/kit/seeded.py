"""Random numbers that the page has too, for the same seed, and the networks that start from them.

mirror/seeded.js and mirror/training.js are the same in JavaScript.
"""

from __future__ import annotations

import numpy as np

FIRST_WEIGHTS, ORDER, BATCHES = range(3)  # each has random numbers of its own


def mulberry32(seed: int):
    """A function that gives random numbers from 0 to below 1: those that the page has for the same seed."""
    state, low = seed, 0xFFFFFFFF

    def random() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & low
        mixed = ((state ^ (state >> 15)) * (state | 1)) & low
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & low
        return (mixed ^ (mixed >> 14)) / (low + 1)

    return random


class Seeded(np.random.Generator):
    """A generator for the core that draws what the page draws for the same seed, by `random` and what is made of it."""

    def __init__(self, seed: int):
        super().__init__(np.random.PCG64(0))
        self._next = mulberry32(seed)

    def random(self, size=None, dtype=np.float64, out=None):
        """Numbers from 0 to below 1, row by row, or a single one; whatever the dtype, none is rounded."""
        if size is None:
            return self._next()
        return np.reshape([self._next() for _ in range(int(np.prod(size)))], size)

    def integers(self, low, high=None, size=None):
        """Whole numbers from low to below high, or from 0 to below low."""
        low, high = (0, low) if high is None else (low, high)
        if size is not None:
            return np.array([self.integers(low, high) for _ in range(size)])
        return low + int(self._next() * (high - low))

    def choice(self, options):
        """One of them."""
        return options[self.integers(len(options))]


def stream(seed: int, purpose: int, count: int):
    """Random numbers of their own for each purpose, and for each epoch or batch."""
    return mulberry32(((seed * 3 + purpose + 1) * 0x9E3779B1 + count) & 0xFFFFFFFF)


def shuffled(count: int, random) -> np.ndarray:
    """The whole numbers below `count` in random order."""
    order = np.arange(count)
    for last in range(count - 1, 0, -1):
        other = int(random() * (last + 1))
        order[[last, other]] = order[[other, last]]
    return order


def size_of(network) -> int:
    """How many numbers a network learns."""
    return sum(parameter.value.size for parameter in network.parameters().values())


def put(network, weights) -> None:
    """Give a network its weights, from one list."""
    start = 0
    for parameter in network.parameters().values():
        end = start + parameter.value.size
        parameter.value[...] = np.reshape(weights[start:end], parameter.value.shape)
        start = end


def put_fresh(network, seed: int) -> None:
    """Give it fresh ones, evenly from -1 / sqrt(inputs) to 1 / sqrt(inputs), as every layer here starts."""
    random = stream(seed, FIRST_WEIGHTS, 0)
    learning = [layer for layer in network.layers if layer.parameters()]
    for layer in learning:
        bound = 1 / np.sqrt(layer.weight.value.size / layer.bias.value.size)
        for parameter in layer.parameters().values():
            parameter.value.ravel()[:] = [(2 * random() - 1) * bound for _ in range(parameter.value.size)]
