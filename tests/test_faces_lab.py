"""FacesLab: its Python half, and in a real browser what a net finds, what breaks it, and what a reader teaches it."""

import base64
import re
import threading

import numpy as np
import pytest
import traitlets
from PIL import Image
from playwright.sync_api import expect

from convnet_core.faces import HER_FACE, PATCHES, PHOTOGRAPHS, face_scores, load_photographs, split_faces
from convnet_core.labs.faces.lab import TABS, FacesLab
from convnet_core.labs.kit import on_demand, photograph
from convnet_core.scanning import find_faces, overlap, score_map_by_windows
from tests.facespage import CAMERA, COLLECT, ENDED, GET, VOTED, WORK, FacesOnPage
from tests.kernelspage import file_of
from tests.labpage import opener, write_lab_page
from tests.readable import findings
from tools import serve


def picture_of(name):
    """One of the photographs, as a Pillow picture."""
    return Image.fromarray(np.rint(255 * load_photographs()[name]).astype(np.uint8))


# Python alone.


def test_it_starts_with_the_astronaut_and_a_net_that_sees_faces_everywhere():
    lab = FacesLab()
    assert repr(lab) == "FacesLab()"
    np.testing.assert_array_equal(lab.shown, load_photographs()["astronaut"])
    assert len(lab.totals) > 100
    her = overlap(lab.boxes, np.array(HER_FACE, float)) >= 0.5
    assert her.any()
    assert not her[0]


def test_the_books_net_finds_her_face_first():
    lab = FacesLab(**VOTED)
    assert overlap(lab.boxes, np.array(HER_FACE, float))[0] > 0.6
    lab.threshold = 40
    assert len(lab.boxes) == len(lab.totals) == 1


def test_both_nets_know_held_out_patches():
    parts = split_faces()
    for net, least in (("patches", 29), ("round 3", 28)):
        network = FacesLab(net=net).network
        assert (face_scores(network, parts["held-out faces"]) > 0).sum() >= least
        assert (face_scores(network, parts["held-out others"]) <= 0).sum() >= least


@pytest.mark.parametrize("together", [True, False])
def test_what_it_tells_is_what_the_core_finds(together):
    lab = FacesLab(net="round 3", together=together, threshold=1.5, mirrored=True)
    totals, boxes = find_faces(lab.network, lab.shown, 1.5, together)
    np.testing.assert_array_equal(lab.totals, totals)
    np.testing.assert_array_equal(lab.boxes, boxes)


def test_the_heat_map_holds_the_score_of_each_window():
    lab = FacesLab(net="round 3", size=5)
    np.testing.assert_allclose(lab.heat_map, score_map_by_windows(lab.network, lab._level[1]))
    lab.size, lab.row, lab.column = 2, 0, 255
    assert lab.score == pytest.approx(lab.heat_map[0, -1])
    assert {name: values.shape for name, values in lab.maps.items()} == {
        "conv1": (8, 18, 18),
        "conv2": (12, 6, 6),
        "votes": (2,),
    }


