"""Chapter 9: swapping hides neighbours and loses nothing; sounds, customers and words are what they are said to be."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.limitations import (
    ALPHABET,
    CHECKLIST,
    CUSTOMER_ANSWERS,
    CUSTOMER_COLUMNS,
    CUSTOMER_TABLE,
    ENGLISH,
    FRENCH,
    LONGEST,
    SAMPLE_RATE,
    SOUNDS,
    looks_like_an_image,
    make_customers,
    make_sounds,
    one_hot,
    swap_columns,
    swap_pixels,
    swap_rows,
)
from tests.golden import SLIDES

RNG = np.random.default_rng


@st.composite
def pictures(draw):
    """A batch of pictures (N, C, H, W), every number another one, and orders of their rows, columns and pixels."""
    shape = draw(st.tuples(*(st.integers(1, 4) for _ in range(4))))
    height, width = shape[-2:]
    orders = [draw(st.permutations(range(length))) for length in (height, width, height * width)]
    return np.arange(np.prod(shape), dtype=float).reshape(shape), *orders


@settings(max_examples=50)
@given(pictures())
def test_swaps_fetch_what_the_order_names(case):
    batch, rows, columns, pixels = case
    width = batch.shape[-1]
    by_row, by_column, by_pixel = (
        swap(batch, order) for swap, order in ((swap_rows, rows), (swap_columns, columns), (swap_pixels, pixels))
    )
    for sample, channel, row, column in np.ndindex(batch.shape):
        picture = batch[sample, channel]
        assert by_row[sample, channel, row, column] == picture[rows[row], column]
        assert by_column[sample, channel, row, column] == picture[row, columns[column]]
        source = pixels[row * width + column]
        assert by_pixel[sample, channel, row, column] == picture[source // width, source % width]


@settings(max_examples=50)
@given(pictures())
def test_the_order_back_undoes_a_swap(case):
    batch, *orders = case
    for swap, order in zip((swap_rows, swap_columns, swap_pixels), orders, strict=True):
        assert np.array_equal(swap(swap(batch, order), np.argsort(order)), batch)


def test_a_swap_leaves_what_it_was_given_as_it_was_and_keeps_float32():
    picture = np.arange(6, dtype=np.float32).reshape(2, 3)
    kept = picture.copy()
    for swap, length in ((swap_rows, 2), (swap_columns, 3), (swap_pixels, 6)):
        swapped = swap(picture, np.arange(length)[::-1])
        assert swapped.dtype == np.float32
        swapped[:] = 9
    assert np.array_equal(picture, kept)


def refuses(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: swap_rows(np.ones(3), [0, 1, 2]), "swap_rows: pictures is (3,), wanted (..., H, W)"),
        (
            lambda: swap_rows(np.ones((2, 3)), [0, 1, 2]),
            "swap_rows: order holds 2, wanted whole numbers from 0 to 1",
        ),
        (
            lambda: swap_columns(np.ones((2, 3)), [0, 1, 1]),
            "swap_columns: order is [0, 1, 1], wanted each whole number from 0 to 2 once",
        ),
        (
            lambda: swap_pixels(np.ones((2, 2)), [0, 1]),
            "swap_pixels: order is [0, 1], wanted each whole number from 0 to 3 once",
        ),
        (
            lambda: swap_pixels(np.ones((2, 2)), [[0, 1], [2, 3]]),
            "swap_pixels: order is (2, 2), wanted (count,)",
        ),
        (lambda: swap_rows(np.ones((2, 2)), [0, 0.5]), "swap_rows: order holds 0.5, wanted whole numbers from 0 to 1"),
        (lambda: make_sounds(0, RNG(0)), "make_sounds: count is 0, wanted a whole number of at least 1"),
        (
            lambda: make_sounds(3, 0),
            "make_sounds: rng is 0, wanted a numpy.random.Generator, such as np.random.default_rng(0)",
        ),
        (lambda: make_customers(2.0, RNG(0)), "make_customers: count is 2.0, wanted a whole number of at least 1"),
        (
            lambda: make_customers(2, None),
            "make_customers: rng is None, wanted a numpy.random.Generator, such as np.random.default_rng(0)",
        ),
        (lambda: one_hot("cab", "abc", 3), "one_hot: words is 'cab', wanted a list of words"),
        (lambda: one_hot([], "abc", 3), "one_hot: words is [], wanted a list of words"),
        (lambda: one_hot(["cab"], "abca", 3), "one_hot: letters is 'abca', wanted each letter once"),
        (lambda: one_hot(["cab"], "", 3), "one_hot: letters is '', wanted each letter once"),
        (lambda: one_hot(["cab"], "abc", 2), "one_hot: words holds 'cab' of 3 letters, wanted 2 at most"),
        (lambda: one_hot(["cad"], "abc", 3), "one_hot: words holds 'cad', wanted letters of 'abc'"),
        (lambda: one_hot(["cab"], "abc", 0), "one_hot: length is 0, wanted a whole number of at least 1"),
        (
            lambda: looks_like_an_image({"colour": True}),
            f"looks_like_an_image: answers holds 'colour', wanted {', '.join(CHECKLIST)}",
        ),
        (
            lambda: looks_like_an_image({"order": 1}),
            "looks_like_an_image: answer to 'order' is 1, wanted True or False",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(call, message):
    refuses(call, message)


# Sounds


def loudest_pitch(wave):
    """The strongest pitch of each piece of 400 numbers that is loud enough to tell (pieces,), in hertz."""
    pieces = wave.reshape(-1, 400)
    strength = np.abs(np.fft.rfft(pieces * np.hanning(400)))
    loud = strength.max(axis=1) > 0.5 * strength.max()
    return strength.argmax(axis=1)[loud] * SAMPLE_RATE / 400


WAVES, KINDS = make_sounds(90, RNG(3))


def of(kind):
    return WAVES[KINDS == SOUNDS.index(kind)]


def test_there_are_as_many_sounds_of_each_kind_half_a_second_long_and_none_too_loud():
    assert WAVES.shape == (90, 4000)
    assert Counter(KINDS.tolist()) == {0: 30, 1: 30, 2: 30}
    assert np.abs(WAVES).max() <= 1
    assert WAVES.std(axis=1).min() > 0.01
    assert not np.array_equal(KINDS, np.sort(KINDS))


def test_a_note_keeps_its_pitch_and_a_chirp_glides():
    assert all(np.ptp(loudest_pitch(wave)) <= 20 for wave in of("note"))
    glides = [loudest_pitch(wave) for wave in of("chirp")]
    assert all(np.ptp(pitch) >= 500 for pitch in glides)
    ups = [bool((np.diff(pitch) >= 0).all()) for pitch in glides]
    downs = [bool((np.diff(pitch) <= 0).all()) for pitch in glides]
    assert all(up != down for up, down in zip(ups, downs, strict=True))
    assert any(ups)
    assert any(downs)


def test_a_tap_is_short_and_a_tone_is_long():
    def seconds(wave):
        """How long it is well above the hiss, in pieces of a hundredth of a second."""
        power = (wave.reshape(-1, 80) ** 2).mean(axis=1)
        return (power > 0.05 * power.max()).sum() / 100

    assert max(seconds(wave) for wave in of("tap")) <= 0.08
    assert min(seconds(wave) for kind in ("note", "chirp") for wave in of(kind)) >= 0.15


def test_the_same_seed_makes_the_same():
    for make in (make_sounds, make_customers):
        for one, other in zip(make(7, RNG(5)), make(7, RNG(5)), strict=True):
            assert np.array_equal(one, other)
        assert not np.array_equal(make(7, RNG(5))[0], make(7, RNG(6))[0])


# Customers

ROWS, AGAIN = make_customers(20_000, RNG(0))


def test_the_table_is_that_of_the_slides():
    assert [list(row) for row in CUSTOMER_TABLE] == SLIDES["customer_data"]["rows"]


def test_every_column_is_about_zero_give_or_take_one():
    assert ROWS.shape == (20_000, len(CUSTOMER_COLUMNS))
    assert np.abs(ROWS.mean(axis=0)).max() < 0.04
    assert np.abs(ROWS.std(axis=0) - 1).max() < 0.04


def test_about_half_of_the_customers_buy_again():
    assert set(AGAIN.tolist()) == set(range(len(CUSTOMER_ANSWERS)))
    assert abs(AGAIN.mean() - 0.5) < 0.02


def test_columns_mean_what_they_are_called():
    effect = dict(zip(CUSTOMER_COLUMNS, ROWS[AGAIN == 1].mean(axis=0) - ROWS[AGAIN == 0].mean(axis=0), strict=True))
    for name in ("purchases", "visits", "pages viewed", "reviews written"):
        assert effect[name] > 0.3
    for name in ("complaints", "goods sent back", "days since the last visit"):
        assert effect[name] < -0.3


def test_columns_are_related_but_not_more_so_if_they_stand_side_by_side():
    related = np.abs(np.corrcoef(ROWS.T))
    side_by_side = np.mean(np.diag(related, 1))
    apart = related[np.triu_indices(len(related), 2)].mean()
    assert apart > 0.1
    assert side_by_side < apart + 0.03


# Words


def test_a_word_is_a_one_for_each_letter_at_its_place():
    picture = one_hot(["bee", "a"], "abe", 4)
    assert picture.tolist() == [
        [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0]],
        [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    ]


def test_words_may_be_lists_of_names():
    names = ["Steven", "saw", "Mark", "."]
    picture = one_hot([["Mark", "saw", "Steven", "."]], names, 4)[0]
    assert [names[row] for row in picture.argmax(axis=0)] == ["Mark", "saw", "Steven", "."]


def test_the_lists_of_words_are_clean():
    assert len(ENGLISH) == len(FRENCH) == 320
    words = [*ENGLISH, *FRENCH]
    assert len(set(words)) == len(words)
    assert all(2 < len(word) <= LONGEST and not set(word) - set(ALPHABET) for word in words)
    assert not set(ENGLISH) & {word[::-1] for word in ENGLISH}


# The checklist

YES = dict.fromkeys(CHECKLIST, True)


def test_an_image_is_told_as_one():
    assert looks_like_an_image(YES).startswith("It looks like an image")
    assert "\n" not in looks_like_an_image(YES)


@pytest.mark.parametrize("name", ["order", "neighbours"])
def test_two_questions_decide_whatever_the_others_say(name):
    assert looks_like_an_image({**YES, name: False}).startswith("No image. ")
    assert looks_like_an_image({name: False}).startswith("No image. ")


@pytest.mark.parametrize("name", list(CHECKLIST)[2:])
def test_every_other_no_brings_its_advice(name):
    first, advice = looks_like_an_image({**YES, name: False}).splitlines()
    assert first.startswith("It looks like an image")
    assert advice.startswith(f"Mind the '{name}': ")


def test_what_is_open_is_asked_for():
    assert looks_like_an_image({}) == f"Can't say yet. Still open: {', '.join(CHECKLIST)}."
    assert looks_like_an_image({**YES, "unit": None, "size": False}) == "Can't say yet. Still open: unit."
