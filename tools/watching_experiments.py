"""Chapter 15's experiments: how much is understood of clips and recipes, by whom, and what a robot makes of it.

    python -m tools.watching_experiments                 # all tables: about ten minutes of one core
    python -m tools.watching_experiments readers outside # some of them

A seed chooses the first weights of both networks and the crops that they learn from, in which order; the corpus, of 300
recipes where nothing else is said; the recipes that are asked, how their clips look, and their noise. The networks of
seed 0 are the stored ones (`tools/watching_weights.py`), the others are made alike. Whatever a table compares, readers,
levels, lights, numbers of frames, it compares on the same recipes, drawn and disturbed by the same random numbers.

Nothing was chosen by what readers do in these tables. `TRUST` is asked for on clips of other seeds, table "trust
chosen": 0.4 is best or nearly so to level 2, 0.3 at 3 and 4, 0.2 at 5. Rates and epochs of the networks were chosen on
crops of other seeds; what `by_imagining` and `grammar_of` start with, in a trial with other programs. Each value is one
seed's: means and spreads are taken by who reads them.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from convnet_core.cooking import (
    ACTIONS,
    BOOK,
    LONGEST,
    ODD,
    SHORTEST,
    Step,
    is_odd,
    performed,
    random_corpus,
    random_recipe,
)
from convnet_core.grammar import Parser
from convnet_core.kitchen import (
    FRAMES,
    GRASPS,
    HANDS,
    HOLDS,
    LEVELS,
    THINGS,
    VARIETY,
    crops_of,
    drawn,
    noise_of,
    random_clip,
)
from convnet_core.labs.kit.seeded import size_of
from convnet_core.labs.kit.stored import stored
from convnet_core.robot import Scene, carried_out, carry_out
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
    random_hold,
    summed,
    watched_frames,
)
from tools import watching_weights
from tools.experiments import Experiments

DECIMALS = 4
RECIPES = 100  # are asked of each seed at each level, of the book
FEW_RECIPES = 50  # in the smaller tables
PAIRS = 250  # of hands, 500 hands in all, for the tables of what networks see
CORPUS = 300
MIDDLE = 3  # the level of tables that have but one
TRUSTS = 1, 0.4, 0.15
ALL = tuple(range(len(LEVELS)))


# What a seed chooses


def rng_of(seed, *places):
    """Random numbers of their own for each seed and purpose. The networks have [seed, 0] and [seed, 1, 0 or 1]."""
    words = [[place] if isinstance(place, int) else list(place.encode()) for place in places]
    return np.random.default_rng([seed, 2, *(number for word in words for number in word)])


@cache
def nets_of(seed):
    """Both networks; those of seed 0 are the stored ones."""
    if seed == watching_weights.SEED:
        return nets_from(stored("watching"))
    networks = watching_weights.trained(seed)
    return nets_from({kind: watching_weights.as_stored(network) for kind, network in networks.items()})


@cache
def corpus_of(seed, count=CORPUS, odd=ODD):
    return random_corpus(rng_of(seed, "corpus"), count, odd)


class Asked(NamedTuple):
    """Recipes, and what the networks see of each frame of each clip."""

    recipes: list
    frames: list

    def clips(self, trust=TRUST, frames=FRAMES):
        """For each recipe a list of Seen: the sum of the first frames."""
        return [[summed(Seen(*(logs[:frames] for logs in clip)), trust) for clip in clips] for clips in self.frames]


@cache
def asked(seed, level, kind="book", count=RECIPES):
    """Recipes of a kind, looked at. At each level they are the same, and the same random numbers disturb them."""
    choosing, looking = rng_of(seed, kind), rng_of(seed, kind, "looks")
    recipes = [RECIPES_OF[kind](choosing) for _ in range(count)]
    return Asked(recipes, [watched_frames(nets_of(seed), recipe, looking, level) for recipe in recipes])


# Recipes that no book has


@cache
def book_parser():
    return Parser(BOOK)


def is_in_book(recipe):
    """Whether the book's rules can make its order of actions."""
    return book_parser().parse([{step.action: 0.0} for step in recipe], "recipe")[1] is not None


def any_order(rng):
    """As many clips as recipes have, of any actions in any order, as long as the book has no such recipe."""
    while True:
        length = int(rng.integers(SHORTEST, LONGEST + 1))
        recipe = [performed(ACTIONS[int(rng.integers(len(ACTIONS)))], rng) for _ in range(length)]
        if not is_in_book(recipe):
            return recipe


