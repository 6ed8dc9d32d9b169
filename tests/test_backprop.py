"""Chapter 8: errors, gradients, optimizers, and a network that learns to tell an X from an O."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from convnet_core.backprop import (
    SGD,
    Adam,
    absolute_error,
    accuracy,
    cross_entropy,
    learn,
    mean_squared_error,
    numerical_gradient,
    train,
)
from convnet_core.layers import Parameter
from convnet_core.pictures import TRICKIER_X, O, X, make_dataset
from tests.golden import SLIDES
from tests.test_stacking import toy

answers = arrays(np.float64, (3, 2), elements=st.floats(-5, 5).filter(lambda value: abs(value) > 0.01))


def test_the_error_table_of_the_slides():
    """With its slip put right: the O's error is 0.51 and the total 0.59, not 0.49 and 0.57."""
    said = [[float(SLIDES["voting"]["X"]), float(SLIDES["voting"]["O"])]]
    error, _ = absolute_error(said, [[1, 0]])
    assert error == pytest.approx(0.59, abs=1e-12)


@pytest.mark.parametrize("error", [absolute_error, mean_squared_error])
@given(answers)
def test_the_gradient_of_an_error_is_that_of_the_wiggle(error, said):
    right = np.zeros_like(said)
    _, gradient = error(said, right)
    assert np.allclose(gradient, numerical_gradient(lambda: error(said, right)[0], said), rtol=0, atol=1e-6)


@given(answers, st.lists(st.integers(0, 1), min_size=3, max_size=3))
def test_the_gradient_of_cross_entropy_is_that_of_the_wiggle(votes, labels):
    loss, gradient = cross_entropy(votes, labels)
    assert loss >= 0
    assert np.allclose(gradient, numerical_gradient(lambda: cross_entropy(votes, labels)[0], votes), rtol=0, atol=1e-6)


def test_cross_entropy_by_hand():
    assert cross_entropy([[0.0, 0]], [1])[0] == pytest.approx(math.log(2))
    assert cross_entropy([[1000.0, 0]], [0])[0] == 0
    assert cross_entropy([[1000.0, 0]], [1])[0] == 1000


def test_accuracy():
    assert accuracy([[2.0, 1], [0, 3], [1, 0], [0, 1]], [0, 1, 1, 1]) == 0.75


def test_the_wiggle_puts_every_number_back():
    values = np.array([[0.1, 0.2], [0.3, 0.4]])
    before = values.copy()
    gradient = numerical_gradient(lambda: float((values**2).sum()), values)
    assert np.array_equal(values, before)
    assert np.allclose(gradient, 2 * before, rtol=0, atol=1e-9)


def test_backprop_agrees_with_the_wiggle_through_the_whole_net():
    net = toy(seed=2)
    images, labels = make_dataset(6, np.random.default_rng(4))

    def error():
        return cross_entropy(net.forward(images), labels)[0]

    net.backward(cross_entropy(net.forward(images), labels)[1])
    noted = {name: parameter.gradient.copy() for name, parameter in net.parameters().items()}
    for name, parameter in net.parameters().items():
        assert np.allclose(noted[name], numerical_gradient(error, parameter.value), rtol=0, atol=1e-7), name


# Optimizers


def slope(value, gradient):
    parameter = Parameter(np.array([value]))
    parameter.gradient[:] = gradient
    return parameter


def test_sgd_by_hand():
    parameter = slope(1.0, 2.0)
    optimizer = SGD({"w": parameter}, learning_rate=0.1, momentum=0.5)
    optimizer.step()
    assert parameter.value[0] == 1 - 0.1 * 2
    optimizer.step()
    assert parameter.value[0] == pytest.approx(0.8 - 0.1 * (0.5 * 2 + 2))


def test_adam_by_hand():
    """The first step is as long as the learning rate, whatever the gradient."""
    for gradient in (1e-3, 7.0, -40.0):
        parameter = slope(1.0, gradient)
        Adam({"w": parameter}, learning_rate=0.01).step()
        assert parameter.value[0] == pytest.approx(1 - 0.01 * np.sign(gradient), abs=1e-6)


