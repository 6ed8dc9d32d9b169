"""Chapter 4 against the slides, the lecture, a naive loop, and cases worked by hand after PyTorch's documentation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from convnet_core.convolution import feature_map
from convnet_core.pictures import FEATURES, X
from convnet_core.pooling import avg_pool2d, max_pool2d, pooled_size
from convnet_core.printing import as_printed, numerators
from convnet_core.relu import relu
from tests.golden import LECTURE, SLIDES

features = pytest.mark.parametrize("name", FEATURES)


# The slides and the lecture


@features
def test_pooled_maps_exactly(name):
    pooled = max_pool2d(feature_map(X, FEATURES[name]))
    assert numerators(pooled).tolist() == SLIDES["pooled_maps"][name]["numerators_over_9"]
    assert as_printed(pooled) == SLIDES["pooled_maps"][name]["published"]


def test_a_stack_of_maps_becomes_a_stack_of_smaller_maps():
    maps = np.stack([feature_map(X, feature) for feature in FEATURES.values()])
    pooled = max_pool2d(maps)
    assert pooled.shape == (3, 4, 4)
    for one, alone in zip(pooled, maps, strict=True):
        assert np.array_equal(one, max_pool2d(alone))


def test_the_lectures_map():
    golden = LECTURE["max_pool"]
    assert max_pool2d(golden["input"], golden["window"], golden["stride"]).tolist() == golden["published"]


def test_the_misprint_of_feature_map_1_does_not_outlive_pooling():
    true_map = LECTURE["feature_detectors"]["detector1"]["computed_map"]
    assert true_map != LECTURE["max_pool"]["input"]
    assert max_pool2d(true_map).tolist() == LECTURE["max_pool"]["published"]


@features
def test_relu_and_max_pooling_may_swap(name):
    found = feature_map(X, FEATURES[name])
    assert np.array_equal(max_pool2d(relu(found)), relu(max_pool2d(found)))


# A naive loop


@st.composite
def poolings(draw):
    """Maps, and settings under which at least one window fits."""
    window = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    padding = tuple(draw(st.integers(0, side // 2)) for side in window)
    stride = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    least = [max(1, side - 2 * border) for side, border in zip(window, padding, strict=True)]
    shape = draw(st.tuples(st.integers(least[0], 8), st.integers(least[1], 8)))
    lead = draw(st.sampled_from([(), (2,), (2, 3)]))
    maps = draw(arrays(np.float64, (*lead, *shape), elements=st.integers(-9, 9).map(float)))
    return maps, {"kernel_size": window, "stride": stride, "padding": padding, "ceil_mode": draw(st.booleans())}


def starts(size, window, stride, padding, ceil_mode):
    """Where the windows begin, from 0 at the first number of the map: by walking, not by a formula."""
    found = []
    start = -padding
    while start < size and (start + window <= size + padding or (ceil_mode and start < size + padding)):
        found.append(start)
        if start + window >= size + padding:
            break  # the end is reached
        start += stride
    return found


def by_loops(one, kernel_size, stride, padding, ceil_mode, reduce):
    """Each window's numbers, one at a time; `reduce` gets them and how many places of map and padding it covers."""
    rows = starts(one.shape[0], kernel_size[0], stride[0], padding[0], ceil_mode)
    columns = starts(one.shape[1], kernel_size[1], stride[1], padding[1], ceil_mode)
    result = np.zeros((len(rows), len(columns)))
    for r, top in enumerate(rows):
        for c, left in enumerate(columns):
            inside = [
                one[i, j]
                for i in range(max(0, top), min(one.shape[0], top + kernel_size[0]))
                for j in range(max(0, left), min(one.shape[1], left + kernel_size[1]))
            ]
            height = min(top + kernel_size[0], one.shape[0] + padding[0]) - top
            width = min(left + kernel_size[1], one.shape[1] + padding[1]) - left
            result[r, c] = reduce(inside, height * width)
    return result


def each(maps, work):
    """`work` done to every map of the leading dimensions."""
    flat = maps.reshape(-1, *maps.shape[-2:])
    return np.stack([work(one) for one in flat]).reshape(*maps.shape[:-2], *work(flat[0]).shape)


@given(poolings())
def test_max_pooling_agrees_with_the_loop(case):
    maps, settings = case
    expected = each(maps, lambda one: by_loops(one, **settings, reduce=lambda inside, _: max(inside)))
    assert np.array_equal(max_pool2d(maps, **settings), expected)


@given(poolings(), st.booleans())
def test_average_pooling_agrees_with_the_loop(case, counts_padding):
    maps, settings = case

    def mean(inside, covered):
        return sum(inside) / (covered if counts_padding else len(inside))

    expected = each(maps, lambda one: by_loops(one, **settings, reduce=mean))
    found = avg_pool2d(maps, **settings, count_include_pad=counts_padding)
    assert found.shape == expected.shape
    assert np.allclose(found, expected, rtol=0, atol=1e-12)


