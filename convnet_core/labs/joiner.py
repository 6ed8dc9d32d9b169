"""Joins a lab's JavaScript modules into one text, without a bundler.

The modules are plain ES modules and are run as written by the tests. Two places can't load them so:
a kernel's front end takes one text, and a page opened from disk may load classic scripts only. Both get
each module as a function of its own that hands its exports to a common object; the imports become
lookups in that object. The modules keep to two forms, which are checked:

    import { a, b } from "./other.js";
    export function ... / export class ... / export const ... / export default ...
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "js"
IMPORT = re.compile(r'^import \{(\s*\w+(?:,\s*\w+)*,?\s*)\} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
LAB = re.compile(r"^export default lab\(", re.MULTILINE)
DEFAULT = re.compile(r"^export default ", re.MULTILINE)
LEFT_OVER = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


@cache
def modules_of(name: str) -> tuple[str, ...]:
    """The modules that `name` needs, each after those it needs itself, `name` last.

    Raises ValueError where modules import each other in a circle.
    """
    found: list[str] = []

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            raise ValueError(f"modules import each other: {' -> '.join((*path, module))}")
        for _, needed in IMPORT.findall(_source(module)):
            visit(needed, (*path, module))
        if module not in found:
            found.append(module)

    visit(name, ())
    return tuple(found)


def wrapped(name: str, registry: str) -> str:
    """Module `name` as a statement that puts its exports into the object `registry`.

    Raises ValueError where the module imports or exports in a form that is not handled.
    """
    source = _source(name)
    exports = [exported for _, exported in EXPORT.findall(source)]
    source = IMPORT.sub(lambda found: f"const {{{found[1]}}} = {registry}.{found[2]};", source)
    source = EXPORT.sub(r"\1 \2", source)
    if DEFAULT.search(source):
        source = DEFAULT.sub("const defaultExport = ", source)
        exports.append("default: defaultExport")
    left_over = LEFT_OVER.search(source)
    if left_over:
        raise ValueError(f"{name}.js: the joiner does not know this form: {left_over[0].strip()}")
    return f"{registry}.{name} = (() => {{\n{source}\nreturn {{ {', '.join(exports)} }};\n}})();\n"


@cache
def kernel_module(name: str) -> str:
    """The lab `name` as one ES module that imports nothing: what anywidget calls `_esm`."""
    parts = [wrapped(module, "modules") for module in modules_of(name)]
    return "\n".join(["const modules = {};", *parts, f"export default modules.{name}.default;\n"])


def static_script(names, *, starts: bool = False) -> str:
    """The modules `names` as one classic script for the page; what they need stands before them, here or there.

    The script that `starts` is the page's last one: it brings the labs to life.
    """
    modules = "".join(wrapped(name, "labs") for name in names)
    start = "labs.host.mountAll(labs);\n" if starts else ""
    return f'"use strict";\n((labs) => {{\n{modules}{start}}})((window.convnetLabs ??= {{}}));\n'


def lab_names() -> list[str]:
    """Every module that is a lab, and not a part of one."""
    return sorted(path.stem for path in FOLDER.glob("*.js") if LAB.search(path.read_text(encoding="utf-8")))


def stylesheets_of(names) -> list[str]:
    """The files that style the labs `names`: the one look of all labs, then what a lab adds for itself alone."""
    own = [f"{name}.css" for name in names if (FOLDER / f"{name}.css").exists()]
    return ["lab.css", *own]


@cache
def kernel_stylesheet(name: str) -> str:
    """All that styles the lab `name`, in one text: what anywidget calls `_css`."""
    return "\n".join(stylesheet(file) for file in stylesheets_of([name]))


def stylesheet(file: str) -> str:
    """The text of one of them."""
    return (FOLDER / file).read_text(encoding="utf-8")


def _source(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")
