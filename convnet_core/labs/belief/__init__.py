from convnet_core.labs.belief.lab import BeliefLab
from convnet_core.labs.kit.stored import stored

# What scripts made and the chapter reads: tools/unsupervised_weights.py, tools/unsupervised_experiments.py.
WEIGHTS, EXPERIMENTS = stored("belief"), stored("belief", "experiments.json")

__all__ = ["EXPERIMENTS", "WEIGHTS", "BeliefLab"]
