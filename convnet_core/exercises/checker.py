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

    returns: Callable | Known
    hint: str


@dataclass(frozen=True)
class Known:
    """A function of which only the outcomes are left, one for each case: what a page has in place of the code."""

    outcomes: Sequence


@dataclass(frozen=True)
class Exercise:
    """What a checker knows.

    right   the book's function: it gives the wanted answers
    cases   the calls to try
    slips   known ways to go wrong, the likeliest first
    praise  what is said after "Right."
    tried   what differs from case to case, in a word: "patch"
    """

    right: Callable | Known
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
    """A case, its place among all of them, the wanted answer and the reader's, both as `outcome` gives them."""

    place: int
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
    trials = [
        Trial(place, case, outcome_at(place, exercise.right, case), outcome(function, case))
        for place, case in enumerate(exercise.cases)
    ]
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


def outcome_at(place: int, function: Callable | Known, case: Case):
    """What a call gives in the case at a place, without a call where that is known."""
    return function.outcomes[place] if isinstance(function, Known) else outcome(function, case)


def outcome(function: Callable, case: Case):
    """What a call gives: None, text, an array (a number is one without axes), or else Strange or Trouble."""
    arguments = copy.deepcopy(case.arguments)
    try:
        answer = function(*arguments)
    except (Exception, SystemExit) as problem:  # whatever it is, the reader is told and the notebook goes on
        said = shortened(traceback.format_exception_only(problem)[-1].strip())
        line = line_in(function, problem)
        where = f" in line {line}" if line else ""
        return Trouble(type(problem).__name__, f"your function stopped{where} with {said}{advice(said)}")
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


def line_in(function: Callable, problem: BaseException) -> int:
    """The line, in its file or its cell, at which a function stopped; 0 for one that is not written in Python."""
    file = getattr(getattr(function, "__code__", None), "co_filename", "")
    lines = [line for frame, line in traceback.walk_tb(problem.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 0


def shape_of(answer) -> tuple[int, ...]:
    """The shape of an array, or of lists of lists as far as their first parts tell, without a look at the rest."""
    shape = []
    while isinstance(answer, list | tuple | range) and len(answer):
        shape.append(len(answer))
        answer = answer[0]
    return (*shape, *(answer.shape if isinstance(answer, np.ndarray) else ()))


def advice(said: str) -> str:
    """What to do about a name that nothing has, or where arrays and lists are mixed up; nothing on other errors."""
    if re.match("TypeError: unsupported operand.*'list'", said):
        return ". Lists can't do that, arrays can: make them first, `np.array(...)`."
    unknown = re.match(r"NameError: name '(\w+)' is not defined", said)
    if unknown:
        name = unknown.group(1)
        return f". Write `import {name}` first." if name == "math" else f". Is `{name}` spelled as where it was made?"
    if re.match("ValueError: The truth value of an array with more than one element", said):
        return " `if` asks once, and an array has many answers: `np.where` and `np.maximum` ask each number."
    if re.match(r"TypeError: (data type \d+ not understood|Cannot interpret '\d+' as a data type)", said):
        return ". A shape has brackets of its own: `np.zeros((rows, columns))`."
    missing = re.match(r"AttributeError: '([\w.]+)' object has no attribute '(\w+)'", said)
    if not missing:
        return ""
    thing, name = missing.group(1), missing.group(2)
    if thing == "bool" and hasattr(np.ndarray, name):
        return (
            ". One True or False for all of them: that is how lists compare. "
            "Make arrays of both first, `np.array(...)`: they compare place by place."
        )
    if thing in ("list", "tuple", "int", "float") and hasattr(np.ndarray, name):
        return f". Only an array has `.{name}`: make one first, `np.array(...)`."
    if thing == "numpy.ndarray" and hasattr(list, name):
        return f". Only a list has `.{name}`: make one first, `list(...)`, or look for what numpy has instead."
    return ""


def shortened(text: str) -> str:
    """A foreign text, cut where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def untouched(after, before) -> bool:
    """Whether an argument is still what it was before the call."""
    if isinstance(before, dict):
        return set(after) == set(before) and all(untouched(after[name], before[name]) for name in before)
    return np.array_equal(after, before)


def same(a, b) -> bool:
    """Whether two outcomes agree: numbers to a millionth (so float32 will do) and in shape, troubles in kind."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.all(close(a, b)))
    if isinstance(a, Trouble) and isinstance(b, Trouble):
        return a.kind == b.kind
    return type(a) is type(b) and a == b


def close(a, b):
    """Cell by cell, whether two arrays of one shape agree."""
    return np.isclose(a, b, rtol=1e-6, atol=1e-6)


def slip_of(trials: Sequence[Trial], slips: Sequence[Slip]) -> str | None:
    """The hint of the first slip that explains every answer."""
    for slip in slips:
        if all(same(trial.answer, outcome_at(trial.place, slip.returns, trial.case)) for trial in trials):
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
    call = trial.case.words or written_out(function, trial.case.arguments)
    if isinstance(trial.answer, Trouble):
        return f"For {call}: {trial.answer.sentence}"
    return f"For {call}: {difference(trial.answer, trial.wanted)}."


def written_out(function: Callable, arguments: tuple) -> str:
    """A call as it is typed."""
    name = shortened(str(getattr(function, "__name__", "your_function")))
    return f"`{name}({', '.join(map(repr, arguments))})`"


def difference(answer, wanted) -> str:
    """Where two outcomes part."""
    if isinstance(answer, str) != isinstance(wanted, str):
        pair = [f"the text {shown(one)}" if isinstance(one, str) else shown(one) for one in (wanted, answer)]
        return "wanted {}, yours is {}".format(*pair)
    if not isinstance(answer, np.ndarray) or answer.shape != wanted.shape:
        turned = " (rows come first, then columns)" if is_turned(answer, wanted) else ""
        return f"wanted {shown(wanted)}, yours is {shown(answer)}{turned}"
    place = tuple(np.argwhere(np.logical_not(close(answer, wanted)))[0].tolist())
    where = f"at {list(place)} " if place else ""
    return where + "wanted {}, yours is {}".format(*told_apart(wanted[place], answer[place]))


def is_turned(answer, wanted) -> bool:
    """Whether an array has the wanted shape but for rows and columns, which have changed places."""
    shape, other = [outcome.shape if isinstance(outcome, np.ndarray) else () for outcome in (answer, wanted)]
    return len(shape) > 1 and shape != other == (*shape[:-2], shape[-1], shape[-2])


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
    if outcome is None or isinstance(outcome, str):
        return reprlib.repr(outcome)
    if np.ndim(outcome):
        return f"an array of shape {outcome.shape}"
    number = outcome.item() if hasattr(outcome, "item") else outcome
    return str(number) if isinstance(number, bool) else f"{number + 0.0:.{digits}g}"
