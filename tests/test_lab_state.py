"""A lab's state on its way through links and through the browser's storage, honest and hostile."""

import base64
import json

import pytest
from playwright.sync_api import expect

from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.relu.lab import ReLULab
from convnet_core.pictures import O, X
from tests.labpage import CLIPBOARD, LabOnPage, changed, comes_to, encoded, printed


@pytest.fixture
def filtering(open_labs):
    """A page with one FilteringLab on it."""
    return LabOnPage(open_labs(FilteringLab()), "filtering")


# Links.


def play(lab):
    """A few edits of every kind."""
    lab.cell("Image", 0, 0).click()
    lab.cell("Feature", 0, 1).focus()
    for key in "-0.5":
        lab.page.keyboard.press(key)
    lab.drag("Image", (1, 1), (4, 4))
    lab.press("Back")


def copied_link(lab):
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    return lab.page.evaluate("navigator.clipboard.readText()")


def test_a_copied_link_brings_the_same_state(open_labs, new_page):
    lab = LabOnPage(open_labs(FilteringLab(), **CLIPBOARD), "filtering")
    play(lab)
    address = copied_link(lab)
    assert address.startswith(lab.page.url.split("#")[0] + "#lab-filtering=")

    other = LabOnPage(new_page(**CLIPBOARD), "filtering")
    other.page.goto(address)
    assert other.look() == lab.look()
    other.expect_status("This is the state that the link describes.")
    assert copied_link(other) == address
    other.press("Undo")
    assert other.numbers("Image") == printed(X)


def test_a_link_tells_the_whole_state(open_labs):
    """So that it means the same even when the lab's start is another one some day."""
    lab = LabOnPage(open_labs(FilteringLab(row=3), **CLIPBOARD), "filtering")
    assert decoded(copied_link(lab)) == FilteringLab(row=3).state()
    lab.cell("Image", 0, 0).click()
    assert decoded(copied_link(lab)) == FilteringLab(row=3, image=changed(X, (0, 0, 1))).state()


def decoded(address):
    text = address.partition("#lab-filtering=")[2]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_what_follows_a_link_outlives_a_reload(open_labs):
    """The link is spent: else a reload would bring its state back over the reader's own edits."""
    page = open_labs(FilteringLab(), fragment="#lab-filtering=" + encoded({"image": O.tolist(), "row": 4}))
    lab = LabOnPage(page, "filtering")
    assert lab.numbers("Image") == printed(O)
    assert page.evaluate("location.hash") == "#lab-filtering"
    lab.cell("Image", 0, 0).click()
    page.reload()
    assert lab.numbers("Image") == printed(changed(O, (0, 0, 1)))


def test_the_first_edit_is_kept_before_any_time_has_passed(open_labs):
    """Whoever reloads right behind it, or whose browser dies, loses nothing."""
    page = open_labs(FilteringLab(), clock=True)
    LabOnPage(page, "filtering").cell("Image", 0, 0).click()
    assert json.loads(page.evaluate(KEPT))["state"]["image"] == changed(X, (0, 0, 1)).tolist()


def test_the_last_edit_is_kept_before_the_page_goes(open_labs):
    """Not as it goes: by then the next page may have read what was kept."""
    page = open_labs(FilteringLab(), clock=True)
    lab = LabOnPage(page, "filtering")
    lab.cell("Image", 0, 0).click()
    lab.cell("Image", 0, 1).click()
    edited = changed(X, (0, 0, 1), (0, 1, 1)).tolist()
    assert json.loads(page.evaluate(KEPT))["state"]["image"] != edited
    page.evaluate("dispatchEvent(new Event('beforeunload'))")
    assert json.loads(page.evaluate(KEPT))["state"]["image"] == edited


KEPT = "localStorage.getItem(`convnet-lab ${location.pathname} lab-filtering`)"


STALE = "Storage.prototype.getItem = () => null;"  # what the page before this one kept has not come yet


def test_what_a_page_kept_and_the_next_one_reads_late_is_not_written_over(open_labs):
    page = open_labs(FilteringLab())
    LabOnPage(page, "filtering").cell("Image", 0, 0).click()
    kept = page.evaluate(KEPT)
    following = page.context.new_page()
    following.add_init_script(STALE)
    following.goto(page.address)
    assert LabOnPage(following, "filtering").numbers("Image") == printed(X)
    assert page.evaluate(KEPT) == kept


