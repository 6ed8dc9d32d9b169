"""Chapter 13: features that nobody labelled, learned by a machine that tries to redraw what it sees.

A restricted Boltzmann machine has two sides. Visible units hold a picture, hidden units say which features are in it,
and an energy says how well both go together: the lower, the more probable. There is no right answer anywhere: it learns
to make the pictures that it is shown more probable than those that it makes up itself.

Here the hidden units are maps of a convolution (Lee, Grosse, Ranganath and Ng, "Convolutional Deep Belief Networks",
2009). In each small block of a map at most one unit is on: probabilistic max pooling. Filters as large as the picture
make it the plain machine (Smolensky, 1986; Hinton, 2002).
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from tqdm.auto import tqdm

from convnet_core.checks import (
    as_array,
    as_at_least,
    as_batch,
    as_choice,
    as_flag,
    as_flags,
    as_generator,
    as_images,
    as_number,
    as_whole,
    check_axes,
    check_divides,
    check_range,
)
from convnet_core.convolution import Conv2d
from convnet_core.threads import threads_for

HASTE, SLOW_STEPS = (0.5, 0.9), 100  # the momentum of the first steps, so many of them, and of all that follow
AT_A_TIME = 500  # pictures that are asked in one go


def block_probabilities(inputs, block=2):
    """Probabilistic max pooling: in each block of a map, one unit is on, or none.

    inputs  (..., H, W), how strongly each unit is asked to be on; H and W whole blocks
    block   pixels along its side
    return  (..., H, W), the probability of each unit, and (..., H / block, W / block), that one of the block is on: all
            that is missing to 1 is the probability that none is

    Softmax over the block's inputs and a 0 that stands for "none". From Lee and others, 2009.
    """
    inputs = as_images("inputs", inputs)
    return _block_probabilities(inputs, _as_block("block", block, inputs.shape))


def _block_probabilities(inputs, block):
    asked, each = _cells(inputs, block), np.empty_like(inputs)
    highest = reduce(np.maximum, asked, np.zeros_like(asked[0]))
    sums = np.exp(-highest)  # of none
    for cell, found in zip(asked, _cells(each, block), strict=True):
        np.exp(cell - highest, out=found)
        sums = sums + found
    for found in _cells(each, block):
        found /= sums
    return each, sum(_cells(each, block))


def _cells(maps, block):
    """A view of a map for each place in a block: the units that stand there in all blocks."""
    return [maps[..., row::block, column::block] for row in range(block) for column in range(block)]


def sample_blocks(probabilities, block, rng):
    """Units that are on (1) or off (0), by their probabilities: one in each block, or none.

    probabilities, block  as from `block_probabilities`
    rng                   a numpy.random.Generator
    return                the same shape
    """
    probabilities = as_images("probabilities", probabilities)
    check_range("probabilities", probabilities, 0, 1)
    return _sample_blocks(probabilities, _as_block("block", block, probabilities.shape), as_generator("rng", rng))


def _sample_blocks(probabilities, block, rng):
    asked, drawn = _cells(probabilities, block), np.empty_like(probabilities)
    chance, start = rng.random(asked[0].shape, dtype=np.float32), np.zeros_like(asked[0])
    for probability, is_on in zip(asked, _cells(drawn, block), strict=True):
        end = start + probability
        is_on[...] = (chance >= start) & (chance < end)
        start = end
    return drawn


def _as_block(name, block, shape):
    block = as_whole(name, block, minimum=1)
    check_divides(name, block, shape[-2:])
    return block


class ConvRBM:
    """A convolutional restricted Boltzmann machine: a convolution that is used in both directions.

    channels  of a picture
    features  filters, and so hidden maps
    size      pixels along a filter's side
    block     units along the side of a block of which at most one is on
    visible   "binary": a pixel is on or off, and a picture holds probabilities from 0 to 1; or "real"
    sigma     the deviation of a real pixel from what the hidden units make of it
    is_plain  whether pictures are just as large as the filters: the machine without convolution. Then each pixel has a
              bias of its own, and a block is a single unit
    spread    the deviation of the first weights
    dtype     np.float32, or np.float64
    rng       a numpy.random.Generator for the first weights

    Its energy, v being the picture, h the hidden units and W * v what the filters find (all sums over all units):

        binary  E(v, h) = - sum h (W * v) - sum b h - sum c v
        real    E(v, h) = sum (v - c)^2 / (2 sigma^2) - (sum h (W * v) + sum b h) / sigma^2
    """

    def __init__(
        self,
        channels,
        features,
        size,
        *,
        block=2,
        visible="real",
        sigma=0.2,
        is_plain=False,
        spread=0.01,
        dtype=np.float32,
        rng,
    ):
        rng = as_generator("rng", rng)
        self.bond = Conv2d(channels, features, size, dtype=dtype, rng=rng)  # up: forward; down: to_input
        self.weight, self.hidden_bias = self.bond.weight.value, self.bond.bias.value
        self.weight[...] = as_at_least("spread", spread, 0) * rng.normal(size=self.weight.shape)
        self.hidden_bias[...] = 0
        self.is_plain, self.visible = as_flag("is_plain", is_plain), as_choice("visible", visible, ("binary", "real"))
        self.block = as_whole("block", block, minimum=1, maximum=1 if is_plain else None)
        self.sigma = 1.0 if visible == "binary" else as_number("sigma", sigma, above=0)
        sides = self.bond.kernel_size if is_plain else (1, 1)
        self.visible_bias = np.zeros((self.bond.in_channels, *sides), self.weight.dtype)

    def inputs(self, pictures, from_above=None):
        """How strongly each hidden unit is asked to be on, (N, K, H', W').

        pictures    (N, C, H, W)
        from_above  (N, K, H' / block, W' / block), or None: what a machine on top asks of each block

        Raises ValueError where a map does not come out in whole blocks.
        """
        pictures = self._as_pictures(pictures)
        found = self.bond.forward(pictures) / self.weight.dtype.type(self.sigma**2)
        check_divides("block", self.block, found.shape[2:])
        if from_above is None:
            return found
        above = as_batch("from_above", from_above, (found.shape[1], *(side // self.block for side in found.shape[2:])))
        return found + _unpooled(above, self.block)

    def hidden(self, pictures, from_above=None):
        """P(hidden | picture): the probability of each unit (N, K, H', W'), and that one of its block is on."""
        return _block_probabilities(self.inputs(pictures, from_above), self.block)

    def visible_of(self, hidden):
        """The picture that hidden units make, (N, C, H, W): each stamps its filter where it is on.

        hidden  (N, K, H', W')
        return  the mean of each pixel, for a binary one the probability that it is on
        """
        return self._of_inputs(self.down(hidden))

    def down(self, hidden):
        """What hidden units (N, K, H', W') ask of each pixel (N, C, H, W): all filters stamped, and the bias."""
        hidden = self._as_hidden(hidden)
        sides = [side + length - 1 for side, length in zip(hidden.shape[2:], self.bond.kernel_size, strict=True)]
        self.bond.forward(np.zeros((len(hidden), self.bond.in_channels, *sides), self.weight.dtype))
        return self._down(hidden)

    def _down(self, hidden):
        """As above, for hidden units of the pictures that went up last."""
        return self.bond.to_input(hidden) + self.visible_bias

    def _of_inputs(self, inputs):
        return _sigmoid(inputs) if self.visible == "binary" else inputs

    def sample_visible(self, hidden, rng):
        """One picture at random, (N, C, H, W), by what hidden units (N, K, H', W') make of it."""
        return self._sampled(self.visible_of(hidden), as_generator("rng", rng))

    def _sampled(self, means, rng):
        if self.visible == "binary":
            return (rng.random(means.shape, dtype=np.float32) < means).astype(means.dtype)
        return means + means.dtype.type(self.sigma) * rng.standard_normal(means.shape, dtype=np.float32)

    def sample_hidden(self, pictures, rng, from_above=None):
        """Hidden units at random, (N, K, H', W') of 0 and 1, by a picture."""
        return _sample_blocks(self.hidden(pictures, from_above)[0], self.block, as_generator("rng", rng))

    def energy(self, pictures, hidden):
        """E(picture, hidden) of each sample, (N,). More than one unit on in a block is not a state of the machine."""
        pictures, hidden = self._as_pictures(pictures), self._as_hidden(hidden)
        matches = (self.bond.forward(pictures) * hidden).sum((1, 2, 3)) / self.sigma**2
        if self.visible == "binary":
            return -matches - (self.visible_bias * pictures).sum((1, 2, 3))
        return ((pictures - self.visible_bias) ** 2).sum((1, 2, 3)) / (2 * self.sigma**2) - matches

    def together(self, pictures, hidden):
        """How much each pixel under a filter is on together with its hidden unit, on average over samples and places.

        pictures, hidden  (N, C, H, W) and (N, K, H', W'); probabilities do as well as samples
        return            a Slopes: of the log-likelihood, but for a factor, it is the difference of two of these, for
                          pictures that are shown and pictures that are made up
        """
        pictures, hidden = self._as_pictures(pictures), self._as_hidden(hidden)
        found = self.bond.forward(pictures)
        return self._together(pictures, as_batch("hidden", hidden, found.shape[1:]))

    def _together(self, pictures, hidden):
        """As above, of the pictures that went up last."""
        self.bond.note(hidden)
        places = len(hidden) * hidden.shape[2] * hidden.shape[3]
        axes = (0,) if self.is_plain else (0, 2, 3)
        return Slopes(
            self.bond.weight.gradient / places,
            self.bond.bias.gradient / places,
            pictures.mean(axes).reshape(self.visible_bias.shape),
        )

    def largest_product(self, shape):
        """Multiplications of its largest matrix product, for pictures of a shape (N, C, H, W)."""
        places = shape[0] * (shape[2] - self.weight.shape[2] + 1) * (shape[3] - self.weight.shape[3] + 1)
        return places * self.weight.size

    def _as_hidden(self, hidden):
        hidden = as_array("hidden", hidden)
        check_axes("hidden", hidden.shape, ("N", self.bond.out_channels, "H'", "W'"))
        return hidden.astype(self.weight.dtype, copy=False)

    def _as_pictures(self, pictures):
        pictures = as_array("pictures", pictures)
        check_axes("pictures", pictures.shape, self.bond.axes)
        return pictures.astype(self.weight.dtype, copy=False)


@dataclass
class Slopes:
    """Numbers by a machine's parameters, each of the shape of its own."""

    weight: np.ndarray
    hidden_bias: np.ndarray
    visible_bias: np.ndarray

    def __sub__(self, other):
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Slopes(*(one - another for one, another in pairs))


