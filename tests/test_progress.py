"""What is solved, in the contents and on the progress page: counted where chapters keep it, moved, merged, erased."""

import copy
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from convnet_core.labs.progress.codes import decode
from convnet_core.labs.progress.outline import bare, chapter_of, mark_names
from convnet_core.labs.progress.problems import problem_for
from convnet_core.labs.quiz.questions import number_of
from tests.conftest import recorded
from tests.contents import PAGES
from tests.labpage import LabOnPage, comes_to
from tests.progresspage import (
    CHAPTERS,
    CLASS,
    FILTERING,
    NUMBER,
    OF_FILTERING,
    PROGRESS,
    PUT,
    SOLVED,
    SOME,
    WORD,
    ProgressPage,
    code_record,
    lab_record,
    marks_for,
    quiz_record,
)
from tests.pythonpage import MATCH, RIGHT, CellOnPage
from tests.readable import findings

ALL = sum(len(chapter["challenges"]) + len(chapter["exercises"]) for chapter in CHAPTERS) + sum(
    len(quiz["questions"]) for chapter in CHAPTERS for quiz in chapter["quizzes"]
)
KIND = "progress in: How Convolutional Neural Networks Work"
NOBODY = {"word": "", "number": "", "answers": {}}


def in_class(number=NUMBER, word=WORD):
    """What a student is told who has joined a class."""
    where = "Open a chapter below: under its list are your own problem, and your code to hand in."
    return f"You are number {number} of the class {word}. {where}"


def a_file(pages=None, own=None, **changes):
    return {"kind": KIND, "version": 1, "pages": pages or {}, "own": own or NOBODY, **changes}


@pytest.fixture
def progress(new_page, http_book):
    """The progress page in an empty browser; fails the test if the page went wrong or asked another host."""
    page = new_page(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    page.set_default_timeout(10_000)
    yield ProgressPage(page, http_book)
    assert page.record.errors == []
    assert page.record.elsewhere(http_book) == []


# What there is to solve


def test_each_chapter_of_the_contents_takes_part():
    pages = [name.removeprefix("book/") for name in PAGES if name.removeprefix("book/")[:2].isdigit()]
    assert [chapter["page"] for chapter in CHAPTERS] == pages
    for chapter in CHAPTERS:
        assert len(chapter["challenges"]) >= 3, chapter["page"]
        assert len(chapter["exercises"]) >= 3
        assert sum(len(quiz["questions"]) for quiz in chapter["quizzes"]) >= 4
        assert chapter["own"]
        assert all(one["title"] and "#" not in one["title"] for one in chapter["exercises"])
        assert len(set(mark_names(chapter))) == len(mark_names(chapter))
        assert "text" not in json.dumps(bare(chapter))


def test_a_file_that_is_no_chapter_is_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="notes.ipynb is no chapter: wanted a name as in 02_filtering.ipynb"):
        chapter_of(tmp_path / "notes.ipynb")


def test_what_it_links_to_is_there(book):
    for chapter in CHAPTERS:
        html = (book / f"book/{chapter['page']}.html").read_text(encoding="utf-8")
        places = {one["lab"] for one in chapter["challenges"] + chapter["quizzes"]}
        places |= {one["id"] for one in chapter["exercises"]}
        assert [place for place in places if f'id="{place}"' not in html] == []


# Counted where it is kept


