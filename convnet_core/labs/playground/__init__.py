from convnet_core.labs.playground.lab import PlaygroundLab

__all__ = ["PlaygroundLab"]
