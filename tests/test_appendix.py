"""The appendix: the errata quote what is printed, the glossary answers its links, and every book has its line."""

import re

import nbformat
import numpy as np
import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.golden import LECTURE, SLIDES
from tests.readable import findings
from tests.test_book import NARROW, opened
from tools.notebooks import book_notebooks

BOOK = ROOT / "book"
GLOSSARY = (BOOK / "glossary.md").read_text(encoding="utf-8")
READING = (BOOK / "further_reading.md").read_text(encoding="utf-8")
TERM_LINK = re.compile(r"\[[^\]]+\]\(glossary\.md#(term-[^)]+)\)")
MANY = 8  # links to the glossary in a chapter
FOLD = re.compile(r"^<details.*?^</details>$", re.MULTILINE | re.DOTALL)


def entries():
    """Each entry of the glossary: its names and its lines."""
    found = []
    for block in re.findall(r"^```\{glossary\}\n(.*?)^```", GLOSSARY, re.MULTILINE | re.DOTALL):
        names, lines = [], []
        for line in block.splitlines():
            if line and not line.startswith(" "):
                if lines:
                    found.append((names, lines))
                    names, lines = [], []
                names.append(line)
            elif line.strip():
                lines.append(line.strip())
        found.append((names, lines))
    return found


def slug(name):
    """The address that Sphinx gives a term."""
    return "term-" + re.sub(r"[^\w]+", "-", name)


def chapters():
    return [path for path in book_notebooks() if re.match(r"\d\d_", path.name)]


