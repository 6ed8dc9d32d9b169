"""The stored notebooks: in normal form, with words for every picture, and really compared when they run again."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import repository

from tools import install, notebooks

ROOT = Path(__file__).resolve().parent.parent
PATHS = notebooks.book_notebooks()
NAMES = [path.stem for path in PATHS]
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
each_notebook = pytest.mark.parametrize("path", PATHS, ids=NAMES)


def code_cells(path):
    return [cell for cell in notebooks.read(path).cells if cell.cell_type == "code"]


def test_the_book_has_notebooks():
    assert PATHS


@each_notebook
def test_a_notebook_is_stored_in_normal_form(path):
    assert notebooks.is_normal(path), f"{path.name}: run `make notebooks`"


@each_notebook
def test_a_notebook_ran_whole_and_without_complaint(path):
    for cell in code_cells(path):
        kinds = {output.get("name", output.output_type) for output in cell.outputs}
        assert not kinds & {"stderr", "error"} or "raises-exception" in cell.metadata.get("tags", []), cell.source


@each_notebook
def test_every_picture_has_words(path):
    for cell in code_cells(path):
        shown = [output.get("data", {}) for output in cell.outputs]
        if any(kind in data for data in shown for kind in PICTURES if "text/html" not in data):
            words = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(words.split()) >= 5, f"say in mystnb.image.alt what this shows:\n{cell.source}"


DIRECTIVE = re.compile(r"^([`:]{3,}\{|\([\w-]+\)=)|\{\w+(:\w+)?\}`", re.MULTILINE)
TIGHT = re.compile(r"^<summary>.*\n(?!\n)|[^\n]\n</details>|</details>\n(?!\n)", re.MULTILINE)


@each_notebook
def test_the_text_is_plain_markdown(path):
    """It reads as well in JupyterLab, in VS Code and in a preview, where a directive of MyST would stand raw."""
    for cell in notebooks.read(path).cells:
        if cell.cell_type == "markdown":
            assert not DIRECTIVE.search(cell.source), cell.source
            assert not TIGHT.search(cell.source), "a blank line parts a fold's Markdown from its tags"
            assert cell.source.count("<details") == cell.source.count("</details>"), "JupyterLab folds within a cell"


def notebook_of(*outputs):
    """A notebook with one code cell that has these outputs."""
    cell = nbformat.v4.new_code_cell("1", id="one", execution_count=7, metadata={"scrolled": True})
    cell.outputs = list(outputs)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata = {"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.13.0"}}
    return notebook


def test_normal_form_drops_what_changes_from_run_to_run():
    view = {"model_id": "d41d8cd98f", "version_major": 2}
    shown = {notebooks.WIDGET_VIEW: view, "text/html": "<table></table>", "text/plain": "Lab"}
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in ("one ", "two")]
    text = notebooks.normal_form(notebook_of(nbformat.v4.new_output("display_data", data=shown), *pieces))
    for stray in ("model_id", "widgets", "3.13.0", "scrolled"):
        assert stray not in text
    cell = nbformat.reads(text, as_version=4).cells[0]
    assert cell.execution_count == 1
    assert [output.get("text") for output in cell.outputs] == [None, "one two"]
    assert text == notebooks.normal_form(nbformat.reads(text, as_version=4))
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("tags", "hidden"),
    [
        (["hide-input"], {"source_hidden": True}),
        (["remove-input"], {"source_hidden": True}),
        (["hide-input", "hide-output"], {"source_hidden": True, "outputs_hidden": True}),
        (["raises-exception"], None),
    ],
)
def test_what_the_page_hides_is_hidden_in_jupyterlab(tags, hidden):
    notebook = notebook_of()
    notebook.cells[0].metadata = {"tags": tags, "jupyter": {"source_hidden": False}}
    cell = nbformat.reads(notebooks.normal_form(notebook), as_version=4).cells[0]
    assert cell.metadata.get("jupyter") == hidden


def test_a_notebook_alone_says_what_to_install(monkeypatch):
    notebook = notebook_that_runs("import numpy", "from convnet_core.pictures import X")
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# Title"))
    text = notebooks.normal_form(notebook)
    assert text == notebooks.normal_form(nbformat.reads(text, as_version=4)), "it is there once"
    title, first, *others = nbformat.reads(text, as_version=4).cells
    assert (title.source, first.metadata.tags, len(others)) == ("# Title", ["remove-cell"], 2)
    assert others[0].execution_count == 1
    exec(first.source, {})
    monkeypatch.setitem(sys.modules, "convnet_core", None)
    with pytest.raises(ModuleNotFoundError, match="python3 tools/install.py notebooks"):
        exec(first.source, {})
    assert "notebooks" in install.PARTS


def test_a_downloaded_notebook_says_where_the_books_files_are(tmp_path):
    page = tmp_path / "_sources" / "book" / "one.ipynb"
    page.parent.mkdir(parents=True)
    text = notebooks.normal_form(notebook_that_runs("import convnet_core"))
    page.write_text(text, encoding="utf-8")
    repository.add_address(tmp_path, "")
    assert page.read_text(encoding="utf-8") == text
    repository.add_address(tmp_path, "https://example.org/book")
    source = nbformat.read(page, as_version=4).cells[0].source
    assert f"{notebooks.FILES} (https://example.org/book), type" in source
    compile(source, page, "exec")


def test_normal_form_keeps_a_view_that_has_nothing_beside_it():
    view = nbformat.v4.new_output("display_data", data={notebooks.WIDGET_VIEW: {"model_id": "d41d"}})
    assert "model_id" in notebooks.normal_form(notebook_of(view))


def test_check_refuses_a_notebook_that_is_not_normal(tmp_path):
    path = tmp_path / "stray.ipynb"
    nbformat.write(notebook_of(), path)
    with pytest.raises(SystemExit, match=r"stray\.ipynb"):
        notebooks.main(["--check", str(path)])
    path.write_text(notebooks.normal_form(notebooks.read(path)), encoding="utf-8")
    notebooks.main(["--check", str(path)])


def alter_one_number_of_each_kind(cells):
    """Change one digit in one output of each kind there is; return the numbers of the cells changed."""
    altered = {}
    for number, cell in enumerate(cells):
        for output in cell.outputs:
            texts = output if output.output_type == "stream" else output.data
            for kind in ("text", "text/plain", "text/html", "image/svg+xml"):
                if kind in texts and kind not in altered and number not in altered.values():
                    before = texts[kind]
                    texts[kind] = re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit[0]) + 1) % 10), before)
                    if texts[kind] != before:
                        altered[kind] = number
    assert altered, "no stored output with a number in it"
    return set(altered.values())


LAB = """
import anywidget, traitlets

