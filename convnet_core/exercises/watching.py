"""The exercises of chapter 15: from frames to words, from words to an action, and to a tree."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# What the frames of a clip say together


def check_votes(function) -> None:
    """Checks `function(probabilities)` -> the place of the word that all frames together hold for the likeliest."""
    check(function, VOTES)


def _votes(probabilities):
    return np.log(probabilities).sum(axis=0).argmax()


def _mean(probabilities):
    return probabilities.sum(axis=0).argmax()


def _majority(probabilities):
    return np.bincount(probabilities.argmax(axis=1), minlength=probabilities.shape[1]).argmax()


def _surest(probabilities):
    return probabilities.max(axis=0).argmax()


SURE_ONCE = np.array([[0.01, 0.9, 0.09], [0.5, 0.4, 0.1], [0.5, 0.4, 0.1]])
ONE_VETO = np.array([[0.9, 0.09, 0.01], [0.9, 0.09, 0.01], [0.001, 0.5, 0.499]])

VOTES = Exercise(
    right=_votes,
    cases=[
        Case((SURE_ONCE,), "three frames, of which two lean to the first word and one is sure of the second"),
        Case((ONE_VETO,), "three frames, of which one holds the first word for all but impossible"),
        Case((np.array([[0.2, 0.3, 0.5], [0.3, 0.2, 0.5], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5]]),), "four frames"),
        Case((np.array([[0.05, 0.15, 0.2, 0.6]]),), "a single frame"),
        Case((np.array([[0.1, 0.5, 0.4], [0.1, 0.5, 0.4], [0.44, 0.01, 0.55]]),), "three frames and three words"),
    ],
    slips=[
        Slip(_majority, "You count which word each frame prefers. That forgets how sure each was: add up logs."),
        Slip(_mean, "You add up probabilities. For frames that err apart, they are multiplied: the sum of their logs."),
        Slip(_surest, "You listen to the surest frame alone. All frames count: the sum over `axis=0`."),
        Slip(lambda p: np.log(p).sum(axis=0).argmin(), "That is the word that is least likely."),
        Slip(lambda p: np.log(p).sum(axis=1).argmax(), "You sum over words. Sum over frames: `axis=0`."),
        Slip(lambda p: np.log(p).sum(axis=0).max(), "That is its log. Wanted is which word it is: `argmax`."),
        Slip(lambda p: np.log(p).sum(axis=0), "Those are the sums, one for each word. Wanted is the place of the largest: `argmax`."),
        Slip(lambda p: p.prod(axis=0), "Those are the products, one for each word. Wanted is the place of the largest: `argmax`."),
        Slip(lambda p: np.log(p).argmax(), "You take the largest single number. First sum over the frames: `sum(axis=0)`."),
    ],
    praise="A frame that is sure counts for more than one that wavers. To multiply is right for frames that err apart; those of one clip do not, so the book lets each count 0.4.",
    tried="clip",
)

# Which action goes with what two hands hold


def check_action(function) -> None:
    """Checks `function(counts, likely)` -> the place of the likeliest action."""
    check(function, ACTION)


def _shares(counts):
    return counts / counts.sum(axis=1, keepdims=True)


def _action(counts, likely):
    return (counts.sum(axis=1) / counts.sum() * (_shares(counts) @ likely)).argmax()


def _without_how_often(counts, likely):
    return (_shares(counts) @ likely).argmax()


def _hard(counts, likely):
    return counts[:, likely.argmax()].argmax()


def _most_frequent(counts, likely):
    return counts.sum(axis=1).argmax()


CUT_OR_SPREAD = np.array([[18.0, 2.0, 0.0], [1.0, 16.0, 3.0], [0.0, 1.0, 9.0]])

ACTION = Exercise(
    right=_action,
    cases=[
        Case((CUT_OR_SPREAD, np.array([0.7, 0.2, 0.1])), "a hold that the networks are fairly sure of"),
        Case((CUT_OR_SPREAD, np.array([0.46, 0.5, 0.04])), "two holds that are nearly as likely"),
        Case((np.array([[30.0, 10.0], [0.0, 10.0]]), np.array([0.3, 0.7])), "two actions, one of them four times as frequent"),
        Case((np.array([[8.0, 2.0, 0.0], [0.0, 12.0, 3.0], [0.0, 4.0, 16.0]]), np.array([0.2, 0.35, 0.45])), "three holds that are all possible"),
        Case((np.array([[6.0, 0.0, 4.0], [0.0, 9.0, 1.0]]), np.array([0.35, 0.4, 0.25])), "two actions and three holds"),
    ],
    slips=[
        Slip(_hard, "You decide on the likeliest hold first. Keep all of them: each counts as much as it is likely."),
        Slip(_without_how_often, "You leave out how often each action is met: its row's sum, as a share of all counts."),
        Slip(_most_frequent, "That is the most frequent action, whatever was seen. Multiply by `likely`."),
        Slip(lambda c, p: (c @ p).argmin(), "That is the action that is least likely."),
        Slip(lambda c, p: (c @ p).max(), "That is its number. Wanted is which action it is: `argmax`."),
        Slip(lambda c, p: c @ p, "Those are the numbers, one for each action. Wanted is the place of the largest: `argmax`."),
    ],
    praise="Counts times beliefs, and the largest wins: `(counts @ likely).argmax()`, for the row's sum cancels. A word that the networks held for the second best may win.",
    tried="table of counts",
)

# One cell of the parser's table


def check_cell(function) -> None:
    """Checks `function(left, right, rules)` -> how likely each symbol is, made of a left part and a right part."""
    check(function, CELL)


def _cell(left, right, rules):
    return (rules * left[:, np.newaxis] * right).max(axis=(1, 2))


def _summed(left, right, rules):
    return (rules * left[:, np.newaxis] * right).sum(axis=(1, 2))


def _likeliest_parts(left, right, rules):
    return rules[:, left.argmax(), right.argmax()] * left.max() * right.max()


def _turned(left, right, rules):
    return (rules * right[: rules.shape[1], np.newaxis] * left[: rules.shape[2]]).max(axis=(1, 2))


TWO_RULES = np.array([[[0.0, 0.8], [0.0, 0.0]], [[0.0, 0.0], [0.6, 0.1]]])

CELL = Exercise(
    right=_cell,
    cases=[
        Case((np.array([0.5, 0.25]), np.array([0.5, 0.125]), TWO_RULES), "two symbols that are made of two each"),
        Case((np.array([0.125, 0.75]), np.array([0.25, 0.5]), TWO_RULES), "the same rules, and other parts"),
        Case((np.array([1.0, 0.0]), np.array([0.0, 1.0]), TWO_RULES), "parts of which each is certain"),
        Case((np.array([0.25, 0.5]), np.array([0.5, 0.25]), np.array([[[0.25, 0.5], [0.75, 0.25]]])), "a symbol that four rules can make"),
    ],
    slips=[
        Slip(_summed, "You add up all ways to make a symbol. Wanted is its best way alone: `max`."),
        Slip(_turned, "Left and right are exchanged: `rules[symbol, left part, right part]`."),
        Slip(_likeliest_parts, "You take the likeliest part of each side. No rule may join those: try all pairs."),
        Slip(lambda l, r, rules: rules.max(axis=(1, 2)), "You leave out how likely the parts are: each rule is multiplied by both."),
        Slip(lambda l, r, rules: (rules * l[:, np.newaxis]).max(axis=(1, 2)), "The right part is missing from the product."),
        Slip(lambda l, r, rules: (rules * r).max(axis=(1, 2)), "The left part is missing from the product."),
        Slip(lambda l, r, rules: (rules * l[:, np.newaxis] * r).max(), "That is the best of all symbols. Wanted is one number for each symbol."),
        Slip(lambda l, r, rules: (rules * l[:, np.newaxis] * r), "Those are all ways. Keep the best one for each symbol: `max(axis=(1, 2))`."),
    ],
    praise="That is the whole parser: short pieces first, then longer ones out of two, and of each only the best way is kept.",
    tried="pair of parts",
)
