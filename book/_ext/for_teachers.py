"""What the pages for teachers are made of: the chapters as a table and one by one, prepared labs, sheets, questions.

All of it comes from the folder `teaching`. A chapter whose page is not in the contents is left out. When the book is
built, the worksheets are written as pages, worksheets/NAME.html, which any browser prints, and the bank of questions
beside them: a teacher needs neither make nor Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docutils import nodes
from route import link
from sphinx.util.docutils import SphinxDirective, SphinxRole

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # jupyter-book starts with no folder of this project on it

from teaching import chapters as by_chapter  # noqa: E402
from teaching import question_bank  # noqa: E402
from teaching.minutes import minutes  # noqa: E402
from teaching.worksheets.paper import answers_page, sheet_page  # noqa: E402

ERRATA = "book/errata"
HEADS = ("Chapter", "Minutes", "Builds on")


def setup(app):
    app.add_directive("chapters-for-teachers", Overview)
    app.add_directive("chapter-by-chapter", OneByOne)
    app.add_role("prepared", PreparedLab())
    app.add_role("worksheet", Worksheet())
    app.connect("build-finished", write_sheets_and_questions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Overview(SphinxDirective):
    """A table: of each chapter its minutes, what it builds on, and its worksheet."""

    def run(self):
        here, known = self.env.docname, in_contents(self.env)
        rows = [
            [
                [
                    nodes.paragraph("", "", link(chapter.page, here)),
                    nodes.paragraph("", "", *sheet_links(chapter.name)),
                ],
                [nodes.paragraph("", minutes(chapter.page))],
                [nodes.paragraph("", number_list(chapter, known))],
            ]
            for chapter in known
        ]
        return [table(HEADS, rows)]


class OneByOne(SphinxDirective):
    """A section for each chapter: what it gives, prepared labs, and slips with what meets them."""

    def run(self):
        known = in_contents(self.env)
        return [section_of(chapter, known, self.env.docname) for chapter in known]


class PreparedLab(SphinxRole):
    """{prepared}`pooling/moved`: a link to a lab that is set up, under its title."""

    def run(self):
        one = by_chapter.prepared(self.text)
        return [outside(one.title, one.address)], []


class Worksheet(SphinxRole):
    """{worksheet}`pooling`: links to a chapter's worksheet and its answers."""

    def run(self):
        return sheet_links(self.text), []


def write_sheets_and_questions(app, exception):
    """Writes the worksheets as pages, and the questions, of the chapters that are in the book."""
    if exception is not None or app.builder.format != "html":
        return
    known = [chapter.name for chapter in in_contents(app.env)]
    if not known:
        return
    folder = Path(app.outdir) / "worksheets"
    folder.mkdir(exist_ok=True)
    for name in known:
        (folder / f"{name}.html").write_text(sheet_page(name), encoding="utf-8", newline="\n")
        (folder / f"{name}_answers.html").write_text(answers_page(name), encoding="utf-8", newline="\n")
    question_bank.write(Path(app.outdir) / "questions", known)


def in_contents(env):
    """The chapters that are in the book, in its order."""
    return [chapter for chapter in by_chapter.chapters() if chapter.page in env.found_docs]


def section_of(chapter, known, here):
    """All that a teacher needs of a chapter, under its title."""
    section = nodes.section(ids=[f"chapter-{chapter.name}"], names=[f"chapter-{chapter.name}"])
    section += nodes.title("", f"{chapter.number}. {chapter.title}")
    section += nodes.paragraph("", "", nodes.strong("", "Afterwards a pupil can: "), nodes.Text(lower(chapter.gives)))
    needs = f"{minutes(chapter.page)} minutes on the main road. Builds on {number_list(chapter, known)}. From school: "
    section += nodes.paragraph(
        "", "", link(chapter.page, here, "The chapter"), nodes.Text(f": {needs}{lower(chapter.maths)}")
    )
    section += nodes.paragraph("", "", nodes.Text("On paper: "), *sheet_links(chapter.name), nodes.Text("."))
    section += rubric("Labs, set up for a question")
    section += nodes.bullet_list("", *[prepared_item(one) for one in chapter.prepared])
    section += rubric("What pupils think, and what helps")
    section += nodes.bullet_list("", *[slip_item(slip, here) for slip in chapter.misconceptions])
    return section


def prepared_item(one):
    return nodes.list_item(
        "",
        nodes.paragraph("", "", nodes.strong("", "", outside(one.title, one.address)), nodes.Text(f". {one.ask}")),
        nodes.paragraph("", "", nodes.emphasis("", "Expect: "), nodes.Text(one.expect)),
    )


def slip_item(slip, here):
    words = [nodes.strong("", f"“{slip.thinks}”"), nodes.Text(" ("), *met_in(slip, here), nodes.Text(")")]
    look = [nodes.emphasis("", "Look at "), outside(slip.shown.title, slip.shown.address)]
    if not slip.shown.id:
        look.append(nodes.Text(f". {slip.shown.expect}"))
    say = [nodes.emphasis("", "Say: "), nodes.Text(slip.say)]
    return nodes.list_item(
        "", nodes.paragraph("", "", *words), nodes.paragraph("", "", *look), nodes.paragraph("", "", *say)
    )


def met_in(slip, here):
    """Where a slip was met: in words, with a link where there is a place for one."""
    kind, name, what = slip.source
    if kind == "quiz":
        return [nodes.Text("a wrong answer of the quiz")]
    if kind == "errata":
        return [outside("in the sources", f"{Path(ERRATA).name}.html#{what}")]
    page = by_chapter.chapter(name).page
    return [outside("measured in the chapter", f"{Path(page).name}.html#{what}")]


def number_list(chapter, known):
    """The chapters that must come before: their numbers, as "2 and 3", and the words around them."""
    numbers = [str(one.number) for one in known if one.name in chapter.builds_on]
    if not numbers:
        return "nothing"
    return "chapter " + numbers[0] if len(numbers) == 1 else "chapters " + " and ".join(numbers)


def sheet_links(name):
    """A chapter's worksheet and its answers: "worksheet 4 (answers)"."""
    sheet = f"worksheet {by_chapter.chapter(name).number}"
    answers = outside("answers", f"../worksheets/{name}_answers.html")
    return [outside(sheet, f"../worksheets/{name}.html"), nodes.Text(" ("), answers, nodes.Text(")")]


def outside(text, address):
    """A link to what Sphinx knows nothing of, such as a lab's state."""
    return nodes.reference("", text, refuri=address, internal=True)


def rubric(text):
    return nodes.rubric("", text)


def lower(sentence):
    return sentence[0].lower() + sentence[1:]


def table(heads, rows):
    """A table of nodes, with a line of headings."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    group += nodes.thead("", row([[nodes.paragraph("", head)] for head in heads]))
    group += nodes.tbody("", *[row(cells) for cells in rows])
    return nodes.table("", group)


def row(cells):
    """A line of a table; each cell is a list of nodes."""
    return nodes.row("", *[nodes.entry("", *cell) for cell in cells])
