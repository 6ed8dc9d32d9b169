"""The short route: its stops are where they say, and each leads on to the next."""

import re

import pytest
import route
from docutils.core import publish_doctree

from tests.contents import PAGES


def test_the_stops_follow_the_contents_and_take_90_minutes():
    places = [PAGES.index(stop.page) for stop in route.stops()]
    assert places == sorted(set(places))
    assert len(places) >= 8
    assert sum(stop.minutes for stop in route.stops()) == 90


@pytest.mark.sweep
def test_a_reader_walks_from_the_list_through_every_stop(http_book, page):
    page.goto(f"{http_book}/{route.PAGE}.html")
    stops = route.stops()
    listed = page.locator("article ol > li")
    assert listed.count() == len(stops)
    listed.first.get_by_role("link").click()
    for number, stop in enumerate(stops, start=1):
        page.wait_for_url(f"**/{stop.page}.html")
        here = page.locator(".route-here")
        assert here.inner_text().startswith(f"Stop {number} of {len(stops)} on the short route: {stop.minutes} minutes")
        foot = page.locator(".route-next")
        section = foot.locator("xpath=ancestor::section[1]").locator("> :is(h2, h3)")
        assert section.inner_text().rstrip("#") == stop.until
        assert foot.evaluate("foot => foot.closest('details') === null"), "no stop ends in a fold"
        if number < len(stops):
            assert f"{stop.wonders} Next on the short route: ".lstrip() in foot.inner_text()
            foot.get_by_role("link").click()
    assert "The short route ends here" in foot.inner_text()
    assert page.record.errors == []


def test_the_contents_mark_the_stops(http_book, page):
    page.goto(f"{http_book}/{route.PAGE}.html")
    marks = page.locator(".bd-links a").evaluate_all(
        "links => links.map((link) => [link.href, getComputedStyle(link, '::after').content])"
    )
    marked = {re.sub(r".*/(book/\w+)\.html.*", r"\1", address) for address, mark in marks if "●" in mark}
    assert marked == {stop.page for stop in route.stops()}


def test_a_stop_without_its_section_stops_the_build():
    page = publish_doctree("Title\n=====\n\nGuess\n-----\n\nText.\n\nLook\n----\n\nText.\n")
    assert route.last_section(page, route.Stop("book/x", "Look", 5, "", "")).astext().startswith("Look")
    with pytest.raises(ValueError, match="book/x has no section 'Loop'"):
        route.last_section(page, route.Stop("book/x", "Loop", 5, "", ""))
