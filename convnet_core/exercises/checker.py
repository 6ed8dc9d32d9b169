"""The one way an exercise is checked: try the reader's function, and name the slip that it shows.

A checker never stops with an error of its own: whatever the reader's function does, returns or
raises becomes a sentence that says what to look at next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np


@dataclass(frozen=True)
class Slip:
    """A way to go wrong: what a function with this slip returns, and the hint that mends it."""

    returns: Callable
    hint: str


def check(function: Callable, right: Callable, cases: Sequence[tuple], slips: Sequence[Slip], praise: str) -> None:
    """Print "Right" and the praise, or "Not yet" and a hint.

    function  the reader's
    right     the book's: called with the same arguments, it gives the wanted answer
    cases     arguments to try, a tuple a call
    slips     known ways to go wrong, the likeliest first
    """
    hint = find_hint(function, right, cases, slips)
    print(f"Right. {praise}" if hint is None else f"Not yet. {hint}")


def find_hint(function: Callable, right: Callable, cases: Sequence[tuple], slips: Sequence[Slip]) -> str | None:
    """The hint for the first call that goes wrong; None where all is right."""
    answers = []
    for case in cases:
        arguments = [np.array(part) if isinstance(part, np.ndarray) else part for part in case]
        try:
            answers.append(function(*arguments))
        except Exception as problem:  # whatever it is, the reader is told and the notebook goes on
            return f"Your function stopped with {type(problem).__name__}: {problem}"
        if not all(same(after, before) for after, before in zip(arguments, case, strict=True)):
            return "Your function changed the array that it was given. Work on a copy: `array.copy()`."
    if all(answer is None for answer in answers):
        return "Your function returned nothing. Does it end with `return`?"
    wanted = [right(*case) for case in cases]
    if all(map(same, answers, wanted)):
        return None
    for slip in slips:
        if all(same(answer, slip.returns(*case)) for answer, case in zip(answers, cases, strict=True)):
            return slip.hint
    if all(same(answer, answers[0]) for answer in answers):
        return f"Your function gives {shown(answers[0])} whatever it is handed. Put your code in the place of the stub."
    first = next(which for which, answer in enumerate(answers) if not same(answer, wanted[which]))
    return difference(answers[first], wanted[first])


def same(a, b) -> bool:
    """Equal: arrays and numbers to 1e-9 and in shape, text and all else by ==."""
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a == b
    try:
        left, right = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    except (TypeError, ValueError):
        return type(a) is type(b) and a == b
    return left.shape == right.shape and np.allclose(left, right, 0, 1e-9)


def difference(answer, wanted) -> str:
    """Where an answer and the wanted one part, in a sentence."""
    try:
        shape = np.shape(np.asarray(answer, dtype=float))
    except (TypeError, ValueError):
        return f"Wanted {shown(wanted)}, yours is {shown(answer)}."
    if isinstance(wanted, str) or shape == () == np.shape(wanted):
        return f"Wanted {shown(wanted)}, yours is {shown(answer)}."
    if shape != np.shape(wanted):
        return f"Wanted the shape {np.shape(wanted)}, yours is {shape}."
    place = tuple(int(at) for at in np.argwhere(~np.isclose(answer, wanted, 0, 1e-9))[0])
    index = ", ".join(map(str, place))
    return f"At [{index}] wanted {shown(np.asarray(wanted)[place])}, yours is {shown(np.asarray(answer)[place])}."


def shown(value) -> str:
    """A value as the reader would type it, numbers short."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Real) and not isinstance(value, bool):
        return f"{float(value):.4g}"
    return repr(value)
