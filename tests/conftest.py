"""What several tests share: the built book, two ways to open it, and a browser that notices all that goes wrong."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser import launch
from tests.labpage import open_labs  # noqa: F401  a fixture
from tools import notebooks, serve

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is slow now and then: that is no fault of the code under test.
hypothesis.settings.register_profile("book", deadline=None)
hypothesis.settings.load_profile("book")


ADDRESSES = ("REPOSITORY_", "GITHUB_", "BOOK_URL", "CI_PAGES_URL", "CI_PROJECT_URL")


def build(*arguments, **addresses):
    """Builds a book with warnings as errors, as on a machine that knows no addresses but `addresses`."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(ADDRESSES)}
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "-W", "--keep-going", *arguments]
    done = subprocess.run(command, env=known | addresses, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"the book does not build:\n{done.stderr or done.stdout}", pytrace=False)


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The folder of the book's HTML, built anew for this run with warnings as errors."""
    output = tmp_path_factory.mktemp("book")
    build(ROOT, "--path-output", output, "--all")
    return output / "_build" / "html"


SETTINGS = (
    *("_config.yml", "pyproject.toml", "book/_ext", "book/_static", "book/_templates", "book/references.bib"),
    *("book/route.yml", "book/pipeline.yml"),
)


@pytest.fixture(scope="session")
def small_book(tmp_path_factory):
    """A function that builds a book of one page with this book's settings, in some environment, and tells its folder.

    `small_book(BOOK_URL="https://example.org")`; each environment's is built once: change nothing in it.
    """

    @functools.cache
    def built(**addresses):
        folder = tmp_path_factory.mktemp("small")
        for name in SETTINGS:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (folder / name).parent.mkdir(exist_ok=True)
            copy(ROOT / name, folder / name)
        (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One page")])
        (folder / "book" / "index.ipynb").write_text(notebooks.normal_form(notebook), encoding="utf-8")
        build(folder, **addresses)
        return folder / "_build" / "html"

    return built


@pytest.fixture(scope="session")
def http_book(book):
    """The address of the book on a server of this machine, without a slash at its end."""
    with serve.server(book) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["http", "file"])
def book_url(request, book):
    """The book's address, once from a server and once from disk."""
    return request.getfixturevalue("http_book") if request.param == "http" else book.as_uri()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@dataclass
class Record:
    """What one page did: its console errors (uncaught ones too), requests and responses, in order."""

    errors: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    responses: list = field(default_factory=list)

    def elsewhere(self, home):
        """The addresses asked for that are neither under `home` nor inside the page (data:, blob:)."""
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]


@pytest.fixture
def new_page(browser):
    """A function that opens an empty page in a context of its own; `page.record` notes what it does.

    Its arguments are those of Playwright's `browser.new_context`.
    """
    contexts = []

    def open_page(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.record = record = Record()
        page.on("console", lambda message: record.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: record.errors.append(str(error)))
        page.on("request", lambda request: record.requests.append(request.url))
        page.on("response", lambda response: record.responses.append(response))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """An empty page, 1280 x 900, light."""
    return new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")


@pytest.fixture
def hint_for(capsys):
    """A function (check, slip) that hands an exercise's checker a wrong function, and returns what it prints."""

    def ask(check, slip):
        check(slip)
        answer = capsys.readouterr().out
        assert answer.startswith("Not yet. ")
        return answer

    return ask
