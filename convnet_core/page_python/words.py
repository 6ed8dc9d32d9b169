"""An error's own words, as Python has them and not as MicroPython has them, and as a sentence for the reader."""

import io
import re
import sys

IS_MICROPYTHON = sys.implementation.name == "micropython"

_SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "** or pow()",
    "matmul": "@", "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>", "iadd": "+=", "isub": "-=",
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "neg": "-", "pos": "+", "invert": "~",
}  # fmt: skip
_COMPARISONS = ("lt", "le", "gt", "ge")

# MicroPython's words, and Python's for the same: \1 is what the first bracket found.
_SAME = (
    (r"^name '(\w+)' isn't defined$", r"name '\1' is not defined"),
    (r"^'(\w+)' object isn't (\w+)$", r"'\1' object is not \2"),
    (r"^'(\w+)' object doesn't support item (\w+)$", r"'\1' object does not support item \2"),
    (r"^divide by zero$", "division by zero"),
    (r"^need more than (\d+) values to unpack$", r"not enough values to unpack (got \1)"),
    (r"^invalid syntax for integer with base (\d+): (.*)$", r"invalid literal for int() with base \1: \2"),
    (r"^invalid syntax for number$", "could not convert string to float"),
    (r"^local variable referenced before assignment$", "a variable is used before it gets a value"),
    (r"^no module named '(.*)'$", r"No module named '\1'"),
    (r"^can't convert (\w+) to int$", r"int() argument must be a string or a real number, not '\1'"),
    (r"^can't convert (\w+) to float$", r"float() argument must be a string or a real number, not '\1'"),
    (r"^'ndarray' object has no attribute '(\w+)'$", r"'numpy.ndarray' object has no attribute '\1'"),
    (r"^pystack exhausted$", "maximum recursion depth exceeded"),
    (r"^object not in sequence$", "the value is not in the list"),
    (r"^(.* takes 1 positional argument)s (.*)$", r"\1 \2"),
    (r"^(.* but 1) were given$", r"\1 was given"),
)
_NAMES = {
    "AxisError": "numpy.exceptions.AxisError",
}


def text_of(problem):
    """What an exception says, in Python's words."""
    text = str(problem)
    if not IS_MICROPYTHON:
        return text
    if isinstance(problem, KeyError) and len(problem.args) == 1:
        return repr(problem.args[0])
    found = re.match(r"^unsupported types for __(\w+)__: '(\w+)', '(\w+)'$", text)
    if found:
        return _unsupported(found.group(1), _full(found.group(2)), _full(found.group(3)))
    found = re.match(r"^unsupported type for __(\w+)__: '(\w+)'$", text)
    if found:
        return f"bad operand type for unary {_SIGNS.get(found.group(1))}: '{_full(found.group(2))}'"
    for theirs, ours in _SAME:
        if re.match(theirs, text):
            return re.sub(theirs, ours, text)
    return text


def _full(kind):
    return "numpy.ndarray" if kind == "ndarray" else kind


def _unsupported(name, left, right):
    sign = _SIGNS.get(name, name)
    if name in _COMPARISONS:
        return f"'{sign}' not supported between instances of '{left}' and '{right}'"
    if name == "add" and left in ("str", "list", "tuple"):
        if left == "str":
            return f'can only concatenate str (not "{right}") to str'
        return f'can only concatenate {left} (not "{right}") to {left}'
    return f"unsupported operand type(s) for {sign}: '{left}' and '{right}'"


def name_of(problem):
    """The name of an exception's class, as Python has it."""
    name = type(problem).__name__
    if not IS_MICROPYTHON:
        return name
    text = str(problem)
    if name == "RuntimeError" and text in ("maximum recursion depth exceeded", "pystack exhausted"):
        return "RecursionError"
    if name == "NameError" and text.startswith("local variable"):
        return "UnboundLocalError"
    if name == "ImportError" and text.startswith("no module"):
        return "ModuleNotFoundError"
    return name