def test_what_comes_late_is_shown_until_the_reader_goes_on(open_labs):
    page = open_labs(FilteringLab())
    before = LabOnPage(page, "filtering")
    following = page.context.new_page()
    following.goto(page.address)
    after = LabOnPage(following, "filtering")
    expect(after.holder).to_have_attribute("data-live", "true")
    before.cell("Image", 0, 0).click()
    edited = printed(changed(X, (0, 0, 1)))
    assert comes_to(following, lambda: after.numbers("Image"), edited)
    after.expect_status("What you did here last time is back. Reset starts afresh.")
    after.cell("Image", 0, 1).click()
    before.cell("Image", 1, 0).click()
    following.wait_for_timeout(500)
    assert after.numbers("Image") == printed(changed(X, (0, 0, 1), (0, 1, 1)))


def test_two_pages_side_by_side_stay_two(open_labs):
    page = open_labs(FilteringLab())
    before = LabOnPage(page, "filtering")
    beside = page.context.new_page()
    beside.clock.install()
    beside.goto(page.address)
    after = LabOnPage(beside, "filtering")
    expect(after.holder).to_have_attribute("data-live", "true")
    beside.clock.run_for(2100)
    before.cell("Image", 0, 0).click()
    beside.wait_for_timeout(500)
    assert after.numbers("Image") == printed(X)


ERASED = "What you did here was erased on another page."
ERASE = KEPT.replace("getItem", "removeItem")


@pytest.fixture
def edited(open_labs):
    """A lab with a solved challenge, an edit and something to undo, and another page of the book beside it."""
    page = open_labs(FilteringLab())
    lab = LabOnPage(page, "filtering")
    at_the_tip(lab)
    lab.cell("Image", 0, 0).click()
    page.evaluate("() => new Promise((done) => setTimeout(done, 300))")  # until the last is written
    beside = page.context.new_page()
    beside.goto(page.address)
    return lab, beside


@pytest.mark.parametrize("way", [ERASE, "localStorage.clear()"])
def test_what_is_erased_on_another_page_is_erased_here(edited, way):
    """Back to the start, with nothing to undo into what was erased, and nothing written until the reader goes on."""
    lab, beside = edited
    beside.evaluate(way)
    lab.expect_status(ERASED)
    assert lab.numbers("Image") == printed(X)
    assert lab.numbers("Feature") == printed(FilteringLab().feature)
    assert lab.solved() == []
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")
    assert lab.status == ERASED
    lab.page.evaluate("dispatchEvent(new Event('pagehide'))")
    lab.page.wait_for_timeout(300)
    assert beside.evaluate(KEPT) is None
    lab.cell("Image", 0, 1).click()
    kept = json.loads(beside.evaluate(KEPT))
    assert kept["solved"] == []
    assert kept["state"]["image"] == changed(X, (0, 1, 1)).tolist()


def test_an_edit_of_what_was_erased_unheard_writes_nothing_back(edited):
    """As by a page that was left, and hears nothing, on the way back to it."""
    lab, _ = edited
    lab.page.evaluate(ERASE)
    lab.cell("Image", 0, 1).click()
    lab.expect_status(ERASED)
    assert lab.numbers("Image") == printed(X)
    lab.page.wait_for_timeout(300)
    assert lab.page.evaluate(KEPT) is None
    lab.cell("Image", 0, 1).click()
    assert lab.numbers("Image") == printed(changed(X, (0, 1, 1)))
    assert lab.page.record.errors == []


def test_an_erased_state_that_comes_back_is_shown_until_the_reader_goes_on(edited):
    lab, beside = edited
    kept = beside.evaluate(KEPT)
    put = f"localStorage.setItem(`convnet-lab ${{location.pathname}} lab-filtering`, {json.dumps(kept)})"
    look, solved = lab.look(), lab.solved()
    beside.evaluate(ERASE)
    lab.expect_status(ERASED)
    beside.wait_for_timeout(2100)  # longer than a page before may be late
    beside.evaluate(put)
    lab.expect_status("What you did here last time is back. Reset starts afresh.")
    assert (lab.look(), lab.solved()) == (look, solved)
    beside.evaluate(ERASE)
    lab.expect_status(ERASED)
    lab.cell("Image", 0, 1).click()
    beside.evaluate(put)
    beside.wait_for_timeout(500)
    assert lab.numbers("Image") == printed(changed(X, (0, 1, 1)))


