"""The locks: one resolution, and for each use of the book the part of it that the use needs."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools import install, lock, notebooks

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = {"ale_py", "torch"}  # compared with, or played, where somebody has it
each_selection = pytest.mark.parametrize("selection", lock.SELECTIONS)


def locked(selection):
    """A lock's lines, as requirements."""
    lines = lock.lock_file(selection).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def names(requirements):
    return [canonicalize_name(one.name) for one in requirements]


def direct(selection):
    """What pyproject.toml asks for, for one use: the package's own needs, and those of the extra."""
    extras = PROJECT["optional-dependencies"]
    wanted = [Requirement(text) for text in PROJECT["dependencies"] + extras[selection]]
    parts = [extra for one in wanted if one.name == PROJECT["name"] for extra in sorted(one.extras)]
    return [one for one in wanted if one.name != PROJECT["name"]] + [one for part in parts for one in direct(part)]


@each_selection
def test_a_lock_names_one_exact_version_of_everything(selection):
    found = locked(selection)
    assert len(found) == len(set(names(found))) > 0
    for one in found:
        assert re.fullmatch(r"==[^*,]+", str(one.specifier)), one
        assert one.url is None


@each_selection
def test_a_lock_holds_every_direct_dependency(selection):
    versions = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in locked(selection)}
    for wanted in direct(selection):
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)], prereleases=True), wanted


def test_every_extra_has_a_lock_and_the_installer_knows_each():
    assert PROJECT["optional-dependencies"].keys() == lock.SELECTIONS.keys() == install.PARTS.keys()
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == lock.SELECTIONS.keys()


@each_selection
def test_each_lock_is_a_part_of_the_whole_with_the_same_versions(selection):
    part, whole = (lock.lock_file(name).read_text(encoding="utf-8") for name in (selection, lock.WHOLE))
    assert lock.pins(part).items() <= lock.pins(whole).items()
    assert set(lock.needed_here(part)) <= set(lock.needed_here(whole))


def test_who_is_told_to_have_a_part_has_it():
    for whole, parts in install.PARTS.items():
        for part in parts:
            assert set(names(locked(part))) <= set(names(locked(whole)))


# The Pythons


def test_every_lock_says_for_which_pythons_it_is_and_the_package_allows_them():
    ranges = {tuple(install.facts(selection)[2:]) for selection in lock.SELECTIONS}
    assert len(ranges) == 1
    [(oldest, newest)] = ranges
    assert oldest == lock.OLDEST <= newest
    allowed = SpecifierSet(PROJECT["requires-python"])
    assert allowed.contains(f"3.{oldest}")
    assert not allowed.contains(f"3.{oldest - 1}")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python 3.{oldest} to 3.{newest}" in readme


def test_the_makefile_looks_for_each_python_that_the_lock_is_for():
    oldest, newest = install.facts("build")[2:]
    looked_for = re.search(r"^PYTHONS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    wanted = {f"python3.{minor}" for minor in range(oldest, newest + 1)}
    assert {name for name in looked_for.split() if "." in name} == wanted


def test_binder_gets_what_the_notebooks_need_and_a_python_that_the_lock_is_for():
    assert (ROOT / "requirements.txt").read_text(encoding="utf-8") == "-r requirements/notebooks.txt\n"
    name, version = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip().split("-")
    assert name == "python"
    assert not install.wrong_python([int(part) for part in version.split(".")], "notebooks")


# What the code imports


def imports(source, everywhere=True):
    """The top names that Python source imports; without `everywhere`, only those of the module's own level."""
    tree = ast.parse(source)
    nodes = ast.walk(tree) if everywhere else tree.body
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def imports_under(*folders, everywhere=True):
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert paths
    return set().union(*(imports(path.read_text(encoding="utf-8"), everywhere) for path in paths))


def imports_of_notebooks():
    cells = [cell for path in notebooks.book_notebooks() for cell in notebooks.read(path).cells]
    return set().union(*(imports(cell.source) for cell in cells if cell.cell_type == "code"))


def extensions():
    """The Sphinx extensions that the book's settings name."""
    sphinx = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]
    return {name.split(".")[0] for name in sphinx["config"]["extensions"]}


USES = {
    "build": lambda: imports_under("book/_ext") | extensions() | imports_under("convnet_core", everywhere=False),
    "notebooks": lambda: imports_of_notebooks() | imports_under("convnet_core"),
    "test": lambda: imports_under("tests", "tools", "benchmarks", "convnet_core", "book/_ext"),
}


@cache
def packages():
    """{module: the packages that hold it}, for all that is installed; one namespace may be of several."""
    return {module: {canonicalize_name(name) for name in found} for module, found in packages_distributions().items()}


@each_selection
def test_each_use_installs_what_its_code_imports(selection):
    known_by_name = ("book/_ext", "convnet_core/page_python")  # the latter's are in the page
    own = {path.stem for folder in known_by_name for path in (ROOT / folder).glob("*.py")}
    own |= {path.name for path in ROOT.iterdir()}
    wanted = USES[selection]() - own - OPTIONAL - set(sys.stdlib_module_names)
    assert wanted
    there = set(names(locked(selection)))
    missing = {module for module in wanted if not packages().get(module, set()) & there}
    assert missing == set()


# Choosing anew


def test_a_new_lock_says_what_it_changes():
    before, after = {"numpy": "2.3.0", "old": "1.0", "same": "1"}, {"numpy": "2.4.0", "new": "3.0", "same": "1"}
    assert lock.changes(before, after) == ["new none -> 3.0", "numpy 2.3.0 -> 2.4.0", "old 1.0 -> none"]


def test_a_lock_installs_here_only_what_its_markers_ask_for():
    text = "# a lock\nalways==1\nhere==1 ; python_version >= '3'\nelsewhere==1 ; python_version < '3'\n"
    assert lock.needed_here(text) == ["always", "here"]
    assert lock.pins(text) == {"always": "1", "here": "1", "elsewhere": "1"}
