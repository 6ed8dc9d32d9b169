from convnet_core.labs.game.lab import GameLab
from convnet_core.labs.kit.stored import stored

# What a script made and the chapter reads: tools/game_experiments.py.
EXPERIMENTS = stored("game", "experiments.json")

__all__ = ["EXPERIMENTS", "GameLab"]
