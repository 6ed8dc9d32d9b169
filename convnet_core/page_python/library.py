"""All that a page's Python stands on, as one table from a module's name to its source."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import numpy as np

import convnet_core
from convnet_core import exercises
from convnet_core.page_python import small_numpy
from convnet_core.page_python.answers import exercise_module
from convnet_core.page_python.rewrite import rewrite

HERE = Path(__file__).parent
ROOM = Path(convnet_core.__file__).parent

# The core as far as exercises and cells use it.
CORE = (
    *("checks", "pictures", "filtering", "convolution", "pooling", "relu", "stacking", "voting", "layers"),
    *("backprop", "limitations", "sequences", "lecture", "printing"),
)
OWN = ("mending", "page_lab", "running", "stand_ins", "stored", "typed", "words")

# What the page says in another way than the core: whole functions and modules of it.
THREADS = "from contextlib import nullcontext\n\ndef threads_for(multiplications):\n return nullcontext()\n"
ENGINE = "def RowConvolution(*made_for):\n return None\n"  # the short form does the work: no cache is to be kept warm
LINE_IN = "def line_in(function, problem):\n from words import line_of\n return line_of(problem)\n"
CALLER = "def _caller():\n return 'convnet_core'\n"


def library() -> dict[str, str]:
    """Every module that a page loads when somebody first presses Run: its full name, and its source for MicroPython."""
    found = {name: _own(path) for name, path in _small_numpy().items()}
    found["numpy.missing"] += _missing()
    found |= {name: _own(HERE / f"{name}.py") for name in OWN}
    found |= {"convnet_core": "", "convnet_core.exercises": ""}
    found |= {f"convnet_core.{name}": _rewritten(ROOM / f"{name}.py", f"convnet_core.{name}") for name in CORE}
    found["convnet_core.threads"], found["convnet_core.engine"] = THREADS, ENGINE
    found["convnet_core.checks"] = _without(found["convnet_core.checks"], "_caller") + CALLER
    checker = _rewritten(ROOM / "exercises" / "checker.py")
    found["convnet_core.exercises.checker"] = _without(checker, "line_in") + LINE_IN
    return found


def chapters() -> list[str]:
    """The modules of exercises, each for `exercise_module`."""
    return [each.name for each in pkgutil.iter_modules(exercises.__path__) if each.name != "checker"]


def _small_numpy() -> dict[str, Path]:
    """The files of the small numpy by the modules that they are in the page."""
    folder = HERE / "small_numpy"
    paths = {path: ("numpy", *path.relative_to(folder).with_suffix("").parts) for path in sorted(folder.rglob("*.py"))}
    return {".".join(parts).removesuffix(".__init__"): path for path, parts in paths.items()}


def _rewritten(path: Path, module: str = "") -> str:
    return rewrite(path.read_text(encoding="utf-8"), module=module)


def _own(path: Path) -> str:
    return rewrite(path.read_text(encoding="utf-8"), is_own=True)


def _without(source: str, function: str) -> str:
    """A rewritten source without one of its functions."""
    before, start, rest = source.partition(f"\ndef {function}(")
    assert start, f"no {function} in there"
    after = rest.partition("\n\n")[2]
    return f"{before}\n\n{after}"


def _missing() -> str:
    """The names that numpy has and the page hasn't."""
    functions = sorted(name for name in dir(np) if name[0] != "_" and not hasattr(small_numpy, name))
    methods = sorted(name for name in dir(np.ndarray) if name[0] != "_" and not hasattr(small_numpy.ndarray, name))
    return f"FUNCTIONS = {' '.join(functions)!r}.split()\nMETHODS = {' '.join(methods)!r}.split()\n"


__all__ = ["chapters", "exercise_module", "library"]
