"""Chapter 15's clips: a small kitchen of pixels, in which two hands hold things.

A clip is drawn in two steps. `random_clip` chooses how all looks and where it moves, `drawn` makes pictures of that. So
the page, which does the same in JavaScript, can be asked for the same picture.
"""

from dataclasses import dataclass, replace

import numpy as np

from convnet_core.checks import (
    as_array,
    as_at_least,
    as_choice,
    as_generator,
    as_kind,
    as_matrix,
    as_number,
    as_share,
    as_whole,
    as_words,
    check_axes,
)

THINGS = ("knife", "spoon", "jug", "cup", "bowl", "bread", "lemon", "nothing")
GRASPS = ("power", "precision", "flat", "rest")
# A hand that holds nothing rests, and only such a one: 22 ways to hold, (grasp, thing) each.
HOLDS = (*((grasp, thing) for thing in THINGS[:-1] for grasp in GRASPS[:-1]), ("rest", "nothing"))
HEIGHT, WIDTH, FRAMES = 24, 32, 8
CROP = 12  # pixels: the side of the square around a hand that a network looks at
HANDS = 2  # the left one first
MIDDLES = (8.0, 23.5)  # the column around which each hand moves
MIDDLE_ROW = 12.0
# How hard a clip is to see: the deviation of the noise in each pixel, and which share of a crop something covers.
LEVELS = ((0.03, 0.0), (0.08, 0.04), (0.12, 0.08), (0.17, 0.14), (0.22, 0.20), (0.30, 0.30))
VARIETY = 0.7  # how far apart two knives, or two fists, are: 0 is always the same


@dataclass(frozen=True)
class Hand:
    """How a hand and its thing look in a clip, and where they are in each of its F frames. Lengths are in pixels.

    grasp, thing     the words
    column, row      (F,), the middle of the hand
    tilt             (F,), radians
    size, thickness  1 is as designed
    offset           (2,), where in the hand the thing sits: to the right, down
    greys            (3,), of the thing, of the hand, and of what covers them
    cover_angle, cover_place    radians, and (F,): a bar that drifts across, and how far it is from the middle
    crop_row, crop_column    (F,), whole numbers: where the crop around the hand begins
    """

    grasp: str
    thing: str
    column: np.ndarray
    row: np.ndarray
    tilt: np.ndarray
    size: float
    thickness: float
    offset: np.ndarray
    greys: np.ndarray
    cover_angle: float
    cover_place: np.ndarray
    crop_row: np.ndarray
    crop_column: np.ndarray


@dataclass(frozen=True)
class Clip:
    """Two hands before a wall.

    left, right  a Hand each
    wall         (3,): its grey, and how much it changes down and across the picture
    """

    left: Hand
    right: Hand
    wall: np.ndarray

    @property
    def holds(self):
        """What the hands do in truth: ((grasp, thing), (grasp, thing)), the left one first."""
        return tuple((hand.grasp, hand.thing) for hand in (self.left, self.right))


def random_clip(left, right, rng, frames=FRAMES, variety=VARIETY, jitter=0.7):
    """How a clip looks in which two hands hold what they are told to.

    left, right  (grasp, thing), one of HOLDS each
    rng          a numpy.random.Generator
    frames       how many pictures
    variety      how far sizes, tilts and places differ from clip to clip
    jitter       pixels: how far off the middle of the hand a crop is, for a tracker errs
    return       a Clip
    """
    holds = as_hold("random_clip: left", left), as_hold("random_clip: right", right)
    rng, frames = as_generator("rng", rng), as_whole("frames", frames, minimum=1)
    variety, jitter = as_at_least("variety", variety, 0), as_at_least("jitter", jitter, 0)
    wall = np.array([_between(rng, 0.1, 0.3), _between(rng, -0.1, 0.1), _between(rng, -0.07, 0.07)])
    hands = (
        _random_hand(hold, middle, rng, frames, variety, jitter) for hold, middle in zip(holds, MIDDLES, strict=True)
    )
    return Clip(*hands, wall)


def _random_hand(hold, middle, rng, frames, variety, jitter):
    time = np.linspace(0, 1, frames)
    column = middle + _between(rng, -1, 1) + _between(rng, -1.7, 1.7) * _sway(rng, time)
    row = MIDDLE_ROW + _between(rng, -1.4, 1.4) + _sway(rng, time)
    tilt = variety * _between(rng, -0.4, 0.4) + 0.1 * _sway(rng, time)
    size = 1 + variety * _between(rng, -0.2, 0.15)
    thickness = 1 + variety * _between(rng, -0.25, 0.25)
    offset = np.array([variety * _between(rng, -0.85, 0.85) for _ in range(2)])
    greys = np.array([_between(rng, 0.65, 1), _between(rng, 0.4, 0.6), _between(rng, 0.2, 0.8)])
    angle, place, drift = _between(rng, 0, np.pi), _between(rng, -4, 4), _between(rng, -3, 3)
    top, left = (_crop_start(middles, jitter, rng, room) for middles, room in ((row, HEIGHT), (column, WIDTH)))
    return Hand(
        *hold, column, row, tilt, size, thickness, offset, greys, angle, place + drift * (time - 0.5), top, left
    )


