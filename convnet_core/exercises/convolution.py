"""The exercises of chapter 3, convolution."""

from __future__ import annotations

import numpy as np

from convnet_core import convolution
from convnet_core.exercises.checker import Slip, check
from convnet_core.pictures import BINARY, FACE, FEATURES, TRICKIER_X, X


def check_feature_map(function) -> None:
    """Checks `function(image, feature)` -> the feature map (H - kH + 1, W - kW + 1)."""

    def book(image, feature):
        return convolution.feature_map(image, feature)

    def whole_size(image, feature):
        return book(np.pad(image, 1), feature)

    slips = [
        Slip(lambda i, f: book(i, f) * f.size, "Your result is 9 times too large: did you divide by the number of pixels?"),
        Slip(lambda i, f: book(i, f)[:-1, :-1], "One row and one column are missing. A window of 3 has 9 - 3 + 1 = 7 places along a side of 9."),
        Slip(lambda i, f: np.pad(book(i, f), (0, 2)), "Your map is as large as the image. The window has only 7 places along a side of 9: it must stay inside."),
        Slip(lambda i, f: np.pad(book(i, f), 1), "Your map is as large as the image. The window has only 7 places along a side of 9: it must stay inside."),
        Slip(whole_size, "You padded the image. Here the window stays inside it."),
        Slip(lambda i, f: book(i, f).T, "Rows and columns are swapped: the first index of an array is the row."),
        Slip(lambda i, f: book(i, f[::-1, ::-1]), "The feature is turned by half a turn. Lay it on as it is."),
    ]
    lopsided = np.array([[1, 1, -1], [-1, 1, -1], [-1, -1, -1]])
    cases = [*((picture, feature) for picture in (X, TRICKIER_X) for feature in FEATURES.values()), (TRICKIER_X, lopsided)]
    check(function, book, cases, slips, "Your map is the slides' map.")


def check_map_size(function) -> None:
    """Checks `function(size, kernel, stride, padding)` -> the number of places, a whole number."""
    slips = [
        Slip(lambda s, k, t, p: (s + 2 * p - k) // t, "One too few: the place where the window starts counts as well."),
        Slip(lambda s, k, t, p: (s + p - k) // t + 1, "The padding is on both sides, so it counts twice."),
        Slip(lambda s, k, t, p: s + 2 * p - k + 1, "The stride is missing: a window that moves 2 at a time has about half the places."),
        Slip(lambda s, k, t, p: (s - k) // t + 1, "The padding is missing: it makes the side longer before the window moves."),
        Slip(lambda s, k, t, p: (s + 2 * p - k) / t + 1, "A window can't have half a place: divide with `//`, which drops what is left over."),
        Slip(lambda s, k, t, p: (s + 2 * p - k + 1) // t, "Divide the room that is left (size + 2 padding - kernel) by the stride first; then add the 1."),
    ]
    cases = [(9, 3, 1, 0), (9, 3, 1, 1), (9, 3, 2, 0), (7, 3, 2, 1), (10, 3, 2, 0), (9, 5, 3, 2), (32, 5, 1, 2)]
    check(function, lambda *case: convolution.output_size(*case), cases, slips, "One formula for every layer you will meet.")


def check_true_convolution(function) -> None:
    """Checks `function(image, kernel)` -> the sums with the kernel turned by half a turn first."""

    def sums(image, kernel):
        return convolution.convolve_loops(image, kernel)

    slips = [
        Slip(sums, "That is what the slides do: no flip. A mathematician's convolution turns the kernel by half a turn first."),
        Slip(lambda i, k: sums(i, k[::-1]), "You turned the rows upside down. Half a turn also swaps left and right: `[::-1, ::-1]`."),
        Slip(lambda i, k: sums(i, k[:, ::-1]), "You swapped left and right. Half a turn also turns the rows upside down: `[::-1, ::-1]`."),
        Slip(lambda i, k: sums(i, k.T), "`.T` mirrors at the diagonal. Half a turn is `[::-1, ::-1]`."),
        Slip(lambda i, k: sums(i[::-1, ::-1], k), "You turned the image. Turn the kernel."),
    ]
    kernel = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    cases = [(FACE, convolution.DETECTORS["detector1"]), (BINARY, kernel)]
    check(function, lambda i, k: sums(i, convolution.flip(k)), cases, slips, "Now you know what the name 'convolution' once meant.")
