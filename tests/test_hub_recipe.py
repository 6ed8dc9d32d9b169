"""The recipe for a hub: its settings load, it takes the book's lock, keeps its limits, and holds no secret.

With a real hub and 20 people it is run by `benchmarks/bench_hub.py`.
"""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from traitlets.config.loader import PyFileConfigLoader

from benchmarks import bench_hub
from tests.test_published import VERSION
from tools import lock

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "deploy" / "jupyterhub"
GUIDE = (RECIPE / "README.md").read_text(encoding="utf-8")
VALUES = yaml.safe_load((RECIPE / "values.yaml").read_text(encoding="utf-8"))
THREADS = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")}


@pytest.fixture
def settings(monkeypatch):
    """Those of one machine, as the hub reads them."""
    monkeypatch.setenv("CLASS_WORD", "a word for all")
    monkeypatch.setenv("TEACHER_WORD", "a longer word for one")
    return PyFileConfigLoader("jupyterhub_config.py", path=str(RECIPE)).load_config()


def test_both_kinds_give_everybody_the_same(settings):
    people = VALUES["singleuser"]
    assert settings.Spawner.environment.items() >= THREADS.items()
    assert people["extraEnv"].items() >= THREADS.items()
    assert settings.Spawner.mem_limit == people["memory"]["limit"] == "1G"
    assert settings.Spawner.cpu_limit == people["cpu"]["limit"] == 2
    assert settings.Spawner.default_url == people["defaultUrl"]
    assert [*settings.Spawner.cmd, *settings.Spawner.args] == [
        people["cmd"][0].replace("/srv/book", str(ROOT)), *people["cmd"][1:]
    ]  # fmt: skip
    assert settings.Spawner.environment["BOOK"] == people["extraEnv"]["BOOK"].replace("/srv/book", str(ROOT))
    page = settings.Spawner.default_url.removeprefix("/lab/tree/convnet-book/")
    assert (ROOT / "book" / page).exists()


def test_who_has_left_gives_the_memory_back(settings):
    [culler] = settings.JupyterHub.services
    [role] = settings.JupyterHub.load_roles
    assert role["services"] == [culler["name"]]
    assert "--timeout=3600" in culler["command"]
    assert VALUES["cull"] == {"enabled": True, "timeout": 3600, "every": 300}


def test_the_words_come_from_outside_and_no_file_holds_one(settings):
    assert settings.SharedPasswordAuthenticator.user_password == "a word for all"
    assert settings.SharedPasswordAuthenticator.admin_password == "a longer word for one"
    assert settings.JupyterHub.authenticator_class == VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"]
    assert settings.JupyterHub.bind_url == "http://127.0.0.1:8000"
    held = re.compile(r"(?i)(password|secret|token|_word)\w*[\"']?\s*[:=]\s*[\"']?[\w-]{4,}")
    for path in sorted(RECIPE.iterdir()):
        text = path.read_text(encoding="utf-8")
        found = [each[0] for each in held.finditer(text) if "os.environ" not in each[0]]
        assert found == [], path.name


def test_everything_is_from_the_books_lock():
    assert "python3 tools/install.py notebooks" in GUIDE
    assert ".venv/bin/pip install -r deploy/jupyterhub/hub.txt -c requirements/notebooks.txt" in GUIDE
    assert (ROOT / "requirements.txt").read_text(encoding="utf-8") == "-r requirements/notebooks.txt\n"
    assert VALUES["singleuser"]["image"]["tag"] == VERSION
    assert f"--image-name {VALUES['singleuser']['image']['name']}:{VERSION} ." in GUIDE
    lines = (RECIPE / "hub.txt").read_text(encoding="utf-8").splitlines()
    own = [Requirement(line) for line in lines if not line.startswith("#")]
    assert {one.name for one in own} >= {"jupyterhub", "jupyterhub-idle-culler", "jupyterhub-systemdspawner"}
    locked = lock.pins(lock.lock_file("notebooks").read_text(encoding="utf-8"))
    assert all(str(one.specifier).startswith("==") and one.name not in locked for one in own)


def test_every_path_in_the_guide_is_there():
    for path in re.findall(r"deploy/jupyterhub/([\w.-]+)", GUIDE):
        assert (RECIPE / path).exists(), path
    service = (RECIPE / "convnet-hub.service").read_text(encoding="utf-8")
    for path in re.findall(r"/opt/book/(deploy\S+)", service):
        assert (ROOT / path).exists(), path
    assert "/etc/convnet-hub.env" in service
    assert "/etc/convnet-hub.env" in GUIDE


@pytest.mark.skipif(shutil.which("sh") is None, reason="no sh: a hub runs on Linux")
def test_a_server_starts_with_a_copy_of_the_notebooks_that_is_never_written_to_again(tmp_path):
    home, programs = tmp_path / "home", tmp_path / "bin"
    home.mkdir()
    programs.mkdir()
    program = programs / "jupyterhub-singleuser"
    program.write_text('#!/bin/sh\necho "started in $(pwd) with $*"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = {"HOME": str(home), "BOOK": str(ROOT), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}

    def start():
        command = [RECIPE / "start.sh", "--port=1", "a b"]
        done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=True)
        assert done.stdout == f"started in {home} with --port=1 a b\n"

    start()
    chapters = sorted(path.name for path in (ROOT / "book").glob("*.ipynb"))
    assert sorted(path.name for path in (home / "convnet-book").glob("*.ipynb")) == chapters
    own = home / "convnet-book" / bench_hub.CHAPTER
    own.write_text("my work")
    start()
    assert own.read_text() == "my work"
    assert [path.name for path in home.iterdir()] == ["convnet-book"]


def test_what_a_class_needs_is_reckoned_from_what_each_took():
    met = {"memory": 200e6, "processor": 4.0}
    memory, cores = bench_hub.class_of({"together": [met] * 3, "hub": 1e9}, people=300)
    assert memory == pytest.approx(1.25 * 300 * 0.2 + 1)
    assert cores == pytest.approx([300 * 4 / 600, 300 * 4 / 180])
