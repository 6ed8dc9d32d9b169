"""The exercises of chapter 12, faces: from "which?" to "where?"."""

from __future__ import annotations

import numpy as np

from convnet_core.exercises.checker import Case, Exercise, Slip, check

# How much two boxes overlap


def check_overlap(function) -> None:
    """Checks `function(one, two)` -> what both boxes cover, as a share of what either covers."""
    check(function, OVERLAP)


def _lengths(one, two):
    """How many rows and how many columns two boxes have in common; below 0 where they lie apart."""
    return [min(one[axis] + one[2], two[axis] + two[2]) - max(one[axis], two[axis]) for axis in (0, 1)]


def _shared(one, two):
    rows, columns = _lengths(one, two)
    return max(0, rows) * max(0, columns)


def overlap_of(one, two):
    """It stands by itself: a page takes it along, for the next exercise."""
    rows = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    columns = min(one[1] + one[2], two[1] + two[2]) - max(one[1], two[1])
    shared = max(0, rows) * max(0, columns)
    return shared / (one[2] ** 2 + two[2] ** 2 - shared)


def _apart_counts(one, two):
    rows, columns = _lengths(one, two)
    return rows * columns / (one[2] ** 2 + two[2] ** 2 - rows * columns)


def _counted_twice(one, two):
    return _shared(one, two) / (one[2] ** 2 + two[2] ** 2)


def _dice(one, two):
    return 2 * _counted_twice(one, two)


def _of_the_first(one, two):
    return _shared(one, two) / one[2] ** 2


def _of_the_smaller(one, two):
    return _shared(one, two) / min(one[2], two[2]) ** 2


def _sides_for_areas(one, two):
    shared = _shared(one, two)
    return shared / (one[2] + two[2] - shared)


def _side_as_corner(one, two):
    rows, columns = [max(0, min(one[2], two[2]) - max(one[axis], two[axis])) for axis in (0, 1)]
    areas = [(box[2] - box[0]) * (box[2] - box[1]) for box in (one, two)]
    return rows * columns / (sum(areas) - rows * columns)


def _last_pixel_too(one, two):
    rows, columns = [max(0, length + 1) for length in _lengths(one, two)]
    return rows * columns / ((one[2] + 1) ** 2 + (two[2] + 1) ** 2 - rows * columns)


def _rows_alone(one, two):
    rows = max(0, _lengths(one, two)[0])
    return rows / (one[2] + two[2] - rows)


OVERLAP = Exercise(
    right=overlap_of,
    cases=[
        Case(((0, 0, 4), (0, 2, 4))),
        Case(((3, 1, 5), (1, 2, 8))),
        Case(((2, 2, 6), (4, 5, 3))),
        Case(((1, 6, 3), (1, 6, 3))),
        Case(((0, 0, 4), (0, 6, 4)), trap="Boxes that lie apart have nothing in common: no length may be below 0, `max(0, ...)`."),
        Case(((0, 0, 4), (7, 6, 5)), trap="Boxes that lie apart both ways have nothing in common, though two lengths below 0 make a product above 0: `max(0, ...)` for each of them."),
    ],
    slips=[
        Slip(_apart_counts, "Where boxes lie apart, a length comes out below 0, and two of those make a product above 0. For each length: `max(0, ...)`."),
        Slip(_counted_twice, "What both cover is counted twice in the sum of the two areas. Take it away once."),
        Slip(_dice, "That is twice what both cover, over the sum of both areas. Wanted is what both cover, over what either covers."),
        Slip(_of_the_first, "That is the share of the first box alone. A small box inside a large one would count fully one way round, and hardly the other: divide by what either covers."),
        Slip(_of_the_smaller, "That is the share of the smaller box. A small box inside a large one would count as the same: divide by what either covers."),
        Slip(_shared, "Those are the pixels that both cover. As a share of what either covers: divide."),
        Slip(_sides_for_areas, "An area is the side times itself: `side ** 2`."),
        Slip(_side_as_corner, "The third number of a box is its side. It ends at row + side, and at column + side."),
        Slip(_last_pixel_too, "One pixel too many: a box of side 4 from row 0 has rows 0 to 3. Lengths are end minus start, without + 1."),
        Slip(_rows_alone, "Those are the rows alone. Areas are rows times columns."),
        Slip(lambda one, two: 1 / overlap_of(one, two) if _shared(one, two) else 0.0, "The other way up: what both cover stands above, what either covers below."),
        Slip(lambda one, two: 1 - overlap_of(one, two), "That is how much they differ. What both cover stands above."),
    ],
    praise="The field calls it intersection over union, IoU: 1 for the same box, 0 for boxes that lie apart.",
    tried="pair of boxes",
)

