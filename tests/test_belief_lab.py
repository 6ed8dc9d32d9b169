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
from tests.beliefpage import GET_PHOTOGRAPHS, WORK, BeliefOnPage
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
    expect(lab.account).to_contain_text(f"Stopped at step {at}, from the ten photographs, with a target of 0.3%")
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
    expect(lab.account).to_have_text("Nothing is learned yet. Filters start as noise.")
    lab.press("Undo")
    expect(lab.account).to_contain_text("Stopped at step")


@pytest.mark.sweep
def test_most_filters_become_edges_and_none_with_a_loose_pixel(open_lab):
    lab = open_lab(tab="edges")
    lab.get_photographs()
    lab.learn_to_the_end()
    expect(lab.account).to_contain_text("Learned in")
    assert lab.edges() >= 9
    lab.expect_status(f"{lab.edges()} of 16 count as edges")
    curve = lab.root.locator(".cl-curve").get_attribute("aria-label")
    assert curve.endswith(f"Now {lab.edges()} of 16 count as edges.")
    assert curve.count(",") == 16
    assert lab.solved() == []
    lab.menu("Deviation of a pixel").select_option("1")
    lab.press("Learn anew")
    expect(lab.button("Learn anew")).to_be_visible(timeout=WORK)
    assert lab.edges() == 0
    lab.expect_status("Challenge solved!")
    assert len(lab.solved()) == 1


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
    lab.expect_status("Filter 5 is looked at.")
    expect(lab.filters.nth(4)).to_have_attribute("aria-pressed", "true")
    expect(figures.nth(1)).to_have_text("Filter 5 is on")
    words = figures.nth(1).locator("canvas").get_attribute("aria-label")
    assert re.match(r"Filter 5 in Coffee: of [\d,]+ pooled units, [\d,]+ are more likely on than off\.", words)


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
    for size in ((20, 12), (36, 60)):
        lab.hand_over(file_of(Image.new("L", size, 99)))
        lab.expect_status("is here")
        expect(lab.button("Learn")).to_have_accessible_description(
            "This photograph is too small: it takes 37 pixels a side."
        )
        lab.button("Learn").click(force=True)
        expect(lab.account).to_have_text("Nothing is learned yet. Filters start as noise.")


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
    for title in ("Imagined, sweep 0", "What was there"):
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
    lab.press("Step")
    expect(lab.account).to_contain_text("Plain paper would be off by 0.000.")


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
