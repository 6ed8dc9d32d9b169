"""Recurrent layers: every gradient against the wiggle, each layer against its steps, and what the lab's nets can do."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.backprop import SGD, Adam, accuracy, learn, numerical_gradient, train
from convnet_core.convolution import Conv2d
from convnet_core.labs.kit.stored import stored
from convnet_core.layers import Parameter
from convnet_core.relu import ReLU
from convnet_core.sequences import (
    CLOSING,
    FILLERS,
    LSTM,
    RNN,
    SENTENCES,
    SYMBOLS,
    WORDS,
    Clipped,
    EachStep,
    Gates,
    LastStep,
    Repeat,
    brackets,
    clip_gradients,
    learn_steps,
    one_hot_steps,
    sigmoid,
    tokens,
)
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tests.golden import LECTURE
from tools import sequences_weights

CURVED = 1e-7  # tanh bends within a wiggle
few = settings(max_examples=40)
seeds, sizes = st.integers(0, 2**32 - 1), st.integers(1, 4)


@st.composite
def recurrent(draw):
    """A recurrent layer and a batch that it can take."""
    rng = np.random.default_rng(draw(seeds))
    layer = draw(st.sampled_from([RNN, LSTM]))(draw(sizes), draw(sizes), rng=rng)
    layer.weight_hh.value *= draw(st.sampled_from([1, 3]))
    return layer, rng.normal(size=(draw(sizes), draw(st.integers(1, 6)), layer.in_features))


@st.composite
def others(draw):
    rng = np.random.default_rng(draw(seeds))
    steps = draw(sizes)
    make, shape = draw(
        st.sampled_from(
            [
                (lambda: EachStep(Linear(3, 2, rng=rng)), (steps, 3)),
                (lambda: EachStep(Conv2d(2, 1, 2, rng=rng)), (steps, 2, 3, 3)),
                (LastStep, (steps, 3)),
                (lambda: Repeat(steps), (3,)),
            ]
        )
    )
    return make(), rng.normal(size=(draw(sizes), *shape))


@given(recurrent() | others(), seeds)
@few
def test_every_gradient_is_that_of_the_wiggle(case, seed):
    layer, batch = case
    weights = np.random.default_rng(seed).normal(size=layer.forward(batch).shape)

    def error():
        return float((layer.forward(batch) * weights).sum())

    to_input = layer.backward(weights)
    noted = {name: parameter.gradient.copy() for name, parameter in layer.parameters().items()}
    assert np.allclose(to_input, numerical_gradient(error, batch), rtol=CURVED, atol=CURVED)
    for name, parameter in layer.parameters().items():
        assert np.allclose(noted[name], numerical_gradient(error, parameter.value), rtol=CURVED, atol=CURVED), name


@given(recurrent() | others(), seeds)
@few
def test_the_halves_of_backward_are_its_whole_and_a_second_call_adds_nothing(case, seed):
    layer, batch = case
    gradient = np.random.default_rng(seed).normal(size=layer.forward(batch).shape)
    to_input = layer.backward(gradient)
    whole = {name: parameter.gradient.copy() for name, parameter in layer.parameters().items()}
    layer.note(gradient)
    assert np.array_equal(layer.to_input(gradient), to_input)
    for name, parameter in layer.parameters().items():
        assert np.array_equal(parameter.gradient, whole[name])


def test_the_gradients_of_an_encoder_and_a_decoder_are_those_of_the_wiggle():
    rng = np.random.default_rng(0)
    net = Network(
        [
            LSTM(3, 2, rng=rng),
            LastStep(),
            Repeat(3),
            RNN(2, 4, rng=rng),
            EachStep(ReLU()),
            EachStep(Linear(4, 2, rng=rng)),
        ]
    )
    batch, weights = rng.normal(size=(2, 4, 3)), rng.normal(size=(2, 3, 2))

    def error():
        return float((net.forward(batch) * weights).sum())

    error()
    net.backward(weights)
    for name, parameter in net.parameters().items():
        gradient = parameter.gradient.copy()
        assert np.allclose(gradient, numerical_gradient(error, parameter.value), atol=CURVED), name


@given(recurrent())
@few
def test_steps_one_after_the_other_are_the_layer(case):
    layer, batch = case
    state = np.zeros((len(batch), layer.hidden))
    state = state if isinstance(layer, RNN) else (state, state)
    shown = []
    for t in range(batch.shape[1]):
        if isinstance(layer, LSTM):
            by_gates = layer.carry(layer.gates(batch[:, t], state), state[1])
        state = layer.step(batch[:, t], state)
        shown.append(state if isinstance(layer, RNN) else state[0])
        if isinstance(layer, LSTM):
            assert np.array_equal(by_gates, state)
    assert np.allclose(layer.forward(batch), np.stack(shown, axis=1), rtol=0, atol=1e-12)


def test_a_plain_step_is_the_formula_of_the_chapter():
    layer = RNN(2, 2, rng=np.random.default_rng(0))
    layer.weight_ih.value[...] = [[1, 0], [0, 2]]
    layer.weight_hh.value[...] = [[0, 0.5], [1, 0]]
    layer.bias.value[...] = [0.25, 0]
    assert np.allclose(layer.step([1, -1], [0.5, -0.5]), np.tanh([1 - 0.25 + 0.25, -2 + 0.5]))


def test_the_gates_are_in_the_order_of_pytorch_and_do_what_their_names_say():
    layer = LSTM(1, 1, rng=np.random.default_rng(0))
    layer.weight_ih.value[...] = layer.weight_hh.value[...] = 0
    layer.bias.value[...] = [1, 2, 3, 4]
    gates = layer.gates([0], ([0], [0]))
    assert np.allclose(gates, [[1 / (1 + np.exp(-1))], [1 / (1 + np.exp(-2))], [np.tanh(3)], [1 / (1 + np.exp(-4))]])
    keep, write, hide = Gates(0, 1, 0.9, 1), Gates(1, 0, 0.9, 1), Gates(0, 1, 0.9, 0)
    assert layer.carry(keep, 0.5) == (np.tanh(0.5), 0.5)
    assert layer.carry(write, 0.5) == (np.tanh(0.9), 0.9)
    assert layer.carry(hide, 0.5) == (0, 0.5)


def test_the_forget_gates_start_nearly_open_and_nothing_else_does():
    layer = LSTM(3, 2, rng=np.random.default_rng(0))
    assert layer.bias.value[2:4].tolist() == [1, 1]
    assert (np.abs(layer.bias.value[[0, 1, 4, 5, 6, 7]]) <= 1 / np.sqrt(2)).all()


def test_shapes_and_names():
    rng = np.random.default_rng(0)
    net = Network([LSTM(5, 3, rng=rng), LastStep(), Repeat(4), RNN(3, 2, rng=rng), EachStep(Linear(2, 7, rng=rng))])
    assert net.shapes((6, 5)) == [(6, 5), (6, 3), (3,), (4, 3), (4, 2), (4, 7)]
    assert net.forward(np.zeros((2, 6, 5))).shape == (2, 4, 7)
    assert [repr(layer) for layer in net.layers] == [
        "LSTM(5, 3)",
        "LastStep()",
        "Repeat(4)",
        "RNN(3, 2)",
        "EachStep(Linear(2, 7))",
    ]
    assert {name: parameter.value.shape for name, parameter in net.parameters().items()} == {
        "0.weight_ih": (12, 5),
        "0.weight_hh": (12, 3),
        "0.bias": (12,),
        "3.weight_ih": (2, 3),
        "3.weight_hh": (2, 2),
        "3.bias": (2,),
        "4.weight": (7, 2),
        "4.bias": (7,),
    }


def test_forward_gives_an_array_of_its_own():
    """Who writes into what came out does not spoil the way back."""
    for kind in (RNN, LSTM):
        rng = np.random.default_rng(0)
        layer, batch = kind(2, 3, rng=rng), rng.normal(size=(1, 4, 2))
        layer.forward(batch)
        right = layer.backward(np.ones((1, 4, 3)))
        layer.forward(batch)[...] = 9
        assert np.array_equal(layer.backward(np.ones((1, 4, 3))), right)


def test_the_sigmoid_neither_overflows_nor_leaves_its_range():
    with np.errstate(all="raise"):
        assert sigmoid([-1000, 0, 1000]).tolist() == [0, 0.5, 1]
    assert np.allclose(sigmoid([1.5]), 1 / (1 + np.exp(-1.5)))


# The tasks


def test_the_text_is_the_lectures():
    assert list(SENTENCES) == LECTURE["rnn"]["sentences"]
    assert list(WORDS) == LECTURE["rnn"]["vocabulary"]
    text = tokens(" ".join(SENTENCES))
    follows = {
        word: {after for before, after in zip(text, text[1:] + text[:1], strict=True) if before == word}
        for word in WORDS
    }
    assert follows == {word: set(after) for word, after in LECTURE["rnn"]["next_words"].items()}


def test_the_lectures_predictions_are_allowed_word_by_word_and_only_the_first_is_of_the_text():
    allowed = LECTURE["rnn"]["next_words"]
    for prediction, is_sentence in zip(
        LECTURE["rnn"]["predictions"], LECTURE["rnn"]["prediction_is_training_sentence"], strict=True
    ):
        said = tokens(prediction.replace("...", ""))
        if prediction.endswith("..."):
            said = said[:-3] + [word for word in said[-3:] if word != "."]
        assert all(after in allowed[word] for word, after in pairwise(said)), prediction
        assert (prediction in SENTENCES) == is_sentence


def test_tokens_and_their_lists():
    assert tokens("Steven.Mark.") == ["Steven", ".", "Mark", "."]
    assert one_hot_steps(["saw", "."], WORDS).tolist() == [[0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]
    assert one_hot_steps("ba", "abc").tolist() == [[0, 1, 0], [1, 0, 0]]


@given(st.integers(1, 20), st.integers(0, 12), seeds)
@few
def test_a_bracket_then_letters_then_the_question(count, distance, seed):
    sequences, labels = brackets(count, distance, np.random.default_rng(seed))
    assert sequences.shape == (count, distance + 2, len(SYMBOLS))
    assert (sequences.sum(axis=2) == 1).all()
    for sequence, label in zip(sequences, labels, strict=True):
        first, *letters, last = [SYMBOLS[place] for place in sequence.argmax(axis=1)]
        assert CLOSING[label] == {"(": ")", "[": "]"}[first]
        assert set(letters) <= set(FILLERS)
        assert last == "?"


def test_both_brackets_and_all_letters_come_up():
    sequences, labels = brackets(200, 5, np.random.default_rng(0))
    assert 80 < labels.sum() < 120
    assert (sequences.sum(axis=(0, 1)) > 0).all()


# Training


def test_clipping_keeps_the_direction_and_says_how_long_it_was():
    parameters = {"a": Parameter(np.zeros(2)), "b": Parameter(np.zeros((1, 1)))}
    parameters["a"].gradient[...], parameters["b"].gradient[...] = [2, -4], 4
    assert clip_gradients(parameters, 3) == 6
    assert np.allclose(parameters["a"].gradient, [1, -2])
    assert np.allclose(parameters["b"].gradient, 2)
    assert np.isclose(clip_gradients(parameters, 3.5), 3)
    assert np.allclose(parameters["a"].gradient, [1, -2]), "short ones stay"
    parameters["a"].gradient[...] = parameters["b"].gradient[...] = 0
    assert clip_gradients(parameters, 1) == 0


def test_a_clipped_optimizer_takes_a_step_of_at_most_the_limit():
    parameters = {"a": Parameter(np.zeros(2))}
    parameters["a"].gradient[...] = [30, -40]
    optimizer = Clipped(SGD(parameters, learning_rate=0.5), limit=1)
    assert optimizer.learning_rate == 0.5
    optimizer.step()
    assert np.allclose(parameters["a"].value, [-0.3, 0.4])
    optimizer.learning_rate = 1  # as a schedule does
    optimizer.step()
    assert np.allclose(parameters["a"].value, [-0.9, 1.2])


def test_a_recurrent_network_learns_by_the_trainer_of_chapter_8():
    rng = np.random.default_rng(0)
    sequences, labels = brackets(300, 3, rng)
    net = Network([RNN(6, 6, rng=rng), LastStep(), Linear(6, 2, rng=rng)])
    optimizer = Clipped(Adam(net.parameters(), learning_rate=0.01), limit=1)
    history = train(net, sequences, labels, rng=rng, epochs=12, optimizer=optimizer, progress=False)
    assert history.accuracy[-1] == 1


def test_learning_at_every_step_is_learning_each_step():
    """The same network, step by step and all steps as samples of their own: the same loss and the same move."""
    rng = np.random.default_rng(0)
    batch, labels = rng.normal(size=(2, 3, 4)), rng.integers(2, size=(2, 3))
    alone, within = Linear(4, 2, rng=np.random.default_rng(1)), Linear(4, 2, rng=np.random.default_rng(1))
    one, other = Network([alone]), Network([EachStep(within)])
    by_rows, _ = learn(one, batch.reshape(6, 4), labels.ravel(), SGD(one.parameters()))
    by_steps, votes = learn_steps(other, batch, labels, SGD(other.parameters()))
    assert votes.shape == (2, 3, 2)
    assert by_rows == by_steps
    assert np.array_equal(alone.weight.value, within.weight.value)


def test_weights_that_run_away_are_a_loss_that_is_no_number_and_not_a_refusal_from_within():
    rng = np.random.default_rng(0)
    sequences, labels = brackets(8, 3, rng)
    net = Network([LSTM(6, 2, rng=rng), LastStep(), Linear(2, 2, rng=rng)])
    net.parameters()["0.weight_ih"].value[...] = np.inf
    with pytest.raises(FloatingPointError, match="the loss is nan"):
        train(net, sequences, labels, rng=rng, epochs=1, progress=False)


# What the lab starts with


def test_the_committed_weights_are_those_that_the_tool_trains():
    """The nets that the lab shows; the other starts, of which the means are, only `make weights` trains again."""
    kept = stored("sequences")
    assert kept["names"] == {"words": [*WORDS], "symbols": [*SYMBOLS], "closing": [*CLOSING]}
    assert_same_numbers(kept["rnn_text"], sequences_weights.round_weights(sequences_weights.text_net()), 1e-3)
    for kind in ("rnn", "lstm"):
        network = sequences_weights.bracket_net(kind, sequences_weights.SHOWN)
        assert_same_numbers(kept["brackets"][kind], sequences_weights.round_weights(network), 1e-3)
        curve = {kind: sequences_weights.accuracies(network)}
        assert_same_numbers({kind: kept["brackets"]["accuracy"][kind]}, curve, 0.02)


def assert_same_numbers(old, new, tolerance):
    assert old.keys() == new.keys()
    for name in old:
        assert np.allclose(old[name], new[name], rtol=0, atol=tolerance), f"{name}: run `make weights`"


def test_the_chapters_claims_about_the_stored_networks_hold():
    measured = stored("sequences")["brackets"]["accuracy"]
    by_distance = dict(zip(measured["distances"], zip(measured["rnn"], measured["lstm"], strict=True), strict=True))
    assert all(plain == 1 for distance, (plain, _) in by_distance.items() if distance <= 12)
    assert all(plain < 0.6 for distance, (plain, _) in by_distance.items() if distance >= 18)
    assert all(lstm == 1 for _, lstm in by_distance.values())
    assert measured["lstm_always_right"] == measured["starts"] == 20
    assert 5 <= measured["rnn_always_right"] <= 15


def test_the_plain_net_does_not_learn_from_far_alone_and_the_lstm_does():
    right = {}
    for kind, hidden in [(RNN, 8), (LSTM, 3)]:
        rng = np.random.default_rng(0)
        net = Network([kind(len(SYMBOLS), hidden, rng=rng), LastStep(), Linear(hidden, 2, rng=rng)])
        optimizer = Clipped(Adam(net.parameters(), learning_rate=0.01), limit=1)
        for _ in range(300):
            learn(net, *brackets(32, rng.integers(10, 21), rng), optimizer)
        sequences, labels = brackets(400, 15, rng)
        right[kind] = accuracy(net.forward(sequences), labels)
    assert right[RNN] < 0.7
    assert right[LSTM] > 0.95


BAD = [
    (lambda: RNN(0, 2, rng=np.random.default_rng(0)), "RNN: in_features is 0, wanted a whole number of at least 1"),
    (lambda: LSTM(2, 1.5, rng=np.random.default_rng(0)), "LSTM: hidden is 1.5, wanted a whole number"),
    (lambda: RNN(1, 2, rng=3), "RNN: rng is 3, wanted a numpy.random.Generator"),
    (
        lambda: RNN(2, 2, rng=np.random.default_rng(0)).forward(np.zeros((3, 2))),
        "RNN.forward: batch is (3, 2), wanted (N, T, 2)",
    ),
    (lambda: RNN(2, 3, rng=np.random.default_rng(0)).step([1, 2, 3], [0, 0, 0]), "RNN.step: x is (3,), wanted (2,)"),
    (
        lambda: RNN(2, 3, rng=np.random.default_rng(0)).step(np.zeros((4, 2)), np.zeros((2, 3))),
        "RNN.step: state is (2, 3), wanted (4, 3)",
    ),
    (
        lambda: LSTM(2, 3, rng=np.random.default_rng(0)).gates([1, 2], ([0, 0, 0], [0])),
        "LSTM.gates: state is (1,), wanted (3,)",
    ),
    (lambda: LSTM(2, 1, rng=np.random.default_rng(0)).step([1, np.nan], ([0], [0])), "LSTM.step: x holds nan"),
    (lambda: EachStep(3), "EachStep: layer is 3, wanted a layer"),
    (lambda: EachStep(ReLU()).forward(np.zeros((2, 3))), "EachStep.forward: batch is (2, 3), wanted (N, T, features)"),
    (lambda: EachStep(Flatten()).output_shape((3,)), "EachStep.output_shape: sample is (3,), wanted (T, features)"),
    (lambda: Repeat(0), "Repeat: steps is 0, wanted a whole number of at least 1"),
    (lambda: LastStep().forward(np.zeros((2, 3))), "LastStep.forward: batch is (2, 3), wanted (N, T, features)"),
    (lambda: clip_gradients({}, 0), "clip_gradients: limit is 0, wanted a number above 0"),
    (lambda: Clipped(None, -1), "Clipped: limit is -1, wanted a number above 0"),
    (lambda: brackets(0, 3, np.random.default_rng(0)), "brackets: count is 0, wanted a whole number of at least 1"),
    (
        lambda: brackets(1, -1, np.random.default_rng(0)),
        "brackets: distance is -1, wanted a whole number of at least 0",
    ),
    (lambda: one_hot_steps(["Paul"], WORDS), "one_hot_steps: sequence holds 'Paul', wanted Steven, Mark, John, saw, ."),
    (lambda: one_hot_steps([], WORDS), "one_hot_steps: sequence is empty, wanted at least one step"),
    (lambda: sigmoid([np.inf]), "sigmoid: values holds inf"),
    (
        lambda: learn_steps(Network([LastStep()]), np.zeros((1, 2, 3)), [[0]], None),
        "learn_steps: votes is (1, 3), wanted (N, T, answers)",
    ),
    (
        lambda: learn_steps(Network([]), np.zeros((1, 2, 3)), [[0]], None),
        "learn_steps: labels is (1, 1) of int64, wanted (1, 2) whole numbers",
    ),
    (
        lambda: learn_steps(Network([]), np.zeros((1, 2, 3)), [[0, 3]], None),
        "labels holds 0 to 3, wanted whole numbers from 0 to 2",
    ),
]


@pytest.mark.parametrize(("call", "message"), BAD)
def test_what_cannot_be_used_is_refused_by_name(call, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  the message is compared below, with its brackets
        call()
    assert message in str(refusal.value)