def sensible(rng):
    """The same, where each step is of use after those before it, and none is what was done just before."""
    while True:
        length, scene, recipe = int(rng.integers(SHORTEST, LONGEST + 1)), Scene(), []
        while len(recipe) < length:
            step = performed(ACTIONS[int(rng.integers(len(ACTIONS)))], rng)
            outcome = carry_out(scene, step)
            if outcome.works and not (recipe and recipe[-1].action == step.action):
                scene, recipe = outcome.scene, [*recipe, step]
        if not is_in_book(recipe):
            return recipe


RECIPES_OF = {
    "book": random_recipe,
    "odd": lambda rng: random_recipe(rng, ODD_SHARE),
    "any order": any_order,
    "sensible": sensible,
}


# Readers


def by_hard_counts(counts):
    """The networks' likeliest words, and the action that most people do who hold things so."""
    return lambda clips: [
        Step(counts.action_of(step.left, step.right), step.left, step.right) for step in by_nets(clips)
    ]


def by_chance(corpus, rng):
    """Each clip a step of the corpus at random, without a look."""
    steps = [step for recipe in corpus for step in recipe]
    return lambda clips: [steps[int(rng.integers(len(steps)))] for _ in clips]


def by_habit(corpus):
    """Always the step that the corpus has most often."""
    most = Counter(step for recipe in corpus for step in recipe).most_common(1)[0][0]
    return lambda clips: [most for _ in clips]


MAKERS = {
    "chance": lambda corpus, seed: by_chance(corpus, rng_of(seed, "chance")),
    "most frequent": lambda corpus, seed: by_habit(corpus),
    "nets": lambda corpus, seed: by_nets,
    "nets, counts for the action": lambda corpus, seed: by_hard_counts(Counts(corpus)),
    "counts": lambda corpus, seed: Counts(corpus).read,
    "grammar, any order": lambda corpus, seed: Grammar(grammar_of(corpus, follows=False)).read,
    "grammar, only its book": lambda corpus, seed: Grammar(grammar_of(corpus, free=0)).read,
    "grammar": lambda corpus, seed: Grammar(grammar_of(corpus)).read,
    "imagining": lambda corpus, seed: partial(by_imagining, counts=Counts(corpus)),
}
BASELINES = "chance", "most frequent"
READERS = tuple(name for name in MAKERS if name not in BASELINES)
FEW_READERS = "nets", "counts", "grammar", "imagining"


def readings(corpus, clips, seed, names):
    """What each reader says of each recipe: by its name, a list of lists of Step."""
    return {name: [read(each) for each in clips] for name, read in ((n, MAKERS[n](corpus, seed)) for n in names)}


# Judging


def share(flags):
    flags = list(flags)
    return round(sum(flags) / len(flags), DECIMALS)


def judged(recipes, read):
    """How much of some recipes a reader understood, and what comes of it: shares, of clips and of recipes."""
    pairs = list(zip(recipes, read, strict=True))
    clips = [(true, said) for recipe, steps in pairs for true, said in zip(recipe, steps, strict=True)]
    is_done = [final(recipe) == final(steps) for recipe, steps in pairs]
    is_whole = [recipe == steps for recipe, steps in pairs]
    return {
        "clips": share((true.left, true.right) == (said.left, said.right) for true, said in clips),
        "recipes": share(is_whole),
        "actions": share(actions(recipe) == actions(steps) for recipe, steps in pairs),
        "done": share(is_done),
        "done, not understood": share(d and not w for d, w in zip(is_done, is_whole, strict=True)),
    }


def final(steps):
    return carried_out(steps)[-1].scene


def actions(steps):
    return [step.action for step in steps]


def against_nets(recipes, read, nets):
    """The shares of clips whose holds a reader mends, and of those that it breaks."""
    right, were_right = (
        [
            (true.left, true.right) == (said.left, said.right)
            for recipe, steps in zip(recipes, each, strict=True)
            for true, said in zip(recipe, steps, strict=True)
        ]
        for each in (read, nets)
    )
    pairs = list(zip(right, were_right, strict=True))
    return {
        "mended": share(now and not before for now, before in pairs),
        "broken": share(before and not now for now, before in pairs),
    }


def compared(recipes, clips, corpus, seed, where, names):
    """What `judged` finds for each reader, by "reader, where: measure"."""
    read = readings(corpus, clips, seed, names)
    return {
        f"{name}, {where}: {measure}": value
        for name, steps in read.items()
        for measure, value in judged(recipes, steps).items()
    }


# Tables of what networks see


@cache
def pairs_of(seed):
    """Pairs of holds, each thing equally often."""
    rng = rng_of(seed, "pairs")
    return [(random_hold(rng), random_hold(rng)) for _ in range(PAIRS)]