class Toy(anywidget.AnyWidget):
    _esm = "export default {{ render() {{}} }}"
    value = traitlets.Int({value}).tag(sync=True)

    def _repr_mimebundle_(self, **options):
        data, metadata = super()._repr_mimebundle_(**options)
        return data | {{"text/plain": "Toy", "text/html": f"<p>{{self.value}}</p>"}}, metadata

Toy()
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """What nbval found, as the whole suite runs it: the numbers of the cells that should fail and that do, by notebook.

    A notebook of the book with altered numbers, and a lab as it is stored and with another number in its table. That
    notebooks of the book pass unaltered, the suite shows.
    """
    folder = tmp_path_factory.mktemp("compared")
    path = min(PATHS, key=lambda path: len(code_cells(path)))
    notebook = notebooks.read(path)
    should_fail = {"altered": alter_one_number_of_each_kind([c for c in notebook.cells if c.cell_type == "code"])}
    nbformat.write(notebook, folder / "altered.ipynb")
    should_fail |= {"lab": set(), "another": {0}}
    lab = folder / "lab.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LAB.format(value=4))]), lab)
    notebooks.main([str(lab)])
    stored = lab.read_text(encoding="utf-8")
    assert "<p>4</p>" in stored
    assert "model_id" not in stored
    (folder / "another.ipynb").write_text(stored.replace("<p>4</p>", "<p>5</p>"), encoding="utf-8")

    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", folder]
    command += ["-n0", "-rf", "-p", "no:cacheprovider", *(folder / f"{name}.ipynb" for name in should_fail)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    failed = re.findall(r"^FAILED (?:.*/)?(\w+)\.ipynb::Cell (\d+)", done.stdout, re.MULTILINE)
    do_fail = {name: {int(number) for file, number in failed if file == name} for name in should_fail}
    return {name: (should_fail[name], do_fail[name]) for name in should_fail}


@pytest.mark.sweep
def test_a_notebook_with_an_altered_number_fails_in_that_cell_alone(compared):
    should_fail, do_fail = compared["altered"]
    assert do_fail == should_fail


def test_a_lab_is_compared_by_its_numbers_and_not_by_its_view(compared):
    """The view's random id is not stored, and nbval does not miss it; the table of numbers is compared."""
    for name in ("lab", "another"):
        should_fail, do_fail = compared[name]
        assert do_fail == should_fail


# As nbconvert turns them into something else


def converted(folder, to, *options, notebook, **environment):
    """What `jupyter nbconvert` makes of a notebook that is stored in `folder`: the file."""
    path = folder / "one.ipynb"
    path.write_text(notebooks.normal_form(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", to, "--log-level", "ERROR", *options, path]
    subprocess.run(command, check=True, env=os.environ | environment, cwd=folder)
    [made] = [file for file in folder.glob("one.*") if file.suffix != ".ipynb"]
    return made


def notebook_that_runs(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


@pytest.mark.sweep
def test_a_notebook_becomes_a_python_script(tmp_path):
    made = converted(tmp_path, "script", notebook=notebook_that_runs("print(1)", "%timeit 1"))
    assert made.suffix == ".py"
    compile(made.read_text(encoding="utf-8"), made, "exec")


@pytest.mark.sweep
def test_an_executed_page_shows_the_tables_of_a_lab_and_no_view_from_another_host(tmp_path):
    lab = "from convnet_core.labs.filtering import FilteringLab\nFilteringLab()"
    settings = {"JUPYTER_CONFIG_PATH": str(ROOT / "tools"), "PYTHONPATH": str(ROOT)}
    made = converted(tmp_path, "html", "--execute", notebook=notebook_that_runs(lab), **settings)
    page = made.read_text(encoding="utf-8")
    assert "<table" in page
    assert f'<script type="{notebooks.WIDGET_VIEW}">' not in page
