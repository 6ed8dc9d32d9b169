"""Python in the built book's pages, as a reader's browser has it: exercises, cells to try, and all that goes wrong."""

import gzip
import json
import re

import numpy as np
import page_labs
import page_python
import pytest
from playwright.sync_api import expect

from convnet_core.labs.catalogue import lab_class
from convnet_core.page_python import scripts
from tests.conftest import ROOT, recorded
from tests.pythonpage import BEST, CHAPTER, LOOP, MATCH, NUMBERS, RIGHT, CellOnPage, run_all
from tests.readable import ALL_BUT_COLOURS, COLOURS, WIDTH, findings
from tools import micropython

STUB = "return 0.0  # your code here"
GROWTH = 6_000  # bytes, gzipped, of a page on which nobody runs anything
FIRST_RUN = 400_000
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def opened(page, url):
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture(scope="module")
def chapter(browser, http_book):
    """A chapter that has run a cell: for questions that leave it as it was, or don't mind what others left."""
    context = browser.new_context(viewport=WIDE, color_scheme="light")
    page = opened(recorded(context.new_page()), f"{http_book}/{CHAPTER}.html")
    page.set_default_timeout(10_000)
    page.locator(".unfold-all").click()
    CellOnPage(page, MATCH).run()
    yield page
    assert page.record.errors == []
    context.close()


def python_files(page):
    """What a page has loaded that belongs to its Python."""
    return [found[1] for url in page.record.requests if (found := re.search(r"/_static/python/([^?]+)", url))]


# What is loaded, and when


@pytest.mark.in_turn("book_url", 2)
def test_an_exercise_is_solved_in_the_page(book_url, page):
    """From a server and from disk alike: a wrong answer gets its hint, a right one its praise, and counts."""
    opened(page, f"{book_url}/{CHAPTER}.html")
    assert python_files(page) == ["page.js"]
    exercise = CellOnPage(page, MATCH).near()
    page.wait_for_load_state("networkidle")
    assert python_files(page) == ["page.js", "cells.css", "cells.js"]
    before = len(page.record.requests)
    stub = exercise.code.input_value()
    assert exercise.run()[0].startswith("Not yet. Your function gives 0 for every patch that was tried.")
    hint, _ = exercise.run(stub.replace(STUB, f"return {RIGHT.replace(' / feature.size', '')}"))
    assert hint.startswith("Not yet. ")
    assert "ivide" in hint
    expect(page.locator(".py-count")).to_have_text("0 of 3 exercises of this chapter solved.")
    praise, printed = exercise.run(stub.replace(STUB, f'print("here")\n    return {RIGHT}'))
    assert praise == "Right. Multiply, add up, divide: that is filtering."
    assert printed.startswith("here\n")
    expect(page.locator(".py-count")).to_have_text("1 of 3 exercises of this chapter solved.")
    loaded = page.record.requests[before:]
    assert [url for url in loaded if not url.startswith(("blob:", f"{book_url}/_static/python/"))] == []
    assert page.record.elsewhere(book_url) == []
    assert page.record.errors == []


def gzipped(text):
    return len(gzip.compress(text, 9))


def test_a_first_run_is_light_and_a_page_without_one_hardly_grows(book, chapter):
    near = ("page.js", "cells.css", "cells.js")
    loaded = {name: (book / "_static" / "python" / name).read_bytes() for name in python_files(chapter)}
    assert len(loaded) == 8
    weight = sum(gzipped(content) for name, content in loaded.items() if name not in near)
    print(f"first run: {weight} bytes gzipped")
    assert weight <= FIRST_RUN

    html = (book / f"{CHAPTER}.html").read_text(encoding="utf-8")
    marks = r' py-(?:exercise|try)\b| id="code-[^"]*"|<script[^>]*/python/page\.js[^>]*></script>'
    markup = gzipped(html.encode()) - gzipped(re.sub(marks, "", html).encode())
    growth = markup + sum(gzipped(loaded[name]) for name in near)
    print(f"a page that is read to its end grows by {growth} bytes gzipped, of which markup {markup}")
    assert 50 < markup < growth <= GROWTH


