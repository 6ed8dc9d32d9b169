"""Chapter 11's layers: what they do while a network learns and while it is asked, and every gradient by the wiggle."""

import numpy as np
import pytest

from convnet_core.backprop import SGD, Adam, learn, numerical_gradient
from convnet_core.convolution import Conv2d
from convnet_core.deep import BatchNorm2d, Dropout, GlobalAvgPool2d, Residual, he_spread, start_as_he
from convnet_core.layers import Parameter
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tests.test_layers import distinct

SHAPE = (3, 2, 4, 3)


def block(rng):
    return Residual([Conv2d(2, 3, 3, padding=1, rng=rng), BatchNorm2d(3), ReLU(), Conv2d(3, 2, 1, rng=rng)])


class Repeated(Dropout):
    """Leaves out the same numbers every time, so that a wiggle meets them again."""

    def forward(self, batch):
        self._rng = np.random.default_rng(5)
        return super().forward(batch)


MAKE = {
    "BatchNorm2d": lambda rng: BatchNorm2d(2),
    "Dropout": lambda rng: Repeated(0.4, rng=rng),
    "GlobalAvgPool2d": lambda rng: GlobalAvgPool2d(),
    "Residual": block,
    "Residual within another": lambda rng: Residual([block(rng), block(rng)]),
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("kind", MAKE)
def test_every_gradient_is_that_of_the_wiggle(kind, training):
    rng = np.random.default_rng(3)
    layer = MAKE[kind](rng)
    layer.set_training(training)
    batch = distinct(SHAPE, rng)
    for parameter in layer.parameters().values():
        parameter.value += 0.1 * rng.normal(size=parameter.value.shape)
    weights = rng.normal(size=layer.forward(batch).shape)

    def error():
        return float((layer.forward(batch) * weights).sum())

    to_input = layer.backward(weights)
    noted = {name: parameter.gradient.copy() for name, parameter in layer.parameters().items()}
    assert np.array_equal(layer.to_input(weights), to_input)
    assert np.allclose(to_input, numerical_gradient(error, batch), rtol=0, atol=2e-7)
    for name, parameter in layer.parameters().items():
        assert np.allclose(noted[name], numerical_gradient(error, parameter.value), rtol=0, atol=2e-7), name
    assert layer.forward(batch).shape[1:] == layer.output_shape(SHAPE[1:])


def test_while_it_learns_a_batch_is_evened_out_by_itself_and_while_it_is_asked_by_what_was_seen():
    rng = np.random.default_rng(0)
    layer, batch = BatchNorm2d(2), 3 + 2 * rng.normal(size=(50, 2, 4, 3))
    layer.set_training(True)
    for _ in range(100):
        even = layer.forward(batch)
    assert np.allclose(even.mean(axis=(0, 2, 3)), 0)
    assert np.allclose(even.std(axis=(0, 2, 3)), 1, atol=1e-4)
    layer.set_training(False)
    alone = np.concatenate([layer.forward(batch[n : n + 1]) for n in range(50)])
    assert np.allclose(alone, layer.forward(batch))
    assert np.allclose(alone, even, atol=0.01)
    assert np.allclose(layer.buffers()["running_mean"], batch.mean(axis=(0, 2, 3)), atol=1e-3)


def test_dropout_leaves_out_a_share_and_makes_up_for_it_only_while_it_learns():
    layer, batch = Dropout(0.25, rng=np.random.default_rng(0)), np.ones((100, 100))
    assert np.array_equal(layer.forward(batch), batch)
    layer.set_training(True)
    first, second = layer.forward(batch), layer.forward(batch)
    assert set(np.unique(first)) == {0, 1 / 0.75}
    assert (first == 0).mean() == pytest.approx(0.25, abs=0.02)
    assert not np.array_equal(first, second)


def test_a_network_tells_all_its_layers_what_it_is_asked_for():
    seen = []

    class Spy(ReLU):
        def forward(self, batch):
            seen.append(self.training)
            return super().forward(batch)

    net = Network([Residual([Residual([Spy()]), Spy()]), Flatten(), Spy(), Linear(24, 2, rng=np.random.default_rng(0))])
    batch = np.ones((2, 2, 4, 3))
    for ask in (net.forward, lambda batch: learn(net, batch, [0, 1], SGD(net.parameters())), net.forward):
        ask(batch)
    assert seen == [False] * 3 + [True] * 3 + [False] * 3


def test_a_residual_block_sees_as_far_as_its_layers_one_within_the_other():
    rng = np.random.default_rng(0)
    block = Residual([Conv2d(1, 2, 3, padding=1, rng=rng), Conv2d(2, 1, 5, padding=2, rng=rng)])
    assert block.walk() == ((7, 7), (1, 1), (3, 3))
    net = Network([block, GlobalAvgPool2d()])
    assert net.receptive_field((1, 12, 12), 1, 6, 5) == (3, 2, 7, 7)
    assert net.receptive_field((1, 12, 12), 2) == (0, 0, 12, 12)
    assert repr(block) == "Residual([Conv2d(1, 2, 3, padding=1), Conv2d(2, 1, 5, padding=2)])"
    assert list(block.parameters()) == ["0.weight", "0.bias", "1.weight", "1.bias"]


def test_he_s_start_keeps_the_size_of_numbers_through_many_layers():
    rng = np.random.default_rng(0)
    layers = [each for _ in range(8) for each in (Linear(200, 200, rng=rng), ReLU())]
    net, batch = Network([Residual([]), *layers]), rng.normal(size=(50, 200))
    before = net.forward(batch).std()
    start_as_he([Residual(net.layers)], rng)
    after = net.forward(batch).std()
    assert before < 0.05 < 0.3 < after < 2
    assert layers[0].weight.value.std() == pytest.approx(he_spread(200), rel=0.02)
    assert not layers[0].bias.value.any()


@pytest.mark.parametrize("make", [lambda p: SGD(p, 0.1, weight_decay=0.5), lambda p: Adam(p, 0.1, weight_decay=0.5)])
def test_weight_decay_pulls_towards_zero_where_nothing_else_pulls(make):
    parameter = Parameter(np.array([2.0, -3.0]))
    optimizer = make({"w": parameter})
    for _ in range(60):
        optimizer.step()
    assert np.abs(parameter.value).max() < 0.2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: BatchNorm2d(0), "BatchNorm2d: channels is 0, wanted a whole number of at least 1"),
        (lambda rng: BatchNorm2d(2, momentum=1), "BatchNorm2d: momentum is 1, wanted a number from 0 to below 1"),
        (
            lambda rng: learn_from(BatchNorm2d(2), np.ones((1, 2, 1, 1))),
            "BatchNorm2d.forward: batch is (1, 2, 1, 1), wanted more than one number for each map",
        ),
        (lambda rng: Dropout(1.0, rng=rng), "Dropout: share is 1.0, wanted a number from 0 to below 1"),
        (lambda rng: Dropout(rng=5), "Dropout: rng is 5, wanted a numpy.random.Generator"),
        (lambda rng: Residual(["ReLU"]), "Residual: layers[0] is 'ReLU', wanted a layer such as ReLU()"),
        (
            lambda rng: Residual([Conv2d(2, 3, 1, rng=rng)]).output_shape((2, 4, 4)),
            "Residual: layers make (3, 4, 4) of (2, 4, 4), wanted the same shape, to add them up",
        ),
        (
            lambda rng: Residual([Conv2d(2, 1, 1, rng=rng)]).forward(np.ones((1, 2, 4, 4))),
            "Residual: layers make (1, 1, 4, 4) of (1, 2, 4, 4), wanted the same shape, to add them up",
        ),
        (
            lambda rng: SGD({}, weight_decay=-1),
            "SGD: weight_decay is -1, wanted a number of at least 0",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(call, message):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        call(np.random.default_rng(0))
    assert str(refused.value).startswith(message)


def learn_from(layer, batch):
    layer.set_training(True)
    layer.forward(batch)
