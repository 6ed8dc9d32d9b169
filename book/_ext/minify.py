"""Makes a script or a style sheet small: no comments, no layout, and short names where none but the script sees them.

minify-html knows the shortest form of a script, but leaves its names and comments: those are taken out before, by what
tree-sitter tells of it. It would write a style sheet's `max-width` in a form that browsers of 2022 don't read, so
style sheets only lose what is between their rules.
"""

import re
from collections import defaultdict
from itertools import product
from string import ascii_letters

import minify_html
import tree_sitter_javascript
from tree_sitter import Language, Parser

JAVASCRIPT = Language(tree_sitter_javascript.language())
STRICT = '"use strict";'
QUOTED_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|\s*/\*.*?\*/', re.DOTALL)

SHORTHAND = "shorthand_property_identifier"
NAMES = ("identifier", SHORTHAND, f"{SHORTHAND}_pattern")
# The kinds of node that bind names, and the field that holds the name, or the pattern of several.
BINDERS = {
    "variable_declarator": "name",
    "function_declaration": "name",
    "function_expression": "name",
    "generator_function": "name",
    "generator_function_declaration": "name",
    "class_declaration": "name",
    "class": "name",
    "arrow_function": "parameter",
    "catch_clause": "parameter",
    "for_in_statement": "left",
}
FUNCTIONS = (
    "arrow_function",
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
)
# The name of such a one is bound around it.
NAMED_OUTSIDE = ("function_declaration", "generator_function_declaration", "class_declaration")
SHORT = [*ascii_letters, *map("".join, product(ascii_letters, repeat=2))]

# What a name must not be, or is in some places alone.
WORDS = frozenset(["arguments", "as", "async", "await", "do", "eval", "get", "if", "in", "let", "of", "set", "static"])


def minified(script):
    """The same script without what only a reader of it needs.

    What functions bind, and nothing outside of them binds or means, gets a short name. Raises ValueError where the
    script is none.
    """
    source, edits = script.encode(), []
    root = Parser(JAVASCRIPT).parse(source).root_node
    names = short_names(root)

    def collect(node):
        """Puts down what becomes of each comment and name in the node."""
        if node.is_error or node.is_missing:
            raise ValueError(f"line {node.start_point.row + 1}: this is no JavaScript that can be made small")
        if node.type == "comment":
            edits.append((node, " "))
        elif node.type in NAMES and (name := node.text.decode()) in names:
            edits.append((node, f"{name}:{names[name]}" if node.type.startswith(SHORTHAND) else names[name]))
        for child in node.children:
            collect(child)

    collect(root)
    small = minify_html.minify(f"<script>{edited(source, edits)}</script>", minify_js=True)
    small = small.removeprefix("<script>").removesuffix("</script>")
    return (STRICT if script.lstrip().startswith(STRICT) else "") + small + "\n"


def edited(source, edits):
    """A text with each (node, text) of `edits` done, which stand in their order."""
    pieces, at = [], 0
    for node, text in edits:
        pieces += [source[at : node.start_byte].decode(), text]
        at = node.end_byte
    return "".join([*pieces, source[at:].decode()])


def short_names(root):
    """{name: short name} for what functions bind, and nothing outside of them binds or means.

    The most frequent names get the shortest. Two names share one where neither is in sight of the other: nowhere is
    one used inside a function that binds the other, and is itself bound in or around that function.
    """
    scopes = Scopes(root)
    renamed = {name for name in scopes.uses if scopes.is_inner(name)} - WORDS
    kept = set(scopes.uses) - renamed | WORDS
    rivals = {name: scopes.in_sight(name) for name in renamed}
    for name, seen in list(rivals.items()):
        for other in seen & renamed:
            rivals[other].add(name)
    free = [short for short in SHORT if short not in kept]
    names = {}
    for name in sorted(renamed, key=lambda each: (-len(scopes.uses[each]), len(rivals[each]), len(each), each)):
        taken = {names[rival] for rival in rivals[name] if rival in names}
        names[name] = next((short for short in free if short not in taken), name)
    return names


class Scopes:
    """What a script's functions bind, and where each name is used."""

    def __init__(self, root):
        self.binds = defaultdict(set)  # {function's id, or None for the script: names}
        self.uses = defaultdict(list)  # {name: the functions around each use, the outermost first}
        self._visit(root, ())

    def _visit(self, node, around):
        if node.type in NAMES:
            self.uses[node.text.decode()].append(around)
        inner = (*around, node.id) if node.type in FUNCTIONS else around
        owner = around if node.type in NAMED_OUTSIDE else inner
        self.binds[owner[-1] if owner else None].update(bound(node))
        for child in node.children:
            self._visit(child, inner)

    def is_inner(self, name):
        """Whether each use of the name is in a function that binds it: none means something of the page's."""
        return all(any(name in self.binds.get(function, ()) for function in around) for around in self.uses[name])

    def in_sight(self, name):
        """What else is bound in the functions from each use of the name up to the outermost that binds it."""
        seen = set()
        for around in self.uses[name]:
            binders = [at for at, function in enumerate(around) if name in self.binds.get(function, ())]
            for function in around[min(binders, default=0) :]:
                seen |= self.binds.get(function, set())
        return seen - {name}


def bound(node):
    """The names that a node binds itself."""
    if node.type == "formal_parameters":
        return [name for child in node.named_children for name in of_pattern(child)]
    target = node.child_by_field_name(BINDERS[node.type]) if node.type in BINDERS else None
    return of_pattern(target) if target else []


def of_pattern(node):
    """The names in what may stand left of an `=`: `a`, `[a, b]`, `{ a, b: c, d = 1, ...e }`."""
    if node.type in NAMES:
        return [node.text.decode()]
    if node.type in ("assignment_pattern", "object_assignment_pattern"):
        return of_pattern(node.child_by_field_name("left"))
    if node.type == "pair_pattern":
        return of_pattern(node.child_by_field_name("value"))
    return [name for child in node.named_children if child.type != "comment" for name in of_pattern(child)]


def minified_style(sheet):
    """The same style sheet without comments, indents and empty lines; what stands in quotes stays as it is."""
    bare = QUOTED_OR_COMMENT.sub(lambda found: found[1] or "", sheet)
    return re.sub(r"\n\s*", "\n", bare).strip() + "\n"
