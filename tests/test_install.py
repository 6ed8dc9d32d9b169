"""Installing: what a newcomer reads when it works, and why it does not where it does not."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import install, serve

ROOT = Path(__file__).resolve().parent.parent
TINY = "tiny-1.0-py3-none-any.whl"
# A package that builds with nothing but Python: these tests ask for no network.
BACKEND = """\
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "own-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        for file, text in {"METADATA": "Metadata-Version: 2.1\\nName: own\\nVersion: 1.0\\n",
                           "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
                           "RECORD": ""}.items():
            wheel.writestr("own-1.0.dist-info/" + file, text)
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture
def checkout(tmp_path):
    """A checkout with all that installing reads, and a lock of one small package."""
    for name in ("Makefile", "tools/install.py", install.SETTINGS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "requirements").mkdir()
    for name in install.PARTS:
        head = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()[:2]
        (tmp_path / "requirements" / f"{name}.txt").write_text("\n".join([*head, "tiny==1.0", ""]), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "backend.py").write_text(BACKEND, encoding="utf-8")
    (tmp_path / "wheels").mkdir()
    return tmp_path


def put_wheel(folder, name):
    with zipfile.ZipFile(folder / name, "w") as wheel:
        about = "-".join(name.split("-")[:2]) + ".dist-info/"
        version = name.split("-")[1]
        wheel.writestr(about + "METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(about + "RECORD", "")


def run(checkout, *command, path=None, **pip):
    """Run a command in a checkout, with pip's settings as given and no others; without any, pip asks no index."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0", "PIP_NO_INDEX": "1"}
    environment = kept | settings | pip | ({"PATH": path} if path else {})
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def offline(checkout):
    """pip's settings for a folder of wheels in place of an index."""
    return {"PIP_FIND_LINKS": str(checkout / "wheels")}


def python_that_says(folder, name, version):
    """A program that runs this Python, with another version in `sys.version_info`."""
    program = folder / name
    code = (
        f"import sys, runpy; sys.version_info = {version}; sys.argv = sys.argv[1:];"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


# The Python


@pytest.mark.parametrize(
    ("version", "why"), [((3, 10, 13), "3.10, is older."), ((3, 99, 0), "3.99, is newer than its packages.")]
)
@pytest.mark.parametrize("with_make", [True, False])
def test_a_python_that_the_locks_are_not_for_is_refused_in_words(checkout, version, why, with_make):
    other = python_that_says(checkout, "other-python", version)
    command = ["make", "html", f"PYTHON={other}"] if with_make else [other, "tools/install.py", "build"]
    done = run(checkout, *command)
    assert done.returncode != 0
    oldest, newest = install.facts("build")[2:]
    assert f"This book needs Python 3.{oldest} to 3.{newest}, and " in done.stderr
    assert why in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_not_there_is_named(checkout):
    done = run(checkout, "make", "html", "PYTHON=/no/such/python")
    assert done.returncode != 0
    assert "There is no /no/such/python here." in done.stderr


def test_make_takes_a_python_that_the_locks_are_for_before_one_that_comes_first(checkout):
    programs = checkout / "programs"
    programs.mkdir()
    python_that_says(programs, "python3", (3, 99, 0))
    python_that_says(programs, "python3.12", (3, 12, 1))
    asked = run(checkout, "make", "-n", ".venv/build-installed", path=f"{programs}:/usr/bin:/bin")
    oldest, newest = install.facts("build")[2:]
    [taken] = re.findall(r"^(\S+) tools/install\.py build$", asked.stdout, re.MULTILINE)
    assert taken in {f"python3.{minor}" for minor in range(oldest, newest + 1)}


@pytest.mark.parametrize("version", [(3, 4), (3, 6)])
def test_the_installer_is_read_to_its_end_by_an_old_python(version):
    source = (ROOT / "tools" / "install.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=version)
    # These are newer than what Python 3.4 reads, and a parser of today lets some of them pass.
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)]


# The network, and what comes after it


@pytest.mark.sweep
def test_an_index_that_does_not_answer_is_called_the_network_and_the_next_try_goes_on(checkout):
    command = [sys.executable, "tools/install.py", "test"]
    done = run(checkout, *command, PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:9/simple")
    assert done.returncode != 0
    packages, megabytes = install.facts("test")[:2]
    assert f"Installing {packages} packages (about {megabytes} MB to download" in done.stdout
    assert install.NETWORK in done.stderr
    assert done.stderr.endswith(install.AGAIN + "\n")
    stamps = [checkout / ".venv" / f"{part}-installed" for part in install.PARTS["test"]]
    assert not any(stamp.exists() for stamp in stamps)

    put_wheel(checkout / "wheels", "tiny-2.0-py3-none-any.whl")
    done = run(checkout, *command, **offline(checkout))
    assert done.returncode != 0
    assert install.NO_WHEEL % "tiny==1.0" in done.stderr

    put_wheel(checkout / "wheels", TINY)
    done = run(checkout, *command, **offline(checkout))
    assert done.returncode == 0, done.stderr
    assert "Making .venv" not in done.stdout
    assert all(stamp.exists() for stamp in stamps)
    assert (checkout / ".venv" / "etc" / "jupyter" / Path(install.SETTINGS).name).exists()
    assert run(checkout, "make", "-q", ".venv/build-installed").returncode == 0, "what is there is installed again"


@pytest.mark.sweep
def test_an_environment_that_stands_half_made_is_made_anew(checkout):
    put_wheel(checkout / "wheels", TINY)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    done = run(checkout, sys.executable, "tools/install.py", "build", **offline(checkout))
    assert done.returncode == 0, done.stderr
    assert "Making .venv" in done.stdout
    assert (checkout / ".venv" / "build-installed").exists()


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ("ERROR: No matching distribution found for a==1\n(from versions: none)", install.NETWORK),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", install.NETWORK),
        ("ReadTimeoutError: Read timed out.", install.NETWORK),
        ("(from versions: 1.4.0)\nERROR: No matching distribution found for a==1", install.NO_WHEEL % "a==1"),
        ("ERROR: Could not install: [Errno 28] No space left on device", install.DISK),
        ("ERROR: something else", install.OTHER),
    ],
)
def test_pips_complaint_becomes_a_reason(complaint, reason):
    assert install.reason_of(complaint) == reason


def test_an_environment_that_cannot_be_made_is_told_apart(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "PYTHON", str(tmp_path / "none"))
    monkeypatch.setattr(install.subprocess, "call", lambda *command, **options: 1)
    with pytest.raises(SystemExit, match="python3-venv"):
        install.make_environment("build")


def test_the_installer_asks_what_to_install(checkout):
    done = run(checkout, sys.executable, "tools/install.py")
    assert done.returncode != 0
    assert "build|notebooks|test" in done.stderr


# Serving


def test_the_server_says_so_where_the_port_is_taken(monkeypatch, tmp_path, capsys):
    (tmp_path / "index.html").write_text("<p>here</p>", encoding="utf-8")
    monkeypatch.setattr(serve, "BUILT", tmp_path)
    monkeypatch.setattr(serve.Server, "serve_forever", lambda self: None)
    with serve.server(tmp_path) as first:
        taken = first.server_port
        monkeypatch.setattr(sys, "argv", ["serve.py", "--port", str(taken)])
        serve.main()
    told, address = capsys.readouterr().out.splitlines()
    port = re.search(r"127\.0\.0\.1:(\d+)/", address)[1]
    assert told == f"Port {taken} is taken, perhaps by another of these servers; using {port}."
    assert int(port) > taken

    serve.main()
    assert "is taken" not in capsys.readouterr().out
