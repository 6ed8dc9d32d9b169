"""Chapter 11's digits: the file is whole, read as its README says, and made again by the tool."""

import numpy as np
import pytest

from convnet_core import digits
from convnet_core.backprop import accuracy
from convnet_core.digits import (
    COUNT,
    FILE,
    INK,
    LEARNED,
    SIDE,
    STORED_AS,
    centred,
    digit_net,
    digit_net_from,
    load_digits,
    shifted,
    varied,
)
from convnet_core.labs.kit.stored import stored
from convnet_core.pictures import nearest
from tools import digits_weights
from tools.digits import in_order, packed


def test_so_many_of_each_are_to_be_learned_and_held_out():
    images, labels = load_digits()
    assert images.shape == (COUNT, SIDE, SIDE)
    assert images.dtype == np.float64
    assert np.array_equal(np.unique(images), np.arange(INK + 1) / INK)
    assert np.bincount(labels[:LEARNED]).tolist() == [400] * 10
    assert np.bincount(labels[LEARNED:]).tolist() == [100] * 10
    assert len({image.tobytes() for image in images}) == COUNT  # none is met in the learning and in the test


def test_the_file_is_read_as_its_readme_says():
    data = FILE.read_bytes()
    pixels = []
    for byte in data[COUNT:]:
        pixels += [0] * (byte - 128) if byte >= 128 else [byte % 16] * (byte // 16)
    images, labels = load_digits()
    assert labels.tolist() == list(data[:COUNT])
    assert np.array_equal(images.ravel() * INK, np.round(images.ravel() * INK, 9))
    assert np.array_equal(np.rint(images.ravel() * INK), pixels)


def test_the_tool_packs_what_is_stored():
    images, labels = load_digits()
    assert labels.astype(np.uint8).tobytes() + packed(np.rint(images * INK).astype(int)) == FILE.read_bytes()


def test_runs_are_as_long_as_a_byte_takes():
    assert packed(np.array([0] * 130 + [15] * 8 + [2, 0])) == bytes([0xFF, 0x83, 0x7F, 0x1F, 0x12, 0x81])


def test_the_order_has_each_digit_once_and_refuses_another_table():
    labels = np.repeat(np.arange(10), 500)
    order = in_order(labels, np.random.default_rng(0))
    assert np.array_equal(np.sort(order), np.arange(COUNT))
    assert np.bincount(labels[order[:LEARNED]]).tolist() == [400] * 10
    with pytest.raises(ValueError, match="wanted 500 digits of each"):
        in_order(labels[1:], np.random.default_rng(0))


def test_a_file_that_is_not_whole_is_refused(tmp_path, monkeypatch):
    cut = tmp_path / "digits.bin"
    cut.write_bytes(FILE.read_bytes()[:-10])
    monkeypatch.setattr(digits, "FILE", cut)
    with pytest.raises(ValueError, match=r"load_digits: digits.bin holds \d+ pixels, wanted 3920000"):
        load_digits()


# A drawing as MNIST would have it


def test_digits_of_mnist_are_centred_already():
    """So this is how MNIST did it: all but a few of its own digits come out as they are, to the last level of ink."""
    images, _ = load_digits()
    same = [np.allclose(centred(image), image, rtol=0, atol=1e-12) for image in images[:500]]
    assert sum(same) >= 490


def test_a_stroke_of_a_large_drawing_becomes_20_pixels_long():
    drawing = np.zeros((90, 70))
    drawing[5:65, 60:66] = 1  # 60 tall, 6 wide: a third of it
    wanted = np.zeros((SIDE, SIDE))
    wanted[5:25, 14:16] = 1
    wanted_left = np.roll(wanted, -1, axis=1)
    assert any(np.allclose(centred(drawing), one) for one in (wanted, wanted_left))


def test_a_dot_becomes_a_square_and_nothing_stays_nothing():
    dot = np.zeros((28, 28))
    dot[3, 4] = 0.5
    assert np.isclose(centred(dot).sum(), 0.5 * 400)
    assert not centred(np.zeros((5, 9))).any()
    assert not centred(-np.ones((5, 9))).any()


def test_the_greys_of_a_shrunk_drawing_are_means():
    drawing = np.zeros((40, 40))
    drawing[0, 0] = drawing[39, 39] = drawing[0, 39] = drawing[39, 0] = 1
    corners = centred(drawing)
    assert np.isclose(corners.max(), 0.25)
    assert np.count_nonzero(corners) == 4


def test_what_is_heavy_on_one_side_still_fits():
    drawing = np.full((20, 20), 0.001)
    drawing[:, :2] = 1
    picture = centred(drawing)
    assert np.isclose(picture.sum(), drawing.sum())
    assert picture[:, 8:10].sum() > 0.9 * picture.sum()  # as far to the right as there is room


# What is varied as it is learned from


def some():
    return load_digits()[0][:20, np.newaxis]


def test_a_shifted_picture_is_the_picture_elsewhere():
    images = some()
    moved = shifted(images, np.random.default_rng(0), 3)
    ways = set()
    for before, after in zip(np.pad(images, ((0, 0), (0, 0), (3, 3), (3, 3))), moved, strict=True):
        found = [
            (down, right)
            for down in range(7)
            for right in range(7)
            if np.array_equal(after, before[:, down : down + SIDE, right : right + SIDE])
        ]
        assert len(found) == 1
        ways.update(found)
    assert len(ways) > 10


@pytest.mark.parametrize("vary", [shifted, varied])
def test_a_seed_gives_the_same_pictures_and_the_kind_of_float_stays(vary):
    images = some()
    kept = images.copy()
    first, again = (vary(images, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.array_equal(images, kept)
    assert not np.array_equal(first, images)
    assert vary(images.astype(np.float32), np.random.default_rng(0)).dtype == np.float32
    assert first.min() >= 0
    assert first.max() <= 1


def test_varied_by_nothing_is_as_it_was_and_a_line_stays_a_line():
    images = some()
    assert np.array_equal(varied(images, np.random.default_rng(0), 0, 0, 0), images)

    line = np.zeros((1, 1, SIDE, SIDE))
    line[..., 14, :] = 1
    turned = varied(line, np.random.default_rng(0), 0, 45, 0)[0, 0]
    rows, columns = np.nonzero(turned > 0.2)
    angle = np.degrees(np.arctan(np.polyfit(columns, rows, 1)[0]))
    assert abs(angle) == pytest.approx(abs(np.random.default_rng(0).uniform(-45, 45)), abs=1)


# The net


def test_the_net_has_11274_numbers_to_learn():
    net = digit_net(np.random.default_rng(0))
    assert sum(parameter.value.size for parameter in net.parameters().values()) == 11_274
    assert net.shapes((1, 28, 28))[-1] == (10,)
    assert net.parameters()["0.weight"].value.dtype == np.float32


def test_known_weights_come_back_and_others_are_refused():
    net = digit_net(np.random.default_rng(1), np.float64)
    weights = {STORED_AS[name]: parameter.value.tolist() for name, parameter in net.parameters().items()}
    again = digit_net_from(weights)
    assert np.array_equal(again.forward(some()), net.forward(some()))
    with pytest.raises(ValueError, match=r"digit_net_from: weights has \[.*\], wanted votes_bias among them"):
        digit_net_from({name: array for name, array in weights.items() if name != "votes_bias"})
    with pytest.raises(ValueError, match=r"digit_net_from: conv1_bias is \(3,\), wanted \(8,\)"):
        digit_net_from(weights | {"conv1_bias": [1, 2, 3]})


# The stored net


def test_the_stored_net_gets_98_of_100_right_and_counting_pixels_fewer():
    images, labels = load_digits()
    test, names = images[LEARNED:, np.newaxis], labels[LEARNED:]
    net = digit_net_from(stored("digits"))
    by_count = labels[:LEARNED][nearest(test, images[:LEARNED, np.newaxis])]
    assert accuracy(net.forward(test), names) >= 0.98
    assert (by_count == names).mean() == 0.938


def test_the_tool_learns_in_one_epoch_what_takes_it_on_its_way():
    """All 80 take minutes. One is enough to see that it learns, from the digits to learn from."""
    to_learn, (images, labels) = digits_weights.samples()
    assert len(images) == 1000
    net = digits_weights.learned(to_learn[0][:1000], to_learn[1][:1000], epochs=2)
    assert accuracy(net.forward(images), labels) > 0.75
