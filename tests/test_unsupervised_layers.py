"""Chapter 13's second layers: what is stored is whole, the sentences hold, and one of them is learned again."""

import numpy as np
import pytest

from convnet_core.labs.kit.stored import stored
from convnet_core.unsupervised import in_pixels
from tools import unsupervised_layers as tool

LAYERS = stored("belief", tool.FILE)
COUNTS = {name: np.array(counts) for name, counts in LAYERS["counts"].items()}


def test_every_seed_and_every_feature_is_there():
    assert {len(counts) for counts in COUNTS.values()} == {tool.SEEDS}
    for name, count, side in (
        ("corners", tool.CORNERS, 2 * tool.CORNER_SIDE + 9),
        ("parts", tool.PARTS, 2 * tool.PART_SIDE + 5),
    ):
        pictures = np.array(LAYERS[name])
        assert pictures.shape == (count, side, side)
        assert (np.abs(pictures).max((1, 2)) == tool.LEVELS).all()


def test_the_second_layer_has_what_the_first_had_not():
    """From every start, a smaller share of its features are edges."""
    assert (COUNTS["photographs"] / 24 > 0.7).all()
    assert (COUNTS["on photographs"] / tool.CORNERS < 0.5).all()
    assert (COUNTS["faces"] / 24 > 0.9).all()
    assert (COUNTS["on faces"] / tool.PARTS < 0.3).all()


def test_the_stored_pictures_are_those_that_were_counted():
    for name, counted in (("corners", "on photographs"), ("parts", "on faces")):
        pictures = np.array(LAYERS[name], float)[:, np.newaxis]
        assert abs(tool.edges_in(pictures) - COUNTS[counted][0]) <= 2  # they are rounded


def test_a_border_that_leaves_half_a_block_is_cut_off():
    for height, width in ((40, 41), (41, 40)):
        found = tool.even(np.zeros((height, width)), 10)
        assert [(side - 9) % 2 for side in found.shape] == [0, 0]
        assert min(found.shape) == 39


def test_maps_are_brought_to_one_contrast():
    maps = [np.random.default_rng(seed).gamma(1, 1, (3, 4 + seed, 5)) for seed in range(3)]
    found = np.concatenate([one.reshape(3, -1) for one in tool.scaled(maps)], axis=1)
    assert np.abs(found.mean(axis=1)).max() < 1e-6
    assert abs(found.std() - 0.1**0.5) < 1e-6


@pytest.mark.sweep
def test_parts_of_faces_come_out_again():
    first, upper = tool.on_faces(0)
    assert abs(tool.edges_in(first.weight) - COUNTS["faces"][0]) <= 4
    found, kept = (
        np.asarray(some, float).reshape(tool.PARTS, -1) for some in (in_pixels(upper, first), LAYERS["parts"])
    )
    alike = (found * kept).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(kept, axis=1)
    assert np.median(alike) > 0.8
