"""FilteringLab, chapter 2: Python's half by itself, then the lab on a page, which has to show what Python says."""

import base64
import json
import subprocess
import sys

import numpy as np
import pytest
from playwright.sync_api import expect
from traitlets import TraitError

from convnet_core import convolution, filtering
from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.kit.toy import NETWORKS
from convnet_core.labs.playground import PlaygroundLab
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X
from convnet_core.printing import plain, truncated
from tests.labpage import LabOnPage, changed, opener, printed

CROSS, SLASH = FEATURES["cross"], FEATURES["slash"]


# Python's half.


def test_the_start_is_the_slide():
    """The first filtering example: the upper left arm under the backslash, 9 / 9 = 1."""
    lab = FilteringLab()
    np.testing.assert_array_equal(lab.image, X)
    np.testing.assert_array_equal(lab.products, np.ones((3, 3)))
    assert lab.result == 1


def test_what_follows_is_what_the_core_says():
    rng = np.random.default_rng(2)
    lab = FilteringLab(image=rng.uniform(-9, 9, (9, 9)), feature=rng.uniform(-9, 9, (3, 3)), row=6, column=2)
    patch = lab.image[6:9, 2:5]
    np.testing.assert_array_equal(lab.patch, patch)
    np.testing.assert_array_equal(lab.products, filtering.products(patch, lab.feature))
    assert lab.result == filtering.match(patch, lab.feature)
    np.testing.assert_array_equal(lab.feature_map, convolution.feature_map(lab.image, lab.feature))


@pytest.mark.parametrize("name", ["image", "feature"])
def test_arrays_are_float64_and_read_only(name):
    lab = FilteringLab()
    for values in (getattr(lab, name), getattr(lab, name).astype(int), getattr(lab, name).tolist()):
        setattr(lab, name, values)
        array = getattr(lab, name)
        assert array.dtype == np.float64
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 5


def test_a_lab_keeps_no_hand_on_the_array_it_was_given():
    mine = np.zeros((9, 9))
    lab = FilteringLab(image=mine)
    mine[0, 0] = 7
    assert lab.image[0, 0] == 0


SHAPE = "FilteringLab.image has the wrong shape: wanted 9 x 9 numbers"
RANGE = "FilteringLab.image must hold numbers from -9 to 9 only"
PLACE = "FilteringLab.row must be a whole number from 0 to 6"
STEP = "FilteringLab.step must be a whole number from 0 to 11"
BAD = {
    "3x3": ("image", np.ones((3, 3)), SHAPE),
    "a stack": ("image", np.ones((1, 9, 9)), SHAPE),
    "a number": ("image", 1, SHAPE),
    "nothing": ("image", None, SHAPE),
    "text": ("image", "X", SHAPE),
    "no numbers": ("image", [], SHAPE),
    "ragged": ("image", [[1] * 9] * 8 + [[1] * 8], SHAPE),
    "too deep": ("image", np.ones((9, 9, 1)).tolist(), SHAPE),
    "NaN": ("image", changed(X, (0, 0, np.nan)), RANGE),
    "infinity": ("image", changed(X, (8, 8, np.inf)), RANGE),
    "-infinity": ("image", changed(X, (8, 8, -np.inf)), RANGE),
    "too large": ("image", changed(X, (4, 4, 9.01)), RANGE),
    "too small": ("image", changed(X, (4, 4, -10)), RANGE),
    "beyond floats": ("image", [[10**400] * 9] * 9, RANGE),
    "strings": ("image", [["1"] * 9] * 9, RANGE),
    "a string among numbers": ("image", [[1] * 8 + ["1"]] * 9, RANGE),
    "a mask": ("image", X > 0, RANGE),
    "true among numbers": ("image", [[1] * 8 + [True]] * 9, RANGE),
    "complex": ("image", X * 1j, RANGE),
    "None among numbers": ("image", [[1] * 8 + [None]] * 9, RANGE),
    "feature of 2x2": ("feature", [[1, 2], [3, 4]], "FilteringLab.feature has the wrong shape: wanted 3 x 3 numbers"),
    "feature of NaN": ("feature", CROSS * np.nan, "FilteringLab.feature must hold numbers from -9 to 9 only"),
    "row outside": ("row", 7, PLACE),
    "row negative": ("row", -1, PLACE),
    "row between": ("row", 1.5, PLACE),
    "row true": ("row", True, PLACE),
    "row text": ("row", "1", PLACE),
    "row list": ("row", [1], PLACE),
    "row NaN": ("row", np.nan, PLACE),
    "step outside": ("step", 12, STEP),
    "step none": ("step", None, STEP),
    "guess_first a number": ("guess_first", 1, "FilteringLab.guess_first must be true or false"),
    "speed unknown": ("speed", "warp", "FilteringLab.speed must be one of: slow, normal, fast"),
    "speed a list": ("speed", ["slow"], "FilteringLab.speed must be one of: slow, normal, fast"),
}


