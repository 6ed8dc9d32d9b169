from convnet_core.labs.faces.lab import FacesLab, book_nets
from convnet_core.labs.kit.stored import stored

# What scripts made and the chapter reads: tools/faces_weights.py, tools/faces_experiments.py.
WEIGHTS, EXPERIMENTS = book_nets(), stored("faces", "experiments.json")

__all__ = ["EXPERIMENTS", "WEIGHTS", "FacesLab"]
