from convnet_core.labs.pooling.lab import PoolingLab

__all__ = ["PoolingLab"]