def test_a_reader_sees_how_far_loading_is_and_may_try_again(http_book, page):
    opened(page, f"{http_book}/{CHAPTER}.html")
    cell = CellOnPage(page, MATCH).near()
    held = {}
    scripts_wanted = re.compile(r".*/_static/python/(\w+)\.js.*")
    page.route(scripts_wanted, lambda route: held.setdefault(scripts_wanted.match(route.request.url)[1], route))
    cell.start()
    expect(cell.said).to_have_text(re.compile(r"^Getting Python, once for this page: \d+ of [3-9]\d\d KB\.$"))
    expect(cell.root.get_by_role("progressbar")).to_be_visible()
    for _ in range(100):
        if len(held) == 4:
            break
        page.wait_for_timeout(50)
    held.pop("engine").abort()
    lost = re.compile("Python could not be loaded: engine.js is not beside this page")
    expect(cell.said).to_have_text(lost)
    for name, route in held.items():  # those that come behind it don't write over what is said
        with page.expect_response(re.compile(f"/{name}.js")):
            route.continue_()
    page.wait_for_timeout(200)
    expect(cell.said).to_have_text(lost)
    page.unroute(scripts_wanted)
    assert cell.run()[0].startswith("Not yet. ")
    expect(cell.root.get_by_role("progressbar")).to_be_hidden()


def test_the_colours_that_cells_use_are_the_pages(book):
    sheets = "".join(path.read_text(encoding="utf-8") for path in book.rglob("_static/**/*.css"))
    used = set(re.findall(r"var\((--pst-[\w-]+)\)", scripts.style() + scripts.style("result")))
    assert used
    assert [name for name in sorted(used) if f"{name}:" not in sheets] == []


def test_the_engine_is_the_one_that_was_fetched():
    assert micropython.changed() == []
    origin = json.loads((micropython.ENGINE / "origin.json").read_text(encoding="utf-8"))
    assert (origin["version"], origin["sha256"]) == (micropython.VERSION, micropython.SHA256)
    assert "Damien P. George" in (micropython.ENGINE / "LICENSE").read_text(encoding="utf-8")


def test_a_module_that_cannot_be_joined_is_refused(monkeypatch):
    monkeypatch.setattr(scripts, "source", lambda name: 'import all from "./make.js";\n')
    with pytest.raises(ValueError, match="this form is not known: import all"):
        scripts.bare("cell")


# What a reader may do wrong


HOSTILE = {
    "def f(:": "Line 1, def f(:: The ( in line 1 is never closed.",
    "1 +\n": "Line 1, 1 +: This can't be read",
    "x = None\nx.size": "Line 2, x.size: AttributeError",
    "import os": "Line 1, import os: ModuleNotFoundError",
    "import socket": "Line 1, import socket: ModuleNotFoundError",
    "def f(n):\n    return f(n + 1)\nf(0)": "Line 2, return f(n + 1): RecursionError",
    "[0] * 100_000_000": "Stopped: it wants more memory",
    "rows = []\nwhile True:\n    rows.append([0] * 1000)": "Stopped: it wants more memory",
    "while True:\n    print('x' * 50)": "Stopped: it printed too much.",
    "while True:\n    try:\n        print('x')\n    except BaseException:\n        pass": "Stopped: it printed too",
    "open('/tmp/x', 'w')": "Line 1, open('/tmp/x', 'w'): OSError",
    "import sys\nsys.exit()": "Line 2, sys.exit(): SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt.",
    "print('still')": "",
}


@pytest.mark.sweep
def test_whatever_a_cell_does_the_page_lives_and_says_a_clear_word(chapter):
    cell = CellOnPage(chapter, BEST)
    for code, words in HOSTILE.items():
        said, printed = cell.run(code)
        assert said.startswith(words or "The checker was not asked"), code
        assert len(printed) < 25_000
        assert cell.code.input_value() == code, "nothing of it is lost"
    cell.run("import running\nrunning.answer = None")
    assert cell.run("1 / 0")[0].startswith("Python broke down"), "the module that runs cells is gone"
    assert cell.run("1 / 0")[0] == "Line 1, 1 / 0: ZeroDivisionError: division by zero."
    expect(cell.code).to_have_attribute("aria-invalid", "true")
    assert cell.root.locator(".has-mark").evaluate("box => getComputedStyle(box).getPropertyValue('--line')") == "0"


