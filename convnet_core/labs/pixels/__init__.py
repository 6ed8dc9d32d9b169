from convnet_core.labs.pixels.lab import PixelsLab

__all__ = ["PixelsLab"]
