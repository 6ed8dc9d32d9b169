"""The page's Python beside Python itself: programs that must print the same in CPython with numpy, in CPython with the
page's own modules, and in the page's engine.
"""

import ast
import gzip

import pytest

from convnet_core.page_python.library import CORE, chapters
from convnet_core.page_python.rewrite import RewriteError, rewrite
from convnet_core.page_python.typed import names_in, unclosed
from convnet_core.page_python.words import explain
from tests import page_programs
from tests.conftest import recorded
from tests.pythonpage import CHAPTER, MATCH, CellOnPage, run_all

WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef)

# What MicroPython refuses, or does otherwise, in code that the book's build can say anew.
REWRITTEN = {
    "stars": "print([*range(3), *'ab'], (*[1], 2), [*(n for n in range(2)), 9], {*'a'} == {'a'})",
    "a star among keys": "a, at = np.arange(24).reshape(2, 3, 4), (1, 2)\nprint(a[0, *at], a[:, *at], a[..., *at[1:]])",
    "the order of a dict": """
d = {name: place for place, name in enumerate("zyxabc")}
empty = {}
for name in "qwerty":
    empty[name] = name
print(list(d), list({"b": 1, "a": 2, **d}), {**d, "q": 1}["q"], list(empty), {})
""",
    "kinds": "print(isinstance(True, int | str), isinstance(2.0, int | float), isinstance(None, (int, str)))",
    "texts": """
print("a".ljust(3) + "|", "a".rjust(3), "7".zfill(3), "a.b".removesuffix(".b"))
""",
    "in place": """
a = np.ones(3)
same = a
a *= 6
a /= 4
a **= 2
a //= 1
a %= 4
mask = np.array([True, False, True])
other = mask
mask &= np.array([True, True, False])
mask |= np.array([False, False, True])
mask ^= np.array([True, True, True])
rows = [1]
again = rows
rows *= 2
n = 3
n *= 2
print(same, other, again, n)
""",
    "arguments": "def f(a: int, /, b: float = 2, *c, d=1) -> int:\n    return a, b, c, d\nprint(f(1), f(1, 2, 3, d=4))",
    "a record": """
from __future__ import annotations
from dataclasses import dataclass, field
from typing import NamedTuple

@dataclass(frozen=True)
class Case:
    first: tuple
    words: str = "none"
    rows: list = field(default_factory=list)
    size: int = field(init=False, default=0)

    def __post_init__(self):
        self.rows.append(len(self.first))

class Side(NamedTuple):
    size: int
    stops: int = 3

case, side = Case((1, 2)), Side(4)
size, stops = side
print(case.rows, case.words, case == Case((1, 2)), case == Case((1,)), size, stops, side[1], Side._fields, list(side))
""",
    "annotations": "x: int = 3\ny: str\nprint(x)",
    "several contexts": "with (np.errstate(all='ignore'), np.printoptions(precision=2)):\n    print(np.array([1 / 3]))",
    "nested quotes": """
names = ["a", "b"]
print(f"{', '.join(names)}: {len(names):>3} {1 / 3:.{len(names)}f} {names!r}")
""",
}

