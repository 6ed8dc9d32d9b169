"""The page's scripts for Python: our modules joined, the engine's two files packed.

The modules of js/ keep to `import { a, b } from "./other.js"` and `export` in front of a declaration. They are joined
into one function: a name at the top of a module is the name in all of them.
"""

from __future__ import annotations

import base64
import gzip
import re
from pathlib import Path

FOLDER = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
PAGE, CELLS, ON_DEMAND, WORKER = "page", "cells", "ondemand", "worker"
# What only a module may say, and a script says instead: it is given its code, and needs no address.
MODULE_ONLY = {
    "import.meta.url": '""',
    "export default _createMicroPythonModule;export async function": "async function",
}


def joined(entry: str) -> str:
    """The module `entry` and those that it needs as one classic script."""
    text = "".join(part for name in modules_of(entry) if (part := bare(name)))
    return f'"use strict";\n(() => {{\n{text}}})();\n'


def modules_of(entry: str) -> list[str]:
    """The modules that `entry` needs, each after those it needs itself, `entry` last."""
    found: list[str] = []

    def visit(name: str) -> None:
        for other in IMPORT.findall(source(name)):
            if other not in found:
                visit(other)
        found.append(name)

    visit(entry)
    return found


def bare(name: str) -> str:
    """A module without its imports and exports. Raises ValueError where it has one of another form."""
    text = EXPORT.sub("", IMPORT.sub("", source(name)))
    if left_over := LEFT_OVER.search(text):
        raise ValueError(f"{name}.js: this form is not known: {left_over[0]}")
    return text


def source(name: str) -> str:
    return (FOLDER / "js" / f"{name}.js").read_text(encoding="utf-8")


def style(name: str = "style") -> str:
    return (FOLDER / "js" / f"{name}.css").read_text(encoding="utf-8")


def engine() -> dict[str, str]:
    """The engine: its code as base64 of gzip, and the text of its script."""
    packed = gzip.compress((FOLDER / "engine" / "micropython.wasm").read_bytes(), 9, mtime=0)
    script = (FOLDER / "engine" / "micropython.mjs").read_text(encoding="utf-8")
    for form, instead in MODULE_ONLY.items():
        if form not in script:
            raise ValueError(f"micropython.mjs has no {form!r}: it is another one than was tried")
        script = script.replace(form, instead)
    return {"code": base64.b64encode(packed).decode(), "engine": f"(async () => {{ {script} }})();\n"}
