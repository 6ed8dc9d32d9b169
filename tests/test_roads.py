"""The main road of a chapter stands alone: whoever runs its cells and no side road's misses no name."""

import ast
import builtins
import re

import nbformat
import pytest
from folds import FOLDED

from tools.notebooks import book_notebooks

HEADING = re.compile(r"^(#+) ", re.MULTILINE)
CHAPTERS = [path for path in book_notebooks() if path.stem[0].isdigit()]


def on_the_main_road(notebook):
    """The code cells that are in no folded section."""
    folded = None  # the level of the heading that folds what comes
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for level in map(len, HEADING.findall(cell.source)):
                if folded is not None and level <= folded:
                    folded = None
                if folded is None and cell.metadata.get(FOLDED):
                    folded = level
        elif folded is None:
            yield cell


def names(source):
    """What a cell defines or imports, and what it reads."""
    defined, read = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            defined |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else defined).add(node.id)
    return defined, read


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_main_road_needs_no_name_of_a_side_road(path):
    known = set(dir(builtins))
    for cell in on_the_main_road(nbformat.read(path, as_version=4)):
        defined, read = names(cell.source)
        assert read - defined - known == set(), f"{path.stem}, cell {cell.id}"
        known |= defined


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_heading_of_a_side_road_has_a_cell_of_its_own(path):
    """Else the page folds another section than JupyterLab does."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get(FOLDED):
            assert re.fullmatch(r"#{2,3} .+", cell.source), cell.id
