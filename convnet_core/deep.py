"""Chapter 11, deeper nets: layers that keep a deep stack trainable, and weights to start it from.

BatchNorm2d and Dropout do one thing while a network learns and another while it is asked: `Network.forward` tells
them which by `training`.
"""

import numpy as np

from convnet_core.checks import as_float_kind, as_generator, as_number, as_share, as_whole
from convnet_core.convolution import Conv2d
from convnet_core.layers import Layer, Parameter, dtype_setting
from convnet_core.voting import Linear


class BatchNorm2d(Layer):
    """Bring each map to mean 0 and variance 1, over all samples and pixels; then scale and shift it as is learned.

    channels  maps that go in, and come out: (N, C, H, W)
    momentum  the share of each batch's mean and variance in the running ones, from 0 to below 1
    epsilon   added to the variance, so that an even map is no division by 0; above 0
    dtype     np.float64 or np.float32

    While the network learns, mean and variance are the batch's own. While it is asked, they are the running ones, so
    that an answer does not depend on who else is asked. Parameters: `weight`, which starts at 1, and `bias`, at 0;
    buffers: `running_mean` and `running_var`, each (C,). Works as torch.nn.BatchNorm2d does.

    Raises ValueError on a batch of one number a map, which has no variance. From Ioffe and Szegedy, 2015.
    """

    def __init__(self, channels, momentum=0.1, epsilon=1e-5, *, dtype=np.float64):
        self.channels = as_whole("channels", channels, minimum=1)
        self.momentum, self.epsilon = as_share("momentum", momentum), as_number("epsilon", epsilon, above=0)
        self.axes = ("N", self.channels, "H", "W")
        dtype = as_float_kind("dtype", dtype)
        self.weight, self.bias = Parameter(np.ones(self.channels, dtype)), Parameter(np.zeros(self.channels, dtype))
        self.running_mean, self.running_var = np.zeros(self.channels, dtype), np.ones(self.channels, dtype)

    def forward(self, batch):
        batch = self.check(batch).astype(self.weight.value.dtype, copy=False)
        self._by_batch = self.training
        if self._by_batch:
            mean, variance = self._measure(batch)
        else:
            mean, variance = self.running_mean, self.running_var
        self._spread = np.sqrt(variance + self.epsilon)
        self._even = (batch - _on_maps(mean)) / _on_maps(self._spread)
        return _on_maps(self.weight.value) * self._even + _on_maps(self.bias.value)

    def _measure(self, batch):
        """Mean and variance of each map, which the running ones move towards."""
        count = batch[:, 0].size
        if count == 1:
            raise ValueError(f"BatchNorm2d.forward: batch is {batch.shape}, wanted more than one number for each map")
        mean = batch.mean(axis=(0, 2, 3))
        variance = ((batch - _on_maps(mean)) ** 2).mean(axis=(0, 2, 3))
        for running, found in (self.running_mean, mean), (self.running_var, variance * (count / (count - 1))):
            running += self.momentum * (found - running)
        return mean, variance

    def note(self, gradient):
        (gradient * self._even).sum(axis=(0, 2, 3), out=self.weight.gradient)
        gradient.sum(axis=(0, 2, 3), out=self.bias.gradient)

    def to_input(self, gradient):
        """A pixel of the batch moves its map's mean and variance too: what these take back is subtracted."""
        to_even = gradient * _on_maps(self.weight.value)
        if self._by_batch:
            along = (to_even * self._even).mean(axis=(0, 2, 3))
            to_even = to_even - _on_maps(to_even.mean(axis=(0, 2, 3))) - self._even * _on_maps(along)
        return to_even / _on_maps(self._spread)

    def parameters(self):
        return {"weight": self.weight, "bias": self.bias}

    def buffers(self):
        return {"running_mean": self.running_mean, "running_var": self.running_var}

    def settings(self):
        settings = {"channels": self.channels, "momentum": self.momentum, "epsilon": self.epsilon}
        return {**settings, **dtype_setting(self.weight)}

    def output_shape(self, shape):
        self.check_sample(shape)
        return tuple(shape)


class Dropout(Layer):
    """While the network learns, leave out numbers at random and make up for them; while it is asked, leave all in.

    share  how many are left out, from 0 to below 1; the others are divided by 1 - share, so that sums stay as large
    rng    a numpy.random.Generator

    Works as torch.nn.functional.dropout does, with other random numbers. From Hinton and others, 2012.
    """

    def __init__(self, share=0.5, *, rng):
        self.share = as_share("share", share)
        self._rng = as_generator("rng", rng)

    def forward(self, batch):
        batch = self.check(batch)
        self._factors = None
        if not self.training:
            return batch
        stays = self._rng.random(batch.shape, dtype=batch.dtype) >= self.share
        self._factors = stays / batch.dtype.type(1 - self.share)
        return batch * self._factors

    def to_input(self, gradient):
        return gradient if self._factors is None else gradient * self._factors

    def settings(self):
        return {"share": self.share}