@pytest.mark.parametrize(("name", "value", "message"), BAD.values(), ids=BAD)
def test_a_bad_value_is_refused_and_nothing_changes(name, value, message):
    lab = FilteringLab(image=O, row=2, step=5)
    before = lab.state()
    with pytest.raises(TraitError) as caught:
        setattr(lab, name, value)
    assert str(caught.value) == message
    assert lab.state() == before
    with pytest.raises(TraitError):
        FilteringLab(**{name: value})


@pytest.mark.parametrize(("name", "value", "message"), BAD.values(), ids=BAD)
def test_a_bad_message_from_a_front_end_changes_nothing(name, value, message):
    """As ipywidgets hands one on: a message may bring good values beside the bad one, and none of them stays."""
    lab = FilteringLab()
    before = lab.state()
    good = {"column": 5, "feature": CROSS.tolist()} if name != "feature" else {"column": 5}
    for update in ({name: value}, {**good, name: value}, {name: value, **good}):
        with pytest.raises(TraitError):
            lab.set_state(update)
        assert lab.state() == before
    lab.set_state(good)
    assert lab.column == 5, "and it listens still"


def test_a_good_message_from_a_front_end_is_seen():
    lab = FilteringLab()
    lab.set_state({"image": O.astype(int).tolist(), "row": 4, "guess_first": True, "no such trait": 1})
    np.testing.assert_array_equal(lab.image, O)
    assert (lab.image.dtype, lab.row, lab.guess_first) == (np.float64, 4, True)


def test_observers_hear_of_a_change_once_and_of_no_change_never():
    lab, heard = FilteringLab(), []
    lab.observe(lambda change: heard.append(change.name))
    lab.image = X.tolist()
    lab.image = O
    lab.image = O.copy()
    assert heard == ["image"]


def test_an_unknown_setting_is_refused_by_name():
    known = "column, feature, guess_first, image, row, speed, step"
    with pytest.raises(TypeError) as caught:
        FilteringLab(picture=X, rows=1)
    assert str(caught.value) == f"FilteringLab has no setting picture, rows; it has: {known}"


STATES = {
    "as it comes": {},
    "all set": {
        "image": TRICKIER_X, "feature": [[0.5, -9, 9], [0, 1 / 3, -0.25], [1, 2, 3]], "row": 6, "column": 0, "step": 4,
        "guess_first": True, "speed": "slow",
    },
}  # fmt: skip


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_its_repr_makes_it_again(state):
    lab = FilteringLab(**state)
    again = eval(repr(lab))
    assert again.state() == lab.state()
    assert repr(again) == repr(lab)
    assert (repr(lab) == "FilteringLab()") == (state == {})


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_what_stays_in_the_page_is_the_same_text_every_time(state):
    lab = FilteringLab(**state)
    code = f"from convnet_core.labs.filtering.lab import FilteringLab; print({lab!r}.static_html(), end='')"
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert lab.static_html() == lab.static_html() == FilteringLab(**state).static_html() == elsewhere


