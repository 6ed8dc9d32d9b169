"""WatchingLab in a real browser: clips of one's own, moved by mouse, finger and keys, recorded, and sent as a link."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.labpage import CLIPBOARD, opener
from tests.watchingpage import BEYOND, CLEAR, POUR, RECORD, STIR, WatchingOnPage, hold, lab_of, told

open_lab = opener(lab_of, view=WatchingOnPage)


def test_what_a_hand_holds_is_chosen_among_pictures(open_lab):
    lab = open_lab(tab="record", truth=True, **CLEAR)
    expect(lab.root.get_by_text("Clip 1 shows: cut lemon.")).to_be_visible()
    lab.choose(1, "jug")
    lab.choose(0, "cup")
    lab.choose(0, "power")
    assert [row[:2] for row in lab.trait("own")][0] == [hold("power cup"), hold("power jug")]
    expect(shows(lab)).to_have_text("Clip 1 shows: pour into cup.")
    assert lab.sentence()[0] == "pour into cup"
    assert len(lab.trait("own")) == 4, "the other clips stay as the cook's were"
    lab.choose(0, "nothing")
    assert lab.trait("own")[0][0] == hold("rest nothing")
    expect(shows(lab)).to_have_text("Clip 1 shows: grip.")
    lab.root.locator(".cl-watching-pick").first.get_by_role("button", name="flat").click(force=True)
    assert lab.trait("own")[0][0] == hold("rest nothing")
    lab.choose(0, "spoon")
    assert lab.trait("own")[0][0] == hold("power spoon")
    expect(shows(lab)).to_contain_text("do nothing that anybody knows")
    for _ in range(5):
        lab.press("Undo")
    assert lab.trait("own") == []


def test_a_choice_says_what_was_recorded_and_what_is_read_of_it(open_lab):
    lab = open_lab(tab="record", reader="grammar", seed=24, level=0)  # pour into cup, stir in cup, grip
    lab.choose(0, "bread")
    lab.choose(1, "knife")
    wanted = lab_of(own=lab.trait("own"), reader="grammar", level=0)
    assert wanted.cook[0].action == "cut bread"
    lab.expect_status("Clip 1 shows: cut bread. The grammar reads: ")
    assert wanted.sentence[0].action in lab.status
    lab.press("Remove it")
    lab.expect_status("Your recipe: stir in cup, grip. The grammar reads: ")
    lab.press("Undo")
    lab.expect_status("Undone. Your recipe: cut bread, stir in cup, grip.")
    lab.press("The cook’s recipe again")
    lab.expect_status("The cook’s recipe again. The grammar reads: ")


def test_a_drag_tells_where_the_hand_is_and_undo_that_it_is_elsewhere(open_lab):
    lab = open_lab(tab="record", own=BEYOND, **CLEAR)
    lab.drag_hand(1, -20, 0)
    lab.expect_status(re.compile(r"Right hand: row \d+, column \d+. The nets alone read: \w"))
    lab.press("Undo")
    lab.expect_status("Undone. Clip 1: hands are elsewhere.")


def test_the_cooks_clip_is_not_told_before_the_truth_is(open_lab):
    lab = open_lab(tab="record")
    expect(shows(lab)).to_have_text("Clip 1 is the cook’s: what does it show?")
    pressed = lab.root.locator(".cl-watching-choice[aria-pressed=true]:visible")
    expect(pressed).to_have_count(0)
    assert "lemon" not in lab.picture.get_attribute("aria-label")
    lab.show_truth()
    expect(shows(lab)).to_have_text("Clip 1 shows: cut lemon.")
    expect(pressed).to_have_text(["lemon", "precision", "knife", "power"])
    assert "lemon" in lab.picture.get_attribute("aria-label")


def test_a_hidden_hand_can_be_seen_where_it_is_recorded(open_lab):
    lab = open_lab(tab="record", hidden=[[0]])
    expect(lab.root.locator(".cl-watching-box.is-hidden:visible")).to_have_count(0)


def test_on_a_phone_one_hand_is_chosen_and_its_pictures_stand_near(open_lab):
    lab = open_lab(page={"viewport": {"width": 390, "height": 844}}, tab="record")
    tiles = lab.root.locator(".cl-watching-choice:visible")
    expect(tiles).to_have_count(11)
    bottom = tiles.last.bounding_box()
    assert bottom["y"] + bottom["height"] - lab.picture.bounding_box()["y"] < 844 - 56 - 60  # the bars above and below
    lab.press("Right hand")
    expect(lab.button("Right hand")).to_have_attribute("aria-pressed", "true")
    lab.choose(0, "jug")
    assert lab.trait("own")[0][1] == hold("power jug")
    lab.box(0).press("ArrowLeft")
    expect(lab.button("Left hand")).to_have_attribute("aria-pressed", "true")


def shows(lab):
    return lab.root.locator(".cl-watching-shows:visible")


def test_pictures_are_chosen_by_keys(open_lab):
    lab = open_lab(tab="record", **CLEAR)
    things = lab.root.get_by_role("group", name="Right hand: what it holds").get_by_role("button")
    things.first.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(things.nth(1)).to_be_focused()
    lab.page.keyboard.press("Enter")
    assert lab.trait("own")[0][1] == hold("power spoon")


def test_a_hand_is_dragged_from_this_frame_on(open_lab):
    lab = open_lab(tab="record", frame=3, **CLEAR)
    scale = lab.picture.bounding_box()["width"] / 32
    lab.drag_hand(1, 2 * scale, -3 * scale)
    columns, rows = lab.path(1)
    cook = open_clip(lab_of(**CLEAR))
    assert columns[:3] == cook[0][:3]
    assert rows[:3] == cook[1][:3]
    np.testing.assert_allclose(columns[3:], np.add(cook[0][3:], 20), atol=2)
    np.testing.assert_allclose(rows[3:], np.subtract(cook[1][3:], 30), atol=2)
    lab.expect_status(re.compile("Right hand: row|Your recipe|cut lemon"))
    lab.press("Undo")
    assert lab.trait("own") == [], "a drag is one step"


def open_clip(half):
    """Where the right hand of the first clip is, in tenths of a pixel: columns, rows."""
    _, clip = half._drawn()[0]
    return [np.rint(10 * path).astype(int).tolist() for path in (clip.right.column, clip.right.row)]


def test_a_hand_is_moved_by_a_finger_and_by_keys(open_lab):
    lab = open_lab(page={"has_touch": True, "viewport": {"width": 390, "height": 844}}, tab="record", frame=0, **CLEAR)
    session = lab.page.context.new_cdp_session(lab.page)
    lab.box(0).scroll_into_view_if_needed()
    x, y = lab.middle_of_hand(0)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + 30, "y": y + 40}]),
        ("touchEnd", []),
    ):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    lab.page.wait_for_timeout(100)
    before = lab.path(0)
    assert lab.trait("own") != []
    lab.box(0).press("ArrowLeft")
    lab.box(0).press("ArrowUp")
    columns, rows = lab.path(0)
    assert columns == [max(0, at - 10) for at in before[0]]
    assert rows == [at - 10 for at in before[1]]
    lab.expect_status("Left hand: row")


def test_a_hand_stays_in_the_picture(open_lab):
    lab = open_lab(tab="record", frame=0)
    lab.drag_hand(0, -900, -900)
    assert lab.path(0) == ([0] * 8, [0] * 8)
    lab.drag_hand(1, 900, 900)
    assert lab.path(1) == ([310] * 8, [230] * 8)


def test_a_drag_beyond_the_edge_and_back_changes_nothing(open_lab):
    lab = open_lab(tab="record", frame=0, **CLEAR)
    x, y = lab.middle_of_hand(0)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 500, y - 20)
    assert lab.path(0)[0] == [0] * 8
    lab.page.mouse.move(x, y)
    lab.page.mouse.up()
    assert lab.path(0) == open_other(lab_of(**CLEAR))


def test_a_recording_ends_where_the_recipe_becomes_another(open_lab):
    lab = open_lab(tab="record")
    lab.press(RECORD)
    lab.box(0).press("ArrowLeft")
    lab.press("Another recipe")
    lab.expect_nothing_recorded()


def test_a_recording_takes_eight_frames_of_what_the_hand_does(open_lab):
    lab = open_lab(tab="record", **CLEAR)
    lab.press(RECORD)
    lab.expect_status("Now move a hand")
    x, y = lab.middle_of_hand(1)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for step in range(1, 12):
        lab.page.mouse.move(x - 6 * step, y + 4 * step)
        lab.page.wait_for_timeout(200)
    lab.page.mouse.up()
    lab.finish_recording()
    lab.expect_status("Recorded: eight frames.")
    columns, rows = lab.path(1)
    assert all(later <= before for before, later in zip(columns, columns[1:], strict=False))
    assert len(set(columns)) >= 4
    assert rows[-1] > rows[0]
    assert lab.trait("frame") == 7
    others = open_other(lab_of(**CLEAR))
    assert lab.path(0) == others, "the hand that was not moved goes its own way"
    lab.press("Undo")
    assert lab.trait("own") == []


def open_other(half):
    _, clip = half._drawn()[0]
    return tuple(np.rint(10 * path).astype(int).tolist() for path in (clip.left.column, clip.left.row))


MOVES_ON = re.compile("Recorded: eight frames. Play shows them. The nets alone read: ")


def test_what_a_drag_does_behind_the_last_frame_is_left_out(open_lab):
    lab = open_lab(tab="record", **CLEAR)
    lab.press(RECORD)
    x, y = lab.middle_of_hand(1)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for step in range(1, 60):
        lab.page.mouse.move(x - step, y)
        lab.page.wait_for_timeout(30)
        if lab.trait("own"):
            break
    recorded = lab.trait("own")
    assert recorded != []
    for step in range(10):
        lab.page.mouse.move(x + 40, y + 5 * step)
    lab.page.wait_for_timeout(900)  # as long as a reader may hold still
    lab.page.mouse.move(x - 90, y)
    assert lab.trait("own") == recorded
    lab.expect_status(MOVES_ON)
    lab.page.mouse.up()
    lab.drag_hand(1, -20, 0)
    assert lab.trait("own") != recorded, "the next drag moves the hand"
    lab.expect_status("Right hand: row")


def test_a_recording_that_ends_after_the_drag_takes_nothing_of_the_next_one(open_lab):
    lab = open_lab(tab="record", **CLEAR)
    lab.press(RECORD)
    lab.drag_hand(1, -20, 0)
    lab.finish_recording()
    recorded = lab.trait("own")
    lab.box(1).press("ArrowLeft")
    assert lab.trait("own") != recorded


def test_keys_that_are_still_pressed_behind_the_last_frame_are_left_out(open_lab):
    lab = open_lab(tab="record", **CLEAR)
    lab.press(RECORD)
    for _ in range(60):
        lab.box(1).press("ArrowLeft")
        lab.page.wait_for_timeout(60)
        if lab.trait("own"):
            break
    recorded = lab.trait("own")
    for _ in range(5):
        lab.box(1).press("ArrowUp")
    assert lab.trait("own") == recorded
    lab.expect_status(MOVES_ON)
    lab.page.wait_for_timeout(800)
    lab.box(1).press("ArrowUp")
    assert lab.trait("own") != recorded


def test_a_recording_tells_how_far_it_is(open_lab):
    lab = open_lab(tab="record")
    lab.press(RECORD)
    lab.box(0).press("ArrowLeft")
    lab.expect_status("Recording: Frame 1 of 8.", "Recording: Frame 5 of 8.")
    lab.finish_recording()


@pytest.mark.parametrize("key", ["Stop", "Escape"])
def test_a_recording_that_is_stopped_says_so(open_lab, key):
    lab = open_lab(tab="record")
    lab.press(RECORD)
    lab.box(0).press("ArrowLeft")
    if key == "Stop":
        lab.press("Stop")
    else:
        lab.box(0).press("Escape")
    lab.expect_status("The recording has stopped, and nothing is changed.")
    lab.expect_nothing_recorded()


def test_a_recording_can_be_left(open_lab):
    lab = open_lab(tab="record")
    lab.press(RECORD)
    lab.press("Stop")
    lab.press(RECORD)
    lab.choose_clip(1)
    expect(lab.button(RECORD)).to_be_visible()
    lab.press(RECORD)
    lab.box(0).press("ArrowLeft")
    lab.press("Watch")
    lab.page.wait_for_timeout(3500)
    assert lab.trait("own") == []


def test_clips_are_added_taken_away_and_put_in_order(open_lab):
    lab = open_lab(tab="record", corrections=[[4, hold("flat bowl")], [6, 0]], hidden=[[5]])
    lab.choose_clip(0)
    lab.press("Add a copy")
    assert lab.trait("clip") == 1
    own = lab.trait("own")
    assert len(own) == 5
    assert own[0][:2] == own[1][:2]
    assert own[0][2] != own[1][2], "it holds the same and looks otherwise"
    assert lab.trait("corrections") == [[6, hold("flat bowl")], [8, 0]]
    assert lab.trait("hidden") == [[7]]
    lab.press("Earlier")
    assert lab.trait("clip") == 0
    assert lab.trait("own") == [own[1], own[0], *own[2:]]
    lab.choose_clip(3)
    lab.press("Later")
    assert lab.trait("corrections") == [[8, hold("flat bowl")], [6, 0]]
    lab.press("Remove it")
    assert lab.trait("corrections") == [[6, 0]]
    assert len(lab.strip.all()) == 4
    for _ in range(3):
        lab.press("Remove it")
    for name in ("Remove it", "Earlier", "Later"):
        lab.button(name).click(force=True)
    assert len(lab.trait("own")) == 1
    for _ in range(5):
        lab.press("Add a copy")
    lab.button("Add a copy").click(force=True)
    assert len(lab.trait("own")) == 6
    lab.press("The cook’s recipe again")
    assert lab.trait("own") == []
    assert lab.sentence() == told(lab_of())


def test_an_own_recipe_is_watched_read_and_done(open_lab):
    state = {"own": BEYOND, "level": 1, "clip": 1}
    lab, half = open_lab(**state), lab_of(**state)
    assert lab.sentence() == told(half)
    expect(lab.root.get_by_text("Your recipe, clip by clip, as the nets alone read it:")).to_be_visible()
    lab.press("Robot")
    lab.press("Step")
    lab.expect_status("stirs, but the cup is empty")


def test_a_link_carries_it_and_is_short(open_lab):
    lab = open_lab(page=CLIPBOARD, own=[POUR, STIR, POUR, STIR, POUR, STIR], corrections=[[3, 5]], reader="imagining")
    lab.press("Copy link")
    address = lab.page.evaluate("navigator.clipboard.readText()")
    assert len(address) < 2200
    lab.press("Another recipe")
    lab.page.goto("about:blank")
    lab.page.goto(address)
    lab.expect_status("This is the state that the link describes.")
    assert lab.trait("own") == [POUR, STIR, POUR, STIR, POUR, STIR]
    assert lab.trait("corrections") == [[3, 5]]


def test_a_link_to_a_clip_that_is_not_there_shows_the_last(open_lab):
    lab = open_lab(clip=5, step=6)
    expect(lab.strip.last).to_have_attribute("aria-pressed", "true")
    assert "Clip 4, frame 8" in lab.picture.get_attribute("aria-label")
    for tab in ("Read", "Robot", "Record", "Watch"):
        lab.press(tab)
    lab.say(0, "cup, power")
    assert lab.trait("corrections") == [[6, hold("power cup")]]
