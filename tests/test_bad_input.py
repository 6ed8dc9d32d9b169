"""What cannot be used is refused at the door, by a message that says who, what was given and what was wanted."""

import re

import numpy as np
import pytest

from convnet_core.checks import as_image, as_stack_or_batch
from convnet_core.convolution import conv2d, convolve_loops, feature_map, flip, output_size, zero_pad
from convnet_core.filtering import match, patch_at, products
from convnet_core.pictures import (
    FEATURES,
    X,
    add_noise,
    flip_pixels,
    from_text,
    make_dataset,
    mismatches,
    nearest,
    rotate,
    scale,
    shift,
)
from convnet_core.plots import draw_grid, draw_grids, draw_heatmap
from convnet_core.pooling import avg_pool2d, max_pool2d, pooled_size
from convnet_core.printing import plain, truncated
from convnet_core.relu import leaky_relu, relu

CROSS = FEATURES["cross"]
STACK, WEIGHT = X[np.newaxis], np.ones((2, 1, 3, 3))
WITH_NAN = X.copy()
WITH_NAN[1, 2] = np.nan
RNG = np.random.default_rng(0)

BAD = {
    "feature of another shape": (
        lambda: match(CROSS, X),
        "match: feature is (9, 9), wanted (3, 3)",
    ),
    "products of other shapes": (
        lambda: products([[1, 2, 3]], [[1], [2], [3]]),
        "products: feature is (3, 1), wanted (1, 3)",
    ),
    "a list for an image": (
        lambda: match([1, -1, 1], CROSS),
        "match: patch is (3,), wanted (H, W)",
    ),
    "a single number": (
        lambda: match(1, CROSS),
        "match: patch is a single number, wanted (H, W)",
    ),
    "nothing": (
        lambda: match(None, CROSS),
        "match: patch holds NoneType objects, wanted plain numbers",
    ),
    "text": (
        lambda: match([["1", "-1"]], [[1, -1]]),
        "match: patch holds text, wanted plain numbers",
    ),
    "a mask": (
        lambda: feature_map(X > 0, CROSS),
        "feature_map: image holds True and False, wanted plain numbers",
    ),
    "complex numbers": (
        lambda: products([[1j]], [[1]]),
        "products: patch holds complex numbers, wanted plain numbers",
    ),
    "rows of different lengths": (
        lambda: feature_map(X, [[1, -1], [1]]),
        "feature_map: feature is a ragged list, its rows differ in length, wanted (H, W)",
    ),
    "an empty image": (
        lambda: feature_map(np.zeros((0, 9)), CROSS),
        "feature_map: image is (0, 9), which is empty, wanted (H, W)",
    ),
    "NaN": (
        lambda: feature_map(WITH_NAN, CROSS),
        "feature_map: image holds nan at [1, 2], wanted finite numbers",
    ),
    "infinity": (
        lambda: match([[-np.inf]], [[1]]),
        "match: patch holds -inf at [0, 0], wanted finite numbers",
    ),
    "a number too large for a float": (
        lambda: match([[10**400]], [[1]]),
        "match: patch holds list objects, wanted plain numbers",
    ),
    "a patch over the lower edge": (
        lambda: patch_at(X, 3, 7, 0),
        "patch_at: row is 7, wanted a whole number from 0 to 6",
    ),
    "a patch left of the image": (
        lambda: patch_at(X, (3, 3), 0, -1),
        "patch_at: column is -1, wanted a whole number from 0 to 6",
    ),
    "half a row": (
        lambda: patch_at(X, 3, 1.5, 0),
        "patch_at: row is 1.5, wanted a whole number from 0 to 6",
    ),
    "a feature shape of three": (
        lambda: patch_at(X, (3, 3, 3), 0, 0),
        "patch_at: feature_shape is (3, 3, 3), wanted a whole number of at least 1, or a pair of them",
    ),
    "a patch larger than the image": (
        lambda: patch_at(CROSS, (2, 4), 0, 0),
        "patch_at: feature_shape is 2 x 4, wanted no larger than the image, 3 x 3",
    ),
    "a feature larger than the image": (
        lambda: feature_map(CROSS, X),
        "feature_map: feature is 9 x 9, wanted no larger than the image, 3 x 3",
    ),
    "a stack for one image": (
        lambda: feature_map(STACK, CROSS),
        "feature_map: image is (1, 9, 9), wanted (H, W)",
    ),
    "loops with a kernel too large": (
        lambda: convolve_loops(CROSS, np.ones((1, 4))),
        "convolve_loops: kernel is 1 x 4, wanted no larger than the image, 3 x 3",
    ),
    "one image for a stack": (
        lambda: conv2d(X, WEIGHT),
        "conv2d: images is (9, 9), wanted (C, H, W) or (N, C, H, W)",
    ),
    "one kernel for filters": (
        lambda: conv2d(STACK, CROSS),
        "conv2d: weight is (3, 3), wanted (C_out, C_in, kH, kW)",
    ),
    "filters for other channels": (
        lambda: conv2d(np.ones((3, 9, 9)), WEIGHT),
        "conv2d: weight is (2, 1, 3, 3), wanted (C_out, 3, kH, kW), a kernel for each of the 3 channels",
    ),
    "no filters at all": (
        lambda: conv2d(STACK, np.ones((0, 1, 3, 3))),
        "conv2d: weight is (0, 1, 3, 3), which is empty, wanted (C_out, C_in, kH, kW)",
    ),
    "filters larger than the padded image": (
        lambda: conv2d(np.ones((1, 2, 2)), np.ones((1, 1, 5, 3)), padding=(1, 2)),
        "conv2d: weight is 5 x 3, wanted no larger than the padded image, 4 x 6",
    ),
    "bias for another number of filters": (
        lambda: conv2d(STACK, WEIGHT, [1, 2, 3]),
        "conv2d: bias is (3,), wanted (2,)",
    ),
    "one number as bias": (
        lambda: conv2d(STACK, WEIGHT, 0.5),
        "conv2d: bias is a single number, wanted (2,)",
    ),
    "NaN in the bias": (
        lambda: conv2d(STACK, WEIGHT, [0, np.nan]),
        "conv2d: bias holds nan at [1], wanted finite numbers",
    ),
    "no stride": (
        lambda: conv2d(STACK, WEIGHT, stride=0),
        "conv2d: stride is 0, wanted a whole number of at least 1, or a pair of them",
    ),
    "stride of a half": (
        lambda: conv2d(STACK, WEIGHT, stride=(1, 0.5)),
        "conv2d: stride is (1, 0.5), wanted a whole number of at least 1, or a pair of them",
    ),
    "stride of True": (
        lambda: conv2d(STACK, WEIGHT, stride=True),
        "conv2d: stride is True, wanted a whole number of at least 1, or a pair of them",
    ),
    "stride of pairs": (
        lambda: conv2d(STACK, WEIGHT, stride=((1,), (1, 2))),
        "conv2d: stride is ((1,), (1, 2)), wanted a whole number of at least 1, or a pair of them",
    ),
    "negative padding": (
        lambda: conv2d(STACK, WEIGHT, padding=-1),
        "conv2d: padding is -1, wanted a whole number of at least 0, or a pair of them",
    ),
    "padding in words": (
        lambda: conv2d(STACK, WEIGHT, padding="same"),
        "conv2d: padding is 'same', wanted a whole number of at least 0, or a pair of them",
    ),
    "empty padding": (
        lambda: zero_pad(X, ()),
        "zero_pad: padding is (), wanted a whole number of at least 0, or a pair of them",
    ),
    "padding of a list": (
        lambda: zero_pad([1, 2], 1),
        "zero_pad: images is (2,), wanted (..., H, W)",
    ),
    "kernel longer than the padded side": (
        lambda: output_size(3, 6, padding=1),
        "output_size: kernel_size is 6, wanted a whole number from 1 to 5",
    ),
    "flip of text": (
        lambda: flip("kernel"),
        "flip: kernel holds text, wanted plain numbers",
    ),
    "comparison of other shapes": (
        lambda: mismatches(X, CROSS),
        "mismatches: other is (3, 3), wanted (9, 9)",
    ),
    "shift by half a pixel": (
        lambda: shift(X, 0.5, 0),
        "shift: down is 0.5, wanted a whole number",
    ),
    "scale to nothing": (
        lambda: scale(X, 0),
        "scale: factor is 0, wanted a number above 0",
    ),
    "rotate by infinity": (
        lambda: rotate(X, np.inf),
        "rotate: degrees holds inf at [], wanted finite numbers",
    ),
    "more noise than pixels": (
        lambda: add_noise(X, 82, RNG),
        "add_noise: count is 82, wanted a whole number from 0 to 81",
    ),
    "a seed for a generator": (
        lambda: make_dataset(2, 0),
        "make_dataset: rng is 0, wanted a numpy.random.Generator, such as np.random.default_rng(0)",
    ),
    "a place beyond the picture": (
        lambda: flip_pixels(CROSS, [0, 9]),
        "flip_pixels: places holds 9, wanted whole numbers from 0 to 8",
    ),
    "half a place": (
        lambda: flip_pixels(CROSS, [0.5]),
        "flip_pixels: places holds 0.5, wanted whole numbers from 0 to 8",
    ),
    "places as a table": (
        lambda: flip_pixels(CROSS, [[1]]),
        "flip_pixels: places is (1, 1), wanted (count,)",
    ),
    "the nearest of pictures of another size": (
        lambda: nearest(STACK, [CROSS, CROSS]),
        "nearest: images is (1, 9, 9) and examples is (2, 3, 3), wanted pictures of one size",
    ),
    "the nearest to a picture that is no list of them": (
        lambda: nearest(X, X),
        "nearest: images is (9, 9) and examples is (9, 9), wanted pictures of one size",
    ),
    "a set apart from pictures of another size": (
        lambda: make_dataset(2, RNG, apart_from=np.ones((5, 1, 8, 8))),
        "make_dataset: apart_from is (5, 1, 8, 8), wanted (N, 1, 9, 9)",
    ),
    "a window larger than the map": (
        lambda: max_pool2d(np.ones((2, 2)), 4, 1),
        "max_pool2d: kernel_size is 4, wanted a whole number from 1 to 2",
    ),
    "more padding than half a window": (
        lambda: avg_pool2d(np.ones((1, 5, 5)), 3, padding=2),
        "avg_pool2d: padding is 2, wanted a whole number from 0 to 1",
    ),
    "no stride for pooling": (
        lambda: max_pool2d(np.ones((5, 5)), 2, 0),
        "max_pool2d: stride is 0, wanted a whole number of at least 1, or a pair of them",
    ),
    "ceil_mode in numbers": (
        lambda: max_pool2d(np.ones((5, 5)), ceil_mode=1),
        "max_pool2d: ceil_mode is 1, wanted True or False",
    ),
    "pooling of a row": (
        lambda: max_pool2d([1, 2, 3]),
        "max_pool2d: images is (3,), wanted (..., H, W)",
    ),
    "pooled size of nothing": (
        lambda: pooled_size(3, 0),
        "pooled_size: kernel_size is 0, wanted a whole number of at least 1",
    ),
    "relu of NaN": (
        lambda: relu([1, np.nan]),
        "relu: values holds nan at [1], wanted finite numbers",
    ),
    "leaky relu without a number": (
        lambda: leaky_relu([1], "0.1"),
        "leaky_relu: negative_slope holds text, wanted plain numbers",
    ),
    "print of NaN": (
        lambda: truncated(np.nan),
        "truncated: value holds nan at [], wanted finite numbers",
    ),
    "print of a number too large": (
        lambda: truncated(-2e12),
        "truncated: value is -2000000000000.0, wanted a number from -1e+12 to 1e+12",
    ),
    "print of an array": (
        lambda: plain([1, 2]),
        "truncated: value is (2,), wanted one number",
    ),
    "print without decimals": (
        lambda: truncated(1, decimals=0),
        "truncated: decimals is 0, wanted a whole number from 1 to 3",
    ),
    "drawing with other characters": (
        lambda: from_text("#.\n.o"),
        "from_text: drawing is '#.\\n.o', wanted lines of equal length, of # and . only",
    ),
    "drawing with lines of different lengths": (
        lambda: from_text("#.\n."),
        "from_text: drawing is '#.\\n.', wanted lines of equal length, of # and . only",
    ),
    "kind of drawing": (
        lambda: draw_grid(X, kind="colour"),
        "draw_grid: kind is 'colour', wanted 'value' or 'ink' or 'photo'",
    ),
    "outline beside the grid": (
        lambda: draw_grid(X, highlight=(7, 7, 3, 3)),
        "draw_grid: highlight height is 3, wanted a whole number from 1 to 2",
    ),
    "outline of three numbers": (
        lambda: draw_grid(X, highlight=(1, 1, 3)),
        "draw_grid: highlight is (1, 1, 3), wanted (row, column) or (row, column, height, width)",
    ),
    "full colour at zero": (
        lambda: draw_heatmap(X, full=0),
        "draw_heatmap: full is 0, wanted a number above 0",
    ),
    "no grid": (
        lambda: draw_grids(["*"]),
        "draw_grids: row holds no grid, wanted at least one",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_message(case):
    call, message = BAD[case]
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


def test_each_check_asks_for_its_own_number_of_dimensions():
    for wanted, check in (((2,), as_image), ((3, 4), as_stack_or_batch)):
        for given in range(1, 6):
            array = np.ones((2,) * given)
            if given in wanted:
                assert check("who: what", array) is array
            else:
                with pytest.raises(ValueError, match=r"^who: what is \(2.*\), wanted \([A-Z, ]+\)( or \([A-Z, ]+\))?$"):
                    check("who: what", array)


def test_a_class_that_checks_in_its_constructor_goes_by_its_name():
    class Picture:
        def __init__(self, pixels):
            self.pixels = as_image("pixels", pixels)

    with pytest.raises(ValueError, match=r"^test_a_class_\w+: pixels is \(2,\), wanted \(H, W\)$"):
        Picture([1, 2])


@pytest.mark.parametrize("size", [3, (3, 3), [3, 3], np.int64(3), np.array([3, 3]), (np.uint8(3), 3)])
def test_every_way_to_say_three_by_three(size):
    assert patch_at(X, size, 1, 1).shape == (3, 3)