def test_a_notebook_gets_the_page_beside_the_widget():
    lab = FilteringLab(row=3)
    data, _ = lab._repr_mimebundle_()
    assert data["text/html"] == lab.static_html()
    assert data["text/plain"] == "FilteringLab(row=3)"
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_tables_hold_the_numbers():
    lab = FilteringLab(image=changed(X, (1, 1, -0.5)), row=1, column=1)
    html = lab.static_html()
    assert "<caption>Patch at row 2, column 2</caption>" in html
    assert "<td>-0.5</td>" in html
    total = plain(lab.products.sum())
    assert f"<p>Added up: {total}. Divided by 9: {truncated(lab.result)}.</p>" in html


# The lab on a page.


class FilteringOnPage(LabOnPage):
    def __init__(self, page):
        super().__init__(page, "filtering")

    @property
    def result(self):
        return self.root.locator(".cl-result").inner_text()

    @property
    def sentence(self):
        return self.root.locator(".cl-sum").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    @property
    def verdict(self):
        return self.root.locator(".cl-verdict")

    def guess(self, text):
        self.root.get_by_role("textbox", name="Your guess").fill(text)
        self.press("Check")

    def shows(self, **state):
        """Every number on the page is the one that Python's lab has in this state."""
        lab = FilteringLab(**state)
        assert self.window_at() == (lab.row, lab.column)
        assert self.numbers("Image") == printed(lab.image)
        assert self.numbers("Patch") == printed(lab.patch)
        assert self.numbers("Feature") == printed(lab.feature)
        assert self.numbers("Products") == printed(lab.products)
        assert self.result == f"{plain(lab.products.sum())} / 9 = {truncated(lab.result)}"
        terms = [f"({plain(a)} × {plain(b)})" for a, b in zip(lab.patch.flat, lab.feature.flat, strict=True)]
        assert self.sentence == f"{' + '.join(terms)} = {plain(lab.products.sum())}"
        rows, columns = f"{lab.row}:{lab.row + 3}", f"{lab.column}:{lab.column + 3}"
        expect(self.root.locator("code")).to_have_text(f"np.sum(image[{rows}, {columns}] * feature) / feature.size")


open_lab = opener(FilteringLab, FilteringOnPage)


@pytest.mark.parametrize(
    "state", [{}, {"image": O, "feature": [[0.5, -9, 9], [0, 1 / 3, -0.25], [1, 2, 3]], "row": 6, "column": 0}]
)
def test_it_shows_pythons_numbers(open_lab, state):
    open_lab(**state).shows(**state)


def test_an_edited_pixel_and_an_edited_feature_change_the_result(open_lab):
    lab = open_lab()
    lab.cell("Image", 1, 1).click()
    image = changed(X, (1, 1, -1))
    lab.shows(image=image)
    lab.expect_status("Image, row 2, column 2: 1 → -1. Result 1.00 → 0.77.")
    lab.cell("Feature", 0, 2).click()
    feature = changed(FEATURES["backslash"], (0, 2, 1))
    lab.shows(image=image, feature=feature)
    lab.expect_status("Feature, row 1, column 3: -1 → 1. Result 0.77 → 0.55.")


def test_a_pixel_outside_of_the_window_leaves_the_result(open_lab):
    lab = open_lab()
    lab.cell("Image", 8, 8).click()
    lab.shows(image=changed(X, (8, 8, 1)))
    lab.expect_status("Image, row 9, column 9: -1 → 1. That is outside the window: the result stays 1.00.")


def test_the_menus(open_lab):
    lab = open_lab()
    lab.menu("Choose a picture").select_option("O")
    lab.menu("Choose a feature").select_option("/ slash")
    lab.shows(image=O, feature=SLASH)
    lab.cell("Image", 0, 0).click()
    expect(lab.menu("Choose a picture")).to_have_value("own")


