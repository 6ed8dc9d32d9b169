"""Chapter 15, watching: from the pictures of a clip to what was done in it, and to what a robot shall do.

Two small networks look at the square around each hand: one names the grasp, one the thing. What they say of all frames
is summed. Then a reader says which action each clip of a recipe shows, in one of four ways: by the networks alone, by
counts of how people hold things, by a grammar that knows which actions follow each other, or by imagining what each
step would do (the first three after Yang, Li, Fermüller and Aloimonos, 2015; their networks, grammar and videos were
others).
"""

from collections import Counter
from typing import NamedTuple

import numpy as np

from convnet_core.checks import as_array, as_choice, as_generator, as_number, as_share, as_whole, check_axes
from convnet_core.convolution import Conv2d
from convnet_core.cooking import ACTIONS, BOOK, Step, all_actions, by_role
from convnet_core.grammar import Parser, Rule
from convnet_core.kitchen import (
    CROP,
    FRAMES,
    GRASPS,
    HANDS,
    HOLDS,
    LEVELS,
    THINGS,
    crops_of,
    drawn,
    noise_of,
    random_clip,
)
from convnet_core.learned import filled
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.robot import Scene, carry_out
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

KINDS = {"grasp": GRASPS, "thing": THINGS}
TRUST = 0.4  # what a frame counts: the frames of a clip err together, so eight of them are not eight witnesses


# The networks


def watching_net(kind, rng, dtype=np.float32):
    """A fresh network for crops (N, 1, 12, 12): votes for each grasp, or for each thing.

    kind   "grasp" or "thing"
    rng    a numpy.random.Generator for the first weights
    dtype  np.float32, or np.float64
    """
    answers = len(KINDS[as_choice("kind", kind, tuple(KINDS))])
    return Network(
        [
            Conv2d(1, 8, 3, dtype=dtype, rng=rng),
            ReLU(),
            MaxPool2d(2),
            Conv2d(8, 16, 3, dtype=dtype, rng=rng),
            ReLU(),
            Flatten(),
            Linear(16 * 3 * 3, answers, dtype=dtype, rng=rng),
        ]
    )


def nets_from(weights):
    """Both networks as tools/watching_weights.py trained them: a dict by "grasp" and "thing", in float64.

    weights  the arrays of each, by the names of its parameters: dicts by "grasp" and "thing"
    """
    nets = {kind: watching_net(kind, np.random.default_rng(0), np.float64) for kind in KINDS}
    for kind, network in nets.items():
        names = {name: name for name in network.parameters()}
        filled(network, weights[kind], names, f"nets_from: {kind}")
    return nets


def random_crops(count, rng, levels=LEVELS):
    """Crops of hands to learn from, all ways to hold equally often, and each at a level of its own.

    count   how many
    rng     a numpy.random.Generator
    levels  (noise, cover) pairs, of which each clip has one
    return  crops (count, 1, 12, 12), float32; grasps (count,) and things (count,), as places in GRASPS and THINGS
    """
    count, rng = as_whole("count", count, minimum=1), as_generator("rng", rng)
    crops, holds = np.empty((count + 3, 1, CROP, CROP), np.float32), []
    while len(holds) < count:
        left, right = (random_hold(rng) for _ in range(HANDS))
        noise, cover = levels[int(rng.integers(len(levels)))]
        clip = random_clip(left, right, rng, frames=2)
        cut = crops_of(drawn(clip, cover, noise * noise_of(rng, 2)), clip)
        crops[len(holds) : len(holds) + 4, 0] = cut.reshape(-1, CROP, CROP)
        holds += [left, right] * 2
    grasps, things = np.array([(GRASPS.index(grasp), THINGS.index(thing)) for grasp, thing in holds[:count]]).T
    return crops[:count], grasps, things


def random_hold(rng):
    """A way to hold: each thing, and nothing, equally often."""
    thing = THINGS[int(rng.integers(len(THINGS)))]
    return ("rest", "nothing") if thing == "nothing" else (GRASPS[int(rng.integers(3))], thing)


# From frames to clips


class Seen(NamedTuple):
    """What the networks say of some clips: the logs of probabilities.

    grasp  (..., 2, 4), for the left hand and the right one
    thing  (..., 2, 8)
    """

    grasp: np.ndarray
    thing: np.ndarray


def looked_at(nets, crops):
    """What both networks say of crops (F, 2, 12, 12): Seen, with grasp (F, 2, 4) and thing (F, 2, 8)."""
    crops = as_array("crops", crops)
    check_axes("crops", crops.shape, ("F", HANDS, CROP, CROP))
    flat = crops.reshape(-1, 1, CROP, CROP)
    return Seen(*(_logs(nets[kind].forward(flat)).reshape(len(crops), HANDS, -1) for kind in KINDS))


def _logs(votes):
    """The logs of softmax."""
    votes = votes - votes.max(axis=-1, keepdims=True)
    return votes - np.log(np.exp(votes).sum(axis=-1, keepdims=True))


