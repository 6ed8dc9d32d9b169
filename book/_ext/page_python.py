"""Lets a page run Python: its exercises, and the cells that book/tries.yml names, become editors with a Run button.

A page that has any gets one small script, which loads what makes them editors when the reader comes near. What runs
them, the engine and the library, is loaded when a first one is run. It lies in _static/python/ once. Cells keep their
markup: without scripts all is as it was.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path

import yaml
from docutils import nodes
from labs import LAB, marked
from minify import minified, minified_style
from page_labs import FALLBACK, lab_module

from convnet_core.page_python import library, scripts

FOLDER = "_static/python"
STYLE, CELLS, RESULT = "cells.css", "cells.js", "result.css"
TRIES = Path(__file__).parent.parent / "tries.yml"
EXERCISE = re.compile(r"^from convnet_core\.exercises\.(\w+) import check_", re.MULTILINE)
PAGE = "page.js"
AFTER_LEAN = 950
small = cache(minified)


def setup(app):
    app.connect("doctree-resolved", mark_cells)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_files, priority=AFTER_LEAN)
    return {"version": str(TRIES.stat().st_mtime_ns), "parallel_read_safe": True, "parallel_write_safe": True}


def mark_cells(app, doctree, page):
    """Gives each cell that can be run its class, and its own id: the script finds it by them."""
    cells, tries = cells_of(app, page), tries_of(page)
    for node in doctree.findall(nodes.container):
        cell = cells[node["cell_index"]] if node.get("nb_element") == "cell_code" else None
        kind = cell and kind_of(cell, tries)
        if kind:
            node["classes"].append(f"py-{kind}")
            node["ids"].append(f"code-{cell['id']}")


def add_script(app, pagename, templatename, context, doctree):
    """Puts the script behind the text of a page that has such cells, and tells it where the rest lies."""
    cells, tries = cells_of(app, pagename), tries_of(pagename)
    if not any(kind_of(cell, tries) for cell in cells):
        return
    chapters = {name for cell in cells for name in EXERCISE.findall(text_of(cell))}
    labs = set(LAB.findall(context["body"])) - {"quiz"} if tries else ()
    own = own_file(tuple(sorted(chapters)), tuple(sorted(labs)), tuple(tries.items()))
    later = {**shared_files(), f"{pagename.rpartition('/')[2]}.js": own}
    near = {STYLE: minified_style(scripts.style()), CELLS: small(scripts.joined(scripts.CELLS))}
    at_once = small(scripts.joined(scripts.PAGE))
    app.__dict__.setdefault("python_files", {}).update({**later, **near, PAGE: at_once})

    def address(name, text):
        return marked(context["pathto"](f"{FOLDER}/{name}", 1), text)

    data = {
        "style": address(STYLE, near[STYLE]),
        "script": address(CELLS, near[CELLS]),
        "files": json.dumps([[address(name, text), len(text.encode())] for name, text in later.items()]),
    }
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    context["body"] += f'<script defer src="{address(PAGE, at_once)}" {told}></script>'


@cache
def shared_files():
    """What the first run of every page loads, {file name: text}."""
    ours = {"worker": small(scripts.source(scripts.WORKER))}
    return {
        "engine.js": holding(**scripts.engine()),
        "library.js": holding(library=library.library()),
        RESULT: minified_style(scripts.style("result")),
        "run.js": small(scripts.joined(scripts.ON_DEMAND)) + holding(**ours),
    }


@cache
def own_file(chapters, labs, tries):
    """What the first run loads for this page alone: its exercises' checkers, its labs, what its cells need before."""
    modules = {f"convnet_core.exercises.{name}": library.exercise_module(name) for name in chapters}
    modules |= {f"lab_{name}": lab_module(name) for name in labs} | ({"traitlets": FALLBACK} if labs else {})
    return holding(own=modules, preludes={f"code-{name}": prelude for name, prelude in tries})


def holding(**data):
    """A script that does nothing but hold data."""
    return f"window.convnetPython=Object.assign(window.convnetPython??{{}},{json.dumps(data)});\n"


def kind_of(cell, tries):
    """What can be done with a cell: "exercise", "try", or None."""
    if cell["cell_type"] != "code":
        return None
    return "exercise" if EXERCISE.search(text_of(cell)) else "try" if cell["id"] in tries else None


def text_of(cell):
    return "".join(cell["source"])


def cells_of(app, page):
    """The cells of a page that is a notebook, else none."""
    path = Path(app.env.doc2path(page)) if page in app.env.found_docs else None
    return read_cells(path) if path and path.suffix == ".ipynb" else []


@cache
def read_cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def tries_of(page):
    """Of a notebook's cells that one can try, what runs before each, unseen: {id: Python}."""
    return (yaml.safe_load(TRIES.read_text(encoding="utf-8")) or {}).get(page.rpartition("/")[2], {})


def write_files(app, exception):
    """Writes them when the pages are lean: what they say is no word of the pages."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in app.__dict__.get("python_files", {}).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
