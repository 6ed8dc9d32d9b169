"""Every layer against its function, and every gradient against the up-and-down wiggle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.backprop import numerical_gradient
from convnet_core.convolution import Conv2d, conv2d
from convnet_core.layers import Layer
from convnet_core.pooling import MaxPool2d, max_pool2d
from convnet_core.relu import ReLU, relu
from convnet_core.voting import Flatten, Linear, flatten, linear

FLAT = 1e-8  # each layer is a straight line as far as a wiggle goes, so the two differ by float error alone
few = settings(max_examples=40)

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 3)


@st.composite
def convolutions(draw):
    """A layer and the shape of a batch that it can take."""
    size, padding = draw(st.tuples(sizes, sizes)), draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    layer = Conv2d(
        draw(sizes),
        draw(sizes),
        size,
        stride=draw(st.tuples(sizes, sizes)),
        padding=padding,
        rng=np.random.default_rng(draw(seeds)),
    )
    least = [max(1, length - 2 * border) for length, border in zip(size, padding, strict=True)]
    sides = [draw(st.integers(length, 6)) for length in least]
    return layer, (draw(sizes), layer.in_channels, *sides)


@st.composite
def poolings(draw):
    window = draw(st.tuples(sizes, sizes))
    padding = tuple(draw(st.integers(0, length // 2)) for length in window)
    stride = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    layer = MaxPool2d(window, stride, padding, ceil_mode=draw(st.booleans()))
    return layer, (draw(sizes), draw(sizes), draw(st.integers(3, 7)), draw(st.integers(3, 7)))


@st.composite
def dense(draw):
    layer = Linear(draw(st.integers(1, 6)), draw(sizes), rng=np.random.default_rng(draw(seeds)))
    return layer, (draw(sizes), layer.in_features)


plain = st.sampled_from([ReLU(), Flatten()]).flatmap(
    lambda layer: st.tuples(st.just(layer), st.tuples(sizes, sizes, st.integers(1, 5), st.integers(1, 5)))
)
any_layer = convolutions() | poolings() | dense() | plain


def distinct(shape, rng):
    """Numbers that differ from each other and from 0 by more than a wiggle: no ties, and no bend underfoot."""
    count = int(np.prod(shape))
    numbers = (np.arange(count) - count / 2 + 0.25) / count
    return rng.permutation(numbers).reshape(shape)


@given(any_layer, seeds)
@few
def test_every_gradient_is_that_of_the_wiggle(case, seed):
    layer, shape = case
    rng = np.random.default_rng(seed)
    batch = distinct(shape, rng)
    weights = rng.normal(size=layer.forward(batch).shape)  # some error that depends on all that comes out

    def error():
        return float((layer.forward(batch) * weights).sum())

    to_input = layer.backward(weights)
    noted = {name: parameter.gradient.copy() for name, parameter in layer.parameters().items()}
    assert to_input.shape == batch.shape
    assert np.allclose(to_input, numerical_gradient(error, batch), rtol=0, atol=FLAT)
    for name, parameter in layer.parameters().items():
        assert np.allclose(noted[name], numerical_gradient(error, parameter.value), rtol=0, atol=FLAT)


@given(any_layer, seeds)
@few
def test_output_shape_is_the_shape_that_comes_out(case, seed):
    layer, shape = case
    batch = distinct(shape, np.random.default_rng(seed))
    assert tuple(layer.output_shape(shape[1:])) == layer.forward(batch).shape[1:]


@given(any_layer, seeds)
@few
def test_a_layer_does_not_change_what_it_is_handed(case, seed):
    layer, shape = case
    batch = distinct(shape, np.random.default_rng(seed))
    before = batch.copy()
    gradient = np.ones(layer.forward(batch).shape)
    layer.backward(gradient)
    assert np.array_equal(batch, before)
    assert (gradient == 1).all()


@given(convolutions(), seeds)
@few
def test_a_convolution_layer_is_conv2d(case, seed):
    layer, shape = case
    batch = distinct(shape, np.random.default_rng(seed))
    maps = conv2d(batch, layer.weight.value, layer.bias.value, stride=layer.stride, padding=layer.padding)
    assert np.allclose(layer.forward(batch), maps, rtol=0, atol=1e-12)


@given(poolings(), seeds)
@few
def test_a_pooling_layer_is_max_pool2d(case, seed):
    layer, shape = case
    batch = distinct(shape, np.random.default_rng(seed))
    assert np.array_equal(layer.forward(batch), max_pool2d(batch, **layer.settings()))


def test_the_other_layers_are_their_functions():
    rng = np.random.default_rng(0)
    batch = rng.normal(size=(4, 2, 3, 3))
    assert np.array_equal(ReLU().forward(batch), relu(batch))
    assert not np.signbit(ReLU().forward(batch)).any()  # a cleared number is 0, and not -0
    assert np.array_equal(Flatten().forward(batch), flatten(batch))
    layer = Linear(18, 2, rng=rng)
    assert np.array_equal(layer.forward(flatten(batch)), linear(flatten(batch), layer.weight.value, layer.bias.value))


def test_of_a_tie_the_first_in_reading_order_gets_all():
    """PyTorch's rule."""
    layer = MaxPool2d(2)
    layer.forward(np.array([[[[0.0, 5], [5, 5]]]]))
    assert layer.backward(np.array([[[[3.0]]]])).tolist() == [[[[0, 3], [0, 0]]]]


