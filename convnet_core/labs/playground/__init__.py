from convnet_core.labs.kit.stored import stored
from convnet_core.labs.playground.lab import PlaygroundLab

STARTS = stored("playground", "starts.json")  # tools/starts.py; the chapter reads it

__all__ = ["STARTS", "PlaygroundLab"]
