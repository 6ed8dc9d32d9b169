from convnet_core.labs.stacking.lab import StackingLab, blocks_of

__all__ = ["StackingLab", "blocks_of"]
