from convnet_core.labs.belief.lab import BeliefLab
from convnet_core.labs.kit.stored import stored

# What scripts made and the chapter reads: tools/unsupervised_weights.py, _experiments.py and _layers.py.
WEIGHTS, EXPERIMENTS, LAYERS = (stored("belief", f"{name}.json") for name in ("weights", "experiments", "layers"))

__all__ = ["EXPERIMENTS", "LAYERS", "WEIGHTS", "BeliefLab"]
