"""What holds for every lab, whoever wrote it: it can be read, reached and operated, and nobody can break it."""

import re

import pytest
from playwright.sync_api import expect
from traitlets import TraitError

from tests.labpage import (
    CLIPBOARD,
    KERNEL_MODEL,
    STANDS_FOR_IT,
    LabOnPage,
    all_labs,
    comes_to,
    encoded,
    first_edit_in,
    kernel_state,
)
from tests.readable import COLOURS, contrast, findings

LABS = all_labs()


def every_lab(test):
    """Asks it of every lab; one run asks some, and each test others."""
    return pytest.mark.in_turn("name", 7)(pytest.mark.parametrize("name", LABS)(test))


def first_edit(lab):
    return first_edit_in(lab.root, lab.name)


@pytest.fixture
def open_lab(open_labs):
    """`open_lab(name, **options)`: a page with the lab of that name as it starts."""

    def open_one(name, **options):
        lab = LabOnPage(open_labs(LABS[name](), **options), name)
        lab.wait_for_work()
        return lab

    return open_one


# It can be read.


@every_lab
def test_axe_finds_nothing(name, open_lab, known):
    """As it starts, on a wide and light page; and after an edit, on a narrow and dark one.

    What is no matter of colours is asked of a lab as it starts by tests/test_embed.py.
    """
    lab = open_lab(name, color_scheme="light", viewport={"width": 900, "height": 800})
    expect(lab.root).to_have_attribute("data-theme", "light")
    assert findings(lab.page, COLOURS, known=known) == []
    first_edit(lab)[0].click()
    lab.page.emulate_media(color_scheme="dark")
    lab.page.set_viewport_size({"width": 320, "height": 800})
    expect(lab.root).to_have_attribute("data-theme", "dark")
    assert findings(lab.page, known=known) == []


