"""The exercises of chapter 0, a toy ConvNet."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import LETTERS


def verdict(votes):
    """The letter with the higher vote."""
    return LETTERS[int(np.argmax(votes))]


def votes_of(values, weights, bias):
    """What a fully connected layer gives: (C,) from values (N,), weights (C, N) and bias (C,)."""
    return weights @ values + bias


def accuracy(answers, labels):
    """The share of answers that are right."""
    return float(np.mean(np.array(answers) == np.array(labels)))


def check_verdict(function) -> None:
    """Checks `function(votes)` -> "X" or "O"."""
    check(function, VERDICT)


VERDICT = Exercise(
    right=verdict,
    cases=[Case((np.array(votes),)) for votes in ([1.05, -0.05], [0.3, 0.7], [-0.2, 1.2], [0.92, 0.51], [0.52, 0.48], [-0.3, -0.1], [0.6, 0.9])],
    slips=[
        Slip(lambda v: verdict(-v), "The other way round: `votes[0]` is the vote for X, `votes[1]` the vote for O, and the higher one wins."),
        Slip(lambda v: int(np.argmax(v)), 'That is the number of the winner. Return its letter: "X" for 0, "O" for 1.'),
        Slip(lambda v: float(np.max(v)), 'That is the higher vote. Return the letter that got it, "X" or "O".'),
        Slip(lambda v: "X" if v[0] > 0.5 else "O", "Both votes can be high, and both can be low. Compare them with each other, not with 0.5."),
        Slip(lambda v: "O" if v[1] > 0.5 else "X", "Both votes can be high, and both can be low. Compare them with each other, not with 0.5."),
        Slip(lambda v: "X" if v[0] > 0 else "O", "A vote above 0 is not enough: it must be higher than the other one."),
        Slip(lambda v: "X" if abs(v[0]) > abs(v[1]) else "O", "A vote far below zero is a strong no. Compare the votes with their signs."),
        Slip(lambda v: verdict(v).lower(), 'Nearly: the letters are capital ones, "X" and "O".'),
        Slip(lambda v: bool(v[0] > v[1]), 'True or False says who is ahead. Return the letter itself, "X" or "O".'),
    ],
    praise="The higher vote wins, however small the lead.",
    tried="pair of votes",
)


def check_votes(function) -> None:
    """Checks `function(values, weights, bias)` -> the votes (C,)."""
    check(function, VOTES)


SMALL = (np.array([1.0, 0.5, 0.0]), np.array([[0.4, -0.2, 0.3], [-0.6, 0.8, 0.1]]), np.array([0.25, 0.75]))
LARGER = (np.array([0.5, 1.0, 2.0, -1.0]), np.array([[1.0, 0, -0.5, 0.2], [0.3, -1, 0.4, 2]]), np.array([-1.0, 0.5]))
SQUARE = (np.array([2.0, 1.0]), np.array([[1.0, 3.0], [-0.5, 0.25]]), np.array([0.1, 0.2]))
THREE = (np.array([1.0, -2.0]), np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([0.5, 0, -0.5]))

VOTES = Exercise(
    right=votes_of,
    cases=[
        Case(SMALL, "three values"),
        Case(LARGER, "four values"),
        Case(SQUARE, "two values and two votes"),
        Case(THREE, "two values and three votes", "Your code works for two votes, not for three: take their number from `weights` or `bias`."),
    ],
    slips=[
        Slip(lambda v, w, b: w @ v, "The bias is missing: each vote begins with its own."),
        Slip(lambda v, w, b: w @ v - b, "The bias is added, not taken away."),
        Slip(lambda v, w, b: (w @ v) * b, "The bias is added, not multiplied."),
        Slip(lambda v, w, b: w * v, "Those are the products. Add up each row of them, and add the bias."),
        Slip(lambda v, w, b: (w * v).sum() + b, "You added up all the products. Each vote has a row of weights of its own: add up each row by itself."),
        Slip(lambda v, w, b: (w * v).sum(), "You added up all the products, and the bias is missing. Each vote has a row of weights of its own: add up each row by itself."),
        Slip(lambda v, w, b: (w * v).mean(axis=1) + b, "You took the mean of each row. A vote is the sum."),
        Slip(lambda v, w, b: w.sum(axis=1) * v.sum() + b, "Multiply first, each value with its own weight, and then add up."),
        Slip(lambda v, w, b: w.sum(axis=1) + b, "The values are missing: multiply each weight with its value before you add up."),
        Slip(lambda v, w, b: (w @ v + b)[0], "That is the first vote alone. Return all of them, as an array."),
        Slip(lambda v, w, b: w[0] @ v + b, "Every vote got the first row of weights. Each has a row of its own."),
        Slip(lambda v, w, b: np.sum(w @ v + b), "You added the votes to each other. Return one for each row of `weights`, as an array."),
        Slip(lambda v, w, b: verdict((w @ v + b)[:2]), "That is the verdict. Return the votes themselves, as an array."),
        Slip(lambda v, w, b: (w @ v + b)[:, np.newaxis], "Your votes stand in a column. Return an array of one axis, with one number for each vote."),
    ],
    praise="This is a whole fully connected layer.",
    tried="set of values",
)


def check_accuracy(function) -> None:
    """Checks `function(answers, labels)` -> the share of right answers, from 0 to 1."""
    check(function, ACCURACY)


def _letters(text):
    return list(text)


ACCURACY = Exercise(
    right=accuracy,
    cases=[
        Case((_letters("XOXO"), _letters("XOXX")), "four letters, three of them right"),
        Case((_letters("XXXXX"), _letters("XOXOO")), "five letters, two of them right"),
        Case((_letters("OXO"), _letters("OXO")), "three letters, all right"),
        Case((_letters("XO"), _letters("OX")), "two letters, none right"),
        Case((_letters("OOXXOXOX"), _letters("OXXXOOOX")), "eight letters, six of them right"),
    ],
    slips=[
        Slip(lambda a, b: 1 - accuracy(a, b), "That is the share of wrong answers. Count the right ones."),
        Slip(lambda a, b: round(accuracy(a, b) * len(a)), "That is how many are right. Divide by how many there are: `len(labels)`."),
        Slip(lambda a, b: 100 * accuracy(a, b), "That is in percent. Return a share from 0 to 1."),
        Slip(lambda a, b: accuracy(a, b) * len(a) / 100, "Divide by how many answers there are, `len(labels)`, not by 100."),
        Slip(lambda a, b: accuracy(a, b) / 2, "Half of the share: divide by the number of answers, `len(labels)`, and by nothing else."),
        Slip(lambda a, b: float(list(a) == list(b)), "You compared the two lists as a whole. Compare them letter by letter, and count."),
        Slip(lambda a, b: float(sum(answer == "X" for answer in a) / len(a)), "That is the share of X's among the answers. Compare each answer with its label."),
        Slip(lambda a, b: len(set(a) & set(b)) / len(set(b)), "Sets forget the order. Compare each answer with the label at the same place."),
        Slip(lambda a, b: [one == other for one, other in zip(a, b, strict=True)], "Those are the comparisons. Count the True ones, and divide by how many there are."),
        Slip(lambda a, b: round(accuracy(a, b)), "You rounded to a whole number. Return the share itself."),
    ],
    praise="The toy network was judged in the same way.",
    tried="list of answers",
)
