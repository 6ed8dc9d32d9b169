"""A lab as large as the screen: type that a last row reads, keys for a presenter, and all as it was afterwards."""

import re

import pytest
from playwright.sync_api import expect

from tests.labpage import LabOnPage, all_labs, first_edit_in
from tests.readable import ALL_BUT_COLOURS, COLOURS, findings

pytestmark = pytest.mark.sweep

LABS = all_labs()
ROOMS = {"wide": (1920, 1080), "old": (1024, 768)}
SMALLEST = 0.02  # of the window's height

# The height of every text with a digit in a lab's stage, as a share of the window's: what a reader must read. A
# drawing's is what it is drawn as. A list to choose from has the size of its own box.
NUMBERS = r"""
(stage) => {
  const found = [];
  const texts = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: element } = texts.currentNode;
    const isSeen = element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
    if (!/\d/.test(data) || !isSeen || element.closest("option")) continue;
    const drawn = element instanceof SVGElement ? element.getScreenCTM().d : 1;
    found.push([(parseFloat(getComputedStyle(element).fontSize) * drawn) / innerHeight, data.trim().slice(0, 30)]);
  }
  return found.sort(([one], [other]) => one - other);
}
"""
GO_ON = ("game", "shuffle", "wiggle")  # what runs or is tried there is no step for Undo
NOT_ALLOWED = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not allowed'));"


def big(open_labs, name, width=1920, height=1080, **options):
    """The lab of that name on a page of its own, after a press on its button."""
    page = open_labs(LABS[name](), viewport={"width": width, "height": height}, **options)
    lab = LabOnPage(page, name)
    lab.wait_for_work()
    lab.press("Full screen")
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))
    return lab


def numbers(lab):
    lab.wait_for_work()
    return lab.root.locator(".cl-stage").evaluate(NUMBERS)


@pytest.mark.in_turn("name", 7)
@pytest.mark.parametrize("name", LABS)
@pytest.mark.parametrize("room", ROOMS)
def test_every_number_is_two_hundredths_of_the_screen_high(open_labs, room, name):
    """With no exemption: as each lab opens, whatever has a digit in it."""
    lab = big(open_labs, name, *ROOMS[room])
    small = [(share, text) for share, text in numbers(lab) if share < SMALLEST]
    assert small == []
    assert lab.root.evaluate("root => root.scrollWidth <= root.clientWidth"), "nothing is wider than the screen"
    box = lab.root.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *ROOMS[room])


def shown(lab):
    """All that the lab shows, wherever its lines break."""
    text, *rest = lab.look()
    return [re.sub(r"\s+", "", text), *rest]


@pytest.mark.in_turn("name", 7)
@pytest.mark.parametrize("name", LABS)
def test_nothing_is_lost_on_the_way_in_and_out(open_labs, name):
    page = open_labs(LABS[name](), viewport={"width": 1280, "height": 800}, init_script=NOT_ALLOWED)
    lab = LabOnPage(page, name)
    lab.wait_for_work()
    edited, key = first_edit_in(lab.root, name)
    edited.focus()
    page.keyboard.press(key)
    lab.button("Full screen").focus()
    lab.wait_for_work()
    page.evaluate("scrollTo(0, 120)")
    before, at, type_ = (
        shown(lab),
        page.evaluate("scrollY"),
        page.evaluate("getComputedStyle(document.documentElement).fontSize"),
    )
    page.keyboard.press("Enter")
    expect(lab.button("Full screen")).to_have_attribute("aria-pressed", "true")
    assert shown(lab) == before
    page.keyboard.press("Escape")
    expect(lab.button("Full screen")).to_have_attribute("aria-pressed", "false")
    assert shown(lab) == before
    assert page.evaluate("scrollY") == at
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == type_
    expect(lab.button("Full screen")).to_be_focused()
    assert lab.root.locator(".cl-big-tools, .cl-big-help, .cl-black").count() == 0


@pytest.mark.in_turn("name", 7)
@pytest.mark.parametrize("name", LABS)
def test_a_presenters_key_leads_on_and_one_leads_back(open_labs, name):
    lab = big(open_labs, name)

    def look():
        return [lab.look(), lab.page.evaluate("document.activeElement.closest('fieldset')?.textContent")]

    seen = [look()]
    for key in ("PageDown", "n", "PageUp"):
        lab.page.keyboard.press(key)
        lab.page.wait_for_timeout(700 if name in ("game", "training", "belief", "shuffle") else 100)
        seen.append(look())
    assert seen[1] != seen[0], "Page Down leads on"
    assert name in GO_ON or seen[3] != seen[2], "Page Up leads back"


@pytest.mark.in_turn("name", 7)
@pytest.mark.parametrize("name", LABS)
def test_axe_finds_nothing_on_a_projector(open_labs, name, known):
    lab = big(open_labs, name, color_scheme="dark")
    lab.page.keyboard.press("?")
    assert findings(lab.page, {**ALL_BUT_COLOURS, "preload": False}, COLOURS, known=known) == []
    lab.page.emulate_media(color_scheme="light")
    expect(lab.root).to_have_attribute("data-theme", "light")
    assert findings(lab.page, COLOURS, known=known) == []


def test_a_grid_has_its_own_keys_but_for_the_presenters(open_labs):
    lab = big(open_labs, "filtering")
    cell = lab.cell("Image", 0, 0)
    cell.focus()
    size = lab.root.evaluate("root => getComputedStyle(root).fontSize")
    lab.page.keyboard.press("-")
    lab.page.keyboard.press("5")
    expect(cell).to_have_text("-5")
    assert lab.root.evaluate("root => getComputedStyle(root).fontSize") == size
    lab.page.keyboard.press("PageDown")
    expect(cell).to_have_text("-5")
    expect(lab.root.get_by_role("slider")).to_have_value("0")  # the walk begins anew


