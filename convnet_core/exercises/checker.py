"""The one way an exercise is checked: try the reader's function, and name the slip that it shows.

A checker never stops with an error of its own: whatever the reader's function does, returns or
raises becomes a sentence that says what to look at next.
"""

from __future__ import annotations

import copy
import math
import re
import reprlib
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

LONGEST = 200  # letters of a foreign text in a hint
MOST = 10_000  # numbers in an answer that is compared


@dataclass(frozen=True)
class Case:
    """One call to try.

    arguments  what the function is handed
    words      how a hint names the call; without words, the call is written out: `my_map_size(9, 3, 1, 0)`
    trap       for a call that asks for more than the usual ones: the hint where these are right and this is not
    """

    arguments: tuple
    words: str = ""
    trap: str = ""


@dataclass(frozen=True)
class Slip:
    """A way to go wrong: what a function with this slip returns, and the hint that mends it."""

    returns: Callable
    hint: str


@dataclass(frozen=True)
class Exercise:
    """What a checker knows.

    right   the book's function: it gives the wanted answers
    cases   the calls to try
    slips   known ways to go wrong, the likeliest first
    praise  what is said after "Right."
    tried   what differs from case to case, in a word: "patch"
    """

    right: Callable
    cases: Sequence[Case]
    slips: Sequence[Slip]
    praise: str
    tried: str


@dataclass(frozen=True)
class Trouble:
    """What stands in place of an answer where there is none to compare."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class Strange:
    """An answer that is neither text nor numbers."""

    kind: str


@dataclass(frozen=True)
class Large:
    """An array with more numbers than any wanted answer has: it is named, and nothing in it is looked at."""

    shape: tuple


@dataclass(frozen=True)
class Trial:
    """A case with the wanted answer and the reader's, both as `outcome` gives them."""

    case: Case
    wanted: object
    answer: object


def check(function: Callable, exercise: Exercise) -> None:
    """Print "Right" and the praise, or "Not yet" and a hint."""
    hint = find_hint(function, exercise)
    answer = f"Right. {exercise.praise}" if hint is None else f"Not yet. {hint}"
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(answer.encode(encoding, "backslashreplace").decode(encoding))  # what it quotes may have any letters


def find_hint(function: Callable, exercise: Exercise) -> str | None:
    """The hint that helps most; None where all is right.

    A slip is named only if it explains every answer: of all the cases, or at least of all the usual ones
    (sizes written into the code may hide what it does in the others).
    """
    if not callable(function):
        return "Hand over the function itself: its name, without brackets."
    trials = [Trial(case, outcome(exercise.right, case), outcome(function, case)) for case in exercise.cases]
    wrong = [trial for trial in trials if not same(trial.answer, trial.wanted)]
    if not wrong:
        return None
    if all(trial.answer is None for trial in trials):
        return "Your function returned nothing. Does it end with `return`?"
    usual = [trial for trial in trials if not trial.case.trap]
    usual_is_right = all(trial.case.trap for trial in wrong)
    return (
        slip_of(trials, exercise.slips)
        or sameness([trial.answer for trial in trials], exercise.tried)
        or (f"{wrong[0].case.trap} {report(function, wrong[0])}" if usual_is_right else None)
        or slip_of(usual, exercise.slips)
        or report(function, wrong[0])
    )


def outcome(function: Callable, case: Case):
    """What a call gives: None, text, an array (a number is one without axes), or else Strange or Trouble."""
    arguments = copy.deepcopy(case.arguments)
    try:
        answer = function(*arguments)
    except (Exception, SystemExit) as problem:  # whatever it is, the reader is told and the notebook goes on
        said = shortened(traceback.format_exception_only(problem)[-1].strip())
        return Trouble(type(problem).__name__, f"your function stopped with {said}{advice(problem)}")
    if not all(map(untouched, arguments, case.arguments)):
        return Trouble("change", "your function changed what it was given. Work on a copy: `array.copy()`.")
    if answer is None:
        return None
    try:
        if isinstance(answer, str):
            return str(answer)
        shape = shape_of(answer)
        if math.prod(shape) > MOST:
            return Large(shape)
        numbers = np.array(answer)  # a copy, in case the next call writes into the same array
        if numbers.dtype.kind in "biufO":
            return numbers if numbers.dtype.kind == "b" else numbers.astype(float)
    except Exception:  # a ragged list, a number without end, an object that refuses
        pass
    return Strange(type(answer).__name__)


def shape_of(answer) -> tuple[int, ...]:
    """The shape of an array, or of lists of lists as far as their first parts tell, without a look at the rest."""
    shape = []
    while isinstance(answer, list | tuple | range) and len(answer):
        shape.append(len(answer))
        answer = answer[0]
    return (*shape, *(answer.shape if isinstance(answer, np.ndarray) else ()))


