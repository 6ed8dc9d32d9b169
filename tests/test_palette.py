"""Figures and labs have one palette: what a style sheet repeats is what Python says."""

import re
from pathlib import Path

import pytest

from convnet_core import diagrams, palette, plots
from convnet_core.pictures import FEATURES

LABS = Path(palette.__file__).parent / "labs"
KIT = LABS / "kit/style.css"
THEMES = {"light": ".cl-lab", "dark": '.cl-lab[data-theme="dark"]'}
COLOUR = re.compile(r"#[0-9a-f]{6}\b")


def variables(selector):
    """The colours that the kit's style sheet gives to variables under `selector`, by name."""
    rules = re.findall(r"^([^{}/]+?) \{([^}]*)\}", KIT.read_text(encoding="utf-8"), re.MULTILINE)
    given = [block for selectors, block in rules if selector in selectors.strip().split(", ")]
    return {name: colour for block in given for name, colour in re.findall(r"--([\w-]+): (#\w+);", block)}


@pytest.mark.parametrize("theme", THEMES)
def test_the_labs_style_sheet_has_the_palettes_colours(theme):
    written = variables(THEMES[theme])
    assert {name: written.get(name) for name in palette.LABS[theme]} == palette.LABS[theme]


def test_every_feature_has_a_colour_and_each_its_own():
    for colours in (palette.FEATURE_COLOURS, palette.FEATURE_COLOURS_BY_NIGHT):
        assert list(colours) == list(FEATURES)
        assert len(set(colours.values())) == len(FEATURES)


def test_no_other_style_sheet_writes_a_features_colour():
    features = {*palette.FEATURE_COLOURS.values(), *palette.FEATURE_COLOURS_BY_NIGHT.values()}
    sheets = [path for path in LABS.rglob("*.css") if path != KIT]
    assert len(sheets) >= 10
    assert {path.parent.name: features & set(COLOUR.findall(path.read_text())) for path in sheets} == {
        path.parent.name: set() for path in sheets
    }


def test_what_python_draws_names_no_shared_colour_itself():
    shared = {colour for theme in palette.LABS.values() for colour in theme.values()}
    for module in (plots, diagrams):
        assert not shared & set(COLOUR.findall(Path(module.__file__).read_text(encoding="utf-8")))
