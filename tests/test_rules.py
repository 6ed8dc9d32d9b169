"""rules.py and rules.js refuse the same values with the same words."""

import json
from fractions import Fraction

import numpy as np
import pytest

from convnet_core.labs.kit import traits
from convnet_core.labs.kit.rules import refusal
from convnet_core.labs.quiz.lab import QuizLab
from convnet_core.labs.relu.lab import ReLULab
from convnet_core.labs.stacking.lab import StackingLab
from tests.labpage import all_labs, write_lab_page

NAN, INFINITY = float("nan"), float("inf")


def nest(value, depth):
    for _ in range(depth):
        value = [value]
    return value


def rows(height, width, value=1):
    return [[value] * width for _ in range(height)]


def with_cell(value):
    """A 3x3 matrix that is right but for one cell."""
    return [[1, -1, 0], [0.5, value, -9], [9, 1, 1]]


# What no rule but perhaps its own may take.
ANYTHING = [
    None, True, False, 0, -0.0, 1, -1, 2, 9, 9.000001, -9.5, 0.5, 1e-320, 3.0, 6, 7, 1e12, 1e308, -1e308, 2**53 + 1,
    10**400, -(10**400), NAN, INFINITY, -INFINITY, "", " ", "1", "0.5", "NaN", "slow", "Slow", "slow ", "true", "\0",
    "constructor", "__proto__", "toString", "<img src=x onerror=alert(1)>", "x" * 10_000, "é", "😀", [], [[]], [[[]]],
    [1], [True], ["1"], [None], [NAN], [1, 2, 3], ["slow"], [["slow"]], nest(1, 60),
    {}, {"0": 1}, {"length": 3}, [{}], {"kind": "flag"},
]  # fmt: skip

CELLS = [
    9, -9, 9.000001, -9.000001, 10, 1e308, 10**400, NAN, INFINITY, -INFINITY,
    True, False, None, "1", "", [1], [], {}, [[1]],
]  # fmt: skip
LINE = [1, 1, 1]
MATRICES = [
    rows(3, 3), rows(2, 3), rows(3, 2), rows(4, 3), rows(9, 9), [1] * 9, LINE, [rows(3, 3)], nest(rows(3, 3), 2),
    [LINE, [1, 1], LINE], [LINE, LINE, 1], [LINE, LINE, [*LINE, 1]], [[], [], []], [LINE, LINE, []],
    [LINE, LINE, None], [LINE, LINE, "111"], [LINE, LINE, {"length": 3}], ["111", "111", "111"],
    {"0": LINE, "1": LINE, "2": LINE, "length": 3}, rows(3, 3, [1]), rows(3, 3, []), rows(3, 3, NAN),
    rows(3, 3, None), rows(3, 3, True), rows(3, 3, "1"), rows(3, 3, 0.1), rows(3, 3, -0.0), rows(3, 3, 5e-324),
    *map(with_cell, CELLS),
]  # fmt: skip

PNG = "data:image/png;base64,"
PHOTOGRAPHS = [
    PNG + "iVBORw0KGgo=", PNG + "AAAA", PNG + "AA==", PNG + "AA===", PNG, PNG + "=", PNG + "AA=A", PNG + "AA AA",
    PNG + "AAAA\n", PNG + "AA-_", PNG + "é", PNG + "A" * 78, PNG + "A" * 79, PNG.upper() + "AAAA", " " + PNG + "AAAA",
    PNG + "AAAA#x", PNG + '"onerror="alert(1)', (PNG + "AAAA") * 2, [PNG + "AAAA"], {"src": PNG + "AAAA"},
    "data:image/png,AAAA", "data:image/png;charset=utf-8;base64,AAAA", "data:image/jpeg;base64,AAAA",
    "data:image/svg+xml;base64,AAAA", "data:text/html;base64,AAAA", "javascript:alert(1)", "image/png",
    "https://example.org/a.png",
]  # fmt: skip


def conv(**parts):
    """A block that is right but for `parts`; a part that is None is left out."""
    block = {"kind": "conv", "weights": [[rows(2, 2)]], "bias": [0], "stride": 1, **parts}
    return {name: part for name, part in block.items() if part is not None}


