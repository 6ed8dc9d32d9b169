"""What can be set and read of each lab, told by the classes themselves: `catalogue()` in a notebook shows all."""

from __future__ import annotations

import inspect
import re
from html import escape
from importlib import import_module

import numpy as np

from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.joiner import lab_names
from convnet_core.labs.kit.tables import folded
from convnet_core.labs.kit.traits import Ruled, as_json

FEW = 40  # letters of a default that stands in the table as it is
TRAITS = ("trait", "takes", "at the start")
READ = ("to read", "what it is")


def catalogue() -> Catalogue:
    """Every lab there is, by the name of its class."""
    return Catalogue(sorted((lab_class(name) for name in lab_names()), key=lambda lab: lab.__name__))


def lab_class(name: str) -> type[Lab]:
    """The class of the lab `name`, which is the name of its folder."""
    import_module(f"convnet_core.labs.{name}")
    return next(lab for lab in Lab.__subclasses__() if lab.name == name)


class Catalogue:
    """Some labs, which a notebook shows as folded tables of their traits and of what they compute."""

    def __init__(self, labs: list[type[Lab]]):
        self.labs = labs

    def __repr__(self) -> str:
        return f"{len(self.labs)} labs: {', '.join(lab.__name__ for lab in self.labs)}"

    def _repr_html_(self) -> str:
        return "\n".join(folded(f"{lab.__name__}: {lab.title}", _about(lab)) for lab in self.labs)


def traits_of(lab: type[Lab]) -> list[tuple[str, str, str]]:
    """Of each trait: its name, which values it takes, and the one it starts with."""
    one = lab()
    traits = {name: trait for name, trait in lab.class_traits().items() if isinstance(trait, Ruled)}
    return [(name, takes(trait), starts_with(one, name)) for name, trait in traits.items()]


def computed_by(lab: type[Lab]) -> list[tuple[str, str]]:
    """Of each property that follows from the traits: its name, and what it is."""
    public = [(name, part) for name, part in vars(lab).items() if isinstance(part, property) and name[0] != "_"]
    return [(name, _first_words(part)) for name, part in public if name not in vars(Lab)]


def takes(trait: Ruled) -> str:
    """Which values a trait takes, in words."""
    rule = trait.rule
    between = f"from {rule['min']} to {rule['max']}" if "min" in rule else ""
    words = {
        "numbers": lambda: f"{_shapes(rule['shapes'])} numbers {between}",
        "integer": lambda: f"a whole number {between}",
        "number": lambda: f"a number {between}",
        "list": lambda: f"a list of at most {rule['longest']} numbers {between}",
        "choice": lambda: ", ".join(map(repr, rule["options"])),
        "flag": lambda: "True or False",
        "photograph": lambda: "a PNG picture as a data address",
    }
    kind_of_its_own = _first_words(type(trait))
    return words.get(rule["kind"], lambda: kind_of_its_own)()


def starts_with(lab: Lab, name: str) -> str:
    """What a trait holds in a new lab: the value, the name that a menu gives it, or what is as large."""
    value = getattr(lab, name)
    if isinstance(value, np.ndarray):
        names = (title for menu in lab.presets.values() for title, one in menu.items() if np.array_equal(one, value))
        if preset := next(names, None):
            return preset
    text = repr(as_json(value) if isinstance(value, np.ndarray) else value)
    return text if len(text) <= FEW else f"as `lab.{name}` shows"


def _first_words(documented) -> str:
    return " ".join(inspect.getdoc(documented).split("\n\n")[0].split())


def _shapes(shapes) -> str:
    first, *others = [" x ".join(map(str, shape)) for shape in shapes]
    return f"{first} to {others[-1]}" if len(others) > 2 else " or ".join([first, *others])


def _about(lab: type[Lab]) -> str:
    made = f"<pre>from {lab.__module__.rpartition('.')[0]} import {lab.__name__}</pre>"
    said = "\n".join(f"<p>{_marked(text)}</p>" for text in inspect.getdoc(lab).split("\n\n"))
    return "\n".join([made, said, _table(TRAITS, traits_of(lab)), _table(READ, computed_by(lab))])


def _marked(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _table(heads, rows) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{title}</th>' for title in heads)
    body = "\n".join(
        f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{_marked(cell)}</td>" for cell in cells) + "</tr>"
        for name, *cells in rows
    )
    return f'<table class="convnet-catalogue">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
