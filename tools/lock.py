"""Choose the versions in requirements.txt anew: the newest that fit pyproject.toml, for all Pythons at once.

    python tools/lock.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Exact versions of everything, one set for Python 3.11 to 3.13. Made by `make lock`; do not edit by hand.\n"


def main():
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--upgrade", "--quiet"),
        *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    ]
    locked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (ROOT / "requirements.txt").write_text(HEADER + locked, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
