"""ReLULab: its Python half against convnet_core, and its page against its Python half."""

import re

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from playwright.sync_api import expect

from convnet_core.labs.relu.lab import ReLULab
from convnet_core.printing import numerators, plain, truncated
from tests.golden import LECTURE, SLIDES
from tests.labpage import changed, encoded, opener

BEFORE, AFTER = "Map", "Map after"
BENT_FIRST, POOLED, POOLED_FIRST = "Bend first, then pool", "Pooled alone", "Pool first, then bend"
MAPS = ReLULab.presets["map"]
BUMP = changed(np.zeros((4, 4)), (0, 0, 0.2), (0, 1, -0.6))
NEARLY_NOTHING = changed(np.zeros((4, 4)), (0, 0, 0.1), (0, 1, 0.2), (1, 0, -0.3))  # floats add up to 5.6e-17


open_lab = opener(ReLULab)


def as_text(values, like):
    """A map as the lab prints it: whole numbers short, others as on the slides, with a bare 0 for nothing."""
    is_whole = np.array_equal(like, np.rint(like))
    write = plain if is_whole else lambda value: "0" if abs(value) <= 1e-9 else truncated(value)
    return [[write(value) for value in row] for row in values]


def number_box(lab, name):
    return lab.root.get_by_role("textbox", name=f"{name}, as a number", exact=True)


def slide_to(lab, name, key, times=1):
    lab.root.get_by_role("slider", name=name).focus()
    for _ in range(times):
        lab.page.keyboard.press(key)


def compare(lab):
    lab.root.get_by_role("checkbox", name="Compare: bend first, or pool first?").click()


def expect_page_is(lab, python):
    """All five grids show what the Python half computes."""
    wanted = {BEFORE: python.map, AFTER: python.map_after}
    if python.compare:
        ends = {BENT_FIRST: python.bent_then_pooled, POOLED_FIRST: python.pooled_then_bent}
        wanted |= ends | {POOLED: python.pooled_map}
    for label, values in wanted.items():
        assert lab.numbers(label) == as_text(values, python.map), label


def follow_link(lab, python):
    """Leads the open page to the state of `python`."""
    follow = """text => new Promise((done) => {
      addEventListener("hashchange", () => setTimeout(done), { once: true });
      location.hash = text;
    })"""
    lab.page.evaluate(follow, f"lab-relu={encoded(python.state())}")


def marked(lab, label, mark):
    places = "cells => cells.map(c => [+c.dataset.row, +c.dataset.column])"
    return lab.grid(label).locator(f".is-{mark}").evaluate_all(places)


# The Python half


@pytest.mark.parametrize("name", SLIDES["feature_order"])
def test_the_maps_are_those_of_the_slides(name):
    lab = ReLULab(map=MAPS[name])
    assert np.array_equal(numerators(lab.map_after), SLIDES["relu_maps"][name]["numerators_over_9"])
    assert as_text(lab.map_after, lab.map) == SLIDES["relu_maps"][name]["published"]
    for pooled in (lab.bent_then_pooled, lab.pooled_then_bent, lab.pooled_map):
        assert np.array_equal(numerators(pooled), SLIDES["pooled_maps"][name]["numerators_over_9"])


def test_the_lectures_map_has_nothing_to_clear():
    lab = ReLULab(map=MAPS["lecture"])
    assert np.array_equal(lab.map_after, LECTURE["feature_detectors"]["detector1"]["computed_map"])


maps = st.sampled_from([(4, 4), (5, 5), (7, 7)]).flatmap(
    lambda shape: hnp.arrays(float, shape, elements=st.integers(-81, 81).map(lambda ninths: ninths / 9))
)
hundredths = st.integers(-100, 100).map(lambda number: number / 100)


@given(maps, hundredths, hundredths)
def test_max_pooling_and_a_bend_that_never_goes_down_may_swap(values, threshold, slope):
    lab = ReLULab(map=values, threshold=abs(threshold), slope=abs(slope))
    assert np.allclose(lab.bent_then_pooled, lab.pooled_then_bent)


