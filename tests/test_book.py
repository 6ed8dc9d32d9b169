"""Every page of the built book, as a reader's browser meets it."""

import contextlib
import functools
import gzip
import itertools
import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import nginx
from tests.conftest import recorded
from tests.contents import PAGES, ROOT
from tests.readable import ALL_BUT_COLOURS, COLOURS, OF_COLOURS, WIDTH, contrast, findings
from tests.test_labs_in_book import LABS

WHOLE_PAGE = 220_000  # bytes over the wire, gzipped
OWN_SCRIPTS = 50_000  # of these, the labs' JavaScript, WebAssembly that learns among it
WITH_WORDS = {"book/12_faces": 54_000}  # the same where a lab of pictures says all of them in words
WITHOUT_LABS = 110_000  # what every page pays for the theme, its text and its figures
WITH_PHOTOGRAPHS = {"book/12_faces": 160_000}  # the same where figures are photographs, and the lab starts with one

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def opened(page, url):
    """The page, once it has loaded everything and come to rest."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def gzipped(response):
    return len(gzip.compress(response.body(), 9))


def weights(record, own):
    """Gzipped bytes of all that a page loads, summed up apart: the labs' own files, or the rest."""
    return sum(gzipped(response) for response in record.responses if ("/_static/labs/" in response.url) == own)


def test_the_table_of_contents_names_files_that_exist():
    for name in PAGES:
        assert [path for path in (ROOT / Path(name).parent).glob(f"{Path(name).name}.*") if path.suffix != ".py"], name


@pytest.fixture(scope="module")
def site(request, book, tmp_path_factory):
    """The address of the book behind nginx under its policy; where there is no nginx, from a server without one."""
    if nginx.path() is None and os.environ.get("CI") != "true":
        yield request.getfixturevalue("http_book")
        return
    with nginx.serving(book, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def every_page(test):
    """Asks it of every page. One run asks all of it of some: opening a page costs more than the questions."""
    return pytest.mark.in_turn("name", 9, first=2)(pytest.mark.parametrize("name", PAGES)(test))


@pytest.fixture(scope="module")
def open_pages(browser, site):
    """`open_pages(name)` is a page of the book, 1280 x 900 and light, opened once for all tests."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def open_one(name):
            context = stack.enter_context(browser.new_context(viewport=WIDE, color_scheme="light"))
            context.add_init_script(nginx.REPORT)
            return opened(recorded(context.new_page()), f"{site}/{name}.html")

        yield open_one


@every_page
def test_a_page_loads_from_the_book_alone_without_an_error(name, site, open_pages):
    """Under the policy, which is an error to break. From disk, tests/test_engines.py opens them."""
    page = open_pages(name)
    assert page.record.errors == []
    assert page.record.elsewhere(site) == []
    assert page.title().endswith("How Convolutional Neural Networks Work")
    assert page.locator(".convnet-lab[data-live]").evaluate_all("all => all.map((lab) => lab.id)") == LABS.get(name, [])


@pytest.mark.in_turn("name", 9, first=2)
@pytest.mark.parametrize(("name", "following"), [*itertools.pairwise(PAGES)])
def test_chapters_are_joined_in_the_order_of_the_contents(name, following, site, open_pages):
    following_link = open_pages(name).locator("a.right-next")
    assert following_link.evaluate_all("links => links.map((link) => link.href)") == [f"{site}/{following}.html"]


SIZES = [(1280, 800), (390, 844)]
SETTLED = """async () => {
  await new Promise(requestAnimationFrame);
  const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(transitions.map((one) => one.finished));
}"""


@pytest.mark.in_turn("chapter", 4)
@pytest.mark.parametrize("chapter", list(LABS)[1:])
def test_a_link_to_the_lab_leads_to_the_lab(chapter, open_pages):
    """Its card's top is on the screen and under nothing, wherever on the page the link stands."""
    page = open_pages(chapter)
    page.emulate_media(reduced_motion="reduce")
    folds = page.locator("details")
    were_open = folds.evaluate_all("folds => folds.map((fold) => fold.open)")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)  # the contents slide away where the page gets narrow
        links = page.locator("article a[href^='#']").filter(has_text=re.compile(r"\blab\b"))
        for link in links.all():
            lab = link.get_attribute("href")
            assert lab.removeprefix("#") in LABS[chapter], link.inner_text()
            link.evaluate("link => link.click()")  # it may stand in a fold
            top = page.locator(f"{lab} .cl-lab").evaluate(
                """lab => {
                  const { left, top } = lab.getBoundingClientRect();
                  return [top, lab.contains(document.elementFromPoint(left + 30, top + 2))];
                }"""
            )
            assert 0 <= top[0] < height / 2
            assert top[1], "something lies over it"
        folds.evaluate_all("(folds, were) => folds.forEach((fold, at) => { fold.open = were[at]; })", were_open)
        page.evaluate("() => { history.replaceState(null, '', location.pathname); scrollTo(0, 0); }")
    page.emulate_media(reduced_motion="no-preference")
    page.set_viewport_size(WIDE)


