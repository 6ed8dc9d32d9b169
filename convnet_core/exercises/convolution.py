"""The exercises of chapter 3, convolution."""

from __future__ import annotations

from math import ceil

import numpy as np

from convnet_core import convolution
from convnet_core.convolution import DETECTORS, convolve_loops, feature_map, flip
from convnet_core.exercises.checker import Case, Exercise, Slip, check
from convnet_core.exercises.filtering import CUT, INK_ONLY, LOPSIDED, NOT_DIVIDED, ONE_AND_MINUS_ONE, ROUNDED, TURNED
from convnet_core.pictures import BINARY, FACE, FEATURES, TRICKIER_X, X


def full(slide):
    """`slide` over an image in zeros, where the window may hang over each edge: scipy's mode="full"."""

    def slide_over(image, kernel):
        down, across = kernel.shape[0] - 1, kernel.shape[1] - 1
        return slide(np.pad(image, [(down, down), (across, across)]), kernel)

    return slide_over


def as_large(slide):
    """The middle of the full map, as large as the image: scipy's mode="same"."""

    def middle(image, kernel):
        row, column = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
        return full(slide)(image, kernel)[row : row + image.shape[0], column : column + image.shape[1]]

    return middle


def check_feature_map(function) -> None:
    """Checks `function(image, feature)` -> the feature map (H - kH + 1, W - kW + 1)."""
    check(function, FEATURE_MAP)


# Unlike the X's, it looks different after half a turn.
THREE_ARMS = X.copy()
THREE_ARMS[5:, 5:] = -1

STAYS_INSIDE = "The window has only 7 places along a side of 9: it must stay inside."

FEATURE_MAP = Exercise(
    right=feature_map,
    cases=[
        *(Case((image, feature), f"{picture} with the feature {name}") for picture, image in (("the X", X), ("the trickier X", TRICKIER_X)) for name, feature in FEATURES.items()),
        Case((THREE_ARMS, LOPSIDED), "an X of three arms with a lopsided feature"),
        Case((X[1:8, 1:7], FEATURES["slash"]), "a picture of 7 by 6 with the feature slash", "Your code works for 9 by 9 pictures, not for one of 7 by 6: take the sizes from the arrays, `image.shape` and `feature.shape`: rows first, then columns."),
        Case((THREE_ARMS, LOPSIDED[:2]), "an X of three arms with a feature of 2 by 3", "Your code works for features of 3 by 3, not for one of 2 by 3: take the sizes from the arrays, `image.shape` and `feature.shape`: rows first, then columns."),
        Case((X[1:8, 1:7] * np.arange(1, 7) / 2, np.array([[1, 0.5, -2], [2, -1, 1]])), "pixels such as 0.5 and -3", ONE_AND_MINUS_ONE),
    ],
    slips=[
        Slip(convolve_loops, NOT_DIVIDED),
        Slip(lambda i, f: convolve_loops(i, f) / 9, "A feature of 2 by 3 has 6 pixels. Divide by `feature.size`, whatever it is."),
        Slip(lambda i, f: convolve_loops(i, f) / len(f), "You divided by the number of rows. The slides divide by the number of pixels: `feature.size`."),
        Slip(lambda i, f: convolve_loops(i, f) / (f > 0).sum(), INK_ONLY),
        Slip(lambda i, f: convolve_loops(i, f) / (f == 1).sum(), INK_ONLY),
        Slip(lambda i, f: feature_map(i, f)[:-1, :-1], "One row and one column are missing. A window of 3 has 9 - 3 + 1 = 7 places along a side of 9."),
        Slip(lambda i, f: np.pad(feature_map(i, f), [(0, len(f) - 1), (0, len(f.T) - 1)]), f"Your map is as large as the image. {STAYS_INSIDE}"),
        Slip(lambda i, f: np.pad(feature_map(i, f), 1), f"Your map has a border of zeros. {STAYS_INSIDE}"),
        *(Slip(as_large(slide), f"Your map is as large as the image, as with mode='same': zeros were put around the image. {STAYS_INSIDE}") for slide in (feature_map, convolve_loops)),
        *(Slip(full(slide), f"Your map is larger than the image, as with mode='full': the window hung over the edges. {STAYS_INSIDE}") for slide in (feature_map, convolve_loops)),
        Slip(lambda i, f: feature_map(np.pad(i, 1), f), "You padded the image. Here the window stays inside it."),
        Slip(lambda i, f: feature_map(i, f).T, "Rows and columns are swapped: the first index of an array is the row."),
        Slip(lambda i, f: feature_map(i, flip(f)), TURNED),
        Slip(lambda i, f: convolve_loops(i, flip(f)), "The feature is turned through half a turn, and the division is missing. Lay it on as it is, and divide by `feature.size`."),
        Slip(lambda i, f: flip(feature_map(i, f)), "Your map is turned through half a turn. Its cell [0, 0] belongs to the window at the top left."),
        Slip(lambda i, f: feature_map(i, f)[::-1], "Your map is upside down. Its row 0 belongs to the windows at the top."),
        Slip(lambda i, f: feature_map(i, f)[:, ::-1], "In your map left and right are swapped. Its column 0 belongs to the windows at the left."),
        Slip(lambda i, f: np.trunc(feature_map(i, f) * 100) / 100, CUT),
        *(Slip(lambda i, f, digits=digits: feature_map(i, f).round(digits), ROUNDED) for digits in range(5)),
    ],
    praise="Your map is the slides' map.",
    tried="picture",
)