def said(problem):
    """An exception in one line, as Python's traceback ends."""
    name = name_of(problem)
    text = text_of(problem)
    name = _NAMES.get(name, name)
    return f"{name}: {text}" if text else name


# An error as a sentence

_ARRAY_FIRST = "In this page the array has to stand first: `array > 0`, not `0 < array`."
_PLAIN = "In this page a single number is a plain one of Python's: `round(x, 2)`, not `x.round(2)`."
_NO_JUST = 'In this page texts have no `.\\1`: write f"{text:<9}" for `ljust`, f"{text:>9}" for `rjust`.'
_NO_TEXT = r"In this page texts have no `.\1`; run the notebook."
_NOT_READ = "This can't be read as Python. Is a bracket, a quote or a colon missing, here or in the line above?"
_NOT_HERE = "`{}` is good Python, but the page's engine doesn't know it: {}."
_MODULES = (
    "In this page there are numpy (a small one), math, random and the book's `convnet_core`. For others run the "
    "notebook."
)
_STAR = "put brackets around them, `(*a, b)`"
_NOT_KNOWN = (
    (r"^\s*match .*:\s*$", "match", "write `if` and `elif`, or run the notebook"),
    (r"def .*\(.*[(,]\s*/\s*[,)]", "/", "leave it out of the arguments"),
)
_COMMON = ("print", "range", "len", "sum", "max", "min", "abs", "round")
_COMMON += ("True", "False", "None")
_BLOCKS = r"^\s*(if|elif|else|for|while|def|class|try|except|with)([^\w:#][^:#]*)?(#.*)?$"
# What a line shows that can't be read, and what to do about it.
_SLIPS = (
    ("[\u201c\u201d\u2018\u2019]", "These are curly quotes: type plain ones, `\"` or `'`."),
    (r"^\s*(if|elif|while)\s[^=]*[^=!<>:]=[^=]", "One `=` gives a name a value. `==` asks whether two are equal."),
    (r"^\s*print\s+[^\s(=]", "`print` needs brackets: `print('hello')`."),
    (_BLOCKS, "Is the colon at its end missing?"),
)
_HINTS = (
    ("^NameError: name '[\u201c\u2018]", _SLIPS[0][1]),
    (r"^NameError: name '(math|random)' is not defined", r"Write `import \1` first."),
    (
        r"^NameError: name '(\w+)' is not defined",
        r"Is `\1` spelled as where it was made? Each cell runs by itself: what you made in another one is not here.",
    ),
    (
        r"^AttributeError: 'Lab' object has no attribute '(\w+)'",
        r"`\1` is worked out from the rest, so it can be read and not set.",
    ),
    (r"^AttributeError: (module 'numpy\.|'Module')", "In this page it is a small one."),
    (
        r"^UnboundLocalError",
        "A name that a function gives a value to is the function's own: give it one before you use it.",
    ),
    (r"No module named 'convnet_core.labs", "The lab above is here already: `lab`."),
    (r"^ModuleNotFoundError|^ImportError", _MODULES),
    (
        r"^RecursionError",
        "The function calls itself without end, or more often than this page can, some 60 times: when does it stop?",
    ),
    (
        r"^ValueError: assignment destination is read-only",
        "Change a copy, `mine = array.copy()`. A lab takes it back: `lab.image = mine`.",
    ),
    (r"^MemoryError", "That needs more memory than the page has. Try smaller numbers, or run the notebook."),
    (r"^TypeError: '[<>]=?' not supported between instances of '(int|float)' and 'numpy", _ARRAY_FIRST),
    (r"^AttributeError: '(float|int|bool)' object has no attribute", _PLAIN),
    (
        r"^NotImplementedError: only slices with step",
        "In this page only lists and arrays have `[::2]` or `[::-1]`: make one first, `list(...)`. "
        'A text turned round is `"".join(reversed(text))`.',
    ),
    (r"^AttributeError: 'str' object has no attribute '(ljust|rjust)'", _NO_JUST),
    (r"^AttributeError: 'str' object has no attribute '(zfill|title|capitalize|casefold|remove\w+)'", _NO_TEXT),
)