@pytest.mark.parametrize("size", [(24, 200), (1, 1), (25, 25), (30, 26)])
def test_a_small_photograph_has_few_windows_or_none(size):
    lab = FacesLab(photo=photograph.address_of(np.full(size, 99)))
    assert lab.window.shape == (25, 25)
    assert lab.heat_map.shape == ((0, 0) if min(size) < 25 else ((size[0] - 25) // 4 + 1, 1))
    assert "boxes above 0" in lab.tables()


@pytest.mark.parametrize(
    "bad",
    [{"net": "own"}, {"size": 6}, {"threshold": -1}, {"turn": 181}, {"dark": 1}, {"tab": "cake"}, {"together": 1}],
)
def test_a_bad_state_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        FacesLab(**bad)


def test_the_data_are_handed_over_in_parts():
    assert FacesLab.on_demand == {"patches": PATCHES, "photographs": PHOTOGRAPHS}
    scripts = on_demand.scripts_of(FacesLab.on_demand)
    assert sum(len(text) for parts in scripts.values() for text in parts.values()) <= 700_000


# In the page: what the net finds.

open_lab = opener(FacesLab, view=FacesOnPage)


def whole(value):
    """Rounded as the page rounds: a half goes up."""
    return int(value + 0.5)


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize("state", [{}, {"net": "round 3", "threshold": 5}, VOTED])
def test_the_boxes_are_those_of_python(open_lab, state):
    lab, half = open_lab(**state), FacesLab(**state)
    count = len(half.totals)
    expect(lab.told).to_contain_text(f"has {count} boxes above {half.threshold:g}.")
    written = [f"{total:.1f}" if total < 100 else f"{total:.0f}" for total in half.totals]
    for (row, column, side), total, item in zip(
        half.boxes, written, lab.root.locator(".cl-faces-told li").all(), strict=False
    ):
        place = f"from row {whole(row) + 1}, column {whole(column) + 1}"
        box = rf"{whole(side)}\s×\s{whole(side)} pixels {place}"
        expect(item).to_have_text(re.compile(rf"^{total}: {box}, (not )?on her face$"))
    assert lab.boxes()[:5] == [float(text) for text in written[:5]]


def test_threshold_and_windows_answer_at_once_and_without_a_new_look(open_lab):
    lab = open_lab(**VOTED)
    lab.page.evaluate("() => { Worker.prototype.postMessage = () => { throw new Error('a new look'); }; }")
    lab.slide("Threshold", 72)  # of 200: 129.6, in round numbers
    assert lab.trait("threshold") == 130
    expect(lab.told).to_have_text("The book’s net has no box above 130.")
    lab.slide("Threshold", 40)
    expect(lab.told).to_have_text("The book’s net has 1 box above 40.")
    lab.expect_status("Threshold: 40.", "The book’s net has 1 box above 40.")
    lab.menu("Windows").select_option("each for itself")
    expect(lab.told).to_have_text("The book’s net has no box above 40.")
    lab.press("Undo")
    expect(lab.told).to_have_text("The book’s net has 1 box above 40.")


def test_where_a_page_may_make_no_worker_the_net_looks_in_the_page(open_lab):
    lab = open_lab(page={"init_script": "window.Worker = undefined;"}, **VOTED, threshold=40)
    expect(lab.told).to_have_text("The book’s net has 1 box above 40.")


def test_the_challenge_of_the_one_box(open_lab):
    lab = open_lab()
    lab.slide("Threshold", 20)  # of 200: 10
    lab.menu("Who looks").select_option("The book’s net")
    lab.wait_for_work()
    assert [text for text in lab.solved() if "One box" in text]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "the book’s net does not look"),
        ({"net": "round 3"}, "windows do not vote together"),
        (VOTED | {"threshold": 41}, "the threshold is above 40"),
        (VOTED | {"dark": 0.5}, "something else than the turn is changed"),
        (VOTED, "she is not turned"),
        (VOTED | {"turn": 11}, "she is turned by more than 10 degrees"),
        (VOTED | {"turn": -6}, "her face is box 1 of"),
    ],
)
def test_what_is_missing_to_break_it_is_said(open_lab, state, words):
    expect(open_lab(**state).root.locator(".cl-challenges li").nth(1)).to_contain_text(f"Now: {words}")


def test_a_threshold_is_a_round_number_and_each_step_another(open_lab):
    lab, found = open_lab(), []
    for at in range(0, 201, 5):
        lab.slide("Threshold", at)
        found.append(lab.trait("threshold"))
    assert found[:5] == [0, 0.6, 2.5, 5.6, 10]
    assert found[-1] == 1000
    assert all(one < other for one, other in zip(found, found[1:], strict=False))
    slider = lab.root.get_by_role("slider", name="Threshold")
    lab.slide("Threshold", 0)
    for step in range(1, 8):
        slider.press("ArrowRight")
        assert lab.trait("threshold") > [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9][step - 1]


def test_who_breaks_it_has_solved_that(open_lab):
    lab = open_lab(**VOTED, threshold=36.1, tab="change")
    lab.slide("Turn", 9)
    lab.expect_status("Challenge solved!")
    assert len(lab.solved()) == 1
    expect(lab.account).to_contain_text("as it was, 67.5.")


def test_a_link_to_a_solved_state_is_no_merit(open_lab):
    assert open_lab(**VOTED, threshold=40).solved() == []
    assert open_lab(**VOTED, threshold=36.1, turn=9).solved() == []


def test_a_change_is_looked_at_anew_and_the_old_result_stays_until_then(open_lab):
    lab = open_lab(net="round 3", tab="change")
    before = lab.told.inner_text()
    lab.root.get_by_role("checkbox", name="Invert it").check()
    assert lab.told.inner_text() in (
        before,
        f"{before} It looks anew…",
        told_of(FacesLab(net="round 3", inverted=True)),
    )
    lab.wait_for_work()
    expect(lab.told).to_have_text(told_of(FacesLab(net="round 3", inverted=True)))
    lab.press("As it was")
    lab.wait_for_work()
    expect(lab.told).to_have_text(before)


def told_of(half):
    return f"The book’s net has {len(half.totals)} boxes above {half.threshold:g}."