@every_lab
def test_no_sideways_scrolling_at_320_pixels(name, open_lab):
    page = open_lab(name, viewport={"width": 320, "height": 700}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # What is larger than its own box, with a scroll bar of its own, does not widen the page.
    beyond = """[...document.querySelectorAll(".cl-lab *")]
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5).map((it) => it.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []


@every_lab
def test_forced_colors_hide_no_value(name, open_lab):
    """Colours are what a grid shows, so it keeps its own; a number must stand out from them all the same."""
    page = open_lab(name, forced_colors="active").page
    cells = page.locator(".cl-cell:not(:empty)").evaluate_all(
        """cells => cells.filter((cell) => cell.checkVisibility()).map((cell) => {
          const style = getComputedStyle(cell);
          return [style.color, style.backgroundColor, style.visibility, Number.parseFloat(style.fontSize)];
        })"""
    )
    assert len(cells) >= (0 if name in STANDS_FOR_IT else 9)
    for color, background, visibility, size in cells:
        assert contrast(color, background) >= 4.5
        assert visibility == "visible"
        assert size >= 8


@every_lab
def test_without_scripts_the_numbers_are_there(name, open_lab):
    holder = open_lab(name, java_script_enabled=False).page.locator(".convnet-lab")
    assert holder.locator(".convnet-lab-tables").is_visible()
    if name in STANDS_FOR_IT:
        assert holder.locator("details").count() >= 1
        return
    tables = holder.get_by_role("table").all()
    assert tables
    for table in tables:
        assert table.locator("caption").inner_text()
    assert any(re.search(r"\d", cell) for table in tables for cell in table.locator("td").all_inner_texts())


# What one edits or moves, and what comes of it: as selectors, in each lab.
TOGETHER = {
    "belief": (".cl-belief-units", ".cl-belief-table"),
    "convolution": ("[aria-label=Image]", "[aria-label='Feature map']"),
    "digits": ("[aria-label='Your digit']", ".cl-digits-bars"),
    "faces": (".cl-faces-settings .cl-field-slider >> nth=0", ".cl-faces-photo .cl-pane-frame"),
    "filtering": ("[aria-label=Image]", ".cl-result"),
    "game": (".cl-game-screen >> nth=0", ".cl-game-pad >> nth=0"),
    "kernels": (".cl-kernels-pair .cl-pane:last-child", "[aria-label=Kernel]"),
    "pictures": ("[aria-label='What we see']", "[aria-label='What the computer gets']"),
    "pixels": (".cl-pixels-swatch", ".cl-pixels-sliders"),
    "playground": ("[aria-label=Image]", ".cl-playground-answer"),
    "pooling": ("[aria-label=Map]", "[aria-label='Pooled map']"),
    "relu": ("[aria-label=Map]", "[aria-label='Map after']"),
    "sequences": (".cl-player >> nth=0", ".cl-seq-word >> nth=-1"),
    "shuffle": ("[aria-label='As it is']", "[aria-label=Swapped]"),
    "stacking": ("[aria-label=Picture]", ".cl-stacking-card .cl-thumbnails >> nth=0"),
    "training": (".cl-training-run", ".cl-curve >> nth=0"),
    "voting": ("[aria-label=Image]", ".cl-voting-table"),
    "watching": (".cl-watching-picture >> nth=0", ".cl-watching-answer >> nth=0"),
    "wiggle": ("[aria-label='Weights for O, map 1']", ".cl-result"),
}
assert {*TOGETHER, *STANDS_FOR_IT} == {*LABS}, "a new lab says here what one edits in it, and what comes of it"
SCREENS = {"phone": (390, 844), "small phone": (320, 740), "laptop": (755, 800)}  # the laptop's width beside contents
HEADER = 56  # the book's own bar above a page


@pytest.mark.in_turn("name", 7)
@pytest.mark.parametrize("name", TOGETHER)
def test_what_one_edits_the_result_and_the_sentence_are_on_one_screen(name, open_lab):
    lab = open_lab(name)
    edited, result = (lab.root.locator(selector) for selector in TOGETHER[name])
    cell, key = first_edit(lab)
    cell.press(key)
    expect(lab.root.get_by_role("status")).not_to_be_empty()
    for width, height in SCREENS.values():
        lab.page.set_viewport_size({"width": width, "height": height})
        first = edited if is_above(edited, result) else result
        first.evaluate("(element, top) => scrollBy(0, element.getBoundingClientRect().top - top)", HEADER)
        sentence = lab.root.get_by_role("status").bounding_box()
        assert sentence["y"] + sentence["height"] <= height + 1, "the sentence sticks to the screen's foot"
        for shown in (edited, result):
            box = shown.bounding_box()
            assert box["y"] >= HEADER - 1
            assert box["y"] + box["height"] <= sentence["y"] + 1, f"behind the sentence at {width} by {height}"


def is_above(one, other):
    return one.bounding_box()["y"] <= other.bounding_box()["y"]


WALKS = ("convolution", "filtering", "pooling", "relu")


@pytest.mark.in_turn("name", 2)
@pytest.mark.parametrize("name", WALKS)
def test_a_step_leaves_its_button_under_the_finger(name, open_lab):
    lab = open_lab(name, viewport={"width": 390, "height": 844})
    step, start = lab.button("Step"), lab.button("From the start")
    for width in (390, 320, 755):
        lab.page.set_viewport_size({"width": width, "height": 844})
        start.focus()
        start.press("Enter")
        before = step.bounding_box()
        for _ in range(3):
            step.click()
        assert step.bounding_box() == before, f"at {width}"
    said = lab.status
    lab.menu("Speed").select_option("slow")  # which is where none of them starts
    assert lab.status == said, "how fast it plays changes nothing"


# It can be reached.


# Of buttons among which arrow keys lead, one is a stop: the others have it beside them.
NO_GROUP = """all => all.filter((it) => !it.matches(".cl-skip, [type=file], [type=radio]")
  && !(it.tabIndex < 0 && it.parentElement.querySelector("button[tabindex='0']"))).length"""


@every_lab
def test_every_control_is_reached_by_tab(name, open_lab):
    """As many stops as there are grids, controls and windows, in one round. Choices of one group are one stop."""
    lab = open_lab(name)
    here = """document.activeElement.closest(".cl-lab")
      && (document.activeElement.closest("[role=grid]")?.ariaLabel ?? document.activeElement.outerHTML)"""
    title = lab.root.locator(".cl-title")
    before = title.bounding_box()
    lab.page.keyboard.press("Tab")
    skip = lab.root.locator(".cl-skip:focus").bounding_box()
    assert title.bounding_box() == before, "nothing moves"
    assert skip["y"] + skip["height"] <= before["y"], "the way past the lab stands clear of its title"
    stops = []
    lab.button("Undo").focus()
    while (stop := lab.page.evaluate(here)) is not None and len(stops) < 200:
        stops.append(stop)
        lab.page.keyboard.press("Tab")
    stops = [stop for stop in stops if 'type="file"' not in stop]  # behind a button of its own
    grids = lab.root.get_by_role("grid").evaluate_all("grids => grids.filter((grid) => grid.checkVisibility()).length")
    controls = lab.root.locator(
        "button:visible, select:visible, input:visible, a:visible, summary:visible, [role=application]:visible"
    )
    others = controls.evaluate_all(NO_GROUP)
    groups = lab.root.locator("[type=radio]:visible").evaluate_all("all => new Set(all.map((it) => it.name)).size")
    assert len(stops) == grids + groups + others


@every_lab
def test_every_control_and_every_cell_has_a_name_of_its_own(name, open_lab):
    lab = open_lab(name)
    named = lab.root.locator("button:visible, select:visible, input:visible, [role=grid]:visible").all()
    assert len(named) >= 5
    for control in named:
        expect(control).to_have_accessible_name(re.compile(r"\S"))
    labels = lab.root.get_by_role("grid").evaluate_all("grids => grids.map((grid) => grid.ariaLabel)")
    assert len(labels) == len(set(labels))
    for grid in lab.root.get_by_role("grid").all():
        names = grid.get_by_role("gridcell").evaluate_all("cells => cells.map((cell) => cell.ariaLabel)")
        assert len(names) == len(set(names)) > 0


# Nobody can break it.

ANYTHING = [None, True, -1e9, 1e9, 0.123456789, "", "<img src=x onerror='window.hacked = true'>", [], [[]], {}, [None]]


# Follows links one after the other; tells for each what the lab has said when it is done with it.
FOLLOW = """
async ([id, links]) => {
  const status = document.querySelector(`#${id} [role=status]`);
  const words = [];
  for (const link of links) {
    status.textContent = "";
    location.hash = link;
    for (let tries = 0; tries < 100 && !status.textContent; tries += 1) {
      await new Promise((next) => setTimeout(next, 5));
    }
    words.push(status.textContent);
  }
  return words;
}
"""


@every_lab
def test_no_setting_takes_what_its_rule_forbids(name, open_lab):
    """By a link, for each setting: values of every kind. What the rule forbids is refused and changes nothing."""
    lab = open_lab(name)
    before = lab.look()
    rules = LABS[name].rules()
    refused = [(setting, value) for setting in rules for value in ANYTHING if not is_welcome(name, setting, value)]
    assert len(refused) >= 5 * len(rules)
    links = [f"{lab.id}={encoded({setting: value})}" for setting, value in refused]
    for (setting, value), words in zip(refused, lab.page.evaluate(FOLLOW, [lab.id, links]), strict=True):
        for part in ("This link can't be shown:", setting, "The lab stays as it was."):
            assert part in words, f"{setting} = {value}"
    assert lab.look() == before
    assert lab.page.evaluate("[window.hacked, {}.row]") == [None, None]
    assert not lab.button("Undo").is_enabled() or lab.button("Undo").get_attribute("aria-disabled") == "true"


def is_welcome(name, setting, value):
    try:
        LABS[name](**{setting: value})
    except TraitError:
        return False
    return True


@every_lab
def test_an_edit_outlives_a_reload_travels_by_link_and_can_be_undone(name, open_lab, new_page):
    lab = open_lab(name, **CLIPBOARD)
    start = in_words(lab)
    cell, key = first_edit(lab)
    cell.press(key)
    edited = in_words(lab)
    assert edited != start
    lab.press("Copy link")
    address = lab.page.evaluate("navigator.clipboard.readText()")
    lab.page.reload()
    assert comes_to(lab.page, lambda: in_words(lab), edited)
    elsewhere = new_page()
    elsewhere.goto(address)
    assert in_words(LabOnPage(elsewhere, name)) == edited
    lab.press("Reset")
    assert in_words(lab) == start
    lab.press("Undo")
    assert in_words(lab) == edited


def in_words(lab):
    """Every number of every grid, as a screen reader hears it; of a lab without grids, all that it shows.

    Read when nothing has changed for some frames: on a busy machine a lab draws itself in several.
    """
    expect(lab.holder).to_have_attribute("data-live", "true")  # before, after a reload, nothing moves yet
    lab.wait_for_work()
    lab.page.evaluate(STILL)
    if lab.name in STANDS_FOR_IT:
        return lab.look()
    return lab.root.get_by_role("gridcell").evaluate_all("cells => cells.map((cell) => cell.ariaLabel)")


STILL = """
() => new Promise((done) => {
  let still = 0;
  const watcher = new MutationObserver(() => { still = 0; });
  watcher.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
  const frame = () => {
    still += 1;
    if (still < 4) requestAnimationFrame(frame);
    else {
      watcher.disconnect();
      done();
    }
  };
  requestAnimationFrame(frame);
})
"""


COUNT_NEW = """
(cell, edit) => {
  let made = 0;
  const watcher = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === 1) made += 1;
  });
  watcher.observe(document.querySelector(".cl-stage"), { childList: true, subtree: true });
  cell.focus();
  for (const key of [edit, "Escape", edit]) cell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done([made, cell.isConnected]))));
}
"""


@every_lab
def test_an_edit_builds_next_to_nothing_anew(name, open_lab):
    """What makes an edit quick on any machine: the grids stay, and their numbers change."""
    cell, key = first_edit(open_lab(name))
    made, is_there = cell.evaluate(COUNT_NEW, key)
    assert is_there
    assert made < 60, "elements in three edits"


MOUNT = (
    "([name, state]) => {"
    + KERNEL_MODEL
    + """
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  window.model = new KernelModel(state);
  window.cleanup = window.convnetLabs[`${name}/lab`].default.render({ model: window.model, el });
}"""
)


@every_lab
def test_a_removed_view_leaves_no_listener_behind(name, open_lab):
    page = open_lab(name).page
    page.evaluate(MOUNT, [name, kernel_state(LABS[name]())])
    assert page.evaluate("window.model.listeners.length") > 0
    assert page.evaluate("window.cleanup(), window.model.listeners.length") == 0