POOL = {"kind": "pool", "window": 2, "edge": "kept"}
FILTERS = [
    [[rows(2, 2)]], [[rows(2, 2)] * 2] * 2, [[rows(2, 2)] * 3], [[rows(2, 2)]] * 3, [[rows(3, 3)]], [[rows(2, 1)]],
    [[rows(1, 2)]], [[rows(2, 2)], [rows(2, 2), rows(2, 2)]], [[rows(2, 2), rows(1, 1)]], [[]], [[[]]], [[[[]]]],
    [[[1]]], [[rows(2, 2, [1])]], [[rows(2, 2, 9.5)]], [[rows(2, 2, NAN)]], [[rows(2, 2, True)]], [[[[1, 2], 3]]],
    [[{"length": 1}]], [[["11", "11"]]],
]  # fmt: skip
BLOCKS = [
    [conv()], [{"kind": "relu"}], [POOL], [conv(), POOL], [POOL] * 3, [{}], [[]], [None], ["relu"], [{"kind": None}],
    [{"kind": ["relu"]}], [{"kind": "Relu"}], [{"kind": "toString"}], [{"kind": "relu", "x": 1}],
    [POOL, {"kind": "conv"}],
    [{**POOL, "window": 4}], [{**POOL, "window": "2"}], [{**POOL, "edge": "torn"}], [{**POOL, "constructor": 1}],
    [conv(stride=3)], [conv(bias=[0, 0])], [conv(bias=0)], [conv(bias=[NAN])], [conv(bias=None)], [conv(stride=None)],
    [conv(weights=[[rows(2, 2)]] * 2, bias=[0, 0])], [conv(weights=[[rows(2, 2)] * 2] * 2, bias=[0, 0]), conv()],
    *([conv(weights=weights)] for weights in FILTERS), {"0": POOL, "length": 1},
]  # fmt: skip

ANSWERS = [
    [[], [1]], [[1, 2]], [[], [], []], [[1, 2, 3]], [[9, -0.5]], [[9.5]], [[], 1], [[None]], [[], {}], [["1"]],
    [[1], {"length": 0}], {"length": 0},
]  # fmt: skip

HOSTILE = ANYTHING + MATRICES + PHOTOGRAPHS + FILTERS + BLOCKS + ANSWERS

WEIGHTS = {"kind": "filters", "filters": 2, "maps": 2, "size": 2, "min": -9, "max": 9}
RULES = {
    "feature": {"kind": "numbers", "shapes": [[3, 3]], "min": -9, "max": 9},
    "image": {"kind": "numbers", "shapes": [[3, 3], [9, 9]], "min": -9, "max": 9},
    "stack": {"kind": "numbers", "shapes": [[1, 3, 3], [2, 3, 3]], "min": 0, "max": 1},
    "bias": {"kind": "numbers", "shapes": [[3]], "min": -0.5, "max": 2.5},
    "row": {"kind": "integer", "min": 0, "max": 6},
    "speed_limit": {"kind": "number", "min": -1.5, "max": 9},
    "speed": {"kind": "choice", "options": ["slow", "normal", "fast"]},
    "guess_first": {"kind": "flag"},
    "photo": {"kind": "photograph", "longest": 100},
    "list": {"kind": "list", "longest": 3, "min": -0.5, "max": 9},
    "weights": WEIGHTS,
    "answers": {"kind": "answers", "questions": 2, "min": -0.5, "max": 9},
    "blocks": {
        "kind": "blocks",
        "most": 2,
        "weights": 16,
        "parts": {
            "conv": {
                "weights": WEIGHTS,
                "bias": {"kind": "numbers", "shapes": [[1], [2]], "min": -9, "max": 9},
                "stride": {"kind": "integer", "min": 1, "max": 2},
            },
            "relu": {},
            "pool": {
                "window": {"kind": "integer", "min": 2, "max": 3},
                "edge": {"kind": "choice", "options": ["kept", "dropped"]},
            },
        },
    },
}


@pytest.fixture(scope="module")
def rules_js(browser, tmp_path_factory):
    """What rules.js says of every value of `HOSTILE` under one rule."""
    page = browser.new_page()
    page.goto(write_lab_page(tmp_path_factory.mktemp("rules"), StackingLab(), QuizLab()))
    values = json.dumps(HOSTILE)  # with NaN and Infinity, which are JavaScript and no JSON
    refusals = f"([name, rule]) => {values}.map((value) => window.convnetLabs['kit/rules'].refusal(name, rule, value))"
    yield lambda name, rule: page.evaluate(refusals, [name, rule])
    page.close()


