"""The book in the oldest browsers that are meant to work: what they lack is taken away from Chromium.

tools/newer_features.py makes the list of it. Taken away are names that scripts use. Syntax and CSS can't be: of the
book's own style sheets it is checked that they use nothing newer but what is an extra.
"""

import json

import pytest
import tinycss2

from tests.conftest import ROOT
from tests.engines import InPage
from tests.reader import Reader
from tests.test_engines import PAGES
from tests.test_labs_in_book import LABS

NEWER = json.loads((ROOT / "tests/golden/newer_features.json").read_text(encoding="utf-8"))

TAKE_AWAY = """
((names) => {
  window.takenAway = [];
  const owners = { TypedArray: Object.getPrototypeOf(Int8Array) };
  for (const name of names) {
    const [owner, member] = name.replace(/_static$/, "").split(".");
    const whole = owners[owner] || window[owner];
    const places = member === undefined ? [window] : [owner === "Window" && window, whole && whole.prototype, whole];
    const key = member === undefined ? owner : member;
    const place = places.find((it) => it && Object.prototype.hasOwnProperty.call(it, key));
    if (place && delete place[key]) window.takenAway.push(name);
  }
})
"""


@pytest.fixture
def old_page(new_page):
    """An empty page of a browser that has only what the oldest ones have."""
    page = new_page(viewport={"width": 1280, "height": 900}, has_touch=True)
    page.add_init_script(f"{TAKE_AWAY}({json.dumps(NEWER['scripts'])})")
    return page


@pytest.mark.parametrize("page", PAGES)
def test_every_lab_can_be_played(page, old_page, book):
    """Press, type, undo and drag in each grid that can be edited, and no script of the page fails."""
    reader = Reader(InPage(old_page))
    live, grids = reader.open(f"{(book / page).as_uri()}.html")
    assert live == LABS.get(page, [])
    for number in range(len(grids)):
        reader.play(number)
    assert old_page.record.errors == []


def test_what_they_lack_is_gone(old_page, book):
    old_page.goto(f"{(book / 'search').as_uri()}.html")
    gone = old_page.evaluate("window.takenAway")
    assert {"AbortSignal.any_static", "Promise.withResolvers", "Object.groupBy", "Iterator.map", "Temporal"} <= {*gone}
    assert len(gone) > 300
    assert old_page.evaluate("[AbortSignal.any, Object.groupBy, [].values().map]") == [None] * 3
    assert old_page.evaluate("typeof [].toSpliced") == "function"  # not newer: it stays


# What is newer and only an extra: without it the page looks plainer and says the same.
EXTRAS = {
    ":has": "a player that stays in sight (labs), a light ground around a table (book), a link less (glossary)",
    "accent-color": "a slider in the system's colour",
    "forced-color-adjust": "Safari has no forced colours",
    "mask": "-webkit-mask stands beside it",
    "print-color-adjust": "-webkit-print-color-adjust stands beside it",
    "resize": "a box to drag larger, on a telephone",
    "scrollbar-color": "the system's scroll bar",
    "scrollbar-width": "the system's scroll bar",
    "text-wrap": "a heading's lines of unlike length",
    "user-select": "-webkit-user-select stands beside it",
}


def words_of(rules):
    """The at-rules, properties and pseudo-classes of style rules, but for what @supports asks about first.

    A browser drops the whole of a list of selectors for one that it does not know.
    """
    for rule in rules:
        if rule.type == "at-rule":
            yield rule.at_keyword
        if rule.type == "at-rule" and rule.at_keyword == "supports" or rule.type not in ("at-rule", "qualified-rule"):
            continue
        if rule.type == "qualified-rule":
            is_list = any(token.type == "literal" and token.value == "," for token in rule.prelude)
            yield from (f":{name}{' in a list' * is_list}" for name in pseudo_classes(rule.prelude))
        for part in tinycss2.parse_blocks_contents(rule.content or []):
            if part.type == "declaration":
                yield part.lower_name
            else:
                yield from words_of([part])


def pseudo_classes(tokens):
    for before, token in zip([None, *tokens], tokens, strict=False):
        is_pseudo = before is not None and before.type == "literal" and before.value == ":"
        if is_pseudo and token.type in ("ident", "function"):
            yield token.lower_value if token.type == "ident" else token.lower_name
        if token.type == "function":
            yield from pseudo_classes(token.arguments)


SHEETS = sorted([*ROOT.glob("convnet_core/labs/**/*.css"), *ROOT.glob("book/_static/*.css")])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_style_sheet_needs_nothing_newer(sheet):
    rules = tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    selectors = [f":{name}{where}" for name in NEWER["css"]["selectors"] for where in ("", " in a list")]
    newer = {*NEWER["css"]["properties"], *NEWER["css"]["at-rules"], *selectors}
    assert {*words_of(rules)} & newer - EXTRAS.keys() == set()
