"""Chapter 13's machines that imagine the hidden half of a digit: how they are made, kept in a file, and read again.

The file holds whole numbers of one byte. A step of one is a power of 2, so a sum of weights comes out the same in
whatever order it is added up, in Python and on the page, in 32 bits and in 64.

The three machines follow each other as in MACHINES. Of each there are the weights (filter by filter, row by row), the
hidden biases and the visible ones; each of these is one signed byte, an exponent, and then a signed byte for each
number: the number is byte * 2**exponent.
"""

from pathlib import Path

import numpy as np

from convnet_core.checks import as_choice, as_generator
from convnet_core.unsupervised import ConvRBM

FILE = Path(__file__).parent / "labs" / "belief" / "imagines.bin"
# Both plain machines are made alike and differ in how they were taught: "CD-1" by contrastive divergence of one step,
# "persistent" with made-up digits that go on. The convolutional one stamps small filters.
PLAIN = {"channels": 1, "features": 100, "size": 28, "block": 1, "is_plain": True}
MACHINES = {"CD-1": PLAIN, "persistent": PLAIN, "convolutional": {"channels": 1, "features": 32, "size": 9, "block": 2}}


def imagining_machine(name, rng):
    """A fresh machine for digits of 28 x 28 whose pixels are on or off, with small weights at random.

    name  "CD-1", "persistent" or "convolutional"
    rng   a numpy.random.Generator
    """
    settings = MACHINES[as_choice("name", name, tuple(MACHINES))]
    return ConvRBM(**settings, visible="binary", rng=as_generator("rng", rng))


def load_imagining():
    """The machines that have learned from 4,000 digits: a dict of ConvRBM, by the names in MACHINES.

    Raises ValueError where their file is not whole.
    """
    machines = {name: imagining_machine(name, np.random.default_rng(0)) for name in MACHINES}
    arrays = [array for machine in machines.values() for array in parameters_of(machine)]
    data, wanted = np.fromfile(FILE, np.int8), sum(1 + array.size for array in arrays)
    if data.size != wanted:
        raise ValueError(
            f"load_imagining: {FILE.name} holds {data.size} bytes, wanted {wanted}: fetch the book anew, or make the "
            "file by python -m tools.unsupervised_weights"
        )
    for array in arrays:
        exponent, numbers, data = data[0], data[1 : 1 + array.size], data[1 + array.size :]
        array[...] = np.ldexp(numbers.astype(array.dtype), int(exponent)).reshape(array.shape)
    return machines


def parameters_of(machine):
    """What it has learned, in the order of the file."""
    return machine.weight, machine.hidden_bias, machine.visible_bias
