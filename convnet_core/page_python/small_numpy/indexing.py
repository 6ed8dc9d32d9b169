"""`array[...]`: numbers, slices, None, `...`, lists of places, masks of True and False, mixed as numpy mixes them."""

from .arrays import ndarray
from .dtypes import BOOL
from .layout import common_shape, places_of, put_at, size_of, stretched, written
from .making import asarray

_VALID = (
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are "
    "valid indices"
)
_ALL = slice(None)
_SLICE = type(_ALL)


def getitem(array, key):
    """What `array[key]` is: a number, a view, or a copy where lists of places or masks are among the keys."""
    place = _single(array, key)
    if place is not None:
        return array._data[place]
    view, chosen, first, is_element = _selected(array, key)
    if chosen:
        data = array._data
        values = [data[place] for place in _chosen_places(view, chosen, first)]
        return ndarray(values, _chosen_shape(view, chosen, first), array.dtype)
    return array._data[view._start] if is_element else view


def setitem(array, key, value):
    """`array[key] = value`: the value is stretched to the shape of what the key chooses."""
    if not array._writeable:
        raise ValueError("assignment destination is read-only")
    cast = array.dtype.cast
    place = _single(array, key)
    if place is not None and type(value) in (float, int, bool):
        array._data[place] = cast(value)
        return
    view, chosen, first, _ = _selected(array, key)
    shape = _chosen_shape(view, chosen, first) if chosen else view.shape
    if type(value) in (list, tuple, range) or hasattr(value, "_values"):
        value = asarray(value)
        values = _to_assign(array, value, shape, chosen, key)
        if value.dtype is not array.dtype:
            values = [cast(each) for each in values]
        elif values is array._data:  # its own values, about to be changed
            values = list(values)
    else:
        values = [cast(value)] * size_of(shape)
    if not chosen:
        put_at(array._data, shape, view._strides, view._start, values)
        return
    data = array._data
    for place, each in zip(_chosen_places(view, chosen, first), values):
        data[place] = each


def _single(array, key):
    """The place of the one element that the key names; None where it names more, or goes wrong."""
    if type(key) is int:
        key = (key,)
    elif type(key) is not tuple:
        return None
    if len(key) != len(array.shape):
        return None
    place = array._start
    for index, length, stride in zip(key, array.shape, array._strides):
        if type(index) is not int or not -length <= index < length:
            return None
        place += (index + length if index < 0 else index) * stride
    return place


