"""Own problems and completion codes: the page's and Python's are the same, and what bends a code is found."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.labs.progress import codes, outline
from convnet_core.labs.progress.codes import Code, decode, encode
from convnet_core.labs.progress.problems import FEWEST_SLIPS, MAKERS, SLIPS, problem_for
from convnet_core.labs.quiz.questions import BOOK, accepts, is_number, number_of
from tests.contents import ROOT
from tests.parity import in_the_page, near

STUDENTS = [*map(str, range(1, 40)), "S1234567", "4711", "A"]
chapters = pytest.mark.parametrize("chapter", MAKERS)
marks = st.lists(st.integers(0, 1), max_size=80).map(tuple)
numbers = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
words = st.from_regex(codes.WORD, fullmatch=True)
made_codes = st.builds(Code, st.integers(0, 99), numbers, st.text(codes.LETTERS, min_size=2, max_size=2), marks)


@pytest.fixture(scope="module")
def run(page_with):
    """JavaScript with the functions of the room, and those that it imports, in scope."""
    page = page_with("progress/reading")
    modules = [f"progress/{name}" for name in ("codes", "problems", "kept", "reading", "problem_words")]
    return in_the_page(page, modules)


# Own problems


def test_each_chapter_of_the_book_has_a_problem(run):
    """Where the maths allows: so far, everywhere."""
    assert list(MAKERS) == list(SLIPS) == list(BOOK)
    told = run("return Object.entries(PROBLEMS).map(([name, { slips }]) => [name, slips])")
    assert told == [[name, list(slips)] for name, slips in SLIPS.items()]


@chapters
def test_page_and_python_make_the_same_problem(chapter, run):
    theirs = run(
        "return given.students.map((one) => problemFor(given.chapter, 'owls-7b', one))",
        chapter=chapter,
        students=STUDENTS,
    )
    for student, page in zip(STUDENTS, theirs, strict=True):
        ours = problem_for(chapter, "owls-7b", student)
        assert page["right"] == ours.right, student
        assert [tuple(slip) for slip in page["slips"]] == list(ours.slips.items()), student
        assert [one["name"] for one in page["pictures"]] == list(ours.pictures)
        for one in page["pictures"]:
            near(one["values"], ours.pictures[one["name"]])


@chapters
def test_problems_are_short_unambiguous_and_ones_own(chapter):
    made = [problem_for(chapter, "owls-7b", student) for student in STUDENTS]
    for one in made:
        answers = [one.right, *one.slips.values()]
        assert len(one.slips) >= FEWEST_SLIPS
        assert set(one.slips) <= set(SLIPS[chapter])
        assert all(is_number(answer) and len(answer) <= 6 for answer in answers), answers
        for at, answer in enumerate(answers):
            others = answers[:at] + answers[at + 1 :]
            assert not any(accepts(other, number_of(answer)) for other in others), answers
    told = {repr((one.pictures, one.right, one.slips)) for one in made}
    assert len(told) > 0.8 * len(STUDENTS), "neighbours would have the same"
    again = problem_for(chapter, "owls-7b", "4711")
    assert repr(again) == repr(problem_for(chapter, "owls-7b", "4711"))
    others = [problem_for(chapter, word, "4711") for word in ("owls-7c", "bats", "x")]
    assert len({repr(one) for one in [again, *others]}) > 2


@pytest.mark.sweep
@chapters
def test_a_whole_school_finds_a_problem(chapter):
    met = set()
    for student in range(3000):
        met |= set(problem_for(chapter, "school", str(student)).slips)
    assert met == set(SLIPS[chapter]), "a slip that nobody can make is none"


def test_every_slip_has_its_words(run):
    told = run("return Object.entries(PROBLEM_WORDS).map(([name, { slips }]) => [name, Object.keys(slips)])")
    assert {name: set(slips) for name, slips in told} == {name: set(slips) for name, slips in SLIPS.items()}


@chapters
def test_the_words_hold_the_numbers(chapter, run):
    said = run(
        """return given.students.map((one) => {
          const { facts } = problemFor(given.chapter, "owls-7b", one);
          return [PROBLEM_WORDS[given.chapter].ask(facts), PROBLEM_WORDS[given.chapter].reply(facts)];
        })""",
        chapter=chapter,
        students=STUDENTS[:5],
    )
    for sentence in (sentence for pair in said for sentence in pair):
        assert not re.search(r"undefined|NaN|\[object|\d{6}", sentence), sentence


# Codes


@settings(max_examples=60)
@given(st.lists(st.tuples(made_codes, words), min_size=1, max_size=20))
def test_page_and_python_write_the_same_code_and_read_it_back(run, cases):
    given_ = [[code._asdict(), word] for code, word in cases]
    texts = run("return given.cases.map(([code, word]) => encode(code, word))", cases=given_)
    assert texts == [encode(code, word) for code, word in cases]
    theirs = run(
        "return given.cases.map(([text, word]) => decode(text, word))",
        cases=[[text, word] for text, (_, word) in zip(texts, cases, strict=True)],
    )
    for text, page, (code, word) in zip(texts, theirs, cases, strict=True):
        ours = decode(text, word)
        assert ours[:3] == code[:3]
        assert ours.marks[: len(code.marks)] == code.marks
        assert not any(ours.marks[len(code.marks) :])
        assert page == {**ours._asdict(), "marks": list(ours.marks)}


def why_not(text, word):
    with pytest.raises(ValueError, match=".") as refused:
        decode(text, word)
    return str(refused.value)


BENT = ["CNN1", "CNN2-02-1-ABCDE", "CNN1-02-4711-AAAAU", "CNN1-02-4711-AB", "CNN1-02--ABCDEFG", "CNN1-x-1-ABCDEFGH", ""]


def test_a_bent_code_is_refused_with_the_same_words(run):
    good = encode(Code(2, "4711", "AB", (1, 0, 1, 1, 0, 1)), "owls")
    wrong = [
        good[:at] + ("7" if good[at] != "7" else "9") + good[at + 1 :] for at in range(5, len(good)) if good[at] != "-"
    ]
    swapped = [
        good[:at] + good[at + 1] + good[at] + good[at + 2 :]
        for at in range(13, len(good) - 1)
        if good[at] != good[at + 1]
    ]
    cases = [*wrong, *swapped, good[:-1], good + "7", *BENT, *(one.replace("-", " - ") for one in (*wrong, good[:-1]))]
    cases = [text for text in cases if text.replace("-", "").replace(" ", "") != good.replace("-", "")]
    body = """return given.cases.map((text) => {
      try { decode(text, "owls"); return null; } catch (problem) { return problem.message; }
    })"""
    assert run(body, cases=cases) == [why_not(text, "owls") for text in cases]
    assert why_not(good, "bats") == "its last three letters are of another class word, or one of them is mistyped"
    assert why_not(f"{good} - done", "bats") == why_not(good.replace("-", " - "), "bats") == why_not(good, "bats")
    assert why_not(wrong[-4], "owls").startswith("a letter is wrong")


def test_a_code_survives_how_people_copy_it(run):
    code = Code(3, "S10", "1V", (1,) * 12)
    good = encode(code, "owls-7b")
    dash = "\N{NON-BREAKING HYPHEN}"
    body = good[len("CNN1-03-S10-") :]
    gaps = [at for at, letter in enumerate(good) if letter == "-"]
    forms = [
        good.lower(),
        good.replace("-", dash),
        good.replace("-", " - "),
        *(good[:at] + gap + good[at + 1 :] for at in gaps for gap in (" - ", "- ", " -", "-\t", "\N{NO-BREAK SPACE}-")),
        f"{good} - I have done it",
        f"\N{ZERO WIDTH SPACE}{good}\N{ZERO WIDTH SPACE}.",
        f'2027-01-31;"Anna, 7b";"{good}";yes',
        good.replace("CNN1", "CNN 1"),
        good[: -len(body)] + body.replace("0", "O").replace("1", "l"),
    ]
    for form in forms:
        assert decode(form, "owls-7b")[:2] == code[:2], form
    read = run("return given.forms.map((form) => decode(form, 'owls-7b').number)", forms=forms)
    assert read == ["S10"] * len(forms)


def test_every_chapters_code_is_short_and_its_marks_are_named_alike(run):
    for path in sorted((ROOT / "book").glob("[0-9][0-9]_*.ipynb")):
        chapter = outline.chapter_of(path)
        names = outline.mark_names(chapter)
        (known,) = run("return knownOf([given.chapter])", chapter=chapter)
        assert (known["names"], known["tag"]) == (names, codes.tag_of(names)), path.name
        code = encode(Code(chapter["number"], "123456789012", codes.tag_of(names), (1,) * len(names)), "a" * 24)
        assert len(code) < 60
        assert {"challenge", "exercise", "right", "first", "slip"} == {name.split()[0] for name in names}


TYPED = {
    "Owls-7B ": "owls-7b",
    "7": "7",
    "": None,
    "a b": None,
    "-a": None,
    "a-": None,
    "ä": None,
    "a" * 24: "a" * 24,
    "a" * 25: None,
}
NUMBERED = {
    " 47.11-0 ": "47110",
    "s12/3": "S123",
    "": None,
    "ä1": None,
    "1" * 12: "1" * 12,
    "1" * 13: None,
    "<b>": None,
}


def test_words_and_numbers_are_read_alike(run):
    assert {text: codes.read_word(text) for text in TYPED} == TYPED
    assert {text: codes.read_student(text) for text in NUMBERED} == NUMBERED
    assert run("return given.all.map(readWord)", all=list(TYPED)) == list(TYPED.values())
    assert run("return given.all.map(readStudent)", all=list(NUMBERED)) == list(NUMBERED.values())
