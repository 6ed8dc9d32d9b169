"""What a worksheet is made of: tasks, each with its answer, the usual slips, and what helps.

Numbers of answers and slips come from the core, by `number`. A text is plain; a line break in it is one on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from convnet_core.plots import Drawing, draw_grid
from convnet_core.printing import plain, truncated

PALE = 1e9  # a `full` so large that no cell gets a colour: paper is for pencils


class Slip(NamedTuple):
    """A wrong answer that is to be expected, and what to say to it."""

    wrong: str
    say: str


class Task(NamedTuple):
    """A task of a worksheet.

    ask      what is to be done
    answer   short, as it would stand on the sheet
    why      how one comes to it
    slips    the usual wrong answers
    figure   what stands below the question, one of the figures of this module, or None
    solved   the same with the answer in it, for the answer sheet, or None
    lines    how many ruled lines there are to write on
    """

    ask: str
    answer: str
    why: str
    slips: tuple[Slip, ...]
    figure: Drawing | None = None
    solved: Drawing | None = None
    lines: int = 1


def picture(values, title=None) -> Drawing:
    """A picture of ink and paper, without its numbers: (H, W) of 1 and -1."""
    drawing = draw_grid(values, title=title, kind="ink", text=lambda value: " ")
    rows = ", ".join("".join("#" if value > 0 else "." for value in row) for row in np.asarray(values))
    return replace(drawing, alt=f"{title or 'picture'}, ink # and paper .: {rows}")


def coded(values, title=None) -> Drawing:
    """The numbers of a picture or a map, on white: (H, W)."""
    return draw_grid(values, title=title, full=PALE)


def whole(values, title=None) -> Drawing:
    """The same, numbers as short as they go: 3, 0.5."""
    return draw_grid(values, title=title, full=PALE, text=plain)


def empty(shape, title=None, headings=None) -> Drawing:
    """A grid to write in."""
    return draw_grid(np.zeros(shape), title=title, full=PALE, text=lambda value: " ", headings=headings)


def number(value, write: Callable = plain) -> str:
    """A number as it stands on a sheet: whole, or with two decimals, cut as on the slides."""
    return write(float(value))


def cut(value) -> str:
    """A number with two decimals, cut off as on the slides."""
    return truncated(float(value))


def listed(values, write: Callable = plain) -> str:
    """Numbers in a row: "1, 0.5, 0"."""
    return ", ".join(write(float(value)) for value in values)


def size(shape) -> str:
    """A shape in words: "3 x 7 x 7"."""
    return " x ".join(map(str, shape))


def place(row, column) -> str:
    """A place as pupils count, from 1."""
    return f"row {row + 1}, column {column + 1}"
