"""The exercises of chapter 9, limits."""

from __future__ import annotations

import numpy as np

from convnet_core import limitations
from convnet_core.exercises.checker import Case, Exercise, Slip, check, find_hint
from convnet_core.pictures import BINARY, FACE, X


def check_undo(function) -> None:
    """Checks `function(order)` -> the order that undoes it, each place once, in whole numbers that can index."""
    is_right = find_hint(function, UNDO) is None
    if is_right and np.asarray(function(FOUR.copy())).dtype.kind == "f":
        print(
            "Not yet. The numbers are right, but they are floats, and an array can't be indexed with floats. "
            "Make it `np.zeros(len(order), dtype=int)`."
        )
    else:
        check(function, UNDO)


FOUR = np.array([2, 0, 3, 1])

UNDO = Exercise(
    right=np.argsort,
    cases=[
        Case((FOUR,), "the order 2, 0, 3, 1"),
        Case((np.array([1, 2, 3, 4, 0]),), "the order 1, 2, 3, 4, 0"),
        Case((np.array([3, 1, 4, 5, 2, 0, 6]),), "the order 3, 1, 4, 5, 2, 0, 6"),
        Case((np.random.default_rng(0).permutation(64),), "an order of 64 pixels"),
    ],
    slips=[
        Slip(
            lambda order: order,
            "That is the order itself: it swaps once more. Where has the value of place 0 gone? That comes first.",
        ),
        Slip(
            lambda order: order[::-1],
            "Reading the order from its end does not undo it. Where has the value of place 0 gone? That comes first.",
        ),
        Slip(np.sort, "That leaves everything where it is: values[order] stays as scrambled as it was."),
        Slip(lambda order: order[order], "That swaps twice more. What is wanted leads back."),
        Slip(lambda order: len(order) - 1 - order, "That counts from the end. What is wanted leads back."),
        Slip(
            lambda order: np.argsort(order) + 1,
            "Places count from 0, and yours from 1. All else is right.",
        ),
        Slip(
            lambda order: np.argsort(-order),
            "Nearly: yours puts everything back in reverse, the last one first.",
        ),
    ],
    praise="Nothing is lost by swapping, for who knows the order.",
    tried="order",
)


def word_picture(word, letters, length):
    """A word as a picture of 0 and 1: (letters, length)."""
    return limitations.one_hot([word], letters, length)[0]


def places_as_rows(word, letters, length):
    """Hands the two numbers of a cell over the wrong way round."""
    picture = np.zeros((len(letters), length))
    for place, letter in enumerate(word):
        picture[place, letters.index(letter)] = 1
    return picture


def first_of_each(word, letters, length):
    """Finds only the first place of a letter that comes twice."""
    picture = np.zeros((len(letters), length))
    for letter in word:
        picture[letters.index(letter), word.index(letter)] = 1
    return picture


def check_word_picture(function) -> None:
    """Checks `function(word, letters, length)` -> the picture (letters, length) of 0 and 1."""
    check(function, WORD_PICTURE)


ROWS_ARE_LETTERS = (
    "Rows and columns are swapped: a row for each letter of the list, a column for each place in the word."
)

WORD_PICTURE = Exercise(
    right=word_picture,
    cases=[
        Case(("cab", "abc", 3)),
        Case(("cabbage", "abceg", 7)),
        Case(("bee", "eb", 3)),
        Case(
            ("bee", "abe", 5),
            trap="A word may be shorter than the picture: the columns behind its end stay 0, and there are `length` columns.",
        ),
        Case(("zoo", limitations.ALPHABET, 8), trap="Take the number of rows from `letters`."),
    ],
    slips=[
        Slip(
            lambda word, letters, length: word_picture(word, letters, length).T,
            ROWS_ARE_LETTERS,
        ),
        Slip(places_as_rows, ROWS_ARE_LETTERS),
        Slip(
            first_of_each,
            "A letter may come twice: go through the places of the word, not through the list.",
        ),
        Slip(
            lambda word, letters, length: word_picture("".join(reversed(word)), letters, length),
            "Your word reads from right to left: its first letter belongs in column 0.",
        ),
        Slip(
            lambda word, letters, length: word_picture(word, letters, length)[::-1],
            "Your picture is upside down: row 0 belongs to the first one of `letters`.",
        ),
        Slip(
            lambda word, letters, length: 1 - word_picture(word, letters, length),
            "0 and 1 are exchanged: 1 stands where the letter is.",
        ),
        Slip(
            lambda word, letters, length: 2 * word_picture(word, letters, length) - 1,
            "You used -1 for places without the letter, as the slides do for paper. Here it is 0.",
        ),
        Slip(
            lambda word, letters, length: word_picture(word, letters, length).sum(axis=1),
            "You counted the letters: places got lost. Each place has a column of its own.",
        ),
        Slip(
            lambda word, letters, length: np.eye(len(letters), length),
            "That has a 1 in each row and column in turn. The row of a letter is its place in `letters`: `letters.index(letter)`.",
        ),
        Slip(
            lambda word, letters, length: np.array([letters.index(letter) for letter in word]),
            "Those are the rows of the letters. In the picture, each is a 1 in that row, in the column of its place.",
        ),
        Slip(
            lambda word, letters, length: (
                word_picture(word.rjust(length, letters[0]), letters, length)
                * (np.arange(length) >= length - len(word))
            ),
            "Your word ends in the last column. It begins in column 0, and what is left over stays 0 at the right.",
        ),
    ],
    praise="A ConvNet can read it now.",
    tried="word",
)