def test_what_was_not_kept_can_not_be_erased(open_labs):
    page = open_labs(FilteringLab())
    lab = LabOnPage(page, "filtering")
    beside = page.context.new_page()
    beside.goto(page.address)
    beside.evaluate("localStorage.setItem('mode', 'dark')")
    beside.evaluate("localStorage.clear()")
    beside.wait_for_timeout(500)
    assert lab.status == ""


def test_a_link_wins_over_what_was_kept(open_labs):
    page = open_labs(FilteringLab())
    lab = LabOnPage(page, "filtering")
    lab.cell("Image", 0, 0).click()
    lab.menu("Choose a feature").select_option("cross")
    page.goto("about:blank")
    page.goto(page.address + "#lab-filtering=" + encoded({"image": O.tolist()}))
    assert lab.numbers("Image") == printed(O)
    assert lab.numbers("Feature") == printed(FilteringLab().feature), "what a link does not name is as at the start"


def test_a_link_pasted_into_the_open_page_is_followed(filtering):
    filtering.cell("Image", 0, 0).click()
    filtering.page.evaluate("(text) => { location.hash = text; }", "lab-filtering=" + encoded({"row": 5}))
    filtering.expect_status("This is the state that the link describes. Undo brings back what was here.")
    assert filtering.numbers("Image") == printed(X)
    filtering.press("Undo")
    assert filtering.numbers("Image") == printed(changed(X, (0, 0, 1)))


NO_CLIPBOARD = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"


def test_without_a_clipboard_the_link_is_shown(open_labs):
    lab = LabOnPage(open_labs(FilteringLab(), init_script=NO_CLIPBOARD), "filtering")
    lab.cell("Image", 0, 0).click()
    for _ in range(2):
        lab.press("Copy link")
        lab.expect_status("Copy the text from the box: this browser does not let a page do it.")
    box = lab.root.get_by_role("textbox", name="Text to copy")
    assert box.count() == 1
    assert decoded(box.input_value()) == FilteringLab(image=changed(X, (0, 0, 1))).state()
    assert lab.page.evaluate("document.getSelection().toString() || document.activeElement.value") == box.input_value()


def image_with(text):
    """JSON of an image whose first number is written as `text`."""
    return json.dumps({"image": X.astype(int).tolist()}).replace("-1", text, 1)


DAMAGED = "this link is damaged"
SHAPE = "image has the wrong shape: wanted 9 x 9 numbers"
RANGE = "image must hold numbers from -9 to 9 only"
ATTACK = "<img src=x onerror='window.hacked = true'>"
HOSTILE = {
    "nothing": ("", DAMAGED),
    "not base64": ("%%%", DAMAGED),
    "half a link": (encoded({"image": O.tolist()})[:50], DAMAGED),
    "bytes": (base64.urlsafe_b64encode(bytes(range(256))).decode(), DAMAGED),
    "not JSON": (encoded("image=1"), DAMAGED),
    "NaN": (encoded('{"row": NaN}'), DAMAGED),
    "a list": (encoded([1, 2]), DAMAGED),
    "null": (encoded("null"), DAMAGED),
    "a number": (encoded("7"), DAMAGED),
    "a string": (encoded('"image"'), DAMAGED),
    "HTML": (encoded(ATTACK), DAMAGED),
    "1 MB": ("A" * 1_000_000, "this link is too long to be one of ours"),
    "15,000 levels": (
        encoded('{"image":' + "[" * 15_000 + "]" * 15_000 + "}"),
        "this link is too long to be one of ours",
    ),
    "6,000 levels": (encoded('{"image":' + "[" * 6_000 + "]" * 6_000 + "}"), SHAPE),
    "3x3": (encoded({"image": [[1] * 3] * 3}), SHAPE),
    "ragged": (encoded({"image": [[1] * 9] * 8 + [[1] * 8]}), SHAPE),
    "no image": (encoded({"image": None}), SHAPE),
    "an object": (encoded({"image": {"length": 9}}), SHAPE),
    "1e999": (encoded(image_with("1e999")), RANGE),
    "too large": (encoded(image_with("9.5")), RANGE),
    "text in a cell": (encoded(image_with('"1"')), RANGE),
    "HTML in a cell": (encoded(image_with(json.dumps(ATTACK))), RANGE),
    "true in a cell": (encoded(image_with("true")), RANGE),
    "row outside": (encoded({"row": 7}), "row must be a whole number from 0 to 6"),
    "row as text": (encoded({"row": "1"}), "row must be a whole number from 0 to 6"),
    "speed unknown": (encoded({"speed": ATTACK}), "speed must be one of: slow, normal, fast"),
    "speed from a prototype": (encoded({"speed": "constructor"}), "speed must be one of: slow, normal, fast"),
    "flag as text": (encoded({"guess_first": "yes"}), "guess_first must be true or false"),
    "one bad of two": (encoded({"row": 3, "column": -1}), "column must be a whole number from 0 to 6"),
    "__proto__": (encoded('{"__proto__": {"row": 3}}'), 'the lab knows no setting "__proto__"'),
    "constructor": (encoded('{"constructor": {"prototype": {"row": 3}}}'), 'the lab knows no setting "constructor"'),
    "prototype": (encoded('{"prototype": 1}'), 'the lab knows no setting "prototype"'),
    "rules": (encoded({"_rules": {}}), 'the lab knows no setting "_rules"'),
    "HTML as a name": (encoded({ATTACK: 1}), 'the lab knows no setting "<img src=x onerror='),
}


