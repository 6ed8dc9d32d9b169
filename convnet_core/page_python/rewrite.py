"""The book's own Python as MicroPython takes it: done when the book is built, with Python's own parser.

What MicroPython refuses is said otherwise, what the page doesn't need (docstrings, annotations) is left out, and a
check is told which function asks, since MicroPython can't look up the stack.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection

# Names that only annotations and decorators use, or that stand in each module anyway.
NOT_IN_PAGE = {"__future__", "typing", "collections.abc", "dataclasses", "pathlib"}
TEXT_METHODS = {"ljust", "rjust", "zfill", "removesuffix"}
LAYERS = {"Layer", "_Recurrent"}  # the classes that a layer's class is made from
IN_PLACE = {
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
}


class RewriteError(ValueError):
    """A line that there is no other way to say."""


def rewrite(source: str, *, module: str = "", is_own: bool = False, without: Collection[str] = ()) -> str:
    """A module's text for MicroPython.

    module   its full name; in a module of the core, checks are told who asks
    is_own   whether it was written for the page: its dicts need no order, and `*=` is done to numbers alone
    without  functions and methods that are left out

    Raises RewriteError on what can't be said otherwise, and on a name in `without` that nothing has.
    """
    tree = _without_functions(ast.parse(source), set(without))
    checks = _checks_of(tree) if module.startswith("convnet_core.") else set()
    tree = _Asker(checks, module.rpartition(".")[2]).visit(tree)
    rewriter = _Rewriter(is_own)
    tree = rewriter.visit(tree)
    body = _without_docstring(tree.body)
    if rewriter.used:
        body.insert(0, ast.parse(f"from mending import {', '.join(sorted(rewriter.used))}").body[0])
    text = ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))
    return _one_blank_indent(text) + "\n"


def _one_blank_indent(text: str) -> str:
    """Indented by a blank a level, not four. Texts in triple quotes stay as they are: `ast.unparse` writes none."""
    return re.sub(r"^(?: {4})+", lambda found: " " * (len(found.group()) // 4), text, flags=re.MULTILINE)


def _without_functions(tree: ast.Module, names: set[str]) -> ast.Module:
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in names}
    if found != names:
        raise RewriteError(f"there is no {', no '.join(sorted(names - found))} to leave out")
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef):
            node.body = [part for part in node.body if getattr(part, "name", None) not in names]
    return tree


def _without_docstring(body: list) -> list:
    is_docstring = body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1:] if is_docstring else body


def _call(name: str, *arguments) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def _has_star(elements: list) -> bool:
    return any(isinstance(element, ast.Starred) for element in elements)


def _checks_of(tree: ast.Module) -> set[str]:
    """The checks of convnet_core.checks that a module imports."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "convnet_core.checks"
        for alias in node.names
    }


class _Asker(ast.NodeTransformer):
    """Tells each check which public function asks: `as_image("image", image)` gets "match: image".

    A helper is called by several: it is named by its module.
    """

    def __init__(self, checks: set[str], module: str):
        self.checks, self.module, self.names = checks, module, []

    def visit_ClassDef(self, node):
        return self._within(node)

    def visit_FunctionDef(self, node):
        return self._within(node)

    def _within(self, node):
        self.names.append(node.name)
        self.generic_visit(node)
        self.names.pop()
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Name) and node.func.id in self.checks and self.names and node.args):
            return node
        name = node.args[0]
        if isinstance(name, ast.Constant) and isinstance(name.value, str) and ":" not in name.value:
            node.args[0] = ast.Constant(f"{self._who()}: {name.value}")
        return node

    def _who(self) -> str:
        names = [name for name in self.names if name != "__init__"]
        is_helper = any(name.startswith("_") for name in names)
        return self.module if is_helper else ".".join(names[:2])