# Of boxes that overlap, the best one


def check_suppress(function) -> None:
    """Checks `function(scores, boxes, overlap, most)` -> the places of the boxes that stay, the best one first."""
    check(function, SUPPRESS)


def _by_score(scores):
    return sorted(range(len(scores)), key=lambda place: -scores[place])


def _kept(order, boxes, overlap, most):
    kept = []
    for place in order:
        if all([overlap(boxes[place], boxes[other]) <= most for other in kept]):
            kept.append(place)
    return kept


def _suppress(scores, boxes, overlap, most):
    return _kept(_by_score(scores), boxes, overlap, most)


def _as_they_come(scores, boxes, overlap, most):
    return _kept(range(len(scores)), boxes, overlap, most)


def _worst_first(scores, boxes, overlap, most):
    return _kept(_by_score(scores)[::-1], boxes, overlap, most)


def _by_all_better(scores, boxes, overlap, most):
    order = _by_score(scores)
    return [
        place
        for rank, place in enumerate(order)
        if all([overlap(boxes[place], boxes[other]) <= most for other in order[:rank]])
    ]


def _by_the_best_alone(scores, boxes, overlap, most):
    order = _by_score(scores)
    return [place for place in order if place == order[0] or overlap(boxes[place], boxes[order[0]]) <= most]


def _by_the_last_kept(scores, boxes, overlap, most):
    kept = []
    for place in _by_score(scores):
        if not kept or overlap(boxes[place], boxes[kept[-1]]) <= most:
            kept.append(place)
    return kept


def _what_overlaps(scores, boxes, overlap, most):
    kept = []
    for place in _by_score(scores):
        if all([overlap(boxes[place], boxes[other]) > most for other in kept]):
            kept.append(place)
    return kept


def _any_apart(scores, boxes, overlap, most):
    kept = []
    for place in _by_score(scores):
        if not kept or any([overlap(boxes[place], boxes[other]) <= most for other in kept]):
            kept.append(place)
    return kept


ROW = [(0, 0, 8), (0, 4, 8), (0, 8, 8), (0, 20, 8)]
MANY = [(2, 3, 10), (30, 30, 12), (3, 4, 10), (8, 3, 10), (29, 33, 12), (13, 3, 10), (60, 8, 5)]

SUPPRESS = Exercise(
    right=_suppress,
    cases=[
        Case((np.array([2.0, 3.0, 1.0, 4.0]), ROW, overlap_of, 0.2), "four boxes in a row, scores 2, 3, 1, 4"),
        Case((np.array([5.0, 4.0, 3.0, 1.0]), ROW, overlap_of, 0.2), "four boxes in a row, scores 5, 4, 3, 1"),
        Case((np.array([1.0, 6.0, 8.0, 7.0, 9.0, 3.0, 2.0]), MANY, overlap_of, 0.3), "seven boxes"),
        Case((np.array([1.0, 6.0, 8.0, 7.0, 9.0, 3.0, 2.0]), MANY, overlap_of, 0.7), "seven boxes that may overlap by 0.7", "How much boxes may overlap is handed over: use `most`."),
    ],
    slips=[
        Slip(_as_they_come, "You go through the boxes as they come. The best one has the first say: begin with the highest score."),
        Slip(_worst_first, "You begin with the lowest score. The best box has the first say: sort by `-scores`."),
        Slip(_by_all_better, "A box that is gone takes no other along: compare with the boxes that stay, not with all better ones."),
        Slip(_by_the_best_alone, "You compare with the best box alone. Each box that stays has a say about those after it."),
        Slip(_by_the_last_kept, "You compare with the box that was kept last. Each box that stays has a say about those after it."),
        Slip(_what_overlaps, "The other way round: what overlaps by more than `most` with a box that stays, goes."),
        Slip(_any_apart, "It is not enough to lie apart from one box that stays. It must from all of them: `all`, not `any`."),
        Slip(lambda scores, boxes, overlap, most: sorted(_suppress(scores, boxes, overlap, most)), "Those are the right boxes. Tell them by score, the best one first."),
        Slip(lambda scores, boxes, overlap, most: [boxes[place] for place in _suppress(scores, boxes, overlap, most)], "Those are the right boxes themselves. Return their places in the list."),
        Slip(lambda scores, boxes, overlap, most: [scores[place] for place in _suppress(scores, boxes, overlap, most)], "Those are the scores of the right boxes. Return their places in the list."),
        Slip(lambda scores, boxes, overlap, most: [place for place in range(len(scores)) if place not in _suppress(scores, boxes, overlap, most)], "Those are the boxes that go. Return those that stay."),
        Slip(lambda scores, boxes, overlap, most: _by_score(scores), "All boxes stay. Leave out those that overlap by more than `most` with one that stays."),
        Slip(lambda scores, boxes, overlap, most: _by_score(scores)[:1], "Only the best box stays. In a photograph with two faces, two must."),
    ],
    praise="The field calls it non-maximum suppression. It holds one thing for certain: that two faces never overlap by more than `most`.",
    tried="list of boxes",
)

