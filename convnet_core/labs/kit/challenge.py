"""A challenge as the reader meets it. Whether it is solved, the lab's JavaScript knows, by the same id."""

from __future__ import annotations

from typing import NamedTuple


class Challenge(NamedTuple):
    """What to do, what the reader has found out by doing it, and hints: first a nudge, then more.

    praise must be true whichever way the reader took.
    """

    id: str
    text: str
    praise: str
    hints: tuple[str, ...]
