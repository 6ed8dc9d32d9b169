"""The loop of those who write labs: a saved file shows on the lab's own page, and in a notebook."""

import os
import shutil
import subprocess
import sys
import threading
import time

import pytest
from playwright.sync_api import expect

from convnet_core.labs.kit import development, joiner
from tools import lab as lab_server

pytestmark = pytest.mark.sweep

SAID = "Point at a pooled cell to see its window"


@pytest.fixture
def sources(monkeypatch, tmp_path):
    """A copy of the labs' folder that may be edited; the joiner reads it in place of the labs' own."""
    folder = tmp_path / "labs"
    shutil.copytree(joiner.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(joiner, "FOLDER", folder)
    joiner.forget()
    yield folder
    joiner.forget()


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_page_of_one_lab_shows_what_was_saved(sources, page):
    saves, stop = lab_server.Saves(), threading.Event()
    httpd = lab_server.server("pooling", saves)
    watching = threading.Thread(target=lab_server.follow, args=[saves, stop])
    serving = threading.Thread(target=httpd.serve_forever, daemon=True)
    serving.start()
    watching.start()
    try:
        page.goto(f"http://127.0.0.1:{httpd.server_port}/?lock=stride")
        task = page.locator(".cl-task")
        expect(task).to_contain_text(SAID)
        page.wait_for_timeout(500)  # until the page waits for the next change
        edit(sources / "pooling" / "lab.js", SAID, "A sentence that was just written")
        expect(task).to_contain_text("A sentence that was just written", timeout=20_000)
        saves.wait(0)  # a page that was on its way when the file was saved is told so at once
        assert page.record.errors == []
    finally:
        stop.set()
        watching.join()
        saves.add()
        httpd.shutdown()
        httpd.server_close()


def test_a_python_half_that_fails_is_shown_in_words(monkeypatch):
    monkeypatch.setattr(lab_server, "SHOW", "raise ValueError('<no> table')")
    assert "ValueError: &lt;no&gt; table" in lab_server.shown("pooling")


def test_what_a_python_half_prints_is_no_part_of_its_page(monkeypatch):
    monkeypatch.setattr(lab_server, "SHOW", "import builtins; print('<b>seen</b>'); raise SystemExit(2)")
    assert lab_server.shown("pooling").startswith("<!doctype html><title>pooling</title><pre></pre>")
    monkeypatch.undo()
    said = "from tools import lab; lab.html = lambda name: print('seen') or '<p>\u2192</p>'; "
    monkeypatch.setattr(lab_server, "SHOW", said + lab_server.SHOW.partition("; ")[2])
    assert lab_server.shown("pooling") == "<p>\u2192</p>"


def test_a_notebook_is_handed_the_joined_modules_anew(sources):
    path = development.following(joiner.kernel_module, "pooling", ".js")
    assert SAID in path.read_text(encoding="utf-8")
    time.sleep(0.5)  # until the folder is watched
    edit(sources / "pooling" / "lab.js", SAID, "import x;\n")
    edit(sources / "pooling" / "words.js", "export ", "import other;\nexport ")  # half a word, saved
    edit(sources / "pooling" / "words.js", "import other;\n", "")
    edit(sources / "pooling" / "lab.js", "import x;\n", "A sentence that was just written")
    end = time.monotonic() + 20
    while "A sentence that was just written" not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the file does not follow its sources"
        time.sleep(0.1)


def test_a_text_that_can_not_be_joined_leaves_the_last_good_one(tmp_path, capsys):
    path = tmp_path / "pooling.js"
    path.write_text("good")

    def fails(name):
        raise ValueError("modules import each other")

    development._rewrite(path, fails, "pooling")
    assert path.read_text() == "good"
    assert capsys.readouterr().out == "pooling: modules import each other\n"


def test_a_lab_in_development_is_a_file_that_anywidget_watches(sources):
    """In a process of its own: a lab's class is made once, and asks then whether somebody works on it."""
    code = (
        "import time; from pathlib import Path; from convnet_core.labs.kit import joiner\n"
        f"joiner.FOLDER = Path({str(sources)!r})\n"
        "from convnet_core.labs.pooling import PoolingLab\n"
        "lab = PoolingLab(); time.sleep(1); words = joiner.FOLDER / 'pooling' / 'lab.js'\n"
        f"words.write_text(words.read_text().replace({SAID!r}, 'A sentence that was just written'))\n"
        "end = time.monotonic() + 20\n"
        "while 'A sentence that was just written' not in lab._esm and time.monotonic() < end: time.sleep(0.1)\n"
        "print('A sentence that was just written' in lab._esm)"
    )
    environment = os.environ | {"ANYWIDGET_HMR": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
