"""The lecture's tables are the printed ones."""

import numpy as np
import pytest

from convnet_core.lecture import DIGIT, PIXEL_TABLE
from tests.golden import LECTURE


def test_the_pixel_table_is_the_printed_one():
    assert PIXEL_TABLE.tolist() == LECTURE["pixel_table_20x20"]


def test_the_pixel_table_is_the_grid_of_project_euler_11():
    """Its known answer: the greatest product of four numbers in a line."""
    lines = []
    for down, right in [(0, 1), (1, 0), (1, 1), (1, -1)]:
        for row, column in np.ndindex(PIXEL_TABLE.shape):
            places = [(row + step * down, column + step * right) for step in range(4)]
            if all(0 <= r < 20 and 0 <= c < 20 for r, c in places):
                lines.append(np.prod([PIXEL_TABLE[place] for place in places]))
    assert max(lines) == 70600674


def test_the_digit_is_the_printed_one():
    assert DIGIT.tolist() == LECTURE["digit16"]["values"]
    assert (DIGIT.min(), DIGIT.max()) == (-1, 1)


@pytest.mark.parametrize("table", [PIXEL_TABLE, DIGIT])
def test_the_tables_are_read_only_floats(table):
    assert table.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 5
