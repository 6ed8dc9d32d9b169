"""Programs for the page's Python, run in three places: in Python with numpy, in Python with the page's own modules, and
in the page's engine. What they print is compared.
"""

import contextlib
import importlib
import inspect
import io
import json
import re
import subprocess
import sys

import numpy as np

from convnet_core.exercises.checker import Exercise
from convnet_core.page_python.library import chapters, exercise_module, library
from convnet_core.page_python.rewrite import rewrite
from tests.test_exercises import CHECK, exercises_of
from tools.notebooks import book_notebooks

# Runs each program by itself, and tells what each one printed.
RUNNER = """
import builtins, json
import mending
import numpy as np
import typed, words

def run_all(programs):
    own, results = builtins.print, []
    for program in programs:
        printed = []

        def note(*values, sep=" ", end="\\n"):
            printed.append(sep.join([str(value) for value in values]) + end)

        builtins.print = note
        try:
            exec(program, {"np": np, "__name__": "__main__"})
        except BaseException as problem:
            told = words.explain(problem, program, typed.unclosed(program), typed.names_in(program))
            printed.append(told + "\\n")
        builtins.print = own
        results.append("".join(printed))
    return results
"""

# A finder for modules that are texts in a table.
FROM_TABLE = """
import importlib.abc, importlib.util, json, sys

class FromTable(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        is_package = any(other.startswith(name + ".") for other in MODULES)
        return importlib.util.spec_from_loader(name, self, is_package=is_package) if name in MODULES else None

    def exec_module(self, module):
        exec(compile(MODULES[module.__name__], module.__name__, "exec"), vars(module))

MODULES, PROGRAMS = json.load(sys.stdin)
sys.meta_path.insert(0, FromTable())
import numpy
numpy.ndarray.__name__ = "numpy.ndarray"  # as errors have it
"""


def page_modules():
    """All modules of a page that has the exercises of every chapter."""
    return library() | {f"convnet_core.exercises.{chapter}": exercise_module(chapter) for chapter in chapters()}


def run_in_python(programs):
    """What each program prints with numpy itself."""
    results = []
    for program in programs:
        with contextlib.redirect_stdout(io.StringIO()) as printed, np.errstate(all="ignore"):
            exec(program.replace("from written.", "from convnet_core.exercises."), {"np": np, "__name__": "__main__"})
        results.append(printed.getvalue())
    return results


