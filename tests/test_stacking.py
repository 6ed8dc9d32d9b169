"""Chapter 6: networks as stacks of layers, their shapes, what a number sees, and their way into a file and back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.convolution import Conv2d
from convnet_core.pictures import FEATURES, X
from convnet_core.pooling import MaxPool2d
from convnet_core.printing import numerators
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tests.golden import SLIDES


def toy(seed=0):
    """The book's X-and-O net."""
    rng = np.random.default_rng(seed)
    return Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(), Flatten(), Linear(48, 2, rng=rng)])


def test_the_stack_of_the_slides():
    """9x9 becomes three maps of 4x4, cell by cell as printed."""
    net = toy()
    filters = net.layers[0]
    filters.weight.value[:] = np.stack(list(FEATURES.values()))[:, np.newaxis] / 9
    filters.bias.value[:] = 0
    pooled = Network(net.layers[:3]).forward(X[np.newaxis, np.newaxis])
    assert pooled.shape == (1, 3, 4, 4)
    for found, name in zip(pooled[0], FEATURES, strict=True):
        assert numerators(found).tolist() == SLIDES["pooled_maps"][name]["numerators_over_9"]


def test_the_output_of_one_layer_is_the_input_of_the_next():
    net = toy()
    batch = np.random.default_rng(1).normal(size=(5, 1, 9, 9))
    by_hand = batch
    for layer in net.layers:
        by_hand = layer.forward(by_hand)
    assert np.array_equal(net.forward(batch), by_hand)


def test_shapes_and_parameters():
    net = toy()
    assert net.shapes((1, 9, 9)) == [(1, 9, 9), (3, 7, 7), (3, 7, 7), (3, 4, 4), (48,), (2,)]
    assert list(net.parameters()) == ["0.weight", "0.bias", "4.weight", "4.bias"]
    summary = net.summary((1, 9, 9))
    assert [count for _, _, count in summary.rows] == [30, 0, 0, 0, 98]
    assert summary.parameters == 128


def test_a_summary_is_read_in_print_and_on_a_page():
    summary = toy().summary((1, 9, 9))
    lines = repr(summary).splitlines()
    assert lines[0].split("  ")[0] == "layer"
    assert lines[1].split() == ["input", "1", "x", "9", "x", "9"]
    assert lines[3].split() == ["ReLU()", "3", "x", "7", "x", "7", "0"]
    assert lines[-1].split() == ["all", "128"]
    html = summary._repr_html_()
    assert html.count("<tr>") == len(lines)
    assert "<td>3 x 4 x 4</td><td>0</td>" in html


def test_a_layer_that_does_not_fit_is_named():
    net = Network([ReLU(), Conv2d(2, 1, 5, rng=np.random.default_rng(0))])
    with pytest.raises(ValueError, match=r"layers\[1\], Conv2d\(.*\): .*sample is \(1, 9, 9\), wanted \(2, H, W\)"):
        net.shapes((1, 9, 9))
    with pytest.raises(ValueError, match=r"layers\[1\], Conv2d\(.*\): .*kernel_size is 5, wanted "):
        net.shapes((2, 4, 4))
    with pytest.raises(ValueError, match=r"^Network: layers\[0\] is 'relu', wanted a layer such as ReLU\(\)$"):
        Network(["relu"])


# What a number deep down sees


