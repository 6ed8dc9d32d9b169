"""PlaygroundLab: its Python half against convnet_core and the slides, and its page against its Python half."""

import base64
import functools
import json
from itertools import combinations

import numpy as np
import pytest
import traitlets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

import tools.stored
from convnet_core.convolution import conv2d
from convnet_core.labs.kit.toy import NETWORKS, PARTS
from convnet_core.labs.playground import PlaygroundLab
from convnet_core.pictures import BLANK, FEATURES, O, X, shift
from convnet_core.pooling import max_pool2d
from convnet_core.printing import plain, truncated
from convnet_core.relu import relu
from tests.golden import SLIDES
from tests.labpage import KERNEL_MODEL, changed, encoded, kernel_state, opener, printed
from tests.readable import findings_in_every_look
from tools import playground_weights

NAMES = ("Backslash", "Cross", "Slash")
STAGES = ("map", "map after ReLU", "map pooled", "votes")
SAMPLES = PlaygroundLab.presets["image"]
SLIDES_NET = {part: np.array(values) for part, values in NETWORKS["fitted"].items()}
RANDOM_NET = {part: np.array(values) for part, values in NETWORKS["random"].items()}


open_lab = opener(PlaygroundLab)


@pytest.fixture
def lab(open_lab):
    return open_lab()


def as_text(values):
    """A matrix as the lab prints it: cut after two decimals, and what is nothing at all a plain 0."""
    return [["0" if value == 0 else truncated(value) for value in row] for row in values]


def stages_of(python):
    """Every stage's matrices as text: {stage: [backslash's, cross's, slash's]}."""
    votes = python.contributions["XO".index(python.shown)]
    every = (python.feature_maps, python.rectified, python.pooled, votes)
    return {stage: [as_text(matrix) for matrix in values] for stage, values in zip(STAGES, every, strict=True)}


def expect_net(lab, python):
    """The page shows exactly what Python computes."""
    assert lab.numbers("Image") == printed(python.image)
    names = [name.capitalize() for name in python.feature_names]
    features = [[[plain(value) for value in row] for row in feature] for feature in python.features]
    assert [lab.numbers(f"{name} itself") for name in names] == features
    shown = {stage: [lab.numbers(f"{name} {stage}") for name in names] for stage in STAGES}
    assert shown == stages_of(python)
    assert lab.root.locator(".cl-playground-number").all_inner_texts() == [truncated(vote) for vote in python.votes]
    expect(lab.root.locator(".cl-playground-answer")).to_contain_text(f"It says {python.answer}.")


def load(lab, sample):
    lab.press(sample)


# The Python half


def test_the_slides_features_give_the_stages_of_the_slides():
    lab = PlaygroundLab(**SLIDES_NET)
    for number, name in enumerate(FEATURES):
        for stage, key in (("feature_maps", "feature_maps"), ("rectified", "relu_maps"), ("pooled", "pooled_maps")):
            ninths = getattr(lab, stage)[number] * 9
            assert np.array_equal(np.rint(ninths), SLIDES[key][name]["numerators_over_9"])
            assert np.allclose(ninths, np.rint(ninths), rtol=0, atol=1e-12)


def test_a_vote_is_its_parts_and_the_bias():
    lab = PlaygroundLab(image=O, shown="O")
    assert np.allclose(lab.contributions.sum(axis=(1, 2, 3)) + lab.bias, lab.votes, rtol=0, atol=1e-12)
    by_hand = sum(w * v for w, v in zip(lab.weights[1], lab.pooled.ravel(), strict=True)) + lab.bias[1]
    assert by_hand == pytest.approx(lab.votes[1])


@pytest.mark.parametrize("network", NETWORKS)
def test_every_sample_letter_is_called_by_its_name(network):
    for name, image in SAMPLES.items():
        if name != "blank":
            assert PlaygroundLab(image=image, **NETWORKS[network]).answer == name[-1], name


