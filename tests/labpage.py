"""A page with labs on it and nothing else, for tests of a lab that don't need the whole book.

    page = open_labs(FilteringLab())            # the fixture: a page without a memory, opened from disk
    lab = LabOnPage(page, "filtering")
    lab.cell("Image", 2, 4).click()
    assert lab.numbers("Image")[2][4] == "-1"

The scripts are those that the book's own pages load, in the same order; here they stand in the page.
"""

import base64
import json
import re
from functools import partial
from html import escape
from pathlib import Path

import labs as extension  # book/_ext/labs.py: what gives the book's pages their scripts
import numpy as np
import pytest
from playwright.sync_api import expect

from convnet_core.labs.catalogue import lab_class
from convnet_core.labs.kit import joiner
from convnet_core.labs.kit.page import page
from convnet_core.printing import plain, truncated

# What a kernel's front end hands a lab (anywidget's contract), and what it keeps count of.
KERNEL_MODEL = """
class KernelModel {
  constructor(state) {
    this.state = state;
    this.listeners = [];
    this.saved = 0;
  }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
    this.state[name] = value;
    for (const [event, listener] of [...this.listeners]) if (event === `change:${name}`) listener();
  }
  on(event, listener) { this.listeners.push([event, listener]); }
  off(event, listener) { this.listeners = this.listeners.filter(([e, l]) => e !== event || l !== listener); }
  save_changes() { this.saved += 1; }
  send() {}
}
"""


def kernel_state(lab):
    """What a front end beside a kernel is told of `lab`: its own traits, as anywidget sends them."""
    told = lab.get_state([*lab.rules(), "_about", "_rules", "_presets", "_defaults", "_class"])
    return json.loads(json.dumps(told))


def all_labs():
    """The class of every lab there is, by the name of its module."""
    return {name: lab_class(name) for name in sorted(joiner.lab_names())}


def lab_page(*labs, title="Labs"):
    """A whole HTML page with `labs` on it, and their scripts and their styles in it."""
    files = extension.files_for(tuple(sorted({lab.name for lab in labs})))
    scripts = [text for name, text in files.items() if name.endswith(".js")]
    styles = "".join(text for name, text in files.items() if name.endswith(".css"))
    assert not any("</script" in script for script in scripts), "this would end a script in the page early"
    inline = "".join(f"<script>{script}</script>" for script in scripts[:-1])
    files = data_files(*labs)
    told = f' data-files="{escape(json.dumps(files))}"' if files else ""
    inline += f"<script{told}>{scripts[-1]}</script>"
    return page(*labs, title=title, head=f"<style>{styles}</style>", scripts=inline)


def data_files(*labs):
    """What the page's script is told of the data that `labs` may ask for: they lie beside the page."""
    kinds = extension.data_for(tuple(sorted({lab.name for lab in labs})))
    return {kind: [[name, len(text)] for name, text in scripts.items()] for kind, scripts in kinds.items()}


