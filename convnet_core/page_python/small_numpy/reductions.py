"""Many numbers become one: all of an array, or all along an axis or several."""

import builtins
import math

from .arrays import finished, ndarray, stored
from .dtypes import BOOL, FLOAT64, INT64
from .layout import checked_axis, size_of
from .making import asarray
from .ufuncs import nearest

_max, _min, _any, _all, _abs = builtins.max, builtins.min, builtins.any, builtins.all, builtins.abs


def _reduced(array, axis, keepdims, rule, kind=None):
    """`rule`, from a list to a number, for all elements or for those along the axes."""
    kind = kind or array.dtype
    if not array.ndim and axis in (0, -1):
        axis = None
    if axis is None:
        return finished([rule(array._values())], (1,) * array.ndim if keepdims else (), kind)
    axes = [checked_axis(each, array.ndim) for each in (axis if type(axis) is tuple else (axis,))]
    kept = [each for each in range(array.ndim) if each not in axes]
    shape = [array.shape[each] for each in kept]
    values = array.transpose(kept + sorted(axes))._values()
    count = size_of([array.shape[each] for each in axes])
    made = [rule(values[start * count : (start + 1) * count]) for start in range(size_of(shape))]
    if keepdims:
        shape = [1 if each in axes else length for each, length in enumerate(array.shape)]
    return finished(made, shape, kind)


def _by_loop(values):
    total = 0.0
    for value in values:
        total += value
    return total


# From Python 3.12 on `sum` makes good what is lost by rounding, and numpy doesn't.
_one_by_one = builtins.sum if builtins.sum([1e100, 1.0, -1e100]) == 0.0 else _by_loop


def _added(values):
    """The sum of floats in numpy's order: eight sums side by side, and long lists in halves."""
    count = len(values)
    if count < 8:
        return _one_by_one(values) + 0.0
    if count > 128:
        half = count // 2 - count // 2 % 8
        return _added(values[:half]) + _added(values[half:])
    stop = count - count % 8
    lanes = [_one_by_one(values[lane:stop:8]) for lane in range(8)]
    total = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    for value in values[stop:]:
        total += value
    return total


def _adding(array, axis):
    """How to add up along the axes: floats that stand side by side as above, rows one after the other."""
    if array.dtype.kind != "f":
        return builtins.sum
    axes = [each % (array.ndim or 1) for each in (axis if type(axis) is tuple else (axis or 0,))]
    side_by_side = axis is None or _max(axes) == array.ndim - 1
    return _added if side_by_side else _one_by_one


def sum(array, axis=None, keepdims=False, out=None, dtype=None):
    array = asarray(array, dtype)
    kind = INT64 if array.dtype.kind in "bu" else array.dtype
    return stored(_reduced(array, axis, keepdims, _adding(array, axis), kind), out)


def mean(array, axis=None, keepdims=False, dtype=None):
    array = asarray(array, dtype)
    add = _adding(array, axis)
    kind = _float_kind(array)
    return _reduced(array, axis, keepdims, lambda values: add(values) / len(values) if values else math.nan, kind)


def _float_kind(array):
    return array.dtype if array.dtype.kind == "f" else FLOAT64


def _variance(values, ddof):
    if len(values) <= ddof:
        return math.nan
    middle = _added(values) / len(values)
    return _added([(value - middle) * (value - middle) for value in values]) / (len(values) - ddof)


def var(array, axis=None, ddof=0, keepdims=False):
    array = asarray(array)
    return _reduced(array, axis, keepdims, lambda values: _variance(values, ddof), _float_kind(array))


def std(array, axis=None, ddof=0, keepdims=False):
    array = asarray(array)
    return _reduced(array, axis, keepdims, lambda values: math.sqrt(_variance(values, ddof)), _float_kind(array))


def _product(values):
    product = 1
    for value in values:
        product *= value
    return product


