"""ShuffleLab: its Python half against convnet_core, its page and its Worker against its Python half."""

import base64
import json
import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.labs.kit.seeded import size_of
from convnet_core.labs.shuffle.lab import (
    EPOCHS,
    KINDS,
    PACKED,
    SEEDS,
    SWAPS,
    TEST,
    ShuffleLab,
    labels_of,
    levels,
    spread,
)
from convnet_core.limitations import swap_columns, swap_pixels, swap_rows
from convnet_core.printing import plain
from tests.labpage import CLIPBOARD, comes_to, encoded, opener, printed
from tests.readable import findings_in_every_look
from tools import shuffle_data

AS_IT_IS, SWAPPED = "As it is", "Swapped"


open_lab = opener(ShuffleLab, **CLIPBOARD)


@pytest.fixture(scope="module")
def measured():
    """`measured(data, swap, order)`: what a training in Python gives, right answers and lab, made once."""
    kept = {}

    def measure(data, swap="nothing", order=1):
        if (data, swap, order) not in kept:
            lab = ShuffleLab(data=data, swap=swap, order=order)
            kept[data, swap, order] = lab.train(), lab
        return kept[data, swap, order]

    return measure


def state_of(lab):
    """All that the lab's link tells."""
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    text = lab.page.evaluate("navigator.clipboard.readText()").partition("#lab-shuffle=")[2]
    text = text.rpartition(".")[2]  # its version stands before it
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def follow(lab, **state):
    """Puts a state into the open page as a link does."""
    lab.page.evaluate("text => (location.hash = `lab-shuffle=${text}`)", encoded(state))
    lab.page.wait_for_function("location.hash === '#lab-shuffle'")


def train(lab):
    """Presses Train and waits for its end."""
    lab.press("Train")
    expect(lab.button("Train")).to_be_visible(timeout=30_000)


def marked(lab, label, mark):
    """The places of a grid's cells with this mark, counted row by row."""
    width = len(lab.numbers(label)[0])
    places = "(cells, width) => cells.map((cell) => cell.dataset.row * width + +cell.dataset.column)"
    return lab.grid(label).locator(f".is-{mark}").evaluate_all(places, width)


def rows_of(lab):
    return [row.locator("td").all_inner_texts() for row in lab.root.locator(".cl-shuffle-table tbody tr").all()]


def words(lab):
    return lab.root.locator(".cl-shuffle-words").inner_text()


def runs(*results):
    """Runs as the state keeps them: (data, swap, order, right answers of each ConvNet, and of each voting net)."""
    return [
        number
        for data, swap, order, convnet, voting in results
        for number in [KINDS.index(data), SWAPS.index(swap), order, *[convnet] * SEEDS, *[voting] * SEEDS]
    ]


# The Python half


def mean(right, which):
    return right[-1, which].mean() / TEST


@pytest.mark.sweep
def test_digits_need_their_neighbours_and_a_vote_does_not(measured):
    straight, swapped = measured("digits")[0], measured("digits", "all pixels")[0]
    assert mean(straight, 0) > mean(straight, 1) + 0.015, "as it is, the ConvNet is ahead"
    assert mean(swapped, 0) < mean(swapped, 1) - 0.015, "swapped, behind"
    assert mean(straight, 0) - mean(swapped, 0) > 0.045
    assert abs(mean(straight, 1) - mean(swapped, 1)) < 0.01


@pytest.mark.sweep
def test_a_sound_s_columns_may_be_swapped_and_its_pixels_may_not(measured):
    straight, columns, pixels = (measured("sounds", swap)[0] for swap in ("nothing", "columns", "all pixels"))
    assert mean(straight, 0) > 0.97 > 0.85 > mean(straight, 1)
    assert abs(mean(straight, 0) - mean(columns, 0)) < 0.015
    assert mean(straight, 0) - mean(pixels, 0) > 0.08
    assert abs(mean(straight, 1) - mean(pixels, 1)) < 0.015


