"""`np.lib`: here it has `stride_tricks` alone."""

from . import stride_tricks  # noqa: F401
