"""Choose exact versions once, for all of the book's uses, and write what each of them installs.

    python tools/lock.py            after a change of pyproject.toml: what is locked stays where it still fits
    python tools/lock.py --upgrade  the newest versions that fit, of everything

One resolution, of everything at once, makes requirements/test.txt. The other files are parts of it. Each says for
which Pythons it holds: those for which every package has a wheel, here on Linux.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 11  # of Python 3, as in pyproject.toml
WHOLE = "test"
SELECTIONS = {
    "build": "Building the book",
    "notebooks": "Opening the notebooks",
    "test": "Testing, checking and locking",
}
HEADER = """\
# {use}: {packages} packages, about {megabytes} MB to download.
# Python 3.{oldest} to 3.{newest}. Made by `make lock`; do not edit by hand.
"""
COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links"),
]
UNIVERSAL = ["pyproject.toml", "--universal", "--python-version", f"3.{OLDEST}", "--fork-strategy", "fewest"]


def lock_file(selection):
    """The path of the file that says what a selection installs."""
    return ROOT / "requirements" / f"{selection}.txt"


def pins(text):
    """The version of each package that a lock names: {name: version}."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def compiled(*options):
    """What uv chooses, as the text of a requirements file."""
    return subprocess.run([*COMPILE, *options], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def chosen(folder, upgrade):
    """The text of each selection's lock: {selection: lines}, all parts of one resolution."""
    whole = folder / "whole.txt"
    if lock_file(WHOLE).exists() and not upgrade:
        whole.write_text(lock_file(WHOLE).read_text(encoding="utf-8"), encoding="utf-8")  # uv keeps what it finds here
    compiled(*UNIVERSAL, "--extra", WHOLE, "--output-file", str(whole))
    texts = {name: compiled(*UNIVERSAL, "--extra", name, "--constraint", str(whole)) for name in SELECTIONS}
    texts[WHOLE] = whole.read_text(encoding="utf-8")
    return texts


def newest_python(whole):
    """The newest minor version of Python 3 for which each package of a lock file has a wheel."""
    only_wheels = [str(whole), "--no-deps", "--only-binary", ":all:"]
    minor = OLDEST
    while True:
        command = [*COMPILE, *only_wheels, "--python-version", f"3.{minor}", "--python-platform", "linux"]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return minor - 1
        minor += 1


def downloaded(whole, folder):
    """The sizes of what pip downloads here for a lock file: {name: bytes}."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--dest", str(folder), "--requirement", str(whole)], check=True)
    return {canonicalize_name(path.name.split("-")[0]): path.stat().st_size for path in folder.iterdir()}


def needed_here(text):
    """The names of the packages that a lock installs on this machine."""
    wanted = [Requirement(line) for line in text.splitlines() if not line.startswith("#")]
    return [canonicalize_name(one.name) for one in wanted if one.marker is None or one.marker.evaluate()]


def changes(before, after):
    """What a new lock changes, a line a package: `numpy 2.3.0 -> 2.4.0`, with `none` for new and gone ones."""
    names = sorted(before.keys() | after.keys())
    rows = [(name, before.get(name, "none"), after.get(name, "none")) for name in names]
    return [f"{name} {old} -> {new}" for name, old, new in rows if old != new]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="the newest versions that fit, of everything")
    options = parser.parse_args()
    before = pins(lock_file(WHOLE).read_text(encoding="utf-8")) if lock_file(WHOLE).exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = chosen(folder, options.upgrade)
        newest = newest_python(folder / "whole.txt")
        (folder / "wheels").mkdir()
        sizes = downloaded(folder / "whole.txt", folder / "wheels")
    for selection, text in texts.items():
        names = needed_here(text)
        tens = round(sum(sizes[name] for name in names) / 1e7)
        header = HEADER.format(
            use=SELECTIONS[selection], packages=len(names), megabytes=10 * tens, oldest=OLDEST, newest=newest
        )
        lock_file(selection).write_text(header + text, encoding="utf-8", newline="\n")
    print("\n".join(changes(before, pins(texts[WHOLE]))) or "No version changed.")


if __name__ == "__main__":
    main()