@pytest.mark.sweep
def test_a_loop_without_end_is_stopped_by_its_button_or_by_the_clock(http_book, page):
    page.clock.install()
    opened(page, f"{http_book}/{CHAPTER}.html")
    page.locator(".unfold-all").click()
    cell = CellOnPage(page, MATCH)
    cell.run()
    cell.start("print('begun')\nwhile True:\n    print('', end='')")
    expect(cell.button("Stop")).to_be_visible()
    cell.button("Stop").click()
    expect(cell.said).to_have_text("Stopped.")
    expect(cell.button("Run and check")).to_be_focused()
    cell.start("while True:\n    pass")
    CellOnPage(page, BEST).start("print('another')")
    expect(cell.said).to_have_text("Stopped: another cell was run, and one runs at a time.")
    expect(CellOnPage(page, BEST).printed).to_have_text("another")
    cell.start("while True:\n    pass")
    page.wait_for_timeout(1_000)  # the clock of a run begins when Python is there
    page.clock.fast_forward(5_000)
    expect(cell.said).to_have_text("Still running. Ctrl+Enter or “Stop” ends it.")
    page.clock.fast_forward(16_000)
    expect(cell.said).to_contain_text("Stopped after 20 seconds. Does a loop never end?")
    assert cell.run("print(2)")[1].startswith("2\n")


NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "indexedDB", "caches", "Worker"]
DOORS = [
    *("import js\njs.fetch", "import js\njs.self", "import js\njs.globalThis.fetch('/')", "import js\njs.eval('1')"),
    "import jsffi\njsffi.to_js([1]).constructor",
    "import jsffi\njsffi.to_js([1])[0]",
    "import jsffi\njsffi.create_proxy(print)(1)",
    "import asyncio\nasyncio.core.js.fetch",
    "import sys\nsys.modules['js'].fetch('/')",
]


def test_nothing_that_a_reader_types_gets_out(chapter):
    before = len(chapter.record.requests)
    for told, code in zip(run_all(chapter, [{"code": code} for code in DOORS]), DOORS, strict=True):
        assert told["how"] == "done", code
        assert told["problem"]["kind"] in ("AttributeError", "ImportError", "TypeError", "KeyError"), code
    CellOnPage(chapter, MATCH).run()
    worker = chapter.workers[0]
    assert worker.evaluate(f"{json.dumps(NETWORK)}.filter((name) => self[name] !== undefined)") == []
    assert [url for url in chapter.record.requests[before:] if not url.startswith("blob:")] == []


