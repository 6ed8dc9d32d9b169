"""Data that a lab does not start with: handed over in parts, by a page's scripts or by the kernel."""

from __future__ import annotations

import base64
import json
from pathlib import Path

PART = 90_000  # bytes of a part: a bar that shows how many have come moves often enough


def parts_of(path: Path) -> list[bytes]:
    """The bytes of a file in parts, none of them empty."""
    whole = path.read_bytes()
    return [whole[start : start + PART] for start in range(0, len(whole), PART)]


def scripts_of(files: dict[str, Path]) -> dict[str, dict[str, str]]:
    """For each name of data its scripts, {"digits": {"digits-1.js": text, ...}}: kit/bring.js loads them in this order.

    A script does nothing but hold its part, as base64 under its own name: one loads from disk, where no page may read
    a file.
    """
    return {name: dict(_scripts(name, parts_of(path))) for name, path in files.items()}


def _scripts(name: str, parts: list[bytes]):
    for number, part in enumerate(parts, start=1):
        file = f"{name}-{number}.js"
        text = base64.b64encode(part).decode()
        yield file, f"(window.convnetPart??={{}})[{json.dumps(file)}]={json.dumps(text)};\n"
