"""The fast way of convolutions against the short form: the same numbers, whoever does them and however often."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core import engine
from convnet_core.backprop import SGD, Adam, cross_entropy, learn
from convnet_core.convolution import ENGINES, Conv2d
from convnet_core.deep import BatchNorm2d, Dropout, GlobalAvgPool2d, Residual
from convnet_core.engine import RowConvolution
from convnet_core.layers import Layer
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.sequences import LSTM, RNN, EachStep, LastStep
from convnet_core.stacking import Network
from convnet_core.voting import Linear

CLOSE = {np.float64: 1e-12, np.float32: 2e-5}


class ShortForm(Conv2d):
    """The layer as its module shows it, whatever the stride."""

    def _engine_for(self, batch):
        return None


def passed(layer, batch, gradient):
    """What comes out, how the error changes with the input, with the weights, and with the biases."""
    maps = layer.forward(batch)
    return [maps, layer.backward(gradient), layer.weight.gradient.copy(), layer.bias.gradient.copy()]


@st.composite
def convolutions(draw):
    """Arguments of a Conv2d, and the shape of a batch that it can take."""
    sizes = st.integers(1, 4)
    size = draw(st.tuples(sizes, sizes))
    padding = draw(st.tuples(st.integers(0, 4), st.integers(0, 4)))
    least = [max(1, length - 2 * border) for length, border in zip(size, padding, strict=True)]
    channels, filters, samples = draw(st.tuples(sizes, sizes, sizes))
    return (channels, filters, size), padding, (samples, channels, *(draw(st.integers(low, 7)) for low in least))


@given(convolutions(), st.sampled_from([np.float64, np.float32]), st.integers(0, 99), st.sampled_from([1, 300, 2**19]))
@settings(max_examples=40)
def test_the_engine_is_the_short_form(case, dtype, seed, in_cache):
    sizes, padding, shape = case
    rng = np.random.default_rng(seed)
    batch = rng.normal(size=shape).astype(dtype)
    layers = [
        kind(*sizes, padding=padding, dtype=dtype, rng=np.random.default_rng(seed)) for kind in (Conv2d, ShortForm)
    ]
    gradient = rng.normal(size=(shape[0], *layers[0].output_shape(shape[1:]))).astype(dtype)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "IN_CACHE", in_cache)
        found, wanted = (passed(layer, batch, gradient) for layer in layers)
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.dtype == dtype
        assert np.allclose(ours, theirs, rtol=CLOSE[dtype], atol=CLOSE[dtype] * 10)


def one_layer(dtype=np.float64, **options):
    rng = np.random.default_rng(0)
    layer = Conv2d(2, 3, 3, padding=1, dtype=dtype, rng=rng, **options)
    return layer, rng.normal(size=(4, 2, 8, 6)).astype(dtype), rng.normal(size=(4, 3, 8, 6)).astype(dtype)


def test_shared_out_among_threads_it_is_the_same_bit_for_bit(monkeypatch):
    layer, batch, gradient = one_layer()
    alone = passed(layer, batch, gradient)
    shares = []

    def in_three(work, count, multiplications):
        shares.append(count)
        for start in reversed(range(3)):
            work(count * start // 3, count * (start + 1) // 3)

    monkeypatch.setattr(engine, "share_out", in_three)
    monkeypatch.setattr(engine, "LARGE", 0)
    monkeypatch.setattr(engine, "IN_CACHE", 1)
    layer._engines.clear()
    for ours, theirs in zip(passed(layer, batch, gradient), alone, strict=True):
        assert np.array_equal(ours, theirs)
    assert shares == [8] * 5  # the batch, the maps, the gradient, the weights, the pixels


def test_what_was_handed_out_is_not_written_to_again():
    layer, batch, gradient = one_layer()
    found = passed(layer, batch, gradient)
    kept = [array.copy() for array in found]
    passed(layer, 2 * batch, 3 * gradient)
    for array, before in zip(found, kept, strict=True):
        assert np.array_equal(array, before)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda layer: pickle.loads(pickle.dumps(layer))])
def test_a_copy_has_buffers_of_its_own(copied):
    layer, batch, gradient = one_layer()
    wanted = passed(layer, batch, gradient)
    other = copied(layer)
    layer.forward(-batch)
    assert np.array_equal(other.backward(gradient), wanted[1])
    assert np.array_equal(other.weight.gradient, wanted[2])
    for ours, theirs in zip(passed(other, batch, gradient), wanted, strict=True):
        assert np.array_equal(ours, theirs)


def test_buffers_are_kept_for_the_last_sizes_of_batch_alone():
    layer, batch, _ = one_layer()
    layer.forward(batch)
    first = layer._rows
    layer.forward(batch[:2])
    layer.forward(batch)
    assert layer._rows is first
    for count in (1, 2, 3):
        layer.forward(batch[:count])
    assert len(layer._engines) == ENGINES
    assert isinstance(first, RowConvolution)


def test_a_kernel_that_does_not_fit_is_named():
    layer, batch, _ = one_layer()
    with pytest.raises(
        ValueError, match=r"^Conv2d.forward: weight is 3 x 3, wanted no larger than the padded image, 2 x"
    ):
        Conv2d(2, 1, 3, rng=np.random.default_rng(0)).forward(batch[:, :, :2])


# 32 bits stay 32 bits


class Spy(Layer):
    """Passes everything on, and notes its kind of float."""

    def __init__(self):
        self.kinds = set()

    def forward(self, batch):
        self.kinds.add(batch.dtype.name)
        return batch

    def to_input(self, gradient):
        self.kinds.add(gradient.dtype.name)
        return gradient


def of_pictures(rng):
    half = {"dtype": np.float32, "rng": rng}
    block = Residual([Conv2d(3, 3, 3, padding=1, **half), BatchNorm2d(3, dtype=np.float32), ReLU()])
    strided = Conv2d(3, 3, 2, stride=2, **half)
    layers = [Conv2d(1, 3, 3, **half), ReLU(), MaxPool2d(2), block, strided, Dropout(0.2, rng=rng)]
    return [*layers, GlobalAvgPool2d(), Linear(3, 2, **half)], (6, 1, 9, 9)


def of_sequences(kind):
    def make(rng):
        layers = [kind(3, 4, dtype=np.float32, rng=rng), EachStep(ReLU()), LastStep()]
        return [*layers, Linear(4, 2, dtype=np.float32, rng=rng)], (6, 5, 3)

    return make


@pytest.mark.parametrize("make", [of_pictures, of_sequences(RNN), of_sequences(LSTM)])
@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_a_network_of_32_bits_stays_one(make, optimizer):
    """Pictures of 64 bits go in, and everything between them and the last move is of 32."""
    layers, shape = make(np.random.default_rng(0))
    spies = [Spy() for _ in layers]
    net = Network([each for pair in zip(layers, spies, strict=True) for each in pair])
    options = {"momentum": 0.9} if optimizer is SGD else {}
    mover = optimizer(net.parameters(), 0.1, weight_decay=0.01, **options)
    batch = np.random.default_rng(1).normal(size=shape)
    for _ in range(2):
        _, votes = learn(net, batch, np.arange(6) % 2, mover)
        net.forward(batch)
    kinds = {parameter.value.dtype.name for parameter in net.parameters().values()}
    kinds |= {parameter.gradient.dtype.name for parameter in net.parameters().values()}
    kinds |= set().union(*(spy.kinds for spy in spies)) | {
        votes.dtype.name,
        cross_entropy(votes, [0] * 6)[1].dtype.name,
    }
    assert kinds == {"float32"}


def test_a_network_of_32_bits_comes_back_from_its_file(tmp_path):
    net = Network(of_pictures(np.random.default_rng(0))[0])
    net.forward(np.random.default_rng(1).normal(size=(6, 1, 9, 9)), training=True)  # which moves the running means
    net.save(tmp_path / "net.npz")
    again = Network.load(tmp_path / "net.npz")
    assert [repr(layer) for layer in again.layers] == [repr(layer) for layer in net.layers]
    assert "Conv2d(3, 3, 3, padding=1, dtype='float32')" in repr(net.layers[3])
    batch = np.random.default_rng(2).normal(size=(4, 1, 9, 9))
    votes = again.forward(batch)
    assert votes.dtype == np.float32
    assert np.array_equal(votes, net.forward(batch))


@pytest.mark.parametrize("dtype", [np.float16, int, "double", None, 32])
def test_another_kind_of_float_is_refused(dtype):
    with pytest.raises(ValueError, match=r"dtype is .*, wanted np.float64 or np.float32$"):
        Linear(2, 2, dtype=dtype, rng=np.random.default_rng(0))
