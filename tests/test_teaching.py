"""What teachers get: every chapter has an entry, its labs are as the text says and open so; plans fill their time."""

import base64
import json
import re

import numpy as np
import pytest

from convnet_core.labs.kit.joiner import lab_names
from convnet_core.labs.quiz.questions import BOOK, questions_of
from convnet_core.printing import truncated
from teaching.chapters import chapter, chapters, prepared
from teaching.links import encoded, lab_in, told_by_link
from teaching.minutes import STORED
from tests.contents import PAGES, ROOT
from tests.labpage import LabOnPage

CHAPTERS = [page for page in PAGES if re.match(r"book/\d\d_", page)]
SHOWN = [
    pytest.param(one, id=f"{of.name}-{one.id or number}")
    for of in chapters()
    for number, one in enumerate([*of.prepared, *(slip.shown for slip in of.misconceptions if not slip.shown.id)])
]
SLIPS = [
    pytest.param(slip, id=f"{of.name}-{number}") for of in chapters() for number, slip in enumerate(of.misconceptions)
]


# The files


def test_every_chapter_of_the_book_has_an_entry():
    assert [one.page for one in chapters()] == CHAPTERS
    assert [one.number for one in chapters()] == list(range(len(CHAPTERS)))


@pytest.mark.parametrize("of", chapters(), ids=lambda of: of.name)
def test_an_entry_is_whole(of):
    assert len(of.misconceptions) >= 2
    assert len(of.prepared) >= 1
    assert len({one.id for one in of.prepared}) == len(of.prepared)
    assert all(BOOK.index(name) < BOOK.index(of.name) for name in of.builds_on)
    for text in [of.gives, of.maths, *(text for slip in of.misconceptions for text in (slip.thinks, slip.say))]:
        assert re.search(r"\S[.?!”]$", text), text


@pytest.mark.parametrize("one", SHOWN)
def test_a_lab_is_as_the_text_says(one):
    """What it says in numbers, the lab's own properties say, too."""
    for claim in one.holds:
        assert eval(claim, {"lab": one.lab, "np": np, "truncated": truncated}), claim


@pytest.mark.parametrize("one", SHOWN)
def test_a_number_that_is_told_is_claimed(one):
    """A text that tells a number with a decimal says in `holds` how the lab comes to it."""
    for number in re.findall(r"-?\d+\.\d+", one.expect):
        assert one.holds, f"{one.title}: {number} stands on no claim"


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_was_met_where_its_entry_says(slip, book):
    kind, name, what = slip.source
    if kind == "quiz":
        assert what in wrong_answers(name)
        return
    page = "book/errata" if kind == "errata" else chapter(name).page
    assert f'id="{what}"' in (book / f"{page}.html").read_text(encoding="utf-8")


def wrong_answers(name):
    """Every wrong answer that a chapter's quiz expects, as it is written there."""
    texts = set()
    for question in questions_of(name):
        if question["kind"] == "number":
            texts |= set(question["slips"])
        else:
            texts |= {one["text"] for place, one in enumerate(question["answers"]) if place != question["right"]}
    return texts


def test_an_unknown_chapter_lab_or_state_is_refused():
    with pytest.raises(ValueError, match="there is no chapter 'poolings'; there are: intro, "):
        chapter("poolings")
    with pytest.raises(ValueError, match="there is no prepared lab 'pooling/nowhere'; there are: intro/a-t"):
        prepared("pooling/nowhere")
    with pytest.raises(TypeError, match="PoolingLab has no setting depth"):
        lab_in("pooling", {"depth": 3})
    with pytest.raises(ValueError, match="the Pooling lab's menus have no 'Z' for image"):
        lab_in("pooling", {"image": "Z"})


# Links


@pytest.mark.parametrize("name", sorted(set(lab_names()) - {"quiz"}))
def test_a_link_tells_all_of_a_lab_but_photographs_and_what_is_the_readers_own(name):
    lab = lab_in(name, {})
    left_out = {trait for trait in lab.rules() if trait not in told_by_link(lab)}
    assert left_out <= {"photo", "shelf", "own"}
    assert decoded(encoded(told_by_link(lab), lab.version)) == told_by_link(lab)


