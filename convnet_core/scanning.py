"""Chapter 12, from "which?" to "where?": a window slides over a photograph, and a net looks through it.

A box is (row, column, side) in pixels of the photograph, counted from its top left corner. A net that looks at the
windows of a photograph in several sizes: Rowley, Baluja and Kanade, "Neural Network-Based Face Detection", 1998.
"""

import numpy as np

from convnet_core.checks import (
    as_at_least,
    as_flag,
    as_flags,
    as_generator,
    as_image,
    as_list,
    as_number,
    as_rows,
    as_share,
    as_vector,
    as_whole,
    check_fits,
)
from convnet_core.convolution import Conv2d
from convnet_core.faces import SIDE, face_scores, local_contrast
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.resizing import averaged
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

SEES = 3  # numbers along a side of the last maps, of a window: the kernel that its layer of votes becomes
STRIDE = 4  # pixels from window to window: the product of the two poolings'
SHRINK = (1.0, 1.25, 1.575, 2.0, 2.5, 3.15)  # how much smaller the photograph gets: windows of 25 to 79 pixels
AGREE = 0.5  # windows that overlap by so much look at the same thing
SAME = 0.3  # of two boxes that overlap by so much, only the better one is told


def pyramid(photograph, shrink=SHRINK):
    """The photograph at several sizes: a list of (how much smaller, picture), without those too small for a window.

    photograph  (H, W), from 0 to 1; where it is smaller than a window, the list is empty
    shrink      numbers from 1
    """
    photograph = as_image("photograph", photograph)
    shrink = [as_at_least("shrink", by, 1) for by in as_list("shrink", shrink).tolist()]
    sizes = [(by, [max(1, round(side / by)) for side in photograph.shape]) for by in shrink]
    return [(by, averaged(photograph, *size)) for by, size in sizes if min(size) >= SIDE]


def as_scanner(network):
    """The net as layers that take a picture of any size: the two layers of votes become convolutions.

    network  a net of `convnet_core.faces.face_net`
    return   a Network for (N, 1, H, W) whose output (N, 2, h, w) has the votes of each window, every 4 pixels: the
             same numbers as window by window, and behind them, where the poolings keep partial windows, those of
             windows that stick out. The lower layers are the net's own, the votes a copy: when the net has learned
             on, make it anew

    Known since "Multi-Digit Recognition Using a Space Displacement Neural Network", Matan and others, 1992.
    """
    *lower, form, _, votes = _layers_of(network)
    filters, channels = form.weight.value.shape[0], lower[3].weight.value.shape[0]
    rng, dtype = np.random.default_rng(0), form.weight.value.dtype
    wide = Conv2d(channels, filters, SEES, dtype=dtype, rng=rng)
    single = Conv2d(filters, len(votes.bias.value), 1, dtype=dtype, rng=rng)
    for conv, linear in ((wide, form), (single, votes)):
        conv.weight.value[...] = linear.weight.value.reshape(conv.weight.value.shape)
        conv.bias.value[...] = linear.bias.value
    return Network([*lower[:-1], wide, ReLU(), single])


def _layers_of(network):
    kinds = Conv2d, ReLU, MaxPool2d, Conv2d, ReLU, MaxPool2d, Flatten, Linear, ReLU, Linear
    if not isinstance(network, Network) or tuple(map(type, network.layers)) != kinds:
        raise ValueError(f"as_scanner: network is {network!r}, wanted one with the layers of face_net")
    return network.layers


