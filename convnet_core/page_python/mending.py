"""Mends what MicroPython has otherwise than Python, for the book's code and for the reader's.

The functions at the top stand in for syntax that MicroPython refuses; `rewrite.py` puts them in. `mend()` changes the
builtins and the modules, and leaves Python's own as they are.
"""

import sys
from collections import OrderedDict

IS_MICROPYTHON = sys.implementation.name == "micropython"
_zip, _sorted, _isinstance, _round, _repr, _print = zip, sorted, isinstance, round, repr, print
_dict, _str = dict, "".__class__


def as_list(*values):
    """[*these, that]"""
    return list(values)


def as_tuple(*values):
    """(*these, that)"""
    return values


class dict(OrderedDict):
    """A dict that keeps its order, which MicroPython's own does not; it takes that one's place and name in `mend()`."""

    def __init__(self, *parts, **named):
        super().__init__()
        for part in parts + (named,):
            self.update(part)

    def update(self, part):
        for name, value in part.items() if hasattr(part, "items") else part:
            self[name] = value

    def copy(self):
        return dict(self)

    def __or__(self, other):
        return dict(self, other)

    def __eq__(self, other):
        if not _isinstance(other, (OrderedDict, _dict)) or len(self) != len(other):
            return False
        return all(name in other and other[name] == self[name] for name in self)

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        return "{" + ", ".join([repr(name) + ": " + repr(value) for name, value in self.items()]) + "}"

    __str__ = __repr__


def as_dict(*parts):
    """{name: value, **others}, from pairs and from whole dicts."""
    return dict(*parts)


