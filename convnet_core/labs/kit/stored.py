"""Numbers that a script of tools/ made and a lab starts with: weights and samples, as JSON beside the lab."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np

THOUSANDTHS = 1000  # a packed weight is a whole number of them
LABS = Path(__file__).parent.parent


def stored(lab: str, name: str = "weights.json"):
    """What the file `name` of a lab's folder holds. `tools.stored.store` writes such a file."""
    return json.loads((LABS / lab / name).read_text(encoding="utf-8"))


def packed(arrays) -> str:
    """Weights in thousandths, two bytes each: first all the lower ones, then all the higher ones, as base64."""
    steps = np.rint(np.concatenate([np.ravel(array) for array in arrays]) * THOUSANDTHS).astype("<i2")
    return base64.b64encode(steps.view(np.uint8).reshape(-1, 2).T.tobytes()).decode()
