"""What the page's small numpy has: a table made from its modules.

python -m convnet_core.page_python.table
"""

from __future__ import annotations

import importlib
import pkgutil

from convnet_core.page_python import small_numpy


def table() -> dict[str, list[str]]:
    """The names of `np.` by the module that they come from, and those of an array."""
    found: dict[str, list[str]] = {}
    for name in sorted(vars(small_numpy)):
        if name[0] != "_" and name not in _MODULES:
            found.setdefault(_home_of(getattr(small_numpy, name), name), []).append(name)
    methods = [name for name in dir(small_numpy.ndarray) if name[0] != "_"]
    generator = [name for name in dir(small_numpy.random.Generator) if name[0] != "_"]
    return found | {"np.ndarray": methods, "np.random.Generator": generator}


_MODULES = {each.name for each in pkgutil.iter_modules(small_numpy.__path__)} - {"random", "lib"} | {"math"}


def _home_of(value: object, name: str) -> str:
    for each in pkgutil.iter_modules(small_numpy.__path__):
        module = importlib.import_module(f"{small_numpy.__name__}.{each.name}")
        if vars(module).get(name) is value and getattr(value, "__module__", module.__name__) == module.__name__:
            return each.name
    return "names"


def main() -> None:
    for home, names in table().items():
        print(f"{home}: {' '.join(names)}")


if __name__ == "__main__":
    main()
