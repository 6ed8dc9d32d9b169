"""Training steps without detours, behind `Network.forward(batch, training=True)`.

A layer of the chapters checks what it is handed, and makes new arrays for what it hands on. Between small pictures
that takes longer than the arithmetic. Here each layer becomes a stage for batches of one shape: all arrays, and all
views of them, are made once, and a step only fills them. Samples come last in memory, (H, C, W, N). The numbers are
those of the layers, bit for bit.
"""

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.engine import RowConvolution
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.voting import Flatten, Linear


class Compiled:
    """Layers made ready for batches of one shape.

    layers       of the kinds that `can_be_compiled` knows
    batch_shape  (N, C, H, W)
    """

    def __init__(self, layers, batch_shape):
        self._layers, self._batch_shape = list(layers), batch_shape
        self._parameters = [each for layer in layers for each in layer.parameters().values()]
        samples, channels, height, width = batch_shape
        self._pictures = np.empty((height, channels, width, samples), layers[0].weight.value.dtype)
        self._stages = list(_stages_of(layers, self._pictures))

    def is_for(self, layers, batch_shape):
        """Whether these layers, as they are now, and batches of this shape are what it was made for."""
        dtype = self._pictures.dtype
        is_same = batch_shape == self._batch_shape and layers == self._layers
        return is_same and all(parameter.value.dtype == dtype for parameter in self._parameters)

    def forward(self, batch):
        """What comes out for a batch (N, C, H, W)."""
        np.copyto(self._pictures, batch.transpose(2, 1, 3, 0), casting="same_kind")
        for stage in self._stages:
            stage.forward()
        return _samples_first(self._stages[-1].result).copy()

    def backward(self, gradient):
        """Note how the error changes with every parameter."""
        gradient = gradient if gradient.ndim == 2 else gradient.transpose(2, 1, 3, 0)
        for stage in reversed(self._stages[1:]):
            stage.note(gradient)
            gradient = stage.to_input(gradient)
        self._stages[0].note(gradient)


def can_be_compiled(layers):
    """Whether they are of these kinds, a convolution first, of one kind of float, and windows lie side by side."""
    kinds = {type(layer) for layer in layers}
    dtypes = {parameter.value.dtype for layer in layers for parameter in layer.parameters().values()}
    return (
        len(dtypes) == 1
        and kinds <= set(STAGES)
        and type(layers[0]) is Conv2d
        and all(layer.stride == (1, 1) for layer in layers if type(layer) is Conv2d)
        and all(
            layer.stride == layer.kernel_size and layer.padding == (0, 0)
            for layer in layers
            if type(layer) is MaxPool2d
        )
    )


def _stages_of(layers, array):
    """A stage for each layer, the first one fed from `array`, each other one from the stage before."""
    for below, layer, above in zip([None, *layers], layers, [*layers[1:], None], strict=False):
        if type(layer) is ReLU and type(above) is MaxPool2d:
            continue  # the largest of a window is the same before and after it: so only what has won needs to pass it
        stage = STAGES[type(layer)](layer, array)
        if type(layer) is MaxPool2d:
            stage.bends = type(below) is ReLU
        yield stage
        array = stage.result


class _Stage:
    """One layer, ready: `forward` fills `result` from the array that it was made with."""

    def note(self, gradient):
        """As of a layer: overwrite the gradients of its parameters."""


class _Convolution(_Stage):
    def __init__(self, layer, maps):
        self._layer, self._batch = layer, _samples_first(maps)
        self._rows = RowConvolution(self._batch.shape, layer.weight.value.shape, layer.padding, maps.dtype)
        self.result, self._pixels = np.empty_like(self._rows.gradient), np.empty_like(maps)

    def forward(self):
        self._rows.forward(self._batch, self._layer.weight.value, self._layer.bias.value, out=self.result)

    def note(self, gradient):
        self._rows.lay_out_gradient(_samples_first(gradient))
        self._rows.note(self._layer.weight.gradient, self._layer.bias.gradient)

    def to_input(self, gradient):
        self._rows.to_input(self._layer.weight.value, out=self._pixels)
        return self._pixels


