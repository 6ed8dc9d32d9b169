"""VotingLab: its Python half against convnet_core and the golden numbers, and its page against its Python half."""

import json
import re
from itertools import combinations

import numpy as np
import pytest
import traitlets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

import tools.stored
from convnet_core.labs.voting.lab import HIDDEN, VotingLab
from convnet_core.pictures import FEATURES, O, X, flip_pixels
from convnet_core.printing import plain, truncated
from tests.golden import LECTURE, SLIDES
from tests.labpage import changed, encoded, opener, printed
from tests.readable import findings_in_every_look
from tools import voting_weights

NAMES = ("Backslash", "Cross", "Slash")
SAMPLES = VotingLab.presets["image"]


open_lab = opener(VotingLab)


@pytest.fixture
def lab(open_lab):
    return open_lab()


def as_text(values):
    """Values as the lab prints them: cut after two decimals, and what is nothing at all a plain 0."""
    return [["0" if value == 0 else truncated(value) for value in row] for row in values]


def expect_net(lab, python):
    """The page shows exactly what Python computes."""
    assert lab.numbers("Image") == printed(python.image)
    weights = python.hidden_weights[python.unit - 1] if python.hidden else python.weights["XO".index(python.shown)]
    for number, name in enumerate(NAMES):
        assert lab.numbers(f"{name} pooled") == as_text(python.pooled[number])
        assert lab.numbers(f"{name} weights") == printed(weights.reshape(3, 4, 4)[number])
    assert lab.numbers("The list") == as_text(python.values[:, np.newaxis])
    assert lab.numbers("Biases of X and O") == printed([python.out_bias if python.hidden else python.bias])
    shares = [f"{share:.1%}" for share in python.probabilities]
    rows = lab.root.locator(".cl-voting-table tr").evaluate_all(
        "rows => rows.slice(1).map(row => [...row.querySelectorAll('.cl-voting-number')].map(n => n.textContent))"
    )
    assert rows == [[truncated(vote), share] for vote, share in zip(python.votes, shares, strict=True)]
    nodes = [*(python.hidden_values if python.hidden else []), *python.votes]
    assert sorted(lab.root.locator(".cl-voting-node:visible .cl-voting-number").all_inner_texts()) == sorted(
        map(truncated, nodes)
    )
    expect(lab.root.locator(".cl-voting-answer")).to_contain_text(f"It says {python.answer}.")


def follow(lab, state):
    """Puts a state into the open page as a link does."""
    lab.page.evaluate("text => (location.hash = `lab-voting=${text}`)", encoded(state))
    lab.page.wait_for_function("location.hash === '#lab-voting'")


def account(lab):
    return lab.root.locator(".cl-voting-account")


# The Python half


def test_the_list_is_the_pooled_maps_of_the_slides_read_row_by_row():
    ninths = [n for name in FEATURES for row in SLIDES["pooled_maps"][name]["numerators_over_9"] for n in row]
    assert np.allclose(VotingLab().values * 9, ninths, rtol=0, atol=1e-12)
    lecture = LECTURE["flatten"]
    assert np.ravel(lecture["input"]).tolist() == [1, 1, 0, 4, 2, 1, 0, 2, 1]


def test_the_votes_and_the_probabilities():
    lab = VotingLab(image=O)
    by_hand = [
        sum(w * v for w, v in zip(line, lab.values, strict=True)) + start
        for line, start in zip(lab.weights, lab.bias, strict=True)
    ]
    assert np.allclose(lab.votes, by_hand, rtol=0, atol=1e-12)
    assert [truncated(vote) for vote in lab.votes] == ["-0.20", "1.20"]
    powers = np.exp(lab.votes)
    assert np.allclose(lab.probabilities, powers / powers.sum(), rtol=0, atol=1e-12)
    assert lab.answer == "O"


def test_the_hidden_units_come_in_between():
    lab = VotingLab(hidden=True, image=O)
    sums = lab.hidden_weights @ lab.values + lab.hidden_bias
    assert np.allclose(lab.hidden_values, np.where(sums > 0, sums, 0), rtol=0, atol=1e-12)
    assert np.allclose(lab.votes, lab.out_weights @ lab.hidden_values + lab.out_bias, rtol=0, atol=1e-12)


@pytest.mark.parametrize("hidden", [False, True])
def test_every_sample_letter_is_called_by_its_name(hidden):
    for name, image in SAMPLES.items():
        if name != "blank":
            assert VotingLab(image=image, hidden=hidden).answer == name[-1], name