# Of each word in a figure: its colour, and that of its cell, else of the card.
WORDS = """figures => figures.flatMap((figure) => [...figure.querySelectorAll("text")].map((text) => {
  const before = text.previousElementSibling;
  const ground = before?.matches("rect[width='40']") ? before : figure.querySelector("rect");
  return [getComputedStyle(text).fill, getComputedStyle(ground).fill];
}))"""


@pytest.mark.parametrize("name", ["book/03_convolution", "book/10_sequences"])
def test_figures_follow_the_theme_and_ink_stays_ink(name, book, new_page):
    page = new_page(color_scheme="dark")
    page.goto((book / f"{name}.html").as_uri())
    figures = page.locator(".figure-box > svg[role=img]")
    assert figures.count() >= 7
    card, ink = figures.locator("> rect"), figures.locator('g rect[fill="#22262e"]').first
    assert set(card.evaluate_all(FILLS)) == {"rgb(27, 31, 38)"}
    assert ink.evaluate("cell => getComputedStyle(cell).fill") == "rgb(34, 38, 46)"
    words = figures.evaluate_all(WORDS)
    assert len(words) > 50
    assert min(contrast(*pair) for pair in words) >= 4.5
    page.emulate_media(media="print")
    assert set(card.evaluate_all(FILLS)) == {"rgb(253, 252, 249)"}


FILLS = "all => all.map((one) => getComputedStyle(one).fill)"


@every_page
def test_a_page_is_light(name, open_pages):
    record = open_pages(name).record
    assert all(response.ok for response in record.responses)
    scripts = [r for r in record.responses if "/_static/labs/" in r.url and urlsplit(r.url).path.endswith(".js")]
    rest, labs = weights(record, own=False), weights(record, own=True)
    print(f"{name}: {rest + labs} bytes gzipped, of which labs {labs}")
    assert sum(map(gzipped, scripts)) <= WITH_WORDS.get(name, OWN_SCRIPTS)
    assert rest <= WITH_PHOTOGRAPHS.get(name, WITHOUT_LABS)
    assert rest + labs <= WHOLE_PAGE


FAULTY = """<html lang="en"><title>One</title><main><h1>One</h1><p>Ink on paper.</p><p>Ink on paper again.</p>
<div style="background: #333"><p>Ink on the same ink.</p></div><p class="cl-cell" style="background: #444">1</p>
<p>A <a href="#" style="color: #111; text-decoration: none">link</a> that nobody sees.</p></main>"""


def test_what_is_asked_of_each_kind_of_look_once_is_still_found(page):
    page.set_content(FAULTY)
    found = findings(page)
    assert len(found) == 3
    assert "color-contrast: a cell's rgb(0, 0, 0) on rgb(68, 68, 68)" in found
    assert [rule for rule in OF_COLOURS if not any(fault.startswith(rule) for fault in found)] == []
    assert page.locator("[style*=visibility]").count() == 0, "all is in sight again"
    known = set()
    page.set_content("<html lang='en'><title>One</title><main><h1>One</h1><p>Ink on <a href='#'>paper</a>.</p></main>")
    assert findings(page, COLOURS, known=known) == []
    page.set_content(FAULTY)
    assert len(findings(page, COLOURS, known=known)) == 3, "what is known of other looks hides no new one"


# Colours depend on the scheme alone and room on the width alone: each look asks what only it can show. What the theme
# shows on narrow pages alone is the same on all: of the first, all is asked. A lab brings its own colours:
# tests/test_every_lab.py asks for them.


@every_page
def test_a_page_is_readable_by_everyone(name, open_pages, known):
    """The last that is asked of a page: it leaves it dark and narrow."""
    page = open_pages(name)
    assert findings(page, ALL_BUT_COLOURS) == []
    for scheme, other in (("light", "dark"), ("dark", "light")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f"html[data-theme={other}], .convnet-lab [data-theme={other}]")).to_have_count(0)
        assert findings(page, COLOURS, but=".convnet-lab", known=known) == []
    page.set_viewport_size(NARROW)
    page.wait_for_timeout(400)  # the theme looks for what can be scrolled once a resize is over
    assert findings(page, *([] if name == PAGES[0] else [WIDTH])) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], "the page scrolls sideways"


HOST = re.compile(r"""(?:\bsrc|<link\b[^>]*\bhref|<object\b[^>]*\bdata|srcset)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]+""")
CSS_HOST = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//[^"')\s]+""")