# The window.


def test_the_mouse_drags_the_window_and_paints_nothing(open_lab):
    lab = open_lab()
    lab.drag("Image", (2, 2), (3, 4), (5, 6))
    lab.shows(row=4, column=5)
    lab.expect_status("Window at row 5, column 6.", "Result")
    lab.press("Undo")
    lab.shows()


def test_a_finger_drags_the_window(open_lab):
    lab = open_lab(page={"has_touch": True})
    lab.drag_by_touch("Image", (1, 1), (2, 1), (5, 1))
    lab.shows()  # a finger that goes down scrolls the page
    lab.drag_by_touch("Image", (1, 1), (1, 2), (4, 0))
    lab.shows(row=4, column=0)


def test_the_window_stops_at_the_edge(open_lab):
    lab = open_lab()
    lab.drag("Image", (2, 2), (8, 8))
    lab.shows(row=6, column=6)
    lab.drag("Image", (7, 7), (0, 0))
    lab.shows(row=0, column=0)


def test_a_press_inside_the_window_that_is_no_drag_flips_the_pixel(open_lab):
    lab = open_lab()
    lab.cell("Image", 2, 3).click()
    lab.shows(image=changed(X, (2, 3, 1)))


def test_a_tap_inside_the_window_flips_the_pixel(open_lab):
    lab = open_lab(page={"has_touch": True})
    lab.cell("Image", 2, 3).tap()
    lab.shows(image=changed(X, (2, 3, 1)))


def test_arrow_keys_move_the_window(open_lab):
    lab = open_lab()
    lab.frame.focus()
    for key in ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft"]:
        lab.page.keyboard.press(key)
    lab.shows(row=2, column=0)
    expect(lab.frame).to_be_focused()
    lab.page.keyboard.press("Control+z")
    lab.shows()


@pytest.mark.parametrize("move", ["drag", "drag_by_touch"])
def test_after_a_drag_arrow_keys_go_on_with_the_window(open_lab, move):
    lab = open_lab(page={"has_touch": True})
    getattr(lab, move)("Image", (1, 1), (1, 2), (4, 3))
    expect(lab.frame).to_be_focused()
    lab.page.keyboard.press("ArrowDown")
    lab.shows(row=5, column=3)


# What browsers lack that came out before 2024 (Safari before 17.4, Firefox before 124).
WITHOUT_ANY = {"init_script": "delete AbortSignal.any;", "has_touch": True}


def test_presses_strokes_and_drags_do_without_abort_signal_any(open_lab):
    lab = open_lab(page=WITHOUT_ANY)
    assert lab.page.evaluate("AbortSignal.any === undefined")
    lab.cell("Image", 8, 0).tap()
    lab.shows(image=changed(X, (8, 0, 1)))
    lab.drag("Image", (7, 3), (7, 5))
    lab.shows(image=changed(X, (8, 0, 1), (7, 3, 1), (7, 4, 1), (7, 5, 1)))
    lab.press("Reset")
    lab.drag("Image", (1, 1), (2, 2))
    lab.shows(row=2, column=2)
    lab.drag_by_touch("Image", (2, 2), (2, 3))
    lab.shows(row=2, column=3)


# Step by step.


def test_steps_multiply_one_pixel_at_a_time(open_lab):
    lab = open_lab(step=0, image=O)
    python = FilteringLab(image=O)
    assert lab.numbers("Products") == [[""] * 3] * 3
    assert lab.result == "…"
    products = [plain(value) for value in python.products.flat]
    for step in range(1, 10):
        lab.press("Step")
        assert sum(lab.numbers("Products"), []) == products[:step] + [""] * (9 - step)
        marked = lab.root.locator(".is-now").evaluate_all(
            "cells => cells.map(cell => [cell.dataset.row, cell.dataset.column].join())"
        )
        row, column = divmod(step - 1, 3)
        assert sorted(marked) == sorted([f"{row},{column}"] * 3 + [f"{row + 1},{column + 1}"])
        factors = f"{plain(python.patch.flat[step - 1])} × {plain(python.feature.flat[step - 1])}"
        lab.expect_status(f"Pixel {step} of 9: {factors} = {products[step - 1]}.")
    lab.press("Step")
    assert lab.result == f"The sum is {plain(python.products.sum())}. Next: divide by the 9 pixels."
    lab.press("Step")
    lab.shows(image=O)
    lab.press("From the start")
    assert lab.numbers("Products") == [[""] * 3] * 3


