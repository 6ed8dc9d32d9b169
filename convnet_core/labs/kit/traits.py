"""The kinds of state a lab may have: traits that carry their rule, checked on every assignment."""

from __future__ import annotations

import numpy as np
import traitlets

from convnet_core.labs.kit.photograph import image_of
from convnet_core.labs.kit.rules import refusal
from convnet_core.pictures import read_only

NONE = np.frombuffer(b"", dtype=np.float64)  # a row of no numbers, read-only as all others


class Ruled(traitlets.TraitType):
    """A synchronised trait whose values keep to `self.rule`; a bad one raises TraitError and changes nothing."""

    rule: dict

    def __init__(self, default, rule: dict):
        self.rule = rule
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj, value):
        reason = refusal(self.name, self.rule, value)
        if reason is not None:
            raise traitlets.TraitError(f"{type(obj).__name__}.{reason}")
        return value


class Numbers(Ruled):
    """An array of numbers, read-only so that a change must be an assignment, which the lab sees.

    shapes: the allowed shapes. low, high: the smallest and largest number. In Python a float64
    array, on the way to the page nested lists.
    """

    def __init__(self, default, *, shapes, low: float, high: float):
        self._start(default, {"kind": "numbers", "shapes": [list(shape) for shape in shapes], "min": low, "max": high})

    def _start(self, default, rule):
        Ruled.__init__(self, frozen(default), rule)
        self.tag(to_json=lambda array, _: as_json(array), from_json=lambda value, _: value)

    def validate(self, obj, value):
        lists = as_lists(value)
        super().validate(obj, lists)
        return frozen(lists)

    def set(self, obj, value):
        """Assigns without comparing arrays by truth value, which numpy refuses."""
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name)
        if old is not None and np.array_equal(old, new):
            return
        obj._trait_values[self.name] = new
        obj._notify_trait(self.name, old, new)


def frozen(lists) -> np.ndarray:
    """The numbers as an array that nobody can change by accident; unlike a picture, a list may hold none."""
    return read_only(lists) if np.size(lists) else NONE


class NumberList(Numbers):
    """Numbers in a row, at most `longest` of them: a read-only array of one axis.

    personal: the reader's own, which no link carries away and no Reset, or link from elsewhere, takes from them.
    """

    def __init__(self, default, *, longest: int, low: float, high: float, personal: bool = False):
        rule = {"kind": "list", "longest": longest, "min": low, "max": high}
        self._start(default, {**rule, "personal": True} if personal else rule)


class Whole(Ruled):
    """A whole number from low to high."""

    def __init__(self, default: int, *, low: int, high: int):
        super().__init__(default, {"kind": "integer", "min": low, "max": high})

    def validate(self, obj, value):
        return int(super().validate(obj, value))


class Number(Ruled):
    """A number from low to high."""

    def __init__(self, default: float, *, low: float, high: float):
        super().__init__(default, {"kind": "number", "min": low, "max": high})

    def validate(self, obj, value):
        return float(super().validate(obj, value))  # a fraction or a numpy number is none for JSON


class Choice(Ruled):
    """One of a few words."""

    def __init__(self, default: str, options):
        super().__init__(default, {"kind": "choice", "options": list(options)})


class Flag(Ruled):
    """True or False."""

    def __init__(self, default: bool):
        super().__init__(default, {"kind": "flag"})


class Photograph(Ruled):
    """A small photograph as a data address, `data:image/png;base64,...`; see convnet_core.labs.kit.photograph."""

    def __init__(self, default: str, *, longest: int = 400_000):
        super().__init__(default, {"kind": "photograph", "longest": longest})

    def validate(self, obj, value):
        super().validate(obj, value)
        try:
            image_of(value)
        except ValueError as problem:
            raise traitlets.TraitError(f"{type(obj).__name__}.{self.name}: {problem}") from problem
        return value


def as_lists(values):
    """Arrays and tuples, and what holds them, as nested lists; the rest stays as it is, to be judged by a rule."""
    if isinstance(values, dict):
        return {name: as_lists(value) for name, value in values.items()}
    if hasattr(values, "__array__"):
        return np.asarray(values).tolist()
    return [as_lists(part) for part in values] if isinstance(values, list | tuple) else values


def as_json(array):
    """Nested lists, with whole numbers as integers: short, and the same text on every machine."""
    if isinstance(array, dict):
        return {name: as_json(part) for name, part in array.items()}
    if isinstance(array, str):
        return array
    if isinstance(array, np.ndarray):
        array = array.tolist()
    if isinstance(array, list):
        return [as_json(part) for part in array]
    return int(array) if float(array).is_integer() else array