def test_sizes_are_chosen_by_slider_and_by_map(open_lab):
    lab = open_lab(net="round 3")
    maps = lab.root.get_by_role("radio")
    expect(maps).to_have_count(6)
    half = FacesLab(net="round 3", size=0)
    text = f"25 pixels: {(half.heat_map > 0).sum()} of {half.heat_map.size:,}, best {half.heat_map.max():.1f}"
    expect(lab.root.locator(".cl-faces-size").first).to_have_text(text)
    maps.first.check(force=True)
    expect(lab.root.locator(".cl-faces-heat .cl-caption")).to_have_text(
        re.compile(r"^Heat map: windows of 25\s×\s25 pixels$")
    )
    lab.slide("Size", 5)
    expect(maps.last).to_be_checked()


def test_arrow_keys_lead_the_window(open_lab):
    lab = open_lab(net="round 3", tab="window")
    frame = lab.root.get_by_role("application")
    frame.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowUp", "End"):
        frame.press(key)
    half = FacesLab(net="round 3", row=lab.trait("row"), column=lab.trait("column"))
    another, face = half.maps["votes"]
    assert half.column > 220
    expect(lab.account).to_contain_text(f"{face:.1f} for “a face” minus {another:.1f}".replace("-", "−"))
    lab.expect_status("Window of")


@pytest.mark.sweep
def test_every_view_can_be_read(open_lab, known):
    lab = open_lab(page={"viewport": {"width": 320, "height": 800}}, net="round 3")
    for tab in TABS:
        lab.root.locator(".cl-tabs button").nth(TABS.index(tab)).click()
        assert findings(lab.page, known=known) == []
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320


# A photograph of one's own.