def refuses(lab, before, reason):
    """It says why, is as it was, and works."""
    lab.expect_status("This link can't be shown:", reason, "The lab stays as it was.")
    expect(lab.root.get_by_role("status")).to_have_class("cl-status is-refused")
    assert lab.root.locator("img").count() == 0
    assert lab.page.evaluate("[window.hacked, {}.row, Object.prototype.prototype]") == [None, None, None]
    assert lab.look() == before
    flip = lab.cell("Image", 8, 8)
    flip.click()
    expect(flip).to_have_text("1")
    flip.click()
    expect(flip).to_have_text("-1")


@pytest.mark.sweep
def test_hostile_links_pasted_into_the_page_are_refused(filtering):
    filtering.cell("Image", 8, 8).click()
    filtering.cell("Image", 8, 8).click()
    before = filtering.look()
    for name, (text, reason) in HOSTILE.items():
        print(name)  # pytest shows it where one fails
        filtering.page.evaluate("(text) => { location.hash = text; }", f"lab-filtering={text}")
        refuses(filtering, before, reason)
        assert filtering.page.evaluate("location.hash") == "#lab-filtering"


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["not base64", "1 MB", "6,000 levels", "1e999", "__proto__", "HTML as a name"])
def test_hostile_links_that_open_the_page_are_refused(open_labs, name):
    text, reason = HOSTILE[name]
    lab = LabOnPage(open_labs(FilteringLab(), fragment=f"#lab-filtering={text}"), "filtering")
    lab.cell("Image", 8, 8).focus()
    before = lab.look()
    assert lab.numbers("Image") == printed(X)
    refuses(lab, before, reason)


@pytest.mark.parametrize("fragment", ["#the-math", "#lab-filtering", "#lab-filtering-2", "#lab-tools", "#x=1", "#"])
def test_fragments_that_are_no_link_to_a_state_are_left_alone(open_labs, fragment):
    lab = LabOnPage(open_labs(FilteringLab(), fragment=fragment), "filtering")
    assert lab.status == ""
    assert lab.page.evaluate("location.hash") == fragment.rstrip("#")


# What chat and mail programs make of a link.

TEXT = encoded({"image": changed(O, (0, 0, 0.5)).tolist(), "row": 5})
ASIDE = "lab-filtering=" + TEXT


def percent(text, letters=None):
    return "".join(f"%{ord(sign):02X}" if letters is None or sign in letters else sign for sign in text)