def run_in_small_python(modules, programs):
    """What each program prints in a Python of its own, with the page's modules in place of numpy and the book's."""
    code = f"{FROM_TABLE}\n{RUNNER}\nprint(json.dumps(run_all(PROGRAMS)))"
    command = [sys.executable, "-S", "-W", "ignore", "-c", code]
    done = subprocess.run(command, input=json.dumps([modules, programs]), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [printed.replace("`numpy.ndarray`", "`ndarray`") for printed in json.loads(done.stdout)]


# The exercises

# One chapter's slips round decimal by decimal. MicroPython has no such module; this one is for the tests alone.
DECIMAL = """
import math

class Decimal:
    def __init__(self, text):
        self.value = float(text)

    def quantize(self, step, up):
        hundredths = abs(self.value) * 100
        whole = math.floor(hundredths + 0.5) if up is ROUND_HALF_UP else math.floor(hundredths + 1e-9)
        if up is ROUND_FLOOR and self.value < 0:
            whole = math.ceil(hundredths - 1e-9)
        return "%s%d.%02d" % ("-" if self.value < 0 else "", whole // 100, whole % 100)

ROUND_HALF_UP, ROUND_FLOOR = "half", "floor"
"""


def written_exercises():
    """The modules of exercises as they are written, slips and all, under names of their own."""
    found = {"written": "", "decimal": DECIMAL}
    for chapter in chapters():
        module = importlib.import_module(f"convnet_core.exercises.{chapter}")
        source = inspect.getsource(module).replace("from convnet_core.exercises.filtering", "from written.filtering")
        found[f"written.{chapter}"] = rewrite(source)
    return found


def every_exercise():
    """(chapter, checker, exercise's name, exercise) for all of them."""
    for chapter in chapters():
        module = importlib.import_module(f"convnet_core.exercises.{chapter}")
        for name, value in vars(module).items():
            if isinstance(value, Exercise) and value.right.__module__:
                checker = next(
                    each
                    for each, function in vars(module).items()
                    if each.startswith("check_") and name in function.__code__.co_names
                )
                yield chapter, checker, name, value


def slip_programs():
    """Each exercise's right function and each of its slips, handed to its checker."""
    programs = []
    for chapter, checker, name, exercise in every_exercise():
        start = f"from convnet_core.exercises.{chapter} import {checker}\nfrom written.{chapter} import {name}\n"
        handed = ["right", *(f"slips[{slip}].returns" for slip in range(len(exercise.slips)))]
        programs += [f"{start}{checker}({name}.{each})\n" for each in handed]
    return programs


def notebook_programs():
    """Each stub as it stands in its chapter, and each solution in its place."""
    programs = []
    for path in book_notebooks():
        for _, stub, solution in exercises_of(path):
            imports = "\n".join(re.findall(r"^from convnet_core\.exercises.*", stub.source, re.MULTILINE))
            check = CHECK.search(stub.source)
            programs += [stub.source, f"{imports}\n{solution}\n{check[0]}\n"]
    return programs


ODD = [
    "def odd(*given): return None",
    "def odd(*given): return 'text'",
    "def odd(*given): return 'a rather long text that is longer than thirty letters'",
    "def odd(*given): return 'a\\n\\\\\"\\'b'",
    "def odd(*given): return {1, 2}",
    "def odd(*given): return {'a': 1}",
    "def odd(*given): return object()",
    "def odd(*given): return [[1, 2], [3]]",
    "def odd(*given): return np.zeros((300, 100))",
    "def odd(*given): return range(10**9)",
    "def odd(*given): return np.nan",
    "def odd(*given): return np.full((4, 4), np.inf)",
    "def odd(*given): return True",
    "def odd(*given): return np.array(['X', 'O'])",
    "def odd(*given): return given",
    "def odd(*given): return given[0]",
    "def odd(*given): return 10**30",
    "def odd(*given): return (each for each in given)",
    "def odd(*given): return odd",
    "def odd(*given): raise ValueError('x' * 1000)",
    "def odd(*given): raise SystemExit('bye')",
    "def odd(*given): raise KeyError('name')",
    "def odd(*given): return unknown",
    "def odd(*given): return 1 / 0",
    "def odd(*given): return [1] - [2]",
    "def odd(*given): return [1, 2][5]",
    "def odd(*given): return np.ones(3) + np.ones(4)",
    "def odd(*given): return np.ones((2, 3))[2]",
    "def odd(*given): return np.ones((2, 3)) @ np.ones((2, 3))",
    "def odd(*given): return [1.0].mean()",
    "def odd(*given): return np.ones(3).append(1)",
    "def odd(*given): return (1 == 1).sum()",
    "def odd(*given): return np.maen([1])",
    "def odd(*given): return odd(*given)",
    "def odd(): return 0",
    "odd = 3",
    "class odd(Exception): pass",
    "def odd(*given):\n    given[0][0] = 7\n    return 1",
    "def odd(first, *given): return len(str(first)) + 0.123456789",
    "def odd(*given): return -np.zeros((2, 2))",
]


def odd_programs():
    """Functions that nobody expects: each checker gets three of them, and every one comes up several times."""
    programs = []
    for place, (chapter, checker, _, _) in enumerate(every_exercise()):
        for step in range(3):
            odd = ODD[(3 * place + step) % len(ODD)]
            programs.append(f"from convnet_core.exercises.{chapter} import {checker}\n{odd}\n{checker}(odd)\n")
    return programs
