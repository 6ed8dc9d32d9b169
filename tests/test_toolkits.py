"""A network in other toolkits: ONNX Runtime, PyTorch and Keras give its votes, and the exercises give their hints."""

import re
from pathlib import Path

import nbformat
import numpy as np
import onnxruntime
import pytest

from convnet_core.convolution import Conv2d
from convnet_core.exchange import keras_weights, onnx_model, torch_state
from convnet_core.exercises.toolkits import check_from_keras, check_place_in_keras
from convnet_core.layers import Layer
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

ROOT = Path(__file__).resolve().parent.parent
CELLS = {cell.id: cell.source for cell in nbformat.read(ROOT / "book" / "toolkits.ipynb", as_version=4).cells}
NEAR = {"rtol": 1e-6, "atol": 1e-6}


def toy():
    """What the chapter knows once its first cells have run: `net`, `pictures`, `votes`."""
    space = {}
    for name in ("net", "ours", "torch-loop", "torch-file"):
        exec(CELLS[name], space)
    return space


def block(cell):
    """The Python in a text cell."""
    [lines] = re.findall(r"^```python\n(.*?)^```", CELLS[cell], re.MULTILINE | re.DOTALL)
    return lines


def run_block(cell, space):
    """Run the Python in a text cell, as a reader would who pastes it."""
    exec(block(cell), space)
    return space["theirs"]


def deep_network(channels=2, size=9):
    """Two rounds of convolution and pooling, two dense layers: (channels, size, size) becomes 3 votes."""
    rng = np.random.default_rng(1)
    layers = [Conv2d(channels, 4, 3, padding=1, rng=rng), ReLU(), MaxPool2d(3, 2, ceil_mode=False)]
    layers += [Conv2d(4, 5, 2, stride=(1, 2), rng=rng), ReLU(), MaxPool2d(2), Flatten(), ReLU()]
    values = Network(layers).shapes((channels, size, size))[-1][0]
    return Network([*layers, Linear(values, 6, rng=rng), ReLU(), Linear(6, 3, rng=rng)])


def in_onnxruntime(network, images):
    session = onnxruntime.InferenceSession(
        onnx_model(network, images.shape[1:]).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"images": images.astype(np.float32)})[0]


def as_keras_lays_out(network, images):
    """The votes with the maps last at every step, one product at a time, out of `keras_weights` alone."""
    arrays = iter(keras_weights(network, images.shape[1:]))
    values = images.transpose(0, 2, 3, 1)
    for layer in network.layers:
        if isinstance(layer, Conv2d):
            kernel, bias = next(arrays), next(arrays)
            (up, left), (down, across) = layer.padding, layer.stride
            padded = np.pad(values, [(0, 0), (up, up), (left, left), (0, 0)])
            windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[:2], axis=(1, 2))
            values = np.einsum("nxycij,ijcf->nxyf", windows[:, ::down, ::across], kernel) + bias
        elif isinstance(layer, Linear):
            values = values @ next(arrays) + next(arrays)
        elif isinstance(layer, Flatten):
            values = values.reshape(len(values), -1)
        elif isinstance(layer, MaxPool2d):
            values = layer.forward(values.transpose(0, 3, 1, 2)).transpose(0, 2, 3, 1)
        else:
            values = layer.forward(values)
    assert next(arrays, None) is None
    return values


def test_the_toy_of_the_chapter_is_the_one_of_the_lab():
    space = toy()
    assert space["same"]
    assert len(space["votes"]) == len(space["samples"])


def test_a_state_has_the_names_and_the_numbers_of_the_layers_in_32_bits():
    network = deep_network()
    state = torch_state(network)
    assert list(state) == [f"{place}.{name}" for place in (0, 3, 8, 10) for name in ("weight", "bias")]
    for name, array in state.items():
        value = network.parameters()[name].value
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, value, rtol=1e-7)
        array += 1
        assert not np.allclose(array, value), "a copy"


POOLINGS = [(1, 3, 0), (2, 2, 0), (2, 2, 1), (2, 3, 1), (3, 2, 0), (3, 3, 1), ((2, 3), (1, 2), (1, 0))]


