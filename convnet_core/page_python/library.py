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

# What the page leaves out of the core: it keeps no files, shows no HTML, makes no sounds and customers up, and looks
# for no faces in photographs.
WITHOUT = {
    "checks": (
        "_caller",
        "as_list",
        "as_rows",
        "_or_none",
        "as_flags",
        "check_range",
        "check_divides",
        "as_words",
        "as_kind",
    ),
    "exercises.checker": ("line_in",),
    "limitations": ("make_sounds", "_note", "_chirp", "_tone", "_tap", "make_customers"),
    "stacking": (
        *("save", "load", "_arrays", "_from_arrays", "_kinds", "_settings_of", "_layer_from_settings"),
        *("__getstate__", "_repr_html_"),
    ),
}
# And what it says in another way: there are no threads, and the short forms do all the work.
INSTEAD = {
    "checks": "def _caller():\n return 'convnet_core'\n",
    "exercises.checker": "def line_in(function, problem):\n from words import line_of\n return line_of(problem)\n",
    "threads": "from contextlib import nullcontext\n\ndef threads_for(multiplications):\n return nullcontext()\n",
    "engine": "def RowConvolution(*made_for):\n return None\n",
    "compiled": "Compiled = None\n\ndef can_be_compiled(layers):\n return False\n",
}


def library() -> dict[str, str]:
    """Every module that a page loads when somebody first presses Run: its full name, and its source for MicroPython."""
    found = {name: _own(path) for name, path in _small_numpy().items()}
    found["numpy.missing"] += _missing()
    found |= {name: _own(HERE / f"{name}.py") for name in OWN}
    found |= {"convnet_core": "", "convnet_core.exercises": ""}
    found |= {f"convnet_core.{name}": _core(name) for name in (*CORE, "exercises.checker")}
    for name, text in INSTEAD.items():
        found[f"convnet_core.{name}"] = found.get(f"convnet_core.{name}", "") + text
    return found


def chapters() -> list[str]:
    """The modules of exercises, each for `exercise_module`."""
    return [each.name for each in pkgutil.iter_modules(exercises.__path__) if each.name != "checker"]


def _small_numpy() -> dict[str, Path]:
    """The files of the small numpy by the modules that they are in the page."""
    folder = HERE / "small_numpy"
    paths = {path: ("numpy", *path.relative_to(folder).with_suffix("").parts) for path in sorted(folder.rglob("*.py"))}
    return {".".join(parts).removesuffix(".__init__"): path for path, parts in paths.items()}


def _core(name: str) -> str:
    source = (ROOM / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
    return rewrite(source, module=f"convnet_core.{name}", without=WITHOUT.get(name, ()))


def _own(path: Path) -> str:
    return rewrite(path.read_text(encoding="utf-8"), is_own=True)


def _missing() -> str:
    """The names that numpy has and the page hasn't."""
    functions = sorted(name for name in dir(np) if name[0] != "_" and not hasattr(small_numpy, name))
    methods = sorted(name for name in dir(np.ndarray) if name[0] != "_" and not hasattr(small_numpy.ndarray, name))
    return f"FUNCTIONS = {' '.join(functions)!r}.split()\nMETHODS = {' '.join(methods)!r}.split()\n"


__all__ = ["chapters", "exercise_module", "library"]
