"""Writes numbers that a lab starts with, in one form: JSON with a line for each part, beside the lab."""

from __future__ import annotations

import json

import numpy as np

from convnet_core.labs.kit.stored import LABS


def store(lab: str, content: dict, name: str = "weights.json") -> None:
    """Write `content` into the file `name` of a lab's folder; `convnet_core.labs.kit.stored.stored` reads it."""
    (LABS / lab / name).write_text(as_text(content) + "\n", encoding="utf-8")


def as_text(content: dict, depth: int = 0) -> str:
    """JSON with a line for each key, of dicts inside dicts too, and each array on one line."""
    lines = [
        f"{json.dumps(key)}: {as_text(value, depth + 1) if isinstance(value, dict) else json.dumps(value)}"
        for key, value in content.items()
    ]
    indent = "\n" + "  " * depth
    return "{" + f",{indent}".join(lines) + "}"


def rounded(arrays: dict, decimals: int) -> dict:
    """The arrays as lists of numbers with so many decimals, and no -0."""
    return {name: (np.round(array, decimals) + 0.0).tolist() for name, array in arrays.items()}
