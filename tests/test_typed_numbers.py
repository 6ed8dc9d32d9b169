"""Numbers that a reader types: a cell and the box beside it read the same, and each entry is one step for Undo."""

import pytest
from playwright.sync_api import expect

from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.relu.lab import ReLULab
from convnet_core.pictures import X
from tests.labpage import LabOnPage, changed, printed

pytestmark = pytest.mark.sweep

MINUS, FULL_WIDTH = "\N{MINUS SIGN}", {ord("5"): "\uff15", ord("-"): "\uff0d", ord("."): "\uff0e"}
READ = {
    "5": 5, "+3": 3, "-0.5": -0.5, ".5": 0.5, "-.5": -0.5, "5.": 5, "1/2": 0.5, "-1/4": -0.25, "1/-4": -0.25,
    ".5/.25": 2, "007": 7, "-0": 0,
    "0,5": 0.5, "-0,5": -0.5, ",5": 0.5, "1,5/2": 0.75,  # most of Europe writes a comma
    "0,125": 0.125, "1,2500": 1.25,  # no thousands are written so
    "1.000": 1,  # a point is a decimal point here, whatever a country makes of it
    MINUS + "5": -5, "\N{EN DASH}5": -5, "\N{NON-BREAKING HYPHEN}5": -5,  # what word processors make of a hyphen
    "1\N{FRACTION SLASH}2": 0.5,
    "-5.5".translate(FULL_WIDTH): -5.5,  # Chinese and Japanese keyboards
    "\u0665": 5, "\u06f5\u066b\u06f5": 5.5, "\u096b": 5,  # Arabic, Persian with their comma, Devanagari
    "\u200e-5": -5, "\u202d5\u202c": 5, "5\u200b": 5,  # marks without width come along with what is copied
}  # fmt: skip
TWO_WAYS = {
    "1,000": "1,000 can be read in two ways: write 1000 or 1.0",
    "-2,500": "-2,500 can be read in two ways: write -2500 or -2.5",
    "1/1,000": "1,000 can be read in two ways: write 1000 or 1.0",
    "\uff11\uff0c\uff10\uff10\uff10": "1,000 can be read in two ways",
}
TYPE = "Type a number: 5, -0.5 or 1/9"
NO_NUMBER = [
    "-", "+", ".", ",", "1/", "1/-", "/2", "1/0", "--5", "+-5", "5-", "1e3", "0x5", "5%", "1.2.3", "1,2,3",
    "1,000,000", "1.000,5", "1'000", "5\N{SUPERSCRIPT TWO}", "\N{VULGAR FRACTION ONE HALF}", "Infinity", "NaN", "1/2/3",
    "1 000", "- 5",  # a space may be a slip
]  # fmt: skip
SPACED = {" 5 ": 5, "\u00a05": 5, "1 / 2": 0.5}  # a box alone: in a cell, Space flips the pixel

