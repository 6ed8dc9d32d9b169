"""FacesLab by keyboard alone, and what one hears of it."""

import re

import pytest
from playwright.sync_api import expect

from convnet_core.labs.faces.lab import FacesLab
from tests.facespage import CAMERA, COLLECT, ENDED, VOTED, WORK, FacesOnPage
from tests.labpage import opener

open_lab = opener(FacesLab, view=FacesOnPage)

# All that a screen reader is given to speak, in `window.spoken`; SPOKEN starts anew.
SPOKEN = """() => {
  window.spoken = [];
  const status = document.querySelector(".cl-status");
  window.ear?.disconnect();
  window.ear = new MutationObserver(() => {
    const isHeard = status.getAttribute("aria-live") !== "off" && status.textContent !== "";
    if (isHeard && window.spoken.at(-1) !== status.textContent) window.spoken.push(status.textContent);
  });
  window.ear.observe(status, { childList: true, characterData: true, subtree: true });
}"""
FOCUS = "document.activeElement.textContent"


def spoken_by(lab, act):
    """What is spoken of what `act` does, once all is at rest."""
    lab.page.evaluate(SPOKEN)
    act()
    lab.wait_for_work()
    lab.page.wait_for_timeout(700)
    return " ".join(lab.page.evaluate("window.spoken"))  # on a slow machine, one after the other


def test_a_pressed_button_becomes_stop_and_keeps_the_focus(open_lab):
    lab = open_lab(tab="teach", net="round 3")
    lab.get_data()
    lab.button(COLLECT).focus()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_timeout(100)
    assert lab.page.evaluate(FOCUS) == "Stop"
    lab.page.keyboard.press("Enter")
    lab.expect_status("Stopped. Nothing was collected.")
    assert lab.page.evaluate(FOCUS) == COLLECT
    lab.root.locator("ul.cl-faces-list button").nth(1).click()
    lab.button("Teach").focus()
    lab.page.keyboard.press("Enter")
    lab.expect_status("It learns")
    expect(lab.account).to_contain_text("It learns: loss", timeout=WORK)
    assert lab.page.evaluate(FOCUS) == "Stop"
    lab.page.keyboard.press("Enter")
    lab.finish()
    lab.page.wait_for_timeout(100)
    assert lab.page.evaluate(FOCUS) == "Teach"
    lab.expect_status("at first,", "“Your net” looks now.")
    lab.button("Forget all").focus()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_timeout(100)
    assert lab.page.evaluate(FOCUS) == COLLECT
    lab.press("How good")
    lab.button("Judge it").focus()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_timeout(100)
    assert lab.page.evaluate(FOCUS) == "Stop"
    lab.page.keyboard.press("Enter")
    lab.expect_status("Stopped. Nothing was judged.")
    assert lab.page.evaluate(FOCUS) == "Judge it"


def test_undo_leaves_the_view_as_it_is(open_lab):
    lab = open_lab(net="round 3")
    for tab, value in (("Where", 20), ("Change it", 30), ("Teach it", 40)):
        lab.press(tab)
        lab.slide("Threshold", value)
        lab.root.get_by_role("slider", name="Threshold").dispatch_event("change")
    lab.press("One window")
    for step in ("Undo", "Undo", "Undo", "Redo"):
        lab.press(step)
        assert lab.trait("tab") == "window"
    assert lab.trait("threshold") == pytest.approx(10)
    lab.press("Reset")
    assert lab.trait("tab") == "where"
    lab.press("Undo")
    assert lab.trait("tab") == "window"


@pytest.mark.parametrize(("tab", "count"), [("layers", 16), ("window", 4)])
def test_pictures_have_words(open_lab, tab, count):
    lab = open_lab(tab=tab, net="round 3")
    images = lab.root.locator(".cl-faces-figure").get_by_role("img")
    expect(images).to_have_count(count)
    names = images.evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert all(re.search(r"row \d+, column \d+ \(|maps answer", name) for name in names)
    assert len(set(names)) == count
    lab.slide("Size", 0)
    assert images.evaluate_all("all => all.map((one) => one.ariaLabel)") != names
    half = FacesLab(net="round 3")
    if tab == "window":
        half.size = 0
        answering = int((half.maps["conv1"].max(axis=(1, 2)) > 0).sum())
        expect(images.nth(2)).to_have_attribute("aria-label", re.compile(rf"^{answering} of 8 maps answer, map \d"))