def test_escape_takes_a_typed_number_back_before_it_leaves(open_labs):
    lab = big(open_labs, "filtering", init_script=NOT_ALLOWED)
    cell = lab.cell("Image", 0, 0)
    cell.focus()
    for key in ("7", "Escape"):
        lab.page.keyboard.press(key)
    expect(cell).to_have_text("-1")
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))
    lab.page.keyboard.press("Escape")
    expect(lab.root).not_to_have_class(re.compile(r"\bis-big\b"))


def test_size_black_screen_and_help(open_labs):
    lab = big(open_labs, "relu", init_script=NOT_ALLOWED)
    said = lab.root.locator(".cl-big-said")
    expect(said).to_contain_text("This lab alone")

    def size():
        return float(lab.root.evaluate("root => parseFloat(getComputedStyle(root).fontSize)"))

    start = size()
    lab.page.keyboard.press("+")
    assert size() == pytest.approx(start * 1.1)
    lab.button("Smaller").click()
    lab.page.keyboard.press("-")
    assert size() == pytest.approx(start / 1.1)
    lab.page.keyboard.press("0")
    assert size() == pytest.approx(start)
    lab.page.keyboard.press("b")
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).className"
    assert lab.page.evaluate(middle) == "cl-black"
    expect(said).to_contain_text("Black screen")
    lab.page.keyboard.press("Escape")
    assert lab.page.evaluate(middle) != "cl-black"
    lab.page.keyboard.press("?")
    expect(lab.root.locator(".cl-big-help")).to_contain_text("Page Down")
    lab.page.keyboard.press("Escape")
    expect(lab.root.locator(".cl-big-help")).to_be_hidden()
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))


def test_the_rest_of_the_page_is_out_of_reach(page, book_url):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.add_init_script(NOT_ALLOWED)
    page.goto(f"{book_url}/book/03_convolution.html")
    lab = LabOnPage(page, "convolution")
    page.get_by_role("button", name="Lab beside the text").click()  # pinned or not
    lab.press("Full screen")
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "[document.body, null].includes(document.activeElement) || !!document.activeElement.closest('.is-big')"
        )
    inside = "([x, y]) => document.elementFromPoint(x, y).closest('.is-big')"
    corners = f"[[2, 2], [innerWidth - 3, 2], [2, innerHeight - 3]].every({inside})"
    assert page.evaluate(corners)
    page.keyboard.press("Escape")  # which the theme hears first
    expect(lab.root).not_to_have_class(re.compile(r"\bis-big\b"))
    assert page.record.errors == []


def test_a_real_full_screen_ends_with_it(open_labs):
    lab = big(open_labs, "relu")
    lab.page.wait_for_function("document.fullscreenElement?.matches('.is-big')")
    lab.page.evaluate("document.exitFullscreen()")  # as the browser does for Escape
    expect(lab.root).not_to_have_class(re.compile(r"\bis-big\b"))
    expect(lab.button("Full screen")).to_be_focused()


def test_it_comes_when_it_is_first_wanted(page, http_book):
    page.goto(f"{http_book}/book/05_relu.html")
    lab = LabOnPage(page, "relu")
    expect(lab.holder).to_have_attribute("data-live", "true")

    def asked():
        return [url for url in page.record.requests if re.search(r"/big\.(js|css)", url)]

    assert asked() == []
    lab.press("Full screen")
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))
    lab.press("Full screen")
    lab.press("Full screen")
    assert len(asked()) == 2


def test_space_does_not_lead_back_at_once(open_labs):
    lab = big(open_labs, "relu")
    lab.page.keyboard.press("Space")
    expect(lab.root).to_have_class(re.compile(r"\bis-big\b"))
    lab.page.keyboard.press("Escape")
    expect(lab.button("Full screen")).to_be_focused()


@pytest.mark.parametrize("presses", [2, 3])
def test_presses_before_it_has_come_count_each(page, http_book, presses):
    page.goto(f"{http_book}/book/05_relu.html")
    lab = LabOnPage(page, "relu")
    expect(lab.holder).to_have_attribute("data-live", "true")
    lab.button("Full screen").evaluate("(button, presses) => { while (presses--) button.click(); }", presses)
    expect(page.locator("script[src*='/big.js']")).to_have_count(1)
    page.wait_for_function("document.querySelector('link[href*=\"/big.css\"]')?.sheet")
    for has_turned in (presses % 2 == 1, presses % 2 == 0):
        expect(lab.button("Full screen")).to_have_attribute("aria-pressed", str(has_turned).lower())
        assert page.locator(".has-big-lab").count() == page.locator(".is-big").count() == has_turned
        lab.button("Full screen").evaluate("button => button.click()")


def test_without_what_it_needs_the_button_says_so(page, http_book):
    page.route("**/big.js*", lambda route: route.abort())
    page.goto(f"{http_book}/book/05_relu.html")
    lab = LabOnPage(page, "relu")
    lab.press("Full screen")
    expect(lab.button("Full screen")).to_have_attribute("title", re.compile("can't be loaded"))
    expect(lab.root).not_to_have_class(re.compile(r"\bis-big\b"))


def test_on_a_phone_it_fills_the_screen_and_nothing_is_wider(open_labs):
    lab = big(open_labs, "convolution", 320, 640, has_touch=True)
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert lab.root.evaluate("root => root.scrollWidth <= root.clientWidth")
