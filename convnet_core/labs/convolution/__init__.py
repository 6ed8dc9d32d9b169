from convnet_core.labs.convolution.lab import ConvolutionLab

__all__ = ["ConvolutionLab"]
