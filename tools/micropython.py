"""Fetches the engine that runs Python in the book's pages: MicroPython's two files, as npm has them.

    python -m tools.micropython            fetches the package and writes convnet_core/page_python/engine/
    python -m tools.micropython --check    fetches nothing, and compares the files with origin.json

It needs npm, and the book does not: the files are committed. The package has no text of its licence; LICENSE beside the
files is the text that stands in MicroPython's own repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ENGINE = Path(__file__).resolve().parent.parent / "convnet_core" / "page_python" / "engine"
PACKAGE = "@micropython/micropython-webassembly-pyscript"
VERSION = "1.27.0"
SHA256 = "303919763c8ebfe5923b9da66226c20dce44ad72b604b225fb39338ea15367af"  # of the package as npm packs it
FILES = ("micropython.wasm", "micropython.mjs")


def fetched(folder: str) -> Path:
    """The package, fetched into `folder` by npm. Raises ValueError where it is another one than was tried."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", folder]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    path = Path(folder) / name
    found = digest(path.read_bytes())
    if found != SHA256:
        raise ValueError(f"{PACKAGE} {VERSION}: its SHA-256 is {found}, wanted {SHA256}")
    return path


def write(package: Path) -> None:
    """Writes the engine's files out of the package, and where they come from."""
    with tarfile.open(package) as archive:
        for name in FILES:
            (ENGINE / name).write_bytes(archive.extractfile(f"package/{name}").read())
    digests = {name: digest((ENGINE / name).read_bytes()) for name in FILES}
    origin = {"package": PACKAGE, "version": VERSION, "licence": "MIT", "sha256": SHA256, "files": digests}
    (ENGINE / "origin.json").write_text(json.dumps(origin, indent=2) + "\n", encoding="utf-8")


def changed() -> list[str]:
    """The files that are not what was fetched."""
    files = json.loads((ENGINE / "origin.json").read_text(encoding="utf-8"))["files"]
    return [name for name, wanted in files.items() if digest((ENGINE / name).read_bytes()) != wanted]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare the files with origin.json, and fetch nothing")
    if parser.parse_args().check:
        sys.exit(f"not as they were fetched: {', '.join(changed())}" if changed() else 0)
    with tempfile.TemporaryDirectory() as folder:
        write(fetched(folder))


if __name__ == "__main__":
    main()
