"""The main road of a chapter is short, and the rest of it is in side roads."""

from tools import screens


def test_a_main_road_has_twelve_screens_at_most(book, browser):
    lengths = screens.measured(browser, book)
    assert len(lengths) == 16
    long = {one.chapter: one.screens for one in lengths if one.screens > screens.MOST_SCREENS}
    assert long == {}
    assert all(one.roads >= 3 and one.all_screens > one.screens for one in lengths)
