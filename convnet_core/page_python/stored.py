"""How the page reads an exercise's answers: `answers.py` has written them when the book was built.

An outcome is a line of text, such as `f2 2:1 0.5 nan -1` for an array of floats. A page reads a line when a checker
first asks for it.
"""

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Known, Large, Slip, Strange, Trouble

_KINDS = {"f": float, "i": int, "b": bool}


def array(text):
    """An array out of its line: letter of the kind, shape, values."""
    shape, _, values = text[1:].partition(":")
    return np.array([_value(text[0], each) for each in values.split()], _KINDS[text[0]]).reshape(
        [int(length) for length in shape.split()]
    )


def _value(kind, text):
    return float(text) if kind == "f" else int(text) if kind == "i" else text == "1"


def outcome(text):
    """An outcome out of its line."""
    kind, rest = text[0], text[1:]
    if kind in _KINDS:
        return array(text)
    if kind == "s":
        return rest.replace("\\n", "\n").replace("\\\\", "\\")
    if kind == "x":
        return Strange(rest)
    if kind == "t":
        return Trouble(rest, "")
    return Large(tuple([int(length) for length in rest.split()])) if kind == "l" else None


class Outcomes:
    """The outcomes of one function, case by case, read when they are asked for."""

    def __init__(self, pool, places):
        self._pool, self._places = pool, places

    def __getitem__(self, case):
        return self._pool[self._places[case]]


class Pool:
    """All different outcomes of an exercise."""

    def __init__(self, lines):
        self._lines, self._read = lines.split("\n"), {}

    def __getitem__(self, place):
        if place not in self._read:
            self._read[place] = outcome(self._lines[place])
        return self._read[place]


def exercise(lines, cases, right, slips, praise, tried):
    """An exercise as its checker takes it, with outcomes in place of functions.

    lines  all different outcomes, a line each
    cases  (arguments, words, trap) each
    right  the place of each case's wanted outcome among the lines, as text
    slips  (places, hint) each
    """
    pool = Pool(lines)

    def known(places):
        return Known(Outcomes(pool, [int(place) for place in places.split()]))

    return Exercise(
        known(right),
        [Case(*case) for case in cases],
        [Slip(known(places), hint) for places, hint in slips],
        praise,
        tried,
    )
