"""Numbers that a script of tools/ made and a lab starts with: weights and samples, as JSON beside the lab."""

from __future__ import annotations

import json
from pathlib import Path

LABS = Path(__file__).parent.parent


def stored(lab: str, name: str = "weights.json"):
    """What the file `name` of a lab's folder holds. `tools.stored.store` writes such a file."""
    return json.loads((LABS / lab / name).read_text(encoding="utf-8"))
