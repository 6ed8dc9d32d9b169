"""Puts each drawn figure into a box of its own, in which it can scroll on a narrow page and stay readable.

The theme gives a box of this class a tab stop wherever it does scroll, so that a keyboard can move it too.
"""

import re

FIGURE = re.compile(r'<img [^>]*src="[^"]*\.svg"[^>]*>')


def setup(app):
    app.connect("html-page-context", box_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def box_figures(app, pagename, templatename, context, doctree):
    context["body"] = FIGURE.sub(r'<div class="output figure-box">\g<0></div>', context.get("body", ""))
