"""Chapter 2 in a real JupyterLab: what the reader does in the lab, the next cell knows, and the other way round."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from convnet_core.labs.pooling import PoolingLab
from convnet_core.pictures import X
from tests.labpage import LabOnPage, changed, printed
from tests.ports import free_port

NOTEBOOK = Path(__file__).parents[1] / "book" / "02_filtering.ipynb"
OWN_NOTEBOOK = NOTEBOOK.with_name("own_notebook.ipynb")
LAB_CELL = "lab = FilteringLab("
NUMBERS_CELL = "lab.image[4, 4]"
SECONDS = 60  # for a server, a kernel and a whole chapter, on a slow machine

# No questions at the start, and every cell in the page even when it is out of sight.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"windowingMode": "none"},
}


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory):
    """The address, with its token, of chapter 2 in a JupyterLab of its own, which is gone at the end."""
    home = tmp_path_factory.mktemp("jupyterlab")
    shutil.copy(NOTEBOOK, home)
    port, token = free_port(), secrets.token_hex(16)
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={home}"]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", *options]
    with (home / "log.txt").open("w") as log:
        environment = {**os.environ, **folders(home / "jupyter"), "JUPYTER_TOKEN": token}
        server = subprocess.Popen(
            command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log.txt")
            yield f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK.name}?token={token}"
        finally:
            stop(server)


def folders(folder):
    """Where Jupyter keeps its things: nothing of the reader's own is read or changed."""
    for name, values in SETTINGS.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {variable: str(folder / name) for variable, name in names.items()}


def wait_for(address, server, log):
    for _ in range(SECONDS * 5):
        assert server.poll() is None, f"JupyterLab did not start:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text()}")


def stop(server):
    """Politely, so that it ends its kernels; then whatever is left of its own process group."""
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(15)
    with suppress(ProcessLookupError, AttributeError):  # nothing is left; or this is Windows
        os.killpg(server.pid, signal.SIGKILL)
    server.kill()
    server.wait()


class Notebook:
    """The open notebook: its cells, and new ones."""

    def __init__(self, page):
        self.page = page

    def cell(self, text):
        return self.page.locator(".jp-CodeCell").filter(has_text=text).first

    def run_all(self):
        # Cells that run before there is a kernel lose their outputs and get no new ones.
        expect(self.page.get_by_text(re.compile(r"\| Idle$"))).to_be_visible()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        expect(self.page.locator(".cl-grid").first).to_be_visible()
        self.finish()

    def finish(self):
        """Until no cell is at work: a [*] beside a cell says that it is."""
        expect(self.page.locator(".jp-InputPrompt").filter(has_text="*")).to_have_count(0)

    def run(self, cell):
        """Runs `cell` and returns its output."""
        cell.locator(".cm-content").click()
        return self.run_active(cell)

    def run_new(self, code):
        """Runs `code` in a new cell under the active one, and returns its output."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(code)
        return self.run_active(self.page.locator(".jp-CodeCell.jp-mod-active"))

    def run_active(self, cell):
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"))
        return cell.locator(".jp-OutputArea-output")


class LabInNotebook(LabOnPage):
    """The lab of the notebook's output."""

    def __init__(self, page, cell):
        super().__init__(page, "filtering")
        self.root = cell.locator(".cl-lab").first


@pytest.fixture
def notebook(page, jupyterlab):
    """Chapter 2, open, with patience for a slow machine."""
    page.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    page.goto(jupyterlab)
    yield Notebook(page)
    expect.set_options(timeout=5000)


def reads_well(page):
    """The text of an opened notebook: no answer is seen until its fold is opened, and nothing stands raw."""
    sources = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "markdown"]
    folds = page.locator(".jp-RenderedMarkdown details")
    expect(folds).to_have_count(sum(source.count("<details") for source in sources))
    assert not any(folds.evaluate_all("all => all.map((fold) => fold.open)"))
    solution = page.locator("details").filter(has_text="Solution: The match")
    code = solution.get_by_text("return (patch * feature).sum() / feature.size")
    expect(code).to_be_hidden()
    solution.locator("summary").click()
    expect(code).to_be_visible()
    text = " ".join(page.locator(".jp-RenderedMarkdown").all_text_contents())
    assert re.findall(r":::|```|\{\w+\}|</?\w+>|\$", text) == []


def shows_figures_without_their_code(notebook):
    cell = notebook.page.locator(".jp-CodeCell").filter(has=notebook.page.locator(".jp-RenderedSVG")).first
    expect(cell.locator(".jp-RenderedSVG")).to_be_visible()
    expect(cell.locator(".cm-content")).to_have_count(0)
    expect(cell.locator(".jp-InputPlaceholder")).to_be_visible()


