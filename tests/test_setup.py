"""What sets the book up: the lock, the package, the commands, and the buttons that lead to its repository."""

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import lean_theme
import pytest
import repository
import tinycss2
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools import serve

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = [
    Requirement(line)
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DIRECT = [
    Requirement(text)
    for group in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for text in group
]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


# The lock


def test_the_lock_names_one_exact_version_of_everything():
    names = [canonicalize_name(one.name) for one in LOCK]
    assert len(names) == len(set(names))
    for one in LOCK:
        assert re.fullmatch(r"==[^*,]+", str(one.specifier)), one
        assert one.url is None


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_the_lock_holds_every_direct_dependency(wanted):
    found = [one for one in LOCK if canonicalize_name(one.name) == canonicalize_name(wanted.name)]
    assert len(found) == 1
    version = str(found[0].specifier).removeprefix("==")
    assert wanted.specifier.contains(version, prereleases=True)


def test_binder_gets_a_python_that_the_package_allows():
    name, version = read("runtime.txt").strip().split("-")
    assert name == "python"
    assert SpecifierSet(PROJECT["requires-python"]).contains(version)


# The package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package as `pip install .` would get it, built away from the repository so that nothing is left in it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "convnet_core", source / "convnet_core", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, source], check=True)
    return next(folder.glob("*.whl"))


def test_the_package_holds_every_file_of_the_core_and_of_the_labs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    files = [path for path in (ROOT / "convnet_core").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {path.relative_to(ROOT).as_posix() for path in files}
    assert {Path(name).suffix for name in wanted} >= {".py", ".js", ".css"}
    assert wanted <= packed


def test_the_packed_labs_find_their_javascript(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "from convnet_core.labs import joiner, filtering;"
        "print(joiner.__file__); lab = filtering.FilteringLab(); print(len(lab._esm), len(lab._css))"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    place, sizes = done.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert all(int(size) > 1000 for size in sizes.split())


# The commands


def make_targets():
    return set(re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)[1].split())


def test_the_readers_guide_and_the_makefile_name_the_same_commands():
    told = set(re.findall(r"\bmake ([a-z]+)\b", read("README.md") + read("CONTRIBUTING.md")))
    assert told == make_targets()


def test_the_makefile_explains_each_of_its_commands():
    assert set(re.findall(r"^#   make (\w+)", read("Makefile"), re.MULTILINE)) == make_targets()


def test_an_old_python_is_refused_in_words(tmp_path):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    command = ["make", "html", f"PYTHON={old}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"This needs Python 3.11 or newer, and {old} is not." in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_file_names_the_host_of_a_package_registry():
    hosts = re.compile(r"(?:pypi|pythonhosted|npmjs|debian|conda)\.(?:org|com|net|io)", re.IGNORECASE)
    left_out = {".git", ".venv", "_build", "build", "dist", "__pycache__"}
    texts = {".py", ".md", ".txt", ".toml", ".yml", ".js", ".css", ".html", ".ipynb", ".json", ""}
    found = []
    for path in ROOT.rglob("*"):
        if path.suffix in texts and path.is_file() and not left_out & set(path.relative_to(ROOT).parts):
            found += [f"{path}: {hit}" for hit in hosts.findall(path.read_text(encoding="utf-8", errors="ignore"))]
    assert found == []


def test_the_server_takes_the_next_free_port_and_stays_on_this_machine(tmp_path):
    (tmp_path / "index.html").write_text("<p>here</p>", encoding="utf-8")
    with serve.server(tmp_path) as first:
        taken = first.server_port
        with serve.server(tmp_path, taken) as second:
            assert second.server_address[0] == "127.0.0.1"
            assert second.server_port > taken
            thread = threading.Thread(target=second.serve_forever, daemon=True)
            thread.start()
            with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/") as answer:
                assert answer.read() == b"<p>here</p>"
            second.shutdown()
            thread.join()


# The buttons that lead to the repository


ADDRESS = "https://github.com/someone/book"


@pytest.mark.parametrize(
    ("environment", "configured", "url"),
    [
        ({}, "", ""),
        ({}, None, ""),
        ({}, f"{ADDRESS}/", ADDRESS),
        ({"REPOSITORY_URL": ADDRESS}, "https://gitlab.com/a/b", ADDRESS),
        ({"GITHUB_SERVER_URL": "https://github.com/", "GITHUB_REPOSITORY": "someone/book"}, "", ADDRESS),
        ({"GITHUB_SERVER_URL": "https://github.com"}, "", ""),
        ({"CI_PROJECT_URL": "https://git.example.org/a/b"}, ADDRESS, "https://git.example.org/a/b"),
        ({"REPOSITORY_URL": "", "GITHUB_REPOSITORY": "someone/book"}, ADDRESS, ADDRESS),
    ],
)
def test_the_address_comes_from_the_environment_or_the_configuration(environment, configured, url):
    assert repository.repository_url(environment, configured) == url


def buttons(page):
    return re.findall(r'<(?:a|button) class="btn btn-sm btn-([a-z-]+)"', page)


def test_a_build_that_knows_no_address_has_no_button_that_leads_nowhere(small_book):
    page = small_book()
    assert buttons(page) == ["download-source-button", "download-pdf-button", "fullscreen-button"]
    assert "https://" not in re.search(r'<div class="article-header-buttons">.*?</div>', page, re.DOTALL)[0]


def test_a_build_that_knows_the_address_leads_to_binder_and_to_the_source(small_book, new_page):
    page = small_book(REPOSITORY_URL=ADDRESS)
    assert {"binder", "source-repository-button", "source-issues-button"} <= set(buttons(page))
    assert f'href="{ADDRESS}"' in page
    assert 'href="https://mybinder.org/v2/gh/someone/book/main?urlpath=lab/tree/book/index.ipynb"' in page

    narrow = new_page(viewport={"width": 320, "height": 640})
    narrow.goto((small_book.built / "book" / "index.html").as_uri())
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320, "the buttons do not fit a narrow page"
    assert narrow.record.errors == []


def test_a_gitlab_of_a_schools_own_gets_its_buttons_too(small_book):
    page = small_book(CI_PROJECT_URL="https://git.example.org/maths/convnets/book")
    assert {"binder", "source-repository-button", "source-issues-button"} <= set(buttons(page))
    assert 'href="https://git.example.org/maths/convnets/book"' in page


# The lean style sheets


@pytest.mark.parametrize(
    ("css", "lean"),
    [
        (".used{color:red}.unused{color:red}", ".used{color:red}"),
        (".used,.unused{color:red}", ".used{color:red}"),
        (".used .unused{color:red}", ""),
        (".used:not(.unused){color:red}", ".used:not(.unused){color:red}"),
        (":is(.used,.unused) p{color:red}", ":is(.used,.unused) p{color:red}"),
        ("#used{color:red}#unused{color:red}", "#used{color:red}"),
        ("@media print{.used{color:red}.unused{color:red}}", "@media print{.used{color:red}}"),
        ("@media print{.unused{color:red}}", ""),
        ("@font-face{font-family:x;src:url(x.woff2)}", ""),
        ("p{width:calc(1.5em + 2px)}", "p{width:calc(1.5em + 2px)}"),
    ],
)
def test_a_lean_style_sheet_keeps_the_rules_that_a_page_can_use(css, lean):
    assert lean_theme.lean_css(css, {"used"}) == lean


def test_a_lean_style_sheet_is_still_one(book):
    sheet = (book / "_static" / "styles" / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    rules = tinycss2.parse_stylesheet(sheet)
    assert len(rules) > 300
    assert not [rule for rule in rules if rule.type == "error"]
