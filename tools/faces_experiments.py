"""Chapter 12's experiments, for five seeds each, beside the lab's weights: what each round of learning is worth,
how much is found at which threshold, what the recipe can't do without, and what breaks it.

    python -m tools.faces_experiments        # all, about a quarter of an hour of one processor
    python -m tools.faces_experiments broken # one table

A seed chooses which 30 faces and 30 others are held out, the first weights, the windows and the batches. The recipe was
found while looking at the astronaut's photograph, with these very seeds: her rank says what it does on the picture that
it was made for, and "fresh" asks another five seeds. The threshold of 20 was chosen after a look at the cat. A test of
the book runs some of it again.
"""

from __future__ import annotations

import copy
import sys
from functools import cache

import numpy as np

from convnet_core.faces import HER_FACE, face_scores, load_photographs, local_contrast, pasted, split_faces
from convnet_core.pictures import nearest
from convnet_core.resizing import turned
from convnet_core.scanning import AGREE, find_faces, overlap, pyramid, scan, windows_of
from convnet_core.stacking import Network
from tools.experiments import SEEDS, Experiments
from tools.faces_weights import ROUNDS, from_patches, taught

DECIMALS = 2
HIS_FACE = 62, 92, 40  # the camera man's profile, by eye
SURE = 20  # a total above this counts


@cache
def nets(seed: int) -> dict[str, tuple[Network, int]]:
    """By name: the net from patches alone and after each round, and how many patches it had as examples of no face."""
    parts = split_faces(seed)
    found = {"patches": (from_patches(parts, seed), len(parts["others"]))}
    for turn, (network, others) in enumerate(taught(parts, seed)):
        found[f"round {turn}"] = copy.deepcopy(network), others
    return found


# What each round is worth.


def rounds(seed):
    """For each net what `asked` says of it, and two yardsticks beside it."""
    parts = split_faces(seed)
    table = by_nearest(parts) | by_roughness(parts)
    for name, (network, others) in nets(seed).items():
        table[f"{name}: others learned from"] = others
        table |= {f"{name}: {what}": value for what, value in asked(network, parts).items()}
    return table


def by_nearest(parts):
    """How many of 30 and 30 are right if each is what the nearest of the learned patches is, by bare pixels."""
    learned = np.concatenate([parts["faces"], parts["others"]])
    is_face = np.repeat([True, False], [len(parts["faces"]), len(parts["others"])])
    return {
        "nearest: faces": int(is_face[nearest(parts["held-out faces"], learned)].sum()),
        "nearest: others": int((~is_face[nearest(parts["held-out others"], learned)]).sum()),
    }


def by_roughness(parts):
    """The same where a single number decides, above a threshold or not, that is best for the learned patches; and how
    many windows of the astronaut's photograph it takes for faces."""
    faces, others = roughness(parts["faces"]), roughness(parts["others"])
    threshold = max([*faces, *others], key=lambda one: (faces > one).sum() + (others <= one).sum())
    pictures = [picture for _, picture in pyramid(load_photographs()["astronaut"])]
    windows = np.concatenate([windows_of(picture) for picture in pictures])
    return {
        "roughness: faces": int((roughness(parts["held-out faces"]) > threshold).sum()),
        "roughness: others": int((roughness(parts["held-out others"]) <= threshold).sum()),
        "roughness: windows": int((roughness(windows) > threshold).sum()),
    }


def roughness(patches):
    """How much a pixel stands out from those around it, on the average over a patch."""
    return np.abs(local_contrast(patches)).mean(axis=(1, 2))


def asked(network, parts):
    """Of 30 and 30 held-out patches, how many are right; what becomes of her face, and of his; and how many boxes there
    are in photographs without a face, or, in hers, beside her face."""
    photographs = load_photographs()
    table = {
        "faces": int((face_scores(network, parts["held-out faces"]) > 0).sum()),
        "others": int((face_scores(network, parts["held-out others"]) <= 0).sum()),
        "windows": int((scan(network, pyramid(photographs["astronaut"]))[0] > 0).sum()),
    }
    for name, together in (("scores", False), ("totals", True)):
        found = {one: find_faces(network, photographs[one], 0, together) for one in ("astronaut", "cat", "rocket")}
        hers = place_of(HER_FACE, found["astronaut"])
        table |= {
            f"her {name}": hers[0],
            f"her rank by {name}": hers[1],
            f"next {name}": best_other(found["astronaut"]),
        }
        for photograph, (values, boxes) in found.items():
            if photograph == "astronaut":
                values = values[overlap(boxes, HER_FACE) < AGREE]
            table[f"{photograph}, {name} above 0"] = len(values)
            if together:
                table[f"{photograph}, {name} above {SURE}"] = int((values > SURE).sum())
    his = place_of(HIS_FACE, find_faces(network, photographs["camera"]))
    return table | {"his totals": his[0], "his rank by totals": his[1]}


