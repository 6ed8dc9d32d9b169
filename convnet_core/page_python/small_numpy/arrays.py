"""The array: one list of values, and how to walk it. A view shares the list of the array that it looks at.

Its methods come from the modules beside this one: a function that takes an array first is a method as well.
"""

from . import missing
from .dtypes import FLOAT32, as_dtype
from .layout import size_of, strides_of, values_at


class ndarray:
    """Numbers in any number of axes.

    _data, _strides, _start  the list that holds the values, the steps along each axis, the first value's place
    _writeable               whether an assignment may change them
    """

    def __init__(self, data, shape, kind, strides=None, start=0, writeable=True):
        self._data, self._start, self._writeable = data, start, writeable
        self.shape, self.dtype = tuple(shape), kind
        self._strides = strides_of(self.shape) if strides is None else tuple(strides)

    def _view(self, shape, strides, start):
        return ndarray(self._data, shape, self.dtype, strides, start, self._writeable)

    def _values(self):
        """All elements in reading order: perhaps the array's own list, so nobody writes into it."""
        if self._strides == strides_of(self.shape):
            size = size_of(self.shape)
            return self._data if size == len(self._data) else self._data[self._start : self._start + size]
        return values_at(self._data, self.shape, self._strides, self._start)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return size_of(self.shape)

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize

    @property
    def strides(self):
        return tuple([stride * self.dtype.itemsize for stride in self._strides])

    @property
    def flat(self):
        return iter(self._values())

    @property
    def flags(self):
        return Flags(self)

    def setflags(self, write=True):
        self._writeable = write

    def __getattr__(self, name):
        raise AttributeError(missing.explain(name, missing.METHODS, "array"))

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError("iteration over a 0-d array")
        if len(self.shape) == 1:
            return iter(list(self._values()))
        return iter([self[row] for row in range(self.shape[0])])

    def __bool__(self):
        if self.size > 1:
            said = "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()"
            raise ValueError(said)
        if self.size == 0:
            said = "The truth value of an empty array is ambiguous. "
            raise ValueError(said + "Use `array.size > 0` to check that an array is not empty.")
        return bool(self.item())

    def __contains__(self, value):
        return value in self._values()

    def __index__(self):
        if self.shape or self.dtype.kind not in "iu":
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.item()

    def __deepcopy__(self, memo):
        return self.copy()

    def item(self, *place):
        """The one element as a number, or the one at a place."""
        if place:
            return self[place] if len(place) > 1 else self._values()[place[0]]
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._values()[0]

    def tolist(self):
        return _nested(self._values(), self.shape)

    def tobytes(self):
        return repr(self._values()).encode()

    def copy(self, order="C"):
        return ndarray(list(self._values()), self.shape, self.dtype)

    def astype(self, kind, copy=True):
        """The same values as another kind; a new array, or with copy=False perhaps this one."""
        kind = as_dtype(kind)
        if kind == self.dtype and not copy:
            return self
        cast = kind.cast
        return ndarray([cast(value) for value in self._values()], self.shape, kind)

    def fill(self, value):
        self[...] = value


class Flags:
    """What may be asked of `array.flags`."""

    def __init__(self, array):
        self.writeable = array._writeable
        self.c_contiguous = array._strides == strides_of(array.shape)


def finished(values, shape, kind):
    """What a calculation gives: an array, or the bare number where no axis is left."""
    if kind is FLOAT32:
        values = [kind.cast(value) for value in values]
    return ndarray(values, shape, kind) if shape else values[0]


def stored(result, out):
    """A result; where the caller has handed over an array for it, put into that."""
    if out is None:
        return result
    out[...] = result
    return out


def _nested(values, shape):
    if not shape:
        return values[0]
    if len(shape) == 1:
        return list(values)
    step = size_of(shape[1:])
    return [_nested(values[row * step : (row + 1) * step], shape[1:]) for row in range(shape[0])]
