"""What `make test` asks in under ten minutes, and what `make sweep` asks beyond.

What is asked of every lab or page, or in several ways, is marked `in_turn("name", 4)`: `make test` asks it of one in
four, each test of a file of others, so that no question is left out and hardly a lab. `make sweep` asks it of the rest.
A test that is marked `sweep` is left to it as well: it takes seconds, and asks of all states, exercises or views what
another one asks of one, makes an environment, a book or weights anew, or asks what is around the labs: other browsers
and front ends, frames, servers, paper, photographs of one's own.

Both together ask all. So does `--cases=all`, and whoever names a test (`file.py::test`).
"""

import pytest

CHOICES = ("in-turn", "left-out", "all")

# Notebooks whose cells train for minutes: make sweep runs them.
SLOW_NOTEBOOKS = {"08_backprop.ipynb", "09_limitations.ipynb", "10_sequences.ipynb", "11_deep.ipynb"}


def pytest_addoption(parser):
    parser.addoption("--cases", choices=CHOICES, default="in-turn", help="of tests that are marked in_turn")


def pytest_configure(config):
    mark = "in_turn(name, every, first=None): of the cases of the argument `name`, a run asks one in `every`"
    config.addinivalue_line("markers", mark)
    config.addinivalue_line("markers", "sweep: `make sweep` runs it")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    wanted = config.getoption("cases")
    if wanted == "all" or any("::" in named for named in config.args):
        return
    turns = Turns()
    kept, others = [], []
    for item in items:
        (kept if turns.has(item) == (wanted == "in-turn") else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


class Turns:
    """Of items that are asked for one after the other, which have their turn."""

    def __init__(self):
        self.tests = {}  # of each file, the numbers of its marked tests
        self.values = {}  # of each marked test, the values of its argument in their order

    def has(self, item):
        if item.path.suffix == ".ipynb":
            return item.path.name not in SLOW_NOTEBOOKS
        if item.get_closest_marker("sweep"):
            return False
        mark = item.get_closest_marker("in_turn")
        return mark is None or self.is_turn(item, *mark.args, **mark.kwargs)

    def is_turn(self, item, name, every, first=None):
        tests = self.tests.setdefault(item.path, {})
        start = tests.setdefault(item.originalname, len(tests)) if first is None else first
        values = self.values.setdefault((item.path, item.originalname), [])
        return (place(values, item.callspec.params[name]) - start) % every == 0


def place(seen, one):
    """Where it stands among those that were seen, of which it is one from now on. Arrays know no plain equality."""
    for number, other in enumerate(seen):
        if other is one:
            return number
    seen.append(one)
    return len(seen) - 1
