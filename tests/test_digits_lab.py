"""DigitsLab: its Python half, and in a real browser what a reader draws, takes apart, hides, changes and trains."""

import json
import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.backprop import accuracy
from convnet_core.digits import FILE, INK, LEARNED, centred, load_digits
from convnet_core.labs.digits.lab import DEPTHS, TABS, DigitsLab, book_weights, starts
from convnet_core.labs.kit import on_demand
from convnet_core.looking import occlusion
from convnet_core.voting import softmax
from tests.labpage import KERNEL_MODEL, LabOnPage, kernel_state, opener, write_lab_page
from tests.readable import findings

open_lab = opener(DigitsLab)
SHEET = "Your digit"
GET = "Get the 5,000 digits"


# Python alone.


def test_it_starts_with_a_digit_of_those_held_out():
    lab = DigitsLab()
    assert repr(lab) == "DigitsLab()"
    images, labels = load_digits()
    same = [which for which in range(LEARNED, len(images)) if np.allclose(images[which], lab.drawing, atol=1e-4)]
    assert len(same) == 1
    assert labels[same[0]] == 7 == lab.answer
    assert [DigitsLab(drawing=one).answer for one in starts().values()] == list(range(10))


def test_the_books_net_gets_98_of_100_held_out_digits_right():
    images, labels = load_digits()
    votes = DigitsLab().network.forward(images[LEARNED:, np.newaxis])
    assert accuracy(votes, labels[LEARNED:]) >= 0.98


def test_what_it_tells_is_what_the_core_computes():
    lab = DigitsLab(drawing=starts()["4"], about="9", square=4, grey=0.2)
    assert {name: values.shape for name, values in lab.maps.items()} == {
        "conv1": (8, 28, 28),
        "pool1": (8, 14, 14),
        "conv2": (16, 14, 14),
        "pool2": (16, 7, 7),
        "votes": (10,),
    }
    np.testing.assert_array_equal(lab.shares, softmax(lab.votes))
    wanted = occlusion(lab.network, centred(lab.drawing)[np.newaxis], 9, 4, 2, 0.2)
    np.testing.assert_array_equal(lab.occlusion, wanted)
    assert lab.slope.shape == (28, 28)


@pytest.mark.parametrize(("layer", "side"), [("conv1", 5), ("pool1", 6), ("conv2", 14), ("pool2", 16), ("votes", 28)])
def test_a_number_sees_a_patch(layer, side):
    assert DigitsLab(layer=layer).patch.shape == (side, side)


def test_a_few_steps_fool_it():
    lab = DigitsLab(wanted=9, amount=100)
    changed = lab.fooled
    assert np.argmax(lab.network.forward(changed[np.newaxis, np.newaxis])) == 9
    assert 0 <= changed.min() <= changed.max() <= 1
    lab.amount = 0
    np.testing.assert_array_equal(lab.fooled, lab.centred)


def test_a_layer_by_hand_gives_a_number_of_its_map():
    """The patch of the second convolution, its weights over eight maps, the bias, the ReLU."""
    lab = DigitsLab(layer="conv2", feature=2, row=8, column=12)
    below = np.pad(lab.maps["pool1"], ((0, 0), (2, 2), (2, 2)))[:, 4:9, 6:11]
    weights = book_weights()
    total = (below * weights["conv2_weight"][2]).sum() + weights["conv2_bias"][2]
    assert lab.maps["conv2"][2, 4, 6] == pytest.approx(max(0, total))


@pytest.mark.parametrize(
    "bad",
    [
        {"drawing": np.zeros((27, 28))},
        {"drawing": np.full((28, 28), 1.01)},
        {"tab": "cake"},
        {"layer": "conv3"},
        {"feature": 16},
        {"amount": 101},
        {"grey": -0.1},
        {"about": 7},
    ],
)
def test_a_bad_state_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        DigitsLab(**bad)


def test_the_digits_are_handed_over_in_parts():
    parts = on_demand.parts_of(FILE)
    assert b"".join(parts) == FILE.read_bytes()
    assert 5 <= len(parts) <= 12
    sent = []
    lab = DigitsLab()
    lab.send = lambda message, buffers: sent.append((message, buffers))
    for message in ({"bring": "cake"}, {"bring": ["digits"]}, "digits", None, {}):
        lab._bring(lab, message, [])
    assert sent == []
    lab._bring(lab, {"bring": "digits"}, [])
    assert b"".join(part for _, (part,) in sent) == FILE.read_bytes()
    assert {json.dumps(message) for message, _ in sent} == {json.dumps({"brings": "digits", "parts": len(parts)})}