def texts_of(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


@pytest.fixture(scope="module")
def errata():
    """What the errata's cells know, by the cell in which `printed` stands; all of them run, in order."""
    space, printed = {}, {}
    for cell in nbformat.read(BOOK / "errata.ipynb", as_version=4).cells:
        if cell.cell_type == "code" and cell.id in (
            "minus-zero",
            "neighbours",
            "deformed-code",
            "map1",
            "map2-code",
            "table",
        ):
            exec(cell.source, space)
            printed[cell.id] = space.get("printed")
    return printed


def test_the_errata_quote_what_is_printed(errata):
    assert np.array_equal(errata["map1"], LECTURE["feature_detectors"]["detector1"]["published_map"])
    assert np.array_equal(errata["map2-code"], LECTURE["activation_maps"]["map2"]["published"])
    assert set(errata["table"].values()) == {0.08, 0.49}


def outputs_of(notebook, cell_id):
    [cell] = [cell for cell in nbformat.read(BOOK / notebook, as_version=4).cells if cell.id == cell_id]
    return "".join(output.text for output in cell.outputs)


def test_the_errata_put_right_what_the_golden_numbers_put_right():
    [(row, column, printed, true)] = LECTURE["feature_detectors"]["detector1"]["mismatches"]
    assert f"row {row + 1} column {column + 1} printed {printed} computed {true}" in outputs_of("errata.ipynb", "map1")
    unlike = len(LECTURE["activation_maps"]["map2"]["mismatches_with_printed_kernel"])
    assert f"middle -1 cells unlike the printed ones: {unlike}\n" in outputs_of("errata.ipynb", "map2-code")
    rounded = sum(one["cells_where_rounding_would_differ"] for one in SLIDES["feature_maps"].values())
    assert f"would change: {rounded} of 147" in outputs_of("errata.ipynb", "cut")
    assert "total printed 0.57, computed 0.59" in outputs_of("errata.ipynb", "table")


def test_the_errata_lead_to_every_chapter():
    table = "\n".join(texts_of(BOOK / "errata.ipynb"))
    for path in chapters():
        assert f"]({path.name})" in table, path.name


def test_the_glossary_names_each_thing_once_and_leads_to_a_chapter():
    names = [name for group, _ in entries() for name in group]
    assert len(entries()) >= 45
    assert len(names) == len({name.lower() for name in names})
    for group, lines in entries():
        assert lines, group
        for target in re.findall(r"\]\((.*?)\)", lines[-1]):
            assert (BOOK / target).exists(), target
        assert "](" in lines[-1], f"{group}: its last line leads to a chapter"
        assert "](" not in " ".join(lines[:-1]), (
            f"{group}: the meaning is shown beside other pages' words, without links"
        )


CALLED = re.compile(r"(?:called|call it|call this|is an?|are the|is the|rule, the) (?:an? |the )?\*\*([^*\[]+)\*\*")
NO_TERMS = {"cosine of the angle", "formula at its edge", "note", "plain net", "roof", "stack of filtered images", "V"}


def test_what_a_chapter_calls_by_a_name_is_in_the_glossary():
    known = {name.lower() for group, _ in entries() for name in group}
    known |= {word.lower() for _, lines in entries() for word in re.findall(r"\*([^*]+)\*", " ".join(lines))}
    called = {word for path in chapters() for word in CALLED.findall("\n\n".join(texts_of(path)))}
    assert len(called) > 10
    assert {word for word in called - NO_TERMS if not {word.lower(), word.lower().removesuffix("s")} & known} == set()


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_a_chapter_links_a_few_terms_once_each(path):
    text = "\n\n".join(texts_of(path))
    links = TERM_LINK.findall(text)
    known = {slug(name) for group, _ in entries() for name in group}
    assert links, "the first use of a term leads to the glossary"
    assert len(links) == len(set(links)) <= MANY
    assert set(links) <= known
    for fold in FOLD.finditer(text):
        assert "glossary.md#" not in fold[0], "not in what is folded away"
    for heading in re.findall(r"^#.*", text, re.MULTILINE):
        assert "glossary.md#" not in heading


def test_every_book_on_the_list_has_its_line_and_every_line_its_book():
    bibliography = (BOOK / "references.bib").read_text(encoding="utf-8")
    listed = re.findall(r"^@\w+\{([^,]+),", bibliography, re.MULTILINE)
    named = re.findall(r"\{cite:[tp]\}`([^`]+)`", READING)
    assert len(listed) == len(set(listed))
    assert sorted(named) == sorted(set(named)), "each is named once"
    assert set(named) == set(listed)


@pytest.mark.parametrize("entry", (BOOK / "references.bib").read_text(encoding="utf-8").split("\n@")[1:])
def test_a_book_on_the_list_can_be_found(entry):
    assert re.search(r"^  author = ", entry, re.MULTILINE)
    assert re.search(r"^  title = ", entry, re.MULTILINE)
    assert re.search(r"^  (doi|eprint|url|publisher|booktitle|note) = ", entry, re.MULTILINE)
    for address in re.findall(r"^  url = \{(.*)\},", entry, re.MULTILINE):
        assert re.fullmatch(r"https?://[\w./-]+", address)


CHAPTER = "book/03_convolution"


@pytest.fixture
def chapter(http_book, page):
    return opened(page, f"{http_book}/{CHAPTER}.html")


@pytest.mark.sweep
def test_a_meaning_shows_to_the_pointer_and_to_the_keyboard(chapter):
    word, meaning = chapter.locator(".term > a").first, chapter.locator(".term > .meaning").first
    expect(meaning).to_be_hidden()
    word.hover()
    expect(meaning).to_be_visible()
    meaning.hover()  # the pointer may go there, to read it
    expect(meaning).to_be_visible()
    chapter.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    chapter.mouse.move(0, 0)
    chapter.keyboard.press("Tab")  # from now on the focus is the keyboard's
    word.focus()
    expect(meaning).to_be_visible()
    expect(word).to_have_accessible_description(meaning.text_content())
    assert findings(chapter) == []
    chapter.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_every_term_leads_to_its_place_in_the_glossary(chapter):
    targets = chapter.locator(".term > a").evaluate_all("links => links.map((link) => link.href)")
    meanings = chapter.locator(".term > .meaning").all_text_contents()
    assert targets
    opened(chapter, targets[0].split("#")[0])
    for target, meaning in zip(targets, meanings, strict=True):
        chapter.goto(target)
        name = target.split("#")[1]
        expect(chapter.locator(f"dt#{name}")).to_be_in_viewport()
        assert meaning in chapter.locator(f"dt#{name} ~ dd").first.text_content()


def test_a_meaning_stays_on_a_narrow_page(http_book, new_page):
    page = opened(new_page(viewport=NARROW), f"{http_book}/{CHAPTER}.html")
    page.keyboard.press("Tab")
    page.evaluate("() => { for (const road of document.querySelectorAll('details.side-road')) road.open = true; }")
    for word in page.locator(".term > a").all():
        word.focus()
        box = word.locator("xpath=following-sibling::*[1]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_finger_on_a_term_opens_the_glossary_there(http_book, new_page):
    page = opened(new_page(viewport=NARROW, has_touch=True, is_mobile=True), f"{http_book}/{CHAPTER}.html")
    word = page.locator(".term > a").first
    target = word.evaluate("(link) => link.href")
    word.tap()
    page.wait_for_url(target)
