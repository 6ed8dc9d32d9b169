"""What the shared parts do, in a real browser: the grid and its keys, undo, linked labs, two views, looks.

FilteringLab and ConvolutionLab stand for all; test_every_lab.py asks each lab. What a map must show is asked of Python.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from convnet_core.labs.convolution.lab import ConvolutionLab
from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.kit import joiner
from convnet_core.labs.kit.base import link
from convnet_core.labs.pooling.lab import PoolingLab
from convnet_core.pictures import BLANK, FACE, O, X
from tests.labpage import (
    CLIPBOARD,
    KERNEL_MODEL,
    LabOnPage,
    changed,
    cut,
    encoded,
    kernel_state,
    printed,
    write_lab_page,
)
from tests.readable import findings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def filtering(open_labs):
    """A page with one FilteringLab on it."""
    return LabOnPage(open_labs(FilteringLab()), "filtering")


# What browsers of 2023 lack (Safari before 17.4, Firefox before 124), or had just learned: no script calls it.
TOO_NEW = re.compile(
    r"\bAbortSignal\.(any|timeout)\b|\bPromise\.(withResolvers|try)\b|\b(Object|Map)\.groupBy\b|\bArray\.fromAsync\b"
    r"|\.(findLast|findLastIndex|toSorted|toReversed|toSpliced|with|isSubsetOf|isSupersetOf|union|intersection)\("
    r"|\bstructuredClone\b|\bRegExp\.escape\b|\bIterator\."
)


def test_no_script_calls_what_browsers_of_2023_lack():
    scripts = [*joiner.FOLDER.rglob("*.js"), *(ROOT / "book").rglob("*.js")]
    assert len(scripts) > 80
    found = {
        str(path): TOO_NEW.findall(path.read_text(encoding="utf-8")) for path in scripts if "_build" not in path.parts
    }
    assert {path: calls for path, calls in found.items() if calls} == {}


# An edit reaches exactly the cells of the map that it should.


@pytest.mark.in_turn("how", 3)
@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_one_pixel_changes_the_cells_it_feeds_and_no_other(open_labs, how):
    lab = LabOnPage(open_labs(ConvolutionLab(), has_touch=how == "touch"), "convolution")
    image, before = X, lab.numbers("Feature map")
    assert before == cut(ConvolutionLab().feature_map)
    for row, column in [(0, 0), (2, 4), (4, 4), (8, 3)]:
        flip(lab, row, column, how)
        image = changed(image, (row, column, -image[row, column]))
        after = lab.numbers("Feature map")
        assert lab.numbers("Image") == printed(image)
        assert after == cut(ConvolutionLab(image=image).feature_map)
        assert {(r, c) for r in range(7) for c in range(7) if after[r][c] != before[r][c]} == fed_by(row, column)
        before = after


def flip(lab, row, column, how):
    if how == "mouse":
        lab.cell("Image", row, column).click()
    elif how == "touch":
        lab.cell("Image", row, column).tap()
    else:
        lab.cell("Image", row, column).focus()
        lab.page.keyboard.press("Space")


def fed_by(row, column):
    """The places of the 7x7 map whose 3x3 patch holds this pixel."""
    places = {(r, c) for r in range(row - 2, row + 1) for c in range(column - 2, column + 1)}
    return {(r, c) for r, c in places if 0 <= r < 7 and 0 <= c < 7}


def test_an_edit_of_the_feature_changes_the_whole_map(open_labs):
    lab = LabOnPage(open_labs(ConvolutionLab()), "convolution")
    lab.cell("Feature", 0, 1).focus()
    lab.page.keyboard.press("3")
    python = ConvolutionLab()
    python.feature = changed(python.feature, (0, 1, 3))
    assert lab.numbers("Feature map") == cut(python.feature_map)


PATH = [(0, 0), (0, 1), (1, 1), (1, 2), (0, 2)]


@pytest.mark.parametrize("how", ["mouse", "touch"])
def test_a_drag_paints_and_is_one_undo(open_labs, how):
    lab = LabOnPage(open_labs(FilteringLab(row=6), has_touch=how == "touch"), "filtering")
    (lab.drag if how == "mouse" else lab.drag_by_touch)("Image", *PATH)
    assert lab.numbers("Image") == printed(changed(X, *((*place, 1) for place in PATH)))
    lab.press("Undo")
    assert lab.numbers("Image") == printed(X)
    lab.press("Redo")
    assert lab.numbers("Image") == printed(changed(X, *((*place, 1) for place in PATH)))


def test_a_drag_paints_in_a_browser_that_cannot_join_signals(open_labs):
    """Safari before 17.4, Firefox before 124."""
    lab = LabOnPage(open_labs(FilteringLab(row=6), init_script="delete AbortSignal.any;"), "filtering")
    lab.drag("Image", *PATH)
    lab.cell("Image", 8, 8).click()
    assert lab.numbers("Image") == printed(changed(X, (8, 8, 1), *((*place, 1) for place in PATH)))


def test_a_finger_that_scrolls_the_page_paints_nothing(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(), has_touch=True, viewport={"width": 320, "height": 640}), "filtering")
    for column in (0, 8):
        lab.drag_by_touch("Image", (8, column), (7, column), (5, column), (2, column))
        lab.drag_by_touch("Image", (4, column), (8, column))
    assert lab.numbers("Image") == printed(X)
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_a_finger_scrolls_or_draws_as_the_switch_says_and_the_page_remembers(open_labs):
    page = open_labs(FilteringLab(row=6), PoolingLab(), has_touch=True, viewport={"width": 390, "height": 844})
    lab, other = LabOnPage(page, "filtering"), LabOnPage(page, "pooling")
    touch = "grid => getComputedStyle(grid).touchAction"
    assert lab.grid("Image").evaluate(touch) == "pan-y"
    lab.button("Draw by finger").tap()
    page.reload()
    for one in (lab, other):
        expect(one.button("Draw by finger")).to_have_attribute("aria-pressed", "true")
    assert lab.grid("Image").evaluate(touch) == "none"
    lab.drag_by_touch("Image", (0, 0), (1, 0), (3, 0))
    assert lab.numbers("Image") == printed(changed(X, *((row, 0, 1) for row in range(4))))
    lab.drag_by_touch("Image", (6, 2), (3, 2))
    assert lab.window_at() == (3, 1)
    other.press("Draw by finger")
    expect(lab.button("Draw by finger")).to_have_attribute("aria-pressed", "false")
    lab.drag_by_touch("Image", (3, 2), (6, 2))
    assert lab.window_at() == (3, 1)


def test_a_drag_paints_all_with_what_the_first_pixel_became(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(image=O, row=6, column=0)), "filtering")
    lab.drag("Image", (1, 3), (1, 4), (0, 4), (1, 5))
    assert lab.numbers("Image") == printed(changed(O, (1, 3, -1), (1, 4, -1), (1, 5, -1)))


def test_only_the_first_finger_and_the_main_button_paint(filtering):
    filtering.cell("Image", 8, 8).click(button="right")
    assert filtering.numbers("Image") == printed(X)


def test_a_grid_that_shows_a_result_takes_no_edit(filtering):
    before = filtering.look()
    filtering.cell("Products", 1, 1).click()
    filtering.page.keyboard.press("5")
    filtering.page.keyboard.press("Space")
    assert filtering.look() == before


# Keys.

TYPED = {
    "Space": ("1", ""),
    "Space Space": ("-1", ""),
    "Enter": ("1", ""),
    "5": ("5", ""),
    "- 5": ("-5", ""),
    "-": ("-1", ""),  # no number yet
    "+": ("-1", ""),
    "=": ("-1", ""),
    "PageUp PageUp PageUp": ("2", ""),
    "PageDown PageDown PageDown": ("-4", ""),
    "5 PageDown": ("4", ""),
    "0 . 5": ("0.5", ""),
    ". 2 5": ("0.25", ""),
    "- . 5": ("-0.5", ""),
    "7 . 2 5 9": ("7.25", ""),  # shown cut
    "1 0": ("1", "Image: a cell takes numbers from -9 to 9"),
    "9 PageUp": ("9", "Image: a cell takes numbers from -9 to 9"),
    "9 +": ("-1", "Type a number: 5, -0.5 or 1/9. It stays at -1."),
    "- 9 -": ("-1", "Type a number: 5, -0.5 or 1/9. It stays at -1."),
    "- ArrowLeft": ("-1", "Type a number: 5, -0.5 or 1/9. It stays at -1."),
    "3 / Tab": ("-1", "Type a number: 5, -0.5 or 1/9. It stays at -1."),
    "- Backspace 4": ("4", ""),
    "5 x": ("-1", "Type a number: 5, -0.5 or 1/9. It stays at -1."),
    "5 x Backspace": ("5", ""),
    "5 Backspace": ("-1", ""),
    "5 Escape": ("-1", ""),
    "- 5 Escape": ("-1", ""),
    "0 . 5 Escape": ("-1", ""),
    "Escape": ("-1", ""),
    "5 Escape Escape 3": ("3", ""),
    "a": ("-1", ""),
    "Delete": ("-1", ""),
    "5 Space": ("-1", ""),  # from ink to paper
    "5 Enter": ("5", ""),  # Enter ends a number, and flips a pixel only where none is being typed
    "5 Enter Enter": ("-1", ""),
}


@pytest.mark.sweep
def test_typing_into_a_cell(filtering):
    for keys, (value, refusal) in TYPED.items():
        filtering.press("Reset")
        type_keys(filtering, keys)
        assert filtering.numbers("Image") == printed(changed(X, (8, 4, float(value)))), keys
        assert filtering.root.locator(".is-refused").all_inner_texts() == ([refusal] if refusal else []), keys


def test_a_typed_number_is_one_undo(filtering):
    for keys in ["7", "- 5", "0 . 5", "- 0 . 2 5"]:
        type_keys(filtering, keys)
        filtering.page.keyboard.press("Control+z")
        assert filtering.numbers("Image") == printed(X), keys


def type_keys(lab, keys):
    """Into the cell in the middle of the lowest row, which is paper on the X."""
    lab.button("Undo").focus()
    lab.cell("Image", 8, 4).focus()
    for key in keys.split():
        lab.page.keyboard.press(key)


def test_numbers_typed_into_two_cells_are_two(filtering):
    filtering.cell("Image", 8, 4).focus()
    for key in ["3", "ArrowRight", "4", "ArrowLeft", "5"]:
        filtering.page.keyboard.press(key)
    assert filtering.numbers("Image") == printed(changed(X, (8, 4, 5), (8, 5, 4)))
    filtering.press("Undo")
    filtering.press("Undo")
    assert filtering.numbers("Image") == printed(changed(X, (8, 4, 3)))


MOVES = {
    "ArrowUp": (3, 4),
    "ArrowDown": (5, 4),
    "ArrowLeft": (4, 3),
    "ArrowRight": (4, 5),
    "Home": (4, 0),
    "End": (4, 8),
    "Control+Home": (0, 0),
    "Control+End": (8, 8),
    "Home ArrowLeft": (4, 0),
    "End ArrowRight": (4, 8),
    "Control+Home ArrowUp": (0, 0),
    "Control+End ArrowDown": (8, 8),
}


def test_keys_that_move(filtering):
    for keys, (row, column) in MOVES.items():
        filtering.cell("Image", 4, 4).focus()
        for key in keys.split():
            filtering.page.keyboard.press(key)
        expect(filtering.cell("Image", row, column), keys).to_be_focused()
        assert filtering.grid("Image").locator("[tabindex='0']").count() == 1, "a grid is one tab stop"
    assert filtering.numbers("Image") == printed(X)


def test_tab_leaves_a_grid_and_comes_back_to_the_same_cell(filtering):
    filtering.cell("Feature", 1, 1).focus()
    filtering.page.keyboard.press("ArrowRight")
    filtering.page.keyboard.press("Tab")
    assert filtering.grid("Feature").locator(":focus").count() == 0
    filtering.page.keyboard.press("Shift+Tab")
    expect(filtering.cell("Feature", 1, 2)).to_be_focused()


# What a cell is called, and what is said.


def test_a_cell_has_a_name(filtering):
    expect(filtering.cell("Image", 2, 4)).to_have_accessible_name("row 3, column 5, minus 1")
    filtering.cell("Image", 2, 4).click()
    expect(filtering.cell("Image", 2, 4)).to_have_accessible_name("row 3, column 5, plus 1")
    filtering.page.keyboard.press("0")
    expect(filtering.cell("Image", 2, 4)).to_have_accessible_name("row 3, column 5, 0")
    for key in ["Enter", *"-0.5"]:
        filtering.page.keyboard.press(key)
    expect(filtering.cell("Image", 2, 4)).to_have_accessible_name("row 3, column 5, minus 0.5")


def test_a_cell_without_a_number_says_so(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(step=1)), "filtering")
    expect(lab.cell("Products", 0, 0)).to_have_accessible_name("row 1, column 1, plus 1")
    expect(lab.cell("Products", 0, 1)).to_have_accessible_name("row 1, column 2, not shown yet")


def test_the_live_region_says_what_changed(filtering):
    status = filtering.root.get_by_role("status")
    filtering.cell("Image", 1, 1).click()
    expect(status).to_have_text("Image, row 2, column 2: 1 → -1. Result 1.00 → 0.77.")
    filtering.press("Undo")
    expect(status).to_have_text("Undone. Image, row 2, column 2: -1 → 1. Result 0.77 → 1.00.")
    filtering.press("Redo")
    expect(status).to_have_text("Done again. Image, row 2, column 2: 1 → -1. Result 1.00 → 0.77.")
    filtering.menu("Choose a picture").select_option("blank")
    expect(status).to_contain_text("Image: 12 pixels changed.")
    filtering.press("Reset")
    expect(status).to_contain_text("Back to the start; Undo brings your work back. Image: 13 pixels changed.")
    filtering.press("Reset")
    expect(status).to_have_text("This is the start already.")


def test_a_play_is_not_read_out_step_by_step_but_its_end_is(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(), clock=True), "filtering")
    lab.page.clock.pause_at("2100-01-01")
    status = lab.root.get_by_role("status")
    expect(status).to_have_attribute("aria-live", "polite")
    lab.press("Play")
    lab.page.clock.run_for(1300)
    expect(status).to_have_text("Pixel 3 of 9: -1 × -1 = 1.")
    expect(status).to_have_attribute("aria-live", "off")
    lab.page.clock.run_for(10_000)
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_have_text("Divide: 9 / 9 = 1.00.")


def test_the_value_box_edits_the_chosen_cell(filtering):
    """What is typed takes effect at once; what is no number, or too large, gives way when the reader is done."""
    filtering.cell("Feature", 2, 1).focus()
    box = filtering.root.get_by_role("textbox", name="Feature, row 3, column 2")
    expect(box).to_have_value("-1")
    for typed, value in [("2.5", "2.5"), ("1/4", "0.25"), ("\N{MINUS SIGN}3", "-3"), ("0,5", "0.5")]:
        box.fill(typed)
        assert filtering.numbers("Feature")[2][1] == value
    box.blur()
    for typed, reason in [
        ("12", "Feature: a cell takes numbers from -9 to 9"),
        ("one", "Type a number"),
        ("", "Type a number"),
    ]:
        box.fill(typed)
        box.blur()
        filtering.expect_status(reason, "It stays at 0.5.")
        expect(box).to_have_value("0.5")
        assert filtering.numbers("Feature")[2][1] == "0.5"
    box.select_text()
    box.press_sequentially("0.25")
    assert filtering.numbers("Feature")[2][1] == "0.25"
    box.press("Escape")
    expect(box).to_have_value("0.5")
    assert filtering.numbers("Feature")[2][1] == "0.5"
    filtering.cell("Image", 1, 1).focus()
    expect(filtering.root.get_by_role("textbox", name="Image, row 2, column 2")).to_have_value("1")


def test_a_number_refused_in_the_end_gives_way_to_the_one_before(filtering):
    """Its first digits may be numbers that are welcome: they do not stay."""
    filtering.cell("Feature", 2, 1).focus()
    box = filtering.root.get_by_role("textbox", name="Feature, row 3, column 2")
    box.select_text()
    status = filtering.root.get_by_role("status")
    box.press_sequentially("5000")
    expect(status).to_have_attribute("aria-live", "off")  # a screen reader hears the end, not each digit
    box.press("Enter")
    filtering.expect_status("Feature: a cell takes numbers from -9 to 9. It stays at -1.")
    expect(status).to_have_attribute("aria-live", "polite")
    assert filtering.numbers("Feature")[2][1] == "-1"


# Undo and Reset.


def test_undo_and_redo_by_button_and_by_key(filtering):
    pictures = [X]
    for place in [(8, 8), (8, 0), (0, 8)]:
        filtering.cell("Image", *place).click()
        pictures.append(changed(pictures[-1], (*place, 1)))
    at = 3
    for how, step in [
        ("Undo", -1),
        ("Control+z", -1),
        ("Control+z", -1),
        ("Redo", 1),
        ("Control+Shift+Z", 1),
        ("Control+y", 1),
    ]:
        if how in ("Undo", "Redo"):
            filtering.press(how)
        else:
            filtering.page.keyboard.press(how)
        at += step
        assert filtering.numbers("Image") == printed(pictures[at]), how
    expect(filtering.button("Redo")).to_have_attribute("aria-disabled", "true")
    filtering.press("Undo")
    expect(filtering.button("Redo")).to_have_attribute("aria-disabled", "false")
    filtering.cell("Image", 7, 7).click()
    expect(filtering.button("Redo")).to_have_attribute("aria-disabled", "true")


def test_nothing_to_undo_at_the_start(filtering):
    for name in ["Undo", "Redo"]:
        expect(filtering.button(name)).to_have_attribute("aria-disabled", "true")
    before = filtering.look()
    filtering.button("Undo").focus()
    filtering.page.keyboard.press("Enter")
    filtering.page.keyboard.press("Control+z")
    assert filtering.look() == before


def test_what_changes_nothing_is_nothing_to_undo(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(row=0, column=0)), "filtering")
    lab.frame.press("ArrowUp")
    lab.menu("Choose a picture").select_option("X")
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_control_z_in_a_box_is_for_the_box(filtering):
    filtering.cell("Image", 8, 8).click()
    filtering.root.get_by_role("textbox", name="Image, row 9, column 9").press("Control+z")
    assert filtering.numbers("Image") == printed(changed(X, (8, 8, 1)))


def test_reset_can_be_undone(filtering):
    start = filtering.look()
    filtering.cell("Image", 0, 0).click()
    filtering.menu("Choose a feature").select_option("cross")
    filtering.drag("Image", (1, 1), (4, 4))
    mine = filtering.look()
    filtering.press("Reset")
    assert filtering.look() == start
    filtering.press("Undo")
    assert filtering.look() == mine


# Several labs on a page.


def test_two_labs_of_a_kind_go_their_own_ways(open_labs):
    page = open_labs(FilteringLab(), FilteringLab(image=O), **CLIPBOARD)
    first, second = LabOnPage(page, "filtering"), LabOnPage(page, "filtering", 2)
    first.cell("Image", 0, 0).click()
    second.cell("Image", 8, 8).click()
    assert first.numbers("Image") == printed(changed(X, (0, 0, 1)))
    assert second.numbers("Image") == printed(changed(O, (8, 8, 1)))
    page.reload()
    assert first.numbers("Image") == printed(changed(X, (0, 0, 1)))
    assert second.numbers("Image") == printed(changed(O, (8, 8, 1)))
    second.press("Copy link")
    second.expect_status("Link copied.")
    address = page.evaluate("navigator.clipboard.readText()")
    assert "#lab-filtering-2=" in address
    for lab in (first, second):
        lab.press("Reset")
    page.goto(address)
    expect(second.cell("Image", 8, 8)).to_have_text("1")
    assert first.numbers("Image") == printed(X)


@pytest.fixture
def linked(open_labs):
    """`linked(*labs, **options)`: the page of two labs that share their image, and both on it."""

    def open_linked(first, second, **options):
        link(first, second, "image")
        page = open_labs(first, second, **options)
        twins = first.name == second.name
        return LabOnPage(page, first.name), LabOnPage(page, second.name, 2 if twins else 1)

    return open_linked


def both_show(labs, image):
    for lab in labs:
        expect(lab.cell("Image", 8, 8)).to_have_text(printed(image)[8][8])
        assert lab.numbers("Image") == printed(image)


def test_linked_labs_share_a_picture_and_nothing_else(linked):
    labs = linked(FilteringLab(), FilteringLab(row=4))
    labs[0].cell("Image", 8, 8).click()
    both_show(labs, changed(X, (8, 8, 1)))
    labs[1].cell("Image", 8, 0).click()
    both_show(labs, changed(X, (8, 8, 1), (8, 0, 1)))
    labs[1].press("Undo")
    both_show(labs, changed(X, (8, 8, 1)))
    labs[0].drag("Image", (1, 1), (3, 3))
    assert (labs[0].window_at(), labs[1].window_at()) == ((3, 3), (4, 1))


def test_linked_labs_of_two_kinds(linked):
    labs = linked(FilteringLab(), ConvolutionLab())
    labs[0].cell("Image", 8, 8).click()
    image = changed(X, (8, 8, 1))
    both_show(labs, image)
    assert labs[1].numbers("Feature map") == cut(ConvolutionLab(image=image).feature_map)


def test_a_linked_lab_takes_no_picture_that_its_rules_forbid(linked):
    labs = linked(FilteringLab(), ConvolutionLab())
    labs[1].menu("Choose a picture").select_option("face (lecture, 7x7)")
    assert labs[1].numbers("Image") == printed(FACE)
    labs[0].cell("Image", 8, 8).click()
    both_show(labs, changed(X, (8, 8, 1)))


def test_linked_labs_are_linked_in_python_too():
    first, second = FilteringLab(), ConvolutionLab()
    link(first, second, "image")
    first.image = O
    np.testing.assert_array_equal(second.image, O)
    second.image = BLANK
    np.testing.assert_array_equal(first.image, BLANK)


def test_linked_labs_agree_after_a_reload_and_after_a_link(linked):
    labs = linked(FilteringLab(), FilteringLab())
    labs[0].cell("Image", 8, 8).click()
    both_show(labs, changed(X, (8, 8, 1)))
    page = labs[0].page
    page.reload()
    both_show(labs, changed(X, (8, 8, 1)))
    for number, name in [(1, "lab-filtering"), (2, "lab-filtering-2")]:
        picture = changed(O, (8, 8, number))
        page.goto("about:blank")
        page.goto(f"{page.address}#{name}={encoded({'image': picture.tolist()})}")
        both_show(labs, picture)
        for lab in labs:
            lab.press("Reset")
            both_show(labs, X)
            lab.press("Undo")


def test_a_lab_that_cannot_start_leaves_its_numbers_and_the_other_labs(open_labs):
    breaks_first = """const parse = JSON.parse;
      JSON.parse = (text) => {
        if (!text.includes('"image"')) return parse(text);
        JSON.parse = parse;
        throw new Error("broken");
      };"""
    page = open_labs(FilteringLab(image=O), FilteringLab(), init_script=breaks_first)
    first, second = LabOnPage(page, "filtering"), LabOnPage(page, "filtering", 2)
    expect(first.holder).to_contain_text("This lab could not start. Its numbers are below.")
    expect(first.holder.get_by_role("table", name="Image", exact=True)).to_be_visible()
    expect(first.holder.get_by_role("button", name="Forget my edits and try again")).to_be_visible()
    second.cell("Image", 8, 8).click()
    assert second.numbers("Image") == printed(changed(X, (8, 8, 1)))
    assert "broken" in page.record.errors[0]
    page.record.errors.clear()


# Two views of one model, as a kernel's front end makes them.

VIEWS = (
    "(state) => {"
    + KERNEL_MODEL
    + """
  document.querySelector("main").replaceChildren(document.createElement("div"), document.createElement("div"));
  window.model = new KernelModel(state);
  window.cleanups = [...document.querySelectorAll("main > div")].map((el, index) => {
    el.id = `lab-view-${index + 1}`;
    return window.convnetLabs['filtering/lab'].default.render({ model: window.model, el });
  });
}"""
)


@pytest.fixture
def views(open_labs):
    """Two views of one FilteringLab, without a page that keeps their state."""
    page = open_labs(FilteringLab(), **CLIPBOARD)
    lab = FilteringLab()
    page.evaluate(VIEWS, kernel_state(lab))
    return ViewOnPage(page, 1), ViewOnPage(page, 2)


class ViewOnPage(LabOnPage):
    def __init__(self, page, number):
        super().__init__(page, "view")
        self.id = f"lab-view-{number}"
        self.holder = page.locator(f"css:light=#{self.id}")
        self.root = page.locator(f"css:light=#{self.id} .cl-lab")


def test_two_views_stay_equal(views):
    first, second = views
    page = first.page
    edits = [
        lambda: first.cell("Image", 8, 8).click(),
        lambda: second.cell("Feature", 0, 1).click(),
        lambda: first.drag("Image", (1, 1), (3, 3)),
        lambda: second.press("Back"),
        lambda: second.menu("Choose a picture").select_option("O"),
        lambda: first.press("Undo"),
        lambda: second.press("Undo"),
        lambda: page.evaluate("(image) => window.model.set('image', image)", BLANK.tolist()),
        lambda: first.root.get_by_label("Guess first").check(),
    ]
    looks = [first.look()]
    for edit in edits:
        edit()
        assert drawn(first) == drawn(second)
        looks.append(first.look())
    assert all(look != after for look, after in zip(looks, looks[1:], strict=False)), "every edit shows"


def drawn(lab):
    """All that is drawn from the state; the value box shows the cell that was touched in this view."""
    return [lab.numbers("Image"), lab.root.locator(".cl-grow").inner_text()]


def test_an_edit_in_a_view_is_saved_for_python(views):
    views[0].cell("Image", 8, 8).click()
    assert views[0].page.evaluate("window.model.saved") == 1
    assert views[0].page.evaluate("window.model.get('image')[8][8]") == 1


def test_a_removed_view_leaves_no_listener_behind(views):
    first, second = views
    page = first.page
    heard = "window.model.listeners.length"
    both = page.evaluate(heard)
    assert both > 0
    page.evaluate("window.cleanups[0]()")
    assert page.evaluate(heard) == both / 2
    before = first.look()
    second.cell("Image", 8, 8).click()
    assert first.look() == before, "it hears nothing any more"
    assert second.numbers("Image")[8][8] == "1"
    page.evaluate("window.cleanups[1]()")
    assert page.evaluate(heard) == 0


def test_a_removed_view_stops_playing(open_labs):
    page = open_labs(FilteringLab(), clock=True)
    lab = FilteringLab(step=0)
    page.evaluate(VIEWS, kernel_state(lab))
    ViewOnPage(page, 1).press("Play")
    page.clock.run_for(300)
    assert page.evaluate("window.model.get('step')") == 1
    page.evaluate("window.cleanups[0]()")
    page.clock.run_for(10_000)
    assert page.evaluate("window.model.get('step')") == 1


def test_beside_a_kernel_the_state_is_copied_as_python(views):
    lab = views[0]
    lab.cell("Image", 8, 8).click()
    lab.cell("Feature", 0, 1).focus()
    for key in "-0.5":
        lab.page.keyboard.press(key)
    lab.press("Back")
    lab.root.get_by_label("Guess first").check()
    lab.press("Copy as Python")
    lab.expect_status("Copied. Paste it into a cell to have this lab again.")
    copy = eval(lab.page.evaluate("navigator.clipboard.readText()"), {"FilteringLab": FilteringLab})
    shared = lab.page.evaluate("window.model.state")
    assert copy.state() == {name: shared[name] for name in copy.state()}
    assert (copy.guess_first, copy.step, copy.feature[0, 1], copy.image[8, 8]) == (True, 10, -0.5, 1)


# Looks.


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_shows_only_after_something_was_done(open_labs, scheme):
    page = open_labs(FilteringLab(step=4), color_scheme=scheme)
    lab = LabOnPage(page, "filtering")
    lab.root.get_by_label("Guess first").check()
    lab.root.get_by_role("textbox", name="Your guess").fill("9")
    lab.press("Check")
    lab.cell("Image", 8, 8).focus()
    page.keyboard.press("9")
    page.keyboard.press("9")
    assert findings(page) == []


def test_the_theme_follows_the_page(open_labs):
    page = open_labs(FilteringLab(), color_scheme="light")
    root = LabOnPage(page, "filtering").root
    expect(root).to_have_attribute("data-theme", "light")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")
    page.evaluate("document.body.style.background = 'white', document.documentElement.dataset.theme = 'light'")
    expect(root).to_have_attribute("data-theme", "light")


RENDER_AND_APPEND = """
async () => {
  const { "kit/host": host, "filtering/lab": filtering } = window.convnetLabs;
  const state = JSON.parse(document.querySelector(".convnet-lab").dataset.state);
  const el = document.createElement("div");
  filtering.default.render({ model: new host.PageModel(state), el });
  document.querySelector("main").append(el);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return el.querySelector(".cl-lab").dataset.theme;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lab_that_is_rendered_before_it_is_in_the_page_takes_its_theme(open_labs, scheme):
    """As JupyterLab does it."""
    page = open_labs(FilteringLab(), color_scheme=scheme)
    assert page.evaluate(RENDER_AND_APPEND) == scheme


SIDE_BY_SIDE = (
    "(state) => {"
    + KERNEL_MODEL
    + """
  const row = document.createElement("div");
  row.className = "jupyter-widgets widget-container widget-box widget-hbox";
  row.style.cssText = "display: flex; width: 700px";
  document.querySelector("main").replaceChildren(row);
  return [1, 2].map(() => {
    const el = row.appendChild(document.createElement("div"));
    window.convnetLabs['filtering/lab'].default.render({ model: new KernelModel(state), el });
    return el;
  }).map((el) => el.getBoundingClientRect().width);
}"""
)


def test_labs_in_a_row_of_widgets_share_its_width(open_labs):
    assert open_labs(FilteringLab()).evaluate(SIDE_BY_SIDE, kernel_state(FilteringLab())) == [350, 350]


# What the tests themselves rest on


def test_a_page_that_was_lent_before_is_as_its_options_say(spare_pages, tmp_path):
    options = {"color_scheme": "dark", "viewport": {"width": 700, "height": 500}}
    first = spare_pages.take(**options)
    first.goto(write_lab_page(tmp_path, FilteringLab()))
    first.emulate_media(color_scheme="light", reduced_motion="reduce", media="print")
    first.set_viewport_size({"width": 320, "height": 640})
    spare_pages.give_back(first)
    again = spare_pages.take(**options)
    assert again is first
    wanted = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: no-preference)", "screen", "(width: 700px)"]
    assert again.evaluate("wanted => wanted.map((one) => matchMedia(one).matches)", wanted) == [True] * 4
    spare_pages.give_back(again)
    other = spare_pages.take(viewport=options["viewport"])
    assert other is not first, "other options, another page"
    other.context.close()
