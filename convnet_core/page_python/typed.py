"""A reader's own Python as MicroPython takes it, changed in the page, where there is no parser: token by token.

Dicts keep their order, stars may stand in lists and tuples, and `*=` changes an array in place. Every line stays on its
line, so that an error's number is right. What is no Python stays as it is: the engine says what is wrong with it.
"""

SPACES = " \t\r\f"
PREFIXES = ("r", "b", "f", "u", "rb", "br", "rf", "fr")
LONG = ("**=", "//=", "<<=", ">>=", "...", "**", "//", "==", "!=", "<=", ">=", "->", ":=", "<<", ">>")
LONG += ("+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=")
KEYWORDS = ("and", "as", "assert", "async", "await", "class", "def", "del", "elif", "else", "except", "for", "from")
KEYWORDS += ("global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "raise", "return", "while")
KEYWORDS += ("with", "yield")
IN_PLACE = ("*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=")
ALL = "import {0} as _all; globals().update([(_name, getattr(_all, _name)) for _name in dir(_all)])"
CLOSES = {"(": ")", "[": "]", "{": "}"}


def typed(source):
    """The text that is run for what a reader typed: as many lines, each with what stood on it."""
    try:
        return _Typed(_spelled(tokens(source))).text()
    except (IndexError, ValueError):  # half a word: a bracket or a quote that never ends
        return source


def _spelled(parts):
    """`from math import *` without its star: the engine has none for its own modules."""
    for at in range(len(parts) - 6):
        words = [text for _, text in parts[at : at + 7]]
        if words[0] == "from" and words[2] in ("math", "random") and words[4:] == ["import", " ", "*"]:
            parts[at : at + 7] = tokens(ALL.format(words[2]))
    return parts


def tokens(source):
    """The parts of a Python text, as [kind, text]: all of them, so that joined they are the text again."""
    found, at = [], 0
    while at < len(source):
        kind, end = _token(source, at)
        found.append([kind, source[at:end]])
        at = end
    return found


def names_in(source):
    """The names that stand in a Python text, in their order; none where a quote never ends."""
    try:
        return [text for kind, text in tokens(source) if kind == "name"]
    except ValueError:
        return []


def unclosed(source):
    """The last bracket that is opened and never closed, as (sign, line); None where there is none."""
    opened, line = [], 1
    try:
        parts = tokens(source)
    except ValueError:  # a quote that never ends
        return None
    for kind, text in parts:
        if kind == "sign" and text in CLOSES:
            opened.append((text, line))
        elif kind == "sign" and text in ")]}" and opened:
            opened.pop()
        line += text.count("\n")
    return opened[-1] if opened else None


def _token(source, at):
    """The kind of the token that begins at a place, and where it ends."""
    letter = source[at]
    if letter == "\n":
        return "newline", at + 1
    if letter in SPACES or source[at : at + 2] == "\\\n":
        return "space", _while(source, at + (2 if letter == "\\" else 1), lambda one: one in SPACES)
    if letter == "#":
        return "space", _while(source, at, lambda one: one != "\n")
    if letter in "\"'":
        return "string", _string(source, at)
    if _is_name(letter):
        end = _while(source, at, _is_name)
        if source[at:end].lower() in PREFIXES and source[end : end + 1] in ('"', "'"):
            return "string", _string(source, end)
        return ("number" if letter.isdigit() else "name"), end
    for text in LONG:
        if source[at : at + len(text)] == text:
            return "sign", at + len(text)
    return "sign", at + 1


def _is_name(letter):
    return letter.isalpha() or letter.isdigit() or letter == "_" or ord(letter) > 127


def _while(source, at, fits):
    while at < len(source) and fits(source[at]):
        at += 1
    return at


def _string(source, at):
    """Where the string ends whose first quote stands at a place. Raises ValueError where it does not."""
    quote = source[at] * 3 if source[at : at + 3] == source[at] * 3 else source[at]
    at += len(quote)
    while source[at : at + len(quote)] != quote:
        if at >= len(source) or (len(quote) == 1 and source[at] == "\n"):
            raise ValueError("a string without an end")
        at += 2 if source[at] == "\\" else 1
    return at + len(quote)


class _Bracket:
    """An open bracket: where it stands, whether it holds values of its own, and its items so far."""

    def __init__(self, at, sign, is_display):
        self.at, self.sign, self.is_display = at, sign, is_display
        self.items = []  # of each: where it begins, its colon, its `for`, where it ends
        self.is_new = True
        self.lambdas = 0


class _Typed:
    """The tokens of a text, changed in place from the inside of the brackets outwards."""

    def __init__(self, parts):
        self.parts = parts
        self.brackets = []
        self.last = None  # the latest token that is no space
        self.start = None  # where the statement begins
        self.waiting = None  # the place of a sign such as `*=`, until its statement ends
        self.lambdas = 0  # of the statement, in no bracket
        for at, (kind, text) in enumerate(parts):
            if kind == "space" or (kind == "newline" and self.brackets):
                continue
            if kind == "newline":
                self._end_statement()
            else:
                self._read(at, kind, text)
                self.last = at
        self._end_statement()

    def text(self):
        return "".join([text for _, text in self.parts])

    def _read(self, at, kind, text):
        if kind == "sign" and text in ")]}":
            return self._close(at, text)
        if self.brackets:
            self._inside(self.brackets[-1], at, kind, text)
        else:
            self._outside(at, kind, text)
        if kind == "sign" and text in CLOSES:
            self.brackets.append(_Bracket(at, text, text == "{" or not self._is_operand()))

    def _is_operand(self):
        """Whether the latest token is one that a bracket behind it calls, or looks into."""
        if self.last is None or self.last < (self.start or 0):
            return False
        kind, text = self.parts[self.last]
        return kind == "string" or (kind == "name" and text not in KEYWORDS) or text[-1] in ")]}"

    def _inside(self, bracket, at, kind, text):
        if bracket.is_new and text != ",":
            bracket.items.append({"start": at, "colon": None, "for": None, "end": at})
            bracket.is_new = False
        item = bracket.items[-1] if bracket.items else None
        if kind == "name" and text == "lambda":
            bracket.lambdas += 1
        elif text == ":" and bracket.lambdas:
            bracket.lambdas -= 1
        elif text == ":" and item["colon"] is None:
            item["colon"] = at
        elif kind == "name" and text == "for" and item["for"] is None:
            item["for"] = at
        if text == "," and not bracket.lambdas and item and item["for"] is None:
            bracket.is_new = True
        elif item:
            item["end"] = at

    def _outside(self, at, kind, text):
        if self.start is None:
            self.start = at
        if text == "lambda":
            self.lambdas += 1
        elif text == ":" and self.lambdas:
            self.lambdas -= 1
        elif text == ":":
            self.start = None  # what follows may be a statement of its own
        elif text == ";":
            self._end_statement()
        elif kind == "sign" and text in IN_PLACE and self.start is not None:
            self.waiting = at

    def _end_statement(self):
        """`a *= b` becomes `a = _in_place("*", a, (b))`."""
        if self.waiting is not None:
            at, sign = self.waiting, self.parts[self.waiting][1]
            target = "".join([text for _, text in self.parts[self.start : at]]).strip()
            self.parts[at][1] = f"= _in_place({sign[:-1]!r}, {target}, ("
            self.parts[self.last][1] += "))"
        self.start = self.waiting = None
        self.lambdas = 0

    def _close(self, at, text):
        bracket = self.brackets.pop()
        if CLOSES[bracket.sign] != text:
            raise ValueError("brackets that don't belong together")
        if self.brackets and self.brackets[-1].items:
            self.brackets[-1].items[-1]["end"] = at
        if not bracket.is_display:
            return
        starts = [self.parts[item["start"]][1] for item in bracket.items]
        if bracket.sign == "{":
            if not bracket.items or "**" in starts or bracket.items[0]["colon"] is not None:
                self._dict(bracket, at)
        elif "*" in starts:
            self.parts[bracket.at][1] = "_as_list(" if bracket.sign == "[" else "_as_tuple("
            self.parts[at][1] = ")"

    def _dict(self, bracket, at):
        """{a: b, **c} becomes _as_dict([(a, b)], c), and {a: b for c} becomes _as_dict([(a, b) for c])."""
        self.parts[bracket.at][1], self.parts[at][1] = "_as_dict(", ")"
        for item in bracket.items:
            start, end = self.parts[item["start"]], self.parts[item["end"]]
            if start[1] == "**":
                start[1] = ""
                continue
            if item["colon"] is None or item["colon"] == item["end"]:
                raise ValueError("a name without a value")
            start[1] = "[(" + start[1]
            self.parts[item["colon"]][1] = ","
            if item["for"] is None:
                end[1] += ")]"
            else:
                self.parts[item["for"]][1] = ") for"
                end[1] += "]"
