"""Chapter 1: the pictures are those of the slides and of the lecture, and every trick does what it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from convnet_core.pictures import (
    BINARY,
    BLANK,
    FACE,
    FEATURES,
    GLYPHS,
    LETTERS,
    TRICKIER_X,
    O,
    X,
    add_noise,
    flip_pixels,
    from_text,
    make_dataset,
    mismatches,
    nearest,
    rotate,
    scale,
    shift,
    thicken,
    thin,
)
from tests.golden import LECTURE, SLIDES

ALL = {"X": X, "TRICKIER_X": TRICKIER_X, "O": O, "BLANK": BLANK, "FACE": FACE, "BINARY": BINARY, **FEATURES}


def test_pictures_are_the_published_ones():
    assert X.tolist() == SLIDES["x_image"]
    assert TRICKIER_X.tolist() == SLIDES["trickier_x"]["image"]
    assert FACE.tolist() == LECTURE["face7"]
    assert BINARY.tolist() == LECTURE["binary7"]


def test_features_are_the_published_ones_in_their_order():
    assert list(FEATURES) == list(GLYPHS) == SLIDES["feature_order"]
    for name, feature in FEATURES.items():
        assert feature.tolist() == SLIDES["features"][name]


def test_the_trickier_x_differs_in_sixteen_pixels():
    assert (X != TRICKIER_X).sum() == SLIDES["trickier_x"]["mismatches"] == 16


def test_the_o_is_a_closed_ring_as_large_as_the_x():
    assert O.shape == X.shape
    rows, columns = np.nonzero(O == 1)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (1, 7, 1, 7)
    for other in (O.T, O[::-1], O[:, ::-1]):
        assert (other == O).all()
    for row, column in zip(rows, columns, strict=True):  # each pixel of the ring touches exactly two others
        assert (O[row - 1 : row + 2, column - 1 : column + 2] == 1).sum() == 3


def test_blank_is_all_paper():
    assert BLANK.shape == (9, 9)
    assert (BLANK == -1).all()


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_read_only_floats(name):
    assert ALL[name].dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        ALL[name][0, 0] = 5
    copy = ALL[name].copy()
    copy[0, 0] = 0.5
    assert copy[0, 0] == 0.5


def test_from_text_takes_other_numbers_for_ink_and_paper():
    assert from_text("#.\n.#", ink=9, paper=0.5).tolist() == [[9, 0.5], [0.5, 9]]


# The trickier cases

L = from_text("""
    .....
    .#...
    .#...
    .##..
    .....
