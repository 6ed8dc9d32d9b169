"""The wiggle lab: its Python half against backprop and by hand, its page against the Python half, and every move."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from playwright.sync_api import expect

from convnet_core.backprop import numerical_gradient
from convnet_core.labs.wiggle.lab import COUNT, LABELS, PARTS, PICTURES, WiggleLab, parts_of, ticks
from convnet_core.printing import plain
from tests.labpage import encoded, kernel_state, opener, printed
from tests.readable import findings_in_every_look

LANDSCAPE = "Landscape"
BY_WIGGLING, BY_BACKPROP = "Gradient by wiggling", "Gradient by backprop"
KINDS = ["squared", "absolute", "cross-entropy"]
FLAT = 60  # what this voting weight multiplies is 0 in all eight pictures


open_lab = opener(WiggleLab)


def random_state(seed, **others):
    rng = np.random.default_rng(seed)
    numbers = np.round(rng.normal(0, 0.3, COUNT), 3)
    return {**parts_of(numbers), "chosen": int(rng.integers(COUNT)), "other": int(rng.integers(COUNT)), **others}


# The Python half


def test_the_numbers_are_those_of_the_network_in_its_order():
    lab = WiggleLab()
    assert lab.numbers.shape == (128,)
    assert [len(part.ravel()) for part in parts_of(lab.numbers).values()] == [27, 3, 96, 2]
    assert lab.numbers[30 + 48] == lab.weights[1, 0]
    assert lab.numbers[9] == lab.features[1, 0, 0]


def test_the_lab_starts_no_better_than_chance():
    lab = WiggleLab()
    assert (lab.votes.argmax(axis=1) == LABELS).sum() == 3


@pytest.mark.in_turn("seed", 3)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_backprop_and_wiggling_agree(kind, seed):
    lab = WiggleLab(**random_state(seed, error_kind=kind, wiggle=0.001))
    assert np.abs(lab.gradient - lab.gradient_by_wiggling).max() < 1e-5
    assert lab.slope == pytest.approx(lab.gradient_by_wiggling[lab.chosen], abs=1e-12)


def test_the_error_of_the_slides_by_hand():
    lab = WiggleLab(error_kind="absolute")
    off = np.abs(lab.votes - np.eye(2)[LABELS]).sum() / len(PICTURES)
    assert lab.error == pytest.approx(off, abs=1e-12)


def test_the_landscape_holds_the_error_of_each_place():
    lab = WiggleLab(chosen=4, other=77)
    across, up = ticks(lab.numbers[4]), ticks(lab.numbers[77])
    assert lab.landscape[0, 3] == lab.error_at({4: across[3], 77: up[-1]})
    assert lab.landscape[10, 0] == lab.error_at({4: across[0], 77: up[0]})


@pytest.mark.parametrize(
    ("value", "first", "last"), [(0.2, -1, 1), (0.5, 0, 2), (-0.6, -2, 0), (9, 7, 9), (-9, -9, -7)]
)
def test_the_axes_keep_to_numbers_that_the_lab_takes(value, first, last):
    assert ticks(value)[[0, -1]].tolist() == [first, last]


@pytest.mark.parametrize(("view", "moved"), [("one", 1), ("two", 2), ("all", 126)])
def test_a_step_moves_what_the_view_shows_against_its_slope(view, moved):
    lab = WiggleLab(view=view, wiggle=0.001)
    step = lab.next_numbers - lab.numbers
    assert np.count_nonzero(step) == moved  # two of the 128 are flat
    where = np.flatnonzero(step)
    np.testing.assert_allclose(step[where], -0.1 * lab.gradient[where], atol=1e-6)


def test_a_number_that_does_not_matter():
    lab = WiggleLab(chosen=FLAT)
    assert lab.gradient[FLAT] == 0
    assert lab.error_at({FLAT: 5.0}) == lab.error


def test_numerical_gradient_leaves_the_state_alone():
    lab = WiggleLab()
    before = lab.numbers
    numerical_gradient(lambda: lab.error, lab.numbers)
    assert np.array_equal(lab.numbers, before)


# The page against the Python half


COMPARE = """(state) => {
  const net = window.convnetLabs['wiggle/derived'];
  const presets = { picture: state._presets.picture };
  const now = net.current(state, presets);
  const { errors } = net.landscape(state, presets);
  return {
    error: now.error,
    votes: now.votes,
    landscape: errors,
    gradient: net.byBackprop(state, presets),
    gradient_by_wiggling: net.byWiggling(state, presets),
    slope: net.tried({ ...state, tried_up: 1, tried_down: 1 }, presets).slope,
    next_numbers: net.nextNumbers({ ...state, tried_up: 1, tried_down: 1 }, presets),
  };
}"""


@pytest.mark.sweep
def test_the_page_computes_what_python_does(open_lab):
    page = open_lab().page
    for seed in range(12):
        view = ["one", "two", "all"][seed % 3]
        lab = WiggleLab(**random_state(seed, error_kind=KINDS[seed // 4], view=view, wiggle=0.05))
        found = page.evaluate(COMPARE, kernel_state(lab))
        for name, value in found.items():
            np.testing.assert_allclose(value, getattr(lab, name), rtol=0, atol=1e-10, err_msg=f"{name}, seed {seed}")


def test_the_page_cuts_numbers_into_the_same_parts(open_lab):
    page = open_lab().page
    numbers = list(range(COUNT))
    parts = page.evaluate("(numbers) => window.convnetLabs['wiggle/derived'].partsOf(numbers)", numbers)
    for name, values in parts_of(np.array(numbers)).items():
        assert np.shape(parts[name]) == PARTS[name]
        assert np.array_equal(parts[name], values)


def rounded(value, decimals):
    """As the page writes numbers: a five at the end goes up, and zero has no sign."""
    text = str(Decimal(float(value)).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP))
    return text.replace("-", "") if float(text) == 0 else text


def cut3(value):
    """As the page's sentences write one of the 128 numbers: three decimals, cut."""
    text = str(Decimal(float(value)).quantize(Decimal("1e-12"), ROUND_HALF_UP).quantize(Decimal("0.001"), ROUND_DOWN))
    return text.replace("-", "") if float(text) == 0 else text