@cache
def truths(seed):
    """The right answers: by kind, (PAIRS, 2) places in GRASPS or THINGS."""
    places = np.array([[(GRASPS.index(g), THINGS.index(t)) for g, t in pair] for pair in pairs_of(seed)])
    return dict(zip(KINDS, np.moveaxis(places, -1, 0), strict=True))


def looks_of(seed, level, *, nets=None, clips=1, frames=FRAMES, light=None, **looks):
    """What the networks see of `pairs_of`: Seen of (F, PAIRS, 2, 4) and (F, PAIRS, 2, 8).

    clips  so many different ones of each pair, whose frames are put one after the other
    light  further arguments of `drawn`
    looks  further arguments of `random_clip`
    """
    noise, cover = LEVELS[level]
    rng, nets, found = rng_of(seed, "looks at hands", clips), nets or nets_of(seed), []
    for pair in pairs_of(seed):
        crops = []
        for _ in range(clips):
            clip = random_clip(*pair, rng, frames, **looks)
            crops.append(crops_of(drawn(clip, cover, noise * noise_of(rng, frames), **(light or {})), clip))
        found.append(looked_at(nets, np.concatenate(crops)))
    return Seen(*(np.stack(logs, axis=1) for logs in zip(*found, strict=True)))


def frames(seed, levels=ALL):
    """By kind and level, shares of hands that are named rightly: from a frame; from eight by majority; from the sum of
    several of one clip, and of several clips, a frame each. How many of those are worth eight of one clip. And by how
    many bits the truth surprises where a frame counts this much."""
    found = {}
    for level in levels:
        seen, strange = looks_of(seed, level), looks_of(seed, level, clips=FRAMES, frames=1)
        majority = by_majority(seen)
        for kind, right in truths(seed).items():
            together, alone = (
                [named(getattr(each, kind)[:count].sum(axis=0), right) for count in range(1, FRAMES + 1)]
                for each in (seen, strange)
            )
            here = {
                "1 frame": named(getattr(seen, kind), right),
                "majority of 8": named(getattr(majority, kind), right),
                **{f"sum of {count}": together[count - 1] for count in (2, 4, 8)},
                **{f"sum of {count} clips": alone[count - 1] for count in (2, 4, 8)},
                "8 are worth": worth(alone, together[-1]),
                **{f"surprise at trust {each}": surprise(seen, each, kind, right) for each in TRUSTS},
            }
            found |= {f"{kind}, level {level}: {name}": value for name, value in here.items()}
    return found


def named(logs, right):
    """The share named rightly."""
    return round(float((logs.argmax(axis=-1) == right).mean()), DECIMALS)


def worth(alone, together):
    """How many frames of different clips do as well as eight of one: to tenths, between whole numbers by a line."""
    if together <= alone[0]:
        return 1.0
    for count, (fewer, more) in enumerate(pairwise(alone), 1):
        if more >= together:
            return round(count + (together - fewer) / (more - fewer), 1)
    return float(FRAMES)


def surprise(seen, trust, kind, right):
    """Bits per hand: how unlikely the truth is held to be by all frames, of which each counts `trust`."""
    logs = getattr(summed(seen, trust), kind)
    return round(float(-np.take_along_axis(logs, right[..., np.newaxis], axis=-1).mean() / np.log(2)), 3)


OTHER_SEEDS = 5  # and the four after it
TRUST_GRID = 1, 0.7, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1


def trust_chosen(seed, levels=ALL):
    """By level and trust: bits of surprise of a hand's grasp and thing together, on clips that no other table has, by
    the stored networks."""
    found = {}
    for level in levels:
        seen = looks_of(OTHER_SEEDS + seed, level, nets=nets_of(watching_weights.SEED))
        for trust in TRUST_GRID:
            parts = [surprise(seen, trust, kind, right) for kind, right in truths(OTHER_SEEDS + seed).items()]
            found[f"level {level}: {trust}"] = round(sum(parts), 3)
    return found


LIGHTS = {
    "as learned": ({}, {}),
    "lighter by 0.15": ({"light": 0.15}, {}),
    "darker by 0.15": ({"light": -0.15}, {}),
    "half the contrast": ({"contrast": 0.5}, {}),
    "inverted": ({"contrast": -1}, {}),
    "variety times 1.7": ({}, {"variety": 1.7 * VARIETY}),
    "jitter doubled": ({}, {"jitter": 1.4}),
}