def roughness(picture):
    """How far left and right neighbours are apart, on average."""
    return np.abs(np.diff(picture, axis=1)).mean()


def check_roughness(function) -> None:
    """Checks `function(picture)` -> the mean distance of neighbours in a row, one number."""
    check(function, ROUGHNESS)


STEPS = np.array([[0, 0.25, 1, 0.5], [1, 1, 0.25, 0], [0.5, 0, 0, 0.75]])

ROUGHNESS = Exercise(
    right=roughness,
    cases=[
        Case((STEPS[:, :3],), "three rows of three greys"),
        Case((FACE * np.linspace(0.5, 1, 7),), "a face that grows darker to the right"),
        Case((np.tril(BINARY),), "one half of a binary picture"),
        Case(
            (STEPS,),
            "three rows of four greys",
            "Rows and columns may differ in number: take the sizes from the array.",
        ),
        Case((X[:5] * np.arange(1, 10),), "an upper half of the X, in many shades", "Take the sizes from the array."),
    ],
    slips=[
        Slip(
            lambda picture: np.diff(picture, axis=1).mean(),
            "Up and down cancel each other: drop the signs before you take the mean, `np.abs`.",
        ),
        Slip(
            lambda picture: abs(np.diff(picture, axis=1).mean()),
            "Up and down cancel each other: drop the sign of each difference before you take the mean.",
        ),
        Slip(
            lambda picture: np.abs(np.diff(picture, axis=0)).mean(),
            "You compared each pixel with the one below. Left and right neighbours stand in the same row: `picture[:, 1:]`.",
        ),
        Slip(
            lambda picture: (np.diff(picture, axis=1) ** 2).mean(),
            "You squared the distances. Wanted are the distances themselves, without sign.",
        ),
        Slip(lambda picture: np.abs(np.diff(picture, axis=1)).sum(), "That is the sum. Divide by the number of pairs."),
        Slip(
            lambda picture: np.abs(np.diff(picture, axis=1)).sum() / picture.size,
            "You divided by the number of pixels. A row of 4 pixels has only 3 pairs.",
        ),
        Slip(
            lambda picture: np.abs(np.roll(picture, -1, axis=1) - picture).mean(),
            "`np.roll` goes round: the last pixel of a row is no neighbour of its first one.",
        ),
        Slip(
            lambda picture: np.abs(np.diff(picture.ravel())).mean(),
            "Laid out as one list, the last pixel of a row stands beside the first one of the next. Stay within the rows.",
        ),
        Slip(
            lambda picture: (np.abs(np.diff(picture, axis=1)).mean() + np.abs(np.diff(picture, axis=0)).mean()) / 2,
            "You took upper and lower neighbours as well. Here only those in the same row count.",
        ),
        Slip(
            lambda picture: np.abs(np.diff(picture, axis=1)), "Those are the distances. What is missing is their mean."
        ),
        Slip(np.std, "That is the spread of all pixels. It is the same after swapping: it knows no neighbours."),
        Slip(
            lambda picture: np.abs(np.diff(picture, axis=1)).max(),
            "That is the largest distance. Wanted is the mean.",
        ),
    ],
    praise="Try it on data of your own, before and after swapping.",
    tried="picture",
)
