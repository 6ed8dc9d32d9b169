"""The main road of a chapter is short, the rest is in side roads; teachers are told how long it takes."""

import pytest

from tools import screens


@pytest.fixture(scope="module")
def lengths(book, browser):
    return screens.measured(browser, book)


def test_a_main_road_has_twelve_screens_at_most(lengths):
    assert len(lengths) == 16
    long = {one.chapter: one.screens for one in lengths if one.screens > screens.MOST_SCREENS}
    assert long == {}
    assert all(one.roads >= 3 and one.all_screens > one.screens for one in lengths)


def test_teachers_are_told_the_minutes_that_are_counted(lengths):
    stored = screens.STORED.read_text(encoding="utf-8")
    assert stored == screens.stored(lengths), "run python -m tools.screens --store, after make html"
