"""The exercises of chapter 0: typical slips get the hint that mends them, and other right ways are right."""

import numpy as np
import pytest

from convnet_core.exercises import checker, intro

EVERY_SLIP = [
    pytest.param(exercise, slip, id=f"{name}-{number}")
    for name, exercise in vars(intro).items()
    if isinstance(exercise, checker.Exercise)
    for number, slip in enumerate(exercise.slips)
]


@pytest.mark.parametrize(("exercise", "slip"), EVERY_SLIP)
def test_the_cases_tell_every_slip_from_every_other(exercise, slip):
    assert checker.find_hint(slip.returns, exercise) == slip.hint


def votes_in_loops(values, weights, bias):
    votes = []
    for row, start in zip(weights, bias, strict=True):
        vote = start
        for value, weight in zip(values, row, strict=True):
            vote = vote + value * weight
        votes.append(vote)
    return votes


def accuracy_in_a_loop(answers, labels):
    right = 0
    for answer, label in zip(answers, labels, strict=True):
        right += answer == label
    return right / len(labels)


RIGHT = [
    (intro.check_verdict, lambda votes: "X" if votes[0] > votes[1] else "O"),
    (intro.check_verdict, lambda votes: ["X", "O"][np.argmax(votes)]),
    (intro.check_votes, votes_in_loops),
    (intro.check_votes, lambda values, weights, bias: (weights * values).sum(axis=1) + bias),
    (intro.check_votes, lambda values, weights, bias: values @ weights.T + bias),
    (intro.check_accuracy, accuracy_in_a_loop),
    (intro.check_accuracy, lambda answers, labels: np.mean(np.array(answers) == np.array(labels))),
]


@pytest.mark.parametrize(("check", "function"), RIGHT)
def test_another_right_way_is_right(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


WRONG = [
    (intro.check_verdict, lambda votes: "O" if votes[0] > votes[1] else "X", "The other way round"),
    (intro.check_verdict, lambda votes: "X" if votes[0] > 0.5 else "O", "not with 0.5"),
    (intro.check_verdict, lambda votes: "x" if votes[0] > votes[1] else "o", "capital ones"),
    (intro.check_verdict, lambda votes: votes.argmax(), "Return its letter"),
    (intro.check_verdict, lambda votes: "X", "gives 'X' for every pair of votes"),
    (intro.check_verdict, lambda votes: print(end=""), "returned nothing"),
    (intro.check_votes, lambda values, weights, bias: weights.dot(values), "The bias is missing"),
    (intro.check_votes, lambda values, weights, bias: weights * values + bias, "operands could not be broadcast"),
    (intro.check_votes, lambda values, weights, bias: sum(values * weights[0]) + bias, "a row of its own"),
    (intro.check_votes, lambda v, w, b: [w[0] @ v + b[0], w[1] @ v + b[1]], "works for two votes, not for three"),
    (intro.check_votes, lambda v, w, b: "XO"[np.argmax((w @ v + b)[:2])], "That is the verdict"),
    (intro.check_accuracy, lambda answers, labels: answers == labels, "letter by letter"),
    (intro.check_accuracy, lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)), "Divide by how many there are"),
    (intro.check_accuracy, lambda a, b: np.mean(np.array(a) != np.array(b)), "share of wrong answers"),
    (intro.check_accuracy, lambda a, b: 100 * np.mean(np.array(a) == np.array(b)), "from 0 to 1"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "function", "hint"), WRONG)
def test_a_slip_gets_its_hint(check, function, hint, capsys):
    check(function)
    said = capsys.readouterr().out
    assert said.startswith("Not yet. ")
    assert hint in said
