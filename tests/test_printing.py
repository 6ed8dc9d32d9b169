"""Numbers come out as the slides print them, float error or not."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convnet_core.printing import as_printed, numerators, plain, truncated


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
