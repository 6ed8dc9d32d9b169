"""WatchingLab: clips of a small kitchen are read as actions, and a robot carries out what was understood."""

from __future__ import annotations

from functools import cache

import numpy as np

from convnet_core.cooking import BOOK, LONGEST, WAYS, Step, all_actions, random_corpus, random_recipe
from convnet_core.grammar import Parser, Tree
from convnet_core.kitchen import (
    FRAMES,
    GRASPS,
    HANDS,
    HEIGHT,
    HOLDS,
    LEVELS,
    THINGS,
    WIDTH,
    Clip,
    crops_of,
    drawn,
    moved,
    noise_of,
    random_clip,
)
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.seeded import Seeded
from convnet_core.labs.kit.stored import packed, stored
from convnet_core.labs.kit.tables import folded, number_table
from convnet_core.labs.kit.traits import Choice, Flag, Number, Whole
from convnet_core.labs.watching.challenges import CHALLENGES
from convnet_core.labs.watching.rules import Rows
from convnet_core.robot import BREAKABLE, GRIPPERS, TOO_SLIPPERY, Outcome, Scene, carried_out, commands
from convnet_core.watching import (
    TRUST,
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

TABS = ("watch", "read", "robot", "record")
READERS = ("nets", "counts", "grammar", "imagining")
CORPORA = ("20", "300")
FREE = 0.1  # of recipes are any actions in any order, where the grammar may leave its book
CORPUS_SEED = 1
TENTHS = 10  # of a pixel: the steps in which a reader's own clip tells where its hands are
LOOKS = 8  # looks that belong to a recipe's seed: more than it has clips
RULED_OUT = -50.0  # the log of how likely a word is that the reader has ruled out
HIDDEN = 0.5  # the grey of a hand that is hidden
PATH = HANDS * FRAMES  # numbers that tell the columns of both hands, or their rows


@cache
def _nets():
    return nets_from(stored("watching"))


@cache
def _corpus(count: int):
    """The first recipes of a corpus that the page has, too."""
    return random_corpus(Seeded(CORPUS_SEED), max(map(int, CORPORA)))[:count]


@cache
def _counts(count: int) -> Counts:
    return Counts(_corpus(count))


@cache
def _grammar(count: int, free: float) -> Grammar:
    return Grammar(grammar_of(_corpus(count), free=free))


@cache
def _book() -> Parser:
    return Parser(BOOK)


def looked_like(step: Step, look: int) -> tuple[Clip, np.ndarray]:
    """How a step looks: a Clip, and noise of deviation 1 (8, 24, 32)."""
    chance = Seeded(look)
    return random_clip(step.left, step.right, chance), noise_of(chance)


def ruled_out_but(hold, seen: Seen, side: int) -> Seen:
    """What was seen, where the reader has said what one hand does."""
    grasp, thing = seen.grasp.copy(), seen.thing.copy()
    grasp[side] = np.where(np.array(GRASPS) == hold[0], 0, RULED_OUT)
    thing[side] = np.where(np.array(THINGS) == hold[1], 0, RULED_OUT)
    return Seen(grasp, thing)


def _told_ways() -> dict:
    """How actions are done, for the page: {action: {role: {"grasp thing": share}}}."""
    roles = {"tool": "tool", "patient": "patient", "oddTool": "odd_tool", "oddPatient": "odd_patient"}
    return {
        action: {
            name: {" ".join(hold): share for hold, share in getattr(way, role).items()} for name, role in roles.items()
        }
        for action, way in WAYS.items()
    }


def told_words() -> dict:
    """All words, and all that can be done with them, for the page's own arithmetic."""
    return {
        "words": {"grasps": GRASPS, "things": THINGS, "holds": HOLDS},
        "cooking": {"ways": _told_ways(), "book": [tuple(rule) for rule in BOOK]},
        "hardware": {"grippers": GRIPPERS, "breakable": BREAKABLE, "slippery": TOO_SLIPPERY},
        "levels": [{"deviation": noise, "cover": cover} for noise, cover in LEVELS],
    }


class WatchingLab(Lab):
    """Chapter 15's lab. With a kernel, every trait can be read and set from Python.

    tab: what the lab shows: "watch", "read", "robot" or "record".

    What is watched: seed, of the recipe and of how it looks. level: how hard it is to see, from 0 to 5. hidden: hands
    that are covered, as [[hand], ...]; hand 0 is the left one of the first clip, hand 1 its right one, hand 2 the left
    one of the second. own: a recipe of the reader's own, a row a clip: the holds of both hands, as places in
    `convnet_core.kitchen.HOLDS`, the seed of how it looks, and in tenths of a pixel the columns of the left hand in 8
    frames, those of the right one, and the rows of both. clip, frame: which picture is looked at, from 0. speed: of
    what plays.

    How it is read: frames: how many pictures of a clip count, 1 to 8. trust: what each of them counts. corrections:
    what the reader says that hands do, as [[hand, hold], ...]. reader: "nets", "counts", "grammar" or "imagining".
    free: whether the grammar may leave its book. corpus: how many recipes were counted in, "20" or "300". truth:
    whether the lab shows it. step: how many steps the robot has done.
    """

    name = "watching"
    title = "Watching lab"
    challenges = CHALLENGES

    tab = Choice("watch", TABS)
    seed = Whole(1965, low=0, high=9999)
    level = Whole(2, low=0, high=len(LEVELS) - 1)
    frames = Whole(FRAMES, low=1, high=FRAMES)
    trust = Number(TRUST, low=0.1, high=1)
    hidden = Rows([], most=HANDS * LONGEST, low=[0], high=[HANDS * LONGEST - 1])
    corrections = Rows([], most=HANDS * LONGEST, low=[0, 0], high=[HANDS * LONGEST - 1, len(HOLDS) - 1])
    reader = Choice("nets", READERS)
    free = Flag(True)
    corpus = Choice("300", CORPORA)
    truth = Flag(False)
    own = Rows(
        [],
        most=LONGEST,
        low=[0] * (3 + 2 * PATH),
        high=[
            *[len(HOLDS) - 1] * 2,
            LOOKS * 10_000 - 1,
            *[TENTHS * (WIDTH - 1)] * PATH,
            *[TENTHS * (HEIGHT - 1)] * PATH,
        ],
    )
    clip = Whole(0, low=0, high=LONGEST - 1)
    frame = Whole(FRAMES - 1, low=0, high=FRAMES - 1)
    step = Whole(0, low=0, high=LONGEST)
    speed = Choice("normal", ("slow", "normal", "fast"))

    def _constants(self):
        weights = {kind: packed(parameters.values()) for kind, parameters in stored("watching").items()}
        return {**super()._constants(), "_presets": {"weights": weights, **told_words()}}

    @property
    def cook(self) -> list[Step]:
        """What the cook does in truth: a Step a clip. In a clip of the reader's own, the action may be None."""
        known, own = all_actions(), self.own
        pairs = [(HOLDS[left], HOLDS[right]) for left, right, *_ in own]
        return [Step(known.get(pair), *pair) for pair in pairs] if own else random_recipe(Seeded(self.seed))

    @property
    def clips(self) -> list[np.ndarray]:
        """The pictures of each clip (8, 24, 32), 0 is black and 1 white, with all noise; hands are not yet hidden."""
        return [pictures for pictures, _ in self._drawn()]

    @property
    def crops(self) -> list[np.ndarray]:
        """What the networks see of each clip (8, 2, 12, 12); a hidden hand is grey."""
        hidden = {hand for (hand,) in self.hidden}
        cut = [crops_of(*one) for one in self._drawn()]
        for hand in range(HANDS * len(cut)):
            if hand in hidden:
                cut[hand // HANDS][:, hand % HANDS] = HIDDEN
        return cut

    def _drawn(self):
        """(pictures, Clip) of each clip."""
        noise, cover = LEVELS[self.level]
        own = self.own
        looks = [look for _, _, look, *_ in own] or [LOOKS * self.seed + place for place in range(LONGEST)]
        found = []
        for place, step in enumerate(self.cook):
            clip, grain = looked_like(step, looks[place])
            if own:
                clip = moved(clip, *np.reshape(own[place][3:], (2, HANDS, FRAMES)) / TENTHS)
            found.append((drawn(clip, cover, noise * grain), clip))
        return found

    @property
    def seen(self) -> list[Seen]:
        """What is believed of each clip: logs for grasps (2, 4) and things (2, 8), with the reader's corrections."""
        believed = [summed(looked_at(_nets(), crops[: self.frames]), self.trust) for crops in self.crops]
        for hand, hold in self.corrections:
            if hand < HANDS * len(believed):
                place, side = divmod(hand, HANDS)
                believed[place] = ruled_out_but(HOLDS[hold], believed[place], side)
        return believed

    @property
    def tree(self) -> Tree | None:
        """The grammar's tree of the recipe; None where another one reads."""
        return self._grammar().tree_of(self.seen) if self.reader == "grammar" else None

    def _grammar(self) -> Grammar:
        return _grammar(int(self.corpus), FREE if self.free else 0)

    @property
    def sentence(self) -> list[Step]:
        """What the chosen reader understands: a Step a clip; its action is None where it understands nothing."""
        seen, counts = self.seen, _counts(int(self.corpus))
        readers = {
            "nets": lambda: by_nets(seen),
            "counts": lambda: counts.read(seen),
            "grammar": lambda: steps_of(self._grammar().tree_of(seen)),
            "imagining": lambda: by_imagining(seen, counts),
        }
        return readers[self.reader]()

    @property
    def commands(self) -> list[list[str]]:
        """What the robot is told for each clip."""
        return [commands(step) for step in self.sentence]

    @property
    def outcomes(self) -> list[Outcome]:
        """What comes of each step, as the robot does it."""
        return carried_out(self.sentence)

    @property
    def scene(self) -> Scene:
        """The robot's kitchen at the end."""
        return self.outcomes[-1].scene

    @property
    def cook_scene(self) -> Scene:
        """The cook's kitchen at the end."""
        return carried_out(self.cook)[-1].scene

    @property
    def understood(self) -> bool:
        """Whether each word is right."""
        return self.sentence == self.cook

    @property
    def done(self) -> bool:
        """Whether the robot's kitchen ends as the cook's."""
        return self.scene == self.cook_scene

    @property
    def in_book(self) -> bool:
        """Whether the book has the cook's recipe."""
        actions = [{step.action: 0.0} for step in self.cook]
        return None not in [step.action for step in self.cook] and _book().parse(actions, "recipe")[1] is not None

    def tables(self) -> str:
        heads = ("action", "left hand", "right hand")
        read, truth = (
            number_table(caption, [_told(step) for step in steps], str, columns=heads)
            for caption, steps in (
                (f"What {NAMES[self.reader]} of {len(self.cook)} clips", self.sentence),
                ("What was done in truth", self.cook),
            )
        )
        robot = number_table(
            f"What the robot makes of it. At the end, {self.scene}",
            [
                ["; ".join(told), outcome.words]
                for told, outcome in zip(self._told_commands(), self.outcomes, strict=True)
            ],
            str,
            columns=("it is told", "what happens"),
        )
        return "\n".join([read, folded("The truth", truth), folded("The robot", robot)])

    def _told_commands(self) -> list[list[str]]:
        return [[words or NOT_UNDERSTOOD for words in told] for told in self.commands]


NAMES = {
    "nets": "the nets alone read",
    "counts": "the nets and counts read",
    "grammar": "the grammar reads",
    "imagining": "imagining reads",
}
NOT_UNDERSTOOD = "not understood"


def _told(step: Step) -> list[str]:
    """A step in words: the action, and what each hand holds."""
    return [step.action or NOT_UNDERSTOOD, *(" ".join(hold) for hold in (step.left, step.right))]