def line_of(problem):
    """The number of the reader's line at which it happened, from 1; 0 where that is unknown."""
    if not IS_MICROPYTHON:
        return _python_line(problem)
    written = io.StringIO()
    sys.print_exception(problem, written)
    line = 0
    for each in written.getvalue().split("\n"):
        found = re.match(r'^\s*File "(.*)", line (\d+)', each)
        if found and (found.group(1) in ("<stdin>", "<string>", "<exec>")):
            line = int(found.group(2))
    return line


def _python_line(problem):
    if isinstance(problem, SyntaxError):
        return problem.lineno or 0
    line, step = 0, problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in ("<stdin>", "<string>", "<exec>"):
            line = step.tb_lineno
        step = step.tb_next
    return line


def explain(problem, source, bracket=None, names=()):
    """A reader's error as a sentence: where it happened, what Python says, and what may help.

    bracket  the one that is never closed, as `typed.unclosed` tells it
    names    what the reader may have meant by a name that nothing has
    """
    number = line_of(problem)
    lines = source.split("\n")
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    where = f"Line {number}" if number else "An error"
    if line:
        shown = line if len(line) <= 60 else line[:57] + "..."
        where += f", `{shown}`"
    if name_of(problem) in ("SyntaxError", "IndentationError"):
        return f"{where}: {_unreadable(text_of(problem), lines[:number], bracket)}"
    words = said(problem)
    if len(words) > 300:
        words = words[:300] + " ..."
    hint = _meant(words, names) or _hint(words)
    return "{}: {}{}".format(where, words if words[-1] in ".?!" else words + ".", " " + hint if hint else "")


def _meant(words, names):
    """The hint for a name that is another one, mistyped; empty where it is none."""
    missing = re.search(r"^NameError: name '(\w+)' is not defined", words)
    if missing:
        for name in (*names, *_COMMON):
            if _is_mistyped(missing.group(1), name):
                return f"Did you mean `{name}`?"
    return ""


def _is_mistyped(typed, name):
    """Whether one letter is wrong, missing, too much or in its neighbour's place, or only the capitals differ."""
    if typed == name or len(typed) < 3:
        return False
    if typed.lower() == name.lower():
        return True
    while typed and name and typed[0] == name[0]:
        typed, name = typed[1:], name[1:]
    while typed and name and typed[-1] == name[-1]:
        typed, name = typed[:-1], name[:-1]
    if max(len(typed), len(name)) < 2:
        return True
    return len(typed) == len(name) == 2 and typed[0] == name[1] and typed[1] == name[0]


def _hint(words):
    for pattern, hint in _HINTS:
        found = re.search(pattern, words)
        if found:
            return hint.replace("\\1", found.group(1)) if "\\1" in hint else hint
    return ""


def _unreadable(text, lines, bracket):
    """What is wrong with the last of some lines; with no lines, nobody knows where it is."""
    line = lines[-1] if lines else ""
    if text.startswith("*x must be"):
        return _NOT_HERE.format("*", _STAR)
    for pattern, sign, instead in _NOT_KNOWN:
        if re.search(pattern, line):
            return _NOT_HERE.format(sign, instead)
    for pattern, slip in _SLIPS:
        if re.search(pattern, line):
            return slip
    if bracket:
        return "The `{}` in line {} is never closed.".format(*bracket)
    before = [each for each in lines[:-1] if each.strip()]
    if before and _opens(before[-1]) and line.strip() and _indent(line) <= _indent(before[-1]):
        return "The line above ends with a colon: what belongs to it has to stand here, further right."
    if "indent" in text:
        return "The line begins too far right or too far left: lines that belong together begin in one column."
    return _NOT_READ


def _opens(line):
    return line.rstrip()[-1] == ":" and line.lstrip()[0] != "#"


def _indent(line):
    return len(line) - len(line.lstrip())
