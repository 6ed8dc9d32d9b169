"""Lets the machines of chapter 13 and of its lab learn from pictures that nobody labelled, and writes them down.

    python -m tools.unsupervised_weights    # about a minute on one core

`weights.json` holds what a convolutional machine learned: "edges" from whitened photographs, "strokes" from 4,000
digits. `imagines.bin` holds three machines that imagine the hidden half of a digit: see `convnet_core/imagining.py`.

All settings were chosen on photographs, or on digits that are there to learn from, never on the 1,000 held out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from convnet_core.digits import LEARNED, load_digits
from convnet_core.edges import EDGE, crops, edge_shares, load_whitened
from convnet_core.imagining import FILE, MACHINES, imagining_machine, parameters_of
from convnet_core.unsupervised import ConvRBM, learn_features
from tools.stored import rounded, store

SEED = 0
DECIMALS = 4


def batches(pictures: np.ndarray, count: int, steps: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """`count` of the pictures at random, for each step."""
    for _ in range(steps):
        yield pictures[rng.integers(len(pictures), size=count)]


# Edges, from photographs.

EDGES, EDGE_SIDE, EDGE_SPREAD = 24, 10, 0.01
FIRST_BIAS = -0.1  # of hidden units: few are on at first, as it shall be
CROP, CROPS = 29, 2  # the side of a crop, and crops in a step
EDGE_STEPS = ((0.04, 4000), (0.01, 1000))  # rate and steps; short steps at the end, so that filters come to rest
EDGE_TARGET, EDGE_PULL, EDGE_DECAY = 0.002, 5.0, 0.01
FADED = 0.1  # the length of a filter at the start: one that is no longer has learned nothing, or forgot it


def edges(
    seed: int,
    pictures: list[np.ndarray] | None = None,
    *,
    sigma: float = 0.2,
    target: float = EDGE_TARGET,
    pull: float = EDGE_PULL,
    decay: float = EDGE_DECAY,
    steps: tuple = EDGE_STEPS,
    look: Callable[[ConvRBM, int], None] = lambda machine, steps: None,
) -> ConvRBM:
    """A machine that has learned from crops of pictures, or of whitened photographs if none are given.

    steps  rates, and how many steps with each
    look   is shown the machine and how many steps it has made before it begins, and after every 500
    """
    rng = np.random.default_rng([seed, 1])
    machine = ConvRBM(1, EDGES, EDGE_SIDE, sigma=sigma, spread=EDGE_SPREAD, rng=rng)
    machine.hidden_bias[...] = FIRST_BIAS
    pictures, done = pictures or load_whitened(), 0
    how = {"target": target, "pull": pull, "decay": decay, "progress": False}
    look(machine, done)
    for rate, count in steps:

        def watched(count=count, before=done):
            for step, batch in enumerate(crops(pictures, CROP, CROPS, count, rng)):
                if step and not step % 500:
                    look(machine, before + step)
                yield batch

        learn_features(machine, watched(), rng, rate=rate, **how)
        done += count
        look(machine, done)
    return machine


def count_edges(machine: ConvRBM) -> int:
    """How many of its filters count as edges, and have not faded away."""
    filters = machine.weight[:, 0].astype(float)
    lengths = np.sqrt((filters**2).sum((1, 2)))
    return int(((edge_shares(filters) > EDGE) & (lengths > FADED)).sum())


# Strokes, from digits.

# Of a dozen settings, tried on digits to learn from that were kept apart, most were worth as much to votes, within a
# point; this one leaves fewest filters without a stroke.
STROKES, STROKE_SIDE, STROKE_SIGMA, STROKE_SPREAD = 24, 8, 0.15, 0.1
STROKE_CROP = 27  # the last row and column, which are paper, are left out: maps of 20 x 20, that pool twice
STROKE_STEPS, STROKE_DIGITS, STROKE_RATE = 3600, 10, 0.05
STROKE_TARGET, STROKE_DECAY = 0.03, 0.001


def fresh_strokes(seed: int) -> ConvRBM:
    rng = np.random.default_rng([seed, 2])
    return ConvRBM(1, STROKES, STROKE_SIDE, sigma=STROKE_SIGMA, spread=STROKE_SPREAD, rng=rng)


def cropped(images: np.ndarray) -> np.ndarray:
    """Digits (N, 28, 28) as a machine of strokes takes them: (N, 1, 27, 27)."""
    return images[:, np.newaxis, :STROKE_CROP, :STROKE_CROP].astype(np.float32)


def strokes(seed: int) -> ConvRBM:
    """A machine that has learned from the digits to learn from, without their labels."""
    machine, rng = fresh_strokes(seed), np.random.default_rng([seed, 3])
    pictures = cropped(load_digits()[0][:LEARNED])
    how = {"rate": STROKE_RATE, "target": STROKE_TARGET, "decay": STROKE_DECAY, "progress": False}
    learn_features(machine, batches(pictures, STROKE_DIGITS, STROKE_STEPS, rng), rng, **how)
    return machine


# Whole digits, whose hidden half is imagined.

PAPER = 0.01  # added to the share of ink, and of paper, of a pixel: one that never has ink gets a bias all the same
DIGITS = 50  # in a step, and so that many chains
# The plain machines learn in as many steps, and each at the rate that suits it best: of .005, .01, .02 and .05, by how
# it filled in 200 of the digits to learn from that were kept apart. The convolutional one filled in no better with
# longer learning, with chains that go on, or with more units on.
RECIPES = {
    "CD-1": {"steps": ((0.02, 3000), (0.004, 1000)), "target": 0.1, "pull": 0, "decay": 0.0005},
    "persistent": {"steps": ((0.005, 3000), (0.001, 1000)), "target": 0.1, "pull": 0, "decay": 0.0005},
    "convolutional": {"steps": ((0.05, 400), (0.01, 100)), "target": 0.05, "pull": 5, "decay": 0.001},
}


def black_and_white(images: np.ndarray) -> np.ndarray:
    """Digits (N, 28, 28) whose pixels are on or off: (N, 1, 28, 28)."""
    return (images > 0.5).astype(np.float32)[:, np.newaxis]


def imagining(name: str, seed: int) -> ConvRBM:
    """One of MACHINES that has learned from the digits to learn from, without their labels."""
    rng = np.random.default_rng([seed, 4, list(MACHINES).index(name)])
    machine, pictures = imagining_machine(name, rng), black_and_white(load_digits()[0][:LEARNED])
    # With no hidden unit on, each pixel shall have ink as often as in the digits: its bias is the log of the odds
    # (Hinton, 2010). Beginning at 0, half of all paper would be ink, and hidden units would first learn the paper.
    axes = 0 if machine.is_plain else None
    ink = pictures.mean(axes).reshape(machine.visible_bias.shape)
    machine.visible_bias[...] = np.log((ink + PAPER) / (1 - ink + PAPER))
    recipe = dict(RECIPES[name], is_persistent=name == "persistent", progress=False)
    for rate, steps in recipe.pop("steps"):
        learn_features(machine, batches(pictures, DIGITS, steps, rng), rng, rate=rate, **recipe)
    return machine


def numbers_of(machine: ConvRBM) -> dict:
    """What it has learned, as lists: its filters (K, side, side) and hidden biases, and the one visible bias."""
    arrays = {
        "filters": machine.weight[:, 0],
        "hidden_bias": machine.hidden_bias,
        "visible_bias": machine.visible_bias.ravel(),
    }
    return rounded({name: array.astype(float) for name, array in arrays.items()}, DECIMALS)


HIGHEST = 127  # that a signed byte holds


def as_bytes(machines: dict[str, ConvRBM]) -> bytes:
    """The content of the file that `load_imagining` reads: numbers rounded to the finest steps that reach them all."""
    parts = []
    for array in (array for name in MACHINES for array in parameters_of(machines[name])):
        exponent = int(np.ceil(np.log2(np.abs(array).max() / HIGHEST)))
        parts += [[exponent], np.rint(np.ldexp(array, -exponent)).ravel()]
    return np.concatenate(parts).astype(np.int8).tobytes()


def main() -> None:
    photographs, digits = edges(SEED), strokes(SEED)
    store("belief", {"edges": numbers_of(photographs), "strokes": numbers_of(digits)})
    print(f"{count_edges(photographs)} of {EDGES} filters are edges", flush=True)
    FILE.write_bytes(as_bytes({name: imagining(name, SEED) for name in MACHINES}))
    print(f"{FILE.name}: {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
