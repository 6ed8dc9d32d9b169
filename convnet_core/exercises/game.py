"""The exercises of chapter 14: a game from pixels and points."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# What a game's points are worth from here on


def check_worth(function) -> None:
    """Checks `function(points, discount)` -> for each step, its points and all that follow, discounted."""
    check(function, WORTH)


def _worth(points, discount):
    worths, after = np.zeros(len(points)), 0.0
    for step in range(len(points) - 1, -1, -1):
        after = points[step] + discount * after
        worths[step] = after
    return worths


def _without_discount(points, discount):
    return _worth(points, 1)


def _forwards(points, discount):
    worths, before = np.zeros(len(points)), 0.0
    for step in range(len(points)):
        before = points[step] + discount * before
        worths[step] = before
    return worths


def _only_the_next(points, discount):
    worths = np.zeros(len(points))
    for step in range(len(points)):
        after = points[step + 1] if step + 1 < len(points) else 0
        worths[step] = points[step] + discount * after
    return worths


def _without_its_own(points, discount):
    worths = _worth(points, discount)
    return np.array([discount * worths[step + 1] if step + 1 < len(points) else 0.0 for step in range(len(points))])


def _own_discounted(points, discount):
    return discount * _worth(points, discount)


def _once_discounted(points, discount):
    worths = np.zeros(len(points))
    for step in range(len(points)):
        after = 0.0
        for later in range(step + 1, len(points)):
            after = after + points[later]
        worths[step] = points[step] + discount * after
    return worths


def _from_the_start(points, discount):
    return np.array([discount**step * points[step] for step in range(len(points))])


WORTH = Exercise(
    right=_worth,
    cases=[
        Case((np.array([0.0, 0.0, 1.0]), 0.5)),
        Case((np.array([1.0, 0.0, 0.0, -1.0]), 0.9)),
        Case((np.array([0.0, 1.0, 1.0, 0.0, 2.0]), 0.5)),
        Case((np.array([3.0, -2.0]), 0.0), trap="With a discount of 0 nothing of later counts: what is left are a step's own points."),
    ],
    slips=[
        Slip(_without_discount, "The discount is missing: a point of the next step is worth `discount` of a point now."),
        Slip(_forwards, "You add up what came before. What a step is worth lies ahead: go from the end to the beginning."),
        Slip(_only_the_next, "You look one step ahead. What comes after that counts too, discounted once more for each step."),
        Slip(_without_its_own, "The step's own points are missing: they count in full."),
        Slip(_own_discounted, "A step's own points count in full. Only what follows is discounted."),
        Slip(_once_discounted, "All that follows is discounted once. It must be once for each step that it lies ahead."),
        Slip(_from_the_start, "That is each step's points, discounted from the start of the game. Wanted is, for each step, itself and all that follows."),
        Slip(lambda points, discount: _worth(points, discount)[0], "That is what the first step is worth. Return it for every step."),
        Slip(lambda points, discount: _worth(points, discount)[::-1], "Right, in the other order: the first step first."),
    ],
    praise="Each step's worth is its points plus the discounted worth of the next one. Q-learning puts its best guess in place of that worth.",
    tried="game",
)

# What an action should have been worth


def check_targets(function) -> None:
    """Checks `function(points, following, is_over, discount)` -> what each action should have been worth."""
    check(function, TARGETS)


def _targets(points, following, is_over, discount):
    return points + discount * np.where(is_over, 0.0, following.max(axis=1))


def _after_the_end(points, following, is_over, discount):
    return points + discount * following.max(axis=1)


def _nothing_at_the_end(points, following, is_over, discount):
    return np.where(is_over, 0.0, _targets(points, following, is_over, discount))


def _only_at_the_end(points, following, is_over, discount):
    return points + discount * np.where(is_over, following.max(axis=1), 0.0)


def _largest_of_all(points, following, is_over, discount):
    return points + discount * np.where(is_over, 0.0, following.max())


def _mean(points, following, is_over, discount):
    return points + discount * np.where(is_over, 0.0, following.mean(axis=1))


def _undiscounted(points, following, is_over, discount):
    return _targets(points, following, is_over, 1)


def _which_action(points, following, is_over, discount):
    return points + discount * np.where(is_over, 0.0, following.argmax(axis=1))


def _points_discounted(points, following, is_over, discount):
    return discount * _targets(points, following, is_over, 1)


A_GAME = np.array([[0.5, 2.0, -1.0], [3.0, 1.0, 2.0], [4.0, 0.25, 0.0]])

TARGETS = Exercise(
    right=_targets,
    cases=[
        Case((np.array([0.0, 1.0, 0.0]), A_GAME, np.array([False, False, False]), 0.5), "three steps, none of them the last"),
        Case((np.array([0.0, -1.0, 1.0]), A_GAME, np.array([False, False, True]), 0.9), "three steps, the third of them the last"),
        Case((np.array([1.0, -1.0]), np.array([[-1.0, -2.0], [-0.5, -3.0]]), np.array([True, False]), 0.5), "two actions, and no good ones"),
    ],
    slips=[
        Slip(_after_the_end, "Where the game is over, nothing comes after: only the points count."),
        Slip(_nothing_at_the_end, "The last step has points, too. Only what comes after it is 0."),
        Slip(_only_at_the_end, "The other way round: where `is_over` is true, nothing comes after."),
        Slip(_largest_of_all, "You took the largest of all steps. Each step has its own situation after it: the largest of each row, `axis=1`."),
        Slip(_mean, "The best that can be done counts, not the mean: one will choose the best action there."),
        Slip(_undiscounted, "The discount is missing: what comes after is worth `discount` of it now."),
        Slip(_which_action, "That is which action is best, its number. Wanted is what it is worth: `max`."),
        Slip(_points_discounted, "Points that came now count in full. Only what comes after is discounted."),
        Slip(lambda p, f, o, d: d * np.where(o, 0.0, f.max(axis=1)), "The points are missing. They are the only part of it that is known."),
        Slip(lambda p, f, o, d: p - d * np.where(o, 0.0, f.max(axis=1)), "What comes after is added."),
    ],
    praise="The points are known, the rest is the network's own guess. Nobody could be sure that it would work.",
    tried="handful of steps",
)

# Try something, now and then


def check_choice(function) -> None:
    """Checks `function(worths, share, chance, other)` -> the action to take."""
    check(function, CHOICE)


def _choice(worths, share, chance, other):
    return other if chance < share else worths.argmax()


def _always_best(worths, share, chance, other):
    return worths.argmax()


def _always_other(worths, share, chance, other):
    return other


def _turned_round(worths, share, chance, other):
    return worths.argmax() if chance < share else other


def _worst(worths, share, chance, other):
    return other if chance < share else worths.argmin()


def _the_worth(worths, share, chance, other):
    return other if chance < share else worths.max()


CHOICE = Exercise(
    right=_choice,
    cases=[
        Case((np.array([0.1, 0.7, 0.3]), 0.2, 0.9, 2)),
        Case((np.array([0.1, 0.7, 0.3]), 0.2, 0.1, 0)),
        Case((np.array([-3.0, -1.5, -1.0]), 0.5, 0.6, 0)),
        Case((np.array([2.0, 0.5]), 0.5, 0.4, 1)),
        Case((np.array([0.1, 0.2, 0.9]), 0.0, 0.0, 1), trap="With a share of 0 nothing is left to chance, even where `chance` is 0: `chance < share`."),
        Case((np.array([0.1, 0.2, 0.9]), 1.0, 0.99, 1), trap="With a share of 1 all is left to chance."),
    ],
    slips=[
        Slip(_always_best, "Always the best, as far as one knows: then nothing new is ever tried. Where `chance` is below `share`, take `other`."),
        Slip(_always_other, "That is always left to chance. Only where `chance` is below `share`."),
        Slip(_turned_round, "The other way round: `chance` is below `share` in a share of all cases, and those are for trying."),
        Slip(_worst, "Take the action that is worth most, not least."),
        Slip(_the_worth, "That is what the best action is worth. Return the action, its number: `argmax`."),
        Slip(lambda w, s, c, o: o if c <= s else w.argmax(), "With a share of 0 nothing may be left to chance: `<`, and not `<=`."),
    ],
    praise="The field calls it epsilon-greedy: greedy, but for a share called epsilon.",
    tried="situation",
)