@st.composite
def stacks(draw):
    """Two to four layers, none with a border wider than half its window: nobody sees nothing but padding."""
    rng = np.random.default_rng(0)
    layers, channels = [], 1
    for _ in range(draw(st.integers(2, 4))):
        window, stride = draw(st.integers(1, 3)), draw(st.integers(1, 2))
        padding = draw(st.integers(0, window // 2))
        kind = draw(st.sampled_from(["conv", "relu", "pool"]))
        if kind == "conv":
            layers.append(Conv2d(channels, 2, window, stride=stride, padding=padding, rng=rng))
            channels = 2
        else:
            layers.append(ReLU() if kind == "relu" else MaxPool2d(window, stride, padding))
    return Network(layers)


@given(stacks(), st.data())
@settings(max_examples=30)
def test_the_receptive_field_is_what_moves_it(net, data):
    """By brute force: change each pixel of the picture, and see whether the number can move."""
    shape = (1, 12, 11)
    try:
        shapes = net.shapes(shape)
    except ValueError:
        return  # it has shrunk to nothing
    depth = data.draw(st.integers(1, len(net.layers)))
    row, column = data.draw(st.integers(0, shapes[depth][1] - 1)), data.draw(st.integers(0, shapes[depth][2] - 1))
    top, left, height, width = net.receptive_field(shape, depth, row, column)
    # Every weight and every pixel is positive, and each pixel is raised above all others: so each one that is
    # seen at all is felt, by a maximum too.
    for parameter in net.parameters().values():
        parameter.value[...] = np.abs(parameter.value) + 0.1
    shallow = Network(net.layers[:depth])
    picture = np.ones((1, *shape))
    before = shallow.forward(picture)[0, :, row, column].copy()
    moved = np.zeros(shape[1:], dtype=bool)
    for place in np.ndindex(moved.shape):
        raised = picture.copy()
        raised[0, 0][place] = 1000
        moved[place] = (shallow.forward(raised)[0, :, row, column] != before).any()
    seen = np.zeros_like(moved)
    seen[top : top + height, left : left + width] = True
    # With a stride longer than the kernel, pixels within the box are skipped: none outside is ever felt.
    assert not (moved & ~seen).any()
    rows, columns = np.nonzero(moved)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (top, top + height, left, left + width)


def test_a_number_that_sees_nothing_but_padding():
    net = Network([Conv2d(1, 1, 1, padding=3, rng=np.random.default_rng(0))])
    assert net.receptive_field((1, 9, 9), 1, 0, 4) == (0, 1, 0, 1)


def test_the_receptive_field_of_the_toy():
    net = toy()
    assert net.receptive_field((1, 9, 9), 1, 2, 3) == (2, 3, 3, 3)
    assert net.receptive_field((1, 9, 9), 3) == (0, 0, 4, 4)
    assert net.receptive_field((1, 9, 9), 3, 3, 3) == (6, 6, 3, 3)  # cut off at the edge
    assert net.receptive_field((1, 9, 9), 5) == (0, 0, 9, 9)
    with pytest.raises(ValueError, match="row is 2, wanted a whole number from 0 to 1"):
        net.receptive_field((1, 9, 9), 5, 2, 0)
    with pytest.raises(ValueError, match="row is 4, wanted a whole number from 0 to 3"):
        net.receptive_field((1, 9, 9), 3, 4, 0)


# Files


def test_a_network_comes_back_from_its_file(tmp_path):
    net = toy(seed=3)
    net.save(tmp_path / "toy.npz")
    again = Network.load(tmp_path / "toy.npz")
    assert [repr(layer) for layer in again.layers] == [repr(layer) for layer in net.layers]
    batch = np.random.default_rng(0).normal(size=(4, 1, 9, 9))
    assert np.array_equal(again.forward(batch), net.forward(batch))


def rewrite(path, **changes):
    """The file with some of its arrays replaced, or left out where the change is None."""
    with np.load(path) as file:
        arrays = {**dict(file), **changes}
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})


