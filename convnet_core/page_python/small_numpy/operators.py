"""`+`, `<`, `&`, `@` and all the others between arrays and numbers."""

from . import ufuncs
from .arrays import ndarray
from .dtypes import NUMBERS, ORDER
from .layout import common_shape, stretched, written
from .making import asarray
from .products import matmul

_BOTH_WAYS = {
    "add": ufuncs.add,
    "sub": ufuncs.subtract,
    "mul": ufuncs.multiply,
    "truediv": ufuncs.divide,
    "floordiv": ufuncs.floor_divide,
    "mod": ufuncs.remainder,
    "pow": ufuncs.power,
    "and": ufuncs.bitwise_and,
    "or": ufuncs.bitwise_or,
    "xor": ufuncs.bitwise_xor,
    "matmul": matmul,
}
_COMPARISONS = {
    "eq": ufuncs.equal,
    "ne": ufuncs.not_equal,
    "lt": ufuncs.less,
    "le": ufuncs.less_equal,
    "gt": ufuncs.greater,
    "ge": ufuncs.greater_equal,
}
_SIGNS = {"neg": ufuncs.negative, "pos": ufuncs.positive, "abs": ufuncs.absolute, "invert": ufuncs.invert}


def _forwards(function):
    return lambda self, other: function(self, other)


def _backwards(function):
    return lambda self, other: function(other, self)


def _alone(function):
    return lambda self: function(self)


def _in_place(function):
    """`array += other`: into the array itself, so that whoever else holds it sees it change."""

    def work(self, other):
        if function is not matmul:
            _check_in_place(function, self, other)
        if not self._writeable:
            raise ValueError("output array is read-only")
        self[...] = function(self, other)
        return self

    return work


def _check_in_place(function, array, other):
    """Refuse what has no room in the array: floats among whole numbers, or a larger shape."""
    other = other if type(other) in NUMBERS else asarray(other)
    kind = function.kind_of(array, other)
    if ORDER.index(kind.kind) > ORDER.index(array.dtype.kind):
        said = f"Cannot cast ufunc '{function.__name__}' output from {kind!r} to {array.dtype!r} with casting rule "
        raise TypeError(said + "'same_kind'")
    shape = getattr(other, "shape", ())
    if stretched(shape, shape, array.shape) is None:
        whole = written(common_shape((array.shape, shape), " " + written(array.shape)))
        said = f"non-broadcastable output operand with shape {written(array.shape)}"
        raise ValueError(f"{said} doesn't match the broadcast shape {whole}")


for _name, _function in _BOTH_WAYS.items():
    setattr(ndarray, f"__{_name}__", _forwards(_function))
    setattr(ndarray, f"__r{_name}__", _backwards(_function))
    setattr(ndarray, f"__i{_name}__", _in_place(_function))
for _name, _function in _COMPARISONS.items():
    setattr(ndarray, f"__{_name}__", _forwards(_function))
for _name, _function in _SIGNS.items():
    setattr(ndarray, f"__{_name}__", _alone(_function))
