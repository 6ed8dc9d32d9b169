"""Makes a script or a style sheet small: no comments, no layout. rjsmin does scripts, with one thing out of its way.

rjsmin takes a template within a template, `a ${b ? `c : d` : ""}`, for code, and takes spaces out of its text.
So every template is set aside first, and put back as it was. A backtick in a regular expression is not known.
"""

import re

import rjsmin

# What may hold a backtick that opens no template, or else the backtick that does.
TEXTS = r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"
SKIPPED = re.compile(TEXTS + r"|//[^\n]*|/\*.*?\*/|`", re.DOTALL)
QUOTED_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|\s*/\*.*?\*/', re.DOTALL)
SET_ASIDE = re.compile(r"\$template(\d+)\$")


def minified(script):
    """The same script without what only a reader of it needs.

    Raises ValueError where a template has no end.
    """
    pieces, templates, at = [], [], 0
    while found := SKIPPED.search(script, at):
        if found[0] == "`":
            end = template_end(script, found.end())
            pieces += [script[at : found.start()], f"$template{len(templates)}$"]
            templates.append(script[found.start() : end])
        else:
            end = found.end()
            pieces.append(script[at:end])
        at = end
    small = rjsmin.jsmin("".join([*pieces, script[at:]]))
    return SET_ASIDE.sub(lambda place: templates[int(place[1])], small) + "\n"


def minified_style(sheet):
    """The same style sheet without comments, indents and empty lines; what stands in quotes stays as it is."""
    bare = QUOTED_OR_COMMENT.sub(lambda found: found[1] or "", sheet)
    return re.sub(r"\n\s*", "\n", bare).strip() + "\n"


def template_end(script, at):
    """The place behind the template whose text starts at `at`, those within it included."""
    while at < len(script):
        if script[at] == "`":
            return at + 1
        if script.startswith("${", at):
            at = code_end(script, at + 2)
        else:
            at += 2 if script[at] == "\\" else 1
    raise ValueError("a template has no end")


def code_end(script, at):
    """The place behind the brace that closes the code within a template."""
    while at < len(script):
        if script[at] == "}":
            return at + 1
        if script[at] == "`":
            at = template_end(script, at + 1)
        elif script[at] == "{":
            at = code_end(script, at + 1)
        elif script[at] == '"':
            at = SKIPPED.match(script, at).end()
        else:
            at += 1
    raise ValueError("a template has no end")
