"""Progress: a mark beside each chapter in the contents, the progress page, and the teacher's page.

Such a page has `<div data-part="...">` in its text, and says there what it is for those without JavaScript. What there
is to solve is read from the chapters' notebooks (convnet_core/labs/progress/outline.py). Every other page has one
script of a few lines, which gets the marks where a reader has solved anything.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from labs import small, written
from minify import minified_style

from convnet_core.labs.kit import joiner
from convnet_core.labs.progress import outline

PAGES = {  # and what brings each to life
    "book/progress": "progress/progress_page openProgress",
    "book/class": "progress/class_page openClass",
}
MARKS = "progress/marks markContents"
SCRIPT = "progress.js"
STYLED_AS = ("quiz", "progress")
NO_PAGE_OF_THE_BOOK = ("404",)


def setup(app):
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_scripts(app, pagename, templatename, context, doctree):
    """Gives a page what it needs: its own script, or the few lines that get the marks."""
    if pagename in NO_PAGE_OF_THE_BOOK:
        return
    book, pathto = Path(app.srcdir) / "book", context["pathto"]
    marks = written(app, "marks.js", marks_script(book), pathto)
    app.add_js_file(SCRIPT, loading_method="defer", **{"data-marks": marks})
    if pagename in PAGES:
        context["body"] += "\n".join(tags_of(app, pagename, book, pathto))


def tags_of(app, page, book, pathto):
    """The tags of the style sheets, the data and the script of one of `PAGES`."""
    sheets = {
        sheet.replace("/style", ""): minified_style(joiner.stylesheet(sheet))
        for sheet in joiner.stylesheets_of(STYLED_AS)
    }
    styles = [f'<link rel="stylesheet" href="{written(app, name, text, pathto)}">' for name, text in sheets.items()]
    scripts = {"chapters.js": holding(chapters(book)), f"{Path(page).name}-page.js": page_script(PAGES[page])}
    return [
        *styles,
        *(f'<script defer src="{written(app, name, text, pathto)}"></script>' for name, text in scripts.items()),
    ]


@cache
def chapters(book: Path) -> tuple[dict, ...]:
    """What there is to solve in each chapter of the book."""
    return tuple(outline.chapter_of(path) for path in sorted(book.glob("[0-9][0-9]_*.ipynb")))


@cache
def marks_script(book: Path) -> str:
    """What marks the contents. It comes to pages whose labs have modules of the same names, and keeps its own apart."""
    bare = [outline.bare(chapter) for chapter in chapters(book)]
    return holding(bare, "convnetMarks") + page_script(MARKS, shared=False)


@cache
def page_script(start: str, shared: bool = True) -> str:
    module = start.partition(" ")[0]
    return small(joiner.static_script(joiner.modules_of(module), start, shared=shared))


def holding(told, name="convnetChapters") -> str:
    """A script that does nothing but hold what is told of the chapters, under a name that no other one has."""
    return f"window.{name}={json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n"