def learn_features(
    machine, batches, rng, *, rate=0.04, target=0.002, pull=5.0, decay=0.01, is_persistent=False, progress=True
):
    """Teach a machine from pictures without labels: contrastive divergence (Hinton, 2002), one step for each batch.

    machine  a ConvRBM; it is changed
    batches  arrays (N, C, H, W), or a generator of them, all of one shape
    rng      a numpy.random.Generator
    rate     how far a step goes
    target   the share of hidden units that shall be on
    pull     how strongly their biases are pulled there
    decay    how strongly weights are pulled to 0
    is_persistent  whether what the machine makes up goes on from what it made up before (Tieleman, 2008), instead of
                   beginning anew at each batch
    return   (steps,), the share of hidden units that were on in each step

    A step goes towards what the machine finds in the picture, and away from what it finds in the picture that it makes
    up out of that.
    """
    rng = as_generator("rng", rng)
    rate, pull, decay = as_at_least("rate", rate, 0), as_at_least("pull", pull, 0), as_at_least("decay", decay, 0)
    target, is_persistent = as_number("target", target, above=0), as_flag("is_persistent", is_persistent)
    parameters = machine.weight, machine.hidden_bias, machine.visible_bias
    changes = [np.zeros_like(parameter) for parameter in parameters]
    shares, dreams = [], None
    for step, batch in enumerate(tqdm(batches, desc="steps", disable=not progress)):
        with threads_for(machine.largest_product(np.shape(batch))):
            shown, made_up, dreams = _contrast(machine, batch, dreams, is_persistent, rng)
        shares.append(float(shown.hidden_bias.mean()))
        towards = shown - made_up
        towards.weight -= decay * machine.weight
        towards.hidden_bias += pull * (target - shown.hidden_bias)
        for change, parameter, slope in zip(changes, parameters, vars(towards).values(), strict=True):
            change *= HASTE[step >= SLOW_STEPS]
            change += rate * slope
            parameter += change
    return np.array(shares)