def test_at_zero_a_relu_hands_nothing_back():
    layer = ReLU()
    layer.forward(np.array([[-1.0, 0, 1]]))
    assert layer.backward(np.ones((1, 3))).tolist() == [[0, 0, 1]]


def test_the_first_weights_are_small_even_and_the_same_for_a_seed():
    layer = Conv2d(4, 50, 5, rng=np.random.default_rng(1))
    weights = layer.weight.value
    assert np.abs(weights).max() <= 0.1
    assert abs(weights.mean()) < 0.005
    assert np.abs(weights).max() > 0.0999
    assert np.array_equal(weights, Conv2d(4, 50, 5, rng=np.random.default_rng(1)).weight.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: Conv2d(1, 3, 3, rng=0), "Conv2d: rng is 0, wanted a numpy.random.Generator"),
        (lambda rng: Conv2d(0, 3, 3, rng=rng), "Conv2d: in_channels is 0, wanted a whole number of at least 1"),
        (
            lambda rng: Conv2d(1, 3, 3, rng=rng).forward(np.ones((5, 2, 9, 9))),
            "Conv2d.forward: batch is (5, 2, 9, 9), wanted (N, 1, H, W)",
        ),
        (
            lambda rng: Linear(4, 2, rng=rng).forward(np.ones((5, 3))),
            "Linear.forward: batch is (5, 3), wanted (N, 4)",
        ),
        (
            lambda rng: MaxPool2d().forward(np.ones((3, 3))),
            "MaxPool2d.forward: batch is (3, 3), wanted (N, C, H, W)",
        ),
        (lambda rng: Linear(10, 2, rng=rng).output_shape((48,)), "Linear.output_shape: sample is (48,), wanted (10,)"),
        (lambda rng: MaxPool2d().output_shape((5,)), "MaxPool2d.output_shape: sample is (5,), wanted (C, H, W)"),
        (
            lambda rng: Conv2d(1, 1, 3, rng=rng).output_shape((2, 9, 9)),
            "Conv2d.output_shape: sample is (2, 9, 9), wanted (1, H, W)",
        ),
        (lambda rng: MaxPool2d(0), "MaxPool2d: kernel_size is 0, wanted a whole number of at least 1"),
        (lambda rng: linear(np.ones(3), np.ones((2, 4))), "linear: values is (1, 3), wanted (rows, 4)"),
    ],
)
def test_what_cannot_be_used_is_refused(call, message):
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(").replace(")", r"\)")):
        call(np.random.default_rng(0))


def test_a_layer_says_what_it_is():
    assert repr(ReLU()) == "ReLU()"
    rng = np.random.default_rng(0)
    assert repr(Conv2d(1, 3, 3, rng=rng)) == "Conv2d(1, 3, 3)"
    assert repr(Conv2d(1, 3, (1, 3), padding=1, rng=rng)) == "Conv2d(1, 3, (1, 3), padding=1)"
    assert repr(MaxPool2d()) == repr(MaxPool2d(2, 2)) == "MaxPool2d(2)"
    assert repr(MaxPool2d(3, stride=2, ceil_mode=False)) == "MaxPool2d(3, stride=2, ceil_mode=False)"
    assert repr(Linear(48, 2, rng=rng)) == "Linear(48, 2)"
    assert Layer().parameters() == {}


def test_relu_hides_nothing_that_is_no_number():
    assert np.isnan(ReLU().forward(np.array([[-1.0, np.nan, 2]]))).tolist() == [[False, True, False]]
