"""The page's kitchen, networks, readers and robot, and convnet_core's: the same chance, numbers and words."""

from itertools import product

import numpy as np
import pytest

from convnet_core.cooking import BOOK, Step, all_actions, by_role, performed, random_corpus, random_recipe
from convnet_core.grammar import Parser, Rule, one_of, sentence
from convnet_core.kitchen import GRASPS, HOLDS, LEVELS, THINGS, crops_of, drawn, moved, noise_of, random_clip
from convnet_core.labs.kit.seeded import Seeded
from convnet_core.labs.kit.stored import packed
from convnet_core.labs.watching import WEIGHTS
from convnet_core.labs.watching.lab import WatchingLab, told_words
from convnet_core.robot import Scene, carried_out, carry_out, commands
from convnet_core.watching import (
    ACTIONS,
    Counts,
    Grammar,
    Seen,
    by_imagining,
    by_nets,
    grammar_of,
    looked_at,
    nets_from,
    steps_of,
    summed,
)
from tests.parity import in_the_page, near

MATERIAL = {**told_words(), "weights": {kind: packed(parts.values()) for kind, parts in WEIGHTS.items()}}
MODULES = [
    *("mirror/kitchen", "mirror/cooking", "mirror/grammar", "mirror/robot", "mirror/watching"),
    *("mirror/seeded", "mirror/training", "watching/derived"),
]
HELPERS = """
const { words, cooking, hardware, levels, weights } = given.material ?? {};
"""


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, **given)`: what the JavaScript `body` makes of it, with the modules' functions in scope."""
    run = in_the_page(page_with("watching/derived"), MODULES, HELPERS)
    return lambda body, **given: run(body, material=MATERIAL, **given)


def told(step):
    return {"action": step.action, "left": list(step.left), "right": list(step.right)}


def told_steps(steps):
    return [told(step) for step in steps]


def told_tree(tree):
    return {"symbol": tree.symbol, "parts": [told_tree(part) for part in tree.parts]}


# Clips.

HAND = ("grasp", "thing", "column", "row", "tilt", "size", "thickness", "offset", "greys")
HAND += ("cover_angle", "cover_place", "crop_row", "crop_column")
DRAW = """
const random = mulberry(given.seed);
const clip = randomClip(given.holds, random, given.how);
const noise = noiseOf(random, given.how.frames);
const pictures = drawn(clip, levels[given.level], noise);
return [clip, noise, pictures, cropsOf(pictures, clip)];
"""


def drawn_by_python(holds, seed, level, **how):
    chance = Seeded(seed)
    clip = random_clip(*holds, chance, **how)
    noise, (deviation, cover) = noise_of(chance, how["frames"]), LEVELS[level]
    return clip, noise, drawn(clip, cover, deviation * noise)


def same_hand(found, hand):
    for name in HAND:
        head, *rest = name.split("_")
        mine, wanted = found[head + "".join(map(str.capitalize, rest))], getattr(hand, name)
        if isinstance(wanted, str):
            assert mine == wanted
        else:
            near(mine, wanted)


def pairs_of_holds():
    """Each way to hold, once in either hand."""
    return [(hold, HOLDS[-1 - at]) for at, hold in enumerate(HOLDS)]


@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_a_clip_is_drawn_from_the_same_chance(javascript, level):
    how = [{"frames": 8, "variety": 0.7, "jitter": 0.7}, {"frames": 1, "variety": 0, "jitter": 3}]
    for seed, holds in enumerate(pairs_of_holds()[level::2]):
        given = how[seed % 2]
        clip, noise, pictures = drawn_by_python(holds, seed, level, **given)
        found, grain, seen, crops = javascript(DRAW, holds=holds, seed=seed, level=level, how=given)
        near(found["wall"], clip.wall)
        for one, hand in zip(found["hands"], (clip.left, clip.right), strict=True):
            same_hand(one, hand)
        near(grain, noise)
        near(seen, pictures)
        near(crops, crops_of(pictures, clip))


def test_hands_are_moved_alike(javascript):
    rng = np.random.default_rng(0)
    columns, rows = rng.uniform(0, 31, (2, 8)), rng.uniform(0, 23, (2, 8))
    body = (
        DRAW.replace("const noise", "const clipped = moved(clip, given.columns, given.rows);\nconst noise")
        .replace("drawn(clip", "drawn(clipped")
        .replace("[clip,", "[clipped,")
        .replace(", clip)", ", clipped)")
    )
    holds, how = (("flat", "bowl"), ("power", "jug")), {"frames": 8, "variety": 0.7, "jitter": 0.7}
    places = {"columns": columns.tolist(), "rows": rows.tolist()}
    found, grain, pictures, crops = javascript(body, holds=holds, seed=3, level=2, how=how, **places)
    clip = moved(random_clip(*holds, Seeded(3)), columns, rows)
    for one, hand in zip(found["hands"], (clip.left, clip.right), strict=True):
        same_hand(one, hand)
    deviation, cover = LEVELS[2]
    wanted = drawn(clip, cover, deviation * np.reshape(grain, (8, 24, 32)))
    near(pictures, wanted)
    near(crops, crops_of(wanted, clip))


# Networks, and what frames say together.


def test_the_networks_say_the_same(javascript):
    crops = np.random.default_rng(1).random((8, 2, 12, 12))
    body = """
    const unpacked = { grasp: unpackedWeights(weights.grasp), thing: unpackedWeights(weights.thing) };
    const frames = lookedAt(netsOf(words, unpacked), Float64Array.from(given.crops));
    return [frames, given.counts.map(([count, trust]) => summed(frames.slice(0, count), trust))];
    """
    counts = [(1, 1), (3, 0.4), (8, 0.1)]
    frames, together = javascript(body, crops=crops.ravel().tolist(), counts=counts)
    wanted = looked_at(nets_from(WEIGHTS), crops)
    for kind in ("grasp", "thing"):
        near([frame[kind] for frame in frames], getattr(wanted, kind))
        for (count, trust), seen in zip(counts, together, strict=True):
            some = Seen(wanted.grasp[:count], wanted.thing[:count])
            near(seen[kind], getattr(summed(some, trust), kind))


# Cooks and grammars.


def test_cooks_have_the_same_recipes(javascript):
    body = """
    const some = given.seeds.map((seed) => randomRecipe(cooking, mulberry(seed)));
    return [some, randomCorpus(cooking, mulberry(5), 40, given.odd)];
    """
    recipes, corpus = javascript(body, seeds=list(range(200)), odd=0.5)
    assert recipes == [told_steps(random_recipe(Seeded(seed))) for seed in range(200)]
    assert corpus == [told_steps(recipe) for recipe in random_corpus(Seeded(5), 40, 0.5)]


def test_every_action_is_performed_alike(javascript):
    body = """
    const random = mulberry(7);
    const perform = (action) => [0, 0, 1, 1, 1].map((odd) => performed(cooking.ways, action, random, odd));
    const steps = given.actions.flatMap(perform);
    return [steps, steps.map((step) => byRole(cooking.ways, step)), [...allActions(cooking.ways)]];
    """
    found, roles, known = javascript(body, actions=ACTIONS)
    chance = Seeded(7)
    steps = [performed(action, chance, odd) for action in ACTIONS for odd in (0, 0, 0.999999, 0.999999, 0.999999)]
    assert found == told_steps(steps)
    wanted = [by_role(step) for step in steps]
    assert [(one["tool"], one["patient"], one["isRight"]) for one in roles] == [
        (" ".join(tool), " ".join(patient), is_right) for tool, patient, is_right in wanted
    ]
    pairs = {f"{' '.join(left)}, {' '.join(right)}": action for (left, right), action in all_actions().items()}
    assert list(map(tuple, known)) == list(pairs.items())


RULES = [
    *(Rule("s", ("a", "s"), 0.5), Rule("s", ("a",), 0.3), Rule("s", ("b", "a"), 0.2)),
    *(Rule("a", ("b", "b"), 0.3), Rule("a", ("x",), 0.7), Rule("b", ("y",), 0.4), Rule("b", ("a",), 0.6)),
]


def test_trees_and_sentences_are_the_same(javascript):
    body = """
    const parser = new Parser(given.rules);
    const random = mulberry(11);
    const found = given.leaves.map((leaves) => parser.parse(leaves, "s"));
    return [found, found.map((one) => one && leavesOf(one.tree)),
      Array.from({ length: 50 }, () => sentence(given.grown, "recipe", random)),
      Array.from({ length: 50 }, () => oneOf({ one: 0.2, two: 0.5, three: 0.3 }, random))];
    """
    rng = np.random.default_rng(2)
    leaves = [
        [{word: float(np.log(rng.random())) for word in "xyz"[: 1 + rng.integers(3)]} for _ in range(count)]
        for count in (0, 1, 2, 3, 5, 8)
    ]
    leaves += [[{"y": 0.0}], [{"z": 0.0}, {"x": 0.0}]]
    found, at_the_bottom, sentences, words = javascript(body, rules=RULES, grown=BOOK, leaves=leaves)
    assert sum(one is None for one in found) >= 2
    for one, bottom, given in zip(found, at_the_bottom, leaves, strict=True):
        log, tree = Parser(RULES).parse(given, "s")
        assert (one is None) == (tree is None)
        if tree is not None:
            near(one["log"], log)
            assert one["tree"] == told_tree(tree)
            assert bottom == tree.leaves()
    chance = Seeded(11)
    assert sentences == [sentence(BOOK, "recipe", chance) for _ in range(50)]
    assert words == [one_of({"one": 0.2, "two": 0.5, "three": 0.3}, chance) for _ in range(50)]


# Readers.


def some_clips(count, seed, sharpness=2.0):
    """What networks may say of clips, made up: (count) of Seen."""
    rng = np.random.default_rng(seed)

    def logs(words):
        votes = sharpness * rng.normal(size=(2, words))
        return votes - np.log(np.exp(votes).sum(axis=1, keepdims=True))

    return [Seen(logs(len(GRASPS)), logs(len(THINGS))) for _ in range(count)]


def as_given(clips):
    return [{"grasp": seen.grasp.tolist(), "thing": seen.thing.tolist()} for seen in clips]


@pytest.mark.parametrize("count", [20, 300])
def test_counts_and_rules_are_the_same(javascript, count):
    body = """
    const corpus = randomCorpus(cooking, mulberry(1), given.count);
    const counts = new Counts(corpus, words, cooking.ways);
    return [counts.logs, [0, 0.1].map((free) => grammarOf(corpus, words, cooking, free))];
    """
    logs, grammars = javascript(body, count=count)
    corpus = random_corpus(Seeded(1), count)
    near(logs, Counts(corpus).logs)
    for found, free in zip(grammars, (0, 0.1), strict=True):
        wanted = grammar_of(corpus, free=free)
        assert [(left, tuple(right)) for left, right, _ in found] == [(rule.left, rule.right) for rule in wanted]
        near([probability for *_, probability in found], [rule.probability for rule in wanted])


READ = """
const corpus = randomCorpus(cooking, mulberry(1), given.count);
const counts = new Counts(corpus, words, cooking.ways);
const grammars = [0, 0.1].map((free) => new Grammar(grammarOf(corpus, words, cooking, free), words));
return given.recipes.map((clips) => ({
  nets: byNets(clips, words, cooking.ways),
  likely: counts.likeliest(clips[0], 30),
  counts: counts.read(clips),
  trees: grammars.map((grammar) => grammar.treeOf(clips)),
  grammar: grammars.map((grammar) => stepsOf(grammar.treeOf(clips), cooking.ways)),
  imagining: byImagining(clips, counts, hardware),
  few: byImagining(clips, counts, hardware, { penalty: 1, worlds: 3, readings: 4 }),
}));
"""


@pytest.mark.parametrize(("count", "sharpness"), [(20, 1.0), (300, 3.0)])
def test_every_reader_reads_the_same(javascript, count, sharpness):
    recipes = [some_clips(1 + seed % 6, seed, sharpness) for seed in range(18)]
    corpus = random_corpus(Seeded(1), count)
    counts, grammars = Counts(corpus), [Grammar(grammar_of(corpus, free=free)) for free in (0, 0.1)]
    found = javascript(READ, count=count, recipes=[as_given(clips) for clips in recipes])
    for one, clips in zip(found, recipes, strict=True):
        assert one["nets"] == told_steps(by_nets(clips))
        likely = counts.likeliest(clips[0], 30)
        near([each["log"] for each in one["likely"]], [log for log, _ in likely])
        assert [each["step"] for each in one["likely"]] == told_steps([step for _, step in likely])
        assert one["counts"] == told_steps(counts.read(clips))
        trees = [grammar.tree_of(clips) for grammar in grammars]
        assert one["trees"] == [told_tree(tree) for tree in trees]
        assert one["grammar"] == [told_steps(steps_of(tree)) for tree in trees]
        assert one["imagining"] == told_steps(by_imagining(clips, counts))
        assert one["few"] == told_steps(by_imagining(clips, counts, penalty=1, worlds=3, readings=4))


# The robot.


def told_scene(scene):
    return {name: value if isinstance(value, str) else sorted(value) for name, value in vars(scene).items()}


def some_scenes():
    """Kitchens in many states."""
    parts = (("whole", "halved", "squeezed"), ("loaf", "sliced", "buttered", "spoilt"), ("full", "empty"))
    vessels = [(frozenset(), frozenset({"water"})), (frozenset({"juice", "mixed"}), frozenset())]
    broken = [frozenset(), frozenset({"cup"})]
    return [
        Scene(lemon, bread, cup, bowl, jug, lost)
        for lemon, bread, jug, (cup, bowl), lost in product(*parts, vessels, broken)
    ]


def test_the_robot_comes_to_the_same_with_the_same_words(javascript):
    """Every action with every pair of holds, each in one of many kitchens."""
    scenes = some_scenes()
    pairs = [*product(HOLDS, repeat=2), (("rest", "knife"), ("power", "nothing")), (("rest", "cup"), ("rest", "cup"))]
    steps = [Step(action, left, right) for action in (*ACTIONS, None) for left, right in pairs]
    given = [(told(step), told_scene(scenes[(7 * at) % len(scenes)])) for at, step in enumerate(steps)]
    body = """
    return given.all.map(([step, scene]) => [carryOut(scene, step, hardware), commands(step, hardware)]);
    """
    found = javascript(body, all=given)
    for at, (step, (outcome, orders)) in enumerate(zip(steps, found, strict=True)):
        wanted = carry_out(scenes[(7 * at) % len(scenes)], step)
        assert outcome == {"scene": told_scene(wanted.scene), "words": wanted.words, "works": wanted.works}, step
        assert orders == commands(step)
    assert len({outcome["words"] for outcome, _ in found}) >= 35


def test_a_whole_recipe_comes_to_the_same(javascript):
    recipes = random_corpus(Seeded(3), 60, 0.5)
    found = javascript(
        "return given.recipes.map((steps) => carriedOut(steps, hardware));", recipes=list(map(told_steps, recipes))
    )
    for outcomes, steps in zip(found, recipes, strict=True):
        wanted = carried_out(steps)
        assert [one["words"] for one in outcomes] == [one.words for one in wanted]
        assert outcomes[-1]["scene"] == told_scene(wanted[-1].scene)


# The lab's own properties.

KITCHEN = """
const kitchen = new Kitchen(given.material);
const { state } = given;
const reading = kitchen.reading(state);
return {
  cook: kitchen.cook(state), seen: kitchen.seen(state), ...reading, verdict: kitchen.verdict(state),
  isInBook: kitchen.isInBook(state), outcomes: kitchen.outcomes(reading.steps),
  pictures: kitchen.clips(state).at(-1).pictures, crops: kitchen.clips(state).at(-1).crops,
};
"""
OWN = [
    [7, 4, 123, *range(100, 180, 10), *range(200, 280, 10), *[120] * 8, *range(60, 140, 10)],
    [21, 2, 77, *[0] * 8, *[310] * 8, *[0] * 8, *[230] * 8],
]


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"seed": 12, "level": 5, "frames": 3, "trust": 1.0, "reader": "nets"},
        {"seed": 3, "hidden": [[1], [2]], "corrections": [[0, 5], [11, 3], [0, 6]], "reader": "counts"},
        {"seed": 41, "reader": "grammar", "free": False, "corpus": "20"},
        {"seed": 9, "reader": "imagining", "level": 4},
        {"own": OWN, "level": 1, "hidden": [[3]]},
        {"own": OWN[:1], "reader": "nets", "level": 0},
    ],
)
def test_the_lab_is_the_same_in_both(javascript, state):
    lab = WatchingLab(**state)
    found = javascript(KITCHEN, state=lab.state())
    assert found["cook"] == told_steps(lab.cook)
    assert found["steps"] == told_steps(lab.sentence)
    assert found["tree"] == (lab.tree and told_tree(lab.tree))
    for one, seen in zip(found["seen"], lab.seen, strict=True):
        near(one["grasp"], seen.grasp)
        near(one["thing"], seen.thing)
    near(found["pictures"], lab.clips[-1])
    near(found["crops"], lab.crops[-1])
    assert [one["words"] for one in found["outcomes"]] == [one.words for one in lab.outcomes]
    verdict = found["verdict"]
    assert verdict["scene"] == told_scene(lab.scene)
    assert verdict["wanted"] == told_scene(lab.cook_scene)
    assert (verdict["isUnderstood"], verdict["isDone"]) == (lab.understood, lab.done)
    assert found["isInBook"] == lab.in_book