BOX = "Image, row 9, column 5"
TYPE_KEYS = """([cell], text) => {
  for (const key of text) cell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def lab(open_labs):
    """The filtering lab with the focus on the cell in the middle of the lowest row, which is -1."""
    lab = LabOnPage(open_labs(FilteringLab()), "filtering")
    lab.cell("Image", 8, 4).focus()
    return lab


def by_cell(lab, text):
    lab.cell("Image", 8, 4).focus()
    lab.cell("Image", 8, 4).evaluate_all(TYPE_KEYS, text)
    lab.page.keyboard.press("Enter")


def by_box(lab, text):
    lab.cell("Image", 8, 4).focus()
    box = lab.root.get_by_role("textbox", name=BOX)
    box.fill(text)
    lab.page.keyboard.press("Enter")


def value(lab):
    state = "() => JSON.parse(localStorage.getItem(`convnet-lab ${location.pathname} lab-filtering`)).state.image[8][4]"
    lab.page.evaluate("dispatchEvent(new Event('pagehide'))")  # it is written down now
    return lab.page.evaluate(state)


@pytest.mark.in_turn("way", 2)
@pytest.mark.parametrize("way", [by_cell, by_box])
def test_what_is_a_number_is_read(lab, way):
    for text, number in (READ | (SPACED if way is by_box else {})).items():
        way(lab, "9")
        way(lab, text)
        assert value(lab) == number, ascii(text)
        expect(lab.root.locator(".is-refused")).to_have_count(0)


@pytest.mark.in_turn("way", 2)
@pytest.mark.parametrize("way", [by_cell, by_box])
def test_what_is_no_number_is_refused_in_words_and_what_was_there_stays(lab, way):
    way(lab, "7")
    for text, words in (TWO_WAYS | dict.fromkeys(NO_NUMBER, TYPE)).items():
        if way is by_cell and (text[0] in "/IN\N{VULGAR FRACTION ONE HALF}" or " " in text):
            continue  # such a key begins no number in a cell, and does nothing; Space flips the pixel
        way(lab, text)
        assert value(lab) == 7, ascii(text)
        lab.expect_status(words, "It stays at 7.")


def test_a_lone_sign_is_no_step_and_no_message_is_about_it(lab):
    lab.page.keyboard.press("-")
    assert lab.status == ""
    assert lab.numbers("Image") == printed(X)
    lab.page.keyboard.press("2")
    lab.expect_status("Image, row 9, column 5: -1 → -2.")
    lab.press("Undo")
    assert lab.numbers("Image") == printed(X)
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("end", ["Escape", "Enter", "Tab", "ArrowUp"])
def test_a_lone_sign_that_is_left_leaves_nothing_to_undo(lab, end):
    for keys in ("-", ".", "3/"):
        lab.cell("Image", 8, 4).focus()
        for key in keys:
            lab.page.keyboard.press(key)
        lab.page.keyboard.press(end)
        assert lab.numbers("Image") == printed(X), keys
        if end != "Escape":
            lab.expect_status("It stays at -1.")
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("way", [by_cell, by_box])
def test_a_refusal_is_over_once_what_stands_there_is_fine(lab, way):
    """The number that was there anyway, or Escape: nothing else changes that could tell so."""
    for mend in ("-1", None):
        way(lab, "--1")
        lab.expect_status("Type a number", "It stays at -1.")
        if mend:
            way(lab, mend)
        else:
            lab.page.keyboard.type("-.")
            lab.page.keyboard.press("Escape")
        expect(lab.root.locator(".is-refused")).to_have_count(0)
        assert lab.status == ""


@pytest.mark.parametrize("label", ["cell", "box"])
def test_a_change_is_told_from_the_number_before_the_typing(lab, label):
    for text, told in [("0.5", "-1 → 0.5"), ("1/4", "0.5 → 0.25")]:
        if label == "box":
            lab.root.get_by_role("textbox", name=BOX).select_text()
        lab.page.keyboard.type(text)
        lab.expect_status(f"Image, row 9, column 5: {told}.")
        lab.page.keyboard.press("Enter")
        lab.expect_status(f"Image, row 9, column 5: {told}.")


# Steps for Undo.


@pytest.mark.in_turn("end", 3)
@pytest.mark.parametrize("end", ["Tab", "Enter", "blur"])
def test_two_entries_in_one_box_are_two_steps(lab, end):
    box = lab.root.get_by_role("textbox", name=BOX)
    for number in ("0.25", "0.75"):
        box.focus()
        box.select_text()
        box.press_sequentially(number)  # digit by digit: one step
        box.blur() if end == "blur" else box.press(end)
    assert lab.numbers("Image")[8][4] == "0.75"
    lab.press("Undo")
    assert lab.numbers("Image")[8][4] == "0.25"
    lab.press("Undo")
    assert lab.numbers("Image") == printed(X)
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_two_entries_in_one_cell_are_two_steps(lab):
    for key in ["2", "Enter", "3", "Enter"]:
        lab.page.keyboard.press(key)
    lab.press("Undo")
    assert lab.numbers("Image") == printed(changed(X, (8, 4, 2)))
    lab.press("Undo")
    assert lab.numbers("Image") == printed(X)


@pytest.mark.parametrize("how", ["drag", "key"])
def test_each_drag_of_a_slider_and_each_key_on_it_is_a_step(open_labs, how):
    lab = LabOnPage(open_labs(ReLULab()), "relu")
    slider = lab.root.get_by_role("slider", name="Threshold")
    slider.scroll_into_view_if_needed()
    start, seen = slider.input_value(), []
    for share in (0.7, 0.8):
        if how == "key":
            slider.press("ArrowRight")
        else:
            box = slider.bounding_box()
            y = box["y"] + box["height"] / 2
            lab.page.mouse.move(box["x"] + box["width"] * 0.6, y)
            lab.page.mouse.down()
            lab.page.mouse.move(box["x"] + box["width"] * share, y, steps=5)
            lab.page.mouse.up()
        seen.append(slider.input_value())
    assert len({start, *seen}) == 3
    lab.press("Undo")
    expect(slider).to_have_value(seen[0])
    lab.press("Undo")
    expect(slider).to_have_value(start)


def test_moves_of_the_window_before_and_after_something_else_are_two_steps(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(row=3, column=3)), "filtering")
    for key in ("ArrowUp", "ArrowLeft"):
        lab.frame.press(key)
        lab.frame.press(key)
        lab.button("Undo").focus()
    assert lab.window_at() == (1, 1)
    lab.press("Undo")
    assert lab.window_at() == (1, 3)
