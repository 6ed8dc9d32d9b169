"""Chapter 13's second layers: a machine on the pooled units of another, for photographs and for faces.

    python -m tools.unsupervised_layers    # three minutes on one core

`layers.json` keeps, of the first of five seeds, what each feature stands for in pixels ("corners" from photographs,
"parts" from faces, in eighths of its largest pixel), and of all five how many of the first layer's features and of the
second's count as edges ("counts"). A test runs some of it again.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convnet_core.edges import BORDER, CONTRAST, EDGE, crops, edge_shares, load_whitened, whitened
from convnet_core.faces import load_faces
from convnet_core.unsupervised import ConvRBM, in_pixels, learn_features
from tools.stored import store

SEEDS = 5
FILE = "layers.json"
LEVELS = 8  # of the stored pictures, up and down: one that hangs on a last bit is seldom
FIRST_BIAS = -0.1
UPPER = {
    "target": 0.005,
    "decay": 0.002,
}  # of the second layer: weaker pulls than of the first, or it learns edges again
UPPER_PARTS = {"target": 0.01, "decay": 0.002}
CORNERS, CORNER_SIDE, CORNER_CROP = 40, 6, 15  # features, their side in pooled units, and the crops'
PARTS, PART_SIDE = 30, 7
RATES = (0.04, 0.01)  # the shorter steps at the end bring the features to rest
AT_A_TIME = {"photographs": 2, "on photographs": 4, "faces": 8}


def learned(machine: ConvRBM, batches, steps: tuple[int, int], rng: np.random.Generator, **how) -> ConvRBM:
    machine.hidden_bias[...] = FIRST_BIAS
    for rate, count in zip(RATES, steps, strict=True):
        learn_features(machine, batches(count), rng, rate=rate, progress=False, **how)
    return machine


def on_photographs(seed: int) -> tuple[ConvRBM, ConvRBM]:
    """A machine that has learned from photographs, and one that has learned from its pooled units."""
    rng = np.random.default_rng([seed, 11])
    photographs = load_whitened()
    first = ConvRBM(1, 24, 10, rng=rng)
    learned(first, lambda steps: crops(photographs, 29, AT_A_TIME["photographs"], steps, rng), (4000, 1000), rng)
    maps = scaled([first.hidden(even(photograph, 10)[np.newaxis, np.newaxis])[1][0] for photograph in photographs])
    upper = ConvRBM(24, CORNERS, CORNER_SIDE, rng=rng)
    pieces = lambda steps: (cut(maps, CORNER_CROP, AT_A_TIME["on photographs"], rng) for _ in range(steps))  # noqa: E731
    return first, learned(upper, pieces, (2000, 500), rng, **UPPER)


def on_faces(seed: int) -> tuple[ConvRBM, ConvRBM]:
    """The same for the hundred faces, each as it is and mirrored."""
    rng = np.random.default_rng([seed, 12])
    faces, _ = load_faces()
    both = np.concatenate([faces, faces[:, :, ::-1]])
    # A border of each face's own, turned outwards: whitening takes it off again.
    bordered = np.pad(both, ((0, 0), (BORDER, BORDER), (BORDER, BORDER)), mode="reflect")
    pictures = np.array([whitened(face) for face in bordered], np.float32)[:, np.newaxis]
    first = ConvRBM(1, 24, 6, rng=rng)
    learned(first, lambda steps: some_of(pictures, steps, rng), (2000, 500), rng, target=0.004)
    maps = np.array(scaled(list(first.hidden(pictures)[1])))
    upper = ConvRBM(24, PARTS, PART_SIDE, rng=rng)
    return first, learned(upper, lambda steps: some_of(maps, steps, rng), (3000, 800), rng, **UPPER_PARTS)


def even(picture: np.ndarray, side: int) -> np.ndarray:
    """A picture without a last row or column that would leave half a block over."""
    height, width = (room - (room - side + 1) % 2 for room in picture.shape)
    return picture[:height, :width]


def scaled(maps: list[np.ndarray]) -> list[np.ndarray]:
    """Pooled units around 0, each map by its own mean, and all with the contrast of a whitened photograph."""
    every = np.concatenate([one.reshape(len(one), -1) for one in maps], axis=1)
    mean = every.mean(axis=1)[:, np.newaxis, np.newaxis]
    deviation = (every - every.mean(axis=1, keepdims=True)).std()
    return [((one - mean) * (CONTRAST / deviation)).astype(np.float32) for one in maps]


def cut(maps: list[np.ndarray], side: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Pieces of maps (K, H, W), cut out at random: (count, K, side, side)."""
    pieces = []
    for _ in range(count):
        one = maps[rng.integers(len(maps))]
        row, column = (rng.integers(room - side + 1) for room in one.shape[1:])
        pieces.append(one[:, row : row + side, column : column + side])
    return np.array(pieces)


def some_of(pictures: np.ndarray, steps: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    for _ in range(steps):
        yield pictures[rng.integers(len(pictures), size=AT_A_TIME["faces"])]


def edges_in(pictures: np.ndarray) -> int:
    return int((edge_shares(pictures[:, 0].astype(float)) > EDGE).sum())


def in_levels(pictures: np.ndarray) -> list:
    """Each picture by its largest pixel, in whole levels."""
    largest = np.abs(pictures).max((1, 2, 3), keepdims=True)
    return np.rint(LEVELS * pictures / largest)[:, 0].astype(int).tolist()


def main() -> None:
    counts: dict[str, list[int]] = {name: [] for name in ("photographs", "on photographs", "faces", "on faces")}
    content = {}
    for seed in range(SEEDS):
        for name, make in {"photographs": on_photographs, "faces": on_faces}.items():
            first, upper = make(seed)
            pictures = in_pixels(upper, first)
            counts[name].append(edges_in(first.weight))
            counts[f"on {name}"].append(edges_in(pictures))
            if seed == 0:
                content[{"photographs": "corners", "faces": "parts"}[name]] = in_levels(pictures)
        print(seed, counts, flush=True)
    store("belief", {**content, "counts": counts}, FILE)


if __name__ == "__main__":
    main()