class GlobalAvgPool2d(Layer):
    """The mean of each map: (N, C, H, W) to (N, C), for maps of any size.

    Works as torch.nn.functional.adaptive_avg_pool2d does to a size of 1, without the last two axes. From Lin, Chen
    and Yan, "Network In Network", 2013.
    """

    axes = ("N", "C", "H", "W")

    def forward(self, batch):
        self._batch = batch = self.check(batch)
        return batch.mean(axis=(2, 3))

    def to_input(self, gradient):
        height, width = self._batch.shape[2:]
        shares = np.empty_like(self._batch, dtype=gradient.dtype)  # in the memory order of what came in
        shares[...] = (gradient / (height * width))[:, :, np.newaxis, np.newaxis]
        return shares

    def output_shape(self, shape):
        self.check_sample(shape)
        return (shape[0],)

    def walk(self):
        return None


class Residual(Layer):
    """Layers that add to what came in: what comes out is the sum of both.

    layers  a list of them; what comes out of the last has the shape of what goes into the first

    The gradient has a way around them, so a deep stack of such blocks learns where a plain one gets stuck.

    Raises ValueError where the shapes differ. From He, Zhang, Ren and Sun, "Deep Residual Learning", 2015.
    """

    def __init__(self, layers):
        self.layers = list(layers)
        for place, layer in enumerate(self.layers):
            if not isinstance(layer, Layer):
                raise ValueError(f"Residual: layers[{place}] is {layer!r}, wanted a layer such as ReLU()")

    def forward(self, batch):
        batch = added = self.check(batch)
        for layer in self.layers:
            added = layer.forward(added)
        self._check_same(batch.shape, added.shape)
        return batch + added

    def backward(self, gradient):
        gradient = to_layers = self.check_gradient(gradient)
        for layer in reversed(self.layers):
            to_layers = layer.backward(to_layers)
        return gradient + to_layers

    def note(self, gradient):
        self.backward(gradient)

    def to_input(self, gradient):
        to_layers = gradient
        for layer in reversed(self.layers):
            to_layers = layer.to_input(to_layers)
        return gradient + to_layers

    def set_training(self, training):
        super().set_training(training)
        for layer in self.layers:
            layer.set_training(training)

    def parameters(self):
        return self._of_all("parameters")

    def buffers(self):
        return self._of_all("buffers")

    def _of_all(self, what):
        """What all layers have of it, by the layer's place and its own name: {"0.weight": ...}."""
        return {
            f"{place}.{name}": each
            for place, layer in enumerate(self.layers)
            for name, each in getattr(layer, what)().items()
        }

    def settings(self):
        return {"layers": self.layers}

    def output_shape(self, shape):
        after = tuple(shape)
        for layer in self.layers:
            after = tuple(layer.output_shape(after))
        self._check_same(tuple(shape), after)
        return after

    def walk(self):
        """As of the layers one behind the other; what came in is seen as well, in the middle of it or not."""
        return walk_of(self.layers)

    @staticmethod
    def _check_same(before, after):
        if after != before:
            raise ValueError(f"Residual: layers make {after} of {before}, wanted the same shape, to add them up")


def walk_of(layers):
    """(window, stride, padding), a pair each, of the patch that one number sees through all layers; None if all of it.

    layers  a list of them
    """
    window, stride, padding = np.ones(2, int), np.ones(2, int), np.zeros(2, int)
    for layer in layers:
        walk = layer.walk()
        if walk is None:
            return None
        size, step, border = map(np.array, walk)
        window, padding, stride = window + (size - 1) * stride, padding + border * stride, stride * step
    return tuple(window.tolist()), tuple(stride.tolist()), tuple(padding.tolist())


def start_as_he(layers, rng):
    """Start convolutions and fully connected layers anew, so that a deep stack with ReLUs keeps its numbers in size.

    layers  a list of them, such as `network.layers`; those within a Residual are found too
    rng     a numpy.random.Generator

    Weights are drawn from a bell curve of spread `he_spread`, biases are set to 0. A ReLU clears half of what it is
    handed; sums of weights of this spread make up for that. Works as torch.nn.init.kaiming_normal_ does, with other
    random numbers. From He, Zhang, Ren and Sun, "Delving Deep into Rectifiers", 2015.
    """
    rng = as_generator("rng", rng)
    for layer in layers:
        if isinstance(layer, Residual):
            start_as_he(layer.layers, rng)
        elif isinstance(layer, Conv2d | Linear):
            weight = layer.weight.value
            weight[...] = rng.normal(0, he_spread(weight[0].size), weight.shape)
            layer.bias.value[...] = 0


def he_spread(inputs):
    """The standard deviation of He's weights, for sums of `inputs` products: the root of 2 / inputs."""
    return float(np.sqrt(2 / as_whole("inputs", inputs, minimum=1)))


def _on_maps(values):
    """(C,) as (C, 1, 1), to be used on maps (N, C, H, W)."""
    return values[:, np.newaxis, np.newaxis]
