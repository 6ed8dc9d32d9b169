from convnet_core.labs.sequences.lab import BRACKETS, SequencesLab

__all__ = ["BRACKETS", "SequencesLab"]