BENT = {
    "= escaped": percent(ASIDE, "="),
    "= escaped twice": percent(percent(ASIDE, "="), "%"),
    "- escaped": percent(ASIDE, "-"),
    "all escaped": percent(ASIDE),
    "all escaped in small letters": percent(ASIDE).lower(),
    **{f"{sign} behind it": ASIDE + sign for sign in ".)>],;:'\"!?*_-=}…»”。"},
    "a sentence's end": ASIDE + ").",
    "more behind it": ASIDE + "&utm_source=mail",
    "HTML behind it": ASIDE + '">the lab</a>',
    "a space behind it": ASIDE + " ",
    "a line break inside": ASIDE[:100] + "\r\n" + ASIDE[100:],
    "spaces inside": ASIDE[:60] + "%20" + ASIDE[60:200] + "  " + ASIDE[200:],
    "zero-width space inside": ASIDE[:60] + "\u200b" + ASIDE[60:],
    "soft hyphen inside": ASIDE[:60] + "\u00ad" + ASIDE[60:],
    "word joiner before it": "\u2060" + ASIDE,
    "quoted-printable": ASIDE.replace("=", "=3D"),
    "padded": ASIDE + "==",
    "a capital": "L" + ASIDE[1:],
    "version 1 said": ASIDE.replace("=", "=1."),
}


@pytest.mark.sweep
def test_a_bent_link_is_read_as_it_was(open_labs):
    page = open_labs(FilteringLab())
    lab = LabOnPage(page, "filtering")
    for name, fragment in BENT.items():
        print(name)  # pytest shows it where one fails
        lab.press("Reset")
        page.evaluate("(text) => { location.hash = text; }", fragment)
        lab.expect_status("This is the state that the link describes.")
        assert lab.numbers("Image") == printed(changed(O, (0, 0, 0.5)))
        assert lab.window_at()[0] == 5
        assert page.evaluate("location.hash") == "#lab-filtering"


ELSEWHERE = {
    "#lab-convolution=" + TEXT: "it is for a lab of another page",
    "#lab-filtering-2=" + TEXT: "it is for a second lab of this kind, and this page has one",
    "#lab-filtering:" + TEXT: "this link is damaged",
    "#lab-filtering" + TEXT: "this link is damaged",
    "#lab-filtering.": "this link is damaged",
    percent("#lab-filtering-2=" + TEXT, "="): "it is for a second lab of this kind",
}


@pytest.mark.in_turn("fragment", 3)
@pytest.mark.parametrize("fragment", ELSEWHERE)
def test_a_link_that_leads_to_no_state_here_says_so(open_labs, fragment):
    lab = LabOnPage(open_labs(FilteringLab(), fragment=fragment), "filtering")
    lab.expect_status(f"This link can't be shown: {ELSEWHERE[fragment]}", "The lab stays as it was.")
    assert lab.numbers("Image") == printed(X)


def test_a_pointer_that_rests_on_the_lab_does_not_wipe_out_the_refusal(open_labs):
    """A link has the page scroll to its lab, and so another cell come under the pointer: no reader's doing."""
    page = open_labs(ReLULab(), viewport={"width": 900, "height": 700})
    lab = LabOnPage(page, "relu")
    for text in ("[]", '"text"', "3", "null", '{"prototype": 1}', '{"_presets": {}}', '{"__proto__": {}}'):
        page.evaluate("(text) => { location.hash = text; }", "lab-relu=" + encoded(text))
        lab.expect_status("This link can't be shown:")
        for cell in [(0, 0), (1, 1)]:
            lab.cell("Map", *cell).hover()
        lab.expect_status("This link can't be shown:")
        lab.press("Reset")


# Editions.


class NewerLab(FilteringLab):
    """FilteringLab as it may be some day, when its states have another form."""

    version = 3


MIGRATE = """
window.convnetLabs = {};
Object.defineProperty(window.convnetLabs, "kit/card", {
  set(card) {
    const lab = (definition) => card.lab({
      ...definition,
      migrate: ({ line, ...state }, version) => ({ ...state, row: line + version }),
    });
    Object.defineProperty(window.convnetLabs, "kit/card", { value: { ...card, lab } });
  },
  configurable: true,
});
"""


def keep_before(version, state):
    """A script that has the browser hold such a state from last time."""
    text = json.dumps({"version": version, "state": state, "solved": []})
    return f"localStorage.setItem(`convnet-lab ${{location.pathname}} lab-filtering`, {json.dumps(text)});"