def score_map(network, picture):
    """What the net says of each window of a picture, all at once: the picture goes through its layers a single time.

    network  a net of `face_net`
    picture  (H, W), from 0 to 1, at least 25 x 25
    return   (rows, columns), one number for each window, every 4 pixels: above 0 where it says "a face"
    """
    picture = _as_picture(picture)
    rows, columns = ((side - SIDE) // STRIDE + 1 for side in picture.shape)
    votes = as_scanner(network).forward(local_contrast(picture)[np.newaxis, np.newaxis])[0]
    # The poolings keep partial windows: at an edge, these are windows that stick out of the picture.
    return (votes[1] - votes[0])[:rows, :columns]


def score_map_by_windows(network, picture):
    """The same as `score_map`, window by window: what it saves. Many times slower."""
    picture = _as_picture(picture)
    windows = np.lib.stride_tricks.sliding_window_view(picture, (SIDE, SIDE))[::STRIDE, ::STRIDE]
    return np.array([[face_scores(network, window[np.newaxis])[0] for window in row] for row in windows])


def scan(network, levels):
    """All windows of all sizes.

    network  a net of `face_net`
    levels   of `pyramid`
    return   scores (N,) and boxes (N, 3), level by level and row by row
    """
    scores, boxes = [np.empty(0)], [np.empty((0, 3))]
    for by, picture in levels:
        found = score_map(network, picture)
        rows, columns = np.indices(found.shape).reshape(2, -1) * STRIDE * by
        scores.append(found.ravel())
        boxes.append(np.stack([rows, columns, np.full(found.size, SIDE * by)], axis=1))
    return np.concatenate(scores), np.concatenate(boxes)


def overlap(boxes, box):
    """How much boxes overlap with one: what both cover, as a share of what either covers (intersection over union).

    boxes   (N, 3) of row, column, side
    box     (3,)
    return  (N,), from 0 (apart) to 1 (the same)
    """
    return _overlap(_as_boxes("boxes", boxes), _as_boxes("box", as_vector("box", box, 3)[np.newaxis])[0])


def _overlap(boxes, box):
    corners, corner = boxes[:, :2], box[:2]
    sides, side = boxes[:, 2:], box[2]
    both = np.minimum(corners + sides, corner + side) - np.maximum(corners, corner)
    shared = np.maximum(both, 0).prod(axis=1)
    return shared / (boxes[:, 2] ** 2 + side**2 - shared)


def suppress(scores, boxes, most=SAME, count=None):
    """Of boxes that overlap, the best one only (non-maximum suppression).

    scores  (N,)
    boxes   (N, 3)
    most    boxes that overlap by more than this with a better one that stays go
    count   at most so many stay; None: all
    return  the places of those that stay, the best one first; of equal ones, the first
    """
    scores, boxes = _as_found(scores, boxes)
    most, count = as_share("most", most), None if count is None else as_whole("count", count, minimum=0)
    left = np.argsort(-scores, kind="stable")
    kept = []
    while len(left) and (count is None or len(kept) < count):
        best, left = left[0], left[1:]
        kept.append(int(best))
        left = left[_overlap(boxes[left], boxes[best]) <= most]
    return kept


def totals(scores, boxes, agree=AGREE):
    """How much all windows around each box say together: the sum of the scores of those that overlap with it.

    scores  (N,), of windows that say "a face": above 0
    boxes   (N, 3)
    agree   how much they must overlap
    return  (N,)
    """
    scores, boxes = _as_found(scores, boxes)
    agree = as_share("agree", agree)
    return np.array([scores[_overlap(boxes, box) >= agree].sum() for box in boxes])


def find_faces(network, photograph, threshold=0.0, together=True, shrink=SHRINK):
    """Where a net sees faces.

    network     a net of `face_net`
    photograph  (H, W), from 0 to 1
    threshold   what counts: scores, or totals, above it
    together    whether windows around a place speak together (`totals`), or each for itself
    shrink      as for `pyramid`
    return      scores or totals (K,), the largest first, and boxes (K, 3)
    """
    threshold, together = as_number("threshold", threshold), as_flag("together", together)
    scores, boxes = scan(network, pyramid(photograph, shrink))
    says_face = scores > 0
    scores, boxes = scores[says_face], boxes[says_face]
    if together:
        scores = totals(scores, boxes)
    kept = [at for at in suppress(scores, boxes) if scores[at] > threshold]
    return scores[kept], boxes[kept]


def false_alarms(network, photograph, rng, count=60, most=0.6):
    """Windows of a photograph without faces that the net takes for faces: what it has still to learn.

    network     a net of `face_net`
    photograph  (H, W)
    rng         a numpy.random.Generator: the windows' grid starts a few pixels from the corner, elsewhere each time
    count       at most so many, the worst first
    most        windows that overlap by more with a worse one are left out
    return      (K, 25, 25); there may be none

    From Sung and Poggio, "Example-Based Learning for View-Based Human Face Detection", 1994 and 1998.
    """
    count, rng, levels = as_whole("count", count, minimum=0), as_generator("rng", rng), []
    for by, picture in pyramid(photograph):
        down, right = (int(rng.integers(min(STRIDE, side - SIDE + 1))) for side in picture.shape)
        levels.append((by, picture[down:, right:]))
    scores, boxes = scan(network, levels)
    windows = np.concatenate([np.empty((0, SIDE, SIDE)), *(windows_of(picture) for _, picture in levels)])
    says_face = np.flatnonzero(scores > 0)
    kept = suppress(scores[says_face], boxes[says_face], most, count)
    return windows[says_face[kept]]


def windows_of(picture):
    """All windows of a picture, every 4 pixels, row by row: (N, 25, 25).

    picture  (H, W), at least 25 x 25
    """
    picture = _as_picture(picture)
    windows = np.lib.stride_tricks.sliding_window_view(picture, (SIDE, SIDE))[::STRIDE, ::STRIDE]
    return windows.reshape(-1, SIDE, SIDE)


def precision_recall(totals, is_right, faces):
    """Of what is found above each threshold: how much is right, and how much of what there is, is found.

    totals    (N,), of all that was found, in all photographs; there may be none
    is_right  (N,), whether each is a face; of two boxes on the same face, one only is right
    faces     how many there are
    return    thresholds (K,), each of the totals once, the largest first; precision (K,) and recall (K,), from 0 to 1:
              those of what has that total or more
    """
    totals = as_list("totals", totals)
    is_right, faces = as_flags("is_right", is_right, len(totals)), as_whole("faces", faces, minimum=1)
    if is_right.sum() > faces:
        raise ValueError(
            f"precision_recall: is_right has {is_right.sum()} right ones, wanted no more than {faces} faces"
        )
    order = np.argsort(-totals, kind="stable")
    found = np.arange(1, len(totals) + 1)
    right = is_right[order].cumsum()
    thresholds = totals[order]
    is_last = np.append(thresholds[1:] != thresholds[:-1], True)[: len(totals)]  # of equal totals
    return thresholds[is_last], (right / found)[is_last], (right / faces)[is_last]


def _as_picture(picture):
    picture = as_image("picture", picture)
    check_fits("a window", (SIDE, SIDE), picture.shape, "picture")
    return picture


def _as_found(scores, boxes):
    boxes = _as_boxes("boxes", boxes)
    return as_list("scores", scores, len(boxes)), boxes


def _as_boxes(name, boxes):
    boxes = as_rows(name, boxes, 3)
    as_number(f"the smallest side of {name}", float(min(boxes[:, 2], default=1)), above=0)
    return boxes
