"""numpy's names within names: `np.ma.MaskedArray`, `np.linalg.norm`, and what only has to be there."""

from .layout import AxisError
from .making import asarray
from .ufuncs import sqrt


class errstate:
    """`with np.errstate(...)`: here nobody warns anyway."""

    def __init__(self, **settings):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *problem):
        pass


def seterr(**settings):
    """Here nobody warns anyway."""


class ma:
    class MaskedArray:
        """There are none in this page."""


class exceptions:
    AxisError = AxisError


class linalg:
    @staticmethod
    def norm(array, axis=None):
        array = asarray(array)
        return sqrt((array * array).sum(axis=axis))