def decoded(text):
    """The state in a link's text, which its version may stand before."""
    letters = text.rpartition(".")[2]
    return json.loads(base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)))


@pytest.mark.sweep
@pytest.mark.parametrize("one", SHOWN)
def test_a_link_opens_the_lab_in_exactly_that_state(one, http_book, new_page):
    """What the lab's own Copy link then says is what Python told."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{http_book}/book/{one.address}")
    lab = LabOnPage(page, one.lab.name)
    lab.expect_status("This is the state that the link describes.")
    assert lab.root.is_visible()
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert decoded(copied.partition(f"#lab-{one.lab.name}=")[2]) == told_by_link(one.lab)
    assert page.record.errors == []


# The pages


LINKS = """() => [...document.querySelectorAll("article.bd-article a[href]")].map((link) => link.href)"""


@pytest.mark.parametrize("name", ["teaching", "teaching_chapters"])
def test_every_link_of_the_pages_leads_somewhere(name, book, http_book, page):
    page.goto(f"{http_book}/book/{name}.html")
    addresses = [address.removeprefix(f"{http_book}/") for address in page.evaluate(LINKS)]
    assert len(addresses) > 40
    for address in addresses:
        path, _, place = address.partition("#")
        assert (book / path).is_file(), address
        if place and not place.startswith("lab-"):
            assert f'id="{place}"' in (book / path).read_text(encoding="utf-8"), address


def test_the_pages_have_every_chapter_with_all_it_gives(http_book, page):
    page.goto(f"{http_book}/book/teaching.html")
    rows = page.locator("#the-chapters tbody tr")
    minutes = json.loads(STORED.read_text(encoding="utf-8"))
    assert [row.split("\t")[1].strip() for row in rows.all_inner_texts()] == [
        str(minutes[page_name.removeprefix("book/")]) for page_name in CHAPTERS
    ]
    page.goto(f"{http_book}/book/teaching_chapters.html")
    for of in chapters():
        section = page.locator(f"#chapter-{of.name}")
        text = section.inner_text()
        assert text.startswith(f"{of.number}. {of.title}")
        for words in [one.ask for one in of.prepared] + [slip.say for slip in of.misconceptions]:
            assert straight(words) in straight(text)


def straight(text):
    """With the quotation marks of a typewriter: Sphinx writes those of a book."""
    return re.sub("[“”]", '"', text.replace("’", "'"))


def test_the_pages_read_without_javascript(http_book, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{http_book}/book/teaching_chapters.html")
    assert page.get_by_text(chapters()[4].misconceptions[0].say).is_visible()


# Plans: "- **0 to 5. A question.** ..." below a heading or a bold line that says how long it is.

PLANS = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
STEP = re.compile(r"^- \*\*(\d+) to (\d+)\. ", re.MULTILINE)


def plans():
    """Of each plan its title, and its steps from minute to minute."""
    parts = re.split(r"^(?:## |\*\*)(.*)$", PLANS, flags=re.MULTILINE)
    found = [(title, STEP.findall(text)) for title, text in zip(parts[1::2], parts[2::2], strict=True)]
    return [(title, [tuple(map(int, step)) for step in steps]) for title, steps in found if steps]


def test_a_plan_fills_its_time_without_a_gap():
    lasting = {title.partition(":")[0]: steps[-1][1] for title, steps in plans()}
    days = {f"Day {day}": 90 for day in range(1, 6)}
    lessons = {f"Lesson {lesson}": 45 for lesson in range(2, 5)}  # the first is the plan for 45 minutes
    assert lasting == {"45 minutes": 45, "90 minutes": 90} | lessons | days
    for title, steps in plans():
        assert steps[0][0] == 0, title
        assert all(before[1] == after[0] for before, after in zip(steps, steps[1:], strict=False)), title
        assert all(start < end for start, end in steps), title