def test_the_heat_map_says_how_many_windows_and_which_is_the_best(open_lab):
    lab, half = open_lab(net="round 3"), FacesLab(net="round 3")
    faces, best = (half.heat_map > 0).sum(), half.heat_map.max()
    words = rf"{faces} of {half.heat_map.size:,} windows say “a face”. The best has {best:.1f}: 50"
    expect(lab.root.locator(".cl-faces-heat canvas")).to_have_attribute("aria-label", re.compile(words))
    lab.press("Go to the best window of this size")
    lab.expect_status(f"{best:.1f}, “a face”.")


def test_enter_on_the_photograph_marks_the_box_there(open_lab):
    row, column, length = FacesLab().boxes[12]  # beyond those that have a button
    lab = open_lab(tab="teach", row=int(row + length / 2), column=int(column + length / 2))
    lab.get_data()
    frame = lab.root.get_by_role("application")
    frame.focus()
    before = lab.page.evaluate("scrollY")
    for key, words in (("Enter", "is marked as no face. 1 false alarm is collected."), ("Space", "0 false alarms are")):
        frame.press(key)
        lab.expect_status(words)
    assert lab.page.evaluate("scrollY") == before
    frame.press("Enter")
    expect(lab.account).to_contain_text("1 false alarm collected: 1 here.")
    expect(lab.root.locator(".cl-faces-box.is-none")).to_have_text("✗")
    described = frame.get_attribute("aria-describedby")
    expect(lab.page.locator(f"#{described}")).to_contain_text("Window of")
    frame.press("Home")
    frame.press("Home")
    lab.expect_status("Edge. Window of")


def test_sliders_say_their_value_under_a_name_that_stays(open_lab):
    lab = open_lab(net="round 3", threshold=11.02, size=4, turn=37, dark=0.05, tab="change")
    said = {
        "Threshold": "boxes above 11.02",
        "Size": re.compile(r"^63\s×\s63 pixels$"),
        "Turn": "37 degrees",
        "Light taken away": "5%",
    }
    for name, words in said.items():
        slider = lab.root.get_by_role("slider", name=name, exact=True)
        expect(slider).to_have_attribute("aria-valuetext", words)


def test_what_changed_and_what_the_net_finds_are_one_announcement(open_lab):
    lab = open_lab(net="round 3", tab="change")
    words = spoken_by(lab, lambda: lab.root.get_by_role("checkbox", name="Mirror it").check())
    found = r"The book’s net has \d+ boxes above 0\. The first: .*, on her face\."
    assert re.match(rf"Mirrored\. {found} Changed so, the best box has ", words)
    assert "; as it was, " in words
    words = spoken_by(lab, lambda: lab.press("Undo"))
    assert words.startswith("Undone. Not mirrored. The book’s net has")
    words = spoken_by(lab, lambda: lab.menu("Who looks").select_option("The net of the patches"))
    who = "The net of the patches"
    assert re.match(rf"Who looks: {who}\. {who} has .* Her face is box \d+ of \d+\.", words)


def test_what_a_judgement_came_to_is_told(open_lab):
    lab = open_lab(tab="good", **VOTED)
    lab.get_data()
    lab.press("Judge it")
    lab.expect_status("It looks through the photographs…")
    expect(lab.root.get_by_role("status")).to_have_text(
        re.compile(r"Judged: precision [\d.]+%, recall [\d.]+%, above 0\.$"), timeout=WORK
    )
    lab.slide("Threshold", 30)
    lab.expect_status("Threshold: 23.", "%, above 23.")
    lab.root.get_by_text("The curves in numbers").click()
    rows = lab.root.locator(".cl-faces-numbers tbody tr")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("The book’s net")


def test_undo_brings_back_a_taught_net_that_reset_forgot(open_lab):
    lab = open_lab(tab="teach")
    lab.teach_a_little()
    before = lab.told.inner_text()
    lab.press("Reset")
    lab.wait_for_work()
    expect(lab.told).to_contain_text("The net of the patches has")
    lab.press("Undo")
    lab.wait_for_work()
    expect(lab.menu("Who looks")).to_have_value("own")
    expect(lab.told).to_have_text(before)
    expect(lab.account).to_contain_text("1 false alarm collected")
    lab.press("Redo")
    lab.wait_for_work()
    expect(lab.told).to_contain_text("The net of the patches has")


def test_escape_turns_the_camera_off(open_lab):
    lab = open_lab(page={"init_script": CAMERA})
    lab.press("Take a picture")
    lab.button("Take it").press("Escape")
    lab.expect_status("The camera is off.")
    expect(lab.button("Take a picture")).to_be_focused()
    assert lab.page.evaluate(ENDED) == ["ended"]
