from convnet_core.labs.kit.stored import stored
from convnet_core.labs.training.lab import TrainingLab

STARTS = stored("training", "starts.json")  # tools/starts.py; the chapter reads it
SWEEPS = stored("training", "sweeps.json")  # tools/backprop_sweep.py; the same

__all__ = ["STARTS", "SWEEPS", "TrainingLab"]
