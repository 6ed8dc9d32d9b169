"""Sums of products: `@` and its relatives."""

from .arrays import ndarray, stored
from .dtypes import joined
from .layout import checked_axis
from .making import asarray
from .shaping import moveaxis, reshape, stack
from .ufuncs import multiply

_MISMATCH = (
    "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
    "(size %d is different from %d)"
)


def matmul(left, right, out=None):
    left, right = asarray(left), asarray(right)
    for place, array in enumerate((left, right)):
        if not array.ndim:
            said = "matmul: Input operand %d does not have enough dimensions (has 0, gufunc core with signature "
            raise ValueError(said % place + "(n?,k),(k,m?)->(n?,m?) requires 1)")
    if left.ndim > 2 or right.ndim > 2:
        return stored(_one_by_one(left, right), out)
    inner, other = left.shape[-1], right.shape[0]
    if inner != other:
        raise ValueError(_MISMATCH % (other, inner))
    kind = joined(left.dtype, right.dtype)
    rows, columns = _cut(left._values(), inner), _cut(right.transpose()._values(), inner)
    if kind.kind == "b":
        sums = [any([a and b for a, b in zip(row, column)]) for row in rows for column in columns]
    else:
        sums = _sums(rows, columns, 0.0 if kind.kind == "f" else 0)
    shape = left.shape[:-1] + right.shape[1:]
    return stored(ndarray(sums, shape, kind) if shape else sums[0], out)


def _cut(values, length):
    if not length:
        return []
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
    """A product for each matrix of the stack, or of both."""
    if left.ndim > 2 and right.ndim > 2:
        return stack([matmul(one, other) for one, other in zip(left, right)])
    if left.ndim > 2:
        return stack([matmul(one, right) for one in left])
    return stack([matmul(left, other) for other in right])


def dot(left, right):
    left, right = asarray(left), asarray(right)
    return multiply(left, right) if not left.ndim or not right.ndim else matmul(left, right)


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
__all__ = ["corrcoef", "dot", "matmul", "moveaxis", "outer", "tensordot", "trace"]
