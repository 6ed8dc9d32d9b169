"""The lab at hand: pinned beside the text on a wide screen, a jump away on a narrow one, with a way back."""

import re

import pytest
from playwright.sync_api import expect

from tests.labpage import LabOnPage
from tests.readable import findings

pytestmark = pytest.mark.sweep

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
BESIDE, INTO_TEXT = "Lab beside the text", "Put the lab back into the text"


# The first line on the screen and how far down it stands; or, of a line known by its number, how far down it is now.
LINE_READ = """(known) => {
  const all = [...document.querySelectorAll(".bd-article :is(p, li, h2, h3)")];
  const lines = all.filter((line) => !line.closest(".convnet-lab"));
  const top = (line) => line.getBoundingClientRect().top;
  if (known) return top(lines[known.at]);
  const at = lines.findIndex((line) => top(line) > 60);
  return { at, top: top(lines[at]) };
}"""


# In a narrower text, what lies between two lines may become higher or lower: the line that is read is a paragraph's.
TO_A_PARAGRAPH = """() => {
  scrollTo({ top: 6000, behavior: "instant" });
  const top = (line) => line.getBoundingClientRect().top;
  const lines = [...document.querySelectorAll(".bd-article section > p")];
  scrollBy({ top: top(lines.find((line) => top(line) > 61)) - 61, behavior: "instant" });
}"""


@pytest.fixture
def chapter(book):
    return f"{(book / 'book' / '03_convolution.html').as_uri()}"


def far_down(page):
    """Scroll far into the text. What opens when one comes near is made to open before: it would move the page."""
    exercise = page.locator(".py-exercise").first
    exercise.scroll_into_view_if_needed()
    expect(exercise).to_have_class(re.compile("py-live"))
    page.evaluate(TO_A_PARAGRAPH)
    page.wait_for_function("scrollY > 5000")


def test_a_pinned_lab_stands_beside_the_text_works_and_goes_back(page, chapter):
    page.goto(chapter)
    lab = LabOnPage(page, "convolution")
    height = page.evaluate("document.documentElement.scrollHeight")
    far_down(page)
    line = page.evaluate(LINE_READ)
    page.get_by_role("button", name=BESIDE).click()
    assert abs(page.evaluate(LINE_READ, line) - line["top"]) < 3, "the reader is still at that line"
    assert page.locator(".at-hand-place").bounding_box()["height"] < 60, "a line where the lab was, and no hole"
    box, text = lab.root.bounding_box(), page.locator(".bd-article").bounding_box()
    assert box["y"] < 900
    assert text["x"] + text["width"] <= box["x"]
    lab.press("Step")
    expect(lab.root.get_by_role("status")).not_to_be_empty()
    assert findings(page) == []
    page.locator(".at-hand-place").scroll_into_view_if_needed()
    line = page.evaluate(LINE_READ)
    page.get_by_role("button", name="Put it back").click()
    assert abs(page.evaluate(LINE_READ, line) - line["top"]) < 3
    expect(page.locator(".at-hand-place")).to_have_count(0)
    assert lab.holder.evaluate("lab => getComputedStyle(lab).position") != "fixed"
    assert abs(page.evaluate("document.documentElement.scrollHeight") - height) < 400  # the step's own lines


def test_it_is_remembered_on_the_next_page(page, book, chapter):
    page.goto(chapter)
    page.get_by_role("button", name=BESIDE).click()
    page.goto((book / "book" / "04_pooling.html").as_uri())
    expect(page.locator("#lab-pooling.is-pinned")).to_be_visible()
    page.get_by_role("button", name=INTO_TEXT).click()
    page.reload()
    expect(page.locator("#lab-pooling:not(.is-pinned)")).to_have_count(1)


def test_where_only_the_lab_is_in_sight_its_place_stays_in_sight(page, book):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto((book / "book" / "00_intro.html").as_uri())
    lab = page.locator("#lab-playground")
    lab.evaluate("lab => scrollBy({ top: lab.getBoundingClientRect().top + 150, behavior: 'instant' })")
    page.get_by_role("button", name=BESIDE).evaluate("button => button.click()")
    expect(page.locator(".at-hand-place")).to_be_in_viewport()
    page.get_by_role("button", name=INTO_TEXT).evaluate("button => button.click()")
    expect(lab).to_be_in_viewport(ratio=0.1)


def test_a_screen_that_gets_narrow_has_the_lab_in_the_text(page, chapter):
    page.goto(chapter)
    page.get_by_role("button", name=BESIDE).click()
    page.set_viewport_size({"width": 700, "height": 800})
    expect(page.locator(".is-pinned")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_on_a_phone_one_jumps_to_the_lab_and_back(new_page, chapter):
    page = new_page(**PHONE)
    page.goto(chapter)
    far_down(page)
    line = page.evaluate(LINE_READ)
    page.get_by_role("button", name="To the lab").tap()
    page.wait_for_function("scrollY < 5000")
    top = page.locator(".convnet-lab").evaluate_all("labs => labs.map((lab) => lab.getBoundingClientRect().top)")
    assert any(-2 <= at < 844 for at in top)
    page.evaluate("document.querySelector('article section p').style.paddingTop = '300px'")  # as a late picture would
    page.get_by_role("button", name="Back to where you were").tap()
    page.wait_for_function(f"(line) => Math.abs(({LINE_READ})(line) - line.top) < 3", arg=line)
    expect(page.get_by_role("button", name="Back to where you were")).to_be_hidden()


def test_a_link_to_the_lab_has_a_way_back(page, chapter):
    page.goto(chapter)
    link = page.locator(".bd-article a[href='#lab-convolution']").last
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    page.wait_for_function("(before) => scrollY < before - 500", arg=before)
    page.get_by_role("button", name="Back to where you were").click()
    page.wait_for_function("(before) => Math.abs(scrollY - before) < 60", arg=before)
    assert link.evaluate("link => link === document.activeElement"), "a keyboard goes on from there"


def test_a_page_without_labs_has_no_buttons(page, book):
    page.goto((book / "book" / "errata.html").as_uri())
    expect(page.locator(".at-hand")).to_have_count(0)
    assert page.record.errors == []
