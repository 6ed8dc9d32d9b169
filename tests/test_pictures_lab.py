"""PicturesLab: its Python half against convnet_core, and its page against its Python half."""

from itertools import combinations

import numpy as np
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from playwright.sync_api import expect

from convnet_core.filtering import match
from convnet_core.labs.pictures.lab import PicturesLab, best_fit
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X, rotate, scale, shift, thicken, thin
from convnet_core.printing import plain
from tests.golden import SLIDES
from tests.labpage import LabOnPage, changed, encoded, opener, printed
from tests.readable import findings

SEEN, NUMBERS, COMPARISON = "What we see", "What the computer gets", "Pixel by pixel"
NO_TRICKS = {"turn": 0, "size": 100, "pen": 0, "shift_down": 0, "shift_right": 0, "noise": 0}
SWAPPED = np.arange(81).reshape(9, 9)[::-1]

# Shows any state without a reload: as when a kernel, or another lab of the page, changes it.
SET_STATE = "([id, state]) => { location.hash = `#${id}=${state}`; }"


open_lab = opener(PicturesLab)


def slide(lab, trick, value):
    lab.root.get_by_role("slider", name=trick, exact=True).fill(str(value))


def cards(lab):
    """What the three cards of the pieces say."""
    return [text.split("\n") for text in lab.root.locator(".cl-thumbnail").all_inner_texts()]


def fit_text(fit):
    where = f"in {len(fit.places)} {'place' if len(fit.places) == 1 else 'places'}"
    return f"fits {where}" if fit.agreeing == 9 else f"{fit.agreeing} of 9 pixels at best, {where}"


def heard(lab, label):
    """What a screen reader hears of each pixel: it is the number, though none is written there."""
    read = "grid => [...grid.children].map(row => [...row.children].map(cell => cell.ariaLabel.split(', ')[2]))"
    return lab.grid(label).evaluate(read)


def spoken(pixel):
    return f"plus {plain(pixel)}" if pixel > 0 else plain(pixel).replace("-", "minus ")


def panel(python):
    """The comparison as the slides print it."""
    return np.where(python.mismatches, "X", printed(python.picture)).tolist()


def expect_page(lab, python):
    """The page shows what Python computes, to the printed text."""
    differ = int(python.mismatches.sum())
    assert lab.numbers(NUMBERS) == printed(python.picture)
    assert heard(lab, SEEN) == [[spoken(pixel) for pixel in line] for line in python.picture]
    assert lab.numbers(COMPARISON) == panel(python)
    expect(lab.root.locator(".cl-pictures-count")).to_have_text(f"{differ} of 81 pixels differ.")
    assert [card[-2] for card in cards(lab)] == [f"yours: {fit_text(fit)}" for fit in python.fits.values()]


# The Python half


def test_the_comparison_of_the_slides():
    lab, wanted = PicturesLab(image=TRICKIER_X), SLIDES["trickier_x"]
    assert panel(lab) == wanted["comparison"]
    assert lab.mismatches.sum() == wanted["mismatches"] == 16
    assert (~lab.mismatches).sum() == wanted["matches"] == 65
    assert "<p>16 of 81 pixels differ, 65 are the same. The same picture? no.</p>" in lab.tables()


@pytest.mark.parametrize(
    ("tricks", "wanted"),
    [
        ({}, X),
        ({"turn": 20}, rotate(X, 20)),
        ({"size": 70}, scale(X, 0.7)),
        ({"pen": 2}, thicken(thicken(X))),
        ({"pen": -1}, thin(X)),
        ({"shift_down": -2, "shift_right": 3}, shift(X, -2, 3)),
        ({"noise": 3, "noise_order": SWAPPED}, changed(X, (8, 0, 1), (8, 1, 1), (8, 2, 1))),
        ({"noise": 2, "noise_order": np.zeros((9, 9))}, changed(X, (0, 0, 1), (0, 1, 1))),
        ({"turn": 30, "size": 120, "pen": 1, "shift_right": 1}, shift(thicken(scale(rotate(X, 30), 1.2)), 0, 1)),
    ],
)
def test_tricks_are_played_in_their_order(tricks, wanted):
    assert np.array_equal(PicturesLab(**tricks).picture, wanted)


def test_tricks_that_are_off_keep_greys():
    greys = np.linspace(-1, 1, 81).reshape(9, 9)
    assert np.array_equal(PicturesLab(image=greys).picture, greys)


