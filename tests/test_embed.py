"""A lab in a frame of somebody else's page: as its link says, with parts left out and locked, as high as it is."""

import re
import threading
from types import SimpleNamespace

import embeds
import pytest
from playwright.sync_api import expect

from convnet_core.labs.catalogue import lab_class
from convnet_core.labs.kit import joiner
from convnet_core.labs.quiz.lab import CHAPTERS
from convnet_core.labs.quiz.questions import questions_of
from tests.labpage import CLIPBOARD, LabOnPage, encoded
from tests.readable import ALL_BUT_COLOURS, COLOURS, findings
from tools import serve

pytestmark = pytest.mark.sweep

LABS = joiner.lab_names()
# What no control of its own sets: places and picks, which are pointed at, and what follows from what was done.
SEEN = {
    *("row", "column", "step", "read", "words", "chosen", "other", "shown", "stage", "unit", "piece", "mode", "photo"),
    *("tried_up", "tried_down", "steps", "edited", "runs", "curve", "weights", "epoch", "seen", "history", "last"),
    *("tried", "shares", "race", "drawn", "luck", "filter", "sweep", "truth", "own"),
    *("clip", "frame"),
}
SANDBOXES = {"plain": "", "scripts": 'sandbox="allow-scripts"', "own": 'sandbox="allow-scripts allow-same-origin"'}


@pytest.fixture
def course(new_page, http_book, tmp_path):
    """`course(address, ...)`: a page of another origin, with a frame of that page of the book."""
    server = serve.server(tmp_path)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def open_course(address, *, more="", attributes="", **options):
        page = new_page(viewport={"width": 1000, "height": 900}, **options)
        frame = f'<iframe src="{http_book}/{address}" {attributes} style="width: 100%; height: 700px"></iframe>'
        body = f'<!doctype html><html lang="en"><title>Course</title><body><h1>Course</h1>{frame}{more}</body></html>'
        (tmp_path / "course.html").write_text(body, encoding="utf-8")
        page.goto(f"http://127.0.0.1:{server.server_port}/course.html")
        return page

    yield open_course
    server.shutdown()
    thread.join()
    server.server_close()


def lab_in(page, name):
    lab = LabOnPage(page, name)
    lab.holder = page.frame_locator("iframe").locator(f"#{lab.id}")
    lab.root = lab.holder.locator(".cl-lab")
    return lab


