"""Chapter 4, pooling: shrinking the image stack.

A window walks over each map and leaves one number at every stop: the largest under it (max pooling), or
their mean (average pooling). Nothing in it is learned.
"""

from typing import NamedTuple

import numpy as np

from convnet_core.checks import as_flag, as_images, as_size, as_whole
from convnet_core.layers import Layer


def max_pool2d(images, kernel_size=2, stride=None, padding=0, *, ceil_mode=True):
    """Keep the largest number under each window.

    images       (..., H, W): one map, a stack of them, a batch of stacks
    kernel_size  the window: one number for a square, or a pair (height, width)
    stride       how far it moves: one number, or a pair (down, across); None for the window's own size
    padding      empty rows and columns on every side, at most half a window; nothing there ever wins
    ceil_mode    True keeps partial windows at the lower and right edge, as the slides do; False drops them
    return       (..., H', W'), as `pooled_size` counts them

    Works as torch.nn.functional.max_pool2d does, except that PyTorch's default is ceil_mode=False.

    Raises ValueError where no window fits or the padding is too wide. From the slide "Pooling: shrinking
    the image stack".
    """
    images = as_images("images", images)
    sides = _sides(images.shape[-2:], kernel_size, stride, padding, ceil_mode)
    return _largest(_under_each_window_cell(_with_border(images, sides, -np.inf), sides))


def avg_pool2d(images, kernel_size=2, stride=None, padding=0, *, ceil_mode=True, count_include_pad=True):
    """Keep the mean of the numbers under each window.

    count_include_pad  True counts the padding as zeros; False leaves it out of the mean

    What a partial window has beyond the padding never counts. All else is as for `max_pool2d`. Works as
    torch.nn.functional.avg_pool2d does, except that PyTorch's default is ceil_mode=False.

    Raises ValueError where no window fits or the padding is too wide.
    """
    images = as_images("images", images)
    sides = _sides(images.shape[-2:], kernel_size, stride, padding, ceil_mode)
    counts_padding = as_flag("count_include_pad", count_include_pad)
    rows, columns = (_numbers_held(side, counts_padding) for side in sides)
    held = np.outer(rows, columns).astype(images.dtype)
    return sum(_under_each_window_cell(_with_border(images, sides, 0), sides)) / held


def pooled_size(size, kernel_size=2, stride=None, padding=0, *, ceil_mode=True):
    """How many windows there are along one side of a map: the height or the width of the pooled map.

    size, kernel_size  numbers along that side
    stride             how far the window moves; None for its own size
    padding            numbers on each end, at most half a window
    ceil_mode          True counts a partial window too, unless it starts beyond the map

    return  (size + 2 * padding - kernel_size) / stride + 1, rounded up or, without ceil_mode, down

    Raises ValueError where no window fits or the padding is too wide.
    """
    size, kernel_size = as_whole("size", size, minimum=1), as_whole("kernel_size", kernel_size, minimum=1)
    stride = kernel_size if stride is None else as_whole("stride", stride, minimum=1)
    return _side_of(size, kernel_size, stride, as_whole("padding", padding, minimum=0), ceil_mode).stops


class MaxPool2d(Layer):
    """A layer of `max_pool2d`; the arguments are its own.

    Of an error, only the winner of a window gets its share. Where several are equally large, the first one
    in reading order wins, as in PyTorch.
    """

    axes = ("N", "C", "H", "W")

    def __init__(self, kernel_size=2, stride=None, padding=0, *, ceil_mode=True):
        self.kernel_size = as_size("kernel_size", kernel_size, minimum=1)
        self.stride = self.kernel_size if stride is None else as_size("stride", stride, minimum=1)
        self.padding = as_size("padding", padding, minimum=0)
        self.ceil_mode = as_flag("ceil_mode", ceil_mode)
        self._sides, self._cells, self._padded = (), [], None  # of the last batch: the next one mostly has the same

    def forward(self, batch):
        batch = self.check(batch)
        if (batch.shape[-2], batch.shape[-1]) != tuple(side.size for side in self._sides):
            self._sides = self._sides_of(batch.shape[-2:])
            self._cells, self._padded = _cells(self._sides), None
        self._padded = _with_border(batch, self._sides, -np.inf, self._padded)
        pooled = self._padded[self._cells[0]].copy(order="K")
        self._larger = []  # for each other cell of the window: where it is larger than all before it
        for cell in self._cells[1:]:
            values = self._padded[cell]
            self._larger.append(values > pooled)
            np.maximum(pooled, values, out=pooled)
        return pooled

    def to_input(self, gradient):
        """The last cell that was larger than all before it has won: so, from the last cell to the first."""
        is_tiled = all(side.is_tiled for side in self._sides)
        padded = (np.empty_like if is_tiled else np.zeros_like)(self._padded, dtype=gradient.dtype)
        first, *others = (padded[cell] for cell in self._cells)
        left = gradient
        for share, larger in zip(reversed(others), reversed(self._larger), strict=True):
            if is_tiled:
                won = np.multiply(left, larger, out=share)
            else:
                won = left * larger
                share += won  # another window may have given it something
            left = left - won
        np.add(0 if is_tiled else first, left, out=first)
        return padded[..., *_inside(self._sides)]

    def settings(self):
        return {
            "kernel_size": self.kernel_size,
            "stride": None if self.stride == self.kernel_size else self.stride,
            "padding": self.padding,
            "ceil_mode": self.ceil_mode,
        }

    def output_shape(self, shape):
        self.check_sample(shape)
        return (*shape[:-2], *(side.stops for side in self._sides_of(shape[-2:])))

    def walk(self):
        return self.kernel_size, self.stride, self.padding

    def _sides_of(self, shape):
        return _sides(shape, self.kernel_size, self.stride, self.padding, self.ceil_mode)


