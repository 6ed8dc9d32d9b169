"""`np.lib.stride_tricks.sliding_window_view`"""

from ..shaping import sliding_window_view  # noqa: F401
