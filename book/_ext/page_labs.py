"""What a lab's Python half computes of its state, as the page's Python has it: `lab.feature_map` means the same there.

Its own class is the source. Of that, the properties are taken and what they stand on, as far as the page has it too:
one that trains, or reads stored weights, is left out.
"""

from __future__ import annotations

import ast
from functools import cache

from convnet_core.labs.kit import joiner
from convnet_core.page_python.library import library
from convnet_core.page_python.rewrite import rewrite

PRIVATE = ("__init__", "tables")
NO_TRAITS = ("name", "title", "version", "challenges", "presets", "unscripted")
FALLBACK = "class TraitError(Exception):\n pass\n"  # traitlets', for a setter that refuses


@cache
def lab_module(name: str) -> str:
    """A module whose `Lab` is the lab of that name, for MicroPython."""
    tree = ast.parse((joiner.FOLDER / name / "lab.py").read_text(encoding="utf-8"))
    own = next(node for node in tree.body if isinstance(node, ast.ClassDef) and _is_lab(node))
    outside = {defined: node for node in tree.body if node is not own for defined in _defined(node)}
    methods = _possible([node for node in own.body if isinstance(node, ast.FunctionDef)], _traits(own), outside)
    wanted = _needed(methods, outside)
    body = [part for node in tree.body if (part := _part(node, wanted))]
    made = ast.ClassDef("Lab", [ast.Name("PageLab", ast.Load())], [], methods or [ast.Pass()], [])
    start = ast.parse("from page_lab import PageLab").body
    return rewrite(ast.unparse(ast.fix_missing_locations(ast.Module([*start, *body, made], []))))


def _is_lab(node):
    return any(isinstance(base, ast.Name) and base.id == "Lab" for base in node.bases)


def _traits(own):
    assigned = [name for node in own.body if isinstance(node, ast.Assign) for name in _defined(node)]
    return {name for name in assigned if name not in NO_TRAITS}


def _possible(methods, traits, outside):
    """The methods that need nothing which the page hasn't, nor a method that does."""
    methods = [method for method in methods if method.name not in PRIVATE]
    while True:
        known = traits | {method.name for method in methods}
        left = [one for one in methods if _of_self(one) <= known and _is_here(_needed([one], outside), outside)]
        if len(left) == len(methods):
            return left
        methods = left


def _of_self(node):
    """What it asks of the lab: the names behind `self.`."""
    return {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "self"
    }


def _needed(nodes, outside):
    """The names outside the class that the nodes use, and those that these use."""
    found, ahead = set(), list(nodes)
    while ahead:
        names = {one.id for one in ast.walk(ahead.pop()) if isinstance(one, ast.Name)} & outside.keys() - found
        found |= names
        ahead += [outside[name] for name in names]
    return found


def _is_here(names, outside):
    """Whether the page has all the modules that the names are imported from."""
    for name in names:
        node = outside[name]
        if isinstance(node, ast.Import) and not in_page().issuperset(alias.name for alias in node.names):
            return False
        if isinstance(node, ast.ImportFrom) and not {node.module, f"{node.module}.{name}"} & in_page():
            return False
    return True


@cache
def in_page():
    return library().keys() | {"traitlets"}


def _defined(node):
    """The names that a statement gives a meaning."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    if isinstance(node, ast.Assign):
        return [one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)]
    return [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []


def _part(node, wanted):
    """The statement as far as its names are wanted, or None."""
    names = [name for name in _defined(node) if name in wanted]
    if isinstance(node, ast.ImportFrom) and names:
        aliases = [alias for alias in node.names if (alias.asname or alias.name) in wanted]
        return ast.ImportFrom(node.module, aliases, node.level)
    return node if names else None
