"""The lab above a cell, as `lab` in the page's Python: its state is read and set as in a notebook.

What is set reaches the lab when the cell is done. This is MicroPython's: nothing of the book imports it.
"""

import numpy as np


class PageLab:
    """A lab by its state; a lab's own class adds what follows from it. Its arrays are read-only, as in a notebook."""

    def __init__(self, state):
        object.__setattr__(self, "_state", {name: as_trait(value) for name, value in state.items()})
        object.__setattr__(self, "_given", {})

    def __getattr__(self, name):
        if name in self._state:
            return self._state[name]
        raise AttributeError(f"in the page this lab has no `{name}`. It has {', '.join(sorted(self._state))}")

    def __setattr__(self, name, value):
        if name not in self._state:
            raise AttributeError(f"this lab has no `{name}` to set. It has {', '.join(sorted(self._state))}")
        plain = as_lists(value)
        self._given[name] = as_json(plain)
        self._state[name] = as_trait(plain)


def as_trait(value):
    """A value of the state as Python has it: lists as an array that nobody can change by accident."""
    if not isinstance(value, list):
        return value
    array = np.array(value, dtype=float)
    array.setflags(write=False)
    return array


def as_lists(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    return [as_lists(one) for one in value] if isinstance(value, (list, tuple)) else value


def as_json(value):
    """What JSON has no number for becomes None: the lab's own rules say what they want."""
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return None if isinstance(value, float) and not -1e300 < value < 1e300 else value
