"""The quiz's questions: every file of the folder, what a file may not be, and how an answer is judged."""

import json
import re
from collections import Counter

import pytest

from convnet_core.labs.quiz.questions import BOOK, FOLDER, accepts, chapters, checked, judge, questions_of
from tools.notebooks import book_notebooks, read

ALL = [(chapter, number, question) for chapter in chapters() for number, question in enumerate(questions_of(chapter))]
CHOICES = [question for _, _, question in ALL if question["kind"] == "choice"]


# Every file.


@pytest.mark.parametrize("chapter", chapters())
def test_a_file_has_the_form(chapter):
    assert len(questions_of(chapter)) >= 3
    assert chapter in BOOK, "a chapter's name, as its module and its exercises have it"


@pytest.mark.parametrize(("chapter", "number", "question"), ALL)
def test_what_an_answer_meets(chapter, number, question):
    """The right one is right and no other; each is met by a sentence of its own, which does not say right or wrong."""
    if question["kind"] == "choice":
        met = [judge(question, place) for place in range(len(question["answers"]))]
        assert [is_right for is_right, _ in met].index(True) == question["right"]
    else:
        numbers = [question["right"], *question["slips"]]
        met = [judge(question, value(text)) for text in numbers]
        assert judge(question, 98765.4321) == (False, question["otherwise"])
    assert sum(is_right for is_right, _ in met) == 1
    replies = [reply for _, reply in met]
    assert len(set(replies)) == len(replies)
    for reply in replies:
        assert not re.match(r"(right|correct|wrong|not quite|not yet)\b", reply, re.IGNORECASE), "the badge says it"


def value(text):
    number, _, divisor = text.partition("/")
    return float(number) / float(divisor or 1)


def test_no_habit_gives_the_right_answer_away():
    """Neither its place nor its length: over the book, each place is right at times, and the longest often wrong."""
    most = 1 + len(CHOICES) * 0.55
    places = Counter(question["right"] for question in CHOICES)
    assert len(places) >= min(3, len(CHOICES))
    assert max(places.values()) <= most, places
    longest = [max(question["answers"], key=lambda answer: len(answer["text"])) for question in CHOICES]
    told = sum(
        answer is question["answers"][question["right"]] for answer, question in zip(longest, CHOICES, strict=True)
    )
    assert told <= most, f"the longest answer is right in {told} of {len(CHOICES)} questions"


QUIZ = re.compile(r'^QuizLab\(chapter="(\w+)"(?:, part="(\w+)")?\)$', re.MULTILINE)
ASKED = re.compile(r"^\*\*(.+?)\*\*\n\n<details>\n<summary>Answer", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "path", [path for path in book_notebooks() if path.stem[0].isdigit()], ids=lambda path: path.stem
)
def test_a_chapter_asks_each_question_once(path):
    text = "\n\n".join(cell.source for cell in read(path).cells)
    shown = [(chapter, part or "all") for chapter, part in QUIZ.findall(text)]
    [chapter] = {chapter for chapter, _ in shown}
    parts = [part for _, part in shown]
    assert parts in (["all"], ["pencil", "quick"]), "numbers where there is pencil and paper, the rest at the end"
    if parts[1:]:
        before = text[: text.index('part="pencil"')]
        assert re.findall(r"^#+ (.*)", before, re.MULTILINE)[-1] == "Questions for pencil and paper"
    starts = [
        " ".join(ask.split())[:30] for ask in [*ASKED.findall(text), *(one["ask"] for one in questions_of(chapter))]
    ]
    assert len(starts) == len(set(starts))


# A file with a slip in it.

CHOICE = {
    "kind": "choice",
    "ask": "How many?",
    "answers": [{"text": text, "reply": f"{text}!"} for text in ("One", "Two", "Three")],
    "right": 1,
}
SUM = {
    "kind": "number",
    "ask": "How much?",
    "right": "0.55",
    "reply": "So it is.",
    "slips": {"-0.55": "The sign.", "5": "Divide."},
    "otherwise": "Add up.",
}
ONE, TWO, THREE = CHOICE["answers"]


