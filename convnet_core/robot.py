"""Chapter 15's robot: it carries out the steps that it understood, in a kitchen in which mistakes have consequences.

What happens hangs on the grasp, too: a bowl that is pinched falls, a knife that is pinched only scratches a loaf. Who
grips firmly uses the vacuum gripper, who pinches the parallel one, as Yang and others suggest for a humanoid with both
(2015); the flat one is this book's.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from convnet_core.checks import as_kind
from convnet_core.cooking import as_step

GRIPPERS = {
    "power": "vacuum gripper",
    "precision": "parallel gripper",
    "flat": "flat gripper",
    "rest": "gripper open",
}
BREAKABLE = ("jug", "cup", "bowl")
TOO_SLIPPERY = {"precision": ("jug", "bowl"), "flat": ("knife", "spoon", "jug")}  # to be held so


@dataclass(frozen=True)
class Scene:
    """The state of the kitchen.

    lemon       whole, halved or squeezed
    bread       a loaf, sliced, buttered or spoilt
    cup, bowl   what is in them: any of juice, water, and mixed if they were stirred
    jug         full or empty
    broken      what lies on the floor
    """

    lemon: str = "whole"
    bread: str = "loaf"
    cup: frozenset = frozenset()
    bowl: frozenset = frozenset()
    jug: str = "full"
    broken: frozenset = frozenset()

    def __str__(self):
        inside = {vessel: _told_inside(getattr(self, vessel)) for vessel in ("cup", "bowl")}
        told = {"lemon": self.lemon, "bread": self.bread, **inside, "jug": self.jug}
        told |= dict.fromkeys(self.broken, "broken")
        return ", ".join(f"{thing}: {state}" for thing, state in told.items())


def _told_inside(what):
    """What is in a vessel, in words: "juice and water, stirred"."""
    told = " and ".join(sorted(what - {"mixed"})) or "empty"
    return f"{told}, stirred" if "mixed" in what else told


def commands(step):
    """What a robot is told for a step: a list of sentences, one for each hand that takes something, and the action.

    The last one is None for a step that was not understood.
    """
    step = as_step("commands: step", step, needs_action=False)
    grips = [
        f"{side}: take the {thing}, {GRIPPERS[grasp]}"
        for side, (grasp, thing) in (("left", step.left), ("right", step.right))
        if thing != "nothing"
    ]
    return [*grips, step.action]


class Outcome(NamedTuple):
    """What came of a step: the Scene after it, what happened in words, and whether it was of any use."""

    scene: Scene
    words: str
    works: bool


def carry_out(scene, step):
    """Do what a step says, in a Scene: an Outcome. A step without an action is not understood, and nothing is done.

    If both hands hold the same thing, for networks err, the right one has it.
    """
    scene, step = as_kind("scene", scene, Scene), as_step("carry_out: step", step, needs_action=False)
    holds = {thing: grasp for grasp, thing in (step.left, step.right) if thing != "nothing"}
    lost = [thing for thing in holds if thing in scene.broken]
    if lost:
        return _fails(scene, f"the {lost[0]} lies broken")
    dropped = [thing for thing, grasp in holds.items() if thing in TOO_SLIPPERY.get(grasp, ())]
    if dropped:
        return _dropped(scene, dropped)
    if step.action is None:
        return _fails(scene, "does nothing: it did not understand")
    verb, target = step.action.split()[0], step.action.split()[-1]
    return DOES[verb](scene, holds, target)


def carried_out(steps, scene=None):
    """Do one step after the other: a list of Outcome, one for each. It begins in `scene`, or in a fresh kitchen."""
    outcomes = []
    for step in steps:
        scene = outcomes[-1].scene if outcomes else scene or Scene()
        outcomes.append(carry_out(scene, step))
    return outcomes


def _fails(scene, words):
    return Outcome(scene, words, False)


def _dropped(scene, things):
    broken = [thing for thing in things if thing in BREAKABLE]
    empty = {thing: "empty" if thing == "jug" else frozenset() for thing in broken}
    words = [f"drops the {thing}: broken" if thing in broken else f"the {thing} slips" for thing in things]
    return _fails(replace(scene, broken=scene.broken | set(broken), **empty), "; ".join(words))


# What each verb does: (scene, how things are held, to or into what) -> Outcome.


def _lacks(scene, holds, *wanted):
    """A failure if one of `wanted` is in no hand; else None. A tool is a knife or a spoon."""
    missing = next((thing for thing in wanted if not (_tool(holds) if thing == "tool" else thing in holds)), None)
    return _fails(scene, f"can't do it: there is no {missing} in its hands") if missing else None


def _tool(holds):
    return next((thing for thing in ("knife", "spoon") if thing in holds), None)


def _grip(scene, holds, _):
    if not holds:
        return _fails(scene, "has nothing to lift")
    named = " and ".join(f"the {thing}" for thing in holds)
    return Outcome(scene, f"lifts {named}, and puts {'it' if len(holds) == 1 else 'them'} back", True)


def _cut(scene, holds, what):
    if lacks := _lacks(scene, holds, what, "tool"):
        return lacks
    if holds[_tool(holds)] != "power":
        return _fails(scene, f"only scratches the {what}")
    if what == "bread" and scene.bread == "buttered":
        return _fails(replace(scene, bread="spoilt"), "cuts through the butter: the bread is spoilt")
    whole, cut = ("whole", "halved") if what == "lemon" else ("loaf", "sliced")
    if getattr(scene, what) != whole:
        return _fails(scene, f"the {what} is cut already")
    return Outcome(replace(scene, **{what: cut}), f"cuts the {what}", True)


def _spread(scene, holds, _):
    if lacks := _lacks(scene, holds, "bread", "tool"):
        return lacks
    if holds["bread"] == "precision":
        return _fails(replace(scene, bread="spoilt"), "the bread falls, butter side down")
    if holds[_tool(holds)] == "power":
        return _fails(replace(scene, bread="spoilt"), "presses too hard: the bread is torn")
    if scene.bread in ("loaf", "spoilt"):
        return _fails(scene, f"there is no slice: the bread is {'whole' if scene.bread == 'loaf' else 'spoilt'}")
    return Outcome(replace(scene, bread="buttered"), "butters the bread", True)


def _squeeze(scene, holds, vessel):
    if lacks := _lacks(scene, holds, "lemon", vessel):
        return lacks
    if holds["lemon"] != "power":
        return _fails(scene, "too weak a grip: nothing comes")
    if scene.lemon != "halved":
        return _fails(scene, f"nothing comes: the lemon is {scene.lemon}")
    return Outcome(_with(scene, vessel, "juice", lemon="squeezed"), f"squeezes the lemon into the {vessel}", True)


def _pour(scene, holds, vessel):
    if lacks := _lacks(scene, holds, "jug", vessel):
        return lacks
    if scene.jug == "empty":
        return _fails(scene, "the jug is empty")
    return Outcome(_with(scene, vessel, "water"), f"pours water into the {vessel}", True)


def _stir(scene, holds, vessel):
    if lacks := _lacks(scene, holds, "tool", vessel):
        return lacks
    if not getattr(scene, vessel):
        return _fails(scene, f"stirs, but the {vessel} is empty")
    return Outcome(_with(scene, vessel, "mixed"), f"stirs what is in the {vessel}", True)


def _with(scene, vessel, what, **more):
    """More in a vessel; what was mixed is not any more, if something is added."""
    return replace(scene, **{vessel: (getattr(scene, vessel) - {"mixed"}) | {what}}, **more)


DOES = {"grip": _grip, "cut": _cut, "spread": _spread, "squeeze": _squeeze, "pour": _pour, "stir": _stir}