class _Rewriter(ast.NodeTransformer):
    def __init__(self, is_own: bool):
        self.is_own = is_own
        self.used = set()  # what of `mending` the module needs

    def mended(self, name, *arguments):
        self.used.add(name)
        return _call(name, *arguments)

    # What isn't there

    def visit_Import(self, node):
        node.names = [alias for alias in node.names if alias.name not in NOT_IN_PAGE]
        return node if node.names else None

    def visit_ImportFrom(self, node):
        return None if node.module in NOT_IN_PAGE else node

    def visit_Match(self, node):
        raise RewriteError(f"line {node.lineno}: MicroPython has no match")

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        return None if node.value is None else ast.Assign([node.target], node.value)

    # Stars and dicts

    def visit_List(self, node):
        self.generic_visit(node)
        return self.mended("as_list", *node.elts) if self._is_starred(node) else node

    def visit_Tuple(self, node):
        self.generic_visit(node)
        return self.mended("as_tuple", *node.elts) if self._is_starred(node) else node

    def visit_Set(self, node):
        self.generic_visit(node)
        return _call("set", self.mended("as_list", *node.elts)) if _has_star(node.elts) else node

    @staticmethod
    def _is_starred(node):
        return isinstance(node.ctx, ast.Load) and _has_star(node.elts)

    def visit_Subscript(self, node):
        if isinstance(node.slice, ast.Tuple) and _has_star(node.slice.elts):
            node.slice.elts = [_as_call(each) for each in node.slice.elts]
        self.generic_visit(node)
        return node

    def visit_Dict(self, node):
        """In MicroPython a dict has no order; this one keeps it."""
        self.generic_visit(node)
        if self.is_own:
            return node
        parts, pairs = [], []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                pairs.append(ast.Tuple([key, value], ast.Load()))
                continue
            if pairs:
                parts.append(ast.List(pairs, ast.Load()))
            parts, pairs = [*parts, value], []
        if pairs:
            parts.append(ast.List(pairs, ast.Load()))
        return self.mended("as_dict", *parts)

    def visit_DictComp(self, node):
        self.generic_visit(node)
        if self.is_own:
            return node
        return self.mended("as_dict", ast.ListComp(ast.Tuple([node.key, node.value], ast.Load()), node.generators))

    # Calls and assignments

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass"):
            node.args[1] = _kinds(node.args[1])
        if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS:
            self.used.add(node.func.attr)
            return ast.Call(ast.Name(node.func.attr, ast.Load()), [node.func.value, *node.args], node.keywords)
        return node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if self.is_own or type(node.op) not in IN_PLACE:
            return node
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        sign = ast.Constant(IN_PLACE[type(node.op)])
        return ast.Assign([node.target], self.mended("in_place", sign, target, node.value))

    # Functions and classes

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        arguments = node.args
        arguments.args, arguments.posonlyargs = arguments.posonlyargs + arguments.args, []
        starred = [each for each in (arguments.vararg, arguments.kwarg) if each]
        for each in [*arguments.args, *arguments.kwonlyargs, *starred]:
            each.annotation = None
        node.body = _without_docstring(node.body) or [ast.Pass()]
        return node

    def visit_ClassDef(self, node):
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
        decorators = [ast.unparse(each).partition("(")[0] for each in node.decorator_list]
        is_tuple = any(ast.unparse(base) == "NamedTuple" for base in node.bases)
        methods = [each for each in node.body if each not in fields] if is_tuple or "dataclass" in decorators else None
        if methods is None:
            self.generic_visit(node)
            node.body = (_without_docstring(node.body) or [ast.Pass()]) + self._arguments(node)
            return node
        node.bases, node.decorator_list = [], []
        node.body = _record(fields, methods, is_tuple) + _without_docstring(methods)
        self.generic_visit(node)
        return node

    def _arguments(self, node):
        """What a layer is made with, and the defaults: `inspect.signature` finds it there."""
        made = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
        if self.is_own or not made or not any(ast.unparse(base) in LAYERS for base in node.bases):
            return []
        given = made[0].args
        names = [each.arg for each in given.args[1:]]
        defaults = dict(zip(reversed(names), reversed(given.defaults), strict=False))
        defaults |= {
            each.arg: default for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default
        }
        pairs = [
            f"({name!r}, {ast.unparse(defaults[name]) if name in defaults else 'empty'})"
            for name in [*names, *(each.arg for each in given.kwonlyargs)]
        ]
        return ast.parse(f"@staticmethod\ndef _arguments(empty):\n    return [{', '.join(pairs)}]").body


def _as_call(key):
    """A slice that can stand beside a star: `a[:, *b]` is a[(slice(None), *b)]."""
    if not isinstance(key, ast.Slice):
        return key
    return _call("slice", *(each or ast.Constant(None) for each in (key.lower, key.upper, key.step)))


def _kinds(node):
    """`int | float` as a tuple of kinds."""

    def listed(each):
        return listed(each.left) + listed(each.right) if isinstance(each, ast.BinOp) else [each]

    return ast.Tuple(listed(node), ast.Load()) if isinstance(node, ast.BinOp) else node


def _record(fields: list, methods: list, is_tuple: bool) -> list:
    """What `@dataclass` or NamedTuple would give a class: `__init__`, and `__eq__` or the fields in order."""
    names, arguments, lines = [], [], []
    for each in fields:
        name, asked = each.target.id, _asked_of_field(each.value)
        if asked.get("init") == "False":
            continue
        factory = asked.get("default_factory")
        default = "None" if factory else ast.unparse(each.value) if each.value is not None else ""
        names.append(name)
        arguments.append(f"{name}={default}" if default else name)
        lines.append(f"    self.{name} = {f'{factory}() if {name} is None else ' if factory else ''}{name}")
    lines.insert(0, f"def __init__(self, {', '.join(arguments)}):")
    if any(isinstance(each, ast.FunctionDef) and each.name == "__post_init__" for each in methods):
        lines.append("    self.__post_init__()")
    mine = ", ".join(f"self.{each}" for each in names) + ","
    if is_tuple:
        lines += [f"def __iter__(self):\n    return iter(({mine}))", f"_fields = {tuple(names)!r}"]
        lines += [f"def __getitem__(self, place):\n    return ({mine})[place]"]
    else:
        theirs = mine.replace("self.", "other.")
        lines += [f"def __eq__(self, other):\n    return type(self) is type(other) and ({mine}) == ({theirs})"]
    return ast.parse(textwrap.dedent("\n".join(lines))).body


def _asked_of_field(value) -> dict[str, str]:
    """What stands in the brackets of `field(...)`; nothing for a plain default."""
    is_field = isinstance(value, ast.Call) and ast.unparse(value.func) == "field"
    return {each.arg: ast.unparse(each.value) for each in value.keywords} if is_field else {}
