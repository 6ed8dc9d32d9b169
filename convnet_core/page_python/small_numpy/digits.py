"""Exact decimals of floats: MicroPython's own `repr` leads back to the number, but not always by the shortest way."""

import math


def nearest_whole(value, decimals):
    """value * 10 ** decimals as the nearest whole number, of two as near the even one; exact."""
    fraction, exponent = math.frexp(value)
    top, exponent, below = int(fraction * 9007199254740992), exponent - 53, 1
    if decimals < 0:
        below = 10**-decimals
    else:
        top *= 10**decimals
    if exponent < 0:
        below <<= -exponent
    else:
        top <<= exponent
    whole, rest = divmod(top, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


def shortest(value):
    """The fewest digits that lead back to a float above 0, and the power of ten of the first: 250.0 is ("25", 2)."""
    digits, power = taken_apart(f"{value}")  # which no mending changes, unlike `str`
    if len(digits) <= 15:
        return digits, power
    for count in (15, 16, 17):
        fewer = f"{nearest_whole(value, count - 1 - power)}e{power + 1 - count}"
        if float(fewer) == value:
            return taken_apart(fewer)
    return digits, power


def taken_apart(text):
    """The digits of a number's text without zeros at both ends, and the power of ten of the first."""
    front, _, power = text.partition("e")
    whole, _, part = front.partition(".")
    digits = whole + part
    stripped = digits.lstrip("0")
    return stripped.rstrip("0") or "0", int(power or 0) + len(whole) - 1 - (len(digits) - len(stripped))


def float_repr(value):
    """repr of a float, as Python has it."""
    if value - value != 0 or value == 0 or (value == int(value) and abs(value) < 1e15):
        return f"{value}"
    digits, power = shortest(abs(value))
    minus = "-" if value < 0 else ""
    if -4 <= power < 16:
        digits = "0" * -power + digits + "0" * (power + 2 - len(digits))
        point = max(power, 0) + 1
        return minus + digits[:point] + "." + digits[point:]
    part = "." + digits[1:] if len(digits) > 1 else ""
    return f"{minus}{digits[0]}{part}e{'-' if power < 0 else '+'}{abs(power):02d}"
