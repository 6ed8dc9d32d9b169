"""Chapter 5 against the slides, and against itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from convnet_core.convolution import feature_map
from convnet_core.pictures import FEATURES, X
from convnet_core.pooling import avg_pool2d, max_pool2d
from convnet_core.printing import numerators, truncated
from convnet_core.relu import bend, leaky_relu, relu
from tests.golden import SLIDES

anything = arrays(np.float64, array_shapes(min_dims=0, max_dims=4), elements=st.floats(-9, 9))
maps = arrays(np.float64, (4, 6), elements=st.floats(-9, 9))
numbers = st.floats(-2, 2)


@pytest.mark.parametrize("name", FEATURES)
def test_rectified_maps_exactly(name):
    rectified = relu(feature_map(X, FEATURES[name]))
    assert numerators(rectified).tolist() == SLIDES["relu_maps"][name]["numerators_over_9"]
    printed = [["0" if value == 0 else truncated(value) for value in row] for row in rectified]
    assert printed == SLIDES["relu_maps"][name]["published"]


@given(anything)
def test_nothing_is_negative_and_the_rest_stays(values):
    before = values.copy()
    rectified = relu(values)
    assert rectified.shape == values.shape
    assert (rectified >= 0).all()
    assert not np.signbit(rectified).any()  # no -0.0 either
    assert np.array_equal(rectified[values > 0], values[values > 0])
    assert not rectified[values <= 0].any()
    assert np.array_equal(values, before)
    assert not np.shares_memory(rectified, values)


@given(anything, numbers)
def test_leaky_relu(values, slope):
    assert leaky_relu(values, slope).ravel().tolist() == [x if x > 0 else slope * x for x in values.ravel()]
    assert np.array_equal(leaky_relu(values, 1), values)
    assert np.array_equal(leaky_relu(values, 0), relu(values))


@given(anything, numbers, numbers)
def test_bend(values, threshold, slope):
    bent = bend(values, threshold, slope)
    expected = [x if x > threshold else slope * x for x in values.ravel()]
    assert np.array_equal(bent.ravel(), expected)
    assert not (np.signbit(bent) & (bent == 0))[values <= threshold].any()  # no -0 that was not there before


@given(maps, st.floats(0, 1))
def test_max_pooling_may_swap_with_every_bend_that_never_goes_down(values, slope):
    assert np.array_equal(max_pool2d(relu(values)), relu(max_pool2d(values)))
    assert np.array_equal(max_pool2d(leaky_relu(values, slope)), leaky_relu(max_pool2d(values), slope))


def test_average_pooling_may_not():
    window = [[1, -1], [0, 0]]
    assert avg_pool2d(relu(window)).tolist() == [[0.25]]
    assert relu(avg_pool2d(window)).tolist() == [[0]]


def test_float32_stays():
    assert relu(np.float32([-1, 2])).dtype == leaky_relu(np.float32([-1, 2])).dtype == np.float32


def test_a_single_number_and_a_list():
    assert relu(-3) == 0
    assert relu([[-1, 2]]).tolist() == [[0, 2]]
