"""Worksheets: a module a chapter, with `TASKS`, a tuple of what form.py calls a Task. All numbers come from the core.

paper.py writes them as pages of HTML that stand alone. The book holds these pages, worksheets/NAME.html;
`make worksheets` prints them, as dist/worksheets/NN_NAME.pdf.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from convnet_core.labs.quiz.questions import BOOK
from teaching.worksheets.form import Task

FOLDER = Path(__file__).parent
NOT_SHEETS = {"__init__", "__main__", "form", "paper"}


def names() -> tuple[str, ...]:
    """The chapters that have a worksheet, in the order of the book."""
    files = {path.stem for path in FOLDER.glob("*.py")} - NOT_SHEETS
    return tuple(name for name in BOOK if name in files)


def tasks_of(name: str) -> tuple[Task, ...]:
    """The tasks of a chapter's worksheet."""
    return import_module(f"teaching.worksheets.{name}").TASKS
