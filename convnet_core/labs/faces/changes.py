"""What the lab does to a photograph before the net sees it: turned, mirrored, inverted, darkened.

changed.js does the same.
"""

from __future__ import annotations

import numpy as np

from convnet_core.resizing import turned


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
