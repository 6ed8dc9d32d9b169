"""The book's own style sheets use nothing that the oldest browsers lack which are meant to work, but for extras.

tools/newer_features.py makes the list of what they lack; tests/test_engines.py plays the labs without it.
"""

import json

import pytest
import tinycss2

from tests.conftest import ROOT

NEWER = json.loads((ROOT / "tests/golden/newer_features.json").read_text(encoding="utf-8"))

# What is newer and only an extra: without it the page looks plainer and says the same.
EXTRAS = {
    ":selection": "the ground of selected code, on a telephone",
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


OURS = ("convnet_core/labs/**/*.css", "convnet_core/page_python/js/*.css", "book/_static/*.css")
SHEETS = sorted(path for place in OURS for path in ROOT.glob(place))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_style_sheet_needs_nothing_newer(sheet):
    rules = tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    selectors = [f":{name}{where}" for name in NEWER["css"]["selectors"] for where in ("", " in a list")]
    newer = {*NEWER["css"]["properties"], *NEWER["css"]["at-rules"], *selectors}
    assert {*words_of(rules)} & newer - EXTRAS.keys() == set()
