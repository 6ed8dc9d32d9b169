"""The bank of questions for tests: the chapters' own, and as many again that are not in the book.

    python -m teaching.question_bank [--output dist]      writes questions.xml (Moodle) and questions.gift

The new ones are files of the quiz's form (convnet_core/labs/quiz/questions.py), one a chapter, in the folder
`questions`. Every wrong answer is met by the sentence that meets it in the book. Both files are the same questions; a
category a chapter, and in it "in the book" and "new".
"""

from __future__ import annotations

import argparse
import json
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path
from typing import NamedTuple

from convnet_core.labs.quiz.questions import BOOK, LEEWAY, checked, decimals_of, number_of, questions_of
from convnet_core.printing import truncated

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).parent / "questions"
TOP = "How Convolutional Neural Networks Work"
XML, GIFT = "questions.xml", "questions.gift"
ANY = "*"  # any other number
SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in "~=#{}:\\"})


class Asked(NamedTuple):
    """A question of the bank: its name, unlike all others; the chapter; whether the book asks it; the question."""

    name: str
    chapter: str
    is_in_book: bool
    question: dict

    @property
    def category(self) -> str:
        kind = "in the book" if self.is_in_book else "new"
        return f"{TOP}/{BOOK.index(self.chapter):02} {self.chapter}/{kind}"


class Option(NamedTuple):
    """An answer: its text, how far a number may be off (None: a choice), percent of the mark, what is said to it."""

    text: str
    leeway: float | None
    percent: int
    reply: str


def new_questions_of(chapter: str) -> list[dict]:
    """A chapter's questions that are not in the book. Raises ValueError that names file, question and fault."""
    path = FOLDER / f"{chapter}.json"
    return checked(json.loads(path.read_text(encoding="utf-8")), f"teaching/questions/{path.name}")


def bank(chapters) -> list[Asked]:
    """All questions of these chapters, in the order of the book: of each first the book's own, then the new ones."""
    asked = []
    for chapter in (name for name in BOOK if name in set(chapters)):
        for is_in_book, questions in ((True, questions_of(chapter)), (False, new_questions_of(chapter))):
            kind = "book" if is_in_book else "new"
            asked += [
                Asked(f"{BOOK.index(chapter):02} {chapter}, {kind} {number}", chapter, is_in_book, question)
                for number, question in enumerate(questions, start=1)
            ]
    return asked


def options_of(question: dict) -> list[Option]:
    """All answers to a question, each with what is said to it; the right one has 100 percent."""
    if question["kind"] == "choice":
        return [
            Option(answer["text"], None, 100 * (place == question["right"]), answer["reply"])
            for place, answer in enumerate(question["answers"])
        ]
    right = _numbers(question["right"], 100, question["reply"])
    slips = [option for slip, reply in question["slips"].items() for option in _numbers(slip, 0, reply)]
    return [*right, *slips, Option(ANY, 0, 0, question["otherwise"])]


def _numbers(text: str, percent: int, reply: str) -> list[Option]:
    """A number as an answer. The book takes it as it is; what has two decimals also cut after them: 0.77 for 7/9."""
    value, decimals = number_of(text), decimals_of(text)
    leeway = 0 if decimals == 0 else 0.5 / 10**decimals
    options = [Option(f"{value:.12g}", leeway, percent, reply)]
    cut = float(truncated(value)) if decimals == 2 else value
    if abs(cut - value) > leeway + LEEWAY:
        options.append(Option(f"{cut:.12g}", 0, percent, reply))
    return options


# Moodle's XML


def as_moodle(asked: list[Asked]) -> str:
    """The questions as Moodle's own XML: a category before each group, multichoice and numerical questions."""
    quiz = ET.Element("quiz")
    category = None
    for one in asked:
        if one.category != category:
            category = one.category
            _text(
                ET.SubElement(ET.SubElement(quiz, "question", type="category"), "category"), f"$course$/top/{category}"
            )
        quiz.append(_moodle_question(one))
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _moodle_question(one: Asked) -> ET.Element:
    is_choice = one.question["kind"] == "choice"
    element = ET.Element("question", type="multichoice" if is_choice else "numerical")
    _text(ET.SubElement(element, "name"), one.name)
    _html(ET.SubElement(element, "questiontext"), one.question["ask"])
    settings = {"defaultgrade": "1", "penalty": "0.3333333", "hidden": "0"}
    if is_choice:
        settings |= {"single": "true", "shuffleanswers": "true", "answernumbering": "none"}
    for name, value in settings.items():
        ET.SubElement(element, name).text = value
    for option in options_of(one.question):
        _moodle_answer(element, option)
    return element


def _moodle_answer(element: ET.Element, option: Option) -> None:
    form = "html" if option.leeway is None else "moodle_auto_format"
    answer = ET.SubElement(element, "answer", fraction=str(option.percent), format=form)
    ET.SubElement(answer, "text").text = option.text if option.leeway is not None else _as_html(option.text)
    _html(ET.SubElement(answer, "feedback"), option.reply)
    if option.leeway is not None:
        ET.SubElement(answer, "tolerance").text = f"{option.leeway:.12g}"


def _text(element: ET.Element, text: str) -> None:
    ET.SubElement(element, "text").text = text


def _html(element: ET.Element, text: str) -> None:
    element.set("format", "html")
    _text(element, _as_html(text))


def _as_html(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


# GIFT


def as_gift(asked: list[Asked]) -> str:
    """The questions as GIFT, which Moodle and many others read."""
    parts, category = [], None
    for one in asked:
        if one.category != category:
            category = one.category
            parts.append(f"$CATEGORY: $course$/top/{category}")
        parts.append(_gift_question(one))
    return "\n\n".join(parts) + "\n"


def _gift_question(one: Asked) -> str:
    question = one.question
    is_choice = question["kind"] == "choice"
    head = f"::{_escaped(one.name)}::[plain]{_escaped(question['ask'])} " + ("{" if is_choice else "{#")
    return "\n".join([head, *map(_gift_option, options_of(question)), "}"])


def _gift_option(option: Option) -> str:
    """A full mark has no percent before it, and any other number no text: so Moodle itself writes and reads them."""
    said = f"#{_escaped(option.reply)}"
    if option.text == ANY:
        return f"~{said}"
    if option.leeway is None:
        return f"{'=' if option.percent else '~'}{_escaped(option.text)}{said}"
    return f"={'' if option.percent else '%0%'}{option.text}:{option.leeway:.12g}{said}"


def _escaped(text: str) -> str:
    return text.translate(SPECIAL)


# Files


def write(folder: Path, chapters) -> list[Path]:
    """Writes both files into `folder`; returns their paths."""
    asked = bank(chapters)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in ((XML, as_moodle(asked)), (GIFT, as_gift(asked))):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    chapters = [path.stem for path in FOLDER.glob("*.json")]
    for path in write(options.output, chapters):
        print(f"{path}: {len(bank(chapters))} questions, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