def test_where_pieces_fit():
    perfect = [len(fit.places) for fit in PicturesLab().fits.values() if fit.agreeing == 9]
    assert perfect == [4, 1, 4]
    assert [fit.agreeing for fit in PicturesLab(image=TRICKIER_X).fits.values()] == [8, 9, 8]
    fit = best_fit(X, FEATURES["cross"])
    assert fit.places == [(3, 3)]
    assert match(X[3:6, 3:6], FEATURES["cross"]) == 1


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.full((9, 9), 1.5), "image must hold numbers from -1 to 1 only"),
        ("image", np.full((9, 9), np.nan), "image must hold numbers from -1 to 1 only"),
        ("turn", 91, "turn must be a whole number from -90 to 90"),
        ("pen", 0.5, "pen must be a whole number from -1 to 2"),
        ("noise_order", np.full((9, 9), 81), "noise_order must hold numbers from 0 to 80 only"),
        ("standard", "Z", "standard must be one of: X, O"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = PicturesLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


# The page


LISTED = [
    {},
    {"image": TRICKIER_X},
    {"image": O, "turn": 45, "standard": "O"},
    {"size": 150, "shift_down": -4, "shift_right": 4},
    {"pen": 2, "turn": -15, "noise": 20},
    {"pen": -1, "size": 50, "noise": 7, "noise_order": SWAPPED},
    {"image": np.linspace(-1, 1, 81).reshape(9, 9), "shift_down": 2},
]


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize("state", LISTED)
def test_the_page_shows_what_python_computes(open_lab, state):
    expect_page(open_lab(**state), PicturesLab(**state))


STATES = st.fixed_dictionaries(
    {
        "image": st.one_of(
            st.sampled_from([X, O, TRICKIER_X]), arrays(float, (9, 9), elements=st.sampled_from([-1, 1, 0, 0.5]))
        ),
        "turn": st.integers(-90, 90),
        "size": st.integers(50, 150),
        "pen": st.integers(-1, 2),
        "shift_down": st.integers(-4, 4),
        "shift_right": st.integers(-4, 4),
        "noise": st.integers(0, 20),
        "noise_order": arrays(float, (9, 9), elements=st.integers(0, 80) | st.floats(0, 80, width=16)),
        "standard": st.sampled_from(["X", "O"]),
    }
)


@pytest.mark.sweep
def test_the_page_follows_python_through_any_state(open_lab):
    lab = open_lab()

    @settings(max_examples=40)
    @given(state=STATES)
    def follow(state):
        python = PicturesLab(**state)
        lab.page.evaluate(SET_STATE, [lab.id, encoded(python.state())])
        expect(lab.root.locator(".cl-pictures-count")).to_have_text(f"{python.mismatches.sum()} of 81 pixels differ.")
        expect_page(lab, python)

    follow()


def test_one_pixel_to_the_right(open_lab):
    lab = open_lab()
    slide(lab, "Shift right", 1)
    lab.expect_status("Shift right: 0 pixels → 1 pixel.", "Pixels that differ: 0 → 26.")
    verdict = lab.root.locator(".cl-pictures-verdict")
    expect(verdict).to_contain_text("55 are the same: 68%.")
    expect(verdict).to_contain_text("The same picture? No.")
    expect(verdict).to_contain_text("55 - 26 = 29, of 81: 0.35.")
    slide(lab, "Shift right", 0)
    expect(verdict).to_contain_text("The same picture? Yes.")


def by_mouse(lab, label):
    lab.cell(label, 0, 4).click()


def by_touch(lab, label):
    lab.cell(label, 0, 4).tap()


def by_keyboard(lab, label):
    lab.cell(label, 0, 0).focus()
    for key in ["ArrowRight"] * 4 + ["Space"]:
        lab.page.keyboard.press(key)


@pytest.mark.in_turn("paint", 3)
@pytest.mark.parametrize("label", [SEEN, NUMBERS])
@pytest.mark.parametrize("paint", [by_mouse, by_touch, by_keyboard])
def test_painting_either_changes_both(open_lab, paint, label):
    lab = open_lab({"has_touch": True})
    paint(lab, label)
    expect_page(lab, PicturesLab(image=changed(X, (0, 4, 1))))
    lab.expect_status("Picture, row 1, column 5: -1 → 1.", "Pixels that differ: 0 → 1.")


def test_a_grey_can_be_typed(open_lab):
    lab = open_lab()
    lab.cell(NUMBERS, 4, 4).focus()
    lab.page.keyboard.type("0.5")
    expect_page(lab, PicturesLab(image=changed(X, (4, 4, 0.5))))
    lab.root.locator(".cl-number").fill("2")
    lab.root.locator(".cl-number").blur()
    lab.expect_status("a cell takes numbers from -1 to 1")
    assert lab.numbers(NUMBERS)[4][4] == "0.5"


def test_painting_makes_the_tricks_part_of_the_picture_in_one_step(open_lab):
    lab = open_lab(turn=20, noise=5)
    before = PicturesLab(turn=20, noise=5)
    lab.drag(SEEN, (0, 1), (0, 3))
    row = changed(before.picture, *((0, column, -before.picture[0, 1]) for column in (1, 2, 3)))
    expect_page(lab, PicturesLab(image=row))
    assert [slider.input_value() for slider in lab.root.get_by_role("slider").all()] == ["0", "100", "0", "0", "0", "0"]
    lab.press("Undo")
    expect_page(lab, before)
    lab.press("Redo")
    expect_page(lab, PicturesLab(image=row))
    lab.press("Undo")
    lab.cell(NUMBERS, 8, 8).click()
    lab.expect_status("Picture, row 9, column 9: -1 → 1. The tricks are part of your picture now.")


def test_noise_is_dealt_anew(open_lab):
    lab = open_lab(noise=10)
    before = lab.numbers(NUMBERS)
    lab.press("Other noise")
    lab.expect_status("The noise falls on other pixels.", "Pixels that differ: still 10.")
    assert lab.numbers(NUMBERS) != before
    lab.press("Undo")
    assert lab.numbers(NUMBERS) == before


def test_a_surprise_and_its_end(open_lab):
    lab = open_lab({"init_script": "Math.random = () => 0.999;"})
    lab.press("Surprise me")
    lab.expect_status("Several tricks at once.")
    tricks = {"turn": 25, "size": 120, "pen": 1, "shift_down": 2, "shift_right": 2, "noise": 5}
    expect_page(lab, PicturesLab(**tricks))
    lab.press("No tricks")
    lab.expect_status("No tricks any more.")
    expect_page(lab, PicturesLab())
    expect(lab.button("No tricks")).to_have_attribute("aria-disabled", "true")


def frames(lab, label):
    block = lab.grid(label).locator("..")
    read = "all => all.map(f => ['--row', '--column'].map(name => Number(f.style.getPropertyValue(name))))"
    return [tuple(place) for place in block.locator(".cl-frame").evaluate_all(read)]


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_a_piece_is_framed_wherever_it_fits_best(open_lab, how):
    lab = open_lab(image=TRICKIER_X)
    python = PicturesLab(image=TRICKIER_X)
    for number, name in enumerate(FEATURES):
        card = lab.root.locator(".cl-thumbnail").nth(number)
        if how == "mouse":
            card.click()
        else:
            card.focus()
            lab.page.keyboard.press("Enter")
        assert frames(lab, SEEN) == python.fits[name].places
        assert frames(lab, "The standard letter") == best_fit(X, FEATURES[name]).places
        nearly = lab.grid(SEEN).locator("..").locator(".cl-pictures-nearly").count()
        assert nearly == (0 if python.fits[name].agreeing == 9 else len(python.fits[name].places))
        lab.expect_status(f"The {name} in your picture: {fit_text(python.fits[name])}. In the standard X: fits in")
    expect(lab.root).to_contain_text(
        "Of the 3 pieces that fit the standard X perfectly, 1 fits your picture somewhere."
    )
    lab.root.locator(".cl-thumbnail").nth(2).click()
    assert frames(lab, SEEN) == []
    lab.menu("Compare it with").select_option("O")
    expect(lab.root).to_contain_text("Of the 2 pieces that fit the standard O perfectly, 0 fit your picture somewhere.")


@pytest.mark.parametrize("how", ["hover", "focus", "tap"])
def test_a_pixel_lights_up_in_every_grid(open_lab, how):
    lab = open_lab({"has_touch": True})
    getattr(lab.cell(COMPARISON, 3, 5), how)()
    for label in (SEEN, NUMBERS, "The standard letter", COMPARISON):
        (twin,) = lab.grid(label).locator(".is-twin").all()
        assert (twin.get_attribute("data-row"), twin.get_attribute("data-column")) == ("3", "5")


def test_what_a_screen_reader_hears_of_a_pixel(open_lab):
    lab = open_lab(image=TRICKIER_X)
    expect(lab.cell(SEEN, 1, 1)).to_have_attribute("aria-label", "row 2, column 2, minus 1")
    heard = "row 2, column 2, X, yours minus 1, standard plus 1"
    expect(lab.cell(COMPARISON, 1, 1)).to_have_attribute("aria-label", heard)
    expect(lab.cell(COMPARISON, 0, 0)).to_have_attribute("aria-label", "row 1, column 1, minus 1, the same in both")
    # The pixels stay as they are; what stands beside them changes.
    lab.menu("Compare it with").select_option("O")
    for row, column in np.argwhere(TRICKIER_X != O).tolist():
        label = lab.cell(COMPARISON, row, column).get_attribute("aria-label")
        assert label.endswith(f"yours {spoken(TRICKIER_X[row, column])}, standard {spoken(O[row, column])}")


# The challenges


def paint(lab, cells):
    for row, column in cells:
        lab.cell(SEEN, row, column).click()


def test_an_x_that_is_further_off_than_an_o(open_lab):
    lab = open_lab()
    slide(lab, "Shift down", 1)  # differs in 26 pixels, and the pieces fit as often, but elsewhere
    assert lab.solved() == []
    slide(lab, "Shift down", 0)
    lab.drag(SEEN, *((0, column) for column in range(9)))
    lab.drag(SEEN, *((8, column) for column in range(9)))
    paint(lab, [(row, 0) for row in (2, 3, 4)])
    assert lab.solved() == []  # 21, as the O has
    expect(lab.root.locator(".cl-challenge").first).to_contain_text("Now: 21 differ, the O has 21; 3 of 3 pieces fit")
    paint(lab, [(5, 0)])
    lab.expect_status("Challenge solved!", "The pieces do not mind")
    assert len(lab.solved()) == 1
    lab.page.reload()
    assert len(lab.solved()) == 1


def test_no_x_and_yet_nearer_than_the_trickier_x(open_lab):
    lab = open_lab()
    for picture in ("blank", "O", "trickier X", "blank"):
        lab.menu("Choose a picture").select_option(picture)
    assert lab.solved() == [], "a menu must not solve a challenge"
    paint(lab, [(0, 0), (0, 1)])
    assert lab.solved() == []
    paint(lab, [(1, 1)])
    lab.expect_status("Challenge solved!", "A literal comparison likes your picture better")


def test_three_pixels_of_ink_with_a_piece_are_still_an_x_to_the_challenge(open_lab):
    lab = open_lab(image=BLANK)
    paint(lab, [(2, 2), (3, 3), (4, 4)])
    assert lab.solved() == []


def test_four_flips_are_enough_and_the_fewest_after_which_no_piece_fits(open_lab):
    lab = open_lab()
    slide(lab, "Turn", 45)  # no piece fits, but that took a trick
    assert lab.solved() == []
    lab.press("Reset")
    flips = [(2, 2), (5, 5), (2, 5), (5, 2)]
    windows = [place for piece in FEATURES.values() for place in best_fit(X, piece).places]
    assert len(windows) == 9
    # No three pixels lie in all nine windows between them.
    cells = [{(r, c) for r, c in windows if 0 <= y - r < 3 and 0 <= x - c < 3} for y, x in np.ndindex(9, 9)]
    assert max(len(set.union(*three)) for three in combinations(cells, 3)) < 9
    paint(lab, flips[:3])
    assert lab.solved() == []
    paint(lab, flips[3:])
    lab.expect_status("Challenge solved!", "Four specks of dirt")
    lab.press("Forget what is solved")
    paint(lab, [(0, 0)])  # five
    paint(lab, [(0, 1)])
    assert lab.solved() == []


def test_a_solution_that_a_link_brings_is_no_merit(open_labs):
    fragment = f"#lab-pictures={encoded({'shift_down': 1})}"
    lab = LabOnPage(open_labs(PicturesLab(), fragment=fragment), "pictures")
    lab.expect_status("This is the state that the link describes.")
    assert lab.solved() == []


# Everyone


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 900])
def test_axe_finds_nothing_and_nothing_sticks_out(open_lab, scheme, width):
    page = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    lab = open_lab(page, image=TRICKIER_X, piece="slash", noise=2)
    assert findings(lab.page) == []
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
