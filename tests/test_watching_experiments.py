"""The tables of chapter 15's experiments: a part of each is run again, all of it is there, and the sentences hold."""

from collections import Counter

import numpy as np
import pytest

from convnet_core.cooking import ACTIONS, BOOK, LONGEST, SHORTEST
from convnet_core.grammar import Parser, sentence
from convnet_core.labs.kit.stored import stored
from convnet_core.robot import carried_out
from tools import watching_experiments as tool
from tools.experiments import FILE

EXPERIMENTS = stored("watching", FILE)
LEVELS = range(6)


def column(table, name):
    """By seed."""
    return np.array(EXPERIMENTS[table][name])


def of(reader, where, measure, table="readers"):
    return column(table, f"{reader}, {where}: {measure}")


def by_level(reader, measure):
    """By level and seed."""
    return np.array([of(reader, f"level {level}", measure) for level in LEVELS])


def test_every_seed_is_in_every_table():
    assert list(EXPERIMENTS) == list(tool.TABLES)
    for table, columns in EXPERIMENTS.items():
        assert {len(runs) for runs in columns.values()} == {len(tool.EXPERIMENTS.seeds_of(table))}, table


def test_every_reader_is_there_at_each_level_with_each_measure():
    measures = ("clips", "recipes", "actions", "done", "done, not understood", "mended", "broken")
    wanted = [f"{name}, level {level}: {each}" for level in LEVELS for name in tool.MAKERS for each in measures]
    assert list(EXPERIMENTS["readers"]) == wanted


# Run again: seed 0, whose networks are the stored ones


AGAIN = {
    "trust chosen": lambda: tool.trust_chosen(0, [3]),
    "frames": lambda: tool.frames(0, [3]),
    "light": lambda: tool.light(0, ["darker by 0.15"]),
    "readers": lambda: tool.readers(0, [3]),
    "words": lambda: tool.words(0, [3]),
    "blind": lambda: tool.blind(0),
    "outside": lambda: tool.outside(0, ["sensible"], [3]),
    "odd": lambda: tool.odd(0, [3]),
    "corpus": lambda: tool.corpus(0, [20]),
    "trust": lambda: tool.trust(0, [3]),
    "frames used": lambda: tool.frames_used(0, [2]),
    "sizes": lambda: tool.sizes(0),
}


@pytest.mark.parametrize("table", AGAIN)
def test_a_part_of_each_table_comes_out_again(table):
    found = AGAIN[table]()
    assert found
    for name, value in found.items():
        assert EXPERIMENTS[table][name][0] == pytest.approx(value, abs=1e-9), name


@pytest.mark.sweep
@pytest.mark.parametrize("table", AGAIN)
def test_all_of_a_table_comes_out_again(table):
    for name, value in tool.TABLES[table](0).items():
        assert EXPERIMENTS[table][name][0] == pytest.approx(value, abs=1e-9), name


# What the tool computes with


def test_frames_of_one_clip_are_worth_as_many_of_several():
    assert tool.worth([0.5, 0.7, 0.8, 0.9], 0.75) == 2.5
    assert tool.worth([0.5, 0.7, 0.8, 0.9], 0.7) == 2
    assert tool.worth([0.5, 0.7], 0.4) == 1
    assert tool.worth([0.5, 0.7, 0.6], 0.9) == 8


def test_orders_that_the_book_makes():
    """Each is in the book, their chances are those of sentences, and nothing else is in the book."""
    made = tool.sequences("recipe", LONGEST)
    parser, rng = Parser(BOOK), np.random.default_rng(0)
    for actions in list(made)[::97]:
        assert parser.parse([{action: 0.0} for action in actions], "recipe")[1]
    said = Counter(tuple(sentence(BOOK, "recipe", rng)) for _ in range(20_000))
    for actions, count in said.items():
        assert (actions in made) == (len(actions) <= LONGEST)
        if count > 200:
            assert abs(count / 20_000 - made[actions]) < 4 * np.sqrt(made[actions] / 20_000)
    for _ in range(300):
        actions = tuple(ACTIONS[k] for k in rng.integers(len(ACTIONS), size=3))
        assert (actions in made) == (parser.parse([{action: 0.0} for action in actions], "recipe")[1] is not None)


