from convnet_core.labs.kernels.lab import KernelsLab

__all__ = ["KernelsLab"]
