from convnet_core.labs.digits.lab import DigitsLab

__all__ = ["DigitsLab"]
