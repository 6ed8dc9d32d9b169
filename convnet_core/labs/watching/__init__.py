from convnet_core.labs.kit.stored import stored

# What scripts made and the chapter reads: tools/watching_weights.py.
WEIGHTS = stored("watching")

__all__ = ["WEIGHTS"]