def _contrast(machine, batch, dreams, is_persistent, rng):
    """What is on together in pictures shown, what in pictures made up, and these: they go on from `dreams`, if any."""
    pictures = machine._as_pictures(batch)
    probabilities, _ = machine.hidden(pictures)
    shown = machine._together(pictures, probabilities)
    if is_persistent and dreams is not None:
        probabilities, _ = machine.hidden(dreams)
    means = machine._of_inputs(machine._down(_sample_blocks(probabilities, machine.block, rng)))
    # A real picture that begins anew each time is learned from as it is on average, with less noise.
    made_up = means if machine.visible == "real" and not is_persistent else machine._sampled(means, rng)
    probabilities, _ = machine.hidden(made_up)
    return shown, machine._together(made_up, probabilities), made_up


def pooled_features(machine, pictures, width=2):
    """What a machine finds in pictures, as lists of numbers to vote on.

    machine   a ConvRBM
    pictures  (N, C, H, W)
    width     pooled units along the side of a square that becomes one number, their mean
    return    (N, numbers), map by map and row by row

    Raises ValueError where the pooled maps do not come out in whole squares.
    """
    pictures = machine._as_pictures(pictures)
    maps = np.concatenate(
        [machine.hidden(pictures[start : start + AT_A_TIME])[1] for start in range(0, len(pictures), AT_A_TIME)]
    )
    width = _as_block("width", width, maps.shape)
    return (sum(_cells(maps, width)) / width**2).reshape(len(maps), -1)


