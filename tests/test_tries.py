"""The cells that one can try: each runs by itself in the page's engine, and says what the book says."""

import json

import page_python
import pytest
import yaml

from tests.conftest import ROOT, recorded
from tests.pythonpage import CHAPTER, MATCH, CellOnPage, run_all

TRIES = yaml.safe_load(page_python.TRIES.read_text(encoding="utf-8"))
FEWEST = 40
SLOWEST = 4_000  # milliseconds of a processor that others use too: far above what is bearable, to find what hangs


def cell_of(notebook, name):
    path = ROOT / "book" / f"{notebook}.ipynb"
    return next(cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["id"] == name)


def stored(cell):
    """What the book shows below a cell, as text."""
    outputs = cell["outputs"]
    parts = [one["text"] if "text" in one else [*one["data"]["text/plain"], "\n"] for one in outputs]
    return "".join(line for part in parts for line in part)


@pytest.fixture(scope="module")
def engine(browser, http_book):
    """A page whose engine has been loaded."""
    page = recorded(browser.new_context().new_page())
    page.goto(f"{http_book}/{CHAPTER}.html")
    page.wait_for_load_state("networkidle")
    page.locator(".unfold-all").click()
    CellOnPage(page, MATCH).run()
    yield page
    page.context.close()


def test_there_are_enough_over_the_chapters():
    assert sum(map(len, TRIES.values())) >= FEWEST
    assert len(TRIES) >= 10


@pytest.mark.sweep
def test_each_says_in_the_page_what_it_says_in_the_book(engine):
    programs, wanted = {}, {}
    for notebook, cells in TRIES.items():
        for name, prelude in cells.items():
            cell = cell_of(notebook, name)
            code = "".join(cell["source"])
            if "lab." not in code:  # what asks the lab above is tried beside one, in test_python_in_page.py
                programs[notebook, name] = {"prelude": prelude, "code": code, "shows": True}
                wanted[notebook, name] = stored(cell)
    assert len(programs) >= FEWEST
    told = dict(zip(programs, run_all(engine, list(programs.values())), strict=True))
    for name, answer in told.items():
        assert answer.get("problem") is None, (name, answer["problem"])
        value = answer.get("value") or {}
        found = answer["printed"] + (f"{value['text']}\n" if "text" in value else "")
        assert found == wanted[name], name


LIKE_PYTHON = """
{"b": 1, "a": 2, **{"c": [3]}}
dict(a=1) | {"b": 2}
{"b": 1, "a": 2} == {"a": 2, "b": 1}
{k: v for k, v in zip("ba", (1, 2), strict=True)}
[*range(3), *"ab"]
(*range(2), 5)
isinstance({"a": 1}, dict), isinstance(True, int), isinstance("a", str)
sorted(["bb", "a", "cc"], key=len)
{}, [], ()
0.1 + 0.2, 1e22, 7 / 9, -0.0, 2.5e-7
round(2.675, 2), round(0.125, 2), "%.2f" % 0.5, f"{7/9:.3f}"
str(0.1), repr("it's"), [1.5, "a"]
[{"x": i} for i in range(2)]
list({"b": 1, "a": 2}.items())
np.array([1.0, 2.5]), np.array([[True, False]])
""".strip().splitlines()


def test_what_a_reader_types_means_what_it_means_in_python(engine):
    import numpy as np

    told = run_all(engine, [{"code": f"print(({line}))"} for line in LIKE_PYTHON])
    for line, answer in zip(LIKE_PYTHON, told, strict=True):
        value = eval(line, {"np": np})
        assert answer["printed"] == f"{value}\n", line


def test_an_array_is_changed_in_place(engine):
    code = "a = np.ones(3)\nb = a\na *= 4; a /= 2\nprint(b, a is b)\nn = 3\nn *= 2 + 1\nprint(n)"
    [told] = run_all(engine, [{"code": code}])
    assert told["printed"] == "[2. 2. 2.] True\n9\n"
