"""WatchingLab in a real browser: what each reader makes of the clips, what the robot does, and the challenges."""

import re

import pytest
from playwright.sync_api import expect

from convnet_core.labs.watching.lab import READERS, WatchingLab
from tests.labpage import opener
from tests.watchingpage import BEYOND, CLEAR, LEAVES, NAMES, POUR, STIR, WatchingOnPage, cells, lab_of, own_clip, told

open_lab = opener(lab_of, view=WatchingOnPage)


# Read.


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("state", [{}, {"seed": 0, "level": 4, "corpus": "20"}])
def test_each_reader_reads_what_python_reads(open_lab, reader, state):
    lab = open_lab(**state)
    lab.read_by(NAMES[reader])
    half = lab_of(reader=reader, **state)
    assert lab.rows() == cells(half)
    assert lab.sentence() == told(half)
    expect(lab.root.locator(".cl-watching-tree")).to_be_visible(visible=reader == "grammar")


def test_what_was_changed_is_marked_and_with_the_truth_what_that_was_worth(open_lab):
    lab = open_lab()
    lab.read_by("Counts")
    assert lab.notes() == ["changed; the nets: ?", "changed; the nets: bowl, precision"]
    expect(lab.root.get_by_text("otherwise than the nets in 2 words")).to_be_visible()
    lab.show_truth()
    assert lab.notes() == ["mended; the nets: ?", "mended; the nets: bowl, precision"]
    expect(lab.root.get_by_text("2 mended, 0 broken; 0 wrong in all.")).to_be_visible()
    lab.press("Nets alone")
    assert lab.notes() == ["wrong; in truth: pour into bowl", "wrong; in truth: bowl, flat"]
    assert lab.strip.nth(2).get_attribute("aria-label").startswith("Clip 3, misread: not understood; left hand: bowl, ")
    lab.press("Watch")
    lab.choose_clip(2)
    expect(lab.hand(0)).to_contain_text("In truth: bowl, flat")


def test_a_clip_says_first_whether_it_is_misread(open_lab):
    lab = open_lab(seed=WatchingLab().seed, truth=True, level=3, reader="grammar")
    names = [clip.get_attribute("aria-label") for clip in lab.strip.all()]
    assert names == [
        "Clip 1, misread: grip; left hand: bowl, precision; right hand: jug, power",
        "Clip 2, read correctly: cut bread; left hand: bread, precision; right hand: knife, power",
        "Clip 3, read correctly: spread bread; left hand: bread, power; right hand: knife, precision",
        "Clip 4, the action read correctly, a word misread: spread bread; "
        "left hand: bread, flat; right hand: knife, precision",
    ]
    marks = lab.root.locator(".cl-watching-verdict:visible")
    expect(marks).to_have_text(["✗", "✓", "✓", "✓, a word ✗"])
    lab.show_truth()
    assert lab.strip.first.get_attribute("aria-label").startswith("Clip 1, read as: grip; left hand: ")


def test_what_nobody_holds_so_is_marked(open_lab):
    lab = open_lab(seed=24, level=3, reader="grammar", tab="read")
    step = lab_of(seed=24, level=3, reader="grammar").sentence[2]
    assert (step.left, step.right) == (("flat", "bowl"), ("power", "bowl")), "two bowls, to pour out of one"
    row = lab.root.locator(".cl-watching-sentence tbody tr:visible").nth(2)
    expect(row.locator("small").first).to_contain_text("held as nobody does")
    assert sum("held as nobody does" in note for note in lab.notes()) == 1
    lab.press("Robot")
    steps = lab.root.locator(".cl-watching-steps li:visible").all_inner_texts()
    assert ["held as nobody does" in text for text in steps] == [False, False, True, *[False] * (len(steps) - 3)]


def test_what_the_book_breaks_is_marked(open_lab):
    lab = open_lab(own=BEYOND, truth=True, **CLEAR)
    lab.read_by("Grammar")
    assert lab.notes() == []
    expect(lab.root.get_by_text("This recipe is not in the grammar’s book.")).to_be_visible()
    expect(lab.root.locator(".cl-watching-tree")).to_contain_text("any actions")
    lab.root.get_by_role("checkbox", name=LEAVES).click()
    assert any(note.startswith("broken; the nets had: ") for note in lab.notes())
    assert lab.rows() == cells(lab_of(own=BEYOND, reader="grammar", free=False, **CLEAR))
    lab.expect_status("It knows only its book. The grammar reads: ")


