"""A small numpy: as much of it as the book's exercises and cells use, in plain Python, for the page's own engine.

It runs in MicroPython and in CPython alike. What it has works as numpy 2 does: values, shapes, kinds, printed text and
the words of errors are held to numpy's own by the tests. docs/small_numpy.md lists what it has, and where it differs.

The functions stand in modules by what they do. One that takes an array first becomes a method of arrays in its module.
"""

import math

from . import indexing, lib, missing, operators, printing, random
from .arrays import ndarray
from .dtypes import as_dtype as dtype
from .dtypes import bool_, float32, float64, generic, int64, uint8
from .making import (
    arange,
    array,
    asarray,
    ascontiguousarray,
    copy,
    empty,
    empty_like,
    eye,
    full,
    full_like,
    identity,
    indices,
    linspace,
    ndenumerate,
    ndindex,
    newaxis,
    ones,
    ones_like,
    zeros,
    zeros_like,
)
from .printing import (
    array_repr,
    array_str,
    printoptions,
    set_printoptions,
)
from .products import (
    corrcoef,
    dot,
    matmul,
    outer,
    tensordot,
    trace,
)
from .reductions import (
    all,
    amax,
    amin,
    any,
    argmax,
    argmin,
    around,
    count_nonzero,
    cumsum,
    max,
    mean,
    median,
    min,
    prod,
    ptp,
    round,
    std,
    sum,
    var,
)
from .searching import (
    allclose,
    argsort,
    argwhere,
    array_equal,
    bincount,
    clip,
    diag,
    diff,
    flatnonzero,
    isclose,
    nonzero,
    sort,
    tril,
    triu,
    unique,
    where,
)
from .shaping import (
    append,
    broadcast_arrays,
    broadcast_to,
    column_stack,
    concatenate,
    delete,
    expand_dims,
    flip,
    fliplr,
    flipud,
    hstack,
    moveaxis,
    pad,
    ravel,
    repeat,
    reshape,
    roll,
    rot90,
    split,
    squeeze,
    stack,
    swapaxes,
    take,
    tile,
    transpose,
    vstack,
)
from .spaces import (
    errstate,
    exceptions,
    linalg,
    ma,
    seterr,
)
from .ufuncs import (
    absolute,
    add,
    arctan,
    arctan2,
    bitwise_and,
    bitwise_not,
    bitwise_or,
    bitwise_xor,
    ceil,
    cos,
    deg2rad,
    degrees,
    divide,
    equal,
    exp,
    expm1,
    floor,
    floor_divide,
    greater,
    greater_equal,
    hypot,
    invert,
    isfinite,
    isinf,
    isnan,
    less,
    less_equal,
    log,
    log1p,
    log2,
    log10,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
    maximum,
    minimum,
    mod,
    multiply,
    negative,
    not_equal,
    positive,
    power,
    rad2deg,
    radians,
    remainder,
    rint,
    sign,
    sin,
    sqrt,
    square,
    subtract,
    tan,
    tanh,
    true_divide,
    trunc,
)
from .ufuncs import absolute as abs

pi, e, inf, nan = math.pi, math.e, math.inf, math.nan
floating, integer, number = float, int, (float, int)
bool = bool_


def atleast_1d(value):
    value = asarray(value)
    return value if value.shape else value.reshape(1)


def ndim(value):
    return asarray(value).ndim


def shape(value):
    return asarray(value).shape


def size(value):
    return asarray(value).size


def __getattr__(name):
    raise AttributeError(missing.explain(name, missing.FUNCTIONS, "np"))
