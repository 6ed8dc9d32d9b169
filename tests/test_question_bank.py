"""The bank of questions: the new ones, their numbers by the core, and both files read back as Moodle reads them."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import numpy as np
import pytest

from convnet_core.backprop import SGD, mean_squared_error, numerical_gradient
from convnet_core.convolution import Conv2d, conv2d, output_size
from convnet_core.filtering import match
from convnet_core.game import targets_of
from convnet_core.grammar import Parser, Rule
from convnet_core.labs.quiz.questions import BOOK, accepts, chapters, judge, number_of, questions_of
from convnet_core.layers import Parameter
from convnet_core.limitations import swap_columns
from convnet_core.pictures import from_text, mismatches, shift
from convnet_core.pooling import MaxPool2d, avg_pool2d, max_pool2d, pooled_size
from convnet_core.relu import relu
from convnet_core.scanning import overlap, precision_recall
from convnet_core.sequences import LSTM
from convnet_core.stacking import Network
from convnet_core.unsupervised import block_probabilities
from convnet_core.voting import Linear, linear, softmax
from teaching.question_bank import FOLDER, GIFT, TOP, XML, as_gift, as_moodle, bank, new_questions_of, write
from tests.contents import ROOT

NAMES = [name for name in BOOK if (FOLDER / f"{name}.json").exists()]
ALL = bank(NAMES)
NEW = [one for one in ALL if not one.is_in_book]
CHOICES = [one.question for one in NEW if one.question["kind"] == "choice"]


# The questions


def test_each_chapter_has_at_least_as_many_new_questions_as_its_own():
    assert set(NAMES) == set(chapters())
    for name in NAMES:
        assert len(new_questions_of(name)) >= len(questions_of(name)), name


def test_no_question_is_asked_twice():
    starts = Counter(" ".join(one.question["ask"].split())[:40] for one in ALL)
    assert {start: count for start, count in starts.items() if count > 1} == {}
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize("one", NEW, ids=lambda one: one.name)
def test_each_answer_meets_a_sentence_of_its_own(one):
    question = one.question
    if question["kind"] == "choice":
        met = [judge(question, place) for place in range(len(question["answers"]))]
    else:
        met = [judge(question, number_of(text)) for text in [question["right"], *question["slips"]]]
    assert sum(is_right for is_right, _ in met) == 1
    assert len({reply for _, reply in met}) == len(met)
    assert not any(re.match(r"(right|correct|wrong|yes|not quite|not yet)\b", reply, re.IGNORECASE) for _, reply in met)


def test_no_habit_gives_the_right_answer_away():
    most = 1 + len(CHOICES) * 0.55
    assert max(Counter(question["right"] for question in CHOICES).values()) <= most
    longest = [max(question["answers"], key=lambda answer: len(answer["text"])) for question in CHOICES]
    told = sum(one is question["answers"][question["right"]] for one, question in zip(longest, CHOICES, strict=True))
    assert told <= most, f"the longest answer is right in {told} of {len(CHOICES)} questions"


# Their numbers, by the core


def learned(layer):
    return sum(one.value.size for one in layer.parameters().values())


def sees(*layers):
    """Pixels along a side that a number behind these layers depends on, away from the edge."""
    return Network(list(layers)).receptive_field((1, 40, 40), len(layers), 4, 4)[2]


def conv(size, maps=1, filters=1):
    return Conv2d(maps, filters, size, rng=np.random.default_rng(0))


def share(agreeing, pixels):
    side = int(pixels**0.5)
    return match(np.where(np.arange(pixels) < agreeing, 1.0, -1.0).reshape(side, side), np.ones((side, side)))


def moved(stroke, down, right):
    return mismatches(stroke, shift(stroke, down, right)).sum()


def stepped(value, slope, rate):
    knob = Parameter(np.array([value]))
    knob.gradient[:] = slope
    SGD({"knob": knob}, rate).step()
    return knob.value[0]


def slope_of(up, down, wiggle):
    """The slope where the error is `up` a bit above 0 and `down` a bit below."""
    at = np.zeros(1)
    return numerical_gradient(lambda: up if at[0] > 0 else down, at, wiggle)[0]


def recipe(*actions, ends):
    rules = [Rule("recipe", ("part",), ends), Rule("recipe", ("part", "recipe"), 1 - ends)]
    return np.exp(Parser(rules).parse([{"part": 0.0}] * len(actions), "recipe")[0])


LEVEL = from_text(".........\n.#######.\n.........\n.........")
FRAMES = np.array([[0.8, 0.2], [0.25, 0.75]]).prod(axis=0)
MATCHES = np.array([[1, -5], [3, -1]]) / 9
RECALL = precision_recall(np.arange(8.0, 0, -1), np.arange(8) < 6, 10)[2][-1]
NEXT, GOES_ON = np.array([[0.0, -1.0, 0.5]]), np.array([False])
HALF_DOWN = overlap(np.array([[0, 0, 6]]), np.array([3, 0, 6]))[0]

BY_THE_CORE = {
    "intro": [pooled_size(output_size(8, 3)) ** 2, max_pool2d(relu(MATCHES))[0, 0], 100 * 35 / 50],
    "pictures": [moved(LEVEL, 1, 0), np.zeros((3, 10, 20)).size, output_size(9, 3) ** 2],
    "filtering": [
        share(20, 25),
        next(n for n in range(10) if np.isclose(share(n, 9), -1 / 3)),
        share(9, 9) - share(8, 9),
    ],
    "convolution": [output_size(28, 7), output_size(11, 3, 2) ** 2, learned(conv(3, 1, 6))],
    "pooling": [
        *(pooled_size(12, 3) ** 2, pooled_size(9)),
        avg_pool2d(np.array([[0.2, 0.4], [-0.6, 1]]))[0, 0],
    ],
    "relu": [
        *(relu(np.array([3.0, -1, 0, -4, 2, -2])).sum(), -2 * relu(3.0 * -1)),
        max_pool2d(relu(np.array([[-0.5, -0.25], [-1, -0.75]])))[0, 0],
    ],
    "stacking": [sees(conv(5), conv(3)), learned(conv(3, 5, 3)), pooled_size(output_size(16, 3))],
    "voting": [
        linear(np.array([[2, 1, 0.5]]), np.array([[0.5, -3, 2]]), np.ones(1))[0, 0],
        learned(Linear(32, 3, rng=np.random.default_rng(0))),
        100 * softmax(np.array([[7.0, 7.0]]))[0, 0],
    ],
    "backprop": [
        *(slope_of(2.2, 1.8, 0.1), stepped(2.0, 0.5, 0.2)),
        mean_squared_error(np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]]))[0],
    ],
    "limitations": [
        *(output_size(8, 5) ** 2, 1 + list(swap_columns(np.array([[1, 2, 3]]), [2, 0, 1])[0]).index(1)),
        100 * (210 / 300 - 1 / 3),
    ],
    "sequences": [
        *(0.5 * (0.5 * 3 + 1) + 1, 0.5 * 6 + 0.25 * 4),
        learned(LSTM(2, 3, rng=np.random.default_rng(0))),
    ],
    "deep": [learned(conv(3, 6, 4)), sees(conv(5), MaxPool2d(2), conv(3)), 100 * 10 / 25],
    "faces": [output_size(60, 20, 5) * output_size(40, 20, 5), HALF_DOWN, RECALL],
    "unsupervised": [
        1 - block_probabilities(np.log([[2.0, 5.0], [1.0, 1.0]]))[1][0, 0],
        *(pooled_size(output_size(18, 7), 3) ** 2, 1 / 4 * (3 / 4 - 1 / 4)),
    ],
    "game": [
        targets_of(np.ones(1), NEXT, GOES_ON, 0.8)[0],
        targets_of(np.zeros(1), targets_of(np.zeros(1), np.ones((1, 1)), GOES_ON, 0.9)[:, np.newaxis], GOES_ON, 0.9)[0],
        np.repeat([1, -1], [80, 20]).mean(),
    ],
    "watching": [FRAMES[0] / FRAMES[1], 0.9 * 0.9, recipe("a", "b", "c", ends=0.75)],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_right_number_is_the_cores(name):
    numbers = [question for question in new_questions_of(name) if question["kind"] == "number"]
    assert len(numbers) == len(BY_THE_CORE[name]) >= 3
    for question, value in zip(numbers, BY_THE_CORE[name], strict=True):
        assert accepts(question["right"], value), f"{question['ask']}: {value}"


def test_padding_of_three_keeps_the_size_as_a_reply_says():
    assert conv2d(np.zeros((1, 28, 28)), np.zeros((1, 1, 7, 7)), padding=3).shape[-2:] == (28, 28)


# Moodle's XML, read back


def moodle():
    """The elements of the file, categories and questions."""
    quiz = ET.fromstring(as_moodle(ALL))
    assert quiz.tag == "quiz"
    return list(quiz)


def text_of(element):
    """What a teacher sees: HTML without its one paragraph."""
    text = element.findtext("text")
    inner = re.fullmatch(r"<p>(.*)</p>", text, re.DOTALL)
    return re.sub("&amp;", "&", re.sub("&lt;", "<", re.sub("&gt;", ">", inner[1]))) if inner else text


def test_moodle_gets_a_category_before_each_chapters_questions():
    category, found = None, {}
    for element in moodle():
        if element.get("type") == "category":
            category = element.find("category").findtext("text")
        else:
            found.setdefault(category, []).append(element.find("name").findtext("text"))
    assert found == {
        f"$course$/top/{place}": [one.name for one in ALL if one.category == place]
        for place in dict.fromkeys(one.category for one in ALL)
    }
    assert list(found)[0] == f"$course$/top/{TOP}/00 intro/in the book"


def test_moodle_gets_every_question_with_its_answers_and_what_is_said_to_them():
    elements = [element for element in moodle() if element.get("type") != "category"]
    assert len(elements) == len(ALL)
    for element, one in zip(elements, ALL, strict=True):
        question = one.question
        assert text_of(element.find("questiontext")) == question["ask"]
        answers = element.findall("answer")
        fractions = [answer.get("fraction") for answer in answers]
        assert set(fractions) == {"0", "100"}
        assert all(answer.find("feedback").findtext("text") for answer in answers)
        if question["kind"] == "choice":
            assert element.get("type") == "multichoice"
            assert element.findtext("single") == "true"
            assert fractions.index("100") == question["right"]
            assert fractions.count("100") == 1
            told = [(text_of(answer), text_of(answer.find("feedback"))) for answer in answers]
            assert told == [(answer["text"], answer["reply"]) for answer in question["answers"]]
        else:
            assert element.get("type") == "numerical"
            assert_judged_alike(question, [numerical(answer) for answer in answers])


def numerical(answer):
    """A number's text, how far one may be off, whether it is right, and what is said to it."""
    leeway, is_right = float(answer.findtext("tolerance")), answer.get("fraction") == "100"
    return answer.findtext("text"), leeway, is_right, text_of(answer.find("feedback"))


