"""Gives a page the scripts and styles of the labs it holds, and no other page any.

A lab leaves `<div class="convnet-lab" data-lab="name">` in its notebook's output. The scripts are
the labs' own modules as classic scripts (they load from disk too), in the order in which they need
each other, each once.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from convnet_core.labs import joiner

FOLDER = "_static/labs"
LAB = re.compile(r'class="convnet-lab" data-lab="(\w+)"')


def setup(app):
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_scripts(app, pagename, templatename, context, doctree):
    """Puts the tags behind the page's text. Every script is written anyway (see write_files)."""
    names = sorted(set(LAB.findall(context.get("body", ""))))
    if not names:
        return
    path = context["pathto"]
    tags = [f'<link rel="stylesheet" href="{_address(path, sheet)}">' for sheet in joiner.stylesheets_of(names)]
    tags += [f'<script defer src="{_address(path, f"{module}.js")}"></script>' for module in modules_for(names)]
    tags.append(f'<script defer src="{_address(path, "start.js")}"></script>')
    context["body"] += "\n".join(tags)


def modules_for(names):
    """The modules that the labs `names` and their host need, each after those it needs itself."""
    wanted = [module for name in [*names, "host"] for module in joiner.modules_of(name)]
    return list(dict.fromkeys(wanted))


def write_files(app, exception):
    """Writes every script once for the whole book."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


@cache
def files():
    """Every file of the folder, by name."""
    scripts = {f"{path.stem}.js": joiner.static_script(path.stem) for path in joiner.FOLDER.glob("*.js")}
    sheets = {path.name: path.read_text(encoding="utf-8") for path in joiner.FOLDER.glob("*.css")}
    return {**scripts, "start.js": joiner.start_script(), **sheets}


def _address(path, name):
    """With a mark of the text, so that a browser's cache never mixes two versions of the book."""
    mark = hashlib.sha256(files()[name].encode()).hexdigest()[:8]
    return f"{path(f'{FOLDER}/{name}', 1)}?v={mark}"