def test_grids_show_the_numbers_and_the_gradients(open_lab):
    lab, here = open_lab(view="all", chosen=66), WiggleLab(view="all", chosen=66)
    assert lab.numbers("Feature 2") == printed(here.features[1])
    assert lab.numbers("Weights for O, map 3") == printed(here.weights.reshape(2, 3, 4, 4)[1, 2])
    assert lab.numbers("Biases of the votes") == printed([here.bias])
    for label, gradient in [(BY_WIGGLING, here.gradient_by_wiggling), (BY_BACKPROP, here.gradient)]:
        assert lab.numbers(label) == [[rounded(v, 3) for v in row] for row in gradient[62:78].reshape(4, 4)]
    apart = np.abs(here.gradient - here.gradient_by_wiggling).max()
    expect(lab.root).to_contain_text(f"Largest difference among all 128: {apart:.6f}")
    expect(lab.root).to_contain_text("256 forward passes")


def test_the_table_of_pictures(open_lab):
    lab, here = open_lab(), WiggleLab()
    rows = lab.root.locator(".cl-wiggle-pictures tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    assert [row[0] for row in rows] == list(PICTURES)
    assert [row[1:3] for row in rows] == [[rounded(vote, 2) for vote in pair] for pair in here.votes]
    wrong = lab.root.locator(".cl-wiggle-pictures .is-wrong th").all_inner_texts()
    assert len(wrong) == 5


def test_a_number_is_printed_in_one_way(open_lab):
    """In its cell, in its box, and with a decimal more where a sentence tells it."""
    lab = open_lab()
    for seed in range(12):
        state = random_state(seed)
        numbers = WiggleLab(**state).numbers
        numbers[state["chosen"]] = [-0.559, 0.1299, -8.999, 0.3 - 0.1, -0.0004, 9][seed % 6]
        state |= parts_of(numbers)
        here = WiggleLab(**state)
        lab.page.evaluate("text => (location.hash = `lab-wiggle=${text}`)", encoded(here.state()))
        picked = lab.root.locator(".cl-wiggle-numbers .cl-cell.is-now")
        box = lab.root.locator(".cl-wiggle-picked .cl-number")
        number = here.numbers[here.chosen]
        expect(box).to_have_value(plain(number))
        expect(picked).to_have_text(plain(number))
        expect(lab.root.get_by_role("img")).to_have_accessible_name(re.compile(f"Here, at {re.escape(cut3(number))}:"))
        assert cut3(number).startswith(plain(number)), "what stands in the cell goes on in the sentence"


# One number


def try_both(lab):
    lab.press("Up a bit")
    lab.press("Down a bit")


def test_tries_leave_the_number_alone_and_tell_the_slope(open_lab):
    lab, here = open_lab(), WiggleLab()
    start = lab.numbers("Feature 3")
    lab.press("Up a bit")
    lab.expect_status(f"At 0.030 the error is {here.error_at({18: here.numbers[18] + 0.1}):.3f}:", "more than here.")
    expect(lab.root).to_contain_text("Now try a bit down as well.")
    lab.press("Down a bit")
    lab.expect_status("less than here.")
    expect(lab.root).to_contain_text(f"= {here.slope:.3f}. More of it makes it worse: downhill is down.")
    assert lab.numbers("Feature 3") == start


def test_a_step_needs_both_tries_then_goes_downhill(open_lab):
    lab, here = open_lab(), WiggleLab()
    lab.button("Step downhill").click(force=True)
    lab.expect_status("First adjust it a bit up and a bit down")
    try_both(lab)
    after = here.next_numbers[18]
    lab.press("Step downhill")
    lower = here.error_at({18: after})
    lab.expect_status(f"Feature 3, row 1, column 1: -0.070 → {cut3(after)}.", f"Error {here.error:.3f} → {lower:.3f}.")
    expect(lab.root).to_contain_text("Steps so far: 1")
    lab.press("Undo")
    expect(lab.root).to_contain_text("Steps so far: 0")
    lab.expect_status(f"Error {lower:.3f} → {here.error:.3f}.")


def test_tries_end_at_the_edge_of_the_drawing(open_lab):
    lab = open_lab(wiggle=0.5)
    lab.press("Up a bit")
    lab.press("Up a bit")
    lab.press("Up a bit")
    lab.expect_status("That is as far as it goes.")


def test_the_curve_is_drawn_when_asked_for(open_lab):
    lab = open_lab()
    line = lab.root.locator(".cl-wiggle-line")
    assert line.get_attribute("d") == ""
    picture = lab.root.get_by_role("img")
    expect(picture).to_have_accessible_name(
        "Error over feature 3, row 1, column 1, from -1.0 to 1.0. Here, at -0.070: 0.512. Nothing tried yet."
    )
    lab.root.get_by_label("Draw the whole curve").check()
    assert line.get_attribute("d").count("L") == 40
    lab.press("Up a bit")
    assert "Tried: 0.030: " in picture.get_attribute("aria-label")
    assert "The curve is lowest at" in picture.get_attribute("aria-label")


def test_a_number_is_picked_by_a_press_and_by_keys_and_the_tab_key_passes_by(open_lab):
    lab = open_lab()
    lab.press("Up a bit")
    lab.cell("Weights for X, map 1", 2, 3).click()
    lab.expect_status("Chosen: weight for X, map 1, row 3, column 4, ")
    assert lab.numbers("Weights for X, map 1")[2][3] == plain(WiggleLab().weights[0, 11])
    expect(lab.root).to_contain_text("Adjust it up and down a bit")  # what was tried was about another number
    lab.page.keyboard.press("ArrowLeft")
    expect(lab.root).to_contain_text("Picked: weight for X, map 1, row 3, column 4")
    lab.page.keyboard.press("Space")
    expect(lab.root).to_contain_text("Picked: weight for X, map 1, row 3, column 3")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Tab")
    expect(lab.root).to_contain_text("Picked: weight for X, map 1, row 3, column 3")
    lab.page.keyboard.press("Enter")
    expect(lab.root).to_contain_text("Picked: weight for X, map 3, row 1, column 1")


def test_a_tap_picks_and_a_typed_number_is_put_in(open_lab):
    lab = open_lab({"has_touch": True})
    lab.cell("Biases of the features", 1, 0).tap()
    lab.expect_status("Chosen: bias of the features, feature 2")
    box = lab.root.get_by_label("Picked: bias of the features, feature 2")
    box.fill("0.5")
    lab.expect_status("Bias of the features, feature 2: ", "→ 0.500.", "Error 0.512 → ")
    assert lab.numbers("Biases of the features")[1] == ["0.5"]
    expect(lab.root).to_contain_text("numbers changed by hand")
    box.fill("12")
    box.blur()
    lab.expect_status("from -9 to 9")


def test_typing_into_a_cell_picks_it(open_lab):
    lab = open_lab()
    lab.cell("Biases of the votes", 0, 1).press("2")
    lab.expect_status("Bias of the votes, O: ", "→ 2.000.")
    expect(lab.root).to_contain_text("Picked: bias of the votes, O")


# Two numbers


def test_another_view_is_told(open_lab):
    lab = open_lab()
    names = ["feature 3, row 1, column 1", "weight for X, map 3, row 2, column 1"]
    lab.press("Two numbers")
    assert lab.status == f"Both numbers. Error over {names[0]} (across) and {names[1]} (up)."
    lab.press("Swap the axes")
    assert lab.status == f"Error over {names[1]} (across) and {names[0]} (up)."
    lab.press("All 128")
    lab.expect_status("All 128 numbers. How the error changes with each")
    lab.press("One number")
    assert lab.status == f"One number. Error over {names[1]}."
    lab.root.get_by_role("checkbox", name="Draw the whole curve").check()
    lab.expect_status(f"One number. Error over {names[1]}. The whole curve is lowest at ")


def test_the_landscape_and_its_ball(open_lab):
    lab, here = open_lab(view="two"), WiggleLab()
    assert lab.numbers(LANDSCAPE) == [[rounded(value, 2) for value in row] for row in here.landscape]
    expect(lab.root).to_contain_text(f"Slopes: {here.gradient[18]:.3f} across, {here.gradient[66]:.3f} up.")
    ball = lab.root.locator(".cl-wiggle-over circle")
    before = ball.get_attribute("cx"), ball.get_attribute("cy")
    lab.press("Step downhill with both")
    lab.expect_status(
        "Feature 3, row 1, column 1: -0.070 → ", "Weight for X, map 3, row 2, column 1: -0.119 → ", "Error 0.512 → "
    )
    assert (ball.get_attribute("cx"), ball.get_attribute("cy")) != before


def test_the_ball_goes_where_it_is_put(open_lab):
    lab = open_lab(view="two")
    lab.cell(LANDSCAPE, 4, 0).click()
    lab.expect_status("Feature 3, row 1, column 1: -0.070 → -1.000.", "-0.119 → 0.200.", "Error 0.512 → ")
    lab.press("Undo")
    cell = lab.cell(LANDSCAPE, 0, 1)
    assert cell.get_attribute("aria-label").startswith("across -0.80, up 1.00, plus ")
    lab.cell(LANDSCAPE, 0, 0).press("ArrowRight")
    lab.page.keyboard.press("Enter")
    lab.expect_status("→ -0.800.", "→ 1.000.")
    assert lab.numbers("Feature 3")[0][0] == "-0.8"


def test_the_axes_swap_and_take_another_number(open_lab):
    lab = open_lab(view="two")
    lab.press("Swap the axes")
    expect(lab.root).to_contain_text(
        "Error over weight for X, map 3, row 2, column 1 (across) and feature 3, row 1, column 1 (up)"
    )
    lab.cell("Feature 1", 0, 0).click()
    expect(lab.root).to_contain_text(
        "Error over feature 1, row 1, column 1 (across) and feature 3, row 1, column 1 (up)"
    )
    lab.press("Swap the axes")
    lab.cell("Feature 1", 0, 0).click()
    expect(lab.root).to_contain_text("Both axes are the same number: pick another one.")


# Challenges


def test_nine_steps_of_the_right_length(open_lab):
    lab = open_lab(view="all")
    for _ in range(9):
        lab.press("Step downhill with all 128")
    assert lab.solved() == []
    lab.press("Reset")
    lab.press("All 128")
    lab.root.get_by_label("Learning rate").fill("0.13")
    for _ in range(9):
        lab.press("Step downhill with all 128")
    lab.expect_status("All 128 numbers moved.", "Challenge solved! A few steps of the right length")


def test_nine_steps_after_a_hand_has_helped_do_not_count(open_lab):
    lab = open_lab(view="all", learning_rate=0.13)
    lab.cell("Biases of the votes", 0, 0).press("0")
    for _ in range(9):
        lab.press("Step downhill with all 128")
    assert not any("nine" in text or "at most 9" in text for text in lab.solved())


def test_a_number_that_does_not_matter_is_found(open_lab):
    lab = open_lab()
    lab.cell("Weights for X, map 2", 3, 3).click()
    try_both(lab)
    assert lab.solved() == []
    row, column = divmod(FLAT - 46, 4)
    lab.cell("Weights for X, map 2", row, column).click()
    lab.press("Up a bit")
    assert lab.solved() == []
    lab.press("Down a bit")
    lab.expect_status("the same as here.", "Challenge solved! No blame reaches it")
    expect(lab.root).to_contain_text("Level: neither way is downhill.")


def test_a_step_too_far(open_lab):
    lab = open_lab(view="all")
    lab.press("Step downhill with all 128")
    lab.root.get_by_label("Learning rate").fill("2")
    lab.press("Step downhill with all 128")
    assert lab.solved() == [], "the first step was another one"
    lab.press("Reset")
    lab.press("All 128")
    lab.root.get_by_label("Learning rate").fill("2")
    lab.press("Step downhill with all 128")
    lab.expect_status("Challenge solved! The slope is right where you stand.")


def test_a_step_out_of_range_is_refused(open_lab):
    lab = open_lab(view="all", learning_rate=10, weights=np.full((2, 48), 3))
    before = lab.look()
    lab.press("Step downhill with all 128")
    lab.expect_status("This step is too long: ", "numbers from -9 to 9 only.")
    assert lab.look() == before


# All together


@pytest.mark.sweep
def test_axe_finds_nothing_in_any_view(open_lab, known):
    lab = open_lab(curve=True, tried_up=2, tried_down=1)
    for view in ("One number", "Two numbers", "All 128"):
        lab.press(view)
        assert findings_in_every_look(lab.page, known=known) == []


def test_at_320_pixels_nothing_leaves_the_page(open_lab):
    lab = open_lab({"viewport": {"width": 320, "height": 700}})
    for view in ("One number", "Two numbers", "All 128"):
        lab.press(view)
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320