@pytest.mark.sweep
def test_a_reader_plays_with_chapter_2(notebook):
    expect(notebook.cell(LAB_CELL)).to_be_visible()
    reads_well(notebook.page)
    notebook.run_all()
    shows_figures_without_their_code(notebook)
    lab = LabInNotebook(notebook.page, notebook.cell(LAB_CELL))
    assert lab.numbers("Image") == printed(X)

    # The reader's edit is Python's.
    lab.cell("Image", 4, 4).click()
    expect(lab.cell("Image", 4, 4)).to_have_text("-1")
    numbers = notebook.run(notebook.cell(NUMBERS_CELL))
    expect(numbers).to_contain_text("pixel in the middle of the picture: -1.0")
    expect(notebook.run_new("print(lab.feature_map[3, 3] * 9, lab.image.dtype, lab.image.shape)")).to_have_text(
        "3.0 float64 (9, 9)"
    )

    # Python's edit is shown.
    notebook.run_new("import numpy as np\nlab.image = np.where(lab.image > 0, -1, 2)")
    expect(lab.cell("Image", 0, 0)).to_have_text("2")
    broken = changed(X, (4, 4, -1))
    assert lab.numbers("Image") == printed([[-1 if value > 0 else 2 for value in row] for row in broken])

    # A bad one is refused in words, and changes nothing.
    refused = notebook.run_new("lab.image = np.ones((3, 3))")
    expect(refused).to_contain_text("TraitError: FilteringLab.image has the wrong shape: wanted 9 x 9 numbers")
    refused = notebook.run_new("lab.image = lab.image * np.nan")
    expect(refused).to_contain_text("TraitError: FilteringLab.image must hold numbers from -9 to 9 only")
    expect(notebook.run_new("print(lab.image[0, 0])")).to_have_text("2.0")
    expect(lab.cell("Image", 0, 0)).to_have_text("2")

    # A second view of the same lab follows the first.
    notebook.run_new("lab")
    twin = LabInNotebook(notebook.page, notebook.page.locator(".jp-CodeCell.jp-mod-active"))
    lab.cell("Feature", 0, 0).click()
    expect(twin.cell("Feature", 0, 0)).to_have_text(lab.cell("Feature", 0, 0).inner_text())
    assert twin.look() == lab.look()

    labs_among_other_widgets(notebook)
    digits_come_from_the_kernel(notebook)


def digits_come_from_the_kernel(notebook):
    """And a Worker of the front end asks the net about them."""
    lab = notebook.run_new("from convnet_core.labs.digits import DigitsLab\nDigitsLab(tab='mistakes')")
    lab.locator("button:visible", has_text="Get the 5,000 digits").click()
    expect(lab.get_by_text("wrong of 1,000 held-out digits").first).to_be_visible()


def labs_among_other_widgets(notebook):
    """The cells of the page on a lab in one's own notebook, with a reader's hand on what they show."""
    cells = {cell.id: cell.source for cell in nbformat.read(OWN_NOTEBOOK, as_version=4).cells}
    notebook.run_new(cells["lab"])

    # A slider moves the lab, and the lab the slider.
    row = notebook.run_new(cells["slider"])
    handle = row.locator(".noUi-handle")
    handle.press("ArrowRight")
    expect(row.get_by_role("combobox", name="Window")).to_have_value("4")
    row.get_by_role("combobox", name="Window").select_option("2")
    expect(handle).to_have_attribute("aria-valuenow", "2.0")

    # What is printed follows, whoever moves.
    notebook.run_new(cells["observe"])
    notebook.run_new("lab.stride = 3")
    expect(notebook.cell("def tell(")).to_contain_text("stride is now 3; the largest pooled number is")
    notebook.run_new(cells["interact"])
    notebook.cell("def shifted(").locator(".noUi-handle").press("ArrowRight")
    stay = PoolingLab(stride=3, shift_right=1).unchanged
    expect(notebook.cell("def shifted(")).to_contain_text(f"{stay} of 9 pooled numbers stay as they were")

    # Side by side, each has its share of the width, and both show one picture.
    row = notebook.run_new(cells["two"])
    labs = row.locator(".cl-lab")
    expect(labs).to_have_count(2)
    first, second = (labs.nth(at).bounding_box()["width"] for at in (0, 1))
    assert first == pytest.approx(second, abs=2)
    assert first + second > 0.9 * row.bounding_box()["width"]
    LabInNotebook(notebook.page, row).cell("Image", 0, 0).click()
    expect(notebook.run_new("print(lab.image[0, 0], match.image[0, 0])")).to_have_text("1.0 1.0")
