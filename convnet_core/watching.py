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

from convnet_core.checks import (
    as_array,
    as_at_least,
    as_choice,
    as_flag,
    as_generator,
    as_kind,
    as_matrix,
    as_number,
    as_share,
    as_whole,
    as_words,
    check_axes,
)
from convnet_core.convolution import Conv2d
from convnet_core.cooking import ACTIONS, BOOK, SIDES, Step, all_actions, as_step, by_role
from convnet_core.grammar import Parser, Rule, Tree
from convnet_core.kitchen import (
    CROP,
    FRAMES,
    GRASPS,
    HANDS,
    HOLDS,
    LEVELS,
    THINGS,
    as_hold,
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
# The place of the grasp, and of the thing, of each of HOLDS.
GRASP_OF_HOLD, THING_OF_HOLD = np.array([(GRASPS.index(grasp), THINGS.index(thing)) for grasp, thing in HOLDS]).T
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
    if missing := [kind for kind in KINDS if kind not in weights]:
        raise ValueError(f"nets_from: weights has {sorted(weights)}, wanted {missing[0]} among them")
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
    levels = as_matrix("levels", levels, columns=2)
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
    thing = THINGS[int(as_generator("rng", rng).integers(len(THINGS)))]
    return ("rest", "nothing") if thing == "nothing" else (GRASPS[int(rng.integers(len(GRASPS) - 1))], thing)


# From frames to clips


class Seen(NamedTuple):
    """What the networks say of a clip, or of each of some: the logs of probabilities.

    grasp  (..., 2, 4), for the left hand and the right one
    thing  (..., 2, 8)
    """

    grasp: np.ndarray
    thing: np.ndarray


def _as_seen(name, seen, *, has_frames=False):
    """Seen of one clip; with frames, of all frames of a clip or of several."""
    parts = []
    for (kind, words), logs in zip(KINDS.items(), as_kind(name, seen, Seen), strict=True):
        logs = as_array(f"{name}.{kind}", logs)
        more = ("F", *logs.shape[1:-2]) if has_frames else ()
        check_axes(f"{name}.{kind}", logs.shape, (*more, HANDS, len(words)))
        parts.append(logs)
    return Seen(*parts)


def _as_clips(clips):
    return [_as_seen(f"clips[{place}]", seen) for place, seen in enumerate(clips)]


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

    seen    Seen of the frames: (F, ..., 2, 4) and (F, ..., 2, 8)
    trust   above 0; 1 takes frames for witnesses that know nothing of each other
    return  Seen of the clip: (..., 2, 4) and (..., 2, 8), made probabilities again
    """
    seen, trust = _as_seen("seen", seen, has_frames=True), as_number("trust", trust, above=0)
    return Seen(*(_logs(trust * logs.sum(axis=0)) for logs in seen))


def by_majority(seen):
    """What most frames say: Seen of the clip, the logs of shares, where one vote is added to each. As `summed`."""
    shares = []
    for logs in _as_seen("seen", seen, has_frames=True):
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
    return [summed(frames, trust) for frames in watched_frames(nets, recipe, rng, level, frames, **looks)]


def watched_frames(nets, recipe, rng, level=2, frames=FRAMES, **looks):
    """As `watched`, before anything is summed: for each clip what is seen in each frame, (F, 2, 4) and (F, 2, 8)."""
    noise, cover = LEVELS[as_whole("level", level, 0, len(LEVELS) - 1)]
    found = []
    for place, step in enumerate(recipe):
        step = as_step(f"watched_frames: recipe[{place}]", step, needs_action=False)
        clip = random_clip(step.left, step.right, rng, frames, **looks)
        pictures = drawn(clip, cover, noise * noise_of(rng, frames))
        found.append(looked_at(nets, crops_of(pictures, clip)))
    return found


# Readers: from what was seen of some clips to steps.


def by_nets(clips):
    """The likeliest word for each hand and thing, and the action that goes with them: a list of Step.

    clips  a list of Seen, (2, 4) and (2, 8) each

    The action is None where nobody holds things so.
    """
    known, steps = all_actions(), []
    for seen in _as_clips(clips):
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
        steps, rare = _steps_in(corpus, "Counts"), as_number("rare", rare, above=0, limit=1)
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
        """The likeliest action of two hands whose holds are known; None if one is none of HOLDS, as a knife at rest."""
        left, right = as_words("left", left, GRASPS, THINGS), as_words("right", right, GRASPS, THINGS)
        if left not in HOLDS or right not in HOLDS:
            return None
        return ACTIONS[int(self.logs[:, HOLDS.index(left), HOLDS.index(right)].argmax())]

    def scores(self, seen):
        """The logs of how likely each action with each pair of holds is, up to a constant: (actions, 22, 22)."""
        grasp, thing = _as_seen("seen", seen)
        left, right = grasp[:, GRASP_OF_HOLD] + thing[:, THING_OF_HOLD]
        return self.logs + left[:, np.newaxis] + right

    def read(self, clips):
        """The likeliest step for each clip by itself: a list of Step. `clips` as for `by_nets`."""
        return [self.likeliest(seen, 1)[0][1] for seen in _as_clips(clips)]

    def likeliest(self, seen, count):
        """The `count` likeliest steps: a list of (log, Step), the best one first."""
        scores, count = self.scores(seen), as_whole("count", count, minimum=1)
        places = np.argsort(-scores, axis=None, kind="stable")[:count]
        steps = zip(*np.unravel_index(places, scores.shape), strict=True)
        return [
            (float(scores[action, left, right]), Step(ACTIONS[action], HOLDS[left], HOLDS[right]))
            for action, left, right in steps
        ]


def _steps_in(corpus, caller):
    """Its steps in a row; nobody in it holds things as none of HOLDS does, though networks may say so."""
    steps = []
    for number, recipe in enumerate(corpus):
        for place, step in enumerate(recipe):
            name = f"{caller}: corpus[{number}][{place}]"
            steps.append(as_step(name, step))
            for side in SIDES:
                as_hold(f"{name}.{side}", getattr(step, side))
    return steps


def grammar_of(corpus, *, free=0.1, follows=True, rare=0.02):
    """The rules of clips and recipes: what follows what is given, how things are held is counted.

    corpus   a list of recipes, which are lists of Step
    free     the share of recipes that are any actions in any order, from 0 to below 1; 0 knows only its book
    follows  False: all recipes are any actions in any order
    rare     the share of an action's clips in which a hand holds something that it was never seen to
    return   a list of Rule; the start is "sentence"
    """
    free, rare, follows = as_share("free", free), as_share("rare", rare), as_flag("follows", follows)
    steps = _steps_in(corpus, "grammar_of")
    if not steps:
        raise ValueError("grammar_of: corpus holds no step, wanted one at least")
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
    rules.append(Rule(action, (other, other), 0.1 * rare))
    for is_right, share in ((True, right_handed), (False, 1 - right_handed)):
        for first, second, part in (
            (patient, tool, 1 - rare),
            (other, tool, 0.45 * rare),
            (patient, other, 0.45 * rare),
        ):
            rules.append(Rule(action, (first, second) if is_right else (second, first), share * part))
    return [rule for rule in rules if rule.probability]


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
        _, tree = self._parser.parse([leaf for seen in _as_clips(clips) for leaf in _leaves(seen)], "sentence")
        if tree is None:
            said = f"no tree of the grammar has {len(clips)} clips"
            raise ValueError(f"Grammar.tree_of: {said}, wanted one more at least, or a larger corpus")
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
    if as_kind("tree", tree, Tree).symbol in ACTIONS:
        left_grasp, left_thing, right_grasp, right_thing = tree.leaves()
        return [Step(tree.symbol, (left_grasp, left_thing), (right_grasp, right_thing))]
    return [step for part in tree.parts for step in steps_of(part)]


def by_imagining(clips, counts, penalty=4.0, worlds=60, readings=12):
    """The likeliest steps by counts, where each is imagined first: one that would be of no use is held less likely.

    clips     as for `by_nets`
    counts    Counts
    penalty   how much less: this is taken from the log
    worlds    how many states of the kitchen are kept in mind, with the likeliest course of things that leads to each
    readings  how many steps are considered for each clip
    return    a list of Step

    No book is needed for this: what may follow what comes of how the kitchen works.
    """
    counts, penalty = as_kind("counts", counts, Counts), as_at_least("penalty", penalty, 0)
    worlds, readings = as_whole("worlds", worlds, minimum=1), as_whole("readings", readings, minimum=1)
    courses = [(0.0, Scene(), ())]
    for seen in _as_clips(clips):
        likely, best = counts.likeliest(seen, readings), {}
        for log, scene, steps in courses:
            for more, step in likely:
                outcome = carry_out(scene, step)
                total = log + more - (0 if outcome.works else penalty)
                if outcome.scene not in best or total > best[outcome.scene][0]:
                    best[outcome.scene] = total, outcome.scene, (*steps, step)
        courses = sorted(best.values(), key=lambda course: -course[0])[:worlds]
    return list(courses[0][2])
