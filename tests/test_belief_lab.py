"""BeliefLab: its Python half, and in a real browser a block of units, edges that are learned, and imagined halves."""

import re

import numpy as np
import pytest
import traitlets
from PIL import Image
from playwright.sync_api import expect

from convnet_core.edges import OUTDOORS, load_whitened
from convnet_core.faces import PHOTOGRAPHS, load_photographs
from convnet_core.imagining import FILE
from convnet_core.labs.belief.lab import TABS, UNITS, BeliefLab, digits
from convnet_core.labs.kit import on_demand, photograph
from convnet_core.labs.kit.seeded import Seeded
from convnet_core.unsupervised import sample_blocks
from tests.beliefpage import GET_PHOTOGRAPHS, NOTHING, SIGMA, WORK, BeliefOnPage
from tests.kernelspage import file_of
from tests.labpage import opener
from tests.readable import findings


def picture_of(name):
    """One of the photographs, as a Pillow picture."""
    return Image.fromarray(np.rint(255 * load_photographs()[name]).astype(np.uint8))


# Python alone.


def test_it_starts_with_one_block():
    lab = BeliefLab()
    assert repr(lab) == "BeliefLab()"
    exponentials = np.exp([2, 0, -1, 0, 0])
    np.testing.assert_allclose(lab.probabilities.ravel(), exponentials[:4] / exponentials.sum())
    assert lab.none == pytest.approx(exponentials[4] / exponentials.sum())
    assert lab.pooled == pytest.approx(lab.probabilities.sum())
    assert lab.largest == 2
    assert lab.separate.sum() > 2
    assert lab.last is None
    assert lab.tally.tolist() == [0] * 5


def test_what_is_drawn_is_what_the_core_draws():
    lab = BeliefLab(drawn=200, luck=5, inputs=[[1, 0.5], [-2, 1]])
    rng, drawn = Seeded(5), np.zeros(5, int)
    for _ in range(200):
        units = sample_blocks(lab.probabilities, 2, rng)
        drawn += [*units.ravel().astype(int), int(units.sum() == 0)]
    assert lab.tally.tolist() == drawn.tolist()
    last = [*units.ravel(), units.sum() == 0]
    assert lab.last == UNITS[int(np.argmax(last))]
    near = np.abs(lab.tally / 200 - [*lab.probabilities.ravel(), lab.none])
    assert near.max() < 0.12


def test_filters_are_learned_from_ten_photographs_from_one_or_from_ones_own():
    lab = BeliefLab()
    assert tuple(lab.photographs) == OUTDOORS
    np.testing.assert_array_equal(lab.whitened, load_whitened()[0])
    lab.source = "cat"
    np.testing.assert_array_equal(lab.whitened, load_whitened()[OUTDOORS.index("cat")])
    lab.source = "own"
    assert tuple(lab.photographs) == OUTDOORS, "there is none"
    lab.photo = photograph.address_of(np.full((17, 40), 99))
    assert list(lab.photographs) == ["own"]
    assert lab.whitened.shape == (0, 0)
    assert "Your own photograph" in lab.tables()


@pytest.mark.parametrize("half", ["right", "left", "bottom", "top"])
def test_what_is_known_stays_and_the_rest_is_imagined(half):
    lab = BeliefLab(half=half)
    assert lab.known.sum() == 392
    np.testing.assert_array_equal(lab.imagined, np.where(lab.known, lab.picture, 0))
    paper = lab.error
    lab.sweep = 30
    np.testing.assert_array_equal(lab.imagined[lab.known], lab.picture[lab.known])
    assert lab.error < 0.8 * paper
    assert np.ptp(lab.imagined[~lab.known]) > 0.9


def test_the_same_seed_imagines_the_same():
    lab = BeliefLab(sweep=5)
    first = lab.imagined
    np.testing.assert_array_equal(BeliefLab(sweep=5).imagined, first)
    lab.seed = 2
    assert np.abs(lab.imagined - first).max() > 0.1