def test_both_walk_downhill():
    for make in (lambda p: SGD(p, 0.05, 0.9), lambda p: Adam(p, 0.1)):
        parameter = slope(5.0, 0.0)
        optimizer = make({"w": parameter})
        for _ in range(300):
            parameter.gradient[:] = 2 * (parameter.value - 3)  # of (w - 3) squared
            optimizer.step()
        assert parameter.value[0] == pytest.approx(3, abs=1e-2)


# Training


@pytest.fixture(scope="module")
def sets():
    rng = np.random.default_rng(0)
    test = make_dataset(200, rng)
    return make_dataset(600, rng, apart_from=test[0]), test


def trained(sets, seed=0, **options):
    (images, labels), test = sets
    net = toy(seed)
    settings = {"epochs": 12, "rng": np.random.default_rng(seed), "test": test, "progress": False, **options}
    return net, train(net, images, labels, **settings)


def test_it_learns_to_tell_an_x_from_an_o(sets):
    for seed in (0, 1):
        net, history = trained(sets, seed)
        assert history.ended == "finished"
        assert len(history.loss) == len(history.test_accuracy) == 12
        assert history.loss[-1] < history.loss[0] / 3
        assert history.test_accuracy[-1] >= 0.97
        assert net.forward(np.stack([X, O, TRICKIER_X])[:, np.newaxis]).argmax(axis=1).tolist() == [0, 1, 0]


def test_the_same_seed_gives_the_same_weights_bit_for_bit(sets):
    first, again, other = (trained(sets, seed, epochs=2)[0].parameters() for seed in (5, 5, 6))
    for name, parameter in first.items():
        assert np.array_equal(parameter.value, again[name].value)
        assert not np.array_equal(parameter.value, other[name].value)


def test_a_callback_stops_the_training(sets):
    _, history = trained(sets, on_epoch=lambda history: len(history.loss) == 3)
    assert history.ended == "stopped"
    assert len(history.loss) == 3


def test_ctrl_c_keeps_what_was_learned(sets):
    def interrupt(history):
        if len(history.loss) == 2:
            raise KeyboardInterrupt

    net, history = trained(sets, on_epoch=interrupt)
    assert history.ended == "interrupted"
    assert len(history.loss) == 2
    as_far = trained(sets, epochs=2)[0]
    assert np.array_equal(net.layers[0].weight.value, as_far.layers[0].weight.value)


def test_an_interruption_during_the_test_leaves_no_number_alone(sets, monkeypatch):
    def interrupt(*told):
        raise KeyboardInterrupt

    monkeypatch.setattr("convnet_core.backprop._loss_on_test", interrupt)
    _, history = trained(sets, epochs=2)
    assert history.ended == "interrupted"
    assert history.loss == history.test_loss == []


def test_a_loss_that_explodes_stops_with_advice(sets):
    (images, labels), _ = sets
    net = toy()
    huge = SGD(net.parameters(), learning_rate=1e200)
    message = r"^train: the loss is (nan|inf) at step \d+ of epoch 1\. .*try a learning_rate of 1e\+199, and start"
    with pytest.raises(FloatingPointError, match=message):
        train(net, images, labels, rng=np.random.default_rng(0), optimizer=huge, progress=False)


def test_each_batch_can_be_varied(sets):
    seen = []

    def blank(images, rng):
        seen.append(len(images))
        return np.zeros_like(images)

    trained(sets, epochs=1, augment=blank, batch_size=250)
    assert seen == [250, 250, 100]


def test_a_progress_bar_tells_how_it_goes(sets, capsys):
    trained(sets, epochs=2, progress=True)
    bar = capsys.readouterr().err
    assert "2/2" in bar
    assert "in the test" in bar