def advice(problem: BaseException) -> str:
    """What to do about an array's way with a list, or a list's way with an array; nothing on other errors."""
    if isinstance(problem, TypeError) and re.match("unsupported operand.*'list'", str(problem)):
        return ". Lists can't do that, arrays can: make them first, `np.array(...)`."
    if not isinstance(problem, AttributeError):
        return ""
    thing, name = problem.obj, problem.name or ""
    if isinstance(thing, bool) and hasattr(np.ndarray, name):
        return (
            f". One `{thing}` for all of them: that is how lists compare. "
            "Make arrays of both first, `np.array(...)`: they compare place by place."
        )
    if isinstance(thing, list | tuple | int | float) and hasattr(np.ndarray, name):
        return f". Only an array has `.{name}`: make one first, `np.array(...)`."
    if isinstance(thing, np.ndarray) and hasattr(list, name):
        return f". Only a list has `.{name}`: make one first, `list(...)`, or look for what numpy has instead."
    return ""


def shortened(text: str) -> str:
    """A foreign text, cut where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def untouched(after, before) -> bool:
    """Whether an argument is still what it was before the call."""
    if isinstance(before, dict):
        return after.keys() == before.keys() and all(untouched(after[name], before[name]) for name in before)
    return np.array_equal(after, before)


def same(a, b) -> bool:
    """Whether two outcomes agree: numbers to a millionth (so float32 will do) and in shape, troubles in kind."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(close(a, b).all())
    if isinstance(a, Trouble) and isinstance(b, Trouble):
        return a.kind == b.kind
    return type(a) is type(b) and a == b


def close(a, b):
    """Cell by cell, whether two arrays of one shape agree."""
    return np.isclose(a, b, rtol=1e-6, atol=1e-6)


def slip_of(trials: Sequence[Trial], slips: Sequence[Slip]) -> str | None:
    """The hint of the first slip that explains every answer."""
    for slip in slips:
        if all(same(trial.answer, outcome(slip.returns, trial.case)) for trial in trials):
            return slip.hint
    return None


def sameness(answers: list, tried: str) -> str | None:
    """The hint for a function that gives the same whatever it is handed; None for any other."""
    first, every = answers[0], f"for every {tried} that was tried"
    number = only_number(answers)
    alike = all(same(answer, first) for answer in answers)
    if isinstance(first, Trouble) or not (alike or number is not None):
        return None
    if np.ndim(first) == 0:
        what = f"gives {shown(first)} {every}"
    elif number is None:
        what = f"gives the same array {every}"
    else:
        what = f"gives {'the same array' if alike else 'an array'} {every}, and all its numbers are {shown(number)}"
    return f"Your function {what}. If the line of the stub is still there, put your code in its place."


def only_number(answers: list):
    """The one number of which all the answers consist; None where there are several, or other things."""
    if not all(isinstance(answer, np.ndarray) for answer in answers):
        return None
    numbers = np.unique(np.concatenate([answer.ravel() for answer in answers]))
    return numbers[0] if len(numbers) == 1 else None


def report(function: Callable, trial: Trial) -> str:
    """What happened in one case, in a sentence."""
    arguments = ", ".join(map(repr, trial.case.arguments))
    name = shortened(str(getattr(function, "__name__", "your_function")))
    call = trial.case.words or f"`{name}({arguments})`"
    if isinstance(trial.answer, Trouble):
        return f"For {call}: {trial.answer.sentence}"
    return f"For {call}: {difference(trial.answer, trial.wanted)}."


def difference(answer, wanted) -> str:
    """Where two outcomes part."""
    if isinstance(answer, str) != isinstance(wanted, str):
        pair = [f"the text {shown(one)}" if isinstance(one, str) else shown(one) for one in (wanted, answer)]
        return "wanted {}, yours is {}".format(*pair)
    if not isinstance(answer, np.ndarray) or answer.shape != wanted.shape:
        turned = " (rows come first, then columns)" if is_turned(answer, wanted) else ""
        return f"wanted {shown(wanted)}, yours is {shown(answer)}{turned}"
    place = tuple(np.argwhere(~close(answer, wanted))[0].tolist())
    where = f"at {list(place)} " if place else ""
    return where + "wanted {}, yours is {}".format(*told_apart(wanted[place], answer[place]))


def is_turned(answer, wanted) -> bool:
    """Whether an array has the wanted shape but for rows and columns, which have changed places."""
    shapes = [outcome.shape if isinstance(outcome, np.ndarray) else () for outcome in (answer, wanted)]
    return len(shapes[0]) > 1 and shapes[0] != shapes[1] == (*shapes[0][:-2], *shapes[0][:-3:-1])


def told_apart(wanted, answer) -> tuple[str, str]:
    """Two different numbers, with as many digits as it takes to see it."""
    digits = 4
    while shown(wanted, digits) == shown(answer, digits):
        digits += 1
    return shown(wanted, digits), shown(answer, digits)


def shown(outcome, digits=4) -> str:
    """An outcome as the reader would type it, numbers short."""
    if isinstance(outcome, Strange):
        return f"something of type `{shortened(outcome.kind)}`"
    if isinstance(outcome, Large):
        return f"an array of shape {outcome.shape}"
    if not isinstance(outcome, np.ndarray | np.generic):
        return reprlib.repr(outcome)
    if outcome.ndim:
        return f"an array of shape {outcome.shape}"
    return str(outcome) if outcome.dtype.kind == "b" else f"{outcome + 0.0:.{digits}g}"