def test_a_feature_has_the_name_of_its_shape_or_a_number():
    assert PlaygroundLab().feature_names == ["backslash", "cross", "slash"]
    assert PlaygroundLab(**RANDOM_NET).feature_names == ["feature 1", "feature 2", "feature 3"]
    backslash, cross, _ = FEATURES.values()
    weak = np.where(cross == 1, 0.01, -3)
    assert PlaygroundLab(features=[weak, backslash, backslash]).feature_names == ["cross", "backslash", "feature 3"]
    grey = changed(cross, (0, 1, 0))
    assert PlaygroundLab(features=[grey, -cross, cross]).feature_names == ["feature 1", "feature 2", "cross"]


@pytest.fixture(scope="module")
def letters():
    return playground_weights.letters()


def votes_of(network, images):
    """The votes (N, 2) for many pictures (N, 1, 9, 9) at once."""
    features = np.array(network["features"])[:, np.newaxis] / 9
    pooled = max_pool2d(relu(conv2d(images, features, np.array(network["feature_bias"]))))
    votes = pooled.reshape(len(images), -1) @ np.transpose(network["weights"]) + network["bias"]
    assert np.allclose(votes[0], PlaygroundLab(image=images[0, 0], **network).votes, rtol=0, atol=1e-12)
    return votes


@pytest.mark.in_turn("name", 3)
@pytest.mark.parametrize(("name", "share"), [("trained", 0.98), ("random", 0.98), ("fitted", 0.97)])
def test_the_committed_networks_pass_the_test_set(letters, name, share):
    (test_images, test_labels), (images, _) = letters
    differing = (test_images.reshape(len(test_images), 1, -1) != images.reshape(1, len(images), -1)).sum(axis=2)
    assert differing.min() >= 3  # nothing of the test was learned by heart
    answers = votes_of(NETWORKS[name], test_images).argmax(axis=1)
    assert (answers == test_labels).mean() >= share


def test_the_lab_opens_with_the_trained_network():
    state = PlaygroundLab().state()
    assert {part: state[part] for part in PARTS} == NETWORKS["trained"]


def test_the_tool_writes_the_committed_file(letters, tmp_path, monkeypatch):
    monkeypatch.setattr(playground_weights, "letters", lambda: letters)
    monkeypatch.setattr(tools.stored, "LABS", tmp_path)
    (tmp_path / "kit").mkdir()
    playground_weights.main()
    written = json.loads((tmp_path / "kit" / "toy.json").read_text())
    assert written.keys() == NETWORKS.keys()
    for name, network in NETWORKS.items():
        for part in PARTS:  # a last digit may round the other way
            assert np.allclose(written[name][part], network[part], rtol=0, atol=0.011), (name, part)


