from convnet_core.labs.belief.lab import BeliefLab

__all__ = ["BeliefLab"]
