"""The tables of many starts that chapters 0 and 8 read: some of it is trained again, and all of it is there."""

import numpy as np
import pytest

from convnet_core.labs import playground, training
from convnet_core.pictures import make_dataset
from tools import starts

TOYS, CHAPTER_8 = playground.STARTS, training.STARTS
ONE_LETTER = 1.5 / 500  # a last bit may decide a letter


@pytest.fixture(scope="module")
def more():
    """The letters that the toys of the tables are asked."""
    _, (images, _) = starts.letters()
    return make_dataset(starts.TOY_MORE, np.random.default_rng(1), apart_from=images)


@pytest.mark.sweep
@pytest.mark.parametrize(("name", "features", "seed"), [("random", None, 4), ("slides", starts.SLIDES, 0)])
def test_the_toys_are_those_of_the_tool(name, features, seed, more):
    _, (images, labels) = starts.letters()
    share, cross, pairs = starts.toy(images, labels, more, seed, features)
    assert share == pytest.approx(TOYS[name]["right"][seed], abs=ONE_LETTER)
    assert cross == pytest.approx(TOYS[name]["cross"][seed], abs=0.011)
    assert pairs == pytest.approx(TOYS[name]["pairs"][seed], abs=1)


def test_few_pictures_are_those_of_the_tool():
    assert starts.few(10, 1) == pytest.approx(CHAPTER_8["few"]["10"][1], abs=ONE_LETTER)


def test_every_start_is_in_the_tables():
    for name in ("random", "slides"):
        assert {len(column) for column in TOYS[name].values()} == {starts.TOY_STARTS}
    assert {count: len(runs) for count, runs in CHAPTER_8["few"].items()} == {
        str(count): starts.FEW_STARTS for count in starts.FEW_COUNTS
    }


def test_the_sentences_that_rest_on_them():
    """Chapter 0: random features do better, from every start, and only the slides' can be fooled by two pixels."""
    assert np.greater(TOYS["random"]["right"], TOYS["slides"]["right"]).all()
    assert max(TOYS["random"]["pairs"]) == 0
    assert np.greater(TOYS["slides"]["pairs"], 0).sum() == 7
    assert np.argmax(TOYS["random"]["cross"]) == 4  # the start that is shown, and said to be picked
