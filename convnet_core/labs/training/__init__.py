from convnet_core.labs.training.lab import TrainingLab

__all__ = ["TrainingLab"]
