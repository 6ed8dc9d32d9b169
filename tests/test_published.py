"""What a published page says of itself: a description, a picture, addresses where they are known, a version."""

import html
import re
import tomllib
import xml.etree.ElementTree as xml
from pathlib import Path

import published
import pytest
from PIL import Image

from tests import nginx
from tests.conftest import BOOK
from tests.contents import PAGES, ROOT
from tools import social_card

ADDRESS = BOOK
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
TAG = re.compile(r'<(?:meta (?:name|property)|link rel)="([^"]+)" (?:content|href)="([^"]*)"')


def tags(page):
    """What the head of a page says: {name: value}."""
    return {name: html.unescape(value) for name, value in TAG.findall(page.split("</head>")[0])}


# The address


@pytest.mark.parametrize(
    ("environment", "configured", "url"),
    [
        ({}, "", ""),
        ({}, None, ""),
        ({"BOOK_URL": ""}, "", ""),
        ({}, ADDRESS, f"{ADDRESS}/"),
        ({"BOOK_URL": ADDRESS}, "https://example.org", f"{ADDRESS}/"),
        ({"CI_PAGES_URL": f"{ADDRESS}/"}, "", f"{ADDRESS}/"),
        ({"BOOK_URL": "http://localhost:8000"}, "", "http://localhost:8000/"),
        ({"GITHUB_REPOSITORY": "someone/convnets"}, "", ""),
    ],
)
def test_the_books_address_comes_from_the_environment_or_the_configuration(environment, configured, url):
    assert published.book_url(environment, configured) == url


@pytest.mark.parametrize("wrong", ["someone.example.org", "/book/", "ftp://example.org", f"{ADDRESS}?a=1", "https://"])
def test_half_an_address_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match="wanted one like https://example.org/book/"):
        published.book_url({"BOOK_URL": wrong})


def test_without_an_address_no_page_names_one(book):
    for name in ("book/index.html", "404.html", "search.html"):
        said = tags((book / name).read_text(encoding="utf-8"))
        assert not {"canonical", "og:url", "og:image", "twitter:card"} & set(said), name
    assert not (book / "sitemap.xml").exists()
    assert "Sitemap" not in (book / "robots.txt").read_text(encoding="utf-8")


def test_with_an_address_pages_name_it_and_robots_find_them(addressed_book):
    said = tags((addressed_book / "book" / "index.html").read_text(encoding="utf-8"))
    assert said["canonical"] == said["og:url"] == f"{ADDRESS}/book/index.html"
    assert said["og:image"] == f"{ADDRESS}/_static/card.png"
    assert (addressed_book / "_static" / "card.png").exists()
    assert said["twitter:card"] == "summary_large_image"
    sitemap = xml.parse(addressed_book / "sitemap.xml").getroot()
    assert [place.text for place in sitemap.iterfind(".//{*}loc")] == [f"{ADDRESS}/book/index.html"]
    assert f"Sitemap: {ADDRESS}/sitemap.xml\n" in (addressed_book / "robots.txt").read_text(encoding="utf-8")
    for name in ("404.html", "search.html"):
        unlisted = tags((addressed_book / name).read_text(encoding="utf-8"))
        assert unlisted["robots"] == "noindex"
        assert "canonical" not in unlisted


# Each page


def test_every_page_has_a_description_of_its_own(book):
    said = {name: tags((book / f"{name}.html").read_text(encoding="utf-8")) for name in PAGES}
    for name in PAGES:
        assert 50 <= len(said[name]["description"]) <= 160, f"{name}: {said[name]['description']}"
        assert said[name]["og:description"] == said[name]["description"]
        assert said[name]["og:title"]
    assert len({tag["description"] for tag in said.values()}) == len(PAGES)
    assert len({tag["og:title"] for tag in said.values()}) == len(PAGES)


def test_every_page_tells_the_version_of_the_book(book):
    for name in PAGES:
        page = (book / f"{name}.html").read_text(encoding="utf-8")
        assert re.findall(r'<p class="version">Version ([^<]*)</p>', page) == [VERSION], name


def test_the_picture_is_what_its_script_draws():
    with Image.open(social_card.CARD) as stored:
        assert stored.size == (1200, 630)
        assert stored.convert("RGB").tobytes() == social_card.card().convert("RGB").tobytes()
    assert social_card.CARD.stat().st_size < 50_000


# The page that is shown in place of one that is not there


def open_missing(page, address, home):
    """Opens an address where no page is; the page must then have all it needs, and lead to the first page."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator("article h1").inner_text() == "This page is not here"
    assert page.evaluate("getComputedStyle(document.querySelector('.bd-sidebar-primary')).display") == "flex"
    assert [answer.url for answer in page.record.responses if not answer.ok] == [address]
    page.get_by_role("link", name="To the first page of the book").click()
    page.wait_for_url(f"{home}/book/index.html")


def test_a_missing_page_leads_back_from_any_depth(book, tmp_path, page):
    with nginx.serving(book, tmp_path) as home:
        for place in ("nothing.html", "book/nothing.html", "a/b/c/d"):
            page.record.responses.clear()
            open_missing(page, f"{home}/{place}", home)


def test_a_missing_page_leads_back_where_the_book_is_in_a_folder(addressed_book, page):
    def answer(route):
        """As GitHub Pages does."""
        path = Path(addressed_book, route.request.url.removeprefix(ADDRESS + "/").split("?")[0])
        found = path.is_file()
        route.fulfill(status=200 if found else 404, path=path if found else addressed_book / "404.html")

    page.route(f"{ADDRESS}/**", answer)
    open_missing(page, f"{ADDRESS}/a/b/nothing.html", ADDRESS)


# Search


@pytest.mark.in_turn("book_url", 2)
def test_a_word_leads_to_its_chapter(book_url, page):
    page.goto(f"{book_url}/book/index.html")
    page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("recurrent")
    page.keyboard.press("Enter")
    page.locator("#search-results li a[href*='10_sequences']").first.click()
    page.wait_for_url("**/10_sequences.html*")
    assert page.record.errors == []
