"""What an array may hold. A single number of any of these kinds is a plain float, int or bool of Python's."""

import struct


class dtype:  # numpy's own name for it
    """A kind of element: its name, numpy's letter for its kind, and the function that makes a value one of it."""

    isnative = True  # there are no bytes to turn round

    def __init__(self, name, kind, cast, itemsize=8):
        self.name, self.kind, self.cast, self.itemsize = name, kind, cast, itemsize

    @property
    def char(self):
        """numpy's letter for the very kind."""
        return {"float64": "d", "float32": "f", "int64": "l", "uint8": "B", "bool": "?"}.get(self.name, self.kind)

    def __repr__(self):
        return f"dtype('{_code(self)}')"

    def __str__(self):
        return self.name if self.kind == "O" else _code(self)

    def __eq__(self, other):
        try:
            return as_dtype(other).name == self.name
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)


def _code(kind):
    return f"<U{kind.itemsize // 4}" if kind.kind == "U" else "O" if kind.kind == "O" else kind.name


def _float32(value):
    """The nearest of the numbers with 24 bits."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return float(value) * float("inf")


def _int64(value):
    if type(value) is float and value - value != 0:  # no number, or infinite: numpy warns, and gives this
        return -(2**63)
    return int(value)


def _uint8(value):
    return int(value) & 255


def _anything(value):
    return value


FLOAT64 = dtype("float64", "f", float)
FLOAT32 = dtype("float32", "f", _float32, 4)
INT64 = dtype("int64", "i", _int64)
UINT8 = dtype("uint8", "u", _uint8, 1)
BOOL = dtype("bool", "b", bool, 1)
OBJECT = dtype("object", "O", _anything)
ORDER = "buifUO"
TEXT = "".__class__
NUMBERS = (float, int, bool)


def text_dtype(length):
    """The kind of texts of up to `length` letters."""
    return dtype(f"str{32 * length}", "U", str, 4 * length)


class generic:
    """numpy's word for single numbers with a dtype; here they are Python's, so nothing is an instance of it."""


class float64(generic):
    def __new__(cls, value=0.0):
        return _made(value, FLOAT64)


class float32(generic):
    def __new__(cls, value=0.0):
        return _made(value, FLOAT32)


class int64(generic):
    def __new__(cls, value=0):
        return _made(value, INT64)


class uint8(generic):
    def __new__(cls, value=0):
        return _made(value, UINT8)


class bool_(generic):
    def __new__(cls, value=False):
        return _made(value, BOOL)


def _made(value, kind):
    """A single number of a kind, or an array where an array or a list is given."""
    if hasattr(value, "astype"):
        return value.astype(kind)
    if type(value) in (list, tuple):
        from .making import asarray

        return asarray(value, kind)
    return kind.cast(value)


_KNOWN = {
    float: FLOAT64, float64: FLOAT64, "float64": FLOAT64, "float": FLOAT64, "f8": FLOAT64, "d": FLOAT64,
    float32: FLOAT32, "float32": FLOAT32, "f4": FLOAT32,
    int: INT64, int64: INT64, "int64": INT64, "int": INT64, "i8": INT64,
    uint8: UINT8, "uint8": UINT8, "u1": UINT8,
    bool: BOOL, bool_: BOOL, "bool": BOOL,
    object: OBJECT, "object": OBJECT, "O": OBJECT,
    str: text_dtype(0), "str": text_dtype(0),
}  # fmt: skip


def as_dtype(given):
    """The kind that is meant by `float`, `np.float64`, "float64" or the like."""
    if type(given) is dtype:
        return given
    if given is None:
        return FLOAT64
    if given in _KNOWN:
        return _KNOWN[given]
    raise TypeError(f"data type {given!r} not understood: float64, float32, int64, uint8 and bool are in this page")


def dtype_of(value):
    """The kind of a single value."""
    kind = type(value)
    if kind is float:
        return FLOAT64
    if kind is bool:
        return BOOL
    if kind is int:
        return INT64
    return text_dtype(max(1, len(value))) if kind is TEXT else OBJECT


def joined(one, other):
    """The kind that has room for both."""
    if one.kind == other.kind:
        return one if one.itemsize >= other.itemsize else other
    larger, smaller = (one, other) if ORDER.index(one.kind) > ORDER.index(other.kind) else (other, one)
    return FLOAT64 if larger is FLOAT32 and smaller is INT64 else larger


def joined_with_number(kind, number):
    """The kind for an array of `kind` and a number of Python's, which is to fit in: float32 stays float32."""
    if type(number) is float:
        return kind if kind.kind in "fUO" else FLOAT64
    if type(number) is int:
        return INT64 if kind.kind == "b" else kind
    return kind
