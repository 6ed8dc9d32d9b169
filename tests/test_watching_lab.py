"""WatchingLab: its Python half, and in a real browser what a reader watches, corrects and hides."""

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.cooking import Step
from convnet_core.kitchen import GRASPS, THINGS
from convnet_core.labs.kit.rules import refusal
from convnet_core.labs.watching.lab import READERS, TABS, WatchingLab
from convnet_core.robot import Scene
from tests.labpage import encoded, opener
from tests.readable import findings
from tests.watchingpage import BEYOND, CLEAR, GREYS, POUR, UNHEARD_OF, WatchingOnPage, cells, hold, lab_of, told

open_lab = opener(lab_of, view=WatchingOnPage)


# Python alone.


def test_it_starts_with_a_recipe_of_which_each_reader_understands_more():
    lab = WatchingLab()
    assert repr(lab) == "WatchingLab()"
    assert [step.action for step in lab.cook] == ["pour into bowl", "cut bread", "spread bread", "spread bread"]
    told = {}
    for lab.reader in READERS:
        told[lab.reader] = [step.action for step in lab.sentence], lab.done, lab.understood
    cook = [step.action for step in lab.cook]
    assert told["nets"] == ([None, "cut bread", "stir in cup", "spread bread"], False, False)
    assert told["counts"] == (["pour into bowl", "cut bread", "stir in cup", "spread bread"], True, False)
    assert told["grammar"] == told["imagining"] == (cook, True, True)
    by_nets, by_counts = WatchingLab(level=1), WatchingLab(level=1, reader="counts")
    misread = [clip for clip, step in zip(by_nets.sentence, by_nets.cook, strict=True) if clip != step]
    assert len(misread) == 2, "the third hint to the first challenge"
    assert by_counts.understood


def test_the_nets_take_a_bowl_for_pinched():
    lab = lab_of()
    assert [step.action for step in lab.cook] == ["cut lemon", "squeeze into bowl", "pour into bowl", "stir in bowl"]
    assert [clip.shape for clip in lab.clips] == [(8, 24, 32)] * 4
    assert [crops.shape for crops in lab.crops] == [(8, 2, 12, 12)] * 4
    assert lab.sentence[2] == Step(None, ("precision", "bowl"), ("power", "jug"))
    assert lab.outcomes[2].words == "drops the bowl: broken"
    assert lab.commands[2][0] == "left: take the bowl, parallel gripper"
    assert lab.scene.broken == {"bowl"}
    assert (lab.understood, lab.done, lab.in_book, lab.tree) == (False, False, True, None)


@pytest.mark.parametrize("reader", READERS[1:])
def test_whoever_has_counted_knows_better(reader):
    lab = lab_of(reader=reader)
    assert lab.sentence == lab.cook
    assert (lab.understood, lab.done) == (True, True)
    assert lab.scene == lab.cook_scene != Scene()
    assert (lab.tree is not None) == (reader == "grammar")


def test_what_is_believed_are_probabilities():
    for seen in lab_of(level=4, frames=3).seen:
        assert (seen.grasp.shape, seen.thing.shape) == ((2, len(GRASPS)), (2, len(THINGS)))
        for logs in seen:
            np.testing.assert_allclose(np.exp(logs).sum(axis=1), 1)


def test_the_reader_is_believed_and_the_last_word_counts():
    lab = lab_of(corrections=[[4, hold("flat bowl")], [0, hold("power cup")], [0, hold("precision lemon")]])
    assert lab.sentence == lab.cook
    assert np.exp(lab.seen[2].grasp[0]).tolist() == pytest.approx([0, 0, 1, 0], abs=1e-12)
    assert lab_of(corrections=[[11, 3]]).sentence == lab_of().sentence, "of a clip that is not there"


def test_a_hidden_hand_is_grey():
    crops = lab_of(hidden=[[5], [11]]).crops
    assert (crops[2][:, 1] == 0.5).all()
    assert np.unique(crops[2][:, 0]).size > 500
    assert np.unique(crops[0]).size > 500


def test_the_same_seed_is_the_same_recipe_and_noise_lies_on_the_same_picture():
    one, same, other = (lab_of(seed=seed, level=0) for seed in (7, 7, 8))
    np.testing.assert_array_equal(one.clips[0], same.clips[0])
    assert not np.array_equal(one.clips[0], other.clips[0])
    assert [len(lab_of(seed=seed).cook) for seed in (0, 1, 15)] == [6, 4, 3]


