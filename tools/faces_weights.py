"""Teaches the net of chapter 12 and of its lab to tell faces from other patches, and writes it beside the lab.

    python -m tools.faces_weights

Five nets, stored round by round: "patches" has learned from 70 faces and 70 other patches alone; round 0 had windows
of twelve photographs without faces and pieces of faces beside them; rounds 1, 2 and 3 were each shown the false alarms
of the round before. The astronaut's photograph and three others are for looking, and nothing is learned from them. The
recipe was found while looking at them: `tools/faces_experiments.py` says what that is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convnet_core.faces import (
    APART,
    SEED,
    STORED_AS,
    face_net,
    face_net_from,
    face_scores,
    learn_faces,
    load_photographs,
    random_windows,
    split_faces,
)
from convnet_core.scanning import false_alarms, pyramid
from convnet_core.stacking import Network
from tools.stored import rounded, store

WINDOWS = 1500  # at random, of the photographs without faces
ROUNDS = 3
MOST = 60  # false alarms of a photograph, in a round
DECIMALS = 3


def without_faces() -> list[np.ndarray]:
    """The photographs that windows and false alarms are taken from."""
    return [photograph for name, photograph in load_photographs().items() if name not in APART]


def from_patches(parts, seed: int) -> Network:
    """The net that has learned from patches alone."""
    rng = np.random.default_rng([seed, 1])
    network = face_net(rng)
    learn_faces(network, parts["faces"], parts["others"], rng, pieces=False)
    return network


def taught(
    parts, seed: int, windows: int = WINDOWS, is_shown_false_alarms: bool = True, **how
) -> Iterator[tuple[Network, int]]:
    """The net after each round, the first as number 0, and how many patches it had as examples of no face.

    It is one and the same net, which learns on, from so many windows at first and as `learn_faces` is told. Where it is
    not shown its false alarms, it gets as many windows at random as there are false alarms at most.
    """
    rng = np.random.default_rng([seed, 2])
    network, photographs = face_net(rng), without_faces()
    pictures = [picture for photograph in photographs for _, picture in pyramid(photograph)]
    others = np.concatenate([parts["others"], random_windows(pictures, windows, rng)])
    for turn in range(ROUNDS + 1):
        if turn > 0 and is_shown_false_alarms:
            others = np.concatenate(
                [others, *(false_alarms(network, photograph, rng, MOST) for photograph in photographs)]
            )
        elif turn > 0:
            others = np.concatenate([others, random_windows(pictures, MOST * len(photographs), rng)])
        learn_faces(network, parts["faces"], others, rng, **how)
        yield network, len(others)


def numbers_of(network: Network) -> dict:
    """What it has learned, by the names of the file."""
    arrays = {STORED_AS[name]: parameter.value.astype(float) for name, parameter in network.parameters().items()}
    return rounded(arrays, DECIMALS)


def main() -> None:
    parts = split_faces(SEED)
    content = {"patches": numbers_of(from_patches(parts, SEED))}
    for turn, (network, _) in enumerate(taught(parts, SEED)):
        content[f"round {turn}"] = numbers_of(network)
    store("faces", content)
    for name, weights in content.items():
        network = face_net_from(weights)
        says_face = {kind: face_scores(network, parts[f"held-out {kind}"]) > 0 for kind in ("faces", "others")}
        print(f"{name}: {says_face['faces'].sum()} of 30 faces, {(~says_face['others']).sum()} of 30 others")


if __name__ == "__main__":
    main()
