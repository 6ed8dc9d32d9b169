"""The checks at the door: every public function turns what it was given into a clean array first.

Each check returns the value ready for use or raises a ValueError in one pattern: who asked, which
argument, what was given, what was wanted.

    conv2d: weight is (3, 3), wanted (C_out, C_in, kH, kW)

Arrays come back as float64, or as float32 if that is what was given. They may share memory with the
caller's own array, so nobody writes into them.

What is no plain array is taken by its numbers: lists, matrices (`*` multiplies them place by place here, like all
arrays), tables, tensors. Only a masked array is refused, masked cells or not: its numbers alone would count those
that it hides.
"""

import operator
import sys

import numpy as np

LONGEST = 200  # letters of a foreign text in a message
NEAR = 1e-6


def as_array(name, value):
    """Numbers in any shape, a single one too."""
    if is_floats(value) and np.isfinite(value).all():
        return value
    return _as_numbers(name, value, "numbers")


def as_image(name, value, shape=None):
    """One image, (H, W). With `shape`, an image of exactly that shape."""
    wanted = "(H, W)" if shape is None else f"{tuple(shape)}"
    image = _with_dimensions(name, value, (2,), wanted)
    if shape is not None and image.shape != tuple(shape):
        _refuse(name, f"is {_shape(image)}", wanted)
    return image


def as_images(name, value):
    """One image or more, stacked in any way: (..., H, W)."""
    images = _as_numbers(name, value, "(..., H, W)")
    if images.ndim < 2:
        _refuse(name, f"is {_shape(images)}", "(..., H, W)")
    return images


def as_stack_or_batch(name, value):
    """One stack, (C, H, W), or a batch of them, (N, C, H, W)."""
    return _with_dimensions(name, value, (3, 4), "(C, H, W) or (N, C, H, W)")


def as_matrix(name, value, columns=None, shape=None):
    """Rows of numbers, (rows, columns). With `columns`, exactly that many; with `shape`, exactly that."""
    wanted = f"(rows, {'columns' if columns is None else columns})" if shape is None else f"{tuple(shape)}"
    matrix = _with_dimensions(name, value, (2,), wanted)
    if (columns is not None and matrix.shape[1] != columns) or (shape is not None and matrix.shape != tuple(shape)):
        _refuse(name, f"is {_shape(matrix)}", wanted)
    return matrix


def as_labels(name, value, count, answers=None):
    """The place of the right answer for each of `count` samples, as integers (count,). With `answers`, below that.

    For samples of several steps each, `count` is the shape (N, T).
    """
    shape = count if isinstance(count, tuple) else (count,)
    wanted = f"{shape} whole numbers"
    labels = _as_given(name, value, wanted)
    if labels.shape != shape or labels.dtype.kind not in "iu":
        _refuse(name, f"is {_shape(labels)} of {labels.dtype}", wanted)
    lowest, highest = (np.minimum.reduce(labels, None), np.maximum.reduce(labels, None)) if labels.size else (0, -1)
    if lowest < 0 or (answers is not None and highest >= answers):
        most = "up" if answers is None else f"to {answers - 1}"
        _refuse(name, f"holds {lowest} to {highest}", f"whole numbers from 0 {most}")
    return labels


def as_batch(name, value, shape):
    """Any number of stacks of one shape (C, H, W): (N, C, H, W)."""
    wanted = f"(N, {', '.join(map(str, shape))})"
    batch = _with_dimensions(name, value, (4,), wanted)
    if batch.shape[1:] != tuple(shape):
        _refuse(name, f"is {_shape(batch)}", wanted)
    return batch


def as_filters(name, value, channels=None):
    """Filters, (C_out, C_in, kH, kW). With `channels`, C_in has to be that number."""
    filters = _with_dimensions(name, value, (4,), "(C_out, C_in, kH, kW)")
    if channels is not None and filters.shape[1] != channels:
        wanted = f"(C_out, {channels}, kH, kW), a kernel for each of the {channels} channels"
        _refuse(name, f"is {_shape(filters)}", wanted)
    return filters


