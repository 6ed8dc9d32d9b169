"""Photographs at other sizes, and turned: new pixels that are means of old ones."""

import numpy as np

from convnet_core.checks import as_image, as_images, as_number, as_vector, as_whole, check_range


def averaged(image, height, width):
    """The picture at another size: each new pixel is the mean of what it covers.

    image   (H, W)
    return  (height, width)
    """
    image = as_image("image", image)
    height, width = as_whole("height", height, minimum=1), as_whole("width", width, minimum=1)
    return _shares(height, image.shape[0]) @ image @ _shares(width, image.shape[1]).T


def _shares(count, cells):
    """How much of each of `cells` lies in each of `count` parts of the same length: (count, cells), rows sum to 1."""
    edges = np.arange(count + 1)[:, np.newaxis] * cells / count
    places = np.arange(cells)
    shared = np.minimum(edges[1:], places + 1) - np.maximum(edges[:-1], places)
    return np.maximum(shared, 0) * count / cells


def between(images, rows, columns):
    """Pixels at places between four others: their mean, the nearer the heavier (bilinear interpolation).

    images         (..., H, W)
    rows, columns  (..., h, w): for each image, places from 0 to H - 1 and from 0 to W - 1
    return         (..., h, w)
    """
    images, rows, columns = as_images("images", images), as_images("rows", rows), as_images("columns", columns)
    height, width = images.shape[-2:]
    if not rows.shape[:-2] == columns.shape[:-2] == images.shape[:-2] or rows.shape != columns.shape:
        raise ValueError(f"between: rows is {rows.shape}, columns {columns.shape}, for images of {images.shape}")
    check_range("rows", rows, 0, height - 1)
    check_range("columns", columns, 0, width - 1)
    top, below = _whole_and_rest(rows, height)
    left, beside = _whole_and_rest(columns, width)
    under, after = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    which = tuple(axis[..., np.newaxis, np.newaxis] for axis in np.indices(images.shape[:-2]))
    upper, lower = (
        images[(*which, row, left)] * (1 - beside) + images[(*which, row, after)] * beside for row in (top, under)
    )
    return upper * (1 - below) + lower * below


def _whole_and_rest(places, length):
    whole = np.clip(places.astype(int), 0, max(0, length - 2))
    return whole, places - whole


def turned(image, degrees, middle=None):
    """The picture turned clockwise, of the same size; what comes from beyond its edge is the edge.

    image    (H, W)
    degrees  to the left below 0
    middle   (row, column) about which it turns; None: the middle of the picture
    return   (H, W)
    """
    image, angle = as_image("image", image), np.radians(as_number("degrees", degrees))
    ends = np.array(image.shape) - 1
    middle = ends / 2 if middle is None else as_vector("middle", middle, 2)
    down, right = (places - half for places, half in zip(np.indices(image.shape), middle, strict=True))
    from_row = np.cos(angle) * down - np.sin(angle) * right + middle[0]
    from_column = np.cos(angle) * right + np.sin(angle) * down + middle[1]
    return between(image, np.clip(from_row, 0, ends[0]), np.clip(from_column, 0, ends[1]))