@pytest.mark.parametrize(
    ("question", "changes", "words"),
    [
        (CHOICE, {"kind": "guess"}, "wanted an object whose kind is one of: choice, number"),
        (CHOICE, {"kind": ["choice"]}, "wanted an object whose kind is one of"),
        (CHOICE, {"hint": "?"}, "a question of kind choice has answers, ask, kind, right, and nothing else"),
        (CHOICE, {"ask": " "}, "ask is ' ', wanted a sentence"),
        (CHOICE, {"answers": [ONE, TWO]}, "answers must be a list of 3 or 4"),
        (CHOICE, {"answers": {"0": ONE}}, "answers must be a list of 3 or 4"),
        (CHOICE, {"answers": [ONE, TWO, {"text": "Three"}]}, "answer 3 is {'text': 'Three'}, wanted an object"),
        (CHOICE, {"answers": [ONE, TWO, {"text": "Three", "reply": ""}]}, "answer 3 is"),
        (CHOICE, {"answers": [ONE, TWO, {"text": "one ", "reply": "?"}]}, "two answers are the same"),
        (CHOICE, {"right": 3}, "right is 3, wanted the place of the right answer, from 0 to 2"),
        (CHOICE, {"right": True}, "right is True, wanted the place"),
        (CHOICE, {"right": "1"}, "right is '1', wanted the place"),
        (SUM, {"right": 0.55}, "0.55 is no number; wanted digits"),
        (SUM, {"right": "0,55"}, "'0,55' is no number; wanted digits"),
        (SUM, {"right": "1/0"}, "'1/0' is no number"),
        (SUM, {"right": "1e3"}, "'1e3' is no number"),
        (SUM, {"right": "1000001"}, "'1000001' is no number"),
        (SUM, {"slips": {}}, "slips is {}, wanted an object with a sentence for each"),
        (SUM, {"slips": {"five": "?"}}, "'five' is no number"),
        (SUM, {"slips": {"5": ""}}, "5 is '', wanted a sentence"),
        (SUM, {"slips": {"5/9": "?"}}, "the slip 5/9 passes for the right answer, 0.55"),
        (SUM, {"slips": {"1/3": "?", "0.33": "?"}}, "the slips 1/3 and 0.33 are the same number"),
        (SUM, {"otherwise": None}, "otherwise is None, wanted a sentence"),
        (SUM, {"reply": ""}, "reply is '', wanted a sentence"),
    ],
)
def test_a_slip_in_a_file_is_named(question, changes, words):
    assert checked([CHOICE, question], "questions/x.json") == [CHOICE, question]
    with pytest.raises(ValueError, match=re.escape(f"questions/x.json, question 2: {words}")):
        checked([CHOICE, {**question, **changes}], "questions/x.json")


@pytest.mark.parametrize("questions", [[], {}, [CHOICE] * 10, "CHOICE"])
def test_a_file_that_is_no_list_of_questions_is_refused(questions):
    with pytest.raises(ValueError, match="^x.json: wanted a list of 1 to 9 questions$"):
        checked(questions, "x.json")


def test_no_question_is_an_object():
    with pytest.raises(ValueError, match="x.json, question 1: wanted an object"):
        checked([None], "x.json")


def test_the_files_are_read_as_they_are():
    assert {path.stem for path in FOLDER.iterdir()} == set(chapters())
    for chapter in chapters():
        assert questions_of(chapter) == json.loads((FOLDER / f"{chapter}.json").read_text(encoding="utf-8"))


# An answer.


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("0.55", [0.55, 0.545, 0.555, 5 / 9], [0.5449, 0.5601, -0.55, 55, 0]),
        ("-0.55", [-0.55, -5 / 9], [0.55, -0.56, -0.54]),
        ("7/9", [7 / 9, 0.77, 0.78, 0.7778], [0.76, 0.79, 7, 9 / 7]),
        ("4", [4, 4 + 1e-12], [4.4, 3.6, 4.001, -4]),
        ("2.5", [2.5, 2.46, 2.54], [2.44, 2.56]),
        ("0.125", [0.125, 0.1254, 1 / 8], [0.12, 0.13]),
        ("1.00", [1, 0.996, 1.004], [0.99, 1.01]),
    ],
)
def test_which_numbers_are_meant_by_a_number(text, right, wrong):
    assert [number for number in right if not accepts(text, number)] == []
    assert [number for number in wrong if accepts(text, number)] == []


def test_each_slip_is_met_by_its_own_sentence():
    met = [judge(SUM, number) for number in (0.55, -0.55, 5, 5.5)]
    assert met == [(True, "So it is."), (False, "The sign."), (False, "Divide."), (False, "Add up.")]
    assert [judge(CHOICE, place) for place in (0, 1)] == [(False, "One!"), (True, "Two!")]