@pytest.mark.in_turn("book_url", 2)
def test_what_a_reader_solves_in_a_chapter_is_counted(book_url, new_page):
    """A challenge, a question and an exercise, as the chapter's own page keeps them, over http and from disk."""
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{book_url}/{FILTERING}.html")
    expect(page.locator(".done-mark")).to_have_count(0)
    page.locator(".unfold-all").click()
    quiz = LabOnPage(page, "quiz")
    box = quiz.root.get_by_role("textbox").first
    box.fill("8")
    box.press("Enter")
    box.fill("1")
    box.press("Enter")
    exercise = CellOnPage(page, MATCH)
    stub = exercise.code.input_value()
    assert exercise.run(stub.replace("return 0.0  # your code here", f"return {RIGHT}"))[0].startswith("Right.")
    lab = LabOnPage(page, "filtering")
    feature = lab.numbers("Feature")
    lab.cell("Feature", 0, 0).focus()
    for row, line in enumerate(lab.numbers("Patch")):  # the exact opposite of the patch
        for column, value in enumerate(line):
            if feature[row][column] == value:
                lab.cell("Feature", row, column).focus()
                page.keyboard.press("Space")
    assert len(lab.solved()) == 1

    progress = ProgressPage(page, book_url)
    assert progress.sum == f"3 of {ALL} solved in the whole book."
    chapter = progress.open(2)
    expect(chapter.locator("summary")).to_contain_text("3 of 12 solved")
    solved = chapter.locator("li.is-solved").all_inner_texts()
    assert [text.split(":")[0] for text in solved] == ["✓ solved Challenge", "✓ solved Exercise", "✓ solved Question"]
    expect(page.locator(".bd-links .done-mark")).to_have_text(" (3 of 12 solved)")
    assert page.record.errors == []
    assert page.record.elsewhere(book_url) == []


def test_counts_are_read_and_links_lead_there(progress):
    assert progress.sum == f"0 of {ALL} solved in the whole book."
    first = CHAPTERS[0]["challenges"][0]["text"]
    expect(progress.part("count")).to_contain_text(f"Next, in chapter 0: challenge {first}")
    progress.put(SOME)
    assert progress.sum == f"{SOLVED} of {ALL} solved in the whole book."
    expect(progress.part("count")).to_contain_text(
        f"Next, in chapter 2: challenge {OF_FILTERING['challenges'][1]['text']}"
    )
    chapter = progress.open(2)
    assert chapter.locator("li").count() == 12
    assert chapter.locator("li.is-solved").count() == SOLVED
    chapter.get_by_role("link", name="The best feature").click()
    page = progress.page
    expect(page.locator("#code-exercise-best-stub")).to_be_in_viewport()  # in a side road, which opens
    assert page.url.endswith("/02_filtering.html#code-exercise-best-stub")


DAMAGED = [
    ["convnet-lab", "02_filtering", "lab-filtering", "]["],
    [
        "convnet-lab",
        "02_filtering",
        "lab-quiz",
        '{"state": {"answers": [[1e999, "1", null], 3, {"a": 1}]}, "solved": 1}',
    ],
    ["convnet-lab", "02_filtering", "lab-quiz-2", '{"state": 7, "solved": {"opposite": true}}'],
    ["code", "02_filtering", "", '{"cells": [1, {"__proto__": 2}]}'],
    ["code", "03_convolution", "", "null"],
]


def test_what_is_damaged_counts_for_nothing_and_breaks_nothing(progress):
    progress.put(DAMAGED)
    assert progress.sum == f"0 of {ALL} solved in the whole book."
    progress.put(SOME)
    assert progress.sum == f"{SOLVED} of {ALL} solved in the whole book."


def test_a_host_that_leaves_html_out_counts_as_well(progress):
    solved = next(one["id"] for one in CHAPTERS[3]["challenges"] if one["lab"] == "lab-convolution")
    progress.page.evaluate(
        """([record]) => {
          const path = location.pathname.replace("progress.html", "03_convolution");
          localStorage.setItem(`convnet-lab ${path} lab-convolution`, JSON.stringify(record));
        }""",
        [lab_record("03_convolution", "lab-convolution", solved=[solved])[-1]],
    )
    assert progress.again().sum.startswith("1 of ")


# In the contents


def layout(page):
    places = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    return page.locator(".bd-links a, .bd-article li > p").evaluate_all(places)


@pytest.mark.parametrize("width", [1280, 320])
def test_marks_come_without_moving_anything_and_say_what_they_mean(width, http_book, new_page):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(f"{http_book}/book/index.html")
    page.wait_for_load_state("networkidle")
    before = layout(page)
    assert [url for url in page.record.requests if "marks.js" in url] == []
    page.evaluate(PUT, SOME)
    page.reload()
    mark = page.locator(".bd-article .done-mark")
    expect(mark).to_have_count(1)
    assert layout(page) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(mark.locator("xpath=..")).to_have_text(
        "Filtering: how alike are two small pictures? The math behind the match. (4 of 12 solved)"
    )
    link = page.locator(".bd-sidebar-primary .bd-links a[href$='02_filtering.html']")
    assert link.text_content() == "2. Filtering: the math behind the match (4 of 12 solved)"
    if width == 1280:  # on a narrow page the contents are folded away
        name = "2. Filtering: the math behind the match (4 of 12 solved) (on the short route)"
        expect(link).to_have_accessible_name(name)
    assert page.record.errors == []


