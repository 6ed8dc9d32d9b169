"""QuizLab: a chapter's few questions, whose wrong answers are met by the slip that they come from."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import traitlets

from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.rules import refusal
from convnet_core.labs.kit.tables import folded
from convnet_core.labs.kit.traits import Choice
from convnet_core.labs.quiz.answers import Answers
from convnet_core.labs.quiz.questions import LARGEST, MOST, chapters, judge, questions_of

CHAPTERS = chapters()
PARTS = {"all": {"choice", "number"}, "pencil": {"number"}, "quick": {"choice"}}  # and the kinds of question in each


class Verdict(NamedTuple):
    """What has become of one question.

    answer             the latest: the place of a choice, from 0, or a number
    is_right           whether that one is right
    is_right_at_first  whether the first one was
    reply              the sentence that meets the latest
    """

    answer: float
    is_right: bool
    is_right_at_first: bool
    reply: str


class QuizLab(Lab):
    """The questions of a chapter: QuizLab(chapter="pooling"). The chapter stays what it is.

    part: "pencil" for those whose answer is a number, "quick" for those with answers to choose from, or "all".
    answers: a list for each question, from the first: [] for one that is open, [first try] or [first try, latest
    try]. A try is a number: of a choice, the place of the answer, from 0.
    """

    name = "quiz"
    title = "Quiz"
    unscripted = "press an answer to see what is said of it; with JavaScript, the quiz counts first tries"

    chapter = Choice(CHAPTERS[0], CHAPTERS)
    part = Choice("all", PARTS)
    answers = Answers(questions=MOST, low=-LARGEST, high=LARGEST)

    _is_alone = False

    @classmethod
    def alone(cls) -> QuizLab:
        """With the questions of every chapter: a link may bring any."""
        lab = cls()
        lab._is_alone = True
        return lab

    @property
    def presets(self) -> dict[str, dict]:
        """The questions that the page holds, by chapter: those of its own alone, so that it stays light."""
        held, part = (CHAPTERS, "all") if self._is_alone else ([self.chapter], self.part)
        return {"questions": {name: _asked(questions_of(name), part) for name in held}}

    def _constants(self):
        constants = super()._constants()
        rules = constants["_rules"]
        chapter = {**rules["chapter"], "options": list(constants["_presets"]["questions"])}
        part = {**rules["part"], "options": list(PARTS) if self._is_alone else [self.part]}
        about = {**constants["_about"], "title": "Pencil quiz" if self.part == "pencil" else self.title}
        return {**constants, "_about": about, "_rules": {**rules, "chapter": chapter, "part": part}}

    @traitlets.validate("chapter", "part")
    def _keep_questions(self, proposal):
        """Once the lab is made, its page has no other questions."""
        name = proposal["trait"].name
        reason = refusal(name, self._rules[name], proposal["value"]) if self._rules else None
        if reason is not None:
            raise traitlets.TraitError(f"{type(self).__name__}.{reason}")
        return proposal["value"]

    @property
    def questions(self) -> list[dict]:
        """The questions that are asked, as convnet_core.labs.quiz.questions describes them."""
        return _asked(questions_of(self.chapter), self.part)

    @property
    def verdicts(self) -> list[Verdict | None]:
        """What has become of each question; None for one that is open."""
        tries = [*self.answers, *[[]] * MOST]
        return [_verdict(question, numbers) for question, numbers in zip(self.questions, tries, strict=False)]

    @property
    def right_at_first(self) -> int:
        """How many questions were answered right at the first try."""
        return sum(verdict is not None and verdict.is_right_at_first for verdict in self.verdicts)

    def tables(self) -> str:
        """The questions; behind each answer, folded, what is said of it."""
        held = self.presets["questions"]
        names = [f"<p>{escape(name)}</p>\n" if len(held) > 1 else "" for name in held]
        return "\n".join(name + _as_html(questions) for name, questions in zip(names, held.values(), strict=True))


def _asked(questions: list[dict], part: str) -> list[dict]:
    return [question for question in questions if question["kind"] in PARTS[part]]


def _verdict(question: dict, tries) -> Verdict | None:
    """An answer that the question does not have, as a link may bring one from an earlier edition, is none."""
    tries = [number for number in tries if question["kind"] == "number" or number in range(len(question["answers"]))]
    if not tries:
        return None
    first, latest = (judge(question, tries[at]) for at in (0, -1))
    return Verdict(tries[-1], latest[0], first[0], latest[1])


def _as_html(questions: list[dict]) -> str:
    items = "\n".join(f"<li>\n<p>{escape(question['ask'])}</p>\n{_replies(question)}\n</li>" for question in questions)
    return f'<ol class="convnet-quiz">\n{items}\n</ol>'


def _replies(question: dict) -> str:
    if question["kind"] == "choice":
        marks = ["Right" if place == question["right"] else "Not yet" for place in range(len(question["answers"]))]
        return "\n".join(
            folded(answer["text"], f"<p>{mark}. {escape(answer['reply'])}</p>")
            for mark, answer in zip(marks, question["answers"], strict=True)
        )
    said = {question["right"]: question["reply"], **question["slips"]}
    lines = "\n".join(f"<p><strong>{escape(text)}</strong>: {escape(reply)}</p>" for text, reply in said.items())
    return folded("Show the answer", f"{lines}\n<p>Another number: {escape(question['otherwise'])}</p>")
