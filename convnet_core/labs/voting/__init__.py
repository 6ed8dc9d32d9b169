from convnet_core.labs.voting.lab import VotingLab

__all__ = ["VotingLab"]