@pytest.mark.parametrize("name", RULES)
def test_both_say_the_same(rules_js, name):
    said = [refusal(name, RULES[name], value) for value in HOSTILE]
    for value, python, javascript in zip(HOSTILE, said, rules_js(name, RULES[name]), strict=True):
        assert python == javascript, f"{name}: of {value!r:.60}"
    assert said.count(None) in range(1, len(said) // 2), (
        "a rule that takes nothing or nearly all was not put to the test"
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("feature", [[1]], "feature has the wrong shape: wanted 3 x 3 numbers"),
        ("image", [[1]], "image has the wrong shape: wanted 3 x 3 or 9 x 9 numbers"),
        ("feature", with_cell(NAN), "feature must hold numbers from -9 to 9 only"),
        ("bias", [0, 3, 0], "bias must hold numbers from -0.5 to 2.5 only"),
        ("row", 1.5, "row must be a whole number from 0 to 6"),
        ("speed_limit", INFINITY, "speed_limit must be a number from -1.5 to 9"),
        ("speed", "warp", "speed must be one of: slow, normal, fast"),
        ("guess_first", 1, "guess_first must be true or false"),
        ("list", [1, 2, 3, 4], "list must be a list of at most 3 numbers from -0.5 to 9"),
        ("photo", "x", "photo must be a PNG picture as a data address of at most 100 characters"),
        (
            "weights",
            [[rows(2, 1)]],
            "weights must be 1 to 2 filters, each of 1 to 2 square kernels, one for each map, of 1 to 2 numbers a side",
        ),
        ("weights", [[rows(2, 2, 10)]], "weights must hold numbers from -9 to 9 only"),
        (
            "answers",
            [[1, 2, 3]],
            "answers must be at most 2 lists, one for each question, each of at most 2 numbers from -0.5 to 9",
        ),
        ("blocks", [POOL] * 3, "blocks must be a list of at most 2 blocks"),
        ("blocks", [1], "blocks, block 1: a block is an object with a kind"),
        ("blocks", [POOL, {"kind": "max"}], "blocks, block 2: kind must be one of: conv, relu, pool"),
        ("blocks", [{"kind": "relu", "x": 1}], "blocks, block 1: a block of kind relu has kind, and nothing else"),
        ("blocks", [conv(stride=3)], "blocks, block 1: stride must be a whole number from 1 to 2"),
        ("blocks", [conv(bias=[0, 0])], "blocks, block 1: bias must be a list of 1, one number for each filter"),
        (
            "blocks",
            [conv(weights=[[rows(2, 2)] * 2] * 2, bias=[0, 0]), conv()],
            "blocks must have at most 16 weights in all; these are 20",
        ),
    ],
)
def test_the_words(name, value, words):
    assert refusal(name, RULES[name], value) == words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("feature", with_cell(0)),
        ("image", rows(9, 9, -9)),
        ("stack", [rows(3, 3), rows(3, 3, 0)]),
        ("bias", [-0.5, 2.5, 0]),
        ("row", 6.0),
        ("speed_limit", -1.5),
        ("speed", "fast"),
        ("guess_first", False),
        ("list", []),
        ("list", [9, -0.5, 0.25]),
        ("photo", PNG + "iVBORw0KGgo="),
        ("weights", [[rows(2, 2)] * 2] * 2),
        ("answers", []),
        ("answers", [[], [1, 0.5]]),
        ("blocks", []),
        ("blocks", [conv(), POOL]),
        ("blocks", [{"kind": "relu"}]),
    ],
)
def test_what_is_welcome(name, value):
    assert refusal(name, RULES[name], value) is None


def test_an_unknown_kind_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="unknown rule colour"):
        refusal("name", {"kind": "colour"}, 1)


def test_the_kit_has_no_kind_of_state_that_one_lab_alone_has():
    used = [{type(trait) for trait in lab.class_traits().values()} for lab in all_labs().values()]
    kinds = [kind for kind in vars(traits).values() if isinstance(kind, type) and issubclass(kind, traits.Ruled)]
    serving = {kind.__name__: sum(kind in of_lab for of_lab in used) for kind in kinds if kind is not traits.Ruled}
    assert len(serving) >= 6
    assert [name for name, labs in serving.items() if labs < 2] == []


@pytest.mark.parametrize("value", [np.float32(0.25), np.float64(0.25), Fraction(1, 4)])
def test_a_number_of_any_kind_becomes_one_that_a_page_can_be_told(value):
    lab = ReLULab(threshold=value)
    assert type(lab.threshold) is float
    assert "&quot;threshold&quot;:0.25" in lab.static_html()
