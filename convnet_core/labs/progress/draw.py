"""What own problems are made with: numbers drawn from a seed, and numbers as short texts. draw.js does the same."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from convnet_core.labs.kit.seeded import mulberry32


class Made(NamedTuple):
    """A problem of one student's.

    pictures  (H, W) each, by name
    right     the answer, as digits or as a fraction
    slips     what comes out where one goes wrong, by the slip's name
    """

    pictures: dict[str, np.ndarray]
    right: str
    slips: dict[str, str]


class Draw:
    """Numbers of a seed's own, one after another."""

    def __init__(self, seed: int):
        self._random = mulberry32(seed)

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both among them."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, options):
        """One of them."""
        return options[self.whole(0, len(options) - 1)]

    def matrix(self, rows: int, columns: int, low: int, high: int) -> np.ndarray:
        """Whole numbers (rows, columns)."""
        return np.array([[self.whole(low, high) for _ in range(columns)] for _ in range(rows)], dtype=float)

    def pixels(self, rows: int, columns: int) -> np.ndarray:
        """Ink, 1, and paper, -1 (rows, columns)."""
        return 2 * self.matrix(rows, columns, 0, 1) - 1

    def order(self, count: int) -> list[int]:
        """The whole numbers below `count` in an order of their own."""
        left = list(range(count))
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(count)]


def written(value) -> str:
    """A number of at most six decimals, without zeros behind."""
    rounded = math.floor(value * 1e6 + 0.5) / 1e6 + 0.0
    return f"{rounded:.6f}".rstrip("0").rstrip(".")


def fraction(number, divisor: int) -> str:
    """ "5/9", and "2" where it is whole, of whole numbers."""
    number = int(number)
    return str(number // divisor) if number % divisor == 0 else f"{number}/{divisor}"


def ninths(match) -> str:
    """A match as ninths."""
    return fraction(round(match * 9), 9)
