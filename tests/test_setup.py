"""What sets the book up: the lock, the package, the commands, and the buttons that lead to its repository."""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
import zipfile
from functools import partial
from pathlib import Path

import lean_theme
import pytest
import repository
import tinycss2
import yaml
from PIL import Image

from tests.conftest import REPOSITORY
from tools import install, notebooks, screenshot, serve

ROOT = Path(__file__).resolve().parent.parent


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


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
        "from convnet_core.labs.kit import joiner; from convnet_core.labs.filtering import FilteringLab;"
        "print(joiner.__file__); lab = FilteringLab(); print(len(lab._esm), len(lab._css))"
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
    told = set(re.findall(r"\bmake ([a-z-]+)\b", read("README.md") + read("CONTRIBUTING.md")))
    assert told == make_targets()


def test_the_makefile_explains_each_of_its_commands():
    assert set(re.findall(r"^#   make ([a-z-]+)", read("Makefile"), re.MULTILINE)) == make_targets()


def test_the_plain_commands_are_those_that_make_runs():
    told = set(re.findall(r"^(?:python3|\.venv/bin)[ /](.*)$", read("README.md"), re.MULTILINE))
    html, book, test, sweep = (recipe(name) for name in ("html", "book", "test", "sweep"))
    assert told == {"tools/install.py build", "tools/install.py test", *html, *book, *test, *sweep}
    on_windows = re.search(r"```bat\n(.*?)```", read("README.md"), re.DOTALL)[1].replace("\\", "/").splitlines()
    assert {re.sub(r"^(py |\.venv/Scripts/)", "", line) for line in on_windows} == {
        *("tools/install.py build", *html, *book)
    }


def recipe(target):
    """The commands of one target of the Makefile that run a program of .venv, without its folder."""
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)[1]
    return [line.removesuffix(" --port $(PORT)") for line in re.findall(r"^\t@?\$\(RUN\)/(.*)$", lines, re.MULTILINE)]


# The front of the repository


def test_the_readers_guide_begins_with_the_book_a_picture_and_how_to_get_it():
    text = read("README.md")
    alt, place = re.search(r"!\[([^\]]+)\]\((.+?)\)", text).groups()
    assert ROOT / place == screenshot.PICTURE
    assert len(alt.split()) > 10
    assert screenshot.PICTURE.stat().st_size < 150_000
    with Image.open(screenshot.PICTURE) as picture:
        assert picture.width > 1000
    order = [text.index(part) for part in ("An interactive book", "![", "git clone", "make book", ">>>", "make test")]
    assert order == sorted(order)


def test_the_readers_guide_shows_what_its_code_prints():
    [block] = re.findall(r"```python\n(.*?)```", read("README.md"), re.DOTALL)
    example = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    assert len(example.examples) == 10
    complaints = []
    doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(example, out=complaints.append)
    assert not complaints, "".join(complaints)


def test_the_readers_guide_tells_the_sizes_that_the_locks_tell():
    text = read("README.md")
    packages, megabytes = install.facts("build")[:2]
    assert f"{packages} packages, {megabytes} MB" in text
    assert f"JupyterLab ({install.facts('notebooks')[1]} MB" in text


def test_the_front_page_of_the_book_tells_how_to_open_its_notebooks():
    told = "".join(cell.source for cell in notebooks.read(ROOT / "book" / "index.ipynb").cells)
    assert "python3 tools/install.py notebooks\n.venv/bin/jupyter lab book" in told
    oldest, newest = install.facts("notebooks")[2:]
    assert f"Python 3.{oldest} to 3.{newest}" in told


# What helps to carry on


def test_a_commit_is_checked_by_what_make_lint_checks():
    [local] = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert local["repo"] == "local", "hooks of other repositories have versions of their own"
    [hook] = local["hooks"]
    assert hook["entry"] == "make lint"
    assert hook["language"] == "system"
    assert hook["pass_filenames"] is False


def test_a_development_container_installs_what_the_notebooks_need():
    container = json.loads(read(".devcontainer/devcontainer.json"))
    name, version = container["image"].split(":")
    assert name == "python"
    assert not install.wrong_python([int(part) for part in version.split(".")], "notebooks")
    assert container["postCreateCommand"] == "python tools/install.py notebooks"
    assert container["postAttachCommand"].startswith(".venv/bin/jupyter lab book")
    assert container["forwardPorts"] == [8888]


def test_each_form_for_a_report_asks_for_what_it_needs():
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    assert [form.stem for form in forms] == ["error-in-the-text", "fault-in-a-page", "idea"]
    for form in forms:
        told = yaml.safe_load(form.read_text(encoding="utf-8"))
        assert told["name"]
        assert told["description"]
        assert {part["type"] for part in told["body"]} <= {"input", "textarea", "dropdown"}
        ids = [part["id"] for part in told["body"]]
        assert len(ids) == len(set(ids))
        assert all(part["attributes"]["label"] for part in told["body"])
        assert any(part["validations"]["required"] for part in told["body"] if "validations" in part)


# What no file holds, and how the book is served


def test_no_file_names_the_host_of_a_package_registry():
    hosts = re.compile(r"(?:pypi|pythonhosted|npmjs|debian|conda)\.(?:org|com|net|io)", re.IGNORECASE)
    left_out = {".git", ".venv", "node_modules", "_build", "build", "dist", "__pycache__"}
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


def test_a_server_runs_until_ctrl_c_and_says_where(tmp_path, monkeypatch, capsys):
    def ctrl_c(server):
        raise KeyboardInterrupt

    monkeypatch.setattr(serve.Server, "serve_forever", ctrl_c)
    with serve.server(tmp_path) as busy:
        serve.run("The book", busy.server_port, partial(serve.server, tmp_path))
        told = capsys.readouterr().out
        assert f"Port {busy.server_port} is taken" in told
        assert "The book is at http://127.0.0.1:" in told
    monkeypatch.setattr(serve, "PORTS_TRIED", 0)
    with pytest.raises(SystemExit, match="The book can't be served: no free port"):
        serve.run("The book", 1, partial(serve.server, tmp_path))


# The buttons that lead to the repository


ADDRESS = REPOSITORY


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


def front_page(built):
    return (built / "book" / "index.html").read_text(encoding="utf-8")


def test_a_build_that_knows_no_address_has_no_button_that_leads_nowhere(book):
    page = front_page(book)
    assert buttons(page) == ["download-source-button", "download-pdf-button", "fullscreen-button"]
    assert "https://" not in re.search(r'<div class="article-header-buttons">.*?</div>', page, re.DOTALL)[0]


@pytest.mark.sweep
def test_a_build_that_knows_the_address_leads_to_binder_and_to_the_source(addressed_book, new_page):
    page = front_page(addressed_book)
    assert {"binder", "source-repository-button", "source-issues-button"} <= set(buttons(page))
    assert f'href="{ADDRESS}"' in page
    assert 'href="https://mybinder.org/v2/gh/someone/book/main?urlpath=lab/tree/book/index.ipynb"' in page

    narrow = new_page(viewport={"width": 320, "height": 640})
    narrow.goto((addressed_book / "book" / "index.html").as_uri())
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320, "the buttons do not fit a narrow page"
    assert narrow.record.errors == []


@pytest.mark.sweep
def test_a_gitlab_of_a_schools_own_gets_its_buttons_too(small_book):
    page = front_page(small_book(CI_PROJECT_URL="https://git.example.org/maths/convnets/book"))
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
