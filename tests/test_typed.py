"""A reader's text as the page's engine takes it: it says the same, on the same lines, without what the engine lacks."""

import ast
import json

import pytest

from convnet_core.page_python import mending
from convnet_core.page_python.typed import tokens, typed
from tests.conftest import ROOT

NAMES = {f"_{name}": getattr(mending, name) for name in ("as_dict", "as_list", "as_tuple", "in_place")}
SOURCES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "convnet_core").glob("*.py"))] + [
    "".join(cell["source"])
    for path in sorted((ROOT / "book").glob("*.ipynb"))
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]


def refused(tree):
    """The parts of a program that the engine does not take, or takes otherwise; f-strings stay as they are."""
    quoted = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in quoted:
            continue
        if isinstance(node, ast.Dict | ast.DictComp):
            yield node
        if isinstance(node, ast.AugAssign) and not isinstance(node.op, ast.Add | ast.Sub | ast.MatMult):
            yield node
        if isinstance(node, ast.List) and any(isinstance(each, ast.Starred) for each in node.elts):
            yield node


def test_every_program_of_the_book_keeps_its_lines_and_loses_what_the_engine_refuses():
    changed = 0
    for source in SOURCES:
        assert "".join(text for _, text in tokens(source)) == source
        made = typed(source)
        assert made.count("\n") == source.count("\n")
        assert [ast.unparse(node) for node in refused(ast.parse(made))] == []
        changed += made != source
    assert changed > 50


@pytest.mark.parametrize(
    "source",
    [
        'x = {"b": 1, "a": {"c": [*range(3)], **{"d": 2}}}',
        "x = {k: v for k, v in zip('ab', (1, 2)) if v}",
        "x = [*'ab', 1]\ny = (*x,)\nx = y",
        "x = 2\nx *= 3 + 4; x //= 2\nx **= 2",
        "f = lambda a: {a: 1}\nx = f(3)",
        "x = {1, 2}",
        "x = {}\nx[1] = 2",
        "if 1: x = 2; x **= 3",
        'x = {"k": lambda a: a + 1}["k"](2)',
        "x = [{i: [i for i in range(i)]} for i in range(3)]",
        'x = {\n    "a": 1,  # c, d: e\n    "b": 2,\n}',
        'd = {"a": [1, 2]}\nx = d["a"][0:1]',
        'x = {"a": 1 if True else 2}',
        "def f(*a, **k): return {**k, 'n': a}\nx = f(1, b=2)",
        "x = [1, 2]\nx[0] *= 5",
        'x = {(1, 2): 3, "q": (4,)}',
        'x = "{a: 1} *= [*b]"  # {c: 1} *= 2',
        "x = 7\nx %= (\n    4\n)",
        "x = {'a': '''{\n'''}",
        "def f(a: int = 3) -> dict: return {'a': a}\nx = f()",
    ],
)
def test_it_means_the_same(source):
    here, there = {}, dict(NAMES)
    exec(source, here)
    exec(typed(source), there)
    assert there["x"] == here["x"]
    if isinstance(here["x"], dict):
        assert list(there["x"].items()) == list(here["x"].items())


@pytest.mark.parametrize(
    "source", ["x = {'a': 1", "x = 'abc", "x = (1]", "def f(:", "x = {1: }", "x = {1: 2, 3}", "*= 2", "}"]
)
def test_half_a_program_is_left_for_the_engine_to_refuse(source):
    with pytest.raises(SyntaxError):
        compile(typed(source), "cell", "exec")