def assert_judged_alike(question, marks):
    """A number meets in `marks` what it meets in the book; Moodle takes the first that fits."""
    tries = [number_of(text) for text in [question["right"], *question["slips"]]]
    tries += [float(f"{number:.2f}") for number in tries] + [int(number * 100) / 100 for number in tries] + [98765.4321]
    for number in tries:
        assert next((good, said) for text, leeway, good, said in marks if fits(text, leeway, number)) == judge(
            question, number
        ), (question["ask"], number)


def fits(text, leeway, number):
    return text == "*" or abs(float(text) - number) <= leeway + 1e-9


# GIFT, read back


ESCAPED = re.compile(r"\\([~=#{}:\\])")
ITEM = re.compile(
    r"::(?P<name>(?:\\.|[^\\:])+)::\[plain\](?P<ask>(?:\\.|[^\\{])+) \{(?P<number>#?)\n(?P<body>.*)\n\}", re.DOTALL
)
LINE = re.compile(r"(?P<mark>[=~])(?P<zero>%0%)?(?P<text>(?:\\.|[^\\#])*)#(?P<said>.*)")


def gift():
    """The items of the file: a category as a text, a question as its parts."""
    for block in as_gift(ALL).strip().split("\n\n"):
        if block.startswith("$CATEGORY: "):
            yield block.removeprefix("$CATEGORY: ")
        else:
            item = ITEM.fullmatch(block)
            assert item is not None, block
            yield item


