"""Chapter 7: lists of values become lists of votes, and votes become probabilities."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from convnet_core.voting import flatten, linear, softmax
from tests.golden import LECTURE

batches = arrays(np.float64, array_shapes(min_dims=2, max_dims=4, max_side=5), elements=st.floats(-50, 50))
votes = arrays(np.float64, (3, 4), elements=st.floats(-50, 50))


def test_the_lectures_flattening():
    golden = LECTURE["flatten"]
    assert flatten([golden["input"]]).tolist() == [golden["published"]]


@given(batches)
def test_flatten_keeps_the_order_row_by_row(batch):
    assert flatten(batch).tolist() == [list(sample.flat) for sample in batch]


def test_linear_is_a_weighted_sum_for_each_answer():
    values, weight, bias = np.array([[2.0, -1, 3]]), np.array([[1.0, 0, 2], [0, 5, 1]]), np.array([10.0, 20])
    assert linear(values, weight, bias).tolist() == [[2 + 6 + 10, -5 + 3 + 20]]
    assert linear(values, weight).tolist() == [[8, -2]]


@given(votes, st.floats(-1000, 1000))
def test_softmax(given_votes, shift):
    probabilities = softmax(given_votes)
    assert (probabilities >= 0).all()
    assert np.allclose(probabilities.sum(axis=1), 1, rtol=0, atol=1e-12)
    order = np.argsort(given_votes, axis=1)
    assert (np.diff(np.take_along_axis(probabilities, order, axis=1), axis=1) >= 0).all()
    assert np.allclose(softmax(given_votes + shift), probabilities, rtol=0, atol=1e-9)


def test_softmax_of_large_votes_does_not_overflow():
    assert softmax([1000.0, 0]).tolist() == [1, 0]
    assert softmax([[0.0, 0]]).tolist() == [[0.5, 0.5]]


def test_one_list_of_values_gives_one_list_of_votes():
    weight = np.array([[1.0, 0, 2], [0, 5, 1]])
    assert linear([2, -1, 3], weight).tolist() == [8, -2]
    assert linear([2, -1, 3], weight, [1, 2]).tolist() == [9, 0]
