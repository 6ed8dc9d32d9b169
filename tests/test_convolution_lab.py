"""ConvolutionLab: its Python half against convnet_core, and its page against its Python half."""

import base64
import json

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.convolution import DETECTORS, flip, zero_pad
from convnet_core.convolution import feature_map as reference_map
from convnet_core.labs.convolution.lab import ConvolutionLab
from convnet_core.pictures import BINARY, FACE, FEATURES, X
from convnet_core.printing import truncated
from tests.golden import LECTURE, SLIDES
from tests.labpage import LabOnPage, cut, opener, printed

MAP = "Feature map"


open_lab = opener(ConvolutionLab)


def choose(lab, menu, value):
    lab.root.get_by_role("combobox", name=menu, exact=True).select_option(value)


def tick(lab, box):
    lab.root.get_by_role("checkbox", name=box, exact=True).click()


def type_feature(lab, values):
    """Types a whole feature, cell by cell."""
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            lab.cell("Feature", row, column).focus()
            lab.page.keyboard.type(str(value))


# The Python half


def test_the_maps_are_those_of_the_slides():
    maps = ConvolutionLab().feature_maps
    for feature_map, name in zip(maps, FEATURES, strict=True):
        assert np.array_equal(np.rint(feature_map * 9), SLIDES["feature_maps"][name]["numerators_over_9"])


def test_the_lectures_counting():
    lab = ConvolutionLab(image=FACE, features=[DETECTORS["detector1"], DETECTORS["detector2"]], divide=False)
    for which, name in enumerate(["detector1", "detector2"]):
        assert np.array_equal(lab.feature_maps[which], LECTURE["feature_detectors"][name]["computed_map"])


def test_padding_as_in_the_lecture():
    lab = ConvolutionLab(image=BINARY, features=[np.ones((3, 3))], divide=False, padding=1)
    assert np.array_equal(lab.feature_map, LECTURE["activation_maps"]["map1"]["published"])


def test_bias_flip_and_stride():
    kernel = np.arange(-4, 5).reshape(3, 3)
    state = {"flip_features": True, "stride": 2, "padding": 1, "add_bias": True, "bias": [0.5, 0, 0, 0, 0, 0]}
    lab = ConvolutionLab(feature=kernel, **state)
    assert np.allclose(lab.feature_map, reference_map(zero_pad(X, 1), flip(kernel))[::2, ::2] + 0.5, rtol=0, atol=1e-12)


