"""Lets what is wide scroll in a box of its own on a narrow page, and stay readable: figures, and text in columns.

The theme gives a box of this class a tab stop wherever it does scroll, so that a keyboard can move it too.
"""

import re

FIGURE = re.compile(r'<img [^>]*src="[^"]*\.(?:svg|png)"[^>]*>')
PRINTED = re.compile(r'<div class="output stream (?P<rest>[^>]*>.*?<pre>(?P<text>.*?)</pre>)', re.DOTALL)
COLUMNS = re.compile(r"^.*\S {2,}\S.*\n.*\S {2,}\S.*$", re.MULTILINE)


def setup(app):
    app.connect("html-page-context", box_figures)
    app.connect("html-page-context", mark_columns)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def box_figures(app, pagename, templatename, context, doctree):
    context["body"] = FIGURE.sub(r'<div class="output figure-box">\g<0></div>', context.get("body", ""))


def mark_columns(app, pagename, templatename, context, doctree):
    """A printed table keeps its lines; a printed sentence wraps."""
    context["body"] = PRINTED.sub(marked, context.get("body", ""))


def marked(printed):
    kind = "in-columns " if COLUMNS.search(printed["text"]) else ""
    return f'<div class="output stream {kind}{printed["rest"]}'
