"""Samples as text, a letter for each pixel: how tools/shuffle_data.py stores them and the shuffle lab reads them."""

CODE = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"  # a letter for each level of a pixel
