"""The state that only the watching lab has: rows of whole numbers. rules.js refuses the same with the same words."""

from __future__ import annotations

from convnet_core.labs.kit.rules import add_rule, within
from convnet_core.labs.kit.traits import Ruled, as_lists


class Rows(Ruled):
    """Rows of whole numbers, all of one length. What is read is a copy: a change must be an assignment.

    most: how many rows there may be. low, high: the smallest and the largest number of each column.
    """

    def __init__(self, default, *, most: int, low, high):
        super().__init__(default, {"kind": "rows", "most": most, "low": list(low), "high": list(high)})

    def get(self, obj, cls=None):
        return [list(row) for row in super().get(obj, cls)]

    def validate(self, obj, value):
        rows = super().validate(obj, as_lists(value))
        return [[int(number) for number in row] for row in rows]


def _rows_refusal(name: str, rule: dict, value) -> str | None:
    most, low, high = rule["most"], rule["low"], rule["high"]
    wanted = f"{name} must be at most {most} rows of {len(low)} whole numbers each"
    if not isinstance(value, list) or len(value) > most:
        return wanted
    for at, row in enumerate(value, start=1):
        if not isinstance(row, list) or len(row) != len(low):
            return wanted
        for column, number in enumerate(row):
            if not _is_whole(number, low[column], high[column]):
                return f"{name}, row {at}: number {column + 1} must be a whole one from {low[column]} to {high[column]}"
    return None


def _is_whole(value, low: int, high: int) -> bool:
    return within({"min": low, "max": high}, value) and float(value).is_integer()


add_rule("rows", _rows_refusal)
