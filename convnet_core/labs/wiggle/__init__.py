from convnet_core.labs.wiggle.lab import LABELS, PICTURES, START, WiggleLab

__all__ = ["LABELS", "PICTURES", "START", "WiggleLab"]
