"""What is done to each element, or to each pair of them: numpy calls these universal functions.

A rule works on whole lists, so that the loop over the elements is the quickest that Python has.
"""

import math

from .arrays import finished, ndarray, stored
from .dtypes import BOOL, FLOAT64, INT64, NUMBERS, dtype_of, joined, joined_with_number
from .layout import common_shape, stretched
from .making import asarray

inf, nan = math.inf, math.nan


class ufunc:
    """A function of one element or two.

    rule    takes a list for each, and gives one
    result  "same": the kind that has room for all that comes in; "float", "bool"
    """

    def __init__(self, name, inputs, rule, result, words=""):
        self.__name__, self.nin, self._rule, self._result, self._words = name, inputs, rule, result, words

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, *given, out=None, dtype=None):
        if len(given) > self.nin:
            *given, out = given
        if len(given) < self.nin:
            said = f"{self.__name__}() takes from {self.nin} to {self.nin + 1} positional arguments but "
            raise TypeError(f"{said}{len(given)} were given")
        made = self._of_one(given[0]) if self.nin == 1 else self._of_two(given[0], given[1])
        return stored(made if dtype is None else asarray(made).astype(dtype), out)

    def _of_one(self, value):
        value = asarray(value)
        kind = self._kind(value.dtype)
        return finished(self._rule(value._values()), value.shape, kind)

    def _of_two(self, left, right):
        if type(left) is ndarray and type(right) is ndarray:
            kind = self.kind_of(left, right)
            if left.shape == right.shape:
                return finished(self._rule(left._values(), right._values()), left.shape, kind)
            shape = common_shape((left.shape, right.shape))
            return finished(self._rule(_stretched_values(left, shape), _stretched_values(right, shape)), shape, kind)
        if type(left) is ndarray and type(right) in NUMBERS:
            kind = self.kind_of(left, right)
            values = left._values()
            return finished(self._rule(values, [right] * len(values)), left.shape, kind)
        if type(right) is ndarray and type(left) in NUMBERS:
            kind = self._kind(joined_with_number(right.dtype, left), dtype_of(left), right.dtype)
            values = right._values()
            return finished(self._rule([left] * len(values), values), right.shape, kind)
        return self._of_two(asarray(left), asarray(right))

    def kind_of(self, left, right):
        """The kind of the result for an array and an array or a number."""
        if type(right) in NUMBERS:
            return self._kind(joined_with_number(left.dtype, right), left.dtype, dtype_of(right))
        return self._kind(joined(left.dtype, right.dtype), left.dtype, right.dtype)

    def _kind(self, kind, *given):
        """The kind of the result; refuses what there is no rule for."""
        if self._result == "bool":
            return BOOL
        if kind.kind in "UO":
            kinds = ", ".join([repr(each) for each in given or (kind,)])
            said = f"ufunc '{self.__name__}' did not contain a loop with signature matching types"
            raise TypeError(f"{said} ({kinds}) -> None")
        if self._result == "float":
            return kind if kind.kind == "f" else FLOAT64
        if self._result == "bits" and kind.kind == "f":
            said = f"ufunc '{self.__name__}' not supported for the input types, and the inputs could not be safely "
            raise TypeError(said + "coerced to any supported types according to the casting rule ''safe''")
        if kind is BOOL:
            if self._words:
                raise TypeError(self._words)
            if self._result == "number":
                return INT64
        return kind

    def outer(self, left, right):
        """Every element of one with every element of the other."""
        left, right = asarray(left), asarray(right)
        return self(left.reshape(left.shape + (1,) * right.ndim), right)

    def reduce(self, array, axis=0, keepdims=False):
        """One after the other along an axis; with None, of all elements."""
        array = asarray(array)
        rows = array.reshape((-1,)) if axis is None else array.swapaxes(0, axis)
        made = rows[0]
        for row in range(1, len(rows)):
            made = self(made, rows[row])
        if axis is None or array.ndim == 1:
            return made
        made = made.reshape((1,) + made.shape).swapaxes(0, axis)
        return made if keepdims else made.reshape(array.shape[:axis] + array.shape[axis:][1:])


def _stretched_values(array, shape):
    if array.size == 1:
        count = 1
        for length in shape:
            count *= length
        return [array._values()[0]] * count
    if array.shape == shape:
        return array._values()
    return array._view(shape, stretched(array.shape, array._strides, shape), array._start)._values()