def _selected(array, key):
    """Keys that are numbers and slices done: a view; by its axes the lists of places, each with the array's own axis;
    where these go in the result; whether it is one element.
    """
    keys = _spelled_out(array, key if type(key) is tuple else (key,))
    shape, strides, start, chosen, axis = [], [], array._start, {}, 0
    for each in keys:
        if each is None:
            shape.append(1)
            strides.append(0)
            continue
        if type(each) is ndarray and each.dtype is BOOL:
            _check_mask(array, each, axis)
            for places in each.nonzero():
                chosen[len(shape)] = places, axis
                shape.append(array.shape[axis])
                strides.append(array._strides[axis])
                axis += 1
            continue
        length, stride = array.shape[axis], array._strides[axis]
        if type(each) is _SLICE:
            first, stop, step = each.indices(length)
            shape.append(max(0, (stop - first + step - (1 if step > 0 else -1)) // step))
            strides.append(stride * step)
            start += first * stride
        elif type(each) is int:
            start += _counted(each, length, axis) * stride
        else:
            chosen[len(shape)] = each, axis
            shape.append(length)
            strides.append(stride)
        axis += 1
    if 0 in shape:
        start = array._start
    has_ellipsis = key is Ellipsis or (type(key) is tuple and any([each is Ellipsis for each in key]))
    return array._view(shape, strides, start), chosen, _first_of(keys), not shape and not has_ellipsis


def _first_of(keys):
    """At which axis of the result lists of places go: where they stand, side by side with numbers, or else first."""
    is_place = [each is not None and type(each) is not _SLICE for each in keys]
    if True not in is_place:
        return 0
    first, last = is_place.index(True), len(keys) - 1
    while not is_place[last]:
        last -= 1
    return first if all(is_place[first : last + 1]) else 0


def _spelled_out(array, key):
    """The keys, one for each axis: `...` and missing ones as whole slices, lists as arrays, numbers as ints."""
    for each in key:
        if type(each) is not _SLICE and type(each) is not int:
            break
    else:
        if len(key) <= array.ndim:  # the commonest
            return list(key) + [_ALL] * (array.ndim - len(key))
    keys = [_as_key(each) for each in key]
    if sum([each is Ellipsis for each in keys]) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    used = sum([each.ndim if _is_mask(each) else 1 for each in keys if each is not None and each is not Ellipsis])
    if used > array.ndim:
        raise IndexError(f"too many indices for array: array is {array.ndim}-dimensional, but {used} were indexed")
    rest, spelled = [_ALL] * (array.ndim - used), []
    for each in keys:
        if each is Ellipsis:
            spelled += rest
            rest = []
        else:
            spelled.append(each)
    return spelled + rest


def _as_key(key):
    if key is None or key is Ellipsis or type(key) in (int, _SLICE):
        return key
    if type(key) is bool:
        return asarray(key)
    if type(key) in (list, range, tuple):
        key = asarray(key)
        if not key.size:
            return key.astype(int)
    if not hasattr(key, "_values"):
        raise IndexError(_VALID)
    if key.dtype.kind not in "iub":
        raise IndexError("arrays used as indices must be of integer (or boolean) type" if key.shape else _VALID)
    return key if key.shape or key.dtype.kind == "b" else key.item()


def _is_mask(key):
    return hasattr(key, "_values") and key.dtype.kind == "b"


def _check_mask(array, mask, axis):
    for own, length in enumerate(mask.shape):
        if length != array.shape[axis + own]:
            said = f"boolean index did not match indexed array along axis {axis + own}; size of axis is "
            raise IndexError(said + f"{array.shape[axis + own]} but size of corresponding boolean axis is {length}")


def _counted(index, length, axis):
    """A place counted from 0."""
    if not -length <= index < length:
        raise IndexError(f"index {index} is out of bounds for axis {axis} with size {length}")
    return index + length if index < 0 else index


def _chosen_shape(view, chosen, first):
    """The shape where lists of places stand in for some axes of a view: theirs begins at axis `first`."""
    kept = [length for axis, length in enumerate(view.shape) if axis not in chosen]
    return tuple(kept[:first]) + _lists_shape([places for places, _ in chosen.values()]) + tuple(kept[first:])


def _chosen_places(view, chosen, first):
    """The place of each element where lists of places stand in for some axes of a view."""
    shape = _lists_shape([places for places, _ in chosen.values()])
    steps = [0] * size_of(shape)
    for axis, (places, own) in chosen.items():
        length, stride = view.shape[axis], view._strides[axis]
        strides = stretched(places.shape, places._strides, shape)
        values = places._view(shape, strides, places._start)._values()
        steps = [step + _counted(index, length, own) * stride for step, index in zip(steps, values)]
    kept = [walk for axis, walk in enumerate(zip(view.shape, view._strides)) if axis not in chosen]
    if 0 in [length for length, _ in kept]:
        return []
    lead = places_of([walk[0] for walk in kept[:first]], [walk[1] for walk in kept[:first]], view._start)
    tail = places_of([walk[0] for walk in kept[first:]], [walk[1] for walk in kept[first:]], 0)
    return [one + step + other for one in lead for step in steps for other in tail]


def _lists_shape(lists):
    try:
        return common_shape([each.shape for each in lists])
    except ValueError:
        shapes = " ".join([written(each.shape) for each in lists])
        said = f"shape mismatch: indexing arrays could not be broadcast together with shapes {shapes} "
    raise IndexError(said)


def _to_assign(array, value, shape, chosen, key):
    """The values of an array, stretched to the shape of what they are put into."""
    if not shape and value.ndim and (value.size != 1 or array.dtype.kind != "b"):
        raise ValueError("setting an array element with a sequence.")
    trimmed = value
    while trimmed.ndim > len(shape) and trimmed.shape[0] == 1:
        trimmed = trimmed[0] if trimmed.ndim > 1 else trimmed.reshape(())
    strides = stretched(trimmed.shape, trimmed._strides, shape)
    if strides is not None:
        return trimmed._view(shape, strides, trimmed._start)._values()
    ours, theirs = written(value.shape), written(shape)
    if _is_mask(key) and value.ndim > 1:
        said = "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has "
        raise TypeError(said + f"{value.ndim} dimensions")
    if _is_mask(key):
        said = f"NumPy boolean array indexing assignment cannot assign {value.size} input values to the {shape[0]} "
        raise ValueError(said + "output values where the mask is true")
    if chosen:
        said = (
            f"shape mismatch: value array of shape {ours} could not be broadcast to indexing result of shape {theirs}"
        )
        raise ValueError(said)
    raise ValueError(f"could not broadcast input array from shape {ours} into shape {theirs}")


ndarray.__getitem__ = getitem
ndarray.__setitem__ = setitem