def _between(rng, low, high):
    return low + (high - low) * rng.random()


def _sway(rng, time):
    """To and fro between -1 and 1, in half a wave to one and a half."""
    return np.sin(2 * np.pi * (time * _between(rng, 0.5, 1.5) + rng.random()))


def _crop_start(middles, jitter, rng, room):
    return _start(middles + np.array([_between(rng, -1.7, 1.7) * jitter for _ in middles]), room)


def _start(middles, room):
    """Where a crop around these begins; it stays within the picture."""
    return np.clip(np.floor(middles - CROP / 2 + 1), 0, room - CROP).astype(int)


def moved(clip, columns, rows):
    """The clip with its hands where they are told to be. Crops follow them, and never err.

    clip     a Clip of F frames
    columns  (2, F), pixels: the middle of the left hand and of the right one
    rows     (2, F)
    """
    shape = (HANDS, len(as_kind("clip", clip, Clip).left.row))
    columns, rows = as_matrix("columns", columns, shape=shape), as_matrix("rows", rows, shape=shape)
    left, right = (
        replace(hand, column=column, row=row, crop_row=_start(row, HEIGHT), crop_column=_start(column, WIDTH))
        for hand, column, row in zip((clip.left, clip.right), columns, rows, strict=True)
    )
    return replace(clip, left=left, right=right)


def noise_of(rng, frames=FRAMES):
    """Noise for a clip, (frames, 24, 32): normal, of deviation 1, by the way of Box and Muller."""
    rng = as_generator("rng", rng)
    first, second = rng.random((2, as_whole("frames", frames, minimum=1), HEIGHT, WIDTH))
    return np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second)


def drawn(clip, cover=0.0, noise=0.0, light=0.0, contrast=1.0):
    """A clip's pictures: the wall, in front of it each thing, over it the hand, and before all what covers it.

    clip      a Clip
    cover     the width of the bar before each hand, as a share of a crop, from 0 to below 1
    noise     (F, 24, 32), or one number: what is added to each pixel
    light     is added to all of it
    contrast  how far pixels are from the middle grey, 0.5, as a multiple
    return    (F, 24, 32): 0 is black, 1 white, but noise goes beyond
    """
    clip, cover, noise = as_kind("clip", clip, Clip), as_share("cover", cover), as_array("noise", noise)
    light, contrast = as_number("light", light), as_number("contrast", contrast)
    if noise.ndim:
        check_axes("noise", noise.shape, (len(clip.left.row), HEIGHT, WIDTH))
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.0
    grey, down, across = clip.wall
    wall = grey + down * (rows - HEIGHT / 2) / HEIGHT + across * (columns - WIDTH / 2) / WIDTH
    pictures = np.repeat(wall[np.newaxis], len(clip.left.row), axis=0)
    for hand, mirror in ((clip.left, -1), (clip.right, 1)):
        pictures = _with_hand(pictures, hand, mirror, rows, columns)
    for hand, middle in zip((clip.left, clip.right), MIDDLES, strict=True):
        pictures = _with_cover(pictures, hand, middle, cover * CROP, rows, columns)
    return 0.5 + contrast * (pictures - 0.5) + light + noise


def _with_hand(pictures, hand, mirror, rows, columns):
    """The left hand is the mirror of the right."""
    right = (columns - hand.column[:, np.newaxis, np.newaxis]) * mirror
    down = rows - hand.row[:, np.newaxis, np.newaxis]
    cosine, sine = (turn(hand.tilt)[:, np.newaxis, np.newaxis] for turn in (np.cos, np.sin))
    u, v = (cosine * right + sine * down) / hand.size, (cosine * down - sine * right) / hand.size
    thing_grey, hand_grey, _ = hand.greys
    if hand.thing != "nothing":
        away = SHAPES[hand.thing](u - hand.offset[0], v - hand.offset[1], hand.thickness)
        pictures = _painted(pictures, away * hand.size, thing_grey)
    return _painted(pictures, SHAPES[hand.grasp](u, v, 1.0) * hand.size, _knuckles(hand.grasp, v) * hand_grey)


def _with_cover(pictures, hand, middle, width, rows, columns):
    if width == 0:
        return pictures
    along = (columns - middle) * np.cos(hand.cover_angle) + (rows - MIDDLE_ROW) * np.sin(hand.cover_angle)
    away = np.abs(along - hand.cover_place[:, np.newaxis, np.newaxis]) - width / 2
    is_its_half = (columns < WIDTH / 2) == (middle < WIDTH / 2)
    return np.where(is_its_half, _painted(pictures, away, hand.greys[2]), pictures)


def _painted(pictures, away, grey):
    """Grey where a shape is: `away` is how far each pixel is outside it, and half a pixel to each side is its edge."""
    ink = np.clip(0.5 - away, 0, 1)
    return pictures * (1 - ink) + ink * grey