def test_a_link_holds_the_version_of_its_states(open_labs, new_page):
    lab = LabOnPage(open_labs(NewerLab(row=4), **CLIPBOARD), "filtering")
    address = copied_link(lab)
    assert "#lab-filtering=3." in address
    lab.press("Reset")
    lab.cell("Image", 0, 0).click()
    lab.page.goto(address)
    lab.expect_status("This is the state that the link describes.")
    assert lab.window_at()[0] == 4


@pytest.mark.parametrize("way", ["kept", "link"])
def test_a_state_of_a_newer_edition_is_refused(open_labs, way):
    options = {"init_script": keep_before(4, {"row": 5})}
    if way == "link":
        options = {"fragment": "#lab-filtering=4." + encoded({"row": 5})}
    lab = LabOnPage(open_labs(NewerLab(), **options), "filtering")
    lab.expect_status("can't be shown: it was made by a newer edition of this book.")
    assert lab.window_at()[0] == NewerLab().row


@pytest.mark.parametrize("way", ["kept", "link"])
@pytest.mark.parametrize("version", [1, 2])
def test_a_state_of_an_older_edition_is_told_anew(open_labs, way, version):
    mark = "" if version == 1 else f"{version}."  # the first links had none
    options = {"init_script": MIGRATE + (keep_before(version, {"line": 2}) if way == "kept" else "")}
    if way == "link":
        options["fragment"] = f"#lab-filtering={mark}" + encoded({"line": 2})
    lab = LabOnPage(open_labs(NewerLab(), **options), "filtering")
    assert lab.window_at()[0] == 2 + version


def test_an_older_state_without_a_migration_is_read_as_it_is(open_labs):
    lab = LabOnPage(open_labs(NewerLab(), fragment="#lab-filtering=" + encoded({"row": 5})), "filtering")
    assert lab.window_at()[0] == 5


def test_an_older_state_that_its_migration_cannot_read_is_refused(open_labs):
    fragment = "#lab-filtering=2." + encoded({"image": O.tolist()})
    lab = LabOnPage(open_labs(NewerLab(), init_script=MIGRATE, fragment=fragment), "filtering")
    lab.expect_status("This link can't be shown:")
    assert lab.numbers("Image") == printed(X)


# What is kept.


def at_the_tip(filtering):
    """Solves a challenge: the window goes to the tip of the X, and the feature becomes the patch there."""
    filtering.frame.focus()
    filtering.page.keyboard.press("Control+Home")
    filtering.cell("Feature", 0, 0).click()