def _pairs(operation):
    return lambda left, right: [operation(one, other) for one, other in zip(left, right)]


def _each(operation):
    return lambda values: [operation(value) for value in values]


# Two elements


def _add(left, right):
    if left and type(left[0]) is bool and type(right[0]) is bool:
        return [one or other for one, other in zip(left, right)]
    return [one + other for one, other in zip(left, right)]


def _multiply(left, right):
    if left and type(left[0]) is bool and type(right[0]) is bool:
        return [one and other for one, other in zip(left, right)]
    return [one * other for one, other in zip(left, right)]


def _divided(one, other):
    if other:
        return one / other
    if not one or one != one or other != other:
        return nan if other == other else one / other
    return math.copysign(inf, one) * math.copysign(1.0, other)


def _divide(left, right):
    return [one / other if other else _divided(one, other) for one, other in zip(left, right)]


def _floor_divided(one, other):
    if other:
        if type(one) is float and one - one != 0:
            return nan
        return one // other
    return _divided(one, other) if type(one) is float or type(other) is float else 0


def _remainder(one, other):
    if other:
        if type(one) is float and one - one != 0:
            return nan
        return one % other
    return nan if type(one) is float or type(other) is float else 0


def _power(one, other):
    if type(one) is not float and type(other) is not float:
        if other < 0:
            raise ValueError("Integers to negative integer powers are not allowed.")
        return one**other
    if other == 2:
        return one * one
    try:
        return _divided(1.0, one**-other) if one == 0 and other < 0 else _real(one, other)
    except OverflowError:
        return inf if one > 0 or other % 2 == 0 else -inf


def _real(one, other):
    """A power that is no complex number."""
    return nan if one < 0 and other % 1 else float(one**other)


def _larger(left, right):
    return [one if one >= other or one != one else other for one, other in zip(left, right)]


def _smaller(left, right):
    return [one if one <= other or one != one else other for one, other in zip(left, right)]


def _of_one_kind(rule):
    """For rules that hand on one of the two as it is: an int beside a float becomes a float, True beside an int 1."""

    def work(left, right):
        made = rule(left, right)
        if not made or type(left[0]) is type(right[0]):
            return made
        cast = float if float in (type(left[0]), type(right[0])) else int
        return [cast(value) for value in made]

    return work


def _of_bits(operation):
    """For MicroPython, to which True & True is 1."""

    def work(one, other):
        made = operation(one, other)
        return bool(made) if type(one) is bool and type(other) is bool else made

    return work


_MINUS = (
    "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, "
    "or the logical_xor function instead."
)
_NEGATIVE = (
    "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not "
    "function instead."
)

_NO_SIGN = "ufunc 'sign' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None"

add = ufunc("add", 2, _add, "same")
subtract = ufunc("subtract", 2, lambda left, right: [one - other for one, other in zip(left, right)], "same", _MINUS)
multiply = ufunc("multiply", 2, _multiply, "same")
divide = true_divide = ufunc("divide", 2, _divide, "float")
floor_divide = ufunc("floor_divide", 2, _pairs(_floor_divided), "number")
remainder = mod = ufunc("remainder", 2, _pairs(_remainder), "number")
power = ufunc("power", 2, _pairs(_power), "number")
maximum = ufunc("maximum", 2, _of_one_kind(_larger), "same")
minimum = ufunc("minimum", 2, _of_one_kind(_smaller), "same")
equal = ufunc("equal", 2, lambda left, right: [one == other for one, other in zip(left, right)], "bool")
not_equal = ufunc("not_equal", 2, lambda left, right: [one != other for one, other in zip(left, right)], "bool")
less = ufunc("less", 2, lambda left, right: [one < other for one, other in zip(left, right)], "bool")
less_equal = ufunc("less_equal", 2, lambda left, right: [one <= other for one, other in zip(left, right)], "bool")
greater = ufunc("greater", 2, lambda left, right: [one > other for one, other in zip(left, right)], "bool")
greater_equal = ufunc("greater_equal", 2, lambda left, right: [one >= other for one, other in zip(left, right)], "bool")
logical_and = ufunc("logical_and", 2, _pairs(lambda one, other: bool(one) and bool(other)), "bool")
logical_or = ufunc("logical_or", 2, _pairs(lambda one, other: bool(one) or bool(other)), "bool")
logical_xor = ufunc("logical_xor", 2, _pairs(lambda one, other: bool(one) != bool(other)), "bool")
bitwise_and = ufunc("bitwise_and", 2, _pairs(_of_bits(lambda one, other: one & other)), "bits")
bitwise_or = ufunc("bitwise_or", 2, _pairs(_of_bits(lambda one, other: one | other)), "bits")
bitwise_xor = ufunc("bitwise_xor", 2, _pairs(_of_bits(lambda one, other: one ^ other)), "bits")
arctan2 = ufunc("arctan2", 2, _pairs(math.atan2), "float")
hypot = ufunc("hypot", 2, _pairs(lambda one, other: math.sqrt(one * one + other * other)), "float")