def test_back_undoes_a_step(open_lab):
    lab = open_lab(step=3)
    lab.press("Back")
    assert sum(lab.numbers("Products"), []) == ["1", "1"] + [""] * 7
    lab.press("Back")
    lab.press("Back")
    assert sum(lab.numbers("Products"), []) == [""] * 9
    expect(lab.button("Back")).to_have_attribute("aria-disabled", "true")
    lab.page.keyboard.press("Enter")  # the focus is on it still, and it does nothing
    assert sum(lab.numbers("Products"), []) == [""] * 9


def test_the_scrubber_goes_anywhere(open_lab):
    lab = open_lab()
    scrubber = lab.root.get_by_role("slider", name="Steps of the match")
    scrubber.fill("4")
    assert sum(lab.numbers("Products"), []) == ["1"] * 4 + [""] * 5
    expect(scrubber).to_have_attribute("aria-valuetext", "step 4 of 11")
    scrubber.focus()
    lab.page.keyboard.press("End")
    lab.shows()


def shown(lab):
    return sum(text != "" for text in sum(lab.numbers("Products"), []))


@pytest.mark.in_turn("speed", 3)
@pytest.mark.parametrize(("speed", "pause"), [("slow", 1200), ("normal", 500), ("fast", 120)])
def test_play_runs_at_the_chosen_speed(open_lab, speed, pause):
    lab = open_lab(page={"clock": True}, speed=speed)
    lab.page.clock.pause_at("2100-01-01")
    lab.press("Play")
    assert shown(lab) == 0
    lab.page.clock.run_for(pause / 2 + 2 * pause + 10)
    assert shown(lab) == 3
    lab.press("Pause")
    lab.page.clock.run_for(20 * pause)
    assert shown(lab) == 3
    lab.press("Play")
    lab.page.clock.run_for(20 * pause)
    lab.shows()
    expect(lab.button("Play")).to_be_visible()


def test_a_step_by_hand_stops_the_play(open_lab):
    lab = open_lab(page={"clock": True}, step=0)
    lab.page.clock.pause_at("2100-01-01")
    lab.press("Play")
    lab.press("Step")
    lab.page.clock.run_for(10_000)
    assert shown(lab) == 1


def test_the_speed_is_chosen_from_a_menu(open_lab):
    lab = open_lab(page={"clock": True}, step=0)
    lab.page.clock.pause_at("2100-01-01")
    lab.menu("Speed").select_option("fast")
    lab.press("Play")
    lab.page.clock.run_for(60 + 120 * 3 + 10)
    assert shown(lab) == 4


# Guess first. Each slip gives a number of its own here: the result is 4 / 9, the sum 4, without minus signs it
# is 10 / 9, 7 of 9 pixels agree, with half a turn it is 6 / 9.

PUZZLE = {
    "image": changed(BLANK, (1, 3, 2), (2, 2, 1), (3, 1, 1)),
    "feature": [[1, -1, -1], [-1, 1, -1], [1, -1, -1]],
    "guess_first": True,
}


def slip_values():
    lab = FilteringLab(**PUZZLE)
    flipped = filtering.match(lab.patch, convolution.flip(lab.feature))
    return {
        "result": lab.result,
        "sum": lab.products.sum(),
        "minus forgotten": np.abs(lab.products).sum() / 9,
        "share of matches": (lab.patch == lab.feature).mean(),
        "sign": -lab.result,
        "flipped": flipped,
    }


