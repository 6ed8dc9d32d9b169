"""Chapter 3, convolution: trying every possible match.

What networks call convolution slides a kernel over the image as it stands. Mathematicians call that
cross-correlation; their convolution turns the kernel by half a turn first, as `flip` does.
"""

import numpy as np

from convnet_core.checks import (
    as_filters,
    as_image,
    as_images,
    as_size,
    as_stack_or_batch,
    as_vector,
    as_whole,
    check_fits,
)
from convnet_core.pictures import read_only


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
    images = zero_pad(images, padding)
    check_fits("weight", weight.shape[2:], images.shape[-2:], "padded image")

    columns = _patch_columns(images, weight.shape[2:], stride)  # (N, C * kH * kW, H', W')
    maps = weight.reshape(len(weight), -1) @ columns.reshape(*columns.shape[:-2], -1)  # (N, F, H' * W')
    if bias is not None:
        maps = maps + as_vector("bias", bias, len(weight))[:, np.newaxis]
    return maps.reshape(*maps.shape[:-1], *columns.shape[-2:])


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


def _patch_columns(images, kernel_shape, stride):
    """Every patch of the images, spelled out as a column, so that one matrix product does all the matches.

    images        (..., C, H, W), already checked and padded
    kernel_shape  (kH, kW)
    stride        (down, across)
    return        (..., C * kH * kW, H', W')

    The loop runs over the few cells of the kernel, never over pixels: what lies under one cell of the
    kernel, at all the places it visits, is a slice of the image.
    """
    height = output_size(images.shape[-2], kernel_shape[0], stride[0])
    width = output_size(images.shape[-1], kernel_shape[1], stride[1])
    columns = np.empty((*images.shape[:-2], *kernel_shape, height, width), dtype=images.dtype)
    for down in range(kernel_shape[0]):
        for across in range(kernel_shape[1]):
            rows = slice(down, down + height * stride[0], stride[0])
            places = slice(across, across + width * stride[1], stride[1])
            columns[..., down, across, :, :] = images[..., rows, places]
    return columns.reshape(*images.shape[:-3], -1, height, width)


# The two feature detectors that the lecture slides over the face.
DETECTORS = {
    "detector1": read_only([[0, 0, 1], [1, 0, 0], [0, 1, 1]]),
    "detector2": read_only([[0, 1, 0], [0, 0, 0], [1, 1, 1]]),
}