def test_the_tables_leave_every_stage_and_the_answer():
    html = PlaygroundLab(shown="O").tables()
    assert html.count("<table") == 1 + 3 * 5
    assert "Votes of slash for O" in html
    assert "Votes: X 6.87, O -6.06. It says X." in html
    assert "Pixels of feature 3" in PlaygroundLab(**RANDOM_NET).tables()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.ones((7, 7)), "image has the wrong shape: wanted 9 x 9 numbers"),
        ("image", np.full((9, 9), np.nan), "image must hold numbers from -9 to 9 only"),
        ("features", np.ones((2, 3, 3)), "features has the wrong shape"),
        ("weights", np.ones((48, 2)), "weights has the wrong shape"),
        ("bias", [0, 0, 0], "bias has the wrong shape"),
        ("shown", "x", "shown must be one of"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = PlaygroundLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


# The page


def follow(lab, state):
    """Puts a state into the open page as a link does."""
    lab.page.evaluate("text => (location.hash = `lab-playground=${text}`)", encoded(state))
    lab.page.wait_for_function("location.hash === '#lab-playground'")


@pytest.mark.sweep
def test_every_sample_on_the_page(lab):
    expect_net(lab, PlaygroundLab())
    for name, image in SAMPLES.items():
        load(lab, name)
        expect_net(lab, PlaygroundLab(image=image))
        expect(lab.button(name)).to_have_attribute("aria-pressed", "true")
    assert lab.root.locator(".cl-playground-sample[aria-pressed=true]").count() == 1


HUNDREDTHS = st.integers(-900, 900).map(lambda n: n / 100)
# Sums of their products are exact, in whatever order: what is 0 is 0 on both sides, and is printed as such.
EIGHTHS = st.integers(-72, 72).map(lambda n: n / 8)


def arrays(shape, numbers):
    return st.lists(numbers, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda flat: np.reshape(flat, shape).tolist()
    )


STATES = st.fixed_dictionaries(
    {"image": arrays((9, 9), st.sampled_from([-1, 1]) | EIGHTHS)},
    optional={
        "features": arrays((3, 3, 3), st.sampled_from([-1, 1]) | EIGHTHS),
        "weights": arrays((2, 48), HUNDREDTHS),
        "bias": arrays((2,), HUNDREDTHS),
        "shown": st.sampled_from("XO"),
    },
)


@pytest.mark.sweep
def test_any_state_on_the_page(lab):
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(state=STATES)
    def show(state):
        follow(lab, state)
        expect_net(lab, PlaygroundLab(**state))

    show()


@pytest.mark.in_turn("how", 3)
@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_a_flipped_pixel_goes_through_the_whole_net(open_lab, how):
    lab = open_lab({"has_touch": how == "touch"})
    image = X
    for row, column in [(0, 0), (4, 4), (8, 3)]:
        cell = lab.cell("Image", row, column)
        if how == "keyboard":
            cell.focus()
            lab.page.keyboard.press("Space")
        else:
            (cell.click if how == "mouse" else cell.tap)()
        image = changed(image, (row, column, -image[row, column]))
        expect_net(lab, PlaygroundLab(image=image))
    lab.press("Undo")
    expect_net(lab, PlaygroundLab(image=changed(image, (8, 3, -1))))


def test_a_number_typed_into_the_box_and_a_stroke(lab):
    lab.cell("Image", 0, 8).click()
    lab.root.get_by_label("Image, row 1, column 9").fill("0.5")
    image = changed(X, (0, 8, 0.5))
    expect_net(lab, PlaygroundLab(image=image))
    lab.drag("Image", (8, 0), (8, 4))
    expect_net(lab, PlaygroundLab(image=changed(image, *((8, column, 1) for column in range(5)))))
    lab.press("Undo")
    expect_net(lab, PlaygroundLab(image=image))


@pytest.mark.sweep
def test_moving_and_clearing(lab):
    for name, step in (("Move left", (0, -1)), ("Move up", (-1, 0)), ("Move right", (0, 1)), ("Move down", (1, 0))):
        load(lab, "X")
        lab.press(name)
        expect_net(lab, PlaygroundLab(image=shift(X, *step)))
    lab.press("Clear")
    expect_net(lab, PlaygroundLab(image=BLANK))
    lab.press("Undo")
    expect_net(lab, PlaygroundLab(image=shift(X, 1, 0)))


# What a number comes from. What each stage depends on is asked of Python, number by number.


@functools.cache
def goes_into():
    """Of each pixel, the map cells that it changes."""
    lab = PlaygroundLab()
    maps = lab.feature_maps[0]
    changes = {}
    for row, column in np.ndindex(9, 9):
        lab.image = changed(X, (row, column, X[row, column] + 5))
        changes[row, column] = {tuple(cell) for cell in np.argwhere(lab.feature_maps[0] != maps).tolist()}
    return changes


def pooled_cell_of(row, column):
    """The pooled cell that a cell of the map goes into."""
    one_hot = np.zeros((7, 7))
    one_hot[row, column] = 1
    return tuple(np.argwhere(max_pool2d(one_hot))[0].tolist())


PIXELS = [(row, column) for row in range(9) for column in range(9)]
POOLED = {(row, column): pooled_cell_of(row, column) for row in range(7) for column in range(7)}


def framed(lab, label, kind=":not(.is-target)"):
    """The cells in the frame of a grid; none where it has no such frame."""
    frame = lab.grid(label).locator("..").locator(f".cl-frame{kind}:visible")
    if frame.count() == 0:
        return set()
    names = "['--row', '--column', '--height', '--width']"
    row, column, height, width = frame.evaluate(f"f => {names}.map(name => Number(f.style.getPropertyValue(name)))")
    return {(r, c) for r in range(row, row + height) for c in range(column, column + width)}


def dashed(lab, label):
    """The cells in a dashed frame."""
    return framed(lab, label, ".is-target")


def chosen(lab, label):
    places = "cells => cells.map(c => [Number(c.dataset.row), Number(c.dataset.column)])"
    return {tuple(place) for place in lab.grid(label).locator(".is-chosen").evaluate_all(places)}


def account(lab):
    return lab.root.locator(".cl-playground-account")


@pytest.mark.in_turn("how", 3)
@pytest.mark.parametrize("how", ["hover", "focus", "tap"])
def test_a_pooled_number_shows_all_that_it_comes_from(open_lab, how):
    lab = open_lab({"has_touch": True})
    for place in [(0, 0), (1, 2), (3, 3), (3, 1)]:
        getattr(lab.cell("Cross map pooled", *place), how)()
        window = {cell for cell, pooled in POOLED.items() if pooled == place}
        assert framed(lab, "Cross map after ReLU") == framed(lab, "Cross map") == window
        assert framed(lab, "Image") == {pixel for pixel in PIXELS if goes_into()[pixel] & window}
        assert chosen(lab, "Cross map pooled") == dashed(lab, "Cross votes") == {place}
        assert framed(lab, "Slash map") == set()
        expect(account(lab)).to_contain_text(f"Cross pooled, row {place[0] + 1}, column {place[1] + 1}:")


def test_each_stage_shows_what_it_comes_from_and_what_it_goes_into(lab):
    lab.cell("Slash map", 6, 2).hover()
    assert framed(lab, "Image") == {pixel for pixel in PIXELS if (6, 2) in goes_into()[pixel]}
    assert dashed(lab, "Slash map after ReLU") == {(6, 2)}
    assert dashed(lab, "Slash map pooled") == dashed(lab, "Slash votes") == {(3, 1)}
    expect(account(lab)).to_contain_text("Slash at rows 7 to 9, columns 3 to 5: pixels times feature, added up, make")
    lab.cell("Slash map after ReLU", 6, 2).hover()
    assert framed(lab, "Slash map") == {(6, 2)}
    assert dashed(lab, "Slash votes") == {(3, 1)}
    lab.cell("Slash votes", 3, 1).hover()
    assert framed(lab, "Slash map pooled") == {(3, 1)}
    assert framed(lab, "Slash map") == {(6, 2), (6, 3)}
    lab.root.locator(".cl-title").hover()
    expect(account(lab)).to_have_text(
        "Point at any number: frames show all that it comes from, dashed frames all that it goes into."
    )
    assert framed(lab, "Slash map") == set()


# Of the small picture beside the sentence: the pixels of ink, and what its frame covers.
SMALL = """mini => {
  const frame = mini.querySelector(".cl-mini-frame");
  const [row, column, height, width] = ["row", "column", "height", "width"].map((side) =>
    Number(frame.style.getPropertyValue(`--${side}`)));
  const places = [...mini.children].map((dot, at) => dot.classList.contains("is-ink") && [Math.floor(at / 9), at % 9]);
  const ink = places.filter(Boolean);
  return { ink, row, column, height, width };
}"""


@pytest.mark.in_turn("width", 3)
@pytest.mark.parametrize("width", [755, 390, 320])
def test_the_picture_stays_in_sight_where_its_maps_are_and_nothing_moves(open_lab, width):
    lab = open_lab()
    lab.page.set_viewport_size({"width": width, "height": 740})
    lab.cell("Image", 0, 0).click()  # a speck that the small picture has as well
    lab.root.locator(".cl-title").hover()
    height = account(lab).bounding_box()["height"]
    for label, place, box in [
        ("Cross map", (3, 3), (3, 3, 3, 3)),
        ("Slash map pooled", (3, 3), (6, 6, 3, 3)),
        ("Backslash votes", (0, 1), (0, 2, 4, 4)),
    ]:
        lab.cell(label, *place).hover()
        shown = account(lab).locator(".cl-mini").evaluate(SMALL)
        assert {tuple(pixel) for pixel in shown.pop("ink")} == {*map(tuple, np.argwhere(np.array(X) > 0)), (0, 0)}
        assert tuple(shown.values()) == box
        assert account(lab).bounding_box()["height"] == height
        mini = account(lab).locator(".cl-mini").bounding_box()
        assert 0 <= mini["y"] <= 740 - mini["height"], "it is in sight with the number"
    lab.cell("Cross itself", 1, 1).hover()
    expect(account(lab).locator(".cl-mini")).to_have_count(0)


def test_a_pixel_shows_all_that_it_goes_into(lab):
    for pixel in [(0, 0), (4, 4), (3, 7), (8, 8)]:
        lab.cell("Image", *pixel).hover()
        cells = goes_into()[pixel]
        pooled = {POOLED[cell] for cell in cells}
        for name in NAMES:
            assert dashed(lab, f"{name} map") == dashed(lab, f"{name} map after ReLU") == cells
            assert dashed(lab, f"{name} map pooled") == dashed(lab, f"{name} votes") == pooled
        many = "number" if len(cells) == 1 else "numbers"
        expect(account(lab)).to_contain_text(f"It goes into {len(cells)} {many} of each feature map")


def test_the_sentences_carry_the_numbers(lab):
    sentences = {
        ("Backslash itself", 0, 1): "Backslash itself, row 1, column 2: -1.12. It asks for paper, at each of the 49",
        ("Backslash map", 0, 0): "make 6.52. 6.52 / 9 + bias 0.02 = 0.74.",
        ("Backslash map after ReLU", 0, 1): "-0.04 is below zero and becomes 0.",
        ("Backslash map after ReLU", 0, 0): "0.74 is not below zero and stays.",
        (
            "Backslash map pooled",
            0,
            0,
        ): "the largest of 0.74, 0, 0, 1.00 is 1.00. It has seen rows 1 to 4, columns 1 to 4",
        ("Backslash map pooled", 3, 3): "0.73, alone in its window. It has seen rows 7 to 9, columns 7 to 9",
        ("Backslash votes", 0, 0): "pooled 1.00 × weight -2.29 = -2.29. It speaks against X.",
        (
            "Image",
            1,
            1,
        ): "Pixel row 2, column 2: 1. It goes into 4 numbers of each feature map, and so into 1 pooled number",
    }
    for cell, sentence in sentences.items():
        lab.cell(*cell).hover()
        expect(account(lab)).to_contain_text(sentence)


def test_the_sentence_follows_an_edit(lab):
    lab.cell("Image", 1, 1).click()
    expect(account(lab)).to_contain_text("Pixel row 2, column 2: -1.")
    lab.page.mouse.move(0, 0)
    lab.cell("Backslash map", 0, 0).focus()
    lab.page.keyboard.press("Control+z")
    expect(account(lab)).to_contain_text("6.52 / 9 + bias 0.02 = 0.74.")


@pytest.mark.parametrize("letter", [0, 1])
def test_a_vote_lights_up_everything_and_is_taken_apart(lab, letter):
    bar = lab.root.locator(".cl-playground-vote").nth(letter)
    bar.hover()
    assert framed(lab, "Image") == set(PIXELS)
    assert len(framed(lab, "Slash map pooled")) == 16
    expect(account(lab)).to_contain_text(
        f"The vote for {'XO'[letter]} begins with {['-0.06', '0.17'][letter]}, its bias."
    )
    bar.press("Enter")
    python = PlaygroundLab(shown="XO"[letter])
    expect_net(lab, python)
    expect(bar).to_have_attribute("aria-pressed", "true")
    bias, votes = truncated(python.bias[letter]), truncated(python.votes[letter])
    backslash, cross, slash = map(truncated, python.contributions[letter].sum(axis=(1, 2)))
    total = f"bias {bias} + backslash {backslash} + cross {cross} + slash {slash} = {votes}"
    expect(lab.root.locator(".cl-playground-sum")).to_have_text(f"Vote for {'XO'[letter]}: {total}")


def test_the_status_tells_old_and_new(lab):
    lab.cell("Image", 2, 3).click()
    after = PlaygroundLab(image=changed(X, (2, 3, 1)))
    for_x, for_o = map(truncated, after.votes)
    lab.expect_status(f"Image, row 3, column 4: -1 → 1. X 6.87 → {for_x}, O -6.06 → {for_o}. Still X.")
    load(lab, "O")
    lab.expect_status("The picture is now: O.", "→ -9.47", "→ 7.62. Now it says O.")
    lab.root.locator(".cl-playground-vote").nth(1).click()
    lab.expect_status("Now shown: what the vote for O is made of.")


# Challenges.


def flipped(*pixels):
    return changed(X, *((*pixel, -X[pixel]) for pixel in pixels))


def all_flipped(choices):
    return np.array([flipped(*pixels) for pixels in choices])[:, np.newaxis]


def test_two_pixels_fool_it_and_no_one_of_the_81(lab):
    singles, pairs = (list(combinations(PIXELS, count)) for count in (1, 2))
    assert (votes_of(NETWORKS["trained"], all_flipped(singles)).argmax(axis=1) == 0).all()
    says_o = votes_of(NETWORKS["trained"], all_flipped(pairs)).argmax(axis=1) == 1
    assert [pairs[place] for place in np.flatnonzero(says_o)] == [((4, 4), (5, 5))]
    for pixel in [(4, 4), (2, 6), (5, 5)]:
        lab.cell("Image", *pixel).click()
    lab.expect_status("Now it says O.")
    assert lab.solved() == []  # three flips are one too many
    load(lab, "O")
    assert lab.solved() == []
    load(lab, "X")
    lab.cell("Image", 4, 4).click()
    lab.cell("Image", 5, 5).focus()
    lab.page.keyboard.press("0")
    assert lab.solved() == []  # grey is no flip
    lab.page.keyboard.press("Space")
    lab.cell("Image", 5, 5).focus()
    lab.page.keyboard.press("Space")
    lab.expect_status("Now it says O.", "Challenge solved! Two are the fewest")
    assert len(lab.solved()) == 1


def test_surer_than_sure_within_three_flips(lab):
    pixels = [(6, 7), (7, 8), (4, 7)]
    assert votes_of(NETWORKS["trained"], all_flipped(combinations(PIXELS, 2)))[:, 0].max() < 9.5
    for place in pixels:
        assert lab.solved() == []
        lab.cell("Image", *place).click()
    lab.expect_status("Challenge solved! Such a climb goes step by step")
    lab.press("Forget what is solved")
    load(lab, "X")
    for place in [(2, 4), (6, 7), (7, 8), (4, 7)]:
        lab.cell("Image", *place).click()
    assert PlaygroundLab(image=flipped((2, 4), *pixels)).votes[0] > 9.5
    assert lab.solved() == []  # four flips are one too many


def test_challenges_count_with_the_trained_network_only(open_lab):
    lab = open_lab(**SLIDES_NET)
    lab.cell("Image", 5, 5).click()
    lab.expect_status("Now it says O.")
    assert lab.solved() == []


def test_a_small_x_in_the_wrong_place(lab):
    load(lab, "small X")
    lab.press("Move right")
    lab.press("Move right")
    assert lab.solved() == []  # it still says X
    lab.press("Move right")
    lab.expect_status("gone over the edge", "Now it says O.")
    assert lab.solved() == []  # a part of it has left the picture
    load(lab, "small X")
    lab.press("Move up")
    lab.press("Move up")
    lab.expect_status("Now it says O.", "Challenge solved! The features find it at every place.")


def test_a_solution_that_a_link_brings_is_no_merit(lab):
    fooling = flipped((4, 4), (5, 5))
    follow(lab, {"image": fooling.tolist()})
    expect_net(lab, PlaygroundLab(image=fooling))
    assert lab.solved() == []


# Around it.


def test_each_stage_leads_to_its_chapter(lab):
    links = lab.root.locator(".cl-playground a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [
        f"{name}.html" for name in ("01_pictures", "02_filtering", "03_convolution", "05_relu", "04_pooling")
    ]


BESIDE_A_KERNEL = f"""(state) => {{
  {KERNEL_MODEL}
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  window.model = new KernelModel(state);
  window.convnetLabs['playground/lab'].default.render({{ model: window.model, el }});
}}"""


def test_beside_a_kernel_nothing_leads_to_pages_that_are_not_there(open_lab):
    lab = open_lab()
    lab.page.evaluate(BESIDE_A_KERNEL, kernel_state(PlaygroundLab()))
    beside = lab.page.locator(".cl-lab").last
    expect(beside.get_by_text("Convolution", exact=True)).to_be_visible()
    assert beside.locator("a").count() == 0


@pytest.mark.sweep
def test_axe_finds_nothing_and_nothing_sticks_out(lab):
    lab.cell("Cross votes", 1, 1).hover()
    assert findings_in_every_look(lab.page, widths=(1280, 640, 320)) == []


# Other networks.


def network_menu(lab):
    return lab.root.get_by_label("Network")


def test_the_menu_changes_the_network_and_what_its_features_are_called(lab):
    network_menu(lab).select_option("trained, from random features")
    expect_net(lab, PlaygroundLab(**RANDOM_NET))
    lab.expect_status("The network is now: trained, from random features. X 6.87 → 5.69, O -6.06 → -5.17. Still X.")
    assert lab.root.locator(".cl-playground-glyph").all_inner_texts() == ["", "", ""]
    expect(lab.root.locator(".cl-playground-sum")).to_contain_text("+ feature 1 3.73 +")
    lab.cell("Feature 1 map", 3, 3).hover()
    expect(account(lab)).to_contain_text("Feature 1 at rows 4 to 6, columns 4 to 6:")
    network_menu(lab).select_option("the slides' features")
    expect_net(lab, PlaygroundLab(**SLIDES_NET))
    assert lab.root.locator(".cl-playground-glyph").all_inner_texts() == ["\\", "x", "/"]
    lab.press("Undo")
    lab.press("Undo")
    expect_net(lab, PlaygroundLab())
    expect(network_menu(lab)).to_have_value("trained")


def test_a_network_that_a_link_brings_has_no_name_of_ours(lab):
    backslash, cross, slash = (feature.tolist() for feature in FEATURES.values())
    state = {"features": [cross, backslash, (np.array(slash) * -2.5).tolist()], "feature_bias": [0.5, 0, -1]}
    follow(lab, state)
    python = PlaygroundLab(**state)
    expect_net(lab, python)
    expect(network_menu(lab)).to_have_value("own")
    assert lab.root.locator(".cl-playground-glyph").all_inner_texts() == ["x", "\\", ""]
    colours = lab.root.locator(".cl-playground-glyph").evaluate_all(
        "all => all.map(one => getComputedStyle(one).color)"
    )
    assert len(set(colours)) == 3
    added = python.feature_maps - PlaygroundLab(**{**state, "feature_bias": [0, 0, 0]}).feature_maps
    assert np.allclose(added, np.reshape(state["feature_bias"], (3, 1, 1)), rtol=0, atol=1e-12)
    lab.cell("Cross map", 0, 0).hover()
    expect(lab.root).to_contain_text("/ 9 + bias 0.5 =")


@pytest.mark.sweep
def test_bars_fit_every_network(open_lab):
    for network in NETWORKS.values():
        lab = open_lab(**network)
        for name in ("X", "noisy O"):
            load(lab, name)
            for fill in lab.root.locator(".cl-playground-fill").all():
                start, share = (
                    float(fill.evaluate(f"f => f.style.getPropertyValue('{part}')")) for part in ("--from", "--share")
                )
                assert 0 < start < 1
                assert 0 < share < 0.5


# The reader's own letters.


@pytest.mark.sweep
def test_tools_turn_the_picture_and_a_shelf_keeps_it(lab):
    for place in [(0, 0), (0, 1), (3, 2)]:
        lab.cell("Image", *place).click()
    drawn = np.array(lab.numbers("Image"), dtype=float)
    for tool, said, becomes in [("Mirror", "Left is right now.", drawn[:, ::-1]), ("Invert", "Ink is paper now", None)]:
        lab.press(tool)
        lab.expect_status(said)
        expect_net(lab, PlaygroundLab(image=-drawn[:, ::-1] if becomes is None else becomes))
    lab.press("Keep it on your shelf")
    lab.expect_status("Kept. On your shelf: 1 drawing.")
    load(lab, "X")
    lab.press("Mirror")
    lab.expect_status("In the mirror it is the same picture.")
    lab.press("Reset")
    lab.page.reload()
    follow(lab, {"image": O.tolist()})  # a link from elsewhere
    lab.expect_status("This is the state that the link describes.")
    lab.root.get_by_role("button", name="yours 1").press("Enter")
    lab.expect_status("The picture is now one from your shelf.")
    expect_net(lab, PlaygroundLab(image=-drawn[:, ::-1]))
    lab.press("Take it off your shelf")
    lab.expect_status("Taken off. On your shelf: 0 drawings.")
    expect(lab.root.get_by_role("group", name="Your shelf")).to_be_hidden()
    lab.press("Undo")
    expect(lab.root.get_by_role("button", name="yours 1")).to_have_attribute("aria-pressed", "true")


def test_a_shelf_has_room_for_six_and_no_link_carries_it(open_lab):
    shelf = np.concatenate([flipped(pixel).ravel() for pixel in PIXELS[:5]])
    assert np.array_equal(PlaygroundLab(shelf=[*shelf, 1]).drawings, [flipped(pixel) for pixel in PIXELS[:5]])
    lab = open_lab({"permissions": ["clipboard-read", "clipboard-write"]}, shelf=[*shelf, 1])  # and a part of one
    for count in (5, 6):
        expect(lab.root.get_by_role("group", name="Your shelf").get_by_role("button")).to_have_count(count)
        lab.cell("Image", 8, count).click()
        lab.press("Keep it on your shelf")
    lab.expect_status("The shelf holds 6 drawings.")
    lab.press("Copy link")
    lab.expect_status("Whoever opens it sees this lab as it is now.")
    text = lab.page.evaluate("navigator.clipboard.readText()").partition("=")[2]
    assert "shelf" not in base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def test_a_near_try_to_fool_it_is_answered(lab):
    item = lab.root.locator(".cl-challenge").first
    expect(item).to_contain_text("Now: 0 pixels flipped, and X still leads by 12.93.")
    lab.cell("Image", 4, 4).click()
    python = PlaygroundLab(image=flipped((4, 4)))
    expect(item).to_contain_text(f"1 pixel flipped, and X still leads by {truncated(np.subtract(*python.votes))}.")
    for pixel in [(2, 6), (5, 5)]:
        lab.cell("Image", *pixel).click()
    expect(item).to_contain_text("3 pixels flipped, and it says O. That can be done with 1 fewer.")
    load(lab, "O")
    expect(item).not_to_contain_text("Now:")
