"""What the lab does to a photograph before the net sees it: turned, mirrored, inverted, darkened.

changed.js does the same.
"""

from __future__ import annotations

import numpy as np


def changed(photograph, turn: float = 0, mirrored: bool = False, inverted: bool = False, dark: float = 0) -> np.ndarray:
    """A photograph (H, W), from 0 to 1, changed in this order.

    turn      degrees around its middle, clockwise; what lies beyond its edge is the edge
    mirrored  left and right exchanged
    inverted  black and white exchanged
    dark      the share of the light that goes
    """
    picture = turned(photograph, turn) if turn else photograph
    if mirrored:
        picture = picture[:, ::-1]
    if inverted:
        picture = 1 - picture
    return picture * (1 - dark)


def turned(photograph, degrees: float) -> np.ndarray:
    """(H, W), of the same size; each pixel is the mean of the four that it comes from, the nearer the heavier."""
    angle, (height, width) = np.radians(degrees), photograph.shape
    middle, centre = (height - 1) / 2, (width - 1) / 2
    rows, columns = np.indices(photograph.shape)
    down, right = rows - middle, columns - centre
    from_row = np.clip(np.cos(angle) * down - np.sin(angle) * right + middle, 0, height - 1)
    from_column = np.clip(np.sin(angle) * down + np.cos(angle) * right + centre, 0, width - 1)
    top, below = _between(from_row, height)
    left, beside = _between(from_column, width)
    under, after = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    upper = photograph[top, left] * (1 - beside) + photograph[top, after] * beside
    lower = photograph[under, left] * (1 - beside) + photograph[under, after] * beside
    return upper * (1 - below) + lower * below


def _between(places, count):
    whole = np.minimum(places.astype(int), max(0, count - 2))
    return whole, places - whole