def test_a_photograph_of_ones_own_by_file_and_by_drop(open_lab):
    lab = open_lab(**VOTED, threshold=5)
    lab.hand_over(file_of(picture_of("camera")))
    lab.expect_status("holiday.png is here: 256 x 256 pixels")
    lab.wait_for_work()
    half = FacesLab(**VOTED, threshold=5, photo=lab.trait("photo"))
    expect(lab.told).to_contain_text(f"has {len(half.totals)} boxes")
    expect(lab.root.locator(".cl-faces-photo .cl-caption")).to_have_text("Your photograph, 256 × 256 pixels")
    expect(lab.root.locator(".cl-challenges")).not_to_contain_text("Now: her face")
    cat = base64.b64encode(file_of(picture_of("cat"))).decode()
    lab.root.evaluate(
        """(room, text) => {
          const data = new DataTransfer();
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], "cat.png", { type: "image/png" }));
          for (const type of ["dragover", "drop"])
            room.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        cat,
    )
    lab.expect_status("cat.png is here")
    lab.press("Back to the first photograph")
    expect(lab.root.locator(".cl-faces-photo .cl-caption")).to_have_text("Eileen Collins, 256 × 256 pixels")


def test_what_is_no_picture_is_refused_and_a_small_one_is_shown(open_lab):
    lab = open_lab()
    lab.hand_over(b"hello", "notes.txt")
    lab.expect_status("is not a picture that this page can read", "The photograph stays as it was.")
    lab.hand_over(file_of(Image.new("L", (20, 12), 99)))
    lab.wait_for_work()
    expect(lab.told).to_have_text("The net of the patches has no box above 0.")
    for tab in range(len(TABS)):
        lab.root.locator(".cl-tabs button").nth(tab).click()
    lab.root.get_by_role("application").press("ArrowDown")


def test_a_picture_from_the_camera(open_lab, known):
    lab = open_lab(page={"init_script": CAMERA})
    lab.press("Take a picture")
    expect(lab.button("Take it")).to_be_focused()
    lab.page.wait_for_function("document.querySelector('video').videoWidth > 0")
    assert findings(lab.page, known=known) == []
    lab.press("Take it")
    lab.expect_status("Your picture is here: 320 x 240 pixels, shrunk to 256 x 192, in greys.")
    assert lab.page.evaluate(ENDED) == ["ended"]
    expect(lab.button("Take it")).to_be_hidden()
    lab.press("Take a picture")
    lab.press("Cancel")
    expect(lab.button("Take a picture")).to_be_focused()
    assert lab.page.evaluate(ENDED) == ["ended"] * 2


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("NotAllowedError", "The camera may not be used here."),
        ("NotFoundError", "No camera was found."),
        ("Odd", "could not"),
    ],
)
def test_a_camera_that_is_refused_is_told_in_words(open_lab, reason, words):
    lab = open_lab(page={"init_script": f"{CAMERA} window.refusal = {reason!r};"})
    lab.press("Take a picture")
    lab.expect_status(words, "The photograph stays as it was.")
    expect(lab.button("Take it")).to_be_hidden()


def test_without_a_camera_there_is_no_button(open_lab):
    lab = open_lab(page={"init_script": "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"})
    expect(lab.button("Take a picture")).to_have_count(0)


# Teaching it, and how good it is.


@pytest.mark.sweep
def test_a_reader_teaches_the_net_until_it_finds_her(open_lab):
    """From her photograph's own false alarms, then from those of twelve photographs, twice: the third challenge."""
    lab = open_lab(tab="teach")
    lab.get_data()
    lab.button("Teach").press("Enter")
    lab.expect_status("There is nothing to teach yet")
    start = int(re.search(r"has (\d+) boxes", lab.told.inner_text())[1])
    rows = lab.root.locator("ul.cl-faces-list button")
    for at in range(3):
        rows.nth(at).click()
        expect(rows.nth(at)).to_have_attribute("aria-pressed", "true")
    rows.nth(2).click()
    expect(lab.account).to_contain_text("2 false alarms collected: 2 here.")
    lab.press("Teach")
    lab.finish()
    lab.expect_status("Lesson 1 took")
    expect(lab.menu("Who looks")).to_have_value("own")
    assert int(re.search(r"has (\d+) box", lab.told.inner_text())[1]) < 0.8 * start
    for lesson in (2, 3, 4):
        if lab.solved():
            break
        lab.press(COLLECT)
        lab.finish()
        lab.press("Teach")
        lab.finish()
        lab.expect_status(f"Lesson {lesson} took")
    assert len(lab.solved()) == 1
    lab.hand_over(file_of(picture_of("camera")))
    lab.expect_status("holiday.png is here")
    lab.wait_for_work()
    expect(lab.told).to_contain_text("Your net has")
    lab.press("Back to the first photograph")
    lab.press("Undo the last lesson")
    lab.press("Forget all")
    expect(lab.menu("Who looks")).to_have_value("patches")
    lab.wait_for_work()
    expect(lab.told).to_contain_text(f"has {start} boxes")


def test_a_press_on_the_photograph_collects_the_box_there(open_lab):
    lab = open_lab(tab="teach", **VOTED, threshold=20)
    lab.get_data()
    frame = lab.root.locator(".cl-faces-photo .cl-pane-frame")
    side = frame.bounding_box()["width"] / 256
    row, column, length = FacesLab(**VOTED).boxes[1]
    frame.click(position={"x": side * (column + length / 2), "y": side * (row + length / 2)})
    expect(lab.root.locator("ul.cl-faces-list button").nth(1)).to_have_attribute("aria-pressed", "true")
    lab.press("Reset")
    expect(lab.root.locator("ul.cl-faces-list button[aria-pressed=true]")).to_have_count(0)


def test_a_lesson_can_be_stopped(open_lab):
    lab = open_lab(tab="teach")
    lab.teach_a_little()
    lab.expect_status("Lesson 1 took")


def test_how_good_a_net_is(open_lab):
    lab = open_lab(tab="good", **VOTED)
    lab.get_data()
    lab.press("Judge it")
    expect(lab.account).to_contain_text("(precision)", timeout=WORK)
    shares = r"above 0: ([\d.]+)% .* ([\d.]+)% of 30 held-out faces .* right in ([\d.]+)%"
    precision, recall, chance = map(float, re.search(shares, lab.account.inner_text()).groups())
    assert recall >= 80
    assert chance < 2 < precision
    lab.slide("Threshold", 30)  # of 200: 22.5, in round numbers
    higher, fewer, _ = map(float, re.search(shares.replace("0:", "23:"), lab.account.inner_text()).groups())
    assert higher > precision
    assert fewer <= recall
    expect(lab.root.locator(".cl-faces-curve")).to_have_attribute(
        "aria-label", re.compile("^Precision and recall. The book")
    )


def test_the_data_come_over_http_and_what_is_missing_is_told(new_page, tmp_path):
    write_lab_page(tmp_path, FacesLab(tab="good"))
    (tmp_path / "photographs-2.js").rename(tmp_path / "away.js")
    with serve.server(tmp_path) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        page = new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/labs.html")
        lab = FacesOnPage(page)
        lab.press(GET)
        lab.expect_status("The patches and photographs did not come", "photographs-2.js can't be loaded")
        (tmp_path / "away.js").rename(tmp_path / "photographs-2.js")
        lab.button("Try again").first.click()
        lab.expect_status("Patches and photographs are here.")
        server.shutdown()
        thread.join()


def test_a_link_brings_every_setting(open_lab):
    state = {
        "net": "round 3",
        "size": 1,
        "threshold": 3,
        "together": False,
        "turn": -30,
        "mirrored": True,
        "dark": 0.25,
    }
    lab, half = open_lab(**state, inverted=True, tab="change"), FacesLab(**state, inverted=True)
    expect(lab.told).to_contain_text(f"{len(half.totals) or 'no'} box")
    expect(lab.root.get_by_role("slider", name="Turn")).to_have_value("-30")
    expect(lab.root.get_by_role("checkbox", name="Invert it")).to_be_checked()
