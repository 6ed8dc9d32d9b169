"""The labs on the pages of the built book, over http and from disk: they answer, remember, travel and refuse."""

import base64
import json

import numpy as np
import pytest
from playwright.sync_api import expect

from convnet_core.filtering import products
from convnet_core.labs.convolution.lab import ConvolutionLab
from convnet_core.pictures import FEATURES, X
from tests.labpage import LabOnPage, cut, printed

LABS = {
    "book/index": ["lab-filtering"],
    "book/00_intro": ["lab-playground", "lab-quiz", "lab-quiz-2"],
    "book/01_pictures": ["lab-pictures", "lab-pixels", "lab-quiz", "lab-quiz-2"],
    "book/02_filtering": ["lab-filtering", "lab-quiz", "lab-quiz-2"],
    "book/03_convolution": ["lab-convolution", "lab-kernels", "lab-quiz", "lab-quiz-2"],
    "book/04_pooling": ["lab-pooling", "lab-quiz", "lab-quiz-2"],
    "book/05_relu": ["lab-relu", "lab-quiz", "lab-quiz-2"],
    "book/06_stacking": ["lab-stacking", "lab-quiz", "lab-quiz-2"],
    "book/07_voting": ["lab-voting", "lab-quiz", "lab-quiz-2"],
    "book/08_backprop": ["lab-wiggle", "lab-training", "lab-quiz", "lab-quiz-2"],
    "book/09_limitations": ["lab-shuffle", "lab-quiz"],
    "book/10_sequences": ["lab-sequences", "lab-quiz", "lab-quiz-2"],
    "book/11_deep": ["lab-digits", "lab-quiz", "lab-quiz-2"],
    "book/12_faces": ["lab-faces", "lab-quiz", "lab-quiz-2"],
    "book/13_unsupervised": ["lab-belief", "lab-quiz", "lab-quiz-2"],
    "book/14_game": ["lab-game", "lab-quiz", "lab-quiz-2"],
    "book/15_watching": ["lab-watching", "lab-quiz", "lab-quiz-2"],
    "book/own_notebook": ["lab-pooling"],
}
FILTERING, CONVOLUTION = "book/02_filtering", "book/03_convolution"
PIXEL = (2, 3)  # from 0; paper on the X, next to its arm


@pytest.fixture
def open_chapter(new_page, book_url):
    """Opens a chapter of the book; fails the test if the page went wrong or called another host."""
    pages = []

    def open_one(chapter, fragment="", **options):
        page = new_page(**options)
        pages.append(page)
        page.goto(f"{book_url}/{chapter}.html{fragment}")
        return page

    yield open_one
    for page in pages:
        assert page.record.errors == []
        assert page.record.elsewhere(book_url) == []


def with_pixel(row, column, value):
    image = np.array(X)
    image[row, column] = value
    return image


def link_to(state, lab="lab-convolution"):
    text = state if isinstance(state, str) else json.dumps(state)
    return f"#{lab}=" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_link_to_a_lab_needs_no_script(new_page, http_book):
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page.goto(f"{http_book}/{CONVOLUTION}.html")
    page.locator("article a[href='#lab-kernels']").last.click()
    expect(page.locator("#lab-kernels")).to_be_in_viewport()
    assert page.locator("#lab-kernels").bounding_box()["y"] < 400


def by_mouse(lab):
    lab.cell("Image", *PIXEL).click()


def by_touch(lab):
    lab.cell("Image", *PIXEL).tap()


def by_keyboard(lab):
    lab.cell("Image", 0, 0).focus()
    keyboard = lab.page.keyboard
    for key in ["ArrowDown"] * PIXEL[0] + ["ArrowRight"] * PIXEL[1] + ["Space"]:
        keyboard.press(key)


edits = pytest.mark.parametrize("edit", [by_mouse, by_touch, by_keyboard])


@pytest.mark.in_turn("edit", 3)
@edits
def test_an_edited_pixel_changes_exactly_the_right_map_cells(edit, http_book, new_page):
    page = new_page(has_touch=True)
    page.goto(f"{http_book}/{CONVOLUTION}.html")
    lab = LabOnPage(page, "convolution")
    slider = lab.root.get_by_role("slider", name="Cells filled in")
    slider.focus()
    lab.page.keyboard.press("End")
    assert lab.numbers("Feature map") == cut(ConvolutionLab().feature_map)
    edit(lab)
    image = with_pixel(*PIXEL, 1)
    assert lab.numbers("Image") == printed(image)
    assert lab.numbers("Feature map") == cut(ConvolutionLab(image=image).feature_map)