def test_small_filters_leave_paper_where_the_plain_machine_draws():
    errors = {name: BeliefLab(machine=name, sweep=20).error for name in ("persistent", "convolutional")}
    paper = BeliefLab().error
    assert errors["persistent"] < 0.5 * paper
    assert errors["convolutional"] > 0.75 * paper


@pytest.mark.parametrize(
    "bad",
    [
        {"tab": "cake"},
        {"inputs": [[0, 0], [0, 6]]},
        {"inputs": [0, 0, 0, 0]},
        {"drawn": -1},
        {"source": "dog"},
        {"target": 0.003},
        {"sigma": "0.5"},
        {"filter": 16},
        {"picture": [[0.5]]},
        {"half": "middle"},
        {"machine": "deep"},
        {"sweep": 101},
        {"truth": 1},
    ],
)
def test_a_bad_state_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        BeliefLab(**bad)


def test_the_data_are_handed_over_in_parts_and_the_page_starts_light():
    assert BeliefLab.on_demand == {"photographs": PHOTOGRAPHS, "imagines": FILE}
    scripts = on_demand.scripts_of(BeliefLab.on_demand)
    assert sum(len(text) for parts in scripts.values() for text in parts.values()) <= 800_000
    assert len(BeliefLab().static_html()) < 30_000


def test_a_reader_without_scripts_has_the_numbers():
    tables = BeliefLab(drawn=10, sweep=1).tables()
    for words in ("<td>0.687</td>", "0.907", "2.150", "after 1 sweeps"):
        assert words in tables


# One block.

open_lab = opener(BeliefLab, view=BeliefOnPage)


def percents(values):
    return [f"{100 * value:.1f}%" for value in values]


@pytest.mark.parametrize(
    "inputs", [[[2, 0], [-1, 0]], [[5, 5], [5, -5]], [[-5, -5], [-5, -5]], [[0.3, 1.7], [-0.2, 4]]]
)
def test_the_block_says_what_python_says(open_lab, inputs):
    lab, half = open_lab(inputs=inputs, drawn=250), BeliefLab(inputs=inputs, drawn=250)
    rows = lab.table()
    assert [row[0] for row in rows] == percents([*half.probabilities.ravel(), half.none, 1])
    assert [row[2] for row in rows] == [*percents(half.separate.ravel()), "", *percents([half.separate.sum()])]
    assert [int(row[1].split()[0]) for row in rows] == [*half.tally, 250]
    expect(lab.pooled).to_have_text(f"One of the four is on: {100 * half.pooled:.1f}%")
    largest = f"{half.largest:g}".replace("-", "−")
    expect(lab.account).to_contain_text(f"Plain max pooling says {largest}, the largest input")
    is_more = "more than certain" in lab.account.inner_text()
    assert is_more == (half.separate.sum() > 1)


def test_an_input_moves_all_five_and_forgets_the_draws(open_lab):
    lab = open_lab(drawn=20)
    slider = lab.root.get_by_role("slider", name="Upper right")
    slider.press("ArrowRight")
    half = BeliefLab(inputs=[[2, 0.1], [-1, 0]])
    assert lab.trait("inputs") == [[2, 0.1], [-1, 0]]
    assert [row[0] for row in lab.table()][:4] == percents(half.probabilities.ravel())
    assert lab.trait("drawn") == 0
    expect(slider).to_have_attribute("aria-valuetext", "0.1")
    lab.expect_status(f"Upper right is on with {100 * half.probabilities[0, 1]:.1f}%; one of the four with 90.8%.")
    lab.press("Undo")
    assert lab.trait("drawn") == 20