@pytest.mark.parametrize("bend", [{"slope": -0.05}, {"threshold": -0.5}, {"threshold": 0.4, "slope": -1}])
def test_another_bend_may_not_swap_with_it(bend):
    window = np.full((4, 4), -9.0)
    window[0, 0], window[0, 1] = -0.4, -0.6
    lab = ReLULab(map=window, **bend)
    assert not np.allclose(lab.bent_then_pooled, lab.pooled_then_bent)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("map", np.ones((9, 9)), "map has the wrong shape: wanted 7 x 7 or 5 x 5 or 4 x 4 numbers"),
        ("map", np.full((4, 4), np.nan), "map must hold numbers from -9 to 9 only"),
        ("threshold", 1.5, "threshold must be a number from -1 to 1"),
        ("slope", "0", "slope must be a number from -1 to 1"),
        ("compare", 1, "compare must be true or false"),
        ("pooling", "min", "pooling must be one of: max, average"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = ReLULab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


# The page


@pytest.mark.sweep
def test_the_page_shows_what_python_computes(open_lab):
    """One page, led from state to state by links."""
    lab = open_lab()
    rng = np.random.default_rng(5)
    states = [{}, {"map": MAPS["lecture"]}, {"map": BUMP, "slope": -1}, {"threshold": 0.34, "slope": 0.125}]
    states.append({"map": NEARLY_NOTHING})
    for shape in [(4, 4), (5, 5), (7, 7)] * 4:
        values = rng.integers(-81, 82, shape) / rng.choice([9, 10])
        threshold, slope = rng.integers(-20, 21, 2) / 20
        states.append({"map": values, "threshold": threshold, "slope": slope, "row": 6, "column": 3})
    for state in states:
        for pooling in ("max", "average"):
            python = ReLULab(**state, compare=True, pooling=pooling)
            follow_link(lab, python)
            expect_page_is(lab, python)
            differ = np.argwhere(~np.isclose(python.bent_then_pooled, python.pooled_then_bent, rtol=0, atol=1e-9))
            assert marked(lab, BENT_FIRST, "changed") == marked(lab, POOLED_FIRST, "changed") == differ.tolist()
            assert marked(lab, AFTER, "changed") == np.argwhere(python.map != python.map_after).tolist()


def test_a_number_is_led_through_the_bend(open_lab):
    lab = open_lab()
    account, curve = lab.root.locator(".cl-account"), lab.root.get_by_role("img")
    for label in (BEFORE, AFTER):
        lab.cell(label, 3, 2).hover()
        expect(account).to_contain_text("Row 4, column 3: -0.33 is negative and becomes 0")
        expect(account).to_contain_text("np.maximum(feature_map[3, 2], 0)")
        expect(curve).to_have_accessible_name(re.compile("minus 0.33 goes in, 0 comes out"))
        assert marked(lab, BEFORE, "chosen") == marked(lab, AFTER, "chosen") == [[3, 2]]
        lab.cell(label, 0, 0).focus()
        expect(account).to_contain_text("Row 1, column 1: 0.77 is positive and stays 0.77")
        lab.page.keyboard.press("ArrowRight")
        expect(account).to_contain_text("Row 1, column 2: -0.11 is negative")
    expect(lab.cell(AFTER, 0, 1)).to_have_accessible_name("row 1, column 2, 0, was minus 0.11")
    assert lab.status == "", "the cell has said it already"


def test_a_finger_sees_the_same_and_changes_nothing(open_lab):
    lab = open_lab({"has_touch": True, "viewport": {"width": 320, "height": 700}})
    for label in (BEFORE, AFTER):
        lab.cell(label, 6, 6).tap()
        lab.cell(label, 2, 3).tap()
        expect(lab.root.locator(".cl-account")).to_contain_text("Row 3, column 4: -0.33 is negative and becomes 0")
    expect_page_is(lab, ReLULab())
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_a_click_points_and_a_typed_number_takes_its_place(open_lab):
    lab = open_lab()
    lab.cell(BEFORE, 0, 1).click()
    expect_page_is(lab, ReLULab())
    lab.page.keyboard.type("3")
    expect_page_is(lab, ReLULab(map=changed(MAPS["backslash"], (0, 1, 3))))
    lab.expect_status("Map, row 1, column 2: -0.11 → 3.00. After ReLU: 0 → 3.00.")
    lab.root.get_by_label("Map, row 1, column 2").fill("-2/9")
    expect_page_is(lab, ReLULab(map=changed(MAPS["backslash"], (0, 1, -2 / 9))))
    lab.press("Undo")
    lab.press("Undo")
    expect_page_is(lab, ReLULab())
    lab.root.get_by_label("Map, row 1, column 2").fill("10")
    lab.page.keyboard.press("Enter")
    lab.expect_status("a cell takes numbers from -9 to 9")
    expect_page_is(lab, ReLULab())


def point_on_curve(lab):
    """Where the point and the two ends of the bend lie, in the numbers of the drawing."""
    at = "circles => circles.map(c => [+c.getAttribute('cx'), +c.getAttribute('cy')])"
    open_end, end, point = lab.root.locator(".cl-curve circle").evaluate_all(at)
    return open_end, end, point


def test_the_point_lies_where_the_axes_say(open_lab):
    lab = open_lab(row=0, column=0)
    frame = lab.root.locator(".cl-curve-frame")
    left, top, side = (float(frame.get_attribute(name)) for name in ("x", "y", "width"))
    for row, column in [(0, 0), (3, 2), (1, 1)]:
        lab.cell(BEFORE, row, column).hover()
        value = MAPS["backslash"][row, column]
        _, _, point = point_on_curve(lab)
        wanted = [left + side / 2 * (1 + value / 1.12), top + side / 2 * (1 - max(value, 0) / 1.12)]
        assert np.allclose(point, wanted, rtol=0, atol=0.06)
    expect(lab.root.locator(".cl-curve-open")).to_be_hidden()
    slide_to(lab, "Threshold:", "End")
    expect(lab.root.locator(".cl-curve-open")).to_be_visible()
    expect(lab.root).to_contain_text("a thresholded ReLU. At 1 there is a jump.")


def test_the_bend_can_be_moved(open_lab):
    lab = open_lab()
    slide_to(lab, "Slope up to it:", "ArrowRight", 2)
    expect_page_is(lab, ReLULab(slope=0.1))
    lab.expect_status("Slope: 0.05 → 0.1. 20 of 49 numbers come out different now.")
    expect(lab.root).to_contain_text("This is a leaky ReLU: a negative number is multiplied by 0.1")
    expect(lab.root).to_contain_text("The bend changed 20 of 49 numbers.")
    number_box(lab, "Threshold").fill("0.4")
    expect_page_is(lab, ReLULab(slope=0.1, threshold=0.4))
    lab.cell(BEFORE, 0, 3).hover()
    expect(lab.root.locator(".cl-account")).to_contain_text("0.33 is not above 0.4. Times 0.1, that makes 0.03")
    expect(lab.root.locator(".cl-account")).to_contain_text("x = feature_map[0, 3]; np.where(x > 0.4, x, 0.1 * x)")
    number_box(lab, "Slope up to it").fill("2")
    lab.page.keyboard.press("Enter")
    lab.expect_status("slope must be a number from -1 to 1")
    lab.press("Back to ReLU")
    expect_page_is(lab, ReLULab())
    expect(lab.root).to_contain_text("20 of 49 numbers were negative and are 0 now.")
    lab.press("Undo")
    expect_page_is(lab, ReLULab(slope=0.1, threshold=0.4))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "This is ReLU"),
        ({"slope": 1, "threshold": 0.3}, "every number comes out as it went in"),
        ({"slope": -1}, "the absolute value"),
        ({"slope": -0.5}, "multiplied by -0.5, which makes them positive"),
        ({"threshold": -0.5}, "Numbers above -0.5 stay, the others become 0. At -0.5 there is a jump."),
        ({"threshold": 0.5, "slope": 0.2}, "Numbers above 0.5 stay, the others are multiplied by 0.2."),
    ],
)
def test_the_bend_has_its_name(open_lab, state, words):
    expect(open_lab(**state).root).to_contain_text(words)


