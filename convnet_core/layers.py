"""What all layers of a network have in common. The layers themselves live in the modules of their chapters.

A layer takes a batch, an array whose first axis counts the samples. `forward` gives what comes out;
`backward` is told how the error changes with each number that came out, and gives how it changes with each
number that went in. On its way, it notes how the error changes with each parameter of its own.
"""

import inspect
from dataclasses import dataclass, field

import numpy as np

from convnet_core.checks import (
    as_float_kind,
    as_floats,
    as_generator,
    as_whole,
    check_adjustable,
    check_axes,
    has_axes,
    is_floats,
)


@dataclass
class Parameter:
    """Numbers that a network learns.

    value     what they are now
    gradient  how the error changes with each of them, by the last `backward`: the same shape
    """

    value: np.ndarray
    gradient: np.ndarray = field(init=False)

    def __post_init__(self):
        check_adjustable("Parameter: value", self.value)
        self.gradient = np.zeros_like(self.value)


class Layer:
    """A layer without parameters. A subclass gives `forward` and `to_input`, and `note` if it can learn.

    `axes` says what a batch must look like, where that matters: a number is a length, a word stands for any.
    """

    axes: tuple | None = None
    training = False  # whether the network learns from what comes next; to a few layers this matters

    def forward(self, batch):
        """What the layer makes of a batch; it remembers what `backward` will need."""
        raise NotImplementedError

    def backward(self, gradient):
        """From the error's change with each output to its change with each input.

        Goes with the last `forward`, and notes the gradients of the layer's own parameters on the way.
        """
        gradient = self.check_gradient(gradient)
        self.note(gradient)
        return self.to_input(gradient)

    def note(self, gradient):
        """The first half of `backward`: overwrite the gradients of the layer's parameters."""

    def to_input(self, gradient):
        """The second half: how the error changes with each number that went in."""
        raise NotImplementedError

    def parameters(self):
        """The layer's parameters by name: {"weight": Parameter, ...}."""
        return {}

    def buffers(self):
        """What it keeps besides and nobody learns, by name, as arrays: {"running_mean": array, ...}."""
        return {}

    def set_training(self, training):
        """From now on, the network learns from what comes (True), or is only asked (False)."""
        self.training = training

    def settings(self):
        """What makes another layer of this kind: the arguments of its class, by name."""
        return {}

    def output_shape(self, shape):
        """The shape of one sample after the layer, for a sample of `shape` before it.

        Raises ValueError where the layer can't take such a sample.
        """
        return tuple(shape)

    def walk(self):
        """(window, stride, padding), a pair each, of the patch that one number comes from; None if from all."""
        return (1, 1), (1, 1), (0, 0)

    def check(self, batch):
        """A batch as an array of floats; refused if it holds no numbers, or has another shape than `axes`."""
        if not is_floats(batch):
            batch = as_floats(f"{type(self).__name__}.forward: batch", batch)
        if self.axes is not None and not has_axes(batch.shape, self.axes):
            check_axes(f"{type(self).__name__}.forward: batch", batch.shape, self.axes)
        return batch

    def check_gradient(self, gradient):
        """What `backward` was handed, as an array of floats; refused if it holds no numbers."""
        if is_floats(gradient):
            return gradient
        return as_floats(f"{type(self).__name__}.backward: gradient", gradient)

    def check_sample(self, shape):
        """Refuse one sample of another shape than `axes` without the first."""
        check_axes(f"{type(self).__name__}.output_shape: sample", shape, self.axes[1:])

    def __repr__(self):
        """As one writes it in a program: `rng` is left out, and what stands at its default."""
        settings = {name: _short(value) for name, value in self.settings().items()}
        written = []
        for place, (name, argument) in enumerate(inspect.signature(type(self)).parameters.items()):
            if name not in settings:
                continue
            if place == 0 or argument.default is argument.empty:
                written.append(f"{settings[name]}")
            elif settings[name] != argument.default:
                written.append(f"{name}={settings[name]}")
        return f"{type(self).__name__}({', '.join(written)})"


def _short(value):
    """A pair of equal numbers as one of them; a word in quotes."""
    if isinstance(value, str):
        return repr(value)
    return value[0] if isinstance(value, tuple) and len(set(value)) == 1 else value


def uniform_parameter(shape, inputs, rng, dtype=np.float64):
    """A Parameter of random numbers to start from, small enough that sums of `inputs` products stay near 1.

    shape   whole numbers of at least 1
    inputs  at least 1
    rng     a numpy.random.Generator
    dtype   np.float64 or np.float32; both draw the same numbers

    From -1 / sqrt(inputs) to 1 / sqrt(inputs), evenly, as PyTorch starts its layers.
    """
    shape = tuple(as_whole("shape", length, minimum=1) for length in shape)
    bound = 1 / np.sqrt(as_whole("inputs", inputs, minimum=1))
    dtype = as_float_kind("dtype", dtype)
    return Parameter(as_generator("rng", rng).uniform(-bound, bound, shape).astype(dtype, copy=False))


def dtype_setting(parameter):
    """The `dtype` among a layer's settings, where its numbers have 32 bits: {"dtype": "float32"}, else nothing."""
    return {} if parameter.value.dtype == np.float64 else {"dtype": parameter.value.dtype.name}
