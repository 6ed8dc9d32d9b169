"""The teacher's page: the class link, codes out of whatever was pasted, who solved what, and which slips were met."""

import csv
import io
import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from convnet_core.labs.progress.codes import LETTERS, Code, encode, tag_of
from convnet_core.labs.progress.outline import mark_names
from convnet_core.labs.progress.problems import problem_for
from tests.contents import ROOT
from tests.parity import in_the_page
from tests.progresspage import CHAPTERS, CLASS, OF_FILTERING, WORD, ProgressPage, code_for
from tests.readable import findings

CHALLENGE, EXERCISE = (
    f"challenge lab-filtering {OF_FILTERING['challenges'][0]['id']}",
    f"exercise {OF_FILTERING['exercises'][0]['id']}",
)
ONE = code_for(OF_FILTERING, "4711", CHALLENGE, "slip lab-quiz 0 8", "slip own 0 share")
LATER = code_for(OF_FILTERING, "4711", EXERCISE, "right own 0", "slip lab-quiz 0 8")
OTHER = code_for(CHAPTERS[0], "12", "right lab-quiz 0")
OF_ANOTHER_CLASS = code_for(OF_FILTERING, "7", CHALLENGE, word="bats")
OF_ANOTHER_EDITION = encode(Code(2, "8", "ZZ", (1, 0)), WORD)
OF_NO_CHAPTER = encode(Code(77, "8", "ZZ", (1, 0)), WORD)
MISTYPED = ONE.replace("-4711-", "-4771-")

FORM = f"""Timestamp,Name,"Your code"
2027-01-31,"Müller, Anna","{ONE.lower()}"
2027-01-31,Bob;{OTHER} {LATER};thanks!
2027-02-01,Cem,{MISTYPED}
2027-02-01,Dora,{OF_ANOTHER_CLASS}

2027-02-02,Eve,CNN1-02-
2027-02-02,"<img src=x onerror=alert(1)>",{OF_ANOTHER_EDITION}
2027-02-03,Finn,I forgot
2027-02-03,Gil,{OF_NO_CHAPTER}
"""


@pytest.fixture(scope="module")
def run(page_with):
    """JavaScript with what reads codes in scope."""
    page = page_with("progress/reading")
    modules = [f"progress/{name}" for name in ("codes", "problems", "kept", "reading", "problem_words")]
    return in_the_page(page, modules)


def reading(run, text, word=WORD):
    return run(
        """const known = knownOf(given.chapters);
        const got = read(given.text, given.word, known);
        const students = got.students.map(({ number, chapters }) => [number, [...chapters]]);
        return { ...got, students, met: metBy(got.students, known), csv: asCsv(got.students, known, given.word) };""",
        chapters=CHAPTERS,
        text=text,
        word=word,
    )


# Reading


def test_codes_are_found_whatever_stands_around_them(run):
    got = reading(run, FORM)
    assert [number for number, _ in got["students"]] == ["12", "4711"]
    assert (got["codes"], got["again"]) == (3, 1)
    names = mark_names(OF_FILTERING)
    marks = dict(got["students"][1][1])[2]
    merged = {CHALLENGE, EXERCISE, "right own 0", "slip lab-quiz 0 8", "slip own 0 share"}
    assert {name for name, mark in zip(names, marks, strict=True) if mark} == merged
    assert [(one["line"], one["reason"]) for one in got["bad"]] == [
        (4, "a letter is wrong, missing or too many: its check does not fit"),
        (5, "its last three letters are of another class word, or one of them is mistyped"),
        (7, "it begins as a code and goes on as none: is a part missing?"),
        (8, "it was made by an edition of the book whose chapter 2 asks something else: read it with that edition"),
        (10, "it is of chapter 77, which this edition of the book does not have"),
    ]
    assert [one["line"] for one in got["without"]] == [1, 9]
    told = {one["text"] for one in got["bad"] + got["without"]}
    lines = {line for line in FORM.splitlines() if line}
    assert lines - told == {line for line in lines if ONE.lower() in line or OTHER in line}, "no line is lost"