@pytest.mark.sweep
def test_the_committed_weights_are_those_that_the_tool_trains_and_pass_the_test_set(tmp_path, monkeypatch):
    monkeypatch.setattr(tools.stored, "LABS", tmp_path)
    (tmp_path / "voting").mkdir()
    voting_weights.main()
    written = json.loads((tmp_path / "voting" / "weights.json").read_text())
    assert written.keys() == HIDDEN.keys()
    for name, values in HIDDEN.items():
        assert np.allclose(written[name], values, rtol=0, atol=0.011)  # a last digit may round the other way
    (images, labels), _ = voting_weights.letters()
    lab = VotingLab()
    units = np.maximum(0, voting_weights.values_of(images) @ lab.hidden_weights.T + lab.hidden_bias)
    answers = (units @ lab.out_weights.T + lab.out_bias).argmax(axis=1)
    assert (answers == labels).mean() >= 0.95


def test_the_tables_leave_the_weights_that_are_shown_and_the_verdict():
    html = VotingLab(shown="O").tables()
    assert html.count("<table") == 7
    assert "Weights of slash for O" in html
    assert "Votes: X 1.05 (75.3%), O -0.05 (24.7%). It says X." in html
    html = VotingLab(hidden=True, unit=3).tables()
    assert html.count("<table") == 9
    assert "Weights of slash for unit 3" in html


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.ones((7, 7)), "image has the wrong shape"),
        ("weights", np.ones((48, 2)), "weights has the wrong shape"),
        ("hidden_weights", np.full((3, 48), 10), "hidden_weights must hold numbers from -9 to 9 only"),
        ("out_weights", np.ones((3, 2)), "out_weights has the wrong shape"),
        ("hidden", 1, "hidden must be true or false"),
        ("unit", 4, "unit must be a whole number from 1 to 3"),
        ("shown", "x", "shown must be one of"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = VotingLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


# The page


@pytest.mark.sweep
def test_every_sample_on_the_page(lab):
    for hidden in (False, True):
        lab.root.get_by_label("Hidden units between").set_checked(hidden)
        for name, image in SAMPLES.items():
            lab.menu("Picture").select_option(name)
            expect_net(lab, VotingLab(image=image, hidden=hidden))


HUNDREDTHS = st.integers(-900, 900).map(lambda n: n / 100)
# Sums of pixels are exact, in whatever order: what is 0 is 0 on both sides, and is printed as such.
EIGHTHS = st.integers(-72, 72).map(lambda n: n / 8)


def arrays(*shape, numbers=HUNDREDTHS):
    size = int(np.prod(shape))
    return st.lists(numbers, min_size=size, max_size=size).map(lambda flat: np.reshape(flat, shape).tolist())


STATES = st.fixed_dictionaries(
    {"image": arrays(9, 9, numbers=st.sampled_from([-1, 1]) | EIGHTHS), "hidden": st.booleans()},
    optional={
        "weights": arrays(2, 48),
        "bias": arrays(2),
        "shown": st.sampled_from("XO"),
        "hidden_weights": arrays(3, 48),
        "hidden_bias": arrays(3),
        "out_weights": arrays(2, 3),
        "out_bias": arrays(2),
        "unit": st.integers(1, 3),
    },
)


@pytest.mark.sweep
def test_any_state_on_the_page(lab):
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(state=STATES)
    def show(state):
        follow(lab, state)
        expect_net(lab, VotingLab(**state))

    show()


@pytest.mark.in_turn("how", 3)
@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_a_flipped_pixel_moves_the_verdict(open_lab, how):
    lab = open_lab({"has_touch": how == "touch"})
    cell = lab.cell("Image", 5, 5)
    if how == "keyboard":
        cell.press("Space")
    else:
        (cell.click if how == "mouse" else cell.tap)()
    after = VotingLab(image=flip_pixels(X, [50]))
    expect_net(lab, after)
    lab.expect_status("Image, row 6, column 6: 1 → -1. X 1.05 →", "Now it says O.")
    lab.press("Undo")
    expect_net(lab, VotingLab())


# Weights.


@pytest.mark.in_turn("how", 3)
@pytest.mark.parametrize("how", ["hover", "focus", "tap"])
def test_pointing_at_a_value_shows_its_two_votes(open_lab, how):
    lab = open_lab({"has_touch": True})
    for label, row, column in [("The list", 22, 0), ("Cross pooled", 1, 2), ("Cross weights", 1, 2)]:
        getattr(lab.cell(label, row, column), how)()
        expect(account(lab)).to_have_text(
            "Value 23, cross row 2, column 3: 0.55 × 0.4 = 0.22 for X, 0.55 × -0.4 = -0.22 for O."
        )
        assert pointed(lab) == [22.5, 22.5]
        for other in ("The list", "Cross pooled", "Cross weights"):
            assert lab.grid(other).locator(".is-chosen").count() == 1
        assert lab.grid("Slash pooled").locator(".is-chosen").count() == 0
    lab.cell("Image", 0, 0).hover()
    lab.cell("Image", 0, 0).focus()
    assert pointed(lab) == []


def pointed(lab):
    """Where the lines start that stand out."""
    lines = lab.root.locator(".cl-voting-lines g:not([hidden]) .is-pointed")
    return lines.evaluate_all("lines => lines.map(line => Number(line.getAttribute('y1')))")


def test_a_line_is_as_thick_as_its_weight_and_has_the_side_that_it_helps(lab):
    lines = (
        lab.root.locator(".cl-voting-lines g")
        .first.locator("line")
        .evaluate_all(
            "lines => lines.map(line => [line.dataset.side, Number(line.dataset.sign),"
            " Number.parseFloat(line.style.getPropertyValue('--thickness'))])"
        )
    )
    weights = VotingLab().weights
    for (side, sign, thickness), (letter, k) in zip(lines, np.ndindex(weights.shape), strict=True):
        weight = weights[letter, k]
        assert sign == np.sign(weight)
        assert side == ("XO" if weight >= 0 else "OX")[letter]
        assert thickness == pytest.approx(0 if weight == 0 else max(9 * abs(weight) / 0.7, 0.4), abs=0.006)


def test_a_weight_edited_in_its_box_moves_the_verdict(lab):
    lab.cell("The list", 21, 0).click()
    box = lab.root.get_by_label("Weight for X")
    box.fill("-2")
    weights = changed(VotingLab().weights, (0, 21, -2))
    expect_net(lab, VotingLab(weights=weights))
    lab.expect_status("Weight of value 22, cross row 2, column 2 for X: 0.57 → -2. X 1.05 → -1.51", "Now it says O.")
    expect(lab.menu("Weights")).to_have_value("own")
    box.blur()
    box.fill("ten")
    box.blur()
    lab.expect_status("Type a number")
    expect_net(lab, VotingLab(weights=weights))
    lab.press("Undo")
    expect_net(lab, VotingLab())


def test_a_weight_edited_in_its_grid(lab):
    lab.root.get_by_role("button", name="Vote for O").click()
    lab.expect_status("The grids now hold the weights for O.")
    lab.cell("Slash weights", 2, 2).click()  # chooses it, and flips nothing
    expect_net(lab, VotingLab(shown="O"))
    lab.page.keyboard.type("-1.5")
    weights = changed(VotingLab().weights, (1, 42, -1.5))
    expect_net(lab, VotingLab(shown="O", weights=weights))
    lab.expect_status("Weight of value 43, slash row 3, column 3 for O: 0.54 → -1.5.")
    lab.menu("Weights").select_option("all 0")
    lab.expect_status("weights changed. X 1.05 → 0.39,", "Now it says O.")
    expect_net(lab, VotingLab(shown="O", weights=np.zeros((2, 48))))


def test_a_bias_is_edited_in_its_grid_and_in_its_box(lab):
    lab.cell("Biases of X and O", 0, 1).press("2")
    expect_net(lab, VotingLab(bias=[VotingLab().bias[0], 2]))
    lab.expect_status("Bias of O: 0.61 → 2.", "Now it says O.")
    lab.root.get_by_label("Biases of X and O, bias of O").fill("0.1")
    expect_net(lab, VotingLab(bias=[VotingLab().bias[0], 0.1]))


def test_letters_tell_what_their_vote_is_made_of(lab):
    python = VotingLab()
    sums = (python.weights * python.values).reshape(2, 3, 16).sum(axis=2)
    for letter, name in enumerate("XO"):
        lab.root.get_by_role("button", name=f"Vote for {name}").hover()
        backslash, cross, slash = map(truncated, sums[letter])
        expect(account(lab)).to_have_text(
            f"The vote for {name} begins with {plain(python.bias[letter])}, its bias. The 48 votes add backslash "
            f"{backslash}, cross {cross}, slash {slash}. That makes {truncated(python.votes[letter])}."
        )
        assert len(pointed(lab)) == 48


# Hidden units.


def test_hidden_units_have_weights_values_and_sentences(lab):
    lab.root.get_by_label("Hidden units between").check()
    lab.expect_status("Three hidden units now come in between. X 1.05 → 5.71, O -0.05 → -6.19. Still X.")
    python = VotingLab(hidden=True, unit=2)
    lab.root.get_by_role("button", name="Unit 2").click()
    expect_net(lab, python)
    expect(account(lab)).to_contain_text(f"With its bias -0.25: {truncated(python.hidden_values[1])}.")
    lab.root.get_by_role("button", name="Unit 1").hover()
    expect(account(lab)).to_contain_text("Below zero: ReLU makes it 0.")
    lab.cell("Cross weights", 1, 1).press("3")
    lab.expect_status("Weight of value 22, cross row 2, column 2 for unit 2:", "→ 3.")
    expect_net(lab, VotingLab(hidden=True, unit=2, hidden_weights=changed(HIDDEN["hidden_weights"], (1, 21, 3))))
    lab.press("Undo")
    lab.cell("Biases of the units", 0, 2).press("4")
    lab.cell("Weights of the units, for X above, for O below", 1, 2).press("2")
    lab.expect_status("Weight of unit 3 for O: 1.1 → 2.")
    out = changed(HIDDEN["out_weights"], (1, 2, 2))
    expect_net(lab, VotingLab(hidden=True, unit=2, hidden_bias=[*HIDDEN["hidden_bias"][:2], 4], out_weights=out))


# Which pixels matter?


def leads_after(picture, size, **state):
    """The lead of X after every flip of `size` pixels: {places: lead}."""
    flips = list(combinations(range(81), size))
    lab = VotingLab(**state)
    images = np.array([flip_pixels(picture, list(flip)) for flip in flips])
    values = voting_weights.values_of(images[:, np.newaxis])
    votes = values @ lab.weights.T + lab.bias
    return dict(zip(flips, votes[:, 0] - votes[:, 1], strict=True))


def expect_leads(lab, leads, label="Lead of X after a flip"):
    """The grid holds, for each pixel, the flip with it that comes nearest to X (the picture is an O)."""
    nearest = [max(lead for flip, lead in leads.items() if pixel in flip) for pixel in range(81)]
    assert lab.numbers(label) == [[truncated(v) for v in row] for row in np.reshape(nearest, (9, 9))]


def test_the_lab_tries_every_pixel_and_every_pair(lab):
    lab.menu("Picture").select_option("O")
    lab.press("Try every pixel")
    lab.expect_status("Tried 81 pixels. None changes the answer.")
    singles = leads_after(O, 1)
    expect_leads(lab, singles)
    (best,), lead = max(singles.items(), key=lambda item: item[1])
    found = lab.root.locator(".cl-voting-found")
    expect(found).to_contain_text(
        f"Nearest to it: Row {best // 9 + 1}, column {best % 9 + 1}: the lead of X goes -1.40 → {truncated(lead)}."
    )
    lab.press("Try every two pixels")
    lab.expect_status("Tried 3240 pairs of pixels. 3 of them change the answer.")
    pairs = leads_after(O, 2)
    label = "Lead of X after the best pair with this pixel"
    expect_leads(lab, pairs, label)
    fooling = [pair for pair, lead in pairs.items() if lead >= 0]
    assert fooling == [(32, 50), (50, 60), (50, 67)]
    expect(found).to_contain_text("The pixels that do it are underlined, and choosing one tells its best partner.")
    expect(found).not_to_contain_text("row 6, column 6")
    assert lab.grid(label).locator(".is-fools").count() == 4
    expect(lab.cell(label, 7, 4)).to_have_accessible_name(re.compile("with row 6, column 6, changes the answer$"))
    lab.cell(label, 7, 4).focus()
    expect(account(lab)).to_have_text("Row 8, column 5 with row 6, column 6: the lead of X goes -1.40 → 0.08.")
    assert lab.grid("Image").locator(".is-chosen").count() == 2
    lab.menu("Picture").select_option("X")
    expect(found).to_have_text(re.compile("^Before your change: Tried 3240 pairs"))
    lab.cell(label, 6, 4).focus()
    expect(account(lab)).to_have_text(re.compile("^Before your change: Row 7, column 5 with row"))
    lab.press("Try every pixel")
    expect(found).to_have_text(re.compile("^Tried 81 pixels"))


def test_trying_never_holds_the_page_up(lab):
    """Between two slices the page gets its turn: here, a timer of its own does."""
    watch = """() => { window.turns = 0;
      const bar = document.querySelector(".cl-voting-progress");
      setInterval(() => { if (bar.value > 0 && bar.value < 1) window.turns += 1; }, 1); }"""
    lab.page.evaluate(watch)
    lab.press("Try every two pixels")
    lab.expect_status("Tried 3240 pairs")
    assert lab.page.evaluate("window.turns") >= 5


def test_reset_forgets_what_was_tried(lab):
    lab.press("Try every pixel")
    expect(lab.grid("Lead of X after a flip")).to_be_visible()
    lab.press("Reset")
    expect(lab.grid("Lead of X after a flip")).to_be_hidden()


def test_pointing_at_a_pixel_tells_what_a_flip_would_do(lab):
    lab.cell("Image", 5, 5).hover()
    after = VotingLab(image=flip_pixels(X, [50])).votes
    expect(account(lab)).to_have_text(
        f"Pixel row 6, column 6: 1. Flip it, and the lead of X goes 1.11 → {truncated(after[0] - after[1])}."
    )


# Challenges.


def test_two_pixels_fool_it(lab):
    lab.menu("Picture").select_option("O")
    lab.cell("Image", 5, 5).click()
    lab.cell("Image", 0, 0).click()
    lab.cell("Image", 7, 4).click()
    assert lab.solved() == []  # three flips are one too many, whatever it says
    lab.press("Undo")
    lab.press("Undo")
    assert lab.solved() == []
    lab.cell("Image", 7, 4).click()
    lab.expect_status("Now it says X.", "Challenge solved! Of 81 single flips none does it")


def test_two_pixels_count_only_with_the_fitted_weights_and_biases(lab):
    lab.menu("Picture").select_option("O")
    lab.cell("Biases of X and O", 0, 0).press("2")
    lab.expect_status("Now it says X.")
    lab.press("Undo")
    lab.cell("The list", 42, 0).click()
    lab.root.get_by_label("Weight for X").fill("2")
    lab.expect_status("Now it says X.")
    lab.press("Undo")
    lab.root.get_by_label("Hidden units between").check()
    for column in (0, 2):
        lab.cell("Weights of the units, for X above, for O below", 0, column).press("0")
    lab.cell("Biases of X and O", 0, 0).press("9")
    lab.expect_status("Now it says X.")
    assert lab.solved() == []


def test_two_weights_swap_the_letters(lab):
    lab.cell("The list", 42, 0).click()
    lab.root.get_by_label("Weight for X").fill("4")
    lab.cell("Biases of X and O", 0, 1).click()
    lab.page.keyboard.type("2.6")
    lab.expect_status("Now it says O.")
    assert lab.solved() == []  # the O is an X and the X an O, but a bias has helped
    lab.press("Reset")
    lab.cell("The list", 21, 0).click()
    lab.root.get_by_label("Weight for X").fill("-9")
    assert lab.solved() == []
    lab.cell("The list", 0, 0).click()
    lab.root.get_by_label("Weight for O").fill("0.3")
    lab.cell("The list", 42, 0).click()
    lab.root.get_by_label("Weight for X").fill("9")
    assert lab.solved() == []  # three weights are one too many
    lab.press("Undo")
    lab.press("Undo")
    lab.root.get_by_label("Weight for X").fill("9")
    lab.expect_status("Challenge solved! A weight counts only as much as its value.")


def test_one_hidden_unit_is_enough(lab):
    lab.root.get_by_label("Hidden units between").check()
    out = "Weights of the units, for X above, for O below"
    for row, column in [(0, 0), (1, 0), (0, 2), (1, 2)]:
        lab.cell(out, row, column).press("0")
        assert lab.solved() == []  # without the O-units, nothing speaks for O yet
    lab.cell("Biases of X and O", 0, 1).press("3")
    lab.expect_status("Bias of O: -0.1 → 3.", "Challenge solved! One intermediate vote was enough")


# Around it.


@pytest.mark.sweep
def test_axe_finds_nothing_with_everything_open(open_lab):
    lab = open_lab(hidden=True, image=O)
    lab.press("Try every pixel")
    lab.expect_status("Tried 81 pixels.")
    lab.cell("Lead of X after a flip", 5, 5).hover()
    assert findings_in_every_look(lab.page, widths=(1280, 640, 320)) == []
