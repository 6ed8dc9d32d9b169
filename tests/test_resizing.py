"""Photographs at other sizes and turned, against what one works out by hand."""

import numpy as np
import pytest

from convnet_core.faces import HER_FACE, load_photographs
from convnet_core.resizing import averaged, between, turned

PICTURE = np.array([[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]])


def test_a_smaller_picture_has_means_and_a_larger_one_repeats():
    assert averaged(PICTURE, 1, 3) == pytest.approx(np.array([[5, 6, 7]]))
    assert averaged(PICTURE, 2, 2) == pytest.approx(np.array([[1 / 3, 5 / 3], [31 / 3, 35 / 3]]))
    assert averaged(PICTURE, 4, 3) == pytest.approx(np.repeat(PICTURE, 2, axis=0))


def test_between_four_pixels_the_nearer_is_the_heavier():
    rows, columns = np.array([[0.0, 0.5, 1.0]]), np.array([[0.25, 1.5, 2.0]])
    assert between(PICTURE, rows, columns) == pytest.approx(np.array([[0.25, 6.5, 12]]))
    both = between(np.stack([PICTURE, -PICTURE]), np.stack([rows, rows]), np.stack([columns, columns]))
    assert both[1] == pytest.approx(-both[0])
    assert between([[7.0]], [[0.0]], [[0.0]]) == 7  # a picture of one pixel has no next one


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        ([[1.5]], [[0.0]], "between: rows holds 1.5, wanted numbers from 0 to 1"),
        ([[0.0]], [[-1.0]], "between: columns holds -1, wanted numbers from 0 to 2"),
        ([[0.0]], [[0.0, 1.0]], "between: rows is"),
        ([[[0.0]]], [[[0.0]]], "between: rows is"),
    ],
)
def test_places_beyond_the_picture_are_refused(rows, columns, message):
    with pytest.raises(ValueError, match=message):
        between(PICTURE, rows, columns)


def test_a_picture_turns_clockwise_about_its_middle_or_another_place():
    photograph = load_photographs()["astronaut"]
    assert np.array_equal(turned(photograph, 0), photograph)
    assert turned(photograph, 90) == pytest.approx(np.rot90(photograph, -1))
    row, column, side = HER_FACE
    face = photograph[row : row + side, column : column + side]
    middle = row + (side - 1) / 2, column + (side - 1) / 2
    for degrees, wanted in ((-90, np.rot90(face)), (180, np.rot90(face, 2))):
        after = turned(photograph, degrees, middle)[row : row + side, column : column + side]
        assert after == pytest.approx(wanted)
