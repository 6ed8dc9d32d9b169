"""Chapter 6, stacking: the output of one layer is the input of the next."""

import inspect
import json
import math
from html import escape
from pathlib import Path

import numpy as np

from convnet_core.checks import as_array, as_floats, as_whole
from convnet_core.convolution import Conv2d
from convnet_core.layers import Layer, Parameter
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.threads import threads_for
from convnet_core.voting import Flatten, Linear

FORMAT = "convnet_core network 1"
PROGRAMS = 2  # shapes of batch that a network stays compiled for: the usual one, and the rest at the end of an epoch


class Network:
    """Layers, one on top of the other.

    layers  a list of them, the first one nearest to the picture; without any, what goes in comes out
    """

    def __init__(self, layers):
        self.layers = list(layers)
        self._shape, self._compiled = None, None  # of what came out last, and through what
        self._programs = []  # compiled for the last few shapes of batch
        self._counted = None, 0  # the shape of the last batch, and its largest product
        for place, layer in enumerate(self.layers):
            if not isinstance(layer, Layer):
                raise ValueError(f"Network: layers[{place}] is {layer!r}, wanted a layer such as ReLU()")
        _check_apart(self.layers)

    def forward(self, batch, *, training=False):
        """What comes out for a batch (N, ...), through all layers.

        training  whether the network learns from it: Dropout then leaves numbers out, and BatchNorm2d goes by the batch
                  itself. The layers may be `compiled` for it: the same numbers, but a layer's own `backward` goes with
                  its own `forward`, or with this one without training
        """
        batch = as_array("batch", batch)
        with threads_for(self.largest_product(batch.shape)):
            self._compiled = self._compiled_for(batch) if training else None
            batch = self._compiled.forward(batch) if self._compiled else self._forward(batch, training)
        self._shape = batch.shape
        return batch

    def _forward(self, batch, training):
        for layer in self.layers:
            if layer.training != training:
                layer.set_training(training)
            batch = layer.forward(batch)
        return batch

    def backward(self, gradient):
        """Note how the error changes with every parameter. Goes with the last `forward`.

        gradient  how the error changes with each number that came out

        The error's change with the picture itself is not worked out: nobody learns a picture. Raises ValueError
        where the gradient has another shape than what came out.
        """
        gradient = as_floats("Network.backward: gradient", gradient)
        if gradient.shape != self._shape:
            wanted = "a forward pass first" if self._shape is None else f"{self._shape}, that of what came out"
            raise ValueError(f"Network.backward: gradient is {gradient.shape}, wanted {wanted}")
        with threads_for(self._counted[1]):
            if self._compiled:
                self._compiled.backward(gradient)
            elif self.layers:
                for layer in reversed(self.layers[1:]):
                    gradient = layer.backward(gradient)
                self.layers[0].note(gradient)

    def _compiled_for(self, batch):
        """The layers as `compiled` has them for batches of this shape; None where they can't be, or do not fit."""
        from convnet_core.compiled import Compiled, can_be_compiled  # who never trains has no need of it

        for program in self._programs:
            if program.is_for(self.layers, batch.shape):
                return program
        if not can_be_compiled(self.layers) or not self.largest_product(batch.shape):
            return None
        self._programs = [Compiled(self.layers, batch.shape), *self._programs[: PROGRAMS - 1]]
        return self._programs[0]

    def __getstate__(self):
        """For copies and pickles: without the buffers of a compiled network, whose views would see the wrong ones."""
        state = vars(self) | {"_programs": [], "_compiled": None}
        return state | {"_shape": None} if self._compiled else state

    def parameters(self):
        """Every Parameter by name, such as "0.weight": the layer's place and its own name, from the picture up."""
        return {
            f"{place}.{name}": parameter
            for place, layer in enumerate(self.layers)
            for name, parameter in layer.parameters().items()
        }

    def shapes(self, input_shape):
        """The shape of one sample before the first layer and after each: a list, one longer than the layers.

        input_shape  of one sample, such as (1, 9, 9)

        Raises ValueError that names the layer which can't take what comes to it.
        """
        shapes = [tuple(input_shape)]
        for place, layer in enumerate(self.layers):
            try:
                shapes.append(tuple(layer.output_shape(shapes[-1])))
            except ValueError as problem:
                raise ValueError(f"Network: layers[{place}], {layer}: {problem}") from problem
        return shapes

    def largest_product(self, batch_shape):
        """About how many multiplications the largest product of one layer takes, for a batch of `batch_shape`.

        Each number that a layer has learned meets each sample once, and in maps (F, H, W) or steps (T, features) each
        place or step as well. 0 where a layer can't take such a batch. `threads_for` decides by it.
        """
        batch_shape = tuple(batch_shape)
        if self._counted[0] != batch_shape:
            self._counted = batch_shape, self._largest_product(batch_shape)
        return self._counted[1]

    def _largest_product(self, batch_shape):
        try:
            shapes = self.shapes(batch_shape[1:])[1:]
        except (ValueError, IndexError):  # `forward` says it better
            return 0
        numbers = [sum(parameter.value.size for parameter in layer.parameters().values()) for layer in self.layers]
        places = [math.prod(shape[1:] if len(shape) == 3 else shape[:-1]) for shape in shapes]
        return batch_shape[0] * max(map(math.prod, zip(numbers, places, strict=True)), default=0)

    def summary(self, input_shape):
        """Shapes and numbers of parameters for samples of `input_shape`, as a table: print it, or show it in a cell."""
        rows = [
            (repr(layer), shape, sum(parameter.value.size for parameter in layer.parameters().values()))
            for layer, shape in zip(self.layers, self.shapes(input_shape)[1:], strict=True)
        ]
        return Summary(tuple(input_shape), rows)

    def receptive_field(self, input_shape, depth, row=0, column=0):
        """The piece of the picture that one number comes from.

        input_shape  of one sample, (C, H, W)
        depth        after how many layers
        row, column  of the number in its map; behind a Flatten layer, its place in the list and 0
        return       (top, left, height, width) in pixels, padding left out (a height of 0: it sees nothing else);
                     all of the picture behind a Flatten layer

        Raises ValueError if there is no such number.
        """
        depth = as_whole("depth", depth, minimum=0, maximum=len(self.layers))
        shapes = self.shapes(input_shape)
        height, width = shapes[depth][-2:] if len(shapes[depth]) == 3 else (shapes[depth][0], 1)
        row = as_whole("row", row, minimum=0, maximum=height - 1)
        column = as_whole("column", column, minimum=0, maximum=width - 1)
        walks = [layer.walk() for layer in self.layers[:depth]]
        if None in walks:
            return (0, 0, *input_shape[-2:])
        sides = [_receptive_range(at, axis, walks, shapes) for axis, at in enumerate((row, column))]
        (top, bottom), (left, right) = sides
        return top, left, bottom - top, right - left

    def save(self, path):
        """Write the network into a file of numpy arrays (.npz). A file that was there is replaced once all is written.

        Raises ValueError on a layer of a kind that `load` does not know, and on weights that are no finite numbers.
        """
        layers = [_settings_of(layer, _kinds()) for layer in self.layers]
        values = {name: as_array(f"Network.save: {name}", array) for name, array in self._arrays().items()}
        path = Path(path)
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            with unfinished.open("wb") as file:
                np.savez(file, format=FORMAT, layers=json.dumps(layers), **values)
            unfinished.replace(path)
        except BaseException:  # a full disk, or Ctrl-C
            unfinished.unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path):
        """Read a network that `save` wrote.

        Raises ValueError that says what is wrong with a damaged or foreign file, and runs nothing that is in it.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = dict(file)
        except (FileNotFoundError, IsADirectoryError, PermissionError):
            raise
        except Exception as problem:  # zip, zlib and numpy each have their own for a damaged file
            raise ValueError(f"Network.load: {path} is damaged, or no file of arrays: {problem}") from problem
        return cls._from_arrays(arrays, path)

    @classmethod
    def _from_arrays(cls, arrays, path):
        if str(arrays.pop("format", "")) != FORMAT:
            raise ValueError(f"Network.load: {path} was not written by Network.save")
        try:
            rng = np.random.default_rng(0)  # the weights that it makes are replaced below
            listed = json.loads(str(arrays.pop("layers")))
            network = cls(_layer_from_settings(settings, rng, _kinds()) for settings in listed)
        except (AttributeError, KeyError, TypeError, ValueError, MemoryError, RecursionError) as problem:
            raise ValueError(f"Network.load: {path} names layers that can't be made: {problem}") from problem
        wanted = network._arrays()
        if set(wanted) != set(arrays):
            raise ValueError(f"Network.load: {path} holds {sorted(arrays)}, wanted {sorted(wanted)}")
        for name, array in wanted.items():
            value = as_array(f"Network.load: {name}", arrays[name])
            if value.shape != array.shape:
                raise ValueError(f"Network.load: {name} is {value.shape}, wanted {array.shape}")
            array[...] = value
        return network

    def _arrays(self):
        """All that a file has to hold: the values of parameters, and buffers, by name."""
        buffers = {
            f"{place}.{name}": array
            for place, layer in enumerate(self.layers)
            for name, array in layer.buffers().items()
        }
        return {name: parameter.value for name, parameter in self.parameters().items()} | buffers


def _check_apart(layers):
    """Refuse a layer, or numbers to learn, at two places: a layer remembers what it saw last, and notes one gradient.

    Layers within layers count, such as the one that `EachStep` holds, however deep.
    """
    found = {}
    for place, layer in enumerate(layers):
        for part, is_whole in _parts(layer):
            if id(part) in found:
                first, was_whole = found[id(part)]
                if is_whole and was_whole:
                    raise ValueError(f"Network: layers[{place}] is layers[{first}] again, wanted a layer of its own")
                what = part if isinstance(part, Layer) else f"{np.shape(part.value)} numbers to learn"
                where = "twice" if first == place else f"and layers[{first}] both"
                raise ValueError(
                    f"Network: layers[{place}] {where} hold {what}, wanted a layer of its own at each place"
                )
            found[id(part)] = place, is_whole


def _parts(holder, above=()):
    """Each layer and Parameter in `holder`, itself among them, and whether it is `holder`: (part, flag).

    Looked for in attributes, lists and dictionaries. What points back to a holder above it is no part.
    """
    if id(holder) in above:
        return
    above = (*above, id(holder))
    if isinstance(holder, Layer | Parameter):
        yield holder, len(above) == 1
    if isinstance(holder, Layer | Network):
        held = vars(holder).values()
    elif isinstance(holder, list | tuple | set):
        held = holder
    else:
        held = holder.values() if isinstance(holder, dict) else ()
    for each in held:
        yield from _parts(each, above)


class Summary:
    """The table of `Network.summary`."""

    HEADS = ("layer", "one sample after it", "parameters")

    def __init__(self, input_shape, rows):
        self.input_shape = input_shape
        self.rows = rows

    @property
    def parameters(self):
        """How many numbers the network learns in all."""
        return sum(count for _, _, count in self.rows)

    def _lines(self):
        lines = [("input", _as_lengths(self.input_shape), "")]
        lines += [(name, _as_lengths(shape), f"{count:,}") for name, shape, count in self.rows]
        return [*lines, ("all", "", f"{self.parameters:,}")]

    def __repr__(self):
        lines = [self.HEADS, *self._lines()]
        widths = [max(len(line[column]) for line in lines) for column in range(3)]
        return "\n".join(
            f"{name:<{widths[0]}}  {shape:<{widths[1]}}  {count:>{widths[2]}}".rstrip() for name, shape, count in lines
        )

    def _repr_html_(self):
        head = "".join(f'<th scope="col">{title}</th>' for title in self.HEADS)
        body = "\n".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{shape}</td><td>{count}</td></tr>'
            for name, shape, count in self._lines()
        )
        return f'<table class="convnet-summary">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def _as_lengths(shape):
    return " x ".join(map(str, shape))


def _kinds():
    """Every kind of layer that a file may hold, by name. Those of a later chapter build on this one's, so: only now."""
    from convnet_core.deep import BatchNorm2d, Dropout, GlobalAvgPool2d, Residual

    kinds = (Conv2d, ReLU, MaxPool2d, Flatten, Linear, BatchNorm2d, Dropout, GlobalAvgPool2d, Residual)
    return {kind.__name__: kind for kind in kinds}


