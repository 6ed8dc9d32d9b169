"""A worksheet and its answers as pages of HTML that stand alone: A4, black on white, no script, no other file.

The sheet is made without a look at the answers: what it shows of a task is what `asked` takes of it.
"""

from __future__ import annotations

import re
from html import escape

from convnet_core.palette import CARD, INK, LINE, PAPER
from convnet_core.plots import MARGIN, Drawing
from teaching.chapters import chapter
from teaching.worksheets import tasks_of
from teaching.worksheets.form import Slip, Task

BOOK = "How Convolutional Neural Networks Work"
MILLIMETRES = 0.22  # of paper for a pixel of a figure: a cell of 40 is 8.8 mm, enough for two decimals by hand
SIZE = re.compile(r'width="\d+" height="\d+" viewBox="[^"]*"')
EDGE = 2  # pixels around a figure, so that no line of it is cut
SMALL = 0.15  # the same where nobody writes in it
ON_PAPER = {PAPER: "#fff", CARD: "#fff", LINE: "#666", INK: "#000"}  # the book's colours, black on white
ON_SCREEN = re.compile(
    r' style="--night:[^"]*"|(?<=>\n)<rect x=".5"[^>]*/>\n', re.MULTILINE
)  # the night's colours; the card
WIDEST = 174  # millimetres: A4 without its margins
STYLE = """
@page { size: A4; margin: 13mm 18mm 8mm; }
:root { color-scheme: only light; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { margin: 0 auto; padding: 1rem; max-width: 206mm; background: #fff; color: #000;
  font: 11pt/1.4 system-ui, "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
header { border-bottom: 1.5pt solid #000; margin-bottom: 4mm; }
header p { margin: 0; font-size: 9pt; }
h1 { font-size: 15pt; margin: 1mm 0 2mm; }
.name { display: flex; flex-wrap: wrap; gap: 3mm 8mm; margin: 0 0 4mm; }
.name span { flex: 1 1 40mm; border-bottom: .75pt solid #000; }
.name span.long { flex-grow: 2; }
ol { margin: 0; padding-left: 6mm; }
.answers { font-size: 9.5pt; line-height: 1.3; }
.answers > main > ol > li { margin-bottom: 3mm; }
li { margin-bottom: 5mm; padding-left: 1mm; break-inside: avoid; }
li::marker { font-weight: bold; }
p { margin: 0 0 1.5mm; }
.ask { white-space: pre-line; }
svg { display: block; height: auto; max-width: 100%; margin: 1mm 0; }
.line { height: 8mm; border-bottom: .75pt solid #777; }
.answer { font-weight: bold; }
ul { margin: 1mm 0 0; padding-left: 5mm; }
li li { margin: 0 0 .5mm; }
footer { margin-top: 4mm; font-size: 8.5pt; }
a { color: #000; }
@media print { body { padding: 0; max-width: none; } .screen { display: none; } }
"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="{kind}">
<header>
<p>{book}, chapter {number}</p>
<h1>{heading}</h1>
</header>
<main>
{main}
</main>
<footer>
<p class="screen"><a href="../book/teaching.html">For teachers</a>. Print this page on A4: it is made for paper.</p>
</footer>
</body>
</html>
"""
NAME_LINE = '<p class="name"><span class="long">Name:</span><span>Date:</span></p>'


def sheet_page(name: str) -> str:
    """The worksheet of a chapter, without its answers."""
    items = "\n".join(f"<li>\n{asked(task)}\n{lines(task.lines)}</li>" for task in tasks_of(name))
    return _page(name, "sheet", f"{NAME_LINE}\n<ol>\n{items}\n</ol>")


def answers_page(name: str) -> str:
    """The answers, each with how one comes to it, the usual slips, and what to say to them."""
    items = "\n".join(f"<li>\n{answered(task)}\n</li>" for task in tasks_of(name))
    return _page(name, "answers", f"<ol>\n{items}\n</ol>")


def asked(task: Task) -> str:
    """What stands of a task on the sheet."""
    return "\n".join(filter(None, [f'<p class="ask">{escape(task.ask)}</p>', figure(task.figure)]))


def answered(task: Task) -> str:
    """What stands of a task on the answer sheet: the first line of the question, to know it by, and all of the answer."""
    parts = [
        f"<p>{escape(opening(task.ask))}</p>",
        f'<p class="answer">{escape(task.answer)}</p>',
        f"<p>{escape(task.why)}</p>",
        figure(task.solved, SMALL),
        f"<ul>\n{''.join(map(slip_line, task.slips))}</ul>",
    ]
    return "\n".join(filter(None, parts))


def slip_line(slip: Slip) -> str:
    return f"<li><strong>{escape(slip.wrong)}</strong>: {escape(slip.say)}</li>\n"


def opening(ask: str) -> str:
    """The first sentences of a question, about as many as fit on two lines."""
    line = ask.splitlines()[0]
    return line if len(line) <= 190 else line[:180].rsplit(" ", 1)[0] + " …"


def lines(count: int) -> str:
    return '<div class="line"></div>\n' * count


def figure(drawing: Drawing | None, scale: float = MILLIMETRES) -> str:
    """A figure, black on white, and large enough to write in: a pixel of it has its size, up to the paper's width."""
    if drawing is None:
        return ""
    svg = ON_SCREEN.sub("", drawing._repr_svg_())
    for colour, printed in ON_PAPER.items():
        svg = svg.replace(colour, printed)
    width, height = drawing.width + 2 * EDGE, drawing.height + 2 * EDGE
    box = (
        f'viewBox="{MARGIN - EDGE} {MARGIN - EDGE} {width} {height}" style="width: {min(WIDEST, width * scale):.0f}mm"'
    )
    return SIZE.sub(box, svg, count=1)


def _page(name: str, kind: str, main: str) -> str:
    of = chapter(name)
    heading = f"Answers: {of.title}" if kind == "answers" else of.title
    words = {
        "title": escape(f"{heading} (chapter {of.number})"),
        "heading": escape(heading),
        "book": BOOK,
        "kind": kind,
    }
    return PAGE.format(**words, number=of.number, style=STYLE, main=main)
