"""Modules that MicroPython lacks, or has with less in them, as far as the book's code and a reader's use them."""

import random
import sys

from words import said


class Module:
    """A module made of names."""

    def __init__(self, **names):
        for name, value in names.items():
            setattr(self, name, value)


def _module(name, **names):
    sys.modules[name] = Module(**names)


def _widened(name, **names):
    """A module of MicroPython's with more names in it."""
    own = __import__(name)
    kept = {each: getattr(own, each) for each in dir(own) if each[:2] != "__"}
    kept.update(names)
    sys.modules[name] = Module(**kept)


def short_repr(value):
    """reprlib.repr: a text longer than 30 is cut in the middle."""
    text = repr(value)
    longest = 30 if isinstance(value, str) else 40
    if len(text) <= longest or not isinstance(value, (str, int, float)):
        return text if len(text) <= 200 else text[:97] + "..." + text[-100:]
    before = (longest - 3) // 2
    after = longest - 3 - before
    if isinstance(value, str):
        text = repr(value[:before] + value[len(value) - after :])
    return text[:before] + "..." + text[len(text) - after :]


def deepcopy(value):
    if isinstance(value, (list, tuple)):
        return type(value)([deepcopy(each) for each in value])
    if isinstance(value, dict):
        return dict([(name, deepcopy(each)) for name, each in value.items()])
    return value.copy() if hasattr(value, "_values") else value


def product(*lists):
    """itertools.product"""
    rows = [()]
    for values in lists:
        values = list(values)
        rows = [row + (value,) for row in rows for value in values]
    return iter(rows)


def combinations(values, count):
    values = list(values)
    places = [()]
    for _ in range(count):
        places = [row + (at,) for row in places for at in range(row[-1] + 1 if row else 0, len(values))]
    return iter([tuple([values[at] for at in row]) for row in places])


def pairwise(values):
    values = list(values)
    return iter([(values[at], values[at + 1]) for at in range(len(values) - 1)])


def prod(values, start=1):
    for value in values:
        start *= value
    return start


def index(value):
    """operator.index"""
    if type(value) in (int, bool):
        return int(value)
    if hasattr(value, "_values"):
        return value.__index__()
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def counted(values=()):
    """collections.Counter, as a dict: how often each value comes."""
    counts = dict()
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


class Argument:
    """One of inspect.signature's parameters."""

    empty = "no default"

    def __init__(self, default):
        self.default = default


def signature(kind):
    """inspect.signature of a layer's class, which `rewrite.py` has told what it is made with."""
    named = kind._arguments(Argument.empty) if hasattr(kind, "_arguments") else []
    return Module(parameters=dict([(name, Argument(default)) for name, default in named]))


class no_bar:
    """tqdm.auto.tqdm: what it is handed, and no bar."""

    def __init__(self, values=(), **options):
        self._values = values

    def __iter__(self):
        return iter(self._values)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        pass

    def update(self, steps=1):
        pass

    def set_postfixstr(self, text, refresh=True):
        pass


def escape(text):
    """html.escape"""
    for letter, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#x27")):
        text = text.replace(letter, f"&{name};")
    return text


class nullcontext:
    """contextlib.nullcontext"""

    def __init__(self, value=None):
        self._value = value

    def __enter__(self):
        return self._value

    def __exit__(self, *problem):
        pass


def shuffle(values):
    """random.shuffle"""
    values[:] = sorted(values, key=lambda value: random.random())


def provide():
    """Put all of them where `import` finds them."""
    _module("reprlib", repr=short_repr)
    _module("traceback", format_exception_only=lambda problem: [said(problem)])
    _module("html", escape=escape)
    _module("contextlib", nullcontext=nullcontext)
    _module("inspect", signature=signature)
    _module("tqdm")
    _module("tqdm.auto", tqdm=no_bar)
    _module("typing")
    _module("__future__", annotations=None)
    _widened("copy", deepcopy=deepcopy)
    _widened("itertools", product=product, combinations=combinations, pairwise=pairwise)
    _widened("math", prod=prod)
    _widened("operator", index=index)
    _widened("collections", Counter=counted)
    _widened("random", shuffle=shuffle)