@pytest.mark.in_turn("edit", 3)
@edits
def test_an_edited_pixel_changes_exactly_the_right_products(edit, book, new_page):
    page = new_page(has_touch=True)
    page.goto((book / "book/index.html").as_uri())
    lab = LabOnPage(page, "filtering")
    edit(lab)
    patch = with_pixel(*PIXEL, 1)[1:4, 1:4]
    assert lab.numbers("Patch") == printed(patch)
    assert lab.numbers("Products") == printed(products(patch, FEATURES["backslash"]))
    lab.expect_status("Image, row 3, column 4: -1 → 1.", "Result 1.00 → 0.77.")


@pytest.mark.in_turn("book_url", 2)
def test_a_reload_keeps_the_edits_and_reset_can_be_undone(open_chapter):
    page = open_chapter(FILTERING)
    lab = LabOnPage(page, "filtering")
    by_mouse(lab)
    page.reload()
    assert lab.numbers("Image") == printed(with_pixel(*PIXEL, 1))
    lab.press("Reset")
    assert lab.numbers("Image") == printed(X)
    lab.press("Undo")
    assert lab.numbers("Image") == printed(with_pixel(*PIXEL, 1))


@pytest.mark.in_turn("book_url", 2)
def test_a_chapters_labs_keep_apart_from_another_chapters(open_chapter):
    page = open_chapter(FILTERING)
    by_mouse(LabOnPage(page, "filtering"))
    page.goto(page.url.replace("02_filtering", "index"))
    assert LabOnPage(page, "filtering").numbers("Image") == printed(X)


@pytest.mark.in_turn("book_url", 2)
def test_a_copied_link_opens_the_same_state_elsewhere(open_chapter):
    page = open_chapter(FILTERING, permissions=["clipboard-read", "clipboard-write"])
    lab = LabOnPage(page, "filtering")
    by_mouse(lab)
    lab.cell("Feature", 0, 0).focus()
    page.keyboard.type("-4")
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(page.url.split("#")[0] + "#lab-filtering=")
    there = LabOnPage(open_chapter(FILTERING, "#" + link.split("#")[1]), "filtering")
    for grid in ("Image", "Feature", "Patch"):
        assert there.numbers(grid) == lab.numbers(grid)
    # The link is spent: what the reader does next outlives a reload.
    there.cell("Image", 8, 8).click()
    there.page.reload()
    assert there.numbers("Image")[8][8] == "1"


HOSTILE = {
    "wrong shape": {"image": [[1, 2], [3, 4]]},
    "out of range": '{"image": [[1e999]]}',
    "infinite": '{"stride": 1e999}',
    "html": {"speed": "<img src=x onerror=alert(1)>"},
    "html as a name": {"<img src=x onerror=alert(1)>": 1},
    "prototype": '{"__proto__": {"polluted": true}}',
    "constructor": {"constructor": {"prototype": {"polluted": True}}},
    "not an object": "[1, 2, 3]",
    "not JSON": "]][[",
    "a megabyte": {"image": "x" * 1_000_000},
    "half right": {"stride": 2, "padding": 99},
}


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize("state", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_link_is_refused_and_the_lab_works(state, http_book, page):
    page.goto(f"{http_book}/labs/convolution.html{link_to(state)}")
    lab = LabOnPage(page, "convolution")
    lab.expect_status("This link can't be shown:", "The lab stays as it was.")
    assert page.evaluate("[({}).polluted === undefined, document.querySelectorAll('.cl-lab img').length]") == [True, 0]
    assert lab.numbers("Feature map") == cut(ConvolutionLab().feature_map)
    by_mouse(lab)
    assert lab.numbers("Image") == printed(with_pixel(*PIXEL, 1))
    assert page.record.errors == []


@pytest.mark.in_turn("book_url", 2)
def test_without_javascript_the_numbers_are_there(open_chapter):
    page = open_chapter(CONVOLUTION, java_script_enabled=False)
    tables = page.locator(".convnet-lab[data-lab=convolution] table")
    for which, feature_map in enumerate(ConvolutionLab().feature_maps, start=1):
        table = tables.filter(has_text=f"Map of feature {which}")
        rows = (
            table.locator("tr")
            .filter(has=page.locator("td"))
            .evaluate_all("rows => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))")
        )
        assert [row for row in rows if len(row) == 7] == cut(feature_map)


@pytest.mark.in_turn("book_url", 2)
def test_a_lab_fits_a_narrow_page_and_a_large_type(open_chapter):
    """320 px wide; and 200 % zoom of a 640 px window, which is the same width with doubled pixels."""
    for scale in (1, 2):
        page = open_chapter(CONVOLUTION, viewport={"width": 320, "height": 640}, device_scale_factor=scale)
        for lab in page.locator(".cl-lab").all():
            box = lab.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
            overflow = lab.evaluate("lab => lab.scrollWidth - lab.clientWidth")
            assert overflow <= 0