@pytest.mark.in_turn("policy", 3)
@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("script-src 'self'; worker-src 'self' blob:", "Python can't run in this page: the server"),
        ("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'", "Python can't run in this page: the server"),
        ("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:", "Not yet. "),
    ],
)
def test_a_policy_that_forbids_it_is_met_in_words(policy, words, http_book, page):
    def with_policy(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route("**/*.html", with_policy)
    page.goto(f"{http_book}/{CHAPTER}.html")
    said, _ = CellOnPage(page, MATCH).run()
    assert said.startswith(words)


# The editor


def test_keys_do_what_code_wants_and_let_go_of_it(chapter):
    code = CellOnPage(chapter, BEST).code
    keys = chapter.keyboard
    code.fill("")
    code.focus()
    keys.type("def f(x):  # a comment")
    keys.press("Enter")
    keys.type("if x:")
    keys.press("Enter")
    keys.type("pass")
    assert code.input_value() == "def f(x):  # a comment\n    if x:\n        pass"
    keys.press("Enter")
    keys.press("Backspace")
    keys.type("return x")
    assert code.input_value().endswith("pass\n    return x")
    before = code.input_value()
    keys.press("Shift+Tab")
    assert code.input_value().endswith("\nreturn x")
    keys.press("Control+z")
    assert code.input_value() == before
    keys.press("Control+a")
    keys.press("Tab")
    assert code.input_value() == "\n".join(f"    {line}" for line in before.split("\n"))
    keys.press("Shift+Tab")
    assert code.input_value() == before
    keys.press("Tab")
    expect(code).to_be_focused()
    keys.press("Escape")
    keys.press("Shift+Tab")
    expect(code).not_to_be_focused()
    before = code.input_value()
    keys.press("Tab")
    expect(code).to_be_focused()
    keys.press("Tab")  # who only passes by changes nothing; first comes the button that copies the code
    expect(code).not_to_be_focused()
    assert code.input_value() == before
    code.click()
    keys.press("Tab")
    expect(code).to_be_focused()
    keys.press("Escape")
    keys.press("Tab")
    keys.press("Tab")
    expect(CellOnPage(chapter, BEST).button("Run and check")).to_be_focused()
    code.fill("print(3)")
    code.focus()
    keys.press("Control+Enter")
    expect(CellOnPage(chapter, BEST).printed).to_have_text("3")


LETTERS = """box => [...box.children].filter((one) => one.matches("pre, textarea")).map((one) => {
  const { fontFamily, fontSize, lineHeight, letterSpacing, padding, color } = getComputedStyle(one);
  return [[fontFamily, fontSize, lineHeight, letterSpacing, padding, one.clientHeight, one.clientWidth].join(), color];
})"""


def test_the_colours_lie_under_the_letters(chapter):
    cell = CellOnPage(chapter, BEST)
    cell.code.fill('for x in range(10):  # "so"\n    print("a # b", 0.5)' + "  " * 80 + "x\n\n")
    painted = cell.root.locator(".py-edit > pre")
    assert painted.text_content() == cell.code.input_value() + "\n"
    coloured = ["for", "in", "range", "10", '# "so"', "print", '"a # b"', "0.5"]
    assert painted.locator("span").all_text_contents() == coloured
    (pre, _), (area, ink) = cell.root.locator(".py-edit").evaluate(LETTERS)
    assert pre == area
    assert ink == "rgba(0, 0, 0, 0)"
    chapter.emulate_media(forced_colors="active")
    (_, _), (_, ink) = cell.root.locator(".py-edit").evaluate(LETTERS)
    assert ink != "rgba(0, 0, 0, 0)", "forced colours show the plain text"
    expect(painted).to_be_hidden()
    chapter.emulate_media(forced_colors="none")


WRITTEN = """
const { setItem } = Storage.prototype;
window.written = [];
Storage.prototype.setItem = function (key, text) {
  window.written.push(key);
  setItem.call(this, key, text);
};
"""


def test_what_was_read_is_not_written_back(http_book, page):
    """Another page may have changed or erased it since."""
    opened(page, f"{http_book}/{CHAPTER}.html")
    CellOnPage(page, MATCH).code.fill("mine")
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    page.add_init_script(WRITTEN)
    page.reload()
    expect(CellOnPage(page, MATCH).code).to_have_value("mine")
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    assert [key for key in page.evaluate("written") if key.startswith("code ")] == []


@pytest.mark.sweep
def test_what_a_reader_wrote_is_kept_reset_brought_back_and_saved(http_book, page):
    opened(page, f"{http_book}/{CHAPTER}.html")
    cell = CellOnPage(page, MATCH)
    stub = cell.code.input_value()
    expect(cell.button("Reset")).to_be_hidden()
    mine = stub.replace(STUB, f"return {RIGHT}")
    assert cell.run(mine)[0].startswith("Right. ")
    page.reload()
    assert cell.code.input_value() == mine
    solved = cell.root.locator(".py-solved")
    expect(solved).to_have_text("✓ solved")
    expect(page.locator(".py-count")).to_contain_text("1 of 3")

    cell.button("Reset").click()
    assert cell.code.input_value() == stub
    expect(solved).to_have_text("✓ solved, before this change")
    cell.button("Undo reset").click()
    assert cell.code.input_value() == mine
    expect(solved).to_have_text("✓ solved")
    with page.expect_download() as download:
        cell.button("Save as .py").click()
    assert download.value.suggested_filename == "my_match.py"
    assert download.value.path().read_text(encoding="utf-8") == mine + "\n"
    cell.code.fill(mine.replace("feature.size", "np.size(feature)"))
    with page.expect_download() as download:
        cell.button("Save as .py").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("import numpy as np\nfrom convnet_core")
    cell.code.fill(mine)
    cell.button("Reset").press("Enter")
    expect(cell.button("Undo reset")).to_be_focused()
    expect(cell.said).to_have_text("Reset. “Undo reset” brings your code back.")
    page.reload()
    assert cell.code.input_value() == stub
    cell.code.press("End")
    cell.code.press("Space")  # by accident, or a new beginning: neither version is lost
    changed = cell.code.input_value()
    page.reload()
    assert cell.code.input_value() == changed
    cell.button("Undo reset").press("Enter")
    expect(cell.said).to_have_text("Your code is back.")
    expect(cell.button("Reset")).to_be_focused()
    assert cell.code.input_value() == mine
    cell.button("Undo reset").click()
    assert cell.code.input_value() == changed
    cell.code.press("Control+z")
    assert cell.code.input_value() == mine
    cell.code.press("Control+y")
    assert cell.code.input_value() == changed
    cell.button("Undo reset").click()
    assert cell.code.input_value() == mine
    cell.start("while True: pass")
    cell.button("Reset").click()
    expect(cell.root.locator(".py-tools button").first).not_to_have_text("Stop")
    assert cell.run()[0].startswith("Not yet. ")
    assert page.record.errors == []


FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });"