""")  # no turn and no mirror leaves it alone
pictures = arrays(np.float64, (6, 7), elements=st.sampled_from([-1.0, 1.0]))
steps = st.integers(-8, 8)


def test_the_comparison_is_that_of_the_slides():
    marked = [
        ["X" if differs else str(int(pixel)) for differs, pixel in zip(*row, strict=True)]
        for row in zip(mismatches(X, TRICKIER_X), X, strict=True)
    ]
    assert marked == SLIDES["trickier_x"]["comparison"]
    assert (~mismatches(X, TRICKIER_X)).sum() == SLIDES["trickier_x"]["matches"] == 65


@given(
    arrays(np.float64, (4, 2, 3), elements=st.integers(-3, 3)),
    arrays(np.float64, (5, 2, 3), elements=st.integers(-3, 3)),
)
def test_the_nearest_is_found_as_by_looking_at_one_pair_after_the_other(images, examples):
    for image, found in zip(images, nearest(images, examples), strict=True):
        distances = [((image - example) ** 2).sum() for example in examples]
        assert found == distances.index(min(distances))  # of several as near, the first


def test_of_ink_and_paper_the_nearest_differs_in_the_fewest_pixels():
    examples = np.stack([O, TRICKIER_X, BLANK])
    assert [mismatches(X, example).sum() for example in examples] == [21, 16, 13]
    assert nearest(np.stack([X, O]), examples).tolist() == [2, 0]


@given(pictures, steps, steps)
def test_shift(image, down, right):
    moved = shift(image, down, right)
    for (row, column), pixel in np.ndenumerate(moved):
        from_row, from_column = row - down, column - right
        is_inside = 0 <= from_row < 6 and 0 <= from_column < 7
        assert pixel == (image[from_row, from_column] if is_inside else -1)


def test_rotate_goes_clockwise():
    assert np.array_equal(rotate(L, 90), np.rot90(L, -1))
    assert np.array_equal(rotate(L, 180), L[::-1, ::-1])
    assert np.array_equal(rotate(L, -90), np.rot90(L))


def test_no_turn_and_no_scaling_change_nothing():
    for letter in (X, O, L):
        assert np.array_equal(rotate(letter, 0), letter)
        assert np.array_equal(scale(letter, 1), letter)


def test_an_x_turned_by_an_eighth_is_a_plus():
    plus = np.full((9, 9), -1.0)
    plus[4], plus[:, 4] = 1, 1
    assert np.array_equal(rotate(X, 45), plus)


def test_scale():
    rows, columns = np.nonzero(scale(O, 0.6) > 0)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 6, 2, 6)
    assert np.array_equal(scale(from_text("...\n.#.\n..."), 3), np.ones((3, 3)))
    assert not (scale(X, 1e-3) > 0)[[0, 1, 7, 8]].any()


def test_every_trick_keeps_to_the_middle():
    """A picture that is symmetric around its middle stays so, with no drift by half a pixel."""
    for image in (scale(X, 0.7), scale(O, 1.3), rotate(O, 30), rotate(X, 17)):
        assert np.array_equal(image, image[::-1, ::-1])


@given(pictures)
def test_thicken(image):
    thick = thicken(image)
    for (row, column), pixel in np.ndenumerate(thick):
        assert pixel == image[max(0, row - 1) : row + 1, max(0, column - 1) : column + 1].max()


@given(pictures)
def test_thin_takes_ink_away_and_never_all_of_it(image):
    finer = thin(image)
    assert (finer <= image).all()
    assert (finer > 0).any() == (image > 0).any()


def test_thin_undoes_thicken_and_leaves_fine_strokes_alone():
    for letter in (X, O, L):
        assert np.array_equal(thin(letter), letter)
    for letter in (O, L):
        assert np.array_equal(thin(thicken(letter)), letter)
    left_over = mismatches(thin(thicken(X)), X)  # around the crossing, the bolder strokes have run together
    assert left_over.sum() == 4


def test_noise_flips_as_many_pixels_as_asked():
    for count in (0, 1, 20, 81):
        assert mismatches(add_noise(X, count, np.random.default_rng(3)), X).sum() == count
    same = [add_noise(X, 5, np.random.default_rng(3)) for _ in range(2)]
    assert np.array_equal(*same)


def test_flip_pixels_counts_row_by_row():
    flipped = mismatches(flip_pixels(X, [0, 10, 80, 10]), X)
    assert np.argwhere(flipped).tolist() == [[0, 0], [1, 1], [8, 8]]
    assert np.array_equal(flip_pixels(X, []), X)


TRICKS = {
    "shift": lambda image: shift(image, 1, -1),
    "rotate": lambda image: rotate(image, 30),
    "scale": lambda image: scale(image, 0.8),
    "thicken": thicken,
    "thin": thin,
    "flip_pixels": lambda image: flip_pixels(image, [1]),
    "add_noise": lambda image: add_noise(image, 3, np.random.default_rng(0)),
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_a_trick_gives_a_new_picture_of_ink_and_paper(trick):
    for letter in (X, O):
        tricked = trick(letter)
        assert tricked.shape == letter.shape
        assert set(np.unique(tricked)) == {-1, 1}
        tricked[0, 0] = 5  # a copy, which may be written to


# Sets of them


@pytest.fixture(scope="module")
def sets():
    rng = np.random.default_rng(7)
    test_images, test_labels = make_dataset(101, rng)
    return test_images, test_labels, *make_dataset(300, rng, apart_from=test_images)


def test_a_dataset_is_balanced_and_mixed(sets):
    test_images, test_labels, images, labels = sets
    assert images.shape == (300, 1, 9, 9)
    assert test_images.shape == (101, 1, 9, 9)
    assert np.bincount(labels).tolist() == [150, 150]
    assert np.bincount(test_labels).tolist() == [51, 50]
    assert set(labels[:20]) == {0, 1}
    assert set(np.unique(images)) == {-1, 1}


def test_no_picture_comes_twice_and_none_is_near_one_of_the_others(sets):
    test_images, _, images, _ = sets
    assert len(np.unique(images.reshape(300, -1), axis=0)) == 300
    distances = (images.reshape(300, 1, -1) != test_images.reshape(1, 101, -1)).sum(axis=2)
    assert distances.min() == 3


def test_the_label_tells_the_letter(sets):
    """Undo nothing, just look: an X has ink near its middle, an O of these sizes has paper there."""
    _, _, images, labels = sets
    ink_in_the_middle = (images[:, 0, 3:6, 3:6] > 0).mean(axis=(1, 2))
    assert LETTERS[0] == "X"
    assert ink_in_the_middle[labels == 0].mean() > ink_in_the_middle[labels == 1].mean() + 0.3


def test_the_same_seed_gives_the_same_pictures():
    first, again, other = (make_dataset(12, np.random.default_rng(seed)) for seed in (5, 5, 6))
    for one, two in zip(first, again, strict=True):
        assert np.array_equal(one, two)
    assert not np.array_equal(first[0], other[0])


def test_a_dataset_that_cannot_be_had_is_refused(monkeypatch):
    monkeypatch.setattr("convnet_core.pictures._variant", lambda letter, rng: letter)
    with pytest.raises(ValueError, match=r"^make_dataset: no new picture in 1000 tries, wanted a smaller count$"):
        make_dataset(3, np.random.default_rng(0))
