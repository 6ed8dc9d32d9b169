"""Gives a page the scripts and styles of the labs it holds, and no other page any.

A lab leaves `<div class="convnet-lab" data-lab="name">` in its notebook's output. Its modules come as two
classic scripts, which load from disk too: kit.js, what all labs share and a browser keeps from page to page,
and what the labs of this page need beside it. Links lead to a lab by its name, `[the lab](#lab-pooling)`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.transforms import Transform
from minify import minified, minified_style

from convnet_core.labs.catalogue import lab_class
from convnet_core.labs.kit import joiner
from convnet_core.labs.kit.on_demand import scripts_of

FOLDER = "_static/labs"
IN_A_CHAPTER = "kit/host mountAll"
NAME = re.compile(r"""(["'`])(\w+/\w+)\1""")
LAB = re.compile(r'class="convnet-lab" data-lab="(\w+)"')
small = cache(minified)  # the kit is the same for each page


class LabTargets(Transform):
    """Gives each lab of a page its id, which is known by it to links, without scripts too."""

    default_priority = 870  # before links are resolved (myst_parser: 879)

    def apply(self, **options):
        places = self.document.__dict__.setdefault("myst_slugs", {})
        counts = Counter()
        for output in self.document.findall(nodes.raw):
            if output.get("format") != "html" or not (found := LAB.search(output.astext())):
                continue
            name = found[1]
            counts[name] += 1
            place = f"lab-{name}" if counts[name] == 1 else f"lab-{name}-{counts[name]}"  # as kit/host.js has it
            output[:] = [nodes.Text(output.astext().replace("<div class", f'<div id="{place}" class', 1))]
            places[place] = (output.line, place, f"The {name} lab")


def setup(app):
    app.add_transform(LabTargets)
    app.connect("html-page-context", add_labs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_labs(app, pagename, templatename, context, doctree):
    """Writes the page's scripts and styles, and puts their tags behind its text."""
    names = tuple(sorted(set(LAB.findall(context.get("body", "")))))
    if not names:
        return
    context["body"] += "\n".join(tags_of(app, names, files_for(names), context["pathto"]))
    app.add_js_file("at_hand.js", loading_method="defer")


def tags_of(app, names, files, pathto):
    """The tags that load `files`, which now exist; the last script is told where data lie that the labs may ask for."""
    data = {
        kind: [[written(app, name, text, pathto), len(text)] for name, text in scripts.items()]
        for kind, scripts in data_for(names).items()
    }
    address = {name: written(app, name, text, pathto) for name, text in files.items()}
    told = {list(files)[-1]: f' data-files="{escape(json.dumps(data))}"'} if data else {}
    return [
        f'<script defer src="{url}"{told.get(name, "")}></script>'
        if name.endswith(".js")
        else f'<link rel="stylesheet" href="{url}">'
        for name, url in address.items()
    ]


@cache
def data_for(names):
    """The scripts with what the labs `names` (a sorted tuple) ask for when it is first wanted, by the data's name."""
    data = {kind: scripts for name in names for kind, scripts in scripts_of(lab_class(name).on_demand).items()}
    return {"big": big_files()} | data


@cache
def big_files():
    """What shows a lab as large as the screen, for all labs, {file name: text}: few readers stand at a projector."""
    modules = [module for module in joiner.modules_of(joiner.BIG) if module not in kit_modules()]
    sheets = joiner.big_stylesheets_of(joiner.lab_names())
    return {
        "big.js": small(joiner.static_script(modules)),
        "big.css": "".join(minified_style(joiner.stylesheet(sheet)) for sheet in sheets),
    }


@cache
def files_for(names, start=IN_A_CHAPTER):
    """What a page with the labs `names` (a sorted tuple) loads, in this order: {file name: text}.

    `start` is what brings them to life: a module, and a function of it.
    """
    kit, opener = kit_modules(), start.partition(" ")[0]
    rest = [module for module in modules_for(names, opener) if module not in kit]
    sheets = joiner.stylesheets_of(names)
    styles = {sheet.replace("/style", ""): minified_style(joiner.stylesheet(sheet)) for sheet in sheets}
    own = "-".join(names) if start == IN_A_CHAPTER else f"{'-'.join(names)}-alone"
    scripts = {"kit.js": joiner.static_script(kit), f"{own}.js": joiner.static_script(rest, start)}
    return styles | {name: small(script) for name, script in scripts.items()}


def numbered(script):
    """The script with a number in place of each module's name: the same number in each script of the book."""
    return NAME.sub(lambda name: str(numbers()[name[2]]) if name[2] in numbers() else name[0], script)


@cache
def numbers():
    """{name of a module: its number}; a lab is asked for by its name, wherever it stands."""
    modules = [name for name in joiner.module_names() if not name.endswith("/lab")]
    return {name: number for number, name in enumerate(modules)}


def modules_for(names, opener="kit/host"):
    """The modules that the labs `names` and what opens them need, each after those it needs itself."""
    starts = [opener, *(f"{name}/lab" for name in names)]
    wanted = [module for start in starts for module in joiner.modules_of(start)]
    return list(dict.fromkeys(wanted))


@cache
def kit_modules():
    """The modules that every lab with a grid needs, each after those it needs itself: one lab, the quiz, has none."""
    labs = joiner.lab_names()
    users = Counter(module for lab in labs for module in modules_for([lab]))
    return [module for module in modules_for(labs) if users[module] >= len(labs) - 1]


def written(app, name, text, pathto):
    """The marked address of a file that now exists."""
    if name.endswith(".js"):
        text = numbered(text)
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return marked(pathto(f"{FOLDER}/{name}", 1), text)


def marked(address, text):
    """A file's address with a mark of its text: no browser's cache mixes two versions."""
    return f"{address}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"
