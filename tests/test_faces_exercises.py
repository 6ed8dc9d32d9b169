"""The exercises of chapter 12: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core import scanning
from convnet_core.exercises.faces import MANY, ROW, check_overlap, check_precision_recall, check_suppress


def by_pixels(one, two):
    covered = np.zeros((2, 30, 30), bool)
    for mask, (row, column, side) in zip(covered, (one, two), strict=True):
        mask[row : row + side, column : column + side] = True
    return covered.all(axis=0).sum() / covered.any(axis=0).sum()


def lengths(one, two):
    rows = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    columns = min(one[1] + one[2], two[1] + two[2]) - max(one[1], two[1])
    return rows, columns


def clipped_once(one, two):
    """The product is cut at 0, not each length: right but for boxes that lie apart both ways."""
    rows, columns = lengths(one, two)
    shared = max(0, rows * columns)
    return shared / (one[2] ** 2 + two[2] ** 2 - shared)


def shared(one, two):
    rows, columns = lengths(one, two)
    return max(0, rows) * max(0, columns)


def suppress(scores, boxes, overlap, most):
    order, kept = list(np.argsort(-scores)), []
    while order:
        best = order.pop(0)
        kept.append(best)
        order = [place for place in order if overlap(boxes[best], boxes[place]) <= most]
    return kept


def fixed_share(scores, boxes, overlap, most):
    return suppress(scores, boxes, overlap, 0.3)


def precision_recall(totals, is_right, faces, threshold):
    right = told = 0
    for total, one in zip(totals, is_right, strict=True):
        if total > threshold:
            told += 1
            right += one
    return [right / told, right / faces]


SLIPS = [
    (check_overlap, clipped_once, "both ways have nothing in common"),
    (check_overlap, lambda a, b: shared(a, b) / (a[2] ** 2 + b[2] ** 2), "counted twice"),
    (check_overlap, lambda a, b: 2 * shared(a, b) / (a[2] ** 2 + b[2] ** 2), "twice what both cover"),
    (check_overlap, lambda a, b: shared(a, b) / min(a[2], b[2]) ** 2, "the share of the smaller box"),
    (check_overlap, shared, "As a share"),
    (check_overlap, lambda a, b: by_pixels(a, b) > 0.5, "wanted"),
    (check_suppress, lambda s, b, o, m: sorted(suppress(s, b, o, m)), "the best one first"),
    (check_suppress, lambda s, b, o, m: suppress(-np.arange(len(b)), b, o, m), "as they come"),
    (check_suppress, lambda s, b, o, m: suppress(-s, b, o, m), "begin with the lowest score"),
    (check_suppress, lambda s, b, o, m: [b[place] for place in suppress(s, b, o, m)], "Return their places"),
    (check_suppress, lambda s, b, o, m: [s.argmax()], "Only the best box stays"),
    (check_suppress, fixed_share, "How much boxes may overlap is handed over"),
    (check_precision_recall, lambda t, r, f, s: precision_recall(t, r, f, s)[::-1], "precision first"),
    (check_precision_recall, lambda t, r, f, s: precision_recall(t, r, sum(r), s), "more faces than were ever found"),
    (check_precision_recall, lambda t, r, f, s: precision_recall(t, r, f, s - 1e-9), "exactly at the threshold"),
    (check_precision_recall, lambda t, r, f, s: precision_recall(t, r, f, s)[0], "Return both"),
    (check_precision_recall, lambda t, r, f, s: precision_recall(t, r, f, -1), "You counted all of them"),
    (check_precision_recall, lambda t, r, f, s: [0.5, 0.5], "gives the same array"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_overlap, by_pixels),
        (check_overlap, lambda one, two: scanning.overlap([one], two)[0]),
        (check_suppress, suppress),
        (check_suppress, lambda scores, boxes, overlap, most: scanning.suppress(scores, boxes, most)),
        (check_precision_recall, precision_recall),
        (check_precision_recall, lambda t, r, f, s: (r[t > s].mean(), r[t > s].sum() / f)),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


def test_no_two_boxes_overlap_by_just_as_much_as_they_may():
    """Whether "more than" or "at least" goes is no matter here."""
    for boxes, shares in ((ROW, [0.2]), (MANY, [0.3, 0.7])):
        for one in boxes:
            assert not np.isclose(scanning.overlap(boxes, one)[:, np.newaxis], shares).any()


def test_the_exercise_asks_for_what_the_core_does():
    totals, is_right = np.array([9.0, 7, 5, 3]), np.array([1, 0, 1, 1])
    for threshold, precision, recall in zip(*scanning.precision_recall(totals, is_right, 5), strict=True):
        assert precision_recall(totals, is_right, 5, threshold - 0.1) == pytest.approx([precision, recall])
