"""Chapter 3, convolution: trying every possible match.

What networks call convolution slides a kernel over the image as it stands. Mathematicians call that
cross-correlation; their convolution turns the kernel through half a turn first, as `flip` does.
"""

import numpy as np

from convnet_core import engine
from convnet_core.checks import (
    as_filters,
    as_generator,
    as_image,
    as_images,
    as_size,
    as_stack_or_batch,
    as_vector,
    as_whole,
    check_fits,
    without_overflow,
)
from convnet_core.layers import Layer, dtype_setting, uniform_parameter
from convnet_core.pictures import read_only

ENGINES = 2  # sizes of batch whose buffers a layer keeps: those it learns from, and those it is asked about


def convolve_loops(image, kernel):
    """Lay the kernel on every place of the image, and add up the products there. Slow, and plain to read.

    image   (H, W)
    kernel  (kH, kW), no larger than the image
    return  (H - kH + 1, W - kW + 1), the sums, not divided by anything

    Raises ValueError if the kernel is larger than the image.
    """
    image, kernel = as_image("image", image), as_image("kernel", kernel)
    check_fits("kernel", kernel.shape, image.shape)
    height = image.shape[0] - kernel.shape[0] + 1
    width = image.shape[1] - kernel.shape[1] + 1
    return without_overflow("image and kernel", lambda: _loops(image, kernel, height, width))


def _loops(image, kernel, height, width):
    sums = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            for down in range(kernel.shape[0]):
                for across in range(kernel.shape[1]):
                    sums[row, column] += image[row + down, column + across] * kernel[down, across]
    return sums


def feature_map(image, feature):
    """The match of a feature with every patch of an image, as the slides count it.

    image    (H, W)
    feature  (kH, kW), no larger than the image
    return   (H - kH + 1, W - kW + 1); with pixels of 1 and -1, values from -1 to 1

    The same as conv2d with the feature divided by its number of pixels. Here the sum is divided
    instead: sums of whole numbers are exact, so a perfect match is exactly 1.

    Raises ValueError if the feature is larger than the image.
    """
    image, feature = as_image("image", image), as_image("feature", feature)
    check_fits("feature", feature.shape, image.shape)
    return conv2d(image[np.newaxis], feature[np.newaxis, np.newaxis])[0] / feature.size


def conv2d(images, weight, bias=None, *, stride=1, padding=0):
    """Slide every filter over every image and add up the products (cross-correlation, no flip).

    images   (N, C, H, W), or (C, H, W) for one stack without the batch
    weight   (F, C, kH, kW), one stack of kernels for each of F filters
    bias     (F,), added to every cell of that filter's map
    stride   how many pixels the filter moves at a time: one number, or a pair (down, across)
    padding  how many zeros go around the image: one number, or a pair (above and below, left and right)
    return   (N, F, H', W'), or (F, H', W'), with H' = (H + 2 * padding - kH) // stride + 1

    float64, or float32 where all that goes in is float32. Works as torch.nn.functional.conv2d does.

    Raises ValueError where shapes do not fit or the filter is larger than the padded image.
    """
    images = as_stack_or_batch("images", images)
    weight = as_filters("weight", weight, channels=images.shape[-3])
    stride, padding = as_size("stride", stride, minimum=1), as_size("padding", padding, minimum=0)
    bordered = _samples_last(images if images.ndim == 4 else images[np.newaxis], padding)
    check_fits("weight", weight.shape[2:], bordered.shape[1:3], "padded image")

    bias = None if bias is None else as_vector("bias", bias, len(weight))
    columns = _patch_columns(bordered, weight.shape[2:], stride)
    maps = without_overflow("images and weight", lambda: _match_all(columns, weight, bias))
    return maps if images.ndim == 4 else maps[0]


def output_size(size, kernel_size, stride=1, padding=0):
    """How many places a kernel finds along one side of an image: the height or the width of the map.

    size, kernel_size  pixels along that side
    stride, padding    pixels; the padding goes on both ends
    return             (size + 2 * padding - kernel_size) // stride + 1

    Raises ValueError if the kernel is longer than the padded side.
    """
    size = as_whole("size", size, minimum=1)
    stride, padding = as_whole("stride", stride, minimum=1), as_whole("padding", padding, minimum=0)
    room = size + 2 * padding
    kernel_size = as_whole("kernel_size", kernel_size, minimum=1, maximum=room)
    return (room - kernel_size) // stride + 1


