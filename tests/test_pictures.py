"""The pictures are those of the slides and of the lecture, and nobody can spoil them by accident."""

import numpy as np
import pytest

from convnet_core.pictures import BINARY, BLANK, FACE, FEATURES, GLYPHS, TRICKIER_X, O, X, from_text
from tests.golden import LECTURE, SLIDES

ALL = {"X": X, "TRICKIER_X": TRICKIER_X, "O": O, "BLANK": BLANK, "FACE": FACE, "BINARY": BINARY, **FEATURES}


def test_pictures_are_the_published_ones():
    assert X.tolist() == SLIDES["x_image"]
    assert TRICKIER_X.tolist() == SLIDES["trickier_x"]["image"]
    assert FACE.tolist() == LECTURE["face7"]
    assert BINARY.tolist() == LECTURE["binary7"]


def test_features_are_the_published_ones_in_their_order():
    assert list(FEATURES) == list(GLYPHS) == SLIDES["feature_order"]
    for name, feature in FEATURES.items():
        assert feature.tolist() == SLIDES["features"][name]


def test_the_trickier_x_differs_in_sixteen_pixels():
    assert (X != TRICKIER_X).sum() == SLIDES["trickier_x"]["mismatches"] == 16


def test_the_o_is_a_closed_ring_as_large_as_the_x():
    assert O.shape == X.shape
    rows, columns = np.nonzero(O == 1)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (1, 7, 1, 7)
    for other in (O.T, O[::-1], O[:, ::-1]):
        assert (other == O).all()
    for row, column in zip(rows, columns, strict=True):  # each pixel of the ring touches exactly two others
        assert (O[row - 1 : row + 2, column - 1 : column + 2] == 1).sum() == 3


def test_blank_is_all_paper():
    assert BLANK.shape == (9, 9)
    assert (BLANK == -1).all()


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_read_only_floats(name):
    assert ALL[name].dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        ALL[name][0, 0] = 5
    copy = ALL[name].copy()
    copy[0, 0] = 0.5
    assert copy[0, 0] == 0.5


def test_from_text_takes_other_numbers_for_ink_and_paper():
    assert from_text("#.\n.#", ink=9, paper=0.5).tolist() == [[9, 0.5], [0.5, 9]]