def test_where_nothing_may_be_kept_all_works_and_says_so(http_book, new_page):
    page = new_page(viewport=WIDE)
    page.add_init_script(FORBIDDEN)
    opened(page, f"{http_book}/{CHAPTER}.html")
    cell = CellOnPage(page, MATCH)
    assert cell.run(cell.code.input_value().replace(STUB, f"return {RIGHT}"))[0].startswith("Right. ")
    expect(cell.root.get_by_text("this browser lets the page keep nothing")).to_be_visible()


# Cells to try, and the lab above


def test_a_cell_is_tried_beside_what_the_book_prints(chapter):
    cell = CellOnPage(chapter, LOOP).open()
    expect(cell.code).to_be_focused()
    assert cell.run() == ("Done. It printed 1 line.", "0.5555555555555556\n")
    book = cell.root.locator(".cell_output")
    expect(book).to_contain_text("As printed in the book")
    expect(book).to_contain_text("0.5555555555555556")
    said, printed = cell.run(cell.code.input_value() + "\n\ncrossing * feature  # all nine\n")
    assert (said, printed) == ("Done. It printed 1 line. Its value: 3 by 3 numbers.", "0.5555555555555556\n")
    table = cell.root.get_by_role("table")
    expect(cell.said).to_be_in_viewport()
    assert table.locator("caption").inner_text() == "3 by 3"
    assert table.locator("td").all_inner_texts() == ["1", "1", "-1", "1", "1", "1", "-1", "1", "1"]
    assert cell.run("x = [\n    1,\n]\nx")[1] == ""
    expect(cell.root.get_by_role("group", name="Output")).to_contain_text("[1]")
    assert cell.run("x = 1")[0] == "Done. It printed nothing."


def test_the_lab_above_is_read_and_set_by_its_own_rules(chapter):
    cell = CellOnPage(chapter, NUMBERS).open()
    stored = cell.root.locator(".cell_output pre").inner_text()
    assert cell.run()[1].strip() == stored.strip()
    edit = "image = lab.image.copy()\nimage[2, 4] = 5\nlab.image = image\nprint(lab.feature_map[1, 3], lab.image[2, 4])"
    said, printed = cell.run(edit)
    assert said == "Done. The lab above shows what you gave it. It printed 1 line."
    assert printed == "1.0 5.0\n"
    lab = chapter.locator("#lab-filtering")
    pixel = lab.get_by_role("grid", name="Image", exact=True).locator('[data-row="2"][data-column="4"]')
    expect(pixel).to_have_text("5")
    for code, words in (
        ("lab.image = np.zeros((2, 2))", "The lab stays as it is: image has the wrong shape: wanted 9 x 9 numbers."),
        ("lab.image = 100 * lab.image", "The lab stays as it is: image must hold numbers from -9 to 9 only."),
        ("lab.image = lab.image * float('nan')", "The lab stays as it is: image must hold"),
        ("lab.feature_map = lab.feature_map * 0", "Line 1, lab.feature_map = lab.feature_map * 0: AttributeError"),
        ("lab.image[2, 4] = 1", "Line 1, lab.image[2, 4] = 1: ValueError: assignment destination is read-only"),
        ("lab.imagge = 1", "Line 1, lab.imagge = 1: AttributeError: this lab has no imagge to set."),
        ("lab.imagge", "Line 1, lab.imagge: AttributeError: in the page this lab has no imagge."),
    ):
        assert cell.run(code)[0].startswith(words)
        expect(pixel).to_have_text("5")
    lab.get_by_role("button", name="Undo", exact=True).click()
    expect(pixel).not_to_have_text("5")


