"""Arrays out of lists, and arrays of one value or of a row of numbers."""

from .arrays import ndarray
from .dtypes import BOOL, FLOAT64, INT64, TEXT, as_dtype, dtype_of, joined, text_dtype
from .layout import as_shape, size_of

newaxis = None
_LISTS = (list, tuple, range)
_NO_NUMBERS = (list, tuple, range, ndarray)


def asarray(value, dtype=None):
    """An array of what is given: the array itself where it is one, else a new one."""
    if type(value) is ndarray:
        return value if dtype is None or as_dtype(dtype) == value.dtype else value.astype(dtype)
    if type(value) not in _LISTS and hasattr(value, "__array__"):
        return value.__array__()
    shape = _shape_of(value)
    values = []
    _collect(value, shape, 0, values)
    kind = _kind_of(values, value) if dtype is None else as_dtype(dtype)
    if kind.kind == "U" and not kind.itemsize:
        kind = text_dtype(max([1] + [len(str(each)) for each in values]))
    cast = kind.cast
    return ndarray([cast(each) for each in values], shape, kind)


def array(value, dtype=None, copy=True):
    """A new array of what is given."""
    made = asarray(value, dtype)
    return made.copy() if copy and made is value else made


def _shape_of(value):
    """The shape that the first elements of the lists tell."""
    shape = []
    while type(value) in _LISTS:
        shape.append(len(value))
        if not len(value):
            break
        value = value[0]
    return tuple(shape) + value.shape if type(value) is ndarray else tuple(shape)


def _collect(value, shape, depth, values):
    """Append all single values in reading order; refuse lists of different lengths."""
    if type(value) is ndarray:
        if value.shape != shape[depth:]:
            raise ValueError(_ragged(shape, depth))
        values += value._values()
        return
    is_list = type(value) in _LISTS
    if is_list != (depth < len(shape)) or (is_list and len(value) != shape[depth]):
        raise ValueError(_ragged(shape, depth))
    if not is_list:
        values.append(value)
    elif depth == len(shape) - 1 and not any([type(each) in _NO_NUMBERS for each in value]):
        values += value
    else:
        for each in value:
            _collect(each, shape, depth + 1, values)


def _ragged(shape, depth):
    depth = max(depth, 1)
    said = "setting an array element with a sequence. The requested array has an inhomogeneous shape after "
    return f"{said}{depth} dimensions. The detected shape was {shape[:depth]} + inhomogeneous part."


def _kind_of(values, given):
    if not values:
        while type(given) in _LISTS and len(given):
            given = given[0]
        return given.dtype if type(given) is ndarray else FLOAT64
    if len({type(each) for each in values}) == 1 and type(values[0]) is not TEXT:
        return dtype_of(values[0])
    kind = BOOL
    for each in values:
        kind = joined(kind, dtype_of(each))
    return kind


def full(shape, fill_value, dtype=None):
    shape = as_shape(shape)
    if type(fill_value) in (list, tuple, ndarray):
        made = empty(shape, asarray(fill_value).dtype if dtype is None else dtype)
        made[...] = fill_value
        return made
    kind = dtype_of(fill_value) if dtype is None else as_dtype(dtype)
    return ndarray([kind.cast(fill_value)] * size_of(shape), shape, kind)


def zeros(shape, dtype=None):
    return full(shape, 0, as_dtype(dtype))


def ones(shape, dtype=None):
    return full(shape, 1, as_dtype(dtype))


empty = zeros


def full_like(array, fill_value, dtype=None, shape=None):
    array = asarray(array)
    return full(array.shape if shape is None else shape, fill_value, array.dtype if dtype is None else dtype)


def zeros_like(array, dtype=None, shape=None):
    return full_like(array, 0, dtype, shape)


def ones_like(array, dtype=None, shape=None):
    return full_like(array, 1, dtype, shape)


empty_like = zeros_like


def eye(rows, columns=None, dtype=None):
    columns = rows if columns is None else columns
    made = zeros((rows, columns), dtype)
    one = made.dtype.cast(1)
    for place in range(min(rows, columns)):
        made._data[place * columns + place] = one
    return made


identity = eye


def arange(start, stop=None, step=1, dtype=None):
    start, stop = (0, start) if stop is None else (start, stop)
    if not step:
        raise ZeroDivisionError("division by zero")
    is_whole = type(start) is int and type(stop) is int and type(step) is int
    count = max(0, int(-((start - stop) // step)))
    kind = (INT64 if is_whole else FLOAT64) if dtype is None else as_dtype(dtype)
    # numpy takes the difference of the first two for the step.
    second = start + step
    step = second - start
    return ndarray([kind.cast(start + place * step) for place in range(count)], (count,), kind)


def linspace(start, stop, num=50, endpoint=True):
    gaps = num - 1 if endpoint else num
    step = (stop - start) / gaps if gaps else 0.0
    values = [place * step + start for place in range(num)]
    if endpoint and num > 1:
        values[-1] = float(stop)
    return ndarray([float(value) for value in values], (num,), FLOAT64)


def ascontiguousarray(array):
    array = asarray(array)
    return array if array.flags.c_contiguous else array.copy()


def indices(shape):
    """For each axis of a shape: the place along it, of every element."""
    shape = as_shape(shape)
    made = zeros((len(shape),) + shape, int)
    for axis, length in enumerate(shape):
        lengths = [1] * len(shape)
        lengths[axis] = length
        made[axis] = arange(length).reshape(lengths)
    return made


def ndindex(*shape):
    """Every place of a shape, in reading order."""
    if len(shape) == 1 and type(shape[0]) is not int:
        shape = shape[0]
    places = [()]
    for length in shape:
        places = [place + (step,) for place in places for step in range(length)]
    return iter(places)


def ndenumerate(array):
    """Every place of an array, with the value there."""
    array = asarray(array)
    return zip(ndindex(array.shape), array._values())


def copy(array):
    return asarray(array).copy()