@pytest.mark.in_turn("name", 4)
@pytest.mark.parametrize("name", LABS)
def test_every_lab_lives_on_a_page_of_its_own(page, book, http_book, name, known):
    page.goto(f"{http_book}/labs/{name}.html")
    lab = LabOnPage(page, name)
    expect(lab.holder).to_have_attribute("data-live", "true")
    credit = page.locator(".credit")
    chapter = credit.locator("a").first
    address = chapter.get_attribute("href").partition("#")[0]
    assert f'data-lab="{name}"' in (book / "labs" / address).resolve().read_text(encoding="utf-8")
    assert len(chapter.inner_text()) < 60, "the chapter's heading alone"
    links = page.locator("a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    for link in {link.partition("#")[0] for link in links} - {""}:
        assert (book / "labs" / link).resolve().exists(), link
    assert findings(page, ALL_BUT_COLOURS) == []
    assert findings(page, COLOURS, but=".convnet-lab", known=known) == []  # tests/test_every_lab.py asks the labs
    for width in (1000, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{http_book}/labs/{name}.html?lock=all")
    locked = lab.root.locator(".is-locked").evaluate_all("parts => parts.flatMap(part => part.dataset.sets.split(' '))")
    assert set(lab_class(name).rules()) - set(locked) <= SEEN, "settings whose lock shows at no control"
    assert findings(page, known=known) == []
    assert page.record.errors == []


def test_the_page_of_a_lab_of_several_chapters_says_so_and_holds_what_any_of_them_does(tmp_path, monkeypatch):
    asked = {name: questions_of(CHAPTERS[0]) for name in (CHAPTERS[0], "another")}
    monkeypatch.setattr("convnet_core.labs.quiz.lab.CHAPTERS", tuple(asked))
    monkeypatch.setattr("convnet_core.labs.quiz.lab.questions_of", asked.get)
    (tmp_path / "book").mkdir()
    for name in ("03_convolution", "04_pooling"):
        text = f'<h1>{name}<a class="headerlink">#</a></h1><div class="convnet-lab" data-lab="quiz"></div>'
        (tmp_path / "book" / f"{name}.html").write_text(text, encoding="utf-8")
    app = SimpleNamespace(outdir=tmp_path, config=SimpleNamespace(html_title="The Book"))
    assert embeds.chapters_of(app, "pooling") == []
    chapters = embeds.chapters_of(app, "quiz")
    assert chapters == [(f"book/{name}.html", name) for name in ("03_convolution", "04_pooling")]
    several = re.sub(r"<[^>]*>", "", embeds.page_of(app, "quiz", chapters))
    assert "The Quiz is of 03_convolution,\nand of other chapters of The Book." in several
    assert "The Quiz is of 03_convolution,\na chapter of" in re.sub(
        r"<[^>]*>", "", embeds.page_of(app, "quiz", chapters[:1])
    )
    state = embeds.page_of(app, "quiz", chapters)
    for chapter in asked:
        assert f"&quot;{chapter}&quot;:[{{&quot;kind&quot;" in state


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_it_works_in_a_frame_of_another_origin(course, sandbox):
    link = encoded({"stride": 1, "window": 3})
    page = course(f"labs/pooling.html#lab-pooling={link}", attributes=SANDBOXES[sandbox])
    lab = lab_in(page, "pooling")
    expect(lab.menu("Stride")).to_have_value("1")
    lab.press("From the start")
    expect(lab.root.get_by_role("status")).not_to_be_empty()
    lab.root.locator(".cl-editable [role=gridcell]").first.press("5")
    expect(lab.root.locator(".cl-editable [role=gridcell]").first).to_have_text(re.compile("^5"))
    assert page.record.errors == []


def test_a_training_runs_in_a_sandboxed_frame(course):
    page = course("labs/training.html", attributes=SANDBOXES["scripts"])
    lab = lab_in(page, "training")
    lab.press("Train")
    expect(lab.root.get_by_role("status")).to_contain_text(re.compile(r"Epoch [1-9]"), timeout=30_000)
    assert page.record.errors == []


def test_parts_are_left_out_by_the_address(course):
    page = course("labs/pooling.html?hide=challenges,keys,credit")
    lab = lab_in(page, "pooling")
    expect(lab.root.locator(".cl-task")).to_be_visible()
    for part in (".cl-challenges", ".cl-keys"):
        expect(lab.root.locator(part)).to_be_hidden()
    expect(page.frame_locator("iframe").locator(".credit")).to_be_hidden()


def test_a_locked_setting_is_refused_in_words_and_all_else_works(course):
    link = encoded({"stride": 1})
    page = course(f"labs/pooling.html?lock=stride#lab-pooling={link}")
    lab = lab_in(page, "pooling")
    expect(lab.root.get_by_role("status")).to_be_empty()  # nobody has done anything yet
    words = "Locked by the page that shows this lab."
    expect(lab.menu("Stride")).to_have_accessible_description(words)
    assert [lab.menu(name).get_attribute("aria-disabled") for name in ("Stride", "Window")] == ["true", None]
    sign = "part => getComputedStyle(part.querySelector('span'), '::after').clipPath.slice(0, 7)"
    fields = [lab.menu(name).locator("xpath=..") for name in ("Stride", "Window")]
    assert [field.evaluate(sign) for field in fields] == ["polygon", "none"]
    expect(lab.menu("Stride")).to_have_value("1")  # what the link says came before the lock
    lab.menu("Stride").press("3")  # as a reader does: it can be tried
    lab.expect_status("Locked by the page that shows this lab: stride.")
    expect(lab.menu("Stride")).to_have_value("1")
    lab.menu("Window").select_option("3")
    expect(lab.menu("Window")).to_have_value("3")
    expect(lab.holder.get_by_text("Locked here: stride. It is a courtesy")).to_be_visible()


def test_undo_and_reset_lead_to_what_the_link_says_and_not_past_it(course):
    link = encoded({"stride": 1, "window": 3})
    page = course(f"labs/pooling.html?lock=stride#lab-pooling={link}")
    lab = lab_in(page, "pooling")
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")
    lab.menu("Window").select_option("2")
    lab.press("Reset")
    lab.expect_status("Back to the start")
    assert [lab.menu(name).input_value() for name in ("Stride", "Window")] == ["1", "3"]


def test_a_frame_with_a_link_keeps_nothing_for_the_next_one(course):
    link = encoded({"window": 4})
    page = course(f"labs/pooling.html#lab-pooling={link}")
    lab = lab_in(page, "pooling")
    lab.menu("Stride").select_option("1")
    page.frames[1].evaluate("dispatchEvent(new Event('pagehide'))")
    page.frames[1].goto(page.frames[1].url.partition("#")[0] + "?fresh")
    lab = lab_in(page, "pooling")
    expect(lab.menu("Window")).to_have_value("2")


def test_all_can_be_locked(course):
    lab = lab_in(course("labs/filtering.html?lock=all"), "filtering")
    cell = lab.root.locator(".cl-editable [role=gridcell]").first
    before = cell.inner_text()
    cell.press("5")
    expect(cell).to_have_text(before)
    lab.expect_status("Locked by the page that shows this lab: ")


@pytest.mark.parametrize(
    ("wish", "words"),
    [("hide=tasks", "says hide=tasks; it knows title, task"), ("lock=strides,<b>", "says lock=strides,<b>; it knows")],
)
def test_a_name_that_the_lab_does_not_know_is_told(course, wish, words):
    page = course(f"labs/pooling.html?{wish}")
    expect(page.frame_locator("iframe").get_by_text(words)).to_be_visible()
    assert page.record.errors == []


HEARD = "<script>addEventListener('message', ({ data }) => { window.told = data.height; });</script>"


def test_a_frame_is_as_high_as_its_lab(course, http_book):
    page = course("labs/pooling.html", more=f'{HEARD}<script src="{http_book}/labs/resize.js"></script>')
    lab = lab_in(page, "pooling")
    fits = "Math.abs(document.querySelector('iframe').clientHeight - window.told) < 5"
    page.wait_for_function(fits)
    before = page.evaluate("window.told")
    lab.root.locator("summary", has_text="Keys").click()  # the lab grows
    page.wait_for_function(f"window.told > {before} + 20 && {fits}")
    inside = page.frame_locator("iframe").locator("html")
    assert inside.evaluate("html => html.scrollHeight - html.clientHeight") <= 10, "no scroll bar in the frame"


@pytest.mark.in_turn("message", 2)
@pytest.mark.parametrize(
    "message",
    ["{ convnetLab: 'relu', height: 1e9 }", "{ convnetLab: 'relu', height: -5 }", "{ convnetLab: 7 }", "null"],
)
def test_a_message_that_is_none_changes_no_frame(course, http_book, message):
    page = course("labs/relu.html", more=f'<script src="{http_book}/labs/resize.js"></script>')
    page.wait_for_function("document.querySelector('iframe').style.height !== '700px'")
    height = page.locator("iframe").evaluate("frame => frame.style.height")
    page.evaluate("addEventListener('message', () => { window.heard = true; })")
    page.frames[1].evaluate(f"parent.postMessage({message}, '*')")
    page.wait_for_function("window.heard")
    assert page.locator("iframe").evaluate("frame => frame.style.height") == height
    assert page.record.errors == []


def test_the_book_hands_out_the_line_that_shows_the_lab_as_it_is(new_page, http_book):
    page = new_page(**CLIPBOARD)
    page.goto(f"{http_book}/book/04_pooling.html")
    lab = LabOnPage(page, "pooling")
    lab.menu("Window").select_option("3")
    lab.press("Embed")
    lab.expect_status("Copied: a line of HTML")
    line = page.evaluate("navigator.clipboard.readText()")
    form = r'<iframe src="(\S+/labs/pooling\.html#lab-pooling=\S+)" title="Pooling lab" loading="lazy" .*></iframe>'
    address = re.fullmatch(form, line)[1]
    other = new_page()
    other.set_content(line)
    lab = lab_in(other, "pooling")
    expect(lab.menu("Window")).to_have_value("3")
    assert address.startswith(http_book)


def test_a_book_on_disk_says_where_its_line_works(new_page, book):
    page = new_page(**CLIPBOARD)
    page.goto((book / "book" / "05_relu.html").as_uri())
    lab = LabOnPage(page, "relu")
    lab.press("Embed")
    lab.expect_status("for pages on this disk")


def test_a_lab_outside_the_book_has_no_line_to_embed(page, tmp_path):
    from convnet_core.labs.pooling import PoolingLab
    from tests.labpage import write_lab_page

    page.goto(write_lab_page(tmp_path, PoolingLab()))
    assert LabOnPage(page, "pooling").button("Embed").count() == 0