# One element


def _exp(value):
    return math.exp(value) if value < 709.8 else inf if value == value else nan


def _logarithm(function):
    def work(value):
        if value > 0:
            return function(value) if value != inf else inf
        return -inf if value == 0 else nan

    return work


def _wave(function):
    return lambda value: function(value) if value - value == 0 else nan


def _sign(value):
    return value if value != value else type(value)((value > 0) - (value < 0))


def _absolute(values):
    return [abs(value) for value in values] if not values or type(values[0]) is not bool else values[:]


def _negative(values):
    return [-value for value in values]


def _whole(function):
    """For rules that make a float a whole one; whole numbers stay as they are."""
    return lambda value: float(function(value)) if type(value) is float and value - value == 0 else value


def nearest(value):
    """The nearest whole number, of two as near the even one."""
    below = math.floor(value)
    over = value - below
    return below + (over > 0.5 or (over == 0.5 and below % 2 == 1))


def _as_bits(values):
    return [not value for value in values] if values and type(values[0]) is bool else [~value for value in values]


absolute = abs_ = ufunc("absolute", 1, _absolute, "same")
negative = ufunc("negative", 1, _negative, "same", _NEGATIVE)
positive = ufunc("positive", 1, lambda values: values[:], "same")
sign = ufunc("sign", 1, _each(_sign), "same", _NO_SIGN)
square = ufunc("square", 1, _each(lambda value: value * value), "same")
sqrt = ufunc("sqrt", 1, _each(lambda value: math.sqrt(value) if value >= 0 else nan), "float")
exp = ufunc("exp", 1, _each(_exp), "float")
log = ufunc("log", 1, _each(_logarithm(math.log)), "float")
log2 = ufunc("log2", 1, _each(_logarithm(lambda value: math.log(value) / math.log(2))), "float")
log10 = ufunc("log10", 1, _each(_logarithm(math.log10)), "float")
log1p = ufunc("log1p", 1, _each(lambda value: _logarithm(math.log)(1 + value)), "float")
expm1 = ufunc("expm1", 1, _each(lambda value: math.expm1(value) if value < 709.8 else inf), "float")
sin = ufunc("sin", 1, _each(_wave(math.sin)), "float")
cos = ufunc("cos", 1, _each(_wave(math.cos)), "float")
tan = ufunc("tan", 1, _each(_wave(math.tan)), "float")
arctan = ufunc("arctan", 1, _each(math.atan), "float")
tanh = ufunc("tanh", 1, _each(math.tanh), "float")
radians = deg2rad = ufunc("radians", 1, _each(lambda value: value * (math.pi / 180)), "float")
degrees = rad2deg = ufunc("degrees", 1, _each(lambda value: value * (180 / math.pi)), "float")
floor = ufunc("floor", 1, _each(_whole(math.floor)), "same")
ceil = ufunc("ceil", 1, _each(_whole(math.ceil)), "same")
trunc = ufunc("trunc", 1, _each(_whole(int)), "same")
rint = ufunc("rint", 1, _each(lambda value: float(nearest(value)) if value - value == 0 else value), "float")
isnan = ufunc("isnan", 1, _each(lambda value: value != value), "bool")
isinf = ufunc("isinf", 1, _each(lambda value: value in (inf, -inf)), "bool")
isfinite = ufunc("isfinite", 1, lambda values: [value - value == 0 for value in values], "bool")
logical_not = ufunc("logical_not", 1, _each(lambda value: not value), "bool")
invert = bitwise_not = ufunc("invert", 1, _as_bits, "bits")