def prod(array, axis=None, keepdims=False):
    array = asarray(array)
    if array.dtype.kind == "f":
        return _reduced(array, axis, keepdims, lambda values: _product(values) * 1.0)
    return _reduced(array, axis, keepdims, _product, INT64)


def _extreme(values, choose):
    if type(values[0]) is float:
        for value in values:
            if value != value:
                return value
    return choose(values)


def _some(array, axis, problem):
    """The array; refused where there is nothing along the axis."""
    array = asarray(array)
    axes = axis if type(axis) is tuple else range(array.ndim) if axis is None else (axis,)
    if 0 in [array.shape[each] for each in axes if -array.ndim <= each < array.ndim]:
        raise ValueError(problem)
    return array


def max(array, axis=None, keepdims=False):
    array = _some(array, axis, "zero-size array to reduction operation maximum which has no identity")
    return _reduced(array, axis, keepdims, lambda values: _extreme(values, _max))


def min(array, axis=None, keepdims=False):
    array = _some(array, axis, "zero-size array to reduction operation minimum which has no identity")
    return _reduced(array, axis, keepdims, lambda values: _extreme(values, _min))


amax, amin = max, min


def ptp(array, axis=None):
    return max(array, axis) - min(array, axis)


def any(array, axis=None, keepdims=False):
    return _reduced(asarray(array), axis, keepdims, lambda values: _any(values), BOOL)


def all(array, axis=None, keepdims=False):
    return _reduced(asarray(array), axis, keepdims, lambda values: _all(values), BOOL)


def _place(values, choose):
    for place, value in enumerate(values):
        if value != value:
            return place
    return values.index(choose(values))


def argmax(array, axis=None, keepdims=False):
    array = _some(array, _one_axis(axis), "attempt to get argmax of an empty sequence")
    return _reduced(array, axis, keepdims, lambda values: _place(values, _max), INT64)


def argmin(array, axis=None, keepdims=False):
    array = _some(array, _one_axis(axis), "attempt to get argmin of an empty sequence")
    return _reduced(array, axis, keepdims, lambda values: _place(values, _min), INT64)


def _one_axis(axis):
    if axis is not None and type(axis) is not int:
        raise TypeError(f"'{type(axis).__name__}' object cannot be interpreted as an integer")
    return axis


def count_nonzero(array, axis=None):
    return sum(asarray(array).astype(bool), axis)


def _middle(values):
    if _any([value != value for value in values]):
        return math.nan
    values = sorted(values)
    half = len(values) // 2
    if not values:
        return math.nan
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2


def median(array, axis=None, keepdims=False):
    return _reduced(asarray(array), axis, keepdims, _middle, _float_kind(asarray(array)))


def cumsum(array, axis=None):
    """Each sum so far, along an axis; without one, along all elements."""
    array = asarray(array)
    if axis is None:
        array, axis = array.ravel(), 0
    rows = array.swapaxes(axis, -1)
    length, made, total = rows.shape[-1], [], 0
    for place, value in enumerate(rows._values()):
        total = total + value if place % length else value
        made.append(total + 0)
    kind = INT64 if array.dtype.kind in "bu" else array.dtype
    return ndarray(made, rows.shape, kind).swapaxes(axis, -1)


def round(array, decimals=0):
    """To the nearest, of two as near the even one, with so many decimals."""
    array = asarray(array)
    if array.dtype.kind != "f":
        return _plain(array.copy() if decimals >= 0 else array)
    scale = 10.0 ** _abs(decimals)

    def rounded(value):
        scaled = value * scale if decimals >= 0 else value / scale
        if scaled - scaled:
            return value
        whole = float(nearest(scaled))
        whole = math.copysign(whole, value) if whole == 0 else whole
        return whole / scale if decimals >= 0 else whole * scale

    return _plain(ndarray([rounded(value) for value in array._values()], array.shape, array.dtype))


around = round


def _plain(array):
    return array if array.shape else array.item()


for _function in (sum, mean, var, std, prod, max, min, any, all, argmax, argmin, cumsum, round):
    setattr(ndarray, _function.__name__, _function)
