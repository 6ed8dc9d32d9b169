"""The lab above a cell, as `lab` in the page's Python: its state is read and set as in a notebook.

What is set reaches the lab when the cell is done. This is MicroPython's: nothing of the book imports it.
"""

import numpy as np


class PageLab:
    """A lab by its state. As in a notebook an array is read-only: a change is an assignment, which the lab sees."""

    def __init__(self, told):
        object.__setattr__(self, "_state", {name: as_trait(value) for name, value in told["state"].items()})
        object.__setattr__(self, "_given", {})

    def __getattr__(self, name):
        if name in self._state:
            return self._state[name]
        raise AttributeError(f"the lab has no {name} in the page; it has {', '.join(sorted(self._state))}")

    def __setattr__(self, name, value):
        if name not in self._state:
            raise AttributeError(f"the lab has no {name} that can be set; it has {', '.join(sorted(self._state))}")
        self._given[name] = as_lists(value)
        self._state[name] = as_trait(self._given[name])

    def given(self):
        """What was set, as JSON."""
        return self._given


def as_trait(value):
    return np.array(value) if isinstance(value, list) else value


def as_lists(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    return [as_lists(one) for one in value] if isinstance(value, (list, tuple)) else value
