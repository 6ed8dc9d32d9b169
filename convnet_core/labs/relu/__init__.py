from convnet_core.labs.relu.lab import ReLULab

__all__ = ["ReLULab"]
