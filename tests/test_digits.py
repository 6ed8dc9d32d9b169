"""Chapter 11's digits: the file is whole, read as its README says, and made again by the tool."""

import numpy as np
import pytest

from convnet_core import digits
from convnet_core.digits import COUNT, FILE, INK, LEARNED, SIDE, load_digits
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