def write_lab_page(folder, *labs, title="Labs"):
    """Writes that page into `folder`, and beside it what its labs may ask for; returns its file:// address."""
    path = Path(folder) / "labs.html"
    for scripts in extension.data_for(tuple(sorted({lab.name for lab in labs}))).values():
        for name, text in scripts.items():
            (path.parent / name).write_text(text, encoding="utf-8")
    path.write_text(lab_page(*labs, title=title), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_labs(spare_pages, tmp_path):
    """`open_labs(*labs, **options)`: the page of those labs, open in a browser that remembers nothing.

    fragment is what stands behind the # of the address, init_script runs before the page's own, clock
    stops the time for `page.clock`. Other options are Playwright's for a context (has_touch, viewport,
    color_scheme, ...). `page.address` is where the page lies.
    The test fails if a script of the page fails or writes an error to the console.
    """
    pages = []

    def open_page(*labs, fragment="", init_script="", clock=False, **options):
        page = spare_pages.take(**options)
        pages.append(page)
        page.set_default_timeout(10_000)
        if init_script:
            page.add_init_script(init_script)
        if clock:
            page.is_spoilt = True
            page.clock.install(time=0)
        page.address = write_lab_page(tmp_path, *labs)
        page.goto(page.address + fragment)
        if clock:
            page.clock.pause_at(A_DAY)  # from here on, time passes only where a test lets it
        return page

    yield open_page
    errors = [list(page.record.errors) for page in pages]
    for opened in pages:
        spare_pages.give_back(opened)
    assert errors == [[] for _ in pages]


A_DAY = 24 * 60 * 60  # seconds: later than any page needs to load


def opener(lab, view=None, **options):
    """The fixture `open_lab` of a lab's tests: `open_lab(**state)` opens a page with one `lab` in that state.

    What it returns is view(page), a LabOnPage where none is named. Options are those of `open_labs`; a test adds its
    own as `page`.
    """
    view = view or partial(LabOnPage, name=lab.name)

    @pytest.fixture
    def open_lab(open_labs):
        return lambda page=None, **state: view(open_labs(lab(**state), **{**options, **(page or {})}))

    return open_lab


# A page that a finger has scrolled glides on: where its cells are is known once it stands.
AT_REST = """
() => new Promise((resolve) => {
  let [at, frames] = [scrollY, 0];
  const look = () => {
    frames = scrollY === at ? frames + 1 : 0;
    at = scrollY;
    if (frames > 9) resolve();
    else requestAnimationFrame(look);
  };
  look();
})
"""
# Of the one grid of that name that is seen: the text of every cell. None where there is not one.
NUMBERS = """
([lab], label) => {
  const isSeen = (grid) => grid.ariaLabel === label && grid.checkVisibility({ visibilityProperty: true });
  const [grid, ...others] = [...lab.querySelectorAll("[role=grid]")].filter(isSeen);
  if (!grid || others.length > 0) return null;
  return [...grid.children].map((row) => [...row.children].map((cell) => cell.textContent));
}
"""
LOOK = """
([lab]) => {
  const stage = lab.querySelector(".cl-stage");
  const all = (selector, tell) => [...stage.querySelectorAll(selector)].map(tell);
  return [
    stage.innerText,
    all("select, input:not(.cl-number)", (input) => (/box|radio/.test(input.type) ? input.checked : input.value)),
    all(".cl-frame", (frame) => frame.style.cssText),
  ];
}
"""
MIDDLE = """
cells => cells.map((cell) => {
  cell.scrollIntoViewIfNeeded();
  const { x, y, width, height } = cell.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})
"""


class LabOnPage:
    """One lab of a page: what a reader does with it, and what they see there. Rows and columns from 0.

    What is read often is read by one script: a locator's `evaluate` costs five times as much. css:light looks into no
    shadow trees, of which a lab has none; looking for them takes most of the time of finding something.
    """

    def __init__(self, page, name, number=1):
        self.page, self.name = page, name
        self.id = f"lab-{name}" if number == 1 else f"lab-{name}-{number}"
        self.holder = page.locator(f"css:light=#{self.id}")
        self.root = page.locator(f"css:light=#{self.id} .cl-lab")

    def grid(self, label):
        return self.root.get_by_role("grid", name=label, exact=True)

    def cell(self, label, row, column):
        grid = f"[role=grid][aria-label={json.dumps(label)}]"
        return self.root.locator(f'css:light={grid} [data-row="{row}"][data-column="{column}"]')

    def numbers(self, label):
        """The text of every cell (H, W)."""
        if (numbers := self.root.evaluate_all(NUMBERS, label)) is None:
            self.grid(label).wait_for()
            numbers = self.root.evaluate_all(NUMBERS, label)
        return numbers

    def menu(self, name):
        return self.root.get_by_role("combobox", name=name, exact=True)

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, name):
        self.button(name).click()

    def wait_for_work(self):
        """Until no part of the lab is at work any more."""
        expect(self.root.locator("[aria-busy=true]")).to_have_count(0, timeout=20_000)

    @property
    def frame(self):
        """The window's frame: what arrow keys move."""
        return self.root.get_by_role("application")

    @property
    def status(self):
        """The sentence of the live region."""
        return self.root.get_by_role("status").inner_text()

    def look(self):
        """All that a reader sees of the lab's state, as a list: numbers, sentences, controls, the window.

        Not the boxes to type a number in: they show what was touched last, which is no part of the state.
        """
        text, inputs, windows = self.root.evaluate_all(LOOK)
        text = re.sub(r"^\w+, row \d+, column \d+$", "", text, flags=re.MULTILINE)
        return [text, inputs, windows]

    def window_at(self):
        """Row and column of the window's upper left pixel."""
        names = "['--row', '--column']"
        places = f"all => all.map(({{ style }}) => {names}.map((name) => Number(style.getPropertyValue(name))))"
        (place,) = self.frame.evaluate_all(places)
        return tuple(place)

    def expect_status(self, *parts):
        for part in parts:
            expect(self.root.get_by_role("status")).to_contain_text(part)

    def middle(self, label, row, column):
        """Where a cell is on the screen: x, y in CSS pixels."""
        (middle,) = self.cell(label, row, column).evaluate_all(MIDDLE)
        return middle

    def drag(self, label, *cells):
        """With the mouse: down on the first of `cells`, over the others, and up."""
        self.page.mouse.move(*self.middle(label, *cells[0]))
        self.page.mouse.down()
        for cell in cells[1:]:
            self.page.mouse.move(*self.middle(label, *cell))
        self.page.mouse.up()

    def drag_by_touch(self, label, *cells):
        """The same with a finger, once the page is at rest; the context needs has_touch."""
        self.page.evaluate(AT_REST)
        session = self.page.context.new_cdp_session(self.page)
        points = [dict(zip("xy", self.middle(label, *cell), strict=True)) for cell in cells]
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def solved(self):
        """The texts of the challenges that show as solved."""
        return self.root.locator(".cl-challenge.is-solved").all_inner_texts()


