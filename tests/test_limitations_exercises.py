"""The exercises of chapter 9: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.exercises.limitations import check_roughness, check_undo, check_word_picture


def with_index(order):
    return [list(order).index(place) for place in range(len(order))]


def in_place(order):
    order[:] = np.argsort(order)
    return order


def floats(order):
    """The solution of the book, but for the dtype."""
    back = np.zeros(len(order))
    for place, source in enumerate(order):
        back[source] = place
    return back


def word_by_word(word, letters, length):
    return [[1 if place < len(word) and word[place] == letter else 0 for place in range(length)] for letter in letters]


def only_as_long_as_the_word(word, letters, length):
    return [[int(one == letter) for one in word] for letter in letters]


def three_rows(word, letters, length):
    """Sizes written into the code."""
    picture = np.zeros((5, length))
    for place, letter in enumerate(word):
        picture[letters.index(letter) % 5, place] = 1
    return picture


def transposed(word, letters, length):
    """The right shape, and the place in the word as its row."""
    picture = np.zeros((len(letters), length))
    for place, letter in enumerate(word):
        picture[place, letters.index(letter)] = 1
    return picture


def first_of_each_letter(word, letters, length):
    """`index` finds the first of two equal letters."""
    return [[int(letter in word and place == word.index(letter)) for place in range(length)] for letter in letters]


def from_the_second_letter(word, letters, length):
    """Forgets where the word begins."""
    picture = np.zeros((len(letters), length))
    for place, letter in enumerate(word):
        picture[letters.index(letter), (place + 1) % length] = 1
    return picture


def by_loops(picture):
    height, width = picture.shape
    total = 0
    for row in range(height):
        for column in range(width - 1):
            total += abs(picture[row, column + 1] - picture[row, column])
    return total / (height * (width - 1))


def square_only(picture):
    return by_loops(picture[: min(picture.shape), : min(picture.shape)])


SLIPS = [
    (check_undo, lambda order: order.copy(), "it swaps once more"),
    (check_undo, lambda order: np.flip(order), "Reading the order from its end"),
    (check_undo, lambda order: np.arange(len(order)), "leaves everything where it is"),
    (check_undo, lambda order: order[order], "swaps twice more"),
    (check_undo, lambda order: [place + 1 for place in with_index(order)], "Places count from 0"),
    (check_undo, lambda order: np.argsort(order)[::-1], "the last one first"),
    (check_undo, in_place, "changed what it was given"),
    (check_undo, lambda order: None, "returned nothing"),
    (check_undo, lambda order: np.argsort(order).astype(float), "an array can't be indexed with floats"),
    (check_undo, floats, "Make it `np.zeros(len(order), dtype=int)`."),
    (check_undo, lambda order: [float(place) for place in with_index(order)], "The numbers are right"),
    (check_undo, 3, "Hand over the function itself"),
    (check_word_picture, lambda w, l, n: np.transpose(word_by_word(w, l, n)), "Rows and columns are swapped"),
    (check_word_picture, transposed, "Rows and columns are swapped"),
    (check_word_picture, first_of_each_letter, "A letter may come twice"),
    (check_word_picture, only_as_long_as_the_word, "there are `length` columns"),
    (check_word_picture, three_rows, "wanted an array of shape"),
    (check_word_picture, from_the_second_letter, "For `from_the_second_letter"),
    (check_word_picture, lambda w, l, n: np.flipud(word_by_word(w, l, n)), "upside down"),
    (check_word_picture, lambda w, l, n: word_by_word(w[::-1], l, n), "reads from right to left"),
    (check_word_picture, lambda w, l, n: np.sum(word_by_word(w, l, n), axis=1), "You counted the letters"),
    (check_word_picture, lambda w, l, n: [l.index(letter) for letter in w], "Those are the rows of the letters"),
    (check_word_picture, lambda w, l, n: np.where(word_by_word(w, l, n), 1, -1), "You used -1"),
    (check_roughness, lambda p: (p[:, 1:] - p[:, :-1]).mean(), "Up and down cancel each other"),
    (check_roughness, lambda p: np.abs(p[1:] - p[:-1]).mean(), "the one below"),
    (check_roughness, lambda p: np.abs(p[:, 1:] - p[:, :-1]).sum(), "That is the sum"),
    (check_roughness, lambda p: np.abs(p[:, 1:] - p[:, :-1]).sum() / p.size, "has only 3 pairs"),
    (check_roughness, lambda p: np.abs(p - np.roll(p, 1, axis=1)).mean(), "`np.roll` goes round"),
    (check_roughness, lambda p: np.abs(np.diff(p.ravel())).mean(), "Stay within the rows"),
    (check_roughness, lambda p: np.mean((p[:, 1:] - p[:, :-1]) ** 2), "You squared the distances"),
    (check_roughness, square_only, "take the sizes from the array"),
    (check_roughness, lambda p: p.std(), "it knows no neighbours"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_undo, with_index),
        (check_undo, lambda order: np.argsort(order).astype(np.uint8)),
        (check_word_picture, word_by_word),
        (check_word_picture, lambda w, l, n: np.array(word_by_word(w, l, n), dtype=bool).astype(np.int8)),
        (check_roughness, by_loops),
        (check_roughness, lambda p: float(np.abs(p[:, :-1] - p[:, 1:]).mean(axis=1).mean())),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")
