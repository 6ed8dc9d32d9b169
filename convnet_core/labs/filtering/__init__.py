from convnet_core.labs.filtering.lab import FilteringLab

__all__ = ["FilteringLab"]