def test_edits_and_solved_challenges_outlive_a_reload(filtering):
    at_the_tip(filtering)
    assert len(filtering.solved()) == 1
    play(filtering)
    look, solved = filtering.look(), filtering.solved()
    filtering.page.reload()
    assert filtering.look() == look
    assert filtering.solved() == solved
    expect(filtering.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_solved_challenges_can_be_forgotten(filtering):
    expect(filtering.button("Forget what is solved")).to_have_count(0)
    at_the_tip(filtering)
    filtering.press("Forget what is solved")
    assert filtering.solved() == []
    filtering.page.reload()
    assert filtering.solved() == []


@pytest.mark.parametrize("way", ["kept", "link"])
def test_what_a_link_or_the_storage_brings_solves_no_challenge(open_labs, way):
    solving = {"feature": changed(FilteringLab().feature, (0, 0, -1)).tolist(), "row": 0, "column": 0}
    text = json.dumps({"version": 1, "state": solving, "solved": []})
    keep = f"localStorage.setItem(`convnet-lab ${{location.pathname}} lab-filtering`, {json.dumps(text)});"
    options = {"init_script": keep} if way == "kept" else {"fragment": "#lab-filtering=" + encoded(solving)}
    lab = LabOnPage(open_labs(FilteringLab(), **options), "filtering")
    assert lab.numbers("Feature")[0][0] == "-1"
    assert lab.solved() == []


def test_a_reset_outlives_a_reload_too(filtering):
    start = filtering.look()
    play(filtering)
    filtering.page.reload()
    filtering.press("Reset")
    filtering.page.reload()
    assert filtering.look() == start


CANNOT = "What you did here last time can't be shown: "


def kept(state, solved="[]"):
    """The text of the storage, with a state and a list of challenges that are JSON themselves, or nearly."""
    return f'{{"version": 1, "state": {state}, "solved": {solved}}}'


DEEP = "[" * 100_000 + "]" * 100_000
KEPT_BADLY = {
    "not JSON": ("{", ""),
    "empty": ("", ""),
    "null": ("null", ""),
    "a number": ("1", ""),
    "a list": ("[]", ""),
    "no version": ('{"state": {}, "solved": []}', ""),
    "of a newer edition": (
        '{"version": 99, "state": {"row": 5}, "solved": []}',
        CANNOT + "it was made by a newer edition of this book.",
    ),
    "version as text": ('{"version": "1", "state": {"row": 5}, "solved": []}', ""),
    "state null": (kept("null"), ""),
    "state text": (kept('"row"'), ""),
    "state missing": ('{"version": 1, "solved": []}', ""),
    "solved missing": ('{"version": 1, "state": {}}', ""),
    "solved null": (kept("{}", "null"), ""),
    "solved nonsense": (kept("{}", '[null, 1, {}, "constructor", "__proto__"]'), ""),
    "state a list": (kept("[1]"), CANNOT + 'the lab knows no setting "0".'),
    "wrong shape": (kept('{"image": [[1]]}'), CANNOT + SHAPE + "."),
    "1e999": (kept(image_with("1e999")), CANNOT + RANGE + "."),
    "100,000 levels": (kept(f'{{"image": {DEEP}}}'), CANNOT + SHAPE + "."),
    "__proto__": (kept('{"__proto__": {"row": 5}}'), CANNOT + 'the lab knows no setting "__proto__".'),
    "HTML": (kept(f'{{"{ATTACK}": 1}}', '["<img>"]'), CANNOT + 'the lab knows no setting "<img src=x'),
}


@pytest.mark.sweep
def test_damaged_storage_is_refused(open_labs):
    page = open_labs(FilteringLab())
    lab = LabOnPage(page, "filtering")
    start = lab.look()
    for name, (text, message) in KEPT_BADLY.items():
        print(name)  # pytest shows it where one fails
        keep = f"localStorage.setItem(`convnet-lab ${{location.pathname}} lab-filtering`, {json.dumps(text)});"
        page.add_init_script(keep)  # after the page before has kept its own, on its way out
        page.reload()
        assert lab.look() == start
        lab.expect_status(message)
        if not message:
            assert lab.status == ""
        assert lab.solved() == []
        lab.cell("Image", 8, 8).click()
        assert lab.numbers("Image")[8][8] == "1"


STORAGE = {
    "forbidden": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "absent": "Object.defineProperty(window, 'localStorage', { value: null });",
}


UNKEPT = "What you do here is gone with the page: this browser lets the page keep nothing."


@pytest.mark.parametrize("how", STORAGE)
def test_without_storage_a_lab_works_forgets_and_says_so(open_labs, how):
    lab = LabOnPage(open_labs(FilteringLab(), init_script=STORAGE[how]), "filtering")
    start = lab.look()
    expect(lab.root.get_by_text(UNKEPT)).to_be_visible()
    assert lab.status == "", "quietly: nothing has gone wrong yet"
    play(lab)
    lab.page.wait_for_timeout(300)  # longer than it waits before it writes
    lab.page.reload()
    assert lab.look() == start


def test_with_storage_nothing_is_said_of_it_until_it_is_full(filtering):
    expect(filtering.root.get_by_text(UNKEPT)).to_be_hidden()
    play(filtering)
    filtering.page.wait_for_timeout(300)
    expect(filtering.root.get_by_text(UNKEPT)).to_be_hidden()
    filtering.page.evaluate(f"() => {{ {STORAGE['full']} }}")
    filtering.cell("Image", 5, 5).click()
    expect(filtering.root.get_by_text(UNKEPT)).to_be_visible()


def test_in_a_sandboxed_frame_a_lab_works_follows_links_and_says_that_it_keeps_nothing(open_labs):
    page = open_labs(FilteringLab())
    address = page.address + "#lab-filtering=" + encoded({"row": 5})
    page.set_content(f'<iframe sandbox="allow-scripts" width="900" height="800" src="{address}"></iframe>')
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text(UNKEPT)).to_be_visible()
    expect(frame.get_by_role("status")).to_contain_text("This is the state that the link describes.")
    cell = frame.get_by_role("grid", name="Image", exact=True).locator('[data-row="8"][data-column="8"]')
    cell.click()
    expect(cell).to_have_text("1")
