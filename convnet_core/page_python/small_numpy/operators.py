"""`+`, `<`, `&`, `@` and all the others between arrays and numbers."""

from . import ufuncs
from .arrays import ndarray
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
        made = function(self, other)
        name = getattr(function, "__name__", "")
        if getattr(made, "shape", ()) != self.shape:
            said = "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s"
            raise ValueError(said % (str(self.shape).replace(" ", ""), str(made.shape).replace(" ", "")))
        if made.dtype.kind == "f" and self.dtype.kind != "f":
            said = "Cannot cast ufunc '%s' output from dtype('float64') to dtype('%s') with casting rule 'same_kind'"
            raise TypeError(said % (name, self.dtype))
        if not self._writeable:
            raise ValueError("output array is read-only")
        self[...] = made
        return self

    return work


for _name, _function in _BOTH_WAYS.items():
    setattr(ndarray, "__%s__" % _name, _forwards(_function))
    setattr(ndarray, "__r%s__" % _name, _backwards(_function))
    setattr(ndarray, "__i%s__" % _name, _in_place(_function))
for _name, _function in _COMPARISONS.items():
    setattr(ndarray, "__%s__" % _name, _forwards(_function))
for _name, _function in _SIGNS.items():
    setattr(ndarray, "__%s__" % _name, _alone(_function))
