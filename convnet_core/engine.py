"""The fast way of large convolutions, behind `Conv2d`: the numbers of `conv2d`, with fewer copies.

The short form spells out every patch, so each pixel is copied once for every cell of the kernel. Here it is copied
once for every column of the kernel only, into memory laid out as (row, column of the kernel, channel, place). What
lies under a whole kernel, along one row of places, is then one piece of memory, and a view of it goes into the product
of matrices. That is the compact lowering of Cho and Brand, "MEC: Memory-efficient Convolution for Deep Neural
Network", 2017. Three more things make it fast. The samples come last in memory, so that every copy and sum is one of
long runs. A few rows are worked on at a time, so that what is between two products still lies in the processor's
cache. And buffers are kept from batch to batch. Where there is much to do, threads share out the rows.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convnet_core.threads import LARGE, share_out

IN_CACHE = 2**19  # bytes that the next line reads again: about the second cache of a core


class RowConvolution:
    """A convolution of stride 1 for batches of one shape: forward, and backward after it.

    batch_shape   (N, C, H, W)
    weight_shape  (F, C, kH, kW), no larger than the padded images
    padding       (above and below, left and right)
    dtype         float64 or float32, of all that goes in and comes out

    `weight`, `bias` and what comes out are those of `conv2d`. In memory, samples come last: what comes out is laid out
    as `gradient` is, (H', F, W', N), and fills `out`, such an array. Without one, each result is a new array.
    """

    def __init__(self, batch_shape, weight_shape, padding, dtype):
        self.made_for = batch_shape, weight_shape, padding, dtype
        samples, channels, height, width = batch_shape
        filters, _, rows, columns = weight_shape
        self._weight_shape, self._padding = weight_shape, padding
        down, across = height + 2 * padding[0] - rows + 1, width + 2 * padding[1] - columns + 1
        self._multiplications = samples * math.prod(weight_shape) * down * across
        self._rows_at_a_time = max(1, IN_CACHE // (columns * channels * across * samples * np.dtype(dtype).itemsize))
        self._columns = list(_columns_that_meet(width, across, columns, padding[1]))

        self._turned = np.empty((height, channels, width, samples), dtype)
        self._pixels = np.zeros((height + 2 * padding[0], columns, channels, across, samples), dtype)
        self._under_kernel = _rows_together(self._pixels, down, rows)  # (H', kH * kW * C, W' * N)

        rim = max(0, rows - 1 - padding[0])  # rows of zeros above and below
        rimmed = np.zeros((down + 2 * rim, filters, across, samples), dtype)
        self.gradient = rimmed[rim : rim + down]
        reached = rimmed[max(0, padding[0] - rows + 1) :]
        self._under_flipped = _rows_together(reached, height, rows)  # (H, kH * F, W' * N)
        self._to_weight = np.empty((down, filters, rows * columns * channels), dtype)  # of each row of the maps
        self._to_bias = np.empty((down, filters), dtype)

    def __reduce__(self):
        """Copied and pickled as what was laid out last: the views have to see the copy's own buffers."""
        return RowConvolution, self.made_for, self._pixels

    def __setstate__(self, pixels):
        self._pixels[...] = pixels

    def forward(self, batch, weight, bias, out=None):
        """(N, C, H, W) to (N, F, H', W')."""
        out = np.empty_like(self.gradient) if out is None else out
        self._share_out(len(self._turned), lambda rows: self._lay_out(_samples_last(batch), rows))
        kernels = weight.transpose(0, 2, 3, 1).reshape(len(weight), -1)
        maps = out.reshape(*self._to_bias.shape, -1)
        bias = bias[:, np.newaxis]

        def match(rows):
            np.matmul(kernels, self._under_kernel[rows], out=maps[rows])
            maps[rows] += bias

        self._share_out(len(maps), match)
        return _samples_first(out)

    def lay_out_gradient(self, gradient):
        """Before `note` and `to_input`: how the error changes with each number that came out, (N, F, H', W')."""
        turned = _samples_last(gradient)

        def copy(rows):
            self.gradient[rows] = turned[rows]

        self._share_out(len(turned), copy)

    def note(self, to_weight, to_bias):
        """How the error changes with the weights and with the biases, written into two arrays of their shapes."""

        def sum_places(rows):
            of_rows = self.gradient[rows].reshape(-1, len(to_bias), self._under_kernel.shape[2])
            np.matmul(of_rows, self._under_kernel[rows].transpose(0, 2, 1), out=self._to_weight[rows])
            np.add.reduce(of_rows, axis=2, out=self._to_bias[rows])

        self._share_out(len(self.gradient), sum_places)
        filters, channels, *kernel = self._weight_shape
        by_kernel = np.add.reduce(self._to_weight, axis=0).reshape(filters, *kernel, channels)
        to_weight[...] = by_kernel.transpose(0, 3, 1, 2)
        np.add.reduce(self._to_bias, axis=0, out=to_bias)

    def to_input(self, weight, out=None):
        """How the error changes with each pixel, (N, C, H, W): what the flipped kernels gather from all maps."""
        height, channels, _, samples = self._turned.shape
        columns = self._weight_shape[3]
        flipped = weight[:, :, ::-1].transpose(3, 1, 2, 0).reshape(columns * channels, -1)
        pixels = np.empty_like(self._turned) if out is None else out

        def gather(rows):
            shares = (flipped @ self._under_flipped[rows]).reshape(
                -1, columns, channels, self._pixels.shape[3], samples
            )
            pixels[rows] = 0
            for column, places, under in self._columns:
                pixels[rows, :, under] += shares[:, column, :, places]

        self._share_out(height, gather)
        return _samples_first(pixels)

    def _lay_out(self, turned, rows):
        """Copy rows of the batch (H, C, W, N) to all places of `_pixels` where a column of a kernel meets them."""
        if not turned.flags.c_contiguous:
            self._turned[rows] = turned[rows]
            turned = self._turned
        below = slice(rows.start + self._padding[0], rows.stop + self._padding[0])
        for column, places, under in self._columns:
            self._pixels[below, column, :, places] = turned[rows, :, under]

    def _share_out(self, count, work):
        """Do `work` to slices of `count` rows, few enough for the cache."""
        if count <= self._rows_at_a_time and self._multiplications < LARGE:
            work(slice(0, count))
            return

        def in_steps(start, stop):
            for first in range(start, stop, self._rows_at_a_time):
                work(slice(first, min(first + self._rows_at_a_time, stop)))

        share_out(in_steps, count, self._multiplications)


def _samples_last(batch):
    """(N, C, H, W) as (H, C, W, N), a view."""
    return batch.transpose(2, 1, 3, 0)


def _samples_first(turned):
    """(H, C, W, N) as (N, C, H, W), a view."""
    return turned.transpose(3, 1, 0, 2)


def _rows_together(array, count, rows):
    """A view of an array (H, ..., W, N): for each of `count` rows, it and those below it, `rows` in all, as a matrix.

    return  (count, rows * ..., W * N)
    """
    height, width = math.prod(array.shape[1:-2]), math.prod(array.shape[-2:])
    step = array.itemsize * width
    return as_strided(array, (count, rows * height, width), (height * step, step, array.itemsize))


def _columns_that_meet(width, across, columns, padding):
    """For each column of a kernel: (column, the places where it lies on the image, the image's columns under it)."""
    for column in range(columns):
        first, last = max(0, padding - column), min(across, width + padding - column)
        yield (
            column,
            slice(first, max(first, last)),
            slice(first + column - padding, max(first, last) + column - padding),
        )