def test_the_scripts_with_the_digits_are_no_heavier_than_agreed():
    (scripts,) = on_demand.scripts_of(DigitsLab.on_demand).values()
    assert sum(map(len, scripts.values())) <= 1_200_000


# In the page: drawing.


class DigitsOnPage(LabOnPage):
    """The lab, and what a reader reads in it."""

    def __init__(self, page):
        super().__init__(page, "digits")

    def drawing(self):
        return np.array(self.page.evaluate(f"document.querySelector('#{self.id}').model.get('drawing')"))

    def shares(self):
        texts = self.root.locator(".cl-digits-share").all_inner_texts()
        return [float(text.strip(">%")) for text in texts]

    def point_at(self, row, column):
        """At a pixel of what the net gets."""
        box = self.root.locator(".cl-digits-picture canvas").bounding_box()
        at = [(place + 0.5) / 28 for place in (column, row)]
        position = {"x": box["width"] * at[0], "y": box["height"] * at[1]}
        self.root.locator(".cl-digits-picture .cl-pane-frame").hover(position=position)

    def stroke(self, *cells):
        self.drag(SHEET, *cells)


open_digits = opener(DigitsLab, view=DigitsOnPage)


def percents(lab):
    return [round(100 * share, 1) for share in lab.shares]


def test_a_stroke_is_drawn_and_all_layers_answer(open_digits):
    lab = open_digits()
    lab.press("Clear")
    assert lab.drawing().max() == 0
    lab.stroke((4, 14), (23, 14))
    drawing = lab.drawing()
    assert (drawing[4:24, 14] == 1).all()
    assert drawing[12, 15] > 0.5 > drawing[12, 16]
    half = DigitsLab(drawing=drawing)
    np.testing.assert_allclose(lab.shares(), percents(half), atol=0.1001)
    expect(lab.root.locator(".cl-digits-said")).to_contain_text(f"It says {half.answer}")
    lab.press("Undo")
    assert lab.drawing().max() == 0, "a stroke is one step"


def test_the_pens(open_digits):
    lab = open_digits(drawing=np.zeros((28, 28)))
    lab.menu("Pen").select_option("thin")
    lab.stroke((5, 5), (5, 9))
    assert np.argwhere(lab.drawing()).tolist() == [[5, column] for column in range(5, 10)]
    lab.menu("Pen").select_option("rubber")
    lab.stroke((5, 7), (5, 7))
    assert lab.drawing()[5, 7] == 0
    assert lab.drawing()[5, 9] > 0.9, "the rubber is soft at its edge"


def test_the_keyboard_draws(open_digits):
    lab = open_digits(drawing=np.zeros((28, 28)))
    lab.cell(SHEET, 0, 0).focus()
    for key in ["ArrowDown"] * 5 + ["ArrowRight"] * 6 + ["Space"] + ["Shift+ArrowRight"] * 4:
        lab.page.keyboard.press(key)
    drawing = lab.drawing()
    assert (drawing[5, 6:11] == 1).all()
    assert drawing[5, 13] == 0
    lab.page.keyboard.type("0.5")
    assert lab.drawing()[5, 10] == 0.5


def test_a_finger_draws_where_it_may(open_digits):
    lab = open_digits(page={"has_touch": True, "is_mobile": True}, drawing=np.zeros((28, 28)))
    lab.press("Draw by finger")
    lab.drag_by_touch(SHEET, (5, 14), (10, 14), (20, 14))
    assert (lab.drawing()[5:21, 14] == 1).all()


def test_a_small_digit_in_a_corner_is_centred(open_digits):
    """And that is said; the sheet stays as it was drawn."""
    small = np.zeros((28, 28))
    small[1:11, 2:4] = 1
    lab = open_digits(drawing=small)
    expect(lab.root.locator(".cl-digits-picture .cl-note")).to_contain_text("scaled to 200%")
    np.testing.assert_allclose(lab.shares(), percents(DigitsLab(drawing=small)), atol=0.1001)


# Three zooms.


