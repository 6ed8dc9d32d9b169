"""Chapter 15's robot: what comes of each step, and that it never stands there without a word."""

from dataclasses import replace
from itertools import product

import pytest

from convnet_core.cooking import ACTIONS, WAYS, Step
from convnet_core.kitchen import GRASPS, HOLDS, THINGS
from convnet_core.robot import BREAKABLE, DOES, GRIPPERS, Scene, carried_out, carry_out, commands

FRESH = Scene()
NOTHING = ("rest", "nothing")
IN = {  # a scene in which an action is of use
    "cut lemon": FRESH,
    "cut bread": FRESH,
    "spread bread": Scene(bread="sliced"),
    "squeeze into cup": Scene(lemon="halved"),
    "squeeze into bowl": Scene(lemon="halved"),
    "pour into cup": FRESH,
    "pour into bowl": FRESH,
    "stir in cup": Scene(cup=frozenset({"water"})),
    "stir in bowl": Scene(bowl=frozenset({"juice"})),
    "grip": FRESH,
}
AFTER = {
    "cut lemon": Scene(lemon="halved"),
    "cut bread": Scene(bread="sliced"),
    "spread bread": Scene(bread="buttered"),
    "squeeze into cup": Scene(lemon="squeezed", cup=frozenset({"juice"})),
    "squeeze into bowl": Scene(lemon="squeezed", bowl=frozenset({"juice"})),
    "pour into cup": Scene(cup=frozenset({"water"})),
    "pour into bowl": Scene(bowl=frozenset({"water"})),
    "stir in cup": Scene(cup=frozenset({"water", "mixed"})),
    "stir in bowl": Scene(bowl=frozenset({"juice", "mixed"})),
    "grip": FRESH,
}


def held(*words):
    return tuple(words[0].split()), tuple((words[1] if len(words) > 1 else "rest nothing").split())


def do(action, *words, **scene):
    return carry_out(Scene(**scene), Step(action, *held(*words)))


def ways(action):
    """Usual ways to hold, and odd ones, where one hand is odd."""
    way = WAYS[action]
    usual = product(way.tool, way.patient)
    odd = [*product(way.odd_tool, way.patient), *product(way.tool, way.odd_patient)]
    return list(usual), odd


@pytest.mark.parametrize("action", ACTIONS)
def test_every_usual_way_works_with_the_tool_in_either_hand(action):
    usual, _ = ways(action)
    for tool, patient in usual:
        for step in (Step(action, patient, tool), Step(action, tool, patient)):
            outcome = carry_out(IN[action], step)
            assert outcome.works, (step, outcome.words)
            assert outcome.scene == AFTER[action]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_odd_way_works_too(action):
    _, odd = ways(action)
    for tool, patient in odd:
        outcome = carry_out(IN[action], Step(action, patient, tool))
        assert outcome.works, (action, tool, patient, outcome.words)
        assert outcome.scene == AFTER[action]


def test_whatever_is_understood_the_robot_has_a_word_for_it():
    """Each action, and none, with all that two hands could be seen to hold, in many kitchens."""
    scenes = [
        FRESH,
        Scene(lemon="squeezed", bread="spoilt", jug="empty", broken=frozenset(BREAKABLE)),
        Scene(lemon="halved", bread="sliced", cup=frozenset({"water"})),
        Scene(bread="buttered", bowl=frozenset({"juice", "mixed"}), broken=frozenset({"cup"})),
    ]
    holds = list(product(GRASPS, THINGS))
    for scene, action, left, right in product(scenes, (*ACTIONS, None), holds, holds):
        outcome = carry_out(scene, Step(action, left, right))
        assert outcome.words
        assert isinstance(outcome.scene, Scene)
        if not outcome.works:  # nothing gets better by what is of no use
            lost = outcome.scene.broken - scene.broken
            assert outcome.scene == scene or lost or outcome.scene.bread == "spoilt"
        if action is None:
            assert not outcome.works
        assert outcome.scene.broken >= scene.broken


def test_each_verb_is_known():
    assert set(DOES) == {action.split()[0] for action in ACTIONS}
    assert set(GRIPPERS) == set(GRASPS)


# Mistakes have consequences


@pytest.mark.parametrize("hold", ["precision jug", "precision bowl", "flat jug"])
def test_what_is_held_badly_falls_and_is_gone(hold):
    thing = hold.split()[1]
    outcome = do("grip", hold, bowl=frozenset({"water"}))
    assert outcome.words == f"drops the {thing}: broken"
    assert not outcome.works
    assert outcome.scene.broken == {thing}
    assert (outcome.scene.jug == "empty") == (thing == "jug")
    assert outcome.scene.bowl == (frozenset() if thing == "bowl" else {"water"})
    again = carry_out(outcome.scene, Step("grip", *held(f"power {thing}")))
    assert again == (outcome.scene, f"the {thing} lies broken", False)