def test_an_edit_before_the_first_step_leaves_the_map_to_be_guessed(open_lab):
    lab = open_lab(step=0)
    lab.cell(BEFORE, 0, 1).click()
    lab.page.keyboard.type("-3")
    assert lab.status == "Map, row 1, column 2: -0.11 → -3.00."
    lab.root.get_by_role("slider", name="Threshold").fill("0.5")
    assert lab.status == "Threshold: 0 → 0.5."
    assert set(sum(lab.numbers(AFTER), [])) == {""}
    expect(lab.cell(AFTER, 0, 1)).to_have_accessible_name("row 1, column 2, not shown yet")
    lab.root.get_by_role("checkbox", name=re.compile("^Compare")).check()  # only whole maps can be compared
    state = {"map": changed(MAPS["backslash"], (0, 1, -3)), "threshold": 0.5}
    expect_page_is(lab, ReLULab(**state, compare=True))


def test_walking_over_the_map(open_lab):
    lab = open_lab({"clock": True}, step=0)
    assert set(sum(lab.numbers(AFTER), [])) == {""}
    expect(lab.root.locator(".cl-curve-point")).to_be_hidden()
    lab.press("Step")
    lab.press("Step")
    assert lab.numbers(AFTER)[0] == ["0.77", "0", "", "", "", "", ""]
    lab.expect_status("Row 1, column 2: -0.11 → 0.")
    lab.press("Back")
    assert lab.numbers(AFTER)[0] == ["0.77", "", "", "", "", "", ""]
    lab.press("Play")
    lab.page.clock.run_for(120 * 60)
    expect_page_is(lab, ReLULab())
    lab.expect_status("The map is full. 20 of 49 numbers were negative and are 0 now.")


