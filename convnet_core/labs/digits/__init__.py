from convnet_core.labs.digits.lab import DigitsLab, book_weights

WEIGHTS = book_weights()  # tools/digits_weights.py; the chapter reads it

__all__ = ["WEIGHTS", "DigitsLab"]
