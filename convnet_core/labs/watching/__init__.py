from convnet_core.labs.kit.stored import stored
from convnet_core.labs.watching.lab import WatchingLab

# What scripts made and the chapter reads: tools/watching_weights.py.
WEIGHTS = stored("watching")

__all__ = ["WEIGHTS", "WatchingLab"]