def check_map_size(function) -> None:
    """Checks `function(size, kernel, stride, padding)` -> the number of places, a whole number."""
    check(function, MAP_SIZE)


MAP_SIZE = Exercise(
    right=convolution.output_size,
    cases=[Case(sizes) for sizes in ((9, 3, 1, 0), (9, 3, 1, 1), (9, 3, 2, 0), (7, 3, 2, 1), (10, 3, 2, 0), (8, 4, 3, 0), (9, 5, 3, 2), (32, 5, 1, 2))],
    slips=[
        Slip(lambda s, k, t, p: (s + 2 * p - k) // t, "One too few: the place where the window starts counts as well."),
        Slip(lambda s, k, t, p: (s + p - k) // t + 1, "The padding is on both sides, so it counts twice."),
        Slip(lambda s, k, t, p: s + 2 * p - k + 1, "The stride is missing: a window that moves 2 at a time has about half the places."),
        Slip(lambda s, k, t, p: (s - k) // t + 1, "The padding is missing: it makes the side longer before the window moves."),
        Slip(lambda s, k, t, p: (s + 2 * p - k) / t + 1, "A window can't have half a place: divide with `//`, which drops what is left over."),
        Slip(lambda s, k, t, p: ceil((s + 2 * p - k) / t) + 1, "You rounded up, so the last window hangs over the edge. Divide with `//`, which drops what is left over."),
        Slip(lambda s, k, t, p: round((s + 2 * p - k) / t) + 1, "You rounded, and where that goes up the last window hangs over the edge. Divide with `//`, which drops what is left over."),
        Slip(lambda s, k, t, p: (s + 2 * p - k + 1) // t, "Divide the room that is left (size + 2 padding - kernel) by the stride first; then add the 1."),
    ],
    praise="One formula for every convolution layer of this book.",
    tried="side",
)


def check_true_convolution(function) -> None:
    """Checks `function(image, kernel)` -> the sums with the kernel turned through half a turn first."""
    check(function, TRUE_CONVOLUTION)


def true_convolution(image, kernel):
    """The sums, with the kernel turned through half a turn first."""
    return convolve_loops(image, flip(kernel))


SUMS_ONLY = "Here nothing is divided: return the sums."
QUARTER_TURN = "That is a quarter of a turn. Half a turn is two of them: `np.rot90(kernel, 2)`, or `[::-1, ::-1]`."
INSIDE = "With mode='valid' the window stays inside the image, and that is wanted here."

TRUE_CONVOLUTION = Exercise(
    right=true_convolution,
    cases=[
        Case((FACE, DETECTORS["detector1"]), "the face with detector 1"),
        Case((BINARY, np.arange(1, 10).reshape(3, 3)), "the binary picture with the kernel 1 to 9"),
        Case((BINARY[:, 1:], np.arange(1, 7).reshape(2, 3)), "a picture of 7 by 6 with a kernel of 2 by 3", "Your code works for kernels of 3 by 3, not for one of 2 by 3: take the sizes from the arrays."),
    ],
    slips=[
        Slip(convolve_loops, "That is what the slides do: no flip. A mathematician's convolution turns the kernel through half a turn first."),
        Slip(lambda i, k: convolve_loops(i, k[::-1]), "You turned the rows upside down. Half a turn also swaps left and right: `[::-1, ::-1]`."),
        Slip(lambda i, k: convolve_loops(i, k[:, ::-1]), "You swapped left and right. Half a turn also turns the rows upside down: `[::-1, ::-1]`."),
        Slip(lambda i, k: convolve_loops(i, k.T), "`.T` mirrors at the diagonal. Half a turn is `[::-1, ::-1]`."),
        *(Slip(lambda i, k, turns=turns: convolve_loops(i, np.rot90(k, turns)), QUARTER_TURN) for turns in (1, -1)),
        Slip(lambda i, k: convolve_loops(flip(i), k), "You turned the image. Turn the kernel."),
        Slip(lambda i, k: flip(convolve_loops(i, k)), "You turned the result. Turn the kernel, before it slides."),
        Slip(lambda i, k: true_convolution(i, k) / k.size, SUMS_ONLY),
        Slip(lambda i, k: convolve_loops(i, k) / k.size, SUMS_ONLY),
        Slip(as_large(true_convolution), f"Your map is as large as the image, as with mode='same'. {INSIDE}"),
        Slip(full(true_convolution), f"Your map is larger than the image, as with mode='full'. {INSIDE}"),
    ],
    praise="Now you know what 'convolution' means outside of neural networks.",
    tried="picture",
)