def test_a_draw_lights_one_unit_or_none(open_lab):
    lab = open_lab()
    seen = set()
    for count in range(1, 25):
        lab.press("Draw")
        last = BeliefLab(drawn=count).last
        on = lab.root.locator(".cl-belief-unit.is-on")
        assert on.count() == (last != "none")
        if last != "none":
            expect(on.get_by_role("slider")).to_have_accessible_name(last.capitalize())
        expect(lab.pooled).to_have_class(re.compile("is-on") if last != "none" else re.compile(r"^cl-belief-pooled$"))
        seen.add(last)
    assert len(seen) >= 3
    lab.expect_status("Drawn 24 times. The last time,")
    lab.press("Draw 100 times")
    assert lab.table()[-1][1] == "124"
    lab.press("Forget the draws")
    assert lab.table()[-1][1] == ""
    assert lab.trait("luck") == 2
    lab.expect_status("The draws are forgotten.")


def test_there_is_an_end_to_drawing(open_lab):
    lab = open_lab(drawn=9950)
    lab.press("Draw 100 times")
    assert lab.trait("drawn") == 10_000
    expect(lab.button("Draw")).to_have_attribute("aria-disabled", "true")
    lab.button("Draw").click(force=True)
    assert lab.trait("drawn") == 10_000


def test_the_challenge_of_four_weak_hints(open_lab):
    lab = open_lab()
    lab.slide("Upper left", 1)
    lab.slide("Upper right", 1)
    assert lab.solved() == []
    expect(lab.root.locator(".cl-challenge").first).to_contain_text("Now: 87.2% sure; the largest input is 1.")
    lab.slide("Lower left", 1)
    lab.expect_status("Challenge solved! Four weak hints together")
    assert len(lab.solved()) == 1


# Edges out of photographs.


def test_filters_are_learned_while_one_watches(open_lab):
    lab = open_lab(tab="edges")
    expect(lab.button("Learn")).to_have_attribute("aria-disabled", "true")
    expect(lab.button("Learn")).to_have_accessible_description("Get the photographs first, or take your own.")
    lab.get_photographs()
    lab.learn_a_little()
    at = lab.step_at()
    assert 100 <= at < 1500
    expect(lab.account).to_contain_text(
        f"Stopped at step {at}, from the ten photographs, 3 in 1,000 (0.3%) of the units shall be on, sigma 0.2"
    )
    drawn = lab.filters.first.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
    lab.press("Go on")
    expect(lab.button("Stop")).to_be_focused()
    expect(lab.account).to_contain_text(re.compile(rf"Step (?!{at} )[\d,]+ of 1,500"), timeout=WORK)
    lab.press("Stop")
    expect(lab.button("Go on")).to_be_visible(timeout=WORK)
    assert lab.step_at() > at
    assert lab.filters.first.locator("canvas").evaluate("(canvas) => canvas.toDataURL()") != drawn
    assert f"{lab.edges()} of 16 count as edges" in lab.account.inner_text()
    lab.press("Reset")
    expect(lab.account).to_have_text(NOTHING)
    lab.press("Undo")
    expect(lab.account).to_contain_text("Stopped at step")


@pytest.mark.sweep
def test_most_filters_become_edges_and_none_with_a_loose_pixel(open_lab):
    lab = open_lab(tab="edges")
    lab.get_photographs()
    lab.press("Learn")
    lab.expect_status("It learns from the ten photographs")
    for step in ("500", "1,000"):
        expect(lab.root.get_by_role("status")).to_contain_text(f"Step {step} of 1,500", timeout=WORK)
    expect(lab.button("Learn anew")).to_be_visible(timeout=WORK)
    expect(lab.account).to_contain_text("Learned in")
    assert lab.edges() >= 9
    lab.expect_status(f"{lab.edges()} of 16 count as edges")
    curve = lab.root.locator(".cl-curve").get_attribute("aria-label")
    assert curve.endswith(f"Now {lab.edges()} of 16 count as edges.")
    assert curve.count(",") == 16
    assert lab.solved() == []
    lab.menu(SIGMA).select_option("1")
    lab.press("Learn anew")
    expect(lab.button("Learn anew")).to_be_visible(timeout=WORK)
    assert lab.edges() == 0
    lab.expect_status("Challenge solved! Edges are no matter of course.")
    assert len(lab.solved()) == 1
    assert lab.root.locator(".cl-belief-filter", has_text="faded").count() == 16


