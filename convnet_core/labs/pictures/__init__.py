from convnet_core.labs.pictures.lab import PicturesLab

__all__ = ["PicturesLab"]
