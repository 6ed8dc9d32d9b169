"""Chapter 15's cooks: their book, their recipes, and how they hold things."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from convnet_core.cooking import (
    ACTIONS,
    BOOK,
    ODD,
    RIGHT_HANDED,
    WAYS,
    Step,
    all_actions,
    as_step,
    by_role,
    is_odd,
    performed,
    random_corpus,
    random_recipe,
)
from convnet_core.grammar import Parser
from convnet_core.kitchen import HOLDS

RNG = np.random.default_rng
KNIFE, BREAD, LEMON = ("power", "knife"), ("flat", "bread"), ("flat", "lemon")
EACH = pytest.mark.parametrize("action", ACTIONS)


def in_book(actions):
    return Parser(BOOK).parse([{action: 0.0} for action in actions], "recipe")[1] is not None


# Ways to do things


@EACH
def test_a_way_holds_what_hands_can_hold_and_its_shares_are_whole(action):
    way = WAYS[action]
    for held in way:
        assert set(held) <= set(HOLDS)
        assert not held or abs(sum(held.values()) - 1) < 1e-12
    assert way.tool
    assert way.patient
    assert not set(way.tool) & set(way.odd_tool)
    assert not set(way.patient) & set(way.odd_patient)


@EACH
def test_a_tool_is_no_patient_of_the_same_action(action):
    """So that it is known which hand has which role."""
    way = WAYS[action]
    assert not set(way.tool | way.odd_tool) & set(way.patient | way.odd_patient)


@EACH
def test_holds_are_met_as_often_as_the_way_says(action):
    way, count = WAYS[action], 3000
    steps = [performed(action, rng, 0) for rng in [RNG(1)] for _ in range(count)]
    tools, patients, right_handed = zip(*map(by_role, steps), strict=True)
    for held, wanted in ((tools, way.tool), (patients, way.patient)):
        shares = Counter(held)
        assert set(shares) == set(wanted)
        for hold, share in wanted.items():
            assert abs(shares[hold] / count - share) < 4 * np.sqrt(share * (1 - share) / count) + 1e-9
    assert abs(np.mean(right_handed) - RIGHT_HANDED) < 0.03


@EACH
def test_odd_is_what_few_do(action):
    way = WAYS[action]
    assert not any(is_odd(performed(action, rng, 0)) for rng in [RNG(2)] for _ in range(200))
    steps = [performed(action, rng, 0.45) for rng in [RNG(3)] for _ in range(1500)]
    met = {hold for step in steps for hold in by_role(step)[:2]}
    if way.odd_tool or way.odd_patient:
        assert abs(np.mean([is_odd(step) for step in steps]) - 0.45) < 0.05
        assert met == set(way.tool | way.patient | way.odd_tool | way.odd_patient)
    else:
        assert not any(map(is_odd, steps))


def test_roles_are_found_in_either_hand():
    assert by_role(Step("cut bread", BREAD, KNIFE)) == (KNIFE, BREAD, True)
    assert by_role(Step("cut bread", KNIFE, BREAD)) == (KNIFE, BREAD, False)
    assert by_role(Step("cut bread", ["power", "knife"], ["flat", "bread"])) == (KNIFE, BREAD, False)
    assert not is_odd(Step("cut bread", KNIFE, BREAD))
    assert is_odd(Step("cut bread", KNIFE, ("precision", "bread")))
    assert is_odd(Step("cut lemon", ("power", "spoon"), LEMON))


def test_each_way_to_hold_tells_its_action():
    """Two hands are enough: no two actions are held alike, whichever hand has the tool."""
    met = defaultdict(set)
    for action in ACTIONS:
        for _ in range(2000):
            step = performed(action, RNG_OF_ALL, 0.5)
            met[step.left, step.right].add(action)
    known = all_actions()
    assert {pair: {action} for pair, action in known.items()} == met
    assert all(known[right, left] == action for (left, right), action in known.items())


RNG_OF_ALL = RNG(8)


# Recipes


def test_the_book_is_a_grammar_of_all_actions():
    sums, symbols = Counter(), set()
    for left, right, probability in BOOK:
        sums[left] += probability
        symbols |= set(right)
    assert all(abs(total - 1) < 1e-12 for total in sums.values())
    assert symbols - set(sums) == set(ACTIONS)
    assert len({(rule.left, rule.right) for rule in BOOK}) == len(BOOK)


def test_recipes_are_the_book_s_and_of_3_to_6_clips():
    corpus = random_corpus(RNG(0), 200)
    assert {len(recipe) for recipe in corpus} == {3, 4, 5, 6}
    for recipe in corpus:
        assert in_book([step.action for step in recipe])
        assert all(set((step.left, step.right)) <= set(HOLDS) for step in recipe)
    assert not in_book(["stir in cup", "pour into cup", "cut lemon"])


def test_a_corpus_is_that_of_its_seed_and_a_smaller_one_its_beginning():
    assert random_corpus(RNG(4), 20) == random_corpus(RNG(4), 30)[:20]
    assert random_corpus(RNG(4), 20) != random_corpus(RNG(5), 20)
    assert random_corpus(RNG(4), 1) == [random_recipe(RNG(4))]


def test_few_clips_are_odd():
    corpus = random_corpus(RNG(0), 800)
    can_be = [step for recipe in corpus for step in recipe if WAYS[step.action][2] or WAYS[step.action][3]]
    assert abs(np.mean([is_odd(step) for step in can_be]) - ODD) < 0.02
    assert not any(is_odd(step) for recipe in random_corpus(RNG(0), 100, odd=0) for step in recipe)


# What is refused


def cut(left=BREAD, right=KNIFE, action="cut bread"):
    return Step(action, left, right)


BAD = {
    "a seed": (lambda: random_recipe(0), "random_recipe: rng is 0, wanted a numpy.random.Generator"),
    "all odd": (lambda: random_recipe(RNG(0), 1), "random_recipe: odd is 1, wanted a number from 0 to below 1"),
    "no recipes": (lambda: random_corpus(RNG(0), 0), "random_corpus: count is 0, wanted a whole number of at least 1"),
    "odd in words": (lambda: random_corpus(RNG(0), 2, "few"), "random_recipe: odd holds text"),
    "an action misspelt": (
        lambda: performed("cut the bread", RNG(0)),
        "performed: action is 'cut the bread', wanted 'cut",
    ),
    "no action": (lambda: performed(None, RNG(0)), "performed: action is None, wanted 'cut lemon' or "),
    "odd below 0": (lambda: performed("grip", RNG(0), -0.1), "performed: odd is -0.1, wanted a number from 0"),
    "no generator": (lambda: performed("grip", None), "performed: rng is None, wanted a numpy"),
    "a role of no action": (lambda: by_role(cut(action=None)), "by_role: step.action is None, wanted 'cut lemon' or"),
    "odd of no action": (lambda: is_odd(cut(action="eat")), "is_odd: step.action is 'eat', wanted 'cut lemon' or"),
    "a hand misspelt": (lambda: is_odd(cut(("flat", "loaf"))), "is_odd: step.left is 'loaf', wanted 'knife' or"),
    "a hold in one word": (
        lambda: by_role(cut(right="power knife")),
        "by_role: step.right is 'power knife', wanted 2 words",
    ),
    "a list for a step": (lambda: by_role(["cut bread", BREAD, KNIFE]), "by_role: step is ['cut bread', "),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_cook_does_is_refused_in_words(name):
    call, said = BAD[name]
    with pytest.raises(ValueError, match="wanted") as refusal:
        call()
    assert str(refusal.value).startswith(said)


def test_a_step_may_be_one_that_was_not_understood_where_that_is_allowed():
    assert as_step("who: step", cut(action=None), needs_action=False) == cut(action=None)
    assert as_step("who: step", cut(["flat", "bread"])) == cut()
    with pytest.raises(ValueError, match=r"^who: step\.action is None"):
        as_step("who: step", cut(action=None))