@pytest.mark.sweep
@pytest.mark.parametrize("state", [{"source": "gravel", "sigma": "1"}, {"target": "0.03"}])
def test_other_photographs_and_features_that_are_no_edges_are_no_merit(open_lab, state):
    lab = open_lab(tab="edges", **state)
    lab.get_photographs()
    lab.learn_to_the_end()
    lab.expect_status("Learned in")
    assert lab.solved() == []


def test_where_a_page_may_make_no_worker_it_learns_in_the_page(open_lab):
    lab = open_lab(page={"init_script": "window.Worker = undefined;"}, tab="edges")
    lab.get_photographs()
    lab.learn_a_little()
    assert lab.step_at() >= 100


def test_a_filter_is_chosen_and_found_in_the_photograph(open_lab):
    lab = open_lab(tab="edges", source="coffee")
    lab.get_photographs()
    figures = lab.root.locator(".cl-belief-found figure")
    expect(figures.nth(0)).to_have_text("Coffee, whitened")
    expect(figures.nth(1)).to_be_hidden()
    lab.learn_a_little()
    lab.filters.nth(4).click()
    lab.expect_status("Feature 5 is looked at.")
    expect(lab.filters.nth(4)).to_have_attribute("aria-pressed", "true")
    expect(figures.nth(1)).to_have_text("Feature 5 is on")
    words = figures.nth(1).locator("canvas").get_attribute("aria-label")
    assert re.match(r"Feature 5 in Coffee: of [\d,]+ pooled units, [\d,]+ are more likely on than off\.", words)


def test_a_photograph_of_ones_own_needs_no_other(open_lab):
    lab = open_lab()
    lab.hand_over(file_of(picture_of("cat")))
    lab.expect_status("holiday.png is here: 256 x 170 pixels")
    assert [lab.trait("tab"), lab.trait("source")] == ["edges", "own"]
    expect(lab.button(GET_PHOTOGRAPHS)).to_be_hidden()
    lab.learn_a_little()
    expect(lab.account).to_contain_text("from your own photograph")
    lab.press("Back to the book’s")
    assert lab.trait("source") == "all"
    expect(lab.button(GET_PHOTOGRAPHS)).to_be_visible()


def test_what_is_no_picture_is_refused_and_a_small_one_teaches_nothing(open_lab):
    lab = open_lab(tab="edges")
    lab.hand_over(b"hello", "notes.txt")
    lab.expect_status("is not a picture that this page can read", "The photograph stays as it was.")
    for size in ((20, 12), (36, 60), (256, 3)):
        lab.hand_over(file_of(Image.new("L", size, 99)))
        lab.expect_status("is here")
        expect(lab.button("Learn")).to_have_accessible_description(
            f"This photograph is too small to learn from: here it is {size[0]} x {size[1]} pixels, "
            "and it takes 37 a side."
        )
        lab.expect_status("is here", "too small to learn from")
        lab.button("Learn").click(force=True)
        expect(lab.notice).to_contain_text("too small to learn from")
        lab.expect_status("This photograph is too small")
        expect(lab.account).to_have_text(NOTHING)


def test_a_long_thin_photograph_is_too_small_once_it_is_shrunk(open_lab):
    lab = open_lab(tab="edges")
    lab.hand_over(file_of(Image.new("L", (3000, 40), 99)))
    lab.expect_status("shrunk to 256 x 3", "too small to learn from: here it is 256 x 3 pixels")


def test_learn_says_why_it_does_not_yet(open_lab):
    lab = open_lab(tab="edges")
    expect(lab.notice).to_have_text("Get the photographs first, or take your own.")
    lab.button("Learn").click(force=True)
    lab.expect_status("Get the photographs first, or take your own.")
    expect(lab.root.get_by_role("status")).to_have_class(re.compile("is-refused"))
    lab.get_photographs()
    expect(lab.notice).to_have_text("")


