"""Gives every lab a page of its own, labs/NAME.html, made for an <iframe> in somebody else's page.

The lab stands there as it starts, or as a link in the address wants it; the page's address can leave parts out and lock
settings (convnet_core/labs/kit/embed.js). resize.js beside it is for the page around the frame.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

from labs import files_for, tags_of
from minify import minified, minified_style

from convnet_core.labs.catalogue import lab_class
from convnet_core.labs.kit import joiner

FOLDER = "labs"
IN_A_FRAME = "kit/embed mountEmbedded"
RESIZE = Path(__file__).with_name("resize.js")
HEADING = re.compile(r"<h1>((?:(?!</h1>|<a class=\"headerlink\").)*)", re.DOTALL)
PAGE = """\
<!doctype html>
<html lang="en" data-content_root="../" data-embedded>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
{styles}
</head>
<body>
<main>
<h1>{title}</h1>
{lab}
<p class="credit">The {title} is of <a href="../{chapter}#lab-{name}" target="_blank" rel="noopener">{heading}</a>,
{part} <a href="../index.html" target="_blank" rel="noopener">{book}</a>. MIT licence.</p>
</main>
{scripts}
</body>
</html>
"""


def setup(app):
    app.connect("build-finished", write_pages, priority=400)  # before the book is made lean
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app, exception):
    """Writes the page of every lab that a chapter shows, and the script for the pages around them."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for name in joiner.lab_names():
        chapters = chapters_of(app, name)
        if chapters:
            page = page_of(app, name, chapters)
            (folder / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")
    script = minified(RESIZE.read_text(encoding="utf-8"))
    (folder / RESIZE.name).write_text(script, encoding="utf-8", newline="\n")


def page_of(app, name: str, chapters: list[tuple[str, str]]) -> str:
    """The HTML of one lab's page, and on it the address and the heading of its chapter, or of the first of them."""
    chapter, heading = chapters[0]
    part = "a chapter of" if len(chapters) == 1 else "and of other chapters of"
    lab = lab_class(name).alone()
    files = {"embed.css": minified_style(joiner.stylesheet("kit/embed.css")), **files_for((name,), IN_A_FRAME)}
    tags = tags_of(app, (name,), files, relative)
    styles, scripts = ("\n".join(tag for tag in tags if tag.startswith(kind)) for kind in ("<link", "<script"))
    return PAGE.format(
        **{"name": name, "chapter": chapter, "styles": styles, "scripts": scripts, "lab": lab.static_html()},
        **{"title": escape(lab.title), "heading": escape(heading), "part": part, "book": escape(app.config.html_title)},
    )


def chapters_of(app, name: str) -> list[tuple[str, str]]:
    """The address in the book of each chapter that shows a lab, and its heading."""
    marked = f'data-lab="{name}"'
    found = []
    for path in sorted((Path(app.outdir) / "book").glob("[0-9]*.html")):
        html = path.read_text(encoding="utf-8")
        if marked in html:
            heading = re.sub(r"<[^>]*>", "", HEADING.search(html)[1])
            found.append((f"book/{path.name}", unescape(heading)))
    return found


def relative(path: str, resource: int = 0) -> str:
    return f"../{path}"