def test_a_recipe_of_the_readers_own():
    lab = lab_of(own=BEYOND, **CLEAR)
    assert [step.action for step in lab.cook] == ["stir in cup", "pour into cup"]
    assert not lab.in_book
    assert lab.sentence == lab.cook
    by_book = lab_of(own=BEYOND, reader="grammar", free=False, **CLEAR)
    assert by_book.sentence != by_book.cook
    assert lab_of(own=BEYOND, reader="grammar", **CLEAR).understood, "a rule that leaves the book"
    assert lab_of(own=[UNHEARD_OF]).cook[0].action is None
    assert not lab_of(own=[UNHEARD_OF]).in_book
    lab.own[0][0] = 3
    assert lab.own == BEYOND, "what is read is a copy"


@pytest.mark.parametrize("corpus", ["20", "300"])
@pytest.mark.parametrize("free", [True, False])
def test_the_grammar_makes_a_tree_of_any_number_of_clips(corpus, free):
    for count in range(1, 7):
        lab = lab_of(own=[UNHEARD_OF, POUR] * 3 if count == 6 else [POUR] * count, corpus=corpus, free=free)
        lab.reader = "grammar"
        assert len(lab.sentence) == count


def test_the_tables_tell_what_is_read_the_truth_and_what_the_robot_does():
    html = lab_of().tables()
    for words in ("What the nets alone read of 4 clips", "not understood", "pour into bowl", "drops the bowl: broken"):
        assert words in html
    assert html.count("<details>") == 2


BAD = [
    {"tab": "cake"},
    {"seed": -1},
    {"level": 6},
    {"frames": 0},
    {"trust": 0},
    {"reader": "me"},
    {"corpus": 20},
    {"hidden": [[12]]},
    {"hidden": [3]},
    {"hidden": [[0, 1]]},
    {"hidden": [[0]] * 13},
    {"hidden": "all"},
    {"corrections": [[0, 22]]},
    {"corrections": [[0, 1.5]]},
    {"corrections": [[0, True]]},
    {"own": [POUR[:-1]]},
    {"own": [POUR, [*POUR[:-1], 231]]},
    {"own": [POUR] * 7},
    {"own": [[None] * 35]},
    {"clip": 6},
    {"frame": 8},
    {"step": 7},
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_state_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        lab_of(**bad)


def test_rows_are_refused_in_the_same_words(open_lab):
    lab = open_lab()
    for bad in BAD:
        ((name, value),) = bad.items()
        reason = refusal(name, WatchingLab.rules()[name], value)
        lab.page.evaluate("link => { location.hash = link; }", f"{lab.id}={encoded(bad)}")
        lab.expect_status(f"This link can't be shown: {reason}. The lab stays as it was.")


# Watch.


@pytest.mark.parametrize("state", [{}, {"clip": 3, "frame": 2, "level": 5}, {"own": BEYOND, "clip": 1, "level": 1}])
def test_the_picture_is_pythons(open_lab, state):
    lab, half = open_lab(**state), lab_of(**state)
    wanted = np.clip(half.clips[half.clip][half.frame], 0, 1)
    np.testing.assert_allclose(np.array(lab.picture.evaluate(GREYS)) / 255, wanted.ravel(), atol=0.003)
    crops = lab.root.locator(".cl-watching-crop:visible")
    for side in range(2):
        crop = np.clip(half.crops[half.clip][half.frame, side], 0, 1)
        np.testing.assert_allclose(np.array(crops.nth(side).evaluate(GREYS)) / 255, crop.ravel(), atol=0.003)


@pytest.mark.parametrize(
    "state", [{}, {"clip": 2, "level": 4, "trust": 1.0}, {"frames": 3, "clip": 1}, {"hidden": [[0]], "seed": 9}]
)
def test_what_the_nets_say_is_what_python_says(open_lab, state):
    lab, half = open_lab(**state), lab_of(**state)
    for side in range(2):
        shares, seen = lab.shares(side), half.seen[half.clip]
        for words, logs in ((GRASPS, seen.grasp), (THINGS, seen.thing)):
            np.testing.assert_allclose([shares[word] for word in words], 100 * np.exp(logs[side]), atol=0.51)


def test_frames_are_stepped_through_and_sums_grow(open_lab):
    lab = open_lab(clip=2)
    frame = lab.root.get_by_role("slider", name="Frame", exact=True)
    frame.press("Home")
    expect(frame).to_have_attribute("aria-valuetext", "1 of 8")
    expect(lab.hand(0)).to_contain_text("So far:")
    one = lab_of(clip=2, frames=1).seen[2]
    np.testing.assert_allclose([lab.shares(0)[word] for word in THINGS], 100 * np.exp(one.thing[0]), atol=0.51)
    frame.press("ArrowRight")
    expect(frame).to_have_attribute("aria-valuetext", "2 of 8")
    lab.button("Step: one frame on").click()
    lab.button("One frame back").click()
    assert lab.trait("frame") == 1
    expect(lab.hand(0)).to_contain_text("Frames 1 to 2:")
    few = lab_of(clip=2, frames=2).seen[2]
    np.testing.assert_allclose([lab.shares(0)[word] for word in GRASPS], 100 * np.exp(few.grasp[0]), atol=0.51)
    assert lab.button("Undo").get_attribute("aria-disabled") == "true", "looking is no step"


def test_a_step_from_the_last_frame_leads_to_the_first(open_lab):
    lab = open_lab()
    lab.button("Step: one frame on").click()
    assert lab.trait("frame") == 0
    expect(lab.button("One frame back")).to_have_attribute("title", "It is the first frame.")


def test_what_the_nets_say_is_heard_where_a_clip_is_chosen_or_a_frame(open_lab):
    lab = open_lab()
    lab.choose_clip(2)
    shares = [max(lab.shares(0)[word] for word in words) for words in (THINGS, GRASPS)]
    bowl, pinched = shares
    lab.expect_status(f"Clip 3, frames 1 to 8: left hand bowl {bowl}%, precision {pinched}%; right hand jug ")
    frame = lab.root.get_by_role("slider", name="Frame", exact=True)
    frame.press("ArrowLeft")
    lab.expect_status("Clip 3, frames 1 to 7: left hand ")
    frame.press("Home")
    lab.expect_status("Clip 3, frame 1: left hand ")
    lab.press("Play")
    expect(lab.root.get_by_role("status")).to_have_attribute("aria-live", "off")
    expect(lab.button("Play")).to_be_visible(timeout=5000)
    lab.expect_status("Clip 3, frames 1 to 8: left hand ")
    expect(lab.root.get_by_role("status")).to_have_attribute("aria-live", "polite")


def test_a_view_says_what_it_is_about(open_lab):
    lab = open_lab(reader="counts")
    for tab, words in (
        ("Read", "The counts read: cut lemon, squeeze into bowl, pour into bowl, stir in bowl."),
        ("Robot", "It does what “Counts” has read."),
        ("Record", "Clip 1 is the cook’s"),
        ("Watch", "Clip 1, frames 1 to 8: left hand lemon"),
    ):
        lab.press(tab)
        lab.expect_status(words)


def test_arrow_keys_lead_through_the_clips_that_are_there(open_lab):
    lab = open_lab()
    lab.strip.first.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.strip.nth(1)).to_be_focused()
    lab.page.keyboard.press("End")
    expect(lab.strip.nth(3)).to_be_focused()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.strip.nth(3)).to_be_focused()
    lab.page.keyboard.press("Enter")
    assert lab.trait("clip") == 3
    assert [one.get_attribute("tabindex") for one in lab.strip.all()] == ["-1", "-1", "-1", "0"]
    lab.press("Another recipe")
    assert lab.strip.first.get_attribute("tabindex") == "0"


