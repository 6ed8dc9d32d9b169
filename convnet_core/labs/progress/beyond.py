"""Own problems for the chapters from 10 on, by the book's own functions. beyond.js makes the same."""

from __future__ import annotations

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.game import targets_of
from convnet_core.labs.progress.draw import Draw, Made, fraction, written
from convnet_core.scanning import overlap as overlaps
from convnet_core.sequences import LSTM, Gates


def cell(draw: Draw) -> Made:
    """What a cell of an LSTM holds after a step."""
    held, candidate = draw.pick([-4, -3, -2, 2, 3, 4]), draw.pick([-1, -0.5, 0.5, 1])
    keep, write = draw.whole(1, 9) / 10, draw.whole(1, 9) / 10

    def after(kept, let_in):
        return written(LSTM.carry(Gates([let_in], [kept], [candidate], [1.0]), [held])[1][0])

    slips = {
        "all-kept": after(1.0, write),
        "all-written": after(keep, 1.0),
        "gates-swapped": after(write, keep),
        "old-lost": after(0.0, write),
    }
    return Made({}, after(keep, write), slips)


def learned(draw: Draw) -> Made:
    """How many numbers two convolution layers learn."""
    first, second, side = draw.whole(2, 9), draw.whole(2, 9), draw.pick([3, 5, 7])
    rng = np.random.default_rng(0)
    layers = Conv2d(1, first, side, rng=rng), Conv2d(first, second, side, rng=rng)
    sizes = [parameter.value.size for layer in layers for parameter in layer.parameters().values()]
    window = side * side
    slips = {
        "no-bias": written(sum(sizes) - first - second),
        "one-map": written((first + second) * (window + 1)),
        "bias-each": written(first * (window + 1) + second * first * (window + 1)),
        "second-only": written(sum(sizes[2:])),
    }
    return Made({}, written(sum(sizes)), slips)


def overlap(draw: Draw) -> Made:
    """What two boxes both cover, as a share of what either covers."""
    one, other = ([draw.whole(0, 4), draw.whole(0, 4), draw.whole(3, 4)] for _ in range(2))
    cells = np.zeros((8, 8))
    for mark, (row, column, side) in enumerate((one, other), start=1):
        cells[row : row + side, column : column + side] += mark
    both, either = (cells == 3).sum(), (cells > 0).sum()
    slips = {
        "of-one": fraction(both, one[2] ** 2),
        "counted-twice": fraction(both, one[2] ** 2 + other[2] ** 2),
        "of-picture": fraction(both, cells.size),
        "only-counted": written(both),
    }
    share = overlaps([other], one)[0]
    return Made({"boxes": cells}, fraction(round(share * either), int(either)), slips)


def contrast(draw: Draw) -> Made:
    """A weight after one step of learning from what is shown, minus what is drawn."""
    shown, drawn = draw.whole(1, 9), draw.whole(1, 9)
    weight, rate = draw.whole(-4, 4) / 2, draw.pick([0.5, 1, 2])
    slips = {
        "turned": written(weight - rate * (shown - drawn) / 10),
        "shown-only": written(weight + rate * shown / 10),
        "not-divided": written(weight + rate * (shown - drawn)),
        "change-only": written(rate * (shown - drawn) / 10),
    }
    return Made({}, written(weight + rate * (shown - drawn) / 10), slips)


def target(draw: Draw) -> Made:
    """What an action should have been worth."""
    points = draw.pick([-1, 0, 1])
    following = np.array([draw.whole(-4, 6) / 2 for _ in range(3)])
    discount = draw.pick([0.5, 0.8, 0.9])
    slips = {
        "no-discount": written(points + following.max()),
        "points-only": written(points),
        "all-added": written(points + discount * following.sum()),
        "points-too": written(discount * (points + following.max())),
        "worst": written(points + discount * following.min()),
    }
    right = targets_of([points], following[np.newaxis], [False], discount)[0]
    return Made({}, written(right), slips)


def frames(draw: Draw) -> Made:
    """How much likelier one word is than another by two frames that err apart."""
    tenths = []
    for _ in range(2):
        knife = draw.whole(1, 8)
        tenths.append([knife, draw.whole(1, 9 - knife)])
    knife, spoon = (int(product) for product in np.prod(tenths, axis=0))
    said = np.array(tenths) / 10
    likely = np.exp(np.log(said).sum(axis=0))  # as `watching.summed` adds up logs
    slips = {
        "added": fraction(tenths[0][1] + tenths[1][1], tenths[0][0] + tenths[1][0]),
        "turned": fraction(knife, spoon),
        "spoon-only": fraction(round(likely[1] * 100), 100),
        "first-only": fraction(tenths[0][1], tenths[0][0]),
        "last-only": fraction(tenths[1][1], tenths[1][0]),
    }
    return Made({"frames": said}, fraction(round(likely[1] / likely[0] * knife), knife), slips)