def test_a_chapter_without_an_open_item_has_a_tick(http_book, new_page):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{http_book}/{FILTERING}.html")
    right = [
        [number_of(one["right"]) if one["kind"] == "number" else one["right"]]
        for quiz in OF_FILTERING["quizzes"]
        for one in quiz["questions"]
    ]
    exercises = {one["id"]: {"solved": "so"} for one in OF_FILTERING["exercises"]}
    page.evaluate(
        PUT,
        [
            lab_record("02_filtering", "lab-filtering", solved=[one["id"] for one in OF_FILTERING["challenges"]]),
            code_record("02_filtering", exercises),
            quiz_record("02_filtering", "lab-quiz", right[:3]),
            quiz_record("02_filtering", "lab-quiz-2", right[3:]),
        ],
    )
    page.reload()
    expect(page.locator(".bd-links .current > a .done-tick")).to_have_count(1)
    expect(page.locator(".bd-links .done-mark")).to_have_text(" (12 of 12 solved)")
    LabOnPage(page, "filtering").cell("Image", 0, 0).click()  # the labs' own modules are as they were
    assert page.record.errors == []


# Class, own problems and codes


@pytest.mark.in_turn("book_url", 2)
@pytest.mark.parametrize("form", ["#class=", "?class="])
def test_a_class_link_brings_problems_of_ones_own_and_codes(form, book_url, new_page):
    page = new_page(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    progress = ProgressPage(page, book_url, f"{form}Owls-7B")
    assert progress.said("class") == (
        "This is the class owls-7b. Type your student number, and each chapter below has a problem of your own."
    )
    progress.put(SOME)
    page.get_by_label("Your student number").fill(" 47-11 ")
    page.get_by_role("button", name="Keep").click()
    assert progress.said("class") == in_class()
    expect(page.get_by_text(f"Of your own problems: 0 of {len(CHAPTERS)}.")).to_be_visible()
    chapter = progress.open(2)
    expect(chapter.locator("summary")).to_contain_text("4 of 12 solved, own problem open")
    made = problem_for("filtering", WORD, NUMBER)
    for name, values in made.pictures.items():
        cells = chapter.get_by_role("table", name=name).locator("td").all_inner_texts()
        assert list(map(float, cells)) == values.ravel().tolist()
    slip, wrong = next(iter(made.slips.items()))
    box = chapter.get_by_role("textbox", name="A number, such as -0.5 or 5/9")
    for answer, badge in ((wrong, "✗ not"), (made.right, "✓ right")):
        box.fill(answer)
        box.press("Enter")
        expect(chapter.locator(".cl-quiz-reply")).to_contain_text(badge)
    expect(chapter.locator("summary")).to_contain_text("own problem solved")
    expect(page.get_by_text(f"Of your own problems: 1 of {len(CHAPTERS)}.")).to_be_visible()
    shown = chapter.get_by_label("Your code for this chapter")
    code = decode(shown.input_value(), WORD)
    wanted = marks_for(
        OF_FILTERING,
        f"challenge lab-filtering {OF_FILTERING['challenges'][0]['id']}",
        f"exercise {OF_FILTERING['exercises'][0]['id']}",
        *("right lab-quiz 0", "right lab-quiz 1", "first lab-quiz 1", "slip lab-quiz 0 8", "slip lab-quiz-2 0 0"),
        *("right own 0", f"slip own 0 {slip}"),
    )
    assert (code.chapter, code.number, code.marks[: len(wanted)]) == (2, NUMBER, wanted)
    expect(chapter.locator(".pg-hand-in")).to_contain_text("It deters copying; it does not prevent cheating.")
    chapter.get_by_role("button", name="Copy").click()
    expect(chapter.locator(".pg-hand-in [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == shown.input_value()
    before = shown.input_value()
    progress.again()
    assert progress.open(2).get_by_label("Your code for this chapter").input_value() == before
    assert page.record.errors == []
    assert page.record.elsewhere(book_url) == []


@pytest.mark.in_turn("name", 5)
@pytest.mark.parametrize("name", [chapter["name"] for chapter in CHAPTERS])
def test_each_chapters_own_problem_can_be_answered(name, progress):
    progress.join()
    number = next(chapter["number"] for chapter in CHAPTERS if chapter["name"] == name)
    chapter = progress.open(number)
    made = problem_for(name, WORD, NUMBER)
    box = chapter.get_by_role("textbox", name="A number, such as -0.5 or 5/9")
    said = set()
    for answer in [*made.slips.values(), made.right]:
        box.fill(answer)
        box.press("Enter")
        expect(chapter.locator(".cl-quiz-reply .cl-badge")).to_have_text(
            "✓ right" if answer == made.right else f"✗ not {float(f'{number_of(answer):.3f}'):g}"
        )
        said.add(chapter.locator(".cl-quiz-reply").inner_text().split(" ", 3)[-1])
    assert len(said) == len(made.slips) + 1
    expect(chapter.locator("summary")).to_contain_text("own problem solved")
    expect(chapter.get_by_role("heading", name="Your own problem", level=3)).to_be_visible()
    assert findings(progress.page, known=set()) == []


def test_going_over_to_another_class_is_asked_and_loses_nothing(progress):
    progress.join()
    chapter = progress.open(2)
    box = chapter.get_by_role("textbox", name="A number, such as -0.5 or 5/9")
    box.fill(problem_for("filtering", WORD, NUMBER).right)
    box.press("Enter")
    page = progress.page
    page.goto(f"{progress.url}#class=bats")
    expect(progress.part("class").locator("p[role=status]")).to_contain_text(
        "The link is of the class bats, and you are in owls-7b."
    )
    page.get_by_role("button", name="Stay in owls-7b").click()
    assert progress.said("class") == in_class()
    page.goto(f"{progress.url}#class=")
    page.goto(f"{progress.url}#class=bats")
    page.get_by_role("button", name="Go over to bats").click()
    assert progress.said("class") == in_class(word="bats")
    expect(progress.chapter(2).locator("summary")).to_contain_text("own problem open")
    progress.join()
    expect(progress.chapter(2).locator("summary")).to_contain_text("own problem solved")


HOSTILE_LINKS = [
    *("#class=%3Cimg%20src=x%20onerror=alert(1)%3E", "?class=a b", "#class=%E4%", "#class=" + "x" * 5000),
    "#class=__proto__",
]


@pytest.mark.in_turn("link", 2)
@pytest.mark.parametrize("link", HOSTILE_LINKS)
def test_a_bent_class_link_is_refused_in_words(link, http_book, page):
    progress = ProgressPage(page, http_book, link)
    assert progress.said("class").startswith("The link's class word can't be read. A class word is 1 to 24 letters")
    assert "owls-7b" in progress.said("class")
    assert page.locator(".pg img").count() == 0
    progress.join()
    assert progress.said("class") == in_class()
    progress.join(number="<b>")
    assert progress.said("class").startswith("A student number is 1 to 12 letters")
    assert page.record.errors == []


# Kept, moved, erased


def test_a_file_moves_all_of_it_to_another_browser(progress, browser, http_book):
    progress.put(SOME)
    progress.join()
    with progress.page.expect_download() as download:
        progress.page.get_by_role("button", name="Export a file").click()
    assert download.value.suggested_filename == "my-progress.json"
    assert progress.said("keeping") == "The file my-progress.json goes to your browser's downloads."
    text = Path(download.value.path()).read_text(encoding="utf-8")
    with browser.new_context() as context:
        there = ProgressPage(recorded(context.new_page()), http_book)
        said = there.take_in(text)
        assert said.startswith(f"The file is in: {SOLVED} solved here now, 0 before.")
        assert there.sum == f"{SOLVED} of {ALL} solved in the whole book."
        assert there.said("class") == in_class()
        assert there.kept().keys() == progress.kept().keys() - {key for key in progress.kept() if "folds" in key}
        there.page.goto(f"{http_book}/{FILTERING}.html")
        assert CellOnPage(there.page, MATCH).code.input_value() == "mine"
        assert there.page.record.errors == []


def test_an_import_adds_and_takes_nothing_away(progress):
    """What is right here or there is right then; what one wrote here stays; all of it can be taken back."""
    other = {
        "labs": {
            "lab-filtering": {"version": 1, "state": {"row": 1}, "solved": [OF_FILTERING["challenges"][1]["id"]]},
            "lab-quiz": {"version": 1, "state": {"answers": [[2], [0.5, 0.4], [-0.55]]}, "solved": []},
            "lab-quiz-2": {"version": 1, "state": {"answers": [[1]]}, "solved": []},
        },
        "cells": {
            OF_FILTERING["exercises"][0]["id"]: {"text": "theirs"},
            OF_FILTERING["exercises"][1]["id"]: {"solved": "so"},
        },
    }
    progress.put(SOME)
    before = progress.kept()
    said = progress.take_in(a_file({"02_filtering": other}, {**NOBODY, "word": "bats", "number": "9"}))
    assert said.startswith(f"The file is in: {SOLVED + 4} solved here now, {SOLVED} before.")
    kept = {
        key.split("02_filtering.html")[-1].strip(): json.loads(text)
        for key, text in progress.kept().items()
        if "02_" in key
    }
    assert kept["lab-filtering"]["state"] == {}
    assert kept["lab-quiz"]["state"]["answers"] == [[8, 1], [0.11], [-0.55]]
    assert kept["lab-quiz-2"]["state"]["answers"] == [[0, 1]]
    cells = kept[""]["cells"]
    assert cells[OF_FILTERING["exercises"][0]["id"]] == {"text": "mine", "solved": "mine", "taken": "theirs"}
    assert progress.said("class") == in_class("9", "bats")
    progress.page.get_by_role("button", name="Undo").click()
    assert progress.said("keeping") == f"The file is taken out again: {SOLVED} solved here now."
    assert progress.kept() == before
    assert progress.sum.startswith(f"{SOLVED} of ")


SAID_LAST = """() => {
  window.said = [];
  const told = (changes) => window.said.push(...changes.map(({ target }) => target.textContent));
  const heard = new MutationObserver(told);
  for (const place of document.querySelectorAll("[role=status]")) heard.observe(place, { childList: true });
}"""


def test_what_is_said_last_is_what_was_done(progress):
    """Other parts of the page speak too as they are filled anew."""
    progress.join()
    progress.page.evaluate(SAID_LAST)
    assert progress.take_in(a_file(with_page()["pages"])).startswith("The file is in: ")
    assert progress.page.evaluate("said.at(-1)").startswith("The file is in: ")
    progress.page.get_by_role("button", name="Undo").click()
    assert progress.page.evaluate("said.at(-1)") == "The file is taken out again: 0 solved here now."


def test_the_file_of_another_pupil_is_told(progress):
    progress.put(SOME)
    progress.join()
    other = "It belongs to number 9 of the class bats, and what was here to number 4711 of the class owls-7b."
    said = progress.take_in(a_file(own={**NOBODY, "word": "bats", "number": "9"}))
    assert said == (
        f"The file is in: {SOLVED} solved here now, {SOLVED} before. {other} What was here is still here. "
        "“Undo” takes the file out again."
    )
    assert progress.said("class") == in_class()
    assert "belongs" not in progress.take_in(a_file(own={**NOBODY, "word": WORD, "number": NUMBER}))
    assert "belongs" not in progress.take_in(a_file({"02_filtering": {"labs": {}, "cells": {}}}))


def test_class_and_number_of_two_never_become_ones(progress):
    progress.page.goto(f"{progress.url}#class=owls-7b")
    said = progress.take_in(a_file(own={**NOBODY, "word": "bats", "number": "9"}))
    assert "It belongs to number 9 of the class bats, and what was here to the class owls-7b." in said
    assert progress.said("class").startswith("This is the class owls-7b. Type your student number")


def with_page(**changes):
    good = {"labs": {"lab-filtering": {"version": 1, "state": {}, "solved": []}}, "cells": {}}
    return a_file({"02_filtering": {**good, **changes}})


HOSTILE = {
    "nothing": ("", "the file is damaged, or no file of this page"),
    "half of one": ('{"kind": "progr', "the file is damaged"),
    "a list": ("[1, 2]", "it is not a file that this page has exported"),
    "another": ({"cells": []}, "it is not a file that this page has exported"),
    "null": ("null", "it is not a file that this page has exported"),
    "of tomorrow": (a_file(version=2), "it was made by a newer edition"),
    "too large": (json.dumps(a_file()) + " " * 5_000_001, "the file is too large"),
    "a page's name": (a_file({"../index": {}}), "it names a page that no book has"),
    "a prototype": (
        json.dumps(a_file()).replace('"pages": {}', '"pages": {"__proto__": {"labs": {}}}'),
        "it names a page",
    ),
    "no labs": (with_page(labs=[]), "what it has of 02_filtering is damaged"),
    "a lab's name": (with_page(labs={"x y": {"version": 1, "state": {}, "solved": []}}), "what it has of 02_filtering"),
    "a state": (
        with_page(labs={"lab-filtering": {"version": 1, "state": [1], "solved": []}}),
        "what it has of 02_filt",
    ),
    "solved": (with_page(labs={"lab-quiz": {"version": 1, "state": {}, "solved": ["x" * 99]}}), "what it has of 02_f"),
    "a cell": (with_page(cells={"code-a": {"text": 5}}), "what it has of 02_filtering is damaged"),
    "a cell's part": (with_page(cells={"code-a": {"evil": "x"}}), "what it has of 02_filtering is damaged"),
    "a word": (a_file(own={**NOBODY, "word": "<b>"}), "its class and number are damaged"),
    "no page": (a_file({"02_filtering": None}), "what it has of 02_filtering is damaged"),
    "a list of pages": (a_file([1]), "its pages are damaged"),
    "a word for pages": (a_file("all"), "its pages are damaged"),
    "answers": (a_file(own={**NOBODY, "answers": {"owls 1": {"relu": ["<b>"]}}}), "its class and number are damaged"),
}


def test_a_hostile_file_is_refused_in_words_and_changes_nothing(progress):
    progress.put(SOME)
    before = progress.kept()
    for name, (told, reason) in HOSTILE.items():
        said = progress.take_in(told)
        assert said.startswith(f"This file is not taken: {reason}"), name
        assert said.endswith("Nothing has changed."), name
        progress.take_in("[]" if reason != HOSTILE["a list"][1] else "")  # so that the next one is told anew
        assert progress.kept() == before, name
    assert progress.page.evaluate("({}).labs === undefined")


def test_names_that_every_object_has_are_names_like_others(progress):
    lab = {"version": 1, "state": {}, "solved": []}
    answers = {"owls 1": {"constructor": [1], "relu": [2]}}
    progress.put(SOME)
    for _ in range(2):  # the second time it is here already
        said = progress.take_in(
            a_file({"constructor": {"labs": {"lab-x": lab}, "cells": {}}}, {**NOBODY, "answers": answers})
        )
        assert said.startswith("The file is in: "), said
        progress.page.reload()
    with progress.page.expect_download() as download:
        progress.page.get_by_role("button", name="Export a file").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert kept["pages"]["constructor"] == {"labs": {"lab-x": lab}, "cells": {}}
    assert kept["own"]["answers"] == answers
    assert kept["pages"].keys() == {"02_filtering", "constructor"}


def test_a_file_that_can_not_be_read_is_told(progress):
    progress.page.evaluate(
        "() => { Blob.prototype.text = () => Promise.reject(new DOMException('gone', 'NotReadableError')); }"
    )
    assert progress.take_in(a_file()) == "The file can't be read. Choose it again. Nothing has changed."


def test_what_the_page_can_not_read_of_class_and_number_is_left_as_it_is(progress):
    """It may be of a newer edition."""
    told = {"version": 2, "word": "owls-7b", "number": "4711", "answers": {"owls-7b 4711": {"new_one": [1]}}}
    key = progress.page.evaluate(
        """(text) => {
      const key = `convnet-own ${location.pathname.replace(/book\\/[^/]*$/, "")}`;
      localStorage.setItem(key, text);
      return key;
    }""",
        json.dumps(told),
    )
    assert progress.again().kept()[key] == json.dumps(told)


def test_a_state_that_no_lab_takes_is_refused_by_the_lab_itself(progress, http_book):
    bent = copy.deepcopy(with_page())
    bent["pages"]["02_filtering"]["labs"]["lab-filtering"]["state"] = {"row": "<img src=x>"}
    progress.take_in(bent)
    page = progress.page
    page.goto(f"{http_book}/{FILTERING}.html")
    LabOnPage(page, "filtering").expect_status("What you did here last time can't be shown: row must be a whole number")


def test_erasing_asks_first_and_can_be_undone(progress):
    progress.put(SOME)
    progress.page.evaluate("localStorage.setItem('mode', 'dark')")
    progress.join()
    before = progress.kept()
    buttons = progress.page.get_by_role
    buttons("button", name="Erase …").click()
    expect(buttons("button", name="Keep all")).to_be_focused()
    group = progress.page.get_by_role("group", name="Erase?")
    expect(group).to_have_accessible_description(
        re.compile("^Erase all that this book keeps in this browser: .*number\\?$")
    )
    buttons("button", name="Keep all").click()
    assert progress.kept() == before
    buttons("button", name="Erase …").click()
    progress.page.keyboard.press("Escape")
    expect(group).to_be_hidden()
    expect(buttons("button", name="Erase …")).to_be_focused()
    assert progress.kept() == before
    buttons("button", name="Erase …").click()
    buttons("button", name="Erase all of it").click()
    assert progress.said("keeping") == "All of it is erased. As long as this page is open, “Undo” brings it back."
    assert not [key for key in progress.kept() if key.startswith(("convnet", "code"))]
    assert progress.kept()["mode"] == "dark"
    assert progress.sum.startswith("0 of ")
    assert progress.page.get_by_label("Class word").input_value() == ""
    expect(buttons("button", name="Undo")).to_be_focused()
    buttons("button", name="Undo").click()
    assert progress.kept() == before
    assert progress.said("keeping") == f"All of it is back: {SOLVED} solved here now."
    assert progress.said("class") == in_class()


def test_an_erased_chapter_in_another_tab_is_erased_too(progress, http_book):
    """A challenge and answers of the quiz; and what comes back by Undo is shown there again."""
    progress.put([*SOME[:2], lab_record("02_filtering", "lab-quiz", {"answers": [[8, 1], [0.11]]})])
    chapter = recorded(progress.page.context.new_page())
    chapter.goto(f"{http_book}/{FILTERING}.html")
    chapter.locator(".unfold-all").click()
    lab, quiz = LabOnPage(chapter, "filtering"), LabOnPage(chapter, "quiz")
    before = progress.kept()
    progress.page.get_by_role("button", name="Erase …").click()
    progress.page.get_by_role("button", name="Erase all of it").click()
    for one in (lab, quiz):
        one.expect_status("What you did here was erased on another page.")
        assert one.solved() == []
    assert quiz.root.get_by_role("textbox").first.input_value() == ""
    assert not [key for key in progress.kept() if key.startswith(("convnet-lab", "code"))]
    progress.page.get_by_role("button", name="Undo").click()
    quiz.expect_status("What you did here last time is back")
    expect(lab.root.locator(".is-solved")).to_have_count(1)
    assert lab.status == "", "its state was the start"
    assert progress.kept() == before
    lab.cell("Image", 0, 0).click()
    assert len(lab.solved()) == 1
    assert chapter.record.errors == []


def test_after_an_erasure_one_edit_brings_back_nothing_else(progress, http_book):
    progress.put(SOME)
    chapter = progress.page.context.new_page()
    chapter.goto(f"{http_book}/{FILTERING}.html")
    chapter.locator(".unfold-all").click()
    first, second = (CellOnPage(chapter, one["id"].removeprefix("code-")) for one in OF_FILTERING["exercises"][:2])
    expect(first.code).to_have_value("mine")
    progress.page.get_by_role("button", name="Erase …").click()
    progress.page.get_by_role("button", name="Erase all of it").click()
    # It reaches a page in another process a moment later.
    left = "Object.keys(localStorage).filter((key) => key.startsWith('code ')).length"
    assert comes_to(chapter, lambda: chapter.evaluate(left), 0)
    second.code.fill("anew")
    chapter.wait_for_timeout(500)
    [key] = [key for key in progress.kept() if key.startswith("code ")]
    assert json.loads(progress.kept()[key])["cells"] == {second.root.get_attribute("id"): {"text": "anew"}}


FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"


def test_forbidden_storage_is_said_and_costs_nothing_else(http_book, page):
    page.add_init_script(FORBIDDEN)
    progress = ProgressPage(page, http_book, "#class=owls-7b")
    expect(progress.part("count")).to_contain_text(
        "This browser lets the page keep nothing, so nothing can be counted here."
    )
    progress.join()
    expect(progress.open(2).locator(".pg-own table").first).to_be_visible()
    expect(progress.part("keeping")).to_contain_text("where the browser lets pages keep something")
    page.goto(f"{http_book}/{FILTERING}.html")
    LabOnPage(page, "filtering").cell("Image", 0, 0).click()
    assert page.record.errors == []


FULL_FOR_US = """const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, text) {
  if (key.startsWith("convnet")) throw new DOMException("full", "QuotaExceededError");
  set.call(this, key, text); // the theme's own script does not expect it
};"""


@pytest.mark.parametrize("has_something", [False, True])
def test_storage_that_takes_nothing_is_said_on_opening(has_something, http_book, page):
    progress = ProgressPage(page, http_book)
    if has_something:
        progress.put(SOME)
        progress.join()
    page.add_init_script(FULL_FOR_US)
    progress.again()
    expect(progress.part("count").get_by_role("status")).to_contain_text("This browser has no room left")
    assert page.record.errors == []


def test_full_storage_is_said_and_an_import_leaves_all_as_it_was(http_book, page):
    progress = ProgressPage(page, http_book).put(SOME)
    before = progress.kept()
    page.evaluate(FULL)
    progress.join()
    expect(progress.part("count")).to_contain_text("This browser has no room left")
    assert progress.take_in(with_page()).startswith(
        "This browser has no room for what is in the file. Nothing has changed."
    )
    assert progress.kept() == before
    assert page.record.errors == []


# For everyone


@pytest.mark.parametrize("name", [PROGRESS, CLASS])
def test_without_javascript_the_pages_say_what_they_are(name, http_book, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{http_book}/{name}.html")
    expect(page.get_by_text("JavaScript").first).to_be_visible()
    assert page.locator("[data-part] p").count() >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_everyone_can_read_the_page(scheme, width, http_book, new_page):
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    progress = ProgressPage(page, http_book).put(SOME)
    progress.join()
    for number in (0, 2, 12):
        progress.open(number)
    progress.page.get_by_role("button", name="Erase …").click()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_marks_that_come_before_the_pages_own_script_change_nothing(http_book, page):
    """Both come when the network lets them: here the page's own script is the last."""
    progress = ProgressPage(page, http_book).put(SOME)
    page.route("**/progress-page.js*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    assert progress.again().sum == f"{SOLVED} of {ALL} solved in the whole book."
    expect(page.locator(".bd-sidebar-primary .done-mark")).to_have_count(1)
    assert page.record.errors == []


def test_the_pages_scripts_come_to_no_chapter(book):
    """A chapter pays a line in its page and a script of a few lines; the rest comes where something is solved."""
    for path in book.glob("book/*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count("_static/progress.js") == 1, path.name
        is_ours = path.stem in ("progress", "class")
        assert ("chapters.js" in html) == is_ours, path.name
    assert (book / "_static/progress.js").stat().st_size < 500


def test_from_disk_an_empty_page_notes_what_may_be_the_reason(book, new_page):
    """A note and no alarm, and gone as soon as anything is counted: another page of the book may have solved it."""
    page = new_page()
    progress = ProgressPage(page, book.as_uri())
    note = page.get_by_text("The book is open from disk, and what you solve in its chapters is counted all the same.")
    expect(note).to_be_visible()
    expect(note).to_have_class("cl-note")
    expect(progress.part("count").locator(".pg-refused")).to_be_empty()
    page.evaluate(PUT, SOME)
    page.evaluate("dispatchEvent(new StorageEvent('storage'))")
    assert progress.sum.startswith(f"{SOLVED} of ")
    expect(note).to_be_hidden()
    progress.again()
    expect(note).to_be_hidden()
    assert page.record.errors == []