TREE = """it => {
  const told = (li) => {
    const [head] = li.children;
    const parts = [...li.querySelectorAll(":scope > ul:not([hidden]) > li")].map(told);
    return [head ? head.textContent : li.textContent, parts];
  };
  return told(it.querySelector("ul > li"));
}"""


def test_the_tree_is_a_nested_list_and_an_action_opens(open_lab):
    lab = open_lab(reader="grammar", tab="read")
    tree = lab.root.locator(".cl-watching-tree")
    sour, wet = ["cut lemon", "squeeze into bowl"], ["pour into bowl", "stir in bowl"]
    assert tree.evaluate(TREE) == [
        "sentence › recipe › part › drink › drink in bowl",
        [["lemon juice in bowl", [[one, []] for one in sour]], ["water in bowl", [[one, []] for one in wet]]],
    ]
    lab.button("pour into bowl").press("Enter")
    expect(lab.button("pour into bowl")).to_have_attribute("aria-expanded", "true")
    opened = tree.evaluate(TREE)[1][1][1][0]
    assert opened == [
        "pour into bowl",
        [
            ["left: what it is done to", [["flat bowl", [["flat", []], ["bowl", []]]]]],
            ["right: what it is done with", [["power jug", [["power", []], ["jug", []]]]]],
        ],
    ]
    lab.button("pour into bowl").click()
    expect(tree.get_by_text("left: what it is done to").locator("visible=true")).to_have_count(0)


@pytest.mark.parametrize(("width", "is_across"), [(1000, True), (320, False)])
def test_the_tree_is_drawn_from_the_top_down_where_there_is_room(open_lab, width, is_across):
    lab = open_lab(page={"viewport": {"width": width, "height": 800}}, reader="grammar", tab="read", seed=0)
    first, last = (lab.button(name).bounding_box() for name in ("cut lemon", "stir in cup"))
    assert (abs(first["y"] - last["y"]) < 2) == is_across
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= width


# The robot.


def test_the_robot_drops_what_the_nets_pinch(open_lab):
    lab, half = open_lab(tab="robot"), lab_of()
    steps = lab.root.locator(".cl-watching-steps li:visible")
    assert [text.strip() for text in steps.all_inner_texts()] == [
        "; ".join(w or "not understood" for w in one) for one in half.commands
    ]
    for at, outcome in enumerate(half.outcomes):
        lab.press("Step")
        lab.expect_status(f"Step {at + 1} of 4: {outcome.words}.")
        expect(steps.nth(at)).to_contain_text(f"→ {outcome.words}")
    lab.expect_status("Not understood, and not done")
    expect(lab.verdict).to_contain_text("Not understood, and not done")
    robot, cook = (it.get_attribute("aria-label") for it in lab.root.locator(".cl-watching-scene").all())
    assert robot == "The robot’s kitchen: lemon squeezed, bread a loaf, cup empty, bowl broken, jug full."
    assert (
        cook
        == "The cook’s, at the end: lemon squeezed, bread a loaf, cup empty, bowl juice and water, stirred, jug full."
    )
    expect(lab.root.locator(".cl-watching-states .is-wrong")).to_have_text(["bowl: broken ≠"])
    assert lab.button("Undo").get_attribute("aria-disabled") == "true", "a robot's step is only looked at"


def test_on_a_phone_the_kitchens_stand_one_below_the_other(open_lab):
    lab = open_lab(page={"viewport": {"width": 390, "height": 844}}, tab="robot")
    robot, cook = (it.bounding_box() for it in lab.root.locator(".cl-watching-scene").all())
    assert robot["width"] == cook["width"] > 300
    assert robot["x"] == cook["x"]


def test_the_robot_does_what_is_understood(open_lab):
    lab = open_lab(tab="robot", reader="counts", speed="fast")
    lab.press("Play")
    lab.expect_status("Understood, and done")
    expect(lab.verdict).to_have_class(re.compile("is-right"))
    expect(lab.root.locator(".cl-watching-states .is-wrong")).to_have_count(0)