def test_one_step_is_told(sets):
    (images, labels), _ = sets
    net = toy()
    optimizer = SGD(net.parameters(), 0.1)
    loss, votes = learn(net, images[:8], labels[:8], optimizer)
    assert votes.shape == (8, 2)
    assert cross_entropy(votes, labels[:8])[0] == loss
    assert learn(net, images[:8], labels[:8], optimizer)[0] < loss


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_entropy([[1.0, 2]], [2]), "cross_entropy: labels holds 2 to 2, wanted whole numbers from 0 to"),
        (lambda: cross_entropy([[1.0, 2]], [0.5]), r"cross_entropy: labels is \(1,\) of float64, wanted \(1,\) whole"),
        (lambda: absolute_error([[1.0, 2]], [[1.0]]), r"absolute_error: right is \(1, 1\), wanted \(1, 2\)"),
        (lambda: SGD({}, momentum=1), "SGD: momentum is 1, wanted a number from 0 to below 1"),
        (lambda: Adam({}, decay=(1, 0.9)), "Adam: decay is 1, wanted a number from 0 to below 1"),
        (lambda: Adam({}, epsilon=0), "Adam: epsilon is 0, wanted a number above 0"),
        (
            lambda: numerical_gradient(lambda: 0.0, np.array([3])),
            "numerical_gradient: values is an array of int64, wanted an array of floats",
        ),
        (
            lambda: numerical_gradient(lambda: 0.0, [3.0]),
            "numerical_gradient: values is a list, wanted an array of floats",
        ),
        (
            lambda: train(toy(), np.ones((1, 1, 9, 9)), [3], rng=np.random.default_rng(0)),
            "train: labels holds 3 to 3, wanted whole numbers from 0 to 1",
        ),
        (lambda: SGD({}, learning_rate=0), "SGD: learning_rate is 0, wanted a number above 0"),
        (lambda: train(toy(), np.ones((2, 1, 9, 9)), [0], rng=np.random.default_rng(0)), r"train: labels is \(1,\)"),
    ],
)
def test_what_cannot_be_used_is_refused(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_a_test_that_explodes_is_told_in_the_same_words(sets):
    (images, labels), test = sets
    net = toy()
    huge = SGD(net.parameters(), learning_rate=1e200)
    options = {"rng": np.random.default_rng(0), "optimizer": huge, "batch_size": len(images), "progress": False}
    with pytest.raises(FloatingPointError, match=r"^train: the loss is (nan|inf) at the test after epoch 1\. "):
        train(net, images, labels, test=test, **options)


def test_a_test_is_asked_in_pieces(sets, monkeypatch):
    whole = trained(sets, epochs=1)[1]
    monkeypatch.setattr("convnet_core.backprop.AT_A_TIME", 7)
    pieces = trained(sets, epochs=1)[1]
    assert pieces.test_accuracy == pytest.approx(whole.test_accuracy)
    assert pieces.test_loss == pytest.approx(whole.test_loss)


def test_a_wiggled_number_is_put_back_whatever_happens():
    values = np.array([1.0, 2.0])

    def fails():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        numerical_gradient(fails, values)
    assert values.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"optimizer": SGD(toy().parameters())}, "train: optimizer moves the parameters of another network"),
        ({"test": 5}, r"train: test is not a pair, wanted \(images, labels\)"),
        ({"test": (np.ones((1, 1, 8, 9)), [0])}, r"train: test images are \(1, 8, 9\) each, wanted \(1, 9, 9\)"),
        ({"augment": lambda images, rng: images[:1]}, "train: augment gave 1 images for 4, wanted as many"),
    ],
)
def test_a_training_that_can_not_be_is_refused(options, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        train(toy(), np.ones((4, 1, 9, 9)), [0, 1, 0, 1], rng=np.random.default_rng(0), progress=False, **options)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: numerical_gradient(lambda: 0.0, np.ones(1), wiggle=0), "numerical_gradient: wiggle is 0"),
        (
            lambda: numerical_gradient(lambda: 0.0, np.array([1000], dtype=np.float32)),
            "numerical_gradient: wiggle is 1e-05, too little to change 1000",
        ),
        (
            lambda: learn(toy(), np.ones((2, 1, 9, 9)), [-1, 0], None),
            "learn: labels holds -1 to 0, wanted whole numbers from 0 to 1",
        ),
    ],
)
def test_a_wiggle_and_a_step_refuse_what_they_can_not_use(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
