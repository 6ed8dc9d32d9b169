"""`default_rng`, number for number as numpy draws them: its seed sequence, its generator PCG64, its ways to use it.

From O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms", 2014, and for bell-shaped
numbers Marsaglia and Tsang, "The ziggurat method for generating random variables", 2000.
"""

import math

from .arrays import ndarray
from .dtypes import FLOAT64, INT64
from .layout import as_shape, size_of
from .making import arange, asarray

_32_BITS, _64_BITS, _128_BITS = 2**32 - 1, 2**64 - 1, 2**128 - 1
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def default_rng(seed=0):
    """A source of random numbers; the same seed gives the same ones. (Without a seed, the one for 0.)"""
    return seed if type(seed) is Generator else Generator(seed)


class _Stirred:
    """A hash that changes its own key with each word."""

    def __init__(self, key, multiplier):
        self._key, self._multiplier = key, multiplier

    def of(self, word):
        word ^= self._key
        self._key = self._key * self._multiplier & _32_BITS
        word = word * self._key & _32_BITS
        return word ^ word >> 16


def _mixed(one, other):
    word = (0xCA01F9DD * one - 0x4973F715 * other) & _32_BITS
    return word ^ word >> 16


def _seed_words(seed):
    """Four words of 64 bits out of a whole number of any size."""
    words = []
    while seed or not words:
        words.append(seed & _32_BITS)
        seed >>= 32
    stirred = _Stirred(0x43B0D7E5, 0x931E8875)
    pool = [stirred.of(words[place] if place < len(words) else 0) for place in range(4)]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = _mixed(pool[target], stirred.of(pool[source]))
    for word in words[4:]:
        for target in range(4):
            pool[target] = _mixed(pool[target], stirred.of(word))
    stirred = _Stirred(0x8B51F9DD, 0x58F38DED)
    halves = [stirred.of(pool[place % 4]) for place in range(8)]
    return [halves[place] | halves[place + 1] << 32 for place in range(0, 8, 2)]


class Generator:
    """A source of random numbers, as `np.random.default_rng(seed)` gives it."""

    def __init__(self, seed):
        if type(seed) is not int or seed < 0:
            raise TypeError(f"default_rng: seed is {seed!r}, wanted a whole number from 0")
        high, low, step_high, step_low = _seed_words(seed)
        self._step = ((step_high << 64 | step_low) << 1 | 1) & _128_BITS
        self._state = (self._step + (high << 64 | low)) & _128_BITS
        self._half = None  # 32 bits that are left over
        self._advance()

    def _advance(self):
        self._state = (self._state * _MULTIPLIER + self._step) & _128_BITS

    def _word(self):
        """64 random bits."""
        self._advance()
        bits, turn = (self._state >> 64 ^ self._state) & _64_BITS, self._state >> 122
        return (bits >> turn | bits << (64 - turn)) & _64_BITS

    def _half_word(self):
        """32 random bits; a word is good for two."""
        if self._half is not None:
            bits, self._half = self._half, None
            return bits
        word = self._word()
        self._half = word >> 32
        return word & _32_BITS

    def _unit(self):
        """From 0 to below 1."""
        return (self._word() >> 11) / 9007199254740992.0

    def _below(self, limit):
        """A whole number from 0 to below `limit`, each as likely (Lemire's way)."""
        if limit == 1:
            return 0
        product = self._half_word() * limit
        if product & _32_BITS < limit:
            threshold = (2**32 - limit) % limit
            while product & _32_BITS < threshold:
                product = self._half_word() * limit
        return product >> 32

    def _up_to(self, most):
        """A whole number from 0 to `most`: masked bits, drawn again while they are too large."""
        mask = 1
        while mask < most:
            mask = mask << 1 | 1
        while True:
            value = self._half_word() & mask
            if value <= most:
                return value

    def _bell(self):
        """A number of the normal distribution: 99 of 100 times a look into a table."""
        limits, widths, heights = _ziggurat()
        while True:
            bits = self._word()
            layer, is_negative, place = bits & 255, bits >> 8 & 1, bits >> 9 & 0xFFFFFFFFFFFFF
            value = -place * widths[layer] if is_negative else place * widths[layer]
            if place < limits[layer]:
                return value
            if layer == 0:
                return self._tail(place)
            gap = heights[layer - 1] - heights[layer]
            if gap * self._unit() + heights[layer] < math.exp(-0.5 * value * value):
                return value

    def _tail(self, place):
        while True:
            over = -math.log(1 - self._unit()) / _EDGE
            room = -math.log(1 - self._unit())
            if room + room > over * over:
                return -(_EDGE + over) if place >> 8 & 1 else _EDGE + over

    def _many(self, draw, size, kind=FLOAT64):
        if size is None:
            return draw()
        shape = as_shape(size)
        return ndarray([draw() for _ in range(size_of(shape))], shape, kind)

    def random(self, size=None):
        return self._many(self._unit, size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._many(lambda: low + (high - low) * self._unit(), size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self._many(lambda: loc + scale * self._bell(), size)

    def standard_normal(self, size=None):
        return self._many(self._bell, size)

    def integers(self, low, high=None, size=None, endpoint=False):
        low, high = (0, low) if high is None else (low, high)
        limit = high - low + (1 if endpoint else 0)
        if limit < 1:
            raise ValueError("low >= high" if low else "high <= 0")
        return self._many(lambda: low + self._below(limit), size, INT64)

    def shuffle(self, values):
        """Put into another order, in place."""
        for place in range(len(values) - 1, 0, -1):
            other = self._up_to(place)
            kept = values[place].copy() if hasattr(values[place], "_values") else values[place]
            values[place] = values[other]
            values[other] = kept

    def permutation(self, given):
        """0 to n - 1 in another order, or a copy of what is given in another order."""
        order = list(range(given if type(given) is int else len(given)))
        self.shuffle(order)
        order = asarray(order, int)
        return order if type(given) is int else asarray(given)[order]

    def choice(self, given, size=None, replace=True):
        """One of them, or several; with replace=True one may come again."""
        values = arange(given) if type(given) is int else asarray(given)
        if not replace:
            raise ValueError("choice with replace=False is not in this page's small numpy; run the notebook")
        return values[self.integers(0, len(values), size)]


_EDGE = 3.6541528853610087963519472518  # where the tail begins
_TABLES = []


def _ziggurat():
    """The tables for the bell: 256 layers of one area, worked out when they are first needed."""
    if not _TABLES:
        edge = math.exp(-0.5 * _EDGE * _EDGE)
        area = _EDGE * edge + math.sqrt(math.pi / 2) * math.erfc(_EDGE / math.sqrt(2))
        ends = [0.0] * 257
        ends[255] = _EDGE
        for layer in range(254, 0, -1):
            outer = ends[layer + 1]
            ends[layer] = math.sqrt(-2 * math.log(area / outer + math.exp(-0.5 * outer * outer)))
        steps, base = 2.0**52, area / edge
        limits = [int(_EDGE / base * steps), 0] + [int(ends[k - 1] / ends[k] * steps) for k in range(2, 256)]
        widths = [base / steps] + [ends[k] / steps for k in range(1, 256)]
        heights = [1.0] + [math.exp(-0.5 * ends[k] * ends[k]) for k in range(1, 256)]
        _TABLES.extend((limits, widths, heights))
    return _TABLES