DAMAGE = {
    "text": (lambda path: path.write_text("no network"), "is damaged, or no file of arrays"),
    "empty": (lambda path: path.write_bytes(b""), "is damaged, or no file of arrays"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:300]), "is damaged, or no file of arrays"),
    "a byte changed": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"\x93NUMPY", b"\x93NUMPX")),
        "is damaged, or no file of arrays",
    ),
    "arrays of others": (lambda path: np.savez(path, weights=np.ones(3)), "was not written by Network.save"),
    "objects in it": (
        lambda path: rewrite(path, layers=np.array([{"kind": "ReLU"}], dtype=object)),
        "is damaged, or no file of arrays: Object arrays cannot be loaded when allow_pickle=False",
    ),
    "another version": (lambda path: rewrite(path, format="convnet_core network 9"), "was not written by Network.save"),
    "an unknown layer": (
        lambda path: rewrite(path, layers='[{"kind": "Softmax"}]'),
        "names layers that can't be made: 'Softmax'",
    ),
    "a layer from elsewhere": (
        lambda path: rewrite(path, layers='[{"kind": "__import__"}]'),
        "names layers that can't be made",
    ),
    "a layer beyond all memory": (
        lambda path: rewrite(path, layers='[{"kind": "Linear", "in_features": 100000000000000, "out_features": 9}]'),
        "names layers that can't be made",
    ),
    "settings of others": (
        lambda path: rewrite(path, layers='[{"kind": "ReLU", "slope": 1}]'),
        "names layers that can't be made",
    ),
    "no list": (lambda path: rewrite(path, layers='"ReLU"'), "names layers that can't be made"),
    "weights missing": (
        lambda path: rewrite(path, **{"4.bias": None}),
        "wanted ['0.bias', '0.weight', '4.bias', '4.weight']",
    ),
    "weights of another shape": (lambda path: rewrite(path, **{"4.bias": np.ones(3)}), "4.bias is (3,), wanted (2,)"),
    "weights that are no numbers": (
        lambda path: rewrite(path, **{"4.bias": np.array([1, np.nan])}),
        "4.bias holds nan at [1]",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_foreign_file_is_refused(damage, tmp_path):
    path = tmp_path / "net.npz"
    toy().save(path)
    spoil, message = DAMAGE[damage]
    spoil(path)
    with pytest.raises(ValueError, match=r"^Network\.load: ") as refused:
        Network.load(path)
    assert message in str(refused.value)


def test_a_layer_of_ones_own_is_not_saved(tmp_path):
    class Doubling(ReLU):
        pass

    with pytest.raises(ValueError, match=r"^Network\.save: Doubling\(\) is of a kind of its own, wanted Conv2d, "):
        Network([Doubling()]).save(tmp_path / "net.npz")


def test_a_stack_of_nothing_hands_on_what_it_is_handed():
    nothing, batch = Network([]), np.ones((2, 1, 3, 3))
    assert np.array_equal(nothing.forward(batch), batch)
    nothing.backward(batch)
    assert nothing.shapes((1, 3, 3)) == [(1, 3, 3)]
    assert nothing.summary((1, 3, 3)).parameters == 0


def test_a_file_that_is_not_there_is_python_s_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nothing.npz")


def test_a_layer_stands_at_one_place_only():
    shared = ReLU()
    with pytest.raises(ValueError, match=r"^Network: layers\[2\] is layers\[0\] again, wanted a layer of its own"):
        Network([shared, ReLU(), shared])


def test_backward_goes_with_a_forward_and_its_shape():
    net = toy()
    with pytest.raises(ValueError, match="^Network.backward: gradient is .*, wanted a forward pass first"):
        net.backward(np.ones((2, 2)))
    net.forward(np.ones((2, 1, 9, 9)))
    with pytest.raises(ValueError, match=r"^Network.backward: gradient is \(1,\), wanted \(2, 2\), that of what"):
        net.backward(np.ones(1))


def test_weights_that_are_no_numbers_are_not_saved_over_good_ones(tmp_path):
    path, net = tmp_path / "net.npz", toy()
    net.save(path)
    kept = path.read_bytes()
    net.layers[0].weight.value[0, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="^Network.save: 0.weight holds nan"):
        net.save(path)
    assert path.read_bytes() == kept
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    def fills_up(file, **arrays):
        file.write(b"half")
        raise OSError("No space left on device")

    path, net = tmp_path / "net.npz", toy()
    net.save(path)
    kept = path.read_bytes()
    monkeypatch.setattr(np, "savez", fills_up)
    with pytest.raises(OSError, match="No space left"):
        net.save(path)
    assert path.read_bytes() == kept
    assert list(tmp_path.iterdir()) == [path]
