"""Collects the samples on which chapter 9's lab swaps pixels, and writes them beside the lab.

    python -m tools.shuffle_data

Three kinds of data: scikit-learn's handwritten digits, sounds of `make_sounds` as pictures of time by pitch
(scipy.signal), customers of `make_customers` as they are. Each sample becomes a text, a letter for each pixel.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import spectrogram
from sklearn.datasets import load_digits

from convnet_core.labs.kit.levels import CODE
from convnet_core.limitations import (
    CUSTOMER_ANSWERS,
    CUSTOMER_COLUMNS,
    SAMPLE_RATE,
    SOUNDS,
    make_customers,
    make_sounds,
)
from tools.stored import store

SEED = 9
FOR_TEST = 300
DIGITS, TONES, CUSTOMERS = 400, 200, 400  # to learn from
BANDS, MOMENTS = 10, 12  # rows and columns of a sound's picture
LOWEST, HIGHEST = 200, 3400  # pitch, in swings a second
QUIET, LOUD = -59, -32  # decibels: 0 and the largest level of a sound's picture
LEVELS = 9
REACH = 31  # tenths: a customer's number is kept from -3.1 to 3.1
SHOWN = 6


def digits():
    """Levels of ink (N, 8, 8) from 0 to 8, half of the 16 that they have, and the digits (N,)."""
    found = load_digits()
    order = np.random.default_rng(SEED).permutation(len(found.target))[: DIGITS + FOR_TEST]
    return found.images[order].astype(int) // 2, found.target[order]


def sounds():
    """Loudness (N, 10, 12) from 0 to 9, high pitch above, time to the right; labels (N,); each row's pitch (10,)."""
    waves, labels = make_sounds(TONES + FOR_TEST, np.random.default_rng(SEED))
    moment = waves.shape[1] // MOMENTS
    pitches, _, power = spectrogram(waves, SAMPLE_RATE, window="hann", nperseg=moment, noverlap=0)
    bands = np.array_split(np.flatnonzero((pitches > LOWEST) & (pitches <= HIGHEST)), BANDS)[::-1]
    loudness = 10 * np.log10(np.stack([power[:, band, :MOMENTS].mean(axis=1) for band in bands], axis=1))
    levels = np.clip(np.round((loudness - QUIET) / (LOUD - QUIET) * LEVELS), 0, LEVELS)
    return levels.astype(int), labels, [round(pitches[band].mean()) for band in bands]


def customers():
    """A row for each customer (N, 1, 12), in tenths, and whether they buy again (N,)."""
    rows, labels = make_customers(CUSTOMERS + FOR_TEST, np.random.default_rng(SEED))
    return np.clip(np.round(10 * rows), -REACH, REACH).astype(int)[:, np.newaxis], labels


def packed(levels, labels, answers, *, train, zero=0, unit=1, most=1, **more):
    """One kind of data as the lab reads it; `shown` are the first test samples, of as many answers as can be."""
    letters = "".join(CODE[level + zero] for level in levels.ravel())
    times = [list(labels[train:at]).count(labels[at]) for at in range(train, len(labels))]
    shown = sorted(range(len(times)), key=lambda at: (times[at], labels[train + at]))[:SHOWN]
    return {
        "shape": levels.shape[1:],
        "answers": answers,
        "train": train,
        "test": FOR_TEST,
        "zero": zero,
        "unit": unit,
        "most": most,
        "shown": [train + at for at in shown],
        **more,
        "labels": "".join(str(label) for label in labels),
        "samples": letters,
    }


def collected() -> dict:
    """All of it, as the file has it."""
    levels, labels, pitches = sounds()
    heard = {"pitches": pitches, "decibels": (LOUD - QUIET) / LEVELS}
    return {
        "digits": packed(*digits(), [str(digit) for digit in range(10)], train=DIGITS, most=8),
        "sounds": packed(levels, labels, SOUNDS, train=TONES, most=LEVELS, **heard),
        "customers": packed(
            *customers(), CUSTOMER_ANSWERS, train=CUSTOMERS, zero=REACH, unit=10, columns=CUSTOMER_COLUMNS
        ),
    }


def main() -> None:
    store("shuffle", collected(), "samples.json")


if __name__ == "__main__":
    main()