class _Pooling(_Stage):
    """Max pooling, and, where it `bends`, the ReLU that stood before it."""

    bends = False

    def __init__(self, layer, maps):
        height, channels, width, samples = maps.shape
        _, *stops = layer.output_shape((channels, height, width))
        tall, wide = (count * length for count, length in zip(stops, layer.kernel_size, strict=True))
        self._border = None
        if (tall, wide) != (height, width):
            bordered = np.full((tall, channels, wide, samples), -np.inf, maps.dtype)
            inside = slice(height), slice(None), slice(width)
            self._border = bordered[inside], maps[:tall, :, :wide]
            maps = bordered
        self._cells = _window_cells(maps, layer.kernel_size)
        self.result = np.empty((stops[0], channels, stops[1], samples), maps.dtype)
        self._passes, self._left = np.empty(self.result.shape, bool), np.empty_like(self.result)
        self._larger = [np.empty(self.result.shape, bool) for _ in self._cells[1:]]
        whole = np.zeros((max(tall, height), channels, max(wide, width), samples), maps.dtype)
        self._shares = _window_cells(whole[:tall, :, :wide], layer.kernel_size)
        self._gradient = whole[:height, :, :width]

    def forward(self):
        if self._border:
            np.copyto(*self._border)
        largest = self._cells[0]
        for values, larger in zip(self._cells[1:], self._larger, strict=True):
            np.greater(values, largest, out=larger)
            largest = np.maximum(largest, values, out=self.result)
        if self.bends:
            np.greater(largest, 0, out=self._passes)
            np.maximum(largest, 0, out=self.result)
        elif largest is not self.result:
            np.copyto(self.result, largest)

    def to_input(self, gradient):
        if self.bends:
            gradient = np.multiply(gradient, self._passes, out=self._left)
        for share, larger in zip(self._shares[:0:-1], self._larger[::-1], strict=True):
            np.multiply(gradient, larger, out=share)
            gradient = np.subtract(gradient, share, out=self._left)
        np.copyto(self._shares[0], gradient)
        return self._gradient


class _Bend(_Stage):
    def __init__(self, layer, array):
        self._array, self.result = array, np.empty_like(array)
        self._passes, self._gradient = np.empty_like(array, bool), np.empty_like(array)

    def forward(self):
        np.greater(self._array, 0, out=self._passes)
        np.maximum(self._array, 0, out=self.result)

    def to_input(self, gradient):
        return np.multiply(gradient, self._passes, out=self._gradient)


class _List(_Stage):
    """Maps (H, C, W, N) as lists (N, values), map by map."""

    def __init__(self, layer, maps):
        height, channels, width, samples = maps.shape
        self._by_map, self._shape = maps.transpose(1, 0, 2, 3), (samples, channels, height, width)
        self._lists = np.empty(self._by_map.shape, maps.dtype)
        self.result = self._lists.reshape(-1, samples).T

    def forward(self):
        np.copyto(self._lists, self._by_map)

    def to_input(self, gradient):
        return gradient.reshape(self._shape).transpose(2, 1, 3, 0)


class _Votes(_Stage):
    def __init__(self, layer, values):
        self._layer, self._values = layer, values
        self.result = np.empty((len(values), layer.out_features), values.dtype)

    def forward(self):
        self._layer.remember(self._values)
        np.matmul(self._values, self._layer.weight.value.T, out=self.result)
        self.result += self._layer.bias.value

    def note(self, gradient):
        self._layer.note(gradient)

    def to_input(self, gradient):
        return self._layer.to_input(gradient)


STAGES = {Conv2d: _Convolution, ReLU: _Bend, MaxPool2d: _Pooling, Flatten: _List, Linear: _Votes}


def _window_cells(maps, kernel_size):
    """For each cell of windows that lie side by side: what is under it, a view (H', C, W', N)."""
    height, channels, width, samples = maps.shape
    down, across = kernel_size
    windows = maps.reshape(height // down, down, channels, width // across, across, samples)
    return [windows[:, row, :, :, column] for row in range(down) for column in range(across)]


def _samples_first(array):
    """(H, C, W, N) as (N, C, H, W), a view; lists (N, values) as they are."""
    return array.transpose(3, 1, 0, 2) if array.ndim == 4 else array