@pytest.mark.parametrize("kind", ["any order", "sensible"])
def test_recipes_outside_the_book_are_that(kind):
    rng = np.random.default_rng(1)
    for _ in range(30):
        recipe = tool.RECIPES_OF[kind](rng)
        assert SHORTEST <= len(recipe) <= LONGEST
        assert not tool.is_in_book(recipe)
        if kind == "sensible":
            assert all(outcome.works for outcome in carried_out(recipe))


def test_judging_by_hand():
    recipe = tool.corpus_of(0)[0]
    other = [recipe[0]._replace(left=recipe[0].right), *recipe[1:]]
    unnamed = [*recipe[:-1], recipe[-1]._replace(action=None)]
    judged = tool.judged([recipe, recipe, recipe], [recipe, other, unnamed])
    clips = 3 * len(recipe)
    assert judged["clips"] == round((clips - 1) / clips, tool.DECIMALS)
    assert judged["recipes"] == pytest.approx(1 / 3, abs=1e-4)
    assert judged["actions"] == pytest.approx(2 / 3, abs=1e-4)
    assert tool.against_nets([recipe, recipe], [recipe, other], [other, recipe]) == {
        "mended": round(1 / (2 * len(recipe)), tool.DECIMALS),
        "broken": round(1 / (2 * len(recipe)), tool.DECIMALS),
    }


# What networks see


@pytest.mark.parametrize("kind", ["grasp", "thing"])
def test_votes_over_the_frames_of_a_clip_help_but_less_than_so_many_clips(kind):
    for level in LEVELS:
        here = {name: of(kind, f"level {level}", name, "frames").mean() for name in (
            "1 frame", "majority of 8", "sum of 4", "sum of 8", "sum of 8 clips", "8 are worth")}  # fmt: skip
        assert here["1 frame"] < here["majority of 8"] <= here["sum of 8"] < here["sum of 8 clips"]
        assert here["sum of 4"] <= here["sum of 8"]
        assert 1.5 < here["8 are worth"] < 5


@pytest.mark.parametrize("kind", ["grasp", "thing"])
def test_frames_that_count_in_full_are_too_sure(kind):
    for level in LEVELS[1:]:
        full, some = (of(kind, f"level {level}", f"surprise at trust {trust}", "frames") for trust in (1, 0.4))
        assert some.mean() < full.mean()
        assert level == 1 or (some < full).all()


def test_which_trust_surprises_least():
    best = []
    for level in LEVELS:
        means = {t: column("trust chosen", f"level {level}: {t}").mean() for t in tool.TRUST_GRID}
        best.append(min(means, key=means.get))
    assert best == [0.4, 0.5, 0.4, 0.3, 0.3, 0.2]


def light(name, kind, measure):
    return column("light", f"{name}, {kind}: {measure}")


def test_votes_mend_what_differs_from_frame_to_frame_and_not_what_all_share():
    """Crops that are off, they mend; another light hardly, and an inverted picture not at all."""
    for kind in ("grasp", "thing"):
        assert light("jitter doubled", kind, "1 frame").mean() < 0.8
        assert light("jitter doubled", kind, "sum of 8").mean() > 0.92
        assert light("inverted", kind, "sum of 8").mean() - light("inverted", kind, "1 frame").mean() < 0.05
    for name in ("lighter by 0.15", "darker by 0.15"):
        assert light(name, "grasp", "sum of 8").mean() - light(name, "grasp", "1 frame").mean() < 0.08
    assert light("inverted", "thing", "1 frame").mean() < 1 / 8  # below chance


def test_a_network_is_as_sure_where_it_is_wrong_as_at_home():
    at_home = light("as learned", "grasp", "sure where wrong").mean()
    for name in tool.LIGHTS:
        assert abs(light(name, "grasp", "sure where wrong").mean() - at_home) < 0.08


# What readers understand


def test_each_reader_beats_those_that_do_not_look():
    for level in LEVELS:
        for name in tool.READERS:
            worst = of(name, f"level {level}", "clips").min()
            assert worst > max(of(each, f"level {level}", "clips").max() for each in tool.BASELINES)
    assert (by_level("most frequent", "recipes") == 0).all()


def test_more_knowledge_understands_more_of_the_book():
    """In the mean of seeds, at every level above 0; and from each seed at the middle one."""
    order = "nets", "counts", "imagining", "grammar, only its book"
    for level in range(2, 6):
        means = [of(name, f"level {level}", "recipes").mean() for name in order]
        assert means == sorted(means)
    middle = np.array([of(name, "level 3", "recipes") for name in order])
    assert (np.diff(middle, axis=0) > 0).all()


