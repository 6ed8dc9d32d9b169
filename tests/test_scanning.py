"""Chapter 12's scanner: one pass says what windows say one by one, and boxes are counted as by hand."""

import numpy as np
import pytest

from convnet_core.faces import HER_FACE, SIDE, face_net, face_net_from, face_scores, load_photographs
from convnet_core.labs.kit.stored import stored
from convnet_core.relu import ReLU
from convnet_core.resizing import averaged
from convnet_core.scanning import (
    AGREE,
    SAME,
    SHRINK,
    STRIDE,
    as_scanner,
    false_alarms,
    find_faces,
    overlap,
    precision_recall,
    pyramid,
    scan,
    score_map,
    score_map_by_windows,
    suppress,
    totals,
    windows_of,
)
from convnet_core.stacking import Network


def rng(seed=0):
    return np.random.default_rng(seed)


def net(dtype=np.float64):
    return face_net(rng(), dtype)


def noise(height, width, seed=0):
    return rng(seed).random((height, width))


@pytest.fixture(scope="module")
def taught():
    """The stored net after the last round."""
    return face_net_from(stored("faces")["round 3"])


# One pass through the net


@pytest.mark.parametrize("height", range(25, 34))
def test_one_pass_says_what_windows_say_for_every_size(height):
    """The poolings keep partial windows: for three sizes of four, that would be a window too many."""
    for width in range(25, 34):
        picture = noise(height, width)
        found = score_map(net(), picture)
        assert found.shape == ((height - 25) // 4 + 1, (width - 25) // 4 + 1)
        assert np.abs(found - score_map_by_windows(net(), picture)).max() < 1e-12


def test_the_layers_do_give_windows_that_stick_out():
    picture = noise(26, 28)[np.newaxis, np.newaxis, 2:-2, 2:-2]
    assert as_scanner(net()).forward(picture).shape == (1, 2, 2, 2)  # of one window that fits


def test_one_pass_says_what_windows_say_of_a_photograph(taught):
    picture = load_photographs()["text"][:, :101]
    assert np.abs(score_map(taught, picture) - score_map_by_windows(taught, picture)).max() < 1e-12


def test_a_photograph_moved_by_four_gives_the_same_one_cell_on():
    picture = noise(61, 57)
    there, moved = score_map(net(), picture), score_map(net(), picture[STRIDE:, STRIDE:])
    assert np.abs(there[1:, 1:] - moved).max() < 1e-12


@pytest.mark.parametrize("by", [1, 2, 3])
def test_a_photograph_moved_by_less_gives_other_numbers(by, taught):
    picture = load_photographs()["astronaut"]
    there, moved = score_map(taught, picture), score_map(taught, picture[by:, by:])
    rows, columns = moved.shape
    assert np.abs(there[:rows, :columns] - moved).max() > 1


def test_a_net_of_32_bits_says_nearly_the_same():
    picture = noise(50, 41)
    single = score_map(net(np.float32), picture)
    assert single.dtype == np.float32
    assert np.abs(single - score_map(net(), picture)).max() < 1e-5
    scores, boxes = scan(net(np.float32), pyramid(picture))
    assert scores.dtype == boxes.dtype == np.float64


def test_a_scanner_goes_with_the_net_it_was_made_of():
    one = net()
    before = one.forward(noise(21, 21)[np.newaxis, np.newaxis])
    score_map(one, noise(60, 60))
    assert np.array_equal(one.forward(noise(21, 21)[np.newaxis, np.newaxis]), before)
    one.layers[7].weight.value *= 2
    one.layers[0].bias.value += 1
    assert np.abs(score_map(one, noise(30, 30)) - score_map_by_windows(one, noise(30, 30))).max() < 1e-12


@pytest.mark.parametrize("other", [3, None, Network([ReLU()]), np.ones(3)])
def test_a_net_of_another_make_is_refused(other):
    with pytest.raises(ValueError, match=r"as_scanner: network is [\s\S]*, wanted one with the layers of face_net"):
        score_map(other, noise(25, 25))


@pytest.mark.parametrize("look", [score_map, score_map_by_windows, lambda _, picture: windows_of(picture)])
@pytest.mark.parametrize("shape", [(24, 30), (30, 24), (1, 1)])
def test_a_picture_smaller_than_a_window_is_refused(look, shape):
    with pytest.raises(ValueError, match="a window is 25 x 25, wanted no larger than the picture, "):
        look(net(), np.ones(shape))


def test_greys_up_to_255_are_refused():
    with pytest.raises(ValueError, match=r"images holds \d+(\.\d+)?, wanted numbers from 0 to 1"):
        find_faces(net(), 255 * noise(40, 40))


# All sizes


def test_the_pyramid_leaves_out_what_no_window_fits_into():
    picture = noise(60, 50)
    levels = pyramid(picture)
    assert [by for by, _ in levels] == [1.0, 1.25, 1.575, 2.0]  # 50 / 2 = 25
    assert [level.shape for _, level in levels] == [(60, 50), (48, 40), (38, 32), (30, 25)]
    assert np.array_equal(levels[0][1], picture)
    assert np.array_equal(levels[3][1], averaged(picture, 30, 25))
    assert pyramid(noise(24, 200)) == []
    assert [by for by, _ in pyramid(picture, [2])] == [2]
    for shrink, said in (((1, 0.5), "shrink is 0.5, wanted a number of at least 1"), (2, "shrink is a single number")):
        with pytest.raises(ValueError, match=f"pyramid: {said}"):
            pyramid(picture, shrink)


def test_a_box_is_where_its_window_was():
    levels = pyramid(load_photographs()["astronaut"])
    scores, boxes = scan(net(), levels)
    assert len(scores) == len(boxes) == sum(len(windows_of(picture)) for _, picture in levels) == 8006
    assert sorted(set(boxes[:, 2])) == pytest.approx([SIDE * by for by in SHRINK])
    windows = np.concatenate([windows_of(picture) for _, picture in levels])
    assert face_scores(net(), windows[::500]) == pytest.approx(scores[::500])
    by, second = levels[1]
    place = len(windows_of(levels[0][1])) + 2 * score_map(net(), second).shape[1] + 3
    assert boxes[place] == pytest.approx([8 * by, 12 * by, 25 * by])
    assert np.array_equal(windows[place], second[8:33, 12:37])


# Boxes


def test_overlap_by_hand():
    boxes = np.array([[0, 0, 4], [0, 2, 4], [2, 2, 4], [1, 1, 2], [0, 4, 4], [9, 9, 4]])
    assert overlap(boxes, [0, 0, 4]) == pytest.approx([1, 8 / 24, 4 / 28, 4 / 16, 0, 0])
    assert overlap([[0.5, 0, 1]], [0, 0, 1]) == pytest.approx([1 / 3])
    assert overlap([], [0, 0, 1]).shape == overlap(np.empty((0, 3)), [0, 0, 1]).shape == (0,)


def test_overlap_counts_pixels():
    for row, column, side in rng().integers(1, 9, (50, 3)):
        one, two = np.zeros((2, 20, 20), bool)
        one[4:9, 4:9] = two[row : row + side, column : column + side] = True
        wanted = (one & two).sum() / (one | two).sum()
        assert overlap([[row, column, side]], [4, 4, 5]) == pytest.approx([wanted])
        assert overlap([[4, 4, 5]], [row, column, side]) == pytest.approx([wanted])


def test_the_best_of_boxes_that_overlap_stays():
    boxes = [[0, 0, 10], [0, 5, 10], [0, 10, 10], [30, 30, 5]]
    scores = [1, 3, 2, 0.5]
    assert suppress(scores, boxes) == [1, 3]  # 50 of 150 in common with each: a third
    assert suppress(scores, boxes, most=0.34) == [1, 2, 0, 3]
    assert suppress(scores, boxes, count=1) == [1]
    assert suppress(scores, boxes, count=0) == []
    assert suppress([1, 1, 1, 1], boxes) == [0, 2, 3]  # of equal ones, the first
    assert suppress([-2, -1, -3, -4], boxes) == [1, 3]
    assert suppress([2, 3, 1], [[0, 0, 10], [0, 4, 10], [0, 8, 10]]) == [1]
    # What goes takes nothing along: the middle one goes by the first, so the last, which overlaps with it alone, stays.
    assert suppress([3, 2, 1], [[0, 0, 10], [0, 5, 10], [0, 10, 10]]) == [0, 2]


def test_windows_around_a_place_speak_together():
    boxes = [[0, 0, 10], [0, 2, 10], [0, 4, 10], [30, 30, 5]]
    # 80 of 120 in common: two thirds; 60 of 140: less than a half.
    assert totals([1, 2, 4, 8], boxes) == pytest.approx([3, 7, 6, 8])
    assert totals([1, 2, 4, 8], boxes, agree=0.7) == pytest.approx([1, 2, 4, 8])
    assert totals([1, 2, 4, 8], boxes, agree=0) == pytest.approx([15] * 4)


def test_where_there_is_nothing_nothing_is_found():
    for none in ([], np.empty((0, 3))):
        assert suppress([], none) == []
        assert totals([], none).shape == (0,)
    thresholds, precision, recall = precision_recall([], [], 3)
    assert len(thresholds) == len(precision) == len(recall) == 0
    for photograph in (noise(24, 300), np.full((40, 40), 0.5)):
        certain = net()
        certain.layers[-1].bias.value[...] = 99, 0
        values, boxes = find_faces(certain, photograph)
        assert (values.shape, boxes.shape) == ((0,), (0, 3))
        assert false_alarms(certain, photograph, rng()).shape == (0, SIDE, SIDE)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: suppress([1], []), r"suppress: scores is \(1,\), wanted \(0,\)"),
        (lambda: suppress([1, 2], [[0, 0, 1]]), r"suppress: scores is \(2,\), wanted \(1,\)"),
        (lambda: suppress([1], [[0, 0, 1]], most=1), "suppress: most is 1, wanted a number from 0 to below 1"),
        (lambda: suppress([1], [[0, 0, 1]], count=-1), "suppress: count is -1, wanted a whole number of at least 0"),
        (lambda: suppress([1], [[0, 0, 0]]), r"suppress: the smallest side of boxes is 0\.0, wanted a number above 0"),
        (lambda: totals([1], [[0, 0]]), r"totals: boxes is \(1, 2\), wanted \(N, 3\)"),
        (lambda: totals([np.inf], [[0, 0, 1]]), "totals: scores holds inf"),
        (lambda: totals([1], [[0, 0, 1]], 2), "totals: agree is 2, wanted a number from 0 to below 1"),
        (lambda: overlap([[0, 0, 1]], [0, 0]), r"overlap: box is \(2,\), wanted \(3,\)"),
        (
            lambda: overlap([[0, 0, 1]], [0, 0, -1]),
            "overlap: the smallest side of box is -1.0, wanted a number above 0",
        ),
        (lambda: overlap([0, 0, 1], [0, 0, 1]), r"overlap: boxes is \(3,\), wanted \(N, 3\)"),
        (lambda: overlap(None, [0, 0, 1]), "overlap: boxes holds NoneType objects"),
        (lambda: find_faces(net(), noise(30, 30), together=1), "find_faces: together is 1, wanted True or False"),
        (lambda: find_faces(net(), noise(30, 30), threshold=None), "find_faces: threshold holds NoneType"),
        (lambda: false_alarms(net(), noise(30, 30), 0), "false_alarms: rng is 0, wanted a numpy.random.Generator"),
        (lambda: false_alarms(net(), noise(30, 30), rng(), 1.5), "false_alarms: count is 1.5, wanted a whole number"),
        (lambda: precision_recall([1, 2], [True], 3), r"is_right is \(1,\), wanted \(2,\) of True and False"),
        (lambda: precision_recall([1], [2], 3), r"is_right holds \[2\], wanted \(1,\) of True and False"),
        (lambda: precision_recall([1], ["yes"], 3), r"is_right holds \['yes'\], wanted \(1,\) of True and False"),
        (lambda: precision_recall([1], [True], 0), "faces is 0, wanted a whole number of at least 1"),
        (lambda: precision_recall([1, 2], [1, 1], 1), "is_right has 2 right ones, wanted no more than 1 faces"),
    ],
)
def test_what_is_wrong_is_said(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# How much is right, how much is found


def test_precision_and_recall_by_hand():
    thresholds, precision, recall = precision_recall([9, 3, 7, 5], [True, False, False, True], 4)
    assert thresholds.tolist() == [9, 7, 5, 3]
    assert precision == pytest.approx([1, 1 / 2, 2 / 3, 2 / 4])
    assert recall == pytest.approx([1 / 4, 1 / 4, 2 / 4, 2 / 4])


def test_equal_totals_are_told_together_in_whatever_order_they_came():
    for is_right in ([True, False, True], [False, True, True], [1, 1, 0]):
        thresholds, precision, recall = precision_recall([5, 5, 5], is_right, 2)
        assert thresholds.tolist() == [5]
        assert precision == pytest.approx([2 / 3])
        assert recall == pytest.approx([1])


# What the stored net finds


def rank_of_her(found):
    return np.flatnonzero(overlap(found[1], HER_FACE) >= AGREE)


def test_her_face_is_first_by_totals_in_the_last_round(taught):
    values, boxes = found = find_faces(taught, load_photographs()["astronaut"])
    assert rank_of_her(found)[0] == 0
    assert values[0] == pytest.approx(67.5, abs=0.1)
    assert values[1] == pytest.approx(36.3, abs=0.1)
    assert (np.diff(values) <= 0).all()
    assert all((overlap(boxes[:at], boxes[at]) <= SAME).all() for at in range(1, len(boxes)))
    sure, _ = find_faces(taught, load_photographs()["astronaut"], threshold=40)
    assert sure.tolist() == values[:1].tolist()


def test_a_net_from_patches_alone_takes_four_windows_of_ten_for_faces():
    naive = face_net_from(stored("faces")["patches"])
    photograph = load_photographs()["astronaut"]
    scores, _ = scan(naive, pyramid(photograph))
    assert (scores > 0).mean() == pytest.approx(0.41, abs=0.01)
    assert rank_of_her(find_faces(naive, photograph))[0] > 5
    assert rank_of_her(find_faces(naive, photograph, together=False))[0] > 15


def test_false_alarms_are_windows_the_net_takes_for_faces():
    naive, cat = face_net_from(stored("faces")["patches"]), load_photographs()["cat"]
    windows = false_alarms(naive, cat, rng(), count=30)
    assert windows.shape == (30, SIDE, SIDE)
    scores = face_scores(naive, windows)
    assert (scores > 0).all()
    assert (np.diff(scores) < 1e-9).all()  # the worst first
    assert not np.array_equal(false_alarms(naive, cat, rng(1), count=30), windows)  # from another grid
    assert np.array_equal(false_alarms(naive, cat, rng(), count=30), windows)
