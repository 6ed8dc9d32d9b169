"""Run the book's notebooks again and store them in one normal form.

    python tools/notebooks.py                  run every notebook of the book, then normalise it
    python tools/notebooks.py book/x.ipynb     only this one
    python tools/notebooks.py --check          run nothing; fail where a stored notebook is not normalised

The normal form holds nothing that changes from run to run or from machine to machine: a diff shows
what an author changed, and the stored outputs can be compared with new ones, character by character.
"""

import argparse
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # No version: it would be that of whoever ran the notebook last. The rest is what tools ask for who turn a
    # notebook into something else (`jupyter nbconvert --to script` makes a .txt where nothing says .py).
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
    },
}
# What the book reads; the rest is an editor's own note.
CELL_METADATA = ("mystnb", "tags", "jp-MarkdownHeadingCollapsed")
# What the book's tags hide, JupyterLab and VS Code hide too, by marks of their own.
HIDDEN = {"source_hidden": {"hide-input", "remove-input", "remove-cell"}, "outputs_hidden": {"hide-output"}}
PACKAGE_CELL = "package"
# What a notebook that needs the book's package begins with: whoever opens it alone reads where to get that.
FILES = "the book's files"  # book/_ext/repository.py adds their address where it is known
PACKAGE = f"""\
try:
    import convnet_core
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "This notebook runs beside the rest of its book. In the folder of {FILES}, type "
        "`python3 tools/install.py notebooks`, and open it with `.venv/bin/jupyter lab book`. "
        "(Or, for a Jupyter of your own: `pip install '.[notebooks]'` in that folder, and restart the kernel.)"
    ) from None
"""
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SECONDS_A_CELL = 300
# As in the tests: the same sums in the same order on a machine with any number of cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def book_notebooks():
    """Every notebook of the book, in the order of their names."""
    return sorted(path for path in (ROOT / "book").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def normal_form(notebook):
    """The text of a notebook, with nothing in it that depends on when or where it ran.

    notebook  an nbformat 4 notebook; it is changed in place
    return    JSON text: sorted keys, indent 1, one newline at the end
    """
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    kept = {"mystnb": notebook.metadata["mystnb"]} if "mystnb" in notebook.metadata else {}
    notebook.metadata = nbformat.from_dict(KERNEL | kept)
    notebook.cells = after_the_package(notebook.cells)
    count, names = 0, set()
    for position, cell in enumerate(notebook.cells, start=1):
        cell.id = unused(cell.get("id") or f"cell-{position}", names)
        cell.metadata = {key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata}
        if hidden := {mark: True for mark, tags in HIDDEN.items() if tags.intersection(cell.metadata.get("tags", []))}:
            cell.metadata["jupyter"] = hidden
        if cell.cell_type == "code" and cell.id != PACKAGE_CELL:
            count += 1
            cell.execution_count = count
            cell.outputs = [normal_output(output, count) for output in joined_streams(cell.outputs)]
    return nbformat.writes(notebook, indent=1, sort_keys=True).rstrip("\n") + "\n"


def after_the_package(cells):
    """The cells, with PACKAGE in front of the first code where any needs it; a page and its counts leave that out."""
    cells = [cell for cell in cells if cell.get("id") != PACKAGE_CELL]
    code = [place for place, cell in enumerate(cells) if cell.cell_type == "code"]
    if any("convnet_core" in cells[place].source for place in code):
        asks = nbformat.v4.new_code_cell(PACKAGE.strip(), id=PACKAGE_CELL, metadata={"tags": ["remove-cell"]})
        cells.insert(code[0], asks)
    return cells


def unused(name, names):
    """`name`, or the first of name-2, name-3, ... that is not among `names`; it joins them."""
    candidate, number = name, 1
    while candidate in names:
        number += 1
        candidate = f"{name}-{number}"
    names.add(candidate)
    return candidate


def joined_streams(outputs):
    """The outputs, with printed text in one piece: a kernel may send it in any number of pieces."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else None
        if output.output_type == "stream" and last and last.output_type == "stream" and last.name == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def normal_output(output, count):
    """One output without its random part.

    A widget view is no more than the id of a model in a kernel that is gone. Where the output also
    carries HTML or words, those are what is shown without a kernel, and the view is dropped.
    """
    if output.output_type == "execute_result":
        output.execution_count = count
    if len(output.get("data", {})) > 1:
        output.data.pop(WIDGET_VIEW, None)
    return output


def run(notebook, folder):
    """Run all cells in a new kernel, in `folder`; an error in a cell is raised."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(
        notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()


def read(path):
    """The notebook at `path`, cells without an id allowed (they get one)."""
    return nbformat.read(path, as_version=4)


def is_normal(path):
    """Whether the file holds exactly its own normal form."""
    return path.read_text(encoding="utf-8") == normal_form(read(path))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="run nothing, fail where a notebook is not normalised")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every notebook of the book")
    options = parser.parse_args(arguments)
    paths = options.notebooks or book_notebooks()
    if options.check:
        strays = [str(path) for path in paths if not is_normal(path)]
        if strays:
            sys.exit(f"not normalised (run `make notebooks`): {', '.join(strays)}")
        return
    for path in paths:
        print(f"running {path}", flush=True)
        notebook = read(path)
        run(notebook, path.parent)
        path.write_text(normal_form(notebook), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
