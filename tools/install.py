"""Install what one use of the book needs into .venv, and say in words why where that fails.

    python3 tools/install.py build      what building the book needs
    python3 tools/install.py notebooks  what opening and running its notebooks needs
    python3 tools/install.py test       all that is needed for anything
    python3 tools/install.py --fits     install nothing; tell by the exit code whether this Python is one for the book

A .venv that is there is added to, and one that stands half finished is finished. This file needs nothing but Python,
and is written so that an old one reads it to the end: what it says of itself then is of use.
"""
# ruff: noqa: UP010, UP031, UP015

from __future__ import print_function

import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
SETTINGS = os.path.join("tools", "jupyter_nbconvert_config.py")
# Who has the whole has its parts as well.
PARTS = {"build": ["build"], "notebooks": ["notebooks"], "test": ["build", "notebooks", "test"]}

NETWORK = (
    "pip got nothing from its package index: no answer, or not what it asked for. Is this machine on the network? "
    "Where only a mirror or a proxy is let through, tell pip: PIP_INDEX_URL=https://..., or HTTPS_PROXY=..."
)
NO_WHEEL = "The package index answers, but it has no %s for this Python on this system."
DISK = "The disk is full."
OTHER = "What went wrong stands above, in pip's words."
AGAIN = "Then run the same command again: it goes on with what is there."
NO_VENV = (
    "Python could not make %s: what it says of that stands above. On Debian and Ubuntu the part that is missing "
    "is called python3-venv."
)
SIGNS_OF_NO_NETWORK = (
    "from versions: none|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|"
    "Connection(?:ResetError| broken| refused| aborted)|name resolution|HTTP error|IncompleteRead"
)


def facts(selection):
    """What the lock says of itself: packages, megabytes, and the oldest and newest minor version of Python 3."""
    with open(os.path.join(ROOT, "requirements", selection + ".txt"), "r") as lock:
        head = lock.readline() + lock.readline()
    found = re.search(r"(\d+) packages, about (\d+) MB.*\n# Python 3\.(\d+) to 3\.(\d+)\.", head)
    return [int(number) for number in found.groups()]


def wrong_python(version, selection):
    """A sentence on why a Python, `version` as in sys.version_info, is none for the book; "" where it is one."""
    oldest, newest = facts(selection)[2:]
    if (3, oldest) <= tuple(version[:2]) <= (3, newest):
        return ""
    why = "is older" if tuple(version[:2]) < (3, oldest) else "is newer than its packages"
    return (
        "This book needs Python 3.%d to 3.%d, and %s, Python %d.%d, %s. Name another one: "
        "make PYTHON=/path/to/python3.%d, or without make: /path/to/python3.%d tools/install.py %s"
    ) % (oldest, newest, sys.executable, version[0], version[1], why, newest, newest, selection)


def usable(python):
    """Whether an environment's Python is there, is one for the book, and has a pip that starts."""
    with open(os.devnull, "w") as nowhere:
        try:
            for command in ([python, __file__, "--fits"], [python, "-m", "pip", "--version"]):
                if subprocess.call(command, stdout=nowhere, stderr=nowhere) != 0:
                    return False
        except OSError:
            return False
    return True


def make_environment(selection):
    """Make .venv with this Python, unless there is one that can be used."""
    if usable(PYTHON):
        return
    reason = wrong_python(sys.version_info, selection)
    if reason:
        sys.exit(reason)
    say("Making .venv with Python %d.%d ..." % sys.version_info[:2])
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        sys.exit(NO_VENV % VENV)


def pip_install(*arguments):
    """Run pip. On a terminal it shows its progress, else it is silent. Exits with a reason where it fails."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"] + quiet + list(arguments)
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, universal_newlines=True)
    complaints = []
    for line in process.stderr:
        sys.stderr.write(line)
        complaints.append(line)
    if process.wait() != 0:
        sys.exit("\n%s\n%s" % (reason_of("".join(complaints)), AGAIN))


def reason_of(complaints):
    """Why pip failed, in a sentence, from what it wrote on its error stream."""
    if re.search("No space left", complaints):
        return DISK
    if re.search(SIGNS_OF_NO_NETWORK, complaints):
        return NETWORK
    missing = re.search(r"No matching distribution found for (\S+)", complaints)
    return NO_WHEEL % missing.group(1) if missing else OTHER


def put_settings():
    """Copy the settings of nbconvert to where the Jupyter of this .venv looks for them."""
    folder = os.path.join(VENV, "etc", "jupyter")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    shutil.copy(os.path.join(ROOT, SETTINGS), folder)


def say(line):
    """Print a line at once, also where the output goes to a file."""
    print(line)
    sys.stdout.flush()


def main():
    words = sys.argv[1:]
    if words == ["--fits"]:
        sys.exit(1 if wrong_python(sys.version_info, "build") else 0)
    if len(words) != 1 or words[0] not in PARTS:
        sys.exit("say what to install: python tools/install.py %s" % "|".join(sorted(PARTS)))
    selection = words[0]
    make_environment(selection)
    packages, megabytes = facts(selection)[:2]
    say("Installing %d packages (about %d MB to download, less where some are there) ..." % (packages, megabytes))
    # The lock names every package, so nothing is left to resolve; Python compiles what is imported when it is.
    pip_install("--no-deps", "--no-compile", "-r", os.path.join("requirements", selection + ".txt"))
    say("Installing this book's own package ...")
    pip_install("--no-deps", "--no-build-isolation", "-e", ".")
    put_settings()
    for part in PARTS[selection]:
        open(os.path.join(VENV, part + "-installed"), "w").close()


if __name__ == "__main__":
    main()
