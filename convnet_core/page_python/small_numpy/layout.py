"""Shapes and places: where the elements of an array, or of a view on it, stand in its list of values."""


def size_of(shape):
    """How many elements a shape has room for."""
    size = 1
    for length in shape:
        size *= length
    return size


def strides_of(shape):
    """How far apart neighbours along each axis stand where all is stored row by row."""
    strides, step = [], 1
    for length in reversed(shape):
        strides.append(step)
        step *= length
    strides.reverse()
    return tuple(strides)


def places_of(shape, strides, start):
    """The place of each element, in reading order."""
    places = [start]
    for length, stride in zip(shape, strides):
        if length == 1:
            continue
        if stride:
            steps = range(0, length * stride, stride)
            places = [place + step for place in places for step in steps]
        else:
            places = [place for place in places for _ in range(length)]
    return places


def values_at(data, shape, strides, start):
    """The elements of a view in reading order, a row of the last axis at a time."""
    if 0 in shape:
        return []
    walks = [walk for walk in zip(shape, strides) if walk[0] != 1]
    if not walks:
        return [data[start]]
    length, stride = walks.pop()
    starts = places_of([each[0] for each in walks], [each[1] for each in walks], start)
    values = []
    if stride > 0:
        reach = (length - 1) * stride + 1
        for place in starts:
            values += data[place : place + reach : stride]
    else:
        for place in starts:
            values += [data[place + step * stride] for step in range(length)]
    return values


def put_at(data, shape, strides, start, values):
    """Put values, in reading order, into the places of a view."""
    walks = [walk for walk in zip(shape, strides) if walk[0] != 1]
    if 0 in shape:
        return
    if not walks or walks[-1][1] != 1:
        for place, value in zip(places_of(shape, strides, start), values):
            data[place] = value
        return
    length, at = walks.pop()[0], 0
    for place in places_of([each[0] for each in walks], [each[1] for each in walks], start):
        data[place : place + length] = values[at : at + length]
        at += length


def checked_axis(axis, dimensions, name=""):
    """An axis counted from 0; `name` is what the caller's argument is called."""
    if not -dimensions <= axis < dimensions:
        said = f"axis {axis} is out of bounds for array of dimension {dimensions}"
        raise AxisError(name + ": " + said if name else said)
    return axis + dimensions if axis < 0 else axis


class AxisError(ValueError):
    """numpy's error for an axis that an array doesn't have."""


def as_shape(given):
    """A shape as a tuple; one number stands for one axis."""
    shape = (given,) if type(given) is int else tuple(given)
    for length in shape:
        if type(length) is not int:
            raise TypeError(f"'{type(length).__name__}' object cannot be interpreted as an integer")
        if length < 0:
            raise ValueError("negative dimensions are not allowed")
    return shape


def written(shape):
    """A shape as numpy's messages have it, without blanks."""
    return str(tuple(shape)).replace(" ", "")


def common_shape(shapes, also=""):
    """The shape that all of them are stretched to (broadcasting): an axis of length 1 takes any length."""
    common = []
    for back in range(1, max([len(shape) for shape in shapes]) + 1):
        length = 1
        for shape in shapes:
            own = shape[-back] if back <= len(shape) else 1
            if own != length and own != 1:
                if length != 1:
                    said = " ".join([written(each) for each in shapes])
                    raise ValueError(f"operands could not be broadcast together with shapes {said}{also} ")
                length = own
        common.append(length)
    common.reverse()
    return tuple(common)


def stretched(shape, strides, wanted):
    """The strides that make a view of `shape` look like one of the shape `wanted`; None where it can't."""
    lead = len(wanted) - len(shape)
    if lead < 0:
        return None
    found = [0] * lead
    for length, stride, want in zip(shape, strides, wanted[lead:]):
        if length != want and length != 1:
            return None
        found.append(stride if length == want else 0)
    return tuple(found)
