"""The quiz's questions: a file a chapter in the folder of this name, checked as it is read.

A file is a JSON list of questions of two kinds:

    {"kind": "choice", "ask": "...", "answers": [{"text": "...", "reply": "..."}, 3 or 4 of them], "right": 0}
    {"kind": "number", "ask": "...", "right": "7/9", "reply": "...", "slips": {"7": "..."}, "otherwise": "..."}

`right` of a choice is the place of the right answer, from 0. A number is written as digits with a point, or as a
fraction; `slips` are the wrong numbers that are expected, each with the sentence that meets it. A reply says why, and
not that an answer is right or wrong: a badge before it does.
"""

from __future__ import annotations

import json
import re
from itertools import permutations
from pathlib import Path

from convnet_core.printing import truncated

FOLDER = Path(__file__).with_suffix("")
BOOK = (
    *("intro", "pictures", "filtering", "convolution", "pooling", "relu", "stacking", "voting", "backprop"),
    *("limitations", "sequences", "deep", "faces", "unsupervised", "game", "watching"),
)  # the chapters, in the order of the book
MOST = 9  # questions of a chapter
LARGEST = 10**6  # of the numbers that an answer may be
LEEWAY = 1e-9  # floats of one number differ by less
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?")
PARTS = {
    "choice": {"kind", "ask", "answers", "right"},
    "number": {"kind", "ask", "right", "reply", "slips", "otherwise"},
}


def chapters() -> tuple[str, ...]:
    """The chapters that have questions, in the order of the book."""
    files = {path.stem for path in FOLDER.glob("*.json")}
    return (*(name for name in BOOK if name in files), *sorted(files.difference(BOOK)))


def questions_of(chapter: str) -> list[dict]:
    """The questions of a chapter. Raises ValueError that names file, question and what was wanted."""
    path = FOLDER / f"{chapter}.json"
    return checked(json.loads(path.read_text(encoding="utf-8")), f"questions/{path.name}")


def checked(questions, file: str) -> list[dict]:
    """`questions`, as they were read from `file`, if they have the form that this module describes."""
    if not isinstance(questions, list) or not 1 <= len(questions) <= MOST:
        raise ValueError(f"{file}: wanted a list of 1 to {MOST} questions")
    for number, question in enumerate(questions, start=1):
        problem = problem_of(question)
        if problem is not None:
            raise ValueError(f"{file}, question {number}: {problem}")
    return questions


def problem_of(question) -> str | None:
    """What is wrong with a question, None where nothing is."""
    kind = question.get("kind") if isinstance(question, dict) else None
    if not isinstance(kind, str) or kind not in PARTS:
        return f"wanted an object whose kind is one of: {', '.join(PARTS)}"
    if set(question) != PARTS[kind]:
        return f"a question of kind {kind} has {', '.join(sorted(PARTS[kind]))}, and nothing else"
    if not is_text(question["ask"]):
        return f"ask is {question['ask']!r}, wanted a sentence"
    return problem_of_choice(question) if kind == "choice" else problem_of_number(question)


def problem_of_choice(question: dict) -> str | None:
    answers, right = question["answers"], question["right"]
    if not isinstance(answers, list) or len(answers) not in (3, 4):
        return "answers must be a list of 3 or 4"
    for number, answer in enumerate(answers, start=1):
        is_sound = isinstance(answer, dict) and set(answer) == {"text", "reply"} and all(map(is_text, answer.values()))
        if not is_sound:
            return f"answer {number} is {answer!r}, wanted an object with a text and a reply, and nothing else"
    texts = [answer["text"].strip().casefold() for answer in answers]
    if len(set(texts)) < len(texts):
        return "two answers are the same"
    if not isinstance(right, int) or isinstance(right, bool) or not 0 <= right < len(answers):
        return f"right is {right!r}, wanted the place of the right answer, from 0 to {len(answers) - 1}"
    return None


def problem_of_number(question: dict) -> str | None:
    right, slips = question["right"], question["slips"]
    if not isinstance(slips, dict) or not slips:
        return f"slips is {slips!r}, wanted an object with a sentence for each wrong number that is expected"
    for text in (right, *slips):
        if not is_number(text):
            return f'{text!r} is no number; wanted digits as in "-0.55" or "5/9", and at most {LARGEST}'
    for name, sentence in {"reply": question["reply"], "otherwise": question["otherwise"], **slips}.items():
        if not is_text(sentence):
            return f"{name} is {sentence!r}, wanted a sentence"
    for slip in slips:
        if accepts(right, number_of(slip)):
            return f"the slip {slip} passes for the right answer, {right}"
    for one, other in permutations(slips, 2):
        if accepts(one, number_of(other)):
            return f"the slips {one} and {other} are the same number, to the digits given"
    return None


def is_text(value) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_number(text) -> bool:
    found = NUMBER.fullmatch(text) if isinstance(text, str) and text.isascii() else None
    return found is not None and float(found[2] or 1) > 0 and abs(number_of(text)) <= LARGEST


def number_of(text: str) -> float:
    """The number that "0.55" or "5/9" writes. The labs' boxes read it alike, and more (mirror/printing.js)."""
    number, divisor = NUMBER.fullmatch(text).groups()
    return float(number) / float(divisor or 1)


def accepts(text: str, answer: float) -> bool:
    """Whether `answer` is the number that a question's file writes as `text`.

    A whole number is meant exactly, another to half of its last digit; a fraction, and what has two decimals, may be
    cut after them too, as the slides print numbers: 7/9 is 0.77 there.
    """
    wanted, decimals = number_of(text), decimals_of(text)
    leeway = LEEWAY if decimals == 0 else 0.5 / 10**decimals + LEEWAY
    return abs(answer - wanted) <= leeway or (decimals == 2 and truncated(answer) == truncated(wanted))


def decimals_of(text: str) -> int:
    return 2 if "/" in text else len(text.partition(".")[2])


def judge(question: dict, answer: float) -> tuple[bool, str]:
    """Whether an answer is right, and the sentence that meets it; of a choice it is the answer's place, from 0."""
    if question["kind"] == "choice":
        return answer == question["right"], question["answers"][int(answer)]["reply"]
    if accepts(question["right"], answer):
        return True, question["reply"]
    slip = next((slip for slip in question["slips"] if accepts(slip, answer)), None)
    return False, question["otherwise"] if slip is None else question["slips"][slip]
