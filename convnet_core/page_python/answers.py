"""What each exercise's checker compares with, worked out when the book is built.

A checker asks the book's function and a dozen slips for their answers. In the page that takes seconds, so the page
gets the answers themselves: `exercise_module` writes a module like `convnet_core.exercises.pooling` with the same
checkers, the same cases and hints, and outcomes in place of functions.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType, ModuleType

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Large, Strange, Trouble, outcome
from convnet_core.page_python.rewrite import rewrite

HEAD = """
import numpy as np
from convnet_core.exercises.checker import check, find_hint
from mending import as_dict
from stored import array, exercise
"""


def exercise_module(chapter: str) -> str:
    """The source of `convnet_core.exercises.<chapter>` for the page."""
    module = importlib.import_module(f"convnet_core.exercises.{chapter}")
    exercises = {name: value for name, value in vars(module).items() if isinstance(value, Exercise)}
    checkers = [
        value
        for name, value in vars(module).items()
        if name.startswith("check_") and value.__module__ == module.__name__
    ]
    arguments = _Arguments()
    written = [f"{name} = {written_exercise(value, arguments)}" for name, value in exercises.items()]
    also = [f"{name} = {arguments.written(value)}" for name, value in _used_by(checkers, module).items()]
    functions = [source_of(function) for function in [*arguments.functions, *checkers]]
    return "\n".join([HEAD.strip(), *functions[: len(arguments.functions)], *arguments.lines, *also, *written,
                      *functions[len(arguments.functions) :]]) + "\n"  # fmt: skip


def _used_by(checkers: list[FunctionType], module: ModuleType) -> dict[str, object]:
    """The values of the module that its checkers name, but for exercises and functions."""
    names = {name for checker in checkers for name in checker.__code__.co_names}
    values = {name: value for name, value in vars(module).items() if name in names}
    return {
        name: value
        for name, value in values.items()
        if not isinstance(value, Exercise | FunctionType | ModuleType | type)
    }


def source_of(function: FunctionType) -> str:
    """A function's text, as the page's engine takes it."""
    return rewrite(textwrap.dedent(inspect.getsource(function))).rstrip()


def written_exercise(exercise: Exercise, arguments: _Arguments) -> str:
    """A call that makes the exercise, in the page."""
    lines: dict[str, int] = {}

    def places(function: Callable) -> str:
        outcomes = (written_outcome(outcome(function, case)) for case in exercise.cases)
        return " ".join(str(lines.setdefault(line, len(lines))) for line in outcomes)

    right = places(exercise.right)
    slips = [(places(slip.returns), slip.hint) for slip in exercise.slips]
    cases = ", ".join(_written_case(case, arguments) for case in exercise.cases)
    joined = "\n".join(lines)
    return f"exercise({joined!r}, [{cases}], {right!r}, {slips!r}, {exercise.praise!r}, {exercise.tried!r})"


def _written_case(case: Case, arguments: _Arguments) -> str:
    return f"({arguments.written(case.arguments)}, {case.words!r}, {case.trap!r})"


def written_outcome(outcome: object) -> str:
    """An outcome as a line of text; `stored.outcome` reads it."""
    if outcome is None:
        return "n"
    if isinstance(outcome, str):
        return "s" + outcome.replace("\\", "\\\\").replace("\n", "\\n")
    if isinstance(outcome, Strange):
        return "x" + outcome.kind
    if isinstance(outcome, Trouble):
        return "t" + outcome.kind
    if isinstance(outcome, Large):
        return "l" + " ".join(map(str, outcome.shape))
    return written_array(outcome)


def written_array(array: np.ndarray) -> str:
    """An array of floats, whole numbers or truth values as a line of text; every digit of a float is there."""
    kind = {"f": "f", "i": "i", "b": "b"}[array.dtype.kind]
    values = (str(int(value)) if kind != "f" else _short_float(float(value)) for value in array.ravel())
    return f"{kind}{' '.join(map(str, array.shape))}:{' '.join(values)}"


def _short_float(value: float) -> str:
    return repr(value).removesuffix(".0")


class _Arguments:
    """The arguments of an exercise's cases as Python; an array that comes again is named."""

    def __init__(self):
        self.lines: list[str] = []
        self.functions: list[FunctionType] = []
        self._names: dict[str, str] = {}

    def written(self, value: object) -> str:
        if isinstance(value, np.ndarray):
            return self._named(f"array({written_array(value)!r})")
        if isinstance(value, FunctionType):
            if value not in self.functions:
                self.functions.append(value)
            return value.__name__
        if isinstance(value, dict):
            pairs = ", ".join(f"({name!r}, {self.written(each)})" for name, each in value.items())
            return f"as_dict([{pairs}])"
        if isinstance(value, list | tuple):
            parts = ", ".join(map(self.written, value))
            return f"[{parts}]" if isinstance(value, list) else f"({parts}{',' if len(value) == 1 else ''})"
        if isinstance(value, np.generic):
            value = value.item()
        assert isinstance(value, str | int | float | None), f"a case is handed {value!r}"
        assert ast.literal_eval(repr(value)) == value
        return repr(value)

    def _named(self, text: str) -> str:
        if text not in self._names:
            self._names[text] = f"A{len(self._names)}"
            self.lines.append(f"{self._names[text]} = {text}")
        return self._names[text]
