"""The strip under each chapter's title: where it stands on a picture's way through a network."""

import pipeline
import pytest

from tests.contents import PAGES


def test_every_numbered_chapter_has_its_place():
    steps, pages = pipeline.table()
    chapters = [page for page in PAGES if page.removeprefix("book/")[:2].isdigit()]
    assert sorted([*steps, *pages]) == chapters


@pytest.mark.sweep
def test_it_is_one_line_says_where_one_is_and_leads_on(book, page):
    steps, pages = pipeline.table()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((book / "book" / "04_pooling.html").as_uri())
    strip = page.get_by_role("navigation", name="The way of a picture")
    assert strip.bounding_box()["height"] < 30
    assert strip.inner_text().startswith("You are here:")
    links = strip.get_by_role("link")
    assert links.all_inner_texts() == list(steps.values())
    assert strip.locator("[aria-current=page]").all_inner_texts() == ["pooling"]
    page.set_viewport_size({"width": 320, "height": 800})
    assert strip.bounding_box()["height"] < 110
    assert strip.evaluate("strip => strip.scrollWidth") <= 320
    page.emulate_media(media="print")
    assert not strip.is_visible()
    page.emulate_media(media="screen")
    for step, name in steps.items():
        links.get_by_text(name, exact=True).click()
        page.wait_for_url(f"**/{step}.html")
        assert strip.locator("[aria-current=page]").all_inner_texts() == [name]
    for other, lead in pages.items():
        html = (book / f"{other}.html").read_text(encoding="utf-8")
        assert lead in html
        assert "aria-current" not in html.partition('class="pipeline"')[2].partition("</nav>")[0]
