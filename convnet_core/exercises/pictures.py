"""The exercises of chapter 1, what computers see."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convnet_core import pictures
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X, from_text


def check_mismatches(function) -> None:
    """Checks `function(image, other)` -> how many pixels differ, a whole number."""
    check(function, MISMATCHES)


def mismatches(image, other):
    """How many pixels differ."""
    return pictures.mismatches(image, other).sum()


GREYS = np.array([[0.5, -1], [0, 3]])
ONLY_ONES = "Right where all pixels are 1 or -1. Pixels can be other numbers, such as 0.5: count a pixel once, however far apart the two numbers are."

MISMATCHES = Exercise(
    right=mismatches,
    cases=[
        Case((X, TRICKIER_X), "the X and the trickier X"),
        Case((X, X), "the X and itself"),
        Case((O, X), "the O and the X"),
        Case((X, BLANK), "the X and a blank sheet"),
        Case((X[1:8, 1:7], O[1:8, 1:7]), "two pictures of 7 by 6", "Your code works for 9 by 9 pictures, not for two of 7 by 6: take the sizes from the array, `image.shape`: rows first, then columns."),
        Case((GREYS, GREYS[::-1] / 2), "pixels such as 0.5 and 3", ONLY_ONES),
    ],
    slips=[
        Slip(lambda i, o: (i == o).sum(), "You counted the pixels that agree. Wanted are those that differ."),
        Slip(lambda i, o: i != o, "That tells of each pixel whether it differs. Now count them: `.sum()` counts each True as 1."),
        Slip(lambda i, o: i == o, "That tells of each pixel whether it agrees. Wanted is the number of pixels that differ."),
        Slip(lambda i, o: (i != o).any(), "That says whether any pixel differs. Wanted is how many."),
        Slip(lambda i, o: not (i != o).any(), "That says whether the two are the same. Wanted is how many pixels differ."),
        Slip(lambda i, o: (i != o).mean(), "That is the share of the pixels that differ. Wanted is their number."),
        Slip(lambda i, o: 100 * (i != o).mean(), "That is a percentage. Wanted is the number of pixels."),
        Slip(lambda i, o: abs(i - o).sum(), "You added up how far apart the pixels are. From -1 to 1 it is 2, so each counts twice here: count, don't add."),
        Slip(lambda i, o: abs(i - o).sum() / 2, ONLY_ONES),
        Slip(lambda i, o: ((i - o) ** 2).sum(), "You added up squares. From -1 to 1 the difference is 2, and its square is 4: count the pixels instead."),
        Slip(lambda i, o: ((i - o) ** 2).sum() / 4, ONLY_ONES),
        Slip(lambda i, o: (i.size - (i * o).sum()) / 2, ONLY_ONES),
        Slip(lambda i, o: (i - o).sum(), "The differences 2 and -2 cancel each other. Count the pixels where the difference is not 0."),
        Slip(lambda i, o: (i > o).sum(), "You counted only the pixels where the first picture has the larger number. They may differ the other way, too."),
        Slip(lambda i, o: (i < o).sum(), "You counted only the pixels where the second picture has the larger number. They may differ the other way, too."),
        Slip(lambda i, o: abs((i > 0).sum() - (o > 0).sum()), "You compared how much ink there is. Two pictures may have the same amount of it, in other places."),
        Slip(lambda i, o: (i != o).any(axis=1).sum(), "You counted rows in which something differs. Count pixels: a loop over rows, and in it a loop over columns."),
    ],
    praise="That is how literal a computer is.",
    tried="pair of pictures",
)


def check_shift(function) -> None:
    """Checks `function(image, down, right)` -> the picture moved by whole pixels, paper (-1) coming in."""
    check(function, SHIFT)


def moved(image, down, right, paper=-1):
    """The picture moved, other numbers for paper allowed."""
    return np.where(pictures.shift(np.ones(image.shape), down, right) > 0, pictures.shift(image, down, right), paper)


def sliced(image, down, right):
    """Slices that take every number to be above 0."""
    result = np.full(image.shape, -1.0)
    result[down:, right:] = image[:-down, :-right]
    return result


F = from_text("""
    .......
    .#####.
    .#.....
    .####..
    .#.....
    .#.....
    .#.....
    .......