def test_both_orders_are_compared(open_lab):
    lab = open_lab()
    expect(lab.grid(BENT_FIRST)).to_have_count(0)
    compare(lab)
    lab.expect_status("All 16 cells agree, whatever the map: the curve never goes down")
    lab.menu("Pooling keeps").select_option("average")
    python = ReLULab(compare=True, pooling="average")
    expect_page_is(lab, python)
    differ = (~np.isclose(python.bent_then_pooled, python.pooled_then_bent)).sum()
    lab.expect_status(f"{differ} of 16 cells differ.")
    lab.cell(POOLED_FIRST, 0, 0).hover()
    expect(lab.root).to_contain_text("ReLU first: 0.77, -0.11, -0.11, 1.00 become 0.77, 0, 0, 1.00; the mean is 0.44.")
    expect(lab.root).to_contain_text("the mean of 0.77, -0.11, -0.11, 1.00 is 0.38; ReLU makes it 0.38.")
    lab.cell(BENT_FIRST, 3, 3).hover()
    expect(lab.root).to_contain_text("Pool first: the mean of 0.77 is 0.77")
    boxes = lab.root.locator(".cl-frame").evaluate_all("all => all.map((one) => one.style.cssText)")
    assert len(set(boxes)) == 1
    assert "--row: 6; --column: 6; --height: 1; --width: 1" in boxes[0]


def test_two_numbers_tell_the_orders_apart(open_lab):
    lab = open_lab(map=MAPS["zeros"])
    compare(lab)
    lab.menu("Pooling keeps").select_option("average")
    for cell, key in [((0, 0), "1"), ((1, 2), "PageDown")]:  # under two windows: no difference
        lab.cell(BEFORE, *cell).focus()
        lab.page.keyboard.press(key)
    assert lab.solved() == []
    lab.press("Undo")
    lab.cell(BEFORE, 1, 1).focus()
    lab.page.keyboard.press("PageDown")
    lab.expect_status("Challenge solved!", "they cancel each other")
    lab.press("Undo")
    assert len(lab.solved()) == 1


def test_three_numbers_are_too_many(open_lab):
    lab = open_lab(map=changed(np.zeros((4, 4)), (3, 3, 1), (0, 0, 1)), compare=True, pooling="average")
    lab.cell(BEFORE, 1, 1).focus()
    lab.page.keyboard.press("PageDown")
    lab.expect_status("1 of 4 cells differs.")
    assert lab.solved() == []


def test_even_the_largest_may_mind(open_lab):
    lab = open_lab(compare=True)
    number_box(lab, "Slope up to it").fill("-1")
    lab.expect_status("All 16 cells agree, on this map. But the curve goes down somewhere.")
    assert lab.solved() == []
    lab.menu("Choose a map").select_option("cross")
    lab.expect_status("8 of 16 cells differ.", "Challenge solved!", "goes down")


def test_a_straight_line_swaps_with_the_mean(open_lab):
    lab = open_lab(compare=True, pooling="average")
    number_box(lab, "Slope up to it").fill("0.9")
    assert lab.solved() == []
    number_box(lab, "Slope up to it").fill("1")
    lab.expect_status("All 16 cells agree, whatever the map", "Challenge solved!")


def test_a_map_is_chosen(open_lab):
    lab = open_lab(row=6, column=6)
    lab.menu("Choose a map").select_option("lecture")
    lab.expect_status("The map is now lecture's Feature Map 1, 5 x 5. None of the 25 numbers was negative.")
    expect_page_is(lab, ReLULab(map=MAPS["lecture"]))
    assert marked(lab, AFTER, "chosen") == [[4, 4]]
    lab.press("Reset")
    expect_page_is(lab, ReLULab())
