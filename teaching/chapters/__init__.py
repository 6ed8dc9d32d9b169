"""What each chapter gives a class: a file a chapter in this folder, read and checked.

A file is YAML:

    page         of the chapter, "book/04_pooling"
    gives        what a pupil can do afterwards, as "Pool a map by hand, ..."
    builds_on    chapters that must come before
    maths        what of school is needed
    prepared     labs that are set up for a question: id, title, lab, state, ask, expect, holds
    misconceptions   thinks, source, say, and the lab that meets it: `see`, the id of a prepared one, or lab, state,
                 look, holds

`state` sets a lab's traits: a number or a word as it is, a picture by its name in the lab's menus, as a drawing of "#"
and ".", or as one number that fills it. `holds` are expressions over `lab`: what the text says of it, for the tests.
`source` is where the slip was met: a wrong answer of the chapter's quiz, "quiz: 0.66" (or of another chapter's,
"quiz(intro): ..."), a part of the errata, "errata: ones-and-zeros", or a section of the chapter, "chapter: ...".
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from convnet_core.labs.kit.base import Lab
from convnet_core.labs.quiz.questions import BOOK
from teaching.links import address, lab_in

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
SOURCE = re.compile(r"(?P<kind>quiz|errata|chapter)(?:\((?P<chapter>\w+)\))?: (?P<what>.+)")


class Prepared(NamedTuple):
    """A lab that is set up for a question.

    id      its name, known in its chapter
    page    where the lab stands, "book/04_pooling"
    ask     what to ask the class before anybody touches it
    expect  what comes out, and what pupils say
    holds   expressions over `lab`, each of them true
    """

    id: str
    title: str
    page: str
    lab: Lab
    ask: str
    expect: str
    holds: tuple

    @property
    def address(self) -> str:
        """The link that sets the lab up, from a page of the book."""
        return address(self.page, self.lab)


class Misconception(NamedTuple):
    """What pupils think, and how to meet it.

    thinks  in a pupil's words
    source  where it was met: kind ("quiz", "errata", "chapter"), the chapter, and what there
    shown   the lab that meets it: a Prepared, whose `expect` says what to look at
    say     the sentence that helps
    """

    thinks: str
    source: tuple[str, str, str]
    shown: Prepared
    say: str


class Chapter(NamedTuple):
    """A chapter, as a teacher plans with it. `builds_on` holds the names of chapters."""

    name: str
    page: str
    gives: str
    builds_on: tuple[str, ...]
    maths: str
    prepared: tuple[Prepared, ...]
    misconceptions: tuple[Misconception, ...]

    @property
    def number(self) -> int:
        """As its file has it: book/04_pooling is chapter 4."""
        return int(self.page[5:7])

    @property
    def title(self) -> str:
        """The first heading of its notebook, in plain words."""
        cells = json.loads((ROOT / f"{self.page}.ipynb").read_text(encoding="utf-8"))["cells"]
        return "".join(cells[0]["source"]).splitlines()[0].removeprefix("# ").replace("*", "")


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters that have a file here, in the order of the book. Raises ValueError that names file and fault."""
    names = {path.stem for path in FOLDER.glob("*.yml")}
    if names.difference(BOOK):
        raise ValueError(f"teaching/chapters: {', '.join(sorted(names.difference(BOOK)))} is no chapter of the book")
    return tuple(_read(name) for name in BOOK if name in names)


def chapter(name: str) -> Chapter:
    """The chapter of that name. Raises ValueError where there is none."""
    found = {one.name: one for one in chapters()}
    if name not in found:
        raise ValueError(f"there is no chapter {name!r}; there are: {', '.join(found)}")
    return found[name]


def prepared(name: str) -> Prepared:
    """The prepared lab of a name such as "pooling/moved". Raises ValueError where there is none."""
    found = {f"{chapter.name}/{one.id}": one for chapter in chapters() for one in chapter.prepared}
    if name not in found:
        raise ValueError(f"there is no prepared lab {name!r}; there are: {', '.join(found)}")
    return found[name]


def _read(name: str) -> Chapter:
    told = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    try:
        page = told["page"]
        ready = tuple(_prepared(one, page) for one in told["prepared"])
        slips = tuple(_misconception(one, name, page, ready) for one in told["misconceptions"])
        return Chapter(name, page, told["gives"], tuple(told["builds_on"]), told["maths"], ready, slips)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"teaching/chapters/{name}.yml: {problem}") from problem


def _prepared(told: dict, page: str) -> Prepared:
    lab = lab_in(told["lab"], told["state"])
    holds = tuple(told.get("holds", ()))
    return Prepared(told["id"], told["title"], told.get("page", page), lab, told["ask"], told["expect"], holds)


def _misconception(told: dict, name: str, page: str, ready: tuple[Prepared, ...]) -> Misconception:
    if "see" in told:
        shown = next((one for one in ready if one.id == told["see"]), None)
        if shown is None:
            raise ValueError(f"there is no prepared lab {told['see']!r} to see")
    else:
        parts = {"id": "", "title": "this lab", "ask": "", "expect": told["look"]}
        shown = _prepared({**told, **parts}, page)
    source = SOURCE.fullmatch(told["source"])
    if source is None:
        raise ValueError(f"source is {told['source']!r}, wanted one like 'quiz: 0.66'")
    return Misconception(
        told["thinks"], (source["kind"], source["chapter"] or name, source["what"]), shown, told["say"]
    )