def unescaped(text):
    assert re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", text) is None, f"a sign of GIFT's own stands bare in {text!r}"
    return ESCAPED.sub(r"\1", text)


def test_gift_gets_every_question_with_its_answers_and_what_is_said_to_them():
    items = [item for item in gift() if not isinstance(item, str)]
    assert len(items) == len(ALL)
    for item, one in zip(items, ALL, strict=True):
        question = one.question
        assert (unescaped(item["name"]), unescaped(item["ask"])) == (one.name, question["ask"])
        lines = [LINE.fullmatch(line) for line in item["body"].splitlines()]
        if question["kind"] == "choice":
            assert item["number"] == ""
            told = [(line["mark"] == "=", unescaped(line["text"]), unescaped(line["said"])) for line in lines]
            assert told == [
                (place == question["right"], answer["text"], answer["reply"])
                for place, answer in enumerate(question["answers"])
            ]
        else:
            assert item["number"] == "#"
            marks = []
            for line in lines:
                text, _, leeway = line["text"].partition(":")
                good = line["mark"] == "=" and line["zero"] is None
                marks.append((text or "*", float(leeway or 0), good, unescaped(line["said"])))
            assert_judged_alike(question, marks)


def test_gift_has_the_categories_of_moodle():
    categories = [item for item in gift() if isinstance(item, str)]
    assert categories == [
        element.find("category").findtext("text") for element in moodle() if element.get("type") == "category"
    ]


# Files


def test_the_book_has_both_files(book, tmp_path):
    for path in write(tmp_path, NAMES):
        assert (book / "questions" / path.name).read_bytes() == path.read_bytes()
        assert path.stat().st_size < 400_000


def test_the_command_writes_them_and_says_how_many(tmp_path):
    command = [sys.executable, "-m", "teaching.question_bank", "--output", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([GIFT, XML])
    assert done.stdout.count(f"{len(ALL)} questions") == 2