def as_vector(name, value, length):
    """A list of exactly `length` numbers, (length,)."""
    vector = _as_numbers(name, value, f"({length},)")
    if vector.shape != (length,):
        _refuse(name, f"is {_shape(vector)}", f"({length},)")
    return vector


def as_list(name, value, length=None):
    """Numbers in a row, (length,), or any number of them; there may be none."""
    wanted = "(N,)" if length is None else f"({length},)"
    numbers = _or_none(name, value, (0,), wanted)
    if numbers.ndim != 1 or (length is not None and len(numbers) != length):
        _refuse(name, f"is {_shape(numbers)}", wanted)
    return numbers


def as_rows(name, value, columns):
    """Any number of rows of `columns` numbers, (N, columns); there may be none."""
    wanted = f"(N, {columns})"
    rows = _or_none(name, value, (0, columns), wanted)
    if rows.ndim != 2 or rows.shape[1] != columns:
        _refuse(name, f"is {_shape(rows)}", wanted)
    return rows


def _or_none(name, value, empty, wanted):
    """Numbers; an empty list, or an array of the shape `empty`, is none of them."""
    array = _as_given(name, value, wanted)
    return np.empty(empty) if array.shape == (0,) or array.shape == empty else _as_numbers(name, value, wanted)


def as_flags(name, value, count):
    """True or False, or 1 or 0, for each of `count` things, as booleans: (count,), or of the shape `count`."""
    shape = count if isinstance(count, tuple) else (count,)
    wanted = f"{shape} of True and False"
    flags = _as_given(name, value, wanted)
    if flags.shape != shape:
        _refuse(name, f"is {_shape(flags)}", wanted)
    if flags.size and (flags.dtype.kind not in "biu" or np.any((flags != 0) & (flags != 1))):
        _refuse(name, f"holds {_short(str(flags.tolist()))}", wanted)
    return flags.astype(bool)


def as_whole(name, value, minimum=None, maximum=None):
    """One whole number, from `minimum` to `maximum` where these are given, as an int."""
    if minimum is None:
        limits = ""
    else:
        limits = f" of at least {minimum}" if maximum is None else f" from {minimum} to {maximum}"
    number = _whole(value)
    is_within = number is not None and (minimum is None or number >= minimum) and (maximum is None or number <= maximum)
    if not is_within:
        _refuse(name, f"is {_written(value)}", f"a whole number{limits}")
    return number


def as_size(name, value, minimum):
    """A (height, width) pair of whole numbers of at least `minimum`; one number stands for both."""
    is_pair = isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)
    sizes = tuple(_whole(size) for size in (value if is_pair else (value, value)))
    if len(sizes) != 2 or None in sizes or min(sizes) < minimum:
        _refuse(name, f"is {_written(value)}", f"a whole number of at least {minimum}, or a pair of them")
    return sizes


def as_number(name, value, *, above=None, limit=None):
    """One finite number, as a float: greater than `above`, and no larger in magnitude than `limit`."""
    number = _as_numbers(name, value, "one number")
    if number.ndim != 0:
        _refuse(name, f"is {_shape(number)}", "one number")
    if above is not None and number <= above:
        _refuse(name, f"is {_written(value)}", f"a number above {above}")
    if limit is not None and abs(number) > limit:
        _refuse(name, f"is {_written(value)}", f"a number from {-limit:g} to {limit:g}")
    return float(number.item())


def as_at_least(name, value, minimum):
    """One finite number of at least `minimum`, as a float."""
    number = as_number(name, value)
    if number < minimum:
        _refuse(name, f"is {_written(value)}", f"a number of at least {minimum}")
    return number


def as_share(name, value):
    """One number from 0 to below 1, as a float."""
    share = as_number(name, value)
    if not 0 <= share < 1:
        _refuse(name, f"is {_written(value)}", "a number from 0 to below 1")
    return share


def as_flag(name, value):
    """True or False, and nothing that merely counts as one of them."""
    if not isinstance(value, bool | np.bool_):
        _refuse(name, f"is {_written(value)}", "True or False")
    return bool(value)