SLIPS = {
    "sum": "That is the sum. One step is missing: the division by the number of pixels.",
    "minus forgotten": "It looks as if the minus signs got lost.",
    "share of matches": "That is the share of pixels that agree.",
    "sign": "The size is right and the sign is not.",
    "flipped": "That is the match with the feature turned through half a turn.",
}


def test_the_puzzle_tells_the_slips_apart():
    texts = [truncated(value) for value in slip_values().values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.in_turn("name", 3)
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_met_by_its_name_and_may_be_mended(open_lab, name):
    values = slip_values()
    lab = open_lab(**PUZZLE)
    lab.guess(truncated(values[name]))
    expect(lab.verdict).to_contain_text(f"Not quite. {SLIPS[name]}")
    expect(lab.verdict).to_have_class("cl-verdict is-wrong")
    lab.expect_status(SLIPS[name], "Try again, or have it shown.")
    assert hides_the_result(lab)
    lab.guess("4/9")
    expect(lab.verdict).to_have_text("Right: 4 / 9 = 0.44.")
    expect(lab.verdict).to_have_class("cl-verdict is-right")
    lab.shows(**PUZZLE)


def test_a_rounded_guess_is_right_and_told_about_cutting(open_lab):
    lab = open_lab(image=changed(X, (1, 1, -1)), guess_first=True)
    lab.guess("0.78")
    expect(lab.verdict).to_contain_text("Right, rounded. The slides cut the rest off instead: 7 / 9")
    expect(lab.verdict).to_contain_text("0.77")
    expect(lab.verdict).to_have_class("cl-verdict is-right")


NUMBERS = {
    "7/9": 7 / 9, "0.77": 0.77, ".77": 0.77, "0,77": 0.77, " 0.7 ": 0.7, "+7 / 9": 7 / 9, "-5/9": -5 / 9,
    "5/-9": -5 / 9, "\N{MINUS SIGN}1": -1, "1.": 1, "007": 7, "2.5/5": 0.5, "-0": 0, "9": 9,
    "": None, " ": None, "one": None, "1/0": None, "0/0": None, "1e3": None, "--1": None, "1/2/3": None, "1 2": None,
    "NaN": None, "Infinity": None, "0x1": None, "<b>1</b>": None, "9" * 400: None, "7/": None, "/9": None, ".": None,
}  # fmt: skip


def test_how_typed_numbers_are_read(open_lab):
    page = open_lab().page
    reading = "(texts) => texts.map((text) => window.convnetLabs['mirror/printing'].readNumber(text))"
    read = page.evaluate(reading, list(NUMBERS))
    assert dict(zip(NUMBERS, read, strict=True)) == NUMBERS


@pytest.mark.parametrize("guess", ["7/9", "0.77", " 0.7777777777777778"])
def test_right_guesses(open_lab, guess):
    lab = open_lab(image=changed(X, (1, 1, -1)), guess_first=True)
    lab.guess(guess)
    expect(lab.verdict).to_have_text("Right: 7 / 9 = 0.77.")
    lab.expect_status("Right: 7 / 9 = 0.77. Move the window for the next one.")


@pytest.mark.parametrize(("guess", "echo"), [("5", "5"), ("0.779", "0.779"), ("-2/7", "-0.2857")])
def test_any_other_wrong_guess_gets_the_way_and_not_the_answer(open_lab, guess, echo):
    lab = open_lab(image=changed(X, (1, 1, -1)), guess_first=True)
    lab.guess(guess)
    expect(lab.verdict).to_have_text(f"Not {echo}. Multiply pixel by pixel, add up, and divide by 9.")


def test_the_answer_is_shown_on_demand(open_lab):
    lab = open_lab(**PUZZLE)
    lab.press("Show me")
    expect(lab.verdict).to_have_text("It is 4 / 9 = 0.44.")
    lab.shows(**PUZZLE)


def test_nonsense_gets_a_hint_and_no_answer(open_lab):
    lab = open_lab(**PUZZLE)
    for nonsense in ["", "one", "1/0", "<b>1</b>"]:
        lab.cell("Image", 8, 8).click()  # the sentence of the time before is gone
        lab.guess(nonsense)
        lab.expect_status("Type a number or a fraction: 0.4, -1 or 2/7.")
        expect(lab.button("Check")).to_be_visible()
        assert hides_the_result(lab)


def hides_the_result(lab):
    """Neither sum nor result nor products stand anywhere in the live lab: not in its text, not in an attribute."""
    values = slip_values()
    html = lab.holder.locator(".convnet-lab-live").inner_html()
    secrets = [truncated(values["result"]), f"{plain(values['sum'])} / 9", f"= {plain(values['sum'])}"]
    return all(secret not in html for secret in secrets) and set(sum(lab.numbers("Products"), [])) == {""}


def test_the_result_is_nowhere_while_it_is_hidden(open_lab):
    lab = open_lab(**PUZZLE)
    assert hides_the_result(lab)
    expect(lab.root.locator(".cl-work")).to_be_hidden()
    lab.cell("Image", 8, 8).click()
    lab.expect_status("Image, row 9, column 9: -1 → 1.")
    assert hides_the_result(lab)
    lab.frame.focus()
    for key in ["ArrowRight", "ArrowLeft"]:
        lab.page.keyboard.press(key)
    lab.expect_status("Window at row 2, column 2.")
    assert hides_the_result(lab)


def test_ticking_guess_first_hides_what_stood_there(open_lab):
    lab = open_lab(**{**PUZZLE, "guess_first": False})
    assert not hides_the_result(lab)
    lab.root.get_by_label("Guess first").check()
    lab.expect_status("Now guess: the result stays hidden until you do.")
    assert hides_the_result(lab)
    lab.root.get_by_label("Guess first").uncheck()
    lab.shows(**{**PUZZLE, "guess_first": False})


def test_every_new_patch_is_a_new_question(open_lab):
    lab = open_lab(guess_first=True)
    lab.guess("1")
    lab.shows(guess_first=True)
    lab.frame.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.root.get_by_role("textbox", name="Your guess")).to_be_visible()
    expect(lab.root.get_by_role("textbox", name="Your guess")).to_have_value("")
    expect(lab.root.locator(".cl-work")).to_be_hidden()