def light(seed, names=tuple(LIGHTS)):
    """By what is changed at level 1, and kind: shares named rightly, and how sure a frame is where it is wrong."""
    found = {}
    for name in names:
        how, looks = LIGHTS[name]
        seen = looks_of(seed, 1, light=how, **looks)
        for kind, right in truths(seed).items():
            logs = getattr(seen, kind)
            is_wrong = logs.argmax(axis=-1) != right
            found |= {
                f"{name}, {kind}: 1 frame": named(logs, right),
                f"{name}, {kind}: sum of 8": named(logs.sum(axis=0), right),
                f"{name}, {kind}: sure where wrong": round(float(np.exp(logs.max(axis=-1))[is_wrong].mean()), 3),
            }
    return found


# Tables of what readers understand


def readers(seed, levels=ALL):
    """By reader and level: `judged`, and what it mends and breaks."""
    found = {}
    for level in levels:
        recipes, clips = asked(seed, level).recipes, asked(seed, level).clips()
        read = readings(corpus_of(seed), clips, seed, MAKERS)
        for name, steps in read.items():
            here = judged(recipes, steps) | against_nets(recipes, steps, read["nets"])
            found |= {f"{name}, level {level}: {measure}": value for measure, value in here.items()}
    return found


WORD_READERS = "nets", "grammar"


def words(seed, levels=ALL):
    """By reader and level: precision and recall, in the mean over grasps, over things and over actions; and at the
    middle level of each word, how often it was shown, how often said, and how often both."""
    found = {}
    for level in levels:
        recipes, clips = asked(seed, level).recipes, asked(seed, level).clips()
        for name, steps in readings(corpus_of(seed), clips, seed, WORD_READERS).items():
            for kind, known in (("grasp", GRASPS), ("thing", THINGS), ("action", ACTIONS)):
                pairs = list(zip(told(recipes, kind), told(steps, kind), strict=True))
                counted = {word: counts_of(pairs, word) for word in known}
                shown, said, both = np.array(list(counted.values())).T
                found[f"{name}, level {level}: precision of {kind}"] = mean_share(both, said)
                found[f"{name}, level {level}: recall of {kind}"] = mean_share(both, shown)
                if level == MIDDLE:
                    parts = ("shown", "said", "both")
                    found |= {f"{name}, {w}: {p}": n for w, c in counted.items() for p, n in zip(parts, c, strict=True)}
    return found


def told(recipes, kind):
    """All words of a kind: of each clip its action, or its left grasp or thing and then its right one."""
    steps = [step for recipe in recipes for step in recipe]
    if kind == "action":
        return actions(steps)
    return [dict(zip(KINDS, hold, strict=True))[kind] for step in steps for hold in (step.left, step.right)]


def counts_of(pairs, word):
    """How often a word was shown, said, and both."""
    return [sum(true == word for true, _ in pairs), sum(said == word for _, said in pairs), pairs.count((word, word))]


def mean_share(parts, wholes):
    """The mean of shares; what never came up has none, and if it was asked for, it counts 0."""
    return round(float(np.mean(parts / np.maximum(wholes, 1))), DECIMALS)


OUTSIDE_LEVELS = 1, 3, 4


def blind(seed):
    """`judged`, of the book's recipes read by who sees nothing but how many clips there are: how much is known without
    a look."""
    nothing = Seen(*(np.full((HANDS, len(words)), -np.log(len(words))) for words in KINDS.values()))
    recipes = asked(seed, 0).recipes
    clips = [[nothing] * len(recipe) for recipe in recipes]
    return compared(recipes, clips, corpus_of(seed), seed, "eyes shut", ["grammar, only its book"])


def outside(seed, kinds=("book", "any order", "sensible"), levels=OUTSIDE_LEVELS):
    """By kind of recipe, reader and level: `judged`; and how often the grammar's tree says that it is not the book's.
    With "book" beside, on as many recipes, for false alarms."""
    found, grammar = {}, Grammar(grammar_of(corpus_of(seed)))
    for kind in kinds:
        for level in levels:
            recipes, seen = asked(seed, level, kind, FEW_RECIPES)
            clips = Asked(recipes, seen).clips()
            found |= compared(recipes, clips, corpus_of(seed), seed, f"{kind}, level {level}", READERS)
            trees = [grammar.tree_of(each) for each in clips]
            is_free = [tree.parts[0].symbol == "any actions" for tree in trees]
            found[f"grammar, {kind}, level {level}: says that it is not in the book"] = share(is_free)
    return found


ODD_SHARE, ODD_LEVELS = 0.45, (1, 3)


