from convnet_core.labs.game.lab import GameLab

__all__ = ["GameLab"]