def test_feature_can_be_read_and_set():
    lab = ConvolutionLab(chosen=1)
    assert np.array_equal(lab.feature, FEATURES["cross"])
    lab.feature = np.eye(3)
    assert np.array_equal(lab.features[1], np.eye(3))
    assert np.array_equal(lab.features[0], FEATURES["backslash"])
    with pytest.raises(traitlets.TraitError, match="feature has the wrong shape"):
        lab.feature = np.eye(4)
    with pytest.raises(traitlets.TraitError, match="features must hold numbers from -9 to 9 only"):
        lab.feature = np.full((3, 3), np.nan)
    assert np.array_equal(lab.feature, np.eye(3))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.ones((8, 8)), "image has the wrong shape: wanted 9 x 9 or 7 x 7 numbers"),
        ("features", np.ones((7, 3, 3)), "features has the wrong shape"),
        ("stride", 4, "stride must be a whole number from 1 to 3"),
        ("padding", 1.5, "padding must be a whole number from 0 to 2"),
        ("divide", 1, "divide must be true or false"),
        ("bias", [0, 0], "bias has the wrong shape"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = ConvolutionLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


# The page


STATES = [
    {},
    {"chosen": 2},
    {"image": FACE, "features": [DETECTORS["detector1"]], "divide": False},
    {"image": BINARY, "features": [np.ones((3, 3))], "divide": False, "padding": 1},
    {"stride": 3, "padding": 2},
    {"feature": np.arange(-4, 5).reshape(3, 3), "flip_features": True, "stride": 2},
    {"feature": np.full((3, 3), 0.25), "add_bias": True, "bias": [-1.5, 0, 0, 0, 0, 0], "divide": False},
]


@pytest.mark.parametrize("state", STATES)
def test_the_page_shows_what_python_computes(open_lab, state):
    lab, python = open_lab(**state), ConvolutionLab(**state)
    as_text = cut if python.divide else printed
    assert lab.numbers(MAP) == as_text(python.feature_map)
    assert lab.numbers("Image") == printed(zero_pad(python.image, python.padding))


def test_an_edited_pixel_changes_the_cells_that_it_feeds(open_lab):
    lab = open_lab()
    before = lab.numbers(MAP)
    lab.cell("Image", 0, 4).click()
    python = ConvolutionLab()
    image = np.array(X)
    image[0, 4] = 1
    python.image = image
    assert lab.numbers(MAP) == cut(python.feature_map)
    changed = [(r, c) for r in range(7) for c in range(7) if lab.numbers(MAP)[r][c] != before[r][c]]
    assert changed == [(0, 2), (0, 3), (0, 4)]
    lab.expect_status("Image, row 1, column 5: -1 → 1.", "3 of 49 map cells change.")


def test_an_edited_feature_changes_its_own_map_only(open_lab):
    lab = open_lab()
    lab.press("2: x cross")
    cross = lab.numbers(MAP)
    lab.press("1: \\ backslash")
    lab.cell("Feature", 1, 1).click()
    python = ConvolutionLab(feature=[[1, -1, -1], [-1, -1, -1], [-1, -1, 1]])
    assert lab.numbers(MAP) == cut(python.feature_map)
    lab.press("2: x cross")
    assert lab.numbers(MAP) == cross


def test_the_border_of_zeros_cannot_be_edited(open_lab):
    lab = open_lab(padding=1)
    lab.cell("Image", 0, 0).click()
    lab.expect_status("Padding is always 0")
    lab.cell("Image", 1, 1).click()
    lab.expect_status("Image, row 1, column 1: -1 → 1.")
    assert lab.numbers("Image")[1][1] == "1"


def test_a_map_cell_shows_where_it_comes_from(open_lab):
    lab = open_lab(stride=2)
    lab.cell(MAP, 1, 2).hover()
    box = lab.root.locator(".cl-frame")
    assert box.evaluate("e => [e.style.getPropertyValue('--row'), e.style.getPropertyValue('--column')]") == ["2", "4"]
    account = lab.root.locator(".cl-account")
    expect(account).to_contain_text("Map row 2, column 3: (-1 × 1) +")
    expect(account).to_contain_text("np.sum(image[2:5, 4:7] * feature) / feature.size")
    # The keyboard shows the same.
    lab.cell(MAP, 1, 2).focus()
    lab.page.keyboard.press("ArrowLeft")
    expect(account).to_contain_text("image[2:5, 2:5]")


@pytest.mark.parametrize(("stride", "pixel"), [(1, (0, 0)), (1, (4, 4)), (2, (4, 4)), (3, (4, 5))])
def test_a_pixel_shows_the_cells_that_it_feeds(open_lab, stride, pixel):
    lab = open_lab(stride=stride)
    moved = np.array(X)
    moved[pixel] += 5
    differ = ConvolutionLab(stride=stride).feature_map != ConvolutionLab(stride=stride, image=moved).feature_map
    lab.cell("Image", *pixel).hover()
    places = "cells => cells.map(c => [+c.dataset.row, +c.dataset.column])"
    marked = lab.grid(MAP).locator(".is-fed").evaluate_all(places)
    assert sorted(marked) == [list(place) for place in np.argwhere(differ).tolist()]
    expect(lab.root).to_contain_text(f"This pixel feeds {differ.sum()} of {differ.size} map cells")


def test_walking_over_the_map(open_lab):
    lab = open_lab(step=0)
    expect(lab.grid(MAP)).to_have_count(0)
    lab.press("Step")
    lab.press("Step")
    python = cut(ConvolutionLab().feature_map)
    assert lab.numbers(MAP)[0][:3] == [*python[0][:2], ""]
    lab.expect_status(f"Map row 1, column 2: {python[0][1]}.")
    lab.press("Back")
    assert lab.numbers(MAP)[0][:2] == [python[0][0], ""]
    slider = lab.root.get_by_label("Cells filled in").and_(lab.page.get_by_role("slider"))
    slider.focus()
    lab.page.keyboard.press("End")
    assert lab.numbers(MAP) == python
    lab.press("From the start")
    expect(lab.root.get_by_text("Press Play or Step: it grows here.")).to_be_visible()
    expect(lab.grid(MAP)).to_have_count(0)


def test_play_and_pause(open_lab):
    lab = open_lab({"clock": True}, step=0)
    lab.press("Play")
    lab.page.clock.run_for(120 * 6)
    lab.press("Pause")
    filled = sum(text != "" for text in sum(lab.numbers(MAP), []))
    assert filled == 6
    lab.page.clock.run_for(2000)
    assert sum(text != "" for text in sum(lab.numbers(MAP), [])) == filled
    lab.press("Play")
    lab.page.clock.run_for(120 * 60)
    assert lab.numbers(MAP) == cut(ConvolutionLab().feature_map)
    expect(lab.button("Play")).to_be_visible()


@pytest.mark.sweep
def test_the_stack_grows_and_shrinks(open_lab):
    lab = open_lab()
    for _ in range(3):
        lab.press("Add a feature")
    assert lab.root.locator(".cl-thumbnail").count() == 6
    expect(lab.button("Add a feature")).to_have_attribute("aria-disabled", "true")
    lab.button("Add a feature").click(force=True)
    assert lab.root.locator(".cl-thumbnail").count() == 6
    assert lab.numbers("Feature") == [["0"] * 3] * 3
    for _ in range(5):
        lab.press("Remove")
    assert lab.root.locator(".cl-thumbnail").count() == 1
    lab.button("Remove").click(force=True)
    assert lab.numbers("Feature") == printed(FEATURES["backslash"])
    lab.press("Undo")
    assert lab.root.locator(".cl-thumbnail").count() == 2


def test_flipping_says_what_it_changes(open_lab):
    lab = open_lab()
    tick(lab, "Flip the features")
    expect(lab.root).to_contain_text("Flipped, and no cell of this map changes")
    choose(lab, "Choose a picture", "face")
    choose(lab, "Choose a feature", "detector1")
    plain_map = ConvolutionLab(image=FACE, feature=DETECTORS["detector1"])
    flipped = ConvolutionLab(image=FACE, feature=DETECTORS["detector1"], flip_features=True)
    differ = (plain_map.feature_map != flipped.feature_map).sum()
    expect(lab.root).to_contain_text(f"Flipped: {differ} of 25 cells differ")
    assert lab.grid(MAP).locator(".is-changed").count() == differ
    assert lab.numbers(MAP) == cut(flipped.feature_map)


def test_a_bias_belongs_to_its_feature(open_lab):
    lab = open_lab()
    tick(lab, "Add a bias")
    lab.root.get_by_label("Bias of this feature").fill("-0.5")
    assert lab.numbers(MAP) == cut(ConvolutionLab().feature_map - 0.5)
    lab.press("2: x cross")
    assert lab.numbers(MAP) == cut(ConvolutionLab(chosen=1).feature_map)
    tick(lab, "Divide by 9")
    expect(lab.root).to_contain_text("so count many layers today")


def test_the_challenges_can_be_solved(open_lab):
    lab = open_lab()
    assert lab.solved() == []
    choose(lab, "Padding with zeros", "1")
    choose(lab, "Stride", "2")
    lab.expect_status("Challenge solved!", "border of zeros")
    choose(lab, "Stride", "1")
    tick(lab, "Divide by 9")
    type_feature(lab, [[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    lab.expect_status("Challenge solved!", "All weight on the middle pixel")
    assert lab.numbers(MAP) == printed(X)
    choose(lab, "Padding with zeros", "0")
    choose(lab, "Choose a picture", "face")
    type_feature(lab, [[-1, -1, -1], [-1, 1, -1], [-1, -1, -1]])
    lab.expect_status("Challenge solved!", "a pixel alone")
    assert len(lab.solved()) == 3
    lab.page.reload()
    assert len(lab.solved()) == 3


def test_a_link_carries_the_whole_state(open_lab, open_labs):
    lab = open_lab({"permissions": ["clipboard-read", "clipboard-write"]})
    choose(lab, "Choose a picture", "binary")
    choose(lab, "Stride", "2")
    lab.cell("Feature", 0, 1).click()
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    link = lab.page.evaluate("navigator.clipboard.readText()")
    there = LabOnPage(open_labs(ConvolutionLab(), fragment="#" + link.split("#")[1]), "convolution")
    assert there.numbers(MAP) == lab.numbers(MAP)
    assert there.numbers("Feature") == lab.numbers("Feature")
    assert there.numbers("Image") == lab.numbers("Image")


@pytest.mark.parametrize("stride", [1, 2])
def test_the_window_is_dragged_and_the_picture_stays(open_lab, stride):
    lab = open_lab(stride=stride, row=0, column=0)
    lab.drag("Image", (1, 1), (3, 3), (5, 5))
    assert lab.numbers("Image") == printed(X)
    cell = 4 // stride
    assert lab.grid(MAP).locator(".is-chosen").get_attribute("data-row") == str(cell)
    expect(lab.frame).to_be_focused()
    lab.page.keyboard.press("ArrowLeft")
    assert lab.grid(MAP).locator(".is-chosen").get_attribute("data-column") == str(cell - 1)
    assert lab.numbers("Image") == printed(X)


def test_a_moved_window_tells_its_place_before_any_step(open_lab):
    lab = open_lab(step=0, row=0, column=0, padding=1)
    lab.frame.focus()
    python = ConvolutionLab(padding=1).feature_map
    for key, at, place in [
        ("ArrowDown", (1, 0), "rows 1 to 3, columns 0 to 2"),
        ("End", (1, 8), "rows 1 to 3, columns 8 to 10"),
    ]:
        lab.page.keyboard.press(key)
        lab.expect_status(f"Window at {place}. Under it: {truncated(python[at])}.")
        expect(lab.frame).to_have_accessible_name(f"Window, {place}. Arrow keys move it.")


def test_home_and_end_move_the_window_and_not_the_page(open_lab):
    lab = open_lab({"viewport": {"width": 900, "height": 300}}, stride=2, row=1, column=1)
    lab.frame.focus()
    lab.frame.scroll_into_view_if_needed()
    scrolled = lab.page.evaluate("scrollY")
    ends = {"End": (2, 6), "Home": (2, 0), "Control+End": (6, 6), "Control+Home": (0, 0)}
    for key, place in ends.items():
        lab.page.keyboard.press(key)
        assert lab.window_at() == place, key
    assert abs(lab.page.evaluate("scrollY") - scrolled) < 300, "no further than to the window"


EDITED = [[1, 1, -1], [-1, 1, -1], [-1, -1, 1]]


def test_an_edit_before_the_first_step_is_answered_and_leaves_the_map_to_be_guessed(open_lab):
    lab = open_lab(step=0)
    lab.cell("Feature", 0, 1).click()
    before, after = (ConvolutionLab(feature=feature).feature_map[1, 1] for feature in (FEATURES["backslash"], EDITED))
    assert (truncated(before), truncated(after)) == ("1.00", "0.77")
    assert lab.status == "Feature, row 1, column 2: -1 → 1. Under the window: 1.00 → 0.77."
    expect(lab.root).to_contain_text("Under the window: (1 × 1) + (-1 × 1) + ")
    expect(lab.root).to_contain_text("7 / 9 = 0.77. Step by step, such numbers fill the map.")
    tick(lab, "Flip the features")
    expect(lab.grid(MAP)).to_be_hidden()
    expect(lab.root).not_to_contain_text("cells differ")
    lab.press("Step")
    choose(lab, "Stride", "2")  # a walk that has begun: now the effect is what counts
    python = ConvolutionLab(feature=EDITED, flip_features=True, stride=2)
    assert lab.numbers(MAP) == cut(python.feature_map)


def test_a_cell_that_is_not_filled_in_yet_says_so(open_lab):
    lab = open_lab(step=2)
    lab.cell(MAP, 0, 1).focus()
    lab.expect_status("Map row 1, column 2: ")
    lab.page.keyboard.press("ArrowRight")
    assert lab.status == "Window at rows 1 to 3, columns 3 to 5. Its cell of the map is not filled in yet."


def test_the_face_may_be_solved_with_padding_too(open_lab):
    lab = open_lab(image=FACE, padding=1)
    type_feature(lab, [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    lab.expect_status("Challenge solved!", "a pixel alone")


def test_a_solution_that_a_link_brings_is_no_merit(open_labs):
    state = base64.urlsafe_b64encode(json.dumps({"padding": 1}).encode()).decode().rstrip("=")
    lab = LabOnPage(open_labs(ConvolutionLab(), fragment=f"#lab-convolution={state}"), "convolution")
    lab.expect_status("This is the state that the link describes.")
    assert len(lab.numbers(MAP)) == 9
    assert lab.solved() == []


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_an_arrow_key_moves_the_window_by_one_stride(open_lab, stride):
    lab = open_lab(stride=stride, row=0, column=0)
    lab.frame.focus()
    for key, place in [("Right", (0, 1)), ("Down", (1, 1)), ("Left", (1, 0)), ("Up", (0, 0)), ("Up", (0, 0))]:
        lab.page.keyboard.press(f"Arrow{key}")
        assert lab.window_at() == (place[0] * stride, place[1] * stride)


# It can be seen together.


@pytest.mark.parametrize("width", [755, 560])
def test_picture_and_map_stand_side_by_side_with_any_padding(open_lab, width):
    """755: a page of 1280 pixels beside its contents; 560: pinned beside the text."""
    lab = open_lab(page={"viewport": {"width": width, "height": 800}})
    for padding in "012":
        lab.menu("Padding with zeros").select_option(padding)
        picture, found = (lab.grid(label).bounding_box() for label in ("Image", "Feature map"))
        assert picture["x"] + picture["width"] < found["x"]
        assert abs(picture["y"] - found["y"]) < 3
        assert found["width"] > 230