# What MicroPython lacks or does otherwise, in a reader's code as it is typed.
AS_TYPED = {
    "math, all of it": "from math import *\nprint(sqrt(16), floor(2.5), 'from math import *')",
    "zip": "print(list(zip([1, 2], 'ab', strict=True)))\nprint(list(zip([1], 'ab', strict=True)))",
    "sorted": """
pairs = [(1, "b"), (0, "z"), (1, "a")]
print(sorted(pairs, key=lambda pair: pair[0]), sorted(pairs, key=lambda pair: pair[0], reverse=True), sorted(pairs))
""",
    "slice": "print(np.arange(9)[slice(2)], np.arange(9)[slice(1, 8, 3)], np.arange(9)[slice(1, 3)])",
    "isinstance": """
print(isinstance(True, int), isinstance("a", str), isinstance("a", (int, str)), isinstance(1.0, int))
""",
    "round": "print(round(2.675, 2), round(0.285, 2), round(2.5), round(1234.5, -2), round(-0.001, 2))",
    "floats": """
print(0.56, [0.94, (0.69,)], {"a": 0.56}, str(0.56), repr(-0.56), 1e22, 1.5e-7, 1e16, 123456789.125, 5e-05)
print([n / 7 * 10.0**power for n in range(1, 20) for power in range(-7, 9)], [n / 100 for n in range(100)])
""",
    "modules": """
import math, itertools, operator, copy, reprlib
from collections import Counter
print(math.prod([2, 3]), list(itertools.product("ab", [1, 2])), list(itertools.combinations("abc", 2)))
print(list(itertools.pairwise("abc")), operator.index(True), Counter("aab")["a"])
rows = [np.zeros(2), {"a": [1]}]
other = copy.deepcopy(rows)
other[0][0], other[1]["a"][0] = 5, 5
print(rows, reprlib.repr("x" * 40), reprlib.repr("short"))
""",
    "names": "print(issubclass(RecursionError, Exception), issubclass(ModuleNotFoundError, Exception), str.upper('a'))",
    "shuffled": """
import random
values = list(range(20))
random.shuffle(values)
print(sorted(values) == list(range(20)))
""",
    "numbers from the left": """
a = np.array([1, 2])
print([1, 2] + a, [2, 3] * a, 0.5 * a, 2 - a, 2 / a, 2**a, 1 == a, 3 // a, 7 % a)
""",
    "in place": """
def spoil(values, rows):
    values += 1
    values *= 4  # '*='
    values -= 1
    values /= 2
    rows *= 2
    text = '''
values *= 3
'''
    n = 7
    n //= 2
    n **= (
        2
    )
    if n *2 == 18: n *= 2
    return text, n, n <= 3, n == 3

array, rows = np.ones(2), [1]
print(spoil(array, rows), array, rows)
""",
    "stars and dicts": """
a, more = [1], {"z": 1, "a": 2}
print([*a, 2], (*a, 3), {"b": 0, **more}, {name: at for at, name in enumerate("zyx")}, more == {"a": 2, "z": 1})
""",
    "random": """
rng = np.random.default_rng(3)
print(rng.integers(9, size=4), rng.permutation(5), rng.random(), round(rng.normal(), 12))
""",
    "prints": "print(np.arange(30).reshape(5, 6) / 9)\nprint(repr(np.array([[0.5, -1], [1e-9, 3]])))",
    "the core": """
from convnet_core.convolution import Conv2d, conv2d, feature_map
from convnet_core.limitations import one_hot, swap_pixels
from convnet_core.pictures import FEATURES, X, make_dataset
from convnet_core.pooling import MaxPool2d, max_pool2d
from convnet_core.printing import as_printed
from convnet_core.relu import ReLU, relu
from convnet_core.sequences import LSTM, WORDS, one_hot_steps, tokens
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear, softmax
print(as_printed(max_pool2d(relu(feature_map(X, FEATURES["cross"])))))
rng = np.random.default_rng(0)
network = Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(), Flatten(), Linear(48, 2, rng=rng)])
print(network.summary((1, 9, 9)), network.layers, network.receptive_field((1, 9, 9), 3))
images, labels = make_dataset(4, np.random.default_rng(1))
print(images.sum(axis=(1, 2, 3)), labels, network.forward(images).round(6), softmax([1, 2]).round(6))
print(list(FEATURES), LSTM(2, 3, rng=rng), one_hot_steps(tokens("Mark saw."), WORDS), one_hot(["ab"], "abc", 2))
try:
    conv2d(X, np.ones((2, 2)))
except ValueError as problem:
    print(problem)
try:
    Conv2d(0, 1, 2, rng=rng)
except ValueError as problem:
    print(problem)
""",
}

