"""Numbers the chapters by their files: book/03_convolution is chapter 3 in its title, the contents and the links.

The first page has no list of its sections: the room is for its lab.
"""

import re

from docutils import nodes

NUMBERED = re.compile(r"book/(\d\d)_")
BEFORE_TITLES_ARE_COLLECTED = 100  # Sphinx collects them at 500


def setup(app):
    app.connect("doctree-read", number, priority=BEFORE_TITLES_ARE_COLLECTED)
    app.connect("html-page-context", leave_room_for_the_lab)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def number(app, doctree):
    """Puts the chapter's number before its title."""
    if found := NUMBERED.match(app.env.docname):
        title = next(doctree.findall(nodes.title))
        title.insert(0, nodes.Text(f"{int(found[1])}. "))


def leave_room_for_the_lab(app, pagename, templatename, context, doctree):
    """Takes the right column away from the first page."""
    if pagename == app.config.root_doc:
        context["meta"] = {**(context.get("meta") or {}), "html_theme.sidebar_secondary.remove": "true"}
