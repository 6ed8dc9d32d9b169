"""What a lab's state may be: rules.js refuses the same values with the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from numbers import Real

PHOTOGRAPH = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+={0,2}")
_added: dict[str, Callable[[str, dict, object], str | None]] = {}


def refusal(name: str, rule: dict, value) -> str | None:
    """Why `value` is refused, in a sentence for the reader; None where it is welcome.

    value is JSON: numbers, strings, booleans and lists of them.
    """
    kind = rule["kind"]
    if kind == "numbers":
        return numbers_refusal(name, rule, value)
    if kind == "integer":
        welcome = within(rule, value) and float(value).is_integer()
        return None if welcome else f"{name} must be a whole number from {rule['min']} to {rule['max']}"
    if kind == "number":
        return None if within(rule, value) else f"{name} must be a number from {rule['min']} to {rule['max']}"
    if kind == "choice":
        welcome = isinstance(value, str) and value in rule["options"]
        return None if welcome else f"{name} must be one of: {', '.join(rule['options'])}"
    if kind == "list":
        if isinstance(value, list) and len(value) <= rule["longest"] and all(within(rule, number) for number in value):
            return None
        return f"{name} must be a list of at most {rule['longest']} numbers from {rule['min']} to {rule['max']}"
    if kind == "flag":
        return None if isinstance(value, bool) else f"{name} must be true or false"
    if kind == "photograph":
        longest = rule["longest"]
        if isinstance(value, str) and len(value) <= longest and PHOTOGRAPH.fullmatch(value):
            return None
        return f"{name} must be a PNG picture as a data address of at most {longest} characters"
    if kind in _added:
        return _added[kind](name, rule, value)
    raise ValueError(f"unknown rule {kind}")


def add_rule(kind: str, judge: Callable[[str, dict, object], str | None]) -> None:
    """For a kind of rule that one lab alone has: its own module brings it. judge: as `refusal`."""
    _added[kind] = judge


def numbers_refusal(name: str, rule: dict, value) -> str | None:
    """Why `value` is no matrix of one of the rule's shapes, of numbers from its smallest to its largest."""
    if not any(has_shape(value, shape) for shape in rule["shapes"]):
        wanted = " or ".join(" x ".join(map(str, shape)) for shape in rule["shapes"])
        return f"{name} has the wrong shape: wanted {wanted} numbers"
    if all(within(rule, number) for number in flat(value)):
        return None
    return f"{name} must hold numbers from {rule['min']} to {rule['max']} only"


def has_shape(value, shape) -> bool:
    """Whether nested lists have that shape, all the way down."""
    if not shape:
        return not isinstance(value, list)
    length, *inner = shape
    return isinstance(value, list) and len(value) == length and all(has_shape(part, inner) for part in value)


def flat(value) -> list:
    """All that nested lists hold, in a row."""
    if not isinstance(value, list):
        return [value]
    return [number for part in value for number in flat(part)]


def within(rule: dict, value) -> bool:
    """Whether `value` is a number from the smallest to the largest of the rule."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and rule["min"] <= value <= rule["max"]  # which NaN and infinities are not
