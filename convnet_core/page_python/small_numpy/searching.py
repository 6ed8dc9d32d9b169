"""Where something holds, in which order things come, and whether two arrays agree."""

from .arrays import ndarray
from .dtypes import BOOL, INT64, NUMBERS, joined, joined_with_number
from .layout import checked_axis, common_shape
from .making import asarray, ndindex, zeros
from .shaping import broadcast_to, moveaxis, ravel
from .ufuncs import maximum, minimum, ufunc


def where(condition, yes=None, no=None):
    """Element by element `yes` where the condition holds, else `no`; alone, the places where it holds."""
    if yes is None:
        return nonzero(condition)
    kind = _kind_of_both(yes, no)
    condition, yes, no = asarray(condition), asarray(yes), asarray(no)
    shape = common_shape((condition.shape, yes.shape, no.shape))
    lists = [broadcast_to(each, shape)._values() for each in (condition, yes, no)]
    cast = kind.cast
    return ndarray([cast(one if holds else other) for holds, one, other in zip(*lists)], shape, kind)


def _kind_of_both(one, other):
    if type(one) in NUMBERS and type(other) not in NUMBERS:
        return joined_with_number(asarray(other).dtype, one)
    if type(other) in NUMBERS and type(one) not in NUMBERS:
        return joined_with_number(asarray(one).dtype, other)
    return joined(asarray(one).dtype, asarray(other).dtype)


def clip(array, min=None, max=None, out=None):
    made = array if min is None else maximum(array, min)
    made = made if max is None else minimum(made, max)
    if out is None:
        return made
    out[...] = made
    return out


def nonzero(array):
    """The places of what is not zero: a list of them for each axis."""
    array = asarray(array)
    places = [place for place, value in zip(ndindex(array.shape), array._values()) if value]
    return tuple([ndarray([each[axis] for each in places], (len(places),), INT64) for axis in range(array.ndim)])


def flatnonzero(array):
    return nonzero(ravel(array))[0]


def argwhere(array):
    array = asarray(array)
    places = [place for place, value in zip(ndindex(array.shape), array._values()) if value]
    return ndarray([step for place in places for step in place], (len(places), array.ndim), INT64)


# Order


def _by_rows(array, axis, rule, kind=None):
    """`rule`, from list to list, for each row along an axis."""
    array = asarray(array)
    if axis is None:
        array, axis = ravel(array), 0
    rows = moveaxis(array, checked_axis(axis, array.ndim), -1)
    length, values, made = rows.shape[-1], rows._values(), []
    for start in range(0, len(values), length or 1):
        made += rule(values[start : start + length])
    return moveaxis(ndarray(made, rows.shape, kind or array.dtype), -1, axis)


def _in_order(values):
    """NaN is the last."""
    return sorted([value for value in values if value == value]) + [value for value in values if value != value]


def _places_in_order(values):
    ranked = sorted([(value, place) for place, value in enumerate(values) if value == value])
    return [place for _, place in ranked] + [place for place, value in enumerate(values) if value != value]


def sort(array, axis=-1):
    return _by_rows(array, axis, _in_order)


def argsort(array, axis=-1, kind=None, stable=None):
    return _by_rows(array, axis, _places_in_order, INT64)


def unique(array, return_counts=False):
    values = asarray(array)._values()
    kept = sorted({value for value in values if value == value}) + [value for value in values if value != value][:1]
    made = ndarray(kept, (len(kept),), asarray(array).dtype)
    if not return_counts:
        return made
    return made, ndarray([values.count(value) for value in kept], (len(kept),), INT64)


def diff(array, n=1, axis=-1):
    """Each element less the one before it, along an axis."""
    array = asarray(array)
    for _ in range(n):
        rows = moveaxis(array, axis, 0)
        later, earlier = rows[1:], rows[:-1]
        array = moveaxis(later != earlier if array.dtype is BOOL else later - earlier, 0, axis)
    return array


def tril(array, k=0):
    return _kept(array, lambda row, column: column <= row + k)


def triu(array, k=0):
    return _kept(array, lambda row, column: column >= row + k)


def _kept(array, rule):
    array = asarray(array)
    rows, columns = array.shape[-2:] if array.ndim > 1 else array.shape * 2
    keep = [rule(row, column) for row in range(rows) for column in range(columns)]
    return where(ndarray(keep, (rows, columns), BOOL), array, zeros(1, array.dtype))


def diag(array, k=0):
    array = asarray(array)
    return asarray([array[row, row + k] for row in range(min(array.shape[0], array.shape[1] - k))])


def bincount(array, minlength=0):
    values = asarray(array)._values()
    counts = [0] * max([minlength] + [value + 1 for value in values])
    for value in values:
        counts[value] += 1
    return asarray(counts)


# Agreement


def isclose(one, other, rtol=1e-05, atol=1e-08):
    def close(left, right):
        return [a == b or (b - b == 0 and abs(a - b) <= atol + rtol * abs(b)) for a, b in zip(left, right)]

    return ufunc("isclose", 2, close, "bool")(one, other)


def allclose(one, other, rtol=1e-05, atol=1e-08):
    made = isclose(one, other, rtol, atol)
    return bool(made.all()) if type(made) is ndarray else made


def array_equal(one, other):
    try:
        one, other = asarray(one), asarray(other)
    except ValueError:
        return False
    return one.shape == other.shape and one._values() == other._values()


def _sort_in_place(array, axis=-1):
    array[...] = sort(array, axis)


ndarray.sort = _sort_in_place
ndarray.argsort, ndarray.nonzero, ndarray.clip = argsort, nonzero, clip