def test_a_learning_keeps_to_what_it_began_with_and_says_so(open_lab):
    lab = open_lab(tab="edges", source="coffee")
    lab.get_photographs()
    lab.press("Learn")
    lab.expect_status("It learns from the photograph “coffee” alone, 3 in 1,000 (0.3%)")
    lab.menu(SIGMA).select_option("1")
    lab.menu("Photographs").select_option("gravel")
    lab.expect_status("This learning keeps to what it began with.")
    expect(lab.notice).to_contain_text("This learning keeps to what it began with.")
    expect(lab.account).to_contain_text(re.compile(r"Step \d\d\d "), timeout=WORK)
    lab.press("Stop")
    expect(lab.button("Go on")).to_be_visible(timeout=WORK)
    expect(lab.notice).to_contain_text("“Go on” keeps to what the learning began with")
    expect(lab.account).to_contain_text("“coffee” alone, 3 in 1,000 (0.3%) of the units shall be on, sigma 0.2")
    expect(lab.root.locator(".cl-belief-found figure").first).to_have_text("Coffee, whitened")
    lab.press("Go on")
    lab.expect_status("as it began: from the photograph “coffee” alone")
    lab.press("Stop")
    expect(lab.button("Go on")).to_be_visible(timeout=WORK)
    lab.menu(SIGMA).select_option("0.2")
    lab.menu("Photographs").select_option("coffee")
    expect(lab.notice).to_have_text("")
    lab.menu("Photographs").select_option("gravel")
    lab.press("Learn anew")
    expect(lab.root.locator(".cl-belief-found figure").first).to_have_text("Gravel, whitened")
    lab.press("Stop")


def test_it_shows_a_piece_and_its_own_drawing_of_it(open_lab):
    lab = open_lab(tab="edges")
    assert lab.root.locator(".cl-belief-redrawn").is_hidden()
    noise = lab.filters.first.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
    assert noise != lab.filters.last.locator("canvas").evaluate("(canvas) => canvas.toDataURL()"), "it starts as noise"
    lab.get_photographs()
    lab.learn_a_little()
    for title, words in (("Shown", "a piece of 19 by 19 pixels"), ("Its drawing", "the machine's own, by")):
        picture = lab.root.get_by_role("img", name=re.compile(f"^{title}: {words}"))
        expect(picture).to_be_visible()
    expect(lab.root.get_by_role("img", name=re.compile(r"^Units that are on: \d"))).to_be_visible()


def test_pictures_are_in_the_tree_that_ears_walk(open_lab):
    lab = open_lab(tab="fill")
    lab.get_machines()
    lab.press("Edges out of photographs")
    lab.get_photographs()
    names = lab.heard("image")
    assert "Astronaut, whitened: grey where nothing changes, dark and bright along edges." in names
    lab.press("Fill in")
    assert {"Imagined: not begun. The right half is hidden.", "What was there. Not shown yet."} <= set(
        lab.heard("image")
    )


@pytest.mark.parametrize(
    ("tab", "first", "last"), [("edges", "Feature 1", "Feature 16"), ("fill", "Digit 1: a 0", "Empty sheet")]
)
def test_features_and_digits_are_one_stop_of_tab_each(open_lab, tab, first, last):
    lab = open_lab(tab=tab)
    if tab == "fill":
        lab.get_machines()
    bar = lab.root.get_by_role("toolbar", name=re.compile("^(Features|Digits)"))
    assert bar.locator("button[tabindex='0']").count() == 1
    lab.root.get_by_role("button", name=first, exact=True).focus()
    for key, name in (
        ("End", last),
        ("ArrowRight", last),
        ("ArrowLeft", {"Feature 16": "Feature 15"}.get(last, "Digit 12: a 9")),
        ("Home", first),
        ("ArrowUp", first),
    ):
        lab.page.keyboard.press(key)
        expect(lab.root.get_by_role("button", name=name, exact=True)).to_be_focused()
    lab.page.keyboard.press("ArrowDown")
    at = lab.page.evaluate("document.activeElement.ariaLabel")
    assert at.startswith("Feature 5" if tab == "edges" else "Digit 2")
    lab.page.keyboard.press("Enter")
    expect(lab.root.get_by_role("button", name=at, exact=True)).to_have_attribute("aria-pressed", "true")
    lab.page.keyboard.press("Tab")
    assert not bar.evaluate("(bar) => bar.contains(document.activeElement)")