def test_what_slips_does_not_break_unless_it_can():
    assert do("grip", "flat knife") == (FRESH, "the knife slips", False)
    both = do("pour into bowl", "precision bowl", "flat jug")
    assert both.words == "drops the bowl: broken; drops the jug: broken"
    assert both.scene.broken == {"bowl", "jug"}
    assert do("pour into bowl", "precision bowl", "power jug").words == "drops the bowl: broken"


def test_no_usual_hold_is_dropped():
    for action in ACTIONS:
        for pair in ways(action)[0]:
            assert "drops" not in carry_out(FRESH, Step(action, *pair)).words
            assert "slips" not in carry_out(FRESH, Step(action, *pair)).words
    # And of all holds there are, five are.
    dropped = [hold for hold in HOLDS if not carry_out(FRESH, Step("grip", hold, NOTHING)).works]
    assert dropped == [
        ("flat", "knife"),
        ("flat", "spoon"),
        ("precision", "jug"),
        ("flat", "jug"),
        ("precision", "bowl"),
        NOTHING,
    ]


FAILS = {
    "a pinched knife only scratches": (
        do("cut bread", "flat bread", "precision knife"),
        "only scratches the bread",
        {},
    ),
    "cut twice": (do("cut bread", "flat bread", "power knife", bread="sliced"), "the bread is cut already", {}),
    "cut what is squeezed": (
        do("cut lemon", "flat lemon", "power knife", lemon="squeezed"),
        "the lemon is cut already",
        {},
    ),
    "cut the buttered": (
        do("cut bread", "flat bread", "power knife", bread="buttered"),
        "cuts through the butter: the bread is spoilt",
        {"bread": "spoilt"},
    ),
    "cut what is not there": (
        do("cut lemon", "flat bread", "power knife"),
        "can't do it: there is no lemon in its hands",
        {},
    ),
    "cut without a tool": (
        do("cut lemon", "flat lemon", "power jug"),
        "can't do it: there is no tool in its hands",
        {},
    ),
    "spread on a loaf": (
        do("spread bread", "flat bread", "precision knife"),
        "there is no slice: the bread is whole",
        {},
    ),
    "spread on nothing good": (
        do("spread bread", "flat bread", "precision knife", bread="spoilt"),
        "there is no slice: the bread is spoilt",
        {"bread": "spoilt"},
    ),
    "a slice that is pinched": (
        do("spread bread", "precision bread", "precision knife", bread="sliced"),
        "the bread falls, butter side down",
        {"bread": "spoilt"},
    ),
    "a knife in the fist": (
        do("spread bread", "flat bread", "power knife", bread="sliced"),
        "presses too hard: the bread is torn",
        {"bread": "spoilt"},
    ),
    "squeeze a whole one": (
        do("squeeze into cup", "power cup", "power lemon"),
        "nothing comes: the lemon is whole",
        {},
    ),
    "squeeze it twice": (
        do("squeeze into cup", "power cup", "power lemon", lemon="squeezed"),
        "nothing comes: the lemon is squeezed",
        {},
    ),
    "squeeze with two fingers": (
        do("squeeze into cup", "power cup", "precision lemon", lemon="halved"),
        "too weak a grip: nothing comes",
        {},
    ),
    "squeeze elsewhere": (
        do("squeeze into bowl", "power cup", "power lemon", lemon="halved"),
        "can't do it: there is no bowl in its hands",
        {},
    ),
    "an empty jug": (do("pour into cup", "power cup", "power jug", jug="empty"), "the jug is empty", {}),
    "pour without a jug": (do("pour into cup", "power cup"), "can't do it: there is no jug in its hands", {}),
    "stir nothing": (do("stir in cup", "power cup", "precision spoon"), "stirs, but the cup is empty", {}),
    "lift nothing": (do("grip", "rest nothing"), "has nothing to lift", {}),
    "not understood": (do(None, "power cup", "power jug"), "does nothing: it did not understand", {}),
    "not understood, and dropped": (do(None, "precision jug"), "drops the jug: broken", {"jug": "empty"}),
}


@pytest.mark.parametrize("name", FAILS)
def test_what_is_of_no_use(name):
    outcome, words, left = FAILS[name]
    assert (outcome.words, outcome.works) == (words, False)
    for part, state in left.items():
        assert getattr(outcome.scene, part) == state


