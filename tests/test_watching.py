"""Chapter 15: two networks name what hands hold, and readers say what was done; against counting and trying all."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from convnet_core.backprop import cross_entropy, numerical_gradient
from convnet_core.cooking import ACTIONS, BOOK, Step, is_odd, performed, random_corpus, random_recipe
from convnet_core.grammar import Parser, Tree, sentence
from convnet_core.kitchen import GRASPS, HOLDS, LEVELS, THINGS
from convnet_core.labs.kit.stored import stored
from convnet_core.robot import Scene, carry_out
from convnet_core.voting import softmax
from convnet_core.watching import (
    KINDS,
    TRUST,
    Counts,
    Grammar,
    Seen,
    by_imagining,
    by_majority,
    by_nets,
    grammar_of,
    looked_at,
    nets_from,
    random_crops,
    random_hold,
    steps_of,
    summed,
    watched,
    watched_frames,
    watching_net,
)

RNG = np.random.default_rng
WEIGHTS = stored("watching")
NETS = nets_from(WEIGHTS)
CORPUS = random_corpus(RNG(0))
NO_TOOL = ("rest", "nothing")
JUG, CUP, SPOON = ("power", "jug"), ("power", "cup"), ("precision", "spoon")


def clip(left, right, sure=30.0):
    """Seen of a clip in which all is plain: what is not there is less likely by e to the `sure`."""
    logs = []
    for words, told in ((GRASPS, (left[0], right[0])), (THINGS, (left[1], right[1]))):
        votes = sure * np.array([[word == each for word in words] for each in told])
        logs.append(np.log(softmax(votes)))
    return Seen(*logs)


def clips_of(recipe, sure=30.0):
    return [clip(step.left, step.right, sure) for step in recipe]


def in_doubt(one, other, chance=0.5):
    """Seen of a clip that is as likely the one step as the other; of each hand and word by itself."""
    parts = zip(clip(one.left, one.right), clip(other.left, other.right), strict=True)
    return Seen(*(np.log(chance * np.exp(a) + (1 - chance) * np.exp(b)) for a, b in parts))


def vague(rng, frames=()):
    """Seen of a clip, of anything."""
    return Seen(
        *(np.log(softmax(2 * rng.normal(size=(*frames, 2, n)).reshape(-1, n))).reshape(*frames, 2, n) for n in (4, 8))
    )


# The networks


def test_how_many_numbers_they_learn():
    sizes = {
        kind: sum(parameter.value.size for parameter in watching_net(kind, RNG(0)).parameters().values())
        for kind in KINDS
    }
    assert sizes == {"grasp": 1828, "thing": 2408}


SMOOTH = 2  # a seed of crops that bring no ReLU and no maximum near its bend, where a slope is two


@pytest.mark.parametrize("kind", KINDS)
def test_a_net_s_slopes_are_those_of_the_wiggle(kind):
    network = watching_net(kind, RNG(0), np.float64)
    crops, labels = RNG(SMOOTH).random((2, 1, 12, 12)), np.array([1, len(KINDS[kind]) - 1])

    def loss():
        return cross_entropy(network.forward(crops), labels)[0]

    network.backward(cross_entropy(network.forward(crops, training=True), labels)[1])
    for name, parameter in network.parameters().items():
        assert np.abs(parameter.gradient - numerical_gradient(loss, parameter.value)).max() < 1e-7, name


def test_the_stored_networks_are_those_that_are_filled():
    for kind, network in NETS.items():
        for name, parameter in network.parameters().items():
            assert parameter.value.dtype == np.float64
            assert parameter.value.tolist() == WEIGHTS[kind][name]


def test_the_stored_networks_see_well_where_it_is_plain():
    for level, wanted in ((0, 0.94), (2, 0.78)):
        crops, *answers = random_crops(800, RNG(9), LEVELS[level : level + 1])
        for kind, right in zip(KINDS, answers, strict=True):
            assert (NETS[kind].forward(crops).argmax(axis=1) == right).mean() > wanted


def test_crops_to_learn_from_are_of_all_things_alike():
    crops, grasps, things = random_crops(2001, RNG(0))
    assert crops.shape == (2001, 1, 12, 12)
    assert crops.dtype == np.float32
    assert grasps.shape == things.shape == (2001,)
    assert (abs(np.bincount(things) / 2001 - 1 / 8) < 0.04).all()
    assert ((grasps == GRASPS.index("rest")) == (things == THINGS.index("nothing"))).all()
    again = random_crops(2001, RNG(0))
    assert all(np.array_equal(one, other) for one, other in zip(again, (crops, grasps, things), strict=True))


def test_hands_hold_each_thing_equally_often():
    met = Counter(random_hold(rng) for rng in [RNG(3)] for _ in range(8000))
    assert set(met) == set(HOLDS)
    for hold, count in met.items():
        assert abs(count / 8000 - (1 / 8 if hold == NO_TOOL else 1 / 24)) < 0.015


# From frames to clips


def test_what_is_seen_are_the_logs_of_probabilities():
    crops = RNG(0).random((3, 2, 12, 12))
    seen = looked_at(NETS, crops)
    for kind, logs in zip(KINDS, seen, strict=True):
        assert logs.shape == (3, 2, len(KINDS[kind]))
        for frame, hand in product(range(3), range(2)):
            votes = NETS[kind].forward(crops[frame, hand][np.newaxis, np.newaxis])
            assert np.abs(np.exp(logs[frame, hand]) - softmax(votes)[0]).max() < 1e-12


@pytest.mark.parametrize("trust", [1, TRUST, 0.15])
def test_frames_are_summed_each_with_its_trust(trust):
    frames = vague(RNG(0), (8,))
    together = summed(frames, trust)
    for logs, each in zip(together, frames, strict=True):
        product_of = np.prod(np.exp(each) ** trust, axis=0)
        assert np.abs(np.exp(logs) - product_of / product_of.sum(axis=-1, keepdims=True)).max() < 1e-12


def test_trust_changes_how_sure_and_not_which():
    frames = vague(RNG(1), (8,))
    less, more = summed(frames, 0.2), summed(frames, 1)
    for one, other in zip(less, more, strict=True):
        assert (one.argmax(axis=-1) == other.argmax(axis=-1)).all()
        assert (one.max(axis=-1) < other.max(axis=-1)).all()


def test_one_frame_of_full_trust_is_itself():
    frames = vague(RNG(2), (1,))
    for logs, each in zip(summed(frames, 1), frames, strict=True):
        assert np.abs(logs - each[0]).max() < 1e-12


def test_a_majority_counts_votes_and_one_more_for_each():
    grasps = [["power", "flat"], ["power", "rest"], ["flat", "rest"]]
    frames = [clip((left, "cup"), (right, "jug"), sure) for (left, right), sure in zip(grasps, (1, 2, 9), strict=True)]
    seen = by_majority(Seen(*(np.array(logs) for logs in zip(*frames, strict=True))))
    assert np.abs(np.exp(seen.grasp) - np.array([[3, 1, 2, 1], [1, 1, 2, 3]]) / 7).max() < 1e-12
    assert np.exp(seen.thing).max() == pytest.approx(4 / 11)


def test_many_clips_may_be_summed_at_once():
    frames = vague(RNG(3), (8, 5))
    for at_once in (summed, by_majority):
        for clip_at in range(5):
            alone = at_once(Seen(*(logs[:, clip_at] for logs in frames)))
            assert all(np.abs(o[clip_at] - a).max() < 1e-12 for o, a in zip(at_once(frames), alone, strict=True))


def test_to_watch_is_to_look_at_all_frames_and_to_sum():
    recipe = CORPUS[0]
    found = watched(NETS, recipe, RNG(1), 3, frames=4, trust=0.7, jitter=0.2)
    frames = watched_frames(NETS, recipe, RNG(1), 3, 4, jitter=0.2)
    assert len(found) == len(frames) == len(recipe)
    for seen, each in zip(found, frames, strict=True):
        assert each.grasp.shape == (4, 2, 4)
        assert all(np.array_equal(one, other) for one, other in zip(seen, summed(each, 0.7), strict=True))


def test_more_noise_is_less_understood():
    recipes = CORPUS[:12]
    right = []
    for level in (0, 3, 5):
        read = [by_nets(watched(NETS, recipe, RNG(place), level)) for place, recipe in enumerate(recipes)]
        right.append(
            np.mean([one == other for r, s in zip(recipes, read, strict=True) for one, other in zip(r, s, strict=True)])
        )
    assert right[0] > 0.85
    assert right[0] > right[1] > right[2]


# Readers: where all is plain, all read the truth


def readers(corpus=CORPUS):
    counts = Counts(corpus)
    return {
        "nets": by_nets,
        "counts": counts.read,
        "grammar": Grammar(grammar_of(corpus)).read,
        "only its book": Grammar(grammar_of(corpus, free=0)).read,
        "any order": Grammar(grammar_of(corpus, follows=False)).read,
        "imagining": lambda clips: by_imagining(clips, counts),
    }


READERS = readers()


@pytest.mark.parametrize("name", READERS)
def test_where_all_is_plain_a_reader_reads_the_truth(name):
    for recipe in random_corpus(RNG(7), 40):
        assert READERS[name](clips_of(recipe)) == recipe


@pytest.mark.parametrize("name", ["nets", "counts", "grammar", "any order", "imagining"])
def test_what_has_no_book_reads_what_no_book_has(name):
    rng = RNG(8)
    for _ in range(20):
        recipe = [performed(ACTIONS[k], rng) for k in rng.integers(len(ACTIONS), size=4)]
        assert READERS[name](clips_of(recipe)) == recipe


def test_who_knows_only_the_book_hears_the_book():
    """However plain it is: what was seen gives way, for another order has no tree."""
    rng, heard = RNG(8), 0
    parser = Parser(BOOK)
    for _ in range(20):
        recipe = [performed(ACTIONS[k], rng) for k in rng.integers(len(ACTIONS), size=4)]
        actions = [step.action for step in READERS["only its book"](clips_of(recipe))]
        assert parser.parse([{action: 0.0} for action in actions], "recipe")[1]
        heard += actions != [step.action for step in recipe]
    assert heard > 15


@pytest.mark.parametrize("name", READERS)
def test_odd_holds_are_read_where_they_are_plain_enough(name):
    recipes = [recipe for recipe in random_corpus(RNG(9), 60, odd=0.45) if any(map(is_odd, recipe))]
    assert len(recipes) > 20
    for recipe in recipes:
        holds = [step[1:] for step in READERS[name](clips_of(recipe, 60.0))]
        assert holds == [step[1:] for step in recipe]


def test_a_reader_is_the_same_from_the_same_corpus():
    watched_ones = [watched(NETS, recipe, RNG(k), 4) for k, recipe in enumerate(CORPUS[:6])]
    again = readers([[Step(*step) for step in recipe] for recipe in CORPUS])
    for name, read in READERS.items():
        assert [read(clips) for clips in watched_ones] == [again[name](clips) for clips in watched_ones], name
    assert grammar_of(CORPUS) == grammar_of(random_corpus(RNG(0)))


def test_nets_alone_have_no_action_for_what_nobody_holds():
    unheard_of = [clip(("power", "knife"), ("power", "knife")), clip(("rest", "cup"), NO_TOOL), clip(JUG, CUP)]
    assert by_nets(unheard_of) == [
        Step(None, ("power", "knife"), ("power", "knife")),
        Step(None, ("rest", "cup"), NO_TOOL),
        Step("pour into cup", JUG, CUP),
    ]


# Counts


FEW = [
    [Step("pour into cup", CUP, JUG), Step("stir in cup", CUP, SPOON)],
    [Step("pour into cup", ("precision", "cup"), JUG), Step("pour into cup", JUG, CUP), Step("grip", NO_TOOL, SPOON)],
]


def test_counts_are_those_made_by_hand():
    counts, steps, rare = Counts(FEW, rare=0.1), [step for recipe in FEW for step in recipe], 0.1
    for a, action in enumerate(ACTIONS):
        mine = [step for step in steps if step.action == action]
        chance = (len(mine) + 1) / (5 + 10)
        for left, right in product(range(22), repeat=2):
            lefts, rights = (
                (sum(getattr(s, side) == HOLDS[hold] for s in mine) + 0.01) / (len(mine) + 0.22)
                for side, hold in (("left", left), ("right", right))
            )
            both = sum((s.left, s.right) == (HOLDS[left], HOLDS[right]) for s in mine)
            held = rare * lefts * rights + (1 - rare) * both / len(mine) if mine else lefts * rights
            assert np.exp(counts.logs[a, left, right]) == pytest.approx(chance * held, rel=1e-12)


def test_counts_are_probabilities_of_all_there_is():
    for corpus in ([], FEW, CORPUS):
        assert np.exp(Counts(corpus).logs).sum() == pytest.approx(1, rel=1e-12)


def test_scores_add_what_each_hand_shows():
    counts, seen = Counts(FEW), vague(RNG(0))
    scores = counts.scores(seen)
    assert scores.shape == (10, 22, 22)
    for action, left, right in ((0, 0, 21), (5, 3, 7), (9, 21, 2)):
        shown = [
            seen.grasp[side, GRASPS.index(HOLDS[hold][0])] + seen.thing[side, THINGS.index(HOLDS[hold][1])]
            for side, hold in ((0, left), (1, right))
        ]
        assert scores[action, left, right] == pytest.approx(counts.logs[action, left, right] + sum(shown))


def test_the_likeliest_steps_come_in_order():
    counts, seen = Counts(CORPUS), vague(RNG(1))
    likely = counts.likeliest(seen, 30)
    assert [log for log, _ in likely] == np.sort(counts.scores(seen), axis=None)[::-1][:30].tolist()
    for log, step in likely:
        places = ACTIONS.index(step.action), HOLDS.index(step.left), HOLDS.index(step.right)
        assert counts.scores(seen)[places] == log
    assert counts.read([seen]) == [likely[0][1]]
    assert len(counts.likeliest(seen, 99_999)) == 10 * 22 * 22


def test_an_action_is_known_by_how_people_hold_things():
    counts = Counts(CORPUS)
    assert counts.action_of(JUG, CUP) == counts.action_of(CUP, JUG) == "pour into cup"
    assert counts.action_of(("power", "knife"), ("flat", "lemon")) == "cut lemon"
    assert counts.action_of(("rest", "cup"), JUG) is None
    assert counts.action_of(["power", "jug"], ["power", "cup"]) == "pour into cup"


def test_counts_mend_what_nobody_does():
    """A jug and a cup, and the cup may be a lemon: nobody pours into a lemon."""
    doubt = in_doubt(Step(None, ("power", "lemon"), JUG), Step(None, CUP, JUG), 0.7)
    assert by_nets([doubt])[0].left == ("power", "lemon")
    assert Counts(CORPUS).read([doubt]) == [Step("pour into cup", CUP, JUG)]


# The grammar


SETTINGS = pytest.mark.parametrize(
    "how", [{}, {"free": 0}, {"free": 0.9}, {"follows": False}, {"rare": 0}, {"rare": 0.5, "free": 0}], ids=str
)


@SETTINGS
@pytest.mark.parametrize("corpus", [CORPUS, FEW], ids=["many", "few"])
def test_what_a_symbol_is_made_of_has_probabilities_that_sum_to_1(how, corpus):
    sums = Counter()
    for rule in grammar_of(corpus, **how):
        assert rule.probability > 0
        sums[rule.left] += rule.probability
    assert all(abs(total - 1) < 1e-9 for total in sums.values()), sums


@SETTINGS
def test_sentences_of_the_grammar_are_clips(how):
    rules, rng = grammar_of(CORPUS, **how), RNG(0)
    for _ in range(40):
        words = sentence(rules, "sentence", rng)
        assert len(words) % 4 == 0
        for place in range(0, len(words), 2):
            assert (words[place], words[place + 1]) in HOLDS


def chances(rules, left):
    return {rule.right: rule.probability for rule in rules if rule.left == left}


def test_holds_and_hands_are_counted():
    rules = grammar_of(FEW, rare=0.1)
    assert chances(rules, "patient to pour into cup") == {("power cup",): 2 / 3, ("precision cup",): 1 / 3}
    assert chances(rules, "tool to pour into cup") == {("power jug",): 1}
    assert chances(rules, "any action") == {("pour into cup",): 3 / 5, ("stir in cup",): 1 / 5, ("grip",): 1 / 5}
    poured, right_handed = chances(rules, "pour into cup"), 3 / 5  # two of three, and one more of each
    tool, patient = "tool to pour into cup", "patient to pour into cup"
    wanted = {
        (patient, tool): right_handed * 0.9,
        (tool, patient): (1 - right_handed) * 0.9,
        ("any hold", tool): right_handed * 0.045,
        (tool, "any hold"): (1 - right_handed) * 0.045,
        (patient, "any hold"): right_handed * 0.045,
        ("any hold", patient): (1 - right_handed) * 0.045,
        ("any hold", "any hold"): 0.01,
    }
    assert poured == pytest.approx(wanted)
    assert chances(rules, "sentence") == {("recipe",): 0.9, ("any actions",): 0.1}
    assert chances(grammar_of(FEW, follows=False), "sentence") == {("any actions",): 1}
    assert chances(grammar_of(FEW, free=0), "sentence") == {("recipe",): 1}


def test_a_tree_tells_its_steps():
    recipe = CORPUS[3]
    tree = Grammar(grammar_of(CORPUS)).tree_of(clips_of(recipe))
    assert tree.symbol == "sentence"
    assert steps_of(tree) == recipe
    assert tree.leaves() == [word for step in recipe for hold in (step.left, step.right) for word in hold]
    assert steps_of(Tree("sentence", ())) == []


def test_a_grammar_says_whether_it_is_in_its_book():
    grammar = Grammar(grammar_of(CORPUS))
    pour, stir = Step("pour into cup", CUP, JUG), Step("stir in cup", CUP, SPOON)
    cut = Step("cut bread", ("flat", "bread"), ("power", "knife"))
    assert grammar.tree_of(clips_of([pour, stir])).parts[0].symbol == "recipe"
    assert grammar.tree_of(clips_of([stir, pour, cut])).parts[0].symbol == "any actions"


def test_what_follows_mends_what_counts_can_not():
    """It was poured into the cup, and a spoon stirs in what may as well be the bowl."""
    pour, stir = Step("pour into cup", CUP, JUG), Step("stir in cup", CUP, SPOON)
    bowl = Step("stir in bowl", ("flat", "bowl"), SPOON)
    doubt = in_doubt(bowl, stir, 0.55)
    squeeze = [
        Step("cut lemon", ("flat", "lemon"), ("power", "knife")),
        Step("squeeze into cup", CUP, ("power", "lemon")),
    ]
    clips = [*clips_of([*squeeze, pour]), doubt]
    assert READERS["nets"](clips)[-1] == bowl
    assert READERS["only its book"](clips) == [*squeeze, pour, stir]
    assert READERS["imagining"](clips) == [*squeeze, pour, stir]


# Imagining


def test_without_a_penalty_imagining_is_counting():
    counts, rng = Counts(CORPUS), RNG(0)
    for _ in range(10):
        clips = [vague(rng) for _ in range(4)]
        assert by_imagining(clips, counts, penalty=0) == counts.read(clips)


@pytest.mark.parametrize("penalty", [1.0, 4.0])
def test_imagining_finds_the_best_of_all_courses(penalty):
    """All readings of all clips, tried one by one."""
    counts, rng = Counts(CORPUS), RNG(1)
    for _ in range(8):
        clips = [vague(rng) for _ in range(3)]
        best, courses = -np.inf, []
        for course in product(*(counts.likeliest(seen, 5) for seen in clips)):
            scene, total = Scene(), 0.0
            for log, step in course:
                outcome = carry_out(scene, step)
                scene, total = outcome.scene, total + log - penalty * (not outcome.works)
            best = max(best, total)
            courses.append((total, [step for _, step in course]))
        read = by_imagining(clips, counts, penalty, worlds=1000, readings=5)
        assert read in [steps for total, steps in courses if abs(total - best) < 1e-9]


def test_imagining_does_nothing_of_no_use():
    """Water is poured, or is it stirred in an empty cup? Two readings, equally likely by what is seen."""
    counts = Counts(CORPUS)
    pour, stir = Step("pour into cup", CUP, JUG), Step("stir in cup", CUP, SPOON)
    log = {
        step.action: counts.logs[ACTIONS.index(step.action), HOLDS.index(CUP), HOLDS.index(step.right)]
        for step in (pour, stir)
    }
    doubt = in_doubt(stir, pour, 1 / (1 + np.exp((log["stir in cup"] - log["pour into cup"] - 0.5) / 2)))
    assert counts.read([doubt]) == [stir]
    assert by_imagining([doubt], counts) == [pour]
    assert by_imagining([clip(CUP, JUG), doubt], counts)[1] == stir  # now there is something to stir


def test_the_end_of_a_course_may_change_its_beginning():
    """What is cut must have been whole: a knife over a lemon twice, and the second time it is plain."""
    counts = Counts(CORPUS)
    cut = Step("cut lemon", ("flat", "lemon"), ("power", "knife"))
    bread = Step("cut bread", ("flat", "bread"), ("power", "knife"))
    doubt = in_doubt(cut, bread, 0.6)
    assert by_imagining([doubt], counts) == [cut]
    assert by_imagining([doubt, *clips_of([cut])], counts) == [bread, cut]


# What is refused


def misshapen(kind, name, value):
    return {**WEIGHTS, kind: {**WEIGHTS[kind], name: value}}


NAMES = sorted(WEIGHTS["grasp"])
SEEN, FRAMES_SEEN = vague(RNG(0)), vague(RNG(0), (8,))
STEP = Step("pour into cup", CUP, JUG)
WITH_NAN = Seen(np.full((2, 4), np.nan), SEEN.thing)
BAD = {
    "a net of another kind": (
        lambda: watching_net("action", RNG(0)),
        "watching_net: kind is 'action', wanted 'grasp' or",
    ),
    "weights of one": (
        lambda: nets_from({"grasp": WEIGHTS["grasp"]}),
        "nets_from: weights has ['grasp'], wanted thing",
    ),
    "a missing weight": (
        lambda: nets_from({**WEIGHTS, "thing": {}}),
        f"nets_from: thing: weights has [], wanted {next(iter(NETS['thing'].parameters()))} among them",
    ),
    "a misshapen weight": (
        lambda: nets_from(misshapen("grasp", NAMES[0], [1.0, 2])),
        f"nets_from: grasp: {NAMES[0]} is (2,), wanted {np.shape(WEIGHTS['grasp'][NAMES[0]])}",
    ),
    "a weight of NaN": (
        lambda: nets_from(misshapen("grasp", NAMES[0], np.full(np.shape(WEIGHTS["grasp"][NAMES[0]]), np.nan))),
        f"nets_from: grasp: {NAMES[0]} holds nan",
    ),
    "no crops": (lambda: random_crops(0, RNG(0)), "random_crops: count is 0, wanted a whole number of at least 1"),
    "crops of a seed": (lambda: random_crops(4, 0), "random_crops: rng is 0, wanted a numpy.random.Generator"),
    "no levels": (lambda: random_crops(4, RNG(0), []), "random_crops: levels is (0,), which is empty, wanted "),
    "levels that are none": (
        lambda: random_crops(4, RNG(0), [0.1, 0.2]),
        "random_crops: levels is (2,), wanted (rows, 2)",
    ),
    "a hold of a seed": (lambda: random_hold(3), "random_hold: rng is 3, wanted a numpy.random.Generator"),
    "one crop": (
        lambda: looked_at(NETS, np.zeros((2, 12, 12))),
        "looked_at: crops is (2, 12, 12), wanted (F, 2, 12, 12)",
    ),
    "a crop of NaN": (lambda: looked_at(NETS, np.full((1, 2, 12, 12), np.nan)), "looked_at: crops holds nan at [0, 0"),
    "no trust": (lambda: summed(FRAMES_SEEN, 0), "summed: trust is 0, wanted a number above 0"),
    "a clip for frames": (lambda: summed(SEEN), "summed: seen.grasp is (2, 4), wanted (F, 2, 4)"),
    "frames in a list": (lambda: summed([SEEN.grasp, SEEN.thing]), "summed: seen is [array("),
    "hands of another count": (
        lambda: by_majority(FRAMES_SEEN._replace(grasp=np.zeros((8, 5, 1, 4)))),
        "by_majority: seen.grasp is (8, 5, 1, 4), wanted (F, 5, 2, 4)",
    ),
    "grasps and things swapped": (
        lambda: by_majority(Seen(*FRAMES_SEEN[::-1])),
        "by_majority: seen.grasp is (8, 2, 8), ",
    ),
    "a level too high": (
        lambda: watched(NETS, [STEP], RNG(0), 6),
        "watched_frames: level is 6, wanted a whole number from 0 to 5",
    ),
    "a level in words": (
        lambda: watched(NETS, [STEP], RNG(0), "hard"),
        "watched_frames: level is 'hard', wanted a whole",
    ),
    "a step misspelt": (
        lambda: watched(NETS, [Step("grip", ("fist", "cup"), NO_TOOL)], RNG(0)),
        "watched_frames: recipe[0].left is 'fist', wanted 'power'",
    ),
    "a recipe of words": (
        lambda: watched(NETS, ["cut lemon"], RNG(0)),
        "watched_frames: recipe[0] is 'cut lemon', wanted a",
    ),
    "a clip of its own": (lambda: by_nets(SEEN), "by_nets: clips[0] is array("),
    "a clip of NaN": (lambda: by_nets([SEEN, WITH_NAN]), "by_nets: clips[1].grasp holds nan at [0, 0]"),
    "frames for a clip": (lambda: by_nets([FRAMES_SEEN]), "by_nets: clips[0].grasp is (8, 2, 4), wanted (2, 4)"),
    "counts of NaN": (lambda: Counts(FEW).read([WITH_NAN]), "Counts.read: clips[0].grasp holds nan"),
    "scores of nothing": (lambda: Counts(FEW).scores(None), "Counts.scores: seen is None, wanted a Seen"),
    "no likely steps": (lambda: Counts(FEW).likeliest(SEEN, 0), "Counts.likeliest: count is 0, wanted a whole number"),
    "an action of nobody": (
        lambda: Counts(FEW).action_of(CUP, ("fist", "jug")),
        "Counts.action_of: right is 'fist', wanted",
    ),
    "nothing is rare": (lambda: Counts(FEW, rare=0), "Counts: rare is 0, wanted a number above 0"),
    "all is rare": (lambda: Counts(FEW, rare=2), "Counts: rare is 2, wanted a number from -1 to 1"),
    "counts of clips": (lambda: Counts([[SEEN]]), "Counts: corpus[0][0] is Seen("),
    "a recipe for a corpus": (lambda: Counts(FEW[0]), "Counts: corpus[0][0] is 'pour into cup', wanted a Step"),
    "a corpus not understood": (lambda: Counts([[STEP._replace(action=None)]]), "Counts: corpus[0][0].action is None"),
    "counts of a knife at rest": (
        lambda: Counts([[STEP._replace(left=("rest", "knife"))]]),
        "Counts: corpus[0][0].left is 'rest knife', wanted 'power knife' or",
    ),
    "a grammar of a knife at rest": (
        lambda: grammar_of([[STEP._replace(right=("rest", "knife"))]]),
        "grammar_of: corpus[0][0].right is 'rest knife', wanted 'power knife' or",
    ),
    "a grammar of nothing": (lambda: grammar_of([]), "grammar_of: corpus holds no step, wanted one at least"),
    "a grammar of a word": (lambda: grammar_of(["grip"]), "grammar_of: corpus[0][0] is 'g', wanted a Step"),
    "all is free": (lambda: grammar_of(FEW, free=1), "grammar_of: free is 1, wanted a number from 0 to below 1"),
    "follows in words": (lambda: grammar_of(FEW, follows="yes"), "grammar_of: follows is 'yes', wanted True or False"),
    "rare NaN": (lambda: grammar_of(FEW, rare=np.nan), "grammar_of: rare holds nan"),
    "a tree of nothing": (
        lambda: READERS["grammar"]([]),
        "Grammar.tree_of: no tree of the grammar has 0 clips, wanted",
    ),
    "a grammar's NaN": (lambda: READERS["grammar"]([WITH_NAN]), "Grammar.tree_of: clips[0].grasp holds nan"),
    "imagining by a corpus": (lambda: by_imagining([SEEN], FEW), "by_imagining: counts is [["),
    "a reward": (
        lambda: by_imagining([SEEN], Counts(FEW), -1),
        "by_imagining: penalty is -1, wanted a number of at least 0",
    ),
    "no worlds": (
        lambda: by_imagining([SEEN], Counts(FEW), worlds=0),
        "by_imagining: worlds is 0, wanted a whole number",
    ),
    "no readings": (
        lambda: by_imagining([SEEN], Counts(FEW), readings=0),
        "by_imagining: readings is 0, wanted a whole",
    ),
    "imagining NaN": (lambda: by_imagining([WITH_NAN], Counts(FEW)), "by_imagining: clips[0].grasp holds nan"),
    "steps of no tree": (lambda: steps_of(None), "steps_of: tree is None, wanted a Tree"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_can_not_be_watched_is_refused_in_words(name):
    call, said = BAD[name]
    with pytest.raises(ValueError, match="wanted") as refusal:
        call()
    assert str(refusal.value).startswith(said)


def test_no_clips_are_no_steps():
    assert by_nets([]) == Counts(FEW).read([]) == by_imagining([], Counts(FEW)) == []


def test_a_book_whose_actions_were_never_met_has_no_tree_for_them():
    with pytest.raises(
        ValueError, match=r"no tree of the grammar has 1 clips, wanted one more at least, or a larger corpus"
    ):
        Grammar(grammar_of([[Step("stir in cup", CUP, SPOON)]], free=0)).tree_of([SEEN])


def test_a_recipe_is_read_whatever_its_cook_is_like():
    """Every seed's recipes come out whole where all is plain, by the one reader that knows the least."""
    for seed in range(30):
        recipe = random_recipe(RNG(seed), odd=0.45)
        assert by_nets(clips_of(recipe)) == recipe