def test_no_file_of_the_book_would_load_from_another_host(book):
    pages, sheets = list(book.rglob("*.html")), list(book.rglob("*.css"))
    assert pages
    assert sheets
    found = {
        str(path.relative_to(book)): hits
        for paths, pattern in ((pages, HOST), (sheets, CSS_HOST), (pages, CSS_HOST))
        for path in paths
        if (hits := pattern.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_what_a_page_need_not_load_is_not_in_the_book(book):
    names = {path.name for path in book.rglob("*")}
    assert not names & {"fontawesome.js", "bootstrap.js", "sphinx-thebe.js", "require.min.js", "embed-amd.js"}
    assert not [path.name for path in book.rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".map"}]


def test_every_icon_has_a_drawing(book):
    drawn = set(re.findall(r"\.(fa-[a-z-]+)", (book / "_static" / "icons.css").read_text(encoding="utf-8")))
    markup = "".join(path.read_text(encoding="utf-8") for path in book.rglob("*.html"))
    classes = {name for value in re.findall(r'class="([^"]*)"', markup) for name in value.split()}
    used = {name for name in classes if name.startswith("fa-")} - {"fa-solid", "fa-lg"}
    assert used
    assert used <= drawn


SPACED_PERCENT = re.compile(r".{20}(?:\d|\})[ \u00a0\u202f]%(?! ?[\w(]).{10}")


def test_a_percentage_is_written_as_python_prints_it(book):
    """44%, in prose, in outputs and in the labs' sentences alike."""
    texts = [*book.glob("book/*.html"), *(ROOT / "convnet_core/labs").rglob("words.js")]
    assert len(texts) > 20
    spaced = {path.name: SPACED_PERCENT.findall(path.read_text(encoding="utf-8")) for path in texts}
    assert {name: hits for name, hits in spaced.items() if hits} == {}


def test_formulas_are_mathml(book):
    markup = "".join((book / f"{name}.html").read_text(encoding="utf-8") for name in PAGES)
    assert "<math " in markup
    assert not re.search(r'class="merror"|<merror', markup)
    assert "MathJax" not in markup.replace("mathjax_ignore", "")


def test_the_theme_can_be_switched_and_stays(http_book, page):
    opened(page, f"{http_book}/{PAGES[0]}.html")
    button = page.locator(".theme-switch-button:visible")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(button).to_be_focused()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.sweep
def test_keys_and_a_screen_reader_are_told_what_a_press_has_done(http_book, new_page):
    page = opened(
        new_page(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"]), f"{http_book}/{PAGES[2]}.html"
    )
    said = page.locator("body > .said")
    assert said.get_attribute("role") == "status"
    contents = page.locator(".primary-toggle:visible")
    for expanded in ("true", "false", "true"):
        expect(contents).to_have_attribute("aria-expanded", expanded)
        contents.press("Enter")
    page.set_viewport_size(NARROW)
    expect(contents).to_have_attribute("aria-expanded", "false")
    contents.press("Enter")
    expect(contents).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="Chapters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(contents).to_have_attribute("aria-expanded", "false")
    expect(contents).to_be_focused()

    copy = page.locator(".copybtn:visible").first
    copy.press("Enter")
    expect(said).to_have_text("Copied.")
    expect(copy).to_be_focused()
    page.locator(".theme-switch-button:visible").press("Enter")
    expect(said).to_have_text(re.compile("^Colours: (light|dark|auto)\\.$"))


@pytest.mark.in_turn("book_url", 2)
def test_search_finds_a_chapter(book_url, page):
    opened(page, f"{book_url}/search.html?q=convolution")
    page.locator("#search-results li a").first.wait_for()
    targets = page.locator("#search-results li a").evaluate_all("links => links.map((link) => link.href)")
    assert f"{book_url}/book/03_convolution.html" in {re.split("[?#]", url)[0] for url in targets}
    expect(page.get_by_role("status").filter(has_text="page")).to_be_visible()
    assert page.record.errors == []
    assert page.record.elsewhere(book_url) == []


def test_the_list_of_chapters_opens_on_a_narrow_page(http_book, new_page):
    page = opened(new_page(viewport=NARROW), f"{http_book}/{PAGES[0]}.html")
    page.locator(".header-article-item .primary-toggle").click()
    page.locator("dialog[open] nav.bd-docs-nav a").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_a_page_reads_without_javascript(http_book, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{http_book}/{PAGES[-1]}.html")
    assert page.locator("article h1").is_visible()
    assert page.locator("nav.bd-docs-nav a").count() >= len(PAGES) - 1


def test_the_chapter_can_be_downloaded_as_a_notebook(http_book, page):
    name = next(name for name in PAGES if (ROOT / f"{name}.ipynb").exists())
    opened(page, f"{http_book}/{name}.html")
    with page.expect_download() as download:
        page.locator(".btn-download-source-button").click()
    stored = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert stored["cells"] == json.loads((ROOT / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