def test_what_is_added_is_not_mixed_any_more():
    vessel = frozenset({"water", "mixed"})
    outcome = do("squeeze into bowl", "flat bowl", "power lemon", bowl=vessel, lemon="halved")
    assert outcome.scene.bowl == {"water", "juice"}
    assert do("stir in bowl", "flat bowl", "power spoon", bowl=vessel).scene.bowl == vessel


def test_a_thing_in_both_hands_is_in_the_right_one():
    assert do("grip", "precision jug", "power jug").works
    assert do("grip", "power jug", "precision jug").words == "drops the jug: broken"


# One step after the other


LEMONADE = [
    Step("cut lemon", *held("flat lemon", "power knife")),
    Step("squeeze into cup", *held("power cup", "power lemon")),
    Step("pour into cup", *held("power cup", "power jug")),
    Step("stir in cup", *held("power cup", "precision spoon")),
]


def test_a_recipe_is_carried_out_step_by_step():
    outcomes = carried_out(LEMONADE)
    assert all(outcome.works for outcome in outcomes)
    assert outcomes[-1].scene == Scene(lemon="squeezed", cup=frozenset({"juice", "water", "mixed"}))
    assert [outcome.works for outcome in carried_out(LEMONADE[1:])] == [False, True, True]
    assert carried_out([]) == []


def test_it_may_begin_in_another_kitchen():
    later = carried_out(LEMONADE[1:], AFTER["cut lemon"])
    assert later == carried_out(LEMONADE)[1:]
    broken = replace(FRESH, broken=frozenset({"cup"}))
    assert [outcome.works for outcome in carried_out(LEMONADE, broken)] == [True, False, False, False]


def test_a_scene_is_told_in_words():
    scene = Scene(lemon="squeezed", cup=frozenset({"water", "juice"}), broken=frozenset({"jug"}), jug="empty")
    assert str(scene) == "lemon: squeezed, bread: loaf, cup: juice and water, bowl: empty, jug: broken"
    stirred = replace(FRESH, bowl=frozenset({"mixed", "water"}))
    assert str(stirred) == "lemon: whole, bread: loaf, cup: empty, bowl: water, stirred, jug: full"


def test_words_name_the_thing():
    told = [outcome.words for outcome in carried_out(LEMONADE)]
    assert told == [
        "cuts the lemon",
        "squeezes the lemon into the cup",
        "pours water into the cup",
        "stirs what is in the cup",
    ]
    assert do("grip", "power cup").words == "lifts the cup, and puts it back"
    assert do("grip", "power cup", "flat bread").words == "lifts the cup and the bread, and puts them back"
    assert do("spread bread", "flat bread", "precision knife", bread="sliced").words == "butters the bread"


def test_commands_name_the_gripper_for_each_hand_that_takes_something():
    assert commands(LEMONADE[0]) == [
        "left: take the lemon, flat gripper",
        "right: take the knife, vacuum gripper",
        "cut lemon",
    ]
    assert commands(Step("grip", *held("rest nothing", "precision spoon"))) == [
        "right: take the spoon, parallel gripper",
        "grip",
    ]
    assert commands(Step(None, NOTHING, NOTHING)) == [None]


# What is refused


GOOD = LEMONADE[0]
BAD = {
    "no step": (lambda: carry_out(FRESH, None), "carry_out: step is None, wanted a Step"),
    "an action misspelt": (
        lambda: do("slice lemon", "flat lemon"),
        "carry_out: step.action is 'slice lemon', wanted 'cut",
    ),
    "a grasp misspelt": (lambda: do("cut lemon", "fist lemon"), "carry_out: step.left is 'fist', wanted 'power' or"),
    "a thing misspelt": (
        lambda: do("cut lemon", "flat lemon", "power knive"),
        "carry_out: step.right is 'knive', wanted 'knife' or",
    ),
    "no hold": (lambda: carry_out(FRESH, GOOD._replace(left=None)), "carry_out: step.left is None, wanted 2 words"),
    "no scene": (lambda: carry_out({"lemon": "whole"}, GOOD), "carry_out: scene is {'lemon': 'whole'}, wanted a Scene"),
    "a scene in words": (lambda: carried_out([GOOD], "fresh"), "carry_out: scene is 'fresh', wanted a Scene"),
    "commands of nothing": (lambda: commands("cut lemon"), "commands: step is 'cut lemon', wanted a Step"),
    "commands with a foot": (
        lambda: commands(GOOD._replace(right=("toes", "knife"))),
        "commands: step.right is 'toes', wanted 'power' or",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_robot_can_do_is_refused_in_words(name):
    call, said = BAD[name]
    with pytest.raises(ValueError, match="wanted") as refusal:
        call()
    assert str(refusal.value).startswith(said)