def as_float_kind(name, value):
    """The kind of float to count in: np.float64 or np.float32, or the name of one of them."""
    kinds = {np.float64: np.float64, np.float32: np.float32, "float64": np.float64, "float32": np.float32}
    if isinstance(value, np.dtype):
        value = value.type
    if not isinstance(value, str | type) or value not in kinds:
        _refuse(name, f"is {_written(value)}", "np.float64 or np.float32")
    return kinds[value]


def as_generator(name, value):
    """A source of random numbers; a seed alone is refused, so that nobody draws the same ones twice unawares."""
    if not isinstance(value, np.random.Generator):
        _refuse(name, f"is {_written(value)}", "a numpy.random.Generator, such as np.random.default_rng(0)")
    return value


def as_places(name, value, length):
    """A list of places among `length`, counted from 0, as integers: (count,). It may be empty."""
    array = _as_given(name, value, "(count,)")
    places = array if array.shape == (0,) else _as_numbers(name, value, "(count,)")
    if places.ndim != 1:
        _refuse(name, f"is {_shape(places)}", "(count,)")
    for place in places:
        if place != np.rint(place) or not 0 <= place < length:
            _refuse(name, f"holds {place:g}", f"whole numbers from 0 to {length - 1}")
    return places.astype(np.int64)


def as_order(name, value, length):
    """Every place from 0 to length - 1 once, in any order, as integers: (length,)."""
    order = as_places(name, value, length)
    if not np.array_equal(np.sort(order), np.arange(length)):
        _refuse(name, f"is {order.tolist()}", f"each whole number from 0 to {length - 1} once")
    return order


def as_choice(name, value, choices):
    """One of the words in `choices`."""
    if not isinstance(value, str) or value not in choices:
        _refuse(name, f"is {_written(value)}", " or ".join(repr(choice) for choice in choices))
    return value


def as_words(name, value, *choices):
    """A tuple of words, one of each of some choices."""
    if not isinstance(value, tuple | list) or len(value) != len(choices):
        _refuse(
            name, f"is {_written(value)}", f"{len(choices)} words, as ({', '.join(repr(each[0]) for each in choices)})"
        )
    return tuple(as_choice(name, word, each) for word, each in zip(value, choices, strict=True))


def as_kind(name, value, kind):
    """What is of a class, or of one derived from it."""
    if not isinstance(value, kind):
        _refuse(name, f"is {_written(value)}", f"a {kind.__name__}")
    return value


def as_floats(name, value):
    """What a layer is handed: as `as_array`, but NaN and infinity pass, to be seen by who asks for the loss."""
    if is_floats(value):
        return value
    return _as_numbers(name, value, "numbers", is_finite=False)


def is_floats(value):
    """Whether it is what layers hand each other: a plain array of float64 or float32 that is not empty."""
    return type(value) is np.ndarray and value.dtype.char in "df" and value.dtype.isnative and value.size > 0


def without_overflow(names, compute):
    """`compute()`; refuses `names` if finite numbers made one that is not, since products or sums grew too large."""
    with np.errstate(over="ignore", invalid="ignore"):
        result = compute()
    if not np.all(np.isfinite(result)):
        _refuse(names, "hold numbers whose products or sums are too large for a float", "smaller ones")
    return result


def check_fits(name, size, room, what="image"):
    """Refuse a kernel of `size` (height, width) that is larger than the `room` it slides over."""
    if size[0] > room[0] or size[1] > room[1]:
        _refuse(name, f"is {size[0]} x {size[1]}", f"no larger than the {what}, {room[0]} x {room[1]}")


def check_divides(name, length, sides):
    """Refuse a length that does not divide the sides of a map: blocks of it would stick out."""
    if any(side % length for side in sides):
        _refuse(name, f"is {length}", f"a divisor of {' and '.join(map(str, sides))}, the sides of a map")


def check_range(name, array, lowest, highest):
    """Refuse numbers outside; a last bit that sums and means leave over is none."""
    for worst in (np.min(array), np.max(array)):
        if not lowest - NEAR <= worst <= highest + NEAR:
            _refuse(name, f"holds {worst:g}", f"numbers from {lowest:g} to {highest:g}")


def check_adjustable(name, value):
    """Refuse what can't be adjusted in place by a small amount: all but an array of floats that may be written to."""
    if type(value) is not np.ndarray or value.dtype.kind != "f" or not value.flags.writeable:
        kind = f"an array of {value.dtype}" if type(value) is np.ndarray else f"a {type(value).__name__}"
        _refuse(name, f"is {kind}", "an array of floats that may be written to")


