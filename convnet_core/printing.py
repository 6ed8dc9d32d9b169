"""Numbers as the slides print them: two decimals, cut off and not rounded. 7 / 9 is printed 0.77.

Cutting is touchy: 0.29 * 100 is 28.999999999999996 on a computer, and a bare cut would print 0.28. So a
value that lies within a billionth of a whole hundredth counts as that hundredth. The labs' JavaScript
does the same steps on the same 64-bit floats, so page and Python print the same text.
"""

import math

import numpy as np

from convnet_core.checks import as_array, as_number, as_whole

LARGEST = 1e12  # up to here a hundredth is a whole number that a float holds exactly
LEEWAY = 1e-9  # relative to the scaled value, or absolute below 1


def truncated(value, decimals=2):
    """`value` with its decimals cut toward zero, as text: 7 / 9 is "0.77" and -5 / 9 is "-0.55".

    Zero has no sign: -0.001 is "0.00". From about 5 million on the leeway reaches half a hundredth, and
    the cut becomes a rounding; nothing in this book comes near.

    value     a finite number, -1e12 to 1e12
    decimals  how many decimals to keep, 1 to 3

    Raises ValueError for anything else.
    """
    value = as_number("value", value, limit=LARGEST)
    scale = 10 ** as_whole("decimals", decimals, minimum=1, maximum=3)
    units = _cut(abs(value) * scale)
    sign = "-" if value < 0 and units > 0 else ""
    return f"{sign}{units // scale}.{units % scale:0{decimals}d}"


def plain(value):
    """`value` as short as it goes: "4", "-1", or else two cut decimals without zeros at the end, "0.5"."""
    return truncated(value).rstrip("0").removesuffix(".")


def as_printed(values):
    """Every number of an array as the slides print it: (H, W) becomes H lists of W strings."""
    values = as_array("values", values)
    return truncated(values) if values.ndim == 0 else [as_printed(row) for row in values]


def numerators(values, pixels=9):
    """The whole numbers over `pixels` that `values` stand for: 0.777... is 7 over 9.

    values  an array of any shape, each value a whole number divided by `pixels`
    return  integers of the same shape

    Use it to compare a feature map with the slides without rounding. Raises ValueError where a value
    times `pixels` is further than 1e-9 from a whole number.
    """
    scaled = as_array("values", values) * as_number("pixels", pixels)
    whole = np.rint(scaled)
    if not np.all(np.abs(scaled - whole) <= 1e-9):
        raise ValueError(f"numerators: values are not all whole numbers over {pixels}")
    return whole.astype(np.int64)


def _cut(scaled):
    """Drop what is behind the point of a number >= 0, unless it is a whole number but for float error."""
    nearest = math.floor(scaled + 0.5)
    if abs(scaled - nearest) <= LEEWAY * max(1.0, scaled):
        return nearest
    return math.floor(scaled)
