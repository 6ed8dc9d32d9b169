"""StackingLab: a stack of convolution, ReLU and pooling blocks, with every map in between in sight."""

from __future__ import annotations

from functools import partial

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Numbers, Whole, as_json
from convnet_core.labs.stacking.challenges import CHALLENGES
from convnet_core.labs.stacking.rules import Blocks
from convnet_core.pictures import BLANK, FEATURES, TRICKIER_X, O, X
from convnet_core.pooling import MaxPool2d
from convnet_core.printing import plain, truncated
from convnet_core.relu import ReLU
from convnet_core.stacking import Network

MOST_BLOCKS = 8
MOST_FILTERS = 6
MOST_SIDE = 13  # of a map that still can be shown with its numbers
MOST_WEIGHTS = 600  # in all, so that a link can carry them
LARGE = 1e4  # from here on numbers are written with an exponent
LOW, HIGH = -99, 99

PARTS = {
    "conv": {
        "weights": {
            "kind": "filters",
            "filters": MOST_FILTERS,
            "maps": MOST_FILTERS,
            "size": 5,
            "min": LOW,
            "max": HIGH,
        },
        "bias": {
            "kind": "numbers",
            "shapes": [[count] for count in range(1, MOST_FILTERS + 1)],
            "min": LOW,
            "max": HIGH,
        },
        "stride": {"kind": "integer", "min": 1, "max": 2},
        "padding": {"kind": "integer", "min": 0, "max": 2},
    },
    "relu": {},
    "pool": {
        "window": {"kind": "integer", "min": 2, "max": 3},
        "stride": {"kind": "integer", "min": 1, "max": 3},
        "edge": {"kind": "choice", "options": ["kept", "dropped"]},
    },
}

# Filters with a meaning, (maps, size, size). Those of the second level stand on the three maps of the slides'
# features, those of the third on the two maps of the second.
FILTERS = {
    "a \\": FEATURES["backslash"][np.newaxis] / 9,
    "a crossing": FEATURES["cross"][np.newaxis] / 9,
    "a /": FEATURES["slash"][np.newaxis] / 9,
    "an upright stroke": np.array([[[-1, 1, -1]] * 3]) / 9,
    "a level stroke": np.array([[[-1] * 3, [1] * 3, [-1] * 3]]) / 9,
    "a V: \\ at the upper left and / at the upper right": np.array(
        [[[1, 0], [0, 0]], [[0, 0], [0, 0]], [[0, 1], [0, 0]]]
    )
    / 2,
    "a roof: / at the upper left and \\ at the upper right": np.array(
        [[[0, 1], [0, 0]], [[0, 0], [0, 0]], [[1, 0], [0, 0]]]
    )
    / 2,
    "an X: a V, and below it a roof": np.array([[[1, 1], [0, 0]], [[0, 0], [1, 1]]]) / 4,
}


def conv_block(weights, bias=None, *, stride=1, padding=0) -> dict:
    """A convolution with weights (filters, maps, size, size), and a bias for each filter: 0 if left out."""
    bias = np.zeros(len(weights)) if bias is None else bias
    return {"kind": "conv", "weights": weights, "bias": bias, "stride": stride, "padding": padding}


def relu_block() -> dict:
    return {"kind": "relu"}


def pool_block(window=2, stride=2, edge="kept") -> dict:
    """Max pooling. edge: partial windows are "kept", as on the slides, or "dropped"."""
    return {"kind": "pool", "window": window, "stride": stride, "edge": edge}


def blocks_of(network: Network) -> list[dict]:
    """The blocks of a Network as JSON, up to its first layer that is no convolution, ReLU or max pooling.

    Raises ValueError on a layer whose height and width differ in size, stride or padding, and on pooling with padding.
    """
    blocks = []
    for layer in network.layers:
        if isinstance(layer, Conv2d):
            _, stride, padding = (_same_both_ways(layer, pair) for pair in layer.walk())
            blocks.append(conv_block(layer.weight.value, layer.bias.value, stride=stride, padding=padding))
        elif isinstance(layer, ReLU):
            blocks.append(relu_block())
        elif isinstance(layer, MaxPool2d):
            window, stride, padding = (_same_both_ways(layer, pair) for pair in layer.walk())
            if padding:
                raise ValueError(f"blocks_of: {layer} has a padding, which a block of pooling has not")
            blocks.append(pool_block(window, stride, "kept" if layer.ceil_mode else "dropped"))
        else:
            break
    return as_json(blocks)


def _same_both_ways(layer, pair):
    """The one number of a pair that is twice the same."""
    if pair[0] != pair[1]:
        raise ValueError(f"blocks_of: {layer} is not the same in both directions, as every block is")
    return pair[0]


def fitting(maps: int, size: int) -> list:
    """The filters above for so many maps, with kernels of that size."""
    return [weights for weights in FILTERS.values() if weights.shape[:2] == (maps, size)]


SLIDES = [conv_block(fitting(1, 3)[:3]), relu_block(), pool_block()]
TWO_LEVELS = [*SLIDES, conv_block(fitting(3, 2)), relu_block()]
THREE_LEVELS = [*TWO_LEVELS, conv_block(fitting(2, 2))]


