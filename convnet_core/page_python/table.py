"""What the page's small numpy has: a table made from its modules.

python -m convnet_core.page_python.table    writes docs/small_numpy.md

A test makes it again, and holds every name of it to numpy.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from convnet_core.page_python import small_numpy

PAGE = Path(__file__).resolve().parents[2] / "docs" / "small_numpy.md"
HEAD = """# The small numpy of the page

Made by `python -m convnet_core.page_python.table`. Arrays have any number of axes and hold float64, float32, int64,
uint8, bool or text. Indexing is whole: numbers, slices with steps, `None`, `...`, lists of places, masks, in any mix.
What is not here says so, and sends to the notebook.

| module | `np.` has |
| --- | --- |
"""
TAIL = """
## Where it differs

- A single number is a plain float, int or bool of Python's: `round(x, 2)`, not `x.round(2)`.
- Whole numbers have no limit, and nobody warns of a division by zero.
- Sums over several axes may differ from numpy's in the last digit, and so may products of matrices.
- In the page an array has to stand before the number it is compared with, `array > 0`; texts and tuples have no `[::2]`
  and no `[::-1]`; an f-string may write a float with a digit more than it needs (`print`, `str` and `repr` don't).
"""


def table() -> dict[str, list[str]]:
    """The names of `np.` by the module that they come from, and those of an array and of a random source."""
    modules = {each.name for each in pkgutil.iter_modules(small_numpy.__path__)}
    found: dict[str, list[str]] = {}
    for name, value in sorted(vars(small_numpy).items()):
        if name[0] != "_" and name not in (modules - {"random", "lib"}) | {"math"}:
            found.setdefault(_home_of(name, value, modules), []).append(name)
    found["an array"] = [name for name in dir(small_numpy.ndarray) if name[0] != "_"]
    found["`np.random.default_rng(0)`"] = [name for name in dir(small_numpy.random.Generator) if name[0] != "_"]
    return found


def _home_of(name: str, value: object, modules: set[str]) -> str:
    module = getattr(value, "__module__", "").rpartition(".")[2]
    if module in modules:
        return module
    holders = [each for each in sorted(modules) if _holds(each, name, value)]
    return "names" if name in modules or not holders else holders[0]


def _holds(module: str, name: str, value: object) -> bool:
    return vars(importlib.import_module(f"{small_numpy.__name__}.{module}")).get(name) is value


def written() -> str:
    """The table as a page."""
    rows = "".join(f"| {home} | {' '.join(names)} |\n" for home, names in sorted(table().items()))
    return HEAD + rows + TAIL


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
