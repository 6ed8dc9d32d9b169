"""What chapter 13 learns from, and how it counts: whitened photographs, pieces of them, and a rule for edges."""

from functools import cache

import numpy as np

from convnet_core.checks import as_generator, as_image, as_images, as_whole, check_fits
from convnet_core.convolution import conv2d
from convnet_core.faces import load_photographs
from convnet_core.pictures import read_only

# Of chapter 12's photographs: what one sees when one walks about. Neither pages of text nor a look through instruments.
OUTDOORS = ("astronaut", "camera", "cat", "rocket", "coffee", "motorcycle", "clock", "brick", "grass", "gravel")
CONTRAST = 0.1**0.5  # the deviation of a whitened photograph
HIGHEST = 0.4  # waves for each pixel, where whitening begins to give up
BORDER = 8  # pixels to each side of a kernel's middle; what it does further out is small
GRID = 64  # frequencies along a side, of which the kernel is made
FLAT = 1e-9


@cache
def whitening_kernel():
    """The kernel that whitens a photograph, (17, 17): its middle against what is around it. Its sum is 0.

    Each wave of a picture is multiplied by its frequency, for in photographs fine waves are weaker by as much, and the
    finest fade, since they are mostly noise (Olshausen and Field, 1996).
    """
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(GRID), np.fft.fftfreq(GRID)))
    whole = np.fft.fftshift(np.fft.ifft2(frequency * np.exp(-((frequency / HIGHEST) ** 4))).real)
    kernel = whole[GRID // 2 - BORDER :, GRID // 2 - BORDER :][: 2 * BORDER + 1, : 2 * BORDER + 1]
    return read_only(kernel - kernel.mean())


def whitened(photograph):
    """A photograph in which coarse and fine are about equally strong: what stays is where something changes.

    photograph  (H, W), larger than 17 x 17
    return      (H - 16, W - 16), its deviation from 0 the root of 0.1; all 0 if the photograph is flat
    """
    photograph = as_image("photograph", photograph)
    check_fits("its border", (2 * BORDER + 2,) * 2, photograph.shape, "photograph")
    white = conv2d(photograph[np.newaxis], whitening_kernel()[np.newaxis, np.newaxis])[0]
    deviation = np.sqrt((white**2).mean())
    return np.zeros_like(white) if deviation < FLAT else white * (CONTRAST / deviation)


@cache
def load_whitened():
    """The photographs in OUTDOORS, whitened: a list of (H, W)."""
    photographs = load_photographs()
    return [whitened(photographs[name]) for name in OUTDOORS]


def crops(pictures, side, count, steps, rng):
    """Pieces of pictures, cut out at random: a generator of batches (count, 1, side, side), one for each step.

    pictures  a list of (H, W), all at least side x side
    """
    rng, side = as_generator("rng", rng), as_whole("side", side, minimum=1)
    pictures = [as_image("pictures", picture) for picture in pictures]
    for picture in pictures:
        check_fits("a piece", (side, side), picture.shape, "pictures")
    for _ in range(as_whole("steps", steps, minimum=0)):
        batch = np.empty((count, 1, side, side))
        for piece in batch[:, 0]:
            picture = pictures[rng.integers(len(pictures))]
            row, column = (rng.integers(room - side + 1) for room in picture.shape)
            piece[...] = picture[row : row + side, column : column + side]
        yield batch


# A filter counts as an edge if a Gabor function, a wave that fades to all sides, explains this share of it.
EDGE = 0.7
TURNS, CENTRES = 16, 5
WAVES = (0.35, 0.6, 0.9, 1.3, 1.8, 2.4)  # over the side of a filter
WIDTHS = (0.12, 0.18, 0.26)  # of the bell across the wave, as a share of the side
LONGER = (1.0, 1.8)  # how much longer the bell is along the wave's crests


def edge_shares(filters):
    """How much like an edge each filter is: the share of it that the best Gabor function explains, from 0 to 1.

    filters  (N, side, side)
    return   (N,); 0 for a filter of zeros

    A Gabor function is a wave under a bell (Daugman, 1985): here one of 14,400, by turn, place, wave and bell, each
    with any phase.
    """
    filters = as_images("filters", filters)
    lists = filters.reshape(len(filters), -1)
    sizes = (lists**2).sum(1)
    even, odd = (gabors @ lists.T for gabors in _gabors(filters.shape[-1]))
    found = (even**2 + odd**2).max(0)
    return np.where(sizes > 0, found / np.where(sizes > 0, sizes, 1), 0)


@cache
def _gabors(side):
    """Two of each, a quarter of a wave apart, orthogonal and of length 1: (M, side * side) and again."""
    middle = (np.arange(side) - (side - 1) / 2) / side
    places = np.linspace(-0.3, 0.3, CENTRES)
    turns = np.arange(TURNS) * np.pi / TURNS
    grid = np.meshgrid(turns, places, places, WAVES, WIDTHS, LONGER, indexing="ij")
    turn, row, column, waves, width, longer = (axis.reshape(-1, 1, 1) for axis in grid)
    down, right = middle[:, np.newaxis] - row, middle - column
    across = np.cos(turn) * right + np.sin(turn) * down
    along = np.cos(turn) * down - np.sin(turn) * right
    bell = np.exp(-((across / width) ** 2 + (along / (width * longer)) ** 2) / 2)
    even, odd = ((bell * wave(2 * np.pi * waves * across)).reshape(len(turn), -1) for wave in (np.cos, np.sin))
    even /= np.linalg.norm(even, axis=1, keepdims=True)
    odd -= (even * odd).sum(1, keepdims=True) * even
    return even, odd / np.linalg.norm(odd, axis=1, keepdims=True)
