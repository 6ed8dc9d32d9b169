from convnet_core.labs.shuffle.lab import ShuffleLab

__all__ = ["ShuffleLab"]
