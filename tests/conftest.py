"""What several tests share: the built book, two ways to open it, and a browser that notices all that goes wrong."""

import contextlib
import functools
import gc
import hashlib
import json
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
from filelock import FileLock
from playwright.sync_api import sync_playwright

from convnet_core.labs.kit import joiner
from tests.browser import launch
from tests.labpage import open_labs  # noqa: F401  fixtures
from tests.readable import known  # noqa: F401  fixtures
from tools import notebooks, serve

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is slow now and then: that is no fault of the code under test.
hypothesis.settings.register_profile("book", deadline=None)
hypothesis.settings.load_profile("book")


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One worker more than there are processors: while one waits for its browser, another works."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else (os.cpu_count() or 1) + 1


def pytest_collection_finish():
    """What is there once all tests are known stays: looking through it for garbage took a tenth of Python's time."""
    gc.collect()
    gc.freeze()


BOOK, REPOSITORY = "https://someone.example.org/convnets", "https://github.com/someone/book"
ADDRESSES = ("REPOSITORY_", "GITHUB_", "BOOK_URL", "CI_PAGES_URL", "CI_PROJECT_URL")


def build(*arguments, **addresses):
    """Builds a book with warnings as errors, as on a machine that knows no addresses but `addresses`."""
    unaddressed = {key: value for key, value in os.environ.items() if not key.startswith(ADDRESSES)}
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "-W", "--keep-going", *arguments]
    done = subprocess.run(command, env=unaddressed | addresses, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"the book does not build:\n{done.stderr or done.stdout}", pytrace=False)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A function (name, make) that tells the folder of that name, which `make(folder)` fills for all workers once."""
    own = tmp_path_factory.getbasetemp()
    root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder_of(name, make):
        folder, done = root / name, root / f"{name}.done"
        with FileLock(root / f"{name}.lock"):
            if not done.exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                done.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def book(made_once):
    """The folder of the book's HTML, built anew for this run with warnings as errors: change nothing in it.

    It knows no addresses, neither its own nor its repository's.
    """
    return made_once("book", lambda folder: build(ROOT, "--path-output", folder, "--all")) / "_build" / "html"


SETTINGS = (
    *("_config.yml", "pyproject.toml", "book/_ext", "book/_static", "book/_templates", "book/references.bib"),
    *("book/route.yml", "book/pipeline.yml", "book/tries.yml", "teaching"),
)


def build_small(folder, addresses):
    for name in SETTINGS:
        copy = functools.partial(shutil.copytree, dirs_exist_ok=True) if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(exist_ok=True)
        copy(ROOT / name, folder / name)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One page")])
    (folder / "book" / "index.ipynb").write_text(notebooks.normal_form(notebook), encoding="utf-8")
    build(folder, **addresses)


@pytest.fixture(scope="session")
def small_book(made_once):
    """A function that builds a book of one page with this book's settings, in some environment, and tells its folder.

    `small_book(BOOK_URL="https://example.org")`; each environment's is built once, which takes ten seconds: ask for one
    that another test asks for, as `addressed_book` is. Change nothing in it.
    """

    def built(**addresses):
        environment = hashlib.sha256(json.dumps(addresses, sort_keys=True).encode()).hexdigest()[:12]
        return made_once(f"small-{environment}", lambda folder: build_small(folder, addresses)) / "_build" / "html"

    return built


@pytest.fixture(scope="session")
def addressed_book(small_book):
    """The folder of a book of one page that knows its own address and its repository's."""
    return small_book(BOOK_URL=BOOK, REPOSITORY_URL=REPOSITORY)


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

    def clear(self):
        self.errors.clear()
        self.requests.clear()
        self.responses.clear()

    def elsewhere(self, home):
        """The addresses asked for that are neither under `home` nor inside the page (data:, blob:)."""
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]


def recorded(page):
    """The page, which notes what it does in `page.record` from now on."""
    page.record = record = Record()
    page.on("console", lambda message: record.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: record.errors.append(str(error)))
    page.on("request", lambda request: record.requests.append(request.url))
    page.on("response", lambda response: record.responses.append(response))
    return page


@pytest.fixture
def new_page(browser):
    """A function that opens an empty page in a context of its own; `page.record` notes what it does.

    Its arguments are those of Playwright's `browser.new_context`.
    """
    with contextlib.ExitStack() as contexts:
        yield lambda **options: recorded(contexts.enter_context(browser.new_context(**options)).new_page())


@pytest.fixture(scope="module")
def page_with(browser):
    """`page_with("mirror/network")`: an empty page with that module of the labs, and all that it imports."""
    with contextlib.ExitStack() as contexts:

        def opened(module):
            page = contexts.enter_context(browser.new_context()).new_page()
            page.set_content(f"<!doctype html><title>{module}</title>")
            page.add_script_tag(content=joiner.static_script(joiner.modules_of(module)))
            return page

        yield opened


# What would still hold for the next one who gets the page.
LASTING = {
    "page": (
        *("add_init_script", "add_locator_handler", "expose_binding", "expose_function", "on", "once"),
        *("route", "route_web_socket", "set_extra_http_headers"),
    ),
    "context": (
        *("add_cookies", "add_init_script", "expose_binding", "expose_function", "grant_permissions"),
        *("new_cdp_session", "new_page", "on", "once", "route", "set_extra_http_headers", "set_offline"),
    ),
}
# What a page's media are where its context says nothing else.
MEDIA = {
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}


class SparePages:
    """Pages that one test after the other gets, each in a context of its own: half the price of new ones.

    A page is thrown away where a test did to it what the next one would notice. What is on it stays until another one
    is opened on it or beside it; labs keep their states apart by their pages' addresses.
    """

    kept = 6  # pages of other options than the last ones' make room

    def __init__(self, browser):
        self.browser, self.pages = browser, []

    def take(self, **options):
        """A page in a context of these options of Playwright's."""
        page = next((page for page in reversed(self.pages) if page.options == options), None)
        if page is None:
            page = recorded(self.browser.new_context(**options).new_page())
            page.options, page.size, page.is_spoilt = options, page.viewport_size, False
            for owner, names in ((page, LASTING["page"]), (page.context, LASTING["context"])):
                for name in names:
                    setattr(owner, name, self.spoiling(page, getattr(owner, name)))
        else:
            self.pages.remove(page)
        for other in self.pages:
            if other.url != "about:blank":
                other.goto("about:blank")
        page.record.clear()
        return page

    @staticmethod
    def spoiling(page, method):
        @functools.wraps(method)
        def called(*arguments, **options):
            page.is_spoilt = True
            return method(*arguments, **options)

        return called

    def give_back(self, page):
        if page.is_spoilt or page.is_closed():
            page.context.close()
            return
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.mouse.move(0, 0)
        as_opened = {name: page.options.get(name, value) for name, value in MEDIA.items()}
        page.emulate_media(media="null", **as_opened)
        if page.viewport_size != page.size:
            page.set_viewport_size(page.size)
        self.pages.append(page)
        if len(self.pages) > self.kept:
            self.pages.pop(0).context.close()


@pytest.fixture(scope="session")
def spare_pages(browser):
    return SparePages(browser)


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
