"""The strip under a chapter's title: a picture's way through a network, and "you are here"; from book/pipeline.yml."""

from __future__ import annotations

from html import escape
from pathlib import Path
from posixpath import relpath

import yaml
from docutils import nodes

TABLE = Path(__file__).parent.parent / "pipeline.yml"
HERE = "You are here:"


def setup(app):
    app.connect("doctree-read", put_strip)
    return {"version": str(TABLE.stat().st_mtime_ns), "parallel_read_safe": True, "parallel_write_safe": True}


def table() -> tuple[dict[str, str], dict[str, str]]:
    """The name of each step by its page, in their order; and of each other page what it says in front of them."""
    told = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return told["steps"], told["pages"]


def put_strip(app, doctree):
    """Raises ValueError where a step leads to no page."""
    steps, pages = table()
    if (page := app.env.docname) not in steps and page not in pages:
        return
    if missing := [step for step in steps if step not in app.env.found_docs]:
        raise ValueError(f"{TABLE.name}: the book has no page {missing[0]}")
    title = next(doctree.findall(nodes.title))
    strip = nodes.raw("", strip_of(page, steps, pages.get(page, HERE)), format="html")
    title.parent.insert(title.parent.index(title) + 1, strip)


def strip_of(page: str, steps: dict[str, str], lead: str) -> str:
    """The strip as HTML, with links that lead from `page`."""
    folder = page.rpartition("/")[0]

    def item(step: str) -> str:
        here = ' aria-current="page"' if step == page else ""
        return f'<li><a href="{relpath(step, folder)}.html"{here}>{escape(steps[step])}</a></li>'

    way = f"<ol>{''.join(item(step) for step in steps)}</ol>"
    return f'<nav class="pipeline" aria-label="The way of a picture"><p>{escape(lead)}</p>{way}</nav>'
