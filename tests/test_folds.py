"""Folds: what is in them, that a link opens the one it leads into, and that a reload finds them as they were left."""

from pathlib import Path

import nbformat
import pytest
from folds import FOLDED
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sphinx.application import Sphinx

from tests.readable import findings

CONF = """
extensions = ["myst_nb", "folds"]
myst_heading_anchors = 3
nb_execution_mode = "off"
html_theme = "basic"
html_static_path = [{static!r}]
"""
STATIC = Path(__file__).resolve().parent.parent / "book" / "_static"
PRINTED = new_output("stream", text="42 is the answer\n")


@pytest.fixture(scope="module")
def page_of_folds(tmp_path_factory):
    """The file:// address of a page with a side road among its sections, and a folded answer in each."""
    folder = tmp_path_factory.mktemp("folds")
    answer = "<details>\n<summary>Answer</summary>\n\nIt is **42**.\n\n</details>"
    filler = "\n\n".join(["More of the main road."] * 60)
    cells = [
        new_markdown_cell(f"# Page\n\n[there](#for-the-curious-5-min)\n\n{answer}\n\n{filler}"),
        new_markdown_cell("## For the curious, 5 min", metadata={FOLDED: True}),
        new_markdown_cell("A side road begins.\n\n### Deeper in\n\nIt goes on."),
        new_code_cell("print(42, 'is the answer')", outputs=[PRINTED], execution_count=1),
        new_markdown_cell(f"## On the main road\n\nThe main road goes on.\n\n{answer}\n\n{filler}"),
    ]
    (folder / "conf.py").write_text(CONF.format(static=str(STATIC)))
    language = {"language_info": {"name": "python", "pygments_lexer": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=language), folder / "index.ipynb")
    built = folder / "built"
    Sphinx(folder, folder, built, built / ".doctrees", "html", status=None, warningiserror=True).build()
    return (built / "index.html").as_uri()


def open_folds(page):
    """Of the two answers and the side road between them, which are open."""
    return page.locator("details").evaluate_all("folds => folds.map((fold) => fold.open)")


def test_a_side_road_holds_its_whole_section_and_nothing_of_the_next(page, page_of_folds):
    page.goto(page_of_folds)
    assert open_folds(page) == [False, False, False]
    road = page.locator("details.side-road")
    assert road.locator("summary").inner_text().startswith("For the curious, 5 min")
    text = road.evaluate("fold => fold.textContent")
    for inside in ("A side road begins.", "Deeper in", "It goes on.", "print", "42 is the answer"):
        assert inside in text
    assert "The main road goes on." not in text
    assert not page.get_by_text("A side road begins.").is_visible()
    assert page.get_by_text("The main road goes on.").is_visible()


@pytest.mark.parametrize("way", ["address", "link"])
@pytest.mark.parametrize("place", ["for-the-curious-5-min", "deeper-in"])
def test_a_link_opens_the_fold_that_it_leads_into(page, page_of_folds, place, way):
    if way == "address":
        page.goto(f"{page_of_folds}#{place}")
    else:
        page.goto(page_of_folds)
        page.evaluate("(place) => { location.hash = place; }", place)
    page.wait_for_function("document.querySelector('details.side-road').open")
    target = page.locator(f"[id='{place}']")
    page.wait_for_function("scrollY > 100")
    assert -1 <= target.evaluate("target => target.getBoundingClientRect().top") < 900
    assert open_folds(page) == [False, True, False]


def test_what_was_open_is_open_after_a_reload(page, page_of_folds):
    page.goto(page_of_folds)
    page.locator("summary").nth(2).click()
    assert open_folds(page) == [False, False, True]
    page.wait_for_function("Object.keys(localStorage).length > 0")
    page.reload()
    assert open_folds(page) == [False, False, True]


@pytest.mark.parametrize("kept", ["{", "7", "[-1, 99, null]", '{"0": true}'])
def test_damaged_memory_opens_nothing_and_breaks_nothing(page, page_of_folds, kept):
    page.add_init_script(f"localStorage.setItem(`folds ${{location.pathname}}`, {kept!r});")
    page.goto(page_of_folds)
    assert open_folds(page) == [False, False, False]
    page.locator("summary").first.click()
    assert open_folds(page) == [True, False, False]
    assert page.record.errors == []


def test_a_press_on_a_title_folds_and_unfolds(page, page_of_folds):
    page.goto(page_of_folds)
    page.locator("summary").first.press("Enter")
    answer = page.locator("details.admonition.fold").first
    assert answer.get_by_text("It is 42.").is_visible()
    assert answer.locator("strong").inner_text() == "42", "what is folded is Markdown as all else"
    assert [finding for finding in findings(page) if "summary" in finding] == []


def test_without_scripts_folds_work(new_page, page_of_folds):
    page = new_page(java_script_enabled=False)
    page.goto(page_of_folds)
    page.locator("summary").nth(1).click()
    assert page.get_by_text("A side road begins.").is_visible()