def test_a_flat_photograph_teaches_no_edge(open_lab):
    lab = open_lab(tab="edges")
    lab.hand_over(file_of(Image.new("L", (60, 50), 99)))
    lab.expect_status("is here")
    lab.learn_a_little()
    assert lab.edges() == 0


# Half a digit.


@pytest.mark.parametrize("machine", ["persistent", "CD-1", "convolutional"])
def test_the_page_imagines_what_python_does(open_lab, machine):
    lab = open_lab(tab="fill", machine=machine, half="bottom")
    lab.get_machines()
    for _ in range(3):
        lab.press("Step")
    half = BeliefLab(machine=machine, half="bottom", sweep=3)
    expect(lab.account).to_contain_text(f"After 3 sweeps, the hidden pixels are off by {half.error:.3f}")
    dark, _ = lab.picture("Imagined, sweep 3")
    # From paper to ink, as kit/paint.js mixes them.
    wanted = 1 - (246 + (34 - 246) * half.imagined) / 255
    assert np.abs(np.reshape(dark, (28, 28)) - wanted).max() < 0.003


def test_a_hidden_half_is_seen_nowhere_until_it_is_asked_for(open_lab):
    lab = open_lab(tab="fill")
    lab.get_machines()
    hidden = ~BeliefLab().known
    for title in ("Imagined: not begun", "What was there"):
        assert np.reshape(lab.picture(title)[1], (28, 28)).tolist() == hidden.tolist()
    numbers = lab.root.get_by_role("grid").get_by_role("gridcell")
    expect(numbers.nth(27)).to_have_attribute("aria-label", "row 1, column 28, not shown yet")
    lab.press("Show what was there")
    assert not np.any(lab.picture("What was there")[1])
    lab.expect_status("What was there: 110 pixels of ink")
    lab.press("Digit 4: a 3")
    assert np.any(lab.picture("What was there")[1])
    assert lab.trait("picture") == dict(digits())[3].tolist()
    lab.menu("Hidden").select_option("the upper half")
    assert np.reshape(lab.picture("What was there")[1], (28, 28)).tolist() == (~BeliefLab(half="top").known).tolist()


def test_one_draws_into_the_known_half_alone(open_lab):
    lab = open_lab(tab="fill", sweep=2)
    lab.get_machines()
    before = np.array(lab.trait("picture"))
    lab.drag("The known half", (3, 5), (3, 13))
    drawn = np.array(lab.trait("picture"))
    assert set(np.unique(drawn)) == {0, 1}
    assert drawn[2:5, 5:14].all(), "the pen is thick"
    np.testing.assert_array_equal(drawn[:, 14:], before[:, 14:])
    assert lab.trait("sweep") == 0
    lab.press("Undo")
    np.testing.assert_array_equal(lab.trait("picture"), before)
    lab.menu("Pen").select_option("thin")
    lab.cell("The known half", 3, 5).click()
    assert np.sum(lab.trait("picture")) == before.sum() + 1
    lab.cell("The known half", 3, 5).press("Space")
    np.testing.assert_array_equal(lab.trait("picture"), before)
    lab.cell("The known half", 3, 20).click()
    lab.expect_status("This half is hidden")
    assert lab.trait("picture")[3][20] == 0
    lab.press("Empty sheet")
    assert np.sum(lab.trait("picture")) == 0
    lab.expect_status("The sheet is empty.")
    lab.press("Step")
    expect(lab.account).to_have_text(
        "After 1 sweep. On a sheet of your own, nobody knows what the other half should be."
    )