def test_focus_moves_down_the_left_column_and_then_to_the_hands(open_lab):
    lab = open_lab()
    places = lab.root.evaluate(
        """root => [...root.querySelectorAll(".cl-watching-watch :is(button, input, select, summary)")]
          .filter((it) => it.checkVisibility())
          .map((it) => it.getBoundingClientRect().left)"""
    )
    middle = lab.root.bounding_box()["x"] + lab.root.bounding_box()["width"] / 2 - 20
    sides = [left > middle for left in places]
    assert sides == sorted(sides)


def test_columns_of_bars_stay_level(open_lab):
    lab = open_lab()
    lab.say(0, "nothing")
    tops = [lab.hand(side).locator(".cl-watching-bars").first.bounding_box()["y"] for side in range(2)]
    assert tops[0] == tops[1]


def test_it_plays_once_and_can_be_paused(open_lab):
    lab = open_lab()
    lab.page.wait_for_timeout(600)
    assert lab.trait("frame") == 7, "nothing moves by itself"
    lab.press("Play")
    lab.press("Pause")
    assert lab.trait("frame") < 7
    lab.press("Play")
    expect(lab.button("Play")).to_be_visible(timeout=5000)
    assert lab.trait("frame") == 7


def test_fewer_frames_and_more_trust(open_lab):
    lab = open_lab()
    fold = lab.root.get_by_text("How frames count")
    expect(lab.root.get_by_role("slider", name="Frames that count")).to_have_count(0)
    fold.click()
    lab.slide("Frames that count", 3)
    assert (lab.trait("frames"), lab.trait("frame")) == (3, 2)
    lab.expect_status("Frames that count: 1 to 3.")
    assert lab.sentence() == told(lab_of(frames=3))
    trust = lab.slide("A frame counts as", 1)
    expect(trust).to_have_attribute("aria-valuetext", "1, as if each knew nothing of the others")
    expect(lab.root.get_by_text("they make the nets too sure")).to_be_visible()


