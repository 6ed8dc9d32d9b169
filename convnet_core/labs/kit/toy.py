"""The toy ConvNet of chapters 0 and 7: the pictures that it is shown, and the networks it can be.

Three features of 3x3, ReLU, pooling, and a vote for X and for O. tools/playground_weights.py makes the networks.
"""

from __future__ import annotations

from convnet_core.labs.kit.stored import stored
from convnet_core.pictures import BLANK, TRICKIER_X, O, X, flip_pixels, rotate, scale, shift, thicken

NETWORKS = stored("kit", "toy.json")  # "trained", "random" and "fitted", each with its PARTS
PARTS = ("features", "feature_bias", "weights", "bias")
VALUES = 48  # three pooled maps of 4x4
PICTURES = {
    "X": X,
    "trickier X": TRICKIER_X,
    "turned X": rotate(X, 20),
    "small X": scale(X, 0.75),
    "thick X": thicken(X),
    "noisy X": flip_pixels(X, [48, 57, 75]),
    "O": O,
    "shifted O": shift(O, -1, 1),
    "small O": scale(O, 0.75),
    "thick O": thicken(O),
    "noisy O": flip_pixels(O, [48, 57, 75]),
    "blank": BLANK,
}