COMPUTED = {
    "filtering": ["patch", "products", "feature_map"],
    "convolution": ["feature", "feature_maps", "feature_map"],
    "pooling": ["map", "pooled_map", "unchanged"],
    "relu": ["map_after", "pooled_map"],
    "playground": ["feature_maps", "pooled"],
}


def test_what_a_lab_computes_is_the_same_in_the_page(chapter):
    modules = {f"lab_{name}": page_labs.lab_module(name) for name in COMPUTED}
    programs = []
    for name, properties in COMPUTED.items():
        lab = {"name": name, "state": json.loads(json.dumps(lab_class(name)().state()))}
        code = "".join(f"print(np.array(lab.{one}).ravel().tolist())\n" for one in properties)
        programs.append({"code": code, "lab": lab})
    chapter.evaluate("modules => Object.assign(convnetPython.own, modules)", modules)
    for told, (name, properties) in zip(run_all(chapter, programs), COMPUTED.items(), strict=True):
        assert "problem" not in told, told
        lab = lab_class(name)()
        for line, one in zip(told["printed"].splitlines(), properties, strict=True):
            np.testing.assert_allclose(json.loads(line), np.ravel(getattr(lab, one)), atol=1e-12, err_msg=one)


# For everyone


@pytest.mark.sweep
def test_cells_are_readable_by_everyone_whatever_they_show(http_book, new_page):
    page = opened(new_page(viewport=WIDE, color_scheme="light"), f"{http_book}/{CHAPTER}.html")
    loop, wrong, right = CellOnPage(page, LOOP).open(), CellOnPage(page, MATCH), CellOnPage(page, BEST)
    loop.run(loop.code.input_value() + "\ncrossing * feature")
    page.locator(".unfold-all").click()
    right.run("print('Right. So it is.')")
    wrong.run("print('x' * 200)\n1 / 0")
    assert findings(page, ALL_BUT_COLOURS) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert findings(page, COLOURS, but=".convnet-lab") == []
    page.set_viewport_size(NARROW)
    page.wait_for_timeout(400)  # the theme looks for what can be scrolled once a resize is over
    assert findings(page, WIDTH) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], "the page scrolls sideways"


def test_without_scripts_a_cell_is_what_it_was(http_book, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{http_book}/{CHAPTER}.html")
    cell = CellOnPage(page, MATCH).root
    expect(cell.locator("pre").first).to_contain_text("def my_match(patch, feature):")
    expect(cell).to_contain_text("Not yet. Your function gives 0 for every patch that was tried.")
    assert cell.locator("button, textarea").count() == 0


def test_every_exercise_of_the_book_has_its_editor_and_every_cell_to_try_its_button(book):
    stubs = {}
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
        stubs[path.stem] = [name for name, text in texts.items() if "convnet_core.exercises" in text]
    assert sum(map(len, stubs.values())) == 50
    for page, wanted in stubs.items():
        html = (book / "book" / f"{page}.html").read_text(encoding="utf-8")
        assert re.findall(r'py-exercise[^>]*id="code-([^"]+)"', html) == wanted
        assert set(re.findall(r'py-try[^>]*id="code-([^"]+)"', html)) == page_python.tries_of(f"book/{page}").keys()