def test_counts_for_the_action_alone_mend_no_hold():
    hard = "nets, counts for the action"
    assert (by_level(hard, "mended") == 0).all()
    assert (by_level(hard, "broken") == 0).all()
    assert (of(hard, "level 3", "actions") > of("nets", "level 3", "actions")).all()


def test_how_far_the_grammar_mends():
    mended, broken = by_level("grammar", "mended").mean(axis=1), by_level("grammar", "broken").mean(axis=1)
    assert (mended > 10 * broken).all()
    assert 0.28 < mended[3] < 0.4
    assert 0.005 < broken[3] < 0.02


def test_a_place_outside_the_book_costs_hardly_anything_within():
    cost = by_level("grammar, only its book", "recipes") - by_level("grammar", "recipes")
    assert (cost.mean(axis=1) <= 0.01).all()


def test_what_is_not_understood_is_often_done():
    for level in (3, 4, 5):
        ours, nets = (of(name, f"level {level}", "done, not understood").mean() for name in ("grammar", "nets"))
        assert ours > nets
        assert of("grammar", f"level {level}", "done").mean() > of("nets", f"level {level}", "done").mean() + 0.5


def test_a_grammar_that_sees_nothing_does_as_much_as_nets_that_see_in_noise():
    done = of("grammar, only its book", "eyes shut", "done", table="blind").mean()
    assert abs(done - of("nets", "level 3", "done").mean()) < 0.05
    assert done < of("grammar", "level 5", "done").mean() - 0.4  # and most of what it does, it has seen


def test_what_follows_matters_more_than_rules_within_a_clip():
    """Of many recipes, counts and rules for one clip learn the same; of few, rules learn more."""
    for count, least, most in ((300, -0.03, 0.03), (3000, -0.03, 0.03), (20, 0.03, 0.12)):
        rules, counts = (
            of(name, f"{count} recipes", "recipes", "corpus").mean() for name in ("grammar, any order", "counts")
        )
        assert least < rules - counts < most


# Where it harms


def outside(reader, kind, level, measure):
    return of(reader, f"{kind}, level {level}", measure, "outside")


@pytest.mark.parametrize("kind", ["any order", "sensible"])
@pytest.mark.parametrize("level", tool.OUTSIDE_LEVELS)
def test_who_knows_only_the_book_understands_nothing_else(kind, level):
    assert (outside("grammar, only its book", kind, level, "recipes") == 0).all()
    free = outside("grammar", kind, level, "recipes")
    counts = outside("counts", kind, level, "recipes")
    assert abs(free.mean() - counts.mean()) < 0.1
    assert outside("grammar", kind, level, "says that it is not in the book").mean() > 0.8
    assert outside("grammar", "book", level, "says that it is not in the book").mean() < 0.02


def test_the_book_breaks_what_the_nets_saw():
    for kind in ("any order", "sensible"):
        assert outside("nets", kind, 1, "recipes").mean() > 0.7
        assert outside("grammar, only its book", kind, 1, "done").mean() < 0.6


@pytest.mark.parametrize("level", tool.OUTSIDE_LEVELS)
def test_imagining_needs_no_book_but_cooks_who_know_what_they_do(level):
    ours, counts = (outside(name, "sensible", level, "recipes") for name in ("imagining", "counts"))
    assert ours.mean() > counts.mean() + 0.03
    ours, counts = (outside(name, "any order", level, "recipes") for name in ("imagining", "counts"))
    assert ours.mean() < counts.mean()


def odd(reader, level, measure):
    return of(reader, f"level {level}", measure, "odd")


@pytest.mark.parametrize("level", tool.ODD_LEVELS)
def test_what_a_corpus_never_did_is_mended_away(level):
    """The networks see odd holds as well as others; all who count take them for usual ones."""
    assert abs(odd("nets", level, "odd clips") - odd("nets", level, "usual clips")).mean() < 0.06
    for name in ("counts", "grammar, any order", "grammar", "imagining"):
        assert (odd(name, level, "odd clips") < odd("nets", level, "odd clips")).all()
        assert odd(name, level, "usual clips").mean() > odd("nets", level, "usual clips").mean()
    assert odd("grammar", level, "done").mean() > odd("nets", level, "done").mean()  # the usual works too
