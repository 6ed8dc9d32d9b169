"""The state that only the quiz has: what a reader answered. answers.js refuses the same values with the same words."""

from __future__ import annotations

import copy

from convnet_core.labs.kit.rules import add_rule, within
from convnet_core.labs.kit.traits import Ruled, as_json, as_lists


class Answers(Ruled):
    """What a reader answered to a list of questions, each with a number: [] for one that is open, [first try], or
    [first try, latest try].

    questions: how many there may be. low, high: the smallest and largest answer. What is read is a copy: a change
    must be an assignment, which the lab sees.
    """

    def __init__(self, *, questions: int, low: float, high: float):
        super().__init__([], {"kind": "answers", "questions": questions, "min": low, "max": high})

    def get(self, obj, cls=None):
        return copy.deepcopy(super().get(obj, cls))

    def validate(self, obj, value):
        return as_json(super().validate(obj, as_lists(value)))


def _answers_refusal(name: str, rule: dict, value) -> str | None:
    """`value` holds a list for each question: nothing, one number, or the first and the latest."""

    def is_welcome(tries) -> bool:
        return isinstance(tries, list) and len(tries) <= 2 and all(within(rule, number) for number in tries)

    if isinstance(value, list) and len(value) <= rule["questions"] and all(map(is_welcome, value)):
        return None
    return (
        f"{name} must be at most {rule['questions']} lists, one for each question, "
        f"each of at most 2 numbers from {rule['min']} to {rule['max']}"
    )


add_rule("answers", _answers_refusal)
