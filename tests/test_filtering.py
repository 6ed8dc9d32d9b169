"""Chapter 2 against the slides, and against itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from convnet_core.filtering import match, patch_at, products
from convnet_core.pictures import FEATURES, X
from convnet_core.printing import plain, truncated
from tests.golden import SLIDES

PIXELS = st.integers(-9, 9).map(float)
SIGNS = st.sampled_from([-1.0, 1.0])

examples = pytest.mark.parametrize("example", SLIDES["filtering_examples"], ids=lambda example: example["name"])


@pytest.mark.parametrize(("pixel", "feature_pixel", "product"), SLIDES["single_products"])
def test_single_products(pixel, feature_pixel, product):
    assert products([[pixel]], [[feature_pixel]]).tolist() == [[product]]


@examples
def test_worked_examples(example):
    feature = FEATURES[example["feature"]]
    patch = patch_at(X, feature.shape, *example["patch_top_left"])
    assert patch.tolist() == example["patch"]
    assert products(patch, feature).tolist() == example["products"]
    assert products(patch, feature).sum() == example["sum"]
    assert feature.size == example["divide_by"]
    assert match(patch, feature) == example["sum"] / 9


@examples
def test_worked_examples_as_printed(example):
    """The slide writes `1 + 1 - 1 + ... over 9 = .55`."""
    feature = FEATURES[example["feature"]]
    patch = patch_at(X, feature.shape, *example["patch_top_left"])
    signed = " ".join(f"{'-' if value < 0 else '+'} {plain(abs(value))}" for value in products(patch, feature).flat)
    result = match(patch, feature)
    printed = plain(result).removeprefix("0")
    assert f"{signed.removeprefix('+ ')} over {feature.size} = {printed}" == example["published_expression"]
    assert float(truncated(result)) == float(example["published_value"])


def test_the_backslash_fits_perfectly_at_four_places():
    found = [
        [row, column]
        for row in range(7)
        for column in range(7)
        if match(patch_at(X, 3, row, column), FEATURES["backslash"]) == 1
    ]
    assert found == SLIDES["filtering_examples"][0]["cells_with_value_1"]


@given(arrays(np.float64, (3, 4), elements=PIXELS), arrays(np.float64, (3, 4), elements=PIXELS))
def test_match_is_the_mean_of_the_products(patch, feature):
    assert match(patch, feature) == pytest.approx(products(patch, feature).mean(), abs=1e-12)
    assert match(patch, feature) == match(feature, patch)
    assert match(patch, -feature) == -match(patch, feature)


@given(arrays(np.float64, (3, 3), elements=SIGNS), arrays(np.float64, (3, 3), elements=SIGNS))
def test_match_counts_agreeing_pixels(patch, feature):
    agree = int((patch == feature).sum())
    assert match(patch, feature) == (agree - (9 - agree)) / 9
    assert (match(patch, feature) == 1) == (agree == 9)


def test_nothing_that_is_passed_in_is_changed():
    image, feature = X.copy(), FEATURES["cross"].copy()
    patch = patch_at(image, 3, 2, 2)
    match(patch, feature)
    products(patch, feature)
    patch[:] = 7
    assert (image == X).all()
    assert (feature == FEATURES["cross"]).all()


def test_a_patch_may_be_any_rectangle():
    assert patch_at(X, (1, 9), 4, 0).tolist() == [[-1, -1, -1, -1, 1, -1, -1, -1, -1]]
    assert patch_at(X, np.array([2, 1]), 0, 8).shape == (2, 1)
    assert (patch_at(X, X.shape, 0, 0) == X).all()


def test_kinds_of_numbers():
    assert match(np.full((2, 2), 200, dtype=np.uint8), np.full((2, 2), 2, dtype=np.uint8)) == 400
    assert products(np.ones((2, 2), np.float32), np.ones((2, 2), np.float32)).dtype == np.float32
    assert products([[1, 2]], [[3, 4]]).dtype == np.float64
    assert type(match([[1]], [[1]])) is float