class _Side(NamedTuple):
    """One side of a map, and the window's walk along it."""

    size: int
    window: int
    stride: int
    padding: int
    stops: int

    @property
    def is_tiled(self):
        """Whether windows and what lies beyond the map for their sake leave no gap, and do not overlap."""
        return self.stride == self.window and self.stops * self.stride >= self.size + 2 * self.padding


def _sides(shape, kernel_size, stride, padding, ceil_mode):
    """The height and the width of maps of `shape` as a `_Side` each."""
    windows = as_size("kernel_size", kernel_size, minimum=1)
    strides = windows if stride is None else as_size("stride", stride, minimum=1)
    paddings = as_size("padding", padding, minimum=0)
    return [_side_of(*each, ceil_mode) for each in zip(shape, windows, strides, paddings, strict=True)]


def _side_of(size, window, stride, padding, ceil_mode):
    as_whole("padding", padding, minimum=0, maximum=window // 2)
    beyond_first = size + 2 * padding - window
    if as_flag("ceil_mode", ceil_mode):
        stops = -(-beyond_first // stride) + 1
        if (stops - 1) * stride >= size + padding:  # the last window would start beyond the map
            stops -= 1
    else:
        stops = beyond_first // stride + 1
    if stops < 1:
        as_whole("kernel_size", window, minimum=1, maximum=size + 2 * padding)
    window = min(window, size + 2 * padding)  # what a larger one has beyond that is no part of the map
    return _Side(size, window, stride, padding, stops)


def _with_border(images, sides, outside, kept=None):
    """The maps with what a window finds beyond them: the number `outside`.

    kept  what this gave for maps of the same size before, to be written over where it can be
    """
    ends = [max(0, (side.stops - 1) * side.stride + side.window - side.size - side.padding) for side in sides]
    border = [(side.padding, end) for side, end in zip(sides, ends, strict=True)]
    if not any(map(any, border)):
        return images
    height, width = (before + side.size + after for side, (before, after) in zip(sides, border, strict=True))
    shape = (*images.shape[:-2], height, width)
    if kept is None or kept.shape != shape or kept.dtype != images.dtype:
        kept = np.empty_like(images, shape=shape)  # in the memory order of the maps
        kept.fill(outside)
    kept[..., *_inside(sides)] = images
    return kept


def _inside(sides):
    """Where the maps lie within their border."""
    return [slice(side.padding, side.padding + side.size) for side in sides]


def _under_each_window_cell(padded, sides):
    """For each cell of the window: what lies under it at all its stops, a view (..., H', W')."""
    return (padded[cell] for cell in _cells(sides))


def _cells(sides):
    """For each cell of the window: where in the padded maps it lies at all its stops. Few, however large the map."""
    down, across = sides
    return [
        (..., _every_stop(row, down), _every_stop(column, across))
        for row in range(down.window)
        for column in range(across.window)
    ]


def _largest(slices):
    pooled = next(slices).copy(order="K")
    for values in slices:
        np.maximum(pooled, values, out=pooled)
    return pooled


def _every_stop(cell, side):
    return slice(cell, cell + side.stops * side.stride, side.stride)


def _numbers_held(side, counts_padding):
    """How many numbers each window holds along a side, (stops,)."""
    first, last = (-side.padding, side.size + side.padding) if counts_padding else (0, side.size)
    starts = np.arange(side.stops) * side.stride - side.padding
    return np.minimum(starts + side.window, last) - np.maximum(starts, first)