_SIGNS = {
    "*": ("__imul__", lambda left, right: left * right),
    "/": ("__itruediv__", lambda left, right: left / right),
    "//": ("__ifloordiv__", lambda left, right: left // right),
    "%": ("__imod__", lambda left, right: left % right),
    "**": ("__ipow__", lambda left, right: left**right),
    "&": ("__iand__", lambda left, right: left & right),
    "|": ("__ior__", lambda left, right: left | right),
    "^": ("__ixor__", lambda left, right: left ^ right),
}


def in_place(sign, left, right):
    """`left *= right` and its like, which MicroPython takes for `left = left * right`."""
    name, operation = _SIGNS[sign]
    if type(left) is list:
        left[:] = operation(left, right)
        return left
    method = getattr(left, name, None)
    return operation(left, right) if method is None else method(right)


def ljust(text, width, fill=" "):
    return text + fill * (width - len(text))


def rjust(text, width, fill=" "):
    return fill * (width - len(text)) + text


def zfill(text, width):
    return rjust(text, width, "0")


def removesuffix(text, suffix):
    return text[: -len(suffix)] if suffix and text.endswith(suffix) else text


# Builtins


def strict_zip(*lists, strict=False):
    """zip, which knows `strict`."""
    if not strict:
        return _zip(*lists)
    lists = [list(each) for each in lists]
    for place, each in enumerate(lists):
        if len(each) != len(lists[0]):
            than = "shorter" if len(each) < len(lists[0]) else "longer"
            raise ValueError(f"zip() argument {place + 1} is {than} than argument 1")
    return _zip(*lists)


def stable_sorted(values, key=None, reverse=False):
    """sorted, which leaves in their order what is equal."""
    values = list(values)
    marks = [(value if key is None else key(value), -place if reverse else place) for place, value in enumerate(values)]
    order = _sorted(range(len(values)), key=lambda place: marks[place], reverse=reverse)
    return [values[place] for place in order]


def exact_round(number, digits=None):
    """round, from the number as it is: what is written 2.675 lies a little below that."""
    if hasattr(number, "_values"):
        raise TypeError("type numpy.ndarray doesn't define __round__ method")
    if type(number) is not float or digits is None or number - number != 0:
        return _round(number) if digits is None else _round(number, digits)
    from numpy.digits import nearest_whole

    whole = nearest_whole(abs(number), digits)
    whole = whole / 10**digits if digits >= 0 else float(whole * 10**-digits)
    return whole if number >= 0 else -whole


def whole_isinstance(value, kinds):
    """isinstance, to which True is an int too, and each dict a dict."""
    if kinds is TEXT:
        return type(value) is _str
    kinds = kinds if _isinstance(kinds, tuple) else (kinds,)
    if type(value) is bool:
        return bool in kinds or int in kinds or object in kinds
    if dict in kinds and _isinstance(value, _dict):
        return True
    return _isinstance(value, tuple([_str if kind is TEXT else kind for kind in kinds]))


def exact_repr(value):
    """repr, with floats as short as Python's, also within lists, and dicts with an order as dicts."""
    from numpy.digits import float_repr

    kind = type(value)
    if kind is float:
        return float_repr(value)
    if kind is list:
        return "[" + ", ".join([exact_repr(each) for each in value]) + "]"
    if kind is tuple:
        return "(" + ", ".join([exact_repr(each) for each in value]) + (",)" if len(value) == 1 else ")")
    if kind is _dict or kind is OrderedDict:
        return "{" + ", ".join([exact_repr(name) + ": " + exact_repr(each) for name, each in value.items()]) + "}"
    return _repr(value)


def exact_print(*values, **options):
    """print, which writes floats as `exact_repr` does."""
    _print(*[exact_repr(value) if type(value) in EXACT else value for value in values], **options)


EXACT = (float, list, tuple, _dict, OrderedDict)


def cannot_ask(prompt=""):
    """input, for which the page has no place."""
    raise NotImplementedError("the page can't ask you anything: write the answer into the code, `name = 'Ada'`")


def own_names(thing):
    """vars of an object."""
    return thing.__dict__


class ExactText:
    """str, with floats as `exact_repr` has them. All else of `str` is MicroPython's."""

    def __call__(self, *given, **options):
        is_exact = len(given) == 1 and type(given[0]) in EXACT
        return exact_repr(given[0]) if is_exact else _str(*given, **options)

    def __getattr__(self, name):
        return getattr(_str, name)

    def __eq__(self, other):
        return other is self or other is _str

    def __hash__(self):
        return hash(_str)

    def __repr__(self):
        return "<class 'str'>"


TEXT = ExactText()


class _Brackets:
    def __getitem__(self, key):
        return key


def made_slice(*limits):
    """slice(...), of which MicroPython has only the brackets."""
    brackets = _Brackets()
    if len(limits) == 1:
        return brackets[: limits[0]]
    return brackets[limits[0] : limits[1]] if len(limits) == 2 else brackets[limits[0] : limits[1] : limits[2]]


HIDDEN = ("os", "uos", "vfs", "js", "jsffi")  # of the engine's modules: they are no use in a page
_import = __import__


def shown_import(name, *rest):
    """import, for all that a reader may use."""
    if name.split(".")[0] in HIDDEN:
        raise ImportError(f"no module named '{name}'")
    return _import(name, *rest)


def mend():
    """Change MicroPython's builtins, and give it the modules that it lacks; done once, before any other code runs."""
    import builtins

    import stand_ins  # it is made with what stands here

    builtins.zip, builtins.sorted, builtins.round = strict_zip, stable_sorted, exact_round
    builtins.isinstance, builtins.slice, builtins.dict = whole_isinstance, made_slice, dict
    builtins.repr, builtins.print, builtins.str = exact_repr, exact_print, TEXT
    builtins.input = cannot_ask
    builtins._as_dict, builtins._as_list, builtins._as_tuple, builtins._in_place = as_dict, as_list, as_tuple, in_place
    builtins.FloatingPointError, builtins.RecursionError = ArithmeticError, RuntimeError
    builtins.ModuleNotFoundError, builtins.UnboundLocalError = ImportError, NameError
    builtins.__import__, builtins.vars = shown_import, own_names
    stand_ins.provide()


if IS_MICROPYTHON:
    mend()
