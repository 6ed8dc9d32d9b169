"""Numbers come out as the slides print them, float error or not."""

import ast
from fractions import Fraction
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import convnet_core
from convnet_core.plots import SPOKEN
from convnet_core.printing import as_printed, numerators, plain, truncated
from tools.notebooks import book_notebooks


def cut(value):
    """The printed text of an exact fraction, by whole-number arithmetic alone."""
    hundredths = abs(value.numerator) * 100 // value.denominator
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7 / 9, "0.77"),
        (5 / 9, "0.55"),
        (-5 / 9, "-0.55"),
        (-1 / 9, "-0.11"),
        (1, "1.00"),
        (0, "0.00"),
        (-0.0, "0.00"),
        (-0.001, "0.00"),
        (0.999, "0.99"),
        (-0.999, "-0.99"),
        (0.29, "0.29"),  # 0.29 * 100 is 28.999999999999996
        (sum([1 / 9] * 9), "1.00"),  # 1.0000000000000002 or a little less, by the order of the sum
        (1 - 1e-13, "1.00"),
        (1e-9, "0.00"),
        (1e12, "1000000000000.00"),
        (np.float32(0.5), "0.50"),
        (np.int64(-45), "-45.00"),
    ],
)
def test_truncated(value, text):
    assert truncated(value) == text


@given(st.integers(-10_000, 10_000), st.integers(1, 500))
def test_truncated_is_the_cut_of_the_exact_fraction(numerator, denominator):
    assert truncated(numerator / denominator) == cut(Fraction(numerator, denominator))


@given(st.integers(-99_999, 99_999))
def test_every_whole_hundredth_prints_as_itself(hundredths):
    assert truncated(hundredths / 100) == cut(Fraction(hundredths, 100))


def test_truncated_keeps_as_many_decimals_as_wanted():
    assert truncated(2 / 3, decimals=1) == "0.6"
    assert truncated(2 / 3, decimals=3) == "0.666"


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.0, "4"), (-1.0, "-1"), (0.5, "0.5"), (-0.25, "-0.25"), (1 / 3, "0.33"), (0, "0"), (-0.004, "0"),
     (100, "100"), (10.1, "10.1"), (4 - 1e-14, "4")],
)  # fmt: skip
def test_plain(value, text):
    assert plain(value) == text


def test_as_printed_keeps_the_shape():
    assert as_printed(np.array([[1, -1], [7 / 9, 0]])) == [["1.00", "-1.00"], ["0.77", "0.00"]]
    assert as_printed([1 / 3]) == ["0.33"]
    assert as_printed(np.zeros((2, 1, 1))) == [[["0.00"]], [["0.00"]]]


@given(st.lists(st.integers(-81, 81), min_size=1), st.integers(1, 81))
def test_numerators_undo_the_division(wholes, pixels):
    assert numerators(np.array(wholes) / pixels, pixels).tolist() == wholes


def test_numerators_refuse_what_is_no_whole_number_over_nine():
    with pytest.raises(ValueError, match=r"^numerators: values are not all whole numbers over 9$"):
        numerators([1 / 9, 0.55])
    with pytest.raises(ValueError, match=r"^numerators: values holds nan at \[0\], wanted finite numbers$"):
        numerators([np.nan])


# A console of Windows' code page 1252, as many a reader has


def told(path):
    """Each text that a notebook's code cells print or answer with, as it is stored."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", ()):
            yield from (
                [output.text] if output.output_type == "stream" else [output.get("data", {}).get("text/plain", "")]
            )


def test_what_the_notebooks_print_can_be_printed_on_a_console_of_code_page_1252():
    texts = {(path.name, text) for path in book_notebooks() for text in told(path)}
    assert len(texts) > 100
    for name, text in texts:
        assert not beyond(text), f"{name} prints {beyond(text)}: {text}"


def test_so_can_all_words_of_the_core():
    for path in sorted(Path(convnet_core.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in SPOKEN:
                assert not beyond(node.value), f"{path.name}, line {node.lineno}: {beyond(node.value)}"
    assert not any(map(beyond, SPOKEN.values())), "a drawing prints these in place of its signs"


def beyond(text):
    """The letters that code page 1252 does not have."""
    return {letter for letter in text if not letter.encode("cp1252", errors="ignore")}