# Challenges.


def test_the_opposite_patch_is_found(open_lab):
    lab = open_lab()
    lab.menu("Choose a picture").select_option("blank")
    for place in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]:
        assert lab.solved() == []
        lab.cell("Image", 1 + place[0], 1 + place[1]).click()
    lab.expect_status("Challenge solved! Every pixel of the patch is now the opposite of the feature's")
    assert len(lab.solved()) == 1
    assert "✓ solved" in lab.solved()[0]


def test_the_tip_is_found(open_lab):
    lab = open_lab()
    lab.menu("Choose a feature").select_option("/ slash")
    lab.menu("Choose a feature").select_option("\\ backslash")
    assert lab.solved() == []
    lab.cell("Feature", 0, 0).click()
    assert lab.solved() == [], "the window is elsewhere"
    lab.frame.focus()
    lab.page.keyboard.press("Control+Home")
    lab.expect_status(
        "Challenge solved! Your feature is a copy of that patch, and no other patch of the X is the same."
    )
    python = FilteringLab(feature=changed(FEATURES["backslash"], (0, 0, -1)))
    assert np.argwhere(python.feature_map == 1).tolist() == [[0, 0]]


def guess_at(lab, row, column, guess=None):
    """Moves the window there and guesses, right unless told otherwise."""
    top, left = lab.window_at()
    lab.frame.focus()
    for steps, forth, back in [(row - top, "ArrowDown", "ArrowUp"), (column - left, "ArrowRight", "ArrowLeft")]:
        for _ in range(abs(steps)):
            lab.page.keyboard.press(forth if steps > 0 else back)
    lab.guess(guess or truncated(FilteringLab(row=row, column=column).result))