def test_the_order_of_codes_does_not_matter(run):
    lines = [line for line in FORM.splitlines() if line]
    first = reading(run, "\n".join(lines))
    for end in ("\n", "\r\n", "\r"):
        again = reading(run, end.join(reversed(lines)))
        assert (again["students"], again["met"], again["csv"]) == (first["students"], first["met"], first["csv"])


def test_a_group_that_begins_as_a_code_is_none(run):
    names = mark_names(OF_FILTERING)
    letters = "000CNN5".ljust(-(-len(names) // 5), "0")  # behind the two of the chapter, the second group is CNN5
    marks = tuple(int(bit) for letter in letters for bit in f"{LETTERS.index(letter):05b}")
    inside = encode(Code(2, "5", tag_of(names), marks), WORD)
    assert "-CNN5" in inside
    got = reading(run, f"{inside} {code_for(OF_FILTERING, 'CNN1', CHALLENGE)};{OTHER}")
    assert (got["codes"], got["bad"]) == (3, [])
    assert [number for number, _ in got["students"]] == ["5", "12", "CNN1"]


@pytest.mark.parametrize(
    "gap", ["{}\n{}", "{}=\r\n{}", "{} \n> {}", "{}\n   {}"], ids=["plain", "soft", "quoted", "indented"]
)
def test_a_code_that_a_mail_broke_into_two_lines_is_read(run, gap):
    for at in range(6, len(ONE)):
        got = reading(run, f"Dear Ms Owl,\nhere: {gap.format(ONE[:at], ONE[at:])}\n{OTHER}\nAnna")
        assert [number for number, _ in got["students"]] == ["12", "4711"], at
        assert ([one["line"] for one in got["without"]], got["bad"]) == ([1, 5], []), at
    bent = reading(run, f"{ONE[:-1]}\n{OTHER}\n{OTHER}")
    assert (bent["codes"], [one["line"] for one in bent["bad"]], bent["without"]) == (2, [1], [])


def test_slips_are_counted_by_student(run):
    second = code_for(OF_FILTERING, "9", "slip lab-quiz 0 8", "slip lab-quiz-2 0 0")
    met = reading(run, f"{FORM}\n{second}")["met"]
    assert [(one["chapter"], one["label"], one["students"], one["of"]) for one in met] == [
        (2, "“8”", 2, 2),
        (2, "“0.66”", 1, 2),
        (2, "took the share that agrees", 1, 2),
    ]
    assert [one["about"] for one in met] == ["Pencil and paper, 1", "Quick questions, 1", "Own problem"]
    assert met[0]["ask"].startswith("A patch of 1s and -1s scores 0.77")


def test_a_question_is_named_as_its_chapter_names_it(run):
    """By the heading that its quiz stands under, and the number that it has there."""
    for chapter in CHAPTERS:
        slips = [name for name in mark_names(chapter) if name.startswith("slip lab-quiz")]
        about = {one["about"] for one in reading(run, code_for(chapter, "9", *slips))["met"]}
        heads = {quiz["lab"]: head for quiz, head in zip(chapter["quizzes"], quiz_heads(chapter), strict=True)}
        wanted = {(heads[name.split()[1]], int(name.split()[2]) + 1) for name in slips}
        assert about == {f"{head}, {number}" for head, number in wanted}, chapter["name"]


def quiz_heads(chapter):
    head, heads = "", []
    for cell in json.loads((ROOT / f"book/{chapter['page']}.ipynb").read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            head = (re.findall("^#+ (.+)", text, re.MULTILINE) or [head])[-1]
        elif "QuizLab(" in text:
            heads.append(head.removeprefix("Questions for ").capitalize())
    return heads


def test_none_of_the_codes_is_of_the_class_word(run):
    codes = [code_for(OF_FILTERING, str(number), CHALLENGE) for number in range(3)]
    wrong = lambda *lines: reading(run, "\n".join(lines), "hawks")["isOfOther"]  # noqa: E731
    assert wrong(*codes)
    assert wrong(*codes, "CNN1-02-")
    assert not wrong(codes[0])
    assert not wrong(*codes, code_for(OF_FILTERING, "9", CHALLENGE, word="hawks"))
    assert not wrong(*codes, encode(Code(2, "8", "ZZ", (1, 0)), "hawks")), "the word fits, the edition does not"
    assert not wrong(MISTYPED, MISTYPED)


CONTENTS = {
    "plain": (b"M\xc3\xbcller", "Müller"),
    "utf-8 with a mark": (b"\xef\xbb\xbfM\xc3\xbcller", "Müller"),
    "windows": (b"M\xfcller", "Müller"),
    "utf-16, little end first": ("Müller\r\n".encode("utf-16-le").join([b"\xff\xfe", b""]), "Müller\r\n"),
    "utf-16, big end first": ("Müller".encode("utf-16-be").join([b"\xfe\xff", b""]), "Müller"),
    "nothing": (b"", ""),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
    "zeros": (b"CNN1\0", None),
    "utf-16, broken off": (b"\xff\xfeM", None),
    "a spreadsheet": (b"PK\x03\x04\x14\0", None),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_text_of_a_file(name, run):
    content, text = CONTENTS[name]
    assert run("return textOf(new Uint8Array(given.content).buffer);", content=list(content)) == text


HOSTILE = {
    "nothing": "",
    "blanks": " \n\t\r\n",
    "markup": "<script>alert(1)</script>\nCNN1-<b>02</b>-1-AAAAA",
    "much": "CNN1-" * 20_000,
    "dashes": "CNN1-02-1-" + "-" * 50_000,
    "letters": "CNN1-02-1-" + "A" * 50_000,
    "spaces": "CNN1" + " -" * 30_000,
    "blanks behind": "CNN1" + " " * 200_000,
    "numbers": "CNN99999999-1-1-1\nCNN1-999-1-1\nCNN1-02-1234567890123-AAAAAAAA",
    "other scripts": "ＣＮＮ１－０２－１－ＡＡＡＡＡ\nCNN١-٠٢-١-AAAAA\n\0CNN1-02-1-AAA\0",
    "prototype": "__proto__\nCNN1-02-__proto__-AAAAAAA\nCNN1-02-CONSTRUCTOR-AAAAAAA",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_gives_no_student_and_loses_no_line(text, run):
    got = reading(run, text)
    assert got["students"] == []
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip(" \t\r\0")]
    assert len({one["line"] for one in got["bad"] + got["without"]}) == len(lines)
    assert all(len(one["text"]) <= 2000 for one in got["bad"] + got["without"])


# On the page


@pytest.fixture
def teacher(new_page, http_book):
    page = new_page(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    page.set_default_timeout(10_000)
    page.goto(f"{http_book}/{CLASS}.html")
    page.get_by_label("Class word").fill(WORD)
    yield page
    assert page.record.errors == []
    assert page.record.elsewhere(http_book) == []


def read_all(page, text):
    page.get_by_label("Codes, with whatever stands around them").fill(text)
    page.get_by_role("button", name="Read the codes").click()


def said(page, part):
    """What is said there last; a sentence that is said again takes a moment."""
    region = page.locator(f"[data-part={part}] .pg-said").first
    expect(region).not_to_be_empty()
    return region.inner_text()


def refused(page):
    region = page.locator("[data-part=link] .pg-refused")
    expect(region).not_to_be_empty()
    return region.inner_text()


def rows(page):
    return page.locator(".pg-students tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )


def test_the_class_link_leads_to_the_progress_page_with_its_word(teacher, http_book):
    make = teacher.get_by_role("button", name="Make the link")
    link = teacher.get_by_label("The class link")
    make.click()
    assert link.input_value() == f"{http_book}/book/progress.html#class={WORD}"
    assert said(teacher, "link") == f"The link of the class {WORD} is made: it stands in the box above."
    teacher.get_by_role("button", name="Copy").click()
    expect(teacher.locator("[data-part=link] .pg-said")).to_have_text("Copied.")
    assert teacher.evaluate("navigator.clipboard.readText()") == link.input_value()
    teacher.get_by_label("Class word").fill("bats")
    teacher.get_by_label("Class word").press("Enter")
    assert link.input_value() == f"{http_book}/book/progress.html#class=bats"


COMPLETED = "The address led to another page of the book"
PAGE = "https://school.example/book/progress.html"
ADDRESSES = {
    PAGE: PAGE,
    f"{PAGE}#old": PAGE,
    f"{PAGE}?class=bats&from=1": f"{PAGE}?from=1",
    "https://school.example/cnn/progress": "https://school.example/cnn/progress",
    "https://school.example/book/": PAGE,
    "https://school.example/book": PAGE,
    "https://school.example/book/class.html#the-class-link": PAGE,
    "https://school.example/book/glossary.html?q=pool": PAGE,
    "https://school.example/cnn/02_filtering.html": "https://school.example/cnn/progress.html",
    "https://school.example/cnn/class": "https://school.example/cnn/progress.html",
}


def test_the_address_of_another_page_of_the_book_is_completed(teacher):
    for address, page in ADDRESSES.items():
        teacher.get_by_label("Address of the progress page").fill(address)
        teacher.get_by_role("button", name="Make the link").click()
        assert teacher.get_by_label("The class link").input_value() == f"{page}#class={WORD}", address
        assert (COMPLETED in said(teacher, "link")) == ("/progress" not in address), address


NO_PAGE = {
    "Put in the address of the book's progress page": (
        "",
        "progress.html",
        "javascript:alert(1)",
        "https://",
        "C:\\book",
    ),
    "This address is not that of the progress page": (
        "https://school.example",
        "https://school.example/cnn/",
        "https://school.example/index.html",
        "https://school.example/book/figure.svg",
        "https://school.example/progress.html/",
    ),
}


@pytest.mark.parametrize("words", NO_PAGE)
def test_an_address_that_leads_elsewhere_is_refused(words, teacher):
    box = teacher.get_by_label("Address of the progress page")
    for text in NO_PAGE[words]:
        box.fill(text)
        box.press("Enter")
        assert said(teacher, "link").startswith(words), text
        expect(box).to_be_focused()
        expect(box).to_have_attribute("aria-invalid", "true")
        assert not teacher.get_by_label("The class link").is_visible()


@pytest.mark.parametrize("label", ["Class word", "Address of the progress page"])
def test_what_is_made_of_a_field_goes_when_the_field_changes(label, teacher):
    teacher.get_by_role("button", name="Make the link").click()
    expect(teacher.get_by_label("The class link")).to_be_visible()
    teacher.get_by_label(label).press("End")
    teacher.get_by_label(label).press("Backspace")
    expect(teacher.get_by_label("The class link")).to_be_hidden()
    expect(teacher.locator("[data-part=link] .pg-said")).to_be_empty()


@pytest.mark.parametrize("label", ["Class word", "Student number"])
def test_problems_of_a_student_go_when_the_word_or_the_number_changes(label, teacher):
    teacher.get_by_label("Student number", exact=True).fill("4711")
    teacher.get_by_role("button", name="Show problems and answers").click()
    expect(teacher.locator("[data-part=own] summary")).to_have_count(len(CHAPTERS))
    teacher.get_by_label(label, exact=True).press("End")
    teacher.get_by_label(label, exact=True).press("Backspace")
    expect(teacher.locator("[data-part=own] summary")).to_have_count(0)
    expect(teacher.locator("[data-part=own] .pg-said")).to_be_empty()


NO_WORDS = {
    " ": "Type a class word first: 1 to 24",
    "my class": "A class word has no blanks. Put hyphens there",
    "owls\u00a07b": "A class word has no blanks. Put hyphens there",
    "käuze": "“käuze” is no class word.",
    "-owls": "“-owls” is no class word.",
    "o" * 25: f"“{'o' * 25}” is no class word.",
}


def test_a_word_that_is_none_is_refused_with_what_is_wrong(teacher):
    word = teacher.get_by_label("Class word")
    for text, words in NO_WORDS.items():
        word.fill(text)
        teacher.get_by_role("button", name="Make the link").click()
        assert refused(teacher).startswith(words), text
        expect(word).to_have_attribute("aria-invalid", "true")
        expect(word).to_be_focused()
    word.fill("bats")
    word.press("Enter")
    expect(word).to_have_attribute("aria-invalid", "false")
    expect(teacher.locator("[data-part=link] .pg-refused")).to_be_empty()


TEXTS_OF = """(region) => {
  window.texts = [];
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver(() => texts.push(region.textContent)).observe(region, all);
}"""


@pytest.mark.parametrize(
    ("name", "region", "word"),
    [
        ("Make the link", "[data-part=link] .pg-refused", "my class"),
        ("Make the link", "[data-part=link] .pg-said", WORD),
        ("Copy", "[data-part=link] .pg-said", WORD),
        ("Read the codes", "[data-part=codes] .pg-said >> nth=0", WORD),
        ("Show problems and answers", "[data-part=own] .pg-said", WORD),
    ],
)
def test_a_sentence_that_comes_again_is_said_again(name, region, word, teacher):
    """Who listens hears a change of the text: it goes, and comes back in another task."""
    if name == "Copy":
        teacher.get_by_role("button", name="Make the link").click()
    teacher.get_by_label("Class word").press("End")
    if word != WORD:
        teacher.get_by_label("Class word").fill(word)
    press = teacher.get_by_role("button", name=name)
    press.click()
    place = teacher.locator(region)
    expect(place).not_to_be_empty()
    teacher.wait_for_timeout(200)
    text = place.text_content()
    assert place.evaluate("(region) => getComputedStyle(region).display") == "block"
    place.evaluate(TEXTS_OF)
    press.click()
    teacher.wait_for_timeout(300)
    assert teacher.evaluate("texts") == ["", text]


def test_without_a_class_word_each_part_leads_to_its_box(teacher):
    """What is wrong is said where the word is typed, and what was pasted stays."""
    word = teacher.get_by_label("Class word")
    for name in ("Make the link", "Read the codes", "Show problems and answers"):
        word.fill("")
        teacher.get_by_label("Codes, with whatever stands around them").fill(FORM)
        teacher.get_by_role("button", name=name).click()
        assert refused(teacher).startswith("Type a class word first"), name
        expect(word).to_be_focused()
        expect(word).to_have_attribute("aria-invalid", "true")
    word.fill(WORD)
    teacher.get_by_role("button", name="Read the codes").click()
    expect(teacher.locator("[data-part=link] .pg-refused")).to_be_empty()
    assert said(teacher, "codes").startswith("3 codes of 2 students")


def test_from_disk_it_works_and_says_where_its_link_leads(book, new_page):
    page = new_page()
    page.goto((book / f"{CLASS}.html").as_uri())
    page.get_by_label("Class word").fill(WORD)
    page.get_by_role("button", name="Make the link").click()
    assert "This link leads to the book on this computer." in said(page, "link")
    read_all(page, FORM)
    assert [row[0] for row in rows(page)] == ["12", "4711"]
    page.goto(page.get_by_label("The class link").input_value())
    expect(page.locator("[data-part=class]")).to_contain_text(f"This is the class {WORD}.")
    assert page.record.errors == []
    assert page.record.elsewhere(book.as_uri()) == []


def test_a_form_is_read_and_told(teacher):
    read_all(teacher, FORM)
    assert said(teacher, "codes") == (
        "3 codes of 2 students; 1 of them of a chapter that had one already, and added to it; "
        "5 codes that can't be read, listed below; 2 lines without a code."
    )
    bad = teacher.locator(".pg-lines").first
    expect(bad.locator("li")).to_have_count(5)
    expect(bad).to_contain_text("Line 5: ")
    assert teacher.locator(".pg img").count() == 0
    all_of_it = sum(
        name.startswith(("challenge", "exercise", "right")) for chapter in CHAPTERS for name in mark_names(chapter)
    )
    empty = [""] * (len(CHAPTERS) - 3)
    assert rows(teacher) == [
        ["12", f"1/{all_of_it}", "1/13", "", "", *empty],
        ["4711", f"3/{all_of_it}", "", "", "3/13", *empty],
    ]
    met = "Chapter 2, Pencil and paper, 1: “8”: 1 of 1; Chapter 2, Own problem: took the share that agrees: 1 of 1"
    bars = teacher.get_by_role("img", name=f"Students who met each wrong answer: {met}")
    expect(bars).to_be_visible()
    expect(teacher.get_by_role("heading", name="Wrong answers that were met", level=3)).to_be_visible()
    teacher.get_by_text("All of them, as a table").click()
    expect(teacher.get_by_role("table", name="All wrong answers that were met")).to_be_visible()
    expect(teacher.locator(".pg-met tbody tr")).to_have_count(2)
    teacher.get_by_label("Class word").fill("bats")
    teacher.get_by_role("button", name="Read the codes").click()
    assert [row[0] for row in rows(teacher)] == ["7"]


def test_a_file_is_added_to_what_is_there(teacher):
    read_all(teacher, OTHER)
    sent = {"name": "answers.csv", "mimeType": "text/csv", "buffer": FORM.encode()}
    teacher.get_by_label("Or add a file").set_input_files(sent)
    expect(teacher.locator(".pg-students tbody tr")).to_have_count(2)
    assert said(teacher, "codes").startswith("Added answers.csv: 3 codes. 4 codes of 2 students")
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Save the table as CSV").click()
    assert download.value.suggested_filename == f"{WORD}.csv"
    table = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    columns = ("class", "student", "solved", "chapter 0", "chapter 2", "own problem 0", "own problem 2")
    assert [tuple(row[column] for column in columns) for row in table] == [
        (WORD, "12", "1", "1", "", "0", ""),
        (WORD, "4711", "3", "", "3", "", "1"),
    ]


FILES = {
    "pic.png": (b"\x89PNG\r\n\x1a\n\0\0", "pic.png is no text file: nothing was added."),
    "empty.csv": (b"", "empty.csv is empty: nothing was added."),
    "mark.txt": (b"\xef\xbb\xbf\r\n", "mark.txt is empty: nothing was added."),
    "one.txt": (ONE.encode("utf-16"), "Added one.txt: 1 code. 2 codes of 2 students."),
    "none.txt": (b"Anna", "Added none.txt: 0 codes. 1 code of 1 student; 1 line without a code."),
}


@pytest.mark.parametrize("name", FILES)
def test_what_has_become_of_a_file_is_said_by_its_name(name, teacher):
    content, words = FILES[name]
    read_all(teacher, OTHER)
    teacher.get_by_label("Or add a file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(teacher.locator("[data-part=codes] .pg-said").first).to_contain_text(words)
    box = teacher.get_by_label("Codes, with whatever stands around them")
    assert (box.input_value() == OTHER) == (not words.startswith("Added"))


def test_a_file_before_the_class_word_waits_in_the_box(teacher):
    teacher.get_by_label("Class word").fill("")
    sent = {"name": "one.csv", "mimeType": "text/csv", "buffer": ONE.encode()}
    teacher.get_by_label("Or add a file").set_input_files(sent)
    words = "The file is in the box; type a class word, then press “Read the codes”."
    expect(teacher.locator("[data-part=codes] .pg-said").first).to_have_text(words)
    assert teacher.get_by_label("Codes, with whatever stands around them").input_value() == ONE
    teacher.get_by_label("Class word").fill(WORD)
    teacher.get_by_role("button", name="Read the codes").click()
    assert said(teacher, "codes") == "1 code of 1 student."


def test_codes_of_another_class_are_told_in_one_sentence(teacher):
    teacher.get_by_label("Class word").fill("hawks")
    read_all(teacher, f"{ONE}\n{OTHER}")
    assert said(teacher, "codes") == (
        "None of these codes fits the class word hawks: is it the right word? 2 codes that can't be read, listed below."
    )
    expect(teacher.locator(".pg-lines li").first).to_be_hidden()


def saved_by(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the table as CSV").click()
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))


def test_the_table_is_saved_as_it_is_shown(teacher):
    codes = [code_for(OF_FILTERING, number, CHALLENGE, "right own 0") for number in ("9", "7B2", "7B1")]
    read_all(teacher, "\n".join(codes))
    told = teacher.locator("[data-part=codes] .pg-said").nth(1)
    assert [row["student"] for row in saved_by(teacher)] == ["7B1", "7B2", "9"]
    expect(told).to_have_text(f"Saved 3 students as {WORD}.csv.")
    teacher.get_by_label("Student numbers with").fill("7b")
    teacher.locator(".pg-students").get_by_role("button").filter(has_text="Student").click()
    assert [row["student"] for row in saved_by(teacher)] == [row[0] for row in rows(teacher)] == ["7B2", "7B1"]
    expect(told).to_have_text(f"Saved 2 of 3 students as {WORD}.csv.")
    teacher.get_by_role("combobox", name="Count", exact=True).select_option(label="own problems")
    table = saved_by(teacher)
    assert [(row["solved (own)"], row["of"], row["chapter 2"]) for row in table] == [("1", str(len(CHAPTERS)), "1")] * 2
    teacher.get_by_label("Student numbers with").fill("x")
    teacher.get_by_role("button", name="Save the table as CSV").click()
    expect(told).to_have_text("No student is shown, so nothing was saved.")


def test_on_the_way_back_all_is_gone(teacher, http_book):
    """What was read is gone with the page; boxes that are filled again would say that it is there."""
    read_all(teacher, FORM)
    teacher.get_by_role("combobox", name="Count", exact=True).select_option(label="challenges")
    teacher.goto(f"{http_book}/book/progress.html")
    teacher.go_back()
    expect(teacher.get_by_role("button", name="Read the codes")).to_be_visible()
    teacher.wait_for_timeout(300)
    assert teacher.get_by_label("Class word").input_value() == ""
    assert teacher.get_by_label("Codes, with whatever stands around them").input_value() == ""
    teacher.get_by_label("Class word").fill(WORD)
    read_all(teacher, FORM)
    assert teacher.get_by_role("combobox", name="Count", exact=True).input_value() == "all"


BARS = """(rows) => rows.map((row) => {
  const [label, bar] = ["span", "rect"].map((tag) => row.querySelector(tag).getBoundingClientRect());
  const [box, count] = [row.getBoundingClientRect(), row.querySelector("text").getBoundingClientRect()];
  const isInside = bar.left >= box.left && bar.width > 0 && count.right <= Math.min(box.right, innerWidth);
  return [isInside, bar.top >= label.bottom];
})"""


@pytest.mark.parametrize("width", [1280, 320])
def test_all_of_a_bar_is_in_sight(width, teacher):
    teacher.set_viewport_size({"width": width, "height": 800})
    read_all(teacher, "\n".join(code_for(OF_FILTERING, str(number), *mark_names(OF_FILTERING)) for number in range(20)))
    bars = teacher.locator(".pg-bar-row").evaluate_all(BARS)
    assert bars == [[True, width == 320]] * 12
    assert teacher.locator(".pg-picture-box").evaluate("(box) => box.scrollWidth <= box.clientWidth")


KINDS = {
    "all that can be solved": ("challenge", "exercise", "right"),
    "own problems": ("right own",),
    "challenges": ("challenge",),
    "exercises": ("exercise",),
    "questions": ("right lab",),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_counts_what_the_teacher_asks_for(kind, teacher):
    codes = [code_for(chapter, "4711", *mark_names(chapter)[:2], "right own 0") for chapter in CHAPTERS]
    read_all(teacher, "\n".join([*codes, code_for(OF_FILTERING, "9", "slip own 0 share")]))
    teacher.get_by_role("combobox", name="Count", exact=True).select_option(label=kind)
    done = lambda chapter: {*mark_names(chapter)[:2], "right own 0"}  # noqa: E731
    of = lambda names: sum(name.startswith(KINDS[kind]) for name in names)  # noqa: E731
    each = [(of(done(chapter)), of(mark_names(chapter))) for chapter in CHAPTERS]
    both = [sum(one) for one in zip(*each, strict=True)]
    cell = lambda pair: f"{pair[0]}/{pair[1]}" if pair[1] else ""  # noqa: E731
    nothing = [cell((0, each[2][1])) if chapter is OF_FILTERING else "" for chapter in CHAPTERS]
    assert rows(teacher) == [
        ["9", f"0/{both[1]}", *nothing],
        ["4711", f"{both[0]}/{both[1]}", *map(cell, each)],
    ]


def test_the_table_is_sorted_and_narrowed(teacher):
    codes = [
        code_for(OF_FILTERING, "9", CHALLENGE, EXERCISE),
        code_for(OF_FILTERING, "10", CHALLENGE),
        code_for(CHAPTERS[0], "A3", "right own 0"),
    ]
    read_all(teacher, "\n".join(codes))
    press = teacher.locator(".pg-students").get_by_role("button")
    order = lambda: [row[0] for row in rows(teacher)]  # noqa: E731
    assert order() == ["9", "10", "A3"]
    press.filter(has_text="Student").click()
    assert order() == ["A3", "10", "9"]
    expect(teacher.locator(".pg-students th").first).to_have_attribute("aria-sort", "descending")
    teacher.get_by_role("button", name="Chapter 2: Filtering").click()
    assert order() == ["9", "10", "A3"]
    teacher.get_by_role("button", name="Chapter 2: Filtering").click()
    assert order() == ["A3", "10", "9"]
    teacher.get_by_label("Student numbers with").fill("a")
    assert order() == ["A3"]
    expect(teacher.get_by_text("1 of 3 students.")).to_be_visible()


def test_what_a_student_was_given_is_what_the_student_sees(teacher, http_book, new_page):
    teacher.get_by_label("Student number", exact=True).fill("4711")
    teacher.get_by_role("button", name="Show problems and answers").click()
    told = teacher.locator("[data-part=own] summary").all_inner_texts()
    assert told == [
        f"{one['number']}. {one['title']}: {problem_for(one['name'], WORD, '4711').right}" for one in CHAPTERS
    ]
    teacher.locator("[data-part=own] summary").nth(2).click()
    cells = teacher.locator("[data-part=own] details[open] td").all_inner_texts()
    student = ProgressPage(new_page(), http_book)
    student.join()
    assert student.open(2).locator(".pg-own td").all_inner_texts() == cells


# A large class


def a_class_of(students):
    """A form's answers of so many students, a code for each chapter, in the order in which they came."""
    rng = random.Random(0)
    names = [mark_names(chapter) for chapter in CHAPTERS]
    codes = [
        code_for(chapter, str(number), *(name for name in some if rng.random() < 0.4))
        for number in range(1, students + 1)
        for chapter, some in zip(CHAPTERS, names, strict=True)
    ]
    rng.shuffle(codes)
    return "\n".join(f'2027-01-31 10:00,"Somebody, {at}",{code}' for at, code in enumerate(codes))


def test_300_students_and_all_chapters_are_read(teacher):
    """How long it takes is printed, and asserted nowhere."""
    text = a_class_of(300)
    box = teacher.get_by_label("Codes, with whatever stands around them")
    box.evaluate("(box, text) => { box.value = text; }", text)
    took = teacher.evaluate(
        """() => {
          const start = performance.now();
          [...document.querySelectorAll("button")].find((one) => one.textContent === "Read the codes").click();
          const script = performance.now() - start;
          document.querySelector(".pg-students").getBoundingClientRect();
          return [script, performance.now() - start].map(Math.round);
        }"""
    )
    print(f"{300 * len(CHAPTERS)} codes: {took} ms in the script, and with layout")
    assert said(teacher, "codes") == f"{300 * len(CHAPTERS)} codes of 300 students."
    assert len(rows(teacher)) == 300
    assert teacher.locator(".pg-bars rect").count() == 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_everyone_can_read_the_page(scheme, width, http_book, new_page):
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{http_book}/{CLASS}.html")
    page.get_by_label("Class word").fill(WORD)
    page.get_by_role("button", name="Make the link").click()
    read_all(page, FORM + code_for(OF_FILTERING, "1", *mark_names(OF_FILTERING)))
    for fold in page.locator(".pg summary").all():
        fold.click()
    page.get_by_label("Student number", exact=True).fill("4711")
    page.get_by_role("button", name="Show problems and answers").click()
    page.locator("[data-part=own] summary").nth(12).click()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
