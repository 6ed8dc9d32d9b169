from convnet_core.labs.digits.lab import DigitsLab
from convnet_core.labs.kit.stored import stored

EXPERIMENTS = stored("digits", "experiments.json")  # tools/deep_experiments.py; the chapter reads it

__all__ = ["EXPERIMENTS", "DigitsLab"]
