"""A chapter on paper: nothing is cut off, labs stay whole, folds are as they were left, and the ground is white."""

import pytest

pytestmark = pytest.mark.sweep

A4 = {"width": 718, "height": 1047}  # between margins of 10 mm
CHAPTERS = ["02_filtering", "06_stacking", "08_backprop"]
CUT_OFF = """() => [...document.querySelectorAll("article.bd-article *")]
  .filter((one) => one.checkVisibility() && one.closest(".convnet-lab, math, .output.in-columns") === null)
  .filter((one) => {
    const hides = one.matches("pre") && one.scrollWidth > one.clientWidth + 1;
    return hides || one.getBoundingClientRect().right > innerWidth + 1;
  })
  .map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""


@pytest.mark.in_turn("name", 3)
@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_is_cut_off_and_a_lab_is_never_torn(name, http_book, new_page):
    page = new_page(viewport=A4)
    page.goto(f"{http_book}/book/{name}.html")
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == []
    for whole in page.locator(".convnet-lab, .figure-box").all():
        assert whole.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    for gone in page.locator(".cl-player, .at-hand, .route-next, .copybtn").all():
        assert not gone.is_visible()


def test_all_folds_open_and_close_by_one_button(http_book, page):
    page.goto(f"{http_book}/book/02_filtering.html")
    button = page.get_by_role("button", name="Unfold all")
    folds = page.locator("details.fold")
    for pressed in ("true", "false"):
        button.click()
        assert set(folds.evaluate_all("all => all.map((fold) => String(fold.open))")) == {pressed}
        page.wait_for_function(f"document.querySelector('.unfold-all').ariaPressed === '{pressed}'")
    folds.first.evaluate("fold => { fold.open = true; }")
    page.wait_for_function("document.querySelector('.unfold-all').ariaPressed === 'false'")


def test_paper_is_white_and_the_screen_dark_again(http_book, new_page):
    page = new_page(color_scheme="dark")
    page.goto(f"{http_book}/book/02_filtering.html")
    page.evaluate("""() => {
        const page = document.documentElement;
        window.seen = [page.dataset.theme];
        for (const event of ["beforeprint", "afterprint"]) {
            dispatchEvent(new Event(event));
            seen.push(page.dataset.theme);
        }
    }""")
    assert page.evaluate("seen") == ["dark", "light", "dark"]


def test_a_page_without_folds_has_no_such_button(http_book, page):
    page.goto(f"{http_book}/book/index.html")
    assert page.locator("details.fold, .unfold-all").count() == 0
