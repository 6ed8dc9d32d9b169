"""Worksheets: each fits on two pages and keeps its answers to itself; they are as they were worked out by hand."""

import re
import subprocess
import sys
import zlib

import pytest

from teaching.chapters import chapters
from teaching.worksheets import names, tasks_of
from teaching.worksheets.__main__ import printed
from teaching.worksheets.form import Slip
from teaching.worksheets.paper import answers_page, sheet_page
from tests.contents import ROOT
from tests.readable import findings

MOST_PAGES = 2
PAGES = re.compile(rb"/Type\s*/Page\b")

# Worked out by hand, task by task: what the core says must agree.
BY_HAND = {
    "intro": ["0.11", "0.33", "X 0.25, O 1: it says O", "86", "10"],
    "pictures": ["5", "5", "8, and 2", "row 1, column 1; row 3, column 3; row 4, column 4", "1200 and 3600"],
    "filtering": [
        *("0.55", "9: 1.00; 8: 0.77; 7: 0.55; 6: 0.33; 5: 0.11; 4: -0.11"),
        *("five pixels agree, four differ", "0.62, and -0.62"),
    ],
    "convolution": ["0.11, -0.33, 1.00; -0.33, 0.55, -0.33; 1.00, -0.33, 0.11", "10, 8, 12, 5, 6", "0.66", "112; no"],
    "pooling": [
        *("0.77, 0.55, 0.11; 0.55, 1.00, 0.33; 0.55, 0.77, -0.33", "0.11"),
        *("3 by 3 and 2 by 2; the last row and the last column", "kept 15, 8, 4; left out 15, 7, 3", "none"),
    ],
    "relu": ["8", "mean: 0.5 and 0; largest: 1.5 and 1.5", "6x - 1: -1, 5, 11", "2, 5, 11; no", "4, -0.3, 0"],
    "stacking": ["4 x 10 x 10 (40); 4 x 10 x 10 (0); 4 x 5 x 5 (0); 2 x 4 x 4 (34)", "6", "9; 36; 81", "5.5"],
    "voting": [
        *("X 1.5, O 1.75: O", "map 2, row 2, column 2", "67%, 24%, 9%", "88% and 12%, both times", "204"),
    ],
    "backprop": [
        *("0.25, -0.5; 0.75; 0.15625", "2.25 and 6.25: up; slope -4", "2, 2.5"),
        *("5, 1: to and fro; a smaller rate", "100"),
    ],
    "limitations": ["a 4; hardly", "2, 4, 1, 3", "25; hardly any", "4", "43, and -1"],
    "sequences": ["2 of 3", "2, 1, 0.5, 1.25", "0, and 4", "10", "12, and 48"],
    "deep": ["8", "57", "row 2, column 2: 6.5; row 3, column 2: -1", "137 of 150; a 9 called a 4", "4, -3, 1"],
    "faces": ["8 and 5, so 40", "6 / 26, about 0.23", "B, C, E", "2 of 3 and 2 of 4; 3 of 5 and 3 of 4", "about 160"],
    "unsupervised": ["0.9", "0.5", "2; it is above 1", "0.25; equally often in both", "16, and 64"],
    "game": ["0.125, 0.25, 0.5, 1", "0.6, and -1", "0.08; up", "the last column; no", "-0.4, and 0"],
    "watching": [
        *("0.125, 0.2, 0.025: the spoon, 1.6 times", "66%, and 28%", "0.1875, and 0.375"),
        *("cut, stir: 0.15 against 0.075", "it overruled them wrongly; more than 75%"),
    ],
}
KINDS = {"sheet": sheet_page, "answers": answers_page}


def test_every_chapter_has_a_worksheet():
    assert list(names()) == [one.name for one in chapters()] == list(BY_HAND)


@pytest.mark.parametrize("name", names())
def test_the_answers_are_those_that_were_worked_out_by_hand(name):
    assert [task.answer for task in tasks_of(name)] == BY_HAND[name]


@pytest.mark.parametrize("name", names())
def test_each_task_can_be_answered_and_its_slips_are_none_of_its_answers(name):
    for task in tasks_of(name):
        assert task.figure is not None or task.lines > 0 or "____" in task.ask, f"no room to write: {task.ask}"
        assert task.slips
        assert len({slip.wrong for slip in task.slips}) == len(task.slips)
        assert all(slip.wrong != task.answer and slip.say for slip in task.slips), task.ask


@pytest.mark.parametrize("name", names())
def test_a_sheet_is_made_without_a_look_at_the_answers(name, monkeypatch):
    """With other answers it is the same, to the byte; the answer sheet is not."""
    sheet, answers = sheet_page(name), answers_page(name)
    others = [task._replace(answer="?", why="?", slips=(Slip("?", "?"),), solved=None) for task in tasks_of(name)]
    monkeypatch.setattr("teaching.worksheets.paper.tasks_of", lambda _: others)
    assert sheet_page(name) == sheet
    assert answers_page(name) != answers


@pytest.mark.parametrize("name", names())
def test_no_answer_stands_on_the_sheet(name):
    words = " ".join(re.sub(r"<[^>]*>", " ", sheet_page(name).partition("<main>")[2]).split())
    for task in tasks_of(name):
        assert task.why not in words
        if len(task.answer) > 4:  # shorter ones stand in other numbers
            assert task.answer not in words, task.answer
        assert not any(slip.say in words for slip in task.slips)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", names())
def test_it_fits_on_two_pages_of_a4(name, kind, browser):
    pdf = printed(browser, KINDS[kind](name))
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(PAGES.findall(pdf)) <= MOST_PAGES
    assert len(texts_of(pdf)) == len(PAGES.findall(pdf)), "a page without a word, for each pupil"
    width, height = re.search(rb"/MediaBox \[0 0 (\S+) (\S+)\]", pdf).groups()
    assert (round(float(width)), round(float(height))) == (595, 842)


def texts_of(pdf):
    """What is written, page by page, as the file's drawing commands."""
    streams = re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    drawn = [zlib.decompress(stream) for stream in streams]
    return [commands for commands in drawn if re.search(rb"\bBT\b.*\bT[jJ]\b", commands, re.DOTALL)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", names())
def test_it_is_black_on_white(name, kind):
    html = KINDS[kind](name)
    colours = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b", html)}
    assert colours <= {"#fff", "#ffffff", "#000", "#666", "#777"}
    assert "--night" not in html


@pytest.mark.sweep
@pytest.mark.parametrize("name", names())
def test_the_book_has_it_as_a_page_that_anyone_can_read(name, book, http_book, new_page):
    for kind, file in (("sheet", f"{name}.html"), ("answers", f"{name}_answers.html")):
        assert (book / "worksheets" / file).read_text(encoding="utf-8") == KINDS[kind](name)
        page = new_page(viewport={"width": 320, "height": 640}, color_scheme="dark")
        page.goto(f"{http_book}/worksheets/{file}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert findings(page) == []
        assert page.record.errors == []


def test_without_a_browser_it_says_what_to_do(tmp_path):
    """As where PATH has none and Playwright has installed none."""
    code = (
        "import sys; import tests.browser as b; b.find_browser = lambda: None; "
        "sys.argv = ['worksheets', '--output', sys.argv[1]]; "
        "from teaching.worksheets.__main__ import main; main()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "Install one" in done.stderr
