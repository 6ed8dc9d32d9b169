"""Chapter 15's cooks: what they do, how they hold things for it, and their recipes.

An action takes two hands: one holds the tool, the other what it is done to, its patient. Most cooks hold things as all
do, a few hold them oddly; both works.
"""

from typing import NamedTuple

from convnet_core.checks import as_choice, as_generator, as_kind, as_share, as_whole, as_words
from convnet_core.grammar import Rule, one_of, sentence
from convnet_core.kitchen import GRASPS, THINGS

SIDES = ("left", "right")


class Step(NamedTuple):
    """One clip's worth: an action and what each hand holds, (grasp, thing)."""

    action: str
    left: tuple
    right: tuple


class Way(NamedTuple):
    """How an action is done: (grasp, thing) for the tool and for the patient, with how often each is met."""

    tool: dict
    patient: dict
    odd_tool: dict
    odd_patient: dict


def _holds(text):
    """{("power", "knife"): 0.8, ...} of "power knife 0.8, ..."; without a number, all equally often."""
    words = [part.split() for part in text.split(",") if part]
    return {(grasp, thing): float(share[0]) if share else 1 / len(words) for grasp, thing, *share in words}


def _way(tool, patient, odd_tool="", odd_patient=""):
    return Way(*map(_holds, (tool, patient, odd_tool, odd_patient)))


_CUP, _BOWL = "power cup 0.8, precision cup 0.2", "flat bowl 0.8, power bowl 0.2"
WAYS = {
    "cut lemon": _way("power knife", "flat lemon 0.7, precision lemon 0.3", "power spoon", "power lemon"),
    "cut bread": _way("power knife", "flat bread 0.8, power bread 0.2", "", "precision bread"),
    "spread bread": _way("precision knife", "flat bread 0.9, power bread 0.1", "precision spoon"),
    "squeeze into cup": _way("power lemon", _CUP, "", "flat cup"),
    "squeeze into bowl": _way("power lemon", _BOWL),
    "pour into cup": _way("power jug", _CUP, "", "flat cup"),
    "pour into bowl": _way("power jug", _BOWL),
    "stir in cup": _way("precision spoon", "power cup", "precision knife, power spoon", "precision cup"),
    "stir in bowl": _way("precision spoon", _BOWL, "precision knife, power spoon"),
    "grip": _way(
        "precision knife 0.2, precision spoon 0.2, power jug 0.2, power cup 0.1, flat bowl 0.1, flat bread 0.1, "
        "precision lemon 0.1",
        "rest nothing",
        "power bread, power knife",
    ),
}
ACTIONS = tuple(WAYS)
RIGHT_HANDED = 0.8  # of all clips have the tool in the right hand
ODD = 0.08  # of all clips hold something oddly
SHORTEST, LONGEST = 3, 6  # clips of a recipe


def _book(vessels):
    drinks = [
        rule
        for vessel in vessels
        for rule in (
            Rule(f"drink in {vessel}", (f"sour in {vessel}", f"wet in {vessel}"), 0.55),
            Rule(f"drink in {vessel}", (f"wet in {vessel}", f"sour in {vessel}"), 0.1),
            Rule(f"drink in {vessel}", (f"wet in {vessel}",), 0.35),
            Rule(f"sour in {vessel}", ("cut lemon", f"squeeze into {vessel}"), 1),
            Rule(f"wet in {vessel}", (f"pour into {vessel}", f"stir in {vessel}"), 0.8),
            Rule(f"wet in {vessel}", (f"pour into {vessel}",), 0.2),
        )
    ]
    return (
        Rule("recipe", ("part", "recipe"), 0.45),
        Rule("recipe", ("part",), 0.55),
        Rule("part", ("drink",), 0.6),
        Rule("part", ("meal",), 0.25),
        Rule("part", ("grip",), 0.15),
        Rule("drink", ("drink in cup",), 0.6),
        Rule("drink", ("drink in bowl",), 0.4),
        Rule("meal", ("cut bread", "spread bread"), 0.7),
        Rule("meal", ("cut bread", "more butter"), 0.3),
        Rule("more butter", ("spread bread", "spread bread"), 1),
        *drinks,
    )


BOOK = _book(("cup", "bowl"))  # the rules by which recipes are written: what follows what


def random_recipe(rng, odd=ODD):
    """A recipe of the book, 3 to 6 clips, and how this cook holds things.

    rng     a numpy.random.Generator
    odd     the share of clips in which something is held oddly, from 0 to below 1
    return  a list of Step
    """
    rng, odd = as_generator("rng", rng), as_share("odd", odd)
    while True:
        actions = sentence(BOOK, "recipe", rng)
        if SHORTEST <= len(actions) <= LONGEST:
            return [performed(action, rng, odd) for action in actions]


def random_corpus(rng, count=300, odd=ODD):
    """So many recipes, to count in: a list of lists of Step."""
    return [random_recipe(rng, odd) for _ in range(as_whole("count", count, minimum=1))]


def performed(action, rng, odd=ODD):
    """One way to do an action: a Step. `rng` and `odd` as for `random_recipe`."""
    way = WAYS[as_choice("action", action, ACTIONS)]
    rng, odd = as_generator("rng", rng), as_share("odd", odd)
    held_oddly = [role for role in ("tool", "patient") if getattr(way, f"odd_{role}")]
    is_odd = held_oddly and rng.random() < odd
    oddly = held_oddly[int(rng.random() * len(held_oddly))] if is_odd else ""
    tool = one_of(way.odd_tool if oddly == "tool" else way.tool, rng)
    patient = one_of(way.odd_patient if oddly == "patient" else way.patient, rng)
    return Step(action, patient, tool) if rng.random() < RIGHT_HANDED else Step(action, tool, patient)


def as_step(name, value, *, needs_action=True):
    """A check, as those of checks.py: a Step of known words. Its action may be None, unless one is needed."""
    step = as_kind(name, value, Step)
    if needs_action or step.action is not None:
        as_choice(f"{name}.action", step.action, ACTIONS)
    return Step(step.action, *(as_words(f"{name}.{side}", getattr(step, side), GRASPS, THINGS) for side in SIDES))


def by_role(step):
    """(tool, patient, whether the tool is in the right hand): the tool is what some cook holds as one for it."""
    step = as_step("by_role: step", step)
    way = WAYS[step.action]
    is_right = step.right in way.tool | way.odd_tool and step.left in way.patient | way.odd_patient
    return (step.right, step.left, True) if is_right else (step.left, step.right, False)


def is_odd(step):
    """Whether one of its hands holds something as few do."""
    tool, patient, _ = by_role(as_step("is_odd: step", step))
    way = WAYS[step.action]
    return tool not in way.tool or patient not in way.patient


def all_actions():
    """The action for each pair of holds that any cook uses for one: a dict from (left, right)."""
    known = {}
    for action, way in WAYS.items():
        pairs = [
            (tool, patient)
            for tools, patients in ((way.tool, way.patient), (way.odd_tool, way.patient), (way.tool, way.odd_patient))
            for tool in tools
            for patient in patients
        ]
        for tool, patient in pairs:
            known.setdefault((tool, patient), action)
            known.setdefault((patient, tool), action)
    return known
