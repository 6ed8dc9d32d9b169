"""Joins a lab's JavaScript modules into one text, without a bundler.

The modules are plain ES modules and are run as written by the tests and by `make lab`. Two places can't load them so:
a kernel's front end takes one text, and a page opened from disk may load classic scripts only. Both get
each module as a function of its own that hands its exports to a common object; the imports become
lookups in that object. A module is known by its folder and its name, "pooling/words". The modules keep to three
forms, which are checked:

    import { a, b } from "./other.js";      (or "../kit/other.js")
    export function ... / export class ... / export const ... / export default ...
    new Worker(new URL("./worker.js", import.meta.url), { type: "module" })

The last one names a module that runs in a Worker alone. Where modules are joined, a Worker can't load one either: it
gets the text of the functions that make its modules, which the common object keeps under `makers`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent
IMPORT = re.compile(r'^import \{(\s*\w+(?:,\s*\w+)*,?\s*)\} from "(\./|\.\./\w+/)(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
LAB = re.compile(r"^export default lab\(", re.MULTILINE)
DEFAULT = re.compile(r"^export default ", re.MULTILINE)
WORKER = re.compile(r'\bnew Worker\(new URL\("\./(\w+)\.js", import\.meta\.url\), \{ type: "module" \}\)')
LEFT_OVER = re.compile(r"^\s*(?:import|export)\b.*|^.*\bimport\.meta\b.*", re.MULTILINE)
MAKERS = "(labs.makers ??= {})"
JOINED_WORKER = "kit/joined_worker"  # makes a Worker of the functions that made its modules
BIG, FULL_SCREEN = "kit/big", "kit/full_screen"  # a lab as large as the screen, and the button that asks for it


@cache
def modules_of(name: str) -> tuple[str, ...]:
    """The modules that `name` needs, each after those it needs itself, `name` last; those of its Workers among them.

    Raises ValueError where modules import each other in a circle.
    """
    found: list[str] = []

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            raise ValueError(f"modules import each other: {' -> '.join((*path, module))}")
        if module in found:
            return
        workers = _workers(module)
        for needed in [*modules_named(module), *workers, *([JOINED_WORKER] if workers else [])]:
            visit(needed, (*path, module))
        found.append(module)

    visit(name, ())
    return tuple(found)


def modules_named(name: str) -> list[str]:
    """The modules that module `name` imports itself, in their order."""
    return [_named(name, folder, other) for _, folder, other in IMPORT.findall(_source(name))]


def wrapped(name: str) -> str:
    """Module `name` as a statement that puts its exports into the object `labs`.

    One that a Worker runs is kept as the function that makes it as well, or, if it is for the Worker alone, only so.
    Raises ValueError where the module imports, exports or starts a Worker in a form that is not handled.
    """
    source = _source(name)
    exports = [exported for _, exported in EXPORT.findall(source)]
    source = IMPORT.sub(lambda found: f'const {{{found[1]}}} = labs["{_named(name, *found.group(2, 3))}"];', source)
    source = WORKER.sub(lambda found: _started(modules_of(_named(name, "./", found[1]))), source)
    source = EXPORT.sub(r"\1 \2", source)
    if DEFAULT.search(source):
        source = DEFAULT.sub("const defaultExport = ", source)
        exports.append("default: defaultExport")
    left_over = LEFT_OVER.search(source)
    if left_over:
        raise ValueError(f"{name}.js: the joiner does not know this form: {left_over[0].strip()}")
    body = f"{{\n{source}\nreturn {{ {', '.join(exports)} }};\n}}"
    if name in _worker_entries():
        return f'{MAKERS}["{name}"] = (labs) => {body};\n'
    if name in _worker_modules():
        return f'labs["{name}"] = ({MAKERS}["{name}"] = (labs) => {body})(labs);\n'
    return f'labs["{name}"] = (() => {body})();\n'


@cache
def kernel_module(name: str) -> str:
    """The lab `name` as one ES module that imports nothing: what anywidget calls `_esm`."""
    lab = f"{name}/lab"
    modules = dict.fromkeys(module for start in (lab, BIG, FULL_SCREEN) for module in modules_of(start))
    given = f'labs["{FULL_SCREEN}"].besideKernel(labs["{lab}"].default, labs["{BIG}"])'
    return "\n".join(["const labs = {};", "".join(map(wrapped, modules)), f"export default {given};\n"])


def static_script(names, start: str = "", shared: bool = True) -> str:
    """The modules `names` as one classic script for the page; what they need stands before them, here or there.

    The page's last one names what brings the labs to life, a function of a module: "kit/host mountAll". One that is not
    `shared` has all that it needs, and keeps it from the page's others.
    """
    module, _, function = start.partition(" ")
    start = f'labs["{module}"].{function}(labs);\n' if start else ""
    modules = "".join(map(wrapped, names))
    common = "(window.convnetLabs ??= {})" if shared else "{}"
    return f'"use strict";\n((labs) => {{\n{modules}{start}}})({common});\n'


def _started(modules) -> str:
    """The start of a Worker that runs `modules`, where they are joined."""
    return f'labs["{JOINED_WORKER}"].joinedWorker(labs.makers, {json.dumps(modules)})'


def forget() -> None:
    """Have every module read anew, after a change."""
    for cached in (modules_of, kernel_module, kernel_stylesheet, _worker_entries, _worker_modules):
        cached.cache_clear()


def module_names() -> list[str]:
    """Every module there is."""
    return sorted(f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("*/*.js"))


def lab_names() -> list[str]:
    """Every folder that holds a lab."""
    return sorted(path.parent.name for path in FOLDER.glob("*/lab.js") if LAB.search(path.read_text(encoding="utf-8")))


def stylesheets_of(names) -> list[str]:
    """The files that style the labs `names`: the one look of all labs, then what a lab adds for itself alone."""
    own = [f"{name}/style.css" for name in names if (FOLDER / name / "style.css").exists()]
    return ["kit/style.css", *own]


def big_stylesheets_of(names) -> list[str]:
    """The same, for labs as large as the screen."""
    own = [f"{name}/big.css" for name in names if (FOLDER / name / "big.css").exists()]
    return ["kit/big.css", *own]


@cache
def kernel_stylesheet(name: str) -> str:
    """All that styles the lab `name`, in one text: what anywidget calls `_css`."""
    return "\n".join(stylesheet(file) for file in [*stylesheets_of([name]), *big_stylesheets_of([name])])


def stylesheet(file: str) -> str:
    """The text of one of them."""
    return (FOLDER / file).read_text(encoding="utf-8")


def _workers(name: str) -> list[str]:
    """The modules that `name` starts in a Worker."""
    return [_named(name, "./", other) for other in WORKER.findall(_source(name))]


@cache
def _worker_entries() -> frozenset[str]:
    """Every module that runs in a Worker alone."""
    return frozenset(entry for name in module_names() for entry in _workers(name))


@cache
def _worker_modules() -> frozenset[str]:
    """Every module that runs in a Worker, there alone or in the page too."""
    return frozenset(module for entry in _worker_entries() for module in modules_of(entry))


def _named(name: str, folder: str, other: str) -> str:
    """The name of the module that `name` calls "./other.js" or "../folder/other.js"."""
    return f"{name.partition('/')[0] if folder == './' else folder[3:-1]}/{other}"


def _source(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")