# How much is right, how much is found


def check_precision_recall(function) -> None:
    """Checks `function(totals, is_right, faces, threshold)` -> (precision, recall) of what lies above the threshold."""
    check(function, PRECISION_RECALL)


def _counts(totals, is_right, threshold):
    """How many are told, and how many of those are right."""
    told = totals > threshold
    return told.sum(), (told * is_right).sum()


def _precision_recall(totals, is_right, faces, threshold):
    told, right = _counts(totals, is_right, threshold)
    return right / told, right / faces


def _at_least(totals, is_right, faces, threshold):
    told = totals >= threshold
    right = (told * is_right).sum()
    return right / told.sum(), right / faces


def _of_the_found(totals, is_right, faces, threshold):
    told, right = _counts(totals, is_right, threshold)
    return right / told, right / is_right.sum()


def _of_all_boxes(totals, is_right, faces, threshold):
    _, right = _counts(totals, is_right, threshold)
    return right / len(totals), right / faces


def _without_threshold(totals, is_right, faces, threshold):
    return is_right.sum() / len(totals), is_right.sum() / faces


def _told_of_faces(totals, is_right, faces, threshold):
    told, right = _counts(totals, is_right, threshold)
    return right / told, told / faces


def _below(totals, is_right, faces, threshold):
    told = totals < threshold
    right = (told * is_right).sum()
    return right / told.sum(), right / faces


def _accuracy(totals, is_right, faces, threshold):
    alike = ((totals > threshold) == (is_right > 0)).sum() / len(totals)
    return alike, alike


def _recall_first(totals, is_right, faces, threshold):
    precision, recall = _precision_recall(totals, is_right, faces, threshold)
    return recall, precision


def _only_counts(totals, is_right, faces, threshold):
    told, right = _counts(totals, is_right, threshold)
    return right, told


PRECISION_RECALL = Exercise(
    right=_precision_recall,
    cases=[
        Case((np.array([9.0, 7.0, 5.0, 3.0]), np.array([1, 0, 1, 1]), 5, 4)),
        Case((np.array([2.0, 12.0, 6.0, 30.0, 8.0, 1.0]), np.array([0, 1, 0, 1, 1, 1]), 6, 5)),
        Case((np.array([2.0, 12.0, 6.0, 30.0, 8.0, 1.0]), np.array([0, 1, 0, 1, 1, 1]), 6, 1.5)),
        Case((np.array([4.0, 1.0, 20.0, 3.0, 11.0]), np.array([0, 0, 1, 1, 0]), 4, 2.5)),
        Case((np.array([9.0, 7.0, 5.0, 3.0]), np.array([1, 0, 1, 1]), 5, 5), trap="What is exactly at the threshold is not above it: `totals > threshold`."),
    ],
    slips=[
        Slip(_at_least, "What is exactly at the threshold is not above it: `totals > threshold`."),
        Slip(_recall_first, "Both are right, in the other order: precision first."),
        Slip(_of_the_found, "There are more faces than were ever found. Recall is what is found of all there are: divide by `faces`."),
        Slip(_of_all_boxes, "Precision asks of what you tell, how much is right: divide by the number of totals above the threshold."),
        Slip(_without_threshold, "You counted all of them. Only what lies above the threshold is told."),
        Slip(_told_of_faces, "You divided all that is told by the faces. A false alarm finds no face: of what is told, count what is right."),
        Slip(_below, "The other way round: what is told lies above the threshold."),
        Slip(_accuracy, "That is how often box and threshold agree. Faces for which there is no box at all are missing in it: count them by `faces`."),
        Slip(lambda t, r, f, s: tuple([100 * share for share in _precision_recall(t, r, f, s)]), "Right, in percent. Return shares, from 0 to 1."),
        Slip(lambda t, r, f, s: _precision_recall(t, r, f, s)[0], "That is the precision. Return both: `return precision, recall`."),
        Slip(lambda t, r, f, s: _precision_recall(t, r, f, s)[1], "That is the recall. Return both: `return precision, recall`."),
        Slip(_only_counts, "Those are counts: how many are right, and how many are told. Divide."),
    ],
    praise="Where nothing lies above the threshold, the precision is no number: who says nothing is never wrong.",
    tried="list of totals",
)