@pytest.mark.sweep
def test_customers_have_no_neighbours(measured):
    straight, swapped = measured("customers")[0], measured("customers", "columns")[0]
    assert abs(mean(straight, 0) - mean(straight, 1)) < 0.02
    for which in (0, 1):
        assert abs(mean(straight, which) - mean(swapped, which)) < 0.02
    assert (mean(straight, 0), mean(straight, 1)) > (0.7, 0.7), "and yet there is something to learn"


def test_before_the_first_step_they_guess(measured):
    for data in KINDS:
        chance = 1 / len(PACKED[data]["answers"])
        assert measured(data)[0][0].mean() / TEST == pytest.approx(chance, abs=0.15)


@pytest.mark.parametrize("data", KINDS)
def test_a_swap_is_that_of_convnet_core_and_loses_nothing(data):
    height, width = PACKED[data]["shape"]
    pictures = levels(data)[:7]
    for swap, move in [("rows", swap_rows), ("columns", swap_columns), ("all pixels", swap_pixels)]:
        lab = ShuffleLab(data=data, swap=swap, order=3)
        places = lab.places
        order = {"rows": places[:, 0] // width, "columns": places[0], "all pixels": places.ravel()}[swap]
        assert sorted(places.ravel()) == list(range(height * width))
        assert np.array_equal(lab.swapping(pictures), move(pictures, order))
        assert not np.array_equal(places, ShuffleLab(data=data, swap=swap, order=4).places) or len(order) == 1
    assert np.array_equal(ShuffleLab(data=data).swapped, ShuffleLab(data=data).samples)


def test_the_stored_data_are_those_that_the_script_collects():
    """Loudness may fall to either side of a half in another scipy; all else is the same to the letter."""
    collected = json.loads(json.dumps(shuffle_data.collected()))
    for data in KINDS:
        ours, stored = dict(collected[data]), dict(PACKED[data])
        pairs = list(zip(ours.pop("samples"), stored.pop("samples"), strict=True))
        assert ours == stored, f"{data}: run python -m tools.shuffle_data"
        assert np.mean([one == other for one, other in pairs]) > (0.999 if data == "sounds" else 0.9999)


def test_no_test_sample_is_among_those_to_learn_from():
    for data in KINDS:
        kind = PACKED[data]
        train, test = ({part.tobytes() for part in half} for half in np.split(levels(data), [kind["train"]]))
        assert kind["test"] == TEST == len(labels_of(data)) - kind["train"]
        assert data == "sounds" or not train & test  # two faint taps may make the same picture


def test_a_run_takes_one_row_and_keeps_its_curve(measured):
    right, lab = measured("customers", "columns")
    assert right.shape == (EPOCHS + 1, 2, SEEDS)
    assert np.array_equal(lab.results[0].convnet * TEST, right[-1, 0])
    assert lab.curve[:3].tolist() == [KINDS.index("customers"), SWAPS.index("columns"), 1]
    points = lab.curve[3:].reshape(EPOCHS + 1, 2, 3)
    assert np.array_equal(points[:, 1], np.stack([right[:, 1].sum(1), right[:, 1].min(1), right[:, 1].max(1)], axis=1))
    again = ShuffleLab(data="customers", swap="columns", runs=[*lab.runs, *runs(("digits", "rows", 1, 200, 200))])
    again.train()
    assert [run.data for run in again.results] == ["digits", "customers"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("runs", [1000], "runs must be a list of at most 312 numbers from 0 to 999"),
        ("curve", [-1], "curve must be a list"),
        ("data", "faces", "data must be one of"),
        ("order", 0, "order must be a whole number from 1 to 999"),
        ("sample", 6, "sample must be a whole number from 0 to 5"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = ShuffleLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


def test_the_tables_leave_both_pictures_and_what_was_measured():
    html = ShuffleLab(data="sounds", swap="rows", runs=runs(("sounds", "rows", 1, 300, 150))).tables()
    assert html.count("<table") == 3
    assert "The same, after swapping rows" in html
    assert "<td>sounds</td><td>rows</td><td>100% (100 to 100)</td><td>50% (50 to 50)</td>" in html


# The page shows what Python has


def expect_samples(lab, python):
    at = python.sample
    assert lab.numbers(AS_IT_IS) == printed(python.samples[at])
    assert lab.numbers(SWAPPED) == printed(python.swapped[at])


@pytest.mark.sweep
def test_page_and_python_swap_alike(open_lab):
    lab = open_lab()
    expect_samples(lab, ShuffleLab())
    for data in KINDS:
        for swap in SWAPS:
            for order, sample in ((1, 0), (2, 5), (999, 3)):
                state = {"data": data, "swap": swap, "order": order, "sample": sample}
                follow(lab, **state)
                expect_samples(lab, ShuffleLab(**state))
    sizes = [size_of(network) for network in ShuffleLab(data="customers").networks]
    for size in sizes:
        expect(lab.root.get_by_text(f"{size} numbers to learn.")).to_be_visible()


TRAINED = [("digits", "all pixels", 2), ("sounds", "columns", 1), ("customers", "nothing", 1)]


@pytest.mark.in_turn("place", 2)
@pytest.mark.parametrize("place", ["worker", "page"])
def test_the_page_learns_what_python_learns(place, open_lab, measured):
    """Every right answer of every net after every epoch, in the Worker and without one."""
    without = "delete globalThis.Worker;" if place == "page" else ""
    lab = open_lab({"init_script": without})
    for data, swap, order in TRAINED[place == "page" :]:  # without one, the quick ones
        follow(lab, data=data, swap=swap, order=order)
        train(lab)
        python = measured(data, swap, order)[1]
        state = state_of(lab)
        assert state["runs"] == python.runs.tolist()
        assert state["curve"] == python.curve.tolist()
        (run,) = python.results
        shown = rows_of(lab)[0]
        assert [shown[3], shown[5]] == [spread(run.convnet), spread(run.voting)]
    assert lab.page.evaluate("typeof Worker") == ("undefined" if place == "page" else "function")


@pytest.mark.sweep
def test_a_run_is_told_kept_and_undone(open_lab, measured):
    lab = open_lab(data="customers", swap="columns", runs=runs(("customers", "nothing", 0, 240, 240)))
    lab.cell("Your guess", 0, 0).click()
    lab.page.keyboard.type("75")
    lab.expect_status("Your guess for the ConvNet: 50% → 75%.")
    lab.root.get_by_label("Your guess, ConvNet").fill("101")
    lab.page.keyboard.press("Enter")
    lab.expect_status("Your guess: a cell takes numbers from 0 to 100")
    train(lab)
    lab.expect_status("Your guess: 75% and 50%.")
    run = measured("customers", "columns")[1].results[0]
    change = plain(round(1000 * (run.convnet.mean() - 0.8)) / 10)
    lab.expect_status("Customers, columns swapped, order 1: ConvNet", f"By the swap: ConvNet {change} points")
    assert rows_of(lab)[1][:3] == ["customers", "columns", "1"]
    assert rows_of(lab)[1][4] == change
    curve = lab.root.get_by_role("img", name=re.compile(f"^Right in the test over {EPOCHS} epochs. ConvNet: .* to "))
    expect(curve).to_have_accessible_name(re.compile("With nothing swapped the ConvNet reached 80%."))
    look = lab.look()
    lab.page.reload()
    assert comes_to(lab.page, lab.look, look)
    lab.menu("Data").select_option("sounds")
    expect(curve).to_have_count(0)
    lab.press("Undo")
    expect(curve).to_be_visible()
    lab.press("Clear the table")
    lab.expect_status("Measured: 2 → 0.")
    assert rows_of(lab) == []
    lab.press("Undo")
    assert lab.look() == look
    assert findings_in_every_look(lab.page) == []


@pytest.mark.sweep
def test_without_the_straight_run_there_is_nothing_to_compare(open_lab):
    lab = open_lab(data="customers", swap="all pixels")
    train(lab)
    lab.expect_status("Train with nothing swapped, too")
    assert rows_of(lab)[0][4] == "?"
    lab.menu("Swap").select_option("nothing")
    train(lab)
    lab.expect_status("Customers, nothing swapped: ConvNet")
    assert re.fullmatch(r"[+-]?\d(\.\d)?", rows_of(lab)[0][4])
    train(lab)
    lab.expect_status("The same as before")
    assert len(rows_of(lab)) == 2
    expect(lab.root.get_by_text(re.compile("^Customers: a swap changed the ConvNet by"))).to_be_visible()


def test_a_training_can_be_stopped_and_ends_with_a_change(open_lab):
    lab = open_lab()
    progress = lab.root.get_by_text(re.compile(f"^Epoch \\d+ of {EPOCHS}: ConvNet .*, voting net"))
    lab.press("Train")
    expect(progress).to_be_visible()
    lab.press("Stop")
    lab.expect_status("Stopped.")
    expect(progress).to_have_count(0)
    lab.press("Train")
    expect(progress).to_be_visible()
    lab.root.get_by_role("group", name="Samples").get_by_role("button", name="3", exact=True).click()
    expect(lab.button("Stop")).to_be_visible()  # who looks at another sample does not disturb it
    lab.menu("Swap").select_option("rows")
    expect(lab.button("Train")).to_be_visible()
    lab.expect_status("Swapped: nothing → rows. The training has stopped: it was for what stood here before.")
    lab.press("Train")
    lab.press("Reset")
    lab.expect_status("Back to the start")
    expect(lab.button("Train")).to_be_visible()
    assert rows_of(lab) == []


# Mouse, touch, keyboard


def around(place, height, width):
    row, column = divmod(place, width)
    rows = range(max(0, row - 1), min(height, row + 2))
    columns = range(max(0, column - 1), min(width, column + 2))
    return [r * width + c for r in rows for c in columns if (r, c) != (row, column)]


def expect_lit(lab, python, place):
    """The pixel that was at `place` and its neighbours are marked in both pictures, and the sentence counts right."""
    height, width = python.places.shape
    places = python.places.ravel().tolist()
    near = around(place, height, width)
    now, moved = places.index(place), sorted(places.index(at) for at in near)
    assert (marked(lab, AS_IT_IS, "now"), sorted(marked(lab, AS_IT_IS, "twin"))) == ([place], near)
    assert (marked(lab, SWAPPED, "now"), sorted(marked(lab, SWAPPED, "twin"))) == ([now], moved)
    kept = len(set(moved) & set(around(now, height, width)))
    told = {0: "none is", 1: "1 is"}.get(kept, f"{kept} are")
    assert f"Of its {len(near)} neighbours {told} still beside it." in words(lab)
    return now


@pytest.mark.in_turn("swap", 2)
@pytest.mark.parametrize("swap", SWAPS)
def test_the_same_pixel_lights_up_in_both(swap, open_lab):
    python = ShuffleLab(swap=swap, order=5)
    lab = open_lab(swap=swap, order=5)
    lab.cell(AS_IT_IS, 3, 4).hover()
    expect_lit(lab, python, 28)
    assert "The pixel of row 4, column 5" in words(lab)
    lab.cell(SWAPPED, 0, 7).hover()
    expect_lit(lab, python, int(python.places[0, 7]))
    lab.root.locator(".cl-title").hover()
    assert marked(lab, SWAPPED, "now") == []
    lab.cell(AS_IT_IS, 0, 0).focus()
    lab.page.keyboard.press("ArrowRight")
    expect_lit(lab, python, 1)
    description = lab.cell(AS_IT_IS, 0, 1).get_attribute("aria-description")
    assert description == words(lab)


def test_a_tap_shows_what_hover_shows(open_lab):
    python = ShuffleLab(data="customers", swap="columns")
    lab = open_lab({"has_touch": True}, data="customers", swap="columns")
    lab.cell(AS_IT_IS, 0, 3).tap()
    now = expect_lit(lab, python, 3)
    assert f"Mails opened ({lab.numbers(AS_IT_IS)[0][3]}), number 4 of the row, is now number {now + 1}." in words(lab)
    expect(lab.cell(SWAPPED, 0, now)).to_have_accessible_name(re.compile("^mails opened, "))


def test_what_is_swapped_is_told(open_lab):
    lab = open_lab()
    expect(lab.button("Swap anew")).to_have_accessible_description(re.compile("^Choose first what to swap"))
    lab.button("Swap anew").press("Enter")
    lab.expect_status("Choose first what to swap")
    lab.menu("Swap").select_option("columns")
    expect(lab.button("Swap anew")).to_have_accessible_description("")
    lab.expect_status("Swapped: nothing → columns.")
    assert words(lab).startswith("Whole columns change places, in every digit alike (order 1).")
    lab.press("Swap anew")
    lab.expect_status("Order 1 → 2.")
    expect_samples(lab, ShuffleLab(swap="columns", order=2))
    lab.menu("Data").select_option("customers")
    lab.menu("Swap").select_option("rows")
    lab.expect_status("Swapped: columns → rows. A customer is a single row: there are no rows to swap.")
    for name in ("Swap anew", "Train"):
        lab.press("Reset")
        follow(lab, data="customers", swap="rows")
        expect(lab.button(name)).to_have_attribute("aria-disabled", "true")
        expect(lab.button(name)).to_have_accessible_description(re.compile("^A customer is a single row"))
        lab.button(name).press("Enter")
        lab.expect_status("A customer is a single row: there are no rows to swap. Swap columns.")
    assert rows_of(lab) == []
    lab.menu("Swap").select_option("all pixels")
    assert "A single row: this is the same as swapping columns." in words(lab)
    expect(lab.button("Train")).to_have_attribute("aria-disabled", "false")
    lab.root.get_by_role("button", name="buys again 2").click()
    lab.expect_status("Shown: customer 1 (stays away) → customer 4 (buys again).")


def test_on_a_phone_each_run_is_a_card_with_its_changes_in_sight(open_lab):
    lab = open_lab(runs=runs(("digits", "nothing", 0, 281, 271), ("digits", "all pixels", 2, 260, 271)))
    table = lab.root.get_by_role("table", name="Right in the test")
    for width in (320, 900):
        lab.page.set_viewport_size({"width": width, "height": 800})
        cells = table.get_by_role("row").nth(2).get_by_role("cell")
        expect(cells).to_have_text(
            ["digits", "all pixels", "2", "86.7% (86.7 to 86.7)", "-7", "90.3% (90.3 to 90.3)", "0"]
        )
        boxes = [cell.bounding_box() for cell in cells.all()]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        assert len({round(box["y"]) for box in boxes}) == (3 if width == 320 else 1)


def widest_rows():
    """The longest words and numbers that a row can have."""
    return runs(*[(data, swap, 999, 187, 299) for data in KINDS for swap in SWAPS])


@pytest.mark.in_turn("width", 3)
@pytest.mark.parametrize("width", [320, 360, 480, 600, 640, 700, 760, 900, 1280])
def test_the_table_never_needs_to_be_scrolled(width, open_lab):
    spreading = np.array(widest_rows()).reshape(-1, 3 + 2 * SEEDS)
    spreading[:, 3::2] += 11  # so that the least and the most have a decimal
    lab = open_lab({"viewport": {"width": width, "height": 800}}, runs=spreading.ravel())
    box = lab.root.get_by_role("region", name="Table of what you have measured")
    room, wanted = box.evaluate("(box) => [box.clientWidth, box.scrollWidth]")
    assert wanted <= room


def test_a_guess_belongs_to_its_data(open_lab):
    lab = open_lab(runs=runs(("customers", "nothing", 0, 240, 240)))
    expect(lab.root.get_by_text("Your guess for the digits, in percent")).to_be_visible()
    lab.cell("Your guess", 0, 0).click()
    lab.page.keyboard.type("93")
    assert lab.numbers("Your guess") == [["93", "50"]]
    for data in ("sounds", "customers"):
        lab.menu("Data").select_option(data)
        expect(lab.root.get_by_text(f"Your guess for the {data}, in percent")).to_be_visible()
        assert lab.numbers("Your guess") == [["50", "50"]]
    assert "guess" not in lab.status, "another guess is shown, and none was changed"
    lab.menu("Swap").select_option("columns")
    train(lab)
    lab.expect_status("Customers, columns swapped")
    assert "Your guess" not in lab.status, "of customers, nothing was guessed"
    lab.menu("Data").select_option("digits")
    assert lab.numbers("Your guess") == [["93", "50"]]
    assert state_of(lab)["guess"] == [[93, 50], [50, 50], [50, 50]]


# Redrawing

WATCHED = """
window.drawn = [];
const namesOf = (records) => records.map(({ target, type, attributeName }) => {
  const element = target.nodeType === 3 ? target.parentElement : target;
  return [element.getAttribute("class") ?? element.localName, attributeName ?? type];
});
window.watch = (root) =>
  new MutationObserver((records) => drawn.push(...namesOf(records)))
    .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
"""


def test_a_training_redraws_its_curve_alone_and_each_epoch_once(open_lab):
    lab = open_lab({"init_script": WATCHED})
    lab.page.evaluate("watch(document.querySelector('.cl-lab .cl-stage'))")
    lab.press("Train")
    expect(lab.root.get_by_text(re.compile("^Epoch ([3-9]|1[0-9]) of"))).to_be_attached()
    drawn = lab.page.evaluate("drawn")
    names = {name for name, _ in drawn}
    assert names <= {"cl-note", "cl-button cl-primary", "cl-shuffle-curve", "text", *OF_CURVE}, "nothing else"
    labels = drawn.count(["cl-shuffle-curve", "aria-label"])
    assert labels <= EPOCHS + 2, "no epoch is drawn twice"
    assert len(drawn) <= 12 * (labels + 1)


OF_CURVE = {
    *(f"cl-shuffle-{shape} cl-shuffle-{net}" for shape in ("line", "band") for net in ("convnet", "voting")),
    "cl-shuffle-base",
}


# Sound

EARS = """
window.heard = { contexts: 0, tones: [], stopped: 0 };
class Parameter {
  setValueAtTime(value, time) { this.ramp = [[value, time]]; }
  linearRampToValueAtTime(value, time) { this.ramp.push([value, time]); }
}
window.AudioContext = class {
  constructor() { heard.contexts += 1; this.currentTime = 7; this.destination = {}; }
  resume() {}
  close() {}
};
window.GainNode = class {
  constructor() { this.gain = new Parameter(); }
  connect() { return this; }
};
window.OscillatorNode = class {
  constructor(context, { frequency }) { this.tone = { frequency }; heard.tones.push(this.tone); }
  connect(volume) { this.tone.gain = volume.gain; return volume; }
  start(time) { this.tone.from = time; }
  stop(time) { if (time === undefined) heard.stopped += 1; else this.tone.to = time; }
};
"""


def test_a_sound_is_heard_when_asked_for(open_lab):
    lab = open_lab({"init_script": EARS})
    expect(lab.button("Hear it as it is")).to_be_hidden()
    lab.menu("Data").select_option("sounds")
    lab.menu("Swap").select_option("all pixels")
    assert lab.page.evaluate("heard.contexts") == 0
    python = ShuffleLab(data="sounds", swap="all pixels")
    for name, picture in (("Hear it as it is", python.samples[0]), ("Hear it swapped", python.swapped[0])):
        lab.page.evaluate("heard.tones = []")
        lab.press(name)
        tones = lab.page.evaluate("heard.tones")
        rows = np.flatnonzero(picture.any(axis=1))
        assert [tone["frequency"] for tone in tones] == [PACKED["sounds"]["pitches"][row] for row in rows]
        for tone, row in zip(tones, rows, strict=True):
            volumes = np.array([value for value, _ in tone["gain"]["ramp"][1:-1]])
            assert np.array_equal(volumes > 0, picture[row] > 0)
            assert np.array_equal(np.argsort(volumes, kind="stable"), np.argsort(picture[row], kind="stable"))
            assert tone["to"] - tone["from"] == pytest.approx(0.5)
    lab.expect_status("You hear sound 1 (note), as the lab swaps it.")
    assert lab.page.evaluate("[heard.contexts, heard.stopped > 0]") == [1, True]


def test_a_browser_without_sound_says_so(open_lab):
    lab = open_lab({"init_script": "delete window.AudioContext;"}, data="sounds")
    lab.press("Hear it as it is")
    lab.expect_status("This browser can play no sound.")


# Challenges

STRAIGHT = ("customers", "nothing", 0, 237, 237)
SPARED = [("customers", swap, order, 238, 237) for swap, order in (("columns", 2), ("all pixels", 3))]


UNSWAPPED = ("digits", "nothing", 0, 281, 271)
FORESEEN, NO_FALL = ([[convnet, 90], [50, 50], [50, 50]] for convnet in (86, 94))


@pytest.mark.in_turn("solves", 4)
@pytest.mark.parametrize(
    ("solves", "state", "before"),
    [
        ("Foresee a fall", {"data": "digits", "swap": "all pixels", "guess": FORESEEN}, [UNSWAPPED]),
        ("", {"data": "digits", "swap": "all pixels", "guess": NO_FALL}, [UNSWAPPED]),
        ("", {"data": "digits", "swap": "all pixels", "guess": FORESEEN}, [("digits", "nothing", 0, 266, 271)]),
        ("", {"data": "digits", "swap": "nothing", "guess": NO_FALL}, []),
        ("Find data on which", {"data": "customers", "swap": "all pixels"}, [STRAIGHT, *SPARED]),
        ("", {"data": "customers", "swap": "all pixels", "order": 2}, [STRAIGHT, *SPARED]),  # as columns in this order
        ("", {"data": "customers", "swap": "columns"}, [STRAIGHT, *SPARED[:1]]),
        (
            "",
            {"data": "sounds", "swap": "columns"},
            [("sounds", swap, order, 298, 237) for swap, order in (("nothing", 0), ("columns", 2), ("columns", 3))],
        ),
        (
            "A rule of thumb",
            {"data": "sounds", "swap": "columns"},
            [("sounds", "nothing", 0, 298, 237), ("sounds", "all pixels", 9, 260, 230)],
        ),
        (
            "",
            {"data": "sounds", "swap": "columns"},
            [("sounds", "nothing", 0, 298, 237), ("sounds", "all pixels", 9, 280, 230)],
        ),
    ],
)
def test_a_challenge_is_earned_by_a_finished_run(solves, state, before, open_lab):
    lab = open_lab(runs=runs(*before), **state)
    assert lab.solved() == []
    train(lab)
    if solves:
        lab.expect_status("Challenge solved!")
    assert len(lab.solved()) == bool(solves)
    assert all(solves in text for text in lab.solved())


def test_a_link_earns_nothing(open_lab, measured):
    lab = open_lab()
    done = [*runs(("digits", "nothing", 0, 281, 271)), *measured("digits", "all pixels")[1].runs]
    follow(lab, runs=[int(number) for number in done])
    assert len(rows_of(lab)) == 2
    assert lab.solved() == []


@pytest.mark.parametrize("way", ["link", "kept"])
def test_a_state_of_the_first_edition_had_one_guess_for_all_data(open_lab, open_labs, way):
    old = {"data": "sounds", "guess": [[70, 40]]}
    if way == "link":
        lab = open_lab(page={"fragment": f"#lab-shuffle={encoded(old)}"})
    else:
        kept = json.dumps(json.dumps({"version": 1, "state": old, "solved": []}))
        script = f"localStorage.setItem(`convnet-lab ${{location.pathname}} lab-shuffle`, {kept});"
        lab = open_lab(page={"init_script": script})
    assert lab.numbers("Your guess") == [["70", "40"]]
