"""Runs a reader's cell in the page's engine. This is MicroPython's: nothing of the book imports it.

`answer(asked)` takes and gives JSON. The page asks with the code, what stands before it (`prelude`), whether a value
is wanted (`shows`), and the state of the lab above. It is told, beside what is printed, the value of a last line that
is an expression, an error in words, and what the lab is to be given.
"""

import json

import mending  # noqa: F401, I001  what the engine lacks; it stands before all that needs it
import numpy as np
from page_lab import PageLab
from typed import names_in, typed, unclosed
from words import explain, line_of

NAME = "<string>"  # which line_of takes for the reader's code
MOST_NUMBERS = 900  # of an array that is shown as a grid
MOST_LETTERS = 2_000  # of any other value


def answer(asked):
    """What came of a cell."""
    try:
        return json.dumps(told(json.loads(asked)))
    except KeyboardInterrupt:  # the page's own, where too much is printed or no memory is left: it says which
        return json.dumps({"problem": {"kind": "interrupt", "words": "KeyboardInterrupt."}})


def told(asked):
    """Likewise, before it is JSON."""
    names = {"__name__": "__main__", "np": np}
    try:
        lab = lab_of(asked["lab"])
        if lab:
            names["lab"] = lab
        exec(compile(typed(asked["prelude"]), "what stands before", "exec"), names)
        value = last_value(typed(asked["code"]), names)
        shows = asked["shows"] and value is not None
        return {"value": shown(value) if shows else None, "given": lab._given if lab else {}}
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # whatever it is, the reader is told, and the page goes on
        known = [*names_in(asked["code"]), *names]
        words = explain(problem, asked["code"], unclosed(asked["code"]), known)
        return {"problem": {"kind": type(problem).__name__, "words": words, "line": line_of(problem)}}


def lab_of(told):
    """The lab above, as a class of its own where the page has one."""
    if not told:
        return None
    try:
        made = __import__(f"lab_{told['name']}").Lab
    except ImportError:
        made = PageLab
    return made(told["state"])


def last_value(code, names):
    """Runs the code; the value of its last line where that is an expression, else None."""
    at = start_of_expression(code)
    if at is None:
        exec(compile(code, NAME, "exec"), names)
        return None
    lines = code.split("\n")
    exec(compile("\n".join(lines[:at]), NAME, "exec"), names)
    expression = "(" + "\n" * at + "\n".join(lines[at:]) + "\n)"  # so that it keeps its line's number
    return eval(compile(expression, NAME, "eval"), names)


def start_of_expression(code):
    """The line, from 0, where an expression begins that ends the code; None where the code ends in another way."""
    lines = code.split("\n")
    for at in range(len(lines) - 1, -1, -1):
        if not lines[at].strip() or lines[at][0] in " \t#":
            continue
        if compiles("\n".join(lines[at:]), "eval"):
            return at if compiles("\n".join(lines[:at]), "exec") else None
        if compiles("\n".join(lines[at:]), "exec"):
            return None
    return None


def compiles(code, kind):
    try:
        compile(code, NAME, kind)
    except SyntaxError:
        return False
    return True


def shown(value):
    """A value for the page: the numbers of an array as grids of text, anything else as it is printed."""
    if isinstance(value, np.ndarray) and 0 < value.ndim < 4 and 0 < value.size <= MOST_NUMBERS:
        return {"shape": list(value.shape), "cells": in_text(value.tolist())}
    text = repr(value)
    return {"text": text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + " ..."}


def in_text(values):
    if isinstance(values, list):
        return [in_text(one) for one in values]
    return f"{values:.4g}" if isinstance(values, float) else str(values)