@given(poolings())
def test_pooled_size_is_the_size_of_the_map(case):
    maps, settings = case
    sizes = [
        pooled_size(size, window, stride, padding, ceil_mode=settings["ceil_mode"])
        for size, window, stride, padding in zip(
            maps.shape[-2:], settings["kernel_size"], settings["stride"], settings["padding"], strict=True
        )
    ]
    assert list(max_pool2d(maps, **settings).shape[-2:]) == sizes


@given(poolings())
def test_pooling_neither_changes_nor_shares_its_input(case):
    maps, settings = case
    before = maps.copy()
    for pool in (max_pool2d, avg_pool2d):
        pooled = pool(maps, **settings)
        assert not np.shares_memory(pooled, maps)
        assert np.array_equal(maps, before)


def test_float32_stays():
    maps = np.ones((2, 5, 5), np.float32)
    assert max_pool2d(maps).dtype == avg_pool2d(maps).dtype == np.float32


# PyTorch's documented semantics, by hand. A row of 1 to 7 stands for a side.

ROW = np.arange(1.0, 8).reshape(1, 7)


@pytest.mark.parametrize(
    ("settings", "largest", "means"),
    [
        # windows 1 2 | 3 4 | 5 6 | 7: the last one is partial
        ({"ceil_mode": True}, [2, 4, 6, 7], [1.5, 3.5, 5.5, 7]),
        ({"ceil_mode": False}, [2, 4, 6], [1.5, 3.5, 5.5]),
        # _ 1 | 2 3 | 4 5 | 6 7, and in a mean the padding is a zero
        ({"padding": (0, 1), "ceil_mode": False}, [1, 3, 5, 7], [0.5, 2.5, 4.5, 6.5]),
        # a window that would start in the padding at the end is dropped: 8 places, windows of 2, no fifth
        ({"padding": (0, 1), "ceil_mode": True}, [1, 3, 5, 7], [0.5, 2.5, 4.5, 6.5]),
        # steps as long as 3: 1 2 | 4 5 | 7
        ({"stride": (1, 3), "ceil_mode": True}, [2, 5, 7], [1.5, 4.5, 7]),
        # _ 1 2 | 4 5 6, and the next would start in the padding
        ({"kernel_size": (1, 3), "stride": (1, 4), "padding": (0, 1), "ceil_mode": True}, [2, 6], [1, 5]),
        # _ 1 2 3 | 3 4 5 6 | 6 7 _ and one place beyond, which does not count
        (
            {"kernel_size": (1, 4), "stride": (1, 3), "padding": (0, 1), "ceil_mode": True},
            [3, 6, 7],
            [1.5, 4.5, 13 / 3],
        ),
    ],
)
def test_a_row_by_hand(settings, largest, means):
    settings = {"kernel_size": (1, 2), **settings}
    assert max_pool2d(ROW, **settings).tolist() == [largest]
    assert avg_pool2d(ROW, **settings).tolist() == [means]


def test_padding_never_wins_even_over_negative_numbers():
    assert max_pool2d(np.full((3, 3), -5.0), 3, 1, 1).tolist() == [[-5] * 3] * 3


def test_what_lies_beyond_the_padding_never_counts():
    """PyTorch: the divisor of a window that hangs over the edge is the part within map and padding."""
    ones = np.ones((3, 3))
    assert avg_pool2d(ones, 2, 2).tolist() == [[1, 1], [1, 1]]
    assert avg_pool2d(ones, 2, 2, 1).tolist() == [[0.25, 0.5], [0.5, 1]]
    assert avg_pool2d(ones, 2, 2, 1, count_include_pad=False).tolist() == [[1, 1], [1, 1]]


def test_a_map_smaller_than_the_window_is_one_partial_window():
    assert max_pool2d([[7.0]], 2, 2).tolist() == [[7]]
    with pytest.raises(ValueError, match="kernel_size is 2, wanted a whole number from 1 to 1"):
        max_pool2d([[7.0]], 2, 2, ceil_mode=False)


def test_the_stride_is_the_windows_own_size_unless_told():
    assert np.array_equal(max_pool2d(ROW, (1, 3)), max_pool2d(ROW, (1, 3), (1, 3)))


def test_sizes_of_the_book():
    assert [pooled_size(size) for size in (7, 5, 4, 2, 1)] == [4, 3, 2, 1, 1]
    assert [math.ceil(size / 2) for size in (7, 5, 4, 2, 1)] == [4, 3, 2, 1, 1]
    assert pooled_size(7, ceil_mode=False) == 3


def test_a_window_far_larger_than_the_map_costs_nothing():
    assert max_pool2d([[1.0, 2], [3, 4]], 10**6, 10**6).tolist() == [[4]]
    assert avg_pool2d([[1.0, 2], [3, 4]], 10**6, 10**6).tolist() == [[2.5]]