def test_three_different_results_in_a_row(open_lab):
    lab = open_lab(guess_first=True)
    results = [FilteringLab(row=row, column=column).result for row, column in [(1, 1), (1, 2), (2, 2), (1, 3)]]
    assert [truncated(result) for result in results] == ["1.00", "-0.11", "1.00", "0.33"]
    for place in [(1, 1), (1, 2), (2, 2)]:
        guess_at(lab, *place)
        assert lab.solved() == [], "the third result is one that was there"
    guess_at(lab, 1, 3)
    lab.expect_status(
        "Right: 3 / 9 = 0.33. 3 different ones in a row.", "Challenge solved! You can filter in your head."
    )
    assert len(lab.solved()) == 1


def test_a_wrong_guess_breaks_the_row(open_lab):
    lab = open_lab(guess_first=True)
    for place in [(1, 1), (1, 2)]:
        guess_at(lab, *place)
    guess_at(lab, 0, 0, "8")
    guess_at(lab, 1, 3)
    assert lab.solved() == []


def test_a_step_from_outside_does_not_give_the_answer_away(open_lab):
    """Another view of the same lab may walk on; this one is still guessing."""
    lab = open_lab(**PUZZLE)
    page = lab.page
    page.evaluate(
        """async () => {
          const { "kit/host": host, "filtering/lab": filtering } = window.convnetLabs;
          const holder = document.querySelector("#lab-filtering");
          window.model = new host.PageModel(JSON.parse(holder.dataset.state));
          filtering.default.render({ model: window.model, el: holder.querySelector(".convnet-lab-live") });
          for (const step of [4, 11]) {
            window.model.set("step", step);
            await new Promise(requestAnimationFrame);
          }
        }"""
    )
    assert page.evaluate("window.model.get('step')") == 11
    assert hides_the_result(lab)


def test_without_scripts_the_numbers_are_there(open_labs):
    python = FilteringLab(image=TRICKIER_X, row=3)
    page = open_labs(python, java_script_enabled=False)
    for caption, values in {
        "Image": python.image,
        "Feature": python.feature,
        "Products of patch and feature": python.products,
    }.items():
        table = page.get_by_role("table", name=caption, exact=True)
        expect(table).to_be_visible()
        cells = table.locator("td").all_inner_texts()[1:]  # the first one is the empty corner
        assert cells == [plain(value) for value in values.flat]
    expect(page.get_by_text(f"Divided by 9: {truncated(python.result)}.")).to_be_visible()


def test_its_state_in_the_page_is_json_that_python_takes_back():
    lab = FilteringLab(**STATES["all set"])
    assert FilteringLab(**json.loads(json.dumps(lab.state()))).state() == lab.state()


# The way into the toy network.


def test_a_feature_goes_to_the_toy_in_place_of_the_one_most_like_it(open_labs):
    lab = LabOnPage(open_labs(FilteringLab()), "filtering")
    toy = np.array(NETWORKS["trained"]["features"])
    for name in ("backslash", "slash", "cross"):
        lab.menu("Choose a feature").select_option(name)
        link = lab.root.get_by_role("link", name=f"to the toy network of chapter 0, in place of its {name}")
        page, _, text = link.get_attribute("href").partition("#lab-playground=")
        assert page == "00_intro.html"
        told = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        place = list(FEATURES).index(name)
        assert told["features"][place] == FEATURES[name].tolist()
        assert np.array_equal(np.delete(told["features"], place, axis=0), np.delete(toy, place, axis=0))
    there = LabOnPage(open_labs(PlaygroundLab(), fragment=f"#lab-playground={text}"), "playground")
    assert there.numbers("Cross itself") == printed(FEATURES["cross"])
    assert there.solved() == []