def check_axes(name, shape, axes):
    """Refuse a shape other than `axes`, where a number is a length and a word stands for any."""
    shape = tuple(shape)
    if not has_axes(shape, axes):
        listed = ", ".join(map(str, axes)) + ("," if len(axes) == 1 else "")
        _refuse(name, f"is {shape}", f"({listed})")


def has_axes(shape, axes):
    """Whether a shape is as `axes` says, where a number is a length and a word stands for any."""
    return len(shape) == len(axes) and all(
        isinstance(axis, str) or axis == length for axis, length in zip(axes, shape, strict=True)
    )


def _with_dimensions(name, value, dimensions, wanted):
    array = _as_numbers(name, value, wanted)
    if array.ndim not in dimensions:
        _refuse(name, f"is {_shape(array)}", wanted)
    return array


def _as_numbers(name, value, wanted, is_finite=True):
    """`value` as an array of floats that is not empty, of any number of dimensions; finite ones, if not said else."""
    array = _as_given(name, value, wanted)
    # True and False are refused too: a mask that passes for a picture of 1 and -1 would go wrong unseen.
    if array.dtype.kind not in "iuf":
        kinds = {"b": "True and False", "U": "text", "S": "text", "c": "complex numbers"}
        other = f"{type(value).__name__} objects"
        _refuse(name, f"holds {kinds.get(array.dtype.kind, other)}", "plain numbers")
    if array.size == 0:
        _refuse(name, f"is {_shape(array)}, which is empty", wanted)
    if array.dtype != np.float32:
        array = array.astype(np.float64, copy=False)
    if is_finite and not np.all(np.isfinite(array)):
        where = np.argwhere(np.logical_not(np.isfinite(array)))[0].tolist()
        _refuse(name, f"holds {array[tuple(where)]} at {where}", "finite numbers")
    return array


def _as_given(name, value, wanted):
    """`value` as an array of whatever it holds."""
    if _is_masked(value):
        _refuse(name, "is a masked array, or holds one", "plain numbers: put some in place of the masked, `.filled(0)`")
    try:
        return np.asarray(value)
    except Exception as problem:  # objects of any make have a say in what they become
        if "inhomogeneous" in str(problem) and not hasattr(value, "__array__"):
            _refuse(name, "is a ragged list, its rows differ in length", wanted)
        said = _short(f"{type(problem).__name__}: {problem}")
        _refuse(name, f"is a {type(value).__name__} that can't be made an array ({said})", wanted)


def _is_masked(value):
    """Whether it is a masked array, or a list of lists with one somewhere."""
    return isinstance(value, np.ma.MaskedArray) or (isinstance(value, list | tuple) and any(map(_is_masked, value)))


def _whole(value):
    """`value` as an int, or None if it is no whole number. True and 2.0 are none: they hint at a mix-up."""
    if isinstance(value, (bool, np.bool_)):
        return None
    try:
        return operator.index(value)
    except Exception:  # whatever an object of another make says instead
        return None


def _written(value):
    """A value as its program writes it, cut where it is long."""
    try:
        return _short(repr(value))
    except Exception:
        return f"a {type(value).__name__}"


def _short(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _shape(array):
    return f"{array.shape}" if array.ndim else "a single number"


def _refuse(name, given, wanted):
    who = "" if ":" in name else f"{_caller()}: "
    raise ValueError(f"{who}{name} {given}, wanted {wanted}")


def _caller():
    """The public function that asked for the check: the first one up the stack outside this module.

    Only a refusal looks at the stack, so no function has to pass its own name along.
    """
    frame = sys._getframe()
    while frame.f_globals is globals() or (_is_private(frame.f_code.co_name) and frame.f_back):
        frame = frame.f_back
    return frame.f_code.co_qualname.split(".<locals>")[0].removesuffix(".__init__")


def _is_private(function):
    """A helper of the module's own, or a comprehension within a function."""
    return function.startswith("<") or (function.startswith("_") and not function.startswith("__"))