def test_of_a_sheet_of_ones_own_nobody_knows_the_other_half(open_lab):
    lab = open_lab(tab="fill", truth=True)
    lab.get_machines()
    truth = lab.root.locator(".cl-belief-figure", has_text="What was there")
    expect(truth).to_be_visible()
    lab.menu("Pen").select_option("thin")
    lab.cell("The known half", 3, 5).click()
    lab.expect_status("Row 4, column 6: ink.")
    expect(truth).to_be_hidden()
    expect(lab.button("Show what was there")).to_be_hidden()
    lab.press("Step")
    expect(lab.account).not_to_contain_text("off by")
    lab.cell("The known half", 3, 5).press("Space")
    lab.expect_status("Digit 10: a 7, the right half hidden.")
    expect(lab.button("Show what was there")).to_be_visible()


def test_it_plays_pauses_and_begins_anew(open_lab):
    lab = open_lab(tab="fill")
    lab.get_machines()
    lab.press("Play")
    expect(lab.account).to_contain_text(re.compile(r"After ([4-9]|\d\d) sweeps"), timeout=20_000)
    lab.press("Pause")
    at = lab.trait("sweep")
    before = lab.picture("Imagined")[0]
    lab.press("Back")
    assert lab.trait("sweep") == at - 1
    lab.press("Step")
    assert lab.picture("Imagined")[0] == before
    lab.press("Begin from other noise")
    assert [lab.trait("sweep"), lab.trait("seed")] == [0, 2]
    lab.press("Play")
    lab.press("One block")
    expect(lab.root.locator(".cl-player button", has_text="Pause")).to_have_count(0)


def test_the_challenge_of_half_a_four(open_lab):
    lab = open_lab(tab="fill")
    lab.get_machines()
    lab.press("Digit 7: a 4")
    for _ in range(9):
        lab.press("Step")
    assert lab.solved() == [], "ten sweeps are asked for"
    expect(lab.root.locator(".cl-challenge").last).to_contain_text(re.compile(r"Now: off by \d"))
    lab.press("Step")
    lab.expect_status("Challenge solved! Nobody has told it what a 4 is")
    assert len(lab.solved()) == 1


def test_a_link_to_a_well_imagined_four_is_no_merit(open_lab):
    four = [picture for label, picture in digits() if label == 4][2]
    lab = open_lab(tab="fill", picture=four, sweep=15)
    lab.get_machines()
    expect(lab.root.locator(".cl-challenge").last).to_contain_text("of what paper is")
    assert lab.solved() == []


def test_machines_that_do_not_come_can_be_asked_for_again(open_lab):
    lab = open_lab(tab="fill")
    lab.page.evaluate(
        """() => {
          window.kept = document.querySelector("#lab-belief").model.page.files.imagines;
          document.querySelector("#lab-belief").model.page.files.imagines = [];
        }"""
    )
    lab.press("Get the machines")
    lab.expect_status("The machines did not come")
    lab.page.evaluate("() => { document.querySelector('#lab-belief').model.page.files.imagines = window.kept; }")
    lab.press("Try again")
    lab.expect_status("Machines are here.")


# All views.


def test_every_view_can_be_read(open_lab, known):
    lab = open_lab(page={"viewport": {"width": 320, "height": 800}}, drawn=100)
    for tab in TABS:
        lab.root.locator(".cl-tabs button").nth(TABS.index(tab)).click()
        if tab == "edges":
            lab.get_photographs()
            lab.learn_a_little()
        if tab == "fill":
            lab.get_machines()
            lab.press("Step")
        for scheme in ("light", "dark"):
            lab.page.emulate_media(color_scheme=scheme)
            expect(lab.root).to_have_attribute("data-theme", scheme)
            assert findings(lab.page, known=known) == []
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320