def summed(seen, trust=TRUST):
    """What the frames of a clip say together: the sum of their logs, each counted as `trust` of a witness.

    seen    Seen of the frames: (F, 2, 4) and (F, 2, 8)
    trust   above 0; 1 takes frames for witnesses that know nothing of each other
    return  Seen of the clip: (2, 4) and (2, 8), made probabilities again
    """
    trust = as_number("trust", trust, above=0)
    return Seen(*(_logs(trust * as_array(kind, logs).sum(axis=0)) for kind, logs in zip(KINDS, seen, strict=True)))


def by_majority(seen):
    """What most frames say: Seen of the clip, the logs of shares, where one vote is added to each."""
    shares = []
    for logs in seen:
        votes = np.eye(logs.shape[-1])[logs.argmax(axis=-1)].sum(axis=0) + 1
        shares.append(np.log(votes / votes.sum(axis=-1, keepdims=True)))
    return Seen(*shares)


def watched(nets, recipe, rng, level=2, frames=FRAMES, trust=TRUST, **looks):
    """Draw a clip of each step and look at it.

    nets    as `nets_from` gives them
    recipe  a list of Step
    rng     a numpy.random.Generator
    level   how hard it is to see, a place in LEVELS
    looks   as for `random_clip`
    return  a list of Seen, one for each clip
    """
    noise, cover = LEVELS[as_whole("level", level, 0, len(LEVELS) - 1)]
    found = []
    for step in recipe:
        clip = random_clip(step.left, step.right, rng, frames, **looks)
        pictures = drawn(clip, cover, noise * noise_of(rng, frames))
        found.append(summed(looked_at(nets, crops_of(pictures, clip)), trust))
    return found


# Readers: from what was seen of some clips to steps.


def by_nets(clips):
    """The likeliest word for each hand and thing, and the action that goes with them: a list of Step.

    clips  a list of Seen, (2, 4) and (2, 8) each

    The action is None where nobody holds things so.
    """
    known, steps = all_actions(), []
    for seen in clips:
        holds = tuple(
            (GRASPS[grasp], THINGS[thing])
            for grasp, thing in zip(seen.grasp.argmax(axis=1), seen.thing.argmax(axis=1), strict=True)
        )
        steps.append(Step(known.get(holds), *holds))
    return steps


class Counts:
    """How people hold things for each action, counted in a corpus.

    corpus  a list of recipes, which are lists of Step
    rare    the share that is kept for pairs of holds that an action never met
    """

    def __init__(self, corpus, rare=0.02):
        steps = [step for recipe in corpus for step in recipe]
        together = np.zeros((len(ACTIONS), len(HOLDS), len(HOLDS)))
        for step in steps:
            together[ACTIONS.index(step.action), HOLDS.index(step.left), HOLDS.index(step.right)] += 1
        self.actions = (together.sum(axis=(1, 2)) + 1) / (len(steps) + len(ACTIONS))
        apart = (together.sum(axis=2), together.sum(axis=1))  # what the left hand does, and the right one
        left, right = ((held + 0.01) / (held + 0.01).sum(axis=1, keepdims=True) for held in apart)
        met = together.sum(axis=(1, 2), keepdims=True)
        seldom = left[:, :, np.newaxis] * right[:, np.newaxis, :]
        share = np.where(met > 0, rare, 1)
        held = share * seldom + (1 - share) * together / np.maximum(met, 1)
        self.logs = np.log(self.actions[:, np.newaxis, np.newaxis] * held)  # (actions, left, right)

    def action_of(self, left, right):
        """The likeliest action of two hands whose holds are known."""
        return ACTIONS[int(self.logs[:, HOLDS.index(left), HOLDS.index(right)].argmax())]

    def scores(self, seen):
        """The logs of how likely each action with each pair of holds is, up to a constant: (actions, 22, 22)."""
        left, right = (_of_holds(seen, side) for side in range(HANDS))
        return self.logs + left[:, np.newaxis] + right

    def read(self, clips):
        """The likeliest step for each clip by itself: a list of Step. `clips` as for `by_nets`."""
        return [self.likeliest(seen, 1)[0][1] for seen in clips]

    def likeliest(self, seen, count):
        """The `count` likeliest steps: a list of (log, Step), the best one first."""
        scores = self.scores(seen)
        places = np.argsort(-scores, axis=None, kind="stable")[:count]
        steps = zip(*np.unravel_index(places, scores.shape), strict=True)
        return [
            (float(scores[action, left, right]), Step(ACTIONS[action], HOLDS[left], HOLDS[right]))
            for action, left, right in steps
        ]


def _of_holds(seen, side):
    """The logs for each of HOLDS."""
    return np.array([seen.grasp[side, GRASPS.index(g)] + seen.thing[side, THINGS.index(t)] for g, t in HOLDS])


