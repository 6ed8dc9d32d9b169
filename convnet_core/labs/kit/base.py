"""The base of every lab: a widget beside a kernel, and a static page's tables and state without one."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import ClassVar

import anywidget
import traitlets

from convnet_core.labs.kit import development
from convnet_core.labs.kit.challenge import Challenge
from convnet_core.labs.kit.joiner import kernel_module, kernel_stylesheet
from convnet_core.labs.kit.on_demand import parts_of
from convnet_core.labs.kit.traits import Ruled, as_json


class Lab(anywidget.AnyWidget):
    """A lab: its traits are its whole state, its JavaScript module of the same name draws them.

    A subclass sets `name` and `title`, declares traits from `convnet_core.labs.kit.traits`, and writes
    `tables()`. It raises `version` when its states change their form; links and browsers hold it, and `migrate` of
    its JavaScript reads older ones. `presets` are the pictures and features its menus offer: {menu: {name: array}}.
    `challenges` are what it asks of the reader; its JavaScript checks them, by their ids. `on_demand` are files whose
    bytes its JavaScript asks for when they are first wanted: {name: path}.
    Assigning a bad value raises traitlets.TraitError and leaves the lab as it was.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[int] = 1
    presets: ClassVar[dict[str, dict]] = {}
    challenges: ClassVar[tuple[Challenge, ...]] = ()
    on_demand: ClassVar[dict[str, Path]] = {}
    unscripted: ClassVar[str] = "the numbers; with JavaScript, a lab to play with"  # what a page without scripts has
    _rules = traitlets.Dict(read_only=True).tag(sync=True)
    _presets = traitlets.Dict(read_only=True).tag(sync=True)
    _defaults = traitlets.Dict(read_only=True).tag(sync=True)
    _class = traitlets.Unicode(read_only=True).tag(sync=True)
    _about = traitlets.Dict(read_only=True).tag(sync=True)

    def __init_subclass__(cls, **options):
        if "name" in vars(cls):  # not for the classes that traitlets derives from a lab's when it adds traits
            follows = development.following if development.is_on() else lambda make, name, suffix: make(name)
            cls._esm = follows(kernel_module, cls.name, ".js")
            cls._css = follows(kernel_stylesheet, cls.name, ".css")
        super().__init_subclass__(**options)

    def __init__(self, **state):
        unknown = set(state) - set(self.rules())
        if unknown:
            known = ", ".join(self.rules())
            raise TypeError(f"{type(self).__name__} has no setting {', '.join(sorted(unknown))}; it has: {known}")
        self._linked_traits: set[str] = set()
        super().__init__(**state)
        if self.on_demand:
            self.on_msg(self._bring)

    def open(self) -> None:
        """Knows its constants before a front end hears of it: one that is told later may draw without them."""
        for name, value in {**self._constants(), **self._constants_beside_kernel()}.items():
            self.set_trait(name, value)
        super().open()

    def _bring(self, _, message, __) -> None:
        """Hands the page the data that it asks for, a part a message."""
        name = message.get("bring") if isinstance(message, dict) else None
        if isinstance(name, str) and name in self.on_demand:
            parts = parts_of(self.on_demand[name])
            for part in parts:
                self.send({"brings": name, "parts": len(parts)}, [part])

    @classmethod
    def rules(cls) -> dict[str, dict]:
        """The rule of each part of the state, by name."""
        return {name: trait.rule for name, trait in cls.class_traits().items() if isinstance(trait, Ruled)}

    @classmethod
    def alone(cls) -> Lab:
        """The lab for a page of its own, which shows whatever state a link brings."""
        return cls()

    def _constants(self) -> dict[str, dict]:
        """What the page is told once and never changes."""
        menus = {menu: {name: as_json(array) for name, array in items.items()} for menu, items in self.presets.items()}
        challenges = [challenge._asdict() for challenge in self.challenges]
        about = {"title": self.title, "version": self.version, "challenges": challenges}
        return {"_about": about, "_rules": self.rules(), "_presets": menus}

    @classmethod
    def _constants_beside_kernel(cls) -> dict:
        """What "Copy as Python" needs: the class, and what need not be said when one is made."""
        defaults = {name: cls._default_of(name) for name, rule in cls.rules().items() if rule["kind"] != "photograph"}
        return {"_class": cls.__name__, "_defaults": defaults}

    def state(self) -> dict:
        """The state as JSON: what the page is handed."""
        return {name: self._json_of(name) for name in self.rules()}

    def tables(self) -> str:
        """The lab's numbers as HTML tables, for a reader without JavaScript."""
        raise NotImplementedError

    def static_html(self) -> str:
        """What stays in the page: the state for the page's own scripts, and the tables. Deterministic.

        A photograph stands among the tables alone (convnet_core.labs.kit.tables.picture): twice would be heavy.
        """
        photographs = {name for name, rule in self.rules().items() if rule["kind"] == "photograph"}
        stated = {name: value for name, value in self.state().items() if name not in photographs}
        state = json.dumps({**stated, **self._constants()}, separators=(",", ":"))
        link = f' data-link="{" ".join(sorted(self._linked_traits))}"' if self._linked_traits else ""
        return (
            f'<div class="convnet-lab" data-lab="{self.name}"{link} data-state="{escape(state)}">\n'
            f'<div class="convnet-lab-tables">\n<p><strong>{escape(self.title)}</strong> '
            f"({escape(self.unscripted)})</p>\n"
            f"{self.tables()}\n</div>\n</div>"
        )

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/plain": repr(self), "text/html": self.static_html()}, metadata

    def __repr__(self) -> str:
        changed = [name for name in self.rules() if self._json_of(name) != self._default_of(name)]
        return f"{type(self).__name__}({', '.join(f'{name}={_start_of(self._json_of(name))!r}' for name in changed)})"

    def _json_of(self, name: str):
        value = getattr(self, name)
        return value if isinstance(value, str | bool) else as_json(value)

    @classmethod
    def _default_of(cls, name: str):
        value = cls.class_traits()[name].default_value
        return value if isinstance(value, str | bool) else as_json(value)


def _start_of(value):
    """The start of a text that is too long to be read, such as a photograph's."""
    return f"{value[:40]}..." if isinstance(value, str) and len(value) > 60 else value


def link(first: Lab, second: Lab, *names: str) -> None:
    """Lets two labs share the traits `names`, in Python and, on a static page, without it.

    The second takes over what the first one has. From then on each takes what the other is given, unless its
    own rule forbids: a lab of 9x9 pictures has no use for one of 7x7. Labs of one page that are linked by
    the same names are all linked with each other.
    """
    for name in names:
        setattr(second, name, getattr(first, name))
        for giver, taker in ((first, second), (second, first)):
            giver.observe(partial(_take_unless_refused, taker), name)
    for lab in (first, second):
        lab._linked_traits.update(names)


def _take_unless_refused(lab: Lab, change) -> None:
    """Traitlets' own link compares arrays by truth value, which numpy refuses."""
    with suppress(traitlets.TraitError):
        setattr(lab, change.name, change.new)
