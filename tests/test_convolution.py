"""Chapter 3 against the slides, against the lecture, and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import convolve2d, correlate2d

from convnet_core.convolution import (
    DETECTORS,
    conv2d,
    convolve_loops,
    feature_map,
    flip,
    output_size,
    zero_pad,
)
from convnet_core.filtering import KERNELS, match, patch_at
from convnet_core.pictures import BINARY, FACE, FEATURES, TRICKIER_X, X
from convnet_core.printing import as_printed, numerators
from tests.golden import LECTURE, SLIDES

features = pytest.mark.parametrize("name", FEATURES)


def sums(image, kernel, **options):
    """One image and one kernel through conv2d."""
    return conv2d(np.asarray(image)[np.newaxis], np.asarray(kernel)[np.newaxis, np.newaxis], **options)[0]


def mismatches(printed, true):
    """Where a printed map and the true one differ: [row, column, printed, true]."""
    differ = np.argwhere(np.asarray(printed) != np.asarray(true)).tolist()
    return [[row, column, printed[row][column], int(true[row][column])] for row, column in differ]


# The slides


@features
def test_feature_maps_exactly(name):
    found = feature_map(X, FEATURES[name])
    assert found.shape == (7, 7)
    assert numerators(found).tolist() == SLIDES["feature_maps"][name]["numerators_over_9"]


@features
def test_feature_maps_as_printed(name):
    published = SLIDES["feature_maps"][name]
    found = feature_map(X, FEATURES[name])
    assert as_printed(found) == published["published"]
    rounded = [[f"{value:.2f}" for value in row] for row in found]
    assert (np.array(rounded) != published["published"]).sum() == published["cells_where_rounding_would_differ"]


@features
def test_feature_maps_of_the_trickier_x(name):
    expected = SLIDES["trickier_x"]["feature_map_numerators_over_9"][name]
    assert numerators(feature_map(TRICKIER_X, FEATURES[name])).tolist() == expected


@features
def test_a_cell_of_the_map_is_the_match_at_that_place(name):
    found = feature_map(X, FEATURES[name])
    for row, column in np.ndindex(found.shape):
        assert found[row, column] == match(patch_at(X, 3, row, column), FEATURES[name])


def test_three_features_give_a_stack_of_three_maps():
    stack = conv2d(X[np.newaxis], np.stack([feature[np.newaxis] / feature.size for feature in FEATURES.values()]))
    assert stack.shape == (3, 7, 7)
    for found, name in zip(stack, FEATURES, strict=True):
        np.testing.assert_allclose(found, feature_map(X, FEATURES[name]), rtol=0, atol=1e-15)
        assert as_printed(found) == SLIDES["feature_maps"][name]["published"]


# The lecture


def test_feature_map_1_has_one_misprint():
    """The lecture prints 1 at [2, 2]. The only 1 in that patch meets the 0 in the middle of the detector: 0."""
    golden = LECTURE["feature_detectors"]["detector1"]
    assert DETECTORS["detector1"].tolist() == golden["kernel"]
    found = sums(FACE, DETECTORS["detector1"])
    assert found.tolist() == golden["computed_map"]
    assert mismatches(golden["published_map"], found) == golden["mismatches"] == [[2, 2, 1, 0]]


def test_feature_map_2_is_printed_right():
    golden = LECTURE["feature_detectors"]["detector2"]
    assert DETECTORS["detector2"].tolist() == golden["kernel"]
    assert sums(FACE, DETECTORS["detector2"]).tolist() == golden["published_map"]


@pytest.mark.parametrize("golden", LECTURE["binary7_kernels"].values(), ids=LECTURE["binary7_kernels"])
def test_ones_and_plus_kernel_on_the_binary_image(golden):
    found = sums(BINARY, golden["kernel"])
    assert found.shape == (5, 5)
    assert found.tolist() == golden["computed_map"]
    for row, column, printed in golden["published_cells"]:
        assert found[row, column] == printed


def test_padding_gives_the_nine_by_nine_image_of_the_lecture():
    assert zero_pad(BINARY, 1).tolist() == LECTURE["padded9"]


def test_activation_map_1():
    golden = LECTURE["activation_maps"]["map1"]
    assert sums(BINARY, golden["kernel"], padding=1).tolist() == golden["published"]
    assert sums(LECTURE["padded9"], golden["kernel"]).tolist() == golden["published"]


def test_activation_map_2_does_not_belong_to_the_kernel_beside_it():
    """It is printed next to a kernel with -1 in the middle, but it is the map of the kernel with 0 there."""
    golden = LECTURE["activation_maps"]["map2"]
    with_printed_kernel = sums(BINARY, golden["kernel_as_printed"], padding=1)
    assert with_printed_kernel.tolist() == golden["computed_with_printed_kernel"]
    wrong = mismatches(golden["published"], with_printed_kernel)
    assert wrong == golden["mismatches_with_printed_kernel"]
    assert len(wrong) == 28
    assert sums(BINARY, golden["kernel_that_gives_published"], padding=1).tolist() == golden["published"]


@pytest.mark.parametrize("depth", LECTURE["depth"], ids=lambda depth: f"{depth['filters']} filters")
def test_as_many_maps_as_filters(depth):
    weight = np.ones((depth["filters"], 1, 3, 3))
    assert conv2d(BINARY[np.newaxis], weight, padding=1).shape == (depth["activation_maps"], 7, 7)


PRINTED_KERNELS = {**LECTURE["named_kernels"], **LECTURE["kernel_gallery"]}


@pytest.mark.parametrize("name", PRINTED_KERNELS)
def test_named_kernels_and_gallery(name):
    golden = PRINTED_KERNELS[name]
    assert KERNELS[name].tolist() == golden["kernel"]
    assert KERNELS[name].sum() == golden["sum"]
    assert sums(BINARY, KERNELS[name]).tolist() == golden["computed_on_binary7"]


def test_our_own_two_kernels():
    assert set(KERNELS) - set(PRINTED_KERNELS) == {"edges", "emboss"}
    flat, ramp = np.full((4, 4), 7.0), np.arange(4.0) + np.zeros((4, 1))
    assert (sums(flat, KERNELS["edges"]) == 0).all(), "edges finds nothing where nothing changes"
    assert (sums(flat, KERNELS["emboss"]) == 7).all(), "emboss keeps the brightness of a flat area"
    assert (sums(ramp, KERNELS["emboss"]) > ramp[1:3, 1:3]).all(), "and lights up a slope that rises to the right"


@pytest.mark.parametrize("kernel", [*DETECTORS.values(), *KERNELS.values()], ids=[*DETECTORS, *KERNELS])
def test_kernels_are_read_only(kernel):
    with pytest.raises(ValueError, match="read-only"):
        kernel[0, 0] = 5


# Anything else, against scipy

SIZES = st.integers(1, 9)
KINDS = st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.uint8])


def numbers(kind):
    low = 0 if kind is np.uint8 else -9
    whole = st.integers(low, 9)
    return whole.map(kind) if np.issubdtype(kind, np.integer) else whole.map(lambda value: kind(value / 8))


@st.composite
def convolutions(draw):
    """Images, weight, bias, stride and padding that fit each other."""
    kind, height, width = draw(KINDS), draw(SIZES), draw(SIZES)
    batch, channels, filters = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    padding = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    stride = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    kernel = (draw(st.integers(1, height + 2 * padding[0])), draw(st.integers(1, width + 2 * padding[1])))
    images = draw(arrays(kind, (batch, channels, height, width), elements=numbers(kind)))
    weight = draw(arrays(kind, (filters, channels, *kernel), elements=numbers(kind)))
    bias = draw(st.none() | arrays(kind, filters, elements=numbers(kind)))
    return images, weight, bias, stride, padding


def by_scipy(images, weight, bias, stride, padding):
    """The definition, with scipy to slide one kernel over one channel."""
    rows, columns = padding
    padded = np.pad(images.astype(float), ((0, 0), (0, 0), (rows, rows), (columns, columns)))
    maps = [
        [
            sum(correlate2d(channel, kernel, mode="valid") for channel, kernel in zip(stack, kernels, strict=True))
            for kernels in weight.astype(float)
        ]
        for stack in padded
    ]
    strided = np.array(maps)[..., :: stride[0], :: stride[1]]
    return strided if bias is None else strided + bias.astype(float)[:, np.newaxis, np.newaxis]


@given(convolutions())
def test_conv2d_agrees_with_scipy(convolution):
    images, weight, bias, stride, padding = convolution
    before = images.copy(), weight.copy(), None if bias is None else bias.copy()
    maps = conv2d(images, weight, bias, stride=stride, padding=padding)
    expected = by_scipy(*convolution)
    # Eighths of whole numbers are added up without any rounding, in float32 as well.
    np.testing.assert_array_equal(maps, expected, strict=False)
    assert maps.shape == expected.shape
    assert maps.dtype == (np.float32 if images.dtype == np.float32 else np.float64)
    for array, old in zip((images, weight, bias), before, strict=True):
        np.testing.assert_array_equal(array, old)


@given(convolutions())
def test_conv2d_without_the_batch(convolution):
    images, weight, bias, stride, padding = convolution
    whole = conv2d(images, weight, bias, stride=stride, padding=padding)
    one_by_one = [conv2d(stack, weight, bias, stride=stride, padding=padding) for stack in images]
    np.testing.assert_array_equal(whole, one_by_one)


@given(convolutions())
def test_output_size_is_the_size_of_the_map(convolution):
    images, weight, bias, stride, padding = convolution
    maps = conv2d(images, weight, bias, stride=stride, padding=padding)
    height = output_size(images.shape[2], weight.shape[2], stride[0], padding[0])
    width = output_size(images.shape[3], weight.shape[3], stride[1], padding[1])
    assert maps.shape == (len(images), len(weight), height, width)


@given(convolutions(), st.integers(-5, 5), st.integers(-5, 5))
def test_conv2d_is_linear(convolution, a, b):
    images, weight, _, stride, padding = convolution
    images, weight = images.astype(float), weight.astype(float)
    others = images[..., ::-1, ::-1]

    def maps(stack):
        return conv2d(stack, weight, stride=stride, padding=padding)

    np.testing.assert_array_equal(maps(a * images + b * others), a * maps(images) + b * maps(others))


@given(convolutions())
def test_the_loops_agree(convolution):
    images, weight, _, _, padding = convolution
    image, kernel = zero_pad(images[0, 0], padding), weight[0, 0]
    np.testing.assert_array_equal(convolve_loops(image, kernel), sums(image, kernel))
    divided = feature_map(image, kernel)
    np.testing.assert_allclose(divided, sums(image, kernel / kernel.size), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(divided, convolve_loops(image, kernel) / kernel.size, rtol=1e-6, atol=1e-12)


@given(convolutions())
def test_a_flipped_kernel_makes_it_true_convolution(convolution):
    images, weight, _, _, padding = convolution
    image, kernel = zero_pad(images[0, 0], padding).astype(float), weight[0, 0].astype(float)
    np.testing.assert_array_equal(sums(image, flip(kernel)), convolve2d(image, kernel, mode="valid"))
    np.testing.assert_array_equal(flip(flip(weight)), weight)


def test_real_numbers_agree_to_rounding():
    generator = np.random.default_rng(7)
    images, weight = generator.normal(size=(2, 3, 12, 11)), generator.normal(size=(4, 3, 5, 3))
    bias = generator.normal(size=4)
    maps = conv2d(images, weight, bias, stride=2, padding=(2, 1))
    np.testing.assert_allclose(maps, by_scipy(images, weight, bias, (2, 2), (2, 1)), rtol=0, atol=1e-12)


def test_shifting_the_picture_shifts_the_map():
    """The map is equivariant: what was found at one place is found again at the other."""
    wide = zero_pad(X, 3)
    moved = np.roll(wide, (2, -1), axis=(0, 1))
    before, after = feature_map(wide, FEATURES["slash"]), feature_map(moved, FEATURES["slash"])
    np.testing.assert_array_equal(after[2:, :-1], before[:-2, 1:])


def test_slices_and_mirrored_arrays_need_no_copy():
    images = np.arange(2 * 2 * 8 * 8.0).reshape(2, 2, 8, 8)[::-1, :, ::2, ::-1]
    weight = np.arange(2 * 3 * 3 * 2.0).reshape(3, 3, 2, 2).transpose(3, 2, 0, 1)
    np.testing.assert_array_equal(conv2d(images, weight), by_scipy(images, weight, None, (1, 1), (0, 0)))
