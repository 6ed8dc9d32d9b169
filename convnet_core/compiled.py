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
    """Max pooling, and, where it `bends`, the ReLU that stood before it.

    Windows are laid out cell by cell first, (kH, kW, H', C, W', N): so each cell of all windows is one run of numbers.
    """

    bends = False

    def __init__(self, layer, maps):
        height, channels, width, samples = maps.shape
        _, *stops = layer.output_shape((channels, height, width))
        tall, wide = (count * length for count, length in zip(stops, layer.kernel_size, strict=True))
        self._border = None
        if (tall, wide) != (height, width):
            bordered = np.full((tall, channels, wide, samples), -np.inf, maps.dtype)
            self._border = bordered[:height, :, :width], maps[:tall, :, :wide]
            maps = bordered
        self._windows = _by_cell(maps, layer.kernel_size)
        self._cells = np.empty(self._windows.shape, maps.dtype)
        self.result = np.empty(self._windows.shape[2:], maps.dtype)
        self._left, self._shares = np.empty_like(self.result), np.empty_like(self._cells)
        self._first_cell, *cells = _runs(self._cells)
        self._first_share, *shares = _runs(self._shares)
        larger = [np.empty(cell.shape, bool) for cell in cells]  # where a cell is larger than all before it
        self._passes = np.empty(self._first_cell.shape, bool)
        self._forth = list(zip(cells, larger, strict=True))
        self._back = list(zip(shares, larger, strict=True))[::-1]
        self._result_run, self._left_run = self.result.reshape(-1), self._left.reshape(-1)
        whole = np.zeros((max(tall, height), channels, max(wide, width), samples), maps.dtype)
        self._shared_out = _by_cell(whole[:tall, :, :wide], layer.kernel_size)
        self._gradient = whole[:height, :, :width]

    def forward(self):
        if self._border:
            np.copyto(*self._border)
        np.copyto(self._cells, self._windows)
        largest, result = self._first_cell, self._result_run
        for values, larger in self._forth:
            np.greater(values, largest, out=larger)
            largest = np.maximum(largest, values, out=result)
        if self.bends:
            np.greater(largest, 0, out=self._passes)
            np.maximum(largest, 0, out=result)
        elif largest is not result:  # a window of one cell
            np.copyto(result, largest)

    def to_input(self, gradient):
        np.copyto(self._left, gradient)
        left = self._left_run
        if self.bends:
            np.multiply(left, self._passes, out=left)
        for share, larger in self._back:
            np.multiply(left, larger, out=share)
            np.subtract(left, share, out=left)
        np.copyto(self._first_share, left)
        np.copyto(self._shared_out, self._shares)
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


def _by_cell(maps, kernel_size):
    """Maps (H, C, W, N) by the cells of windows that lie side by side: a view (kH, kW, H', C, W', N)."""
    height, channels, width, samples = maps.shape
    down, across = kernel_size
    windows = maps.reshape(height // down, down, channels, width // across, across, samples)
    return windows.transpose(1, 4, 0, 2, 3, 5)


def _runs(cells):
    """For each cell of the windows, its numbers as one run."""
    return list(cells.reshape(cells.shape[0] * cells.shape[1], -1))


def _samples_first(array):
    """(H, C, W, N) as (N, C, H, W), a view; lists (N, values) as they are."""
    return array.transpose(3, 1, 0, 2) if array.ndim == 4 else array
