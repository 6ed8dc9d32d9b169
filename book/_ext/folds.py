"""Folds what a reader may skip, as <details>: answers, solutions, notes, and side roads.

- A side road is a section whose heading is folded in JupyterLab too: the heading stands in a cell of its own, whose
  metadata has `"jp-MarkdownHeadingCollapsed": true`. All of the section is in the fold, code and figures too.
- An answer is a `<details>` in the Markdown, with a blank line after its summary and before its end. So it is folded
  wherever a notebook is opened; a page gives it the look of its other boxes. A solution or a note says so as its class.

A browser opens a fold that it finds a text in, and prints a closed one closed. The section's id goes inside the fold,
so that a link to it opens it; folds.js does the same for browsers that don't, and remembers what was open.
"""

import json
import re
from pathlib import Path

from docutils import nodes

FOLDED = "jp-MarkdownHeadingCollapsed"  # JupyterLab's own mark, in the metadata of the heading's cell
HEADING = re.compile(r"#+ *(.*)")
OPENING = re.compile(r'<details(?: class="(?P<kind>solution|note)")?>\n<summary>')


def setup(app):
    app.connect("doctree-resolved", fold, priority=900)  # when all references in it are links
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_script(app, pagename, templatename, context, doctree):
    """Only a page with folds needs the script. A fold of code is called what stands on it."""
    if "<details" in context.get("body", ""):
        app.add_js_file("folds.js", loading_method="defer")
        context["body"] = context["body"].replace('<summary aria-label="Toggle hidden content">', "<summary>")


def fold(app, doctree, page):
    """Folds the page's side roads, and dresses its answers; other builders than HTML keep all in sight."""
    if app.builder.format != "html":
        return
    for opening in list(doctree.findall(is_opening)):
        opening.parent.replace(opening, html(OPENING.sub(dressed, opening.astext())))
    names = folded_headings(Path(app.env.doc2path(page)))
    for section in list(doctree.findall(nodes.section)):
        if names.intersection(section["ids"] + [nodes.make_id(section[0].astext())]):
            fold_section(section)


def is_opening(node):
    return isinstance(node, nodes.raw) and OPENING.match(node.astext()) is not None


def dressed(opening):
    classes = " ".join(filter(None, ["admonition", opening["kind"], "fold"]))
    return f'<details class="{classes}"><summary class="admonition-title">'


def fold_section(section):
    """Puts all that stands under a section's heading into <details>, and the heading into its summary."""
    title, *rest = section.children
    inside = "".join(f'<span id="{name}"></span>' for name in section["ids"])
    section["ids"] = [f"{section['ids'][0]}-fold"]
    parts = [html('<details class="side-road fold"><summary>'), title, html(f"</summary>{inside}"), *rest]
    section.children = [*parts, html("</details>")]
    for child in section.children:
        child.parent = section


def folded_headings(path):
    """The names of the headings that are folded in a notebook, as they stand in links."""
    if path.suffix != ".ipynb":
        return set()
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    folded = ("".join(cell["source"]) for cell in cells if cell["metadata"].get(FOLDED))
    return {nodes.make_id(HEADING.match(source)[1]) for source in folded}


def html(text):
    return nodes.raw("", text, format="html")