@pytest.mark.parametrize("level", [0, 3, 5])
def test_noise_changes_what_is_read(open_lab, level):
    lab = open_lab()
    lab.slide("Noise", level)
    assert lab.sentence() == told(lab_of(level=level))
    words = ", ".join(step.action or "not understood" for step in lab_of(level=level).sentence)
    lab.expect_status(f"Noise: {level} of 5. The nets alone read: {words}.")


def test_another_recipe_begins_anew(open_lab):
    lab = open_lab(own=BEYOND, corrections=[[0, 3]], hidden=[[1]], clip=1, step=1)
    lab.press("Another recipe")
    state = [lab.trait(name) for name in ("seed", "own", "corrections", "hidden", "clip", "step")]
    assert state == [146, [], [], [], 0, 0]
    lab.expect_status("Another recipe. The nets alone read: ")
    lab.press("Undo")
    assert lab.trait("own") == BEYOND
    lab.expect_status("Undone. Your recipe: stir in cup, pour into cup.")
    lab.press("Redo")
    lab.expect_status("Done again. Another recipe.")


def test_the_first_recipe_and_the_one_before_are_called_so(open_lab):
    lab = open_lab()
    for _ in range(2):
        lab.press("Another recipe")
    lab.press("Undo")
    lab.expect_status("Undone. The recipe before.")
    lab.press("Reset")
    lab.expect_status("Back to the start; Undo brings your work back. The first recipe.")


# Correct, and hide.


def test_a_correction_mends_the_sentence_and_can_be_taken_back(open_lab):
    lab = open_lab()
    lab.choose_clip(2)
    assert lab.sentence()[2] == "?"
    lab.say(0, "bowl, flat")
    assert lab.sentence()[2] == "pour into bowl"
    lab.expect_status("Clip 3, left hand: as you say.", "pour into bowl")
    assert lab.shares(0)["flat"] == 100
    expect(lab.hand(0)).to_contain_text("You say: bowl, flat")
    lab.choose_clip(0)
    expect(lab.hand(0).get_by_role("combobox")).to_have_value("")
    lab.choose_clip(2)
    expect(lab.hand(0).get_by_role("combobox")).to_have_value(str(hold("flat bowl")))
    lab.say(0, "as the nets")
    lab.expect_status("Clip 3, left hand: as the nets say.")
    assert lab.sentence()[2] == "?"
    assert lab.trait("corrections") == []
    lab.press("Undo")
    assert lab.sentence()[2] == "pour into bowl"


def test_a_correction_changes_the_tree(open_lab):
    lab = open_lab(reader="grammar")
    lab.press("Read")
    tree = lab.root.locator(".cl-watching-tree")
    expect(tree).to_contain_text("squeeze into bowl")
    lab.press("Watch")
    for place, words in ((1, ["cup, power", "jug, power"]), (2, ["cup, power", "jug, power"])):
        lab.choose_clip(place)
        for side, what in enumerate(words):
            lab.say(side, what)
    lab.press("Read")
    expect(tree).not_to_contain_text("squeeze into bowl")
    expect(tree).to_contain_text("pour into cup")


def test_a_hidden_hand_is_covered_and_context_may_fill_it(open_lab):
    lab = open_lab(clip=2)
    lab.hide(0)
    assert lab.trait("hidden") == [[4]]
    assert set(lab.root.locator(".cl-watching-crop:visible").first.evaluate(GREYS)) == {128}
    lab.expect_status("Clip 3, left hand: hidden.")
    assert "left hand hidden" in lab.picture.get_attribute("aria-label")
    lab.read_by("Grammar")
    assert lab.rows()[2] == ["pour into bowl", "bowl, flat", "jug, power"]
    lab.press("Counts")
    assert lab.rows()[2] == [*cells(lab_of(hidden=[[4]], reader="counts"))[2]]
    lab.press("Watch")
    lab.hide(0)
    assert lab.trait("hidden") == []


# All of it.


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_every_view_can_be_read(open_lab, known, scheme, width):
    lab = open_lab(
        page={"viewport": {"width": width, "height": 800}, "color_scheme": scheme},
        **{"seed": 0, "truth": True, "level": 4, "reader": "grammar", "free": False, "step": 6, "hidden": [[2]]},
    )
    for tab in TABS:
        lab.root.locator(".cl-tabs button").nth(TABS.index(tab)).click()
        if tab == "read":
            lab.root.locator(".cl-watching-action").first.click()
        assert findings(lab.page, known=known) == []
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