def place_of(face, found):
    """The score or total of the first box that is on a face, and how manieth it is; None and None where none is."""
    values, boxes = found
    places = np.flatnonzero(overlap(boxes, face) >= AGREE)
    return (round(float(values[places[0]]), DECIMALS), int(places[0]) + 1) if len(places) else (None, None)


def best_other(found):
    """The largest score or total beside her face; 0 where there is none."""
    values, boxes = found
    return round(float(max(values[overlap(boxes, HER_FACE) < AGREE], default=0)), DECIMALS)


def fresh(seed):
    """The first and the last net of another five seeds, which the recipe was not chosen by."""
    seed += SEEDS
    found = {name: asked(nets(seed)[name][0], split_faces(seed)) for name in ("patches", f"round {ROUNDS}")}
    return {f"{name}: {what}": value for name, one in found.items() for what, value in one.items()}


# How much is found at which threshold.

THRESHOLDS = (0, 2, 5, 10, 15, 20, 30, 50)
SIDES = 32, 62  # pixels of a pasted face


def curve(seed):
    """By net and threshold: in 60 photographs with one face each, how many boxes are told, how many are on it.

    Each held-out face is laid over the cat and over the rocket, whose photographs nothing was learned from. Its edges
    are sharp, which may give it away.
    """
    table = {}
    for name, (network, _) in nets(seed).items():
        told, right = told_and_right(network, split_faces(seed)["held-out faces"], seed)
        for threshold in THRESHOLDS:
            table[f"{name}: told above {threshold}"] = int((told > threshold).sum())
            table[f"{name}: right above {threshold}"] = int((right > threshold).sum())
    return table


def told_and_right(network, faces, seed):
    """The totals of all boxes, and of those on a face, one a face at most."""
    rng, told, right = np.random.default_rng([seed, 3]), [], []
    for name in ("cat", "rocket"):
        photograph = load_photographs()[name]
        for face in faces:
            side = int(rng.integers(SIDES[0], SIDES[1] + 1))
            row, column = (int(rng.integers(length - side + 1)) for length in photograph.shape)
            values, boxes = find_faces(network, pasted(photograph, face, row, column, side))
            told += values.tolist()
            right += values[overlap(boxes, (row, column, side)) >= AGREE][:1].tolist()
    return np.array(told), np.array(right)


# What the recipe can't do without.

WITHOUT = {
    "pieces": {"pieces": False},
    "turns and zooms": {"varied": False},
    "first windows": {"windows": 0},
    "false alarms": {"is_shown_false_alarms": False},  # but as many windows at random
}


def without(seed):
    """What `asked` says after the last round, where one thing was left out of the recipe."""
    table, parts = {}, split_faces(seed)
    for name, how in WITHOUT.items():
        *_, (network, others) = taught(parts, seed, **how)
        table[f"{name}: others learned from"] = others
        table |= {f"{name}: {what}": value for what, value in asked(network, parts).items()}
    return table


# What breaks it.

DEGREES = (5, 10, 15, 20, 30, 45, 90, 180)


def broken(seed):
    """By what was done to her photograph: her total, and her rank by totals; None where she is lost."""
    network = nets(seed)["round 3"][0]
    table = {}
    for name, (photograph, face) in changes().items():
        table[name], table[f"{name}: rank"] = place_of(face, find_faces(network, photograph))
    return table


def changes():
    """By name: her photograph changed, and where her face is then."""
    photograph, (row, column, side) = load_photographs()["astronaut"], HER_FACE
    middle = row + (side - 1) / 2, column + (side - 1) / 2
    mirrored = photograph[:, ::-1], (row, photograph.shape[1] - column - side, side)
    moves = {f"moved by {by}": (photograph[by:, by:], (row - by, column - by, side)) for by in (1, 2, 3, 4)}
    stays = {
        "as it is": photograph,
        **{f"turned by {degrees}": turned(photograph, -degrees, middle) for degrees in DEGREES},
        "inverted": 1 - photograph,
        "a half as bright": photograph / 2,
        "a tenth as bright": photograph / 10,
        "twice as bright": np.minimum(2 * photograph, 1),
        **{f"blurred by {pixels}": blurred(photograph, pixels) for pixels in (3, 5, 9)},
    }
    return {name: (changed, HER_FACE) for name, changed in stays.items()} | {"mirrored": mirrored} | moves


def blurred(photograph, pixels):
    """Each pixel the mean of a square of so many, an odd number, along a side; beyond the edge is the edge."""
    bordered = np.pad(photograph, pixels // 2, mode="edge")
    return np.lib.stride_tricks.sliding_window_view(bordered, (pixels, pixels)).mean(axis=(2, 3))


TABLES = {"rounds": rounds, "fresh": fresh, "curve": curve, "without": without, "broken": broken}
EXPERIMENTS = Experiments("faces", TABLES)

if __name__ == "__main__":
    EXPERIMENTS.make(*sys.argv[1:])