def odd(seed, levels=ODD_LEVELS):
    """Cooks who hold things oddly in 45 % of their clips, where it can be, and a corpus that never did: by reader and
    level `judged`, and the shares of odd clips and of others whose holds are right."""
    found, corpus = {}, corpus_of(seed, odd=0)
    for level in levels:
        recipes, clips = asked(seed, level, "odd").recipes, asked(seed, level, "odd").clips()
        for name, read in readings(corpus, clips, seed, READERS).items():
            here = judged(recipes, read)
            pairs = [pair for two in zip(recipes, read, strict=True) for pair in zip(*two, strict=True)]
            for what, wanted in (("odd clips", True), ("usual clips", False)):
                here[what] = share(true[1:] == said[1:] for true, said in pairs if is_odd(true) == wanted)
            found |= {f"{name}, level {level}: {measure}": value for measure, value in here.items()}
    return found


CORPORA = 20, 300, 3000
LEARNERS = "counts", "grammar, any order", "grammar, only its book", "grammar", "imagining"


def corpus(seed, counts=CORPORA):
    """By reader and the recipes of its corpus, at the middle level: `judged`. The first of them are the same ones."""
    recipes, clips = asked(seed, MIDDLE).recipes, asked(seed, MIDDLE).clips()
    found = {}
    for count in counts:
        found |= compared(recipes, clips, corpus_of(seed, count), seed, f"{count} recipes", LEARNERS)
    return found


TRUST_LEVELS = 3, 4


def trust(seed, levels=TRUST_LEVELS):
    """By reader, level and what a frame counts: `judged`."""
    found = {}
    for level in levels:
        recipes, seen = asked(seed, level)
        for each in TRUSTS:
            clips = Asked(recipes, seen).clips(each)
            found |= compared(recipes, clips, corpus_of(seed), seed, f"level {level}, trust {each}", FEW_READERS[1:])
    return found


def frames_used(seed, counts=(1, 2, 4, 8)):
    """By reader and number of frames, at the middle level: `judged`. A lone frame is a whole witness: trust 1; of more,
    each counts as ever."""
    recipes, seen = asked(seed, MIDDLE)
    found = {}
    for count in counts:
        clips = Asked(recipes, seen).clips(1 if count == 1 else TRUST, count)
        found |= compared(recipes, clips, corpus_of(seed), seed, f"{count} frames", FEW_READERS)
    return found


# Sizes


def sizes(seed):
    """How large all is: numbers that networks learn, rules, and what the book can make in 3 to 6 clips."""
    made = {actions: chance for actions, chance in sequences("recipe", LONGEST).items() if SHORTEST <= len(actions)}
    chances = np.array(sorted(made.values())) / sum(made.values())
    return {
        **{f"numbers that the {kind} network learns": size_of(net) for kind, net in nets_of(seed).items()},
        "ways to hold": len(HOLDS),
        "actions": len(ACTIONS),
        "rules of the book": len(BOOK),
        "rules of the grammar": len(grammar_of(corpus_of(seed))),
        "orders of actions that the book makes": len(made),
        "share of the book's sentences that have so many clips": round(sum(made.values()), DECIMALS),
        "bits of an order of actions": round(float(-(chances * np.log2(chances)).sum()), DECIMALS),
        "share of the most frequent order": round(float(chances[-1]), DECIMALS),
        "orders of any actions": sum(len(ACTIONS) ** length for length in range(SHORTEST, LONGEST + 1)),
        "share of recipes whose every step is of use": share(
            all(outcome.works for outcome in carried_out(recipe)) for recipe in corpus_of(seed, max(CORPORA))
        ),
        "different steps in the corpus": len({step for recipe in corpus_of(seed) for step in recipe}),
    }


@cache
def sequences(symbol, longest):
    """All that the book can make of a symbol in at most so many words: by the words, with which probability."""
    if longest < 1:
        return {}
    if symbol in ACTIONS:
        return {(symbol,): 1.0}
    found = Counter()
    for left, right, probability in BOOK:
        if left == symbol:
            begun = {(): probability}
            for place, part in enumerate(right):
                room = longest - (len(right) - place - 1)  # each part that follows needs a word
                longer = Counter()
                for words, chance in begun.items():
                    for more, further in sequences(part, room - len(words)).items():
                        longer[*words, *more] += chance * further
                begun = longer
            for words, chance in begun.items():
                found[words] += chance
    return dict(found)


TABLES = {
    "trust chosen": trust_chosen,
    "frames": frames,
    "light": light,
    "words": words,
    "readers": readers,
    "blind": blind,
    "outside": outside,
    "odd": odd,
    "corpus": corpus,
    "trust": trust,
    "frames used": frames_used,
    "sizes": sizes,
}
EXPERIMENTS = Experiments("watching", TABLES, fewer={"sizes": 1})

if __name__ == "__main__":
    EXPERIMENTS.make(*sys.argv[1:])
