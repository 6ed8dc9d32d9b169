"""Puts figures into the page, so that they follow its theme, and lets what is wide scroll in a box of its own.

A figure in a file of its own knows no theme; in the page, the style sheet gives it the colours of the night.
On a narrow page a figure stays readable and so does text in columns: the theme gives a box of this class a tab stop
wherever it does scroll, so that a keyboard can move it too.
"""

import re
from html import escape, unescape
from pathlib import Path, PurePosixPath

FIGURE = re.compile(r'<img [^>]*src="(?P<address>[^"]*\.(?:svg|png))"[^>]*>')
ALT = re.compile(r'\balt="([^"]*)"')
LABEL = re.compile(r'aria-label="[^"]*"')
PRINTED = re.compile(r'<div class="output stream (?P<rest>[^>]*>.*?<pre>(?P<text>.*?)</pre>)', re.DOTALL)
COLUMNS = re.compile(r"^.*\S {2,}\S.*\n.*\S {2,}\S.*$", re.MULTILINE)


def setup(app):
    app.connect("html-page-context", box_figures)
    app.connect("html-page-context", mark_columns)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def box_figures(app, pagename, templatename, context, doctree):
    def boxed(figure):
        return f'<div class="output figure-box">{in_page(figure, app.builder.images)}</div>'

    context["body"] = FIGURE.sub(boxed, context.get("body", ""))


def in_page(figure, images):
    """The drawing itself, with the words that the page has for it; another picture stays in its file."""
    name = PurePosixPath(figure["address"]).name
    source = next((source for source, copied in images.items() if copied == name), None)
    drawing = Path(source).read_text(encoding="utf-8") if source and name.endswith(".svg") else ""
    if not LABEL.search(drawing):
        return figure[0]
    del images[source]  # nothing asks for the file
    words = escape(unescape(ALT.search(figure[0])[1]))
    return LABEL.sub(lambda _: f'aria-label="{words}"', drawing, count=1)


def mark_columns(app, pagename, templatename, context, doctree):
    """A printed table keeps its lines; a printed sentence wraps."""
    context["body"] = PRINTED.sub(marked, context.get("body", ""))


def marked(printed):
    kind = "in-columns " if COLUMNS.search(printed["text"]) else ""
    return f'<div class="output stream {kind}{printed["rest"]}'
