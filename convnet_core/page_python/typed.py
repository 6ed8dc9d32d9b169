"""A reader's code before it runs.

To MicroPython `array *= 2` is `array = array * 2`, a new array: a function that spoils what it was handed would pass
for one that doesn't. So such a line becomes a call. It stays the line that it was, so that its number holds.
"""

import builtins
import re

from mending import in_place

_IN_PLACE = re.compile(r"^(\s*)([A-Za-z_][A-Za-z_0-9.]*)\s*(\*\*|//|[*/%&|^])=\s*(.+)$")


def typed(source):
    """The code, with `name *= value` and its like as calls where they are whole lines."""
    if not any([f"{sign}=" in source for sign in "*/%&|^"]):
        return source
    lines, depth, quote = [], 0, ""
    for line in source.split("\n"):
        is_start = depth == 0 and not quote
        end, depth, quote = _scanned(line, depth, quote)
        is_whole = is_start and depth == 0 and not quote and line[-1:] != "\\"
        lines.append(_said_anew(line[:end]) + line[end:] if is_whole else line)
    return "\n".join(lines)


def _scanned(line, depth, quote):
    """Where a comment begins; how many brackets, and which quote, are open behind the line."""
    at = 0
    while at < len(line):
        three, one = line[at : at + 3], line[at]
        if quote:
            if one == "\\":
                at += 1
            elif line[at : at + len(quote)] == quote:
                at += len(quote) - 1
                quote = ""
        elif one == "#":
            return at, depth, quote
        elif three in ('"""', "'''"):
            quote = three
            at += 2
        elif one in "\"'":
            quote = one
        elif one in "([{":
            depth += 1
        elif one in ")]}":
            depth -= 1
        at += 1
    return len(line), depth, quote if len(quote) == 3 else ""


def _said_anew(line):
    found = _IN_PLACE.match(line)
    if not found or ";" in line:
        return line
    indent, name, sign, value = [found.group(each) for each in (1, 2, 3, 4)]
    if value[0] == "=":
        return line
    return f"{indent}{name} = _in_place('{sign}', {name}, ({value.strip()}))"


builtins._in_place = in_place