def _settings_of(layer, kinds):
    """A layer as a file names it: {"kind": ..., its settings}, and so those within it."""
    if kinds.get(type(layer).__name__) is not type(layer):
        raise ValueError(f"Network.save: {layer} is of a kind of its own, wanted {', '.join(kinds)}")
    settings = layer.settings()
    if "layers" in settings:
        settings["layers"] = [_settings_of(each, kinds) for each in settings["layers"]]
    return {"kind": type(layer).__name__, **settings}


def _layer_from_settings(settings, rng, kinds):
    """The layer that was saved with these settings; those with weights get random ones first."""
    kind = kinds[settings.pop("kind")]
    if "layers" in settings:
        settings["layers"] = [_layer_from_settings(each, rng, kinds) for each in settings["layers"]]
        return kind(**settings)
    settings = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    draws = "rng" in inspect.signature(kind).parameters
    return kind(**settings, rng=rng) if draws else kind(**settings)


def _receptive_range(at, axis, walks, shapes):
    """From and up to which pixel along an axis the number at `at` sees, back through all layers."""
    first, last = at, at + 1
    for (window, stride, padding), shape in zip(reversed(walks), reversed(shapes[: len(walks)]), strict=True):
        first = first * stride[axis] - padding[axis]
        last = (last - 1) * stride[axis] - padding[axis] + window[axis]
        first = min(max(0, first), shape[-2 + axis])
        last = max(first, min(shape[-2 + axis], last))
    return first, last
