"""The same numbers in another shape, order or company: views where numpy gives views."""

import builtins

from .arrays import ndarray
from .dtypes import joined
from .layout import as_shape, checked_axis, common_shape, size_of, stretched, strides_of, written
from .making import asarray, full

_sum = builtins.sum


def reshape(array, *shape, order="C"):
    array = asarray(array)
    shape = list(shape[0] if len(shape) == 1 and type(shape[0]) is not int else shape)
    wanted = tuple(shape)
    if shape.count(-1) > 1:
        raise ValueError("can only specify one unknown dimension")
    if -1 in shape:
        known = -size_of(shape)
        shape[shape.index(-1)] = array.size // known if known else 0
    if size_of(shape) != array.size:
        said = f"cannot reshape array of size {array.size} into shape {written(wanted)}"
        raise ValueError(said.replace("-1", "newaxis"))
    if order == "F":
        return array.transpose().reshape(shape[::-1]).transpose()
    if array._strides == strides_of(array.shape):
        return array._view(shape, None, array._start)
    return ndarray(list(array._values()), shape, array.dtype)


def transpose(array, *axes):
    array = asarray(array)
    if len(axes) == 1 and type(axes[0]) is not int:
        axes = tuple(axes[0]) if axes[0] is not None else ()
    if axes and len(axes) != array.ndim:
        raise ValueError("axes don't match array")
    axes = [checked_axis(axis, array.ndim) for axis in axes] or list(range(array.ndim - 1, -1, -1))
    if sorted(axes) != list(range(array.ndim)):
        raise ValueError("repeated axis in transpose")
    shape, strides = [array.shape[axis] for axis in axes], [array._strides[axis] for axis in axes]
    return array._view(shape, strides, array._start)


def swapaxes(array, one, other):
    array = asarray(array)
    axes = list(range(array.ndim))
    one, other = checked_axis(one, array.ndim, "axis1"), checked_axis(other, array.ndim, "axis2")
    axes[one], axes[other] = other, one
    return transpose(array, axes)


def moveaxis(array, source, destination):
    array = asarray(array)
    source = checked_axis(source, array.ndim, "source")
    order = [axis for axis in range(array.ndim) if axis != source]
    order.insert(checked_axis(destination, array.ndim, "destination"), source)
    return transpose(array, order)


def ravel(array, order="C"):
    return reshape(asarray(array), -1, order="C") if order != "F" else reshape(transpose(asarray(array)), -1)


def flatten(array, order="C"):
    return ravel(array, order).copy()


def squeeze(array, axis=None):
    array = asarray(array)
    kept = [each for each, length in enumerate(array.shape) if length != 1 or (axis is not None and each != axis)]
    shape, strides = [array.shape[each] for each in kept], [array._strides[each] for each in kept]
    return array._view(shape, strides, array._start)


def expand_dims(array, axis):
    array = asarray(array)
    axis = checked_axis(axis, array.ndim + 1)
    return reshape(array, array.shape[:axis] + (1,) + array.shape[axis:])


def broadcast_to(array, shape):
    array, shape = asarray(array), as_shape(shape)
    strides = stretched(array.shape, array._strides, shape)
    if strides is None:
        said = "operands could not be broadcast together with remapped shapes [original->remapped]: "
        raise ValueError(f"{said}{written(array.shape)}  and requested shape {written(shape)}")
    view = array._view(shape, strides, array._start)
    view._writeable = False
    return view


def broadcast_arrays(*arrays):
    arrays = [asarray(array) for array in arrays]
    shape = common_shape([array.shape for array in arrays])
    return [broadcast_to(array, shape) for array in arrays]


def flip(array, axis=None):
    array = asarray(array)
    axes = range(array.ndim) if axis is None else axis if type(axis) is tuple else (axis,)
    axes = [checked_axis(each, array.ndim) for each in axes]
    return array[tuple([slice(None, None, -1 if each in axes else 1) for each in range(array.ndim)])]


def fliplr(array):
    return flip(array, 1)


def flipud(array):
    return flip(array, 0)


def rot90(array, k=1):
    """Turned by k quarters, against the clock."""
    array = asarray(array)
    if array.ndim < 2:
        raise ValueError("Axes must be different.")
    for _ in range(k % 4):
        array = swapaxes(flip(array, 1), 0, 1)
    return array


def sliding_window_view(array, window_shape):
    """At each place of the array the window that starts there, (places, window)."""
    array, window = asarray(array), as_shape(window_shape)
    places = [length - size + 1 for length, size in zip(array.shape, window)]
    if min(places) < 1:
        raise ValueError("window shape cannot be larger than input array shape")
    view = array._view(places + list(window), array._strides + array._strides, array._start)
    view._writeable = False
    return view


# Several become one


def concatenate(arrays, axis=0):
    arrays = [asarray(array) for array in arrays]
    if not arrays:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        arrays, axis = [ravel(array) for array in arrays], 0
    first = arrays[0]
    if not first.ndim:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    axis = checked_axis(axis, first.ndim)
    kind = first.dtype
    for place, array in enumerate(arrays):
        _check_fits(first, array, axis, place)
        kind = joined(kind, array.dtype)
    values = [moved._values() for moved in [moveaxis(array, axis, 0) for array in arrays]]
    cast, joint = kind.cast, []
    for array, own in zip(arrays, values):
        joint += own if array.dtype == kind else [cast(value) for value in own]
    shape = [_sum([array.shape[axis] for array in arrays])] + [n for at, n in enumerate(first.shape) if at != axis]
    return moveaxis(ndarray(joint, shape, kind), 0, axis)