def grammar_of(corpus, *, free=0.1, follows=True, rare=0.02):
    """The rules of clips and recipes: what follows what is given, how things are held is counted.

    corpus   a list of recipes, which are lists of Step
    free     the share of recipes that are any actions in any order, from 0 to below 1; 0 knows only its book
    follows  False: all recipes are any actions in any order
    rare     the share of an action's clips in which a hand holds something that it was never seen to
    return   a list of Rule; the start is "sentence"
    """
    free, rare = as_share("free", free), as_share("rare", rare)
    steps = [step for recipe in corpus for step in recipe]
    met = Counter(step.action for step in steps)
    by_book = [*BOOK, Rule("sentence", ("recipe",), 1 - free)] if follows else []
    share = free if follows else 1
    freely = [Rule("sentence", ("any actions",), share)] if share else []
    freely += [Rule("any actions", ("any action", "any actions"), 0.75), Rule("any actions", ("any action",), 0.25)]
    freely += [Rule("any action", (action,), met[action] / len(steps)) for action in ACTIONS if met[action]]
    return [*by_book, *freely, *_rules_of_holds(), *(rule for action in met for rule in _rules_of(action, steps, rare))]


def _rules_of_holds():
    """A hold is a grasp and a thing."""
    words = [" ".join(hold) for hold in HOLDS]
    made = [Rule(word, hold, 1) for word, hold in zip(words, HOLDS, strict=True)]
    return [*made, *(Rule("any hold", (word,), 1 / len(words)) for word in words)]


def _rules_of(action, steps, rare):
    """How one action is done, as it was met: with the tool in the right hand or in the left."""
    pairs = [by_role(step) for step in steps if step.action == action]
    right_handed = (sum(is_right for *_, is_right in pairs) + 1) / (len(pairs) + 2)
    rules = []
    for role, held in (("tool", Counter(tool for tool, *_ in pairs)), ("patient", Counter(p for _, p, _ in pairs))):
        rules += [Rule(f"{role} to {action}", (" ".join(hold),), count / len(pairs)) for hold, count in held.items()]
    tool, patient, other = f"tool to {action}", f"patient to {action}", "any hold"
    for is_right, share in ((True, right_handed), (False, 1 - right_handed)):
        for first, second, part in (
            (patient, tool, 1 - rare),
            (other, tool, 0.45 * rare),
            (patient, other, 0.45 * rare),
            (other, other, 0.1 * rare),
        ):
            rules.append(Rule(action, (first, second) if is_right else (second, first), share * part))
    return rules


class Grammar:
    """Reads recipes by a grammar.

    rules  a list of Rule, as `grammar_of` makes them
    """

    def __init__(self, rules):
        self._parser = Parser(rules)

    def read(self, clips):
        """The steps of the likeliest tree: a list of Step. `clips` as for `by_nets`."""
        return steps_of(self.tree_of(clips))

    def tree_of(self, clips):
        """The likeliest Tree of some clips. Raises ValueError if the grammar can't make so many of them."""
        _, tree = self._parser.parse([leaf for seen in clips for leaf in _leaves(seen)], "sentence")
        if tree is None:
            raise ValueError(f"Grammar.tree_of: no tree of the grammar has {len(clips)} clips, wanted 3 to 6 of them")
        return tree


def _leaves(seen):
    """What may stand at the four places of a clip: the grasp and the thing of the left hand, then of the right one."""
    return [
        dict(zip(words, logs[side].tolist(), strict=True))
        for side in range(HANDS)
        for words, logs in ((GRASPS, seen.grasp), (THINGS, seen.thing))
    ]


def steps_of(tree):
    """The steps that a Tree tells, from left to right: a list of Step."""
    if tree.symbol in ACTIONS:
        left_grasp, left_thing, right_grasp, right_thing = tree.leaves()
        return [Step(tree.symbol, (left_grasp, left_thing), (right_grasp, right_thing))]
    return [step for part in tree.parts for step in steps_of(part)]


def by_imagining(clips, counts, penalty=4.0, worlds=60, readings=12):
    """The likeliest steps by counts, where each is imagined first: one that would be of no use is held less likely.

    clips     as for `by_nets`
    counts    Counts
    penalty   how much less: this is taken from the log
    worlds    how many courses of things are kept in mind
    readings  how many steps are considered for each clip
    return    a list of Step

    No book is needed for this: what may follow what comes of how the kitchen works.
    """
    courses = [(0.0, Scene(), ())]
    for seen in clips:
        likely = counts.likeliest(seen, readings)
        longer = []
        for log, scene, steps in courses:
            for more, step in likely:
                outcome = carry_out(scene, step)
                worse = 0 if outcome.works else penalty
                longer.append((log + more - worse, outcome.scene, (*steps, step)))
        courses = sorted(longer, key=lambda course: -course[0])[:worlds]
    return list(courses[0][2])
