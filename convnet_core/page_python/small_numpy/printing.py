"""Arrays as text, as numpy 2 writes them: digits, blanks and line breaks."""

import math

from .arrays import ndarray
from .digits import nearest_whole, shortest, taken_apart
from .dtypes import FLOAT32
from .layout import size_of

OPTIONS = {"precision": 8, "threshold": 1000, "edgeitems": 3, "linewidth": 75, "suppress": False}


def set_printoptions(**options):
    """How arrays are printed from now on."""
    for name, value in options.items():
        if name not in OPTIONS:
            raise TypeError(f"set_printoptions: {name} is not in this page's small numpy; run the notebook")
        if value is not None:
            OPTIONS[name] = value


class printoptions:
    """`with np.printoptions(precision=2):` prints so within, and as before after it."""

    def __init__(self, **options):
        self._options = options

    def __enter__(self):
        self._before = OPTIONS.copy()
        set_printoptions(**self._options)

    def __exit__(self, *problem):
        OPTIONS.update(self._before)


# One number


def _shortest(value, kind):
    """The digits of a number above 0 that lead back to it among all of its kind, and the power of ten of the first."""
    if kind is not FLOAT32:
        return shortest(value)
    for digits in range(9):
        text = f"{value:.{digits}e}"
        if kind.cast(float(text)) == value:
            break
    return taken_apart(text)


def _positional(value, kind, precision):
    """A finite number as whole part and decimals, both as text: ("-0", "25")."""
    minus = "-" if math.copysign(1.0, value) < 0 else ""
    value = abs(value)
    if value < 1e15 and value == int(value):
        return minus + str(int(value)), ""
    digits, place = _shortest(value, kind) if kind is FLOAT32 else taken_apart(f"{value}")
    decimals = len(digits) - 1 - place
    if decimals > precision:
        digits, decimals = str(nearest_whole(value, precision)), precision
    elif decimals < 0:
        digits, decimals = digits + "0" * -decimals, 0
    digits = "0" * (decimals + 1 - len(digits)) + digits
    cut = len(digits) - decimals
    return minus + digits[:cut], digits[cut:].rstrip("0")


def _scientific(value, kind, precision):
    """A finite number as sign and first digit, the other digits, and the power of ten: ("-1", "25", 3)."""
    minus = "-" if math.copysign(1.0, value) < 0 else ""
    value = abs(value)
    if value == 0:
        return minus + "0", "", 0
    digits, power = _shortest(value, kind)
    if len(digits) - 1 > precision:
        digits = str(nearest_whole(value, precision - power))
        if len(digits) > precision + 1:
            power += 1
        digits = digits[: precision + 1].rstrip("0") or "0"
    return minus + digits[0], digits[1:], power


# All numbers of an array, so that they stand below each other


def _float_texts(values, kind):
    finite = [value for value in values if value - value == 0]
    other = [value for value in finite if value]
    largest, smallest = max([abs(value) for value in other] + [0.0]), min([abs(value) for value in other] + [math.inf])
    cutoff = 1e6 if kind is FLOAT32 else 1e8
    is_wide = not OPTIONS["suppress"] and (smallest < 0.0001 or largest / smallest > 1000.0)
    if other and (largest >= cutoff or is_wide):
        return _padded(values, *_scientific_texts(finite, kind))
    parts = [_positional(value, kind, OPTIONS["precision"]) for value in finite]
    left = max([len(whole) for whole, _ in parts] + [0])
    right = max([len(part) for _, part in parts] + [0])
    texts = [_left(whole, left) + "." + part + " " * (right - len(part)) for whole, part in parts]
    return _padded(values, texts, left, right)


def _scientific_texts(finite, kind):
    parts = [_scientific(value, kind, OPTIONS["precision"]) for value in finite]
    left = max([len(whole) for whole, _, _ in parts])
    digits = max([len(part) for _, part, _ in parts])
    size = max([2] + [len(str(abs(power))) for _, _, power in parts])
    texts = []
    for whole, part, power in parts:
        exponent = str(abs(power))
        exponent = ("-" if power < 0 else "+") + "0" * (size - len(exponent)) + exponent
        texts.append(_left(whole, left) + "." + part + "0" * (digits - len(part)) + "e" + exponent)
    return texts, left, size + 2 + digits