# A reader's slips, and what the page says.
TOLD = {
    "x = 1\nprint(y)": "Line 2, `print(y)`: NameError: name 'y' is not defined. Is `y` spelled as where it was made?",
    "image = 1\nprint(imgae)": "NameError: name 'imgae' is not defined. Did you mean `image`?",
    "def f(patch):\n    return patc\nf(1)": "NameError: name 'patc' is not defined. Did you mean `patch`?",
    "prnt(3)": "Did you mean `print`?",
    "x = true": "Did you mean `True`?",
    "def f(:\n    pass": "Line 1, `def f(:`: The `(` in line 1 is never closed.",
    "x = 1\n  y = 2": "Line 2, `y = 2`: The line begins too far right or too far left",
    "def f():\n    return f()\nf()": "Line 2, `return f()`: RecursionError: maximum recursion depth exceeded.",
    "x = (1\ny = 2": "The `(` in line 1 is never closed.",
    "x = 3\nif x = 3:\n    pass": "One `=` gives a name a value. `==` asks whether two are equal.",
    "print 'hello'": "`print` needs brackets: `print('hello')`.",
    "print(\u201chello\u201d)": "These are curly quotes: type plain ones",
    "'a'.title()": "In this page texts have no `.title`; run the notebook.",
    "import convnet_core.labs": "The lab above is here already: `lab`.",
    "x = input('Name? ')": "NotImplementedError: the page can't ask you anything: write the answer into the code",
    "def f():\nreturn 1": "The line above ends with a colon: what belongs to it has to stand here, further right.",
    "def f(x):\n    for r in range(3)\n        x += r\n    return x": ": Is the colon at its end missing?",
    "def f(x):\n    s = 'abc\n    return s": "Line 2, `s = 'abc`: This can't be read as Python.",
    "def f(x):\n    if x == 1  # one\n        return x": "Is the colon at its end missing?",
    "math.ceil(2.5)": "NameError: name 'math' is not defined. Write `import math` first.",
    "np.random.rand(3)": "has no attribute 'rand'. In this page it is a small one",
    "import random\nrandom.gauss(0, 1)": "has no attribute 'gauss'. In this page it is a small one",
    "import os": "Line 1, `import os`: ModuleNotFoundError: No module named 'os'. In this page there are numpy",
    "import js": "Line 1, `import js`: ModuleNotFoundError: No module named 'js'.",
    "np.zeros(3) + np.zeros(4)": "operands could not be broadcast together with shapes (3,) (4,)",
    "np.zeros((2, 3))[5]": "IndexError: index 5 is out of bounds for axis 0 with size 2.",
    "a = np.ones(3)\nif (0 < a).all(): pass": "In this page the array has to stand first: `array > 0`",
    "round(np.ones(2))": "TypeError: type numpy.ndarray doesn't define __round__ method.",
    "match 3:\n    case 3: pass": "Line 1, `match 3:`: `match` is good Python, but",
    "'a'.ljust(4)": 'In this page texts have no `.ljust`: write f"{text:<9}"',
    "'abc'[::-1]": "In this page only lists and arrays have `[::2]` or `[::-1]`: make one first, `list(...)`.",
    "np.zeros(3).sum().round(2)": "In this page a single number is a plain one of Python's: `round(x, 2)`",
    "np.einsum('ii', np.eye(2))": "AttributeError: np.einsum is not in this page's small numpy; run the notebook.",
    "np.ones(2).partition(1)": "AttributeError: array.partition is not in this page's small numpy; run the notebook.",
    "None.shape": "AttributeError: 'NoneType' object has no attribute 'shape'.",
    "from convnet_core.pictures import X\nX[0, 0] = 1": "read-only. Change a copy, `mine = array.copy()`.",
    "[1, 2][2]": "IndexError: list index out of range.",
    "a, b = 1, 2, 3": "ValueError: too many values to unpack (expected 2).",
    "{}['a']": "KeyError: 'a'.",
    "int('x')": "ValueError: invalid literal for int() with base 10: 'x'.",
    "5()": "TypeError: 'int' object is not callable.",
    "def f(): pass\nf(1)": "TypeError: f() takes 0 positional arguments but 1 was given.",
    "def f(a): pass\nf(1, 2)": "TypeError: f() takes 1 positional argument but 2 were given.",
    "for x in 5: pass": "TypeError: 'int' object is not iterable.",
    "'a' + 1": 'TypeError: can only concatenate str (not "int") to str.',
    "-[1]": "TypeError: bad operand type for unary -: 'list'.",
    "raise ValueError('x' * 999)": "xxx ...",
}


@pytest.fixture(scope="module")
def programs():
    """Every exercise's programs, with what Python prints."""
    chosen = page_programs.notebook_programs() + page_programs.odd_programs() + page_programs.slip_programs()
    return dict(zip(chosen, page_programs.run_in_python(chosen), strict=True))


@pytest.fixture(scope="module")
def modules():
    return page_programs.page_modules() | page_programs.written_exercises()


