"""A network compiled for training against its layers as they are: the same numbers, bit for bit."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.backprop import SGD, cross_entropy, learn
from convnet_core.compiled import Compiled
from convnet_core.convolution import Conv2d
from convnet_core.deep import Dropout
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import PROGRAMS, Network
from convnet_core.voting import Flatten, Linear


def stepped(net, batch, gradient, training):
    """What comes out, and every gradient."""
    votes = net.forward(batch, training=training)
    net.backward(gradient)
    return [votes, *(parameter.gradient.copy() for parameter in net.parameters().values())]


@st.composite
def networks(draw):
    """Convolutions, ReLUs and poolings in any order, with or without votes on top; and the shape of a picture."""
    rng, dtype = np.random.default_rng(draw(st.integers(0, 9))), draw(st.sampled_from([np.float64, np.float32]))
    shape = (draw(st.integers(1, 2)), draw(st.integers(7, 10)), draw(st.integers(7, 10)))
    layers = [Conv2d(shape[0], 2, 3, padding=draw(st.integers(0, 2)), dtype=dtype, rng=rng)]
    for kind in draw(st.lists(st.sampled_from(["conv", "bend", "pool", "bend and pool"]), max_size=3)):
        if kind == "conv":
            layers.append(Conv2d(2, 2, draw(st.integers(1, 2)), dtype=dtype, rng=rng))
        if "bend" in kind:
            layers.append(ReLU())
        if "pool" in kind:
            layers.append(MaxPool2d((draw(st.integers(1, 2)), draw(st.integers(1, 3))), ceil_mode=draw(st.booleans())))
    try:
        maps = Network(layers).shapes(shape)[-1]
    except ValueError:  # shrunk to nothing
        return networks_of_one(rng, dtype)
    if draw(st.booleans()):
        hidden = Linear(int(np.prod(maps)), 3, dtype=dtype, rng=rng)
        layers += [Flatten(), hidden, ReLU(), Linear(3, 2, dtype=dtype, rng=rng)]
    return Network(layers), shape


def networks_of_one(rng, dtype):
    return Network([Conv2d(1, 2, 3, dtype=dtype, rng=rng)]), (1, 5, 5)


@given(networks(), st.integers(1, 4), st.integers(0, 99))
@settings(max_examples=30)
def test_compiled_or_not_the_numbers_are_the_same(case, samples, seed):
    net, shape = case
    rng = np.random.default_rng(seed)
    for _ in range(2):  # the second batch meets what the first one has left
        batch = rng.integers(-2, 3, size=(samples, *shape)).astype(float)  # so that ties come up
        gradient = rng.normal(size=(samples, *net.shapes(shape)[-1])).astype(net.layers[0].weight.value.dtype)
        plain, quick = (stepped(net, batch, gradient, training) for training in (False, True))
        assert isinstance(net._compiled, Compiled)
        for ours, theirs in zip(quick, plain, strict=True):
            assert ours.dtype == theirs.dtype
            np.testing.assert_allclose(
                ours,
                theirs,
                rtol=1e-12 if ours.dtype == np.float64 else 1e-4,
                atol=1e-4 * (ours.dtype == np.float32) + 1e-13,
            )


def small_net(*further, seed=0):
    rng = np.random.default_rng(seed)
    return Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), *further, Flatten(), Linear(48, 2, rng=rng)])


BATCH = np.random.default_rng(1).normal(size=(5, 1, 9, 9))


def test_what_came_out_is_not_written_to_again():
    net = small_net()
    votes = net.forward(BATCH, training=True)
    kept = votes.copy()
    net.forward(2 * BATCH, training=True)
    assert np.array_equal(votes, kept)


@pytest.mark.parametrize(
    "further", [[Dropout(0, rng=np.random.default_rng(0))], [type("Own", (ReLU,), {})()]], ids=["Dropout", "one's own"]
)
def test_with_layers_of_other_kinds_it_is_not_compiled_and_learns(further):
    net = small_net(*further)
    learn(net, BATCH, [0, 1, 0, 1, 0], SGD(net.parameters()))
    assert net._compiled is None


@pytest.mark.parametrize(
    "change",
    [
        lambda net: net.layers.__setitem__(0, Conv2d(1, 3, 3, rng=np.random.default_rng(9))),
        lambda net: (
            [setattr(p, "value", p.value.astype(np.float32)) for p in net.parameters().values()]
            + [setattr(p, "gradient", p.gradient.astype(np.float32)) for p in net.parameters().values()]
        ),
        lambda net: setattr(net.layers[4].weight, "value", np.ones((2, 48))),
    ],
    ids=["another layer", "another kind of float", "other weights"],
)
def test_what_was_compiled_follows_a_change(change):
    net = small_net()
    net.forward(BATCH, training=True)
    change(net)
    assert np.array_equal(net.forward(BATCH, training=True), net.forward(BATCH))


def test_a_copy_is_compiled_anew_and_the_last_shapes_alone_are_kept():
    net = small_net()
    votes = net.forward(BATCH, training=True)
    other = copy.deepcopy(net)
    with pytest.raises(ValueError, match="wanted a forward pass first"):
        other.backward(np.ones((5, 2)))
    net.layers[0].weight.value[...] = 0
    assert np.array_equal(other.forward(BATCH, training=True), votes)
    first = other._compiled
    for count in (2, 5, 2):
        other.forward(BATCH[:count], training=True)
    assert first in other._programs
    other.forward(BATCH[:1], training=True)
    assert len(other._programs) == PROGRAMS


def test_a_batch_that_does_not_fit_is_told_in_the_layer_s_words():
    with pytest.raises(ValueError, match=r"^Conv2d.forward: batch is \(5, 2, 9, 9\), wanted \(N, 1, H, W\)$"):
        small_net().forward(np.ones((5, 2, 9, 9)), training=True)


def test_it_goes_downhill_as_the_plain_layers_do():
    losses = []
    for training in (False, True):
        net = small_net()
        optimizer = SGD(net.parameters(), 0.1, momentum=0.9)
        for _ in range(20):
            loss, gradient = cross_entropy(net.forward(BATCH, training=training), [0, 1, 0, 1, 0])
            net.backward(gradient)
            optimizer.step()
        losses.append(loss)
    assert losses[0] == pytest.approx(losses[1], rel=1e-9)
    assert losses[1] < 0.2