@pytest.mark.parametrize("ceil_mode", [True, False])
@pytest.mark.parametrize("pooling", POOLINGS, ids=str)
def test_onnx_runtime_pools_as_the_book_does(pooling, ceil_mode):
    network = Network([MaxPool2d(*pooling, ceil_mode=ceil_mode)])
    for size in (5, 6, 7, 8):
        images = np.random.default_rng(size).normal(size=(2, 3, size, size + 1))
        np.testing.assert_allclose(in_onnxruntime(network, images), network.forward(images), **NEAR)


def test_onnx_runtime_gives_the_votes_of_a_deep_network():
    network, images = deep_network(), np.random.default_rng(2).normal(size=(5, 2, 9, 9))
    np.testing.assert_allclose(in_onnxruntime(network, images), network.forward(images), **NEAR)


def test_keras_weights_give_the_votes_where_the_maps_come_last():
    network, images = deep_network(), np.random.default_rng(3).normal(size=(5, 2, 9, 9))
    np.testing.assert_allclose(as_keras_lays_out(network, images), network.forward(images), **NEAR)


def test_a_list_that_was_no_maps_keeps_its_order_in_keras():
    network = Network([Linear(4, 3, rng=np.random.default_rng(0))])
    kernel, bias = keras_weights(network, (4,))
    np.testing.assert_allclose(kernel, network.layers[0].weight.value.T, rtol=1e-7)
    assert bias.shape == (3,)


class Doubled(Layer):
    def forward(self, batch):
        return 2 * batch


@pytest.mark.parametrize("export", [onnx_model, keras_weights])
def test_a_layer_that_they_do_not_have_is_refused_by_name(export):
    with pytest.raises(ValueError, match=r"Doubled\(\) has no counterpart there, wanted Conv2d"):
        export(Network([Doubled()]), (1, 9, 9))


@pytest.mark.parametrize("export", [onnx_model, keras_weights])
def test_samples_that_the_network_cannot_take_are_refused(export):
    with pytest.raises(ValueError, match=r"layers\[0\]"):
        export(deep_network(), (1, 9, 9))


def test_the_lines_for_keras_give_the_same_votes():
    pytest.importorskip("keras", reason="Keras is not installed: the lines of the chapter were not run")
    space = toy()
    space["keras_weights"] = keras_weights
    np.testing.assert_allclose(run_block("forgotten-text", space), space["votes"], **NEAR)


SLIPS = [
    (check_from_keras, lambda kernel: kernel.reshape(kernel.shape[::-1]), "wanted an array of shape (5, 4, 2, 3)"),
    (check_from_keras, lambda kernel: kernel.reshape(*kernel.shape[:1:-1], *kernel.shape[:2]), "take `transpose`"),
    (check_from_keras, lambda kernel: np.swapaxes(kernel.T, 2, 2), "lies on its side"),
    (check_from_keras, lambda kernel: np.moveaxis(kernel, (2, 3), (0, 1)), "Filters and maps are exchanged"),
    (check_from_keras, lambda kernel: np.einsum("ijcf->cfji", kernel), "the way from us to Keras"),
    (check_from_keras, lambda kernel: np.rot90(kernel, 2).transpose(3, 2, 0, 1), "half a turn"),
    (check_from_keras, lambda kernel: kernel, "yours is an array of shape (2, 3, 4, 5)"),
    (check_place_in_keras, lambda k, maps, rows, columns: k, "its place in our list"),
    (check_place_in_keras, lambda k, maps, rows, columns: k % 16 * 3 + k // 16, "Use `maps`, `rows` and `columns`"),
    (check_place_in_keras, lambda k, m, r, c: k % m * r * c + k // m, "from Keras's list to ours"),
    (check_place_in_keras, lambda k, m, r, c: k % (r * c) * m, "add which map it is"),
    (check_place_in_keras, lambda k, m, r, c: k % (r * c) * m + k // (r * c) + 1, "You count from 1"),
    (check_place_in_keras, lambda k, m, r, c: k / 2, "wanted 3, yours is 0.5"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_from_keras, lambda kernel: np.einsum("ijcf->fcij", kernel)),
        (
            check_from_keras,
            lambda kernel: [[kernel[:, :, c, f] for c in range(kernel.shape[2])] for f in range(kernel.shape[3])],
        ),
        (check_place_in_keras, lambda k, m, r, c: np.arange(m * r * c).reshape(m, r * c).T.ravel().tolist().index(k)),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