def zero_pad(images, padding):
    """Put zeros around each image, so that a map can be as large as the image it comes from.

    images   (..., H, W)
    padding  one number, or a pair (above and below, left and right)
    return   (..., H + 2 * padding, W + 2 * padding); without padding, the images themselves

    Raises ValueError on a padding that is negative or not whole.
    """
    images = as_images("images", images)
    rows, columns = as_size("padding", padding, minimum=0)
    if rows == columns == 0:
        return images
    return np.pad(images, [(0, 0)] * (images.ndim - 2) + [(rows, rows), (columns, columns)])


def flip(kernel):
    """The kernel after half a turn. Sliding the flipped kernel is convolution as mathematicians define it.

    kernel  (..., kH, kW), so a filter bank can be flipped in one go
    return  the same shape, a copy
    """
    return as_images("kernel", kernel)[..., ::-1, ::-1].copy()


def _samples_last(images, padding):
    """Images (N, C, H, W) in their border of zeros, as (C, H, W, N): what is done to all samples is quickest so."""
    samples_last = images.transpose(1, 2, 3, 0)
    if not any(padding):
        return np.ascontiguousarray(samples_last)
    rows, columns = padding
    channels, height, width, samples = samples_last.shape
    bordered = np.zeros((channels, height + 2 * rows, width + 2 * columns, samples), dtype=images.dtype)
    bordered[:, rows : rows + height, columns : columns + width] = samples_last
    return bordered


def _under_each_kernel_cell(images, kernel_shape, stride):
    """For each cell of a kernel, all the pixels it lies on: ((down, across), a view (C, H', W', N)).

    images        (C, H, W, N)
    kernel_shape  (kH, kW)
    stride        (down, across)

    The loop runs over the few cells of the kernel, never over pixels.
    """
    rows, columns = (
        [slice(cell, size - length + cell + 1, step) for cell in range(length)]
        for size, length, step in zip(images.shape[1:3], kernel_shape, stride, strict=True)
    )
    for down, at_rows in enumerate(rows):
        for across, at_columns in enumerate(columns):
            yield (down, across), images[:, at_rows, at_columns]


def _patch_columns(images, kernel_shape, stride):
    """Every patch of the images, spelled out as a column, so that one matrix product does all the matches.

    images  (C, H, W, N), padded
    return  (C, kH, kW, H', W', N): the first three axes make a column, the last three count the patches
    """
    columns = None
    for cell, pixels in _under_each_kernel_cell(images, kernel_shape, stride):
        if columns is None:
            channels, *places = pixels.shape
            columns = np.empty((channels, *kernel_shape, *places), dtype=images.dtype)
        columns[:, *cell] = pixels
    return columns


def _by_filter(maps):
    """Maps (N, F, H', W') as one row of numbers for each filter, in the order of the columns."""
    return maps.transpose(1, 2, 3, 0).reshape(maps.shape[1], -1)


def _match_all(columns, weight, bias):
    """The sum of products of every filter with every patch, and the filter's bias: (N, F, H', W')."""
    places = columns.shape[3:]
    sums = weight.reshape(len(weight), -1) @ columns.reshape(-1, np.prod(places))
    if bias is not None:
        sums = sums + bias[:, np.newaxis]
    return sums.reshape(len(weight), *places).transpose(3, 0, 1, 2)