def _check_fits(first, array, axis, place):
    if array.ndim != first.ndim:
        said = "all the input arrays must have same number of dimensions, but the array at index 0 has {} dimension(s) "
        said = said.format(first.ndim)
        raise ValueError(said + f"and the array at index {place} has {array.ndim} dimension(s)")
    for at, (length, own) in enumerate(zip(first.shape, array.shape)):
        if length != own and at != axis:
            said = "all the input array dimensions except for the concatenation axis must match exactly, but along "
            said += f"dimension {at}, the array at index 0 has size {length} and the array at index {place} has size "
            raise ValueError(said + str(own))


def stack(arrays, axis=0):
    arrays = [asarray(array) for array in arrays]
    if not arrays:
        raise ValueError("need at least one array to stack")
    for array in arrays:
        if array.shape != arrays[0].shape:
            raise ValueError("all input arrays must have the same shape")
    axis = checked_axis(axis, arrays[0].ndim + 1)
    return concatenate([expand_dims(array, axis) for array in arrays], axis)


def vstack(arrays):
    arrays = [asarray(array) for array in arrays]
    return concatenate([array if array.ndim > 1 else reshape(array, 1, -1) for array in arrays])


def hstack(arrays):
    arrays = [asarray(array) for array in arrays]
    arrays = [array if array.ndim else reshape(array, 1) for array in arrays]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def column_stack(arrays):
    arrays = [asarray(array) for array in arrays]
    return concatenate([array if array.ndim > 1 else reshape(array, -1, 1) for array in arrays], 1)


def split(array, parts, axis=0):
    """In equal parts, or cut at the places of a list."""
    array = asarray(array)
    length = array.shape[checked_axis(axis, array.ndim)]
    if type(parts) is int:
        if length % parts:
            raise ValueError("array split does not result in an equal division")
        parts = [part * (length // parts) for part in range(1, parts)]
    cuts = [0] + list(parts) + [length]
    rows = moveaxis(array, axis, 0)
    return [moveaxis(rows[start:stop], 0, axis) for start, stop in zip(cuts, cuts[1:])]


def append(array, values, axis=None):
    return concatenate([array, values], axis)


# More of the same


def repeat(array, repeats, axis=None):
    array = asarray(array)
    if axis is None:
        array, axis = ravel(array), 0
    length = array.shape[checked_axis(axis, array.ndim)]
    counts = [repeats] * length if type(repeats) is int else list(repeats)
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    return _taken(array, places, axis)


def tile(array, repeats):
    array, repeats = asarray(array), as_shape(repeats)
    if array.ndim < len(repeats):
        array = reshape(array, (1,) * (len(repeats) - array.ndim) + array.shape)
    repeats = (1,) * (array.ndim - len(repeats)) + repeats
    for axis, count in enumerate(repeats):
        if count != 1:
            array = _taken(array, list(range(array.shape[axis])) * count, axis)
    return array.copy()


def roll(array, shift, axis=None):
    """Moved along an axis; what leaves at one end comes in at the other."""
    array = asarray(array)
    if axis is None:
        return reshape(roll(ravel(array), shift, 0), array.shape)
    shifts = shift if type(shift) in (tuple, list) else (shift,)
    axes = axis if type(axis) in (tuple, list) else (axis,)
    if len(shifts) != len(axes):
        shifts = list(shifts) * len(axes)
    for by, along in zip(shifts, axes):
        length = array.shape[checked_axis(along, array.ndim)]
        array = _taken(array, [(place - by) % length for place in range(length)], along)
    return array


def take(array, places, axis=None):
    array = asarray(array)
    if axis is None:
        array, axis = ravel(array), 0
    return _taken(array, places, axis)


def _taken(array, places, axis):
    axis = checked_axis(axis, array.ndim)
    places = places if type(places) is int else asarray(places, int)
    return array[(slice(None),) * axis + (places,)]


def delete(array, place, axis=None):
    array = asarray(array)
    if axis is None:
        array, axis = ravel(array), 0
    gone = [each % array.shape[axis] for each in ([place] if type(place) is int else place)]
    return _taken(array, [each for each in range(array.shape[axis]) if each not in gone], axis)


def pad(array, pad_width, mode="constant", constant_values=0):
    """More elements around it: of one value, or with mode="edge" those at the edge again."""
    array = asarray(array)
    widths = _pad_widths(pad_width, array.ndim)
    if mode == "edge":
        for axis, (before, after) in enumerate(widths):
            last = array.shape[axis] - 1
            places = [min(max(place, 0), last) for place in range(-before, last + 1 + after)]
            array = _taken(array, places, axis)
        return array
    if mode != "constant":
        raise ValueError(f"mode '{mode}' is not in this page's small numpy; run the notebook")
    shape = [before + length + after for length, (before, after) in zip(array.shape, widths)]
    padded = full(shape, constant_values, array.dtype)
    inside = [slice(before, before + length) for length, (before, _) in zip(array.shape, widths)]
    padded[tuple(inside)] = array
    return padded


def _pad_widths(given, axes):
    """(before, after) for each axis."""
    given = given.tolist() if type(given) is ndarray else given
    if type(given) is int:
        widths = [(given, given)] * axes
    elif type(given[0]) is int:
        widths = [(given[0], given[-1])] * axes
    else:
        widths = [(each[0], each[-1]) for each in given]
        widths = widths * axes if len(widths) == 1 else widths
    if len(widths) != axes:
        said = "operands could not be broadcast together with remapped shapes [original->remapped]: "
        raise ValueError(f"{said}({len(widths)},2)  and requested shape ({axes},2)")
    if min([min(each) for each in widths] + [0]) < 0:
        raise ValueError("index can't contain negative values")
    return widths


for _function in (reshape, transpose, swapaxes, ravel, flatten, squeeze, repeat, take):
    setattr(ndarray, _function.__name__, _function)
ndarray.T = property(transpose)
