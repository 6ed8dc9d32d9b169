"""Chapter 7, voting: every value gets a vote, and the votes are weighed.

The stack of small maps is laid out as one list of values. Each value has a weight for each answer: how
strongly it speaks for that answer, or, below zero, against it.
"""

import numpy as np

from convnet_core.checks import as_array, as_generator, as_matrix, as_vector, as_whole, without_overflow
from convnet_core.layers import Layer, dtype_setting, uniform_parameter


def flatten(batch):
    """Lay out each sample as one list, row by row, map by map.

    batch   (N, ...)
    return  (N, values)
    """
    batch = as_array("batch", batch)
    return batch.reshape(len(batch), -1)


def linear(values, weight, bias=None):
    """Add up the weighted votes of all values, for each answer: a fully connected layer.

    values  (N, inputs), or (inputs,) for one list
    weight  (outputs, inputs)
    bias    (outputs,), added at the end
    return  (N, outputs), or (outputs,)

    Works as torch.nn.functional.linear does. Raises ValueError where the shapes do not fit.
    """
    weight = as_matrix("weight", weight)
    values = as_array("values", values)
    is_one_list = values.ndim == 1
    values = as_matrix("values", values[np.newaxis] if is_one_list else values, columns=weight.shape[1])
    bias = 0 if bias is None else as_vector("bias", bias, len(weight))
    votes = without_overflow("values and weight", lambda: values @ weight.T + bias)
    return votes[0] if is_one_list else votes


def softmax(votes):
    """Votes as probabilities: none below 0, adding up to 1, the larger vote the more probable.

    votes   (..., answers)
    return  the same shape
    """
    votes = as_array("votes", votes)
    powers = np.exp(votes - votes.max(axis=-1, keepdims=True))  # the largest power is 1: none overflows
    return powers / powers.sum(axis=-1, keepdims=True)


class Flatten(Layer):
    """A layer of `flatten`."""

    def forward(self, batch):
        self._batch = batch = self.check(batch)
        if batch.flags.c_contiguous:
            return batch.reshape(len(batch), -1)
        return np.moveaxis(batch, 0, -1).reshape(-1, len(batch)).T  # samples come last in memory, here as well

    def to_input(self, gradient):
        laid_back = np.empty_like(self._batch, dtype=gradient.dtype)  # in the memory order of what came in
        laid_back[...] = gradient.reshape(laid_back.shape)
        return laid_back

    def output_shape(self, shape):
        return (int(np.prod(shape)),)

    def walk(self):
        return None


class Linear(Layer):
    """A fully connected layer that can learn: `linear` with weights and biases of its own.

    in_features   values that go in
    out_features  answers, or intermediate votes
    dtype         np.float64, or np.float32 for a layer that counts in 32 bits whatever it is handed
    rng           a numpy.random.Generator for the first weights
    """

    def __init__(self, in_features, out_features, *, dtype=np.float64, rng):
        self.in_features = as_whole("in_features", in_features, minimum=1)
        self.out_features = as_whole("out_features", out_features, minimum=1)
        self.axes = ("N", self.in_features)
        rng = as_generator("rng", rng)
        self.weight = uniform_parameter((self.out_features, self.in_features), self.in_features, rng, dtype)
        self.bias = uniform_parameter((self.out_features,), self.in_features, rng, dtype)

    def forward(self, batch):
        batch = self.check(batch).astype(self.weight.value.dtype, copy=False)
        self.remember(batch)
        return batch @ self.weight.value.T + self.bias.value

    def remember(self, values):
        """Go by these values, (N, in_features), in `note`."""
        self._values = values

    def note(self, gradient):
        np.matmul(gradient.T, self._values, out=self.weight.gradient)
        gradient.sum(axis=0, out=self.bias.gradient)

    def to_input(self, gradient):
        return gradient @ self.weight.value

    def parameters(self):
        return {"weight": self.weight, "bias": self.bias}

    def settings(self):
        return {
            "in_features": self.in_features,
            "out_features": self.out_features,
            **dtype_setting(self.weight),
        }

    def output_shape(self, shape):
        self.check_sample(shape)
        return (self.out_features,)

    def walk(self):
        return None
