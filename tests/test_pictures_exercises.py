"""The exercises of chapter 1: typical wrong functions get the hint that mends them."""

import numpy as np
import pytest

from convnet_core.exercises.pictures import check_fits, check_mismatches, check_shift, fits, moved
from convnet_core.pictures import shift


def mismatches_of_nine_by_nine(image, other):
    return sum(image[row, column] != other[row, column] for row in range(9) for column in range(9))


def shift_in_loops(image, down, right, size=None, wraps=False):
    height, width = size or image.shape
    result = np.full((height, width), -1.0)
    for row in range(height):
        for column in range(width):
            r, c = row - down, column - right
            if wraps or (0 <= r < height and 0 <= c < width):
                result[row, column] = image[r % height, c % width]
    return result


def shift_by_slices(image, down, right):
    """Right until the picture has left altogether."""
    result = np.full_like(image, -1)
    height, width = image.shape
    rows, columns = np.arange(max(0, down), height + min(0, down)), np.arange(max(0, right), width + min(0, right))
    result[np.ix_(rows % height, columns)] = image[np.ix_((rows - down) % height, columns - right)]
    return image if abs(down) >= height else result


def fits_in_loops(image, piece, places=None, window=(3, 3)):
    height, width = window
    rows, columns = places or (image.shape[0] - height + 1, image.shape[1] - width + 1)
    return sum(np.array_equal(image[r : r + height, c : c + width], piece) for r in range(rows) for c in range(columns))


SLIPS = [
    (check_mismatches, lambda i, o: (i == o).sum(), "You counted the pixels that agree"),
    (check_mismatches, lambda i, o: abs(i - o).sum(), "each counts twice"),
    (check_mismatches, lambda i, o: i != o, "Now count them"),
    (check_mismatches, lambda i, o: sum(i != o), "wanted 16, yours is an array of shape (9,)."),
    (check_mismatches, lambda i, o: (i != o).sum() / i.size, "That is the share"),
    (check_mismatches, lambda i, o: np.linalg.norm(i - o) ** 2 / 4, "Pixels can be other numbers"),
    (check_mismatches, lambda i, o: (i - o).sum(), "cancel each other"),
    (check_mismatches, lambda i, o: (i > o).sum(), "the first picture has the larger number"),
    (check_mismatches, mismatches_of_nine_by_nine, "works for 9 by 9 pictures, not for two of 7 by 6"),
    (check_mismatches, lambda i, o: 16, "gives 16 for every pair of pictures"),
    (check_shift, lambda i, d, r: np.roll(i, (d, r), (0, 1)), "comes in on the other"),
    (check_shift, lambda i, d, r: shift_in_loops(i, d, r, wraps=True), "comes in on the other"),
    (check_shift, lambda i, d, r: shift(i, -d, -r), "the wrong way"),
    (check_shift, lambda i, d, r: shift(i, r, d), "Down and right are swapped"),
    (check_shift, lambda i, d, r: moved(i, d, r, paper=0), "A 0 comes in"),
    (check_shift, lambda i, d, r: shift_in_loops(i, d, r, size=(8, 7)), "not for one of 9 by 9"),
    (check_shift, lambda i, d, r: shift_in_loops(i, max(d, 0), max(r, 0)), "down and right only"),
    (check_shift, shift_by_slices, "nothing of it is left"),
    (check_shift, lambda i, d, r: i, "comes back as it was"),
    (check_fits, lambda i, p: fits_in_loops(i, p, places=(7, 7)), "works for 9 by 9 pictures, not for one of 12 by 13"),
    (check_fits, fits_in_loops, "works for pieces of 3 by 3, not for one of 2 by 2"),
    (check_fits, lambda i, p: fits(i, p) > 0, "says whether the piece fits somewhere"),
    (check_fits, lambda i, p: fits(i[:-1, :-1], p), "last row and column of places are missing"),
    (check_fits, lambda i, p: fits(i[::-1], p), "Left and right of the piece are swapped"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_mismatches, lambda i, o: float(np.count_nonzero(i - o))),
        (check_shift, shift_in_loops),
        (check_shift, lambda i, d, r: shift_in_loops(i, d, r).tolist()),
        (check_fits, lambda i, p: fits_in_loops(i, p, window=p.shape)),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
