"""The file of a sweep: a line a finished run, so that a sweep that was stopped goes on where it was.

A line is JSON: a fingerprint of the function that trained, the setting, the seed, and the numbers that came out. Each
is written whole, at once, and is on the disk before the next run counts: a kill in the middle costs one run.
"""

import hashlib
import inspect
import json
import os
import pickle
import warnings
from functools import partial
from types import CodeType

from convnet_core.checks import as_number, as_whole

BEGINNING = '{"sweep": "'  # of every line


def key_of(setting):
    """A setting as text, the same for equal settings: {"a": 1, "b": 2} whatever the order."""
    try:
        return json.dumps(setting, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        wanted = "numbers, words, True, False, None, or lists of such"
        raise ValueError(f"sweep: knobs holds {setting!r} ({error}), wanted {wanted}") from None


def fingerprint(train_one):
    """Tells a function from others, and from itself before a change: by its text, and by what is bound to it.

    Bound are a partial's arguments, a method's object, what a function has from around it, and its defaults.
    """
    bound = []
    while isinstance(train_one, partial):
        bound.append((train_one.args, sorted(train_one.keywords.items())))
        train_one = train_one.func
    bound.extend(cell.cell_contents for cell in getattr(train_one, "__closure__", None) or ())
    owner = train_one.__self__ if inspect.ismethod(train_one) else None
    held = (owner, getattr(train_one, "__defaults__", None), getattr(train_one, "__kwdefaults__", None))
    bound.extend(one for one in held if one is not None)
    function = train_one if hasattr(train_one, "__code__") or inspect.ismethod(train_one) else type(train_one)
    parts = [function.__qualname__.encode(), _text(function), *map(_as_bytes, bound)]
    if function is type(train_one):
        parts.append(_as_bytes(train_one))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _text(function):
    """The lines that it stands in. Of a lambda, which may share them with another, what it does, too."""
    code = getattr(function, "__code__", None)
    does = b"" if code is None else _does(code).encode()
    try:
        lines = inspect.getsource(function).encode()
    except (OSError, TypeError):  # typed in where no text is kept
        return does
    return lines + does if function.__name__ == "<lambda>" else lines


def _does(code):
    """Compiled code in letters, without where it stands: the same in every process."""
    constants = []
    for one in code.co_consts:
        if isinstance(one, CodeType):
            constants.append(_does(one))
        else:  # the order of a set changes from process to process
            constants.append(repr(sorted(map(repr, one)) if isinstance(one, frozenset) else one))
    return repr((code.co_code, code.co_names, constants))


def _as_bytes(value):
    try:
        return pickle.dumps(value)
    except Exception:  # whatever it is made of
        return type(value).__qualname__.encode()


class KeptRuns:
    """The runs in a file.

    path         where it is, or shall be, in a folder that is there
    fingerprint  of the function whose runs they are
    """

    def __init__(self, path, fingerprint):
        self.path, self.fingerprint = path, fingerprint

    def read(self):
        """{(key of the setting, seed): numbers}. Cuts off what a kill left of a last line, and says so.

        Makes the file where there is none: what can't be written is told before the first run, not after it. Raises
        ValueError, and changes nothing, where the file can't be, is something else, or of another function.
        """
        try:
            with self.path.open("ab+") as file:
                file.seek(0)
                written = file.read()
        except OSError as error:
            wanted = "the path of a file that can be written, in a folder that is there"
            raise ValueError(f"sweep: file is {self.path} ({error.strerror}), wanted {wanted}") from error
        whole, left = written[: written.rfind(b"\n") + 1], written[written.rfind(b"\n") + 1 :]
        runs = {}
        for number, line in enumerate(whole.splitlines(), start=1):
            key, numbers = self._parsed(line, number)
            if runs.setdefault(key, numbers) != numbers:
                raise ValueError(f"sweep: {self.path} has other numbers for the same run in line {number}, {AGAIN}")
        if left:
            self._cut(left, len(whole))
        return runs

    def add(self, setting, seed, numbers):
        """Write one run, to stay."""
        line = json.dumps({"sweep": self.fingerprint, "setting": setting, "seed": seed, "numbers": numbers})
        with self.path.open("ab") as file:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _parsed(self, line, number):
        try:
            run = json.loads(line)
            key = key_of(run["setting"]), as_whole("seed", run["seed"], minimum=0)
            numbers = {name: as_number(name, value) for name, value in run["numbers"].items()}
            its_own = run["sweep"]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(
                f"sweep: line {number} of {self.path} is no run of a sweep, {AGAIN}{OR_TAKE_OUT}"
            ) from None
        if its_own != self.fingerprint:
            whose = "another train_one, or of this one before its text was changed"
            raise ValueError(f"sweep: line {number} of {self.path} is of {whose}, {AGAIN}")
        return key, numbers

    def _cut(self, left, length):
        begins, left = BEGINNING.encode(), left.rstrip(b"\0")  # a power cut may leave zeros
        if not (left.startswith(begins) or begins.startswith(left)):
            raise ValueError(f"sweep: the last line of {self.path} is no run of a sweep, {AGAIN}")
        os.truncate(self.path, length)
        warnings.warn(f"sweep: the last line of {self.path} was cut short; its run is trained again", stacklevel=5)


AGAIN = "wanted a file that this sweep made: name another one, or move this one away"
OR_TAKE_OUT = ", or, where all others are of this sweep, take that line out"
