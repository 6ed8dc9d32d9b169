from convnet_core.labs.sequences.lab import SequencesLab

__all__ = ["SequencesLab"]