""")
AWAY = "Your code is right for small steps. If the picture moves by its whole height or more, nothing of it is left: only paper."

SHIFT = Exercise(
    right=pictures.shift,
    cases=[
        *(Case((F, down, right), f"an F moved {down} down and {right} to the right") for down, right in [(0, 1), (1, 0), (2, 3), (0, 0), (-1, 2), (3, -2), (-2, -1), (0, -3)]),
        Case((X, 4, -4), "the X moved 4 down and -4 to the right", "Your code works for a picture of 8 by 7, not for one of 9 by 9: take the sizes from the array, `image.shape`: rows first, then columns."),
        Case((F, 8, 0), "an F of 8 rows moved 8 down", AWAY),
        Case((F, 0, -20), "an F of 7 columns moved -20 to the right", AWAY),
    ],
    slips=[
        Slip(lambda i, d, r: np.roll(i, (d, r), axis=(0, 1)), "What leaves on one side comes in on the other: that is what `np.roll` does. Here it is lost, and paper (-1) comes in."),
        Slip(lambda i, d, r: np.roll(i, (-d, -r), axis=(0, 1)), "It moves the wrong way, and what leaves comes in again on the other side. A positive `down` moves the picture down, and what leaves is lost."),
        Slip(lambda i, d, r: np.roll(i, (r, d), axis=(0, 1)), "Down and right are swapped, and what leaves comes in again on the other side. The first index of an array is the row."),
        Slip(lambda i, d, r: pictures.shift(i, -d, -r), "It moves the wrong way. A pixel of the new picture comes from `image[row - down, column - right]`."),
        Slip(lambda i, d, r: pictures.shift(i, r, d), "Down and right are swapped: the first index of an array is the row."),
        Slip(lambda i, d, r: pictures.shift(i, -d, r), "Up and down are swapped. Row 0 is the top row, so a positive `down` makes the row number larger."),
        Slip(lambda i, d, r: pictures.shift(i, d, -r), "Left and right are swapped. Column 0 is at the left, so a positive `right` makes the column number larger."),
        Slip(lambda i, d, r: moved(i, d, r, paper=0), "A 0 comes in. Here paper is -1: start with `np.full(image.shape, -1.0)`."),
        Slip(lambda i, d, r: moved(i, d, r, paper=1), "Ink comes in at the edge. Paper is -1: start with `np.full(image.shape, -1.0)`."),
        Slip(lambda i, d, r: pictures.shift(i, max(d, 0), max(r, 0)), "Your code moves the picture down and right only. Negative numbers move it up and left."),
        Slip(lambda i, d, r: pictures.shift(i, abs(d), abs(r)), "The minus got lost: negative numbers move the picture up and left."),
        Slip(lambda i, d, r: pictures.shift(i, d, 0), "It moves down, and not to the right."),
        Slip(lambda i, d, r: pictures.shift(i, 0, r), "It moves to the right, and not down."),
        Slip(lambda i, d, r: i, "The picture comes back as it was."),
        Slip(sliced, "Slices such as `image[:-down]` fail where `down` is 0 or negative: `image[:-0]` is empty. A loop over all pixels that skips those outside is safer."),
    ],
    praise="And to a literal computer, it is another picture.",
    tried="move",
)


def check_fits(function) -> None:
    """Checks `function(image, piece)` -> in how many places all pixels of the piece agree, a whole number."""
    check(function, FITS)


def agreements(image, piece):
    """How many pixels agree at each place (H - kH + 1, W - kW + 1)."""
    return (sliding_window_view(image, piece.shape) == piece).sum(axis=(2, 3))


def fits(image, piece):
    """In how many places all pixels of the piece agree."""
    return (agreements(image, piece) == piece.size).sum()


def ink_fits(image, piece):
    """In how many places there is ink wherever the piece has ink."""
    return ((sliding_window_view(image, piece.shape) == 1) | (piece != 1)).all(axis=(2, 3)).sum()


LINE = np.array([[-1, 1], [1, -1]])
STROKE = np.pad(X[1:4, 1:4], ((4, 0), (3, 0)), constant_values=-1)  # it ends in the corner
LARGE = np.pad(X, ((3, 0), (4, 0)), constant_values=-1)

FITS = Exercise(
    right=fits,
    cases=[
        *(Case((image, piece), f"{picture} and the piece {name}") for picture, image in (("the X", X), ("the trickier X", TRICKIER_X), ("the O", O)) for name, piece in FEATURES.items()),
        Case((STROKE, FEATURES["backslash"]), "a stroke in the lower right corner"),
        Case((np.pad(STROKE, ((0, 1), (0, 1)), constant_values=-1), FEATURES["backslash"]), "a stroke near the corner"),
        Case((LARGE, FEATURES["slash"]), "a picture of 12 by 13 and the piece slash", "Your code works for 9 by 9 pictures, not for one of 12 by 13: take the sizes from the array, `image.shape`: rows first, then columns."),
        Case((X, LINE), "a piece of 2 by 2", "Your code works for pieces of 3 by 3, not for one of 2 by 2: take the size from the array, `piece.shape`: rows first, then columns."),
    ],
    slips=[
        Slip(agreements, "That is how many pixels agree at each place. Count the places where all of them do: `piece.size`."),
        Slip(lambda i, p: agreements(i, p) == p.size, "That tells of each place whether the piece fits. Now count them: `.sum()`."),
        Slip(lambda i, p: agreements(i, p).max(), "That is the number of pixels that agree at the best place. Wanted is in how many places all of them agree."),
        Slip(lambda i, p: (agreements(i, p) == agreements(i, p).max()).sum(), "You counted the best places, even where not all pixels agree. If the piece fits nowhere, the answer is 0."),
        Slip(lambda i, p: (agreements(i, p) == p.size).any(), "That says whether the piece fits somewhere. Wanted is in how many places."),
        Slip(ink_fits, "You looked at the ink only. The paper around it must agree, too."),
        Slip(lambda i, p: (agreements(i, p) >= p.size - 1).sum(), "Places where one pixel differs do not count: all must agree."),
        Slip(lambda i, p: fits(i[:-1, :-1], p), "The last row and column of places are missing. A window of 3 has 9 - 3 + 1 = 7 places along a side of 9."),
        Slip(lambda i, p: (agreements(i, p)[:: len(p), :: len(p.T)] == p.size).sum(), "Your window moves by its own width. Let it move by one pixel: pieces may overlap."),
        Slip(lambda i, p: (sliding_window_view(i, p.shape) == p).sum(), "You added up all pixels that agree, at all places. Wanted is the number of places where every pixel agrees."),
        Slip(lambda i, p: fits(i, p[:, ::-1]), "Left and right of the piece are swapped. Lay it on as it is."),
        Slip(lambda i, p: (i == 1).sum(), "You counted the ink. Wanted is in how many places the piece fits."),
    ],
    praise="Nobody told your code where the X is, and it does not mind.",
    tried="picture",
)
