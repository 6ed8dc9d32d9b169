"""The house stands: folders import downwards only, and the picture of it is the one that the code draws."""

import re

import pytest

from convnet_core.labs import kit
from convnet_core.labs.kit import joiner
from tests.contents import PAGES
from tools import house

CORE = house.ROOT / "convnet_core"
CHAPTERS = [re.sub(r"book/\d+_", "", page) for page in PAGES if re.match(r"book/\d", page)]


def test_no_import_runs_up_and_no_lab_imports_a_lab():
    assert house.wrong_arrows() == []
    assert len(house.arrows()) > 40


@pytest.mark.parametrize(
    ("start", "end"),
    [("core", "labs/kit"), ("labs/kit", "labs/pooling"), ("labs/mirror", "labs/kit"), ("labs/voting", "labs/relu")],
)
def test_a_wrong_arrow_is_seen(monkeypatch, start, end):
    monkeypatch.setattr(house, "imports", lambda: iter([("book", "core"), (start, end)]))
    assert house.wrong_arrows() == [f"{start} -> {end}"]


def test_imports_are_read_in_every_form():
    text = """
import convnet_core.relu
def f():
    from convnet_core.labs.kit import base, rules
from convnet_core import pooling
"""
    rooms = sorted(house.room_of(module) for module in house.python_imports(text))
    assert rooms == ["core", "core", "labs/kit", "labs/kit"]
    assert {house.floor_of(room) for pair in house.arrows() for room in pair} == set(house.MAY_IMPORT)


def test_the_picture_is_the_one_that_the_code_draws():
    stored = house.PICTURE.read_text(encoding="utf-8")
    assert stored == house.drawing()._repr_svg_() + "\n", "run python -m tools.house"


def test_a_chapters_module_imports_those_of_chapters_before_it_alone():
    order = {name: number for number, name in enumerate(CHAPTERS)}
    for name in CHAPTERS[1:]:
        source = (CORE / f"{name}.py").read_text(encoding="utf-8")
        modules = [module.split(".")[1] for module in house.python_imports(source)]
        later = {module for module in modules if order.get(module, -1) >= order[name]}
        assert later == ({"voting", "deep"} if name == "stacking" else set()), name  # it reads nets with all layers


def test_every_folder_of_a_lab_has_its_halves_under_their_names():
    folders = {path.name for path in house.LABS.iterdir() if (path / "__init__.py").exists()}
    assert folders == {*joiner.lab_names(), "kit", "mirror", "progress"}
    for name in joiner.lab_names():
        assert {"__init__.py", "lab.py", "lab.js"} <= {path.name for path in (house.LABS / name).iterdir()}, name


def test_there_are_files_for_what_follows_from_the_state_and_for_the_sentences():
    """But for the two labs of photographs, whose few sentences stand where they are said."""
    without = {name for name in joiner.lab_names() for role in ("derived", "words") if not has(name, f"{role}.js")}
    assert without == {"kernels", "pixels"}


def has(lab, file):
    return (house.LABS / lab / file).exists()


def test_a_module_without_a_page_knows_none():
    """The arithmetic of `mirror`, and what follows from a lab's state, run wherever numbers do."""
    page = re.compile(r"\bdocument\.|\baddEventListener\b|AnimationFrame\b|\binnerHTML\b")
    files = [path for form in ("mirror/*.js", "*/derived.js", "*/jobs.js") for path in house.LABS.glob(form)]
    needed = {module for path in files for module in joiner.modules_of(f"{path.parent.name}/{path.stem}")}
    assert len(needed) > 20
    for module in needed:
        source = (house.LABS / f"{module}.js").read_text(encoding="utf-8")
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.DOTALL)
        assert not page.search(code), module


def test_the_kit_lists_its_scripts_by_subject_and_each_of_them_once():
    table = kit.__doc__.split("by subject:\n\n")[1]
    listed = [name for line in table.splitlines() for name in re.findall(r"\w+", line[20:])]
    assert sorted(listed) == sorted(path.stem for path in (house.LABS / "kit").glob("*.js"))


def test_the_kit_names_its_python_modules():
    named = re.findall(r"`(\w+)`", kit.__doc__)
    assert sorted(named) == sorted(path.stem for path in (house.LABS / "kit").glob("*.py") if path.stem != "__init__")
