"""Chapter 5, rectified linear units: everything negative becomes zero."""

import numpy as np

from convnet_core.checks import as_array, as_number
from convnet_core.layers import Layer


def relu(values):
    """Change every negative number to zero, and leave the others alone.

    values  an array of any shape
    return  the same shape, no number below zero

    Raises ValueError on anything but finite numbers. From the slide "Rectified linear units (ReLUs)".
    """
    return _bent(as_array("values", values), 0, 0)


def leaky_relu(values, negative_slope=0.01):
    """A ReLU that lets a little of every negative number through: x becomes negative_slope * x.

    values          an array of any shape
    negative_slope  a number; 0 is the plain ReLU, 1 changes nothing
    return          the same shape

    Works as torch.nn.functional.leaky_relu does.
    """
    return _bent(as_array("values", values), 0, as_number("negative_slope", negative_slope))


def bend(values, threshold=0.0, negative_slope=0.0):
    """What if the bend lay elsewhere? Numbers above the threshold stay; the others are multiplied by the slope.

    values          an array of any shape
    threshold       a number; 0 for a ReLU
    negative_slope  a number; 0 for a ReLU
    return          the same shape

    Away from a threshold of 0 there is a jump. With a slope of 0, this is called a thresholded ReLU.
    """
    values = as_array("values", values)
    return _bent(values, as_number("threshold", threshold), as_number("negative_slope", negative_slope))


class ReLU(Layer):
    """A layer of `relu`s. Where a number was cleared, no error flows back; at exactly 0 none does either."""

    def forward(self, batch):
        batch = self.check(batch)
        self._passes = batch > 0
        return np.maximum(batch, 0)  # which lets what is no number pass, to be seen

    def to_input(self, gradient):
        return gradient * self._passes


def _bent(values, threshold, slope):
    beyond = values * slope + 0.0  # which makes a -0.0 a plain 0
    return np.where(values > threshold, values, beyond).astype(values.dtype, copy=False)