@pytest.mark.parametrize(
    "scene",
    [
        {"seed": 1, "reader": "grammar"},
        {"seed": 26, "reader": "imagining"},
        {"seed": 19, "reader": "nets"},
        {"own": [own_clip("flat cup", "precision jug"), own_clip("power bread", "precision knife")], "level": 0},
    ],
)
def test_every_kitchen_is_told_as_python_tells_it(open_lab, scene):
    half = lab_of(**scene)
    lab = open_lab(tab="robot", step=len(half.cook), **scene)
    words = lab.root.locator(".cl-watching-scene").first.get_attribute("aria-label")
    for thing in ("lemon", "bread"):
        assert f"{thing} {getattr(half.scene, thing)}".replace("bread loaf", "bread a loaf") in words
    for thing in half.scene.broken:
        assert f"{thing} broken" in words
    told = lab.verdict.inner_text()
    assert told.startswith(("Understood, and done", "Done, though")) == half.done
    assert told.startswith("Understood") == half.understood


# Challenges.


def test_counts_mend_what_the_nets_misread(open_lab):
    lab = open_lab()
    lab.read_by("Counts")
    lab.show_truth()
    expect(lab.root.locator(".cl-challenges")).to_contain_text("Now: the nets misread 1 clip, the counts 0.")
    lab.slide("Noise", 4)
    lab.expect_status("Challenge solved!")
    assert len(lab.solved()) == 1


def test_a_recipe_beyond_the_book_is_misheard(open_lab):
    lab = open_lab(tab="record", level=0, seed=24)  # pour into cup, stir in cup, grip
    challenges = lab.root.locator(".cl-challenges")
    expect(challenges).to_contain_text("Now: the recipe is not yours yet.")
    lab.choose_clip(2)
    lab.press("Remove it")
    expect(challenges).to_contain_text("Now: your recipe is in the book.")
    lab.press("Earlier")
    expect(challenges).to_contain_text(
        "Now: the nets read yours right. Still to do: let the grammar read, "
        "take its tick from “It may leave its book”, show the truth."
    )
    lab.read_by("Grammar")
    lab.show_truth()
    expect(challenges).to_contain_text("Still to do: take its tick from “It may leave its book”.")
    assert lab.solved() == []
    lab.root.get_by_role("checkbox", name=LEAVES).click()
    lab.expect_status("Challenge solved!")
    assert len(lab.solved()) == 1


def with_left_hand(row, column, of=POUR):
    """An own clip whose left hand is elsewhere all the time."""
    return [*of[:3], *[column] * 8, *of[11:19], *[row] * 8, *of[27:]]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ({"level": 0, "own": [STIR, with_left_hand(0, 0)]}, "half out of the picture, or before the other one."),
        ({"level": 0, "own": [STIR, with_left_hand(120, 225)]}, "half out of the picture, or before the other one."),
        ({"level": 0, "own": [STIR, POUR], "hidden": [[3]]}, "a hand of it is hidden."),
        ({"level": 5, "own": BEYOND}, "try less noise."),
    ],
)
def test_why_the_nets_misread_a_clip_of_ones_own(open_lab, state, why):
    lab, half = open_lab(**state), lab_of(**state)
    place = [step == true for step, true in zip(half.sentence, half.cook, strict=True)].index(False)
    assert not half.in_book
    said = lab.root.locator(".cl-challenges")
    expect(said).to_contain_text(f"Now: the nets misread clip {place + 1} of yours: ")
    expect(said).to_contain_text(why)


def test_done_though_not_understood(open_lab):
    lab = open_lab(seed=145, reader="grammar")
    lab.slide("Noise", 4)
    lab.press("Another recipe")
    lab.press("Robot")
    for _ in range(4):
        lab.press("Step")
    expect(lab.verdict).to_contain_text("Done, though not understood")
    assert any("Done though" in text for text in lab.solved())
    lab.expect_status(*SOLVED)


SOLVED = (
    "Challenge solved! What it misread made no difference to this kitchen.",
    "Step 4 of 4: ",
    "Done, though not understood",
)


def test_what_is_solved_by_a_play_is_said_at_its_end(open_lab):
    lab = open_lab(seed=146, level=4, reader="grammar", tab="robot", speed="fast")
    lab.press("Play")
    expect(lab.button("Play")).to_be_visible()
    lab.expect_status(*SOLVED)
    lab.press("Back")
    lab.expect_status("Step 3 of 4: ")
    assert "solved" not in lab.status