def in_pixels(upper, lower):
    """What the features of a machine stand for that learned from the pooled units of another: pictures (K, C, H, W).

    Each of its weights belongs to a pooled unit; the lower machine stamps what that unit stands for, on average
    over the places of its block.
    """
    block = lower.block
    return lower.down(_unpooled(upper.weight, block) / block**2) - lower.visible_bias


def _unpooled(maps, block):
    """Each number as often as its block has units."""
    return maps.repeat(block, axis=-2).repeat(block, axis=-1)


def fill(machines, pictures, known, sweeps, rng):
    """Let machines imagine what is hidden: up and down again and again, and what is known stays.

    machines  a list of them, each on the pooled units of the one before; all but the first with binary pixels
    pictures  (N, C, H, W)
    known     of the same shape: True where a pixel is known
    sweeps    how often up and down
    rng       a numpy.random.Generator
    return    a generator of pictures (N, C, H, W), one after each sweep: where a pixel was hidden, what the hidden
              units make of it on average

    Each hidden unit hears its picture from below and, but for those of the last machine, what is asked from above.
    """
    lowest, rng = machines[0], as_generator("rng", rng)
    pictures = lowest._as_pictures(pictures)
    known = as_flags("known", known, pictures.shape)
    start = np.broadcast_to(lowest._of_inputs(lowest.visible_bias), pictures.shape)
    now, states = np.where(known, pictures, lowest._sampled(start, rng)), [None] * len(machines)
    for _ in range(as_whole("sweeps", sweeps, minimum=0)):
        below = now
        for level, machine in enumerate(machines):
            is_asked = level + 1 < len(machines) and states[level + 1] is not None
            above = machines[level + 1].down(states[level + 1]) if is_asked else None
            states[level] = machine.sample_hidden(below, rng, above)
            below = _is_one_on(states[level], machine.block)
        means = lowest.visible_of(states[0])
        now = np.where(known, pictures, lowest._sampled(means, rng))
        yield np.where(known, pictures, means)


def _is_one_on(hidden, block):
    return reduce(np.maximum, _cells(hidden, block))


def _sigmoid(inputs):
    return 1 / (1 + np.exp(-np.clip(inputs, -80, 80)))
