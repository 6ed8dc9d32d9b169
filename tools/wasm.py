"""Compiles the network that trains in WebAssembly, and writes it as a module of the labs.

    python -m tools.wasm            compiles labs/mirror/network.c and writes labs/mirror/network_wasm.js
    python -m tools.wasm --check    says whether the file is what becomes of its source

It needs clang and lld, as Linux distributions have them (Debian: apt-get install clang lld), and the book does not: the
file is committed. It notes of which source and by which compiler it was made. The same compiler makes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

MIRROR = Path(__file__).resolve().parent.parent / "convnet_core" / "labs" / "mirror"
SOURCE = MIRROR / "network.c"
MODULE = MIRROR / "network_wasm.js"
OPTIONS = (
    *("--target=wasm32", "-msimd128", "-O2", "-fno-vectorize", "-fno-slp-vectorize"),
    *("-nostdlib", "-fno-builtin", "-Wall", "-Wextra", "-Werror"),
    *("-Wl,--no-entry", "-Wl,--strip-all", "-Wl,-z,stack-size=8192"),
)
TEXT = """\
// network.c, compiled by `python -m tools.wasm`: edit that file, and run this again.

// made of: {digest} (SHA-256)
// made by: {compiler}

/** In hexadecimal digits, which pack better than base64. In a function, or a page's script would hold it twice. */
export function compiled() {{
  return "{compiled}";
}}
"""


def digest() -> str:
    """What the source and the way it is compiled are known by."""
    return hashlib.sha256(SOURCE.read_bytes() + " ".join(OPTIONS).encode()).hexdigest()


def compiler() -> str | None:
    """The name and version of the compiler that is here; None without one."""
    try:
        said = subprocess.run(["clang", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return "clang " + re.search(r"version (\d+[.]\d+[.]\d+)", said)[1]


def compiled() -> bytes:
    """The source as WebAssembly. Raises CalledProcessError where it does not compile."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "network.wasm"
        subprocess.run(["clang", *OPTIONS, "-o", out, SOURCE], check=True)
        return out.read_bytes()


class Stored(NamedTuple):
    """What the module holds: the source that it was made of, as its digest, by which compiler, and the code."""

    made_of: str
    made_by: str
    code: bytes


def stored() -> Stored:
    """What is in the module."""
    text = MODULE.read_text(encoding="utf-8")
    told = re.search(r"^// made of: (\w+) .*\n// made by: (.*)\n", text, re.MULTILINE)
    return Stored(*told.groups(), bytes.fromhex(re.search(r"return \"(.*)\";", text)[1]))


def module() -> str:
    """The module's text, from the source."""
    code = compiled().hex()
    return TEXT.format(digest=digest(), compiler=compiler(), compiled=code)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, and say whether the file is up to date")
    if parser.parse_args().check:
        if stored().made_of != digest():
            sys.exit(f"{MODULE.name} was made of another source: run python -m tools.wasm")
        return
    if compiler() is None:
        sys.exit("There is no clang here. Debian and Ubuntu have it: apt-get install clang lld")
    MODULE.write_text(module(), encoding="utf-8")
    print(f"{MODULE.name}: {len(stored().code):,} bytes of WebAssembly")


if __name__ == "__main__":
    main()
