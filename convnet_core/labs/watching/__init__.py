from convnet_core.labs.kit.stored import stored
from convnet_core.labs.watching.lab import WatchingLab

# What scripts made and the chapter reads: tools/watching_weights.py, tools/watching_experiments.py.
WEIGHTS = stored("watching")
EXPERIMENTS = stored("watching", "experiments.json")

__all__ = ["EXPERIMENTS", "WEIGHTS", "WatchingLab"]