class StackingLab(Lab):
    """Chapter 6's lab. With a kernel, every trait can be read and set from Python.

    image: (9, 9), numbers from -9 to 9. blocks: the stack from the picture up, at most eight, as `conv_block`,
    `relu_block`, `pool_block` and `blocks_of` make them. shown: at each level, that is after the first convolution,
    after the second and so on, which filter's map is shown large. stage, row, column: the number that is
    explained, `stage` blocks up.
    """

    name = "stacking"
    title = "Stacking lab"
    challenges = CHALLENGES
    presets = {
        "image": {"X": X, "trickier X": TRICKIER_X, "O": O, "blank": BLANK},
        "blocks": {"slides": SLIDES, "two": TWO_LEVELS, "three": THREE_LEVELS, "none": []},
        "filter": FILTERS,
    }

    image = Numbers(X, shapes=[(9, 9)], low=-9, high=9)
    blocks = Blocks(SLIDES, most=MOST_BLOCKS, weights=MOST_WEIGHTS, parts=PARTS)
    shown = Numbers(np.zeros(MOST_BLOCKS), shapes=[(MOST_BLOCKS,)], low=0, high=MOST_FILTERS - 1)
    stage = Whole(1, low=0, high=MOST_BLOCKS)
    row = Whole(1, low=0, high=MOST_SIDE - 1)
    column = Whole(1, low=0, high=MOST_SIDE - 1)

    @property
    def network(self) -> Network:
        """A Network of the blocks up to the first that can't work."""
        layers, _ = self._layers_and_problem()
        return Network(layers)

    @property
    def stages(self) -> list[np.ndarray]:
        """The picture (1, 9, 9), and the stack of maps (C, H, W) after each block that works."""
        stages = [self.image[np.newaxis]]
        for layer in self.network.layers:
            stages.append(layer.forward(stages[-1][np.newaxis])[0])
        return stages

    @property
    def problem(self) -> tuple[int, str] | None:
        """Which block, from 0, can't work on what comes to it, and why; None if all do."""
        _, problem = self._layers_and_problem()
        return problem

    def _layers_and_problem(self):
        layers, shape = [], (1, *self.image.shape)
        for place, block in enumerate(self.blocks):
            reason = _misfit(block, shape)
            if reason is not None:
                return layers, (place, reason)
            layers.append(_layer(block))
            shape = layers[-1].output_shape(shape)
        return layers, None

    def tables(self) -> str:
        tables = [number_table("Picture", self.image)]
        for place, (stack, block) in enumerate(zip(self.stages[1:], self.blocks, strict=False), start=1):
            print_value = partial(_as_text, is_whole=np.array_equal(stack, np.rint(stack)))
            name = {"conv": "convolution", "relu": "ReLU", "pool": "pooling"}[block["kind"]]
            tables += [
                number_table(f"Block {place}, {name}: map {number}", one, print_value)
                for number, one in enumerate(stack, start=1)
            ]
        if self.problem is not None:
            place, reason = self.problem
            tables.append(f"<p>Block {place + 1} can't work: {reason}</p>")
        return "\n".join(tables)


def _layer(block):
    """The layer that a block stands for."""
    if block["kind"] == "relu":
        return ReLU()
    if block["kind"] == "pool":
        return MaxPool2d(block["window"], block["stride"], ceil_mode=block["edge"] == "kept")
    weights = np.array(block["weights"], dtype=float)
    filters, maps, size, _ = weights.shape
    rng = np.random.default_rng(0)  # the weights that it makes are replaced at once
    layer = Conv2d(maps, filters, size, stride=block["stride"], padding=block["padding"], rng=rng)
    layer.weight.value[...] = weights
    layer.bias.value[...] = block["bias"]
    return layer


def _misfit(block, shape) -> str | None:
    """Why a block can't work on a stack of `shape`; derived.js says the same."""
    maps, side, _ = shape
    if block["kind"] == "conv":
        wanted, size = len(block["weights"][0]), len(block["weights"][0][0])
        if wanted != maps:
            kernels = "1 kernel" if wanted == 1 else f"{wanted} kernels"
            come = "1 map comes" if maps == 1 else f"{maps} maps come"
            return f"Each of its filters has {kernels}, one for each map, but {come} in."
        room = side + 2 * block["padding"]
        if size > room:
            return f"A kernel of {size} x {size} does not fit on {room} x {room}."
        after = (room - size) // block["stride"] + 1
        if after > MOST_SIDE:
            return f"Its maps would be {after} x {after}. This lab draws no map larger than {MOST_SIDE} x {MOST_SIDE}."
    if block["kind"] == "pool":
        window, stride = block["window"], block["stride"]
        hangs_over = block["edge"] == "kept"
        stops = -(-(side - window) // stride) if hangs_over else (side - window) // stride
        if stops < 0:
            return f"A window of {window} x {window} finds no place on {side} x {side}."
    return None


def _as_text(value, is_whole) -> str:
    """Two decimals, cut, and none where all numbers of a stack are whole; very large numbers as 1.2e6."""
    if abs(value) < LARGE:
        return plain(value) if is_whole else truncated(value)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}"
