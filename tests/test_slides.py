"""A chapter as slides: each fits its screen and shows something, labs live on theirs, and the page is as it was."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.contents import ROOT
from tests.labpage import LabOnPage
from tests.readable import findings

pytestmark = pytest.mark.sweep

CHAPTERS = sorted(path.stem for path in (ROOT / "book").glob("[0-9][0-9]_*.ipynb"))
ROOMS = {"wide": {"width": 1920, "height": 1080}, "old": {"width": 1024, "height": 768}}
ANSWERS = 9  # on a slide, at most, each of which waits for a key
PROSE, LETTERS = 0.03, 0.02  # of the screen's height, at least: sentences, and code or tables

# Of the slide that is shown: what is beyond the screen, how small its text is, whether there is anything.
LOOK = r"""
() => {
  const article = document.querySelector(".bd-article");
  const lab = article.querySelector(".cl-lab.is-big");
  const bar = document.querySelector(".slides-bar").getBoundingClientRect().top;
  const beyond = [];
  const small = [];
  let letters = 0;
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (!lab && texts.nextNode()) {
    const { data, parentElement: element } = texts.currentNode;
    if (!data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest("svg, math, sub, sup, .meaning, .slide-window, button")) continue;
    if (element.closest(".py-live")) continue; // an editor scrolls in a box of its own
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { right, bottom, width } = range.getBoundingClientRect();
    if (width < 2) continue;
    letters += data.trim().length;
    if (right > innerWidth || bottom > bar) beyond.push(data.trim().slice(0, 40));
    const isCode = element.closest("pre, code, table") !== null;
    const share = parseFloat(getComputedStyle(element).fontSize) / innerHeight;
    if (share < (isCode ? LETTERS : PROSE)) small.push(`${share.toFixed(4)} ${data.trim().slice(0, 40)}`);
  }
  const all = lab ? [] : [...article.querySelectorAll(".figure-box > *, .slide-window, .py-live")];
  const drawings = all.filter((one) => one.checkVisibility());
  const isCut = (one) => one.getBoundingClientRect().bottom > bar + 1;
  const cut = drawings.filter(isCut).map((one) => one.outerHTML.slice(0, 60));
  return {
    beyond: [...beyond, ...cut],
    small: small.filter((text) => !/\d of \d exercises/.test(text)),
    isEmpty: !lab && letters < 5 && drawings.length === 0,
    lab: lab?.closest(".convnet-lab").id ?? null,
    isOver: !lab && article.scrollHeight > article.clientHeight + 1,
    windows: drawings.filter((one) => one.matches(".slide-window")).map((one) => {
      const high = Math.max(...[one, ...one.querySelectorAll("*")].map((part) => part.scrollHeight));
      return [one.textContent.trim().slice(0, 40), one.scrollTop, one.scrollTop + one.clientHeight, high];
    }),
  };
}
""".replace("LETTERS", str(LETTERS)).replace("PROSE", str(PROSE))
COUNT = "document.querySelector('.slides-bar select').options.length"
AT = "document.querySelector('.slides-bar select').selectedIndex + 1"
SETTLED = """
() => {
  const lab = [...document.querySelectorAll(".convnet-lab")].find((one) => one.closest(".slide-off") === null);
  return !lab || lab.querySelector(".cl-lab.is-big") !== null;
}
"""


def slides_of(page, url):
    """The chapter at that address, once it is cut into slides."""
    page.goto(url)
    expect(page.locator(".convnet-lab[data-live=true]").first).to_be_attached()
    if "#slide-" not in url:
        page.get_by_role("button", name="Slides").click()
    expect(page.get_by_role("group", name="Slides", exact=True)).to_be_visible()
    expect(page.locator(".py-exercise:not(.py-live)")).to_have_count(0)


def settle(page):
    for _ in range(100):
        if page.evaluate(SETTLED):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the lab of this slide does not get large")


def go_on(page):
    """To the next slide, over all that waits for a key on this one."""
    before = page.evaluate(AT)
    for _ in range(ANSWERS):
        page.keyboard.press("PageDown")
        if page.evaluate(AT) != before or page.evaluate(AT) == page.evaluate(COUNT):
            break


def walk_to(page, part):
    """To the first slide from here on that shows it."""
    for _ in range(page.evaluate(COUNT)):
        if part.count() > 0:
            return
        go_on(page)
    raise AssertionError("no slide shows it")


@pytest.mark.in_turn("name", 8)
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_each_slide_fits_and_shows_something(new_page, book, name, room):
    page = new_page(viewport=ROOMS[room])
    slides_of(page, (book / "book" / f"{name}.html").as_uri())
    labs, windows, count = [], [], page.evaluate(COUNT)
    assert 10 <= count <= 60
    for number in range(1, count + 1):
        assert page.evaluate(AT) == number
        settle(page)
        seen = page.evaluate(LOOK)
        labs.append(seen.pop("lab"))
        windows += seen.pop("windows")
        assert seen == {"beyond": [], "small": [], "isEmpty": False, "isOver": False}, f"slide {number}"
        for _ in range(ANSWERS if number < count else 0):
            page.keyboard.press("PageDown")
            settle(page)
            assert not page.evaluate(LOOK)["isOver"], f"an answer on slide {number}"
            if page.evaluate(AT) != number:
                break
    shown = [lab for lab in labs if lab]
    of_page = page.locator(".convnet-lab:not(details.side-road .convnet-lab)").evaluate_all(
        "labs => labs.map((lab) => lab.id)"
    )
    assert page.evaluate(COUNT) == count, "all was there when the slides were cut"
    assert shown == of_page, "each lab outside the side roads has one slide"
    for text in {text for text, *_ in windows}:
        parts = [part for begins, *part in windows if begins == text]
        assert all(then[0] <= part[1] for part, then in pairwise(parts)), f"a line is lost within {text!r}"
        begin, (_, end, high) = parts[0][0], parts[-1]
        assert begin == 0
        assert end >= high - 1, f"the end is lost of {text!r}"
    assert page.record.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lab_is_live_on_its_slide(new_page, book_url, scheme):
    page = new_page(viewport=ROOMS["wide"], color_scheme=scheme)
    slides_of(page, f"{book_url}/book/03_convolution.html")
    lab = LabOnPage(page, "convolution")
    walk_to(page, lab.root.locator("visible=true"))
    settle(page)
    before = lab.look()
    page.keyboard.press("n")
    assert lab.look() != before
    lab.cell("Image", 0, 0).click()
    expect(lab.cell("Image", 0, 0)).to_have_text("1")
    bar = page.get_by_role("group", name="Slides", exact=True).bounding_box()
    box = lab.root.bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1920)
    assert box["y"] + box["height"] <= bar["y"] + 1
    at = page.evaluate(AT)
    page.keyboard.press("PageDown")  # with the focus in the lab, as a clicker does
    assert page.evaluate(AT) == at + 1
    expect(lab.cell("Image", 0, 0)).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(lab.cell("Image", 0, 0)).to_have_text("1")
    assert page.record.errors == []


def test_keys_lead_through_and_the_page_is_as_it_was(new_page, book_url):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{book_url}/book/03_convolution.html")
    expect(page.locator("#lab-convolution")).to_have_attribute("data-live", "true")
    page.locator("#stride-take-larger-steps").evaluate(
        "section => scrollTo({ top: section.offsetTop, behavior: 'instant' })"
    )
    line = "document.querySelector('#stride-take-larger-steps > p').getBoundingClientRect().top"
    place = page.evaluate(line)  # what one reads: code above it that becomes an editor may change the page's height
    folds = "[...document.querySelectorAll('details')].map((fold) => fold.open)"
    open_before = page.evaluate(folds)
    page.locator(".slides-button").evaluate("button => button.click()")  # a press by mouse would scroll to it
    expect(page.get_by_role("combobox", name="Slide")).to_contain_text("Stride")
    assert "Stride" in page.evaluate("document.querySelector('.slides-bar select').selectedOptions[0].text")
    page.keyboard.press("Escape")
    expect(page.locator(".slides-bar")).to_have_count(0)
    assert page.evaluate(line) == pytest.approx(place, abs=2)
    assert page.evaluate("location.hash") == ""
    assert page.evaluate(folds) == open_before
    assert page.locator(".slide-off, .slide-window").count() == 0
    expect(page.locator(".slides-button")).to_be_focused()
    page.keyboard.press("Enter")
    for key, wanted in [
        ("Home", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        (" ", 2),
        ("Shift+ ", 1),
        ("ArrowDown", 2),
        ("End", page.evaluate(COUNT)),
    ]:
        page.keyboard.press(key)
        assert page.evaluate(AT) == wanted, key
    page.keyboard.press("Home")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    assert page.record.errors == []


def test_an_answer_waits_for_a_key_and_side_roads_for_a_wish(new_page, http_book):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{http_book}/book/03_convolution.html#slide-padding-keep-the-size")
    answer = page.locator("#padding-keep-the-size details.fold")
    expect(answer).to_be_visible()
    assert not answer.evaluate("fold => fold.open")
    at = page.evaluate(AT)
    page.keyboard.press("PageDown")
    assert answer.evaluate("fold => fold.open")
    assert page.evaluate(AT) == at
    page.keyboard.press("PageDown")
    assert page.evaluate(AT) == at + 1
    count = page.evaluate(COUNT)
    page.keyboard.press("s")
    assert page.evaluate(COUNT) > count
    expect(page.get_by_role("button", name="Side roads")).to_have_attribute("aria-pressed", "true")


def test_a_link_to_a_slide_survives_a_reload_and_another_screen(new_page, book_url):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{book_url}/book/02_filtering.html")
    for _ in range(6):
        go_on(page)
    address = page.url
    said = page.locator(".slides-said").inner_text()
    assert re.search(r"#slide-[a-z-]+(\.\d+)?$", address)
    page.reload()
    expect(page.locator(".slides-said")).to_have_text(said)
    page.set_viewport_size(ROOMS["old"])
    page.reload()
    expect(page.get_by_role("group", name="Slides", exact=True)).to_be_visible()
    assert page.url.split(".")[-2:][0] == address.split(".")[-2:][0]
    assert page.record.errors == []


def test_black_screen_sizes_and_a_clicker_in_a_text_box(new_page, http_book):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{http_book}/book/03_convolution.html")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    page.keyboard.press("-")
    assert page.evaluate(size) < before * 0.95
    page.keyboard.press("0")
    page.keyboard.press("b")
    assert page.evaluate("document.elementFromPoint(500, 500).className") == "slides-black"
    expect(page.locator(".slides-said")).to_contain_text("Black")
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Slides", exact=True)).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator(".slides-help")).to_contain_text("Page Down")


def test_a_link_leads_to_the_slide_of_a_lab_and_back(new_page, book_url):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{book_url}/book/05_relu.html")
    link = page.locator(".bd-article a[href='#lab-relu']:visible")
    walk_to(page, link)
    at = page.evaluate(AT)
    link.first.click()
    expect(page.locator("#lab-relu .cl-lab")).to_have_class(re.compile(r"\bis-big\b"))
    assert page.evaluate(AT) < at
    assert "#slide-" in page.url
    page.go_back()
    expect(link.first).to_be_visible()
    assert page.evaluate(AT) == at


def test_side_roads_have_their_code_and_are_as_many_each_time(new_page, http_book):
    page = new_page(viewport={"width": 1280, "height": 800})
    slides_of(page, f"{http_book}/book/05_relu.html")
    page.keyboard.press("s")
    count = page.evaluate(COUNT)
    code = page.locator("details.side-road .cell_input:visible")
    walk_to(page, code)
    name = page.evaluate("document.querySelector('.slides-bar select').selectedOptions[0].text")
    page.keyboard.press("0")
    assert page.evaluate(COUNT) == count
    page.keyboard.press("Escape")
    expect(page.locator(".slides-bar")).to_have_count(0)
    page.locator(".slides-button").evaluate("button => button.click()")
    expect(page.get_by_role("combobox", name="Slide")).to_contain_text(name)
    assert page.evaluate(COUNT) == count


def test_what_code_prints_waits_for_a_key_where_it_is_folded(new_page, http_book):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{http_book}/book/05_relu.html")
    fold = page.locator("details.below-input:visible")
    walk_to(page, fold)
    printed = fold.locator("pre")
    expect(printed).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(printed).to_be_visible()


def test_a_clicker_turns_from_within_code_and_escape_leaves_the_code_first(new_page, http_book):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{http_book}/book/05_relu.html#slide-a-relu-layer")
    at = page.evaluate(AT)
    page.locator(".py-try:visible").get_by_role("button", name="Try it").click()
    expect(page.locator(".py-area:visible")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Slides", exact=True)).to_be_focused()
    page.locator(".py-area:visible").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(AT) == at
    page.keyboard.press("PageDown")
    assert page.evaluate(AT) == at + 1
    page.keyboard.press("Escape")
    expect(page.locator(".slides-bar")).to_have_count(0)


def test_no_slide_is_turned_behind_a_black_screen(new_page, http_book):
    page = new_page(viewport=ROOMS["wide"])
    slides_of(page, f"{http_book}/book/05_relu.html")
    black = page.get_by_role("button", name="Show the slide again")
    page.keyboard.press("b")
    expect(black).to_be_visible()
    page.keyboard.press("PageDown")
    expect(black).to_have_count(0)
    assert page.evaluate(AT) == 1


def test_axe_finds_nothing_on_slides(new_page, http_book, known):
    page = new_page(viewport=ROOMS["wide"], color_scheme="dark")
    slides_of(page, f"{http_book}/book/02_filtering.html")
    page.keyboard.press("?")
    for _ in range(4):
        settle(page)
        assert findings(page, known=known) == []
        go_on(page)


def test_nothing_of_it_is_loaded_before_it_is_asked_for_and_paper_knows_nothing_of_it(new_page, http_book):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{http_book}/book/05_relu.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.record.requests if "slides." in url] == []
    page.get_by_role("button", name="Slides").click()
    expect(page.get_by_role("group", name="Slides", exact=True)).to_be_visible()
    assert len([url for url in page.record.requests if "slides." in url]) == 2
    assert page.record.elsewhere(http_book) == []
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"
    for gone in (".slides-bar", ".slides-help"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_role("heading", name="Recap")).to_be_visible()


def test_on_a_phone_and_without_scripts_there_is_no_button(new_page, http_book):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{http_book}/book/05_relu.html")
    expect(page.locator(".slides-button")).to_be_hidden()
    still = new_page(java_script_enabled=False)
    still.goto(f"{http_book}/book/05_relu.html")
    expect(still.locator(".slides-button")).to_be_hidden()
    page.goto(f"{http_book}/book/index.html")
    expect(page.locator(".slides-button")).to_have_count(0)