@pytest.mark.in_turn("layer", 3)
@pytest.mark.parametrize("layer", DEPTHS)
def test_a_number_of_each_layer_is_taken_apart(layer, open_digits):
    values = DigitsLab().maps[layer]
    side = values.shape[-1] if values.ndim == 3 else 1
    at_place = values[:, 18 * side // 28, 20 * side // 28] if values.ndim == 3 else values
    feature = int(at_place.argmax())
    lab = open_digits(layer=layer, feature=feature)
    assert re_number(at_place[feature]) in lab.root.locator(".cl-sum").inner_text()
    maps = {"conv1": 1, "pool1": 1, "conv2": 8, "pool2": 1, "votes": 16}[layer]
    expect(lab.root.locator(".cl-digits-source:visible")).to_have_count(maps)


def re_number(value):
    return f"{np.trunc(100 * abs(value)) / 100:.2f}"


PLACES = (
    "[...document.querySelectorAll('.cl-tabs, .cl-digits-net, .cl-digits-heading')].map((it) => it.offsetTop)"
)


def test_who_chooses_a_map_sees_it_large_and_nothing_jumps(open_digits):
    lab = open_digits()
    before = lab.page.evaluate(PLACES)
    lab.root.get_by_role("radio", name="First convolution, map 5").check(force=True)
    expect(lab.root.locator(".cl-digits-heading").first).to_have_text(
        "First convolution, map 5, and what it is made from"
    )
    assert lab.page.evaluate(PLACES) == before
    weights = lab.numbers("Weights")
    cut = (
        np.trunc(100 * book_weights()["conv1_weight"][4, 0] + 1e-9 * np.sign(book_weights()["conv1_weight"][4, 0]))
        / 100
    )
    np.testing.assert_allclose(np.array(weights, float), cut, atol=1e-9)


def test_arrow_keys_lead_from_number_to_number(open_digits):
    lab = open_digits()
    frame = lab.root.get_by_role("application", name="Map. Arrow keys")
    frame.focus()
    lab.page.keyboard.press("ArrowDown")
    expect(lab.root.locator(".cl-sum")).to_contain_text("at row 11, column 11")
    value = DigitsLab().maps["conv2"][9, 10, 10]
    lab.expect_status(f"Second convolution, map 10, row 11, column 11: {re_number(value)}.")


SPOKEN = """() => {
  window.spoken = [];
  const status = document.querySelector(".cl-status");
  const hear = () => status.ariaLive === "polite" && status.textContent && window.spoken.push(status.textContent);
  new MutationObserver(hear).observe(status, { childList: true, characterData: true, subtree: true });
}"""


def test_of_many_arrows_only_where_they_rest_is_spoken(open_digits):
    lab = open_digits(tab="slope", row=9, column=3)
    lab.page.evaluate(SPOKEN)
    lab.root.get_by_role("application", name="What the net gets").focus()
    for _ in range(6):
        lab.page.keyboard.press("ArrowRight")
    lab.page.wait_for_function("window.spoken.length > 0")
    (words,) = lab.page.evaluate("window.spoken")
    assert words.startswith("Row 10, column 10: slope")


def test_a_stroke_by_keys_is_spoken_once(open_digits):
    lab = open_digits(drawing=np.zeros((28, 28)))
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("Nothing is drawn yet")
    lab.page.evaluate(SPOKEN)
    lab.cell(SHEET, 5, 5).focus()
    for key in ["Space"] + ["Shift+ArrowDown"] * 8:
        lab.page.keyboard.press(key)
    lab.page.wait_for_function("window.spoken.length > 0")
    (words,) = lab.page.evaluate("window.spoken")
    assert re.fullmatch(r"It says \d, .*% sure\.", words)


def test_undo_says_what_it_takes_back_and_where(open_digits):
    lab = open_digits(tab="occlusion")
    lab.root.get_by_role("slider", name="Square").press("ArrowRight")
    lab.expect_status("Square: 7 × 7 pixels. With the grey square on rows")
    lab.press("Its mistakes")
    lab.press("Undo")
    lab.expect_status("Undone. Occlusion. Square: 6 × 6 pixels.")


def test_the_maps_of_a_layer_are_a_group_of_their_own(open_digits):
    """Tab leads from layer to layer; one map is chosen in all of them."""
    lab = open_digits()
    groups = lab.root.locator(".cl-digits-net [role=radiogroup]")
    expect(groups).to_have_count(5)
    first = lab.root.get_by_role("radio", name="First convolution, map 1", exact=True)
    first.focus()
    first.press("ArrowRight")
    expect(lab.root.get_by_role("radio", name="First convolution, map 2", exact=True)).to_be_checked()
    expect(lab.root.locator(".cl-digits-net input:checked")).to_have_count(1)
    expect(lab.root.get_by_role("heading", name="One number")).to_be_visible()


def test_forced_colours_tell_which_map_is_chosen(open_digits):
    lab = open_digits(page={"forced_colors": "active"})
    widths = "all => all.map((it) => getComputedStyle(it).borderWidth)"
    borders = lab.root.locator(".cl-digits-net input").evaluate_all(widths)
    assert sorted(set(borders)) == ["0px", "4px"]
    assert borders.count("4px") == 1


# What a tab lays over the picture.


def test_the_square_walks_and_the_reader_puts_it_somewhere(open_digits):
    lab = open_digits(tab="occlusion", row=8, column=12)
    expect(lab.root.get_by_text("It has stood at 144 places.").first).to_be_visible(timeout=20_000)
    half = DigitsLab()
    hidden = half.centred.copy()
    hidden[5:11, 9:15] = 0.5  # its middle is the pixel that is pointed at
    vote = half.network.forward(hidden[np.newaxis, np.newaxis])[0, 7]
    words = lab.root.locator(".cl-digits-picture .cl-note").inner_text()
    assert re_number(half.votes[7]) in words
    assert re_number(vote) in words
    falls = half.occlusion
    row, column = (2 * place for place in np.unravel_index(falls.argmax(), falls.shape))
    most = f"by {re_number(falls.max())}, with the square on rows {row + 1} to {row + 6}, columns {column + 1} to"
    lab.expect_status(most)
    lab.press("Go to the largest fall")
    lab.expect_status(f"With the grey square on rows {row + 1} to {row + 6}, columns {column + 1} to")
    lab.press("Slope")
    assert lab.status == "", "what the square did is not said of the slope"


def test_the_slope_is_told_for_a_pixel(open_digits):
    lab = open_digits(tab="slope", about="9", row=9, column=9)
    slope = DigitsLab(about="9").slope[9, 9]
    words = lab.root.locator(".cl-digits-picture .cl-note")
    expect(words).to_contain_text(re_number(slope))
    expect(words).to_contain_text(f"{'raises' if slope > 0 else 'lowers'} the vote for 9")
    lab.press("Go to the steepest slope")
    row, column = np.unravel_index(np.abs(DigitsLab(about="9").slope).argmax(), (28, 28))
    lab.expect_status(f"Row {row + 1}, column {column + 1}: slope")


def test_the_least_change_that_fools_it(open_digits):
    lab = open_digits(tab="fool", wanted=9)
    lab.press("Go until it is fooled")
    half = DigitsLab(wanted=9, amount=100)
    wanted = next(n for n in range(101) if said(half, n) == 9)
    lab.expect_status("steps it says 9.")
    steps = int(re.search(r"After (\d+) steps", lab.status)[1])
    assert steps == wanted
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("It says 9")
    lab.press("No change")
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("It says 7")


def said(half, steps):
    half.amount = steps
    return int(np.argmax(half.network.forward(half.fooled[np.newaxis, np.newaxis])))


# With the digits.


def with_digits(lab, tab):
    lab.press(tab)
    lab.root.locator("button:visible", has_text=GET).click()
    lab.expect_status("5,000 digits are here.")


def test_who_gets_the_digits_by_key_stays_where_they_come(open_digits):
    lab = open_digits(tab="train")
    lab.root.locator("button:visible", has_text=GET).press("Enter")
    expect(lab.root.get_by_role("group", name="With the 5,000 digits")).to_be_focused()


def test_its_mistakes_and_one_of_them_on_the_sheet(open_digits):
    lab = open_digits()
    with_digits(lab, "Its mistakes")
    images, labels = load_digits()
    votes = DigitsLab().network.forward(images[LEARNED:, np.newaxis])
    wrong = np.flatnonzero(votes.argmax(axis=1) != labels[LEARNED:])
    note = lab.root.locator(".cl-note", has_text=f"{len(wrong)} wrong of 1,000 held-out digits")
    expect(note).to_be_visible(timeout=60_000)
    found = lab.root.locator(".cl-digits-mistake")
    expect(found).to_have_count(len(wrong))
    lab.expect_status(f"{len(wrong)} wrong of 1,000 held-out digits")
    found.first.click()
    expect(found.first).to_have_attribute("aria-pressed", "true")
    lab.expect_status(f"A {labels[LEARNED + wrong[0]]}: it says", "It is on the sheet.")
    np.testing.assert_allclose(lab.drawing(), images[LEARNED + wrong[0]], atol=1e-4)
    lab.press("Undo")
    np.testing.assert_allclose(lab.drawing(), starts()["7"])


@pytest.mark.sweep
def test_what_a_feature_looks_for(open_digits):
    lab = open_digits()
    lab.press("What it looks for")
    expect(lab.root.get_by_text("After 100 steps uphill").first).to_be_visible(timeout=30_000)
    lab.expect_status("After 100 steps uphill")
    with_digits(lab, "What it looks for")
    expect(lab.root.locator(".cl-digits-nine canvas:visible")).to_have_count(9, timeout=60_000)
    before = lab.root.locator(".cl-digits-grown .cl-note").inner_text()
    lab.menu("Feature").select_option("votes 3")
    expect(lab.root.locator(".cl-digits-grown .cl-note")).not_to_have_text(before)


def test_a_net_learns_here_and_answers_until_the_books_is_wanted(open_digits):
    """One epoch is waited for: a net that knows nothing is right in one of ten."""
    lab = open_digits()
    with_digits(lab, "Train it here")
    lab.press("Train a fresh net")
    account = lab.root.locator(".cl-digits-account")
    expect(account).to_contain_text("Epoch 1:", timeout=120_000)
    lab.press("Stop")
    lab.expect_status("Epoch")
    share = float(account.inner_text().split("learned, ")[1].split("%")[0])
    assert share > 85
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("Your net says")
    expect(account).to_contain_text("93.8% right; pure chance 10%", timeout=120_000)
    lab.menu("Who answers").select_option("book")
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("It says 7")
    lab.menu("Who answers").select_option("own")
    lab.press("Reset")
    expect(lab.root.locator(".cl-digits-said")).to_contain_text("It says 7")


@pytest.mark.in_turn("tab", 3)
@pytest.mark.parametrize("tab", [name for name in TABS if name != "net"])
def test_each_view_fits_a_phone_and_axe_finds_nothing(tab, open_labs, known):
    """With the digits there, dark and narrow."""
    page = open_labs(DigitsLab(tab=tab), color_scheme="dark", viewport={"width": 320, "height": 740})
    if tab in ("looks", "mistakes", "train"):
        lab = DigitsOnPage(page)
        assert findings(page, known=known) == []
        lab.root.locator("button:visible", has_text=GET).click()
        lab.expect_status("5,000 digits are here.")
        if tab == "mistakes":
            lab.root.locator(".cl-digits-mistake").first.wait_for(timeout=60_000)
    assert findings(page, known=known) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    beyond = """[...document.querySelectorAll(".cl-lab *")]
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5).map((it) => it.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []


@pytest.mark.sweep
def test_digits_that_do_not_come_are_asked_for_again(new_page, tmp_path):
    """From disk: one of the parts is missing, and then there."""
    page = new_page()
    address = write_lab_page(tmp_path, DigitsLab(tab="mistakes"))
    part = tmp_path / "digits-3.js"
    text = part.read_text(encoding="utf-8")
    part.unlink()
    page.goto(address)
    lab = DigitsOnPage(page)
    lab.press(GET)
    lab.expect_status("The 5,000 digits did not come", "digits-3.js can't be loaded")
    expect(lab.root.locator(".cl-gate-problem:visible")).to_be_visible()
    part.write_text(text[:1000] + '";', encoding="utf-8")
    lab.root.locator("button:visible", has_text="Try again").click()
    lab.expect_status("The 5,000 digits did not come")
    part.write_text(text, encoding="utf-8")
    lab.root.locator("button:visible", has_text="Try again").click()
    lab.expect_status("5,000 digits are here.")


KERNEL = (
    KERNEL_MODEL
    + """
window.begin = (state) => {
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  const model = (window.model = new KernelModel(state));
  model.send = (message) => (window.sent = message);
  window.convnetLabs["digits/lab"].default.render({ model, el });
};
window.answer = (message, text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  for (const [event, listener] of [...window.model.listeners])
    if (event === "msg:custom") listener(message, [new DataView(bytes.buffer)]);
};
"""
)


@pytest.mark.sweep
def test_beside_a_kernel_they_come_from_python(open_labs):
    page = open_labs(DigitsLab(), init_script=KERNEL)
    page.evaluate("(state) => window.begin(state)", kernel_state(DigitsLab(tab="mistakes")))
    lab = page.locator(".cl-lab").last
    lab.get_by_role("button", name=GET).click()
    assert page.evaluate("window.sent") == {"bring": "digits"}
    scripts = on_demand.scripts_of(DigitsLab.on_demand)["digits"].values()
    for text in scripts:
        base64 = text.split("=")[-2:] and json.loads(text[text.index("]=") + 2 : -2])
        page.evaluate(
            "([message, part]) => window.answer(message, part)", [{"brings": "digits", "parts": len(scripts)}, base64]
        )
    expect(lab.get_by_role("status")).to_contain_text("5,000 digits are here.")


# Challenges.


def test_a_digit_of_ones_own_hand(open_digits):
    lab = open_digits()
    now = lab.root.locator(".cl-progress").first
    lab.press("Start from a 0")
    assert lab.solved() == [], "that hand was another's"
    expect(now).to_have_text("")
    lab.press("Clear")
    lab.stroke(*[(round(14 - 9 * np.cos(a)), round(14 + 6 * np.sin(a))) for a in np.linspace(0, 2 * np.pi, 25)])
    assert max(lab.shares()) >= 99
    assert re.match(r"Now: (more than )?99\.\d% sure\.", now.text_content())
    assert len(lab.solved()) == 1


@pytest.mark.sweep
def test_a_few_dots(open_digits):
    """Found by trying all pixels one after the other, in Python."""
    lab = open_digits()
    drawing, dots = few_dots()
    lab.menu("Pen").select_option("thin")
    for row, column, ink in dots:
        lab.cell(SHEET, row, column).focus()
        lab.page.keyboard.type(str(ink))
    np.testing.assert_allclose(lab.drawing(), drawing)
    assert len(dots) <= 20
    (text,) = lab.solved()
    assert "A few dots" in text


def few_dots():
    network, drawing, dots = DigitsLab().network, np.array(starts()["7"]), []
    for _ in range(20):
        tries = [
            (row, column, ink) for row, column in np.ndindex(28, 28) for ink in (0, 1) if drawing[row, column] != ink
        ]
        batch = np.repeat(drawing[np.newaxis], len(tries), axis=0)
        for picture, (row, column, ink) in zip(batch, tries, strict=True):
            picture[row, column] = ink
        votes = network.forward(np.array([centred(picture) for picture in batch])[:, np.newaxis])
        best = int((np.delete(votes, 7, axis=1).max(axis=1) - votes[:, 7]).argmax())
        drawing, dots = batch[best], [*dots, tries[best]]
        if votes[best].argmax() != 7:
            break
    return drawing, dots


@pytest.mark.sweep
def test_a_weak_spot(open_digits):
    lab = open_digits(tab="occlusion", square=4)
    half = DigitsLab(drawing=starts()["4"])
    lab.press("Start from a 4")
    assert lab.solved() == []
    lab.point_at(*weak_spot(half))
    (text,) = lab.solved()
    assert "A weak spot" in text


def weak_spot(half):
    for row, column in np.ndindex(25, 25):
        hidden = half.centred.copy()
        hidden[row : row + 4, column : column + 4] = 0.5
        if np.argmax(half.network.forward(hidden[np.newaxis, np.newaxis])) != 4:
            return row + 2, column + 2
    raise AssertionError("no such place")


def test_the_tables_hold_the_numbers_without_scripts():
    html = DigitsLab().tables()
    assert "How sure it is of each digit" in html
    assert '<td></td><th scope="col">0</th>' in html, "digits, and not places"
    assert "<td>100.0</td>" not in html, "no softmax is all of it"
    assert f"<td>{np.rint(INK * DigitsLab().centred).max():.0f}</td>" in html