def crops_of(pictures, clip):
    """The squares around both hands: what the networks see.

    pictures  (F, 24, 32), as `drawn` makes them of the clip
    return    (F, 2, 12, 12), the left hand first and turned into a right one, by a mirror
    """
    pictures, clip = as_array("pictures", pictures), as_kind("clip", clip, Clip)
    check_axes("pictures", pictures.shape, (len(clip.left.row), HEIGHT, WIDTH))
    cut = np.empty((len(pictures), HANDS, CROP, CROP))
    for frame, picture in enumerate(pictures):
        for side, hand in enumerate((clip.left, clip.right)):
            top, left = hand.crop_row[frame], hand.crop_column[frame]
            crop = picture[top : top + CROP, left : left + CROP]
            cut[frame, side] = crop[:, ::-1] if side == 0 else crop
    return cut


def as_hold(name, value):
    """A check, as those of checks.py: (grasp, thing), one of HOLDS. `name` begins with who asks: "moved: left"."""
    hold = as_words(name, value, GRASPS, THINGS)
    as_choice(name, " ".join(hold), tuple(map(" ".join, HOLDS)))
    return hold


# Shapes. Each says how far a place (u to the right, v down, from the middle of the hand) is outside it, in pixels, and
# below 0 inside; k is how thick it is.


def _box(u, v, middle, down, half_width, half_height):
    return np.maximum(np.abs(u - middle) - half_width, np.abs(v - down) - half_height)


def _ellipse(u, v, middle, down, half_width, half_height):
    far = np.sqrt(((u - middle) / half_width) ** 2 + ((v - down) / half_height) ** 2)
    return (far - 1) * np.minimum(half_width, half_height)


def _line(u, v, start, end, radius):
    """A thick line with round ends, from `start` to `end`, (u, v) each."""
    across, along = end[0] - start[0], end[1] - start[1]
    at = np.clip(((u - start[0]) * across + (v - start[1]) * along) / (across**2 + along**2), 0, 1)
    return np.hypot(u - start[0] - at * across, v - start[1] - at * along) - radius


def _ring(u, v, middle, down, radius, half_width):
    return np.abs(np.hypot(u - middle, v - down) - radius) - half_width


def _all_of(*shapes):
    return np.minimum.reduce(np.broadcast_arrays(*shapes))


SHAPES = {
    "knife": lambda u, v, k: _all_of(
        _line(u, v, (0.4, -5.2), (0.2, -1), 0.55 * k + 0.25), _box(u, v, 0, 1.5, 0.8 * k, 2.5)
    ),
    "spoon": lambda u, v, k: _all_of(_ellipse(u, v, 0, -3.4, 1.5 * k, 1.9 * k), _box(u, v, 0, 1, 0.5 * k, 3.2)),
    "jug": lambda u, v, k: _all_of(
        _box(u, v, -0.4, -0.4, 1.9 * k, 3.9),
        _line(u, v, (-2, -3.9), (-3.6, -4.6), 0.5),
        _ring(u, v, 2.2, -0.6, 1.7, 0.45 * k),
    ),
    "cup": lambda u, v, k: _all_of(_box(u, v, -0.3, -0.2, 2 * k, 2.2), _ring(u, v, 2.1, -0.4, 1.3, 0.45 * k)),
    "bowl": lambda u, v, k: np.maximum(_ellipse(u, v, 0, -1.2, 4.4, 3.9 * k), -(v + 1.2)),
    "bread": lambda u, v, k: _all_of(_box(u, v, 0, 0.3, 3.1, 1.9 * k), _ellipse(u, v, 0, -1.3, 3.4, 1.7 * k)),
    "lemon": lambda u, v, k: _all_of(
        _ellipse(u, v, 0, -0.2, 3.2 * k, 2.3 * k), _line(u, v, (-3.9, -0.2), (3.9, -0.2), 0.45)
    ),
    # A fist over the middle of the thing, and its arm.
    "power": lambda u, v, k: _all_of(_box(u, v, 0, 1.6, 2.8, 1.5), _box(u, v, 0.5, 5, 1.4, 2.2)),
    # Two fingers.
    "precision": lambda u, v, k: _all_of(
        _line(u, v, (-2.6, 6), (-0.8, 1.2), 0.55), _line(u, v, (2.4, 6), (0.8, 1.2), 0.55)
    ),
    # A flat hand below it.
    "flat": lambda u, v, k: _all_of(_line(u, v, (-4.6, 3.7), (4.6, 3.7), 0.7), _line(u, v, (0, 4), (0.6, 7), 1.3)),
    # A hand and three fingers.
    "rest": lambda u, v, k: _all_of(
        _box(u, v, 0, 4.2, 1.7, 1.6),
        _line(u, v, (-1.3, 4), (-1.6, 1), 0.4),
        _line(u, v, (0, 4), (0, 0.4), 0.4),
        _line(u, v, (1.3, 4), (1.7, 1.2), 0.4),
    ),
}


def _knuckles(grasp, v):
    """A fist is darker between its fingers."""
    return 1 - 0.25 * (np.abs((v + 0.9) % 1.7 - 0.85) < 0.25) if grasp == "power" else 1.0