def changed(values, *cells):
    """A copy of `values` with each (row, column, number) of `cells` put in."""
    values = np.array(values)
    for row, column, number in cells:
        values[row, column] = number
    return values


# What a reader edits first, for keys: every lab has a grid to edit, or names here what stands for it, and the key.
EDITABLE = ".cl-editable [role=gridcell]"
STANDS_FOR_IT = {
    "belief": ("input[type=range]", "ArrowRight"),
    "faces": ("input[type=range]", "ArrowRight"),
    "game": ("input[type=range]", "ArrowRight"),
    "quiz": ("input[type=radio]", "Enter"),
    "watching": ("input[type=range]", "ArrowRight"),
}


def first_edit_in(root, name):
    """What is edited first in the lab of that name, and a key that changes it: another digit than is there."""
    if name in STANDS_FOR_IT:
        selector, key = STANDS_FOR_IT[name]
        return root.locator(selector).first, key
    cell = root.locator(EDITABLE).first
    return cell, "1" if re.fullmatch(r"0?(\.0+)?", cell.inner_text()) else "0"


CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}  # for `open_labs` and `new_page`


def encoded(changes):
    """What stands in a link's fragment: JSON as base64, in the letters that an address allows."""
    text = changes if isinstance(changes, str) else json.dumps(changes, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def printed(values):
    """A matrix as the grids of pictures and products print it."""
    return [[plain(value) for value in row] for row in values]


def cut(values):
    """A matrix as the grids of divided maps print it."""
    return [[truncated(value) for value in row] for row in values]


def comes_to(page, read, wanted, patience=20_000):
    """Whether what is read becomes what is wanted: a page that was loaded anew may still be filling in its labs."""
    for _ in range(patience // 100):
        if read() == wanted:
            return True
        page.wait_for_timeout(100)
    return read() == wanted
