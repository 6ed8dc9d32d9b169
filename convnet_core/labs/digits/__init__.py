from convnet_core.labs.digits.lab import DigitsLab, book_weights
from convnet_core.labs.kit.stored import stored

# What scripts made and the chapter reads: tools/digits_weights.py, tools/deep_experiments.py.
WEIGHTS, EXPERIMENTS = book_weights(), stored("digits", "experiments.json")

__all__ = ["EXPERIMENTS", "WEIGHTS", "DigitsLab"]
