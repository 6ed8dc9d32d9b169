"""Sums of products: `@` and its relatives."""

from .arrays import finished, ndarray, stored
from .dtypes import joined
from .layout import checked_axis, common_shape, written
from .making import asarray, zeros
from .shaping import broadcast_to, reshape, stack
from .ufuncs import multiply

_SIGNATURE = "(n?,k),(k,m?)->(n?,m?)"


def matmul(left, right, out=None):
    left, right = asarray(left), asarray(right)
    for place, array in enumerate((left, right)):
        if not array.ndim:
            said = f"matmul: Input operand {place} does not have enough dimensions (has 0, gufunc core with signature "
            raise ValueError(f"{said}{_SIGNATURE} requires 1)")
    if left.ndim > 2 or right.ndim > 2:
        return stored(_one_by_one(left, right), out)
    inner, other = left.shape[-1], right.shape[0]
    if inner != other:
        raise ValueError(_mismatch(inner, other))
    kind = joined(left.dtype, right.dtype)
    rows, columns = _cut(left, inner), _cut(right.transpose(), inner)
    if kind.kind == "b":
        sums = [any([a and b for a, b in zip(row, column)]) for row in rows for column in columns]
    else:
        sums = _sums(rows, columns, 0.0 if kind.kind == "f" else 0)
    shape = left.shape[:-1] + right.shape[1:]
    return stored(finished(sums, shape, kind), out)


def _mismatch(inner, other):
    said = "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
    return f"{said}{_SIGNATURE} (size {other} is different from {inner})"


def _cut(array, length):
    """The rows of a matrix as lists."""
    values = array._values()
    if not length:
        return [[]] * (array.shape[0] if array.ndim > 1 else 1)
    return [values[start : start + length] for start in range(0, len(values), length)]


def _sums(rows, columns, nothing):
    sums = []
    for row in rows:
        for column in columns:
            total = nothing
            for one, other in zip(row, column):
                total += one * other
            sums.append(total)
    return sums


def _one_by_one(left, right):
    """A product for each pair of matrices; what stands before the last two axes is stretched to one shape."""
    if left.ndim == 1:
        return matmul(reshape(left, 1, -1), right)[..., 0, :]
    if right.ndim == 1:
        return matmul(left, reshape(right, -1, 1))[..., 0]
    if left.shape[-1] != right.shape[-2]:
        raise ValueError(_mismatch(left.shape[-1], right.shape[-2]))
    lead = common_shape((left.shape[:-2], right.shape[:-2]))
    pairs = [reshape(broadcast_to(each, lead + each.shape[-2:]), (-1,) + each.shape[-2:]) for each in (left, right)]
    made = [matmul(one, other) for one, other in zip(*pairs)]
    shape = lead + (left.shape[-2], right.shape[-1])
    return reshape(stack(made), shape) if made else zeros(shape, joined(left.dtype, right.dtype))


def dot(left, right):
    """`@` for vectors and matrices; for more axes, along the last of one and the last but one of the other."""
    left, right = asarray(left), asarray(right)
    if not left.ndim or not right.ndim:
        return multiply(left, right)
    axis = max(right.ndim - 2, 0)
    if left.shape[-1] != right.shape[axis]:
        said = f"shapes {written(left.shape)} and {written(right.shape)} not aligned: {left.shape[-1]} (dim "
        raise ValueError(f"{said}{left.ndim - 1}) != {right.shape[axis]} (dim {axis})")
    return matmul(left, right) if left.ndim < 3 and right.ndim < 3 else tensordot(left, right, (-1, axis))


def outer(left, right):
    left, right = asarray(left), asarray(right)
    return multiply(reshape(left, -1, 1), reshape(right, 1, -1))


def tensordot(left, right, axes=2):
    """The sum of products along pairs of axes."""
    left, right = asarray(left), asarray(right)
    if type(axes) is int:
        axes = list(range(left.ndim - axes, left.ndim)), list(range(axes))
    ours, theirs = [[each] if type(each) is int else list(each) for each in axes]
    ours = [checked_axis(axis, left.ndim) for axis in ours]
    theirs = [checked_axis(axis, right.ndim) for axis in theirs]
    if [left.shape[axis] for axis in ours] != [right.shape[axis] for axis in theirs]:
        raise ValueError("shape-mismatch for sum")
    free = [axis for axis in range(left.ndim) if axis not in ours]
    other = [axis for axis in range(right.ndim) if axis not in theirs]
    count = 1
    for axis in ours:
        count *= left.shape[axis]
    rows = reshape(left.transpose(free + ours), -1, count)
    columns = reshape(right.transpose(theirs + other), count, -1)
    shape = [left.shape[axis] for axis in free] + [right.shape[axis] for axis in other]
    made = reshape(matmul(rows, columns), shape)
    return made if shape else made.item()


def trace(array):
    array = asarray(array)
    return sum([array[place, place] for place in range(min(array.shape))])


def corrcoef(rows, other=None):
    """How far two rows of numbers go together, from -1 to 1, for each pair of rows."""
    rows = asarray(rows, float) if other is None else stack([asarray(rows, float), asarray(other, float)])
    away = rows - rows.mean(axis=1, keepdims=True)
    shared = matmul(away, away.transpose())
    own = [shared[place, place] ** 0.5 for place in range(len(rows))]
    return shared / outer(own, own)


ndarray.dot = dot