class Conv2d(Layer):
    """A convolution layer that can learn: `conv2d` with filters and biases of its own.

    in_channels   maps that go in
    out_channels  filters, and so maps that come out
    kernel_size   one number, or a pair (height, width)
    stride, padding  as for `conv2d`
    dtype         np.float64, or np.float32 for a layer that counts in 32 bits whatever it is handed
    rng           a numpy.random.Generator for the first weights

    With a stride of 1, `engine.RowConvolution` does the work; the short form below gives the same numbers.
    """

    def __init__(self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, dtype=np.float64, rng):
        self.in_channels = as_whole("in_channels", in_channels, minimum=1)
        self.out_channels = as_whole("out_channels", out_channels, minimum=1)
        self.kernel_size = as_size("kernel_size", kernel_size, minimum=1)
        self.stride, self.padding = as_size("stride", stride, minimum=1), as_size("padding", padding, minimum=0)
        self.axes = ("N", self.in_channels, "H", "W")
        inputs = self.in_channels * self.kernel_size[0] * self.kernel_size[1]
        rng = as_generator("rng", rng)
        self.weight = uniform_parameter((self.out_channels, self.in_channels, *self.kernel_size), inputs, rng, dtype)
        self.bias = uniform_parameter((self.out_channels,), inputs, rng, dtype)
        self._rows, self._engines = None, {}  # that of the last batch, and the last few

    def forward(self, batch):
        batch = self.check(batch).astype(self.weight.value.dtype, copy=False)
        self._rows = self._engine_for(batch)
        if self._rows:
            return self._rows.forward(batch, self.weight.value, self.bias.value)
        bordered = _samples_last(batch, self.padding)
        self._columns = _patch_columns(bordered, self.kernel_size, self.stride)
        self._bordered_shape = bordered.shape
        return _match_all(self._columns, self.weight.value, self.bias.value)

    def note(self, gradient):
        if self._rows:
            self._rows.lay_out_gradient(gradient)
            self._rows.note(self.weight.gradient, self.bias.gradient)
            return
        by_filter = _by_filter(gradient)
        columns = self._columns.reshape(-1, by_filter.shape[1])
        np.matmul(by_filter, columns.T, out=self.weight.gradient.reshape(len(by_filter), -1))
        by_filter.sum(axis=1, out=self.bias.gradient)

    def to_input(self, gradient):
        """The same walk backwards: each patch's share goes back to the pixels that it was taken from."""
        if self._rows:
            self._rows.lay_out_gradient(gradient)
            return self._rows.to_input(self.weight.value)
        by_filter = _by_filter(gradient)
        patches = self.weight.value.reshape(len(by_filter), -1).T @ by_filter
        return self._sum_of_patches(patches.reshape(self._columns.shape))

    def backward(self, gradient):
        if not self._rows:
            return super().backward(gradient)
        self._rows.lay_out_gradient(self.check_gradient(gradient))  # once for both
        self._rows.note(self.weight.gradient, self.bias.gradient)
        return self._rows.to_input(self.weight.value)

    def parameters(self):
        return {"weight": self.weight, "bias": self.bias}

    def settings(self):
        return {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "kernel_size": self.kernel_size,
            "stride": self.stride,
            "padding": self.padding,
            **dtype_setting(self.weight),
        }

    def output_shape(self, shape):
        self.check_sample(shape)
        sides = zip(shape[-2:], self.kernel_size, self.stride, self.padding, strict=True)
        return (self.out_channels, *(output_size(*side) for side in sides))

    def walk(self):
        return self.kernel_size, self.stride, self.padding

    def _engine_for(self, batch):
        """The engine for such a batch, with the buffers of the last such one; None where the stride is not 1."""
        if self.stride != (1, 1):
            return None
        wanted = batch.shape, self.weight.value.shape, self.padding, batch.dtype
        if wanted not in self._engines:
            rows, columns = self.padding
            room = batch.shape[2] + 2 * rows, batch.shape[3] + 2 * columns
            check_fits("weight", self.kernel_size, room, "padded image")
            while len(self._engines) >= ENGINES:
                del self._engines[next(iter(self._engines))]
            self._engines[wanted] = engine.RowConvolution(*wanted)
        return self._engines[wanted]

    def _sum_of_patches(self, patches):
        bordered = np.zeros(self._bordered_shape, dtype=patches.dtype)
        for (down, across), pixels in _under_each_kernel_cell(bordered, self.kernel_size, self.stride):
            pixels += patches[:, down, across]
        (rows, columns), (_, height, width, _) = self.padding, self._bordered_shape
        return bordered[:, rows : height - rows, columns : width - columns].transpose(3, 0, 1, 2)


# The two feature detectors that the lecture slides over the face.
DETECTORS = {
    "detector1": read_only([[0, 0, 1], [1, 0, 0], [0, 1, 1]]),
    "detector2": read_only([[0, 1, 0], [0, 0, 0], [1, 1, 1]]),
}
