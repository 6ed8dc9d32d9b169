"""The book at an address of its own: behind nginx with deploy/nginx.conf, and in a page's sandboxed frame."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests import nginx
from tests.contents import PAGES
from tests.labpage import LabOnPage
from tests.pythonpage import CHAPTER, MATCH, CellOnPage
from tests.test_labs_in_book import LABS

pytestmark = pytest.mark.sweep


@pytest.fixture(scope="module")
def site(book, tmp_path_factory):
    """The address of the book behind nginx."""
    with nginx.serving(book, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def ask(address, **headers):
    """Status and headers of an answer, whatever its status."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


# What nginx says of a file


def test_a_name_that_changes_with_its_file_is_kept_for_good_and_a_page_for_minutes(site, book):
    page = (book / "book" / "02_filtering.html").read_text(encoding="utf-8")
    marked = re.findall(r'(?:src|href)="\.\./([^"]*\?(?:v|digest)=\w+)"', page)
    assert len(marked) > 10
    for name in marked:
        status, headers = ask(f"{site}/{name}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable"), name
    for name in ["", "book/02_filtering.html", "searchindex.js", "book/02_filtering.html?v=", "search.html?q=digest=1"]:
        status, headers = ask(f"{site}/{name}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=300"), name


@pytest.mark.parametrize(
    "name", ["book/02_filtering.html", "_static/labs/kit.js", "_static/book.css", "searchindex.js"]
)
def test_text_is_compressed_and_never_mistaken_for_something_else(name, site):
    _, headers = ask(f"{site}/{name}", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_says_so_under_the_same_policy(site):
    status, headers = ask(f"{site}/book/a/page/nobody/wrote.html")
    assert status == 404
    assert "script-src 'self' 'wasm-unsafe-eval';" in headers["Content-Security-Policy"]


# No page needs what the policy forbids


INLINE = re.compile(r"""<script(?![^>]*\ssrc=)[^>]*>|<[^>]*\son\w+\s*=\s*["'][^>]*>|href="javascript:""", re.IGNORECASE)


def test_no_page_holds_a_script(book):
    found = {path.name: INLINE.findall(path.read_text(encoding="utf-8")) for path in book.rglob("*.html")}
    assert len(found) > len(PAGES)
    assert {name: scripts for name, scripts in found.items() if scripts} == {}


@pytest.fixture
def watched(new_page):
    """A function that opens a page which notes what the policy refuses it, and fails the test for it."""
    pages = []

    def open_one(address, **options):
        page = new_page(**options)
        page.add_init_script(nginx.REPORT)
        pages.append(page)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_one
    assert [page.record.errors for page in pages] == [[] for _ in pages]


def test_the_policy_is_in_force_and_what_it_refuses_is_noticed(site, new_page):
    page = new_page()
    page.add_init_script(nginx.REPORT)
    page.goto(f"{site}/{PAGES[0]}.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.bad = 1' }))")
    assert page.evaluate("window.bad") is None
    assert "CSP inline" in page.record.errors


@pytest.mark.parametrize("name", ["search", "404"])
def test_every_page_lives_under_the_policy(name, site, watched):
    """Those of the contents do in tests/test_book.py."""
    assert watched(f"{site}/{name}.html").record.elsewhere(site) == []


def test_a_lab_plays_and_another_trains_under_the_policy(site, watched):
    lab = LabOnPage(watched(f"{site}/book/03_convolution.html"), "convolution")
    lab.press("Step")
    before = lab.look()
    lab.press("Play")
    expect(lab.root.get_by_role("slider", name="Cells filled in")).not_to_have_value("1")
    assert lab.look() != before

    training = LabOnPage(watched(f"{site}/book/08_backprop.html"), "training")
    training.press("Train")
    expect(training.root.get_by_role("status")).to_contain_text("Epoch")


def test_python_runs_under_the_policy(site, watched):
    cell = CellOnPage(watched(f"{site}/{CHAPTER}.html"), MATCH)
    assert cell.run()[0].startswith("Not yet. ")


def test_colours_search_answers_and_buttons_work_under_the_policy(site, watched):
    page = watched(f"{site}/book/02_filtering.html", viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.locator(".theme-switch-button:visible").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    answer = page.locator("details.admonition.fold").first
    words = answer.locator(":scope > :not(.admonition-title)").first
    expect(words).to_be_hidden()
    answer.locator("summary").click()
    expect(words).to_be_visible()

    code = page.locator("details.hide").first
    code.locator("summary").click()
    expect(code.locator("pre").first).to_be_visible()

    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.get_by_role("button", name="Print this chapter").click()
    assert page.evaluate("window.printed") == 1
    page.get_by_role("button", name="Fullscreen mode").click()
    expect(
        page.locator(":fullscreen")
    ).to_be_attached()  # a function to wait for is evaluated, which the policy forbids
    page.evaluate("document.exitFullscreen()")

    page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("stride")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=stride")
    expect(page.locator("#search-results li a", has_text="Convolution").first).to_be_visible()
    expect(page.locator("#search-results li p").first).to_contain_text("stride")


def test_code_is_copied_under_the_policy(site, watched):
    page = watched(f"{site}/book/02_filtering.html", permissions=["clipboard-read", "clipboard-write"])
    cell = page.locator("div.cell_input:visible", has=page.locator("button.copybtn")).first
    cell.hover()
    cell.locator("button.copybtn").click()
    expect(cell.locator("button.copybtn")).to_have_class(re.compile("success"))
    assert page.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").inner_text().strip()


# In a frame of another page


@pytest.mark.in_turn("name", 2)
@pytest.mark.parametrize("name", ["book/02_filtering", "search"])
@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-same-origin"])
def test_a_frame_that_may_keep_nothing_shows_the_book_without_an_error(name, sandbox, http_book, page):
    page.set_content(f'<iframe sandbox="{sandbox}" src="{http_book}/{name}.html?q=stride" width="900" height="700">')
    frame = page.frame_locator("iframe")
    expect(frame.locator(".convnet-lab[data-live]")).to_have_count(len(LABS.get(name, [])))
    button = frame.locator(".theme-switch-button:visible")
    button.click()
    expect(frame.locator("html")).to_have_attribute("data-mode", "dark")
    assert page.record.errors == []