@pytest.fixture(scope="module")
def python_page(browser, http_book, modules):
    """A page that has started its engine, with the modules of all exercises."""
    context = browser.new_context()
    page = recorded(context.new_page())
    page.goto(f"{http_book}/{CHAPTER}.html")
    page.locator(".unfold-all").click()
    CellOnPage(page, MATCH).run()
    page.evaluate("modules => void Object.assign(convnetPython.library, modules)", modules)
    yield page
    context.close()


def printed_in_page(page, programs):
    """What each program prints in the page's engine, and the words of its error."""
    told = run_all(page, [{"code": code} for code in programs])
    return [each["printed"] + (f"{each['problem']['words']}\n" if each.get("problem") else "") for each in told]


def differences(wanted, found):
    return {code: (want, got) for (code, want), got in zip(wanted.items(), found, strict=True) if want != got}


@pytest.mark.sweep
def test_every_exercise_says_the_same_in_small_python(programs, modules):
    assert len(programs) > 500
    assert differences(programs, page_programs.run_in_small_python(modules, list(programs))) == {}


@pytest.mark.sweep
def test_every_exercise_says_the_same_in_the_page(programs, python_page):
    assert differences(programs, printed_in_page(python_page, programs)) == {}


def test_what_the_engine_has_otherwise_is_mended(python_page):
    texts = {rewrite(code): code for code in REWRITTEN.values()} | {code: code for code in AS_TYPED.values()}
    wanted = dict(zip(texts, in_python(texts.values()), strict=True))
    assert differences(wanted, printed_in_page(python_page, wanted)) == {}


def in_python(programs):
    """What each prints in Python; an error in the same words as in the page."""
    caught = "try:\n    exec(CODE, {'np': np})\nexcept Exception as problem:\n    print(explain(problem, CODE))"
    return page_programs.run_in_python(
        [f"from convnet_core.page_python.words import explain\nCODE = {code!r}\n{caught}" for code in programs]
    )


def test_a_slip_is_told_in_words_with_its_line(python_page):
    for code, told in zip(TOLD, printed_in_page(python_page, TOLD), strict=True):
        assert TOLD[code] in told, f"{code}\n{told}"
        assert told.startswith("Line ")
        assert len(told) < 600


def test_python_itself_is_explained_likewise():
    for code in ("x = 1\nprint(y)", "x = true", "def f(:\n    pass", "[1, 2][2]", "x = 1\n  y = 2"):
        with pytest.raises(Exception) as problem:  # noqa: PT011  whatever it is
            exec(compile(code, "<string>", "exec"), {})
        assert TOLD[code] in explain(problem.value, code, unclosed(code), names_in(code))


def test_what_cannot_be_said_otherwise_is_refused():
    with pytest.raises(RewriteError, match="line 2: MicroPython has no match"):
        rewrite("x = 1\nmatch x:\n    case 1: pass\n")


def test_what_is_left_out_was_there():
    left = rewrite("class A:\n    def f(self): pass\n    def g(self): pass\ndef f(): pass\n", without=["f"])
    assert left == "class A:\n\n def g(self):\n  pass\n"
    with pytest.raises(RewriteError, match="there is no h to leave out"):
        rewrite("def f(): pass\n", without=["f", "h"])


def test_what_a_page_loads_is_plain_and_small(modules):
    """Nothing in it that MicroPython can't read or the page doesn't need."""
    assert {f"convnet_core.{name}" for name in CORE} <= set(modules)
    exercises = {name for name in modules if name in {f"convnet_core.exercises.{chapter}" for chapter in chapters()}}
    library = {name for name in modules if not name.startswith(("written", "decimal"))} - exercises
    for name in library | exercises:
        nodes = list(ast.walk(ast.parse(modules[name])))
        assert not any(isinstance(node, ast.AnnAssign | ast.Match) for node in nodes), name
        assert not any(getattr(node, "returns", None) or getattr(node, "annotation", None) for node in nodes), name
        assert not any(ast.get_docstring(node) for node in nodes if isinstance(node, WITH_DOCSTRING)), name
    together = "".join(modules[name] for name in sorted(library))
    assert len(gzip.compress(together.encode())) < 60_000
    for name in exercises:
        assert "lambda" not in modules[name], "the slips' code stays at home"
        assert len(gzip.compress(modules[name].encode())) < 12_000, name