def _padded(values, texts, left, right):
    """The texts of the finite values, and those of the others between them, all of one width."""
    if len(texts) == len(values):
        return texts
    names = ["nan" if value != value else "inf" if value > 0 else "-inf" for value in values if value - value != 0]
    longest = max(3, 4 if "-inf" in names else 3)
    width = max(left + right + 1, longest)
    texts, names = iter(texts), iter(names)
    return [_left(next(texts) if value - value == 0 else next(names), width) for value in values]


def _left(text, width):
    return " " * (width - len(text)) + text


def _texts(array):
    """Each element as text."""
    values, kind = array._values(), array.dtype
    if kind.kind == "f":
        return _float_texts(values, kind)
    if kind.kind in "UO":
        return [repr(value) for value in values]
    texts = [str(value) for value in values]
    width = max([len(text) for text in texts] + [5 if kind.kind == "b" and array.shape else 0])
    return [_left(text, width) for text in texts]


# Brackets and lines


def _edges(array):
    """The elements at both ends of each axis alone, of an array that is too large to be printed."""
    edge = OPTIONS["edgeitems"]
    for axis, length in enumerate(array.shape):
        if length > 2 * edge:
            places = list(range(edge)) + list(range(length - edge, length))
            array = array[(slice(None),) * axis + (places,)]
    return array


def _lines(array, separator, prefix, width):
    if not array.size:
        return "[]"
    is_large = array.size > OPTIONS["threshold"]
    kept = _edges(array) if is_large else array
    left_out = [is_large and length > 2 * OPTIONS["edgeitems"] for length in array.shape]
    texts = _texts(kept)
    if not array.shape:
        return texts[0]
    return _block(texts, kept.shape, left_out, separator, " " * (len(prefix) + 1), width)


def _block(texts, shape, left_out, separator, indent, width):
    """An axis in its brackets: the last one as words in lines, any other as blocks below each other."""
    if len(shape) == 1:
        words = _with_dots(texts, left_out[0])
        return "[" + _wrapped(words, separator, indent, width - max(len(separator.rstrip()), 1)) + "]"
    step = size_of(shape[1:])
    blocks = [
        _block(texts[row * step : (row + 1) * step], shape[1:], left_out[1:], separator, indent + " ", width - 1)
        for row in range(shape[0])
    ]
    between = separator.rstrip() + "\n" * (len(shape) - 1) + indent
    return "[" + between.join(_with_dots(blocks, left_out[0])) + "]"


def _with_dots(parts, left_out):
    half = len(parts) // 2
    return parts[:half] + ["..."] + parts[half:] if left_out else parts


def _wrapped(words, separator, indent, width):
    lines, line = [], indent
    for place, word in enumerate(words):
        if len(line) + len(word) > width and len(line) > len(indent):
            lines.append(line.rstrip())
            line = indent
        line += word + (separator if place < len(words) - 1 else "")
    return "\n".join(lines + [line])[len(indent) :]


def array_str(array):
    """What `print` shows."""
    if not array.shape:
        return str(array.item())
    return _lines(array, " ", "", OPTIONS["linewidth"])


def array_repr(array):
    """What a cell shows that ends in an array."""
    text = "array(" + _lines(array, ", ", "array(", OPTIONS["linewidth"] - 1)
    extras = []
    if (not array.size and array.shape != (0,)) or array.size > OPTIONS["threshold"]:
        extras.append(f"shape={array.shape}")
    if array.dtype.name not in ("float64", "int64", "bool") or not array.size:
        extras.append(f"dtype={_kind_text(array.dtype)}")
    if not extras:
        return text + ")"
    text, extra = text + ",", ", ".join(extras) + ")"
    last_line = len(text) - (text.rfind("\n") + 1)
    is_long = last_line + len(extra) + 1 > OPTIONS["linewidth"]
    return text + ("\n      " if is_long else " ") + extra


def _kind_text(kind):
    return f"'{kind}'" if kind.kind == "U" else kind.name


ndarray.__str__ = array_str
ndarray.__repr__ = array_repr
